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
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from minutebook_search.documents import SearchDocument, wholes_of
from minutebook_search.words import LONGEST_WORD, compounds, in_units

U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]
F32 = npt.NDArray[np.float32]
I64 = npt.NDArray[np.int64]

# What is known of a piece. Only beside a digit do words in a row say something as one: after capitals
# (ACH 21 044), before a word of size (1.263 million), or digits after digits.
_HAS_DIGIT, _ENDS_IN_CAPITALS, _BEGINS_WITH_SIZE, _HAS_WHOLES = 1, 2, 4, 8
_PLAIN = re.compile(r"[^\w']*([A-Za-z]+)[^\w']*")  # one word of plain letters, as nearly all pieces are
_MOST_PIECES = 400_000  # pieces of text that are remembered; more would take more memory than time
_AT_ONCE = 100_000  # characters, about, that are split at once: more would leave the processor's cache
BREAK = 0  # the number that stands between two passages and is no form
_AT_BREAK = np.array([BREAK], dtype=np.uint32)
_BREAK = "\n"  # and the piece that stands there; no passage has one, being on one line


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

    def since(self, known: int) -> list[tuple[str, str]]:
        """Return those with numbers above `known`."""
        return list(islice(self._numbers, known, None))

    def adopt(self, known: int, others: Iterable[tuple[str, str]]) -> U32:
        """Take over what another process numbered from `known` on; here the number of each of its numbers."""
        own = [self._numbers.setdefault(form, len(self._numbers) + 1) for form in others]
        return np.concatenate([np.arange(known + 1, dtype=np.uint32), np.array(own, dtype=np.uint32)])

    def __len__(self) -> int:
        return len(self._numbers)


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
        super().__init__({_BREAK: BREAK})
        self._forms = forms
        self.words = _Rows([BREAK])
        self.wholes = _Rows([])
        self.known = bytearray(1)
        self.written = [_BREAK]  # each by its number

    def __missing__(self, piece: str) -> int:
        number = self._forms.number
        wholes: tuple[int, ...] = ()
        known = 0
        if (plain := _PLAIN.fullmatch(piece)) is not None:
            first, last = plain[1].lower()[:LONGEST_WORD], plain[1]
            words: tuple[int, ...] = (number(first, first),)
        else:
            tokens = [token for compound in compounds(piece) for token in compound]
            words = tuple(number(token.printed, token.base) for token in tokens)
            wholes = self.joined(piece)
            first, last = (
                (tokens[0].printed, piece[tokens[-1].start : tokens[-1].end]) if tokens else ("", "")
            )
            known = _HAS_WHOLES if wholes else 0
            if any(sign.isdigit() for token in tokens for sign in token.printed):
                known |= _HAS_DIGIT
        if last.isupper():
            known |= _ENDS_IN_CAPITALS
        if in_units("1", first) is not None:
            known |= _BEGINS_WITH_SIZE
        self.words.add(words)
        self.wholes.add(wholes)
        self.known.append(known)
        self.written.append(piece)
        made = self[piece] = len(self)
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

    PARTS: ClassVar = 7

    def parts(self) -> list[bytes]:
        """Return all of it as bytes, for `of`."""
        return [getattr(self, one.name).tobytes() for one in fields(self)]

    @classmethod
    def of(cls, parts: Sequence[bytes]) -> Batch:
        """Return the batch that these bytes are."""
        kinds = (np.uint32, np.int64, np.float32, np.uint32, np.uint32, np.float32, np.uint32)
        return cls(*(np.frombuffer(part, dtype=kind) for part, kind in zip(parts, kinds, strict=True)))

    def renumbered(self, numbers: U32) -> Batch:
        """Return the same with other numbers for its forms: for each what it is now."""
        return replace(self, words=numbers[self.words], wholes=numbers[self.wholes])


class Tokens:
    """Reads documents into batches of numbers."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        self.forms = Forms(stem)
        self._pieces = _Pieces(self.forms)
        self._said: dict[bytes, tuple[int, ...]] = {}

    def batch(self, first: int, documents: Iterable[SearchDocument]) -> Batch:
        """Return the words of these documents, numbered from `first` as they come."""
        if len(self._pieces) > _MOST_PIECES:
            self._pieces, self._said = _Pieces(self.forms), {}
        texts, weights, numbers = list[str](), array("f"), array("I")
        for number, document in enumerate(documents, first):
            for passage in document.passages:
                texts.append(passage.text)
                weights.append(passage.weight)
                numbers.append(number)
        pieces = self._numbered(texts)
        words, counts = self._pieces.words.of(pieces)
        known = np.frombuffer(bytes(self._pieces.known), dtype=np.uint8)[pieces]
        breaks = np.flatnonzero(pieces == BREAK)
        joining = np.flatnonzero(known & _HAS_WHOLES)
        wholes, joined = self._pieces.wholes.of(pieces[joining])
        # Of each whole the passage in which it stands.
        where = np.repeat(np.searchsorted(breaks, joining), joined)
        having = counts > 0
        said, said_where = self._said_in_rows(pieces[having], known[having])
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

    def _numbered(self, texts: Sequence[str]) -> U32:
        """The pieces of some texts, with a BREAK after each text."""
        number_of, found, some, size = self._pieces.__getitem__, [np.zeros(0, np.uint32)], list[str](), 0
        for number, text in enumerate(texts, 1):
            some.append(text)
            size += len(text)
            if size > _AT_ONCE or number == len(texts):
                joined = f" {_BREAK} ".join(some)
                if joined.count(_BREAK) >= len(some):  # one of them is on several lines
                    joined = f" {_BREAK} ".join(one.replace(_BREAK, "\r") for one in some)
                written = joined.split(" ")
                found += np.fromiter(map(number_of, written), np.uint32, len(written)), _AT_BREAK
                some, size = [], 0
        return np.concatenate(found)

    def _said_in_rows(self, pieces: U32, known: U8) -> tuple[U32, npt.NDArray[np.intp]]:
        """What pieces in a row say as one word, with the passages in which they do; all pieces have words, or are breaks."""
        digit = np.zeros(len(pieces) + 2, dtype=np.bool_)
        digit[1:-1] = known & _HAS_DIGIT
        starts = np.flatnonzero(digit[1:-1] & ~digit[:-2])
        ends = np.flatnonzero(digit[1:-1] & ~digit[2:]) + 1  # there is a break at the latest
        may = (
            (ends - starts > 1)
            | (known[starts - 1] & _ENDS_IN_CAPITALS != 0)
            | (known[ends] & _BEGINS_WITH_SIZE != 0)
        )
        starts, ends = starts[may], ends[may]
        passages_of = np.searchsorted(np.flatnonzero(pieces == BREAK), starts)
        starts -= pieces[starts - 1] != BREAK  # what stands before them, and behind
        ends += pieces[ends] != BREAK
        said, passages = array("I"), array("Q")
        for start, end, passage in zip(starts.tolist(), ends.tolist(), passages_of.tolist(), strict=True):
            window = pieces[start:end]
            key = window.tobytes()
            if (found := self._said.get(key)) is None:
                if len(self._said) >= _MOST_PIECES:
                    self._said.clear()
                found = self._said[key] = tuple(self._said_as_one(window.tolist()))
            if found:
                said.extend(found)
                passages.extend([passage] * len(found))
        return np.array(said, dtype=np.uint32), np.array(passages, dtype=np.intp)

    def _said_as_one(self, window: Sequence[int]) -> Iterator[int]:
        pieces = self._pieces
        own = [whole for piece in window for whole in pieces.wholes.row(piece)]
        for number in pieces.joined(" ".join(pieces.written[piece] for piece in window)):
            if number in own:
                own.remove(number)  # counted with its piece
            else:
                yield number


def hash_of(printed: str) -> int:
    """Return the 32 bits by which a printed word is found in a pair: the CRC of its UTF-8."""
    return zlib.crc32(printed.encode("utf-8"))
