"""Search documents to the files of the static index, each with its name: the same bytes for the same documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain

import numpy as np

from minutebook.records import RECORD_TYPES
from minutebook_search.documents import SearchDocument, newest_first
from minutebook_search.facets import Register
from minutebook_search.query import Filter
from minutebook_search.query.filters import FIELDS
from minutebook_search.ranking import kind_weight
from minutebook_search.static import columns, lexicon, pairs, records, vocabulary
from minutebook_search.static.encoding import DIGEST_BYTES, FORMAT, compressed, framed, in_browser_order
from minutebook_search.static.entries import F32, FINGERPRINT_BITS, form_entries, pair_entries
from minutebook_search.static.tokens import Tokens, hash_of
from minutebook_search.words import key_of

_BATCH = 8_192  # documents that are turned to numbers at once
_MOST_GROUPS = 32  # of files of a family that are named together
_THREADS = 2  # that compress, while the rest is made

Stem = Callable[[str], str]
"""A function that returns the stem of a word."""


@dataclass(frozen=True, slots=True)
class StaticIndex:
    """A finished index: its edition, which is a digest of its start file and so of all content, and its files by path."""

    edition: str
    start: str  # the path of the file to begin with
    files: Mapping[str, bytes]


def write_index(
    documents: Iterable[SearchDocument],
    stem: Stem,
    synonyms: Sequence[Sequence[str]] = (),
    taken: Mapping[str, records.Taken] | None = None,
) -> StaticIndex:
    """Return the index of these documents. `taken` is what readers take away of a record, by its id."""
    # The numbers of a range of dates then follow one another, and the highest of equals is shown first.
    ordered = newest_first(documents)[::-1]
    names = _names(ordered)
    dictionary = records.frequent_words(ordered)
    named = _Named()
    with ThreadPoolExecutor(_THREADS) as pool, ThreadPoolExecutor(1) as beside:

        def pack(body: bytes) -> Future[bytes]:
            return pool.submit(compressed, body)

        # Compressing records leaves most of the time to others; what words are found by is made in it.
        writing = beside.submit(records.write_records, ordered, names, taken or {}, dictionary, pool)
        # What is compressed as a whole; in the other files stand pieces that are fetched by themselves.
        bodies: dict[str, list[Future[bytes]]] = {}
        called = {"type": {record_type.noun: record_type.heading for record_type in RECORD_TYPES}}
        facets = [columns.write_facet(field, ordered, called.get(field, names)) for field in columns.FACETS]
        bodies["columns"] = [pack(body) for body in (columns.write_dates(ordered), *facets)]
        in_pieces, told = _write_words(ordered, stem, dictionary.key, bodies, pack, pool)
        groups = {
            family: named.add(family, [one.result() for one in some]) for family, some in bodies.items()
        }
        while in_pieces:  # one family after the other, so that no more than one is there twice
            family, some = in_pieces.popitem()
            groups[family] = named.add(family, some)
            del some
        written = writing.result()
        groups["records"] = named.add("records", written.slots)
        groups["texts"] = named.add("texts", written.texts)
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
        **written.told,
        **told,
        "groups": groups,
        "synonyms": synonyms,
    }
    said = json.dumps(start, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (edition,) = named.add("start", [compressed(said.encode("utf-8"))])[1:]
    return StaticIndex(str(edition), path_of(str(edition), "start", 0), named.files)


def _write_words(
    documents: Sequence[SearchDocument],
    stem: Stem,
    key: bytes,
    bodies: dict[str, list[Future[bytes]]],
    pack: Callable[[bytes], Future[bytes]],
    pool: Executor,
) -> tuple[dict[str, Sequence[bytes]], dict[str, object]]:
    """Write what words are found by: the files that are in pieces, and what the start file says, are returned."""
    tokens = Tokens(stem)
    batches = [
        tokens.batch(first, documents[first : first + _BATCH]) for first in range(0, len(documents), _BATCH)
    ]
    forms = tokens.forms.all()
    hashes = np.array([0, *(hash_of(printed) for printed, _ in forms)], dtype=np.uint32)
    places = sorted(
        range(len(forms)), key=lambda n: (in_browser_order(forms[n][1]), in_browser_order(forms[n][0]))
    )
    order = np.zeros(len(forms) + 1, dtype=np.uint32)
    order[np.array(places, dtype=np.int64) + 1] = np.arange(len(forms), dtype=np.uint32)
    in_order = [forms[place] for place in places]

    entries = pair_entries(batches, hashes, pairs.PER_FILE)
    paired = [one.result() for one in list(pairs.write_pairs(entries, key, pool))]
    del entries
    found = form_entries(batches, order, len(documents))
    frequencies = np.diff(found.bounds(len(forms))).tolist()
    bodies["vocabulary"], first_words = vocabulary.write_vocabulary(in_order, stem, pack)
    bodies["spelling"], first_places = vocabulary.write_spelling(in_order, frequencies, pack)
    keys = chain(
        lexicon.word_entries(found, in_order, _kinds(documents)),
        lexicon.field_entries(_by_name(documents)),
    )
    shards = lexicon.write_lexicon(keys, key, pack, pool)
    bodies["lexicon"] = shards.lexicon
    told: dict[str, object] = {
        "firstKeys": shards.first_keys,
        "firstWords": first_words,
        "firstPlaces": first_places,
        "pairFiles": len(paired),
        "fingerprintBits": FINGERPRINT_BITS,
        "blockBits": pairs.BLOCK_BITS,
    }
    return {"pairs": paired, "postings": shards.postings, "tops": shards.tops}, told


def _kinds(documents: Sequence[SearchDocument]) -> F32:
    return np.array([kind_weight(document.type) for document in documents], dtype=np.float32)


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
