"""The texts of sources: a folder beside the records, out of which nothing but plain text files is read."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from minutebook.evidence.matching import Text
from minutebook.evidence.nearest import Nearest, Words
from minutebook.evidence.passages import Passage, passages, words_of
from minutebook.evidence.showing import Showing

MOST = 4 * 1024 * 1024  # bytes of one text: a long report has a tenth of that
_PATH = re.compile(r"(?!/)[^\x00-\x1f\\:]+")


@dataclass(frozen=True, slots=True)
class NoText:
    """Why the text of a source cannot be read again, as the end of a sentence about it."""

    why: str
    outside: bool = False  # whether the name leads out of the folder


@dataclass(frozen=True, eq=False)
class SourceText:
    """The text of one source, as it was read."""

    path: str  # as it is shown
    sha256: str
    written: str

    @cached_property
    def text(self) -> Text:
        """The text, ready to look for quotations in."""
        return Text(self.written)

    def nearest(self, quotation: str) -> Nearest | None:
        """The passage nearest to words that do not stand in the text; None where none is near."""
        return self._words.nearest(quotation)

    def words(self, passage: Passage) -> list[tuple[int, int]]:
        """Where the words and numbers of a passage stand, without those that are a detail of a person."""
        found = words_of(self.written, passage.start, passage.end)
        return [span for span in found if not self._showing.is_detail(*span)]

    def shown(self, start: int, end: int) -> str:
        """A stretch as it may be shown, without the details of people in it."""
        return self._showing.stretch(start, end)

    @cached_property
    def _showing(self) -> Showing:
        return Showing(self.written)

    @cached_property
    def _words(self) -> Words:
        return Words(self.written, self._showing)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Its sentences, cells and headings, in order."""
        return passages(self.written)


def leads_out(text_path: str) -> bool:
    """Whether a name is no plain name of a file below the folder of texts."""
    steps = text_path.split("/")
    return _PATH.fullmatch(text_path) is None or any(step in ("", ".", "..") for step in steps)


class SourceTexts:
    """The folder of texts; each is read once, when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, SourceText | NoText] = {}

    def read(self, text_path: str) -> SourceText | NoText:
        """The text of this name, or why there is none. No link is followed, whatever it leads to."""
        if text_path not in self._read:
            self._read[text_path] = self._read_text(text_path)
        return self._read[text_path]

    def _read_text(self, text_path: str) -> SourceText | NoText:
        if leads_out(text_path):
            return NoText("leads out of the folder of texts", outside=True)
        shown = f"{self.folder.as_posix()}/{text_path}"
        try:
            data = _bytes(self.folder, text_path.split("/"))
        except _IsLink:
            return NoText("is a link, which may lead out of the folder of texts", outside=True)
        except _IsNoFile:
            return NoText(f"is no regular file in `{self.folder.as_posix()}`")
        except FileNotFoundError:
            return NoText(f"is not in `{self.folder.as_posix()}`")
        except OSError as error:
            return NoText(f"cannot be opened: {(error.strerror or str(error)).lower()}")
        if len(data) > MOST:
            return NoText(f"has more than {MOST:,} bytes")
        try:
            written = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return NoText("is not text in UTF-8")
        if "\0" in written:
            return NoText("is not text: it holds null characters")
        return SourceText(
            shown, hashlib.sha256(data).hexdigest(), written.replace("\r\n", "\n").replace("\r", "\n")
        )


class _IsLink(Exception):
    pass


class _IsNoFile(Exception):
    pass


def _bytes(folder: Path, steps: list[str]) -> bytes:
    """What a file holds, a byte more than the most at most; each step is opened from the one before, links refused."""
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for number, step in enumerate(steps):
            mode = os.stat(step, dir_fd=here, follow_symlinks=False).st_mode
            if stat.S_ISLNK(mode):
                raise _IsLink(step)
            is_last = number == len(steps) - 1
            if not (stat.S_ISREG(mode) if is_last else stat.S_ISDIR(mode)):
                raise _IsNoFile(step)
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            following = os.open(step, flags, dir_fd=here)
            os.close(here)
            here = following
        if not stat.S_ISREG(os.fstat(here).st_mode):
            raise _IsNoFile(steps[-1])
        with os.fdopen(os.dup(here), "rb") as opened:
            return opened.read(MOST + 1)
    finally:
        os.close(here)
