"""What a build makes of a published knowledge base: files, each with its path in the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import entry_points
from typing import TypeAlias, cast

from minutebook.asked import Answers, Asked
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


@dataclass(frozen=True, slots=True)
class Piece:
    """Files that are made together when they are asked for, each time anew: a build shares pieces out between processes.

    `make` notes what it asks. With the `answers` to that a build can tell whether they would be the same again.
    """

    name: str  # of no other piece of its output
    make: Callable[[Asked], Iterable[OutputFile]]
    answers: Answers | None = None

    def files(self) -> Iterator[OutputFile]:
        """Make the files."""
        yield from self.make(Asked())


Output: TypeAlias = Callable[[PublishedKnowledgeBase, When], Iterator[OutputFile]]


@dataclass(frozen=True, slots=True)
class InPieces:
    """An output that can tell its pieces before it makes any."""

    pieces: Callable[[PublishedKnowledgeBase, When], Iterator[Piece]]

    def __call__(self, published: PublishedKnowledgeBase, as_of: When) -> Iterator[OutputFile]:
        """Make every file, one piece after the other."""
        for piece in self.pieces(published, as_of):
            yield from piece.files()


class PathTaken(Exception):
    """Two outputs want to write the same file."""


class Paths:
    """The paths of a site, each of which is taken once."""

    def __init__(self) -> None:
        self._made_by: dict[str, str] = {}

    def take(self, path: str, name: str) -> None:
        """Take a path for an output; PathTaken where it is taken already."""
        # Without regard to case: some file systems keep `A` and `a` in one place.
        if (other := self._made_by.get(path.casefold())) is not None:
            by = f"twice by `{name}`" if other == name else f"by `{other}` and by `{name}`"
            raise PathTaken(f"`{path}` is made {by}")
        self._made_by[path.casefold()] = name

    def is_taken(self, path: str) -> bool:
        """Whether an output has taken a path."""
        return path.casefold() in self._made_by


def find_outputs() -> dict[str, Output]:
    """Return what makes files, by name: everything registered under `minutebook.outputs`, in order of name."""
    found = {point.name: point.load() for point in entry_points(group=GROUP)}
    for name, place in BUILT_IN.items():
        if name not in found:
            module, _, function = place.partition(":")
            found[name] = getattr(import_module(module), function)
    return {name: cast(Output, found[name]) for name in sorted(found)}


def find_pieces(published: PublishedKnowledgeBase, as_of: When) -> Iterator[tuple[str, Piece]]:
    """Every piece of the site, with the name of its output. An output that knows no pieces is one.

    Takes nothing but what the gate let through.
    """
    if not isinstance(published, PublishedKnowledgeBase):
        raise TypeError("outputs take what publication.publish returns, and nothing else")
    for name, output in find_outputs().items():
        if isinstance(output, InPieces):
            for piece in output.pieces(published, as_of):
                yield name, piece
        else:
            yield name, Piece("", partial(_whole, output, published, as_of))


def make_outputs(
    published: PublishedKnowledgeBase, as_of: When, names: Collection[str] | None = None
) -> Iterator[OutputFile]:
    """Make every file of the site, each path once, as at a date. Takes nothing but what the gate let through.

    With `names` only the outputs of these names are made.
    """
    paths = Paths()
    for name, piece in find_pieces(published, as_of):
        if names is not None and name not in names:
            continue
        for file in piece.files():
            paths.take(file.path, name)
            yield file


def _whole(output: Output, published: PublishedKnowledgeBase, as_of: When, _: Asked) -> Iterator[OutputFile]:
    return output(published, as_of)


__all__ = [
    "InPieces",
    "Output",
    "OutputFile",
    "PathTaken",
    "Paths",
    "Piece",
    "find_outputs",
    "find_pieces",
    "make_outputs",
]
