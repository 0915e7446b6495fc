"""What every search engine answers, whatever it is made of: hits, facets, and what was understood otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

Facets = Mapping[str, Mapping[str, int]]


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
class SearchResult:
    """The answer to a query: how many records it matches, the first of them, and how all of them divide.

    `facets` counts all matches, by field and value. `corrected` is the query that was searched instead,
    where a word was corrected. `messages` are sentences for the reader: what was left out, and why.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    facets: Facets
    corrected: str | None = None
    messages: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the answer in the shape that is promised to programs; messages travel beside it."""
        return {
            "query": self.query,
            "total": self.total,
            "hits": [hit.as_json() for hit in self.hits],
            "facets": {field: dict(counts) for field, counts in self.facets.items()},
            "corrected": self.corrected,
        }


class SearchEngine(Protocol):
    """A reader of search documents that answers queries of the one query language."""

    def search(self, query: str, *, limit: int = 10) -> SearchResult:
        """Return the best `limit` matches, best first; those of equal score in the order of their ids."""
        ...
