"""What is settled by a number in two languages: both say the same number, and none of the order's is forgotten."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from minutebook_search import (
    documents,
    engine,
    evaluation,
    facets,
    fts5_engine,
    held_numbers,
    ranking,
    snippets,
    spelling,
    words,
)
from minutebook_search.query import codes, filters, limits
from minutebook_search.static import bundle, encoding, lexicon, pairs, records

_CONSTANT = re.compile(r"^(?:export )?const ([A-Z][A-Z_]*) = ([0-9][0-9.* ]*);", re.MULTILINE)
_SET = re.compile(r"^const ([A-Z][A-Z_]*) = new Set\(\[(.*)\]\);", re.MULTILINE)

# What the browser's module and the room of Python call the same number.
SAME: dict[str, tuple[ModuleType, dict[str, str]]] = {
    "ranking": (
        ranking,
        {
            "NAMED": "_NAMED", "KIND_SAID": "_KIND_SAID", "IN_A_ROW": "_IN_A_ROW", "LIKE_A_PHRASE": "_LIKE_A_PHRASE", "OWN": "_OWN",
            "SHARE": "_SHARE", "SIDES": "_SIDES", "HALF": "_HALF", "CITED": "_CITED", "OPEN": "_OPEN", "DIGITS_OF_YEAR": "_YEAR", "A_NAME": "_NAME",
        },
    ),
    "evaluation": (engine, {"MAX_EXPANSIONS": "MAX_EXPANSIONS"}),
    "lexicon": (lexicon, {"TOP_DOCUMENTS": "TOP"}),
    "columns": (facets, {"WIDEST": "_WIDEST"}),
    "files": (encoding, {"FORMAT": "FORMAT"}),
    "records": (records, {"SLOT_HEAD": "SLOT_HEAD"}),
    "pairs": (pairs, {"END_BYTES": "END_BYTES"}),
    "parser": (limits, {"MAX_LENGTH": "MAX_LENGTH", "MAX_TERMS": "MAX_TERMS", "MAX_DEPTH": "MAX_DEPTH"}),
    "scanner": (filters, {"SHORTEST_FIELD": "_SHORTEST"}),
    "held": (
        held_numbers,
        {
            "OFFERED": "_OFFERED", "LOOKED_AT": "_LOOKED_AT", "MOST_WORDS": "_MOST_WORDS", "FEW_RECORDS": "_FEW_DOCUMENTS", "DIGITS_BEFORE": "_YEAR",
            "FURTHEST": "_FURTHEST", "ROWS": "_ROWS", "VERIFIED": "_VERIFIED",
        },
    ),
    "meaning": (
        codes,
        {"FEWEST_TYPED": "_FEWEST_TYPED", "MOST_TOKENS": "_MOST_TOKENS", "WIDEST_GROUP": "_WIDEST", "YEAR": "_YEAR"},
    ),
    "snippets": (snippets, {"WIDTH": "WIDTH", "LEAD": "_LEAD", "NAME_WEIGHT": "_NAME", "A_SENTENCE": "_A_SENTENCE"}),
    "spelling": (spelling, {"SHORTEST_WORD": "_SHORTEST", "SHORT_WORD": "_SHORT", "FREQUENT": "_FREQUENT", "LONG_WORD": "_LONG"}),
    "words": (words, {"LONGEST_WORD": "LONGEST_WORD"}),
}  # fmt: skip


def source_of(module: str) -> str:
    """The text of a module of the browser."""
    return (bundle.FOLDER / f"{module}.js").read_text(encoding="utf-8")


def constants_of(module: str) -> dict[str, float]:
    """The numbers that a module of the browser gives a name; `2.2 * 1.1` is one of them."""
    found: dict[str, float] = {}
    for name, written in _CONSTANT.findall(source_of(module)):
        found[name] = 1.0
        for factor in written.split("*"):
            found[name] *= float(factor)
    return found


@pytest.mark.parametrize("module", SAME)
def test_both_languages_say_the_same_number(module: str) -> None:
    room, names = SAME[module]
    here = constants_of(module)
    assert {name: here[name] for name in names} == {name: getattr(room, of) for name, of in names.items()}


def test_no_number_of_the_order_is_said_in_one_language_alone() -> None:
    _, names = SAME["ranking"]
    assert set(constants_of("ranking")) == set(names)
    # The browser looks at as many as its server sends at once (`engine.looked`).
    in_python = {name for name, value in vars(ranking).items() if type(value) in (int, float)}
    assert in_python == {*names.values(), "_LOOKED_AT"}


def test_the_records_that_say_who_there_is_are_the_same() -> None:
    sets = {name: set(re.findall('"([a-z]+)"', inner)) for name, inner in _SET.findall(source_of("ranking"))}
    assert sets == {"WHO": ranking._WHO}


def test_words_weigh_the_same_in_every_engine() -> None:
    """BM25, and the most that a kind of record counts, by which the browser reads what it is told."""
    measures = [(evaluation._K1, evaluation._B), (fts5_engine._K1, fts5_engine._B), (lexicon.K1, lexicon.B)]
    assert len(set(measures)) == 1
    highest = (evaluation._K1 + 1) * max(ranking._KINDS.values())
    assert abs(lexicon.HIGHEST - highest) < 1e-9
    assert constants_of("lexicon")["HIGHEST_PART"] == pytest.approx(highest)
    assert constants_of("snippets")["COUNCIL"] == documents.COUNCIL
