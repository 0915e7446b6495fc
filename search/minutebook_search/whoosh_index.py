"""Whoosh, and the only room that knows it: a stretch of documents to the files of an index, and back.

Of Whoosh this keeps the order of terms, their postings and their weights. What a word is, its score and
the algebra of a query are settled elsewhere, for every engine alike.
"""

from __future__ import annotations

import tempfile
import warnings
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from minutebook_search.indexing import IndexedDocument

with warnings.catch_warnings():
    # Whoosh 2.7.4 is from 2016 and pinned. Python warns of its backslashes and of `is` beside a
    # literal whenever it compiles a module of it: all that are used are loaded here, in silence.
    warnings.simplefilter("ignore")
    import whoosh
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PostingsWriter
    from whoosh.fields import FieldType, Schema
    from whoosh.filedb.filestore import FileStorage, RamStorage
    from whoosh.formats import Existence

VERSION = str(whoosh.versionstring())

STEMS, WORDS = "stems", "words"  # the fields: by stem, and as printed
_BLOCK = 1 << 16  # postings in a block: each is a pickle, and hundreds of small ones take longer than one
_COMPRESSION = 1  # of zlib; more takes longer and saves little


class _Terms(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field whose terms come ready: what a word is, is settled in one room for every reader."""


_Field = tuple[str, Iterable[tuple[bytes, "array[int]", "array[float]"]]]


class _Postings:
    """The postings of all terms until they are written, in place of a pool that sorts millions of them."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, tuple[array[int], array[float]]]] = {STEMS: {}, WORDS: {}}

    def add(self, field: str, number: int, weights: Mapping[str, float]) -> None:
        """Add the terms of a document; documents come in the order of their numbers."""
        terms = self._fields[field]
        for term, weight in weights.items():
            if (known := terms.get(term)) is None:
                known = terms[term] = (array("I"), array("f"))
            known[0].append(number)
            known[1].append(weight)

    def counts(self, field: str) -> dict[str, int]:
        """Return each term of a field with the number of documents that have it, in alphabetical order."""
        return {term: len(documents) for term, (documents, _) in sorted(self._fields[field].items())}

    def iter_postings(self) -> Iterator[_Field]:
        """Yield each field with its terms, their documents and weights, in the order that the codec wants."""
        for field, terms in sorted(self._fields.items()):
            encoded = sorted((term.encode("utf-8"), term) for term in terms)
            yield field, ((code, *terms[term]) for code, term in encoded)

    def cleanup(self) -> None:
        """Leave nothing behind; a pool of Whoosh would have files."""


class _PostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Takes a term's postings as they are: one by one, each with four assertions, takes ten times as long."""

    def add_all(self, documents: array[int], weights: array[float]) -> None:
        """Add all postings of the term."""
        for start in range(0, len(documents), self._blocklimit):
            if start:
                self._write_block()
            self._ids = documents[start : start + self._blocklimit]
            self._weights = weights[start : start + self._blocklimit]
            self._maxweight = max(self._weights)


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    def add_postings(self, schema: Any, _: Any, items: Iterable[_Field]) -> None:
        """Write the terms of each field in their order."""
        for field, terms in items:
            self.start_field(field, schema[field])
            for term, documents, weights in terms:
                self.start_term(term)
                self._postwriter.add_all(documents, weights)
                self.finish_term()
            self.finish_field()


class _Codec(W3Codec):  # type: ignore[misc]
    length_stats = False  # lengths are kept elsewhere

    def __init__(self) -> None:
        super().__init__(blocklimit=_BLOCK, compression=_COMPRESSION)

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        """Return our writer of fields."""
        return _FieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _PostingsWriter:
        """Return our writer of postings."""
        return _PostingsWriter(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)


def write_index(documents: Iterable[IndexedDocument]) -> tuple[dict[str, bytes], dict[str, int]]:
    """Return the files of an index of documents, numbered from 0, and its vocabulary: who has each printed word."""
    # Whoosh writes its intermediate files where its storage lies: in a folder that is only ours.
    with tempfile.TemporaryDirectory(prefix="minutebook-") as folder:
        index = FileStorage(folder).create_index(
            Schema(**{field: _Terms(Existence(), None) for field in (STEMS, WORDS)})
        )
        writer = index.writer(codec=_Codec(), compound=False)
        writer.pool = _Postings()
        for number, document in enumerate(documents):
            writer.pool.add(STEMS, number, document.stems)
            writer.pool.add(WORDS, number, document.words)
            writer.add_document()
        vocabulary = writer.pool.counts(WORDS)
        writer.commit()
        index.close()
        files = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir()) if path.is_file()}
    return files, vocabulary


class TermReader:
    """Reads the files of an index. To open them runs what they say: only files that we signed come here."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        storage = RamStorage()
        storage.files = dict(files)
        self._reader = storage.open_index().reader()

    def postings(self, field: str, term: str) -> Iterator[tuple[Iterable[int], Iterable[float]]]:
        """Yield the documents that have a term, in blocks, with the weights it has in them."""
        if (field, term) not in self._reader:
            return
        matcher = self._reader.postings(field, term)
        while matcher.is_active():
            # A block at a time: one posting at a time, by `id`, `weight` and `next`, takes ten times as long.
            matcher._read_data()
            matcher._read_weights()
            yield accumulate(matcher._data[0]), matcher._weights
            matcher._next_block()
