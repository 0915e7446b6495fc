"""The lexicon, and what it leads to: postings with their impacts, which form is meant, and the best of each word.

A shard of the lexicon is read from its beginning, so an entry says only how long its postings are; what
is short stands in the shard itself. `docs/reference/browser-index.md` has the layout.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from minutebook_search.static.encoding import (
    deflated,
    front_coded,
    gaps,
    in_browser_order,
    leaps,
    piece,
    varint,
    varints,
)
from minutebook_search.static.entries import F32, U32, FormEntries

U8 = npt.NDArray[np.uint8]
I64 = npt.NDArray[np.int64]

# BM25, as the engine of the command line weighs.
K1, B = 1.2, 0.75
HIGHEST = (K1 + 1.0) * 1.1  # what the part of a weight that a document decides comes near and never reaches
FEW_STEPS = 15  # an impact takes half a byte, and is never nothing
MANY_STEPS = 255  # or a whole one, where there are few documents and the bytes do not count
FEW_DOCUMENTS = 20_000
FINE_STEPS = 255  # of the best of a frequent word, which are few

SHARD_KEYS = 300  # words of a shard at the most
SHARD_BYTES = 12_000  # of a shard before it is compressed, about
INLINE = 40  # bytes of postings that stand in the shard itself
PACK_BYTES = 12_000  # of a file of postings; a longer list has its own
TOP = 25  # documents that are kept ready of a frequent word: two pages of results; its file is fetched whole by some
FREQUENT = 600  # documents from which on a word is frequent
_AT_ONCE = 200_000  # postings that are made at once: of many rare words, or of a frequent one
_AHEAD = 500  # entries whose postings are compressed while those before are written
FIELD = "\uffff"  # what the key of a field begins with: it stands behind all words


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of the lexicon: a stem with its printed forms, or the value of a field."""

    key: str
    forms: tuple[str, ...]
    frequency: int
    postings: bytes
    masks: bytes  # for each document one bit a form, where there are several
    top: bytes


@dataclass(slots=True)
class Shards:
    """The bodies of three families of files, the first yet to be compressed, and the first key of every shard of the lexicon."""

    lexicon: list[bytes] = field(default_factory=list)
    postings: list[bytes] = field(default_factory=list)
    tops: list[bytes] = field(default_factory=list)
    first_keys: list[str] = field(default_factory=list)


def word_entries(entries: FormEntries, forms: Sequence[tuple[str, str]], kinds: F32) -> Iterator[Entry]:
    """Yield the entry of every stem; `forms` are (printed, stem) in the order in which `entries` number them.

    `kinds` is what all weights in a document are multiplied by: what kind of record it is.
    """
    documents = len(kinds)
    # Rounded, so that a sentence more in one record does not change the impacts of all.
    average = max(float(f"{entries.lengths.mean():.2g}"), 1.0) if documents else 1.0
    norms = (K1 * ((1 - B) + B * entries.lengths / average)).astype(np.float32)
    scale = (norms, kinds, steps_for(documents))
    starts = entries.bounds(len(forms))
    firsts = [n for n in range(len(forms)) if not n or forms[n][1] != forms[n - 1][1]]  # forms of each stem
    some: list[int] = []
    for first, end in pairwise([*firsts, len(forms)]):
        some.append(first)
        if end == len(forms) or starts[end] - starts[some[0]] >= _AT_ONCE:
            yield from _some_entries(entries.some(starts[some[0]], starts[end]), [*some, end], forms, scale)
            some = []


def steps_for(documents: int) -> int:
    """Return in how many steps an impact is told."""
    return MANY_STEPS if documents <= FEW_DOCUMENTS else FEW_STEPS


def _some_entries(
    found: tuple[U32, U32, F32],
    bounds: Sequence[int],
    forms: Sequence[tuple[str, str]],
    scale: tuple[F32, F32, int],
) -> Iterator[Entry]:
    """The entries of some stems in a row; `bounds` are the first form of each, and the one after the last."""
    norms, kinds, steps = scale
    having, numbers, weights = found
    firsts = np.array(bounds, dtype=np.int64)
    many = np.diff(firsts)  # forms of each stem
    stem_of = np.repeat(np.arange(len(many)), many)[having - np.uint32(bounds[0])]
    # The documents of a stem, each once: first by stem, then by number, whatever its form.
    keys = stem_of.astype(np.uint64) << np.uint64(32) | numbers
    order = np.argsort(keys, kind="stable")  # nearly all are in order: most stems have one form
    keys = keys[order]
    new = np.ones(len(keys), dtype=np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    places = np.flatnonzero(new)
    weights = np.add.reduceat(weights[order], places) if len(places) else weights
    documents, stems = numbers[order][places], stem_of[order][places]
    ends = np.searchsorted(stems, np.arange(len(many) + 1))  # where the documents of each stem begin

    parts = weights * np.float32(K1 + 1.0) / (weights + norms[documents]) * kinds[documents]
    impacts = np.clip(np.rint(parts * (steps / HIGHEST)), 1, steps).astype(np.uint8)
    steps_to = gaps(documents.astype(np.uint64))
    opening = ends[:-1][ends[:-1] < ends[1:]]
    steps_to[opening] = documents[opening]
    told, told_at = varints(steps_to)
    told_ends = told_at[ends].tolist()
    halves = steps <= FEW_STEPS
    packed, packed_at = _nibbles(impacts, ends) if halves else (impacts, ends.tolist())
    rows = np.cumsum(new) - 1  # of each entry, its place among the documents
    masks, masks_at = _masks(rows, stem_of[order], having[order] - firsts[stem_of[order]], many, ends)
    for n, (low, high) in enumerate(pairwise(ends.tolist())):
        first, end = bounds[n], bounds[n + 1]
        yield Entry(
            forms[first][1],
            tuple(printed for printed, _ in forms[first:end]),
            high - low,
            told[told_ends[n] : told_ends[n + 1]].tobytes()
            + packed[packed_at[n] : packed_at[n + 1]].tobytes(),
            masks[masks_at[n] : masks_at[n + 1]].tobytes(),
            _top(documents[low:high], parts[low:high]) if high - low > FREQUENT else b"",
        )


def _masks(rows: I64, stem_of: I64, form: I64, many: I64, ends: I64) -> tuple[U8, list[int]]:
    """Of each stem with several forms a bit for each form and document, and where the bytes of each stem begin."""
    sizes = np.where(many > 1, -(-many * np.diff(ends) // 8), 0)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    bits = np.zeros(int(starts[-1]) * 8, dtype=np.bool_)
    several = many[stem_of] > 1
    rows, stem_of, form = rows[several], stem_of[several], form[several]
    bits[starts[stem_of] * 8 + (rows - ends[stem_of]) * many[stem_of] + form] = True
    return np.packbits(bits), starts.tolist()


def field_entries(values: Mapping[str, Collection[int]]) -> Iterator[Entry]:
    """Yield an entry for each value of a field, by name; no words stand there, and so no impacts."""
    for key in sorted(values, key=in_browser_order):
        numbers = np.unique(np.fromiter(values[key], np.uint32, len(values[key])))
        yield Entry(FIELD + key, (), len(numbers), leaps(numbers.astype(np.uint64)), b"", b"")


def _nibbles(impacts: U8, ends: I64) -> tuple[U8, list[int]]:
    """Impacts in half a byte each, the first in the high half; each stem begins with a byte of its own, told beside."""
    starts = np.concatenate([[0], np.cumsum(-(-np.diff(ends) // 2))])
    halves = np.zeros(int(starts[-1]) * 2, dtype=np.uint8)
    counts = np.diff(ends)
    halves[np.repeat(starts[:-1] * 2 - ends[:-1], counts) + np.arange(len(impacts))] = impacts
    both: U8 = halves[0::2] << np.uint8(4) | halves[1::2]
    return both, starts.tolist()


def _top(documents: U32, parts: F32) -> bytes:
    """The best documents, the newest of equals first: three bytes of number and one of weight each."""
    if len(parts) > TOP:  # only those that may be among them are put in order
        may = parts >= np.partition(parts, -TOP)[-TOP]
        documents, parts = documents[may], parts[may]
    best = np.lexsort((-documents.astype(np.int64), -parts))[:TOP]
    found = bytearray()
    for number, part in zip(documents[best].tolist(), parts[best].tolist(), strict=True):
        found += int(number).to_bytes(3, "little")
        found.append(min(FINE_STEPS, max(1, round(part * FINE_STEPS / HIGHEST))))
    return bytes(found)


def write_lexicon(found: Iterator[Entry], key: bytes, pool: Executor) -> Shards:
    """Return the files of these entries, which come in the order of their keys."""
    shards, writer = Shards(), _Shard(0, key)
    for entry, postings in _compressed_ahead(found, key, pool):
        if writer.is_full():
            writer.finish(shards)
            writer = _Shard(len(shards.postings), key)
        writer.add(entry, postings)
    writer.finish(shards)
    return shards


_Pieces = tuple[bytes, bytes]  # the postings of a word and its masks, each as a piece of a file


def _compressed_ahead(
    found: Iterator[Entry], key: bytes, pool: Executor
) -> Iterator[tuple[Entry, Future[_Pieces] | None]]:
    """Each entry with its pieces, or None where what they hold stands in the shard itself."""
    waiting: deque[tuple[Entry, Future[_Pieces] | None]] = deque()
    for entry in found:
        inline = len(entry.postings) + len(entry.masks) <= INLINE
        waiting.append((entry, None if inline else pool.submit(_packed, key, entry)))
        if len(waiting) > _AHEAD:
            yield waiting.popleft()
    yield from waiting


def _packed(key: bytes, entry: Entry) -> _Pieces:
    return piece(key, deflated(entry.postings)), piece(key, deflated(entry.masks)) if entry.masks else b""


class _Shard:
    """A shard of the lexicon while it is written, with the files of postings that begin with it."""

    def __init__(self, first_pack: int, key: bytes) -> None:
        self._first_pack = first_pack
        self._key = key
        self._keys: list[str] = []
        self._body = bytearray()
        self._packs: list[bytearray] = []
        self._tops = bytearray()

    def is_full(self) -> bool:
        return len(self._keys) >= SHARD_KEYS or len(self._body) >= SHARD_BYTES

    def add(self, entry: Entry, packed: Future[_Pieces] | None) -> None:
        body, before = self._body, self._keys[-1] if self._keys else ""
        self._keys.append(entry.key)
        body += front_coded(entry.key, before)
        body += varint(len(entry.forms))
        for form in entry.forms:
            body += front_coded(form, entry.key)
        body += varint(entry.frequency)
        postings, masks = (entry.postings, entry.masks) if packed is None else packed.result()
        size = len(postings) + len(masks)
        new_pack = packed is not None and (not self._packs or len(self._packs[-1]) + size > PACK_BYTES)
        body += varint(len(postings) << 3 | bool(entry.top) << 2 | new_pack << 1 | (packed is None))
        if entry.top:
            self._tops += piece(self._key, entry.top)
        if packed is None:
            body += postings + masks
            return
        if masks:
            body += varint(len(masks))
        if new_pack:
            self._packs.append(bytearray())
        self._packs[-1] += postings + masks

    def finish(self, shards: Shards) -> None:
        if not self._keys:
            return
        shards.first_keys.append(self._keys[0])
        head = varint(self._first_pack) + varint(len(self._keys))
        shards.lexicon.append(head + bytes(self._body))
        shards.postings += map(bytes, self._packs)
        shards.tops.append(bytes(self._tops))
