"""The lexicon, and what it leads to: postings with their impacts, which form is meant, and the best of each word.

A shard of the lexicon is read from its beginning, so an entry says only how long its postings are; what
is short stands in the shard itself. `docs/reference/browser-index.md` has the layout.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from minutebook_search.static.encoding import (
    deflated,
    front_coded,
    in_browser_order,
    leaps,
    piece,
    varint,
)
from minutebook_search.static.entries import F32, U32, FormEntries

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
TOP = 50  # documents that are kept ready of a frequent word
FREQUENT = 600  # documents from which on a word is frequent
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
    """The bodies of three families of files, one of them being compressed, and the first key of every shard of the lexicon."""

    lexicon: list[Future[bytes]] = field(default_factory=list)
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
    steps = steps_for(documents)
    norms = (K1 * ((1 - B) + B * entries.lengths / average)).astype(np.float32)
    starts = entries.bounds(len(forms))
    at = 0
    while at < len(forms):
        end = at + 1
        while end < len(forms) and forms[end][1] == forms[at][1]:
            end += 1
        having, numbers, weights = entries.some(starts[at], starts[end])
        printed = tuple(printed for printed, _ in forms[at:end])
        yield _word_entry(
            forms[at][1], printed, having - np.uint32(at), numbers, weights, (norms, kinds, steps)
        )
        at = end


def steps_for(documents: int) -> int:
    """Return in how many steps an impact is told."""
    return MANY_STEPS if documents <= FEW_DOCUMENTS else FEW_STEPS


def _word_entry(
    stem: str, printed: tuple[str, ...], forms: U32, documents: U32, weights: F32, scale: tuple[F32, F32, int]
) -> Entry:
    norms, kinds, steps = scale
    masks = b""
    if len(printed) > 1:
        numbers, places = np.unique(documents, return_inverse=True)
        bits = np.zeros((len(numbers), len(printed)), dtype=np.bool_)
        bits[places, forms] = True
        masks = np.packbits(bits.ravel()).tobytes()
        weights = np.bincount(places, weights=weights).astype(np.float32)
        documents = numbers.astype(np.uint32)
    parts = weights * np.float32(K1 + 1.0) / (weights + norms[documents]) * kinds[documents]
    impacts = np.clip(np.rint(parts * (steps / HIGHEST)), 1, steps).astype(np.uint8)
    top = _top(documents, parts) if len(documents) > FREQUENT else b""
    postings = leaps(documents.astype(np.uint64)) + (
        impacts.tobytes() if steps > FEW_STEPS else _nibbles(impacts)
    )
    return Entry(stem, printed, len(documents), postings, masks, top)


def field_entries(values: Mapping[str, Collection[int]]) -> Iterator[Entry]:
    """Yield an entry for each value of a field, by name; no words stand there, and so no impacts."""
    for key in sorted(values, key=in_browser_order):
        numbers = np.array(sorted(set(values[key])), dtype=np.uint32)
        yield Entry(FIELD + key, (), len(numbers), leaps(numbers.astype(np.uint64)), b"", b"")


def _nibbles(impacts: npt.NDArray[np.uint8]) -> bytes:
    if len(impacts) % 2:
        impacts = np.append(impacts, np.uint8(0))
    return (impacts[0::2] << 4 | impacts[1::2]).astype(np.uint8).tobytes()


def _top(documents: U32, parts: F32) -> bytes:
    """The best documents, the newest of equals first: three bytes of number and one of weight each."""
    best = np.lexsort((-documents.astype(np.int64), -parts))[:TOP]
    found = bytearray()
    for number, part in zip(documents[best].tolist(), parts[best].tolist(), strict=True):
        found += int(number).to_bytes(3, "little")
        found.append(min(FINE_STEPS, max(1, round(part * FINE_STEPS / HIGHEST))))
    return bytes(found)


def write_lexicon(
    found: Iterator[Entry], key: bytes, pack: Callable[[bytes], Future[bytes]], pool: Executor
) -> Shards:
    """Return the files of these entries, which come in the order of their keys."""
    shards, writer = Shards(), _Shard(0, key)
    for entry, postings in _compressed_ahead(found, key, pool):
        if writer.is_full():
            writer.finish(shards, pack)
            writer = _Shard(len(shards.postings), key)
        writer.add(entry, postings)
    writer.finish(shards, pack)
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

    def finish(self, shards: Shards, pack: Callable[[bytes], Future[bytes]]) -> None:
        if not self._keys:
            return
        shards.first_keys.append(self._keys[0])
        head = varint(self._first_pack) + varint(len(self._keys))
        shards.lexicon.append(pack(head + bytes(self._body)))
        shards.postings += map(bytes, self._packs)
        shards.tops.append(bytes(self._tops))
