"""What documents can be narrowed by: the values of each field, the filters on them, and counts of both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from minutebook.suggest import did_you_mean
from minutebook_search.documents import SearchDocument
from minutebook_search.query import DateRange, Filter
from minutebook_search.words import key_of

# How the values of a field are read off a document. `year` follows from the dates.
_VALUES: dict[str, Callable[[SearchDocument], Collection[str]]] = {
    "type": lambda document: (document.type,),
    "council": lambda document: (document.council,),
    "body": lambda document: (document.body,) if document.body else (),
    "outcome": lambda document: (document.outcome,) if document.outcome else (),
    "project": lambda document: document.projects,
    "topic": lambda document: document.topics,
}
FACETS = ("type", "council", "body", "outcome")
_NAMED = {"council", "body", "project"}  # fields whose values are records, which have names
_OFFERED = 3  # values in place of one that is not there
_WIDEST = 100  # years; what is dated more widely would be counted in all of them
_LATER = date.max.toordinal() + 1  # when a document without a date begins: after every range
_EARLIER = -1  # and when it ends: before every range


@dataclass(frozen=True, slots=True)
class Chosen:
    """The documents that a filter lets through, by number, and what there is to say where it lets none."""

    numbers: frozenset[int]
    message: str | None = None


class Register:
    """Documents by the values of their fields. A document's number is its place in the list."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self.documents = documents
        self._by_value = {field: _by_value(field, documents) for field in _VALUES}
        self._firsts = [_ordinal(document.first, _LATER) for document in documents]
        self._lasts = [_ordinal(document.last, _EARLIER) for document in documents]
        self._earliest = [_ordinal(document.earliest, _LATER) for document in documents]
        self._latest = [_ordinal(document.latest, _EARLIER) for document in documents]

    def chosen(self, node: Filter | DateRange) -> Chosen:
        """Return the documents with a value, or whose date can lie in a range."""
        if isinstance(node, DateRange) and node.undated:
            return Chosen(self.undated)
        if isinstance(node, DateRange):
            first, last = _ordinal(node.first, 0), _ordinal(node.last, _LATER - 1)
            dates = zip(self._earliest, self._latest, strict=True)
            return Chosen(
                frozenset([n for n, (begins, ends) in enumerate(dates) if begins <= last and ends >= first])
            )
        numbers = self._by_key[node.field].get(key_of(node.value))
        if numbers:
            return Chosen(frozenset(numbers))
        help = did_you_mean(node.value, self.values(node.field)) or self._having(node)
        said = f"no record has the {node.field} `{node.value}` (column {node.column})"
        return Chosen(frozenset(), f"{said}: {help}" if help else said)

    def _having(self, node: Filter) -> str | None:
        """Offer the values that have all words of one that is not there: `scrutiny` of the committees for it."""
        asked = set(key_of(node.value).split())
        names = [name for name in self._titles(node.field) if asked <= set(key_of(name).split())]
        if not names:
            return None
        *others, last = (f"`{name}`" for name in sorted(names, key=lambda name: (len(name), name))[:_OFFERED])
        return f"did you mean {', '.join(others)}{' or ' if others else ''}{last}?"

    def _titles(self, field: str) -> set[str]:
        """Each value by the name that readers see."""
        return {next(iter(self._names.get(value, ())), value) for value in self._by_value[field]}

    def values(self, field: str) -> set[str]:
        """Return every spelling of every value that documents have in a field."""
        return {name for value, _ in self._by_value[field].items() for name in self._spellings(field, value)}

    @cached_property
    def undated(self) -> frozenset[int]:
        """The numbers of the documents that have no date of their own."""
        return frozenset(number for number, first in enumerate(self._firsts) if first == _LATER)

    def newest(self, number: int) -> tuple[int, int]:
        """Return what documents are ordered by to have the newest first; those without a date come last."""
        return -self._lasts[number], number

    def oldest(self, number: int) -> tuple[int, int]:
        """Return what documents are ordered by to have the oldest first; those without a date come last."""
        return self._firsts[number], -number

    def count(self, field: str, numbers: Iterable[int]) -> dict[str, int]:
        """Count the documents of these numbers by their values in a facet, the most frequent value first.

        A document whose date spans two years counts in both, as it is found by a search for either.
        """
        counts: Counter[str] = Counter()
        for values, count in Counter(map(self._columns[field].__getitem__, numbers)).items():
            for value in values:
                counts[value] += count
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    @cached_property
    def _by_key(self) -> dict[str, dict[str, set[int]]]:
        found: dict[str, dict[str, set[int]]] = {}
        for field, by_value in self._by_value.items():
            by_key = found[field] = defaultdict[str, set[int]](set)
            for value, numbers in by_value.items():
                for key in {key_of(name) for name in self._spellings(field, value)}:
                    by_key[key] |= numbers
        return found

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        return _names_by_id(self.documents)

    def _spellings(self, field: str, value: str) -> Iterator[str]:
        """Every name by which a value may be asked for: an id also by its ends, a type also by its folder, and as readers call it."""
        yield value
        if field == "type":
            documents = [self.documents[number] for number in self._by_value[field][value]]
            yield from {document.id.folder for document in documents} | {one.spoken for one in documents}
        elif field in _NAMED:
            yield from self._names.get(value, ())
            if "/" in value:
                yield value.split("/", 1)[1]
                yield value.rsplit("/", 1)[1]

    @cached_property
    def _columns(self) -> dict[str, list[tuple[str, ...]]]:
        """For each facet the values of each document."""
        found = {field: [tuple(_VALUES[field](document)) for document in self.documents] for field in FACETS}
        spans = zip(self._earliest, self._latest, strict=True)
        return {**found, "year": [_years(first, last) for first, last in spans]}


def _by_value(field: str, documents: Sequence[SearchDocument]) -> dict[str, set[int]]:
    values_of, found = _VALUES[field], defaultdict[str, set[int]](set)
    for number, document in enumerate(documents):
        for value in values_of(document):
            found[value].add(number)
    return found


def _ordinal(day: date | None, absent: int) -> int:
    return day.toordinal() if day is not None else absent


def _names_by_id(documents: Iterable[SearchDocument]) -> dict[str, tuple[str, ...]]:
    """The names of each record, and those of a council also under its slug."""
    names: dict[str, tuple[str, ...]] = {}
    for document in documents:
        names[document.id] = document.names
        if document.id.folder == "council":
            names[document.council] = document.names
    return names


@cache
def _years(first: int, last: int) -> tuple[str, ...]:
    if not first < _LATER or last <= _EARLIER:
        return ()
    years = date.fromordinal(first).year, date.fromordinal(last).year
    if years[1] - years[0] >= _WIDEST:
        return ()
    return tuple(f"{year:04}" for year in range(years[0], years[1] + 1))
