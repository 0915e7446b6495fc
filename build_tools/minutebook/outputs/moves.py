"""What a transfer moved, by where it went: the same words on its own page and on those of what changed hands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from minutebook.absence import Absence
from minutebook.outputs.addresses import Links
from minutebook.outputs.words import absent, named
from minutebook.records.base import Citation
from minutebook.records.transfer import Move, Transfer, TransferKind

# Of these a page lays the givers and the receivers side by side.
COMPARED = frozenset({TransferKind.SPLIT, TransferKind.REPLACE, TransferKind.MERGE})


@dataclass(frozen=True, slots=True)
class Moved:
    """A project that moved, what the source says of it where it went to nobody, and its receipts."""

    what: Markup
    note: str | None
    receipts: Markup


@dataclass(frozen=True, slots=True)
class Destination:
    """One way that projects went: to a body, to nobody that is stated, or to their end."""

    heading: Markup
    is_gap: bool
    moves: list[Moved] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Moves:
    """All that a transfer moved: what was received first, then what nobody received, then what ended.

    A reading of an unclear source is told once, with the projects that it is about.
    """

    destinations: tuple[Destination, ...]
    readings: tuple[tuple[str, tuple[Markup, ...]], ...]

    @property
    def number(self) -> int:
        """How many moves there are."""
        return sum(len(one.moves) for one in self.destinations)

    def few(self, most: int | None) -> Moves:
        """The same with so many ways at the most, and so many moves of each; all of them with None."""
        ways = (replace(one, moves=one.moves[:most]) for one in self.destinations[:most] if most != 0)
        return Moves(tuple(ways), self.readings[:most])

    @property
    def gaps(self) -> int:
        """How many projects nobody is stated to receive."""
        return sum(len(one.moves) for one in self.destinations if one.is_gap)


def moves_of(
    links: Links, transfer: Transfer, receipts: Callable[[Sequence[Citation]], Markup] | None = None
) -> Moves:
    """What a transfer moved; with the numbers of the receipts where its page has them."""
    found: dict[Markup, Destination] = {}
    readings: dict[str, list[Markup]] = {}
    for move in sorted(transfer.moves, key=lambda one: (one.to is None, one.gap is None)):
        what, heading = links.record(move.what), _heading(links, move)
        one = found.setdefault(heading, Destination(heading, move.gap is not None))
        one.moves.append(Moved(what, move.gap, receipts(move.citations) if receipts else Markup("")))
        if move.reading is not None:
            readings.setdefault(move.reading, []).append(what)
    return Moves(tuple(found.values()), tuple((reading, tuple(about)) for reading, about in readings.items()))


def _heading(links: Links, move: Move) -> Markup:
    if move.to is not None:
        return Markup("To {}").format(links.record(move.to))
    if move.gap is not None:
        return Markup("Nobody is stated to receive it")
    if move.closed is not None:
        watched = named(links, move.closed, "monitored_by")
        return Markup("Ended: {}. Watched by: {}").format(move.closed.into, watched)
    return Markup("Ended before; now watched by {}").format(links.record(move.monitored_by))


def authority_of(links: Links, transfer: Transfer) -> Markup:
    """On whose authority it was made; where none is stated, a way to what is known of that."""
    if transfer.authorised_by is None and transfer.absence("authorised_by") is not Absence.WITHHELD:
        return links.record(transfer.id, Absence.NOT_STATED.value)
    return named(links, transfer, "authorised_by")


def givers_of(links: Links, transfer: Transfer) -> Markup:
    """Who held it the day before, or why none is named."""
    if transfer.absence("givers") is Absence.WITHHELD:
        return absent(Absence.WITHHELD)
    found = Markup(" and ").join(links.record(one) for one in transfer.givers)
    return found or Markup("nobody: it is new, or the source does not say")


__all__ = ["COMPARED", "Destination", "Moved", "Moves", "authority_of", "givers_of", "moves_of"]
