"""The hand-written pages beside the records: which files they are, and where each lands in the site."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from minutebook.outputs import OutputFile
from minutebook.outputs.list_pages import folder_list
from minutebook.safe_files import CannotBuild, read_page

_HEADING = re.compile(r"^# +(.+?) *#*$", re.MULTILINE)


def hand_written(folder: Path, above: str = "") -> Iterator[tuple[str, Path]]:
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
            yield from hand_written(folder / entry.name, f"{path}/")
        elif entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_nlink == 1:
            yield path, folder / entry.name
        else:
            what = "hard link" if entry.is_file(follow_symlinks=False) else "link or a device"
            raise CannotBuild(
                f"`{folder / entry.name}` is a {what}, and would show what lies elsewhere: expected a regular file"
            )


def folder_lists(docs_dir: Path) -> Iterator[OutputFile]:
    """A list for each folder of hand-written pages that has no index of its own."""
    folders: dict[str, dict[str, str]] = {}
    for path, _ in hand_written(docs_dir):
        folder, _, name = path.rpartition("/")
        if not name.endswith(".md"):
            continue
        # Pages in no folder too, whose heading is not asked for: MkDocs would not say what is wrong with them.
        heading = _HEADING.search(read_page(docs_dir, path))
        if folder:
            folders.setdefault(folder, {})[name] = heading[1] if heading else ""
    for folder, headings in folders.items():
        if not {"index.md", "README.md"} & headings.keys():
            yield folder_list(folder, headings)


def site_path(path: str) -> str:
    """Where MkDocs puts a hand-written file."""
    if not path.endswith(".md"):
        return path
    folder, _, name = path.removesuffix(".md").rpartition("/")
    parts = [folder] if folder else []
    return "/".join(
        [*parts, "index.html"] if name.lower() in ("index", "readme") else [*parts, name, "index.html"]
    )
