"""Typos: the word of the records that is nearest to one that no record has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

_SHORTEST = 5  # letters; nearly every shorter word is near to another
_SHORT = (
    4  # letters of a word of which two may be in each other's place: few words lie so near to one another
)
# Records that have what such a word is taken for. Of 2,210 English words of four letters that the example has not, 14
# are then taken for one that it has (`acre` for `care`); of 336 such slips in its words 332 are mended, none wrongly.
_FREQUENT = 3
_LONG = 8  # letters from which on two slips are forgiven


class Speller:
    """Corrects words against the printed words of the records.

    Not against stems: a typo is near to the word that was meant, and seldom to its stem. Words with a
    digit in them are never corrected, nor corrected to: one report code is near to the next.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._documents = vocabulary
        self._by_length: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for word in vocabulary:
            if word.isalpha():
                self._by_length[len(word)].append((_letters(word), word))

    def correct(self, word: str) -> str | None:
        """Return the nearest printed word; None where none is near enough.

        Near are words one slip away (a letter more, less or other, or two in each other's place), for
        words of eight letters or more two slips. Nearest is the one with fewer slips; then with the same
        first letter; then the one in more records; then the first in alphabetical order.

        Of a word of four letters two may be in each other's place (`caer` for `care`), where one word alone comes of it
        that three records have.
        """
        if len(word) == _SHORT and word.isalpha():
            return self._turned(word)
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        for most in (1, 2) if len(word) >= _LONG else (1,):
            near = [
                (other[0] != word[0], -self._documents[other], other)
                for other in self._candidates(word, most)
                if _slips(word, other, most) <= most
            ]
            if near:
                return min(near)[2]
        return None

    def _turned(self, word: str) -> str | None:
        """The only frequent word with two neighbouring letters the other way round; None where there is none, or more."""
        near = {other for other in swapped(word) if self._documents.get(other, 0) >= _FREQUENT}
        return near.pop() if len(near) == 1 else None

    def _candidates(self, word: str, most: int) -> Iterator[str]:
        """Words of about that length with about those letters: each slip changes at most two of them."""
        letters = _letters(word)
        for length in range(len(word) - most, len(word) + most + 1):
            for others, other in self._by_length.get(length, ()):
                if (letters ^ others).bit_count() <= 2 * most and other != word:
                    yield other


def swapped(word: str) -> Iterator[str]:
    """Yield what a word may have been where two signs side by side were typed in each other's place."""
    for at in range(len(word) - 1):
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _letters(word: str) -> int:
    """Which letters a word has, as the bits of a number."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 64)
    return bits


def _slips(word: str, other: str, most: int) -> int:
    """How many slips lead from one word to the other (optimal string alignment); more than `most` is not counted out."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        current = [row]
        for column, sign in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != sign))
            if row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == sign:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most and (row == 1 or min(last) > most):
            return most + 1
        before, last = last, current
    return last[-1]
