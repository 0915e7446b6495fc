"""The second search engine: SQLite's FTS5, which comes with Python. It indexes faster than Whoosh, and answers the same.

Two tables of full text, of stems and of printed words, with a column for each weight that words have.
FTS5 finds words, phrases and beginnings of words in C. It tells the score of a match (BM25) but not
the weight behind it: that is worked out backwards, so that both engines put all in one order.
"""

from __future__ import annotations

import hashlib
import math
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from minutebook.signed_cache import SignedCache, user_key_path
from minutebook_search import documents as documents_room
from minutebook_search import indexing, stemming
from minutebook_search import words as words_room
from minutebook_search.answering import AnsweringEngine
from minutebook_search.documents import SearchDocument, digest_of, newest_first
from minutebook_search.engine import Expansion, Weights
from minutebook_search.indexing import Indexer
from minutebook_search.query import Synonyms
from minutebook_search.stemming import stem

_STEMS, _WORDS = "stems", "words"
_FILE = "index.sqlite"
_BREAK = "|"  # stands between two passages, so that no phrase runs from one into the next
_K1, _B = 1.2, 0.75  # what FTS5 has, and does not let be changed
_LEAST = 1e-6  # what FTS5 takes for the rarity of a term that is in half of all documents or more

Say = Callable[[str], None]


def is_available() -> bool:
    """Return whether this Python's SQLite has FTS5, and can keep a database in memory."""
    with sqlite3.connect(":memory:") as database:
        options = {str(option) for (option,) in database.execute("PRAGMA compile_options")}
        return "ENABLE_FTS5" in options and hasattr(database, "deserialize")


def open_engine(
    documents: Iterable[SearchDocument],
    cache: Path | None = None,
    say: Say | None = None,
    synonyms: Synonyms | None = None,
) -> Fts5Engine:
    """Return an engine for these documents; as `whoosh_engine.open_engine`."""
    ordered = newest_first(documents)
    key_path = user_key_path()
    index_cache = SignedCache(cache, key_path) if cache is not None and key_path is not None else None
    database = _load(index_cache) if index_cache is not None else None
    if database is not None and not _ids(database) <= {document.id for document in ordered}:
        database = None  # nothing of a record that is here no more may stay, and what SQLite deletes does
    if database is None:
        database = _empty()
    if _bring_up_to_date(database, ordered, say) and index_cache is not None:
        index_cache.save(_made_by(), {_FILE: database.serialize()})
    return Fts5Engine(ordered, database, synonyms)


def kept_ids(cache: Path) -> frozenset[str] | None:
    """Return the ids of the documents of which an index is kept at `cache`; as `whoosh_engine.kept_ids`."""
    key_path = user_key_path()
    database = _load(SignedCache(cache, key_path)) if key_path is not None else None
    return frozenset(_ids(database)) if database is not None else None


def _made_by() -> dict[str, str]:
    return {"sqlite": sqlite3.sqlite_version, "code": _code()}


def _empty() -> sqlite3.Connection:
    # No two threads ask it at once, but two may ask it in turn.
    return sqlite3.connect(":memory:", check_same_thread=False)


def _load(index_cache: SignedCache) -> sqlite3.Connection | None:
    files = index_cache.load(_made_by())
    if files is None:
        return None
    database = _empty()
    database.deserialize(files[_FILE])
    return database


def _ids(database: sqlite3.Connection) -> set[str]:
    return {name for (name,) in database.execute("SELECT id FROM documents")}


def _code() -> str:
    """A fingerprint of the code that decides what an index holds, so that none outlives a change of it."""
    rooms = (sys.modules[__name__], documents_room, words_room, indexing, stemming)
    return hashlib.sha256(b"".join(Path(str(room.__file__)).read_bytes() for room in rooms)).hexdigest()


# -- writing ------------------------------------------------------------------------------------


def _bring_up_to_date(
    database: sqlite3.Connection, documents: Sequence[SearchDocument], say: Say | None
) -> bool:
    """Make the database hold these documents, and say whether it did not."""
    weights = sorted({passage.weight for document in documents for passage in document.passages})
    digests = {str(document.id): digest_of(document) for document in documents}
    held: dict[str, tuple[int, str]] = {}
    if _weights(database) == weights:
        held = {
            name: (row, digest)
            for row, name, digest in database.execute("SELECT row, id, digest FROM documents")
        }
    else:
        _make_tables(database, weights)
    gone = [row for name, (row, digest) in held.items() if digests.get(name) != digest]
    missing = [one for one in documents if held.get(one.id, (0, ""))[1] != digests[one.id]]
    if not gone and not missing:
        return not held
    if say is not None:
        say(f"indexing {len(missing):,} records" + ("" if held else ", once until they change"))
    with database:
        for table, column in ((_STEMS, "rowid"), (_WORDS, "rowid"), ("documents", "row")):
            database.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((row,) for row in gone))
        _add(database, missing, weights, digests)
    return True


def _weights(database: sqlite3.Connection) -> list[float] | None:
    """The weights that the tables have columns for; None where there are no tables."""
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'weights'").fetchone():
        return None
    return [weight for (weight,) in database.execute("SELECT weight FROM weights ORDER BY weight")]


def _make_tables(database: sqlite3.Connection, weights: Sequence[float]) -> None:
    columns = ", ".join(f"w{number}" for number in range(len(weights))) or "w0"
    # The words are split already: what stands between two spaces is one.
    tokens = f"ascii tokenchars '.{_BREAK}'"
    for name in (f"{_STEMS}_vocabulary", f"{_WORDS}_vocabulary", _STEMS, _WORDS, "documents", "weights"):
        database.execute(f"DROP TABLE IF EXISTS {name}")
    database.execute("CREATE TABLE weights (weight REAL)")
    database.executemany("INSERT INTO weights VALUES (?)", ((weight,) for weight in weights))
    database.execute(
        "CREATE TABLE documents (row INTEGER PRIMARY KEY, id TEXT, digest TEXT, stems INTEGER, words INTEGER)"
    )
    for name in (_STEMS, _WORDS):
        database.execute(f'CREATE VIRTUAL TABLE {name} USING fts5({columns}, tokenize="{tokens}")')
        database.execute(f"CREATE VIRTUAL TABLE {name}_vocabulary USING fts5vocab({name}, row)")


def _add(
    database: sqlite3.Connection,
    documents: Iterable[SearchDocument],
    weights: Sequence[float],
    digests: Mapping[str, str],
) -> None:
    indexer = Indexer(stem)
    marks = ", ".join("?" * (max(1, len(weights)) + 1))
    (last,) = database.execute("SELECT coalesce(max(row), 0) FROM documents").fetchone()
    for row, document in enumerate(documents, last + 1):
        read = indexer.read(document)
        stems = {weight: list[str]() for weight in weights}
        words = {weight: list[str]() for weight in weights}
        for weight, found in read.stems:
            stems[weight] += found
        for weight, line in read.lines:
            words[weight] += (*line, _BREAK)
        counts = (sum(map(len, stems.values())), sum(map(len, words.values())))
        database.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?)", (row, document.id, digests[document.id], *counts)
        )
        for table, texts in ((_STEMS, stems), (_WORDS, words)):
            values = [" ".join(texts[weight]) for weight in weights] or [""]
            database.execute(
                f"INSERT INTO {table} (rowid, {_columns(weights)}) VALUES ({marks})", (row, *values)
            )


def _columns(weights: Sequence[float]) -> str:
    return ", ".join(f"w{number}" for number in range(max(1, len(weights))))


# -- reading ------------------------------------------------------------------------------------


class Fts5Engine(AnsweringEngine):
    """Answers queries from a database of SQLite with full-text tables, and the documents it was made from."""

    def __init__(
        self,
        documents: Sequence[SearchDocument],
        database: sqlite3.Connection,
        synonyms: Synonyms | None = None,
    ) -> None:
        super().__init__(documents, _Fts5Index(documents, database), synonyms or Synonyms())


class _Fts5Index:
    """The terms of the database, by the numbers of the documents."""

    def __init__(self, documents: Sequence[SearchDocument], database: sqlite3.Connection) -> None:
        self._database = database
        numbers = {str(document.id): number for number, document in enumerate(documents)}
        self._numbers: dict[int, int] = {}
        self.lengths = [0] * len(documents)
        self._norms: dict[str, dict[int, float]] = {_STEMS: {}, _WORDS: {}}
        rows = database.execute("SELECT row, id, stems, words FROM documents").fetchall()
        averages = {
            _STEMS: sum(row[2] for row in rows) / len(rows) if rows else 1.0,
            _WORDS: sum(row[3] for row in rows) / len(rows) if rows else 1.0,
        }
        for row, name, stems, words in rows:
            self._numbers[row] = numbers[name]
            self.lengths[numbers[name]] = stems
            for table, length in ((_STEMS, stems), (_WORDS, words)):
                self._norms[table][row] = _K1 * (1 - _B + _B * length / (averages[table] or 1.0))
        weights = [weight for (weight,) in database.execute("SELECT weight FROM weights ORDER BY weight")]
        self._bm25 = ", ".join(["bm25({table}", *(repr(float(weight)) for weight in weights)]) + ")"

    def postings(self, stem: str) -> Weights:
        """Return the documents that have a stem, with the weight it has in them."""
        return self._weights(_STEMS, _quoted([stem]))

    def row(self, printed: Sequence[str]) -> Collection[int]:
        """Return the documents in one passage of which these printed words stand one after another."""
        found = self._database.execute(
            f"SELECT rowid FROM {_WORDS} WHERE {_WORDS} MATCH ?", (_quoted(printed),)
        )
        return {self._numbers[row] for (row,) in found}

    def beginning(self, letters: str, limit: int) -> Expansion:
        """Return where the printed words stand that begin with these letters, of no more than `limit` of them."""
        words = self._database.execute(
            f"SELECT term FROM {_WORDS}_vocabulary WHERE term >= ? AND term < ? AND term <> ? ORDER BY term LIMIT ?",
            (letters, letters + chr(sys.maxunicode), _BREAK, limit + 1),
        ).fetchall()
        if len(words) <= limit:
            return Expansion(self._weights(_WORDS, f"{_quoted([letters])} *"), is_cut=False)
        found: dict[int, float] = {}
        for (word,) in words[:limit]:
            for number, weight in self._weights(_WORDS, _quoted([word])).items():
                found[number] = found.get(number, 0.0) + weight
        return Expansion(found, is_cut=True)

    def vocabulary(self) -> Mapping[str, int]:
        """Return every printed word with the number of documents that have it."""
        return self._vocabulary

    @cached_property
    def _vocabulary(self) -> Mapping[str, int]:
        found = self._database.execute(
            f"SELECT term, doc FROM {_WORDS}_vocabulary WHERE term <> ?", (_BREAK,)
        )
        return dict(found.fetchall())

    def _weights(self, table: str, match: str) -> Weights:
        """The weight of one term, or of all that begins with it, in each document: from the score that FTS5 gives."""
        found = self._database.execute(
            f"SELECT rowid, {self._bm25.format(table=table)} FROM {table} WHERE {table} MATCH ?", (match,)
        ).fetchall()
        count, having = len(self._numbers), len(found)
        rarity = math.log((count - having + 0.5) / (having + 0.5))
        factor = (rarity if rarity > 0 else _LEAST) * (_K1 + 1)
        norms, numbers = self._norms[table], self._numbers
        # score = factor * weight / (weight + norm), turned round; a score of FTS5 is less than nothing.
        return {
            numbers[row]: round(-score * norms[row] / (factor + score), 4) if score else 0.0
            for row, score in found
        }


def _quoted(printed: Sequence[str]) -> str:
    """Words as a phrase of FTS5. No word has a quotation mark in it."""
    return f'"{" ".join(printed)}"'
