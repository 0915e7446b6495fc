"""What is shown of a record that was found, and the text that phrases are verified in: several records a file.

A record is compressed by itself, against words that many have, and stands at a place that follows from
its number: a server that answers ranges sends that record alone, any other the whole file.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minutebook_search.documents import SearchDocument

MOST_FILES = 8_500  # of records: with the rest fewer than 15,000, of which no host takes too many
FEWEST = 4  # records of a file
SLOT_HEAD = 18  # bytes: key 4, number 4, checksum 4, length 3, place of the rest 3
KEY_BYTES = 4
_FITS = 0.8  # of the records fit their slot; the rest of the others stands behind the slots
_LARGEST_SLOT = 4_096
_DICTIONARY = 16_000  # bytes of words at the most
_SHARE = 16  # bytes of them for each record, where records are few
_SAMPLED = 5_000  # records whose words are counted
_SHORTEST_WORD = 4  # characters; a shorter word is not worth its place


@dataclass(frozen=True, slots=True)
class RecordFiles:
    """The bodies of the files, and what the start file says of them."""

    bodies: tuple[bytes, ...]
    told: Mapping[str, object]


def records_per_file(documents: int) -> int:
    """Return how many records a file holds."""
    return max(FEWEST, -(-documents // MOST_FILES))


def write_records(
    documents: Sequence[SearchDocument], names: Mapping[str, str], citations: Mapping[str, str]
) -> RecordFiles:
    """Return the files of records. `names` are those of bodies, `citations` words to paste, both by id."""
    dictionary = _dictionary(documents).encode("utf-8")
    packed, checks = [], []
    for document in documents:
        line = _line(document, names, citations).encode("utf-8", "replace")
        packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
        packed.append(packer.compress(line) + packer.flush())
        checks.append(zlib.crc32(line))
    digest = hashlib.sha256(dictionary)
    for one in packed:
        digest.update(one)
    key = digest.digest()[:KEY_BYTES]
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
        "recordKey": key.hex(),
        "recordWords": dictionary.decode("utf-8"),
    }
    return RecordFiles(bodies, told)


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
    for word, _ in sorted(counts.items(), key=lambda one: (-one[1] * len(one[0]), one[0])):
        if len(word) >= _SHORTEST_WORD and word.isprintable():
            most -= len(word.encode("utf-8", "replace")) + 1
            if most < 0:
                break
            chosen.append(word)
    return " ".join(reversed(chosen)).encode("utf-8", "replace").decode("utf-8")


def _line(document: SearchDocument, names: Mapping[str, str], citations: Mapping[str, str]) -> str:
    """A record as a list; its passages as a list of weights and a list of texts, the title first."""
    date, body = document.date, document.body
    shown = [
        document.id,
        document.url if document.url != f"{document.id}/" else 0,
        document.type,
        [date.value, date.display()] if date is not None else 0,
        [body, names.get(body, body)] if body is not None else 0,
        document.outcome or 0,
        citations.get(document.id, 0),
        [int(one.weight) if one.weight == int(one.weight) else one.weight for one in document.passages],
        [one.text for one in document.passages],
    ]
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
