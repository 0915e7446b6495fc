"""Then and now: for each split, merger and replacement, the giver and the receivers side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from markupsafe import Markup

from minutebook.absence import Absence
from minutebook.grammar import listed
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import CHANGES, COMPARE, Links, compare_address, path_of
from minutebook.outputs.last_known import as_last_known, marked, reach_sentence
from minutebook.outputs.listing import Group, Listing, list_pages
from minutebook.outputs.moves import COMPARED, authority_of, givers_of, moves_of
from minutebook.outputs.site import Site
from minutebook.outputs.templating import render
from minutebook.outputs.words import NOT_STATED, TRANSFERS, capital, moment, named
from minutebook.records.base import Part
from minutebook.records.body import Body, Role
from minutebook.records.transfer import Transfer, TransferKind
from minutebook.records.values import Ref
from minutebook.when import When
from minutebook.wording import on_date

Row = tuple[Markup | str, list[Markup]]
_NOTHING = Markup("–")  # a row of it is left out
_EVENTS = MappingProxyType(
    {
        TransferKind.SPLIT: "the split",
        TransferKind.MERGE: "the merger",
        TransferKind.REPLACE: "the replacement",
    }
)


def then_and_now(site: Site) -> Iterator[OutputFile]:
    """A page for each transfer that divides, joins or replaces bodies, and the list of them."""
    transfers = [one for one in site.history.changes() if one.kind in COMPARED]
    entries = [
        Markup('{} <span class="mb-small">{}, {}</span>').format(
            site.anywhere.page(compare_address(one.id), title_of(site, one)),
            site.places[one.council].title,
            moment(one.effective),
        )
        for one in reversed(transfers)
    ]
    yield from list_pages(
        site,
        Listing(
            COMPARE, "Then and now", [Group("", entries)] if entries else [],
            lead="Where work was divided, joined or handed on: each body set against the others, side by side, with what it held the day before, the day after and on the date of this site.",
            nothing="No split, merger or replacement is recorded yet.",
        ),
    )  # fmt: skip
    for transfer in transfers:
        yield _page(site, transfer)


def title_of(site: Site, transfer: Transfer) -> str:
    """The receivers by name, where they are few; else the transfer."""
    found = [body.title for body in _receivers(site, transfer)]
    if 1 < len(found) < 4:
        return f"{listed(found)}: before and after {_EVENTS[transfer.kind]}"
    return f"{transfer.title}: before and after"


def _page(site: Site, transfer: Transfer) -> OutputFile:
    here = compare_address(transfer.id)
    links = site.links(here)
    before, after = _days(transfer)
    old = [body for one in transfer.givers if (body := site.kb.get(one, Body)) is not None]
    new = _receivers(site, transfer)
    moves = moves_of(links, transfer)
    disputed = [one.record.id for one in site.kb.backlinks(transfer.id, "disputed_by")]
    title = title_of(site, transfer)
    html = render(
        "compare.html",
        title=title,
        trail=[links.page("", "Home"), links.page(COMPARE, "Then and now")],
        transfer=links.record(transfer.id),
        council=site.places[transfer.council].title,
        date=moment(transfer.effective),
        kind=capital(TRANSFERS[transfer.kind]),
        givers=givers_of(links, transfer),
        authority=authority_of(links, transfer),
        bodies=[links.record(body.id) for body in (*old, *new)],
        roles=["gave"] * len(old) + ["received"] * len(new),
        rows=_rows(site, links, transfer.council, [*old, *new], (before, after), frozenset(disputed)),
        reach=reach_sentence(site, transfer.council, links),
        destinations=moves.destinations,
        readings=moves.readings,
        disputed=[links.record(one) for one in disputed],
        changes=links.page(CHANGES, "What changed hands"),
    )
    return OutputFile(path_of(here), html, title=title, kind="compare")


def _receivers(site: Site, transfer: Transfer) -> list[Body]:
    """The bodies that received something, or went on watching it, in the order in which the transfer names them."""
    ids: dict[Ref, None] = {}
    for move in transfer.moves:
        for one in (move.to, move.watcher):
            if one is not None:
                ids[one] = None
    return [
        body for one in ids if one not in transfer.givers and (body := site.kb.get(one, Body)) is not None
    ]


def _days(transfer: Transfer) -> tuple[date | None, date | None]:
    """The last day on which it had certainly not taken effect, and the first on which it certainly had."""
    first, last = transfer.effective.earliest, transfer.effective.latest
    before = first - timedelta(days=1) if first is not None and first > date.min else None
    return before, last


def _rows(
    site: Site,
    links: Links,
    council: str,
    every: Sequence[Body],
    days: tuple[date | None, date | None],
    told: frozenset[Ref],
) -> list[Row]:
    rows: list[Row] = [
        ("What it is", [Markup.escape(body.kind.value) for body in every]),
        ("Reports to", [_known(links, body, "parent") for body in every]),
        ("Established", [moment(body.established) if body.established else NOT_STATED for body in every]),
        ("Ended", [_ended(body) for body in every]),
        ("Chair", [_chair(links, body) for body in every]),
        (
            "How often it meets",
            [Markup.escape(body.cadence) if body.cadence else NOT_STATED for body in every],
        ),
    ]
    dates = [When.parse(day.isoformat()) for day in days if day is not None]
    if site.as_of.value not in [one.value for one in dates]:
        dates.append(site.as_of)
    for on in dates:
        known = as_last_known(site, council, on, links)
        name = Markup("Held {}{}").format(on_date(on), Markup(", {}").format(known) if known else "")
        cells = [_held(site, links, body, on, told) for body in every]
        if rows and rows[-1][1] == cells:  # nothing changed between the two dates
            name = Markup("{}, and {}").format(_without(rows[-1][0], known), name[0].lower() + name[1:])
            rows.pop()
        rows.append((name, cells))
    rows.append(("Watches, now that it has ended", [_watches(site, links, body) for body in every]))
    return [(name, cells) for name, cells in rows if any(cell != _NOTHING for cell in cells)]


def _without(name: Markup | str, known: Markup) -> Markup | str:
    """The name of a row without how far it is known, where the row that is joined to it says the same."""
    ending = Markup(", {}").format(known)
    return Markup(str(name).removesuffix(str(ending))) if known else name


def _known(links: Links, part: Part, field: str) -> Markup:
    return (
        named(links, part, field)
        if getattr(part, field) or part.absence(field) is Absence.WITHHELD
        else NOT_STATED
    )


def _ended(body: Body) -> Markup:
    if body.ended is None:
        return _NOTHING
    why = f" ({body.ended_reason.value})" if body.ended_reason is not None else ""
    return moment(body.ended) + why


def _chair(links: Links, body: Body) -> Markup:
    for one in body.members:
        if one.role is Role.CHAIR:
            if one.post is not None or one.absence("post") is Absence.WITHHELD:
                return named(links, one, "post")
            return Markup.escape(one.group) if one.group else NOT_STATED
    return NOT_STATED


def _held(site: Site, links: Links, body: Body, on: When, told: frozenset[Ref]) -> Markup:
    """What a body held on a date; that another account is given not by what the page names above the table."""
    held, possibly = site.history.holdings(body.id, on)
    withheld = site.history.withheld_of(body.id, on)
    lines = [marked(site, one, on, links, told) for one in held]
    lines += [Markup("perhaps {}").format(marked(site, one, on, links, told)) for one in possibly]
    lines += [Markup("{} (withheld)").format(links.record(one)) for one in withheld]
    if not lines:
        return Markup("Nothing that is recorded")
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(one) for one in lines))


def _watches(site: Site, links: Links, body: Body) -> Markup:
    found: dict[Ref, None] = {}
    for transfer in site.kb.pointing(body.id, "monitors", Transfer):
        for move in transfer.moves:
            if body.id == move.watcher:
                found[move.what] = None
    if not found:
        return _NOTHING
    return Markup("<ul>{}</ul>").format(
        Markup("").join(Markup("<li>{}</li>").format(links.record(one)) for one in found)
    )
