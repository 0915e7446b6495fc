"""Codes and words that no record has, as the nearest that one has: said, and searched for instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from minutebook_search.engine import TermIndex
from minutebook_search.query import ParsedQuery, Phrase, Synonyms, Word, possible_codes
from minutebook_search.query.questions import QUESTION_WORDS
from minutebook_search.spelling import Speller
from minutebook_search.stemming import stem
from minutebook_search.words import compounds, joined, plain_signs

_Slip = tuple[int, str, str]  # where in the query, as it says it, and corrected


class Corrector:
    """Corrects queries against the words of an index."""

    def __init__(self, index: TermIndex, synonyms: Synonyms) -> None:
        self._index = index
        self._synonyms = synonyms

    def correct(self, asked: ParsedQuery, messages: list[str]) -> str | None:
        """Return the query with every code and word that no record has as the nearest that one has.

        None where none is near. What is corrected is added to `messages`.
        """
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

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._index.vocabulary())

    def _codes(self, asked: ParsedQuery) -> Iterator[_Slip]:
        """The codes that no document has, but for what is left out of them or copied wrongly."""
        end = 0
        for code in possible_codes(asked):
            if code.start < end:
                continue
            if self._index.postings(stem(code.whole)):
                end = code.end
            elif better := next((said for one, said in code.others if self._index.postings(stem(one))), None):
                end = code.end
                yield code.start, asked.text[code.start : code.end], better

    def _slips(self, leaf: Word | Phrase, query: str) -> Iterable[_Slip]:
        """The words of a leaf that no document has."""
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
