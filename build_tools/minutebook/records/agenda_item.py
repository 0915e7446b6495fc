"""The `items` record: an agenda item and the minute made of it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Belongs, Citation, Part, Record, Searched, To
from minutebook.records.values import Line, Prose, Ref


class Question(Part):
    """A question a meeting put and the answer it got, in the editor's own words."""

    asked_by: Line | None = Field(description="A post or a capacity, such as `members`.")
    question: Annotated[Prose | None, Searched()]
    answered_by: Annotated[Ref | None, To("posts", "bodies", backlink="answers")] = None
    answer: Annotated[Prose | None, Searched()]
    citations: tuple[Citation, ...] = ()


class Point(Part):
    """What a minute records besides questions and resolutions: a presentation, an outcome that is claimed, thanks."""

    what: Annotated[Prose, Searched()]
    by: Annotated[Ref | None, To("posts", "bodies", backlink="points_made")] = None
    citations: tuple[Citation, ...] = ()


class AgendaItem(Record):
    """A numbered matter at a meeting, and the minute of it."""

    folder: ClassVar = "items"
    noun: ClassVar = "item"
    heading: ClassVar = "Agenda items"

    meeting: Annotated[Ref, To("meetings", backlink="items"), Belongs.AT]
    number: Line | None = Field(description="Its number on the agenda.")
    minute_number: Line | None = Field(None, description="The number of the minute, which is another one.")
    portfolio: Line | None = None
    directorate: Annotated[Ref | None, To("bodies", backlink="items_of_directorate")] = None
    reports: Annotated[tuple[Ref, ...], To("reports", backlink="considered_at")] = ()
    about: Annotated[tuple[Ref, ...], To(backlink="discussed_at")] = ()
    points: tuple[Point, ...] = ()
    questions: tuple[Question, ...] = ()
    follow_ups: Annotated[tuple[Ref, ...], To("actions", backlink="follows")] = ()
    urgent_reason: Prose | None = Field(None, description="Local Government Act 1972, section 100B(4)(b).")
    public_summary: Prose | None = Field(
        None, description="Where exempt minutes leave no fair record (s.100C(2))."
    )
