"""Where a record stands among others: council, body and date, and what came before and after it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup, escape

from minutebook.belonging import body_of, date_of
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


@dataclass(frozen=True, slots=True)
class Turn:
    """The record before, or after, this one in its line."""

    word: str
    link: Markup
    date: Markup


class Lines:
    """The records of each type and body in the order of their dates."""

    def __init__(self, kb: KnowledgeBase) -> None:
        lines: defaultdict[tuple[str, str, str], list[tuple[tuple[object, ...], Ref]]] = defaultdict(list)
        for record in kb.records.values():
            when = date_of(kb, record)
            if when is None:
                continue
            body = body_of(kb, record)
            if record.id.folder in _LIVES:
                continue
            key = (record.council, record.id.folder, body.id if body is not None else "")
            lines[key].append(
                ((when.sort_key, _natural(getattr(record, "number", None)), record.id), record.id)
            )
        self._beside: dict[Ref, tuple[Ref | None, Ref | None]] = {}
        for found in lines.values():
            ids = [record_id for _, record_id in sorted(found)]
            for before, here, after in zip([None, *ids[:-1]], ids, [*ids[1:], None], strict=True):
                self._beside[here] = (before, after)

    def beside(self, record_id: Ref) -> tuple[Ref | None, Ref | None]:
        """The record before and the one after; None where there is none."""
        return self._beside.get(record_id, (None, None))


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
