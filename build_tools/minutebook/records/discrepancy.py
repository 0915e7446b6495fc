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


class Matter(enum.StrEnum):
    """What two places disagree about; names and wording are told apart from points of substance."""

    AMOUNTS = "amounts"
    DATES = "dates"
    WHO_AND_WHERE = "who and where"
    SCOPE = "scope or meaning"
    NAMES = "names and wording"


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
    matter: Matter = Field(
        description="What they disagree about. `names and wording` is listed last: the substance is the same."
    )
    about: Annotated[tuple[Ref, ...], To(backlink="discrepancies")] = ()
    sides: tuple[Side, ...] = Field(min_length=2)
    note: Annotated[Prose | None, Searched()] = None

    @property
    def sources(self) -> tuple[Ref, ...]:
        """The documents that its sides cite, each once: one where a document disagrees with itself."""
        return tuple(dict.fromkeys(one.source for side in self.sides for one in side.citations))
