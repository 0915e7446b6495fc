"""What is shown of a record that was found, and the text that phrases are verified in: several records a file.

A record is compressed by itself, against words that many have, and stands at a place that follows from
its number: a server that answers ranges sends that record alone, any other the whole file.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

from minutebook_search.documents import SearchDocument
from minutebook_search.static.encoding import EFFORT, KEY_BYTES

MOST_FILES = 8_500  # of records: with the rest fewer than 15,000, of which no host takes too many
FEWEST = 4  # records of a file
SLOT_HEAD = 18  # bytes: key 4, number 4, checksum 4, length 3, place of the rest 3
_FITS = 0.8  # of the records fit their slot; the rest of the others stands behind the slots
_LARGEST_SLOT = 4_096
_DICTIONARY = 16_000  # bytes of words at the most
_SHARE = 16  # bytes of them for each record, where records are few
_SAMPLED = 5_000  # records whose words are counted
_AT_ONCE = 256  # records that are compressed by one thread before it takes others
_AHEAD = 8  # such lots that may wait
_FEWEST = 4  # times that such a word stands in the sample
_SHORTEST_WORD = 4  # characters; a shorter word is not worth its place


@dataclass(frozen=True, slots=True)
class Taken:
    """What readers take away of a record: how to cite it, and the address of the official page it is from."""

    citation: str
    official_page: str | None = None


@dataclass(frozen=True, slots=True)
class RecordFiles:
    """The bodies of the files, and what the start file says of them."""

    bodies: tuple[bytes, ...]
    key: bytes  # a digest of the words: what is fetched of a file by itself begins with it
    told: Mapping[str, object]


def records_per_file(documents: int) -> int:
    """Return how many records a file holds."""
    return max(FEWEST, -(-documents // MOST_FILES))


def write_records(
    documents: Sequence[SearchDocument], names: Mapping[str, str], taken: Mapping[str, Taken], pool: Executor
) -> RecordFiles:
    """Return the files of records. `names` are those of bodies; these and `taken` are by id."""
    dictionary = _dictionary(documents).encode("utf-8")
    # With the words known to it already: to copy it is quicker than to tell them to each anew.
    primed = zlib.compressobj(EFFORT, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY, dictionary)
    checks: list[int] = []
    waiting: list[Future[list[bytes]]] = []
    for start in range(0, len(documents), _AT_ONCE):
        lines = [
            _line(one, names, taken.get(str(one.id), Taken(""))).encode("utf-8", "replace")
            for one in documents[start : start + _AT_ONCE]
        ]
        checks += map(zlib.crc32, lines)
        waiting.append(pool.submit(_compressed, primed.copy, lines))
        if len(waiting) > _AHEAD:
            waiting[-_AHEAD].result()  # lines that wait are much longer than what becomes of them
    packed = [one for done in waiting for one in done.result()]
    key = hashlib.sha256(dictionary).digest()[:KEY_BYTES]
    lengths = sorted(map(len, packed)) or [0]
    slot = min(_LARGEST_SLOT, SLOT_HEAD + max(64, lengths[int((len(lengths) - 1) * _FITS)]))
    per_file = records_per_file(len(documents))
    bodies = tuple(
        _body(key, start, packed[start : start + per_file], checks[start : start + per_file], slot)
        for start in range(0, len(documents), per_file)
    )
    told = {
        "recordsPerFile": per_file,
        "recordSlot": slot,
        "recordWords": dictionary.decode("utf-8"),
    }
    return RecordFiles(bodies, key, told)


def _compressed(copy: Callable[[], Any], lines: Sequence[bytes]) -> list[bytes]:
    """Each line by itself, by a copy of one and the same compressor."""
    found = []
    for line in lines:
        packer = copy()
        found.append(packer.compress(line) + packer.flush())
    return found


def _body(key: bytes, first: int, packed: Sequence[bytes], checks: Sequence[int], slot: int) -> bytes:
    """A file: a slot for each record, and behind them what did not fit."""
    room, slots, rest = slot - SLOT_HEAD, bytearray(), bytearray()
    for number, (one, check) in enumerate(zip(packed, checks, strict=True), first):
        place = len(packed) * slot + len(rest) if len(one) > room else 0
        head = key + number.to_bytes(4, "big") + check.to_bytes(4, "big")
        slots += head + len(one).to_bytes(3, "big") + place.to_bytes(3, "big") + one[:room].ljust(room, b"\0")
        rest += one[room:]
    return bytes(slots + rest)


def _dictionary(documents: Sequence[SearchDocument]) -> str:
    """Words that stand in many records, the most frequent last: nearest to what they are compared with."""
    most = min(_DICTIONARY, len(documents) * _SHARE)
    counts: Counter[str] = Counter()
    for document in documents[:: max(1, len(documents) // _SAMPLED)]:
        for passage in document.passages:
            counts.update(passage.text.split(" "))
    chosen: list[str] = []
    # By rough steps: one word more or less in one record shall not change what all records are read with.
    for word, count in sorted(
        counts.items(), key=lambda one: (-((one[1] * len(one[0])).bit_length() // 2), one[0])
    ):
        if count >= _FEWEST and len(word) >= _SHORTEST_WORD and word.isprintable():
            most -= len(word.encode("utf-8", "replace")) + 1
            if most < 0:
                break
            chosen.append(word)
    return " ".join(reversed(chosen)).encode("utf-8", "replace").decode("utf-8")


def _line(document: SearchDocument, names: Mapping[str, str], taken: Taken) -> str:
    """A record as a list; its passages as a list of weights and a list of texts, the title first."""
    date, body = document.date, document.body
    shown = [
        document.id,
        document.url if document.url != f"{document.id}/" else 0,
        document.type if document.type == document.spoken else [document.type, document.spoken],
        [date.value, date.display()] if date is not None else 0,
        [body, names.get(body, body)] if body is not None else 0,
        document.outcome or 0,
        taken.citation or 0,
        taken.official_page or 0,
        document.topics or 0,
        [int(one.weight) if one.weight == int(one.weight) else one.weight for one in document.passages],
        [one.text for one in document.passages],
    ]
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
