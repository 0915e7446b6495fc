"""The `discrepancies` record: two places that disagree, side by side."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Citation, Part, Record, Searched, To
from minutebook.records.values import Prose, Ref


class DiscrepancyKind(enum.StrEnum):
    """Why two places disagree, as far as it can be told."""

    ROUNDING = "rounding"
    DEFINITION = "definition"
    LATER_EVENT = "later event"
    SLIP = "slip"
    OPEN = "open"


class Side(Part):
    """What one place states, with its receipt."""

    says: Annotated[Prose, Searched(2)] = Field(
        description="What this side states, in the editor's own words."
    )
    citations: tuple[Citation, ...] = Field(min_length=1)


class Discrepancy(Record):
    """Two places that disagree, in one document or between two."""

    folder: ClassVar = "discrepancies"
    noun: ClassVar = "discrepancy"
    heading: ClassVar = "Discrepancies"

    kind: DiscrepancyKind
    about: Annotated[tuple[Ref, ...], To(backlink="discrepancies")] = ()
    sides: tuple[Side, ...] = Field(min_length=2)
    note: Annotated[Prose | None, Searched()] = None
