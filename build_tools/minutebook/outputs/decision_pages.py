"""The decision history and the resolutions register, whole and by council, year, body, project and topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from minutebook.belonging import body_of
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import DECISIONS, RESOLUTIONS, Links
from minutebook.outputs.decision_entries import Entries
from minutebook.outputs.listing import Filter, Group, Listing, list_pages
from minutebook.outputs.paging import Step
from minutebook.outputs.site import Site, newest_first
from minutebook.outputs.topics import topic_slug
from minutebook.outputs.words import count
from minutebook.outputs.years import filed, year_of, years_of
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.decision import Decision
from minutebook.records.project import Project
from minutebook.records.resolution import Resolution
from minutebook.when import When

_FEWEST = {"council": 2, "year": 2}  # of which one alone filters nothing
_FEW = 10  # entries; the filters of a list as short as that are folded away
_SHOWN = 10  # choices of one kind that are shown at once; all of them have a page
Dated = tuple[When | None, Record]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A way to filter the list: its address behind that of the list, its name, and what is left."""

    kind: str
    slug: str
    name: str
    found: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class _Register:
    """One of the two lists."""

    address: str
    title: str
    lead: str
    noun: str
    nouns: str
    size: int
    template: str
    entry: Callable[[When | None, Record], Markup]
    columns: tuple[str, ...] = ()
    by_year: bool = True


def decision_history(site: Site) -> Iterator[OutputFile]:
    """Decisions and resolutions together, by year, the latest first."""
    entries = Entries(site)
    register = _Register(
        DECISIONS, "Decision history",
        "What was decided, in the words of the minutes: who decided, who only noted, and what came of it. The latest first.",
        "decision or resolution", "decisions and resolutions", 25, "articles.html", entries.article,
    )  # fmt: skip
    yield from _pages(site, register, [*site.kb.of(Decision), *site.kb.of(Resolution)])


def resolutions_register(site: Site) -> Iterator[OutputFile]:
    """Resolutions alone, as a register."""
    register = _Register(
        RESOLUTIONS, "Resolutions register",
        "Every resolution in the words of the minutes, with its date, body, outcome, report and a citation to copy. The latest first.",
        "resolution", "resolutions", 50, "table_listing.html", Entries(site).row,
        ("Date", "Resolution", "Outcome", "Words", "Report", "Official page"), by_year=False,
    )  # fmt: skip
    yield from _pages(site, register, site.kb.of(Resolution))


def _pages(site: Site, register: _Register, records: Sequence[Record]) -> Iterator[OutputFile]:
    # A date without a first day stands under the year of its last, so that years come one after another.
    dated = tuple(sorted(newest_first(site, records), key=lambda pair: filed(pair[0]), reverse=True))
    choices = tuple(_choices(site, dated))
    yield from list_pages(site, _listing(register, register.address, register.title, dated, choices))
    for choice in choices:
        address = f"{register.address}{choice.kind}/{choice.slug}/"
        yield from list_pages(
            site,
            _listing(register, address, f"{register.title}: {choice.name}", choice.found, choices, choice),
        )
    for kind, name in _KINDS.items():
        own = [choice for choice in choices if choice.kind == kind]
        if len(own) > _SHOWN:
            yield from list_pages(site, _index(site, register, kind, name, own))


_KINDS = {"council": "Council", "year": "Year", "body": "Body", "project": "Project", "topic": "Topic"}


def _listing(
    register: _Register,
    address: str,
    title: str,
    dated: Sequence[Dated],
    choices: Sequence[_Choice],
    chosen: _Choice | None = None,
) -> Listing:
    years: dict[str, list[Dated]] = {}
    for pair in dated:
        heading = chosen.name if chosen is not None and chosen.kind == "year" else year_of(pair[0])
        years.setdefault(heading if register.by_year else "", []).append(pair)
    groups = [Group(year, _Made(register.entry, found)) for year, found in years.items()]
    number = count(len(dated), register.noun, register.nouns)
    return Listing(
        address,
        title,
        groups,
        trail=(lambda links: [links.page(register.address, register.title)]) if chosen else None,
        lead=_lead(register, dated, chosen),
        filters=lambda links: _filters(register, links, choices, chosen),
        template=register.template,
        size=register.size,
        nothing=f"No {register.noun} is recorded yet.",
        columns=register.columns,
        total=f"{number}, the latest first." if chosen else f"{number} in all.",
        folded=f"Filter the {register.nouns}" if len(dated) <= _FEW else "",
    )


def _lead(register: _Register, dated: Sequence[Dated], chosen: _Choice | None) -> str:
    """What the list is; of a year, that a date may lie in another year too."""
    if chosen is None:
        return register.lead
    if chosen.kind == "year" and any(len(years_of(when)) > 1 for when, _ in dated):
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


def _choices(site: Site, dated: Sequence[Dated]) -> Iterator[_Choice]:
    """Every value by which the list can be filtered, of each kind those with most entries first; the latest year first."""
    found: dict[tuple[str, str], tuple[str, list[Dated]]] = {}
    for pair in dated:
        for kind, slug, name in dict.fromkeys(_values(site, *pair)):
            found.setdefault((kind, slug), (name, []))[1].append(pair)
    order = list(_KINDS)
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
            yield _Choice(kind, slug, name, tuple(entries))


def _latest_first(year: str) -> int:
    return -int(year) if year.isdigit() else 0


def _values(site: Site, when: When | None, record: Record) -> Iterator[tuple[str, str, str]]:
    council = site.places[record.council]
    yield "council", council.slug, council.title
    for year in years_of(when):
        yield "year", year if year.isdigit() else "not-stated", year
    several = len(site.councils) > 1
    body = body_of(site.kb, record)
    if body is not None:
        yield "body", f"{body.council}/{body.id.slug}", _named(site, body, several=several)
    for project in _projects(site, record):
        yield "project", f"{project.council}/{project.id.slug}", _named(site, project, several=several)
    for topic in record.topics:
        yield "topic", topic_slug(topic), site.topics.names[topic_slug(topic)]


def _named(site: Site, record: Body | Project, *, several: bool) -> str:
    return f"{record.title}, {site.places[record.council].title}" if several else record.title


def _projects(site: Site, record: Record) -> Iterator[Project]:
    """The projects that a decision is about, or that a clause concerns."""
    ids = [*record.about] if isinstance(record, Decision) else []
    if isinstance(record, Resolution):
        ids = [one for clause in record.clauses for one in clause.concerns]
    for one in dict.fromkeys(ids):
        project = site.kb.get(one, Project)
        if project is not None:
            yield project


def _filters(
    register: _Register, links: Links, choices: Sequence[_Choice], chosen: _Choice | None
) -> list[Filter]:
    everything = f"All {register.nouns}"
    found = (
        [Filter("Shown now", [Step(chosen.name, None), Step(everything, links.href(register.address))])]
        if chosen
        else []
    )
    for kind, name in _KINDS.items():
        own = [choice for choice in choices if choice.kind == kind]
        if not own:
            continue
        shown = [
            Step(
                f"{choice.name} ({len(choice.found):,})",
                None if choice is chosen else links.href(f"{register.address}{kind}/{choice.slug}/"),
            )
            for choice in own[:_SHOWN]
        ]
        more = links.page(f"{register.address}{kind}/", f"All {len(own)}") if len(own) > _SHOWN else None
        found.append(Filter(f"By {name.lower()}", shown, more))
    return found


def _index(site: Site, register: _Register, kind: str, name: str, own: Sequence[_Choice]) -> Listing:
    entries = [
        Markup("{} ({})").format(
            site.anywhere.page(f"{register.address}{kind}/{choice.slug}/", choice.name), len(choice.found)
        )
        for choice in sorted(own, key=lambda choice: choice.name.casefold())
    ]
    return Listing(
        f"{register.address}{kind}/",
        f"{register.title} by {name.lower()}",
        [Group("", entries)],
        trail=lambda links: [links.page(register.address, register.title)],
    )


__all__ = ["decision_history", "resolutions_register"]
