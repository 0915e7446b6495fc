"""The `projects` record: a programme or a project. Who owns it is nowhere here: transfers say that."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Belongs, Citation, InTimeline, Part, Record, Searched, To
from minutebook.records.values import Line, Prose, Ref
from minutebook.when import Period, When


class ProjectKind(enum.StrEnum):
    """A programme holds projects."""

    PROGRAMME = "programme"
    PROJECT = "project"


class Stage(enum.StrEnum):
    """How far work has come."""

    IN_DEVELOPMENT = "in development"
    PLANNED = "planned"
    PILOT = "pilot"
    UNDER_WAY = "under way"
    ESTABLISHED = "established"


class StageReached(Part):
    """How far the work had come on a date, as a source says."""

    stage: Stage
    as_at: When | None
    citations: tuple[Citation, ...] = ()


class Phase(Part):
    """A stretch of the work, with its dates and what was done."""

    title: Line
    period: Period | None = None
    summary: Annotated[Prose | None, Searched()] = None
    citations: tuple[Citation, ...] = ()


class Project(Record):
    """A programme or a project: work with an aim, held by one body at a time."""

    folder: ClassVar = "projects"
    noun: ClassVar = "project"
    heading: ClassVar = "Projects"

    kind: ProjectKind
    parent: Annotated[Ref | None, To("projects", backlink="parts"), Belongs.TO] = Field(
        None, description="The programme or project it is part of; it follows it until a transfer names it."
    )
    began: Annotated[When | None, InTimeline("began")] = Field(
        None, description="When the work began. `../2019-11` says: by November 2019, when it was under way."
    )
    aims: Annotated[tuple[Prose, ...], Searched(2)] = ()
    sponsor: Annotated[Ref | None, To("posts", backlink="sponsors")] = None
    phases: tuple[Phase, ...] = ()
    stages: tuple[StageReached, ...] = Field((), description="How far it had come, oldest first.")
    partners: Annotated[tuple[Ref, ...], To("bodies", backlink="partner_in")] = ()
    serves: Annotated[tuple[Ref, ...], To("plans", backlink="served_by")] = Field(
        (), description="The plans or strategies it carries out."
    )
