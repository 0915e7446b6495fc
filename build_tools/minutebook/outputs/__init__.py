"""What a build makes of a published knowledge base: files, each with its path in the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import TypeAlias, cast

from minutebook.publication import PublishedKnowledgeBase
from minutebook.when import When

GROUP = "minutebook.outputs"
# Where the package was put on the path without being installed, there are no entry points to read.
BUILT_IN = {"feeds": "minutebook.outputs.feeds:feeds", "pages": "minutebook.outputs.pages:pages"}

# A path is used as a file name and as an address: no way up, nothing hidden, nothing that a shell,
# a browser or another system's file system would read in its own way.
_PATH = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*")
# A hash-source of Content Security Policy Level 3: 32 bytes in base64.
_DIGEST = re.compile(r"sha256-[A-Za-z0-9+/]{43}=")


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One file of the site. A page has a title and a kind, and its content is finished HTML without a frame.

    `path` is relative, with `/`; a page's ends in `index.html`, and its address is what stands before.
    `inline_scripts` are the digests (`sha256-…`) of scripts that a page puts into itself: its policy lets these
    in, and no other.
    """

    path: str
    content: str | bytes
    title: str | None = None
    kind: str | None = None
    inline_scripts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _PATH.fullmatch(self.path):
            raise ValueError(f"`{self.path}` cannot be the path of an output")
        if (self.title is None) != (self.kind is None):
            raise ValueError(f"`{self.path}`: a page has a title and a kind, another file has neither")
        if self.is_page and not (isinstance(self.content, str) and f"/{self.path}".endswith("/index.html")):
            raise ValueError(f"`{self.path}`: a page is text, and its path ends in `/index.html`")
        if self.inline_scripts and not (self.is_page and all(map(_DIGEST.fullmatch, self.inline_scripts))):
            raise ValueError(
                f"`{self.path}`: only a page has scripts in it, and each is named by its SHA-256"
            )

    @property
    def is_page(self) -> bool:
        """Whether a theme is to be put around the content."""
        return self.title is not None

    @property
    def data(self) -> bytes:
        """The content as it is written."""
        return self.content.encode("utf-8") if isinstance(self.content, str) else self.content


class LatePage(OutputFile):
    """A page that is made when its content is asked for, each time anew: a build shares these out between processes."""

    __slots__ = ("_make",)
    _make: Callable[[], OutputFile]

    def __init__(self, path: str, title: str, kind: str, make: Callable[[], OutputFile]) -> None:
        object.__setattr__(self, "_make", make)
        for name, value in (("path", path), ("title", title), ("kind", kind), ("inline_scripts", ())):
            object.__setattr__(self, name, value)
        if not (_PATH.fullmatch(path) and f"/{path}".endswith("/index.html")):
            raise ValueError(f"`{path}` cannot be the path of a page")

    @property
    def content(self) -> str | bytes:
        """The page, made now."""
        made = self._make()
        if (made.path, made.title, made.kind) != (self.path, self.title, self.kind):
            raise ValueError(f"`{self.path}` was made as another page")
        return made.content


Output: TypeAlias = Callable[[PublishedKnowledgeBase, When], Iterator[OutputFile]]


class PathTaken(Exception):
    """Two outputs want to write the same file."""


def find_outputs() -> dict[str, Output]:
    """Return what makes files, by name: everything registered under `minutebook.outputs`, in order of name."""
    found = {point.name: point.load() for point in entry_points(group=GROUP)}
    for name, place in BUILT_IN.items():
        if name not in found:
            module, _, function = place.partition(":")
            found[name] = getattr(import_module(module), function)
    return {name: cast(Output, found[name]) for name in sorted(found)}


def make_outputs(
    published: PublishedKnowledgeBase, as_of: When, names: Collection[str] | None = None
) -> Iterator[OutputFile]:
    """Make every file of the site, each path once, as at a date. Takes nothing but what the gate let through.

    With `names` only the outputs of these names are made.
    """
    if not isinstance(published, PublishedKnowledgeBase):
        raise TypeError("outputs take what publication.publish returns, and nothing else")
    made_by: dict[str, str] = {}
    for name, output in find_outputs().items():
        if names is not None and name not in names:
            continue
        for file in output(published, as_of):
            # Without regard to case: some file systems keep `A` and `a` in one place.
            if (other := made_by.get(file.path.casefold())) is not None:
                by = f"twice by `{name}`" if other == name else f"by `{other}` and by `{name}`"
                raise PathTaken(f"`{file.path}` is made {by}")
            made_by[file.path.casefold()] = name
            yield file


__all__ = ["LatePage", "Output", "OutputFile", "PathTaken", "find_outputs", "make_outputs"]
