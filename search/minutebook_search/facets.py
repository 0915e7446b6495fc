"""What documents can be narrowed by: the values of each field, the filters on them, and counts of both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from minutebook.suggest import did_you_mean
from minutebook_search.documents import SearchDocument
from minutebook_search.engine import Facets
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
_WIDEST = 100  # years; what is dated more widely would be counted in all of them


@dataclass(frozen=True, slots=True)
class Chosen:
    """The documents that a filter lets through, by number, and what there is to say where it lets none."""

    numbers: frozenset[int]
    message: str | None = None


class Register:
    """Documents by the values of their fields. A document's number is its place in the list."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self.documents = documents
        names = _names_by_id(documents)
        self._by_key: dict[str, dict[str, set[int]]] = {}
        self._known: dict[str, set[str]] = {}
        for field, values_of in _VALUES.items():
            by_key, known = defaultdict[str, set[int]](set), set[str]()
            for number, document in enumerate(documents):
                for value in values_of(document):
                    for name in _spellings(field, value, document, names):
                        by_key[key_of(name)].add(number)
                        known.add(name)
            self._by_key[field], self._known[field] = by_key, known
        self._dates = [(document.first, document.last) for document in documents]

    def chosen(self, node: Filter | DateRange) -> Chosen:
        """Return the documents with a value, or whose date can lie in a range."""
        if isinstance(node, DateRange):
            return Chosen(frozenset(n for n, dates in enumerate(self._dates) if _can_lie_in(dates, node)))
        numbers = self._by_key[node.field].get(key_of(node.value))
        if numbers:
            return Chosen(frozenset(numbers))
        help = did_you_mean(node.value, self._known[node.field])
        said = f"no record has the {node.field} `{node.value}` (column {node.column})"
        return Chosen(frozenset(), f"{said}: {help}" if help else said)

    def facets(self, numbers: Iterable[int]) -> Facets:
        """Count the documents of these numbers by field and value, the most frequent value first.

        A document whose date spans two years counts in both, as it is found by a search for either.
        """
        counts: dict[str, Counter[str]] = {field: Counter() for field in (*FACETS, "year")}
        for number in numbers:
            document = self.documents[number]
            for field in FACETS:
                counts[field].update(_VALUES[field](document))
            counts["year"].update(_years(self._dates[number]))
        return {
            field: dict(sorted(count.items(), key=lambda pair: (-pair[1], pair[0])))
            for field, count in counts.items()
        }


def _names_by_id(documents: Iterable[SearchDocument]) -> dict[str, tuple[str, ...]]:
    """The names of each record, and those of a council also under its slug."""
    names: dict[str, tuple[str, ...]] = {}
    for document in documents:
        names[document.id] = document.names
        if document.id.folder == "council":
            names[document.council] = document.names
    return names


def _spellings(
    field: str, value: str, document: SearchDocument, names: dict[str, tuple[str, ...]]
) -> Iterator[str]:
    """Every name by which a value may be asked for: an id also by its ends, a type also by its folder."""
    yield value
    if field == "type":
        yield document.id.folder
    elif field in _NAMED:
        yield from names.get(value, ())
        if "/" in value:
            yield value.split("/", 1)[1]
            yield value.rsplit("/", 1)[1]


def _can_lie_in(dates: tuple[date | None, date | None], within: DateRange) -> bool:
    first, last = dates
    if first is None or last is None:
        return False
    return (within.last is None or first <= within.last) and (within.first is None or last >= within.first)


def _years(dates: tuple[date | None, date | None]) -> Iterator[str]:
    first, last = dates
    if first is not None and last is not None and last.year - first.year < _WIDEST:
        for year in range(first.year, last.year + 1):
            yield f"{year:04}"
