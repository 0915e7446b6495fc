"""What comes first: what the words of a document weigh is one thing, what kind of record it is another.

A score is that of the words (BM25) times what is said here. Tuned on tests/search/gold/tuning.yml.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from minutebook_search.documents import SearchDocument
from minutebook_search.engine import Scores
from minutebook_search.query import (
    Alike,
    And,
    DateRange,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
    flattened,
    wanted,
)
from minutebook_search.query.questions import QUESTION_WORDS
from minutebook_search.stemming import stem
from minutebook_search.words import plain_signs, words

# Records about records: whoever asks for a matter wants the matter first, and then what is said of it.
_KINDS: Mapping[str, float] = {
    "decision": 1.1, "resolution": 1.1, "transfer": 1.05, "figures": 1.05, "post": 0.95, "statement": 0.95, "body": 0.95,
    "item": 0.9, "discrepancy": 0.85, "source": 0.7, "council": 0.7,
}  # fmt: skip
_NAMED = 0.5  # more, where the query says a record's name, and nothing else
_KIND_SAID = 0.3  # more, where the query says what kind of record it is: `resolution January 2020`
_IN_A_ROW = 0.2  # more, where the words of the query stand in a row
_LIKE_A_PHRASE = 4  # words from which on a row is read as a phrase that lacks its marks: chance brings fewer together, but for `appendix 1`
_OWN = 0.8  # power of the weight of the passage in which a phrase stands: its own wording comes before a mention of it
_SHARE = 0.2  # more, where that passage is the phrase and nothing else
_SIDES = 0.15  # times, for a discrepancy: it sets the words of others side by side, unless they are its name
_HALF = (
    0.5  # of a name: a phrase that is more of it is the name, what is less may stand on one side of an "or"
)
# Records whose receipts say who there is and when they met: the words of these are about something else.
_WHO = frozenset(["body", "council", "meeting", "post"])
_CITED = 0.8  # times, for one of these, unless the phrase is in its name
_FIGURES = "figures"  # records that state amounts of their own, in the cells of a table
_POUND = "\u00a3"
_YEAR = 4  # digits: a number of no more, without a sign or a size, is more often a year than a sum
_OPEN = 0.5  # times, where a query has dates and all that is known of a record's is "by" or "since" a day
_NAME = 6.0  # the weight of a title is more, that of another name is this, that of other text less
_LOOKED_AT = 50  # of the best by their words; none further down comes first


def kind_weight(noun: str) -> float:
    """Return what a score is multiplied by for a type of record."""
    return _KINDS.get(noun, 1.0)


class Ranking:
    """Puts documents in order for a query."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self._documents = documents
        self._kinds = [_KINDS.get(document.type, 1.0) for document in documents]

    def best(
        self, scores: Scores, many: int, root: Node, row: Callable[[Sequence[str]], Collection[int]]
    ) -> list[tuple[float, int]]:
        """Return the best documents with their scores, those of equal score in the order of their numbers."""
        kinds = self._kinds
        ranked = ((-score * kinds[number], number) for number, score in scores.items())
        first = heapq.nsmallest(max(many, _LOOKED_AT), ranked)
        if not first or not first[0][0]:
            return [(0.0, number) for _, number in first]
        leaves = list(dict.fromkeys(wanted(root)))
        stems = frozenset(stem_ for leaf in leaves for stem_ in _stems_of(leaf))
        typed = frozenset(stem_ for leaf in _typed(root) for stem_ in _stems_of(leaf))
        phrases = [either for one in _conjuncts(root) if (either := tuple(_phrases_of(one)))]
        amounts = [sums for one in _conjuncts(root) if (sums := frozenset(_amounts_of(one)))]
        is_dated = any(isinstance(leaf, DateRange) and not leaf.undated for leaf in leaves)
        in_a_row = tuple(word for one in _conjuncts(root) for word in _words_as_typed(one))
        having_row = row(in_a_row) if len(in_a_row) > 1 else ()
        found = []
        for score, number in first:
            document = self._documents[number]
            # A discrepancy between two names of one thing is named by neither.
            more = 1 + _NAMED * self._named(number, typed, stems if document.type != "discrepancy" else typed)
            if any(_stems_of_name(kind) <= stems for kind in (document.spoken, document.type)):
                more *= 1 + _KIND_SAID
            for either in phrases:
                said = [one for phrase in either if (one := self._said(number, phrase))]
                more *= max(said, default=1.0)
            for sums in amounts:
                more *= self._stated(number, sums)
            if number in having_row:
                more *= 1 + _IN_A_ROW
                if len(in_a_row) >= _LIKE_A_PHRASE or any(map(_is_number, in_a_row[1:])):
                    more *= max(1.0, self._said(number, in_a_row))
            if is_dated and self._is_open(number):
                more *= _OPEN
            found.append((-score * more, number))
        return found

    def _named(self, number: int, *queries: frozenset[str]) -> float:
        """How nearly the query, as typed or with its synonyms, says a name of the document, and nothing else: 1 where it does."""
        shares = [
            (len(asked & name) / len(name)) ** 2 * len(asked & name) / len(asked)
            for name in self._names(number)
            for asked in queries
            if name and asked
        ]
        return max(shares, default=0.0)

    def _said(self, number: int, phrase: tuple[str, ...]) -> float:
        """How much more a document counts that has a phrase, most where it is its own wording; 0 where it has it not.

        A discrepancy has no wording of its own but its name: all else it says of the words of others.
        """
        weight, share = self._place_of(number, phrase)
        if not weight:
            return 0.0
        kind = self._documents[number].type
        if kind == "discrepancy" and not (weight >= _NAME and share > _HALF):
            return _SIDES
        more: float = max(1.0, weight) ** _OWN * (1 + _SHARE * share)
        return more * _CITED if kind in _WHO and weight < _NAME else more

    def _place_of(self, number: int, phrase: tuple[str, ...]) -> tuple[float, float]:
        """The weight of the weightiest passage in which a phrase stands, and how much of it the phrase is."""
        for passage in sorted(self._documents[number].passages, key=lambda passage: -passage.weight):
            text = plain_signs(passage.text).casefold().replace("'", "")
            if not all(word in text for word in phrase if word.isascii() and word.isalpha()):
                continue  # to look for words is quicker than to read them
            printed = tuple(token.printed for token in words(passage.text))
            if any(printed[at : at + len(phrase)] == phrase for at in range(len(printed))):
                return passage.weight, len(phrase) / len(printed)
        return 0.0, 0.0

    def _stated(self, number: int, amounts: frozenset[str]) -> float:
        """How much more a table of figures counts that states an amount in a cell: others mention it, or set it beside another."""
        document = self._documents[number]
        if document.type != _FIGURES:
            return 1.0
        stating = (one.weight for one in document.passages if not _amounts_in(one.text).isdisjoint(amounts))
        more: float = max([1.0, *stating]) ** _OWN
        return more

    def _is_open(self, number: int) -> bool:
        """Whether the source leaves one end of a document's date open."""
        date = self._documents[number].date
        return date is not None and (date.earliest is None or date.latest is None)

    def _names(self, number: int) -> Iterable[frozenset[str]]:
        for name in self._documents[number].names:
            yield _stems_of_name(name)


@lru_cache(maxsize=4096)
def _stems_of_name(name: str) -> frozenset[str]:
    return frozenset(stem(token.base) for token in words(name) if token.printed not in QUESTION_WORDS)


def _conjuncts(root: Node) -> Sequence[Node]:
    """What every answer has."""
    return tuple(flattened(root)) if isinstance(root, And) else (root,)


def _typed(node: Node) -> Iterator[Leaf]:
    """The leaves of a tree as they were typed, without what else they mean."""
    match node:
        case Alike():
            yield from _typed(node.of[0])
        case And() | Or():
            for one in node.of:
                yield from _typed(one)
        case Not():
            return
        case _:
            yield node


def _phrases_of(node: Node) -> Iterable[tuple[str, ...]]:
    """A phrase, or those of which one is enough."""
    match node:
        case Phrase():
            yield _printed(node)
        case Or():
            for one in node.of:
                yield from _phrases_of(one)


def _amounts_of(node: Node) -> Iterable[str]:
    """An amount that every answer has, as its number of units; where it may be one of several, each."""
    match node:
        case Word():
            for token in words(node.text):
                is_sum = token.base != token.printed or len(token.base) > _YEAR or _POUND in node.text
                if is_sum and _is_number(token.base):
                    yield token.base
        case Alike():
            for one in node.of:
                if isinstance(one, Word):
                    yield from _amounts_of(one)
        case _:
            return


@lru_cache(maxsize=4096)
def _amounts_in(text: str) -> frozenset[str]:
    return frozenset(token.base for token in words(text) if _is_number(token.base))


def _words_as_typed(node: Node) -> Iterable[str]:
    """The words of a query, where they have synonyms those that were typed; none of a phrase or a filter."""
    match node:
        case Word():
            return _printed(node)
        case Alike():
            return (word for one in _conjuncts(node.of[0]) for word in _words_as_typed(one))
        case _:
            return ()


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal()


def _printed(leaf: Phrase | Word) -> tuple[str, ...]:
    return tuple(token.printed for token in words(leaf.text))


def _stems_of(leaf: Leaf) -> Iterable[str]:
    match leaf:
        case Word() | Phrase() | Prefix():
            return [stem(token.base) for token in words(leaf.text) if token.printed not in QUESTION_WORDS]
        case _:
            return ()
