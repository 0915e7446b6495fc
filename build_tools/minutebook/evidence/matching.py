"""Where a quotation stands in a text, whatever became of spaces, quotation marks, dashes and bullets on the way.

A quotation stands in a text where the same letters, digits and signs follow each other. White space of
every kind and length counts as one space; every quotation mark and apostrophe as one sign; every dash
as a hyphen; bullets, soft hyphens and marks of no width as nothing. Capitals count. A quotation begins
and ends where words and numbers do: `£400` does not stand in `£400,000`, nor `5.5` in `15.5`.
An ellipsis stands for words that were left out, at most `MOST_LEFT_OUT` characters of them; where the
text prints the dots itself they are found as they are.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

MOST_LEFT_OUT = 1_000  # characters between two parts of a quotation

_QUOTES = "'\"`´‘’‚‛“”„‟′″«»‹›＇＂"
_DASHES = "-‐‑‒–—―−﹣－"
_NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, marks of no width
_BULLETS = "·•▪▫◦‣●○■□◆➢✓\uf0b7\uf0a7"
_GAP = rf"[\s{_BULLETS}]"
# Everything that is not taken as it stands.
_SPECIAL = re.compile(
    rf"(?P<bullet>(?m:^)[^\S\n]*[{re.escape(_DASHES)}*](?=[^\S\n]+\S))|(?P<gap>{_GAP}+)"
    rf"|(?P<mark>[{re.escape(_QUOTES)}])|(?P<dash>[{re.escape(_DASHES)}])|(?P<dots>…)|(?P<nothing>[{_NOTHING}]+)"
)
_ELLIPSIS = re.compile(r"\s*(?:\[\s*\.\.\.\s*\]|\(\s*\.\.\.\s*\)|\.\.\.\.?)\s*")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Normal:
    """A text as it is compared, with the place of each of its characters in the text as it is written."""

    text: str
    offsets: array[int]

    @classmethod
    def of(cls, written: str, *, bullets: bool = True) -> Normal:
        """The normal form of a text; `bullets` takes away dashes and asterisks that begin a line."""
        kept: list[str] = []
        offsets: array[int] = array("I")
        position = 0
        for match in _SPECIAL.finditer(written):
            start, end = match.span()
            if start > position:
                kept.append(written[position:start])
                offsets.extend(range(position, start))
            position = end
            match match.lastgroup:
                case "gap":
                    stands_for = " "
                case "mark":
                    stands_for = "'"
                case "dash":
                    stands_for = "-"
                case "bullet":
                    stands_for = " " if bullets else " -"
                case "dots":
                    stands_for = "..."
                case _:
                    stands_for = ""
            if stands_for.startswith(" ") and (not kept or kept[-1].endswith(" ")):
                stands_for = stands_for[1:]
            if stands_for:
                kept.append(stands_for)
                offsets.extend([start] * len(stands_for))
        kept.append(written[position:])
        offsets.extend(range(position, len(written)))
        return cls("".join(kept), offsets)


def normal(text: str) -> str:
    """A text as it is compared, without spaces at its ends."""
    return Normal.of(text).text.strip()


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quotation stands: the stretches of the text that it takes up, more than one where words were left out."""

    stretches: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """The offset at which it begins."""
        return self.stretches[0][0]


class Text:
    """A text in which quotations are looked for."""

    def __init__(self, written: str) -> None:
        self.written = written

    def line_of(self, offset: int) -> int:
        """The line on which an offset lies, counted from 1."""
        return self.written.count("\n", 0, offset) + 1

    def find(self, quotation: str) -> tuple[Found, ...]:
        """Every place where a quotation stands, in order; one place at most where it leaves words out."""
        for text in (self._plain, self._with_dashes) if " " in quotation.strip() else (self._plain,):
            words = Normal.of(quotation, bullets=text is self._plain).text.strip()
            if not _WORD.search(words):
                return ()
            if found := tuple(Found((_written(text, *one),)) for one in _occurrences(text.text, words)):
                return found
            parts = [part for part in _ELLIPSIS.split(words) if _WORD.search(part)]
            if len(parts) > 1 and (stretches := _in_order(text.text, parts)):
                return (Found(tuple(_written(text, *one) for one in stretches)),)
        return ()

    @cached_property
    def _plain(self) -> Normal:
        return Normal.of(self.written)

    @cached_property
    def _with_dashes(self) -> Normal:
        """With the dashes that begin lines: a quotation of several lines that was folded into one has them inside."""
        return Normal.of(self.written, bullets=False)


def _written(text: Normal, start: int, end: int) -> tuple[int, int]:
    return text.offsets[start], text.offsets[end - 1] + 1


def _occurrences(
    text: str, words: str, start: int = 0, within: int | None = None
) -> Iterator[tuple[int, int]]:
    """Where words stand in a text, whole; `within` says how far from the start they may begin."""
    last = len(text) if within is None else min(len(text), start + within + len(words))
    while (at := text.find(words, start, last)) >= 0:
        end = at + len(words)
        if _begins_whole(text, at) and _ends_whole(text, end):
            yield at, end
            start = end
        else:
            start = at + 1


def _begins_whole(text: str, at: int) -> bool:
    first, before = text[at], text[at - 1 : at]
    if not before:
        return True
    if not first.isalnum():  # .1 of 7.1 is no number of its own
        return not (first in ".," and before.isdigit() and text[at + 1 : at + 2].isdigit())
    if before.isalnum():
        return False
    if not first.isdigit():
        return True
    # 5 in 2.5, in 1,005, or in -5, which is less than nothing
    further = text[at - 2 : at - 1]
    return not (before in ".," and further.isdigit()) and not (before == "-" and further in ("", " ", "("))


def _ends_whole(text: str, end: int) -> bool:
    last, after = text[end - 1], text[end : end + 1]
    if not last.isalnum() or not after:
        return True
    if after.isalnum():
        return False
    return not (last.isdigit() and after in ".," and text[end + 1 : end + 2].isdigit())


def _in_order(text: str, parts: list[str]) -> list[tuple[int, int]]:
    """Where the parts of a quotation stand one after the other, none far from the one before; empty where they do not."""
    for first in _occurrences(text, parts[0]):
        stretches = [first]
        for part in parts[1:]:
            after = next(_occurrences(text, part, stretches[-1][1], MOST_LEFT_OUT), None)
            if after is None:
                break
            stretches.append(after)
        else:
            return stretches
    return []


def stands_in(text: str, words: str) -> bool:
    """Whether words stand in a short text, whole."""
    at = text.find(words)
    if at < 0 or not (_begins_whole(text, at) and _ends_whole(text, at + len(words))):
        return bool(Text(text).find(words))
    return True
