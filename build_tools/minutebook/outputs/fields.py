"""The fields of any record as facts, tables and entries, read off its model: a new type needs nothing here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from markupsafe import Markup
from pydantic.fields import FieldInfo

from minutebook.absence import Absence
from minutebook.outputs.addresses import Links
from minutebook.outputs.receipts import Receipts
from minutebook.outputs.words import absent, field_label, paragraphs, value_markup, value_text
from minutebook.records.action import Action
from minutebook.records.base import Citation, Part, Record
from minutebook.records.body import Body
from minutebook.records.council import Council
from minutebook.records.discrepancy import Discrepancy, Side
from minutebook.records.event import Event
from minutebook.records.figures import Figures
from minutebook.records.plan import Plan
from minutebook.records.project import Project
from minutebook.records.transfer import Transfer

# The words of the source itself: shown as a quotation, whatever type of record they stand in.
QUOTED = frozenset({"wording", "words", "quote"})
# What names a part among its like, and stands at its head.
_HEADS = ("number", "title", "label", "kind")
# Of these a page has a list of its own at its end (unknown.py), rather than a line each among the key facts.
_TOLD_AT_THE_END = frozenset({Absence.NOT_STATED, Absence.LEFT_BLANK})
# Of these the sentence over the facts, or the word over the title, says what kind of thing it is.
_SAYS_ITS_KIND = frozenset({Body, Council, Discrepancy, Event, Plan, Project, Transfer})
# What every record has: each has its own place on the page.
COMMON = frozenset(Record.model_fields)
_WHO = frozenset({"post", "body", "group", "name"})  # somebody, by one of several names
_LONG = 90  # characters; a longer text is not for a cell of a table
_MANY_ALIKE = 3  # entries, from which what they have alike is told once
_LONG_TABLE = 20  # rows
_WITHHELD = absent(Absence.WITHHELD)
_RECEIPTS = "Receipts"  # the last column of a table
_WIDEST = 10  # columns of a table, receipts included


@dataclass(frozen=True, slots=True)
class Fact:
    """A field with its values, or with the reason why it has none."""

    label: str
    values: tuple[Markup, ...]
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of a record: its head, its words, its facts, what its source leaves open, and what is inside it."""

    head: str
    quotes: tuple[tuple[str, ...], ...]
    facts: tuple[Fact, ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...]  # by reason, the fields that have no value
    receipts: Markup
    inner: tuple[Section, ...]
    document: Markup  # the document of its own first receipt, whose words it quotes


@dataclass(frozen=True, slots=True)
class Section:
    """The parts that one field holds: as a table where they are short and flat, else as entries."""

    label: str
    anchor: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Markup, ...], ...] = ()
    entries: tuple[Entry, ...] = ()
    numbered: bool = False
    shared: tuple[Fact, ...] = ()  # what every entry has alike, and is told once
    missing: tuple[tuple[str, tuple[str, ...]], ...] = ()  # what every entry lacks, by reason
    given: str = ""  # what the one fact that is left of each entry is called


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a record says beyond what all records have."""

    quotes: tuple[Fact, ...] = ()
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = field(default=())


def read_fields(
    record: Record, links: Links, receipts: Receipts, told_elsewhere: frozenset[str] = frozenset()
) -> Content:
    """Read every field of a record that has a value, or a reason to have none, but those told elsewhere."""
    quotes: list[Fact] = []
    facts: list[Fact] = []
    sections: list[Section] = []
    for name, info in _shown_fields(type(record)):
        if name in COMMON or name in told_elsewhere or (name == "kind" and type(record) in _SAYS_ITS_KIND):
            continue
        value = getattr(record, name)
        if _parts(value):
            sections.append(
                _section(name, info, _parts(value), links, receipts, many=isinstance(value, tuple))
            )
        elif record.absence(name) in _TOLD_AT_THE_END:
            continue
        elif (fact := _fact(record, name, info, links)) is not None:
            (quotes if fact.quoted else facts).append(fact)
    if isinstance(record, Action) and (record.is_expected or record.is_estimate):
        facts = [replace(fact, label=_NOT_PROMISED.get(fact.label, fact.label)) for fact in facts]
    return Content(tuple(quotes), tuple(facts), tuple(sections))


# What fields of an action are called where nobody promised it, and where its day was only estimated.
_NOT_PROMISED = {"Promised by": "Said by", "Promised to": "Said to", "Promised on": "Said on"}


def read_record(
    record: Record, links: Links, receipts: Receipts, told_elsewhere: frozenset[str] = frozenset()
) -> Content:
    """Read the fields of a record as its page tells them."""
    return read_fields(_by_label(record), links, receipts, told_elsewhere)


def moved_with_receipts(content: Content) -> tuple[Section, ...]:
    """The tables that go with the receipts where these have a page of their own: long ones, with a receipt in each row."""
    return tuple(
        one for one in content.sections if len(one.rows) > _LONG_TABLE and one.columns[-1] == _RECEIPTS
    )


def _by_label(record: Record) -> Record:
    """The record; for a table of figures with the names of rows and columns in place of their keys."""
    if not isinstance(record, Figures):
        return record
    rows = {one.key: one.label for one in record.rows}
    columns = {one.key: one.label for one in record.columns}
    cells = tuple(
        cell.model_copy(
            update={
                "row": rows.get(cell.row, cell.row),
                "column": columns.get(cell.column or "", cell.column),
            }
        )
        for cell in record.cells
    )
    return record.model_copy(update={"cells": cells})


@cache
def _shown_fields(model: type[Part]) -> tuple[tuple[str, FieldInfo], ...]:
    return tuple(
        (name, info)
        for name, info in model.model_fields.items()
        if name not in ("publish_name", "marks", "text_path")
    )


def _parts(value: object) -> tuple[Part, ...]:
    """The parts that a field holds, if it holds parts."""
    if isinstance(value, Part):
        return (value,)
    if isinstance(value, tuple) and value and isinstance(value[0], Part):
        return value
    return ()


def is_private(part: Part, name: str) -> bool:
    """Whether a field is a person's name that may not be printed: UK GDPR wants a decision and a basis."""
    if name != "name" or "publish_name" not in type(part).model_fields:
        return False
    return not (getattr(part, "publish_name", False) and getattr(part, "basis", None))


def _fact(part: Part, name: str, info: FieldInfo, links: Links) -> Fact | None:
    """The field as a fact; None where it has nothing to say, or says only what is so by default."""
    title = field_label(info, name)
    if (absence := part.absence(name)) is not None:
        return Fact(title, (absent(absence),))
    value = getattr(part, name)
    if value is None or value == () or is_private(part, name):
        return None
    if not info.is_required() and value == info.default:
        return None
    values: tuple[object, ...] = value if isinstance(value, tuple) else (value,)
    if name in QUOTED and all(isinstance(one, str) for one in values):
        # As text: the template makes the quotation, with who said it.
        return Fact(
            title, tuple(Markup.escape(line) for one in values for line in paragraphs(str(one))), quoted=True
        )
    return Fact(title, tuple(value_markup(one, links) for one in values))


def _section(
    name: str, info: FieldInfo, parts: Sequence[Part], links: Links, receipts: Receipts, *, many: bool
) -> Section:
    title, anchor = field_label(info, name), f"field-{name.replace('_', '-')}"
    columns = _columns(parts)
    if many and columns is not None:
        heads = tuple(field_label(one, column) for column, one in columns)
        rows = tuple(tuple(_cell(part, column, links) for column, _ in columns) for part in parts)
        heads, rows = _one_who([name for name, _ in columns], heads, rows)
        if any(_citations(part) for part in parts):
            heads = (*heads, _RECEIPTS)
            rows = tuple(
                (*row, receipts.references(_citations(part))) for row, part in zip(rows, parts, strict=True)
            )
        return Section(title, anchor, columns=heads, rows=rows)
    entries = tuple(_entry(part, links, receipts) for part in parts)
    return _told_once(Section(title, anchor, entries=entries, numbered=len(parts) > 1))


def _told_once(section: Section) -> Section:
    """The section with what all of its entries have alike, or lack alike, told over them and not in each."""
    entries = section.entries
    if len(entries) < _MANY_ALIKE:
        return section
    alike = tuple(one for one in entries[0].facts if all(one in other.facts for other in entries))
    missing = entries[0].missing if all(one.missing == entries[0].missing for one in entries) else ()
    if not missing:
        return section
    entries = tuple(
        replace(
            one,
            facts=tuple(fact for fact in one.facts if fact not in alike),
            missing=() if missing else one.missing,
        )
        for one in entries
    )
    left = {tuple(fact.label for fact in one.facts) for one in entries}
    names = left.pop() if len(left) == 1 else ()
    given = names[0] if len(names) == 1 else ""
    return replace(section, entries=entries, shared=alike, missing=missing, given=given)


def _one_who(
    names: Sequence[str], heads: tuple[str, ...], rows: tuple[tuple[Markup, ...], ...]
) -> tuple[tuple[str, ...], tuple[tuple[Markup, ...], ...]]:
    """The columns that each name somebody as one, where every row has at most one of them.

    What is withheld does not count for that: what a column is called must not depend on it. It is told
    beside the other.
    """
    who = [at for at, name in enumerate(names) if name in _WHO]
    said = [[at for at in who if cells[at] and cells[at] != _WITHHELD] for cells in rows]
    if len({at for some in said for at in some}) < 2 or any(len(some) > 1 for some in said):
        return heads, rows
    first, *others = who
    joined = tuple(
        tuple(
            Markup(", ").join(cells[one] for one in who if cells[one]) if at == first else cell
            for at, cell in enumerate(cells)
            if at not in others
        )
        for cells in rows
    )
    kept = tuple("Who" if at == first else head for at, head in enumerate(heads) if at not in others)
    return kept, joined


def _columns(parts: Sequence[Part]) -> list[tuple[str, FieldInfo]] | None:
    """The columns of a table of these parts; None where they hold too much for one."""
    columns: list[tuple[str, FieldInfo]] = []
    if isinstance(parts[0], Side):
        return None  # its words are quoted
    for name, info in _shown_fields(type(parts[0])):
        if name == "citations":
            continue
        said = False
        for part in parts:
            value = getattr(part, name)
            if part.absence(name) is not None:
                said = True
            elif value is None or value == () or is_private(part, name):
                continue
            elif _parts(value) or name in QUOTED or _is_long(value):
                return None
            else:
                said = said or info.is_required() or value != info.default
        if said:
            columns.append((name, info))
    return columns if 0 < len(columns) < _WIDEST else None


def _is_long(value: object) -> bool:
    values = value if isinstance(value, tuple) else (value,)
    return sum(len(value_text(one)) for one in values) > _LONG


def _cell(part: Part, name: str, links: Links) -> Markup:
    if (absence := part.absence(name)) is not None:
        return absent(absence)
    value = getattr(part, name)
    if value is None or value == () or is_private(part, name):
        return Markup("")
    values = value if isinstance(value, tuple) else (value,)
    return Markup(", ").join(value_markup(one, links) for one in values)


def _entry(part: Part, links: Links, receipts: Receipts) -> Entry:
    quotes: list[tuple[str, ...]] = []
    facts: list[Fact] = []
    missing: dict[str, list[str]] = {}
    inner: list[Section] = []
    head = " ".join(str(getattr(part, name)) for name in _head_fields(part))
    for name, info in _shown_fields(type(part)):
        value = getattr(part, name)
        if name == "citations" or name in _head_fields(part):
            continue
        if _parts(value):
            inner.append(_section(name, info, _parts(value), links, receipts, many=isinstance(value, tuple)))
        elif (absence := part.absence(name)) is not None and absence in _TOLD_AT_THE_END:
            missing.setdefault(absence.value, []).append(field_label(info, name).lower())
        elif (fact := _fact(part, name, info, links)) is None:
            continue
        elif fact.quoted:
            quotes.append(fact.values)
        else:
            facts.append(fact)
    if isinstance(part, Side) and len({one.source for one in part.citations}) == 1:
        # What a side says is the editor's; its own words stand beside it.
        quotes += [
            tuple(Markup.escape(line) for line in paragraphs(one.quote))
            for one in part.citations
            if one.quote
        ]
    references = receipts.references(_citations(part), "Receipt")
    document = links.record(_citations(part)[0].source) if _citations(part) else Markup("")
    absent_fields = tuple((reason, tuple(names)) for reason, names in missing.items())
    return Entry(head, tuple(quotes), tuple(facts), absent_fields, references, tuple(inner), document)


def _head_fields(part: Part) -> list[str]:
    return [name for name in _HEADS if isinstance(getattr(part, name, None), str)]


def _citations(part: Part) -> tuple[Citation, ...]:
    return getattr(part, "citations", ())
