"""The facts, tables and sentences of a record as far as its page has room for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from minutebook.outputs.fields import Entry, Fact, Section
from minutebook.outputs.page_room import Room, shortened
from minutebook.outputs.unknown import Unknown

_FEW = 3  # entries, up to which each is cut as well


def cut_sentences(room: Room, part: str, lines: Sequence[Markup]) -> tuple[Markup, ...]:
    """Sentences, as many as there is room for, and of each as many links or letters."""
    shown = tuple(room.some(part, lines))
    room.measure(part)
    most = room.of(part)
    if most is None:
        return shown
    return tuple(_short(room, part, one, most) for one in shown)


def cut_facts(room: Room, part: str, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Facts, each with as many of its values as there is room for, and none that is too long."""
    most = room.of(part)
    room.measure(part)
    if most is None:
        return tuple(facts)
    return tuple(_cut_fact(room, part, one, most) for one in facts)


def cut_names(room: Room, part: str, names: Sequence[Markup]) -> list[Markup]:
    """Names in a row, as many as there is room for."""
    most = room.of(part)
    if most is None or len(names) <= most:
        return [*names]
    room.shorten(part)
    return [*names[:most], room.rest(part, len(names) - most)]


def cut_section(room: Room, section: Section) -> Section:
    """A table or a list with as many rows or entries as there is room for."""
    if section.rows:
        return replace(section, rows=tuple(room.some(section.anchor, section.rows)))
    most = room.of(section.anchor)
    entries = tuple(room.some(section.anchor, section.entries))
    if most is not None and most <= _FEW:
        entries = tuple(_cut_entry(room, section.anchor, one, most) for one in entries)
    return replace(section, entries=entries)


def cut_reasons(room: Room, part: str, reasons: Sequence[Unknown]) -> tuple[Unknown, ...]:
    """What is not known, of each reason as much as there is room for."""
    most = room.of(part)
    every = sum(len(one.what) for one in reasons)
    shown = tuple(one if most is None else replace(one, what=one.what[:most]) for one in reasons if most != 0)
    room.note(part, sum(len(one.what) for one in shown), every)
    return shown


def _cut_entry(room: Room, part: str, entry: Entry, most: int) -> Entry:
    """An entry of which not all is shown that lies in it: of its words the first, and no tables."""
    cut = replace(
        entry,
        quotes=entry.quotes[:most],
        facts=tuple(_cut_fact(room, part, one, most) for one in entry.facts),
        inner=() if most == 1 else entry.inner,
    )
    if (cut.quotes, cut.inner) != (entry.quotes, entry.inner):
        room.shorten(part)
    return cut


def _cut_fact(room: Room, part: str, fact: Fact, most: int) -> Fact:
    values = [_short(room, part, one, most) for one in fact.values[:most]]
    if len(fact.values) > most:
        room.shorten(part)
        values.append(room.rest(part, len(fact.values) - most))
    return replace(fact, values=tuple(values))


def _short(room: Room, part: str, words: Markup, most: int) -> Markup:
    short = shortened(words, most)
    if short is None:
        return words
    room.shorten(part)
    return short


__all__ = ["cut_facts", "cut_names", "cut_reasons", "cut_section", "cut_sentences"]
