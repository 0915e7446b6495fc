"""How a value reads on a page: dates as the source says them, references by title, absences by name."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import get_args

from markupsafe import Markup, escape
from pydantic.fields import FieldInfo

from minutebook import grammar
from minutebook.absence import Absence, written_name
from minutebook.citing import spoken_noun
from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs.addresses import Links, external
from minutebook.records.base import FieldPath, Part, Record
from minutebook.records.body import PowerKind
from minutebook.records.decision import DecisionKind
from minutebook.records.figures import Figures
from minutebook.records.report import ImplicationKind
from minutebook.records.transfer import Transfer, TransferKind
from minutebook.records.values import Amount, FieldKey, Ref
from minutebook.short_dates import in_short
from minutebook.when import Period, When
from minutebook.when_text import MONTHS
from minutebook.when_words import moment_in_words

_URL = re.compile(r"https?://\S+")
_PARAGRAPHS = re.compile(r"\n\s*\n")

_DATE = re.compile(rf"\b(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)}) \d{{4}}\b")
_ABSENT = Markup('<span class="mb-absent">{}</span>')
_TIME, _SHUT, _END = Markup('<time datetime="'), Markup('">'), Markup("</time>")
_NO_DATE = Markup('<span class="mb-absent">date not stated</span>')
_KEY = Markup("{}, {}")
_SPAN = Markup('{} <span class="mb-small">({})</span>')
# What a transfer did, as a reader would say it.
TRANSFERS = MappingProxyType(
    {
        TransferKind.ESTABLISH: "established",
        TransferKind.TRANSFER: "transferred",
        TransferKind.SPLIT: "split",
        TransferKind.MERGE: "merged",
        TransferKind.REPLACE: "replaced",
        TransferKind.RENAME: "renamed",
        TransferKind.CLOSE: "closed",
        TransferKind.REOPEN: "reopened",
    }
)

# Where taking the name of a field apart gives no English.
_LABELS = {
    "url": "Official page",
    "aliases": "Also called",
    "by": "By",
    "site": "Its own site",
    "at": "Place",
    "as_at": "As at",
    "ended_reason": "Why it ended",
    "cadence": "How often it meets",
    "falls_to": "Who is to act",
    "on": "Date",
    "better": "Which way is better",
    "parent": "Belongs to",
    "item": "Agenda item",
    "clauses": "What was resolved",
    "sides": "What each side says",
    "moves": "What moved, and where to",
    "matter": "What they disagree about",
    "due": "When it was due",
    "status": "What became of it",
    "cells": "Each figure",
    "reported_in": "Reported in",
    "authorised_by": "On whose authority",
    "authority_note": "About the authority",
    "call_in": "Whether it was called in",
    "expected_of": "Expected of",
    "follow_ups": "Follow-ups",
    "fingerprint": "The text it was compared with",
    "sha256": "SHA-256 of that text",
    "verified_on": "Compared on",
    "coverage": "How much of it is recorded",
    "cited": "Passages quoted",
    "explained": "Passages left out, with the reason",
    "unrecorded": "What is not recorded, and why",
}
# What a link is called on the page that it leads to.
_BACKLINKS = {
    "actions": "Promises that came of it", "amended_by": "Amended by",
    "answers": "Answers it gave", "approved_minutes_of": "Approved the minutes of", "asked_of": "Asked to act by",
    "attended": "Meetings attended", "authorises": "Transfers made on its authority", "children": "Bodies that report to it",
    "cited_by": "Records that cite it", "cleared": "Reports cleared", "considered_at": "Considered at",
    "decisions": "Decisions it took", "decisions_about": "Decisions about it", "decisions_reported": "Decisions it reports",
    "delegated_decisions": "Decisions taken under it", "delegated_powers": "Powers delegated to it",
    "discrepancies": "Discrepancies about it", "discussed_at": "Discussed at", "disputed_by": "Disputed by",
    "documents": "Documents of it", "endorsed": "Plans endorsed", "events": "Events about it", "events_by": "Events it brought about", "expected": "Expected of it",
    "figures": "Figures about it", "figures_of": "Its figures", "follows": "Follows from", "gave_up": "Transfers from it",
    "indicators": "Indicators", "interests_declared": "Interests declared at", "items": "Agenda items",
    "items_of_directorate": "Agenda items of the directorate", "lists": "Documents it lists", "meetings": "Meetings",
    "mentioned_in": "Mentioned in", "monitors": "Closed work it watches", "notes": "Decisions it noted",
    "paper_of": "A paper of", "partner_in": "Partner in", "parts": "Parts of it", "perhaps_same_as": "Perhaps the same as",
    "plans": "Its plans", "plans_reported": "Plans reported to it", "points_made": "Points made", "posts": "Posts in it",
    "promised": "Promises made to it", "promises": "Promises it made", "promises_about": "Promises about it",
    "received": "Transfers to it", "reported_in": "Reports about it", "reports_by": "Its reports", "reports_to": "Reports to it",
    "rescinded_by": "Rescinded by", "resolutions": "Resolutions", "resolved_on": "Resolutions about it",
    "served_by": "Carried out by", "sits_on": "Sits on", "sponsors": "Sponsors", "statements": "Statements it made",
    "statements_about": "Statements about it", "statements_in": "Statements in it", "statements_made": "Statements made at it",
    "succeeds": "Took the place of", "superseded_by": "Superseded by", "taken_in_private_by": "Taken in private by",
    "transfers": "Transfers that name it",
}  # fmt: skip


def label(written: str, info: FieldInfo | None = None) -> str:
    """What a field or a backlink is called on a page: its title, else its name as words."""
    if info is not None and info.title:
        return info.title
    if (known := _LABELS.get(written)) is not None:
        return known
    return capital(written.replace("_", " ").strip())


def backlink_label(name: str) -> str:
    """What a link is called at its other end."""
    return _BACKLINKS.get(name) or label(name)


# What one of the parts of a record is called, where there are several: `member 1`.
_ONE_OF = {
    "attendance": "attendance", "chairs": "chair", "clauses": "clause", "clearances": "clearance", "citations": "receipt",
    "delegations": "delegation", "due": "due date", "holders": "holder", "implications": "implication", "interests": "interest",
    "members": "member", "motions": "motion", "observations": "measurement", "phases": "phase", "points": "point", "powers": "power",
    "priorities": "priority", "questions": "question", "recommendations": "recommendation", "sides": "side", "stages": "stage",
    "statements": "statement", "status": "what became of it",
}  # fmt: skip


def part_in_words(path: FieldPath, record: Record, kb: KnowledgeBase) -> str:
    """Which part of a record a path leads to: `clause 2`, `where Extra Care went`; empty for the record itself."""
    words: list[str] = []
    for at, step in enumerate(path):
        if not isinstance(step, int):
            last = at + 1 == len(path) or not isinstance(path[at + 1], int)
            words.append(step.replace("_", " ") if last else _ONE_OF.get(step, step.replace("_", " ")))
        elif isinstance(record, Transfer) and path[at - 1] == "moves":
            project = kb.records.get(record.moves[step].what)
            words[-1] = f"where {project.title} went" if project is not None else "where a project went"
        elif isinstance(record, Figures) and path[at - 1] == "cells":
            words[-1] = _cell_of(record, record.cells[step].row, record.cells[step].column)
        else:
            words[-1] += f" {step + 1}"
    return ", ".join(words)


def parts_in_words(name: str, numbers: Sequence[int]) -> str:
    """Which parts of one kind: `question 2`, `questions 1 to 10`; the numbers are counted from 0 and rise."""
    if len(numbers) == 1:
        return f"{_ONE_OF.get(name, name.replace('_', ' '))} {numbers[0] + 1}"
    told: list[str] = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *others = [str(number + 1) for _, number in run]
        told += [f"{first} to {others[-1]}"] if len(others) > 1 else [first, *others]
    return f"{name.replace('_', ' ')} {grammar.listed(told)}"


def field_label(info: FieldInfo, name: str) -> str:
    """What a field of a model is called on a page."""
    if name == "kind":
        return next((words for one, words in _KINDS_OF.items() if _holds(info.annotation, one)), "Kind")
    return label(written_name(info, name), info)


# What `kind` alone leaves open.
_KINDS_OF: dict[type, str] = {
    DecisionKind: "Kind of decision",
    ImplicationKind: "Subject",
    PowerKind: "Power",
}
# By what sort of power something was decided, as a reader would say it.
_DECISIONS = MappingProxyType(
    {
        DecisionKind.EXECUTIVE: "executive: by the cabinet, or for it",
        DecisionKind.OFFICER: "an officer’s, under a delegation",
        DecisionKind.PROGRAMME: "within a programme",
        DecisionKind.COUNCIL: "of the full council",
        DecisionKind.REGULATORY: "regulatory, such as planning or licensing",
    }
)


def _holds(annotation: object, one: type) -> bool:
    return annotation is one or one in get_args(annotation)


def absent(absence: Absence) -> Markup:
    """`not stated`, `left blank`, `not held` or `withheld`; each page says at its end what is not known."""
    return _ABSENT.format(absence.value)


NOT_STATED = absent(Absence.NOT_STATED)


def named(links: Links, part: Part, field: str) -> Markup:
    """The record that a field names, or the reason why it names none: *not stated* where no other is known."""
    target: Ref | None = getattr(part, field)
    return links.record(target) if target else absent(part.absence(field) or Absence.NOT_STATED)


def unbroken(words: str) -> str:
    """Words of a date that no line break parts: `7 January 2020`, `January 2020`."""
    return _DATE.sub(lambda found: found[0].replace(" ", "\xa0"), words)


@lru_cache(maxsize=65536)
def moment(when: When | Period | None) -> Markup:
    """A date or period in the source's words; a single day also for machines. Of many days that it may be, how many."""
    if when is None:
        return _NO_DATE
    if isinstance(when, Period):
        return escape(unbroken(when.display()))
    if when.exact and when.earliest is not None:
        said = when.display()
        if not any(one.isalpha() for one in said):
            said = day_in_words(when.earliest)  # `4-12-19` is April to some
        return _TIME + when.earliest.isoformat() + _SHUT + unbroken(said) + _END
    return escape(unbroken(in_short(when)))


def moment_and_span(when: When | Period | None) -> Markup:
    """A date in the source's words and, where these do not say how wide it is, its bounds beside them.

    `probably 23 November 2021 (between October 2021 and March 2022)`.
    """
    said = moment(when)
    if not isinstance(when, When) or when.exact or when.as_written is None:
        return said
    span = moment_in_words(when.value)
    if span.casefold() in when.as_written.casefold() or _is_named(when):
        return said
    return _SPAN.format(said, span)


def _is_named(when: When) -> bool:
    """Whether the words name the month or the year that the date is, in another spelling: `Oct '19`."""
    words = (when.as_written or "").casefold()
    first, last = when.earliest, when.latest
    if first is None or last is None or f"{first:%y}" not in words or "probabl" in words:
        return False
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%b}".casefold() in words
    return all(f"{one:%b}".casefold() in words for one in (first, last))


def capital(words: str) -> str:
    """The words with a capital at their beginning; the others stay as they are."""
    return words[:1].upper() + words[1:]


def with_article(kind: str) -> str:
    """What something is, at the beginning of a sentence: `A committee`, `An executive`, `A London borough`."""
    return capital(grammar.with_article(kind)).replace("london", "London")


def noun_of(record: Record) -> str:
    """What one record of a type is called on a page."""
    return spoken_noun(record)


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 record`, `3,120 records`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day_in_words(day: date) -> str:
    """A day in plain English."""
    return When.parse(day.isoformat()).display()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; the lines inside one are joined."""
    return [" ".join(part.split()) for part in _PARAGRAPHS.split(text) if part.strip()]


def value_text(value: object) -> str:
    """A plain value as text, to judge its length by."""
    if isinstance(value, When | Period):
        return value.display()
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)


def value_markup(value: object, links: Links) -> Markup:
    """A plain value, whatever its type, escaped; a longer text in paragraphs."""
    if isinstance(value, Ref):
        return links.record(value)
    if isinstance(value, FieldKey):
        return _KEY.format(links.record(value.record_id), field_of(value, links))
    if isinstance(value, When | Period):
        return moment_and_span(value)
    if isinstance(value, TransferKind):
        return escape(TRANSFERS[value])
    if isinstance(value, DecisionKind):
        return escape(_DECISIONS[value])
    if isinstance(value, Amount):
        return escape(value.as_written)
    if isinstance(value, str) and not isinstance(value, enum.Enum):
        if _URL.fullmatch(value):
            return external(value)
        found = paragraphs(value)
        if len(found) > 1:
            return Markup("").join(Markup("<p>{}</p>").format(one) for one in found)
        return escape(found[0] if found else "")
    return escape(value_text(value))


def field_of(key: FieldKey, links: Links) -> str:
    """The field that a key names, as its record calls it; of a table the row and the column."""
    figures = links.kb.get(key.record_id, Figures)
    if figures is None:
        return label(key.field)[:1].lower() + label(key.field)[1:]
    row, _, column = key.field.partition("/")
    return _cell_of(figures, row, column)


def _cell_of(figures: Figures, row: str, column: str | None) -> str:
    """The row and the column of a cell as they are printed: `Adults, 2019/20`."""
    rows = {one.key: one.label for one in figures.rows}
    columns = {one.key: one.label for one in figures.columns}
    named = (rows.get(row, label(row)), columns.get(column, label(column)) if column else "")
    return ", ".join(filter(None, named))
