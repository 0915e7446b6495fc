"""The `plans` record: a vision, a strategy or a plan, with its priorities."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Belongs, Citation, InTimeline, Part, Record, Searched, To
from minutebook.records.values import Line, Prose, Ref
from minutebook.when import Period, When


class PlanKind(enum.StrEnum):
    """The kinds of plan."""

    VISION = "vision"
    STRATEGY = "strategy"
    PORTFOLIO_PLAN = "portfolio plan"
    CORPORATE_PLAN = "corporate plan"
    FINANCIAL_PLAN = "financial plan"
    IMPROVEMENT_PLAN = "improvement plan"
    POLICY = "policy"
    POSITION_STATEMENT = "position statement"


class Priority(Part):
    """A priority of a plan, with what is under it."""

    number: Line | None = None
    title: Annotated[Line, Searched(2)]
    statements: Annotated[tuple[Prose, ...], Searched()] = ()
    actions: Annotated[tuple[Prose, ...], Searched()] = ()
    measures: Annotated[tuple[Prose, ...], Searched()] = ()
    priorities: tuple[Priority, ...] = ()
    citations: tuple[Citation, ...] = ()


class Plan(Record):
    """A vision, strategy or plan that a body has endorsed or is bound by."""

    folder: ClassVar = "plans"
    noun: ClassVar = "plan"
    heading: ClassVar = "Plans"

    kind: PlanKind
    body: Annotated[Ref | None, To("bodies", backlink="plans"), Belongs.TO] = None
    period: Period | None
    in_force_since: Annotated[When | None, InTimeline("in force")] = None
    endorsed_by: Annotated[
        tuple[Ref, ...], To("bodies", "decisions", "resolutions", backlink="endorsed")
    ] = ()
    reported_to: Annotated[tuple[Ref, ...], To("bodies", backlink="plans_reported")] = ()
    endorsed_on: Annotated[When | None, InTimeline("endorsed")] = None
    partners: Annotated[tuple[Ref, ...], To("bodies", backlink="partner_in")] = ()
    review_due: Annotated[When | None, InTimeline("review due")] = None
    stage: Line | None = Field(
        None, description="How far it has come, as the source says: `being developed`."
    )
    refreshed: Annotated[When | None, InTimeline("refreshed")] = None
    priorities: tuple[Priority, ...] = ()
