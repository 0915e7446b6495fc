"""What every search engine answers, whatever it is made of: hits, facets, and what was understood otherwise."""

from __future__ import annotations

import enum
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Facets = Mapping[str, Mapping[str, int]]
Weights = Mapping[int, float]  # by the number of a document: the weight of a term in it
Scores = dict[int, float]  # by the number of a document: how well it matches

MAX_EXPANSIONS = 200  # words that the beginning of a word may stand for; thousands take seconds


class Sort(enum.StrEnum):
    """The order of the answers: best first, newest first, or oldest first. What has no date comes last."""

    RELEVANCE = "relevance"
    DATE = "date"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found. `url` is relative to the root of the site, `body` an id, `date` as records write it."""

    id: str
    type: str
    title: str
    date: str | None
    body: str | None
    url: str
    score: float
    snippet: str  # plain text
    marks: tuple[tuple[int, int], ...] = ()  # where the words that were found stand in the snippet
    passage: str = ""  # the whole text that the snippet is cut from

    def as_json(self) -> dict[str, object]:
        """Return the hit in the shape that is promised to programs."""
        return {
            "id": self.id,
            "type": self.type,
            "title": self.title,
            "date": self.date,
            "body": self.body,
            "url": self.url,
            "score": self.score,
            "snippet": self.snippet,
        }


@dataclass(frozen=True, slots=True)
class Offer:
    """A number that no record has, and the nearest that records have, as they print them.

    `start` and `end` are its places in the query that was searched; `kind` is report, minute, item, or number where the
    nearest are mentioned and not held.
    """

    start: int
    end: int
    asked: str
    kind: str
    near: tuple[str, ...]

    def __str__(self) -> str:
        *others, last = (f"`{one}`" for one in self.near)
        near = f"are {', '.join(others)} and {last}" if others else f"is {last}"
        what = {"report": f"report `{self.asked}` is held", "number": f"record has the number `{self.asked}`"}
        return f"no {what.get(self.kind, f'`{self.asked}` is held')}: the nearest {near}"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a query: how many records it matches, some of them, and how all of them divide.

    `facets` counts all matches, by field and value; a field that the query narrows is counted as if it
    did not, so that its other values keep their counts. `corrected` is the query that was searched
    instead, where a word was corrected. `messages` are sentences for the reader: what was left out, and
    why. `partial` says that no record has every word, and these have the most of them. `explanation`
    says how the query was read, and `offset` how many hits come before the first of these. `offers` are
    numbers near to one of the query that no record has; the messages say them too.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    facets: Facets
    corrected: str | None = None
    messages: tuple[str, ...] = ()
    partial: bool = False
    explanation: tuple[str, ...] = ()
    offset: int = 0
    offers: tuple[Offer, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the answer in the shape that is promised to programs; messages travel beside it."""
        return {
            "query": self.query,
            "total": self.total,
            "hits": [hit.as_json() for hit in self.hits],
            "facets": {field: dict(counts) for field, counts in self.facets.items()},
            "corrected": self.corrected,
        }


class TookTooLong(Exception):
    """A query was given up at its deadline."""


class Deadline:
    """The moment at which a query is given up; with None it never is."""

    def __init__(self, seconds: float | None = None) -> None:
        self._until = time.perf_counter() + seconds if seconds is not None else None

    def check(self) -> None:
        """Raise TookTooLong where the moment has passed: to be asked between two steps of the work."""
        if self._until is not None and time.perf_counter() > self._until:
            raise TookTooLong


@dataclass(frozen=True, slots=True)
class Expansion:
    """What the beginning of a word stands for: how often the words that begin so stand where, as if they were one."""

    weights: Weights
    is_cut: bool  # there are more such words than were asked for: these are the first in alphabetical order


class TermIndex(Protocol):
    """What makes one engine differ from another: which documents, by number, have which terms.

    All else (the language, scores, facets, corrections) is the same for every engine.
    """

    @property
    def lengths(self) -> Sequence[int]:
        """How many terms each document has."""
        ...

    def postings(self, stem: str) -> Weights:
        """Return the documents that have a stem, with the sum of the weights of the places where they do."""
        ...

    def row(self, printed: Sequence[str]) -> Collection[int]:
        """Return the documents in one passage of which these printed words stand one after another."""
        ...

    def beginning(self, letters: str, limit: int) -> Expansion:
        """Return where the printed words stand that begin with these letters, of no more than `limit` of them."""
        ...

    def vocabulary(self) -> Mapping[str, int]:
        """Return every printed word with the number of documents that have it."""
        ...
