"""Meetings and promises falling due as an iCalendar file (RFC 5545), which any diary opens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

_HERE = ZoneInfo("Europe/London")
_SPACE = UUID("7d6a4c0e-64c1-5f6d-9c38-0a3c8d2b7b11")
# What the text of a calendar cannot hold (RFC 5545, CONTROL), nor what `str.splitlines` takes for its end.
_CONTROLS = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x9, 0xA, 0xD)}
_LENGTH = timedelta(hours=2)  # how long a meeting is shown for: no record says when one ended


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One entry of a diary: on a day, or from a time on, or over some days of which it is one."""

    address: str  # of its page, relative to the site
    title: str
    description: str
    first: date
    last: date
    starts_at: str | None = None  # `19:30`, as clocks in London show it
    venue: str | None = None
    happening: str = ""


def calendar(name: str, entries: Iterable[DiaryEntry], stamped: date) -> bytes:
    """The file. `stamped` is the date of the build: the same records give the same bytes."""
    diary = Calendar()
    diary.add("prodid", "-//Minutebook//Meetings and promises//EN")
    diary.add("version", "2.0")
    diary.add("method", "PUBLISH")
    diary.add("x-wr-calname", " ".join(_text(name).split()))  # the library escapes no line break in it
    stamp = datetime.combine(stamped, time(), UTC)
    for one in entries:
        event = Event()
        event.add("uid", f"{uuid5(_SPACE, f'{one.address}#{one.happening}')}")
        event.add("dtstamp", stamp)
        if one.starts_at is not None and one.first == one.last:
            hour, minute = map(int, one.starts_at.split(":"))
            begin = datetime.combine(one.first, time(hour, minute), _HERE).astimezone(UTC)
            event.add("dtstart", begin)
            event.add("dtend", begin + _LENGTH)
        else:
            event.add("dtstart", one.first)
            event.add("dtend", one.last + timedelta(days=1))  # the first day that is no longer in it
            event.add("transp", "TRANSPARENT")
        event.add("summary", _text(one.title))
        event.add("description", _text(one.description))
        if one.venue:
            event.add("location", _text(one.venue))
        diary.add_component(event)
    return bytes(diary.to_ical())


def _text(text: str) -> str:
    return text.translate(_CONTROLS)
