"""Promises and follow-ups: who promised what to whom, and where it stands, whole and by council."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import PROMISES, PROMISES_TABLE, Links
from minutebook.outputs.listing import Filter, Group, Listing, list_pages
from minutebook.outputs.paging import Step
from minutebook.outputs.promise_lists import by_standing, group_of, groups_of, question_of
from minutebook.outputs.promise_tables import promise_table, table_address
from minutebook.outputs.promisers import BY_PROMISER, Promiser, promiser_address, promisers
from minutebook.outputs.reach import reach_notes
from minutebook.outputs.site import CouncilPlace, Site
from minutebook.outputs.words import count
from minutebook.promises import Promise, PromiseState
from minutebook.records.base import Record
from minutebook.wording import on_date

_TITLE = "Promises and follow-ups"
_NAMED = 8  # who promised, as links over the list; all of them have a page


def promise_pages(site: Site) -> Iterator[OutputFile]:
    """Every promise and where it stands, those past their date first; a page for each council, and for whoever promised."""
    found = site.promises
    of_councils = [
        (place, own)
        for place in site.councils
        if (own := [one for one in found if one.action.council == place.slug])
    ]
    yield from list_pages(site, _listing(site, found, of_councils, None))
    if len(of_councils) > 1:
        for place, own in of_councils:
            yield from list_pages(site, _listing(site, own, of_councils, place))
            yield promise_table(site, table_address(place.slug), own)
    yield from _by_promiser(site)


def council_address(council: str) -> str:
    """The address of the promises of one council, where several have some."""
    return f"{PROMISES}council/{council}/"


def _listing(
    site: Site,
    found: Sequence[Promise],
    of_councils: Sequence[tuple[CouncilPlace, Sequence[Promise]]],
    chosen: CouncilPlace | None,
) -> Listing:
    several = len(of_councils) > 1
    own = promisers(site, found)

    def filters(links: Links) -> list[Filter]:
        by_council = [_councils(links, of_councils, chosen)] if several else []
        return [*by_council, *_promisers(links, own)]

    return Listing(
        council_address(chosen.slug) if chosen else PROMISES,
        f"{_TITLE}: {chosen.title}" if chosen else _TITLE,
        groups_of(site, found, named_councils=several and chosen is None),
        trail=(lambda links: [links.page(PROMISES, _TITLE)]) if chosen else None,
        lead=_lead(site, found),
        before=reach_notes(
            site, [chosen] if chosen else site.councils, frozenset(one.action.council for one in found)
        )
        + (_as_table(site, chosen) if found else ""),
        filters=filters,
        contents=True,
        size=100,
        nothing="No promise is recorded yet.",
    )


def _by_promiser(site: Site) -> Iterator[OutputFile]:
    """A page for whoever promised something, with a table of it, and the list of these pages by council."""
    every = promisers(site, site.promises)
    if not every:
        return
    yield from list_pages(site, _all_promisers(site, every))
    for one in every:
        if one.record is not None:
            yield from list_pages(site, _promises_of(site, one, one.record))
            yield promise_table(site, table_address(one.record.id), one.promises)


def _all_promisers(site: Site, every: Sequence[Promiser]) -> Listing:
    """The list of those who promised something, by council, whoever has most that is overdue first."""
    several = len({one.council for one in every}) > 1
    groups = []
    for place in site.councils:
        own = sorted((one for one in every if one.council == place.slug), key=_most_overdue)
        if own:
            groups.append(Group(place.title if several else "", [_promiser(site, one) for one in own]))
    return Listing(
        BY_PROMISER,
        "Promises by who made them",
        groups,
        trail=lambda links: [links.page(PROMISES, _TITLE)],
        lead=Markup("Whose promises they are, and how many of them are past their date {}.").format(
            on_date(site.as_of)
        ),
    )


def _promises_of(site: Site, one: Promiser, record: Record) -> Listing:
    """What an office or body promised, by where it stands."""
    return Listing(
        promiser_address(record.id),
        f"Promises: {site.full_title(record)}",
        [group_of(site, heading, found) for heading, found in by_standing(one.promises)],
        trail=lambda links: [
            links.page(PROMISES, _TITLE),
            links.page(BY_PROMISER, "By who made them"),
        ],
        lead=Markup("What {} promised, and where it stands {}.{}").format(
            site.anywhere.record(record.id), on_date(site.as_of), question_of(one.promises)
        ),
        before=reach_notes(site, [site.places[one.council]], frozenset({one.council}))
        + _as_table(site, record),
        size=100,
    )


def _most_overdue(one: Promiser) -> tuple[int, int, str, str]:
    title = one.record.title.casefold() if one.record is not None else ""
    return (-one.overdue, -len(one.promises), title, one.address or "")


def _promiser(site: Site, one: Promiser) -> Markup:
    """Who promised, as a line: how much, and how much of it is past its date."""
    links = site.anywhere
    number = count(len(one.promises), "promise")
    told = links.page(one.address, number) if one.address else Markup(number)
    late = Markup(", <strong>{} past the date</strong>").format(one.overdue) if one.overdue else ""
    return Markup("{}: {}{}").format(one.name(links), told, late)


def _late(overdue: int) -> str:
    """How many of some promises are past their date, after their number; nothing where none is."""
    return f", {overdue} past the date" if overdue else ""


def _promisers(links: Links, found: Sequence[Promiser]) -> list[Filter]:
    """Links to what each promised, whoever has most that is overdue first; none where one alone promised."""
    known = sorted((one for one in found if one.record is not None), key=_most_overdue)
    if len(known) < 2:
        return []
    steps = []
    for one in known[:_NAMED]:
        if one.record is not None and one.address is not None:
            number = f"{len(one.promises)}{_late(one.overdue)}"
            steps.append(Step(f"{one.record.title} ({number})", links.href(one.address)))
    return [Filter("By who promised", steps, more=links.page(BY_PROMISER, "All who promised"))]


def _lead(site: Site, found: Iterable[Promise]) -> Markup:
    lead = Markup("What was promised, by whom and by when, and where it stands {}.").format(
        on_date(site.as_of)
    )
    return lead + question_of(found)


def _as_table(site: Site, of: CouncilPlace | Record | None) -> Markup:
    """The way to the promises of a council, an office or a body as a table; to all of them where none is named."""
    if of is None:
        link = site.anywhere.page(PROMISES_TABLE, "All promises as a table (CSV)")
    else:
        address = table_address(of.id if isinstance(of, Record) else of.slug)
        link = site.anywhere.page(address, "These promises as a table (CSV)")
    return Markup("<p>{}</p>").format(link)


def _councils(
    links: Links,
    of_councils: Sequence[tuple[CouncilPlace, Sequence[Promise]]],
    chosen: CouncilPlace | None,
) -> Filter:
    """Links to what each council promised, with how much of it is past its date."""
    steps = [Step("All councils", links.href(PROMISES) if chosen else None)]
    for place, own in of_councils:
        overdue = sum(one.standing is PromiseState.OVERDUE for one in own)
        there = None if place is chosen else links.href(council_address(place.slug))
        steps.append(Step(f"{place.title} ({len(own):,}{_late(overdue)})", there))
    return Filter("By council", steps)


__all__ = ["council_address", "promise_pages"]
