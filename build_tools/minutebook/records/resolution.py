"""The `resolutions` record: what a body formally resolved, clause by clause, word for word."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Belongs, Citation, InTimeline, Part, Record, Searched, To
from minutebook.records.values import Line, Prose, Ref
from minutebook.when import When


class Effect(enum.StrEnum):
    """What a clause does."""

    NOTED = "noted"
    APPROVED = "approved"
    AGREED = "agreed"
    DELEGATED = "delegated"
    REFERRED = "referred"
    REQUESTED = "requested"
    RECOMMENDED = "recommended"
    DEFERRED = "deferred"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


# From the strongest to the weakest; to delegate or to request is to agree that it be done.
_STRENGTH = (
    (Effect.APPROVED, {Effect.APPROVED}),
    (Effect.AGREED, {Effect.AGREED, Effect.DELEGATED, Effect.REQUESTED}),
    (Effect.RECOMMENDED, {Effect.RECOMMENDED}),
    (Effect.REFERRED, {Effect.REFERRED}),
    (Effect.DEFERRED, {Effect.DEFERRED}),
)


def derive_outcome(effects: tuple[Effect, ...]) -> Effect | None:
    """The outcome of a whole resolution from the effects of its clauses; None where there are none.

    Noted where every clause notes; else the strongest of approved, agreed, recommended, referred,
    deferred; or lost or withdrawn where nothing was carried.
    """
    present = set(effects)
    if not present or present == {Effect.NOTED}:
        return Effect.NOTED if present else None
    for outcome, members in _STRENGTH:
        if present & members:
            return outcome
    return Effect.LOST if Effect.LOST in present else Effect.WITHDRAWN


class Clause(Part):
    """One numbered part of a resolution."""

    number: Line | None = None
    wording: Annotated[Prose, Searched(5)] = Field(description="Word for word; it is quoted on the page.")
    effect: Effect
    concerns: Annotated[tuple[Ref, ...], To(backlink="resolved_on")] = ()
    falls_to: Annotated[tuple[Ref, ...], To("posts", "bodies", backlink="asked_of")] = Field(
        (), description="Who is to act, where it delegates, refers or requests."
    )
    citations: tuple[Citation, ...] = ()


class Vote(Part):
    """How a vote went; lists of posts or groups where it was a named vote."""

    votes_for: int | None = Field(None, alias="for", ge=0)
    against: int | None = Field(None, ge=0)
    abstained: int | None = Field(None, ge=0)
    named_for: tuple[Line, ...] = ()
    named_against: tuple[Line, ...] = ()
    named_abstained: tuple[Line, ...] = ()


class MotionKind(enum.StrEnum):
    """A motion, or an amendment of one."""

    MOTION = "motion"
    AMENDMENT = "amendment"


class Fate(enum.StrEnum):
    """What became of a motion."""

    CARRIED = "carried"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted without a vote"


class Motion(Part):
    """What was moved, and what became of it."""

    kind: MotionKind
    wording: Annotated[Prose, Searched(3)]
    mover: Line | None = None
    seconder: Line | None = None
    fate: Fate
    vote: Vote | None = None
    citations: tuple[Citation, ...] = ()


class Exclusion(Part):
    """A resolution to exclude the public (Local Government Act 1972, section 100A(4) and (5))."""

    item: Annotated[Ref, To("items", backlink="taken_in_private_by")]
    paragraphs: tuple[Line, ...]
    public_interest_reason: Prose | None = Field(description="`not stated` where old minutes give none.")
    schedule_version: Line | None = Field(
        None, description="Which numbering applies, where it is not today's."
    )


class ScrutinyRecommendation(Part):
    """What scrutiny recommended to the executive, and its answer within two months (LGA 2000, section 9FE)."""

    clause: Line | None = Field(None, description="The number of the clause that makes it.")
    sent_on: When | None
    due: Annotated[When | None, InTimeline("response due")] = None
    response_on: Annotated[When | None, InTimeline("response given")] = None
    response: Prose | None = None
    reasons: Prose | None = None
    citations: tuple[Citation, ...] = ()


class Resolution(Record):
    """What a body formally resolved on an item, in clauses."""

    folder: ClassVar = "resolutions"
    noun: ClassVar = "resolution"
    heading: ClassVar = "Resolutions"

    item: Annotated[Ref, To("items", backlink="resolutions"), Belongs.AT]
    resolved_on: Annotated[When | None, InTimeline("resolved")] = Field(
        None, description="Left out where it is the day of the meeting."
    )
    clauses: tuple[Clause, ...] = Field(min_length=1)
    motions: tuple[Motion, ...] = ()
    vote: Vote | None = None
    mover: Line | None = None
    seconder: Line | None = None
    rescinds: Annotated[tuple[Ref, ...], To("resolutions", backlink="rescinded_by")] = ()
    amends: Annotated[tuple[Ref, ...], To("resolutions", backlink="amended_by")] = ()
    exclusion: Exclusion | None = None
    recommendations: tuple[ScrutinyRecommendation, ...] = Field(
        (), description="To the executive, by scrutiny."
    )

    @property
    def outcome(self) -> Effect | None:
        """What the resolution as a whole did."""
        return derive_outcome(tuple(clause.effect for clause in self.clauses))

    def status_line(self) -> str | None:
        """The outcome."""
        return self.outcome.capitalize() if self.outcome else None
