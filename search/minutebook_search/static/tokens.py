"""Documents to numbers: every word of every document, in order, as the number of its form.

A form is a printed word with its stem. What is a word, and what is joined to one, is settled in
`minutebook_search.words` and `documents`; here the same is done a piece of text at a time, since text
between two spaces is read the same wherever it stands. A test compares the two. Pieces are numbers
too, so that what is the same for all of them is done by numpy.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from minutebook_search.documents import SearchDocument, wholes_of
from minutebook_search.words import LONGEST_WORD, compounds

U32 = npt.NDArray[np.uint32]
F32 = npt.NDArray[np.float32]
I64 = npt.NDArray[np.int64]

# Only beside a digit do words in a row say something as one: after capitals (ACH 21 044), before a
# word of size (1.263 million), or digits after digits. Where it may be, the words themselves are asked.
_CAPITALS = re.compile(r"[^\W\d_a-z]{2}|[^\x00-\x7f]")
_MAY_BE_A_SIZE = re.compile(r"[\W_]*(?:[ktmbKTMB]|[^\x00-\x7f])")
_PLAIN = re.compile(r"[^\w']*([A-Za-z]+)[^\w']*")  # one word of plain letters, as nearly all pieces are
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


class _Rows:
    """Lists of numbers one after another, as arrays; the first is that of the break between two passages."""

    def __init__(self, first: Sequence[int]) -> None:
        self._numbers = array("I", first)
        self._ends = array("I", [len(first)])

    def add(self, numbers: Sequence[int]) -> None:
        self._numbers.extend(numbers)
        self._ends.append(len(self._numbers))

    def row(self, number: int) -> Sequence[int]:
        """The numbers of one row."""
        return self._numbers[self._ends[number - 1] if number else 0 : self._ends[number]]

    def of(self, rows: U32) -> tuple[U32, I64]:
        """Return the numbers of some rows one after another, and how many each has."""
        ends = np.array(self._ends, dtype=np.int64)
        starts = np.concatenate([[0], ends[:-1]])
        counts = (ends - starts)[rows]
        offsets = np.cumsum(counts) - counts  # among what is returned
        places = np.repeat(starts[rows] - offsets, counts) + np.arange(int(counts.sum()))
        return np.array(self._numbers, dtype=np.uint32)[places], counts


class _Pieces(dict[str, int]):
    """Pieces of text without spaces, numbered from 1 as they are met: their words, and what is joined in them."""

    def __init__(self, forms: Forms) -> None:
        super().__init__()
        self._forms = forms
        self.words = _Rows([BREAK])
        self.wholes = _Rows([])
        self.has_digit = bytearray(1)

    def __missing__(self, piece: str) -> int:
        number = self._forms.number
        wholes: tuple[int, ...] = ()
        has_digit = False
        if (plain := _PLAIN.fullmatch(piece)) is not None:
            word = plain[1].lower()[:LONGEST_WORD]
            words: tuple[int, ...] = (number(word, word),)
        else:
            found = list(compounds(piece))
            words = tuple(number(token.printed, token.base) for compound in found for token in compound)
            wholes = self.joined(piece)
            has_digit = any(
                sign.isdigit() for compound in found for token in compound for sign in token.printed
            )
        self.words.add(words)
        self.wholes.add(wholes)
        self.has_digit.append(has_digit)
        made = self[piece] = len(self) + 1
        return made

    def joined(self, text: str) -> tuple[int, ...]:
        """Return what the words of a text say as one word."""
        return tuple(self._forms.number(whole, whole) for whole in wholes_of(text, list(compounds(text))))


@dataclass(frozen=True, slots=True)
class Batch:
    """The words of some documents in a row. `words` has a BREAK after each passage."""

    words: U32
    passage_ends: I64  # among `words`, behind the break
    passage_weights: F32
    passage_documents: U32
    wholes: U32
    whole_weights: F32
    whole_documents: U32


class Tokens:
    """Reads documents into batches of numbers."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        self.forms = Forms(stem)
        self._pieces = _Pieces(self.forms)
        self._said: dict[str, tuple[int, ...]] = {}

    def batch(self, first: int, documents: Iterable[SearchDocument]) -> Batch:
        """Return the words of these documents, numbered from `first` as they come."""
        if len(self._pieces) > _MOST_PIECES:
            self._pieces = _Pieces(self.forms)
        number_of, written = self._pieces.__getitem__, array("I")
        texts: list[str] = []
        weights, numbers = array("f"), array("I")
        for number, document in enumerate(documents, first):
            for passage in document.passages:
                written.extend(map(number_of, passage.text.split(" ")))
                written.append(BREAK)
                texts.append(passage.text)
                weights.append(passage.weight)
                numbers.append(number)
        pieces = np.array(written, dtype=np.uint32)
        words, counts = self._pieces.words.of(pieces)
        breaks = np.flatnonzero(pieces == BREAK)
        wholes, joined = self._pieces.wholes.of(pieces)
        # Of each whole the passage in which it stands.
        where = np.repeat(np.searchsorted(breaks, np.flatnonzero(joined)), joined[joined > 0])
        said, said_where = self._said_in_rows(pieces, counts, breaks, texts)
        where = np.concatenate([where, said_where])
        weighs, documents_of = np.array(weights, dtype=np.float32), np.array(numbers, dtype=np.uint32)
        return Batch(
            words,
            np.cumsum(counts)[breaks],
            weighs,
            documents_of,
            np.concatenate([wholes, said]),
            weighs[where],
            documents_of[where],
        )

    def _said_in_rows(
        self, pieces: U32, counts: I64, breaks: I64, texts: Sequence[str]
    ) -> tuple[U32, npt.NDArray[np.intp]]:
        """What pieces in a row say as one word, with the passages in which they do."""
        said, passages = array("I"), array("Q")
        having = np.flatnonzero(np.frombuffer(bytes(self._pieces.has_digit), dtype=np.bool_)[pieces])
        among = np.cumsum(counts > 0)  # pieces that have words; the break counts as one, which evens out
        where = np.searchsorted(breaks, having)
        firsts = np.concatenate([[0], among[breaks]])  # of each passage
        places = (among[having] - firsts[where] - 1).tolist()
        starts = np.flatnonzero(np.diff(where, prepend=-1)).tolist()
        for start, end in pairwise([*starts, len(places)]):
            passage = int(where[start])
            written = texts[passage].split(" ")
            if int(firsts[passage + 1] - firsts[passage]) <= len(written):  # some of these have no words
                written = [one for one in written if next(compounds(one), None) is not None]
            found = list(self._spoken(written, places[start:end]))
            said.extend(found)
            passages.extend([passage] * len(found))
        return np.array(said, dtype=np.uint32), np.array(passages, dtype=np.intp)

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
        pieces = self._pieces
        own = [whole for piece in window for whole in pieces.wholes.row(pieces[piece])]
        for number in pieces.joined(text):
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
