"""From outputs to a site: a public-only tree of files, MkDocs over it, a look at the result, and one swap."""

from __future__ import annotations

import fcntl
import html
import logging
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from minutebook.outputs import OutputFile, make_outputs
from minutebook.outputs.finished import as_markdown
from minutebook.outputs.list_pages import folder_list
from minutebook.publication import PublishedKnowledgeBase
from minutebook.when import When

WORKPLACE = ".minutebook"  # beside the site: the staging tree and the sites that were built
# Lies in every tree that we staged; a folder without it is somebody else's, and nothing in it is touched.
MARK = ".staged-by-minutebook"
_FRONT_MATTER = re.compile(r"---\n.*?\n---\n\n", re.DOTALL)
_HEADING = re.compile(r"^# +(.+?) *#*$", re.MULTILINE)


class CannotBuild(Exception):
    """Why the site cannot be built here, as a sentence for whoever asked. The old site is as it was."""


class SiteHasWarnings(CannotBuild):
    """MkDocs warned of something, and was asked to be strict."""


@dataclass(slots=True)
class Staged:
    """What was staged: the paths of pages and other files in the site, and what that changed on the disk."""

    pages: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    written: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was built and stands: where, how many pages are in it, and what MkDocs warned of."""

    site: Path
    records: int
    pages: int
    warnings: tuple[str, ...]


# -- the staging tree ----------------------------------------------------------------------------


def stage(published: PublishedKnowledgeBase, as_of: When, docs_dir: Path, staging_dir: Path) -> Staged:
    """Write the tree that MkDocs, or another renderer, makes the site from. Nothing else goes into it.

    Hand-written pages are copied, pages of records become small Markdown files, other outputs are
    written as they are. Only what changed is written; what is no longer made is removed.
    """
    if _overlap(docs_dir, staging_dir):
        raise CannotBuild(
            f"`{docs_dir}` and `{staging_dir}` lie in one another: the staging tree needs its own place"
        )
    _take_over(staging_dir)
    tree = _Tree(staging_dir)
    tree.put(MARK, b"Written by minutebook, from records and docs; what is changed here is lost.\n")
    staged = Staged()
    made_by: dict[str, str] = {}
    for path, source in _hand_written(docs_dir):
        _claim(made_by, _site_path(path), f"{docs_dir.name}/{path}")
        tree.put(path, source.read_bytes())
    for file in make_outputs(published, as_of):
        _claim(made_by, file.path, "the records")
        _put(tree, file, staged)
    for file in _folder_lists(docs_dir):
        if file.path.casefold() not in made_by:
            _put(tree, file, staged)
    staged.removed = tree.remove_stale()
    staged.written = tree.written
    return staged


def _put(tree: _Tree, file: OutputFile, staged: Staged) -> None:
    if file.is_page:
        staged.pages.append(file.path)
        tree.put(_staged_path(file.path), as_markdown(file).encode("utf-8"))
    else:
        staged.files.append(file.path)
        tree.put(file.path, file.data)


def _staged_path(path: str) -> str:
    """Always `…/index.md`: a record whose slug is `index` or `readme` is then a page like any other."""
    return path.removesuffix(".html") + ".md"


def _site_path(path: str) -> str:
    """Where MkDocs puts a hand-written file."""
    if not path.endswith(".md"):
        return path
    folder, _, name = path.removesuffix(".md").rpartition("/")
    parts = [folder] if folder else []
    return "/".join(
        [*parts, "index.html"] if name.lower() in ("index", "readme") else [*parts, name, "index.html"]
    )


def _claim(made_by: dict[str, str], path: str, maker: str) -> None:
    other = made_by.setdefault(path.casefold(), maker)
    if other is not maker:
        raise CannotBuild(f"`{path}` of the site is made by `{other}` and by {maker}: rename one of them")


def _overlap(one: Path, other: Path) -> bool:
    here, there = one.resolve(), other.resolve()
    return here == there or here in there.parents or there in here.parents


def _take_over(folder: Path) -> None:
    """Make sure that a folder is ours to write in and to remove from."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CannotBuild(f"`{folder}` is not a folder: move it away, it is where the staging tree goes")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise CannotBuild(
            f"`{folder}` holds files that minutebook did not write: move it away, or give another place"
        )
    folder.mkdir(parents=True, exist_ok=True)


def _hand_written(folder: Path, above: str = "") -> Iterator[tuple[str, Path]]:
    """The files of hand-written pages, in order. MkDocs would follow a link out of the folder; we do not."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = f"{above}{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _hand_written(folder / entry.name, f"{path}/")
        elif entry.is_file(follow_symlinks=False):
            yield path, folder / entry.name
        else:
            raise CannotBuild(
                f"`{folder / entry.name}` is a link or a device, and would show what lies elsewhere: expected a regular file"
            )


def _folder_lists(docs_dir: Path) -> Iterator[OutputFile]:
    """A list for each folder of hand-written pages that has no index of its own."""
    folders: dict[str, dict[str, str]] = {}
    for path, source in _hand_written(docs_dir):
        folder, _, name = path.rpartition("/")
        if folder and name.endswith(".md"):
            heading = _HEADING.search(source.read_text(encoding="utf-8"))
            folders.setdefault(folder, {})[name] = heading[1] if heading else ""
    for folder, headings in folders.items():
        if not {"index.md", "README.md"} & headings.keys():
            yield folder_list(folder, headings)


class _Tree:
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
        if _is_regular(target):
            if target.stat().st_size == len(data) and target.read_bytes() == data:
                return
        elif target.is_symlink() or target.exists():
            _remove(target)
        self.written += 1
        # Written beside and renamed: whoever reads the tree meanwhile sees the old file or the new.
        descriptor, temporary = tempfile.mkstemp(prefix=".writing-", dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, 0o644)
            file.write(data)
        Path(temporary).replace(target)

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


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# -- the site ------------------------------------------------------------------------------------


def build_site(
    published: PublishedKnowledgeBase, as_of: When, *, config_file: Path, site: Path, strict: bool = False
) -> Built:
    """Stage, let MkDocs build, look at what it built, and put it in the place of the old site in one step.

    Whatever goes wrong before that step leaves the old site as it was.
    """
    check_site_is_ours(site)
    workplace = site.parent / WORKPLACE
    with _alone_in(workplace):
        staging_dir = workplace / "staging"
        built = _new_folder(workplace / "sites" / site.name)
        try:
            staged, warnings = _run_mkdocs(published, as_of, config_file, staging_dir, built)
            if strict and warnings:
                raise SiteHasWarnings(
                    "\n".join(["the site has warnings, and --strict takes them for errors:", *warnings])
                )
            _verify(staged, staging_dir, built)
            before = _target(site)
            _swap(site, built)
        except BaseException:
            shutil.rmtree(built, ignore_errors=True)
            raise
        _clear_out(built.parent, keep={built.name, before.name if before is not None else built.name})
    return Built(site, len(published.kb.records), len(staged.pages), tuple(warnings))


def check_site_is_ours(site: Path) -> None:
    """Refuse a place where something stands that we did not make, and must not replace."""
    if site.is_symlink():
        if _target(site) is None:
            raise CannotBuild(
                f"`{site}` is a link that minutebook did not make: move it away, or give another place with --site"
            )
    elif site.exists():
        what = "folder" if site.is_dir() else "file"
        raise CannotBuild(
            f"`{site}` is a {what} that minutebook did not make: move it away, or give another place with --site"
        )


def date_for_machines(as_of: When) -> int:
    """The date of a build in seconds since 1970, for whatever wants to write a time into a file."""
    day = as_of.latest or as_of.earliest
    if day is None:
        raise CannotBuild(f"the date `{as_of.value}` has no end: give one with --as-of DATE")
    return min(max(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()), 0), 2**32 - 1)


@contextmanager
def build_date(as_of: When) -> Iterator[None]:
    """While this lasts, the clock of a build stands at its date: `SOURCE_DATE_EPOCH`."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(date_for_machines(as_of))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("SOURCE_DATE_EPOCH", None)
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _run_mkdocs(
    published: PublishedKnowledgeBase, as_of: When, config_file: Path, staging_dir: Path, built: Path
) -> tuple[Staged, list[str]]:
    # Material prints a notice of MkDocs 2 when it is imported; pyproject.toml says `mkdocs<2` already.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    with _listening() as warnings, build_date(as_of):
        try:
            config = load_config(config_file=str(config_file))
        except MkDocsException as error:
            raise CannotBuild("\n".join([f"`{config_file}` cannot be used: {error}", *warnings])) from None
        staged = stage(published, as_of, Path(config.docs_dir), staging_dir)
        # Set after loading: `docs_dir` of the file is where the hand-written pages lie.
        config.docs_dir, config.site_dir = str(staging_dir.resolve()), str(built.resolve())
        config.site_name = html.escape(published.kb.settings.title)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        except MkDocsException as error:
            raise CannotBuild("\n".join([f"MkDocs cannot build the site: {error}", *warnings])) from None
        finally:
            config.plugins.on_shutdown()
    return staged, warnings


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Hear what MkDocs warns of, and keep the rest of its talk out of the terminal."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    listener = Listener(logging.WARNING)
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield heard
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagated


def _verify(staged: Staged, staging_dir: Path, built: Path) -> None:
    """Every page is there, and holds what was staged byte for byte; so does every other file."""
    if not (built / "index.html").is_file():
        raise CannotBuild("the built site has no home page; the old site is as it was")
    for path in staged.pages:
        page = built / path
        body = _FRONT_MATTER.sub(
            "", (staging_dir / _staged_path(path)).read_text(encoding="utf-8"), count=1
        ).strip()
        if not page.is_file():
            raise CannotBuild(f"the built site lacks the page `{path}`; the old site is as it was")
        if body not in page.read_text(encoding="utf-8"):
            raise CannotBuild(f"MkDocs changed the content of `{path}` on the way; the old site is as it was")
    for path in staged.files:
        if (staging_dir / path).read_bytes() != (built / path).read_bytes():
            raise CannotBuild(f"MkDocs changed the file `{path}` on the way; the old site is as it was")


@contextmanager
def _alone_in(workplace: Path) -> Iterator[None]:
    """Wait until no other build works in this place, and keep others out meanwhile."""
    workplace.mkdir(parents=True, exist_ok=True)
    with (workplace / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _new_folder(sites: Path) -> Path:
    """An empty folder with the next number."""
    sites.mkdir(parents=True, exist_ok=True)
    numbers = [int(folder.name) for folder in sites.iterdir() if folder.name.isdecimal()]
    folder = sites / str(max(numbers, default=0) + 1)
    folder.mkdir()
    return folder


def _target(site: Path) -> Path | None:
    """The folder that the link leads to, where it is one of ours."""
    if not site.is_symlink():
        return None
    target = site.parent / site.readlink()
    ours = site.parent / WORKPLACE / "sites" / site.name
    return target if target.name.isdecimal() and target.parent.resolve() == ours.resolve() else None


def _swap(site: Path, built: Path) -> None:
    """Let `site` lead to the new folder: a rename, which happens or does not."""
    temporary = site.parent / f".{site.name}.{os.getpid()}"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(os.path.relpath(built, site.parent))
    temporary.replace(site)


def _clear_out(sites: Path, keep: set[str]) -> None:
    """Remove the sites of earlier builds but the one before, and what a broken-off build left."""
    for folder in sites.iterdir():
        if folder.name.isdecimal() and folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
