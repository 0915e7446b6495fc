"""What is shown of a record that was found, and the text that phrases are verified in, for two kinds of servers.

One that answers ranges of bytes sends a record alone: it is compressed by itself, and stands in a large
file at a place that follows from its number. From any other a reader takes a small file of a few
records, which are compressed together. Both are compressed against words that many records have.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minutebook_search.documents import SearchDocument
from minutebook_search.origins import Origin
from minutebook_search.static.encoding import KEY_BYTES

MOST_FILES = 9_100  # of a few records: with the rest fewer than 15,000, of which no host takes too many
FEWEST = 4  # records of such a file
SLOTS = 512  # records of a file from which parts are fetched
SLOT_HEAD = 18  # bytes: key 4, number 4, checksum 4, length 3, place of the rest 3
_EFFORT = (
    5  # of compressing records, of which there is most; 6 takes a third longer for one byte in a hundred
)
_FITS = 0.97  # of the records fit their slot: of ten that are shown seldom one is asked for twice; the rest of the others stands behind the slots
_LARGEST_SLOT = 4_096
_SLOT_STEP = 64  # bytes: a longer record or two shall not change the size of all slots
_DICTIONARY = 8_000  # bytes of words at the most: every reader fetches them first, and more would save less than they take
_SHARE = 16  # bytes of them for each record, where records are few
_SAMPLED = 5_000  # records whose words are counted, at least
_FEWEST = 4  # times that such a word stands in the sample
_SHORTEST_WORD = 4  # characters; a shorter word is not worth its place


@dataclass(frozen=True, slots=True)
class Taken:
    """What readers take away of a record: how to cite it, the address of the official page it is from, and where its words are from."""

    citation: str
    official_page: str | None = None
    origins: Mapping[str, Origin] = field(default_factory=dict)  # of its passages, where that is known


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The words that records are compressed with. What is fetched of a file by itself begins with `key`, a digest of them."""

    words: str

    @property
    def key(self) -> bytes:
        """The digest."""
        return hashlib.sha256(self.words.encode("utf-8")).digest()[:KEY_BYTES]

    def compressor(self) -> Any:
        """Return a compressor that has just read the words: to copy it is quicker than to tell them to each record anew."""
        return zlib.compressobj(
            _EFFORT, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY, self.words.encode("utf-8")
        )


@dataclass(frozen=True, slots=True)
class RecordFiles:
    """The bodies of the files, and what the start file says of them."""

    slots: tuple[bytes, ...]  # of which a record is fetched by itself
    texts: tuple[bytes, ...]  # of a few records each
    told: Mapping[str, object]


def texts_per_file(documents: int) -> int:
    """Return how many records a file holds that is fetched as a whole."""
    return max(FEWEST, -(-documents // MOST_FILES))


@dataclass(frozen=True, slots=True)
class Packed:
    """Records compressed by themselves, each with the checksum of its line, and the files of a few together."""

    alone: list[tuple[bytes, int]]
    together: list[bytes]


def pack_records(
    documents: Sequence[SearchDocument],
    names: Mapping[str, str],
    taken: Callable[[SearchDocument], Taken],
    dictionary: Dictionary,
    per_file: int,
) -> Packed:
    """Return some records as they stand in the files: as many as fill a few files of `per_file`, unless they are the last.

    `names` are those of bodies, by id.
    """
    lines = [_line(one, names, taken(one)).encode("utf-8", "replace") for one in documents]
    return _packed(dictionary.compressor().copy, lines, per_file)


def write_records(lots: Sequence[Packed], dictionary: Dictionary, per_file: int) -> RecordFiles:
    """Return the files of records that were packed, in the order of their documents."""
    packed = [one for some in lots for one in some.alone]
    lengths = sorted(len(one) for one, _ in packed) or [0]
    fits = SLOT_HEAD + lengths[int((len(lengths) - 1) * _FITS)]
    slot = min(_LARGEST_SLOT, -(-fits // _SLOT_STEP) * _SLOT_STEP)
    told = {
        "recordsPerFile": SLOTS,
        "recordSlot": slot,
        "recordWords": dictionary.words,
        "textsPerFile": per_file,
    }
    slots = (
        _slots(dictionary.key, start, packed[start : start + SLOTS], slot)
        for start in range(0, len(packed), SLOTS)
    )
    return RecordFiles(tuple(slots), tuple(one for some in lots for one in some.together), told)


def _packed(copy: Callable[[], Any], lines: Sequence[bytes], per_file: int) -> Packed:
    """Records by themselves and some together, by copies of one and the same compressor."""
    found = Packed([], [])
    for line in lines:
        packer = copy()
        found.alone.append((packer.compress(line) + packer.flush(), zlib.crc32(line)))
    for start in range(0, len(lines), per_file):
        packer, text = copy(), b"\n".join(lines[start : start + per_file])
        found.together.append(zlib.crc32(text).to_bytes(4, "big") + packer.compress(text) + packer.flush())
    return found


def _slots(key: bytes, first: int, packed: Sequence[tuple[bytes, int]], slot: int) -> bytes:
    """A file: a slot for each record, and behind them what did not fit."""
    room, slots, rest = slot - SLOT_HEAD, bytearray(), bytearray()
    for number, (one, check) in enumerate(packed, first):
        place = len(packed) * slot + len(rest) if len(one) > room else 0
        head = key + number.to_bytes(4, "big") + check.to_bytes(4, "big")
        slots += head + len(one).to_bytes(3, "big") + place.to_bytes(3, "big") + one[:room].ljust(room, b"\0")
        rest += one[room:]
    return bytes(slots + rest)


def frequent_words(
    documents: Sequence[SearchDocument], complete: Callable[[SearchDocument], SearchDocument] | None = None
) -> Dictionary:
    """Return words that stand in many records, the most frequent last: nearest to what they are compared with.

    `complete` gives a document its passages, where these documents have none yet.
    """
    most = min(_DICTIONARY, len(documents) * _SHARE)
    counts: Counter[str] = Counter()
    # Every so manieth, a power of two: of a few records more or less the same are taken.
    for document in documents[:: 1 << max(0, (len(documents) // _SAMPLED).bit_length() - 1)]:
        for passage in (complete(document) if complete else document).passages:
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
    return Dictionary(" ".join(reversed(chosen)).encode("utf-8", "replace").decode("utf-8"))


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
        *_origins(document, taken.origins),
    ]
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def _origins(document: SearchDocument, known: Mapping[str, Origin]) -> list[object]:
    """Where passages are from, each once; and for each passage the number of it, counted from 1, or 0. Nothing where none is known."""
    of_each = [known.get(one.text) for one in document.passages]
    places = {origin: number for number, origin in enumerate(dict.fromkeys(filter(None, of_each)), 1)}
    numbers = [places[origin] if origin is not None else 0 for origin in of_each]
    while numbers and not numbers[-1]:
        numbers.pop()
    if not numbers:
        return []
    return [[[one.document, one.place, *([1] if one.apart else [])] for one in places], numbers]
