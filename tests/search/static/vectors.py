"""What Python says of words, dates and queries, as data: the browser's modules must say the same."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from minutebook.csv_tables import csv_table
from minutebook.when import When, WhenError
from minutebook_search import query as language
from minutebook_search.documents import SearchDocument, wholes_of
from minutebook_search.query.questions import QUESTION_WORDS
from minutebook_search.spelling import Speller, swapped
from minutebook_search.stemming import stem
from minutebook_search.words import compounds, key_of, tidy

SYNONYMS = [["BAU", "business as usual"], ["MPS", "market position statement", "market position statements"],
            ["saving", "reduction"], ["OSC", "overview and scrutiny committee"]]  # fmt: skip

# Signs that matter to the grammar, words in every shape, and what is typed by accident.
_PIECES = [
    "plan", "planning", "BAU", "business as usual", "ACH21-044", "ach21 044", "ACH 21 044", "£1.263m", "1.263 million",
    "ach-21-44", "ACH21-O44", "Ach 2", "o44", "7/007", "21O44", "Kch 21 44",
    "ach2144", "ACH.21.044", "ach 21.44", "Ach2l-O44", "Report No.", "ref", "Feb", "sept 2019",
    "£312,000", "council’s", "follow-up", "who owns", "the", '"be noted"', '"', "“extra care”", "(", ")", "-", "- ", "--",
    " ", " ", " ", " OR ", " AND ", " NOT ", "OR", "NOT(", "*", "comm*", "pl*n", "type:report", "body:", 'body:"programme board"',
    "out:approved", "t:x", "boddy:x", "date:", "date:2019-11..2020-02", "date:2019/20", "date:soon", "date:2020..2019", "date:none", "1.263",
    "topic:housing", "http://example.org", "10:30", "R&D", "report(s)", ",", ";", "…", "é", "ﬁ", "–", "’", "`", "\u00a0", "\u200b", "½",
]  # fmt: skip
_DATES = [
    "2019", "2019-11", "2019-11-05", "2019-02-29", "2020-02-29", "1900-02-29", "2000-02-29", "2019-13", "2019-00", "2019-11~",
    "2019?", "2019/20", "1999/00", "9999/00", "2019/21", "2019/20-Q1", "2019/20-Q4", "2019/20-Q5", "2019-12-12/2020-01-07",
    "2020-01/..", "../2018", "../..", "/2018", "2020/2019", "2019/2021", "[2019-03-27, 2019-04-10]", "[2019]", "[2019..2020]",
    "[2019..]", "[2019/20, 2020/21]", "201X", "20XX", "2019-XX", "2019-XX-05", "2019-11-XX", "2020-21", "2011-12", "2019-24", "2019-37",
    "0000", "0001", "9999", "early 2019", "", "2019-1", "05-11-2019", " 2019 ", "2019 - 11", "[2020, 2019]",
]  # fmt: skip
_SUFFIXES = [
    "s",
    "es",
    "ed",
    "ing",
    "ly",
    "edly",
    "ingly",
    "ness",
    "ful",
    "fulness",
    "ational",
    "ization",
    "izer",
    "ator",
    "ation",
    "iveness",
    "ousness",
    "biliti",
    "abli",
    "alli",
    "ogi",
    "ogist",
    "ative",
    "icate",
    "iciti",
    "ical",
    "alize",
    "ement",
    "ment",
    "ent",
    "ence",
    "er",
    "ive",
    "able",
    "ism",
    "ous",
    "ied",
    "ies",
    "eed",
    "eedly",
    "y",
    "e",
    "l",
    "ll",
    "sses",
    "us",
    "ss",
]
_BEGINNINGS = [
    "plan",
    "commun",
    "gener",
    "arsen",
    "polit",
    "hope",
    "happi",
    "fly",
    "sky",
    "enjoy",
    "y",
    "yes",
    "use",
    "agre",
    "feed",
    "succeed",
    "run",
    "fall",
    "bliss",
    "cri",
    "ti",
    "di",
    "oper",
    "argument",
    "vital",
    "sens",
    "depend",
    "valenc",
    "hesit",
    "radic",
    "differ",
    "vil",
    "analog",
    "abl",
    "comput",
    "ion",
    "pass",
    "logi",
    "li",
    "easi",
]


def words_of(documents: Iterable[SearchDocument]) -> set[str]:
    """Return every word of some documents, in the two forms that are stemmed or shown."""
    return {
        form
        for document in documents
        for passage in document.passages
        for compound in compounds(passage.text)
        for token in compound
        for form in (token.printed, token.base)
    }


def cells(seed: int, many: int) -> Iterator[str]:
    """Yield what somebody may write into a record so that a spreadsheet runs it, and what looks like it."""
    draw = random.Random(seed)
    signs = "=+-@|%\uff1d\uff0b\uff0d\uff20"
    white = "\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000\ufeff"
    rest = [
        *signs,
        *white,
        '"',
        "'",
        ",",
        ";",
        "a",
        "1",
        "\x00",
        "\u200b",
        "\u2212",
        "HYPERLINK(",
        "cmd|' /C calc'!A0",
    ]
    yield from (
        "",
        *signs,
        *(f"{one}1" for one in signs),
        *(f"{blank}{one}1" for blank in white for one in signs),
    )
    for _ in range(many):
        yield "".join(draw.choice(rest) for _ in range(draw.randrange(1, 7)))


def made_up_words(seed: int, many: int) -> Iterator[str]:
    """Yield words that go through every step of a stemmer: beginnings with suffixes, and letters at random."""
    draw = random.Random(seed)
    for beginning in _BEGINNINGS:
        for first in _SUFFIXES:
            for second in ("", "s", "ly", "ed", "ing", "ness"):
                yield beginning + first + second
    for _ in range(many):
        letters = "".join(draw.choice("aeiouyszltnrdbgmhw") for _ in range(draw.randrange(1, 10)))
        yield letters + draw.choice(["", *_SUFFIXES])


def texts(seed: int, many: int) -> Iterator[str]:
    """Yield texts of signs that words are made of, and of those that part them."""
    draw = random.Random(seed)
    signs = [chr(code) for code in (*range(32, 0x250), *range(0x370, 0x400), 0x2018, 0x2019, 0x2013, 0xAD, 0x200B,
                                    0x85, 0xFEFF, 0x2028, 0x1F600, 0xFB01, 0x1D400)]  # fmt: skip
    for _ in range(many):
        yield "".join(draw.choice(signs) for _ in range(draw.randrange(1, 14)))
        yield " ".join(draw.choice(_PIECES) for _ in range(draw.randrange(1, 6)))


def queries(seed: int, many: int) -> Iterator[str]:
    """Yield queries: some that mean something, and many that nobody means."""
    draw = random.Random(seed)
    yield from (f"date:{value}" for value in _DATES if " " not in value)
    yield from ("(" * 30 + "b" + ")" * 30, "a " * 105, "ab " * 20 + "x" * 935 + " abcdefgh", "")
    for _ in range(many):
        joint = draw.choice(["", " "])
        yield joint.join(draw.choice(_PIECES) for _ in range(draw.randrange(1, 8)))


def make(documents: Iterable[SearchDocument], seed: int = 11, many: int = 2_000) -> dict[str, Any]:
    """Return everything that the node tests compare with."""
    held = list(documents)
    found_texts = [passage.text for document in held for passage in document.passages]
    vocabulary = words_of(held) | set(made_up_words(seed, many * 10))
    synonyms = language.Synonyms(SYNONYMS)
    return {
        "synonyms": SYNONYMS,
        "questionWords": sorted(QUESTION_WORDS),
        "stems": [[word, stem(word)] for word in sorted(vocabulary)],
        "texts": [_text(one) for one in (*found_texts, *texts(seed, many))],
        "dates": [[value, _days(value)] for value in _DATES],
        "queries": [_query(one, synonyms) for one in queries(seed, many)],
        "typos": _typos(held, seed),
        "cells": [[one, _cell(one)] for one in cells(seed, many)],
    }


def _cell(text: str) -> str:
    """A cell as Python writes it, of a text on one line: what a search finds may have stood on several."""
    line = re.sub("[\\s\ufeff]+", " ", text)
    return csv_table(("a", "b"), [(line, "x")]).removeprefix("a,b\r\n").removesuffix(",x\r\n")


def _text(text: str) -> list[Any]:
    found = list(compounds(text))
    forms = [[[token.printed, token.base] for token in compound] for compound in found]
    return [text, forms, list(wholes_of(text, found)), tidy(text), key_of(text)]


def _days(value: str) -> list[int | None] | None:
    try:
        when = When.parse(value)
    except WhenError:
        return None
    return [_day(when.earliest), _day(when.latest)]


def _day(day: date | None) -> int | None:
    return day.toordinal() if day is not None else None


def _query(query: str, synonyms: language.Synonyms) -> dict[str, Any]:
    parsed = language.parse_query(query)
    widened = language.widen(parsed.root, synonyms) if parsed.root is not None else None
    return {
        "query": query,
        "tree": tree(parsed.root),
        "widened": tree(widened),
        "codes": [[code.whole, code.others] for code in language.possible_codes(parsed)],
        "messages": [str(message) for message in parsed.messages],
        "columns": [message.column for message in parsed.messages],
    }


def tree(node: language.Node | None) -> Any:
    """Return a tree as the browser writes it."""
    match node:
        case None:
            return None
        case language.Word() | language.Prefix() | language.Phrase():
            return {"kind": type(node).__name__.lower(), "text": node.text, "column": node.column}
        case language.Filter():
            return {"kind": "filter", "field": node.field, "value": node.value, "column": node.column}
        case language.DateRange():
            days = {"kind": "dates", "first": _day(node.first), "last": _day(node.last)}
            return {**days, "undated": True} if node.undated else days
        case language.Not():
            return {"kind": "not", "of": tree(node.of)}
        case language.And() | language.Or() | language.Alike():
            return {"kind": type(node).__name__.lower(), "of": [tree(one) for one in node.of]}


def _typos(documents: Iterable[SearchDocument], seed: int) -> dict[str, Any]:
    """A vocabulary, and for words with slips in them which word of it is meant."""
    draw = random.Random(seed)
    counted: dict[str, int] = {}
    for number, word in enumerate(sorted(words_of(documents))):
        counted[word] = number % 7 + 1
    speller, words = Speller(counted), [word for word in counted if word.isalpha()]
    asked = [_slip(draw, draw.choice(words)) for _ in range(300)]
    asked += [turned for word in words if len(word) == 4 for turned in swapped(word)]
    return {
        "vocabulary": list(counted.items()),
        "corrected": [[word, speller.correct(word)] for word in asked],
    }


def _slip(draw: random.Random, word: str) -> str:
    for _ in range(draw.choice([1, 1, 2])):
        at = draw.randrange(len(word) + 1)
        letter = draw.choice("aeiostrn")
        word = draw.choice([word[:at] + letter + word[at:], word[:at] + word[at + 1 :], word[:at] + letter + word[at + 1 :],
                            word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]]) or word  # fmt: skip
    return word
