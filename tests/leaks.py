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
import typing
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote

from pydantic import TypeAdapter, ValidationError

from minutebook.front_matter import Value, read_front_matter, write_record_text
from minutebook.knowledge_base import LINK
from minutebook.records import BY_FOLDER, RECORD_TYPES
from minutebook.records.base import Part, To, metadata, part_type, written_name
from minutebook.source import SourceFile
from tests.helpers import COUNCIL, SAMPLES

# -- the eye -------------------------------------------------------------------------------------

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


def numbers_in(text: str) -> set[str]:
    """The years and amounts of hidden records in a text that we have written."""
    return set(NUMBER.findall(html.unescape(text)))


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


# -- the marks -----------------------------------------------------------------------------------


@dataclass
class Marks:
    """Every mark that was planted, where, and what may be known of it."""

    planted: dict[str, str] = field(default_factory=dict)
    # The folder of a council stands in every message, but on no page if nothing of it is public.
    of_councils: set[str] = field(default_factory=set)
    # The number, grounds and public summary of an item that was taken in private at a public meeting.
    known_by_law: set[str] = field(default_factory=set)

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
_DEEP_ENOUGH = 3  # a priority holds priorities
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


def completed(
    model: type[Part], fields: dict[str, Any], left_out: frozenset[str], depth: int = 0
) -> dict[str, Any]:
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
        elif written not in left_out and (made := _invented(info, left_out, depth)) is not None:
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
        value = completed(inner, {}, left_out, depth + 1) if depth < _DEEP_ENOUGH else None
    elif to is not None:
        value = f"{(to.folders or ('projects',))[0]}/sample"
    else:
        enums = [
            kind for kind in (*kinds, info.annotation) if isinstance(kind, type) and issubclass(kind, Enum)
        ]
        choices = [member.value for member in enums[0]] if enums else _SOMETHING
        value = next((one for one in choices if _fits(info, [one] if is_list else one)), None)
    return [value] if is_list and value is not None else value


_SOMETHING = (
    "in words of its own",
    "https://hidden.example/page",
    "2019-03",
    "2019",
    "10:30",
    "1",
    "true",
    "0" * 64,
    "sources/sample#title",
)


def markable(model: type[Part], at: tuple[str, ...] = ()) -> Iterator[str]:
    """The way to every field, however deep, that can hold a mark."""
    for name, info in model.model_fields.items():
        way = (*at, written_name(info, name))
        inner = part_type(info.annotation)
        if inner is not None:
            if len(at) < _DEEP_ENOUGH and inner is not model:
                yield from markable(inner, way)
        elif metadata(info, To) is None and way[-1] not in _UNMARKED:
            tries = [written(f"{WORD}00000") for written in _ANYTHING]
            if any(_fits(info, [one]) or _fits(info, one) for one in tries):
                yield ".".join(way)


_ANYTHING: tuple[Callable[[str], Value], ...] = (
    lambda mark: mark,
    lambda mark: f"https://{mark}.example/",
)


def _fits(info: Any, value: Any) -> bool:
    try:
        TypeAdapter(Annotated[(info.annotation, *info.metadata, None)]).validate_python(
            value, context={"council": COUNCIL}
        )
    except ValidationError:
        return False
    return True


# -- hidden records ------------------------------------------------------------------------------

ACCESS = ("exempt", "confidential", "draft")
# What would be a mistake in a sample that has everything: an erased record with content, a record that
# refers to itself, an end before the beginning. Such records are in the unsound knowledge base alone.
_NOT_IN_SOUND = frozenset(
    {
        "erased", "supports", "schedule_version", "ended", "ended_reason", "until", "from", "succeeded_by",
        "perhaps_same_as", "approved_at", "listed_on", "rescinds", "amends", "supersedes", "states",
    }
)  # fmt: skip
_NOR_IN = {
    "bodies": {"body"}, "posts": {"since"}, "sources": {"citations"}, "figures": {"period", "as_at"}, "indicators": {"word", "value"},
}  # fmt: skip
# What a sample has of these stays as it is in the sound one: a value stands in the words quoted, and has no word beside it.
_AS_IT_IS = frozenset({"states", "word"})
_NEVER: Mapping[str, frozenset[str]] = {
    "transfers": frozenset({"closed", "gap", "monitored_by"})
}  # one of them is there
_REFERENCE = re.compile(rf"\b({'|'.join(sorted(BY_FOLDER))})/sample\b")


@cache
def template(folder: str, sound: bool) -> tuple[str, str]:
    """The text of a sample with everything its type can have."""
    fields, narrative = sample_fields(folder)
    left_out = frozenset({"access", "exemption"}) | _NEVER.get(folder, frozenset())
    if sound:
        left_out |= _NOT_IN_SOUND | _NOR_IN.get(folder, set())
    whole = completed(BY_FOLDER[folder], fields, left_out)
    return write_record_text(whole, narrative), narrative


@cache
def _ways(folder: str, sound: bool) -> tuple[tuple[tuple[str | int, ...], int], ...]:
    """Which texts of a template can bear a mark, and in which way."""
    fields = _fields(template(folder, sound)[0])
    found = []
    for at in leaves(fields):
        written = get(fields, at)
        if not _UNMARKED.isdisjoint(at) or _REFERENCE.fullmatch(written):
            continue
        if sound and not _AS_IT_IS.isdisjoint(at):
            continue
        for number, way in enumerate(_WAYS):
            put(fields, at, way(written, f"{WORD}00000"))
            fits = is_valid(folder, fields)
            put(fields, at, written)
            if fits:
                found.append((at, number))
                break
    return tuple(found)


# A text, an address, a name, the words of a date, an amount: what the field takes first.
_WAYS: tuple[Callable[[str, str], Value], ...] = (
    lambda written, mark: f"{written} {mark}",
    lambda written, mark: f"{written}/{mark}?{mark}",
    lambda written, mark: f"{written}-{mark}",
    lambda written, mark: {"value": written, "as_written": mark},
    lambda _, mark: f"7306{mark[-5:]}",
)


def _fields(text: str) -> dict[str, Any]:
    front, findings = read_front_matter(SourceFile("", text))
    assert front is not None
    assert not findings
    return front.fields


@dataclass(frozen=True)
class HiddenSet:
    """One hidden record of each type: their slugs by folder, and their files by path."""

    slugs: dict[str, str]
    files: dict[str, str]


def hidden_set(number: int, marks: Marks, *, sound: bool = True) -> HiddenSet:
    """A hidden record of each type, full of marks.

    Those of an even number keep to themselves and to their own thousand years; those of an odd one
    refer to the public samples, in their time.
    """
    slugs = {folder: f"hidden-{marks.new(f'slug of {folder} {number}')}" for folder in BY_FOLDER}
    quiet = slugs["council"]
    marks.of_councils |= set(MARK.findall(quiet))
    files = {}
    for turn, folder in enumerate(BY_FOLDER):
        access = ACCESS[(number + turn) % len(ACCESS)]
        at_home = folder != "council"
        path = f"{COUNCIL}/{folder}/{slugs[folder]}.md" if at_home else f"{quiet}/council/{quiet}.md"
        files[path] = _hidden_text(folder, number, access, slugs, marks, sound, at_home)
    return HiddenSet(slugs, files)


# What the hidden records of an odd set share with the public.
_SHARED = frozenset({"bodies", "posts", "meetings", "plans", "sources", "events"})


def _hidden_text(
    folder: str, number: int, access: str, slugs: Mapping[str, str], marks: Marks, sound: bool, at_home: bool
) -> str:
    text, narrative = template(folder, sound)
    fields = _fields(text)
    is_open = number % 2 == 1
    where = f"{access} {folder} {number}"

    def other(match: re.Match[str]) -> str:
        named = match[0] if is_open and match[1] in _SHARED else f"{match[1]}/{slugs[match[1]]}"
        if match[1] == "council":
            return f"{slugs['council']}/{named}"
        return named if at_home else f"{COUNCIL}/{named}"

    def moved(written: str, in_time: bool = is_open) -> str:
        return _REFERENCE.sub(other, written if in_time else _DATE.sub("30", written))

    for at in list(leaves(fields)):
        # No correction is made after the day the site speaks of.
        put(fields, at, moved(get(fields, at), is_open or (sound and at[0] == "corrections")))
    fields["access"] = access
    if access == "exempt":
        reason = f"Because {marks.new(f'{where}: reason')}."
        fields["exemption"] = {"paragraphs": ["3"], "public_interest_reason": reason}
        if folder == "items" and is_open:
            marks.known_by_law |= set(MARK.findall(reason))
    if folder == "meetings" and is_open and sound:
        fields.pop("interests")  # the item of its set lies at the public meeting
    if access == "confidential" and sound:
        for name in ("public_summary", "corrections"):
            fields.pop(name, None)
    for at, way in _ways(folder, sound):
        if at[0] not in fields:
            continue
        mark = marks.new(f"{where}: {'.'.join(map(str, at))}")
        put(fields, at, _WAYS[way](get(fields, at), mark))
        if (
            folder == "items"
            and is_open
            and tuple(step for step in at if isinstance(step, str)) in KNOWN_OF_ITEMS[access]
        ):
            marks.known_by_law.add(mark)
    told = moved(narrative)
    if LINK.search(told):
        named = marks.new(f"{where}: words of a link")
        told = LINK.sub(lambda link: f"[[{link[1]}|{named} {link[2] or ''}]]", told)
    return write_record_text(fields, f"{told}\n\nAnd {marks.new(f'{where}: narrative')}.")


# -- public records that refer to hidden ones ----------------------------------------------------

# Each of these would rest on a hidden record, or say of a public one what is not so.
_NOT_CROSSED = frozenset({
    "succeeded_by", "perhaps_same_as", "approved_at", "rescinds", "amends", "supersedes", "reported_in",
})  # fmt: skip


_QUOTED = f"{WORD}99999 in other words"  # what goes with a reference to a hidden record


def crossing(hidden: HiddenSet | None, *, sound: bool = True) -> dict[str, str]:
    """A public record of each type that refers to hidden ones wherever it may; without `hidden` to none.

    What stands in place of a link to a hidden record stands there then as text. Where the knowledge base
    need not be sound they cite hidden sources as well, and have hidden parents.
    """
    files = {}
    for record_type in RECORD_TYPES:
        folder = record_type.folder
        if folder in ("council", "projects", "transfers"):
            continue  # what these are part of is told by `governance`
        fields, narrative = sample_fields(folder)
        fields["title"] = f"A crossing of {folder}"
        fields["aliases"] = [f"Crossroads of {folder}"]
        if folder == "items":
            fields |= {"number": "8", "minute_number": "13"}
        if folder == "meetings":
            fields.pop("interests")  # its item is one of another meeting
        if hidden is not None:
            _refer(record_type, fields, hidden.slugs, _NOT_CROSSED if sound else frozenset())
            if not sound:
                fields.setdefault("citations", []).append(
                    {"source": f"sources/{hidden.slugs['sources']}", "quote": _QUOTED}
                )
            link = f"[[{folder}/{hidden.slugs[folder]}]]"
            narrative += f"\n\nBeside {link} and {link[:-2]}|{_QUOTED}]], in public."
        else:
            gone = "(a record that is not public)"
            narrative += f"\n\nBeside {gone} and {gone}, in public."
        files[f"{COUNCIL}/{folder}/crossing.md"] = write_record_text(fields, narrative)
    return files


def resting(hidden: HiddenSet) -> dict[str, str]:
    """A public record of each type all of whose references lead to hidden ones: most cannot stand without."""
    files = {}
    for folder in BY_FOLDER:
        fields, narrative = sample_fields(folder)
        fields |= {"title": f"Resting {folder}", "aliases": [f"At rest: {folder}"]}
        text = write_record_text(fields, narrative.replace("|", f"|{_QUOTED} "))
        path = f"{COUNCIL}/{folder}/resting.md" if folder != "council" else "restham/council/restham.md"
        files[path] = _REFERENCE.sub(lambda match: f"{COUNCIL}/{match[1]}/{hidden.slugs[match[1]]}", text)
    return files


def _refer(
    model: type[Part], fields: dict[str, Any], slugs: Mapping[str, str], without: frozenset[str]
) -> None:
    """Let fields refer to hidden records besides: one more in each list, one where none was named."""
    for name, info in model.model_fields.items():
        written, to, inner = written_name(info, name), metadata(info, To), part_type(info.annotation)
        value = fields.get(written)
        if to is not None and name not in without:
            target = (to.folders or ("projects",))[0]
            reference = f"{target}/{slugs[target]}"
            if typing.get_origin(info.annotation) is tuple:
                if value is None or isinstance(value, list):
                    fields[written] = [*(value or []), reference]
            elif value is None and not info.is_required():
                fields[written] = reference
        elif inner is not None and value is not None:
            for one in value if isinstance(value, list) else [value]:
                _refer(inner, one, slugs, without)


def governance(hidden: HiddenSet | None, marks: Marks | None = None) -> dict[str, str]:
    """Public projects whose owners hidden records change; without `hidden` what the public ones alone say."""
    names = dict.fromkeys(BY_FOLDER, "") if hidden is None else hidden.slugs
    cited = (
        "citations: [{source: sources/sample, at: section 6, quote: the programme starts on 1 April 2019}]"
    )
    files: dict[str, str] = {}

    def hush(what: str) -> str:
        return marks.new(what) if marks is not None else ""

    def write(path: str, text: str, access: str = "public") -> None:
        mark = ""
        if access != "public":
            if hidden is None or marks is None:
                return
            grounds = (
                "exemption: {paragraphs: ['3'], public_interest_reason: So.}\n" if access == "exempt" else ""
            )
            mark = marks.new(f"{path}: title")
            text = f"access: {access}\n{grounds}editor_note: {marks.new(f'{path}: note')}\n{text}"
            path = f"{path}-{marks.new(f'{path}: slug')}"
        title = path.rpartition("/")[2].replace("-", " ").capitalize()
        files[f"{COUNCIL}/{path}.md"] = f"---\ntitle: {title} {mark}\n{text}\n{cited}\n---\n"

    def transfer(
        slug: str,
        kind: str,
        on: str,
        moves: str,
        giver: str = "",
        access: str = "public",
        by: str = "not stated",
    ) -> None:
        given = f"from: bodies/{giver}\n" if giver else ""
        write(
            f"transfers/{slug}",
            f"kind: {kind}\neffective: {on}\nauthorised_by: {by}\n{given}moves: [{moves}]",
            access,
        )

    for body in ("open-north", "open-south"):
        parent = f"\nparent: bodies/{names['bodies']}" if hidden is not None and body == "open-south" else ""
        write(f"bodies/{body}", f"kind: programme board\nestablished: 2017{parent}")
    for project in ("moved-in-private", "received-in-private", "by-private-leave", "watched-in-private", "split-partly-in-private",
                    "ended-in-private", "lost-in-private", "disputed-in-private", "stayed-in-public"):  # fmt: skip
        write(f"projects/{project}", "kind: project")
        if project != "received-in-private":
            on = "2019-05-01" if project == "by-private-leave" else "2018-04-01"
            transfer(f"2018-{project}", "establish", on, f"{{what: projects/{project}, to: bodies/open-north}}",
                     by=f"decisions/{names['decisions']}" if hidden is not None and project == "by-private-leave" else "not stated")  # fmt: skip
    # A hidden transfer in the middle of a public chain.
    transfer(
        "2018-06-move",
        "transfer",
        "2018-06-01",
        "{what: projects/moved-in-private, to: bodies/open-south}",
        "open-north",
        "exempt",
    )
    transfer(
        "2018-09-move",
        "transfer",
        "2018-09-01",
        "{what: projects/moved-in-private, to: bodies/open-north}",
        "open-south",
    )
    transfer(
        "2018-07-end",
        "close",
        "2018-07-01",
        f"{{what: projects/ended-in-private, closed: {{into: given up {hush('closed into')}}}}}",
        "open-north",
        "draft",
    )
    transfer(
        "2018-07-gap",
        "transfer",
        "2018-07-02",
        f"{{what: projects/lost-in-private, gap: Nobody {hush('gap')}.}}",
        "open-north",
        "confidential",
    )
    if hidden is not None:
        # Public transfers that lead to hidden bodies, or take hidden projects along.
        transfer(
            "2018-received-in-private",
            "establish",
            "2018-04-01",
            f"{{what: projects/received-in-private, to: bodies/{names['bodies']}}}",
        )
        write(
            "statements/dispute",
            "capacity: member\nsaid_on: 2018-09-02\ndisputes: [transfers/2018-disputed-in-private]",
            "draft",
        )
        write("projects/in-private", "kind: project\nparent: projects/stayed-in-public", "draft")
    watcher = f", monitored_by: bodies/{names['bodies']}" if hidden is not None else ""
    transfer(
        "2018-08-watched",
        "close",
        "2018-08-01",
        f"{{what: projects/watched-in-private, closed: {{into: business as usual{watcher}}}}}",
        "open-north",
    )
    transfer(
        "2018-08-split",
        "transfer",
        "2018-08-02",
        "{what: projects/split-partly-in-private, to: bodies/open-south}",
        "open-north",
    )
    return files
