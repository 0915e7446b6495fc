"""What a record's page has no room for: its whole history, everything that points to it, and many receipts."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import address_of, path_of
from minutebook.outputs.band import MANY, draw_band
from minutebook.outputs.fields import moved_with_receipts, read_record
from minutebook.outputs.in_full import in_full
from minutebook.outputs.listing import Group, Listing, list_pages
from minutebook.outputs.receipts import OWN_PAGE, Receipts, room_for
from minutebook.outputs.record_additions import reach_of
from minutebook.outputs.record_links import (
    limit_of,
    link_groups,
    linked,
    listed_elsewhere,
    long_story,
    tell_event,
)
from minutebook.outputs.site import Site
from minutebook.outputs.templating import render
from minutebook.records.base import Record, citations
from minutebook.records.project import Project


def further_pages(site: Site, record: Record) -> Iterator[OutputFile]:
    """What a record's page has no room for: its whole history, and everything that points to it."""
    yield from in_full(site, record)
    if record.erased is not None:
        return
    if isinstance(record, Project):
        yield from _whole_chain(site, record)
    if sum(1 for _ in citations(record)) > room_for(record):
        yield from _receipts(site, record)
    links = site.anywhere
    if events := long_story(site, record):
        lines = [
            Markup("<strong>{}</strong> {}").format(*tell_event(event, record, links)) for event in events
        ]
        yield from _further(site, record, "history", "What happened, and when", [Group("", lines)])
    if not listed_elsewhere(record):
        groups = link_groups(site, record)
        if any(len(group.records) > limit_of(groups, record) for group in groups):
            listed = [Group(one.name, [linked(pair, links) for pair in one.records]) for one in groups]
            yield from _further(site, record, "linked", "Related records", listed)


def _receipts(site: Site, record: Record) -> Iterator[OutputFile]:
    """The receipts of a record that has many, and its longest tables, each row of which has one."""
    here = f"{address_of(record.id)}{OWN_PAGE}"
    links = site.links(here)
    if not Receipts(record, links).elsewhere:
        return  # the same receipt, given several times
    receipts = Receipts(record, links, on_this_page=True)
    title = f"{record.title}: receipts"
    html = render(
        "receipts.html",
        title=title,
        trail=[*site.trail(record, links), links.record(record.id)],
        record=links.record(record.id),
        sections=moved_with_receipts(read_record(record, links, receipts)),
        receipts=receipts.by_document(),
    )
    yield OutputFile(path_of(here), html, title=title, kind="list")


def _whole_chain(site: Site, project: Project) -> Iterator[OutputFile]:
    """Who answered for a project through all of its history, where its page tells the latest alone."""
    here = f"{address_of(project.id)}ownership/"
    links = site.links(here)
    band = draw_band(site.history, project, site.as_of, links, reach=reach_of(site, project))
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
