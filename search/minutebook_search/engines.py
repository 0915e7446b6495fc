"""Which engine answers: Whoosh; where its index could be kept nowhere, and takes long to make, SQLite's FTS5.

Whoosh answers most queries faster and is brought up to date faster where there are many records. FTS5 makes a whole
index in two thirds of the time: it takes over where one is made for one answer alone. docs/reference/performance.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from minutebook.signed_cache import can_be_kept
from minutebook_search import fts5_engine, whoosh_engine
from minutebook_search.answering import AnsweringEngine
from minutebook_search.documents import SearchDocument
from minutebook_search.query import Synonyms

Name = Literal["whoosh", "fts5"]
ENGINES: tuple[Name, ...] = ("whoosh", "fts5")

CHOICE = "MINUTEBOOK_SEARCH_ENGINE"  # the variable of the environment that names one
TAKES_OVER = (
    1_000  # records from which FTS5 answers where no index can be kept: measured by benchmarks.search_once
)


def open_engine(
    documents: Iterable[SearchDocument],
    cache: Path | None = None,
    say: Callable[[str], None] | None = None,
    synonyms: Synonyms | None = None,
    engine: Name | None = None,
) -> AnsweringEngine:
    """Return an engine for these documents: the one that is named, else Whoosh.

    The index is kept at `cache`, under a name that says whose it is; see `whoosh_engine.open_engine`.
    """
    found = list(documents)
    chosen = engine or named_engine(say) or "whoosh"
    place = index_of(cache, chosen) if cache is not None else None
    if chosen == "fts5":
        return fts5_engine.open_engine(found, place, say, synonyms)
    return whoosh_engine.open_engine(found, place, say, synonyms)


def index_of(cache: Path, engine: Name) -> Path:
    """Return where the index of one engine is kept."""
    return cache.with_name(f"{cache.name}.{engine}")


def kept_ids(index: Path) -> frozenset[str] | None:
    """Return the ids of the documents in the index that is kept there; None where there is none to be trusted."""
    if index.suffix == ".fts5":
        return fts5_engine.kept_ids(index)
    return whoosh_engine.kept_ids(index)


def engine_for_one_answer(cache: Path | None, records: int, say: Callable[[str], None] | None = None) -> Name:
    """Return the engine for a search after which the program ends: the one that is named, else the one that is quicker.

    That is Whoosh where its index is kept at `cache` or can be. Else the index is made for this search and gone
    with it: then from `TAKES_OVER` records on it is FTS5, where this Python has it.
    """
    if (named := named_engine(say)) is not None:
        return named
    if records < TAKES_OVER or not fts5_engine.is_available():
        return "whoosh"
    return "whoosh" if cache is not None and can_be_kept(index_of(cache, "whoosh")) else "fts5"


def named_engine(say: Callable[[str], None] | None = None) -> Name | None:
    """Return the engine that the environment names, None where it names none; says so where it cannot be had."""
    match os.environ.get(CHOICE, ""):
        case "":
            return None
        case "whoosh":
            return "whoosh"
        case "fts5" if fts5_engine.is_available():
            return "fts5"
        case other:
            why = "this SQLite has no FTS5" if other == "fts5" else "the engines are `whoosh` and `fts5`"
            if say is not None:
                say(f"{CHOICE} is `{other}`, but {why}: Whoosh answers")
            return "whoosh"
