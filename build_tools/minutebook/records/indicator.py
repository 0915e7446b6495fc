"""The `indicators` record: something measured, from a baseline towards a target."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.absence import AsPrinted
from minutebook.records.base import Belongs, Citation, Part, Record, Searched, To
from minutebook.records.values import Amount, Line, Prose, Ref
from minutebook.when import When


class Better(enum.StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Measurement(Part):
    """A value of an indicator on a date."""

    value: Amount | None
    qualifier: Line | None = Field(None, description="The source's word before it: `some`, `just under`.")
    as_at: When | None
    scope: Line | None = Field(None, description="Of whom or what, where it is less than the whole.")
    rank: int | None = Field(None, ge=1, description="Its place among the cohort.")
    cohort: Line | None = Field(None, description="Who it is ranked among.")
    cohort_size: int | None = Field(None, ge=1)
    citations: tuple[Citation, ...] = ()


class Target(Part):
    """What was aimed at: a number, or the source's word."""

    value: Amount | None = None
    word: Annotated[Line | None, AsPrinted()] = Field(None, description="`Lower`, `Maintain or Lower`.")
    by: When | None = None
    citations: tuple[Citation, ...] = ()


class Comparator(Part):
    """What others did, or a national standard."""

    who: Line
    value: Amount | None = None
    word: Annotated[Line | None, AsPrinted()] = None
    as_at: When | None = None
    citations: tuple[Citation, ...] = ()


class Indicator(Record):
    """A measure of whether something works."""

    folder: ClassVar = "indicators"
    noun: ClassVar = "indicator"
    heading: ClassVar = "Indicators"

    project: Annotated[Ref | None, To("projects", "plans", "bodies", backlink="indicators"), Belongs.TO]
    unit: Annotated[Line | None, Searched()]
    definition: Annotated[Prose | None, Searched()] = None
    better: Better | None = Field(description="Which way is better.")
    baseline: Measurement | None
    target: Target | None
    observations: tuple[Measurement, ...] = ()
    comparators: tuple[Comparator, ...] = ()

    @property
    def latest(self) -> Measurement | None:
        """The latest observation that has a value, one of no date before all others; None where none has."""
        seen = (one for one in self.observations if one.value is not None)
        return max(seen, key=lambda one: one.as_at.sort_key if one.as_at else (0, 0, "", ""), default=None)

    def field_keys(self) -> frozenset[str]:
        """The fields, and each measurement by its date: `observations/2019-10`."""
        dated = {f"observations/{one.as_at.value}" for one in self.observations if one.as_at is not None}
        return super().field_keys() | dated
