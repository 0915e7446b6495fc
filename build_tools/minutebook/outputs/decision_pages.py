"""The decision history and the resolutions register, whole and by council, year, body, project and topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import DECISIONS, RESOLUTIONS, Links
from minutebook.outputs.decision_entries import Entries
from minutebook.outputs.decision_filters import FEW, KINDS, SHOWN, Choice, Choices, Chosen, Dated, Ways
from minutebook.outputs.listing import Group, Listing, list_pages
from minutebook.outputs.site import Site, newest_first
from minutebook.outputs.words import count, with_article
from minutebook.outputs.years import filed, year_of, years_of
from minutebook.records.base import Record
from minutebook.records.decision import Decision
from minutebook.records.resolution import Resolution
from minutebook.records.source_document import SourceDocument, SourceKind
from minutebook.records.values import Ref
from minutebook.when import When

_MINUTES = "the minutes"


@dataclass(frozen=True, slots=True)
class _Register:
    """One of the two lists."""

    address: str
    title: str
    lead: str
    noun: str
    nouns: str
    types: tuple[str, ...]
    size: int
    template: str
    entry: Callable[[When | None, Record], Markup]
    columns: tuple[str, ...] = ()
    by_year: bool = True


def decision_history(site: Site) -> Iterator[OutputFile]:
    """Decisions and resolutions together, by year, the latest first."""
    entries = Entries(site)
    found: list[Decision | Resolution] = [*site.kb.of(Decision), *site.kb.of(Resolution)]
    register = _Register(
        DECISIONS, "Decision history",
        f"What was decided, in the words of {_whose_words(site, found)}: who decided, who only noted, and what came of it. The latest first.",
        "decision or resolution", "decisions and resolutions", ("decision", "resolution"), 25, "articles.html", entries.article,
    )  # fmt: skip
    yield from _pages(site, register, found)


def resolutions_register(site: Site) -> Iterator[OutputFile]:
    """Resolutions alone, as a register."""
    words = _whose_words(site, site.kb.of(Resolution))
    register = _Register(
        RESOLUTIONS, "Resolutions register",
        f"Every resolution in the words of {words}, with its date, body, outcome, report and a citation to copy. The latest first.",
        "resolution", "resolutions", ("resolution",), 50, "table_listing.html", Entries(site).row,
        ("Date", "Resolution", "Outcome", "Words", "Report", "Council’s page"), by_year=False,
    )  # fmt: skip
    yield from _pages(site, register, site.kb.of(Resolution))


def _whose_words(site: Site, found: Iterable[Decision | Resolution]) -> str:
    """The kinds of document that the words are taken from: only those of the minutes are the minutes'."""
    sources = (site.kb.get(one, SourceDocument) for record in found if (one := _document_of(record)))
    kinds = {one.kind for one in sources if one is not None}
    named = [
        _MINUTES if kind is SourceKind.MINUTES else with_article(kind.value).lower()
        for kind in SourceKind
        if kind in kinds
    ]
    if named in ([], [_MINUTES]):
        return _MINUTES if named else "the documents cited"
    return f"{' or of '.join(named)}, as each entry says"


def _document_of(record: Decision | Resolution) -> Ref | None:
    """The document whose words an entry quotes; None where it quotes none."""
    if isinstance(record, Resolution):
        receipts = [one for clause in record.clauses for one in clause.citations] or list(record.citations)
        return receipts[0].source if receipts else None
    if record.wording is None or not record.citations:
        return None
    return min(record.citations, key=lambda one: "wording" not in one.supports).source


def _pages(site: Site, register: _Register, records: Sequence[Record]) -> Iterator[OutputFile]:
    # A date without a first day stands under the year of its last, so that years come one after another.
    dated = tuple(sorted(newest_first(site, records), key=lambda pair: filed(pair[0]), reverse=True))
    choices = Choices(site, dated)
    ways = Ways(register.address, register.nouns, register.types, choices)
    yield from list_pages(site, _listing(register, ways, dated, ()))
    for choice in choices.single:
        yield from list_pages(site, _listing(register, ways, choice.found, (choice,)))
    for pair, found in choices.pairs.items():
        yield from list_pages(site, _listing(register, ways, found, pair))
    for kind, name in KINDS.items():
        own = choices.of(kind)
        if len(own) > SHOWN:
            yield from list_pages(site, _index(site, register, ways, kind, name, own))


def _listing(register: _Register, ways: Ways, dated: Sequence[Dated], chosen: Chosen) -> Listing:
    year = next((one.name for one in chosen if one.kind == "year"), None)
    years: dict[str, list[Dated]] = {}
    for pair in dated:
        years.setdefault((year or year_of(pair[0])) if register.by_year else "", []).append(pair)
    number = count(len(dated), register.noun, register.nouns)
    return Listing(
        ways.at(chosen),
        _title(register, chosen),
        [Group(heading, _Made(register.entry, found)) for heading, found in years.items()],
        trail=lambda links: _above(register, ways, links, chosen),
        lead=_lead(register, dated, chosen),
        filters=lambda links: ways.filters(links, chosen),
        template=register.template,
        size=register.size,
        nothing=f"No {register.noun} is recorded yet.",
        columns=register.columns,
        total=f"{number}, the latest first." if chosen else f"{number} in all.",
        folded=f"Filter the {register.nouns}" if len(dated) <= FEW else "",
    )


def _title(register: _Register, chosen: Chosen) -> str:
    return ": ".join(filter(None, (register.title, ", ".join(one.name for one in chosen))))


def _above(register: _Register, ways: Ways, links: Links, chosen: Chosen) -> list[Markup]:
    """The same list with fewer filters."""
    names = [register.title, *(one.name for one in chosen)]
    return [links.page(ways.at(chosen[:number]), names[number]) for number in range(len(chosen))]


def _lead(register: _Register, dated: Sequence[Dated], chosen: Chosen) -> str:
    """What the list is; of a year, that a date may lie in another year too."""
    if not chosen:
        return register.lead
    if chosen[-1].kind == "year" and any(len(years_of(when)) > 1 for when, _ in dated):
        return "A date that may lie in more than one year is listed under each of them."
    return ""


class _Made(Sequence[Markup]):
    """The entries of a year, made one by one when a page wants them."""

    def __init__(self, make: Callable[[When | None, Record], Markup], found: list[Dated]) -> None:
        self._make, self._found = make, found

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, at: int | slice) -> Markup:  # type: ignore[override] # never sliced
        assert isinstance(at, int)
        return self._make(*self._found[at])


def _index(
    site: Site, register: _Register, ways: Ways, kind: str, name: str, own: Sequence[Choice]
) -> Listing:
    entries = [
        Markup("{} ({})").format(site.anywhere.page(ways.at((choice,)), choice.name), len(choice.found))
        for choice in sorted(own, key=lambda choice: choice.name.casefold())
    ]
    return Listing(
        f"{register.address}{kind}/",
        f"{register.title} by {name.lower()}",
        [Group("", entries)],
        trail=lambda links: [links.page(register.address, register.title)],
    )


__all__ = ["decision_history", "resolutions_register"]
