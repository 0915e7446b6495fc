"""The page of one record, made from its model: the same for every type, with a few additions of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from minutebook.citing import citation
from minutebook.held import latest_document
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import (
    ABOUT,
    BY_BODY,
    BY_PROJECT,
    COMPARE,
    Links,
    address_of,
    external,
    path_of,
)
from minutebook.outputs.band import MANY, draw_band
from minutebook.outputs.feeds.addresses import calendar_of, feed_of
from minutebook.outputs.fields import Content, read_fields
from minutebook.outputs.listing import Group, Listing, list_pages
from minutebook.outputs.ownership_pages import COMPARED, moved
from minutebook.outputs.pictures import picture_of, reporting
from minutebook.outputs.places import context, turns
from minutebook.outputs.receipts import Receipt, Receipts
from minutebook.outputs.record_links import (
    STORY,
    has_long_story,
    limit_of,
    link_groups,
    linked,
    listed_elsewhere,
    long_story,
    tell_event,
)
from minutebook.outputs.site import Site
from minutebook.outputs.standing import standing
from minutebook.outputs.story_pieces import asked_and_resolved, way_to_those_who_noted
from minutebook.outputs.templating import fragment, render
from minutebook.outputs.unknown import unknown_of
from minutebook.outputs.words import moment, noun_of, paragraphs
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.council import Council
from minutebook.records.decision import Decision
from minutebook.records.figures import Figures
from minutebook.records.meeting import Meeting
from minutebook.records.project import Project
from minutebook.records.report import Report
from minutebook.records.transfer import Transfer
from minutebook.timeline import history_of
from minutebook.when import When

_HEAVIEST = 12_000  # bytes of a picture: a page of a record has room for about 25,000 in all
_CONTENTS = 5  # sections from which a page has a list of them
_CONTENTS_HERE = (
    "<!-- contents -->"  # in the template; a record's own words are escaped, or let through without comments
)
_SECTION = re.compile(r'<section [^>]*?id="([^"]+)"[^>]*>\s*<h2>(.*?)</h2>')

# What a record is there to say stands before its key facts.
_OPERATIVE = frozenset({"field-clauses", "field-sides"})


def record_page(site: Site, record: Record) -> OutputFile:
    """The page of a record, at its address."""
    here = address_of(record.id)
    links = site.links(here)
    receipts = Receipts(record, links)
    add, told = _ADDITIONS.get(type(record), (None, frozenset[str]()))
    erased = record.erased is not None
    addition = add(site, record, links) if add is not None and not erased else Markup("")
    if isinstance(record, Report) and addition:
        told |= {"recommendations"}
    content = Content() if erased else read_fields(_by_label(record), links, receipts, told)
    events = history_of(site.history, record)
    long = has_long_story(site, record, events)
    groups = link_groups(site, record)
    most = limit_of(groups)
    feed, calendar = feed_of(record), calendar_of(record)
    html = render(
        "record.html",
        record=record,
        noun=noun_of(record),
        official=None if erased else _official(site, record, links),
        picture=None if erased else _picture(site, record),
        trail=site.trail(record, links),
        context=context(site.kb, record, links),
        standing=standing(site, record, links),
        addition=addition,
        operative=[one for one in content.sections if one.anchor in _OPERATIVE],
        sections=[one for one in content.sections if one.anchor not in _OPERATIVE],
        content=content,
        attribution=site.attribution(record, links),
        spoken=bool(site.speaker(record, links)),
        topics=[links.page(site.topics.address(one), one) for one in record.topics],
        narrative=site.narratives.html(record, here),
        story=[tell_event(one, record, links) for one in (events[-STORY:] if long else events)],
        earlier=(len(events), links.href(f"{here}history/")) if long else None,
        groups=[
            (one.name, [linked(pair, links) for pair in one.records[-most:]], len(one.records))
            for one in groups
        ],
        linked=links.href(_all_linked(record)) if any(len(one.records) > most for one in groups) else None,
        unknown=() if erased else unknown_of(record),
        receipts=_by_document(receipts.shown()),
        citation=citation(site.kb, record),
        note=paragraphs(record.editor_note or ""),
        corrections=[(moment(one.on), one) for one in record.corrections],
        checked=moment(record.checked.on) if record.checked is not None else None,
        about=links.href(ABOUT),
        address=here,
        feed=links.href(feed) if feed else None,
        calendar=links.href(calendar) if calendar else None,
        turns=turns(site.kb, site.lines, record, links),
    )
    return OutputFile(path_of(here), _with_contents(html), title=record.title, kind="record")


def _picture(site: Site, record: Record) -> Markup | None:
    """The picture of a record, where it is not too heavy for its page."""
    drawn = picture_of(site, record)
    return drawn if drawn is not None and len(drawn.encode()) <= _HEAVIEST else None


def _official(site: Site, record: Record, links: Links) -> Markup | None:
    """The council's own page of what a record rests on, or the page that lists it."""
    found = site.official(record)
    if found is None:
        return None
    page = external(found.url, found.url.partition("//")[2].partition("/")[0])
    if not found.lists_only:
        name = escape("this document") if found.source is record else links.record(found.source.id)
        return Markup("{}, the page of {}").format(page, name)
    name = escape("this document") if found.source is record else links.record(found.source.id)
    return Markup(
        "{}, the council’s page of the meeting. It lists {}, whose own address is not known here"
    ).format(page, name)


def _all_linked(record: Record) -> str:
    """Where everything that points to a record is listed, where its page cannot hold it all."""
    if isinstance(record, Body):
        return f"{BY_BODY}{record.council}/{record.id.slug}/"
    if isinstance(record, Project):
        return f"{BY_PROJECT}{record.council}/{record.id.slug}/"
    return f"{address_of(record.id)}linked/"


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


def _with_contents(html: str) -> str:
    """The page with a list of its sections, where it has enough of them to want one."""
    sections = [(anchor, Markup(name)) for anchor, name in _SECTION.findall(html)]
    contents = fragment("contents.html", sections=sections) if len(sections) >= _CONTENTS else ""
    return html.replace(_CONTENTS_HERE, contents, 1)


def _by_document(receipts: tuple[Receipt, ...]) -> list[tuple[Receipt, list[Receipt]]]:
    """The receipts under the document that each is from, which is named once."""
    found: dict[tuple[Markup, str | None], list[Receipt]] = {}
    for one in receipts:
        found.setdefault((one.source, one.url), []).append(one)
    return [(group[0], group) for group in found.values()]


def further_pages(site: Site, record: Record) -> Iterator[OutputFile]:
    """What a record's page has no room for: its whole history, and everything that points to it."""
    if record.erased is not None:
        return
    if isinstance(record, Project):
        yield from _whole_chain(site, record)
    links = site.anywhere
    if events := long_story(site, record):
        lines = [
            Markup("<strong>{}</strong> {}").format(*tell_event(event, record, links)) for event in events
        ]
        yield from _further(site, record, "history", "What happened, and when", [Group("", lines)])
    if not listed_elsewhere(record):
        groups = link_groups(site, record)
        if any(len(group.records) > limit_of(groups) for group in groups):
            listed = [Group(one.name, [linked(pair, links) for pair in one.records]) for one in groups]
            yield from _further(site, record, "linked", "Related records", listed)


def _whole_chain(site: Site, project: Project) -> Iterator[OutputFile]:
    """Who answered for a project through all of its history, where its page tells the latest alone."""
    here = f"{address_of(project.id)}ownership/"
    links = site.links(here)
    band = draw_band(site.history, project, site.as_of, links, reach=_reach(site, project))
    if band.of <= MANY:
        return
    html = render(
        "chain.html",
        title=f"{project.title}: who answered for it",
        trail=[*site.trail(project, links), links.record(project.id)],
        band=band,
        name=project.title,
        receipts=links.href(address_of(project.id)) + "#receipts",
    )
    yield OutputFile(path_of(here), html, title=f"{project.title}: who answered for it", kind="list")


def _further(site: Site, record: Record, name: str, title: str, groups: list[Group]) -> Iterator[OutputFile]:
    yield from list_pages(
        site,
        Listing(
            f"{address_of(record.id)}{name}/",
            f"{record.title}: {title[:1].lower()}{title[1:]}",
            groups,
            trail=lambda links: [*site.trail(record, links)[1:], links.record(record.id)],
        ),
    )


# -- what some types have beyond their fields ----------------------------------------------------


def _project_band(site: Site, record: Project, links: Links) -> Markup:
    """Who answered for a project, and when, drawn and told; of a long history the latest stretches."""
    band = draw_band(site.history, record, site.as_of, links, short=True, reach=_reach(site, record))
    whole = links.href(f"{address_of(record.id)}ownership/") if band.of > MANY else None
    return fragment("ownership.html", band=band, title=record.title, receipts="#receipts", whole=whole)


def _reach(site: Site, record: Record) -> When | None:
    """The date of the latest document that is held of a record's council."""
    source = latest_document(site.kb, record.council, site.as_of)
    return source.dated if source is not None else None


def _body_holdings(site: Site, record: Body, links: Links) -> Markup:
    """What a body holds, what it may hold, and what it held before."""
    held, possibly = site.history.holdings(record.id, site.as_of)
    ever = [project.id for project in site.history.ever_held(record.id)]
    withheld = site.history.withheld_of(record.id, site.as_of)
    before = [one for one in ever if one not in held and one not in possibly]
    if not ever and not withheld:
        return Markup("")
    return fragment(
        "holdings.html",
        as_of=site.as_of.display(),
        held=[links.record(one) for one in held],
        possibly=[links.record(one) for one in possibly],
        withheld=[links.record(one) for one in withheld],
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


def _moves(_: Site, record: Transfer, links: Links) -> Markup:
    """What moved and where to, with receipts; and the way to the page that lays giver and receivers side by side."""
    receipts = Receipts(record, links)
    compare = None
    if record.kind in COMPARED:
        address = f"{COMPARE}{record.council}/{record.id.slug}/"
        compare = links.page(address, "Before and after it, side by side")
    groups: dict[Markup, _MovesTo] = {}
    readings: dict[str, list[Markup]] = {}
    # Who received something first, then what nobody received, then what ended.
    for move in sorted(record.moves, key=lambda one: (one.to is None, one.gap is None)):
        told = moved(links, move)
        heading = Markup("To {}").format(told.to) if move.to is not None else told.to
        group = groups.setdefault(heading, _MovesTo(heading, told.is_gap))
        group.moves.append((told.what, move.gap, receipts.numbers(move.citations)))
        if move.reading is not None:
            readings.setdefault(move.reading, []).append(told.what)
    return fragment("moves.html", groups=groups.values(), readings=readings.items(), compare=compare)


@dataclass(frozen=True, slots=True)
class _MovesTo:
    """What went one way: where to, and the projects, each with what the source says of it and its receipts."""

    heading: Markup
    is_gap: bool
    moves: list[tuple[Markup, str | None, tuple[int, ...]]] = field(default_factory=list)


def _who_reports_to_whom(site: Site, record: Council, _: Links) -> Markup:
    """The bodies of a council as a drawing, on the date of the build."""
    drawn = reporting(site, record.council, site.as_of)
    if drawn is None:
        return Markup("")
    return Markup('<section id="bodies">\n<h2>Who reports to whom</h2>\n{}\n</section>').format(drawn)


# By type: what its page has beyond its fields, and the fields that are told there.
_ADDITIONS: Mapping[type[Record], tuple[Callable[[Site, Any, Links], Markup], frozenset[str]]] = (
    MappingProxyType(
        {
            Body: (_body_holdings, frozenset()),
            Council: (_who_reports_to_whom, frozenset()),
            Decision: (way_to_those_who_noted, frozenset({"reported_in", "noted_by"})),
            Figures: (_figures_table, frozenset({"rows", "columns"})),
            Meeting: (_private_items, frozenset()),
            Project: (_project_band, frozenset()),
            Report: (asked_and_resolved, frozenset()),
            Transfer: (_moves, frozenset({"moves"})),
        }
    )
)
