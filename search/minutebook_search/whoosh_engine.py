"""The search engine of the command line and of `serve`, on Whoosh: opened, brought up to date and kept."""

from __future__ import annotations

import hashlib
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from minutebook.signed_cache import Files, SignedCache, user_key_path
from minutebook_search import documents as documents_room
from minutebook_search import indexing, parts, printed_texts, stemming, whoosh_index
from minutebook_search import words as words_room
from minutebook_search.answering import AnsweringEngine
from minutebook_search.documents import SearchDocument, digest_of, newest_first
from minutebook_search.engine import MAX_EXPANSIONS, Expansion, Weights
from minutebook_search.parts import IndexPart, Key, make_parts, pack, unpack
from minutebook_search.query import Synonyms
from minutebook_search.whoosh_index import STEMS, WORDS

_MOST_PARTS = 8  # each costs a query some time
_MOST_NEW = 0.2  # of all documents; where more are new or gone, all is made anew
_KEPT = 256  # terms whose postings are remembered between two queries

Say = Callable[[str], None]


def open_engine(
    documents: Iterable[SearchDocument],
    cache: Path | None = None,
    say: Say | None = None,
    synonyms: Synonyms | None = None,
) -> WhooshEngine:
    """Return an engine for these documents, with the index kept at `cache` as far as it was made from them.

    Of documents that are new or changed an index is made and kept there too; all of it where there is
    none, one that is not to be trusted, or one with a record that is here no more: nothing of it may stay.
    With `cache` None it is kept nowhere. `say` is told of work that takes long.
    """
    ordered = newest_first(documents)
    keys = [_key(document) for document in ordered]
    key_path = user_key_path()
    kept: list[IndexPart] = []
    index_cache = None
    if cache is not None and key_path is not None:
        index_cache = SignedCache(cache, key_path)
        kept = _load(index_cache) or []
    kept, missing = _still_good(kept, keys)
    if missing or not kept:
        if say is not None:
            say(_what_is_done(len(missing), len(keys), bool(kept)))
        kept = [*kept, *unpack(build_index([ordered[number] for number in missing]))]
        if index_cache is not None:
            index_cache.save(_made_by(), pack(part.files for part in kept))
    return WhooshEngine(ordered, keys, kept, synonyms)


def kept_ids(cache: Path) -> frozenset[str] | None:
    """Return the ids of the documents of which an index is kept at `cache`; None where there is none to be trusted."""
    key_path = user_key_path()
    kept = _load(SignedCache(cache, key_path)) if key_path is not None else None
    return frozenset(key.id for part in kept for key in part.keys) if kept is not None else None


def build_index(documents: Iterable[SearchDocument]) -> Files:
    """Return the files of an index of these documents, all that is ever kept of them."""
    ordered = sorted(documents, key=lambda document: document.id)
    return pack(make_parts(ordered, [_key(document) for document in ordered]))


def _made_by() -> dict[str, str]:
    return {"whoosh": whoosh_index.VERSION, "code": _code()}


def _load(index_cache: SignedCache) -> list[IndexPart] | None:
    files = index_cache.load(_made_by())
    return unpack(files) if files is not None else None


def _key(document: SearchDocument) -> Key:
    return Key(document.id, digest_of(document))


def _still_good(kept: list[IndexPart], keys: Sequence[Key]) -> tuple[list[IndexPart], list[int]]:
    """The parts to go on with, and the numbers of the documents that are in none of them."""
    held = {key for part in kept for key in part.keys}
    missing = [number for number, key in enumerate(keys) if key not in held]
    useless = sum(len(part.keys) for part in kept) - (len(keys) - len(missing))
    too_many = len(kept) + bool(missing) > _MOST_PARTS
    hidden = not {key.id for key in held} <= {key.id for key in keys}
    if hidden or too_many or max(len(missing), useless) > _MOST_NEW * len(keys):
        return [], list(range(len(keys)))
    return kept, missing


def _what_is_done(missing: int, records: int, updates: bool) -> str:
    if updates:
        return (
            f"indexing {missing:,} new or changed records" if missing > 1 else "indexing one changed record"
        )
    return f"indexing {records:,} records, once until they change"


def _code() -> str:
    """A fingerprint of the code that decides what an index holds, so that none outlives a change of it."""
    rooms = (
        sys.modules[__name__],
        documents_room,
        words_room,
        indexing,
        parts,
        printed_texts,
        stemming,
        whoosh_index,
    )
    return hashlib.sha256(b"".join(Path(str(room.__file__)).read_bytes() for room in rooms)).hexdigest()


class WhooshEngine(AnsweringEngine):
    """Answers queries from parts of an index that Whoosh keeps, and the documents they were made from."""

    def __init__(
        self,
        documents: Sequence[SearchDocument],
        keys: Sequence[Key],
        kept: Sequence[IndexPart],
        synonyms: Synonyms | None = None,
    ) -> None:
        super().__init__(documents, _WhooshIndex(keys, kept), synonyms or Synonyms())


class _WhooshIndex:
    """The terms of all parts, by the numbers of the documents as they are now; what is out of date is passed over."""

    def __init__(self, keys: Sequence[Key], kept: Sequence[IndexPart]) -> None:
        numbers = {key: number for number, key in enumerate(keys)}
        self.lengths = [0] * len(keys)
        # Of each part: the number of each of its documents now, None where it is one no more.
        self._parts: list[tuple[IndexPart, list[int | None]]] = []
        for part in kept:
            now = [numbers.pop(key, None) for key in part.keys]
            for number, length in zip(now, part.lengths, strict=True):
                if number is not None:
                    self.lengths[number] = length
            self._parts.append((part, now))
        self._postings: dict[str, Weights] = {}

    def postings(self, stem: str) -> Weights:
        """Return the documents that have a stem, with the weight it has in them."""
        if (known := self._postings.get(stem)) is None:
            if len(self._postings) >= _KEPT:
                self._postings.clear()
            known = self._postings[stem] = self._read(STEMS, stem)
        return known

    def _read(self, field: str, term: str) -> Weights:
        found: dict[int | None, float] = {}
        for part, now in self._parts:
            for documents, weights in part.reader.postings(field, term):
                found.update(zip(map(now.__getitem__, documents), weights, strict=True))
        found.pop(None, None)
        return found  # type: ignore[return-value]  # None is gone

    def row(self, printed: Sequence[str]) -> Collection[int]:
        """Return the documents in one passage of which these printed words stand one after another."""
        found = {now[number] for part, now in self._parts for number in part.texts.row(printed)}
        return {number for number in found if number is not None}

    def beginning(self, letters: str, limit: int = MAX_EXPANSIONS) -> Expansion:
        """Return where the printed words stand that begin with these letters, of no more than `limit` of them."""
        words = self._sorted_words
        start = bisect_left(words, letters)
        found: dict[int, float] = {}
        for at in range(start, min(start + limit, len(words))):
            if not words[at].startswith(letters):
                break
            for number, weight in self._read(WORDS, words[at]).items():
                found[number] = found.get(number, 0.0) + weight
        after = start + limit
        return Expansion(found, after < len(words) and words[after].startswith(letters))

    def vocabulary(self) -> Mapping[str, int]:
        """Return every printed word with the number of documents that have it."""
        return self._vocabulary

    @cached_property
    def _sorted_words(self) -> list[str]:
        return sorted(self._vocabulary)

    @cached_property
    def _vocabulary(self) -> Mapping[str, int]:
        counted: Counter[str] = Counter()
        for part, now in self._parts:
            counted.update(part.vocabulary)
            for number, current in enumerate(now):
                if current is None:
                    counted.subtract(part.texts.words_of(number))
        return {word: count for word, count in counted.items() if count > 0}
