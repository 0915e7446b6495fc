"""What is not read as a record: why not, and whether it says that it is not public."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePath

from minutebook.privacy import says_not_public
from minutebook.reader.reading import Reading
from minutebook.reader.texts import bytes_of
from minutebook.records import BY_FOLDER
from minutebook.records.values import SLUG, Ref

MAX_NAME = 100
_RECORD_PATH = re.compile(rf"(?:^|/)({SLUG})/([a-z]+)/([^/]+)$")
_MOST_FILES = 2_000  # that are looked into in a folder that is not read


def irregularity(entry: os.DirEntry[str]) -> str | None:
    """What a directory entry is instead of a folder or a regular file; None where it is one of them."""
    if entry.is_symlink():
        return "a symbolic link"
    mode = entry.stat(follow_symlinks=False)
    if stat.S_ISDIR(mode.st_mode):
        return None
    if not stat.S_ISREG(mode.st_mode):
        return "a pipe, socket or device"
    return "a hard link: the file has another name elsewhere" if mode.st_nlink > 1 else None


def as_slug(name: str) -> str:
    """A name as it could be a slug; empty where nothing of it can."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:MAX_NAME].strip("-")


def note_unread(path: str, reading: Reading) -> None:
    """Note the id that a file would have had: what refers to it is not at fault."""
    if (match := _RECORD_PATH.search(path)) and match[2] in BY_FOLDER:
        slug = as_slug(PurePath(match[3]).stem)
        reading.broken.add(Ref(f"{match[1]}/{match[2]}/{slug}"))


def seems_restricted(entry: os.DirEntry[str], reading: Reading) -> bool:
    """Whether something that is not read as a record, or a file that lies in it, says that it is not public."""
    try:
        # What a link leads to is looked at only where that lies among the records: nothing outside is
        # opened, and nothing here says that it is public.
        real = Path(os.path.realpath(entry.path))
        if entry.is_symlink() and not (real.is_relative_to(reading.root) and real.exists()):
            return True
        if not real.is_dir():
            return says_not_public(bytes_of(str(real)))
        for number, path in enumerate(_files_in(str(real))):
            if number >= _MOST_FILES or path.is_symlink() or says_not_public(bytes_of(path)):
                return True
    except OSError:
        pass  # that it cannot be opened is a finding of its own
    return False


def unread_folder(entry: os.DirEntry[str], reading: Reading) -> str:
    """What a folder is called in a message: its own name may tell of what it holds."""
    return "(not public)" if seems_restricted(entry, reading) else entry.name


def _files_in(folder: str) -> Iterator[Path]:
    for above, _, names in os.walk(folder):
        yield from (Path(above, name) for name in names)
