"""The staging tree: hand-written pages, pages of records and all other outputs, public only, for whichever renderer."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from minutebook.hand_written import folder_lists, hand_written, site_path
from minutebook.outputs import LatePage, OutputFile, PathTaken, find_outputs, make_outputs
from minutebook.outputs.finished import as_markdown, escaped_title
from minutebook.outputs.statement import statement_finding
from minutebook.publication import PublishedKnowledgeBase
from minutebook.safe_files import CannotBuild, Tree, is_regular
from minutebook.sitemap import last_changed
from minutebook.when import When
from minutebook.workers import Worker, share_out

# Lies in every tree that we staged; a folder without it is somebody else's, and nothing in it is touched.
MARK = ".staged-by-minutebook"
_PAGES = "pages"  # the output that makes pages of records; the others are made beside it
_RECORDS = "the records"
_About: TypeAlias = tuple[str, str | None, str | None]  # path, title and kind; another file has neither


@dataclass(slots=True)
class Staged:
    """What was staged: the paths of pages and other files in the site, and what that changed on the disk."""

    pages: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)  # of each page, escaped
    kinds: dict[str, str] = field(default_factory=dict)  # of each page
    dates: dict[str, str] = field(
        default_factory=dict
    )  # of the pages of records: the latest that their sources bear
    written: int = 0
    removed: int = 0


def stage(
    published: PublishedKnowledgeBase, as_of: When, docs_dir: Path, staging_dir: Path, jobs: int = 1
) -> Staged:
    """Write the tree that MkDocs, or another renderer, makes the site from. Nothing else goes into it.

    Hand-written pages are copied, pages of records become small Markdown files, other outputs are
    written as they are. Only what changed is written; what is no longer made is removed. Pages that
    can be made on their own are shared out between `jobs` processes.
    """
    if _overlap(docs_dir, staging_dir):
        raise CannotBuild(
            f"`{docs_dir}` and `{staging_dir}` lie in one another: the staging tree needs its own place"
        )
    _take_over(staging_dir)
    if (old := statement_finding(docs_dir, as_of)) is not None:
        logging.getLogger("mkdocs.plugins.minutebook").warning(old)  # which `--strict` takes for an error
    tree = Tree(staging_dir)
    tree.put(MARK, b"Written by minutebook, from records and docs; what is changed here is lost.\n")
    staged = Staged()
    late: list[LatePage] = []
    made_by: dict[str, str] = {}
    for path, source in hand_written(docs_dir):
        _claim(made_by, site_path(path), f"{docs_dir.name}/{path}")
        tree.put(path, source.read_bytes())
    with ExitStack() as held:
        aside = None
        if jobs > 1 and (others := [name for name in find_outputs() if name != _PAGES]):
            # The search index and the feeds take about as long as the pages.
            aside = Worker([None], lambda _: _put_aside(tree, published, as_of, others))
            held.callback(aside.end)
        for file in make_outputs(published, as_of, [_PAGES] if aside is not None else None):
            _claim(made_by, file.path, _RECORDS)
            _note(_about(file), staged)
            if isinstance(file, LatePage):
                late.append(file)
                tree.keep(staged_path(file.path))
            else:
                _put(tree, file)
        for file in folder_lists(docs_dir):
            if file.path.casefold() not in made_by:
                _note(_about(file), staged)
                _put(tree, file)
        staged.written = tree.written + sum(_put_all(tree, late, jobs))
        if aside is not None:
            made, written = aside.result()
            staged.written += written
            for path, title, kind in made:
                if path.casefold() in made_by:
                    raise CannotBuild(
                        f"`{path}` of the site is made twice, by two outputs or by a hand-written page"
                    )
                _note((path, title, kind), staged)
                tree.keep(path if title is None else staged_path(path))
    staged.removed = tree.remove_stale()
    staged.dates = dict(last_changed(published.kb))
    return staged


def _put_all(tree: Tree, late: Sequence[LatePage], jobs: int) -> list[int]:
    """Make pages and put them, in several processes; how many each of them wrote."""

    def put(share: Sequence[LatePage]) -> int:
        before = tree.written
        for file in share:
            _put(tree, file)
        return tree.written - before

    return share_out(late, put, jobs)


def _put_aside(
    tree: Tree, published: PublishedKnowledgeBase, as_of: When, names: Sequence[str]
) -> tuple[list[_About], int]:
    """Make and put the files of some outputs, in another process; what they are, and how many were written."""
    made, before = [], tree.written
    try:
        for file in make_outputs(published, as_of, names):
            made.append(_about(file))
            _put(tree, file)
    except PathTaken as error:
        raise CannotBuild(str(error)) from None
    return made, tree.written - before


def _about(file: OutputFile) -> _About:
    return (file.path, escaped_title(file) if file.is_page else None, file.kind)


def _note(about: _About, staged: Staged) -> None:
    path, title, kind = about
    if title is None:
        staged.files.append(path)
        return
    staged.pages.append(path)
    staged.titles[path], staged.kinds[path] = title, kind or ""


def _put(tree: Tree, file: OutputFile) -> None:
    if file.is_page:
        tree.put(staged_path(file.path), as_markdown(file).encode("utf-8"))
    else:
        tree.put(file.path, file.data)


def staged_path(path: str) -> str:
    """Always `…/index.md`: a record whose slug is `index` or `readme` is then a page like any other."""
    return path.removesuffix(".html") + ".md"


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


__all__ = ["MARK", "CannotBuild", "Staged", "stage", "staged_path"]
