"""The `council` record: a local authority."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from minutebook.records.base import Record, To
from minutebook.records.values import Ref, Url


class CouncilKind(enum.StrEnum):
    """The kinds of principal and local council."""

    LONDON_BOROUGH = "london borough"
    METROPOLITAN_BOROUGH = "metropolitan borough"
    COUNTY = "county"
    UNITARY = "unitary authority"
    DISTRICT = "district"
    COMBINED_AUTHORITY = "combined authority"
    PARISH = "parish or town"
    COMMUNITY = "community"
    NATIONAL_PARK = "national park authority"
    FIRE = "fire authority"


class Council(Record):
    """A local authority whose decisions are kept here."""

    folder: ClassVar = "council"
    noun: ClassVar = "council"
    heading: ClassVar = "Councils"

    kind: CouncilKind
    area_code: Annotated[str, StringConstraints(pattern=r"^[EWSN][0-9]{8}$")] | None = Field(
        None, description="The code of the Office for National Statistics, as E09000015."
    )
    site: Url | None = Field(None, description="Its own site.")
    succeeded_by: Annotated[tuple[Ref, ...], To("council", backlink="succeeds")] = Field(
        (), description="The councils that took its place after a reorganisation."
    )
