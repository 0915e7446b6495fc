"""What the proof that nothing private leaks needs: records full of marks, and an eye that finds a mark in any bytes.

A mark is a word that stands nowhere else. Hidden records are made from the samples, one set after
another, each with a mark of its own in every field that takes text, in its slug and wherever it is
referred to. `found_in` looks for marks in bytes as a reader, a browser or a thief would read them:
unpacked, decoded, with tags taken away, backwards.
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
import types
import typing
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote

from pydantic import TypeAdapter, ValidationError

from minutebook.front_matter import Value, read_front_matter, write_record_text
from minutebook.records import BY_FOLDER, RECORD_TYPES
from minutebook.records.base import Access, Absence, Part, To, field_name, metadata, part_type, written_name
from minutebook.records.values import Amount, FieldKey, Ref
from minutebook.source import SourceFile
from minutebook.when import Period, When
from tests.helpers import COUNCIL, SAMPLES

# -- the eye -------------------------------------------------------------------------------------

WORD = "xqzvjkwh"  # no language has it, no stemmer shortens it, and no library that we ship holds it
MARK = re.compile(rf"{WORD[:1]}?{WORD[1:]}[0-9]*")  # a lexicon may keep a first letter elsewhere
# The years of hidden records: a thousand after those of the samples.
YEAR = re.compile(r"(?<![0-9A-Za-z.#])30(?:1[5-9]|2[0-9])(?![0-9A-Za-z])")

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u0300-\u036f]")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\u\{?0*([0-9a-f]{2,4})\}?|\\x([0-9a-f]{2})|\\0*([0-9a-f]{2})(?= )", re.IGNORECASE)
_GZIP, _ZIP, _BZ2, _XZ = b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ\x00"
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_DEEPEST = 5  # boxes within boxes
# Boxes that the standard library cannot open: whoever ships one teaches this file to read it.
_SEALED = (".br", ".zst", ".zstd", ".7z", ".rar", ".lz4")


class CannotLookInside(AssertionError):
    """A file is packed in a way that the eye cannot open: it proves nothing until it can."""


def found_in(name: str, data: bytes) -> set[str]:
    """Every mark in a file, however it is packed or written; its name counts as well."""
    found = set(_marks(name.encode("utf-8", "surrogateescape")))
    for inner_name, layer in _layers(name, data):
        found.update(_marks(inner_name.encode("utf-8", "surrogateescape")))
        found.update(_marks(layer))
    return found


def found_in_tree(folder: Path) -> tuple[dict[str, set[str]], int, int]:
    """The marks of each file under a folder, by path; how many files and bytes were looked through."""
    leaks: dict[str, set[str]] = {}
    files = total = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            data = str(path.readlink()).encode()
        elif path.is_file():
            data = path.read_bytes()
        else:
            data = b""
        files, total = files + path.is_file(), total + len(data)
        if found := found_in(name, data):
            leaks[name] = found
    return leaks, files, total


def years_in(text: str) -> set[str]:
    """The years of hidden records in a text."""
    return set(YEAR.findall(html.unescape(text)))


def _layers(name: str, data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The file itself, and everything that is packed into it."""
    yield name, data
    if depth > _DEEPEST:
        raise CannotLookInside(f"{name}: boxes more than {_DEEPEST} deep")
    if name.lower().endswith(_SEALED):
        raise CannotLookInside(f"{name}: teach tests/leaks.py to open it")
    for inner_name, inner in _unpacked(name, data):
        yield from _layers(inner_name, inner, depth + 1)


def _unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
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
    else:
        # PNG, PDF, fonts and indexes pack their parts so.
        for match in _ZLIB.finditer(data):
            stream = zlib.decompressobj()
            try:
                inner = stream.decompress(data[match.start() :])
            except zlib.error:
                continue
            if len(inner) >= len(WORD):
                yield f"{name}!zlib@{match.start()}", inner


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
    text = data.replace(b"\0", b"").decode("utf-8", "replace").lower()
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


# -- the marks -----------------------------------------------------------------------------------


@dataclass
class Marks:
    """Every mark that was planted, and where."""

    planted: dict[str, str] = field(default_factory=dict)

    def new(self, where: str) -> str:
        """A mark that stands nowhere yet."""
        mark = f"{WORD}{len(self.planted):05}"
        self.planted[mark] = where
        return mark


# What a check compares with something, and what refers: the first would be another mistake, the second
# bears the mark of the slug it refers to.
_UNMARKED = frozenset({"supports", "paragraphs", "schedule_version", "key", "row", "column", "sha256"})
# What the law wants known of an item that was taken in private (LGA 1972, sections 100A and 100C).
KNOWN_OF_ITEMS: Mapping[str, frozenset[tuple[str, ...]]] = {
    "exempt": frozenset({("number",), ("public_summary",), ("exemption", "public_interest_reason")}),
    "confidential": frozenset({("number",)}),
    "draft": frozenset(),
}
_DATE = re.compile(r"\b20(?=1[5-9]|2[0-9])")


def leaves(value: Value, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every text inside fields."""
    if isinstance(value, str):
        yield at
        return
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from leaves(inner, (*at, step))


def put(fields: Any, at: tuple[str | int, ...], value: Value) -> None:
    """Put a value into fields."""
    for step in at[:-1]:
        fields = fields[step]
    fields[at[-1]] = value


def get(fields: Any, at: tuple[str | int, ...]) -> Any:
    """The value at a way into fields."""
    for step in at:
        fields = fields[step]
    return fields


def is_valid(folder: str, fields: Mapping[str, Any]) -> bool:
    """Whether a record of this folder can have these fields."""
    try:
        BY_FOLDER[folder].model_validate(fields, context={"council": COUNCIL})
    except ValidationError:
        return False
    return True


def sample_fields(folder: str) -> tuple[dict[str, Any], str]:
    """The fields of a sample record and its narrative."""
    front, _ = read_front_matter(SourceFile("", (SAMPLES / f"{folder}.md").read_text(encoding="utf-8")))
    assert front is not None
    return front.fields, front.narrative


def completed(model: type[Part], fields: dict[str, Any], left_out: frozenset[str], depth: int = 0) -> dict[str, Any]:
    """Fields with everything that the model has besides, however deep; `left_out` names what is not to be added."""
    whole: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        written = written_name(info, name)
        inner = part_type(info.annotation)
        if written in fields:
            value = fields[written]
            if inner is not None and isinstance(value, dict):
                value = completed(inner, value, left_out, depth + 1)
            elif inner is not None and isinstance(value, list):
                value = [completed(inner, one, left_out, depth + 1) for one in value]
            whole[written] = value
        elif written not in left_out and depth < 4 and (made := _invented(info, left_out, depth)) is not None:
            whole[written] = made
    return whole


def _invented(info: Any, left_out: frozenset[str], depth: int) -> Any:
    """A value that a field can have; None where it is to be left out."""
    kinds = [kind for kind in typing.get_args(info.annotation) if kind is not type(None)]
    is_list = typing.get_origin(info.annotation) is tuple
    inner = part_type(info.annotation)
    to = metadata(info, To)
    value: Any = None
    if inner is not None:
        value = completed(inner, {}, left_out, depth + 1)
    elif to is not None:
        value = f"{(to.folders or ('projects',))[0]}/sample"
    else:
        enums = [kind for kind in (*kinds, info.annotation) if isinstance(kind, type) and issubclass(kind, Enum)]
        choices = [member.value for member in enums[0]] if enums else _SOMETHING
        value = next((one for one in choices if _fits(info, [one] if is_list else one)), None)
    return [value] if is_list and value is not None else value


_SOMETHING = ("in words of its own", "https://hidden.example/page", "2019-03", "2019", "10:30", "1", "true", "0" * 64, "sources/sample#title")


def _fits(info: Any, value: Any) -> bool:
    try:
        TypeAdapter(Annotated[(info.annotation, *info.metadata, None)]).validate_python(value, context={"council": COUNCIL})
    except ValidationError:
        return False
    return True
