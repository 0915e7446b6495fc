"""The data behind the pages: every public record and every resolution as CSV, and under which licence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from minutebook.belonging import body_of, date_of
from minutebook.csv_tables import csv_table
from minutebook.official import official_page
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import DATA, PROMISES_TABLE, address_of, path_of
from minutebook.outputs.feeds.addresses import CALENDAR, FEED
from minutebook.outputs.promise_tables import promise_table
from minutebook.outputs.site import Site
from minutebook.outputs.templating import clean, render
from minutebook.outputs.words import count
from minutebook.outputs.years import years_of
from minutebook.records.resolution import Resolution
from minutebook.when import When


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
    yield promise_table(site, PROMISES_TABLE, site.promises)
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


def _clean(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    return ([clean(one) for one in row] for row in rows)
