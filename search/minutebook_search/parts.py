"""An index in parts: what is kept of a run of documents, and which of them are still as they were.

A record that changes makes the part that holds it no worse: its old document is passed over, and the
new one goes into a part of its own. So an update costs what changed, until many parts become one.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context

from minutebook.signed_cache import Files
from minutebook_search.documents import SearchDocument
from minutebook_search.indexing import Indexer
from minutebook_search.printed_texts import PrintedTexts
from minutebook_search.stemming import stem
from minutebook_search.whoosh_index import TermReader, write_index

TWO_PROCESSES = 3_000  # documents from which a second process saves more time than it takes to start

_KEYS, _LENGTHS, _TEXT, _ENDS, _WORDS = "keys", "lengths", "text", "ends", "words"
_INDEX = "index/"


@dataclass(frozen=True, slots=True)
class Key:
    """Which document a part holds: its id, and a fingerprint of its text."""

    id: str
    digest: str


class IndexPart:
    """One run of documents as files: who they are, their stems in an index of Whoosh, their printed words."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.keys = [Key(*key) for key in json.loads(files[_KEYS])]
        self.lengths = _array("I", files[_LENGTHS])
        self.texts = PrintedTexts(files[_TEXT], _array("Q", files[_ENDS]))

    @cached_property
    def reader(self) -> TermReader:
        """The terms of the documents. To open it runs what the files say: see `signed_cache`."""
        inner = {name: content for name, content in self.files.items() if name.startswith(_INDEX)}
        return TermReader({name.removeprefix(_INDEX): content for name, content in inner.items()})

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Every printed word with the number of documents that have it."""
        lines = (line.rpartition(" ") for line in self.files[_WORDS].decode("utf-8").splitlines())
        return {word: int(count) for word, _, count in lines}


def make_part(documents: Sequence[SearchDocument], keys: Sequence[Key]) -> Files:
    """Return the files of a part with these documents."""
    indexer = Indexer(stem)
    indexed = [indexer.index(document) for document in documents]
    texts = PrintedTexts.of(one.printed for one in indexed)
    index, vocabulary = write_index(indexed)
    return {
        _KEYS: json.dumps([[key.id, key.digest] for key in keys]).encode("ascii"),
        _LENGTHS: array("I", (one.length for one in indexed)).tobytes(),
        _TEXT: texts.text,
        _ENDS: array("Q", texts.ends).tobytes(),
        _WORDS: "\n".join([f"{word} {count}" for word, count in vocabulary.items()]).encode("utf-8"),
        **{f"{_INDEX}{name}": content for name, content in index.items()},
    }


def make_parts(documents: Sequence[SearchDocument], keys: Sequence[Key]) -> list[Files]:
    """Return the files of the parts that hold these documents: two, made side by side, where there are many."""
    if len(documents) >= TWO_PROCESSES:
        half = len(documents) // 2
        try:
            # Not forked: a process with threads, as a server is, may not be.
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
                second = other.submit(make_part, documents[half:], keys[half:])
                first = make_part(documents[:half], keys[:half])
                return [first, second.result()]
        except (BrokenProcessPool, OSError):
            pass  # where no second process can be had, this one does it all
    return [make_part(documents, keys)]


def pack(parts: Iterable[Files]) -> dict[str, bytes]:
    """Return the files of all parts under names of their own."""
    return {
        f"{number}/{name}": content for number, files in enumerate(parts) for name, content in files.items()
    }


def unpack(files: Files) -> list[IndexPart]:
    """Return the parts whose files these are."""
    found: dict[int, dict[str, bytes]] = {}
    for path, content in files.items():
        number, _, name = path.partition("/")
        found.setdefault(int(number), {})[name] = content
    return [IndexPart(found[number]) for number in sorted(found)]


def _array(kind: str, content: bytes) -> array[int]:
    values: array[int] = array(kind)
    values.frombytes(content)
    return values
