"""Where a record stands among others: council, body and date, and what came before and after it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup, escape

from minutebook.belonging import body_of, date_of, trail
from minutebook.citing import council_name, spoken_noun
from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs.addresses import Links
from minutebook.outputs.words import moment
from minutebook.records.base import Record
from minutebook.records.council import Council
from minutebook.records.values import Ref

# What has a life and no day: its own page tells when it began and ended, and it is not one of a line.
_LIVES = frozenset({"bodies", "council", "posts", "projects"})
_DIGITS = re.compile(r"\d+")
_Line: TypeAlias = tuple[str, str, str]  # council, folder and body


@dataclass(frozen=True, slots=True)
class Turn:
    """The record before, or after, this one in its line."""

    word: str
    link: Markup
    date: Markup


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where one record stands: in which line, and what it is sorted by there; and what tells so."""

    line: _Line | None  # None where it stands in none
    order: tuple[object, ...]
    told_by: tuple[Ref, ...]  # the record itself, and what it lies in


class Lines:
    """The records of each type and body in the order of their dates.

    Where a record stands is told by that record and by those that it lies in. A live server hands on
    the lines of before: what none of the records tells that have changed is not asked again.
    """

    def __init__(self, kb: KnowledgeBase, before: Lines | None = None) -> None:
        self._kb = kb
        self._spots = _spots(kb, before)
        self._lines: defaultdict[_Line, list[Ref]] = defaultdict(list)
        for record_id, spot in self._spots.items():
            if spot.line is not None:
                self._lines[spot.line].append(record_id)
        self._beside: dict[Ref, tuple[Ref | None, Ref | None]] = {}

    def beside(self, record_id: Ref) -> tuple[Ref | None, Ref | None]:
        """The record before and the one after; None where there is none."""
        if record_id not in self._beside:
            spot = self._spots.get(record_id)
            if spot is None or spot.line is None:
                return (None, None)
            ids = sorted(self._lines[spot.line], key=lambda one: self._spots[one].order)
            for before, here, after in zip([None, *ids[:-1]], ids, [*ids[1:], None], strict=True):
                self._beside[here] = (before, after)
        return self._beside[record_id]

    def unchanged(self, kb: KnowledgeBase) -> dict[Ref, _Spot]:
        """The records that stand in another knowledge base where they stand here."""
        if kb.records.keys() != self._kb.records.keys():
            return {}  # what was named and not there may be there now
        changed = {one for one, record in kb.records.items() if self._kb.records[one] is not record}
        return {one: spot for one, spot in self._spots.items() if changed.isdisjoint(spot.told_by)}


def _spots(kb: KnowledgeBase, before: Lines | None) -> dict[Ref, _Spot]:
    spots = before.unchanged(kb) if before is not None else {}
    for record in kb.records.values():
        if record.id not in spots:
            spots[record.id] = _spot(kb, record)
    return spots


def _spot(kb: KnowledgeBase, record: Record) -> _Spot:
    told_by = (record.id, *(one.id for one in trail(kb, record)))
    when = date_of(kb, record)
    if when is None or record.id.folder in _LIVES:
        return _Spot(None, (), told_by)
    body = body_of(kb, record)
    line = (record.council, record.id.folder, body.id if body is not None else "")
    return _Spot(line, (when.sort_key, _natural(getattr(record, "number", None)), record.id), told_by)


def turns(kb: KnowledgeBase, lines: Lines, record: Record, links: Links) -> tuple[Turn, ...]:
    """The earlier and the later record of the same type and body."""
    found = []
    for word, other_id in zip(("Earlier", "Later"), lines.beside(record.id), strict=True):
        other = kb.records.get(other_id) if other_id is not None else None
        if other is not None:
            found.append(
                Turn(f"{word} {spoken_noun(record)}", links.record(other.id), moment(date_of(kb, other)))
            )
    return tuple(found)


def context(kb: KnowledgeBase, record: Record, links: Links) -> Markup:
    """Council, body and date, as they stand over the title: `Harrow Council · Cabinet · 7 January 2020`."""
    parts = [escape(council_name(kb, record))]
    body = body_of(kb, record)
    if body is not None and body is not record and body.title != parts[0]:
        parts.append(links.record(body.id))
    if record.id.folder not in _LIVES and (when := date_of(kb, record)) is not None:
        parts.append(moment(when))
    if isinstance(record, Council):
        return Markup("")
    return Markup(" · ").join(parts)


def _natural(number: str | None) -> tuple[int, str]:
    """`9` before `10`, `9a` after `9`."""
    match = _DIGITS.search(number or "")
    return (int(match[0][:9]) if match else 0, number or "")
