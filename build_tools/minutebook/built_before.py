"""Whether anything that a site is made from has changed since it was built: where nothing has, the site stands.

After a build a note is kept, signed with the user's own key: fingerprints of everything that went into the site, and
of every file that came out. Nothing of it rests on the times of files. Where one thing cannot be told, such as what a
plugin of somebody else reads, no note is kept and every build is made.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minutebook.safe_files import is_regular, live_folder
from minutebook.signed_cache import SignedCache, user_key_path
from minutebook.workers import share_out

_NOTE = "note"  # what is kept, by name
_OUTPUTS = "minutebook.outputs"  # the entry points of what makes files of the site
# What a plugin or an extension reads cannot be known; of these it is: their own options, and the page.
_PLUGINS = frozenset(["minutebook", "search", "material/search"])
_EXTENSIONS = frozenset([
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "md_in_html",
    "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks", "minutebook.outputs.finished:FinishedPages",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """Everything that goes into a site: folders and files by what they are to it, and what was chosen, as text."""

    folders: Mapping[str, Path]
    config_file: Path
    chosen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a site is made from, in digests; and whether it was touched, which digests alone do not tell."""

    digests: Mapping[str, str]
    touched: str  # of the sizes, numbers and times of the files

    @property
    def program(self) -> str:
        """The digest of the program and its libraries."""
        return self.digests["program"]


def fingerprint(made_from: MadeFrom) -> Fingerprint | None:
    """Return the fingerprint of what a site would be made from now; None where that cannot be told for certain.

    That is where a link or a device lies among the files, or mkdocs.yml names a plugin, an extension or a hook that
    may read what is not looked at here.
    """
    config = _Config.read(made_from.config_file)
    if config is None:
        return None
    folders = {**made_from.folders, **config.folders}
    digests = {
        "chosen": _digest(json.dumps(dict(made_from.chosen), sort_keys=True)),
        "program": _program(),
        "config": _digest(config.values),
    }
    touched = hashlib.sha256()
    for name, folder in sorted(folders.items()):
        found = hashlib.sha256()
        for path, file in _files_below(folder):
            if file is None:
                return None
            found.update(f"{path}\0{_sha256(file)}\0".encode("utf-8", "surrogateescape"))
            about = file.stat()
            touched.update(
                f"{about.st_ino} {about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}\n".encode()
            )
        digests[f"folder {name}"] = found.hexdigest()
    return Fingerprint(digests, touched.hexdigest())


# -- the note ---------------------------------------------------------------------------------------


def remember(
    site: Path, folder: str, workplace: Path, before: Fingerprint, told: Mapping[str, Any], jobs: int
) -> bool:
    """Keep a note that the site in this folder was made from this, with `told` (JSON) for whoever asks later.

    False where nothing can be kept, or another build has replaced the site since.
    """
    live, key_path = live_folder(site), user_key_path()
    if live is None or live.name != folder or key_path is None:
        return False
    note = {"live": live.name, "files": _digests_of(live, jobs), "told": dict(told)}
    kept = SignedCache(_place(workplace, site), key_path)
    return kept.save(before.digests, {_NOTE: json.dumps(note).encode("ascii")})


def forget(site: Path, workplace: Path) -> None:
    """Remove the note of a site."""
    _place(workplace, site).unlink(missing_ok=True)


def what_stands(site: Path, workplace: Path, now: Fingerprint, jobs: int) -> Mapping[str, Any] | None:
    """Return what was told of the live site, where it was made from just this and not a byte of it has changed."""
    live, key_path = live_folder(site), user_key_path()
    if live is None or key_path is None or not live.is_dir():
        return None
    files = SignedCache(_place(workplace, site), key_path).load(now.digests)
    if files is None:
        return None
    note = json.loads(files[_NOTE])
    if note["live"] != live.name or note["files"] != _digests_of(live, jobs):
        return None
    told: Mapping[str, Any] = note["told"]
    return told


def _place(workplace: Path, site: Path) -> Path:
    return workplace / f"{site.name}.note"


def _digests_of(folder: Path, jobs: int) -> dict[str, str | None]:
    """A digest of each file in a folder; None of what is no regular file, which no build leaves there."""
    found = list(_files_below(folder))

    def digests(share: Iterable[tuple[str, Path | None]]) -> dict[str, str | None]:
        return {path: _sha256(file) if file is not None else None for path, file in share}

    return {path: digest for share in share_out(found, digests, jobs) for path, digest in share.items()}


# -- what goes in -----------------------------------------------------------------------------------


def _files_below(folder: Path, above: str = "") -> Iterator[tuple[str, Path | None]]:
    """Every file in a folder, in order, by its path in there; None where it is no regular file, or a link to a folder."""
    if folder.is_symlink() or not folder.is_dir():
        yield above, None
        return
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path = f"{above}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            # What Python keeps of a module beside it says nothing that the module does not.
            if entry.name != "__pycache__":
                yield from _files_below(Path(entry.path), f"{path}/")
        else:
            yield path, Path(entry.path) if is_regular(Path(entry.path)) else None


@dataclass(frozen=True, slots=True)
class _Config:
    """What mkdocs.yml brings into a site: its values, with what it inherits and asks of the environment, and folders."""

    values: str
    folders: Mapping[str, Path]

    @classmethod
    def read(cls, path: Path) -> _Config | None:
        """Read the file; None where it brings in what cannot be told, or cannot be read, which MkDocs will say."""
        from mkdocs.exceptions import ConfigurationError
        from mkdocs.utils.yaml import yaml_load

        try:
            with path.open(encoding="utf-8") as file:
                values = yaml_load(file)
        except (OSError, ValueError, ConfigurationError):
            return None
        plugins, extensions = (_names(values.get(key)) for key in ("plugins", "markdown_extensions"))
        if values.get("hooks") or not (plugins <= _PLUGINS and extensions <= _EXTENSIONS):
            return None
        folders = {"docs": path.parent / str(values.get("docs_dir") or "docs")}
        theme = values.get("theme")
        if isinstance(theme, dict) and (custom := theme.get("custom_dir")) is not None:
            folders["theme"] = path.parent / str(custom)
        return cls(json.dumps(values, sort_keys=True, default=repr), folders)


def _names(listed: object) -> set[str]:
    """The names in a list of plugins or extensions, in either of the forms that MkDocs takes."""
    if isinstance(listed, dict):
        return set(map(str, listed))
    names: set[str] = set()
    for one in listed if isinstance(listed, list) else []:
        names |= set(map(str, one)) if isinstance(one, dict) else {str(one)}
    return names


def _program() -> str:
    """A digest of what makes a site: Python, every library by its version, our own code to the byte."""
    libraries = sorted(f"{one.metadata['Name']}=={one.version}" for one in importlib.metadata.distributions())
    registered = importlib.metadata.entry_points(group=_OUTPUTS)
    named = sorted((one.name, one.value) for one in registered)
    outputs = {one.module.partition(".")[0] for one in registered}
    code = hashlib.sha256()
    for name in sorted({"minutebook", *outputs}):
        for folder in _folders_of(name):
            for path, file in _files_below(folder):
                code.update(f"{name}/{path}\0{_sha256(file) if file else ''}\0".encode())
    return _digest(json.dumps([sys.version, sys.platform, libraries, named, code.hexdigest()]))


def _folders_of(package: str) -> Iterable[Path]:
    spec = importlib.util.find_spec(package)
    return map(Path, spec.submodule_search_locations or ()) if spec is not None else ()


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
