"""Documents to numbers: every word of every document, in order, as the number of its form.

A form is a printed word with its stem. What is a word, and what is joined to one, is settled in
`minutebook_search.words` and `documents`; here the same is done a piece of text at a time, since text
between two spaces is read the same wherever it stands. A test compares the two.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from minutebook_search.documents import SearchDocument, wholes_of
from minutebook_search.words import compounds

# Only beside a digit do words in a row say something as one: after capitals (ACH 21 044), before a
# word of size (1.263 million), or digits after digits. Where it may be, the words themselves are asked.
_CAPITALS = re.compile(r"[^\W\d_a-z]{2}|[^\x00-\x7f]")
_MAY_BE_A_SIZE = re.compile(r"[\W_]*(?:[ktmbKTMB]|[^\x00-\x7f])")
_MOST_PIECES = 400_000  # pieces of text that are remembered; more would take more memory than time
BREAK = 0  # the number that stands between two passages and is no form


class Forms:
    """Printed words with their stems, numbered from 1 as they are met."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        self._stem = stem
        self._numbers: dict[tuple[str, str], int] = {}

    def number(self, printed: str, base: str) -> int:
        """Return the number of a printed word that is stemmed from `base`."""
        return self._numbers.setdefault((printed, self._stem(base)), len(self._numbers) + 1)

    def all(self) -> list[tuple[str, str]]:
        """Return every (printed, stem) in the order of their numbers."""
        return list(self._numbers)


_Piece = tuple[tuple[int, ...], tuple[int, ...], bool]


class _Pieces(dict[str, _Piece]):
    """The forms in a piece of text without spaces: its words, what they are as one, and whether one has a digit."""

    def __init__(self, forms: Forms) -> None:
        super().__init__()
        self._forms = forms

    def __missing__(self, piece: str) -> _Piece:
        if len(self) >= _MOST_PIECES:
            self.clear()
        found = list(compounds(piece))
        number = self._forms.number
        words = tuple(number(token.printed, token.base) for compound in found for token in compound)
        wholes = tuple(number(whole, whole) for whole in wholes_of(piece, found))
        has_digit = any(sign.isdigit() for compound in found for token in compound for sign in token.printed)
        made = self[piece] = words, wholes, has_digit
        return made


@dataclass(slots=True)
class Batch:
    """The words of some documents in a row. `words` has a BREAK after each passage."""

    first: int
    words: array[int] = field(default_factory=lambda: array("I"))
    passage_ends: array[int] = field(default_factory=lambda: array("I"))
    passage_weights: array[float] = field(default_factory=lambda: array("f"))
    passage_documents: array[int] = field(default_factory=lambda: array("I"))
    wholes: array[int] = field(default_factory=lambda: array("I"))
    whole_weights: array[float] = field(default_factory=lambda: array("f"))
    whole_documents: array[int] = field(default_factory=lambda: array("I"))


class Tokens:
    """Reads documents into batches of numbers."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        self.forms = Forms(stem)
        self._pieces = _Pieces(self.forms)
        self._said: dict[str, tuple[int, ...]] = {}

    def batch(self, first: int, documents: Iterable[SearchDocument]) -> Batch:
        """Return the words of these documents, numbered from `first` as they come."""
        batch, pieces = Batch(first), self._pieces
        words = batch.words
        for number, document in enumerate(documents, first):
            for passage in document.passages:
                written = passage.text.split(" ")
                wholes: list[int] = []
                digits: list[int] = []
                at = 0  # among the pieces that have words
                for one in map(pieces.__getitem__, written):
                    if not one[0]:
                        continue
                    words.extend(one[0])
                    if one[1]:
                        wholes.extend(one[1])
                    if one[2]:
                        digits.append(at)
                    at += 1
                words.append(BREAK)
                if digits:
                    said = written if at == len(written) else [one for one in written if pieces[one][0]]
                    wholes.extend(self._spoken(said, digits))
                batch.passage_ends.append(len(words))
                batch.passage_weights.append(passage.weight)
                batch.passage_documents.append(number)
                for whole in wholes:
                    batch.wholes.append(whole)
                    batch.whole_weights.append(passage.weight)
                    batch.whole_documents.append(number)
        return batch

    def _spoken(self, written: Sequence[str], digits: Sequence[int]) -> Iterator[int]:
        """What pieces in a row say as one word; `digits` are the places of those with a digit."""
        for start, end in _runs(digits):
            before, after = written[max(0, start - 1)], written[min(end, len(written) - 1)]
            alone = end - start == 1 and not (start and _CAPITALS.search(before))
            if alone and not _MAY_BE_A_SIZE.match(after):
                continue
            window = written[max(0, start - 1) : end + 1]
            text = " ".join(window)
            if (known := self._said.get(text)) is None:
                if len(self._said) >= _MOST_PIECES:
                    self._said.clear()
                known = self._said[text] = tuple(self._said_as_one(text, window))
            yield from known

    def _said_as_one(self, text: str, window: Sequence[str]) -> Iterator[int]:
        own = [whole for piece in window for whole in self._pieces[piece][1]]
        for whole in wholes_of(text, list(compounds(text))):
            number = self.forms.number(whole, whole)
            if number in own:
                own.remove(number)  # counted with its piece
            else:
                yield number


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow one another, as the first and the one after the last."""
    start = before = places[0]
    for place in places[1:]:
        if place != before + 1:
            yield start, before + 1
            start = place
        before = place
    yield start, before + 1


def hash_of(printed: str) -> int:
    """Return the 32 bits by which a printed word is found in a pair: the CRC of its UTF-8."""
    return zlib.crc32(printed.encode("utf-8"))
