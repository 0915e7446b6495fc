"""Documents a lot at a time, by one process or several: what is shown of them is packed, their words become numbers.

A document is completed where its lot is made, and forgotten with it: all of them at once would take
more memory than the index. The processes that make lots end with them, since whatever one reads of the
records is copied for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from minutebook_search.documents import SearchDocument
from minutebook_search.static.aside import Aside, Made
from minutebook_search.static.records import Packed
from minutebook_search.static.tokens import Batch, Tokens

_MOST = 4_096  # documents of a lot, about: what one process holds at once


@dataclass(frozen=True, slots=True)
class Lot:
    """Some documents in a row: their words, and what shows them, as bytes that can wait elsewhere."""

    batch: Batch
    checks: Sequence[int]
    made: Sequence[bytes]  # as many records by themselves as there are checks, then files of a few

    @classmethod
    def of(cls, batch: Batch, packed: Packed) -> Lot:
        """Return the lot with these words, and these records."""
        records = [one for one, _ in packed.alone]
        return cls(batch, [check for _, check in packed.alone], [*records, *packed.together])


def packed_of(checks: Sequence[int], made: Sequence[bytes]) -> Packed:
    """Return the records of a lot as they were packed."""
    return Packed(list(zip(made[: len(checks)], checks, strict=True)), list(made[len(checks) :]))


@dataclass(frozen=True, slots=True)
class Work:
    """What a lot is made of and with. `complete` gives a document its passages; `pack` takes completed ones."""

    documents: Sequence[SearchDocument]
    complete: Callable[[SearchDocument], SearchDocument]
    pack: Callable[[Sequence[SearchDocument]], Packed]
    tokens: Tokens

    def lot(self, first: int, size: int) -> Lot:
        """Make the lot that begins with a document."""
        some = list(map(self.complete, self.documents[first : first + size]))
        return Lot.of(self.tokens.batch(first, some), self.pack(some))

    def made_aside(self, first: int, size: int) -> Made:
        """The same, as another process tells it: new forms, what is needed to take the bytes apart, and the bytes."""
        known = len(self.tokens.forms)
        lot = self.lot(first, size)
        return [self.tokens.forms.since(known), lot.checks], [*lot.made, *lot.batch.parts()]


def lots_of(work: Work, multiple: int, jobs: int) -> Iterator[Lot]:
    """Yield all documents in lots, in their order; each but the last holds a multiple of so many.

    With more than one job, so many processes make them side by side, this one among them.
    """
    size = _size(len(work.documents), multiple, jobs)
    for start in range(0, len(work.documents), size * jobs):
        known = len(work.tokens.forms)
        with ExitStack() as held:
            others = [
                held.enter_context(Aside(partial(work.made_aside, first, size)))
                for first in range(start + size, min(start + size * jobs, len(work.documents)), size)
            ]
            lots = [work.lot(start, size), *(_taken_over(work, other, known) for other in others)]
        yield from lots


def _size(documents: int, multiple: int, jobs: int) -> int:
    """Documents of a lot, so that the last round has work for all processes, too."""
    rounds = max(1, -(-documents // (_MOST * jobs)))
    return max(1, -(-documents // (rounds * jobs * multiple))) * multiple


def _taken_over(work: Work, other: Aside, known: int) -> Lot:
    """What another process made, its words under the numbers that they have here."""
    (forms, checks), made = other.result()
    numbers = work.tokens.forms.adopt(known, map(tuple, forms))
    batch = Batch.of(made[-Batch.PARTS :]).renumbered(numbers)
    return Lot(batch, checks, made[: -Batch.PARTS])
