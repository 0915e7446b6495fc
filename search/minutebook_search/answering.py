"""From a query to an answer, the same for every engine: corrected, looked for, counted, put in order, shown."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

from minutebook_search.conjuncts import DATES, Conjuncts
from minutebook_search.corrections import Corrector
from minutebook_search.documents import SearchDocument
from minutebook_search.engine import Deadline, Facets, Hit, Offer, Scores, SearchResult, Sort, TermIndex
from minutebook_search.evaluation import Evaluation, Scorer
from minutebook_search.facets import FACETS, Register
from minutebook_search.held_numbers import HeldNumbers
from minutebook_search.looking import (
    Found,
    days_to_see,
    left_out_undated,
    look,
    no_record_has,
    no_record_has_in_a_row,
    what_is_lacking,
    which_words_are_lacking,
    within,
)
from minutebook_search.query import Node, ParsedQuery, Synonyms, explain, parse_query, wanted, widen
from minutebook_search.query.questions import asks_who_holds, is_question
from minutebook_search.ranking import Ranking
from minutebook_search.snippets import Finder, Snippet, snippet_of
from minutebook_search.stemming import stem

_DIGITS = 4  # of a score: what lies beyond is rounding, and would order equals by chance


class AnsweringEngine:
    """Answers queries of the query language from an index of terms and the documents it was made from.

    The documents come in the order of `newest_first`, and are numbered so. Not to be asked by two threads at once.
    """

    def __init__(self, documents: Sequence[SearchDocument], index: TermIndex, synonyms: Synonyms) -> None:
        self._documents = documents
        self._index = index
        self._synonyms = synonyms
        self._register = Register(documents)
        self._scorer = Scorer(index)
        self._ranking = Ranking(documents)
        self._corrector = Corrector(index, synonyms)
        self._held_numbers = HeldNumbers(index, documents)

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
        """Return `limit` matches after the first `offset`; of those that are equal the newest first.

        Where nothing but filters narrows, there is nothing to be relevant to: then all are equal. With `undated`, what the query narrows by date keeps the records that have no date.
        Without `snippets` they have none, which is quicker where all of many matches are wanted.
        """
        asked = parse_query(query)
        evaluation = Evaluation(self._index, self._scorer, self._register, deadline or Deadline())
        messages = [*map(str, asked.messages)]
        corrected = self._corrector.correct(asked, messages)
        parsed = asked if corrected is None else parse_query(corrected)
        root = widen(parsed.root, self._synonyms) if parsed.root is not None else None
        conjuncts = Conjuncts.of(root) if root is not None else Conjuncts()
        if undated:
            conjuncts.keep_undated()
        offers = self._held_numbers.offers(parsed)
        messages += map(str, offers)
        found = Found({}, {})
        if root is not None:
            found = self._found(parsed, root, conjuncts, evaluation, messages)
        order = Sort.DATE if sort is Sort.RELEVANCE and not conjuncts.rest else sort
        ordered = self._in_order(found.scores, order, offset + limit, root)[offset:]
        if not offset:
            messages[:0] = days_to_see(parsed.text, (self._documents[number] for _, number in ordered))
        finder = Finder(dict.fromkeys(wanted(root)), stem) if snippets and root is not None else None
        return SearchResult(
            query=query,
            total=len(found.scores),
            hits=tuple(self._hit(number, score, finder) for score, number in ordered),
            facets=self._facets(found, conjuncts.filters, evaluation),
            corrected=corrected,
            messages=_each_once([*messages, *evaluation.messages], offers),
            partial=found.partial,
            explanation=explain(root),
            offset=offset,
            offers=tuple(offers),
        )

    def _found(
        self,
        parsed: ParsedQuery,
        root: Node,
        conjuncts: Conjuncts,
        evaluation: Evaluation,
        messages: list[str],
    ) -> Found:
        """What a query finds. What it lacks or leaves out is added to `messages`."""
        said = len(messages)
        found = look(conjuncts, evaluation, messages, is_question(parsed.text), asks_who_holds(parsed.text))
        if found.partial:
            lacking = which_words_are_lacking(evaluation, parsed, self._synonyms)
            messages[said:said] = [lacking] if lacking else []
        if found.partial or not found.scores:
            messages += what_is_lacking(evaluation, parsed, root, found.partial, self._synonyms)
        if left_out := left_out_undated(conjuncts, found, evaluation, self._register.undated):
            messages.append(left_out)
        return found

    def _facets(self, found: Found, filters: Mapping[str, Sequence[Node]], evaluation: Evaluation) -> Facets:
        """Count each facet over what is found, a facet that the query narrows as if it did not."""
        counted: dict[str, dict[str, int]] = {}
        for facet in (*FACETS, "year"):
            narrowed = DATES if facet == "year" else facet
            numbers = found.scores
            if narrowed in filters:
                others = [nodes for name, nodes in filters.items() if name != narrowed]
                numbers = within(found.loosely, [evaluation.joined(nodes).keys() for nodes in others])
            counted[facet] = self._register.count(facet, numbers)
        return counted

    def _in_order(self, scores: Scores, sort: Sort, many: int, root: Node | None) -> list[tuple[float, int]]:
        """The first documents with their scores. They are numbered in the order in which equals come."""
        if root is None:
            return []
        if sort is Sort.RELEVANCE:
            ranked = self._ranking.best(scores, many, root, self._index.row)
            return heapq.nsmallest(many, ranked, key=lambda found: (-round(found[0], _DIGITS), found[1]))
        key = self._register.newest if sort is Sort.DATE else self._register.oldest
        numbers = heapq.nsmallest(many, scores, key=key)
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
            passage=snippet.passage,
        )


def _each_once(messages: Iterable[str], offers: Iterable[Offer]) -> tuple[str, ...]:
    """Messages without those that an offer says better."""
    told = {say(offer.asked) for offer in offers for say in (no_record_has, no_record_has_in_a_row)}
    return tuple(one for one in dict.fromkeys(messages) if one not in told)
