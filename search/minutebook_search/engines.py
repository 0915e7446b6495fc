"""Which engine answers: Whoosh, and SQLite's FTS5 where there are so many records that Whoosh takes long."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from minutebook_search import fts5_engine, whoosh_engine
from minutebook_search.answering import AnsweringEngine
from minutebook_search.documents import SearchDocument
from minutebook_search.query import Synonyms

Name = Literal["whoosh", "fts5"]

MANY = 50_000  # records from which FTS5 takes over: it indexes twice as fast; docs/reference/performance.md
CHOICE = "MINUTEBOOK_SEARCH_ENGINE"  # the variable of the environment that names one


def open_engine(
    documents: Iterable[SearchDocument],
    cache: Path | None = None,
    say: Callable[[str], None] | None = None,
    synonyms: Synonyms | None = None,
    engine: Name | None = None,
) -> AnsweringEngine:
    """Return an engine for these documents: the one that is named, else the one for as many as there are.

    The index is kept at `cache`, under a name that says whose it is; see `whoosh_engine.open_engine`.
    """
    found = list(documents)
    chosen = engine or _named() or ("fts5" if len(found) >= MANY and fts5_engine.is_available() else "whoosh")
    place = cache.with_name(f"{cache.name}.{chosen}") if cache is not None else None
    if chosen == "fts5":
        return fts5_engine.open_engine(found, place, say, synonyms)
    return whoosh_engine.open_engine(found, place, say, synonyms)


def _named() -> Name | None:
    match os.environ.get(CHOICE):
        case "whoosh":
            return "whoosh"
        case "fts5" if fts5_engine.is_available():
            return "fts5"
        case _:
            return None
