"""Files that others may be reading, or a crash may cut short: written beside and renamed, one writer at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.05  # seconds between two looks at a lock that somebody holds


class InUse(Exception):
    """Another process holds the lock."""


class NotAFolder(Exception):
    """Something else stands where a folder of ours belongs, such as a link, which may lead anywhere."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"`{path}` is not a folder of its own")
        self.path = path


@contextmanager
def locked(path: Path, patience: float = 0) -> Iterator[None]:
    """Hold a lock that ends with the process, however that ends; InUse where another keeps it longer than `patience` seconds.

    The file of the lock is never followed as a link, never emptied and never removed: of two
    processes that each made a file of this name, both would hold "the" lock.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o644)
    try:
        for _ in range(1 + int(patience / _PAUSE)):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_PAUSE if patience else 0)
        else:
            raise InUse(str(path))
        yield
    finally:
        os.close(descriptor)


def make_folders(root: Path, *parts: str) -> Path:
    """Make a folder below `root` and return it; NotAFolder where a link or a file stands on the way."""
    folder = root
    for part in parts:
        folder = folder / part
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise NotAFolder(folder)
        folder.mkdir(exist_ok=True)
    return folder


def write_file(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file in one step: who reads meanwhile, or after a crash, finds the old one or the new one."""
    descriptor, temporary = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, mode)
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def replace_link(link: Path, target: str) -> None:
    """Let a link lead elsewhere, by a rename that happens or does not; call it with the lock held.

    What the target holds is on the disk before, and the rename itself after: else a power cut
    could leave the new name and empty files. One `sync` of the whole system, since a `fsync` of each
    of 10,000 pages takes 50 seconds.
    """
    temporary = link.parent / f".{link.name}.next"
    temporary.unlink(missing_ok=True)
    try:
        temporary.symlink_to(target)
        os.sync()
        temporary.replace(link)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(link.parent)


def _sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk. Where that cannot be done nothing is wrong that we could mend."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some network file systems refuse it
    finally:
        os.close(descriptor)


def is_regular(path: Path) -> bool:
    """Whether this is a file: no link to one, no pipe, no device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


class Tree:
    """A folder of ours, of which only what changed is written."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._kept: set[str] = set()
        self.written = 0

    def put(self, path: str, data: bytes) -> None:
        """Make sure that a file holds this and nothing else."""
        self._kept.add(path)
        target = self._root / path
        self._make_folder(path.split("/")[:-1])
        if is_regular(target):
            if target.stat().st_size == len(data) and target.read_bytes() == data:
                return
        elif target.is_symlink() or target.exists():
            _remove(target)
        self.written += 1
        write_file(target, data)

    def remove_stale(self) -> int:
        """Remove every file that was not put, and the folders that are left empty; how many files that was."""
        removed = 0
        for folder, folders, names in os.walk(self._root, topdown=False):
            here = Path(folder)
            for name in names + [name for name in folders if (here / name).is_symlink()]:
                if (here / name).relative_to(self._root).as_posix() not in self._kept:
                    (here / name).unlink()
                    removed += 1
            if here != self._root and not any(here.iterdir()):
                here.rmdir()
        return removed

    def _make_folder(self, parts: list[str]) -> None:
        folder = self._root
        for part in parts:
            folder = folder / part
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                folder.unlink()
            folder.mkdir(exist_ok=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
