"""The printed words of many documents in one stretch of bytes: where phrases are looked for.

To look through twenty megabytes takes a few milliseconds, and less than to compare the positions of
two common words; so no index keeps positions, and an index of words is half as large.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate


class PrintedTexts:
    """The printed texts of documents, as `IndexedDocument.printed` has them, numbered from 0."""

    def __init__(self, text: bytes, ends: Sequence[int]) -> None:
        self.text = text
        self.ends = ends  # of each document, in bytes

    @classmethod
    def of(cls, printed: Iterable[str]) -> PrintedTexts:
        """Put texts together."""
        encoded = [one.encode("utf-8") for one in printed]
        return cls(b"".join(encoded), array("Q", accumulate(map(len, encoded))))

    def having(self, wanted: bytes) -> Iterator[int]:
        """Yield the documents that have these bytes, in order."""
        find, text, ends = self.text.find, self.text, self.ends
        at = text.find(wanted)
        while at >= 0:
            number = bisect_right(ends, at)
            yield number
            at = find(wanted, ends[number] - 1)

    def row(self, printed: Sequence[str]) -> Iterator[int]:
        """Yield the documents in which these words stand one after another in one passage."""
        return self.having(f" {' '.join(printed)} ".encode())

    def words_of(self, number: int) -> set[str]:
        """Return the printed words of one document."""
        start = self.ends[number - 1] if number else 0
        return set(self.text[start : self.ends[number]].decode("utf-8").split())
