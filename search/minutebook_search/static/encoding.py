"""Numbers and texts as bytes: variable-length integers, strings that share a beginning, and the frame of a file."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]

FORMAT = 4  # raised whenever a reader of the old format would misread the new one
MAGIC = b"MBSI"
DIGEST_BYTES = 5  # of the files of a group, by which they are named
KEY_BYTES = 4
EFFORT = 6  # of compressing, out of 9, which takes twice as long and saves a byte in a thousand

_FEW = 40  # numbers, which are sooner written one by one than as an array

# The kind of a file, as its frame names it; the place in this list is the number that is written.
FAMILIES = (
    "start",
    "lexicon",
    "postings",
    "tops",
    "vocabulary",
    "spelling",
    "pairs",
    "records",
    "texts",
    "columns",
)


def compressed(body: bytes) -> bytes:
    """Return bytes as a gzip file that says nothing of when and where it was made."""
    packer = zlib.compressobj(EFFORT, zlib.DEFLATED, 31, 9)
    return packer.compress(body) + packer.flush()


def deflated(body: bytes) -> bytes:
    """Return bytes as raw deflate: without a head, and without a checksum of their own."""
    return zlib.compress(body, EFFORT, -15)


def piece(key: bytes, content: bytes) -> bytes:
    """Return a stretch of a file that is fetched by itself: of which index it is, its checksum, its content."""
    return key + zlib.crc32(content).to_bytes(4, "big") + content


def framed(digest: bytes, family: str, number: int, packed: bytes) -> bytes:
    """Return a file of the index: what it is and of which group, then its content."""
    kind = FAMILIES.index(family)
    return MAGIC + bytes((FORMAT, kind)) + number.to_bytes(4, "big") + digest + packed


def varint(number: int) -> bytes:
    """Return a number in groups of seven bits, the lowest first; the high bit says that more follow (LEB128)."""
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


def text(value: str) -> bytes:
    """Return a string as the length of its UTF-8 and the bytes."""
    encoded = value.encode("utf-8")
    return varint(len(encoded)) + encoded


def front_coded(value: str, before: str) -> bytes:
    """Return a string as how many characters it shares with the one before, and the rest.

    Characters are those of UTF-16, in which a browser counts; a pair that stands for one is never cut.
    """
    if value.isascii():  # as nearly all are: a character is a unit, and a byte
        same = 0
        for one_sign, other_sign in zip(value, before, strict=False):
            if one_sign != other_sign:
                break
            same += 1
        return varint(same) + text(value[same:])
    one, other = value.encode("utf-16-be", "surrogatepass"), before.encode("utf-16-be", "surrogatepass")
    shared = 0
    while shared < len(one) and one[shared : shared + 2] == other[shared : shared + 2] != b"":
        shared += 2
    if shared and 0xD8 <= one[shared - 2] < 0xDC:
        shared -= 2
    return varint(shared // 2) + text(one[shared:].decode("utf-16-be", "surrogatepass"))


def in_browser_order(value: str) -> bytes:
    """Return what to sort strings by so that a browser, which compares units of UTF-16, finds them in order."""
    return value.encode("utf-16-be", "surrogatepass")


def varint_lengths(numbers: Numbers) -> npt.NDArray[np.int64]:
    """Return how many bytes each number takes."""
    lengths = np.ones(len(numbers), dtype=np.int64)
    for bits in range(7, 64, 7):
        more = numbers >= np.uint64(1 << bits)
        if not more.any():
            break
        lengths += more
    return lengths


def varints(numbers: Numbers) -> tuple[Bytes, npt.NDArray[np.int64]]:
    """Return numbers one after another as bytes, and where each begins, with the end of the last."""
    lengths = varint_lengths(numbers)
    places = np.zeros(len(numbers) + 1, dtype=np.int64)
    np.cumsum(lengths, out=places[1:])
    found = np.zeros(int(places[-1]), dtype=np.uint8)
    rest, at, left = numbers.copy(), places[:-1].copy(), lengths
    while len(rest):
        more = left > 1
        found[at] = (rest & np.uint64(127)).astype(np.uint8) | (more.astype(np.uint8) << 7)
        rest, at, left = rest[more] >> np.uint64(7), at[more] + 1, left[more] - 1
    return found, places


def leaps(numbers: Numbers) -> bytes:
    """Return rising numbers as how far each is from the one before, the first from nothing."""
    if len(numbers) > _FEW:
        return varints(gaps(numbers))[0].tobytes()
    found, before = bytearray(), 0
    for number in numbers.tolist():
        found += varint(number - before)
        before = number
    return bytes(found)


def gaps(numbers: Numbers) -> Numbers:
    """Return how far each number is from the one before, the first from nothing."""
    found = numbers.copy()
    found[1:] -= numbers[:-1]
    return found


def all_varints(numbers: Iterable[int]) -> bytes:
    """Return a few numbers one after another as bytes."""
    return b"".join(map(varint, numbers))
