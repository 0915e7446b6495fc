"""What the lists of decisions can be filtered by, each filter and pair of filters a page; and the links between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from urllib.parse import urlencode

from markupsafe import Markup

from minutebook.belonging import body_of
from minutebook.outputs import find_outputs
from minutebook.outputs.addresses import SEARCH, Links
from minutebook.outputs.listing import Filter
from minutebook.outputs.paging import Step
from minutebook.outputs.site import Site
from minutebook.outputs.topics import topic_slug
from minutebook.outputs.years import years_of
from minutebook.records.base import Record
from minutebook.records.decision import Decision
from minutebook.records.project import Project
from minutebook.records.resolution import Resolution
from minutebook.when import When

KINDS = MappingProxyType(
    {"council": "Council", "year": "Year", "body": "Body", "project": "Project", "topic": "Topic"}
)
FEW = 10  # entries; the filters of a list as short as that are folded away
SHOWN = 10  # choices of one kind that are shown at once; all of them have a page
_MOST_PAIRS = 300  # pages with two filters, of each of the two lists
_FEWEST = {"council": 2, "year": 2}  # of which one alone filters nothing
Dated = tuple[When | None, Record]


@dataclass(frozen=True, slots=True, eq=False)  # each is one of its kind: to compare what is left takes long
class Choice:
    """A way to filter a list: its address behind that of the list, its name, and what is left."""

    kind: str
    slug: str
    name: str
    found: tuple[Dated, ...]

    @property
    def address(self) -> str:
        """What stands behind the address of the list."""
        return f"{self.kind}/{self.slug}/"


Chosen = tuple[Choice, ...]  # the filters that are set: none, one, or one and a year


class Choices:
    """Every value by which a list can be filtered, and every pair of one with a year that narrows it further."""

    def __init__(self, site: Site, dated: Sequence[Dated]) -> None:
        self.single = tuple(_single(site, dated))
        self.pairs: dict[tuple[Choice, Choice], tuple[Dated, ...]] = {}
        years = [(year, {record.id for _, record in year.found}) for year in self.of("year")]
        # Where there would be too many, the longest lists have them.
        for choice in sorted(self.single, key=lambda one: len(one.found), reverse=True):
            if choice.kind == "year":
                continue
            for year, ids in years:
                found = tuple(one for one in choice.found if one[1].id in ids)
                if 0 < len(found) < len(choice.found) and len(self.pairs) < _MOST_PAIRS:
                    self.pairs[choice, year] = found
        self._pairs_with: defaultdict[Choice, list[tuple[Choice, Choice]]] = defaultdict(list)
        for pair in self.pairs:
            for choice in pair:
                self._pairs_with[choice].append(pair)

    def of(self, kind: str) -> list[Choice]:
        """The choices of a kind."""
        return [choice for choice in self.single if choice.kind == kind]

    def beside(self, chosen: Chosen, kind: str) -> list[tuple[Choice, Choice]]:
        """The pairs of the filter that is set besides those of a kind with each of that kind."""
        kept = [choice for choice in chosen if choice.kind != kind]
        if len(kept) != 1:
            return []
        return [pair for pair in self._pairs_with.get(kept[0], ()) if kind in (pair[0].kind, pair[1].kind)]


def _single(site: Site, dated: Sequence[Dated]) -> Iterator[Choice]:
    """Every value, of each kind those with most entries first; the latest year first."""
    found: dict[tuple[str, str], tuple[str, list[Dated]]] = {}
    for pair in dated:
        for kind, slug, name in dict.fromkeys(_values(site, *pair)):
            found.setdefault((kind, slug), (name, []))[1].append(pair)
    order = list(KINDS)
    ranked = sorted(
        found.items(),
        key=lambda one: (
            order.index(one[0][0]),
            _latest_first(one[0][1]) if one[0][0] == "year" else -len(one[1][1]),
            "" if one[0][0] == "year" else one[1][0],
        ),
    )
    numbers = Counter(kind for kind, _ in found)
    for (kind, slug), (name, entries) in ranked:
        if numbers[kind] >= _FEWEST.get(kind, 1):
            yield Choice(kind, slug, name, tuple(entries))


def _latest_first(year: str) -> int:
    return -int(year) if year.isdigit() else 0


def _values(site: Site, when: When | None, record: Record) -> Iterator[tuple[str, str, str]]:
    council = site.places[record.council]
    yield "council", council.slug, council.title
    for year in years_of(when):
        yield "year", year if year.isdigit() else "not-stated", year
    body = body_of(site.kb, record)
    if body is not None:
        yield "body", f"{body.council}/{body.id.slug}", site.full_title(body)
    for project in _projects(site, record):
        yield "project", f"{project.council}/{project.id.slug}", site.full_title(project)
    for topic in record.topics:
        yield "topic", topic_slug(topic), site.topics.names[topic_slug(topic)]


def _projects(site: Site, record: Record) -> Iterator[Project]:
    """The projects that a decision is about, or that a clause concerns."""
    ids = [*record.about] if isinstance(record, Decision) else []
    if isinstance(record, Resolution):
        ids = [one for clause in record.clauses for one in clause.concerns]
    for one in dict.fromkeys(ids):
        project = site.kb.get(one, Project)
        if project is not None:
            yield project


# -- the links -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ways:
    """The links by which a list is filtered: of what list, what it calls its entries, and their types for the search."""

    address: str
    nouns: str
    types: tuple[str, ...]
    choices: Choices

    def at(self, chosen: Chosen) -> str:
        """The address of the list with some filters set."""
        return self.address + "".join(choice.address for choice in chosen)

    def filters(self, links: Links, chosen: Chosen) -> list[Filter]:
        """What is shown now and how to see more of it; then, kind by kind, how to see less or something else."""
        rows = [self._shown_now(links, chosen)] if chosen else []
        for kind, name in KINDS.items():
            if pairs := self.choices.beside(chosen, kind):
                rows.append(self._narrowed(links, chosen, kind, pairs))
            elif len(chosen) < 2 and (own := self.choices.of(kind)):
                shown = [self._step(links, chosen, (choice,), choice, choice.found) for choice in own[:SHOWN]]
                more = links.page(f"{self.address}{kind}/", f"All {len(own)}") if len(own) > SHOWN else None
                rows.append(Filter(f"{'All, by' if chosen else 'By'} {name.lower()}", shown, more))
        return rows

    def _shown_now(self, links: Links, chosen: Chosen) -> Filter:
        steps = [Step(", ".join(one.name for one in chosen), None)]
        if len(chosen) > 1:
            steps += [Step(f"All of {one.name}", links.href(self.at((one,)))) for one in chosen]
        steps.append(Step(f"All {self.nouns}", links.href(self.address)))
        return Filter("Shown now", steps, self._search(links, chosen, "Search these with other filters"))

    def _narrowed(
        self, links: Links, chosen: Chosen, kind: str, pairs: Sequence[tuple[Choice, Choice]]
    ) -> Filter:
        kept = next(choice for choice in chosen if choice.kind != kind)
        shown = [
            pair for number, pair in enumerate(pairs) if number < SHOWN or kind == "year" or pair == chosen
        ]
        steps = [
            self._step(links, chosen, pair, pair[kind == "year"], self.choices.pairs[pair]) for pair in shown
        ]
        more = self._search(links, (kept,), "More, in the search") if len(shown) < len(pairs) else None
        return Filter(f"{kept.name}, by {KINDS[kind].lower()}", steps, more)

    def _search(self, links: Links, chosen: Chosen, words: str) -> Markup | None:
        """The way to the search page with the same filters, where the site has one."""
        return links.page(f"{SEARCH}?{_asked(self.types, chosen)}", words) if _is_searched() else None

    def _step(
        self, links: Links, chosen: Chosen, there: Chosen, choice: Choice, found: Sequence[Dated]
    ) -> Step:
        return Step(
            f"{choice.name} ({len(found):,})", None if there == chosen else links.href(self.at(there))
        )


@cache
def _is_searched() -> bool:
    """Whether the site has a search page."""
    return SEARCH.rstrip("/") in find_outputs()


def _asked(types: Sequence[str], chosen: Chosen) -> str:
    """The same filters as the search page reads them from its address; it finds topics and projects by words."""
    asked = [("type", one) for one in types]
    for one in chosen:
        if one.kind == "body":
            asked.append(("body", "{}/bodies/{}".format(*one.slug.split("/"))))
        elif one.kind in ("council", "year"):
            asked.append((one.kind, one.slug))
        else:
            asked.append(("q", f'{one.kind}:"{one.name}"'))
    return urlencode(asked)


__all__ = ["FEW", "KINDS", "SHOWN", "Choice", "Choices", "Chosen", "Dated", "Ways"]
