"""The staging tree: hand-written pages, pages of records and all other outputs, public only, for whichever renderer."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minutebook.asked import Asked, AskedQuestion
from minutebook.hand_written import folder_lists, hand_written, site_path
from minutebook.kept_pieces import MadePiece, Pieces, StagedFile
from minutebook.outputs import OutputFile, Paths, Piece, find_pieces
from minutebook.outputs.finished import as_markdown, escaped_title
from minutebook.outputs.statement import statement_finding
from minutebook.publication import PublishedKnowledgeBase
from minutebook.safe_files import CannotBuild, Tree, is_regular
from minutebook.sitemap import last_changed
from minutebook.when import When
from minutebook.workers import share_out

# Lies in every tree that we staged; a folder without it is somebody else's, and nothing in it is touched.
MARK = ".staged-by-minutebook"


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
    pieces: dict[str, MadePiece] = field(
        default_factory=dict
    )  # that can be told to be the same again, by name
    made: int = 0  # pieces that were made; the others were kept
    kept_pages: int = 0  # of those that were kept
    written: int = 0
    removed: int = 0


def stage(
    published: PublishedKnowledgeBase,
    as_of: When,
    docs_dir: Path,
    staging_dir: Path,
    jobs: int = 1,
    kept: Pieces | None = None,
) -> Staged:
    """Write the tree that MkDocs, or another renderer, makes the site from. Nothing else goes into it.

    Hand-written pages are copied, pages of records become small Markdown files, other outputs are
    written as they are. Only what changed is written; what is no longer made is removed. The work is
    shared out between `jobs` processes. Of what was `kept` nothing is made again that would be the same.
    """
    if _overlap(docs_dir, staging_dir):
        raise CannotBuild(
            f"`{docs_dir}` and `{staging_dir}` lie in one another: the staging tree needs its own place"
        )
    _take_over(staging_dir)
    if (old := statement_finding(docs_dir, as_of)) is not None:
        logging.getLogger("mkdocs.plugins.minutebook").warning(old)  # which `--strict` takes for an error
    tree = Tree(staging_dir)
    tree.remove_folder_links()  # what lies behind one is not what was staged
    tree.put(MARK, b"Written by minutebook, from records and docs; what is changed here is lost.\n")
    staged = Staged()
    by_hand: dict[str, str] = {}
    for path, source in hand_written(docs_dir):
        place = site_path(path)
        if (
            other := by_hand.setdefault(place.casefold(), f"{docs_dir.name}/{path}")
        ) != f"{docs_dir.name}/{path}":
            raise _made_twice(place, other, f"`{docs_dir.name}/{path}`")
        tree.put(path, source.read_bytes())
    paths = Paths()
    # First what cannot be told in pieces, such as the search index: it takes long, and nothing waits for its end.
    pieces = sorted(find_pieces(published, as_of), key=lambda one: one[1].answers is not None)
    for answers in {
        id(piece.answers): piece.answers for _, piece in pieces if piece.answers is not None
    }.values():
        answers.prepare()
    before = tree.written
    all_made = _make_all(tree, staging_dir, pieces, kept or {}, jobs, staged)
    of_pieces = tree.written - before  # of this process; the others have said how many they wrote
    for (output, piece), made in zip(pieces, all_made, strict=True):
        for file in made.files:
            if (by := by_hand.get(file.path.casefold())) is not None:
                raise _made_twice(file.path, by, "the records")
            paths.take(file.path, output)
            tree.keep(file.staged)
            _note(file, staged)
        if piece.answers is not None:
            staged.pieces[_name(output, piece)] = made
    for one in folder_lists(docs_dir):
        if one.path.casefold() not in by_hand and not paths.is_taken(one.path):
            _note(_put(tree, one), staged)
    staged.written += tree.written - of_pieces
    staged.removed = tree.remove_stale()
    staged.dates = dict(last_changed(published.kb))
    return staged


def _make_all(
    tree: Tree, root: Path, pieces: Sequence[tuple[str, Piece]], kept: Pieces, jobs: int, staged: Staged
) -> list[MadePiece]:
    """Make pieces and put their files, in several processes; what each came to, in the order of the pieces."""

    def make(share: Iterable[int]) -> dict[str, Any]:
        before = tree.written
        numbers: dict[AskedQuestion, int] = {}
        made = []
        for number in share:
            output, piece = pieces[number]
            known = kept.get(_name(output, piece))
            if known is not None and known.stands(piece, root):
                continue
            one = _make(tree, piece)
            asked = [numbers.setdefault(question, len(numbers)) for question in one.questions]
            made.append((number, [file.told for file in one.files], asked, one.answers))
        return {"questions": list(numbers), "made": made, "written": tree.written - before}

    found: dict[int, MadePiece] = {}
    for share in share_out(range(len(pieces)), make, jobs):
        staged.written += share["written"]
        questions = [tuple(question) for question in share["questions"]]
        for number, files, asked, answers in share["made"]:
            found[number] = MadePiece(
                tuple(StagedFile(*file) for file in files), tuple(questions[one] for one in asked), answers
            )
    staged.made = len(found)
    as_they_were = {n: kept[_name(*one)] for n, one in enumerate(pieces) if n not in found}
    staged.kept_pages = sum(file.title is not None for one in as_they_were.values() for file in one.files)
    return [found[n] if n in found else as_they_were[n] for n in range(len(pieces))]


def _make(tree: Tree, piece: Piece) -> MadePiece:
    """Make a piece and put its files; what it came to."""
    asked = Asked()
    files = tuple(_put(tree, file) for file in piece.make(asked))
    if piece.answers is None:
        return MadePiece(files, (), "")
    questions = tuple(sorted(asked.questions))
    return MadePiece(files, questions, piece.answers.digest(questions))


def _made_twice(path: str, one: str, other: str) -> CannotBuild:
    return CannotBuild(f"`{path}` of the site is made by `{one}` and by {other}: rename one of them")


def _name(output: str, piece: Piece) -> str:
    return f"{output}: {piece.name}"


def _note(file: StagedFile, staged: Staged) -> None:
    if file.title is None:
        staged.files.append(file.path)
        return
    staged.pages.append(file.path)
    staged.titles[file.path], staged.kinds[file.path] = file.title, file.kind or ""


def _put(tree: Tree, file: OutputFile) -> StagedFile:
    data = as_markdown(file).encode("utf-8") if file.is_page else file.data
    staged = staged_path(file.path) if file.is_page else file.path
    tree.put(staged, data)
    title = escaped_title(file) if file.is_page else None
    return StagedFile(file.path, staged, hashlib.sha256(data).hexdigest(), title, file.kind)


def staged_path(path: str) -> str:
    """Always `…/index.md`: a record whose slug is `index` or `readme` is then a page like any other."""
    return path.removesuffix(".html") + ".md"


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
