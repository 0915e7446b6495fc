"""Files of word pairs: for each pair the documents in which the two stand side by side, so that phrases are found.

A file is in blocks, each of which is fetched by itself: at its beginning stands where each ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np

from minutebook_search.static.encoding import deflated, gaps, piece, varint, varints
from minutebook_search.static.entries import PairEntries

PER_FILE = 10_000  # entries of a file, about
BLOCK_BITS = 4  # the highest of a fingerprint: in which block of its file it is
END_BYTES = 3  # of where a block ends


def write_pairs(entries: PairEntries, key: bytes) -> Iterator[bytes]:
    """Yield the body of each file."""
    bounds = entries.bounds(BLOCK_BITS)
    blocks = 1 << BLOCK_BITS
    for file in range(entries.files):
        some = bounds[file * blocks : (file + 1) * blocks + 1]
        yield _body(entries, key, some)


def _body(entries: PairEntries, key: bytes, bounds: Sequence[int]) -> bytes:
    """A file: where its blocks end, and then each of them."""
    blocks = [piece(key, deflated(block)) for block in _blocks(entries, bounds)]
    ends = b"".join(end.to_bytes(END_BYTES, "big") for end in accumulate(map(len, blocks)))
    return piece(key, ends) + b"".join(blocks)


def _blocks(entries: PairEntries, bounds: Sequence[int]) -> Iterator[bytes]:
    """Of each block how many pairs; their fingerprints, their frequencies, then their documents."""
    slots, documents, heavy = entries.some(bounds[0], bounds[-1])
    begins = np.ones(len(slots), dtype=np.bool_)
    begins[1:] = slots[1:] != slots[:-1]
    firsts = np.flatnonzero(begins)
    leaps = gaps(documents)
    leaps[firsts] = documents[firsts]
    cuts = [bound - bounds[0] for bound in bounds]  # among the entries
    pairs = np.searchsorted(firsts, cuts)  # among the pairs: a block begins with a pair
    prints = slots[firsts]
    steps = gaps(prints)
    opening = pairs[:-1][pairs[:-1] < pairs[1:]]
    steps[opening] = prints[opening]
    told, told_at = varints(steps)
    counts, counts_at = varints(np.diff(np.append(firsts, len(slots))).astype(np.uint64))
    values, values_at = varints(leaps << np.uint64(1) | heavy.astype(np.uint64))
    for low, high, first, end in zip(cuts, cuts[1:], pairs.tolist(), pairs[1:].tolist(), strict=False):
        yield b"".join(
            (
                varint(end - first),
                told[told_at[first] : told_at[end]].tobytes(),
                counts[counts_at[first] : counts_at[end]].tobytes(),
                values[values_at[low] : values_at[high]].tobytes(),
            )
        )
