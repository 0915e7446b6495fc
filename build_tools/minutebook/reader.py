"""`kb/` to records and findings: every file is read, or there is a finding that says why not."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from pydantic import ValidationError

from minutebook.blanks import BLANK, is_blank
from minutebook.collector import without_collector
from minutebook.diagnostics import Diagnostic, Place, Rule
from minutebook.field_findings import blank_findings, findings_of
from minutebook.front_matter import FrontMatter, read_fields_file, read_front_matter
from minutebook.privacy import names_of_hidden, said_too_late, says_not_public
from minutebook.records import BY_FOLDER
from minutebook.records.base import Part, Record
from minutebook.records.values import SLUG, Ref
from minutebook.rules import fields as field_rules
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
_MOST_FILES = 2_000  # that are looked into in a folder that is not read
_MOST_BYTES = 32 * 1024 * 1024  # that are looked through in a file that is too large
_SETTINGS_FILES: dict[str, type[Part]] = {"minutebook.yml": Settings, "synonyms.yml": Synonyms}


class NoKnowledgeBase(Exception):
    """The folder of records is not there."""


@dataclass(slots=True)
class Reading:
    """What was read: the records, the findings, and the ids whose files could not be read."""

    root: Path = Path()  # the folder of the records, with no link in it
    records: list[Record] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    broken: set[Ref] = field(default_factory=set)
    councils: dict[str, str] = field(default_factory=dict)  # slug of each council folder: its path
    settings: Settings = field(default_factory=lambda: Settings.model_validate({}))
    synonyms: Synonyms = field(default_factory=lambda: Synonyms.model_validate({}))
    memory: Memory | None = None


class Memory:
    """What a live server keeps from one reading to the next: a file with the same bytes is not read again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Ref, bytes, Record | None, tuple[Diagnostic, ...]]] = {}
        self._seen: set[str] = set()
        self.changed: set[Ref] = set()  # since the reading before: new, other or gone

    def recall(self, entry: os.DirEntry[str], path: str, record_id: Ref, reading: Reading) -> Record | None:
        """The record of a file, and its findings: as they were, where its bytes are."""
        self._seen.add(path)
        known = self._known.get(path)
        digest = _digest(entry)
        if known is None or digest is None or known[1] != digest:
            self.changed.add(record_id)
            before = len(reading.findings)
            record = _read_record(entry, path, record_id, reading)
            self._known.pop(path, None)
            if digest is not None and digest == _digest(entry):  # nobody wrote it meanwhile
                self._known[path] = (record_id, digest, record, tuple(reading.findings[before:]))
            return record
        reading.findings.extend(known[3])
        return known[2]

    def forget_the_rest(self) -> None:
        """Let go of files that are there no longer."""
        for path in self._known.keys() - self._seen:
            self.changed.add(self._known.pop(path)[0])
        self._seen.clear()


def _digest(entry: os.DirEntry[str]) -> bytes | None:
    try:
        data = _bytes(entry.path)
    except OSError:
        return None
    return hashlib.sha256(data).digest() if len(data) <= MAX_FILE else None  # beyond it nothing was looked at


@without_collector()
def read_records(folder: Path, overlay: Path | None = None, memory: Memory | None = None) -> Reading:
    """Read every file under `folder`. Findings are values; only a missing folder is an exception.

    `overlay` is a second folder of records, kept outside a public repository, whose history would
    show what the gate hides. An id is taken once: where both have it, the one in `folder` stays.
    With a `memory` only files whose bytes are not in it are read.
    """
    reading = Reading(memory=memory)
    _read_folder_of_records(folder, reading)
    if overlay is not None:
        above = Reading(memory=memory)
        _read_folder_of_records(overlay, above)
        _lay_over(reading, above, overlay)
    if memory is not None:
        memory.forget_the_rest()
    if reading.findings:
        hidden = names_of_hidden(reading.records)
        reading.findings = [hidden.mask(finding) for finding in reading.findings]
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
        reading.findings.append(
            Diagnostic(rule, Place(record.file.path), message, rule.mend, restricted=True)
        )
    if above.settings != Reading().settings or above.synonyms != Reading().synonyms:
        message = "settings and synonyms belong to the knowledge base, an overlay has records alone"
        _say(reading, rules.STRAY_FILE, overlay.as_posix(), message)


def _read_folder_of_records(folder: Path, reading: Reading) -> None:
    if not folder.is_dir():
        raise NoKnowledgeBase(f"no folder `{folder}` with records in it")
    reading.root = folder.resolve()
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
            _say(reading, rules.STRAY_FILE, path, message, restricted=_seems_restricted(entry, reading))


def _read_council(council: os.DirEntry[str], path: str, reading: Reading) -> None:
    for entry in _entries(Path(council.path), path, reading):
        inner = f"{path}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            message = "a record lies in the folder of its type, this file lies beside them"
            _say(reading, rules.STRAY_FILE, inner, message, restricted=_seems_restricted(entry, reading))
        elif entry.name not in BY_FOLDER:
            help = did_you_mean(entry.name, BY_FOLDER) or f"the folders are {', '.join(sorted(BY_FOLDER))}"
            name = _unread_folder(entry, reading)
            message = f"no type of record has the folder `{name}`; nothing in it is read"
            _say(reading, rules.UNKNOWN_FOLDER, f"{path}/{name}", message, help)
            for file in Path(entry.path).glob("*.md"):
                _note_unread(f"{path}/{nearest(entry.name, BY_FOLDER)}/{file.name}", reading)
        else:
            _read_folder(entry, inner, council.name, reading)


def _read_folder(folder: os.DirEntry[str], path: str, council: str, reading: Reading) -> None:
    for entry in _entries(Path(folder.path), path, reading):
        inner = f"{path}/{entry.name}"
        slug, ending = PurePath(entry.name).stem, PurePath(entry.name).suffix
        if entry.is_dir(follow_symlinks=False):
            message = "records lie in no folder deeper than this; nothing in it is read"
            _say(reading, rules.STRAY_FILE, f"{path}/{_unread_folder(entry, reading)}", message)
        elif ending != ".md":
            found = f"`{ending}`" if ending else "none"
            message = f"a record ends in `.md`, found {found}"
            _say(reading, rules.STRAY_FILE, inner, message, restricted=_seems_restricted(entry, reading))
            _note_unread(inner, reading)
        elif not _check_name(slug, inner, entry, reading):
            _note_unread(inner, reading)
        else:
            record_id = Ref(f"{council}/{folder.name}/{slug}")
            read = _read_record if reading.memory is None else reading.memory.recall
            record = read(entry, inner, record_id, reading)
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
            _say(
                reading,
                rules.NOT_REGULAR,
                f"{path}/{entry.name}",
                message,
                restricted=_seems_restricted(entry, reading),
            )
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
    _say(reading, rules.FILE_NAME, path, message, help, _seems_restricted(entry, reading))
    return False


def _as_slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:MAX_NAME].strip("-")


def _note_unread(path: str, reading: Reading) -> None:
    """Note the id that a file would have had: what refers to it is not at fault."""
    if (match := _RECORD_PATH.search(path)) and match[2] in BY_FOLDER:
        slug = _as_slug(PurePath(match[3]).stem)
        reading.broken.add(Ref(f"{match[1]}/{match[2]}/{slug}"))


def _seems_restricted(entry: os.DirEntry[str], reading: Reading) -> bool:
    """Whether something that is not read as a record, or a file that lies in it, says that it is not public."""
    try:
        # What a link leads to is looked at only where that lies among the records: nothing outside is
        # opened, and nothing here says that it is public.
        real = Path(os.path.realpath(entry.path))
        if entry.is_symlink() and not (real.is_relative_to(reading.root) and real.exists()):
            return True
        if not real.is_dir():
            return says_not_public(_bytes(str(real)))
        for number, path in enumerate(_files_in(str(real))):
            if number >= _MOST_FILES or path.is_symlink() or says_not_public(_bytes(path)):
                return True
    except OSError:
        pass  # that it cannot be opened is a finding of its own
    return False


def _unread_folder(entry: os.DirEntry[str], reading: Reading) -> str:
    """What a folder is called in a message: its own name may tell of what it holds."""
    return "(not public)" if _seems_restricted(entry, reading) else entry.name


def _files_in(folder: str) -> Iterator[Path]:
    for above, _, names in os.walk(folder):
        yield from (Path(above, name) for name in names)


def _bytes(path: str | Path, most: int = MAX_FILE) -> bytes:
    """As much of a file as is looked at, and a byte more where there is more; nothing of a pipe or device."""
    # No link is followed, whatever the file became since the folder was listed.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as opened:
        about = os.fstat(descriptor)
        # No more than is there: Python makes room for as many bytes as it is asked for.
        return opened.read(min(about.st_size, most) + 1) if stat.S_ISREG(about.st_mode) else b""


def _read_text(entry: os.DirEntry[str], path: str, reading: Reading) -> tuple[SourceFile | None, bytes]:
    """Return the file, or None and a finding; and what was read of it."""
    try:
        data = _bytes(entry.path)
    except OSError as error:
        _say(reading, rules.CANNOT_OPEN, path, f"cannot open the file: {error.strerror}")
        return None, b""
    if len(data) > MAX_FILE:
        message = f"the file is larger than {MAX_FILE // 1024} kB"
        data = _bytes(entry.path, _MOST_BYTES)
        restricted = len(data) > _MOST_BYTES or says_not_public(data)
        _say(reading, rules.TOO_LARGE, path, message, restricted=restricted)
        return None, data
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _say_encoding(reading, path, data, error, says_not_public(data))
        return None, data
    file = SourceFile(path, text)
    if len(text) > MAX_LINE:
        for number, line in enumerate(file.lines, 1):
            if len(line) > MAX_LINE:
                message = f"the line is {len(line):,} characters long, more than the {MAX_LINE:,} allowed"
                finding = Diagnostic(
                    rules.TOO_LARGE, Place(path, Span.at(number)), message, rules.TOO_LARGE.mend
                )
                reading.findings.append(replace(finding, restricted=says_not_public(data)))
                return None, data
    return file, data


def _say_encoding(
    reading: Reading, path: str, data: bytes, error: UnicodeDecodeError, restricted: bool
) -> None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        place, message = Place(path, Span.at(1)), "the file is UTF-16, expected UTF-8"
    else:
        line = data.count(b"\n", 0, error.start) + 1
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8", "replace")) + 1
        place = Place(path, Span.at(line, column))
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
    reading.findings.append(
        Diagnostic(rules.ENCODING, place, message, rules.ENCODING.mend, restricted=restricted)
    )


def _read_record(entry: os.DirEntry[str], path: str, record_id: Ref, reading: Reading) -> Record | None:
    file, data = _read_text(entry, path, reading)
    if file is None:
        return None
    front, findings = read_front_matter(file)
    record = None
    if front is not None:
        findings = [*findings, *_still_blank(file, front)]
        record, refused = _validate(file, front, record_id, findings)
        findings = [*findings, *refused, *_said_too_late(file, front)]
    if findings:
        # Asked only now: most files have no finding.
        says = front.fields.get("access", "public") if front is not None else "public"
        restricted = says != "public" or says_not_public(data)
        reading.findings.extend(replace(f, restricted=restricted) for f in findings)
    if record is None or front is None or any(f.is_error for f in findings):
        return None
    return record.placed(record_id, file, front.narrative, front.narrative_line)


def _validate(
    file: SourceFile, front: FrontMatter, record_id: Ref, found: list[Diagnostic]
) -> tuple[Record | None, list[Diagnostic]]:
    model = BY_FOLDER[record_id.folder]
    try:
        return model.model_validate(front.fields, context={"council": record_id.council}), []
    except ValidationError as error:
        said = {f.place for f in found}  # a field with nothing after it is not also of the wrong kind
        return None, [f for f in findings_of(file, model, front.fields, error) if f.place not in said]


def _still_blank(file: SourceFile, front: FrontMatter) -> Iterator[Diagnostic]:
    """What `minutebook new` left to be written and nobody wrote."""
    if BLANK not in file.text:
        return
    yield from blank_findings(file, front.fields)
    if is_blank(front.narrative):
        line = front.narrative_line + front.narrative[: front.narrative.index(BLANK)].count("\n")
        message = "the narrative is still to be written"
        help = "tell what happened in your own words, or delete the line"
        yield Diagnostic(field_rules.STILL_BLANK, Place.of(file, Span.at(line)), message, help)


def _said_too_late(file: SourceFile, front: FrontMatter) -> Iterator[Diagnostic]:
    """A record that says under its fields that it is not public would be published with those very words."""
    if (start := said_too_late(front.narrative)) is not None:
        line = front.narrative_line + front.narrative.count("\n", 0, start)
        message = "`access` stands under the second `---`, where it is text and keeps nothing private"
        help = "put it above the second `---`"
        yield Diagnostic(rules.NO_FRONT_MATTER, Place.of(file, Span.at(line)), message, help)


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
