"""The one gate: what is public of a knowledge base, and what of its answers must be withheld."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from annotated_types import MinLen
from pydantic.fields import FieldInfo

from minutebook.absence import metadata
from minutebook.belonging import council_of, date_of
from minutebook.countries import country_of
from minutebook.exemptions import paragraphs_in_force
from minutebook.knowledge_base import KnowledgeBase, Remembered, narrative_links
from minutebook.ownership import Chain, Ownership, OwnershipHistory, Possibility, Status
from minutebook.privacy import is_public
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import Access, Part, Record, StatedValue, To, part_type
from minutebook.records.post import Holder
from minutebook.records.project import Project
from minutebook.records.transfer import Move, Transfer
from minutebook.records.values import Ref
from minutebook.source import SourceFile
from minutebook.when import Answer, When, overlaps

_KEY = object()  # what only this room holds: nobody else can make a PublishedKnowledgeBase


class PublishedHistory(OwnershipHistory):
    """Ownership as the public may know it: where a removed record would change the answer, it is withheld."""

    def __init__(self, kb: KnowledgeBase, withheld: Mapping[Ref, tuple[When, ...]]) -> None:
        super().__init__(kb)
        self.withheld = withheld  # by project: the days on which its answer is

    def owner(self, project: Project, on: When) -> Ownership:
        """Who answers for a project on a date; withheld where any day of it is."""
        if any(overlaps(on, days) is not Answer.NO for days in self.withheld.get(project.id, ())):
            return Ownership(project.id, on, (Possibility(Status.WITHHELD),))
        return super().owner(project, on)

    def ever_held(self, body: Ref) -> tuple[Project, ...]:
        """The projects that a body is publicly said to have held on some day, by id."""
        return tuple(
            project
            for project in super().ever_held(body)
            if project.id not in self.withheld
            or any(body in stretch.answer.holders for stretch in self.stretches(project))
        )

    def withheld_of(self, body: Ref, on: When) -> tuple[Ref, ...]:
        """The projects that public transfers gave to a body, and whose answer on a date is withheld."""
        given = super().ever_held(body)
        return tuple(one.id for one in given if self.owner(one, on).status is Status.WITHHELD)

    def _turning_days(self, project: Project) -> set[int]:
        days = super()._turning_days(project)
        for stretch in self.withheld.get(project.id, ()):
            if stretch.earliest is not None:
                days.add(stretch.earliest.toordinal())
            if stretch.latest is not None:
                days.add(stretch.latest.toordinal() + 1)
        return days


@dataclass(frozen=True, slots=True)
class Stub:
    """What the law wants known of an item taken in private: that it was, and why.

    Source: Local Government Act 1972, section 100A(5) and 100C(2). Of a confidential item no more
    than its number and the date of its meeting is known.
    """

    meeting: Ref
    number: str | None
    paragraphs: tuple[tuple[str, str], ...] = ()  # each with its subject
    reason: str | None = None
    public_summary: str | None = None


class PublishedKnowledgeBase:
    """The public records alone, with their links; the only thing outputs and search accept."""

    def __init__(
        self, key: object, kb: KnowledgeBase, history: PublishedHistory, stubs: Mapping[Ref, tuple[Stub, ...]]
    ) -> None:
        if key is not _KEY:
            raise TypeError("only publication.publish makes a PublishedKnowledgeBase")
        self.kb = kb
        self.history = history
        self.stubs = stubs  # by meeting

    def is_the_same(self, other: PublishedKnowledgeBase) -> bool:
        """Whether everything that can be asked of this one has the same answer there: the very same records, to begin with."""
        return (
            self.kb.records.keys() == other.kb.records.keys()
            and all(other.kb.records[one] is record for one, record in self.kb.records.items())
            and (self.kb.settings, self.kb.synonyms) == (other.kb.settings, other.kb.synonyms)
            and (self.kb.councils, self.stubs) == (other.kb.councils, other.stubs)
            and self.history.withheld == other.history.withheld
        )


class _Look:
    """What a look at one record came to, while certain records are removed: what is kept of it, and that as it may leave."""

    __slots__ = ("_cleared", "kept", "record")

    def __init__(self, record: Record, removed: frozenset[Ref]) -> None:
        self.record = record
        self.kept = _without(record, removed)
        self._cleared: Record | None = None

    def cleared(self, removed: frozenset[Ref]) -> Record:
        """What is kept, as it may leave."""
        if self._cleared is None:
            assert isinstance(self.kept, Record)
            self._cleared = _cleared(self.kept, removed)
        return self._cleared


@dataclass(frozen=True, slots=True)
class _Round:
    """One look at every record that is not removed."""

    removed: frozenset[Ref]
    looks: dict[Ref, _Look]


class GateMemory:
    """What the gate found of each record, for a server that publishes again at each change of one.

    It counts for that very object alone, and only while the very same records are removed: whatever
    else the gate does to a record depends on nothing but the two.
    """

    def __init__(self) -> None:
        self._rounds: list[_Round] = []
        self.remembered = Remembered()  # of the records as they left
        self._moved: tuple[Record, ...] = ()
        self._withheld: dict[Ref, tuple[When, ...]] = {}

    def rounds(self, kb: KnowledgeBase) -> list[_Round]:
        """Look at the records until nothing more goes; the last round has what is public."""
        # A record that gives a reason for being kept back was not meant to be public (MB602 says so).
        removed = frozenset(record.id for record in kb.records.values() if not is_public(record))
        rounds: list[_Round] = []
        while True:
            # What cannot stand without a removed record goes with it, and so on until nothing more goes.
            now = _Round(removed, self._looks(kb, removed, len(rounds)))
            rounds.append(now)
            gone = {one for one, look in now.looks.items() if not isinstance(look.kept, Record)}
            if not gone:
                self._rounds = rounds
                return rounds
            removed |= gone

    def withheld(
        self, full: KnowledgeBase, public: KnowledgeBase, touched: set[Ref]
    ) -> dict[Ref, tuple[When, ...]]:
        """The days on which answers are withheld. Ownership is told by projects and transfers, and by nothing else."""
        moved = tuple(one for kb in (full, public) for kind in (Project, Transfer) for one in kb.of(kind))
        same = len(moved) == len(self._moved) and all(map(operator.is_, moved, self._moved))
        if not same:
            self._moved, self._withheld = moved, _withheld(full, public, touched)
        return self._withheld

    def _looks(self, kb: KnowledgeBase, removed: frozenset[Ref], number: int) -> dict[Ref, _Look]:
        before = self._rounds[number] if number < len(self._rounds) else None
        known = before.looks if before is not None and before.removed == removed else {}
        looks: dict[Ref, _Look] = {}
        for one, record in kb.records.items():
            if one not in removed:
                look = known.get(one)
                looks[one] = look if look is not None and look.record is record else _Look(record, removed)
        return looks


def publish(kb: KnowledgeBase, memory: GateMemory | None = None) -> PublishedKnowledgeBase:
    """Let through what is public. Ownership is computed before, and withheld where the removal changes it.

    With a `memory` records are looked at again only where they, or what is removed, are others.
    """
    memory = memory or GateMemory()
    last = memory.rounds(kb)[-1]
    published = KnowledgeBase(
        (look.cleared(last.removed) for look in last.looks.values()),
        settings=kb.settings,
        synonyms=kb.synonyms,
        councils=kb.councils,
        remembered=memory.remembered,
    )
    touched = {*last.removed, *(one for one, look in last.looks.items() if look.kept is not look.record)}
    history = PublishedHistory(published, memory.withheld(kb, published, touched))
    return PublishedKnowledgeBase(_KEY, published, history, _stubs(kb, published))


def _stubs(full: KnowledgeBase, public: KnowledgeBase) -> dict[Ref, tuple[Stub, ...]]:
    """By public meeting: its items that were taken in private. A draft was not: it is not known yet."""
    stubs: defaultdict[Ref, list[Stub]] = defaultdict(list)
    for item in full.of(AgendaItem):
        if item.meeting not in public.records or item.access not in (Access.EXEMPT, Access.CONFIDENTIAL):
            continue
        if item.access is Access.CONFIDENTIAL or item.exemption is None:
            stubs[item.meeting].append(Stub(item.meeting, item.number))
            continue
        council = council_of(full, item)
        country = country_of(council.area_code if council is not None else None)
        subjects = paragraphs_in_force(country, date_of(full, item), item.exemption.schedule_version)
        stubs[item.meeting].append(
            Stub(
                item.meeting,
                item.number,
                tuple((paragraph, subjects.get(paragraph, "")) for paragraph in item.exemption.paragraphs),
                item.exemption.public_interest_reason,
                item.public_summary,
            )
        )
    return {
        meeting: tuple(sorted(found, key=lambda stub: stub.number or "")) for meeting, found in stubs.items()
    }


def _without(part: Part, removed: frozenset[Ref]) -> Part | None:
    """The part without what names a removed record; None where it cannot stand without it."""
    if isinstance(part, StatedValue):
        return None if part.key.record_id in removed else part
    if isinstance(part, Holder) and part.name is not None and not (part.publish_name and part.basis):
        part = part.model_copy(update={"name": None})
    update: dict[str, Any] = {}
    withheld: set[str] = set()
    for name, info in _fields_that_name_records(type(part)):
        value = getattr(part, name)
        if isinstance(value, tuple):
            kept = tuple(new for one in value if (new := _kept(one, removed)) is not None)
            least = next((limit.min_length for limit in info.metadata if isinstance(limit, MinLen)), 0)
            if len(kept) < min(least, len(value)):
                return None  # a disagreement with one side left, or a transfer of nothing, says nothing
            changed = len(kept) != len(value) or any(
                new is not old for new, old in zip(kept, value, strict=True)
            )
        elif value is not None:
            kept = _kept(value, removed)
            if kept is None and (_is_needed(type(part), name) or isinstance(part, Move)):
                return None  # a move whose destination is gone would read as a gap
            changed = kept is not value
        else:
            continue
        if changed:
            update[name] = kept
            if kept in (None, ()):
                withheld.add(name)  # else a page would say of the source that it is silent
    return part.without(update, withheld) if update else part


@cache
def _fields_that_name_records(model: type[Part]) -> tuple[tuple[str, FieldInfo], ...]:
    """The fields of a model that hold a reference, or a part that may; asked of each of 70,000 parts."""
    return tuple(
        (name, info)
        for name, info in model.model_fields.items()
        if metadata(info, To) is not None or part_type(info.annotation) is not None
    )


def _kept(value: object, removed: frozenset[Ref]) -> Any:
    if isinstance(value, Part):
        return _without(value, removed)
    return None if value in removed else value


def _is_needed(model: type[Part], name: str) -> bool:
    annotation = model.model_fields[name].annotation
    return type(None) not in getattr(annotation, "__args__", ())


def _cleared(record: Record, removed: frozenset[Ref]) -> Record:
    """The record as it may leave: without the text of its file, and with words in place of hidden links."""
    pieces, end = [], 0
    for target, match in narrative_links(record):
        if target in removed:
            pieces += [record.narrative[end : match.start()], "(a record that is not public)"]
            end = match.end()
    narrative = "".join([*pieces, record.narrative[end:]])
    file = SourceFile(record.file.path, "")
    return record.model_copy().placed(record.id, file, narrative, record.narrative_line)


def _withheld(full: KnowledgeBase, public: KnowledgeBase, touched: set[Ref]) -> dict[Ref, tuple[When, ...]]:
    """By project: the days on which the public records alone would give another answer than all of them.

    `touched` are the records that were removed or lost a part.
    """
    everything, open_part = OwnershipHistory(full), OwnershipHistory(public)
    withheld: defaultdict[Ref, list[When]] = defaultdict(list)
    for project in public.of(Project):
        original = full.get(project.id, Project)
        assert original is not None, "what is public is a copy of what is there"
        if _is_the_same(everything.chain(original), open_part.chain(project), touched):
            continue
        starts = {
            s.first for s in (*everything.stretches(original), *open_part.stretches(project)) if s.first
        }
        for first, following in pairwise([None, *sorted(starts), None]):
            days = _span(first, following)
            day = days if first is None else When.parse(first.isoformat())
            if everything.owner(original, day).possible != open_part.owner(project, day).possible:
                withheld[project.id].append(days)
    return {project: tuple(spans) for project, spans in withheld.items()}


def _is_the_same(chain: Chain, public: Chain, touched: set[Ref]) -> bool:
    """Whether a project went by the same transfers on the same days, none of which the gate has touched."""
    steps, of_public = ([(s.transfer.id, s.move.what) for s in one.steps] for one in (chain, public))
    return (
        steps == of_public
        and chain.spans == public.spans
        and touched.isdisjoint(transfer for transfer, _ in steps)
    )


def _span(first: date | None, following: date | None) -> When:
    """The days from `first` until the day before `following`."""
    # An interval has an end: the last day there is stands for none.
    last = (following - timedelta(days=1)) if following else date.max
    return When.parse(f"{first.isoformat() if first else '..'}/{last.isoformat()}")
