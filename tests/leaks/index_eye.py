"""The browser's index, opened: gzip, raw deflate wherever it begins, and texts that lean on words kept elsewhere.

It knows no more of the layout than it must (`docs/reference/browser-index.md`): a file begins with `MBSI`;
the start file is JSON in gzip and holds the words that records are compressed with; the record of a slot may
go on behind the slots. Everything else is tried at every byte, so that a family that is added tomorrow is
opened as well.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

MAGIC = b"MBSI"
_GZIP = b"\x1f\x8b\x08"
_HEAD = 15  # bytes: magic, format, family, number, group
_SLOT = 18  # bytes before the record in a slot: key 4, number 4, checksum 4, length 3, place of the rest 3
_BEFORE = 24  # bytes before a stream in which its checksum may stand
_PIECE = 2048
_FEWEST = 8  # bytes that a mark can stand in


@dataclass(frozen=True, slots=True)
class Start:
    """What the start file of an index says of the others: the words that records lean on, and the bytes of a slot."""

    words: bytes
    slot: int


Starts = Mapping[bytes, Start]
"""Start files, by the key that a slot begins with."""


def starts_of(files: Iterable[bytes]) -> Starts:
    """Return the start file of every index that has it among these files."""
    found = {}
    for data in files:
        if data.startswith(MAGIC):
            with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
                told = json.loads(gzip.decompress(data[_HEAD:]))
                found[bytes.fromhex(told["key"])] = Start(told["recordWords"].encode(), told["recordSlot"])
    return found


def open_index(name: str, data: bytes, starts: Starts) -> Iterator[tuple[str, bytes]]:
    """Yield what is packed into a file of an index, each time with a name that tells where it was."""
    if data[_HEAD:].startswith(_GZIP):
        yield f"{name}!gzip", gzip.decompress(data[_HEAD:])
        return
    for key, start in starts.items():
        yield from _slots(name, data, key, start)
    for words in {start.words for start in starts.values()} or {b""}:
        yield from _streams(name, data, words)


def _slots(name: str, data: bytes, key: bytes, start: Start) -> Iterator[tuple[str, bytes]]:
    """The records of which a part stands behind the slots, so that no scan can put the two together."""
    at = data.find(key, _HEAD)
    while at >= 0:
        head = data[at : at + _SLOT]
        length, place = (int.from_bytes(head[n : n + 3], "big") for n in (12, 15))
        if place:
            room = start.slot - _SLOT
            packed = data[at + _SLOT : at + start.slot] + data[_HEAD + place : _HEAD + place + length - room]
            text, _ = _inflated(packed, 0, start.words)
            if zlib.crc32(text).to_bytes(4, "big") == head[8:12]:
                yield f"{name}!slot@{at}", text
        at = data.find(key, at + 1)


def _streams(name: str, data: bytes, words: bytes) -> Iterator[tuple[str, bytes]]:
    """Whatever comes of reading raw deflate from each byte; a stream with its checksum before it is not read twice."""
    at, doubtful = _HEAD, bytearray()
    while at < len(data):
        text, used = _inflated(data, at, words) if _may_begin(data, at) else (b"", 0)
        if used and _is_checked(data, at, used, text):
            yield f"{name}!deflate@{at}", text
            at += used
        else:
            if len(text) >= _FEWEST:
                doubtful += text + b"\n"
            at += 1
    yield f"{name}!doubtful", bytes(doubtful)


def _may_begin(data: bytes, at: int) -> bool:
    """Whether a block of deflate can begin here: of the four types one is none, and a stored one says its length twice."""
    match data[at] >> 1 & 3:
        case 3:
            return False
        case 0:
            lengths = data[at + 1 : at + 5]
            return len(lengths) == 4 and lengths[:2] == bytes(one ^ 255 for one in lengths[2:])
        case _:
            return True


def _is_checked(data: bytes, at: int, used: int, text: bytes) -> bool:
    """Whether the CRC-32 of what is packed, or of what it unpacks to, stands shortly before it."""
    before = data[max(0, at - _BEFORE) : at]
    return any(zlib.crc32(one).to_bytes(4, "big") in before for one in (text, data[at : at + used]))


def _inflated(data: bytes, start: int, words: bytes) -> tuple[bytes, int]:
    """What a stream unpacks to as far as it can be read, and how many bytes it is, 0 where it has no end."""
    stream, found = zlib.decompressobj(-15, zdict=words), b""
    for at in range(start, len(data), _PIECE):
        piece = data[at : at + _PIECE]
        try:
            found += stream.decompress(piece)
        except zlib.error:
            return found, 0
        if stream.eof:
            return found, at + len(piece) - len(stream.unused_data) - start
    return found, 0
