"""The `reports` record: a paper to a body, with what it asks, who cleared it and what goes with it."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Belongs, Citation, InTimeline, Part, Record, Searched, To
from minutebook.records.values import Line, Prose, Ref
from minutebook.when import When


class Recommendation(Part):
    """What a report asks a body to resolve, word for word."""

    number: Line | None = None
    wording: Annotated[Prose, Searched(3)]
    citations: tuple[Citation, ...] = ()


class Clearance(Part):
    """A sign-off of a report by a statutory officer or a director."""

    role: Annotated[Ref, To("posts", backlink="cleared")]
    on_behalf_of: bool = Field(False, description="Whether somebody signed on behalf of the post.")
    date: When | None
    citations: tuple[Citation, ...] = ()


class ImplicationKind(enum.StrEnum):
    """The headings under which a report says what follows from it."""

    FINANCIAL = "financial"
    LEGAL = "legal"
    RISK = "risk"
    EQUALITY = "equality"
    ENVIRONMENT = "environment"
    WARD = "ward"
    PERFORMANCE = "performance"
    PRIORITIES = "council priorities"
    CONSULTATION = "consultation"
    STAFFING = "staffing"
    HEALTH = "health"
    DATA_PROTECTION = "data protection"


class Implication(Part):
    """What a report says follows for money, law, risk, equality and the rest."""

    kind: ImplicationKind
    statement: Annotated[Prose | None, Searched()]
    citations: tuple[Citation, ...] = ()


class Held(enum.StrEnum):
    """Whether a paper that is referred to is kept here."""

    HELD = "held"
    NOT_HELD = "referred to, not held"


class Paper(Part):
    """An appendix or a background paper."""

    title: Annotated[Line, Searched(2)]
    held: Held
    source: Annotated[Ref | None, To("sources", backlink="paper_of")] = None
    describes: Annotated[Prose | None, Searched()] = Field(None, description="What the source says is in it.")
    citations: tuple[Citation, ...] = ()


class Report(Record):
    """A paper put before a body, with its recommendations."""

    folder: ClassVar = "reports"
    noun: ClassVar = "report"
    heading: ClassVar = "Reports"

    reference_number: Annotated[Line | None, Searched(8)] = None
    by: Annotated[tuple[Ref, ...], To("posts", "bodies", backlink="reports_by")]
    to: Annotated[Ref | None, To("bodies", backlink="reports_to"), Belongs.TO]
    dated: Annotated[When | None, InTimeline("dated")]
    about: Annotated[tuple[Ref, ...], To(backlink="reported_in")] = ()
    recommendations: tuple[Recommendation, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    implications: tuple[Implication, ...] = ()
    appendices: tuple[Paper, ...] = ()
    background_papers: tuple[Paper, ...] = Field((), description="Local Government Act 1972, section 100D.")
    retain_until: When | None = Field(
        None, description="Open to inspection until then (LGA 1972, section 100C)."
    )
    ward_councillors_notified: bool | None = None
