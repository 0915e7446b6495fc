"""The passage of a text that is nearest to words that do not stand in it, and where the two part."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minutebook.evidence.matching import Normal, normal
from minutebook.evidence.showing import Showing

_DOTS = re.compile(r"[\[(]?\.{3,4}[\])]?")
_RUN = re.compile(r"[^ ]+")
_CANDIDATES = 6  # windows that are compared word for word
_COMMON = 60  # places: a word with more of them tells nothing of where to look
_LEAST = 0.5  # of the words: below that nothing is near
_LONGEST = 400  # characters that are shown
_ENDS = ".,;:?!)]'"
_FEW = 3  # words that are shown where the two part


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage near to a quotation, with what it has where the quotation has something else."""

    start: int
    text: str
    differences: tuple[tuple[str, str], ...]  # what the quotation has, what the text has; either may be empty


class Words:
    """The words of a text, with their places."""

    def __init__(self, written: str, showing: Showing) -> None:
        self._normal = Normal.of(written)
        runs = list(_RUN.finditer(self._normal.text))
        self._words = [run.group() for run in runs]
        self._spans = [run.span() for run in runs]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._words):
            self._places[_bare(word)].append(number)
        self._showing = showing

    def nearest(self, quotation: str) -> Nearest | None:
        """The stretch of the text that has most of the words of a quotation in their order; None where none is near."""
        wanted = [word for word in normal(quotation).split() if _DOTS.fullmatch(word) is None]
        best: tuple[float, int, int] | None = None
        for start in self._starts(wanted):
            first, last = max(0, start - 3), min(len(self._words), start + len(wanted) + 4)
            window = self._words[first:last]
            matcher = difflib.SequenceMatcher(
                None, [*map(_bare, wanted)], [*map(_bare, window)], autojunk=False
            )
            blocks = [block for block in matcher.get_matching_blocks() if block.size]
            if not blocks:
                continue
            share = sum(block.size for block in blocks) / len(wanted)
            low = max(0, blocks[0].b - blocks[0].a)
            high = min(len(window), blocks[-1].b + len(wanted) - blocks[-1].a)
            if best is None or share > best[0]:
                best = (share, first + low, first + high)
        if best is None or best[0] < _LEAST:
            return None
        return self._shown(wanted, *best[1:])

    def _starts(self, wanted: list[str]) -> Iterator[int]:
        """Where the quotation would begin if its words stood where they stand: the places most of them agree in."""
        votes: Counter[int] = Counter()
        for number, word in enumerate(wanted):
            places = self._places.get(_bare(word), [])
            if len(places) <= _COMMON:
                for at in places:
                    votes[at - number] += 60 // len(places)
        together: Counter[int] = Counter()
        for start, weight in votes.items():
            for shift in range(-2, 3):  # a word more or less on the way
                together[start + shift] += weight
        yield from (
            start for start, _ in sorted(together.items(), key=lambda one: (-one[1], one[0]))[:_CANDIDATES]
        )

    def _shown(self, wanted: list[str], low: int, high: int) -> Nearest:
        start, _ = self._place(low)
        text = self._showing.stretch(start, self._place(high - 1)[1])
        found = [self._showing.stretch(*self._place(number)) for number in range(low, high)]
        found = [word for number, word in enumerate(found) if not number or word != found[number - 1]]
        if normal(found[-1]).rstrip(_ENDS) == wanted[-1]:
            found[-1] = wanted[-1]  # the sentence goes on, or ends: no difference to tell of
        return Nearest(
            start,
            text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …",
            tuple(_differences(wanted, found)),
        )

    def _place(self, number: int) -> tuple[int, int]:
        """Where a word stands in the text as it is written."""
        start, end = self._spans[number]
        return self._normal.offsets[start], self._normal.offsets[end - 1] + 1


def _bare(word: str) -> str:
    return word.strip(".,;:?!'()[]").casefold() or word


def _differences(wanted: list[str], found: list[str]) -> Iterable[tuple[str, str]]:
    alike = [normal(word) for word in found]
    for kind, a, b, c, d in difflib.SequenceMatcher(None, wanted, alike, autojunk=False).get_opcodes():
        if kind != "equal":
            yield _few(wanted[a:b]), _few(found[c:d])


def _few(words: list[str]) -> str:
    return " ".join(words[:_FEW]) + (" …" if len(words) > _FEW else "")
