"""`kb/` to records and findings: every file is read, or there is a finding that says why not."""

from __future__ import annotations

import gc
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from pydantic import ValidationError

from minutebook.diagnostics import Diagnostic, Place, Rule
from minutebook.field_findings import findings_of
from minutebook.front_matter import FrontMatter, read_fields_file, read_front_matter
from minutebook.records import BY_FOLDER
from minutebook.records.base import Part, Record
from minutebook.records.values import SLUG, Ref
from minutebook.rules import publication as publication_rules
from minutebook.rules import reading as rules
from minutebook.settings import Settings, Synonyms
from minutebook.source import SourceFile, Span
from minutebook.suggest import did_you_mean, nearest

MAX_FILE = 512 * 1024  # bytes
MAX_LINE = 20_000  # characters
MAX_NAME = 100
_SLUG = re.compile(SLUG)
_RECORD_PATH = re.compile(rf"(?:^|/)({SLUG})/([a-z]+)/([^/]+)$")
# Looked for before anything is known of the file: a record that cannot be read may still be one that
# is not public, and then its messages must not show it. What is not plainly public is taken for not.
_END = rb"""["']?\s*(?:[\r\n#,}]|$)"""
_NOT_PUBLIC = re.compile(
    rb"""(?:^|[\r\n{,?])[ \t]*["']?access["']?\s*:(?!\s*["']?public""" + _END + rb""")"""
    rb"""|(?:^|[\r\n{,?])[ \t]*["']?exemption["']?\s*:|:\s*["']?(?:exempt|confidential)""" + _END,
    re.MULTILINE,
)
# Most files have none of these words, and to look for them is a hundred times faster.
_NOT_PUBLIC_WORDS = (b"access", b"exempt", b"confidential")
_SETTINGS_FILES: dict[str, type[Part]] = {"minutebook.yml": Settings, "synonyms.yml": Synonyms}


class NoKnowledgeBase(Exception):
    """The folder of records is not there."""


@dataclass(slots=True)
class Reading:
    """What was read: the records, the findings, and the ids whose files could not be read."""

    records: list[Record] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    broken: set[Ref] = field(default_factory=set)
    councils: dict[str, str] = field(default_factory=dict)  # slug of each council folder: its path
    settings: Settings = field(default_factory=lambda: Settings.model_validate({}))
    synonyms: Synonyms = field(default_factory=lambda: Synonyms.model_validate({}))


@contextmanager
def without_collector() -> Iterator[None]:
    """Let Python's collector of circles rest: records are a million objects with no circle among them.

    It would look through all of them again and again as they grow, for a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@without_collector()
def read_records(folder: Path, overlay: Path | None = None) -> Reading:
    """Read every file under `folder`. Findings are values; only a missing folder is an exception.

    `overlay` is a second folder of records, kept outside a public repository, whose history would
    show what the gate hides. An id is taken once: where both have it, the one in `folder` stays.
    """
    reading = Reading()
    _read_folder_of_records(folder, reading)
    if overlay is not None:
        above = Reading()
        _read_folder_of_records(overlay, above)
        _lay_over(reading, above, overlay)
    return reading


def _lay_over(reading: Reading, above: Reading, overlay: Path) -> None:
    """Add the records of an overlay; its messages name no record, for its log may be public."""
    there = {record.id: record for record in reading.records}
    reading.findings.extend(replace(finding, restricted=True) for finding in above.findings)
    reading.broken |= above.broken - set(there)
    for council, path in above.councils.items():
        reading.councils.setdefault(council, path)
    for record in above.records:
        first = there.get(record.id)
        if first is None and record.id not in reading.broken:
            reading.records.append(record)
            continue
        erased = first is not None and first.erased is not None
        rule = publication_rules.ERASED_ID_AGAIN if erased else rules.ID_TAKEN
        message = "a record of the knowledge base has this id" + (" and was erased" if erased else "")
        reading.findings.append(Diagnostic(rule, Place(record.file.path), message, rule.mend, restricted=True))
    if above.settings != Reading().settings or above.synonyms != Reading().synonyms:
        message = "settings and synonyms belong to the knowledge base, an overlay has records alone"
        _say(reading, rules.STRAY_FILE, overlay.as_posix(), message)


def _read_folder_of_records(folder: Path, reading: Reading) -> None:
    if not folder.is_dir():
        raise NoKnowledgeBase(f"no folder `{folder}` with records in it")
    for entry in _entries(folder, folder.as_posix(), reading):
        path = f"{folder.as_posix()}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if _check_name(entry.name, path, entry, reading):
                reading.councils[entry.name] = path
                _read_council(entry, path, reading)
        elif entry.name in _SETTINGS_FILES:
            _read_settings(entry, path, reading)
        else:
            message = "this file is no record and no settings file"
            _say(reading, rules.STRAY_FILE, path, message, restricted=_seems_restricted(entry))


def _read_council(council: os.DirEntry[str], path: str, reading: Reading) -> None:
    for entry in _entries(Path(council.path), path, reading):
        inner = f"{path}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            message = "a record lies in the folder of its type, this file lies beside them"
            _say(reading, rules.STRAY_FILE, inner, message, restricted=_seems_restricted(entry))
        elif entry.name not in BY_FOLDER:
            help = did_you_mean(entry.name, BY_FOLDER) or f"the folders are {', '.join(sorted(BY_FOLDER))}"
            message = f"no type of record has the folder `{entry.name}`; nothing in it is read"
            _say(reading, rules.UNKNOWN_FOLDER, inner, message, help)
            for file in Path(entry.path).glob("*.md"):
                _note_unread(f"{path}/{nearest(entry.name, BY_FOLDER)}/{file.name}", reading)
        else:
            _read_folder(entry, inner, council.name, reading)


def _read_folder(folder: os.DirEntry[str], path: str, council: str, reading: Reading) -> None:
    for entry in _entries(Path(folder.path), path, reading):
        inner = f"{path}/{entry.name}"
        slug, ending = PurePath(entry.name).stem, PurePath(entry.name).suffix
        if entry.is_dir(follow_symlinks=False):
            _say(reading, rules.STRAY_FILE, inner, "records lie in no folder deeper than this; nothing in it is read")
        elif ending != ".md":
            found = f"`{ending}`" if ending else "none"
            message = f"a record ends in `.md`, found {found}"
            _say(reading, rules.STRAY_FILE, inner, message, restricted=_seems_restricted(entry))
            _note_unread(inner, reading)
        elif not _check_name(slug, inner, entry, reading):
            _note_unread(inner, reading)
        else:
            record_id = Ref(f"{council}/{folder.name}/{slug}")
            record = _read_record(entry, inner, record_id, reading)
            if record is None:
                reading.broken.add(record_id)
            else:
                reading.records.append(record)


def _entries(folder: Path, path: str, reading: Reading) -> Iterator[os.DirEntry[str]]:
    """The folders and regular files in a folder, by name; everything else is a finding."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        _say(reading, rules.CANNOT_OPEN, path, f"cannot open the folder: {error.strerror}")
        return
    for entry in entries:
        what = _irregularity(entry)
        if what is None:
            yield entry
        else:
            message = f"expected a regular file, found {what}"
            _say(reading, rules.NOT_REGULAR, f"{path}/{entry.name}", message, restricted=_seems_restricted(entry))
            _note_unread(f"{path}/{entry.name}", reading)


def _irregularity(entry: os.DirEntry[str]) -> str | None:
    if entry.is_symlink():
        return "a symbolic link"
    mode = entry.stat(follow_symlinks=False)
    if stat.S_ISDIR(mode.st_mode):
        return None
    if not stat.S_ISREG(mode.st_mode):
        return "a pipe, socket or device"
    return "a hard link: the file has another name elsewhere" if mode.st_nlink > 1 else None


def _check_name(name: str, path: str, entry: os.DirEntry[str], reading: Reading) -> bool:
    if _SLUG.fullmatch(name) and len(name) <= MAX_NAME:
        return True
    better = _as_slug(name)
    help = f"rename it to `{better}`" if better else None
    message = "a name here is lower-case letters, digits and single hyphens"
    _say(reading, rules.FILE_NAME, path, message, help, _seems_restricted(entry))
    return False


def _as_slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:MAX_NAME].strip("-")


def _note_unread(path: str, reading: Reading) -> None:
    """Note the id that a file would have had: what refers to it is not at fault."""
    if (match := _RECORD_PATH.search(path)) and match[2] in BY_FOLDER:
        slug = _as_slug(PurePath(match[3]).stem)
        reading.broken.add(Ref(f"{match[1]}/{match[2]}/{slug}"))


def _seems_restricted(entry: os.DirEntry[str]) -> bool:
    """Whether a file that is not read as a record says that it is not public."""
    if not entry.is_file(follow_symlinks=False):
        return False
    try:
        return _says_not_public(_bytes(entry))
    except OSError:
        return False


def _bytes(entry: os.DirEntry[str]) -> bytes:
    descriptor = os.open(entry.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as opened:
        # No more than is there: Python makes room for as many bytes as it is asked for.
        return opened.read(min(os.fstat(descriptor).st_size, MAX_FILE) + 1)


def _says_not_public(data: bytes) -> bool:
    """Whether some line of a file says that it is not public; in UTF-16 too, which puts zeros between."""
    plain = data.replace(b"\0", b"")
    return any(word in plain for word in _NOT_PUBLIC_WORDS) and _NOT_PUBLIC.search(plain) is not None


def _read_text(entry: os.DirEntry[str], path: str, reading: Reading) -> tuple[SourceFile | None, bool]:
    """Return the file, or None and a finding; and whether its messages must be masked."""
    try:
        data = _bytes(entry)
    except OSError as error:
        _say(reading, rules.CANNOT_OPEN, path, f"cannot open the file: {error.strerror}")
        return None, False
    restricted = _says_not_public(data)
    if len(data) > MAX_FILE:
        message = f"the file is larger than {MAX_FILE // 1024} kB"
        _say(reading, rules.TOO_LARGE, path, message, restricted=restricted)
        return None, restricted
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _say_encoding(reading, path, data, error, restricted)
        return None, restricted
    file = SourceFile(path, text)
    if len(text) > MAX_LINE:
        for number, line in enumerate(file.lines, 1):
            if len(line) > MAX_LINE:
                message = f"the line is {len(line):,} characters long, more than the {MAX_LINE:,} allowed"
                place = Place(path, Span.at(number))
                reading.findings.append(Diagnostic(rules.TOO_LARGE, place, message, rules.TOO_LARGE.mend, restricted=restricted))
                return None, restricted
    return file, restricted


def _say_encoding(reading: Reading, path: str, data: bytes, error: UnicodeDecodeError, restricted: bool) -> None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        place, message = Place(path, Span.at(1)), "the file is UTF-16, expected UTF-8"
    else:
        line = data.count(b"\n", 0, error.start) + 1
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8", "replace")) + 1
        place = Place(path, Span.at(line, column))
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
    reading.findings.append(Diagnostic(rules.ENCODING, place, message, rules.ENCODING.mend, restricted=restricted))


def _read_record(entry: os.DirEntry[str], path: str, record_id: Ref, reading: Reading) -> Record | None:
    file, restricted = _read_text(entry, path, reading)
    if file is None:
        return None
    front, findings = read_front_matter(file)
    restricted = restricted or (front is not None and front.fields.get("access", "public") != "public")
    reading.findings.extend(replace(f, restricted=restricted) for f in findings)
    if front is None:
        return None
    record = _validate(file, front, record_id, reading, findings, restricted)
    if record is None or any(f.is_error for f in findings):
        return None
    return record.placed(record_id, file, front.narrative, front.narrative_line)


def _validate(
    file: SourceFile, front: FrontMatter, record_id: Ref, reading: Reading, found: list[Diagnostic], restricted: bool
) -> Record | None:
    model = BY_FOLDER[record_id.folder]
    try:
        return model.model_validate(front.fields, context={"council": record_id.council})
    except ValidationError as error:
        said = {f.place for f in found}  # a field with nothing after it is not also of the wrong kind
        reading.findings.extend(
            replace(f, restricted=restricted)
            for f in findings_of(file, model, front.fields, error)
            if f.place not in said
        )
        return None


def _read_settings(entry: os.DirEntry[str], path: str, reading: Reading) -> None:
    file, _ = _read_text(entry, path, reading)
    if file is None:
        return
    fields, findings = read_fields_file(file)
    model = _SETTINGS_FILES[entry.name]
    if fields is not None:
        try:
            settings = model.model_validate(fields)
        except ValidationError as error:
            findings = [*findings, *findings_of(file, model, fields, error)]
        else:
            if isinstance(settings, Settings):
                reading.settings = settings
            elif isinstance(settings, Synonyms):
                reading.synonyms = settings
    reading.findings.extend(replace(f, rule=rules.SETTINGS) for f in findings)


def _say(
    reading: Reading, rule: Rule, path: str, message: str, help: str | None = None, restricted: bool = False
) -> None:
    reading.findings.append(Diagnostic(rule, Place(path), message, help or rule.mend, restricted=restricted))
