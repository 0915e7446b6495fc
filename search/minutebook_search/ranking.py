"""What comes first: what the words of a document weigh is one thing, what kind of record it is another.

A score is that of the words (BM25) times what is said here. Tuned on tests/search/gold/tuning.yml.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import log2

from minutebook_search.documents import SearchDocument
from minutebook_search.engine import Scores
from minutebook_search.query import And, Leaf, Node, Phrase, Prefix, Word, flattened, wanted
from minutebook_search.query.questions import QUESTION_WORDS
from minutebook_search.stemming import stem
from minutebook_search.words import plain_signs, words

# Records about records: whoever asks for a matter wants the matter first, and then what is said of it.
_KINDS: Mapping[str, float] = {
    "decision": 1.1, "resolution": 1.1, "transfer": 1.05, "figures": 1.05, "post": 0.95, "statement": 0.95, "body": 0.95,
    "item": 0.9, "discrepancy": 0.88, "source": 0.7, "council": 0.7,
}  # fmt: skip
_NAMED = 0.5  # more, where the query says a record's name, and nothing else
_IN_A_ROW = 0.2  # more, where the words of the query stand in a row
_PHRASE = 0.5  # more, for each doubling of the weight of the passage in which a phrase stands
_SHARE = 0.2  # more, where that passage is the phrase and nothing else
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
        phrases = [tuple(token.printed for token in words(leaf.text)) for leaf in _phrases(root)]
        in_a_row = self._in_a_row(root, row)
        found = []
        for score, number in first:
            more = (1 + _NAMED * self._named(number, stems)) * (1 + _IN_A_ROW * (number in in_a_row))
            for phrase in phrases:
                weight, share = self._place_of(number, phrase)
                more *= 1 + _PHRASE * log2(max(1.0, weight)) + _SHARE * share
            found.append((-score * more, number))
        return found

    def _named(self, number: int, asked: frozenset[str]) -> float:
        """How nearly the query says a name of the document, and nothing else: 1 where it does."""
        shares = [
            (len(asked & name) / len(name)) ** 2 * len(asked & name) / len(asked)
            for name in self._names(number)
            if name and asked
        ]
        return max(shares, default=0.0)

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

    def _names(self, number: int) -> Iterable[frozenset[str]]:
        for name in self._documents[number].names:
            yield frozenset(stem(token.base) for token in words(name) if token.printed not in QUESTION_WORDS)

    @staticmethod
    def _in_a_row(root: Node, row: Callable[[Sequence[str]], Collection[int]]) -> Collection[int]:
        found = [one for one in flattened(root) if isinstance(one, Word)] if isinstance(root, And) else []
        printed = [token.printed for one in found for token in words(one.text)]
        return row(printed) if len(printed) > 1 else ()


def _phrases(root: Node) -> Iterable[Phrase]:
    """The phrases that every answer has."""
    conjuncts = flattened(root) if isinstance(root, And) else (root,)
    return (one for one in conjuncts if isinstance(one, Phrase))


def _stems_of(leaf: Leaf) -> Iterable[str]:
    match leaf:
        case Word() | Phrase() | Prefix():
            return [stem(token.base) for token in words(leaf.text) if token.printed not in QUESTION_WORDS]
        case _:
            return ()
