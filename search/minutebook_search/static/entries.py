"""Which form stands in which document, and which pair of words: sorted tables, made with numpy.

All of a council is too much to hold as objects: what is known of an entry is packed into one number,
so that sorting numbers brings together what belongs together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from minutebook_search.static.tokens import BREAK, Batch

U64 = npt.NDArray[np.uint64]
U32 = npt.NDArray[np.uint32]
F32 = npt.NDArray[np.float32]

_DOCUMENT_BITS = 22  # four million documents
_WEIGHT_BITS = 12  # of a form in a document, in eighths: up to 512
_EIGHTHS = 8
FINGERPRINT_BITS = 14  # what tells the pairs of one file apart
# Numbers to mix two hashes with, from MurmurHash3's and SplitMix's constants: any that scatter would do.
_MIX = (0x9E3779B1, 0x85EBCA77, 0x2C1B3C6D)

_DOCUMENTS = np.uint64((1 << _DOCUMENT_BITS) - 1)
_WEIGHTS = np.uint64((1 << _WEIGHT_BITS) - 1)


@dataclass(frozen=True, slots=True)
class FormEntries:
    """Each form in each document that has it, in the order of forms and then of documents: one number each."""

    keys: U64
    lengths: U32  # of each document, in words

    def bounds(self, forms: int) -> list[int]:
        """Return where the entries of each form begin, and where the last end."""
        firsts = np.arange(forms + 1, dtype=np.uint64) << np.uint64(_DOCUMENT_BITS + _WEIGHT_BITS)
        found: list[int] = np.searchsorted(self.keys, firsts).tolist()
        return found

    def some(self, low: int, high: int) -> tuple[U32, U32, F32]:
        """Return the forms of some entries, their documents, and the sum of the weights of the places where they stand."""
        keys = self.keys[low:high]
        return (
            (keys >> np.uint64(_DOCUMENT_BITS + _WEIGHT_BITS)).astype(np.uint32),
            (keys >> np.uint64(_WEIGHT_BITS) & _DOCUMENTS).astype(np.uint32),
            (keys & _WEIGHTS).astype(np.float32) / np.float32(_EIGHTHS),
        )


@dataclass(frozen=True, slots=True)
class PairEntries:
    """Each pair of words in each document that has it, in the order of files, fingerprints, documents.

    One number each: what is made of it only a file at a time would otherwise take three times the room.
    """

    keys: U64
    files: int

    def bounds(self, bits: int) -> list[int]:
        """Return where the entries begin that begin with each value of so many bits of a fingerprint, file by file; and the end."""
        firsts = np.arange(self.files << bits, dtype=np.uint64) << np.uint64(
            FINGERPRINT_BITS - bits + _DOCUMENT_BITS + 1
        )
        return [*np.searchsorted(self.keys, firsts).tolist(), len(self.keys)]

    def some(self, low: int, high: int) -> tuple[U64, U64, npt.NDArray[np.bool_]]:
        """Return the fingerprints of some entries, their documents, and whether the words weigh more there than in narrative."""
        keys = self.keys[low:high]
        return (
            keys >> np.uint64(_DOCUMENT_BITS + 1) & np.uint64((1 << FINGERPRINT_BITS) - 1),
            keys >> np.uint64(1) & _DOCUMENTS,
            (keys & np.uint64(1)) == 0,
        )


def form_entries(batches: list[Batch], order: U32, documents: int) -> FormEntries:
    """Return the entries of all batches; `order` gives each form the place that it is to have.

    The list of batches is emptied: at the end of it nothing of them is needed.
    """
    lengths = np.zeros(documents, dtype=np.uint32)
    found: list[U64] = []
    while batches:
        batch = batches.pop()
        words, places, weights = _by_word(batch)
        forms = np.concatenate([words, batch.wholes])
        where = np.concatenate([places, batch.whole_documents])
        weighs = np.concatenate([weights, batch.whole_weights])
        lengths += np.bincount(where, minlength=documents).astype(np.uint32)
        found.append(_summed(order[forms], where, weighs))
    return FormEntries(_sorted(found), lengths)


def _sorted(found: list[U64]) -> U64:
    """Numbers of several lists in order; the lists are emptied, so that nothing is held twice."""
    keys = np.empty(sum(map(len, found)), dtype=np.uint64)
    end = len(keys)
    while found:
        some = found.pop()
        keys[end - len(some) : end] = some
        end -= len(some)
    keys.sort()
    return keys


def _by_word(batch: Batch) -> tuple[U32, U32, F32]:
    """The words of a batch without breaks, and of each its document and its weight."""
    counts = np.diff(batch.passage_ends, prepend=0) - 1
    places = np.repeat(batch.passage_documents, counts)
    weights = np.repeat(batch.passage_weights, counts)
    return batch.words[batch.words != BREAK], places, weights


def _summed(forms: U32, documents: U32, weights: F32) -> U64:
    """One number for each form in each document: the form, the document, the sum of the weights."""
    keys = forms.astype(np.uint64)
    keys <<= np.uint64(_DOCUMENT_BITS)
    keys |= documents
    keys <<= np.uint64(_WEIGHT_BITS)
    keys |= np.clip(np.rint(weights * _EIGHTHS), 1, int(_WEIGHTS)).astype(np.uint64)
    keys.sort()
    if not len(keys):
        return keys
    above = keys >> np.uint64(_WEIGHT_BITS)
    starts = np.flatnonzero(np.concatenate([[True], above[1:] != above[:-1]]))
    sums = np.minimum(np.add.reduceat(keys & _WEIGHTS, starts), _WEIGHTS)
    summed: U64 = above[starts] << np.uint64(_WEIGHT_BITS) | sums
    return summed


def pair_entries(batches: Sequence[Batch], hashes: U32, per_file: int) -> PairEntries:
    """Return the pairs of words that stand side by side; `hashes` has that of each form's printed word."""
    found: list[U64] = []
    files = max(1, sum(len(batch.words) for batch in batches) * 2 // 3 // per_file)
    for batch in batches:
        words = batch.words
        if len(words) < 2:
            continue
        counts = np.diff(batch.passage_ends, prepend=0)
        where = np.repeat(batch.passage_documents, counts)[:-1]
        # The light ones sort after the heavy ones of the same document, and are dropped behind them.
        light = np.repeat(batch.passage_weights <= 1, counts)[:-1]
        both = (words[:-1] != BREAK) & (words[1:] != BREAK)
        keys = _slots(hashes[words[:-1][both]], hashes[words[1:][both]], files)
        keys <<= np.uint64(_DOCUMENT_BITS)
        keys |= where[both]
        keys <<= np.uint64(1)
        keys |= light[both]
        keys.sort()
        found.append(_first_of_each(keys))
    return PairEntries(_sorted(found), files)  # no document is in two batches


def _first_of_each(keys: U64) -> U64:
    if not len(keys):
        return keys
    above = keys >> np.uint64(1)
    first: U64 = keys[np.concatenate([[True], above[1:] != above[:-1]])]
    return first


def _slots(first: U32, second: U32, files: int) -> U64:
    """Where a pair is kept: its file, and its fingerprint in it."""
    multiplier, other, last = map(np.uint32, _MIX)
    mixed = (first * multiplier) ^ ((second ^ (second >> np.uint32(16))) * other)
    mixed ^= mixed >> np.uint32(15)
    mixed *= last
    mixed ^= mixed >> np.uint32(13)
    file, rest = mixed % np.uint32(files), mixed // np.uint32(files)
    fingerprint = rest & np.uint32((1 << FINGERPRINT_BITS) - 1)
    return file.astype(np.uint64) << np.uint64(FINGERPRINT_BITS) | fingerprint.astype(np.uint64)
