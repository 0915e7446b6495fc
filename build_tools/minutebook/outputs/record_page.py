"""The page of one record, made from its model: the same for every type, with a few additions of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from minutebook.belonging import date_of
from minutebook.knowledge_base import Backlink
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import ABOUT, Links, address_of, path_of
from minutebook.outputs.band import draw_band
from minutebook.outputs.fields import Content, read_fields
from minutebook.outputs.receipts import Receipts
from minutebook.outputs.site import Site
from minutebook.outputs.standing import standing
from minutebook.outputs.templating import fragment, render
from minutebook.outputs.words import label, moment, paragraphs
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.figures import Figures
from minutebook.records.meeting import Meeting
from minutebook.records.project import Project
from minutebook.timeline import history_of
from minutebook.when import When

_FOLDED = 12  # links of one kind that are shown open; more are behind a word


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the dated story."""

    date: Markup
    kind: str
    record: Markup | None


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The records that point here by a link of one name."""

    name: str
    links: tuple[Markup, ...]
    folded: bool


def record_page(site: Site, record: Record) -> OutputFile:
    """The page of a record, at its address."""
    here = address_of(record.id)
    links = site.links(here)
    receipts = Receipts(record, links)
    add, told = _ADDITIONS.get(type(record), (None, frozenset[str]()))
    content = read_fields(record, links, receipts, told) if record.erased is None else Content()
    html = render(
        "record.html",
        record=record,
        noun=type(record).noun,
        trail=site.trail(record, links),
        standing=standing(site, record, links),
        addition=add(site, record, links) if add is not None else "",
        content=content,
        attribution=site.attribution(record, links),
        spoken=bool(site.speaker(record, links)),
        narrative=site.narratives.html(record, here),
        story=_story(site, record, links),
        groups=_link_groups(site, record, links),
        receipts=receipts.shown(),
        note=paragraphs(record.editor_note or ""),
        corrections=[(moment(one.on), one) for one in record.corrections],
        checked=moment(record.checked.on) if record.checked is not None else None,
        about=links.href(ABOUT),
        address=here,
    )
    return OutputFile(path_of(here), html, title=record.title, kind="record")


def _story(site: Site, record: Record, links: Links) -> list[Happening]:
    """What happened to the record, oldest first, as the timeline tells it."""
    return [
        Happening(
            date=moment(event.when),
            kind=_capital(event.kind),
            record=links.record(event.record.id) if event.record.id != record.id else None,
        )
        for event in history_of(site.history, record)
    ]


def _link_groups(site: Site, record: Record, links: Links) -> list[LinkGroup]:
    """The links that lead here, grouped by what they are called."""
    found: defaultdict[str, list[Backlink]] = defaultdict(list)
    for link in site.kb.backlinks(record.id):
        found[link.name].append(link)
    return [
        LinkGroup(
            label(name),
            tuple(_in_order(site, (link.record for link in found[name]), links)),
            len(found[name]) > _FOLDED,
        )
        for name in sorted(found)
    ]


def _in_order(site: Site, records: Iterable[Record], links: Links) -> Iterable[Markup]:
    """Links to records by date, and to what has none by title."""
    dated = [(date_of(site.kb, record), record) for record in records]

    def order(pair: tuple[When | None, Record]) -> tuple[bool, tuple[int, int, str, str], str]:
        when, record = pair
        return (when is None, when.sort_key if when is not None else (0, 0, "", ""), record.id)

    for when, record in sorted(dated, key=order):
        on = ", " + moment(when) if when is not None else Markup("")
        yield links.record(record.id) + " (" + type(record).noun + on + ")"


def _capital(words: str) -> Markup:
    return escape(words[:1].upper() + words[1:])


# -- what some types have beyond their fields ----------------------------------------------------


def _project_band(site: Site, record: Project, links: Links) -> Markup:
    """Who answered for a project, and when, drawn and told."""
    return fragment(
        "ownership.html", band=draw_band(site.history, record, site.as_of, links), title=record.title
    )


def _body_holdings(site: Site, record: Body, links: Links) -> Markup:
    """What a body holds, what it may hold, and what it held before."""
    held, possibly = site.history.holdings(record.id, site.as_of)
    ever = [project.id for project in site.history.ever_held(record.id)]
    before = [one for one in ever if one not in held and one not in possibly]
    if not ever:
        return Markup("")
    return fragment(
        "holdings.html",
        as_of=site.as_of.display(),
        held=[links.record(one) for one in held],
        possibly=[links.record(one) for one in possibly],
        before=[links.record(one) for one in before],
    )


def _private_items(site: Site, record: Meeting, _: Links) -> Markup:
    """The items that were taken in private, as far as the law wants that known."""
    stubs = site.stubs.get(record.id, ())
    return fragment("private_items.html", stubs=stubs) if stubs else Markup("")


def _figures_table(_: Site, record: Figures, __: Links) -> Markup:
    """The table as the source prints it; each cell is told in full further down."""
    columns = record.columns or (None,)

    def amounts(row: str, column: str | None) -> list[str]:
        cells = [cell for cell in record.cells if cell.row == row and cell.column == column]
        return [" ".join(filter(None, (cell.qualifier, str(cell.amount or "not stated")))) for cell in cells]

    return fragment(
        "figures.html",
        unit=record.unit,
        title=record.title,
        columns=[column.label if column is not None else record.unit for column in columns],
        rows=[
            (row.label, [amounts(row.key, column.key if column is not None else None) for column in columns])
            for row in record.rows
        ],
    )


# By type: what its page has beyond its fields, and the fields that are told there.
_ADDITIONS: Mapping[type[Record], tuple[Callable[[Site, Any, Links], Markup], frozenset[str]]] = (
    MappingProxyType(
        {
            Body: (_body_holdings, frozenset()),
            Figures: (_figures_table, frozenset({"rows", "columns"})),
            Meeting: (_private_items, frozenset()),
            Project: (_project_band, frozenset()),
        }
    )
)
