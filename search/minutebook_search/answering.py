"""From a query to an answer, the same for every engine: corrected, relaxed, counted, put in order, shown."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from minutebook_search.documents import SearchDocument
from minutebook_search.engine import Deadline, Facets, Hit, Scores, SearchResult, Sort, TermIndex
from minutebook_search.evaluation import Evaluation, Scorer
from minutebook_search.facets import FACETS, Register
from minutebook_search.query import (
    Alike,
    And,
    DateRange,
    Filter,
    Node,
    Not,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    Synonyms,
    Word,
    codes,
    explain,
    flattened,
    parse_query,
    wanted,
    widen,
)
from minutebook_search.query.questions import QUESTION_WORDS, is_question
from minutebook_search.ranking import Ranking
from minutebook_search.snippets import Finder, Snippet, snippet_of
from minutebook_search.spelling import Speller
from minutebook_search.stemming import stem
from minutebook_search.words import compounds, joined, plain_signs, words

_DIGITS = 4  # of a score: what lies beyond is rounding, and would order equals by chance
_DATES = "date"
_UNDATED = DateRange(None, None, undated=True)


@dataclass(slots=True)
class _Conjuncts:
    """What a query asks for, all of it: what it narrows by, by field, and the rest."""

    filters: dict[str, list[Node]] = field(default_factory=dict)
    rest: list[Node] = field(default_factory=list)

    @classmethod
    def of(cls, root: Node) -> _Conjuncts:
        found = cls()
        for one in flattened(root) if isinstance(root, And) else (root,):
            narrowed = _narrowed_field(one)
            if narrowed is None:
                found.rest.append(one)
            else:
                found.filters.setdefault(narrowed, []).append(one)
        return found


@dataclass(frozen=True, slots=True)
class _Found:
    """The documents that a query finds; `loosely` those that it would find if it narrowed by nothing."""

    scores: Scores
    loosely: Scores
    partial: bool = False


class AnsweringEngine:
    """Answers queries of the query language from an index of terms and the documents it was made from.

    The documents are numbered in the order of their ids. Not to be asked by two threads at once.
    """

    def __init__(self, documents: Sequence[SearchDocument], index: TermIndex, synonyms: Synonyms) -> None:
        self._documents = documents
        self._index = index
        self._synonyms = synonyms
        self._register = Register(documents)
        self._scorer = Scorer(index)
        self._ranking = Ranking(documents)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = Sort.RELEVANCE,
        deadline: Deadline | None = None,
        snippets: bool = True,
        undated: bool = False,
    ) -> SearchResult:
        """Return `limit` matches after the first `offset`; those that are equal in the order of their ids.

        With `undated`, what the query narrows by date keeps the records that have no date.
        Without `snippets` they have none, which is quicker where all of many matches are wanted.
        """
        asked = parse_query(query)
        evaluation = Evaluation(self._index, self._scorer, self._register, deadline or Deadline())
        messages = [*map(str, asked.messages)]
        corrected = self._corrected(asked, messages)
        parsed = asked if corrected is None else parse_query(corrected)
        root = widen(parsed.root, self._synonyms) if parsed.root is not None else None
        found = _Found({}, {})
        filters: dict[str, list[Node]] = {}
        if root is not None:
            conjuncts = _Conjuncts.of(root)
            filters = conjuncts.filters
            if undated and _DATES in filters:
                filters[_DATES] = [Or((one, _UNDATED)) for one in filters[_DATES]]
            said = len(messages)
            found = self._find(conjuncts, evaluation, messages, is_question(parsed.text))
            if found.partial and (lacking := self._say_of_words(evaluation, parsed)):
                messages.insert(said, lacking)
            if found.partial or not found.scores:
                self._say_what_is_lacking(evaluation, parsed, root, found, messages)
            if left_out := self._left_out_undated(conjuncts, found, evaluation):
                messages.append(_undated_said(left_out))
        finder = Finder(dict.fromkeys(wanted(root)), stem) if snippets and root is not None else None
        return SearchResult(
            query=query,
            total=len(found.scores),
            hits=tuple(
                self._hit(number, score, finder)
                for score, number in self._in_order(found.scores, sort, offset + limit, root)[offset:]
            ),
            facets=self._facets(found, filters, evaluation),
            corrected=corrected,
            messages=tuple(dict.fromkeys([*messages, *evaluation.messages])),
            partial=found.partial,
            explanation=explain(root),
            offset=offset,
        )

    # -- what is found --------------------------------------------------------------------------

    def _find(self, conjuncts: _Conjuncts, evaluation: Evaluation, messages: list[str], asks: bool) -> _Found:
        """What all of it matches; where nothing does, without the words of a question; then in part.

        A question in a sentence is answered in part at once: a long record can have all its words, and
        say little of what is asked.
        """
        allowed = [evaluation.joined(nodes).keys() for nodes in conjuncts.filters.values()]
        loosely = evaluation.joined(conjuncts.rest)
        scores = _within(loosely, allowed)
        words = [one for one in conjuncts.rest if isinstance(one, Word | Prefix | Alike | Or)]
        fixed = [one for one in conjuncts.rest if one not in words]
        subject = [one for one in words if not _is_question_word(one)] or words
        if asks and len(subject) < len(words) and len(subject) > 1:
            return self._find_in_part(fixed, subject, allowed, evaluation, messages, "read as a question")
        if scores or len(words) < 2:
            return _Found(scores, loosely)
        if len(subject) < len(words):
            loosely = evaluation.joined([*fixed, *subject])
            scores = _within(loosely, allowed)
            if scores:
                left_out = " and ".join(
                    f"`{one.text}`" for one in words if isinstance(one, Word) and one not in subject
                )
                messages.append(f"no record has every word: searched without {left_out}")
                return _Found(scores, loosely)
        return self._find_in_part(fixed, subject, allowed, evaluation, messages, "no record has every word")

    def _left_out_undated(self, conjuncts: _Conjuncts, found: _Found, evaluation: Evaluation) -> int:
        """How many documents match all but the dates, and have none: a reader may take them for not there."""
        dates = conjuncts.filters.get(_DATES, [])
        if not dates or any(_asks_for_undated(one) for one in dates):
            return 0
        others = [nodes for name, nodes in conjuncts.filters.items() if name != _DATES]
        allowed = [evaluation.joined(nodes).keys() for nodes in others]
        loosely = found.loosely or evaluation.joined(conjuncts.rest)
        return len(_within(loosely, [*allowed, self._register.undated]))

    def _find_in_part(
        self,
        fixed: Sequence[Node],
        subject: Sequence[Node],
        allowed: Sequence[Collection[int]],
        evaluation: Evaluation,
        messages: list[str],
        why: str,
    ) -> _Found:
        """The documents with at least two thirds of as many words as any of them has.

        What is said in several words and has a synonym counts as so many.
        """
        if len(subject) < 2:
            return _Found({}, {})
        must = _within(evaluation.joined(fixed), allowed)
        counts: Counter[int] = Counter()
        for one in subject:
            counts.update(dict.fromkeys(evaluation.matches(one), _size(one)))
        most = max((counts[number] for number in must), default=0)
        if not most:
            return _Found({}, {})
        enough = -(-2 * most // 3)
        loosely = evaluation.matches(Or(tuple(subject)))
        if fixed:
            basis = evaluation.joined(fixed)
            loosely = {n: score + basis[n] for n, score in loosely.items() if n in basis}
        loosely = {number: score for number, score in loosely.items() if counts[number] >= enough}
        some = f"{enough} or {most}" if enough < most else f"{most}"
        size = sum(map(_size, subject))
        messages.append(f"{why}: these have {some} of its {size} words, the best first")
        return _Found(_within(loosely, allowed), loosely, partial=enough < size)

    def _say_what_is_lacking(
        self, evaluation: Evaluation, parsed: ParsedQuery, root: Node, found: _Found, messages: list[str]
    ) -> None:
        """Say of each word, phrase and range of dates that no document has it; else that none has them all."""
        said = len(messages)
        for leaf in dict.fromkeys(parsed.wanted()):
            if not evaluation.matches(widen(leaf, self._synonyms)):
                match leaf:
                    case Word() if found.partial:
                        continue  # said before
                    case Word():
                        messages.append(f"no record has `{leaf.text}`")
                    case Prefix():
                        messages.append(f"no record has `{leaf.text}*`")
                    case Phrase():
                        several = len(words(leaf.text)) > 1
                        said_of = (
                            f"the words `{leaf.text}` in a row" if several else f"`{leaf.text}` as printed"
                        )
                        messages.append(f"no record has {said_of}")
                    case DateRange():
                        said_of = (
                            "every record has a date"
                            if leaf.undated
                            else "no record has a date in that range"
                        )
                        messages.append(said_of)
        nothing_said = len(messages) == said and not evaluation.messages
        if nothing_said and not found.partial and isinstance(root, And | Or | Not):
            messages.append("each of these is in some record, but no record matches the whole query")

    def _say_of_words(self, evaluation: Evaluation, parsed: ParsedQuery) -> str | None:
        """Which words no document has, before others are answered in part: what is found is not about them."""
        asked = [
            one
            for one in dict.fromkeys(parsed.wanted())
            if isinstance(one, Word) and not _is_question_word(one)
        ]
        lacking = [one.text for one in asked if not evaluation.matches(widen(one, self._synonyms))]
        if not lacking:
            return None
        none = " or ".join(f"`{one}`" for one in lacking)
        are_words = isinstance(parsed.root, And) and all(isinstance(one, Word) for one in parsed.root.of)
        about = "all that is asked for"
        if are_words and not is_question(parsed.text):
            about = f"`{' '.join(leaf.text for leaf in parsed.wanted() if isinstance(leaf, Word))}`"
        return f"no record has {none}, so none of these is about {about}"

    # -- typos ----------------------------------------------------------------------------------

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._index.vocabulary())

    def _corrected(self, asked: ParsedQuery, messages: list[str]) -> str | None:
        """The query with every code and word that no record has as the nearest that one has; None where none is near."""
        slips = [*self._codes(asked)]
        taken = [range(at, at + len(word)) for at, word, _ in slips]
        for leaf in asked.wanted():
            if isinstance(leaf, Word | Phrase) and leaf.column:
                slips += [
                    one for one in self._slips(leaf, asked.text) if not any(one[0] in code for code in taken)
                ]
        if not slips:
            return None
        text = asked.text
        for at, word, better in sorted(set(slips), reverse=True):
            text = text[:at] + better + text[at + len(word) :]
        for _, word, better in sorted(set(slips)):
            messages.append(f"no record has `{word}`: searched for `{better}`")
        return text

    def _codes(self, asked: ParsedQuery) -> Iterator[tuple[int, str, str]]:
        """The codes that no document has, but for zeros left out or an O for one: as `_slips` has them."""
        end = 0
        for code in codes(asked):
            if code.start < end:
                continue
            if self._index.postings(stem(code.whole)):
                end = code.end
            elif better := next((said for one, said in code.others if self._index.postings(stem(one))), None):
                end = code.end
                yield code.start, asked.text[code.start : code.end], better

    def _slips(self, leaf: Word | Phrase, query: str) -> Iterable[tuple[int, str, str]]:
        """The words of a leaf that no document has: where in the query, as it says them, and corrected."""
        at = leaf.column if isinstance(leaf, Phrase) else leaf.column - 1
        if plain_signs(query)[at : at + len(leaf.text)] != plain_signs(leaf.text):
            return  # copied with signs that are not seen: the places are not what they seem
        for compound in compounds(leaf.text):
            if isinstance(leaf, Word) and len(compound) > 1 and self._index.postings(stem(joined(compound))):
                continue
            for token in compound:
                if isinstance(leaf, Phrase):
                    known = token.printed in self._index.vocabulary()
                else:
                    known = bool(
                        self._index.postings(stem(token.base)) or self._synonyms.of((token.printed,))
                    )
                    known = known or token.printed in QUESTION_WORDS
                if not known and (better := self._speller.correct(token.printed)) is not None:
                    yield at + token.start, leaf.text[token.start : token.end], better

    # -- what is shown --------------------------------------------------------------------------

    def _facets(self, found: _Found, filters: dict[str, list[Node]], evaluation: Evaluation) -> Facets:
        """Count each facet over what is found, a facet that the query narrows as if it did not."""
        counted: dict[str, dict[str, int]] = {}
        for facet in (*FACETS, "year"):
            narrowed = _DATES if facet == "year" else facet
            numbers = found.scores
            if narrowed in filters:
                others = [nodes for name, nodes in filters.items() if name != narrowed]
                numbers = _within(found.loosely, [evaluation.joined(nodes).keys() for nodes in others])
            counted[facet] = self._register.count(facet, numbers)
        return counted

    def _in_order(self, scores: Scores, sort: Sort, many: int, root: Node | None) -> list[tuple[float, int]]:
        """The first documents with their scores. They are numbered in the order of their ids."""
        if root is None:
            return []
        if sort is Sort.RELEVANCE:
            ranked = self._ranking.best(scores, many, root, self._index.row)
            return heapq.nsmallest(many, ranked, key=lambda found: (-round(found[0], _DIGITS), found[1]))
        key = self._register.newest if sort is Sort.DATE else self._register.oldest
        numbers = heapq.nsmallest(many, scores, key=lambda number: (key(number), number))
        return [(scores[number], number) for number in numbers]

    def _hit(self, number: int, score: float, finder: Finder | None) -> Hit:
        document = self._documents[number]
        snippet = snippet_of(document, finder) if finder is not None else Snippet("")
        return Hit(
            id=document.id,
            type=document.type,
            title=document.title,
            date=document.date.value if document.date is not None else None,
            body=document.body,
            url=document.url,
            score=round(score, _DIGITS),
            snippet=snippet.text,
            marks=snippet.marks,
        )


def _narrowed_field(node: Node) -> str | None:
    """The field that a node narrows by: a filter, or several of one field joined by OR."""
    match node:
        case Filter():
            return node.field
        case DateRange():
            return _DATES
        case Or():
            fields = {_narrowed_field(one) for one in node.of}
            return fields.pop() if len(fields) == 1 else None
        case _:
            return None


def _asks_for_undated(node: Node) -> bool:
    """Whether a node that narrows by date says itself what is to be done with what has none."""
    return any(isinstance(leaf, DateRange) and leaf.undated for leaf in wanted(node))


def _undated_said(many: int) -> str:
    said = "1 more record matches and has" if many == 1 else f"{many:,} more records match and have"
    return f"{said} no date of {'its' if many == 1 else 'their'} own: to see {'it' if many == 1 else 'them'}, add `OR date:none` after the date"


def _within(scores: Scores, allowed: Iterable[Collection[int]]) -> Scores:
    for numbers in allowed:
        scores = {number: score for number, score in scores.items() if number in numbers}
    return scores


def _size(node: Node) -> int:
    """How many words of the query a node stands for."""
    said = node.of[0] if isinstance(node, Alike) else node
    return len(said.of) if isinstance(said, And) else 1


def _is_question_word(node: Node) -> bool:
    return isinstance(node, Word) and all(token.printed in QUESTION_WORDS for token in words(node.text))
