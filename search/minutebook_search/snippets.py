"""Snippets: the stretch of a record that shows best why it was found, with the words that were found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from minutebook_search.documents import COUNCIL, Passage, SearchDocument
from minutebook_search.query import Leaf, Phrase, Prefix, Word
from minutebook_search.query.questions import GLUE
from minutebook_search.words import Compound, Token, compounds, joined, words

WIDTH = 220  # characters: two to three lines of a terminal
_LEAD = 60  # characters before the first word that was found
_NAME = 6.0  # the least weight of another name
_A_SENTENCE = 40  # characters; what is shorter is a name or a number

Stem = Callable[[str], str]


class Mark(NamedTuple):
    """Where a text has what was looked for, and which of it."""

    start: int
    end: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """Plain text, the places in it of the words that were found, and the whole passage that it is cut from."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    passage: str = ""


class Finder:
    """Finds in a text what the leaves of a query look for, as an engine does in its index."""

    def __init__(self, leaves: Iterable[Leaf], stem: Stem) -> None:
        self._stem = stem
        self._stems: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._rows: list[tuple[tuple[str, ...], int]] = []
        for number, leaf in enumerate(_telling(list(leaves))):
            if isinstance(leaf, Phrase):
                self._rows.append((tuple(word.printed for word in words(leaf.text)), number))
            elif isinstance(leaf, Prefix):
                self._prefixes.setdefault(joined(tuple(words(leaf.text))), number)
            elif isinstance(leaf, Word):
                for compound in compounds(leaf.text):
                    self._stems.setdefault(stem(_base(compound)), number)
                    if len(compound) > 1:
                        self._rows.append((tuple(word.printed for word in compound), number))

    def marks(self, text: str) -> list[Mark]:
        """Return the places where the text has something that is looked for, in their order."""
        found: list[Mark] = []
        in_a_row: list[Token] = []
        for compound in compounds(text):
            in_a_row += compound
            if len(compound) > 1:
                found += self._marks_of(_base(compound), joined(compound), compound)
            for word in compound:
                found += self._marks_of(word.base, word.printed, (word,))
        printed = [word.printed for word in in_a_row]
        for row, number in self._rows:
            for at in _places(printed, row):
                found.append(Mark(in_a_row[at].start, in_a_row[at + len(row) - 1].end, number))
        return sorted(found)

    def _marks_of(self, base: str, printed: str, compound: Compound) -> Iterable[Mark]:
        start, end = compound[0].start, compound[-1].end
        if (number := self._stems.get(self._stem(base))) is not None:
            yield Mark(start, end, number)
        for prefix, number in self._prefixes.items():
            if printed.startswith(prefix):
                yield Mark(start, end, number)


def _telling(leaves: Sequence[Leaf]) -> Sequence[Leaf]:
    """Without `for` and `the`, unless nothing else is looked for: marked, they would hide what tells something."""
    telling = [
        one
        for one in leaves
        if not (isinstance(one, Word) and all(word.printed in GLUE for word in words(one.text)))
    ]
    return telling or leaves


def snippet_of(document: SearchDocument, finder: Finder) -> Snippet:
    """Return the stretch with most of what was looked for; the title, which is shown anyway, is none.

    Of two with as much, a sentence comes before a topic or a number. Another name, a topic or a number is
    none where the title has as much of what was looked for: it would say the title twice.
    """
    title, *others = document.passages
    in_title = len({mark.wanted for mark in finder.marks(title.text)})
    # Whose record it is, what it is and when stand above each page anyway.
    shown = [
        one for one in others if one.weight > COUNCIL and one.text not in (document.spoken, document.type)
    ]
    best, chosen, window = (0, False, 0.0, 0), "", list[Mark]()
    for number, passage in enumerate(shown):
        seen = _densest(finder.marks(passage.text))
        many = len({mark.wanted for mark in seen})
        is_long = len(passage.text) >= _A_SENTENCE
        if many <= in_title and (passage.weight >= _NAME or not is_long):
            continue
        rank = (many, is_long, passage.weight, -number)
        if seen and rank > best:
            best, chosen, window = rank, passage.text, seen
    return _cut_out(chosen, window) if window else _cut_out(_opening(shown), [])


def _opening(shown: Sequence[Passage]) -> str:
    """What a record is introduced with where nothing in it was looked for: its first whole sentence or so."""
    texts = [passage.text for passage in shown if passage.weight < _NAME]
    return next((text for text in texts if len(text) >= _A_SENTENCE), texts[0] if texts else "")


def _base(compound: Compound) -> str:
    return compound[0].base if len(compound) == 1 else joined(compound)


def _places(printed: Sequence[str], row: tuple[str, ...]) -> Iterable[int]:
    """Where the words of a row stand one after another."""
    if not row:
        return
    at = -1
    while True:
        try:
            at = printed.index(row[0], at + 1)
        except ValueError:
            return
        if tuple(printed[at : at + len(row)]) == row:
            yield at


def _densest(marks: list[Mark]) -> list[Mark]:
    """The marks of the stretch of a snippet's width that has most different ones, then most, then the first."""
    best: list[Mark] = []
    best_rank = (0, 0)
    counts: dict[int, int] = {}
    start = 0
    for end, mark in enumerate(marks):
        counts[mark.wanted] = counts.get(mark.wanted, 0) + 1
        while mark.end - marks[start].start > WIDTH - _LEAD and start < end:
            counts[marks[start].wanted] -= 1
            if not counts[marks[start].wanted]:
                del counts[marks[start].wanted]
            start += 1
        if (rank := (len(counts), end - start + 1)) > best_rank:
            best, best_rank = marks[start : end + 1], rank
    return best


def _cut_out(text: str, marks: list[Mark]) -> Snippet:
    """The text around the marks, cut between words."""
    start = max(0, marks[0].start - _LEAD) if marks else 0
    if len(text) - start < WIDTH:
        start = max(0, len(text) - WIDTH) if marks else 0
    if start:
        start = text.find(" ", start) + 1 or start
        start = min(start, marks[0].start) if marks else start
    end = len(text)
    if end - start > WIDTH:
        end = start + WIDTH
        at_space = text.rfind(" ", start, end + 1)
        end = at_space if at_space > (marks[0].start if marks else start) else end
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    shift = len(before) - start
    return Snippet(
        f"{before}{text[start:end]}{after}",
        _merged((mark.start + shift, min(mark.end, end) + shift) for mark in marks if mark.start < end),
        text,
    )


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans without overlaps, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
