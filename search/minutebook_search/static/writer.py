"""Search documents to the files of the static index, each with its name: the same bytes for the same documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from minutebook.records import RECORD_TYPES
from minutebook.workers import settled, usual_jobs
from minutebook_search.documents import Passage, SearchDocument, newest_first
from minutebook_search.facets import Register
from minutebook_search.query import Filter
from minutebook_search.query.filters import FIELDS
from minutebook_search.ranking import kind_weight
from minutebook_search.static import columns, lexicon, pairs, records, vocabulary
from minutebook_search.static.aside import Aside, Shelf
from minutebook_search.static.encoding import DIGEST_BYTES, FORMAT, compressed, framed, in_browser_order
from minutebook_search.static.entries import F32, FINGERPRINT_BITS, form_entries, pair_entries
from minutebook_search.static.lots import Work, lots_of, packed_of
from minutebook_search.static.tokens import Batch, Tokens, hash_of
from minutebook_search.words import key_of

_WORTH_SHARING = 20_000  # documents: with fewer, what two processes both learn takes as long as they save
_MOST_GROUPS = 32  # of files of a family that are named together
_THREADS = 1  # that compress postings, while the next are made

Stem = Callable[[str], str]
"""A function that returns the stem of a word."""


@dataclass(frozen=True, slots=True)
class StaticIndex:
    """A finished index: its edition, which is a digest of its start file and so of all content, and its files by path."""

    edition: str
    start: str  # the path of the file to begin with
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Contents:
    """What to complete documents with when they are read, and what readers take away of each."""

    passages: Callable[[SearchDocument], tuple[Passage, ...]] | None = None
    taken: Callable[[SearchDocument], records.Taken] = lambda _: records.Taken("")

    def complete(self, document: SearchDocument) -> SearchDocument:
        """Return a document with its passages."""
        return document if self.passages is None else replace(document, passages=self.passages(document))


def write_index(
    documents: Iterable[SearchDocument],
    stem: Stem,
    synonyms: Sequence[Sequence[str]] = (),
    contents: Contents | None = None,
    jobs: int | None = None,
) -> StaticIndex:
    """Return the index of these documents, made by `jobs` processes: as many as are usual, unless there is little to do.

    Documents may come without their passages, and get them from `contents` one after another.
    """
    # The numbers of a range of dates then follow one another, and the highest of equals is shown first.
    ordered = newest_first(documents)[::-1]
    if jobs is None:
        jobs = usual_jobs() if len(ordered) >= _WORTH_SHARING else 1
    with settled():
        return _written(ordered, stem, synonyms, contents or Contents(), jobs)


def _written(
    ordered: Sequence[SearchDocument],
    stem: Stem,
    synonyms: Sequence[Sequence[str]],
    contents: Contents,
    jobs: int,
) -> StaticIndex:
    names = _names(ordered)
    read: dict[str, SearchDocument] = {}  # what was completed to count its words, a few thousand

    def completed_to_keep(document: SearchDocument) -> SearchDocument:
        read[document.id] = contents.complete(document)
        return read[document.id]

    def completed(document: SearchDocument) -> SearchDocument:
        return read.pop(document.id, None) or contents.complete(document)

    dictionary = records.frequent_words(ordered, completed_to_keep)
    per_file = records.texts_per_file(len(ordered))
    called = {"type": {record_type.noun: record_type.heading for record_type in RECORD_TYPES}}

    def packed(some: Sequence[SearchDocument]) -> records.Packed:
        return records.pack_records(some, names, contents.taken, dictionary, per_file)

    tokens, batches, waiting = Tokens(stem), [], []
    with Shelf() as shelf:
        for lot in lots_of(Work(ordered, completed, packed, tokens), per_file, jobs):
            batches.append(lot.batch)
            waiting.append((lot.checks, shelf.put(lot.made)))
            del lot
        forms = tokens.forms.all()
        del tokens
        words = _write_words(ordered, batches, forms, stem, dictionary.key, jobs)
        shown = [packed_of(checks, taken_back()) for checks, taken_back in waiting]
    written = records.write_records(shown, dictionary, per_file)
    del shown
    in_pieces = {"records": list(written.slots), "texts": list(written.texts), **words.in_pieces}
    told = {**written.told, **words.told}
    del written
    facets = [columns.write_facet(field, ordered, called.get(field, names)) for field in columns.FACETS]
    # What is compressed as a whole; in the other files stand pieces that are fetched by themselves.
    whole = {"columns": [columns.write_dates(ordered), *facets], **words.whole}
    named = _Named()
    groups = {family: named.add(family, list(map(compressed, bodies))) for family, bodies in whole.items()}
    del words
    while in_pieces:  # one family after the other, so that no more than one is there twice
        family, pieces = in_pieces.popitem()
        groups[family] = named.add(family, pieces)
        del pieces
    start = {
        "format": FORMAT,
        "documents": len(ordered),
        "steps": lexicon.steps_for(len(ordered)),
        "facets": columns.FACETS,
        "councils": {
            one: names.get(one, one.replace("-", " ").capitalize())
            for one in sorted({one.council for one in ordered})
        },
        "key": dictionary.key.hex(),
        **told,
        "groups": groups,
        "synonyms": synonyms,
    }
    said = json.dumps(start, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (edition,) = named.add("start", [compressed(said.encode("utf-8"))])[1:]
    return StaticIndex(str(edition), path_of(str(edition), "start", 0), named.files)


@dataclass(frozen=True, slots=True)
class _Words:
    """What words are found by: the files that are in pieces, those to be compressed as a whole, what the start file says."""

    in_pieces: dict[str, list[bytes]]
    whole: dict[str, list[bytes]]
    told: dict[str, object]


def _write_words(
    documents: Sequence[SearchDocument],
    batches: list[Batch],
    forms: Sequence[tuple[str, str]],
    stem: Stem,
    key: bytes,
    jobs: int,
) -> _Words:
    """Write what words are found by; pairs beside all else, where there are several processes. The batches are used up."""
    kinds = _kinds(documents)
    with ExitStack() as held:
        aside = None
        if jobs > 1:
            aside = held.enter_context(Aside(lambda: (None, _pairs(batches, forms, key))))
            paired = []
        else:
            paired = list(_pairs(batches, forms, key))
        places = sorted(
            range(len(forms)), key=lambda n: (in_browser_order(forms[n][1]), in_browser_order(forms[n][0]))
        )
        order = np.zeros(len(forms) + 1, dtype=np.uint32)
        order[np.array(places, dtype=np.int64) + 1] = np.arange(len(forms), dtype=np.uint32)
        in_order = [forms[place] for place in places]
        found = form_entries(batches, order, len(documents))
        frequencies = np.diff(found.bounds(len(forms))).tolist()
        vocabulary_files, first_words = vocabulary.write_vocabulary(in_order, stem)
        spelling_files, first_places = vocabulary.write_spelling(in_order, frequencies)
        # Documents are looked at last, when pairs are mostly done: of what one process touches of the
        # records while another lives, there are two copies.
        keys = chain(lexicon.word_entries(found, in_order, kinds), _field_entries(documents))
        with ThreadPoolExecutor(_THREADS) as pool:
            shards = lexicon.write_lexicon(keys, key, pool)
        if aside is not None:
            _, paired = aside.result()
    told: dict[str, object] = {
        "firstKeys": shards.first_keys,
        "firstWords": first_words,
        "firstPlaces": first_places,
        "pairFiles": len(paired),
        "fingerprintBits": FINGERPRINT_BITS,
        "blockBits": pairs.BLOCK_BITS,
    }
    whole = {"vocabulary": vocabulary_files, "spelling": spelling_files, "lexicon": shards.lexicon}
    return _Words({"pairs": paired, "postings": shards.postings, "tops": shards.tops}, whole, told)


def _pairs(batches: list[Batch], forms: Sequence[tuple[str, str]], key: bytes) -> Iterator[bytes]:
    """The files of pairs."""
    hashes = np.array([0, *(hash_of(printed) for printed, _ in forms)], dtype=np.uint32)
    yield from pairs.write_pairs(pair_entries(batches, hashes, pairs.PER_FILE), key)


def _kinds(documents: Sequence[SearchDocument]) -> F32:
    return np.array([kind_weight(document.type) for document in documents], dtype=np.float32)


def _field_entries(documents: Sequence[SearchDocument]) -> Iterator[lexicon.Entry]:
    """The entries of fields; nothing is done before the first is asked for."""
    yield from lexicon.field_entries(_by_name(documents))


def _by_name(documents: Sequence[SearchDocument]) -> dict[str, Collection[int]]:
    """Each value of a field under each name that it goes by, as `body:programme board`, and who has it."""
    register = Register(documents)
    found: dict[str, Collection[int]] = {}
    for field in FIELDS:
        if field != "date":
            for name in register.values(field):
                if key := key_of(name):
                    found[f"{field}:{key}"] = register.chosen(Filter(field, name, 0)).numbers
    return found


def _names(documents: Iterable[SearchDocument]) -> dict[str, str]:
    """The title of each record, and that of a council also under its slug."""
    names = {}
    for document in documents:
        names[str(document.id)] = document.title
        if document.id.folder == "council":
            names[document.council] = document.title
    return names


class _Named:
    """Files under the names that their content earns, a group of them at a time.

    What has changed has another name, so that no cache is stale; what has not keeps its own, so that it
    is neither fetched nor sent to a host again. A name for each file would make the start file long.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def add(self, family: str, bodies: Sequence[bytes]) -> list[int | str]:
        """Return how many files a group of this family has, and the name of each group."""
        size = _round(-(-len(bodies) // _MOST_GROUPS))
        told: list[int | str] = [size]
        for first in range(0, len(bodies), size):
            group = bodies[first : first + size]
            digest = hashlib.sha256(f"{FORMAT} {family} {first}\n".encode("ascii"))
            for body in group:
                digest.update(len(body).to_bytes(8, "big") + body)
            name = digest.digest()[:DIGEST_BYTES]
            for number, body in enumerate(group, first):
                self.files[path_of(name.hex(), family, number)] = framed(name, family, number, body)
            told.append(name.hex())
        return told


def _round(size: int) -> int:
    """The next of 1, 2, 3, 4, 6, 8, 12, 16, …: so that a file more does not divide all of them anew."""
    step = 1 << max(0, size.bit_length() - 2)
    return max(1, -(-size // step) * step)


def path_of(group: str, family: str, number: int) -> str:
    """Return the path of a file of the index, from the folder of the search page."""
    return f"index/{group}/{family}-{number}.bin"
