"""One query against one index: which documents match, and how well. Sets and sums, the same for every engine."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import reduce

from minutebook_search.engine import MAX_EXPANSIONS, Deadline, Scores, TermIndex, Weights
from minutebook_search.facets import Register
from minutebook_search.query import Alike, And, DateRange, Filter, Node, Not, Or, Phrase, Prefix, Word
from minutebook_search.stemming import stem
from minutebook_search.words import Compound, compounds, joined, words

# BM25, as Whoosh has it by default.
_K1 = 1.2
_B = 0.75


class Scorer:
    """BM25 over the stems of an index: what a word that a document has adds to its score."""

    def __init__(self, index: TermIndex) -> None:
        lengths = index.lengths
        self._count = len(lengths)
        average = sum(lengths) / self._count if self._count else 1.0
        self._norms = [_K1 * (1 - _B + _B * length / (average or 1.0)) for length in lengths]

    def scores(self, weights: Weights) -> Scores:
        """Return the score of each document that has a term, from the weight of the term in it."""
        factor, norms = self._factor(weights), self._norms
        return {number: factor * weight / (weight + norms[number]) for number, weight in weights.items()}

    def sums(self, terms: Iterable[Weights], documents: Iterable[int]) -> Scores:
        """Return for each of some documents the sum of the scores of several terms."""
        norms, found = self._norms, dict.fromkeys(documents, 0.0)
        for weights in terms:
            factor = self._factor(weights)
            for number in found:
                if weight := weights.get(number):
                    found[number] += factor * weight / (weight + norms[number])
        return found

    def _factor(self, weights: Weights) -> float:
        return (math.log(self._count / (len(weights) + 1)) + 1) * (_K1 + 1) if weights else 0.0


class Evaluation:
    """Works out the nodes of one query; each leaf once. `messages` say what was cut, or is not there."""

    def __init__(self, index: TermIndex, scorer: Scorer, register: Register, deadline: Deadline) -> None:
        self._index = index
        self._scorer = scorer
        self._register = register
        self._deadline = deadline
        self._known: dict[Node, Scores] = {}
        self.messages: list[str] = []

    def matches(self, node: Node) -> Scores:
        """Return the documents that match a node, with their scores. Nobody changes what is returned."""
        if (known := self._known.get(node)) is None:
            self._deadline.check()
            known = self._known[node] = self._matches(node)
        return known

    def all(self) -> Scores:
        """Return every document, with no score."""
        return dict.fromkeys(range(len(self._register.documents)), 0.0)

    def joined(self, nodes: Sequence[Node]) -> Scores:
        """Return what all of some nodes match: what the sum of their scores is."""
        wanted = sorted((self.matches(one) for one in nodes if not isinstance(one, Not)), key=len)
        found = reduce(_both, wanted) if wanted else self.all()
        for one in nodes:
            if isinstance(one, Not):
                left_out = self.matches(one.of)
                found = {number: score for number, score in found.items() if number not in left_out}
        return found

    def _matches(self, node: Node) -> Scores:
        match node:
            case Word():
                return reduce(_both, (self._compound(compound) for compound in compounds(node.text)))
            case Phrase():
                return self._row(node.text)
            case Prefix():
                return self._prefix(node)
            case Filter() | DateRange():
                chosen = self._register.chosen(node)
                if chosen.message is not None:
                    self.messages.append(chosen.message)
                return dict.fromkeys(chosen.numbers, 0.0)
            case And():
                return self.joined(node.of)
            case Or():
                return reduce(_either, (self.matches(one) for one in node.of))
            case Alike():
                return reduce(_best, (self.matches(one) for one in node.of))
            case Not():
                return self.joined((node,))

    def _stem(self, term: str) -> Scores:
        return self._scorer.scores(self._index.postings(term))

    def _compound(self, compound: Compound) -> Scores:
        """A word by its stem; one that is tied together also as its words in a row."""
        if len(compound) == 1:
            return self._stem(stem(compound[0].base))
        whole = self._stem(stem(joined(compound)))
        return _best(whole, self._row(" ".join(word.printed for word in compound)))

    def _row(self, text: str) -> Scores:
        """The documents with words in a row as printed; their scores are those of the words."""
        tokens = words(text)
        found = self._index.row([token.printed for token in tokens])
        self._deadline.check()
        terms = dict.fromkeys(stem(token.base) for token in tokens) if found else ()
        return self._scorer.sums(map(self._index.postings, terms), found)

    def _prefix(self, node: Prefix) -> Scores:
        """The documents with a word that begins so: scored as if all such words were one."""
        letters = "".join(word.printed for word in words(node.text))
        found = self._index.beginning(letters, MAX_EXPANSIONS)
        if found.is_cut:
            self.messages.append(
                f"`{node.text}*` begins more than {MAX_EXPANSIONS} words: searched for the first "
                f"{MAX_EXPANSIONS} in alphabetical order"
            )
        return self._scorer.scores(found.weights)


def _both(some: Scores, others: Scores) -> Scores:
    if len(others) < len(some):
        some, others = others, some
    return {number: score + others[number] for number, score in some.items() if number in others}


def _either(some: Scores, others: Scores) -> Scores:
    joint = dict(some)
    for number, score in others.items():
        joint[number] = joint.get(number, 0.0) + score
    return joint


def _best(some: Scores, others: Scores) -> Scores:
    joint = dict(some)
    for number, score in others.items():
        if score >= joint.get(number, 0.0):
            joint[number] = score
    return joint
