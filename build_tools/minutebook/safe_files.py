"""Files that others may be reading, or a crash may cut short: written beside and renamed, one writer at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

WORKPLACE = ".minutebook"  # beside the site: the staging tree and the sites that were built
MKDOCS_SITE = "mkdocs-site"  # in there: what `mkdocs build` writes where `site` is live
GRACE = 1.0  # seconds for which the site of before still stands: a page is read in a few milliseconds
_PAUSE = 0.05  # seconds between two looks at a lock that somebody holds


class CannotBuild(Exception):
    """Why the site cannot be built here, as a sentence for whoever asked. The old site is as it was."""


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


def read_page(docs_dir: Path, path: str) -> str:
    """The text of a hand-written page, `path` below `docs_dir`; CannotBuild where it is not UTF-8."""
    data = (docs_dir / path).read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CannotBuild(
            f"`{docs_dir.name}/{path}` is not UTF-8: the byte 0x{data[error.start]:02x}, line {line}: save it as UTF-8"
        ) from None


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
        self._folders: set[str] = set()  # that are known to be folders of ours
        self.written = 0

    def keep(self, path: str) -> None:
        """Take a file for one that was put: another process puts it."""
        self._kept.add(path)

    def put(self, path: str, data: bytes) -> None:
        """Make sure that a file holds this and nothing else."""
        self._kept.add(path)
        target = self._root / path
        above = path.rpartition("/")[0]
        if above not in self._folders:
            self._make_folder(above.split("/") if above else [])
            self._folders.add(above)
        if is_regular(target):
            if target.stat().st_size == len(data) and target.read_bytes() == data:
                return
            target.unlink()
        elif target.is_symlink() or target.exists():
            _remove(target)
        self.written += 1
        # Not beside and renamed: nobody reads this tree but the build that holds the lock, what a crash cut
        # short is seen to differ, and some file systems flush whatever is renamed over another file.
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, 0o644)
            file.write(data)

    def remove_folder_links(self) -> None:
        """Remove every link that stands in the place of a folder."""
        for folder, folders, _ in os.walk(self._root):
            for name in folders:
                if (link := Path(folder, name)).is_symlink():
                    link.unlink()

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


# -- the place of a site ---------------------------------------------------------------------------


@contextmanager
def alone_beside(folder: Path, patience: float = 0) -> Iterator[Path]:
    """Keep other builds out of the workplace in a folder, and give it; CannotBuild where one is at work there.

    Whoever can wait does so for `patience` seconds.
    """
    held = ExitStack()
    try:
        with refused_in_a_sentence():
            folder.mkdir(parents=True, exist_ok=True)
            workplace = make_folders(folder, WORKPLACE)
            held.enter_context(locked(workplace / "lock", patience))
    except InUse:
        raise CannotBuild(
            f"another build is at work in `{folder / WORKPLACE}`: run this again when it is done"
        ) from None
    with held:
        yield workplace


@contextmanager
def refused_in_a_sentence() -> Iterator[None]:
    """What the system refuses while a site is built is said as a message: a full disk, a folder that is read-only."""
    try:
        yield
    except NotAFolder as error:
        raise CannotBuild(f"{error}, and what is built there would lie elsewhere: move it away") from None
    except OSError as error:
        raise _cannot_write(error) from None


def _cannot_write(error: OSError) -> CannotBuild:
    where = f" at `{error.filename}`" if isinstance(error.filename, str) else ""
    return CannotBuild(
        f"cannot build here: {(error.strerror or str(error)).lower()}{where}; the old site is as it was"
    )


def check_site_is_ours(site: Path) -> None:
    """Refuse a place where something stands that we did not make, and must not replace."""
    if "\0" in str(site) or not site.name.isprintable() or site.name in ("", "..", WORKPLACE):
        raise CannotBuild(f"{str(site)!a} cannot be the name of a site: give another place with --site")
    try:
        site.lstat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise CannotBuild(
            f"`{site}` cannot be the place of a site: {(error.strerror or '').lower()}"
        ) from None
    if site.is_symlink():
        if live_folder(site) is None:
            raise CannotBuild(
                f"`{site}` is a link that minutebook did not make: move it away, or give another place with --site"
            )
    elif site.exists():
        what = "folder" if site.is_dir() else "file"
        raise CannotBuild(
            f"`{site}` is a {what} that minutebook did not make: move it away, or give another place with --site"
        )


def new_folder(workplace: Path, name: str) -> Path:
    """Make an empty folder for a site of this name, with the next number."""
    sites = make_folders(workplace, "sites", name)
    numbers = [int(folder.name) for folder in sites.iterdir() if folder.name.isdecimal()]
    folder = sites / str(max(numbers, default=0) + 1)
    folder.mkdir()
    return folder


def live_folder(site: Path) -> Path | None:
    """Return the folder that the link leads to, where it is one of ours."""
    if not site.is_symlink():
        return None
    target = site.parent / site.readlink()
    ours = site.parent / WORKPLACE / "sites" / site.name
    return target if target.name.isdecimal() and target.parent.resolve() == ours.resolve() else None


def clear_out(sites: Path, keep: set[str], since: float) -> None:
    """Remove what earlier builds made: it may show what is public no longer.

    Of the folders to keep, the newest is the live site. The others were live until then: they go as
    well, `GRACE` after `since` (`time.monotonic`), so that whoever is copying or reading one comes to an end. What `mkdocs build`
    wrote for a look, and what a broken-off build left, goes at once.
    """
    live = max(keep, key=int)
    shutil.rmtree(sites.parent.parent / MKDOCS_SITE, ignore_errors=True)
    _remove_sites(sites, keep)
    if keep != {live}:
        try:
            time.sleep(max(0.0, since + GRACE - time.monotonic()))
        finally:  # somebody may press Ctrl-C
            _remove_sites(sites, {live})


def _remove_sites(sites: Path, keep: set[str]) -> None:
    for folder in sites.iterdir():
        if folder.name.isdecimal() and folder.name not in keep and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
