"""From outputs to a site: a public-only tree of files, MkDocs over it, a look at the result, and one swap."""

from __future__ import annotations

import html
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from minutebook.outputs import OutputFile, make_outputs
from minutebook.outputs.finished import as_markdown
from minutebook.outputs.list_pages import folder_list
from minutebook.publication import PublishedKnowledgeBase
from minutebook.safe_files import (
    CannotBuild,
    Tree,
    alone_beside,
    check_site_is_ours,
    clear_out,
    is_regular,
    live_folder,
    new_folder,
    refused_in_a_sentence,
    replace_link,
)
from minutebook.when import When

# Lies in every tree that we staged; a folder without it is somebody else's, and nothing in it is touched.
MARK = ".staged-by-minutebook"
_FRONT_MATTER = re.compile(r"---\n.*?\n---\n\n", re.DOTALL)
_HEADING = re.compile(r"^# +(.+?) *#*$", re.MULTILINE)


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
    tree = Tree(staging_dir)
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


def _put(tree: Tree, file: OutputFile, staged: Staged) -> None:
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
    if folder.is_dir() and any(folder.iterdir()) and not is_regular(folder / MARK):
        raise CannotBuild(
            f"`{folder}` holds files that minutebook did not write: move it away, or give another place"
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()  # before anything else, in one step: cut short later, it is ours all the same


def _hand_written(folder: Path, above: str = "") -> Iterator[tuple[str, Path]]:
    """The files of hand-written pages, in order. MkDocs would follow a link out of the folder; we do not."""
    if folder.is_symlink():
        raise CannotBuild(f"`{folder}` is a link: let `docs_dir` of mkdocs.yml name the folder it leads to")
    if not folder.is_dir():
        return
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = f"{above}{entry.name}"
        if entry.name.startswith("."):
            continue
        if not entry.name.isprintable():
            raise CannotBuild(
                f"`{folder}` holds a file called {entry.name!a}: rename it, no address can be made of that"
            )
        if entry.is_dir(follow_symlinks=False):
            yield from _hand_written(folder / entry.name, f"{path}/")
        elif entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_nlink == 1:
            yield path, folder / entry.name
        else:
            what = "hard link" if entry.is_file(follow_symlinks=False) else "link or a device"
            raise CannotBuild(
                f"`{folder / entry.name}` is a {what}, and would show what lies elsewhere: expected a regular file"
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


# -- the site ------------------------------------------------------------------------------------


def build_site(
    published: PublishedKnowledgeBase, as_of: When, *, config_file: Path, site: Path, strict: bool = False
) -> Built:
    """Stage, let MkDocs build, look at what it built, and put it in the place of the old site in one step.

    Whatever goes wrong before that step leaves the old site as it was.
    """
    check_site_is_ours(site)
    with alone_beside(site.parent) as workplace, refused_in_a_sentence():
        staging_dir = workplace / "staging"
        before = live_folder(site)
        built = new_folder(workplace, site.name)
        try:
            staged, warnings = _run_mkdocs(published, as_of, config_file, staging_dir, built)
            if strict and warnings:
                raise SiteHasWarnings(
                    "\n".join(["the site has warnings, and --strict takes them for errors:", *warnings])
                )
            _verify(staged, staging_dir, built)
            replace_link(site, os.path.relpath(built, site.parent))
        except BaseException:
            # Not what is live: somebody may press Ctrl-C just after the step.
            if (now := live_folder(site)) is None or now.name != built.name:
                shutil.rmtree(built, ignore_errors=True)
            raise
        clear_out(built.parent, keep={built.name, before.name if before is not None else built.name})
    return Built(site, len(published.kb.records), len(staged.pages), tuple(warnings))


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


__all__ = [
    "MARK",
    "Built",
    "CannotBuild",
    "SiteHasWarnings",
    "Staged",
    "build_date",
    "build_site",
    "date_for_machines",
    "stage",
]
