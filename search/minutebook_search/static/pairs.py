"""Files of word pairs: for each pair the documents in which the two stand side by side, so that phrases are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future

import numpy as np

from minutebook_search.static.encoding import all_varints, gaps, varints
from minutebook_search.static.entries import FINGERPRINT_BITS, PairEntries

PER_FILE = 8_000  # entries of a file, about


def write_pairs(entries: PairEntries, pack: Callable[[bytes], Future[bytes]]) -> Iterator[Future[bytes]]:
    """Yield the body of each file: how many pairs; their fingerprints, their frequencies, then their documents."""
    bounds = np.searchsorted(
        entries.slots, np.arange(entries.files + 1, dtype=np.uint64) << np.uint64(FINGERPRINT_BITS)
    )
    for file in range(entries.files):
        low, high = int(bounds[file]), int(bounds[file + 1])
        slots = entries.slots[low:high] & np.uint64((1 << FINGERPRINT_BITS) - 1)
        documents = entries.documents[low:high].astype(np.uint64)
        begins = np.ones(len(slots), dtype=np.bool_)
        begins[1:] = slots[1:] != slots[:-1]
        firsts = np.flatnonzero(begins)
        leaps = gaps(documents)
        leaps[firsts] = documents[firsts]
        values = leaps << np.uint64(1) | entries.heavy[low:high].astype(np.uint64)
        fingerprints = gaps(slots[firsts])
        frequencies = np.diff(np.append(firsts, len(slots))).astype(np.uint64)
        yield pack(
            all_varints([len(firsts)])
            + varints(fingerprints)[0].tobytes()
            + varints(frequencies)[0].tobytes()
            + varints(values)[0].tobytes()
        )
