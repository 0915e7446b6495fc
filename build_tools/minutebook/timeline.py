"""What happened, in order: to one record, or to all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from minutebook.belonging import belongs_to, dates_of
from minutebook.knowledge_base import KnowledgeBase, Question
from minutebook.ownership import Chain, OwnershipHistory
from minutebook.records.base import Citation, Record
from minutebook.records.body import Body
from minutebook.records.project import Project
from minutebook.records.transfer import Transfer
from minutebook.records.values import Ref
from minutebook.when import When, in_order

# A link by which a record is only cited or mentioned is no event in the history of what it cites.
_NOT_EVENTS = frozenset({"cited_by", "mentioned_in"})


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a date: what, and the record that says so."""

    when: When | None
    kind: str
    record: Record
    citations: tuple[Citation, ...] = field(default=(), compare=False)

    @property
    def sort_key(self) -> tuple[bool, date, date, str, str]:
        """Order by the first day it can have been (of `by November` the last), what has no date last."""
        return (*in_order(self.when), self.kind, self.record.id)


def history_of(history: OwnershipHistory, record: Record) -> tuple[Event, ...]:
    """Everything the records say happened to a record, oldest first, each event once.

    That is: its own dates; for a project the transfers that moved it, by its own name or its
    programme's; what belongs to it (the meetings of a body, the items of a meeting); and what
    refers to it.
    """
    kb = history.kb
    found: dict[tuple[str, Ref, str], Event] = {}
    events = [*events_of(kb, record)]
    if isinstance(record, Project):
        events += _moves(history.chain(record))
    for other in _concerned(kb, record):
        events += events_of(kb, other)
    for event in events:
        key = (event.when.value if event.when is not None else "", event.record.id, event.kind)
        found.setdefault(key, event)
    return tuple(sorted(found.values(), key=lambda event: event.sort_key))


def events_of(kb: KnowledgeBase, record: Record) -> tuple[Event, ...]:
    """What happened according to one record: an event for each of its dates."""
    return kb.answer(_EVENTS, record.id)


def _events_of(kb: KnowledgeBase, record: Record) -> Iterator[Event]:
    for when, event in dates_of(kb, record):
        if isinstance(record, Transfer):
            yield Event(when, _kind_of(record), record, record.citations)
        else:
            yield Event(when, f"{record.noun} {event}" if event else record.noun, record, record.citations)


def _told_by(kb: KnowledgeBase, one: str) -> tuple[Event, ...]:
    record = kb.records.get(Ref(one))
    return tuple(_events_of(kb, record)) if record is not None else ()


# A body's page asks all that belongs to it, and other pages the same.
_EVENTS = Question("events", _told_by)


def _kind_of(transfer: Transfer) -> str:
    """A transfer is one event, whether it is told as a record or as what it did to a project."""
    return f"transfer: {transfer.kind}"


def _moves(chain: Chain) -> Iterator[Event]:
    for step in chain.steps:
        receipts = step.move.citations or step.transfer.citations
        yield Event(step.transfer.effective, _kind_of(step.transfer), step.transfer, receipts)


def _concerned(kb: KnowledgeBase, record: Record) -> Iterator[Record]:
    """The records that refer to this one, and those that belong to it, however far down, to the next body."""
    seen = {record.id}
    below = [record]
    while below:
        here = below.pop()
        for link in kb.backlinks(here.id):
            other = link.record
            if other.id in seen or link.name in _NOT_EVENTS:
                continue
            belongs = belongs_to(kb, other)
            is_below = belongs is not None and belongs.id == here.id
            if not is_below and here is not record:
                continue
            seen.add(other.id)
            yield other
            if is_below and not isinstance(other, Body | Project):
                below.append(other)
