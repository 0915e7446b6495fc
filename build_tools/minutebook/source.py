"""A file's text, its lines, and spans of them: what every finding points at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: lines and columns count from 1, the end column is the first one after it."""

    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def at(cls, line: int, column: int = 1, length: int = 1) -> Span:
        """Return the span of `length` characters that begins at `line` and `column`."""
        return cls(line, column, line, column + length)


@dataclass(frozen=True, eq=False)
class SourceFile:
    """The text of one file and the name it is shown under.

    `path` is what the author typed to reach it (`kb/harrow/projects/extra-care.md`), with forward
    slashes on every system, so that messages are the same everywhere and editors can follow them.
    """

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        r"""The lines without their ends; split at `\n` alone, as YAML marks and editors count them."""
        return [line.removesuffix("\r") for line in self.text.split("\n")]

    def line(self, number: int) -> str | None:
        """Return line `number` (from 1), or None where the file has no such line."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else None

    def span_of_offset(self, start: int, end: int) -> Span:
        """Return the span between two character offsets of the text."""
        return Span(*self._line_and_column(start), *self._line_and_column(end))

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        before = self.text.count("\n", 0, offset)
        return before + 1, offset - (self.text.rfind("\n", 0, offset) + 1) + 1
