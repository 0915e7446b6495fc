"""Where a record stands: what it belongs to, and the body and date it has or takes from there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from minutebook.absence import metadata
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import Belongs, InTimeline, Part, Record, parts
from minutebook.records.body import Body
from minutebook.records.council import Council
from minutebook.records.values import Ref
from minutebook.when import When


@cache
def _belongs_field(record_type: type[Record]) -> tuple[str, Belongs] | None:
    for name, info in record_type.model_fields.items():
        if (how := metadata(info, Belongs)) is not None:
            return name, how
    return None


@cache
def _date_fields(part_type: type[Part]) -> tuple[tuple[str, str], ...]:
    """The dates among the fields of a record or part, each with what happened on it."""
    found = ((name, metadata(info, InTimeline)) for name, info in part_type.model_fields.items())
    return tuple((name, mark.event) for name, mark in found if mark is not None)


def belongs_to(kb: KnowledgeBase, record: Record) -> Record | None:
    """The record that this one belongs to: the meeting of an item, the body of a meeting."""
    found = _belongs_field(type(record))
    value = getattr(record, found[0]) if found else None
    first: Ref | None = (value[0] if value else None) if isinstance(value, tuple) else value
    return kb.records.get(first) if first else None


def trail(kb: KnowledgeBase, record: Record) -> Iterator[Record]:
    """What the record belongs to, what that belongs to, and so on; nothing twice."""
    seen = {record.id}
    above = belongs_to(kb, record)
    while above is not None and above.id not in seen:
        seen.add(above.id)
        yield above
        above = belongs_to(kb, above)


def body_of(kb: KnowledgeBase, record: Record) -> Body | None:
    """The nearest body the record belongs to; a body's own is itself."""
    if isinstance(record, Body):
        return record
    return next((above for above in trail(kb, record) if isinstance(above, Body)), None)


def council_of(kb: KnowledgeBase, record: Record) -> Council | None:
    """The record of the council whose record it is."""
    return kb.get(f"{record.council}/council/{record.council}", Council)


def date_of(kb: KnowledgeBase, record: Record) -> When | None:
    """The first date among the record's own fields, else that of what it happened at."""
    for one in (record, *trail(kb, record)):
        for name, _ in _date_fields(type(one)):
            if (when := getattr(one, name)) is not None:
                return when  # type: ignore[no-any-return]
        found = _belongs_field(type(one))
        if found is None or found[1] is not Belongs.AT:
            return None
    return None


def dates_of(kb: KnowledgeBase, record: Record) -> Iterator[tuple[When, str | None]]:
    """Every date of the record and its parts with what happened on it, or the one date it takes from elsewhere."""
    any_own = False
    for _, part in parts(record):
        for name, event in _date_fields(type(part)):
            if (when := getattr(part, name)) is not None:
                any_own = True
                yield when, event
    if not any_own and (inherited := date_of(kb, record)) is not None:
        yield inherited, None
