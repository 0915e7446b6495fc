"""The `events` record: what happened and matters and is none of the other records."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Belongs, InTimeline, Record, To
from minutebook.records.values import Ref
from minutebook.when import When


class EventKind(enum.StrEnum):
    """The kinds of event."""

    REVIEW = "review"
    RESTRUCTURE = "restructure"
    SERVICE_OPENED = "service opened"
    SERVICE_MOVED = "service moved"
    CONTRACT_LET = "contract let"
    AWARD = "award"
    CONSULTATION = "consultation"
    ELECTION = "election"
    ENGAGEMENT = "engagement"
    TRAINING = "training"
    OTHER = "other"


class Event(Record):
    """Something that happened: a review, a service moved, a contract let, an award."""

    folder: ClassVar = "events"
    noun: ClassVar = "event"
    heading: ClassVar = "Events"

    kind: EventKind
    on: Annotated[When | None, InTimeline("happened")] = Field(
        description="The day, or the days it lay within."
    )
    about: Annotated[tuple[Ref, ...], To(backlink="events")] = ()
    by: Annotated[tuple[Ref, ...], To("bodies", "posts", backlink="events_by"), Belongs.TO] = ()
