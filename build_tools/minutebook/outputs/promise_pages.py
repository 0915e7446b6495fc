"""Promises and follow-ups: who promised what to whom, and where it stands, whole and by council."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import PROMISES, Links
from minutebook.outputs.descriptions import expected
from minutebook.outputs.listing import Filter, Group, Listing, list_pages
from minutebook.outputs.paging import Step
from minutebook.outputs.reach import reach_notes
from minutebook.outputs.site import CouncilPlace, Site
from minutebook.outputs.words import named, unbroken
from minutebook.promises import Promise, PromiseState
from minutebook.records.figures import Figures
from minutebook.short_dates import in_short
from minutebook.wording import A_QUESTION, on_date, promise_in_list

_TITLE = "Promises and follow-ups"
_STANDING = {
    PromiseState.OVERDUE: "Overdue, as far as the documents held show",
    PromiseState.DUE: "Due",
    PromiseState.MOVED: "Put off",
    PromiseState.CANNOT_TELL: "Cannot tell",
    PromiseState.EXPECTED: "Expected of others: what another body is to decide, or what somebody was asked to do",
    PromiseState.KEPT: "Kept",
    PromiseState.DROPPED: "Dropped",
}


def past_their_date(number: int, sentence: bool = False) -> str:
    """How many promises are overdue, in words that claim no more than the documents held show."""
    one, many = (" is", " are") if sentence else ("", "")
    if number == 1:
        return f"1 promise{one} past its date, with no document held that shows it done"
    return f"{number:,} promises{many} past their date, with no document held that shows them done"


def promise_pages(site: Site) -> Iterator[OutputFile]:
    """Every promise and where it stands, those past their date first; and a page for each council."""
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


def council_address(council: str) -> str:
    """The address of the promises of one council, where several have some."""
    return f"{PROMISES}council/{council}/"


def page_of(site: Site, council: str) -> str:
    """The address at which the promises of a council stand: their own, or that of all where no other council has some."""
    councils = {one.action.council for one in site.promises}
    return council_address(council) if council in councils and len(councils) > 1 else PROMISES


def _listing(
    site: Site,
    found: Sequence[Promise],
    of_councils: Sequence[tuple[CouncilPlace, Sequence[Promise]]],
    chosen: CouncilPlace | None,
) -> Listing:
    groups: dict[PromiseState, list[Markup]] = {}
    for one in found:
        groups.setdefault(one.standing, []).append(_line(site, one, chosen))
    return Listing(
        council_address(chosen.slug) if chosen else PROMISES,
        f"{_TITLE}: {chosen.title}" if chosen else _TITLE,
        [Group(f"{_STANDING[standing]} ({len(lines)})", lines) for standing, lines in groups.items()],
        trail=(lambda links: [links.page(PROMISES, _TITLE)]) if chosen else None,
        lead=_lead(site, len(groups.get(PromiseState.OVERDUE, ()))),
        before=reach_notes(
            site, [chosen] if chosen else site.councils, frozenset(one.action.council for one in found)
        ),
        filters=(lambda links: [_councils(links, of_councils, chosen)]) if len(of_councils) > 1 else None,
        size=100,
        nothing="No promise is recorded yet.",
    )


def _lead(site: Site, overdue: int) -> Markup:
    lead = Markup("What was promised, by whom and by when, and where it stands {}.").format(
        on_date(site.as_of)
    )
    return (
        lead + Markup(" {}. {}").format(past_their_date(overdue, sentence=True), A_QUESTION)
        if overdue
        else lead
    )


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


def _line(site: Site, one: Promise, chosen: CouncilPlace | None) -> Markup:
    """A promise in a list: where it stands, and who promised it to whom."""
    links, action = site.anywhere, one.action
    due = unbroken(promise_in_list(one))
    stands = (
        Markup("<strong>{}</strong>").format(due) if one.standing is PromiseState.OVERDUE else escape(due)
    )
    said = [Markup("{}. {}.").format(links.record(action.id), stands)]
    about = []
    if len(site.councils) > 1 and chosen is None:
        about.append(Markup("{}.").format(site.places[action.council].title))
    about.append(_parties(links, one))
    tables = [links.record(ref) for ref in action.about if site.kb.get(ref, Figures) is not None]
    if tables:
        about.append(Markup("Figures: {}.").format(Markup("; ").join(tables)))
    said.append(Markup('<span class="mb-small">{}</span>').format(Markup(" ").join(about)))
    return Markup(" ").join(said)


def _parties(links: Links, one: Promise) -> Markup:
    action = one.action
    if action.is_expected:
        return expected(links, action)
    by, to = named(links, action, "promised_by"), named(links, action, "promised_to")
    done = "Estimated by" if one.is_estimate else "Promised by"
    by_words = "{}" if action.promised_by else ": {};"
    to_words = "to {}" if action.promised_to else "to: {}"
    separator = ";" if action.promised_by and action.promised_to is None else ""
    words = Markup(f"{done}{' ' if action.promised_by else ''}{by_words}{separator} {to_words}")
    made = (
        Markup(", {}").format(unbroken(in_short(action.promised_on)))
        if action.promised_on is not None
        else ""
    )
    return Markup("{}{}.").format(words.format(by, to), made)


__all__ = ["council_address", "page_of", "past_their_date", "promise_pages"]
