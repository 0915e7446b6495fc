"""The data behind the pages: every public record and every resolution as CSV, and under which licence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from minutebook.belonging import body_of, date_of
from minutebook.csv_tables import csv_table
from minutebook.official import official_page
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import DATA, PROMISES_TABLE, address_of, path_of
from minutebook.outputs.feeds.addresses import CALENDAR, FEED
from minutebook.outputs.site import Site
from minutebook.outputs.templating import clean, render
from minutebook.outputs.words import count
from minutebook.outputs.years import years_of
from minutebook.records.action import Action, DueDate
from minutebook.records.resolution import Resolution
from minutebook.records.values import Ref
from minutebook.when import When
from minutebook.wording import promise_sentence


def data(site: Site) -> Iterator[OutputFile]:
    """The page, and the two tables it offers."""
    records, resolutions = f"{DATA}records.csv", f"{DATA}resolutions.csv"
    yield OutputFile(
        records,
        csv_table(
            ("id", "type", "title", "date", "year", "council", "body", "address", "topics", "official_page"),
            _clean(_records(site)),
        ),
    )
    yield OutputFile(
        resolutions,
        csv_table(
            (
                "id",
                "date",
                "council",
                "body",
                "outcome",
                "clause",
                "effect",
                "wording",
                "address",
                "topics",
                "official_page",
            ),
            _clean(_clauses(site)),
        ),
    )
    yield OutputFile(
        PROMISES_TABLE,
        csv_table(
            (
                "id", "title", "council", "promised_by", "promised_to", "expected_of", "promised_on", "first_due", "due",
                "state", "where_it_stands",
                "wording", "document", "place", "address", "official_page",
            ),
            _clean(_promises(site)),
        ),
    )  # fmt: skip
    links = site.links(DATA)
    settings = site.kb.settings
    html = render(
        "data.html",
        title="Data",
        trail=[links.page("", "Home")],
        records=(links.href(records), count(len(site.kb.records), "record")),
        resolutions=(links.href(resolutions), count(len(site.kb.of(Resolution)), "resolution")),
        promises=(
            links.href(PROMISES_TABLE),
            count(len(site.promises), "promise or follow-up", "promises and follow-ups"),
        ),
        feed=links.href(FEED),
        calendar=links.href(CALENDAR),
        licences=[
            (place.title, settings.councils[place.slug].licence or "not stated")
            for place in site.councils
            if place.slug in settings.councils
        ],
    )
    yield OutputFile(path_of(DATA), html, title="Data", kind="data")


def _records(site: Site) -> Iterator[Sequence[str]]:
    for record in site.kb.records.values():
        when, body = date_of(site.kb, record), body_of(site.kb, record)
        yield (
            record.id, record.noun, record.title, when.display() if when else "", _years(when) if when else "",
            site.places[record.council].title, body.title if body else "", address_of(record.id),
            "; ".join(record.topics), official_page(site.kb, record) or "",
        )  # fmt: skip


def _years(when: When) -> str:
    """The year of a date; `2021 to 2022` where it may lie in more than one."""
    years = years_of(when)
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _clauses(site: Site) -> Iterator[Sequence[str]]:
    for record in site.kb.of(Resolution):
        when, body = date_of(site.kb, record), body_of(site.kb, record)
        for clause in record.clauses:
            yield (
                record.id, when.display() if when else "", site.places[record.council].title, body.title if body else "",
                record.status_line() or "", clause.number or "", clause.effect.value, clause.wording, address_of(record.id),
                "; ".join(record.topics), official_page(site.kb, record) or "",
            )  # fmt: skip


def _promises(site: Site) -> Iterator[Sequence[str]]:
    """Who promised what to whom by when, and where it stands; with the document that says so."""
    for one in site.promises:
        action = one.action
        first = one.citations[0] if one.citations else None
        yield (
            action.id, action.title, site.places[action.council].title, _name(site, action, "promised_by"),
            _name(site, action, "promised_to"), _name(site, action, "expected_of"),
            action.promised_on.display() if action.promised_on else "", _due(one.first_due), _due(one.due),
            one.standing.value, promise_sentence(one), action.wording or "", site.kb.records[first.source].title if first else "",
            (first.at or "") if first else "", address_of(action.id), official_page(site.kb, action) or "",
        )  # fmt: skip


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


def _clean(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    return ([clean(one) for one in row] for row in rows)
