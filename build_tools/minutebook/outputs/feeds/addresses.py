"""Where each feed and calendar lies, for the pages that link to it."""

from __future__ import annotations

from minutebook.outputs.addresses import address_of
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.project import Project

FEED = "feed.atom"
CALENDAR = "calendar.ics"


def feed_of(record: Record) -> str | None:
    """The address of the feed of a record: bodies and projects have one."""
    return f"{address_of(record.id)}{FEED}" if isinstance(record, Body | Project) else None


def calendar_of(record: Record) -> str | None:
    """The address of the calendar of a record: bodies have one, of their meetings and of what is due to them."""
    return f"{address_of(record.id)}{CALENDAR}" if isinstance(record, Body) else None
