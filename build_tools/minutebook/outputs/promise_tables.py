"""Promises as tables for a spreadsheet: all of them, those of a council, and those of an office or body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from minutebook.csv_tables import csv_table
from minutebook.official import official_page
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import DATA, address_of
from minutebook.outputs.site import Site
from minutebook.outputs.templating import clean
from minutebook.promises import Promise, PromiseState
from minutebook.records.action import Action, DueDate
from minutebook.records.body import Body
from minutebook.records.post import Post
from minutebook.records.values import Ref
from minutebook.wording import promise_in_list, promise_sentence

_COLUMNS = (
    "id", "title", "council", "promised_by", "promised_to", "expected_of", "promised_on", "first_due", "due",
    "state", "where_it_stands",
    "wording", "document", "place", "address", "official_page",
    "office", "body", "promised_by_id", "latest_document", "due_after_latest_document",
)  # fmt: skip

# Without it Excel takes a file in UTF-8 for one in the old code page, and shows `â€œ` for a quotation mark.
_BYTE_ORDER_MARK = "\ufeff"
# What fell due after the latest document held is no promise that was broken: the page lists it apart.
_AFTER = "due after the latest document held"


def promise_table(site: Site, address: str, found: Iterable[Promise]) -> OutputFile:
    """Who promised what to whom by when, and where it stands; with the document that says so."""
    rows = ([clean(cell) for cell in _row(site, one)] for one in found)
    return OutputFile(address, _BYTE_ORDER_MARK + csv_table(_COLUMNS, rows))


def table_address(of: str) -> str:
    """Where the table of the promises of a council lies, or of an office or body: by its folder or its id."""
    folder, slash, name = of.rpartition("/")
    return f"{DATA}promises/{folder}{slash}promises-{name}.csv"  # a file that is kept says what is in it


def _row(site: Site, one: Promise) -> Sequence[str]:
    action = one.action
    first = one.citations[0] if one.citations else None
    return (
        action.id, action.title, site.places[action.council].title, _name(site, action, "promised_by"),
        _name(site, action, "promised_to"), _name(site, action, "expected_of"),
        action.promised_on.display() if action.promised_on else "", _due(one.first_due), _due(one.due),
        *_stands(one), action.wording or "", site.kb.records[first.source].title if first else "",
        (first.at or "") if first else "", address_of(action.id), official_page(site.kb, action) or "",
        *_office_and_body(site, action), action.promised_by or "",
        one.latest_document.display() if one.latest_document is not None else "", _is_after(one),
    )  # fmt: skip


def _stands(one: Promise) -> tuple[str, str]:
    """Where it stands, in a word and in a sentence; past its date, whether a document could have shown it done."""
    if one.standing is not PromiseState.OVERDUE or not one.is_after_the_documents:
        return one.standing.value, promise_sentence(one)
    said = (
        f"{promise_in_list(one)}, after the latest document held ({one.reach}), which could not show it done"
    )
    if one.times_moved:
        said += "; put off before" if one.times_moved == 1 else f"; put off {one.times_moved} times before"
    return _AFTER, said


def _due(due: DueDate | None) -> str:
    """The day something was due, else the words for it."""
    if due is None:
        return ""
    return due.date.display() if due.date is not None else due.words or ""


def _name(site: Site, action: Action, field: str) -> str:
    """The office or body that a field names, or the reason why it names none."""
    named: Ref | None = getattr(action, field)
    if named is not None:
        return site.kb.records[named].title
    absence = action.absence(field)
    return absence.value if absence is not None else ""


def _office_and_body(site: Site, action: Action) -> Iterator[str]:
    """The office that promised, and the body that it belongs to; of what a body promised, that body alone."""
    office = site.kb.get(action.promised_by, Post)
    body = site.kb.get(office.body if office is not None else action.promised_by, Body)
    yield from (one.title if one is not None else "" for one in (office, body))


def _is_after(one: Promise) -> str:
    """Whether it fell due after the latest document held; empty where no day is named."""
    if one.due_date is None:
        return ""
    return "yes" if one.is_after_the_documents else "no"


__all__ = ["promise_table", "table_address"]
