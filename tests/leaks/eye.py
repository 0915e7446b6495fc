"""An eye that finds a mark in any bytes: unpacked, decoded, with tags taken away, backwards.

A mark is a word that stands nowhere else. `found_in` looks for marks as a reader, a browser or a
thief would read a file.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import lzma
import re
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

from tests.leaks.index_eye import MAGIC, Starts, open_index, starts_of

WORD = "xqzvjkwh"  # no language has it, no stemmer shortens it, and no library that we ship holds it
MARK = re.compile(rf"{WORD[:1]}?{WORD[1:]}[0-9]*")  # a lexicon may keep a first letter elsewhere
# What cannot hold a word: the years of hidden records, a thousand after those of the samples, and their amounts.
NUMBER = re.compile(r"(?<![0-9A-Za-z.#])(?:30(?:1[5-9]|2[0-9])|730,?6[0-9]{2},?[0-9]{3})(?![0-9A-Za-z])")

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u0300-\u036f]")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\u\{?0*([0-9a-f]{2,4})\}?|\\x([0-9a-f]{2})|\\0*([0-9a-f]{2})(?= )", re.IGNORECASE)
_GZIP, _ZIP, _BZ2, _XZ = b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ\x00"
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_DEEPEST = 5  # boxes within boxes
_PIECE = 2048
# Boxes that the standard library cannot open: whoever ships one teaches this file to read it.
_SEALED = (".br", ".zst", ".zstd", ".7z", ".rar", ".lz4")


class CannotLookInside(AssertionError):
    """A file is packed in a way that the eye cannot open: it proves nothing until it can."""


def found_in(name: str, data: bytes, starts: Starts = MappingProxyType({})) -> set[str]:
    """Every mark in a file, however it is packed or written; its name counts as well.

    `starts` are the start files of browser indexes, without which their records cannot be opened.
    """
    found = set(_marks(name.encode("utf-8", "surrogateescape")))
    for inner_name, layer in _layers(name, data, starts):
        found.update(_marks(inner_name.encode("utf-8", "surrogateescape")))
        found.update(_marks(layer))
    return found


def found_in_tree(folder: Path) -> tuple[dict[str, set[str]], int, int]:
    """The marks of each file under a folder, by path; how many files and bytes were looked through."""
    leaks: dict[str, set[str]] = {}
    files = total = 0
    starts = starts_of(path.read_bytes() for path in folder.rglob("start-*.bin") if path.is_file())
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            data = str(path.readlink()).encode()
        elif path.is_file():
            data = path.read_bytes()
        else:
            data = b""
        files, total = files + path.is_file(), total + len(data)
        if found := found_in(name, data, starts):
            leaks[name] = found
    return leaks, files, total


def numbers_in(text: str) -> set[str]:
    """The years and amounts of hidden records in a text that we have written."""
    return set(NUMBER.findall(html.unescape(text)))


def _layers(name: str, data: bytes, starts: Starts, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The file itself, and everything that is packed into it."""
    yield name, data
    if depth > _DEEPEST:
        raise CannotLookInside(f"{name}: boxes more than {_DEEPEST} deep")
    if name.lower().endswith(_SEALED):
        raise CannotLookInside(f"{name}: teach tests/leaks/eye.py to open it")
    for inner_name, inner in _unpacked(name, data, starts):
        yield from _layers(inner_name, inner, starts, depth + 1)


def _unpacked(name: str, data: bytes, starts: Starts) -> Iterator[tuple[str, bytes]]:
    if data.startswith(_GZIP):
        yield f"{name}!gzip", gzip.decompress(data)
    elif data.startswith(_BZ2):
        yield f"{name}!bz2", bz2.decompress(data)
    elif data.startswith(_XZ):
        yield f"{name}!xz", lzma.decompress(data)
    elif data.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            for member in box.namelist():
                yield f"{name}!{member}", box.read(member)
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            for entry in tar.getmembers():
                opened = tar.extractfile(entry)
                yield f"{name}!{entry.name}", opened.read() if opened is not None else b""
    elif data.startswith(MAGIC):
        yield from open_index(name, data, starts)
    else:
        # PNG, PDF, fonts and the index of Whoosh pack their parts so, without saying where.
        for match in _ZLIB.finditer(data):
            if len(inner := _inflated(data, match.start())) >= len(WORD):
                yield f"{name}!zlib@{match.start()}", inner


def _inflated(data: bytes, start: int) -> bytes:
    """What is packed there; nothing where it only looks as if something were."""
    stream, found = zlib.decompressobj(), b""
    # Piece by piece: most are no such thing, and what follows a small one would be copied each time.
    for at in range(start, len(data), _PIECE):
        try:
            found += stream.decompress(data[at : at + _PIECE])
        except zlib.error:
            return b""
        if stream.eof:
            break
    return found


def _marks(data: bytes) -> Iterator[str]:
    for text in _readings(data):
        yield from MARK.findall(text)
        if _BACKWARDS in text:
            yield _BACKWARDS
    for needle, why in _NEEDLES:
        if needle in data:
            yield why


_BACKWARDS = WORD[::-1]


def _readings(data: bytes) -> Iterator[str]:
    """A file's bytes as text, in each of the ways in which somebody might read them."""
    plain = data.replace(b"\0", b"")
    try:
        text = plain.decode("utf-8").lower()
    except UnicodeDecodeError:
        # No text, or not one of ours: what is ASCII in it is what it looks like.
        yield plain.decode("latin-1").lower()
        return
    yield text
    for _ in range(2):  # twice: `&amp;#120;` is a mark to whoever reads what a page says of a page
        for sign, read in _DECODERS:
            if sign in text:
                decoded = read(text)
                if decoded != text:
                    text = decoded.lower()
                    yield text
    bare = text
    if not bare.isascii():
        bare = _UNSEEN.sub("", unicodedata.normalize("NFKD", bare)).casefold()
        yield bare
    if "<" in bare:
        yield _TAG.sub("", bare)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2] or match[3], 16)), text)


_DECODERS = (("&", html.unescape), ("%", unquote), ("\\", _unescaped))


def _needles() -> Iterator[tuple[bytes, str]]:
    """A mark in base64, at each of the three places where it can begin, and in hexadecimal."""
    for word in (WORD, WORD.upper(), WORD.capitalize()):
        for before in range(3):
            coded = base64.b64encode(b"\0" * before + word.encode())
            first = (before * 8 + 5) // 6  # what depends on the bytes before is left out, and after
            certain = coded[first : (before + len(word)) * 8 // 6]
            yield certain, f"{WORD} in base64"
            yield certain.replace(b"+", b"-").replace(b"/", b"_"), f"{WORD} in base64"
        yield word.encode().hex().encode(), f"{WORD} in hexadecimal"
        yield word.encode().hex().upper().encode(), f"{WORD} in hexadecimal"


_NEEDLES = tuple(dict.fromkeys(_needles()))
