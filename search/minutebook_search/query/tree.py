"""What a query means: a tree of words, phrases, beginnings of words and filters, joined by and, or, not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a compound such as `ACH21-044`: matches by stem, a compound also as its words in a row.

    `column` is where it stands in the query, counted from 1; 0 where it does not stand there.
    """

    text: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word as printed: `commission*`."""

    text: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row as printed, case and punctuation apart, within one passage."""

    text: str
    column: int = field(default=0, compare=False)  # of its first quotation mark


@dataclass(frozen=True, slots=True)
class Filter:
    """A field that must have a value: `body:cabinet`. The value is a name, compared by its words."""

    field: str
    value: str
    column: int


@dataclass(frozen=True, slots=True)
class DateRange:
    """The record's date can lie on one of these days, both ends included; None where the range is open.

    `undated` is `date:none`: the records that have no date of their own, and no others.
    """

    first: date | None
    last: date | None
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """Every record that `of` does not match."""

    of: Node


@dataclass(frozen=True, slots=True)
class And:
    """The records that all of them match."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """The records that any of them matches."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Several ways to say one thing, a synonym or another spelling: matches what `Or` would, and counts once.

    Only `query.meaning` makes these; the first is what the query says.
    """

    of: tuple[Node, ...]


Leaf: TypeAlias = Word | Prefix | Phrase | Filter | DateRange
Node: TypeAlias = Leaf | Not | And | Or | Alike


@dataclass(frozen=True, slots=True)
class Message:
    """What was understood otherwise than it may have been meant, and where: columns count from 1."""

    column: int
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was read. `root` is None where there is nothing in it to search for."""

    text: str
    root: Node | None
    messages: tuple[Message, ...]

    def wanted(self) -> Iterator[Leaf]:
        """Yield the leaves that a record is found *by*: those under no `Not`, from left to right."""
        if self.root is not None:
            yield from wanted(self.root)


def wanted(root: Node) -> Iterator[Leaf]:
    """Yield the leaves of a tree that a record is found *by*: those under no `Not`, from left to right."""
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, And | Or | Alike):
            waiting.extend(reversed(node.of))
        elif not isinstance(node, Not):
            yield node
