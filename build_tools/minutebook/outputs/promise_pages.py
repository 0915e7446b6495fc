"""Promises and follow-ups: who promised what to whom, and where it stands, whole and by council."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup, escape

from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import PROMISES, PROMISES_TABLE, Links
from minutebook.outputs.descriptions import expected
from minutebook.outputs.listing import Filter, Group, Listing, list_pages
from minutebook.outputs.paging import Step
from minutebook.outputs.promisers import BY_PROMISER, Promiser, is_after_the_documents, promisers
from minutebook.outputs.reach import reach_notes
from minutebook.outputs.site import CouncilPlace, Site
from minutebook.outputs.words import capital, count, named, unbroken
from minutebook.promises import Promise, PromiseState
from minutebook.records.figures import Figures
from minutebook.short_dates import in_short
from minutebook.wording import A_QUESTION, on_date, promise_in_list

_TITLE = "Promises and follow-ups"
_NAMED = 8  # who promised, as links over the list; all of them have a page
_STANDING = {
    PromiseState.OVERDUE: "Overdue, as far as the documents held show",
    PromiseState.DUE: "Due",
    PromiseState.MOVED: "Put off",
    PromiseState.CANNOT_TELL: "Cannot tell",
    PromiseState.EXPECTED: "Expected of others: what another body is to decide, or what somebody was asked to do",
    PromiseState.KEPT: "Kept",
    PromiseState.DROPPED: "Dropped",
}


# Past its date, and no document is late enough to show that it was done.
_AFTER = "Due after the latest document held, which could not show them done"


def past_with_reach(site: Site, overdue: Sequence[Promise], sentence: bool = False) -> str:
    """How many promises are overdue, and how many of them fell due after the latest document held."""
    after = sum(is_after_the_documents(site, one) for one in overdue)
    told = past_their_date(len(overdue), sentence)
    if not after:
        return told
    which = f"{after:,} of them" if len(overdue) > 1 else "It"
    return f"{told}. {which} fell due after the latest document held"


def past_their_date(number: int, sentence: bool = False) -> str:
    """How many promises are overdue, in words that claim no more than the documents held show."""
    one, many = (" is", " are") if sentence else ("", "")
    if number == 1:
        return f"1 promise{one} past its date, with no document held that shows it done"
    return f"{number:,} promises{many} past their date, with no document held that shows them done"


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
        _groups(site, found, named_councils=several and chosen is None),
        trail=(lambda links: [links.page(PROMISES, _TITLE)]) if chosen else None,
        lead=_lead(site, found),
        before=reach_notes(
            site, [chosen] if chosen else site.councils, frozenset(one.action.council for one in found)
        )
        + _as_table(site, found),
        filters=filters,
        size=100,
        nothing="No promise is recorded yet.",
    )


def _groups(site: Site, found: Sequence[Promise], *, named_councils: bool) -> list[Group]:
    """Promises by where they stand, and among those by who made them: the order of each is that of its first."""
    groups = []
    for heading, standing_so in _by_standing(site, found):
        if standing_so[0].standing is PromiseState.EXPECTED:
            groups.append(Group(heading, [_line(site, one, named_councils) for one in standing_so]))
        for own in promisers(site, standing_so):
            council = f", {site.places[own.council].title}" if named_councils else ""
            under = Markup("{}{} ({})").format(own.name(site.anywhere), council, len(own.promises))
            groups.append(_group(site, heading, own.promises, under))
    return groups


def _group(site: Site, heading: str, found: Sequence[Promise], under: Markup | str = "") -> Group:
    """Promises of one office or body: to whom and when they were all made is said once."""
    made = {_made(site.anywhere, one) for one in found}
    is_one = len(found) > 1 and len(made) == 1
    lines = [_line(site, one, says_made=not is_one) for one in found]
    return Group(heading, lines, under=under, note=made.pop() if is_one else "")


def _by_standing(site: Site, found: Iterable[Promise]) -> list[tuple[str, list[Promise]]]:
    """Promises under the words for where they stand; of those past their date first what a document could have shown."""
    by: dict[tuple[PromiseState, bool], list[Promise]] = {}
    for one in found:
        is_overdue = one.standing is PromiseState.OVERDUE
        by.setdefault((one.standing, is_overdue and is_after_the_documents(site, one)), []).append(one)
    overdue = [(PromiseState.OVERDUE, False), (PromiseState.OVERDUE, True)]
    order = [key for key in (*overdue, *(key for key in by if key not in overdue)) if key in by]
    return [
        (
            f"{_AFTER if is_after else _STANDING[standing]} ({len(by[standing, is_after])})",
            by[standing, is_after],
        )
        for standing, is_after in order
    ]


def _by_promiser(site: Site) -> Iterator[OutputFile]:
    """A page for whoever promised something, and the list of these pages by council."""
    every = promisers(site, site.promises)
    several = len({one.council for one in every}) > 1
    groups = []
    for place in site.councils:
        own = [one for one in every if one.council == place.slug]
        if own:
            lines = [_promiser(site, one) for one in sorted(own, key=_most_overdue)]
            groups.append(Group(place.title if several else "", lines))
    if not groups:
        return
    title = "Promises by who made them"
    yield from list_pages(
        site,
        Listing(
            BY_PROMISER,
            title,
            groups,
            trail=lambda links: [links.page(PROMISES, _TITLE)],
            lead=Markup("Whose promises they are, and how many of them are past their date {}.").format(
                on_date(site.as_of)
            ),
        ),
    )
    for one in every:
        if one.record is None or one.address is None:
            continue
        yield from list_pages(
            site,
            Listing(
                one.address,
                f"Promises: {site.full_title(one.record)}",
                [_group(site, heading, found) for heading, found in _by_standing(site, one.promises)],
                trail=lambda links: [
                    links.page(PROMISES, _TITLE),
                    links.page(BY_PROMISER, "By who made them"),
                ],
                lead=Markup("What {} promised, and where it stands {}.{}").format(
                    site.anywhere.record(one.record.id), on_date(site.as_of), _question(site, one.promises)
                ),
                before=reach_notes(site, [site.places[one.council]], frozenset({one.council})),
                size=100,
            ),
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


def _promisers(links: Links, found: Sequence[Promiser]) -> list[Filter]:
    """Links to what each promised, whoever has most that is overdue first; none where one alone promised."""
    known = sorted((one for one in found if one.record is not None), key=_most_overdue)
    if len(known) < 2:
        return []
    steps = []
    for one in known[:_NAMED]:
        if one.record is not None and one.address is not None:
            late = f", {one.overdue} past the date" if one.overdue else ""
            steps.append(Step(f"{one.record.title} ({len(one.promises)}{late})", links.href(one.address)))
    return [Filter("By who promised", steps, more=links.page(BY_PROMISER, "All who promised"))]


def _lead(site: Site, found: Iterable[Promise]) -> Markup:
    lead = Markup("What was promised, by whom and by when, and where it stands {}.").format(
        on_date(site.as_of)
    )
    return lead + _question(site, found)


def _question(site: Site, found: Iterable[Promise]) -> Markup:
    """How many are past their date, and that this is a question."""
    overdue = [one for one in found if one.standing is PromiseState.OVERDUE]
    if not overdue:
        return Markup("")
    return Markup(" {}. {}").format(past_with_reach(site, overdue, sentence=True), A_QUESTION)


def _as_table(site: Site, found: Sequence[Promise]) -> Markup:
    """The way to all promises as a table."""
    if not found:
        return Markup("")
    return Markup("<p>{}</p>").format(site.anywhere.page(PROMISES_TABLE, "All promises as a table (CSV)"))


def _councils(
    links: Links,
    of_councils: Sequence[tuple[CouncilPlace, Sequence[Promise]]],
    chosen: CouncilPlace | None,
) -> Filter:
    return Filter(
        "By council",
        [
            Step("All councils", links.href(PROMISES) if chosen else None),
            *(
                Step(
                    f"{place.title} ({len(own):,})",
                    None if place is chosen else links.href(council_address(place.slug)),
                )
                for place, own in of_councils
            ),
        ],
    )


def _line(site: Site, one: Promise, named_council: bool = False, *, says_made: bool = True) -> Markup:
    """A promise under the name of who made it: where it stands, and to whom it was made."""
    links, action = site.anywhere, one.action
    due = unbroken(capital(promise_in_list(one).removeprefix("Cannot tell: ")))
    stands = (
        Markup("<strong>{}</strong>").format(due) if one.standing is PromiseState.OVERDUE else escape(due)
    )
    said = [Markup("{}. {}.").format(links.record(action.id), stands)]
    about = [Markup("{}.").format(site.places[action.council].title)] if named_council else []
    if action.is_expected:
        about.append(expected(links, action))
    elif says_made:
        about.append(_made(links, one))
    tables = [links.record(ref) for ref in action.about if site.kb.get(ref, Figures) is not None]
    if tables:
        about.append(Markup("Figures: {}.").format(Markup("; ").join(tables)))
    if about:
        said.append(Markup('<span class="mb-small">{}</span>').format(Markup(" ").join(about)))
    return Markup(" ").join(said)


def _made(links: Links, one: Promise) -> Markup:
    """To whom it was promised, and when."""
    action = one.action
    to = named(links, action, "promised_to")
    lead = "An estimate, given to" if one.is_estimate else "Promised to"
    colon = "" if action.promised_to else ":"
    made = (
        Markup(", {}").format(unbroken(in_short(action.promised_on)))
        if action.promised_on is not None
        else ""
    )
    return Markup("{}{} {}{}.").format(lead, colon, to, made)


__all__ = ["council_address", "past_with_reach", "promise_pages"]
