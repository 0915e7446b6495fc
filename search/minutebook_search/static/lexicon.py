"""The lexicon, and what it leads to: postings with their impacts, which form is meant, and the best of each word.

A shard of the lexicon is read from its beginning, so an entry says only how long its postings are; what
is short stands in the shard itself. `docs/reference/browser-index.md` has the layout.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from minutebook_search.static.encoding import front_coded, gaps, in_browser_order, varint, varints
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
PACK_BYTES = 14_000  # of a file of postings before it is compressed; a longer list has its own
TOP = 50  # documents that are kept ready of a frequent word
FREQUENT = 600  # documents from which on a word is frequent
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
    """The bodies of four families of files, being compressed, and the first key of every shard of the lexicon."""

    lexicon: list[Future[bytes]] = field(default_factory=list)
    postings: list[Future[bytes]] = field(default_factory=list)
    forms: list[Future[bytes]] = field(default_factory=list)
    tops: list[Future[bytes]] = field(default_factory=list)
    first_keys: list[str] = field(default_factory=list)


def word_entries(entries: FormEntries, forms: Sequence[tuple[str, str]], kinds: F32) -> Iterator[Entry]:
    """Yield the entry of every stem; `forms` are (printed, stem) in the order in which `entries` number them.

    `kinds` is what all weights in a document are multiplied by: what kind of record it is.
    """
    documents = len(kinds)
    average = max(float(entries.lengths.mean()), 1.0) if documents else 1.0
    steps = steps_for(documents)
    norms = (K1 * ((1 - B) + B * entries.lengths / average)).astype(np.float32)
    starts = np.searchsorted(entries.forms, np.arange(len(forms) + 1))
    at = 0
    while at < len(forms):
        end = at + 1
        while end < len(forms) and forms[end][1] == forms[at][1]:
            end += 1
        low, high = int(starts[at]), int(starts[end])
        yield _word_entry(
            forms[at][1],
            tuple(printed for printed, _ in forms[at:end]),
            entries.forms[low:high] - np.uint32(at),
            entries.documents[low:high],
            entries.weights[low:high],
            (norms, kinds, steps),
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
    postings = _gaps(documents) + (impacts.tobytes() if steps > FEW_STEPS else _nibbles(impacts))
    return Entry(stem, printed, len(documents), postings, masks, top)


def field_entries(values: Mapping[str, Collection[int]]) -> Iterator[Entry]:
    """Yield an entry for each value of a field, by name; no words stand there, and so no impacts."""
    for key in sorted(values, key=in_browser_order):
        numbers = np.array(sorted(set(values[key])), dtype=np.uint32)
        yield Entry(FIELD + key, (), len(numbers), _gaps(numbers), b"", b"")


def _gaps(documents: U32) -> bytes:
    return varints(gaps(documents.astype(np.uint64)))[0].tobytes()


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


def write_lexicon(found: Iterator[Entry], pack: Callable[[bytes], Future[bytes]]) -> Shards:
    """Return the files of these entries, which come in the order of their keys."""
    shards, writer = Shards(), _Shard(0)
    for entry in found:
        if writer.is_full():
            writer.finish(shards, pack)
            writer = _Shard(len(shards.postings))
        writer.add(entry)
    writer.finish(shards, pack)
    return shards


class _Shard:
    """A shard of the lexicon while it is written, with the files of postings that begin with it."""

    def __init__(self, first_pack: int) -> None:
        self._first_pack = first_pack
        self._keys: list[str] = []
        self._body = bytearray()
        self._packs: list[bytearray] = []
        self._masks = bytearray()
        self._top = bytearray()

    def is_full(self) -> bool:
        return len(self._keys) >= SHARD_KEYS or len(self._body) >= SHARD_BYTES

    def add(self, entry: Entry) -> None:
        body, before = self._body, self._keys[-1] if self._keys else ""
        self._keys.append(entry.key)
        body += front_coded(entry.key, before)
        body += varint(len(entry.forms))
        for form in entry.forms:
            body += front_coded(form, entry.key)
        body += varint(entry.frequency)
        inline = len(entry.postings) + len(entry.masks) <= INLINE
        new_pack = not inline and (not self._packs or len(self._packs[-1]) + len(entry.postings) > PACK_BYTES)
        body += varint(len(entry.postings) << 3 | bool(entry.top) << 2 | new_pack << 1 | inline)
        self._top += entry.top
        if inline:
            body += entry.postings + entry.masks
            return
        if new_pack:
            self._packs.append(bytearray())
        self._packs[-1] += entry.postings
        self._masks += entry.masks

    def finish(self, shards: Shards, pack: Callable[[bytes], Future[bytes]]) -> None:
        if not self._keys:
            return
        shards.first_keys.append(self._keys[0])
        head = varint(self._first_pack) + varint(len(self._keys))
        shards.lexicon.append(pack(head + bytes(self._body)))
        shards.postings += [pack(bytes(one)) for one in self._packs]
        shards.forms.append(pack(bytes(self._masks)))
        shards.tops.append(pack(bytes(self._top)))
