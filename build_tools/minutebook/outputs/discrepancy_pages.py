"""Where statements differ: by name under what they are about, and a page for each such matter that tells them in full."""

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
_SHOWN = 15  # entries of a page that tells them in full; the words of each are folded
_LISTED = 200  # entries of a page that only names them
_OPEN = 20  # entries of a page that names them, from which on all but the first group are folded
_HEADINGS = MappingProxyType(
    {
        Matter.AMOUNTS: "Amounts and numbers",
        Matter.DATES: "Dates",
        Matter.WHO_AND_WHERE: "Who and where",
        Matter.SCOPE: "Scope or meaning",
        Matter.NAMES: "Names, spellings and wording",
    }
)
_LEAD = "Statements that do not agree, in one document or between two. We do not say which is right."
_LEAD_OF_NAMES = (
    f"{_LEAD} Each is named here with what is known of why they differ; its page has the words of each side."
)
_LEAD_IN_FULL = (
    f"{_LEAD} Each entry says first what is known of why they differ; open it for the words of each side."
)


def discrepancies(site: Site) -> Iterator[OutputFile]:
    """Everything that disagrees, by name under what it is about, whole and by council; and in full for each such matter.

    Where all of it is about one thing, the first page tells it in full.
    """
    records = sorted((one for one in site.kb.of(Discrepancy) if one.erased is None), key=a_to_z)
    councils = [place for place in site.councils if any(one.council == place.slug for one in records)]
    matters = [matter for matter in Matter if any(one.matter is matter for one in records)]

    def filters(links: Links, place: CouncilPlace | None, matter: Matter | None) -> list[Filter]:
        return _filters(links, records, (councils, matters), place, matter)

    def listing(place: CouncilPlace | None = None, matter: Matter | None = None) -> Listing:
        chosen = [
            one
            for one in records
            if (place is None or one.council == place.slug) and (matter is None or one.matter is matter)
        ]
        in_full = matter is not None or len(matters) < 2
        name = place.title if place else _HEADINGS[matter] if matter else ""
        return Listing(
            _address(place, matter),
            f"{_TITLE}: {name}" if name else _TITLE,
            _groups(site, chosen, in_full),
            trail=(lambda links: [links.page(DISCREPANCIES, _TITLE)]) if name else None,
            lead=_LEAD_IN_FULL if in_full else _LEAD_OF_NAMES,
            filters=lambda links: filters(links, place, matter),
            template="articles.html" if in_full or _is_folded(chosen) else "listing.html",
            size=_SHOWN if in_full else _LISTED,
            nothing="No disagreement is recorded yet.",
            total=f"{capital(in_all(chosen))}." if chosen else "",
            before=_kinds(chosen) if chosen and not in_full else "",
        )

    yield from list_pages(site, listing())
    for place in councils if len(councils) > 1 else ():
        yield from list_pages(site, listing(place=place))
    for matter in matters if len(matters) > 1 else ():
        yield from list_pages(site, listing(matter=matter))


def _kinds(found: Sequence[Discrepancy]) -> Markup:
    """What the word behind each disagreement means, where the list has no room to say it of each."""
    kinds = [KINDS[kind] for kind in KINDS if any(one.kind is kind for one in found)]
    return fragment(
        "folded.html",
        summary="What open, rounding and the other words mean",
        name="",
        entries=kinds,
        open=False,
    )


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


def _name(site: Site, one: Discrepancy) -> Markup:
    """A disagreement by name, with its council and what is known of why."""
    council = f"{site.places[one.council].title} · " if len(site.councils) > 1 else ""
    why = KINDS[one.kind].partition(":")[0]
    return Markup('{} <span class="mb-small">{}{} · {}</span>').format(
        site.anywhere.record(one.id), council, where_they_stand(one), why
    )


def _groups(site: Site, chosen: Sequence[Discrepancy], in_full: bool) -> list[Group]:
    """The entries under what they are about, each heading a way to that page; names and wording come last."""
    tell = _entry if in_full else _name
    groups = []
    for one in Matter:
        found = [tell(site, record) for record in chosen if record.matter is one]
        if not found:
            continue
        heading = f"{_HEADINGS[one]} ({len(found)})"
        if in_full:
            groups.append(Group(heading, found))
        else:
            if _is_folded(chosen):
                summary = f"Show these {len(found)}" if len(found) > 1 else "Show it"
                found = [
                    fragment(
                        "folded.html", summary=summary, name=_HEADINGS[one], entries=found, open=not groups
                    )
                ]
            groups.append(Group(site.anywhere.page(_address(None, one), heading), found))
    return groups


def _is_folded(chosen: Sequence[Discrepancy]) -> bool:
    """Whether a page that names so many folds each group but the first; of more than one page's worth none is folded."""
    return _OPEN < len(chosen) <= _LISTED


def _address(place: CouncilPlace | None, matter: Matter | None) -> str:
    if place is not None:
        return f"{DISCREPANCIES}council/{place.slug}/"
    return f"{DISCREPANCIES}about/{matter.value.replace(' ', '-')}/" if matter is not None else DISCREPANCIES


def _filters(
    links: Links,
    records: Sequence[Discrepancy],
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
            number = sum(record.matter is one for record in records)
            steps.append(
                Step(
                    f"{_HEADINGS[one]} ({number:,})",
                    None if one is matter else links.href(_address(None, one)),
                )
            )
        found.append(Filter("In full, by what it is about", steps))
    if len(councils) > 1:
        steps = []
        for other in councils:
            number = sum(record.council == other.slug for record in records)
            steps.append(
                Step(
                    f"{other.title} ({number:,})",
                    None if other is place else links.href(_address(other, None)),
                )
            )
        found.append(Filter("By council", steps))
    return found


__all__ = ["discrepancies", "in_all"]
