"""Where statements differ: points of substance by what they are about, then differences of names and wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from markupsafe import Markup

from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import DISCREPANCIES, Links
from minutebook.outputs.descriptions import KINDS, where_they_stand
from minutebook.outputs.listing import Filter, Group, Listing, list_pages
from minutebook.outputs.paging import Step
from minutebook.outputs.receipts import show
from minutebook.outputs.site import CouncilPlace, Site, a_to_z
from minutebook.outputs.templating import fragment
from minutebook.outputs.words import capital, count, paragraphs
from minutebook.records.discrepancy import Discrepancy, Matter

_TITLE = "Where sources disagree"
_SHOWN = 30  # entries of a page; the words of each are folded
_HEADINGS = MappingProxyType(
    {
        Matter.AMOUNTS: "Amounts and numbers",
        Matter.DATES: "Dates",
        Matter.WHO_AND_WHERE: "Who and where",
        Matter.SCOPE: "Scope or meaning",
        Matter.NAMES: "Names, spellings and wording",
    }
)
_LEAD = (
    "Statements that do not agree, in one document or between two. We do not say which is right. Each entry says"
    " first what is known of why they differ; open it for the words of each side."
)
_Entries = Sequence[tuple[Discrepancy, Markup]]


def discrepancies(site: Site) -> Iterator[OutputFile]:
    """Everything that disagrees, by what it is about; and a list for each council and for each thing it is about."""
    records = sorted((one for one in site.kb.of(Discrepancy) if one.erased is None), key=a_to_z)
    entries = [(one, _entry(site, one)) for one in records]
    councils = [place for place in site.councils if any(one.council == place.slug for one in records)]
    matters = [matter for matter in Matter if any(one.matter is matter for one in records)]

    def filters(links: Links, place: CouncilPlace | None, matter: Matter | None) -> list[Filter]:
        return _filters(links, entries, (councils, matters), place, matter)

    def listing(place: CouncilPlace | None = None, matter: Matter | None = None) -> Listing:
        chosen = [
            pair
            for pair in entries
            if (place is None or pair[0].council == place.slug)
            and (matter is None or pair[0].matter is matter)
        ]
        name = place.title if place else _HEADINGS[matter] if matter else ""
        return Listing(
            _address(place, matter),
            f"{_TITLE}: {name}" if name else _TITLE,
            _groups(chosen, matter),
            trail=(lambda links: [links.page(DISCREPANCIES, _TITLE)]) if name else None,
            lead=_LEAD,
            filters=lambda links: filters(links, place, matter),
            template="articles.html",
            size=_SHOWN,
            nothing="No disagreement is recorded yet.",
            total=f"{capital(in_all(one for one, _ in chosen))}." if chosen else "",
        )

    yield from list_pages(site, listing())
    for place in councils if len(councils) > 1 else ():
        yield from list_pages(site, listing(place=place))
    for matter in matters if len(matters) > 1 else ():
        yield from list_pages(site, listing(matter=matter))


def in_all(found: Iterable[Discrepancy]) -> str:
    """How many there are, the points of substance apart from names and wording: `9 points of substance …, and 2 …`."""
    records = list(found)
    wording = sum(one.matter is Matter.NAMES for one in records)
    substance = len(records) - wording
    said = []
    if substance:
        many = "points of substance where statements differ"
        said.append(count(substance, "point of substance where statements differ", many))
    if wording:
        said.append(count(wording, "difference of names or wording", "differences of names or wording"))
    return ", and ".join(said)


def _entry(site: Site, one: Discrepancy) -> Markup:
    links = site.anywhere
    return fragment(
        "discrepancy.html",
        link=links.record(one.id),
        title=one.title,
        council=site.places[one.council].title,
        why=KINDS[one.kind],
        where=where_they_stand(one),
        about=[links.record(ref) for ref in one.about],
        sides=[(side.says, [show(citation, links) for citation in side.citations]) for side in one.sides],
        note=paragraphs(one.note or ""),
    )


def _groups(chosen: _Entries, matter: Matter | None) -> list[Group]:
    """The entries under what they are about; names and wording last, and folded where other things stand before them."""
    groups = []
    for one in Matter:
        found = [markup for record, markup in chosen if record.matter is one]
        if not found:
            continue
        heading = "" if matter is one else f"{_HEADINGS[one]} ({len(found)})"
        if one is Matter.NAMES and matter is None and len(found) < len(chosen):
            summary = f"Show the {count(len(found), 'difference', 'differences')} of names or wording"
            found = [fragment("folded.html", summary=summary, entries=found)]
        groups.append(Group(heading, found))
    return groups


def _address(place: CouncilPlace | None, matter: Matter | None) -> str:
    if place is not None:
        return f"{DISCREPANCIES}council/{place.slug}/"
    return f"{DISCREPANCIES}about/{matter.value.replace(' ', '-')}/" if matter is not None else DISCREPANCIES


def _filters(
    links: Links,
    entries: _Entries,
    choices: tuple[Sequence[CouncilPlace], Sequence[Matter]],
    place: CouncilPlace | None,
    matter: Matter | None,
) -> list[Filter]:
    """Links to the lists of each council and of each thing that sources disagree about."""
    councils, matters = choices
    found = []
    if place is not None or matter is not None:
        name = place.title if place is not None else _HEADINGS[matter] if matter is not None else ""
        found.append(Filter("Shown now", [Step(name, None), Step("Everything", links.href(DISCREPANCIES))]))
    if len(matters) > 1:
        steps = []
        for one in matters:
            number = sum(record.matter is one for record, _ in entries)
            steps.append(
                Step(
                    f"{_HEADINGS[one]} ({number:,})",
                    None if one is matter else links.href(_address(None, one)),
                )
            )
        found.append(Filter("By what it is about", steps))
    if len(councils) > 1:
        steps = []
        for other in councils:
            number = sum(record.council == other.slug for record, _ in entries)
            steps.append(
                Step(
                    f"{other.title} ({number:,})",
                    None if other is place else links.href(_address(other, None)),
                )
            )
        found.append(Filter("By council", steps))
    return found


__all__ = ["discrepancies", "in_all"]
