"""A query taken apart: what it narrows by, field by field, and the rest, which records are found by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from minutebook_search.query import (
    Alike,
    And,
    DateRange,
    Filter,
    Node,
    Or,
    Prefix,
    Word,
    flattened,
    wanted,
)
from minutebook_search.query.meaning import MONTH_WORDS
from minutebook_search.query.questions import QUESTION_WORDS
from minutebook_search.words import words

DATES = "date"  # the field that ranges of dates narrow
_WORDS = Word | Prefix | Alike | Or
_OF_A_DAY = re.compile(r"[0-9]{1,4}(st|nd|rd|th)?|body")  # in `which body held it on 1 May 2020`


@dataclass(slots=True)
class Conjuncts:
    """What a query asks for, all of it: what it narrows by, by field, and the rest."""

    filters: dict[str, list[Node]] = field(default_factory=dict)
    rest: list[Node] = field(default_factory=list)

    @classmethod
    def of(cls, root: Node) -> Conjuncts:
        """Take a query apart."""
        found = cls()
        for one in flattened(root) if isinstance(root, And) else (root,):
            narrowed = _narrowed_field(one)
            if narrowed is None:
                found.rest.append(one)
            else:
                found.filters.setdefault(narrowed, []).append(one)
        return found

    def keep_undated(self) -> None:
        """Let what is narrowed by date keep the records that have no date."""
        undated = DateRange(None, None, undated=True)
        if DATES in self.filters:
            self.filters[DATES] = [Or((one, undated)) for one in self.filters[DATES]]

    @property
    def leaves_out_undated(self) -> bool:
        """Whether it narrows by date and says nothing of what has none."""
        dates = self.filters.get(DATES, [])
        return bool(dates) and not any(_asks_for_undated(one) for one in dates)

    @property
    def words(self) -> list[Node]:
        """What can be left out of an answer in part: words, not phrases and what is left out."""
        return [one for one in self.rest if isinstance(one, _WORDS)]

    @property
    def fixed(self) -> list[Node]:
        """What every answer must have: phrases, and what is left out."""
        return [one for one in self.rest if not isinstance(one, _WORDS)]


def size(node: Node) -> int:
    """Return how many words of the query a node stands for."""
    said = node.of[0] if isinstance(node, Alike) else node
    return len(said.of) if isinstance(said, And) else 1


def subject_of(nodes: Sequence[Node], of_a_day: bool = False) -> list[Node]:
    """Return the words of a query that say what it is about; all of them where none does.

    Where it asks what was so on a day (`of_a_day`), without the words that say which.
    """
    return [one for one in nodes if not is_question_word(one, of_a_day)] or list(nodes)


def is_question_word(node: Node, of_a_day: bool = False) -> bool:
    """Return whether a node is a word that says nothing of what is asked about: `who`, `is`, `the`.

    With `of_a_day` also one that says which day is meant: a number, or the name of a month.
    """
    said = node.of[0] if of_a_day and isinstance(node, Alike) else node
    return isinstance(said, Word) and all(
        token.printed in QUESTION_WORDS or (of_a_day and _says_a_day(token.printed))
        for token in words(said.text)
    )


def _says_a_day(printed: str) -> bool:
    return printed in MONTH_WORDS or _OF_A_DAY.fullmatch(printed) is not None


def _narrowed_field(node: Node) -> str | None:
    """The field that a node narrows by: a filter, or several of one field joined by OR."""
    match node:
        case Filter():
            return node.field
        case DateRange():
            return DATES
        case Or():
            fields = {_narrowed_field(one) for one in node.of}
            return fields.pop() if len(fields) == 1 else None
        case _:
            return None


def _asks_for_undated(node: Node) -> bool:
    """Whether a node that narrows by date says itself what is to be done with what has none."""
    return any(isinstance(leaf, DateRange) and leaf.undated for leaf in wanted(node))
