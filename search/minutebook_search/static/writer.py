"""Search documents to the files of the static index, each with its name: the same bytes for the same documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain

import numpy as np

from minutebook.records import RECORD_TYPES
from minutebook_search.documents import SearchDocument
from minutebook_search.facets import Register
from minutebook_search.query import Filter
from minutebook_search.query.filters import FIELDS
from minutebook_search.ranking import kind_weight
from minutebook_search.static import columns, lexicon, pairs, records, vocabulary
from minutebook_search.static.encoding import (
    EDITION_BYTES,
    FORMAT,
    compressed,
    framed,
    in_browser_order,
)
from minutebook_search.static.entries import F32, FINGERPRINT_BITS, form_entries, pair_entries
from minutebook_search.static.tokens import Tokens, hash_of
from minutebook_search.words import key_of

_BATCH = 8_192  # documents that are turned to numbers at once
_THREADS = 2  # that compress, while the rest is made

Stem = Callable[[str], str]
"""A function that returns the stem of a word."""


@dataclass(frozen=True, slots=True)
class StaticIndex:
    """A finished index: its edition, which is a digest of all its content, and its files by path."""

    edition: str
    start: str  # the path of the file to begin with
    files: Mapping[str, bytes]


def write_index(
    documents: Iterable[SearchDocument],
    stem: Stem,
    synonyms: Sequence[Sequence[str]] = (),
    citations: Mapping[str, str] | None = None,
) -> StaticIndex:
    """Return the index of these documents. `citations` are what to cite a record with, by its id."""
    unordered = sorted(documents, key=lambda document: document.id)
    ordered = [unordered[place] for place in columns.in_date_order(unordered)]
    names = _names(ordered)
    with ThreadPoolExecutor(_THREADS) as pool:

        def pack(body: bytes) -> Future[bytes]:
            return pool.submit(compressed, body)

        bodies: dict[str, list[Future[bytes]]] = {}
        texts = records.write_records(ordered, names, citations or {})
        said = {"type": {record_type.noun: record_type.heading for record_type in RECORD_TYPES}}
        facets = [columns.write_facet(field, ordered, said.get(field, names)) for field in columns.FACETS]
        bodies["columns"] = [pack(body) for body in (columns.write_dates(ordered), *facets)]
        start = {
            "format": FORMAT,
            "documents": len(ordered),
            "steps": lexicon.steps_for(len(ordered)),
            "facets": columns.FACETS,
            **texts.told,
            **_write_words(ordered, stem, bodies, pack),
            "synonyms": synonyms,
        }
        told = json.dumps(start, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        bodies["start"] = [pack(told.encode("utf-8"))]
        packed = {family: [one.result() for one in bodies[family]] for family in sorted(bodies)}
    return _named({**packed, "records": texts.bodies})


def _write_words(
    documents: Sequence[SearchDocument],
    stem: Stem,
    bodies: dict[str, list[Future[bytes]]],
    pack: Callable[[bytes], Future[bytes]],
) -> dict[str, object]:
    """Write what words are found by, and return what the start file says of it."""
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
    bodies["pairs"] = list(pairs.write_pairs(entries, pack))
    del entries
    found = form_entries(batches, order, len(documents))
    batches.clear()
    frequencies = np.bincount(found.forms, minlength=len(forms)).tolist()
    bodies["vocabulary"], first_words = vocabulary.write_vocabulary(in_order, stem, pack)
    bodies["spelling"], first_places = vocabulary.write_spelling(in_order, frequencies, pack)
    keys = chain(
        lexicon.word_entries(found, in_order, _kinds(documents)),
        lexicon.field_entries(_by_name(documents)),
    )
    shards = lexicon.write_lexicon(keys, pack)
    bodies["lexicon"], bodies["postings"] = shards.lexicon, shards.postings
    bodies["forms"], bodies["tops"] = shards.forms, shards.tops
    return {
        "firstKeys": shards.first_keys,
        "firstWords": first_words,
        "firstPlaces": first_places,
        "pairFiles": len(bodies["pairs"]),
        "fingerprintBits": FINGERPRINT_BITS,
    }


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


def _named(packed: Mapping[str, Sequence[bytes]]) -> StaticIndex:
    """Give every file the name that its content earns: what has changed has another name, and no cache is stale."""
    digest = hashlib.sha256()
    for family, bodies in packed.items():
        for body in bodies:
            digest.update(f"{family} {len(body)}\n".encode("ascii"))
            digest.update(body)
    edition = digest.digest()[:EDITION_BYTES]
    files = {
        path_of(edition.hex(), family, number): framed(edition, family, number, body)
        for family, bodies in packed.items()
        for number, body in enumerate(bodies)
    }
    return StaticIndex(edition.hex(), path_of(edition.hex(), "start", 0), files)


def path_of(edition: str, family: str, number: int) -> str:
    """Return the path of a file of the index, from the folder of the search page."""
    return f"index/{edition}/{family}-{number}.bin"
