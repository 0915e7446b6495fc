"""Where the command line keeps what it has indexed, and what must go from there once a record is public no more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from pathlib import Path

from minutebook.safe_files import NotAFolder, make_folders

CACHE = Path(".minutebook", "search")


def place_of(kb_folder: Path) -> Path:
    """Return where the index of a knowledge base is kept: a name for each, which says nothing of the machine."""
    name = hashlib.sha256(str(kb_folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return CACHE / name


def make_place(kb_folder: Path, say: Callable[[str], None] | None = None) -> Path | None:
    """Return the same, with the folder made that it lies in; None, and say why, where a link stands there.

    It may lead anywhere.
    """
    try:
        make_folders(Path(), *CACHE.parts)
    except NotAFolder as error:
        if say is not None:
            say(f"{error}: the index is kept nowhere, and made anew for each search")
        return None
    except OSError:
        pass  # as on a read-only disk: then nothing can be kept, which is no error
    return place_of(kb_folder)


def is_ours() -> bool:
    """Return whether what is kept lies below this folder, and not where a link leads."""
    return not any(folder.is_symlink() for folder in (CACHE, *CACHE.parents))


def names_of(kb_folder: Path) -> Path:
    """Return where the names for completion are kept."""
    place = place_of(kb_folder)
    return place.with_name(f"{place.name}.names")


def forget_hidden(kb_folder: Path, public: Collection[str]) -> None:
    """Remove what was indexed of records of which one is not among the ids that are public now.

    So goes an index that cannot be read: of another version, or not our own, which is never opened. The
    next search indexes what is public.
    """
    place = place_of(kb_folder)
    if not is_ours() or not any(CACHE.glob(f"{place.name}.*")):
        return
    # Only now: an engine takes time to load.
    from minutebook_search.engines import ENGINES, index_of, kept_ids

    for path in (index_of(place, name) for name in ENGINES):
        if path.is_file() and ((ids := kept_ids(path)) is None or not ids <= set(public)):
            path.unlink(missing_ok=True)
            names_of(kb_folder).unlink(missing_ok=True)
