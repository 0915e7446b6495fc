"""From a folder of records down to each file in it; whatever lies elsewhere is a finding."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

from minutebook.reader.reading import NoKnowledgeBase, Reading
from minutebook.reader.settings_files import SETTINGS_FILES, read_settings
from minutebook.reader.unread import (
    MAX_NAME,
    as_slug,
    irregularity,
    note_unread,
    seems_restricted,
    unread_folder,
)
from minutebook.records import BY_FOLDER
from minutebook.records.base import Record
from minutebook.records.values import SLUG, Ref
from minutebook.rules import reading as rules
from minutebook.suggest import did_you_mean, nearest

# Given the file, its path as it is shown, its id, and where findings go.
ReadRecord = Callable[[os.DirEntry[str], str, Ref, Reading], Record | None]
_SLUG = re.compile(SLUG)


def read_folder_of_records(folder: Path, reading: Reading, read: ReadRecord) -> None:
    """Read all that lies in a folder; `read` is asked for the record of each file."""
    if not folder.is_dir():
        raise NoKnowledgeBase(f"no folder `{folder}` with records in it")
    reading.root = folder.resolve()
    for entry in _entries(folder, folder.as_posix(), reading):
        path = f"{folder.as_posix()}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if _check_name(entry.name, path, entry, reading):
                reading.councils[entry.name] = path
                _read_council(entry, path, reading, read)
        elif entry.name in SETTINGS_FILES:
            read_settings(entry, path, reading)
        else:
            message = "this file is no record and no settings file"
            reading.say(rules.STRAY_FILE, path, message, restricted=seems_restricted(entry, reading))


def _read_council(council: os.DirEntry[str], path: str, reading: Reading, read: ReadRecord) -> None:
    for entry in _entries(Path(council.path), path, reading):
        inner = f"{path}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            message = "a record lies in the folder of its type, this file lies beside them"
            reading.say(rules.STRAY_FILE, inner, message, restricted=seems_restricted(entry, reading))
        elif entry.name not in BY_FOLDER:
            help = did_you_mean(entry.name, BY_FOLDER) or f"the folders are {', '.join(sorted(BY_FOLDER))}"
            name = unread_folder(entry, reading)
            message = f"no type of record has the folder `{name}`; nothing in it is read"
            reading.say(rules.UNKNOWN_FOLDER, f"{path}/{name}", message, help)
            for file in Path(entry.path).glob("*.md"):
                note_unread(f"{path}/{nearest(entry.name, BY_FOLDER)}/{file.name}", reading)
        else:
            _read_folder(entry, inner, council.name, reading, read)


def _read_folder(
    folder: os.DirEntry[str], path: str, council: str, reading: Reading, read: ReadRecord
) -> None:
    for entry in _entries(Path(folder.path), path, reading):
        inner = f"{path}/{entry.name}"
        name = PurePath(entry.name)
        slug, ending = name.stem, name.suffix
        if entry.is_dir(follow_symlinks=False):
            message = "records lie in no folder deeper than this; nothing in it is read"
            reading.say(rules.STRAY_FILE, f"{path}/{unread_folder(entry, reading)}", message)
        elif ending != ".md":
            found = f"`{ending}`" if ending else "none"
            message = f"a record ends in `.md`, found {found}"
            reading.say(rules.STRAY_FILE, inner, message, restricted=seems_restricted(entry, reading))
            note_unread(inner, reading)
        elif not _check_name(slug, inner, entry, reading):
            note_unread(inner, reading)
        else:
            record_id = Ref(f"{council}/{folder.name}/{slug}")
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
        reading.say(rules.CANNOT_OPEN, path, f"cannot open the folder: {error.strerror}")
        return
    for entry in entries:
        what = irregularity(entry)
        if what is None:
            yield entry
        else:
            message = f"expected a regular file, found {what}"
            reading.say(
                rules.NOT_REGULAR,
                f"{path}/{entry.name}",
                message,
                restricted=seems_restricted(entry, reading),
            )
            note_unread(f"{path}/{entry.name}", reading)


def _check_name(name: str, path: str, entry: os.DirEntry[str], reading: Reading) -> bool:
    if _SLUG.fullmatch(name) and len(name) <= MAX_NAME:
        return True
    better = as_slug(name)
    help = f"rename it to `{better}`" if better else None
    message = "a name here is lower-case letters, digits and single hyphens"
    reading.say(rules.FILE_NAME, path, message, help, seems_restricted(entry, reading))
    return False
