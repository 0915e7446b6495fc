"""Files of word pairs: for each pair the documents in which the two stand side by side, so that phrases are found.

A file is in blocks, each of which is fetched by itself: at its beginning stands where each ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from itertools import accumulate, pairwise

import numpy as np

from minutebook_search.static.encoding import all_varints, deflated, gaps, piece, varints
from minutebook_search.static.entries import FINGERPRINT_BITS, PairEntries

PER_FILE = 8_000  # entries of a file, about
BLOCK_BITS = 4  # the highest of a fingerprint: in which block of its file it is
END_BYTES = 3  # of where a block ends


def write_pairs(entries: PairEntries, key: bytes, pool: Executor) -> Iterator[Future[bytes]]:
    """Yield the body of each file."""
    bounds = np.searchsorted(
        entries.slots,
        np.arange(entries.files << BLOCK_BITS, dtype=np.uint64) << np.uint64(FINGERPRINT_BITS - BLOCK_BITS),
    ).tolist()
    bounds.append(len(entries.slots))
    blocks = 1 << BLOCK_BITS
    for file in range(entries.files):
        some = bounds[file * blocks : (file + 1) * blocks + 1]
        yield pool.submit(_body, entries, key, some)


def _body(entries: PairEntries, key: bytes, bounds: Sequence[int]) -> bytes:
    """A file: where its blocks end, and then each of them."""
    blocks = [piece(key, deflated(_block(entries, low, high))) for low, high in pairwise(bounds)]
    ends = b"".join(end.to_bytes(END_BYTES, "big") for end in accumulate(map(len, blocks)))
    return piece(key, ends) + b"".join(blocks)


def _block(entries: PairEntries, low: int, high: int) -> bytes:
    """How many pairs; their fingerprints, their frequencies, then their documents."""
    slots = entries.slots[low:high] & np.uint64((1 << FINGERPRINT_BITS) - 1)
    documents = entries.documents[low:high].astype(np.uint64)
    begins = np.ones(len(slots), dtype=np.bool_)
    begins[1:] = slots[1:] != slots[:-1]
    firsts = np.flatnonzero(begins)
    leaps = gaps(documents)
    leaps[firsts] = documents[firsts]
    values = leaps << np.uint64(1) | entries.heavy[low:high].astype(np.uint64)
    frequencies = np.diff(np.append(firsts, len(slots))).astype(np.uint64)
    numbers = np.concatenate([gaps(slots[firsts]), frequencies, values])
    return all_varints([len(firsts)]) + varints(numbers)[0].tobytes()
