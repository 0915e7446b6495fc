"""How a query was read, in words: what `--explain` prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from minutebook_search.query.tree import Alike, And, DateRange, Filter, Node, Not, Or, Phrase, Prefix, Word

_INDENT = "  "
_JOINS = {And: "all of these:", Or: "any of these:", Alike: "any of these, which mean the same:"}


def explain(root: Node | None) -> tuple[str, ...]:
    """Return how a tree is understood, a line for each of its nodes, what is inside indented."""
    return tuple(_lines(root, 0)) if root is not None else ("nothing to search for",)


def _lines(node: Node, depth: int) -> Iterator[str]:
    margin = _INDENT * depth
    match node:
        case And() | Or() | Alike():
            yield margin + _JOINS[type(node)]
            for one in node.of:
                yield from _lines(one, depth + 1)
        case Not():
            yield f"{margin}not:"
            yield from _lines(node.of, depth + 1)
        case Word():
            yield f"{margin}the word `{node.text}` in any form"
        case Prefix():
            yield f"{margin}a word that begins with `{node.text}`"
        case Phrase():
            yield f'{margin}the words "{node.text}" in a row, as printed'
        case Filter():
            yield f"{margin}the {node.field} is `{node.value}`"
        case DateRange():
            yield f"{margin}{'no date of its own' if node.undated else _days(node.first, node.last)}"


def _days(first: date | None, last: date | None) -> str:
    if first == last and first is not None:
        return f"a date that can be {_day(first)}"
    parts = [f"from {_day(first)}" if first else "", f"to {_day(last)}" if last else ""]
    return " ".join(["a date that can lie", *filter(None, parts)])


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
