"""The `meetings` record: a body sat, on a day, in a place."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Belongs, Citation, InTimeline, Part, Record, Searched, To
from minutebook.records.values import Line, Prose, Ref, TimeOfDay
from minutebook.when import When


class MinutesStatus(enum.StrEnum):
    """Whether the minutes have been signed (Local Government Act 1972, Schedule 12, paragraph 41)."""

    DRAFT = "draft"
    APPROVED = "approved"


class Presence(enum.StrEnum):
    """How somebody took part in a meeting."""

    PRESENT = "present"
    IN_ATTENDANCE = "in attendance"
    SUBSTITUTE = "substitute"
    APOLOGIES = "apologies"
    ABSENT = "absent"


class Attendance(Part):
    """A post, a body or a group at a meeting."""

    post: Annotated[Ref | None, To("posts", backlink="attended")] = None
    body: Annotated[Ref | None, To("bodies", backlink="attended")] = None
    group: Line | None = Field(None, description="As the source names them, where no post does.")
    presence: Presence = Presence.PRESENT
    citations: tuple[Citation, ...] = ()


class Interest(Part):
    """An interest that a member declared."""

    declared_by: Line = Field(description="A post or a capacity.")
    nature: Prose
    item: Annotated[Ref | None, To("items", backlink="interests_declared")] = None


class Meeting(Record):
    """A sitting of a body."""

    folder: ClassVar = "meetings"
    noun: ClassVar = "meeting"
    heading: ClassVar = "Meetings"

    body: Annotated[Ref, To("bodies", backlink="meetings"), Belongs.TO]
    held_on: Annotated[When | None, InTimeline("held")]
    starts_at: TimeOfDay | None = None
    venue: Annotated[Line | None, Searched()] = None
    moved_from: Annotated[When | None, InTimeline("first planned")] = Field(
        None, description="The date it was first called for."
    )
    moved_because: Prose | None = None
    agenda_published: When | None = None
    retain_until: When | None = Field(
        None, description="Open to inspection until then (LGA 1972, section 100C)."
    )
    minutes_status: MinutesStatus | None = None
    # Minutes may be signed at the same meeting (Local Government Act 1972, Schedule 12, paragraph 41).
    approved_at: Annotated[Ref | None, To("meetings", backlink="approved_minutes_of", itself=True)] = None
    attendance: tuple[Attendance, ...] = ()
    interests: tuple[Interest, ...] = ()
