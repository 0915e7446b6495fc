"""The `decisions` record: what was decided, by whoever had the power, and what the law wants stated."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Belongs, InTimeline, Part, Record, Searched, To
from minutebook.records.values import Line, Prose, Ref
from minutebook.when import When


class DecisionKind(enum.StrEnum):
    """By what sort of power something was decided."""

    EXECUTIVE = "executive"
    OFFICER = "officer"
    PROGRAMME = "programme"
    COUNCIL = "council"
    REGULATORY = "regulatory"


class OfficerTrigger(enum.StrEnum):
    """Why an officer's decision must be recorded (Openness of Local Government Bodies Regulations 2014, reg. 7)."""

    SPECIFIC_AUTHORISATION = "under a specific express authorisation"
    PERMISSION_OR_LICENCE = "grants a permission or licence"
    RIGHTS = "affects the rights of an individual"
    CONTRACT = "awards a contract or incurs expenditure"


class CallInStatus(enum.StrEnum):
    """Where a decision stands with scrutiny (Local Government Act 2000, section 9F)."""

    OPEN = "open"
    NOT_CALLED_IN = "not called in"
    CALLED_IN = "called in"
    EXEMPT = "exempt from call-in"


class CallIn(Part):
    """Scrutiny's asking for a decision to be looked at again before it takes effect."""

    open_until: When | None = None
    status: CallInStatus
    called_by: Line | None = None
    outcome: Prose | None = None


class UrgencyRoute(enum.StrEnum):
    """By which rule a key decision was taken without 28 clear days' notice (SI 2012/2089, reg. 10 and 11)."""

    GENERAL_EXCEPTION = "general exception"
    SPECIAL_URGENCY = "special urgency"


class Urgency(Part):
    """Why a key decision could not wait for its notice."""

    route: UrgencyRoute
    notice_on: When | None = None
    reason: Prose
    agreed_by: Line | None = None


class Decision(Record):
    """An act of a body or a post with the power to decide."""

    folder: ClassVar = "decisions"
    noun: ClassVar = "decision"
    heading: ClassVar = "Decisions"

    kind: DecisionKind | None
    decided_by: Annotated[Ref | None, To("bodies", "posts", backlink="decisions"), Belongs.TO]
    decided_on: Annotated[When | None, InTimeline("taken")]
    wording: Annotated[Prose | None, Searched(5)] = Field(
        None, description="The operative words, where the source gives them."
    )
    about: Annotated[tuple[Ref, ...], To(backlink="decisions_about")] = ()
    key_decision: bool | None = None
    key_reason: Prose | None = None
    wards: tuple[Line, ...] = ()
    forward_plan: When | None = Field(None, description="When notice was given (SI 2012/2089, reg. 9).")
    urgency: Urgency | None = None
    reasons: Annotated[Prose | None, Searched()] = None
    options_rejected: Prose | None = None
    conflicts: Prose | None = None
    dispensations: Prose | None = None
    call_in: CallIn | None = None
    implemented_on: Annotated[When | None, InTimeline("implemented")] = None
    delegated_by: Annotated[
        Ref | None, To("decisions", "resolutions", "bodies", backlink="delegated_decisions")
    ] = None
    trigger: OfficerTrigger | None = None
    budget_decision: bool = False
    reported_in: Annotated[tuple[Ref, ...], To("reports", "items", backlink="decisions_reported")] = ()
    noted_by: Annotated[tuple[Ref, ...], To("resolutions", backlink="notes")] = ()
    supersedes: Annotated[tuple[Ref, ...], To("decisions", backlink="superseded_by")] = ()
