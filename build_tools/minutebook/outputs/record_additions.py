"""What the pages of some types have beyond their fields: who answers for a project, what moved, who reports to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from minutebook.held import latest_document
from minutebook.likely import likely
from minutebook.outputs.addresses import HOW_READ, Links, address_of, compare_address, days_address
from minutebook.outputs.band import MANY, draw_band
from minutebook.outputs.last_known import as_last_known, marked
from minutebook.outputs.moves import COMPARED, moves_of
from minutebook.outputs.page_room import OWNERSHIP, Room
from minutebook.outputs.pictures import reporting
from minutebook.outputs.promisers import promised_by, promised_words, promiser_address
from minutebook.outputs.receipts import Receipts
from minutebook.outputs.site import Site
from minutebook.outputs.story_pieces import ASKED, WAY, asked_and_resolved, way_to_those_who_noted
from minutebook.outputs.templating import fragment
from minutebook.outputs.words import count, moment
from minutebook.records.base import Record
from minutebook.records.body import Body, Role
from minutebook.records.council import Council
from minutebook.records.decision import Decision
from minutebook.records.discrepancy import Discrepancy
from minutebook.records.figures import Figures
from minutebook.records.meeting import Meeting
from minutebook.records.post import Post
from minutebook.records.project import Project
from minutebook.records.report import Report
from minutebook.records.transfer import Transfer
from minutebook.when import When

# The anchors of the sections that are told here, each of which may be cut.
_BODIES, _HOLDINGS, _MOVES, _PRIVATE, _TABLE = "bodies", "holdings", "moves", "private", "table"
ADDED = frozenset({_BODIES, _HOLDINGS, _MOVES, _PRIVATE, _TABLE, OWNERSHIP, ASKED, WAY})


def addition_of(site: Site, record: Record, links: Links, room: Room) -> tuple[Markup, frozenset[str]]:
    """What the page of a record has beyond its fields, and the fields that are told there."""
    add, told = _ADDITIONS.get(type(record), (None, frozenset[str]()))
    if add is None or record.erased is not None:
        return Markup(""), told
    addition = add(site, record, links, room)
    return addition, told | {"recommendations"} if isinstance(record, Report) and addition else told


def receipts_of(record: Record, links: Links, room: Room) -> Receipts:
    """The receipts of a record as its page, or the page of what that has no room for, leads to them."""
    found = Receipts(record, links)
    if room.receipts is not None and (room.is_whole or not found.elsewhere):
        found.lead_to(room.receipts)
    return found


def _project_band(site: Site, record: Project, links: Links, room: Room) -> Markup:
    """Who answered for a project, and when, drawn and told; of a long history the latest stretches."""
    most = room.of(OWNERSHIP)
    band = draw_band(
        site.history, record, site.as_of, links, short=True, latest=most or None, reach=reach_of(site, record)
    )
    whole = links.href(f"{address_of(record.id)}ownership/") if band.of > MANY else None
    room.note(OWNERSHIP, 0 if most == 0 else len(band.rows), band.of, whole)
    # Who gives another account of how it stands on the date of the page is named in its first words.
    told = {links.record(one) for one in site.history.owner(record, site.as_of).disputed_by}
    disputed = [one for one in band.disputed if one not in told]
    return fragment(
        "ownership.html",
        band=band,
        title=record.title,
        receipts=f"{room.receipts if room.is_whole else ''}#receipts",
        left=room.left.get(OWNERSHIP),
        disputed=disputed,
        days=links.href(days_address(record.id)),
    )


def reach_of(site: Site, record: Record) -> When | None:
    """The date of the latest document that is held of a record's council, or the date that it probably bears."""
    source = latest_document(site.kb, record.council, site.as_of)
    if source is None or source.dated is None:
        return None
    return likely(source.dated) or source.dated


def _post_promises(site: Site, record: Post, links: Links, _: Room) -> Markup:
    """How much an office promised, with the way to all of it."""
    told = promised_words(site, record.id, links)
    return fragment("promised.html", promised=told) if told is not None else Markup("")


def _body_holdings(site: Site, record: Body, links: Links, room: Room) -> Markup:
    """What a body holds, what it may hold, and what it held before."""
    held, possibly = site.history.holdings(record.id, site.as_of)
    ever = [project.id for project in site.history.ever_held(record.id)]
    withheld = site.history.withheld_of(record.id, site.as_of)
    before = [one for one in ever if one not in {*held, *possibly, *withheld}]
    promised = promised_words(site, record.id, links)
    told = fragment("promised.html", promised=promised) if promised is not None else Markup("")
    if not ever and not withheld:
        return told
    most = room.of(_HOLDINGS)
    kinds = [held, possibly, withheld, before]
    room.note(_HOLDINGS, sum(len(one[:most]) for one in kinds), sum(map(len, kinds)))
    holdings = fragment(
        "holdings.html",
        left=room.left.get(_HOLDINGS),
        as_of=moment(site.as_of),
        known=as_last_known(site, record.council, site.as_of, links),
        held=[marked(site, one, site.as_of, links) for one in held[:most]],
        possibly=[marked(site, one, site.as_of, links) for one in possibly[:most]],
        withheld=[links.record(one) for one in withheld[:most]],
        before=[links.record(one) for one in before[:most]],
        promises=_promises_of(site, record, links),
    )
    return holdings + told


def _promises_of(site: Site, record: Body, links: Links) -> Markup | None:
    """That a body promised nothing that is recorded, and what its chairs promised in their offices."""
    if site.kb.backlinks(record.id, "promises"):
        return None  # the page lists them with the other links
    chairs = {one.post: None for one in record.members if one.role is Role.CHAIR and one.post is not None}
    told = [
        Markup("Its chair, {}, {}").format(
            links.record(post),
            links.page(promiser_address(post), f"promised {count(number, 'thing')} in that office"),
        )
        for post in chairs
        if (number := len(promised_by(site, post)))
    ]
    return Markup(". ").join([Markup("No promise of this body is recorded"), *told, Markup("")]).strip()


def _told_in_the_box(_: Site, __: Discrepancy, ___: Links, ____: Room) -> Markup:
    """Nothing further: why two places disagree stands in the first words of the page."""
    return Markup("")


def _private_items(site: Site, record: Meeting, _: Links, room: Room) -> Markup:
    """The items that were taken in private, as far as the law wants that known."""
    every = site.stubs.get(record.id, ())
    stubs = room.some(_PRIVATE, every)
    return fragment("private_items.html", stubs=stubs, left=room.left.get(_PRIVATE)) if every else Markup("")


def _figures_table(_: Site, record: Figures, __: Links, room: Room) -> Markup:
    """The table as the source prints it; each cell is told in full further down."""
    most = room.of(_TABLE)
    columns = (record.columns or (None,))[:most]
    every = max(len(record.rows), len(record.columns))
    room.note(_TABLE, every if most is None else min(most, every), every)

    def amounts(row: str, column: str | None) -> list[str]:
        cells = [cell for cell in record.cells if cell.row == row and cell.column == column]
        return [" ".join(filter(None, (cell.qualifier, str(cell.amount or "not stated")))) for cell in cells]

    return fragment(
        "figures.html",
        left=room.left.get(_TABLE),
        unit=record.unit,
        title=record.title,
        columns=[column.label if column is not None else record.unit for column in columns],
        rows=[
            (row.label, [amounts(row.key, column.key if column is not None else None) for column in columns])
            for row in record.rows[:most]
        ],
    )


def _moves(_: Site, record: Transfer, links: Links, room: Room) -> Markup:
    """What moved and where to, with receipts; and the way to the page that lays giver and receivers side by side."""
    receipts = receipts_of(record, links, room)
    compare = None
    if record.kind in COMPARED:
        compare = links.page(compare_address(record.id), "Before and after it, side by side")
    moves = moves_of(links, record, receipts.references)
    shown = moves.few(room.of(_MOVES))
    room.note(_MOVES, shown.number, moves.number)
    return fragment(
        "moves.html",
        destinations=shown.destinations,
        readings=shown.readings,
        how_read=HOW_READ,
        compare=compare,
        left=room.left.get(_MOVES),
    )


def _who_reports_to_whom(site: Site, record: Council, _: Links, room: Room) -> Markup:
    """The bodies of a council as a drawing, on the date of the build."""
    drawn = reporting(site, record.council, site.as_of)
    if drawn is None:
        return Markup("")
    is_cut = room.of(_BODIES) is not None
    room.note(_BODIES, 0 if is_cut else 1, 1)
    return fragment("reporting.html", drawn=None if is_cut else drawn, left=room.left.get(_BODIES))


# By type: what its page has beyond its fields, and the fields that are told there.
_ADDITIONS: Mapping[type[Record], tuple[Callable[[Site, Any, Links, Room], Markup], frozenset[str]]] = (
    MappingProxyType(
        {
            Body: (_body_holdings, frozenset()),
            Council: (_who_reports_to_whom, frozenset()),
            Decision: (way_to_those_who_noted, frozenset({"reported_in", "noted_by"})),
            Discrepancy: (_told_in_the_box, frozenset({"note"})),
            Figures: (_figures_table, frozenset({"rows", "columns"})),
            Meeting: (_private_items, frozenset()),
            Post: (_post_promises, frozenset()),
            Project: (_project_band, frozenset()),
            Report: (asked_and_resolved, frozenset()),
            Transfer: (_moves, frozenset({"moves"})),
        }
    )
)


__all__ = ["ADDED", "addition_of", "reach_of", "receipts_of"]
