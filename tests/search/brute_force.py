"""A reader of queries that asks every document in turn: what each engine must find, and no more.

It shares with the engines what a word is (`words`, `documents.wholes_of`, the stemmer) and how a query
is read (`query`), and nothing of how it is answered.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from minutebook_search.documents import SearchDocument, wholes_of
from minutebook_search.query import (
    Alike,
    And,
    DateRange,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Synonyms,
    Word,
    parse_query,
    possible_codes,
    widen,
)
from minutebook_search.query.questions import QUESTION_WORDS, asks_who_holds, is_question
from minutebook_search.stemming import stem
from minutebook_search.words import Compound, compounds, joined, key_of, words

EXPANSIONS = 200


@dataclass(frozen=True)
class _Read:
    """A document as it is read: the words of each passage, the words joined, the stems of all."""

    document: SearchDocument
    passages: tuple[tuple[str, ...], ...]
    wholes: frozenset[str]
    stems: frozenset[str]
    words: frozenset[str]

    @cached_property
    def printed(self) -> frozenset[str]:
        """The printed words, those joined too."""
        return self.words | self.wholes


class Reader:
    """Reads documents once, and answers queries by asking each of them."""

    def __init__(self, documents: Iterable[SearchDocument], synonyms: Synonyms | None = None) -> None:
        self._read = [_read(document) for document in documents]
        self._synonyms = synonyms or Synonyms()
        self._names = {one.document.id: one.document.names for one in self._read}
        self._vocabulary: dict[str, int] = {}
        for one in self._read:
            for word in one.printed:
                self._vocabulary[word] = self._vocabulary.get(word, 0) + 1
        self._sorted = sorted(self._vocabulary)
        self._prefixes: dict[str, list[str]] = {}
        self._stems = {one for read in self._read for one in read.stems}

    def search(self, node: Node | None) -> set[str]:
        """Return the ids of the documents that match a tree, as it stands."""
        return {str(one.document.id) for one in self._read if node is not None and self._matches(node, one)}

    def answer(self, query: str) -> set[str]:
        """Return the ids that a query is answered with: corrected, widened and, where nothing is found, relaxed."""
        corrected = self._corrected(query)
        root = parse_query(corrected).root
        if root is None:
            return set()
        tree = widen(root, self._synonyms)
        if not isinstance(tree, And):
            return self.search(tree)
        # A filter, and several of one field joined by OR, are never given up; nor is a phrase or a NOT.
        loose = [one for one in tree.of if isinstance(one, Word | Prefix | Alike) or _is_loose_or(one)]
        firm = [one for one in tree.of if one not in loose]
        of_a_day = asks_who_holds(corrected)
        subject = [
            one for one in loose if not _is_little(one) and not (of_a_day and _is_of_a_day(one))
        ] or loose
        if is_question(corrected) and 1 < len(subject) < len(loose):
            return self._in_part(firm, subject)
        if (found := self.search(tree)) or len(loose) < 2:
            return found
        if len(subject) < len(loose) and (found := self.search(And((*firm, *subject)))):
            return found
        return self._in_part(firm, subject) if len(subject) > 1 else set()

    # -- a query that finds nothing -------------------------------------------------------------

    def _in_part(self, firm: Sequence[Node], subject: Sequence[Node]) -> set[str]:
        """The ids of the documents that have at least two thirds of as many words as any has."""
        sizes = [
            len(node.of[0].of) if isinstance(node, Alike) and isinstance(node.of[0], And) else 1
            for node in subject
        ]
        counts = {
            str(one.document.id): sum(
                size for node, size in zip(subject, sizes, strict=True) if self._matches(node, one)
            )
            for one in self._read
            if all(self._matches(node, one) for node in firm)
        }
        most = max(counts.values(), default=0)
        return {name for name, count in counts.items() if most and count * 3 >= most * 2}

    def _corrected(self, query: str) -> str:
        """The query with each unknown word as the nearest of the vocabulary; from its end, so that places stay."""
        query = self._numbered(query)
        places: dict[int, tuple[str, str]] = {}
        for leaf in parse_query(query).wanted():
            if not isinstance(leaf, Word | Phrase):
                continue
            start = leaf.column - (isinstance(leaf, Word))
            for compound in compounds(leaf.text):
                if isinstance(leaf, Word) and self._knows(stem(joined(compound))) and len(compound) > 1:
                    continue
                for token in compound:
                    if isinstance(leaf, Phrase):
                        known = token.printed in self._vocabulary
                    else:
                        known = self._knows(stem(token.base)) or bool(self._synonyms.of((token.printed,)))
                        known = known or token.printed in QUESTION_WORDS
                    better = None if known else self._nearest(token.printed)
                    if better is not None:
                        places[start + token.start] = (leaf.text[token.start : token.end], better)
        for at in sorted(places, reverse=True):
            word, better = places[at]
            query = query[:at] + better + query[at + len(word) :]
        return query

    def _numbered(self, query: str) -> str:
        """The query with each code that is not known as the known one that differs by zeros alone, an O being one."""
        done, better = 0, []
        for code in possible_codes(parse_query(query)):
            known = [said for one, said in code.others if self._knows(stem(one))]
            if code.start >= done and (known or self._knows(stem(code.whole))):
                done = code.end
                if not self._knows(stem(code.whole)):
                    better.append((code.start, code.end, known[0]))
        for start, end, said in reversed(better):
            query = query[:start] + said + query[end:]
        return query

    def _knows(self, stemmed: str) -> bool:
        return stemmed in self._stems

    def _nearest(self, word: str) -> str | None:
        if len(word) < 5 or not word.isalpha():
            return None
        allowed = 2 if len(word) >= 8 else 1
        ranked = [
            (slips, other[0] != word[0], -count, other)
            for other, count in self._vocabulary.items()
            if other.isalpha()
            and abs(len(other) - len(word)) <= allowed
            and (slips := _distance(word, other)) <= allowed
        ]
        return min(ranked)[3] if ranked else None

    # -- one document ---------------------------------------------------------------------------

    def _matches(self, node: Node, one: _Read) -> bool:
        match node:
            case Not():
                return not self._matches(node.of, one)
            case And():
                return all(self._matches(each, one) for each in node.of)
            case Or() | Alike():
                return any(self._matches(each, one) for each in node.of)
            case Filter():
                return key_of(node.value) in {key_of(name) for name in self._values(node.field, one.document)}
            case DateRange():
                first, last = one.document.first, one.document.last
                if first is None or last is None or node.undated:
                    return node.undated and first is None
                return not (node.last is not None and first > node.last) and not (
                    node.first is not None and last < node.first
                )
            case Phrase():
                row = _printed_of(node.text)
                return _has_row(row, one) or (len(row) == 1 and row[0] in one.wholes)
            case Prefix():
                return not one.printed.isdisjoint(self._begun(node.text))
            case Word():
                return all(_has_word(compound, one) for compound in _compounds_of(node.text))

    def _begun(self, text: str) -> list[str]:
        if (known := self._prefixes.get(text)) is None:
            letters = "".join(word.printed for word in words(text))
            known = [word for word in self._sorted if word.startswith(letters)][:EXPANSIONS]
            self._prefixes[text] = known
        return known

    def _values(self, field: str, document: SearchDocument) -> set[str]:
        """Every name of the values a document has in a field."""
        by_field: dict[str, set[str | None]] = {
            "type": {document.type, document.id.folder},
            "council": {document.council},
            "body": {document.body},
            "outcome": {document.outcome},
            "project": set(document.projects),
            "topic": set(document.topics),
        }
        values = {value for value in by_field[field] if value is not None}
        names = set(values)
        if field == "type":
            # A folder is a name of its type: whoever has the type may be asked for by it.
            names |= {o.document.id.folder for o in self._read if o.document.type == document.type}
        if field in ("body", "project"):
            names |= {name for value in values for name in (value.split("/", 1)[1], value.split("/")[2])}
            names |= {name for value in values for name in self._names.get(value, ())}  # type: ignore[call-overload]
        if field == "council":
            for other, called in self._names.items():
                if other.split("/")[:2] == [document.council, "council"]:
                    names |= set(called)
        return names


def search(node: Node | None, documents: Iterable[SearchDocument]) -> set[str]:
    """Return the ids of the documents that a tree matches, as it stands."""
    return Reader(documents).search(node)


def _read(document: SearchDocument) -> _Read:
    read = [list(compounds(passage.text)) for passage in document.passages]
    wholes = {
        whole
        for passage, found in zip(document.passages, read, strict=True)
        for whole in wholes_of(passage.text, found)
    }
    tokens = [[token for compound in found for token in compound] for found in read]
    return _Read(
        document,
        tuple(tuple(token.printed for token in passage) for passage in tokens),
        frozenset(wholes),
        frozenset({stem(token.base) for passage in tokens for token in passage} | set(map(stem, wholes))),
        frozenset(token.printed for passage in tokens for token in passage),
    )


@cache
def _printed_of(text: str) -> tuple[str, ...]:
    return tuple(word.printed for word in words(text))


@cache
def _compounds_of(text: str) -> tuple[Compound, ...]:
    return tuple(compounds(text))


def _has_word(wanted: Compound, one: _Read) -> bool:
    whole = joined(wanted) if len(wanted) > 1 else wanted[0].base
    if stem(whole) in one.stems:
        return True
    return len(wanted) > 1 and _has_row(tuple(word.printed for word in wanted), one)


def _has_row(row: Sequence[str], one: _Read) -> bool:
    if not one.words.issuperset(row):
        return False
    return any(
        passage[at : at + len(row)] == row
        for passage in one.passages
        for at in range(len(passage) - len(row) + 1)
    )


_OF_A_DAY = {"body", "sept"} | {name.lower() for names in (month_name, month_abbr) for name in names if name}


def _is_little(node: Node) -> bool:
    return isinstance(node, Word) and all(word.printed in QUESTION_WORDS for word in words(node.text))


def _is_loose_or(node: Node) -> bool:
    """An OR that is no filter: one whose sides do not all narrow by one and the same field."""
    return isinstance(node, Or) and (len(_fields(node)) > 1 or None in _fields(node))


def _fields(node: Node) -> set[str | None]:
    match node:
        case Filter():
            return {node.field}
        case DateRange():
            return {"date"}
        case Or():
            return set().union(*map(_fields, node.of))
        case _:
            return {None}


def _distance(word: str, other: str) -> int:
    """Optimal string alignment, by the book."""
    table = [[0] * (len(other) + 1) for _ in range(len(word) + 1)]
    for row in range(len(word) + 1):
        for column in range(len(other) + 1):
            if not row or not column:
                table[row][column] = row + column
                continue
            cost = word[row - 1] != other[column - 1]
            best = min(
                table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + cost
            )
            if (
                row > 1
                and column > 1
                and word[row - 1] == other[column - 2]
                and word[row - 2] == other[column - 1]
            ):
                best = min(best, table[row - 2][column - 2] + 1)
            table[row][column] = best
    return table[len(word)][len(other)]


def _is_of_a_day(node: Node) -> bool:
    """A number of a date or the name of a month, in `who held it on 1 May 2020`; and `body`, in `which body held it`."""
    said = node.of[0] if isinstance(node, Alike) else node
    if not isinstance(said, Word):
        return False
    read = [word.printed for word in words(said.text)]
    return all(
        re.fullmatch("[0-9]{1,4}(st|nd|rd|th)?", one) or one in _OF_A_DAY | QUESTION_WORDS for one in read
    )
