"""Pages that answer one question each: what is not held, measures, corrections, private items."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from minutebook.belonging import body_of, date_of
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import (
    CORRECTIONS,
    MEASURES,
    NOT_HELD,
    PRIVATE,
    SOURCES,
)
from minutebook.outputs.descriptions import measured
from minutebook.outputs.listing import Group, Listing, list_pages
from minutebook.outputs.register_pages import row
from minutebook.outputs.site import Site, a_to_z
from minutebook.outputs.templating import fragment
from minutebook.outputs.words import count, moment
from minutebook.records.base import citations
from minutebook.records.figures import Cell, CellKind, Figures
from minutebook.records.indicator import Better, Indicator
from minutebook.records.report import Held, Paper
from minutebook.records.source_document import SourceDocument

_MEASURES = ("Indicator", "Baseline", "Latest", "Target", "Which way is better")


def not_held(site: Site) -> Iterator[OutputFile]:
    """Papers that documents refer to and that are not kept here, and documents whose words are not."""
    links = site.anywhere
    papers = [
        Markup('{}. Referred to by {}{}. <span class="mb-small">{}</span>').format(
            paper.title,
            links.record(record.id),
            Markup(", {}").format(moment(when)) if (when := date_of(site.kb, record)) is not None else "",
            paper.describes or "The source does not say what is in it.",
        )
        for record, _, paper in site.kb.each(Paper)
        if paper.held is Held.NOT_HELD
    ]
    without: dict[str, int] = {}
    for record in site.kb.records.values():
        for citation in citations(record):
            if citation.quote is None:
                without[citation.source] = without.get(citation.source, 0) + 1
    documents = [
        Markup("{}: {}").format(links.record(one.id), count(without[one.id], "receipt without its words", "receipts without their words"))
        for one in sorted(site.kb.of(SourceDocument), key=a_to_z)
        if one.id in without
    ]  # fmt: skip
    groups = [
        Group(f"Papers that are referred to ({len(papers)})", papers),
        Group(f"Documents of which only the place is cited ({len(documents)})", documents),
    ]
    listing = Listing(
        NOT_HELD,
        "What we do not hold",
        [group for group in groups if group.entries],
        lead=Markup(
            "Papers that a document names and that are not kept here, and documents whose page is cited without a copy of its words. Ask the council for them. {} lists what is held."
        ).format(links.page(SOURCES, "Sources")),
        nothing="Nothing: every paper that is referred to is held.",
        size=150,
    )
    yield from list_pages(site, listing)


_COMPARED_WITH = frozenset({CellKind.PLANNED, CellKind.PREDICTED, CellKind.DELIVERED})


def measures(site: Site) -> Iterator[OutputFile]:
    """Indicators from baseline to the latest figure and the target; and the tables of money and counts."""
    links = site.anywhere
    indicators = []
    for one in sorted(site.kb.of(Indicator), key=a_to_z):
        latest = one.latest
        target = str(one.target.value or one.target.word or "–") if one.target is not None else "–"
        better = (
            {Better.UP: "Higher is better", Better.DOWN: "Lower is better"}.get(one.better)
            if one.better
            else None
        )
        indicators.append(
            row(
                _MEASURES,
                links.record(one.id),
                measured(one.baseline)
                if one.baseline is not None and one.baseline.value is not None
                else "–",
                measured(latest) if latest is not None else "–",
                target,
                better or "not stated",
            )
        )
    tables = [
        Markup('{} <span class="mb-small">{}, in {}</span>').format(
            links.record(one.id), site.places[one.council].title, one.unit
        )
        for one in sorted(site.kb.of(Figures), key=a_to_z)
    ]
    after = fragment("tables.html", tables=tables) if tables else ""
    listing = Listing(
        MEASURES,
        "Indicators and budgets",
        [Group("Indicators", indicators)] if indicators else [],
        lead="What was measured, where it began, where it stood last and what was aimed at; and every table of money or counts.",
        template="table_listing.html",
        columns=_MEASURES,
        nothing="No indicator is recorded yet.",
        before=_shortfalls(site),
        after=after,
    )
    yield from list_pages(site, listing)


def _shortfalls(site: Site) -> Markup:
    """What fell short of what was planned, before everything else on the page; nothing where nothing did."""
    links = site.anywhere
    lines = []
    is_saving = True
    for one in sorted(site.kb.of(Figures), key=a_to_z):
        labels = {row.key: row.label for row in one.rows}
        for cell in one.cells:
            if cell.kind is not CellKind.SHORTFALL or cell.amount is None:
                continue
            is_saving &= "saving" in f"{one.title} {labels.get(cell.row, '')}".casefold()
            beside = [
                f"{other.kind.value} {_amount(other)}"
                for other in one.cells
                if other.kind in _COMPARED_WITH
                and other.amount is not None
                and (other.row, other.period, other.scope) == (cell.row, cell.period, cell.scope)
            ]
            lines.append(
                (
                    labels.get(cell.row, cell.row),
                    _amount(cell),
                    moment(cell.period) if cell.period is not None else None,
                    beside,
                    links.record(one.id),
                    site.places[one.council].title,
                )
            )
    heading = "Savings that fell short" if is_saving else "Figures that fell short of what was planned"
    return fragment("shortfalls.html", heading=heading, lines=lines) if lines else Markup("")


def _amount(cell: Cell) -> str:
    amount = cell.amount.as_written if cell.amount is not None else ""
    return " ".join(filter(None, (cell.qualifier, amount)))


def corrections(site: Site) -> Iterator[OutputFile]:
    """What pages said before, and why they changed; the latest first."""
    found = [(one, record) for record in site.kb.records.values() for one in record.corrections]
    found.sort(key=lambda pair: (pair[0].on.sort_key, pair[1].id), reverse=True)
    entries = [
        Markup("{}: {} said “{}”. {}{}").format(
            moment(one.on),
            site.anywhere.record(record.id),
            one.said,
            one.reason,
            f" (on the word of {one.on_the_word_of})" if one.on_the_word_of else "",
        )
        for one, record in found
    ]
    listing = Listing(
        CORRECTIONS,
        "Corrections",
        [Group("", entries)] if entries else [],
        lead="What a page of this site said before, what it says now, and on whose word it was changed.",
        nothing="No published page has been corrected yet.",
    )
    yield from list_pages(site, listing)


def private_items(site: Site) -> Iterator[OutputFile]:
    """Every item that was taken in private, as far as the law wants that known."""
    links = site.anywhere
    entries = []
    for meeting_id in sorted(site.stubs):
        meeting = site.kb.records[meeting_id]
        body, when = body_of(site.kb, meeting), date_of(site.kb, meeting)
        entries.append(
            fragment(
                "private_meeting.html",
                link=links.record(meeting_id),
                council=site.places[meeting.council].title,
                body=links.record(body.id) if body is not None else None,
                date=moment(when),
                stubs=site.stubs[meeting_id],
            )
        )
    listing = Listing(
        PRIVATE,
        "Items taken in private",
        [Group("", entries)] if entries else [],
        lead="A body may take an item without the public where the law allows it. The law wants it known that it did, and why; what was said stays private.",
        template="articles.html",
        size=50,
        nothing="No item is recorded as taken in private.",
    )
    yield from list_pages(site, listing)
