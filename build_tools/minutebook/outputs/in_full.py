"""What the page of a record has no room for, whole, on a page of its own behind it."""

from __future__ import annotations

from collections.abc import Iterator

from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import address_of, path_of
from minutebook.outputs.page_room import RECEIPTS, Room
from minutebook.outputs.receipts import OWN_PAGE, Receipts
from minutebook.outputs.record_additions import ADDED
from minutebook.outputs.record_page import IN_FULL, left_out, parts_of, with_contents
from minutebook.outputs.site import Site
from minutebook.outputs.templating import render
from minutebook.records.base import Record


def in_full(site: Site, record: Record) -> Iterator[OutputFile]:
    """The page of what the page of a record leaves out and no other page lists; none where there is nothing."""
    parts = left_out(site, record).whole_elsewhere
    if not parts:
        return
    here = f"{address_of(record.id)}{IN_FULL}"
    links = site.links(here)
    if Receipts(record, links).elsewhere:
        way = f"../{OWN_PAGE}"
    else:
        way = "" if RECEIPTS in parts else "../"
    told = parts_of(site, record, links, Room(receipts=way))
    title = f"{record.title}: in full"
    told["addition"] = told["addition"] if parts & ADDED else ""
    told["trail"] = [*site.trail(record, links), links.record(record.id)]
    html = render("in_full.html", **told, title=title, link=links.record(record.id), parts=parts)
    yield OutputFile(path_of(here), with_contents(html), title=title, kind="list")
