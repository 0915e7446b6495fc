"""What a query means beside its words: synonyms both ways, amounts and codes that are written in several words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from minutebook_search.query.tree import Alike, And, Node, Not, Or, Phrase, Word
from minutebook_search.words import FEWEST_DIGITS, MOST_DIGITS, Token, spoken, words

_Key = tuple[str, ...]
# A number with a decimal fraction may be an amount whose size was left away: 1.263 is £1.263m too.
_FRACTION = re.compile(r"[0-9]+\.[0-9]+")
_SIZES = ("k", "m", "bn")
# What may stand before a code and be no part of it: Report No. ACH21-044.
NUMBERED = frozenset(["no", "nr", "num", "number", "ref", "reference"])
_CODE = re.compile(rf"[a-z]{{2,6}}[0-9]{{{FEWEST_DIGITS},{MOST_DIGITS}}}")
# The calendar is everybody's, and stands in no knowledge base.
_MONTHS = (
    ("Jan", "January"), ("Feb", "February"), ("Mar", "March"), ("Apr", "April"), ("Jun", "June"), ("Jul", "July"),
    ("Aug", "August"), ("Sep", "Sept", "September"), ("Oct", "October"), ("Nov", "November"), ("Dec", "December"),
)  # fmt: skip

MONTH_WORDS = frozenset(name.casefold() for names in _MONTHS for name in names) | {"may"}


class Synonyms:
    """Groups of names that mean the same, such as `[BAU, business as usual]`, compared by their printed words.

    A member of one word is searched by stem as words are, one of several words as a phrase. So that a
    group says what it does, each form that is to be found stands in it (transfer and transfers of care).
    The months and their short forms are known besides.
    """

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        self._others: dict[_Key, tuple[Node, ...]] = {}
        self.longest = 1  # words of the longest member
        for group in (*groups, *_MONTHS):
            members: dict[_Key, Node] = {}
            for name in group:
                if key := tuple(word.printed for word in words(name)):
                    members.setdefault(key, Word(name) if len(key) == 1 else Phrase(name))
            for key in members:
                others = (node for other, node in members.items() if other != key)
                self._others[key] = tuple(dict.fromkeys((*self._others.get(key, ()), *others)))
                self.longest = max(self.longest, len(key))

    def of(self, key: Sequence[str]) -> tuple[Node, ...]:
        """Return what else is said for these printed words; nothing where they are in no group."""
        return self._others.get(tuple(key), ())


def widen(root: Node, synonyms: Synonyms) -> Node:
    """Return the tree with what its words mean too beside them.

    Words in a row of one `And` are looked up together, the longest first, from left to right, each word
    once. A phrase is what it says, and no more. `And` within `And` becomes one.
    """
    match root:
        case Word():
            return _join(_widened([root], synonyms))
        case And():
            return _join(_conjuncts(root, synonyms))
        case Or():
            return Or(tuple(widen(one, synonyms) for one in root.of))
        case Not():
            return Not(widen(root.of, synonyms))
        case _:
            return root


def flattened(root: And) -> Iterator[Node]:
    """Yield what an `And` joins, that of an `And` within it too."""
    for one in root.of:
        if isinstance(one, And):
            yield from flattened(one)
        else:
            yield one


def _conjuncts(root: And, synonyms: Synonyms) -> list[Node]:
    found: list[Node] = []
    run: list[Word] = []
    for one in flattened(root):
        if isinstance(one, Word):
            run.append(one)
            continue
        found += _widened(run, synonyms)
        run = []
        found.append(widen(one, synonyms))
    return found + _widened(run, synonyms)


def _join(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))


@dataclass(frozen=True, slots=True)
class _Row:
    """Words of a query that stand next to each other, as printed words, and which word each belongs to."""

    nodes: Sequence[Word]
    tokens: Sequence[tuple[Token, int]]

    def ends_words(self, start: int, end: int) -> bool:
        """Whether these tokens are whole words of the query, not parts of a compound."""
        before = self.tokens[start - 1][1] if start else -1
        after = self.tokens[end][1] if end < len(self.tokens) else len(self.nodes)
        return before < self.tokens[start][1] and self.tokens[end - 1][1] < after


def _widened(nodes: Sequence[Word], synonyms: Synonyms) -> list[Node]:
    """Words in a row with what they mean: each place where they do is one `Alike`."""
    if not nodes:
        return []
    row = _Row(nodes, [(token, number) for number, node in enumerate(nodes) for token in words(node.text)])
    printed = [token.printed for token, _ in row.tokens]
    joined = _spoken(row, printed)
    found: list[Node] = []
    at = 0
    while at < len(printed):
        end, others = _meaning_at(at, row, printed, synonyms, joined)
        number, following = row.tokens[at][1], row.tokens[end - 1][1] + 1
        said = _join(nodes[number:following])
        found.append(Alike((said, *others)) if others else said)
        at = next((n for n in range(end, len(printed)) if row.tokens[n][1] >= following), len(printed))
    return found


def _meaning_at(
    at: int,
    row: _Row,
    printed: Sequence[str],
    synonyms: Synonyms,
    joined: Mapping[int, Sequence[tuple[int, str]]],
) -> tuple[int, tuple[Node, ...]]:
    """Where the longest group of words that means something ends, and what else says it; else the word alone.

    A code or an amount of as many words as a synonym or more goes before it: ACH 21-044 is the report,
    though ACH alone is a name of several words. `No.` before a code says nothing else than the code.
    """
    if printed[at] in NUMBERED and row.ends_words(at, at + 1):
        for end, whole in sorted(_codes_at(at + 1, row, printed, joined), reverse=True):
            return end, (Word(whole),)
    spoken_end, whole = max(joined.get(at, ()), default=(at, ""))
    for end in range(min(len(printed), at + synonyms.longest), at, -1):
        if end <= spoken_end:
            return spoken_end, (Word(whole),)
        if row.ends_words(at, end) and (others := synonyms.of(printed[at:end])):
            return end, others
    if row.ends_words(at, at + 1) and _FRACTION.fullmatch(printed[at]) is not None:
        return at + 1, tuple(Word(f"{printed[at]}{size}") for size in _SIZES)
    return at + 1, ()


def _spoken(row: _Row, printed: Sequence[str]) -> dict[int, list[tuple[int, str]]]:
    """The amounts and codes in several words of the query, by where they begin; Feb 2020 is none."""
    found: dict[int, list[tuple[int, str]]] = {}
    for start, end, whole in spoken(printed):
        if printed[start] in MONTH_WORDS:
            continue
        if row.ends_words(start, end) and row.tokens[start][1] != row.tokens[end - 1][1]:
            found.setdefault(start, []).append((end, whole))
    return found


def _codes_at(
    at: int, row: _Row, printed: Sequence[str], joined: Mapping[int, Sequence[tuple[int, str]]]
) -> Iterator[tuple[int, str]]:
    """The codes that begin with one token, in one word of the query or in several: where they end, and each as one word."""
    if at < len(printed):
        number = row.tokens[at][1]
        end = next((n for n in range(at, len(printed)) if row.tokens[n][1] != number), len(printed))
        for after, whole in ((end, "".join(printed[at:end])), *joined.get(at, ())):
            if _CODE.fullmatch(whole) is not None:
                yield after, whole
