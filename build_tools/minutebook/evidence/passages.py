"""A text as its passages: sentences, cells of tables, headings and items of lists, each with its place.

Published pages arrive flattened: a table as tabs and line breaks, a list as lines that begin with a
bullet, a paragraph as one long line or, in other files, as several lines of even length.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

WORD = re.compile(
    r"[^\W_]+(?:['’.,:/-][^\W_]+)*"
)  # `7.30`, `£400,000` without its sign, `ACH21-044`, `people’s`

_WIDTH = 160  # characters: a text none of whose lines is longer was wrapped by hand or by a program
_FULL = 60  # characters: a line of such a text that is shorter ends its paragraph
_HEADING = 14  # words
_BULLET = re.compile(
    r"[^\S\n]*(?:[·•▪▫◦‣●○■□◆➢\uf0b7\uf0a7]|[-–—*](?=\s)|\(?(?:[a-z]|[ivx]+|\d{1,3})[.)](?=\s)|\d+(?:\.\d+)+\s)"
)
_TERMINAL = re.compile(r"[.?!:;][\"'’”)\]]*\s*$")
# Where a sentence may end: a full stop, query or exclamation mark, what closes after it, then space.
_STOP = re.compile(r"[.?!]+[\"'’”)\]]*(?=\s+[\"'‘“(\[]*[A-Z0-9£])|(?<=[a-z]{3})[.?!](?=[A-Z][a-z])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[‘“\"'])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Sir|St|Cllrs?|Councillors?|[Nn]os?|Reg|Regs|Sch|Art|Arts"
    r"|Ref|Refs|Para|Paras|para|paras|Sec|sec|Fig|App|Vol|Ch|vs?|viz|cf|al|eg|ie|e\.g|i\.e|c|ca|approx|pp?|ss?|rr?"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|incl|excl|resp|tel|Tel|ext|Ext)\.$"
)
_ONLY_BEFORE_A_NUMBER = frozenset({"no", "nos", "mar", "fig", "art", "app", "s", "ss", "r", "p", "c", "ch"})
_ENDS_WITH_STOPS = re.compile(r"\b(?:etc|p\.m|a\.m|Ltd|plc|Inc|Co)\.$")


class Kind(enum.StrEnum):
    """What a passage is."""

    HEADING = "heading"
    SENTENCE = "sentence"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text that is read as one: offsets into the text, the line it begins on, from 1."""

    kind: Kind
    start: int
    end: int
    line: int
    text: str


def words_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the words and numbers of a passage stand, without the number or letter that its place in a list gives it."""
    label = _BULLET.match(text, start, end)
    return [match.span() for match in WORD.finditer(text, label.end() if label else start, end)]


def passages(text: str) -> tuple[Passage, ...]:
    """The passages of a text in order; what has no letter and no digit is none."""
    return tuple(_passages(text))


def _passages(text: str) -> Iterator[Passage]:
    line, counted = 1, 0
    for start, end, in_table in _blocks(text):
        for first, last in [(start, end)] if in_table else _sentences(text, start, end):
            while first < last and text[first].isspace():
                first += 1
            while last > first and text[last - 1].isspace():
                last -= 1
            if not WORD.search(text, first, last):
                continue
            line += text.count("\n", counted, first)
            counted = first
            alone = not in_table and (first, last) == _trimmed(text, start, end)
            kind = Kind.CELL if in_table else _kind(text[first:last], alone)
            yield Passage(kind, first, last, line, " ".join(text[first:last].split()))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    block = text[start:end]
    return start + len(block) - len(block.lstrip()), end - (len(block) - len(block.rstrip()))


def _kind(words: str, alone: bool) -> Kind:
    """A heading stands alone on its line, is short and does not end as a sentence does."""
    short = len(WORD.findall(words)) <= _HEADING
    is_heading = (
        alone and short and not _BULLET.match(words) and not words.endswith((".", "?", "!", ";", ","))
    )
    return Kind.HEADING if is_heading else Kind.SENTENCE


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """The stretches that sentences do not cross: cells, items and paragraphs, with whether they lie in a table."""
    lines = _lines(text)
    wrapped = max((end - start for start, end in lines), default=0) <= _WIDTH
    open_from: int | None = None
    open_to, in_table = 0, False
    for start, end in lines:
        line = text[start:end]
        if not line.strip():
            if open_from is not None:
                yield open_from, open_to, in_table
            open_from, in_table = None, False
            continue
        has_tab = "\t" in line.strip(" \u00a0")
        if open_from is not None:
            if not has_tab and _goes_on(text[open_from:open_to], line, wrapped and not in_table):
                open_to = end
                continue
            yield open_from, open_to, in_table
        in_table = in_table or has_tab
        *cells, last = _cells(text, start, end) if has_tab else [(start, end)]
        for cell in cells:
            yield *cell, True
        open_from, open_to = last
    if open_from is not None:
        yield open_from, open_to, in_table


def _lines(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found, first = [], start
    for cell in text[start:end].split("\t"):
        found.append((first, first + len(cell)))
        first += len(cell) + 1
    return found


def _goes_on(before: str, line: str, wrapped: bool) -> bool:
    """Whether a line goes on where the one before broke off."""
    if _BULLET.match(line) or not before.strip():
        return False
    start = line.lstrip()[:1]
    if wrapped:
        # In a paragraph of even lines only a short line ends it.
        last = before.rsplit("\n", 1)[-1]
        return len(last) >= _FULL or start.islower()
    return start.islower() and not _TERMINAL.search(before)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    label = _BULLET.match(text, start, end)
    first, searched = start, label.end() if label else start
    for stop in _STOP.finditer(text, searched, end):
        if stop.start() >= searched and not _is_abbreviated(text, first, stop, end):
            yield first, stop.end()
            first = stop.end()
    yield first, end


def _is_abbreviated(text: str, first: int, stop: re.Match[str], end: int) -> bool:
    if stop.group()[0] != ".":
        return False
    said = text[max(first, stop.start() - 20) : stop.start() + 1]
    match = _ABBREVIATION.search(said)
    if match is None:
        return False
    word = match.group().strip(" ([‘“\"'\n\t\u00a0.").lower()
    following = text[stop.end() : end].lstrip("\"'‘“([ \n\t\u00a0")[:1]
    return following.isdigit() if word in _ONLY_BEFORE_A_NUMBER and len(word) > 1 else True
