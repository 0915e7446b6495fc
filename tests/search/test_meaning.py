"""What a query means beside its words, how that is told, and what of a question is asked about."""

from __future__ import annotations

import pytest

from minutebook_search.query import (
    Alike,
    And,
    Node,
    Not,
    Or,
    Phrase,
    Synonyms,
    Word,
    explain,
    parse_query,
    widen,
)
from minutebook_search.query.questions import is_question

SYNONYMS = Synonyms(
    [
        ["BAU", "business as usual"],
        ["DToC", "DTOC", "delayed transfer of care", "delayed discharge"],
        ["ACH", "adult care and health"],
        ["care and health", "CH"],
    ]
)
BAU = Phrase("business as usual")


def words(text: str) -> And:
    """Several words, all of which must match."""
    return And(tuple(map(Word, text.split())))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("plan", Word("plan")),
        ("bau", Alike((Word("bau"), BAU))),
        ("closed to BAU", And((Word("closed"), Word("to"), Alike((Word("BAU"), BAU))))),
        ("to business as usual", And((Word("to"), Alike((words("business as usual"), Word("BAU")))))),
        ('"business as usual"', BAU),
        ("business as", words("business as")),
        ("-bau", Not(Alike((Word("bau"), BAU)))),
        ("plan OR bau", Or((Word("plan"), Alike((Word("bau"), BAU))))),
        ("dtoc", Alike((Word("dtoc"), Phrase("delayed transfer of care"), Phrase("delayed discharge")))),
        ("adult care and health", Alike((words("adult care and health"), Word("ACH")))),
        ("the care and health", And((Word("the"), Alike((words("care and health"), Word("CH")))))),
        ("ach", Alike((Word("ach"), Phrase("adult care and health")))),
        ("ACH 21-044", Alike((And((Word("ACH"), Word("21-044"))), Word("ach21044")))),
        ("ach 21 044", Alike((words("ach 21 044"), Word("ach21044")))),
        ("ach21 044 plan", And((Alike((words("ach21 044"), Word("ach21044"))), Word("plan")))),
        ("ACH21-044", Word("ACH21-044")),
        ("£1.263 million", Alike((words("1.263 million"), Word("1263000")))),
        ("5 members", words("5 members")),
        ("report(s) bau", And((Word("report"), Word("s"), Alike((Word("bau"), BAU))))),
    ],
)
def test_a_query_means_this_too(query: str, tree: Node) -> None:
    root = parse_query(query).root
    assert root is not None
    assert widen(root, SYNONYMS) == tree


def test_without_synonyms_words_mean_themselves() -> None:
    assert widen(words("business as usual"), Synonyms()) == words("business as usual")


def test_how_a_query_was_read_is_told_in_words() -> None:
    root = parse_query('bau (a OR pl*) -"b c" type:report date:2019-11 date:2020..').root
    assert root is not None
    assert explain(widen(root, SYNONYMS)) == (
        "all of these:",
        "  any of these, which mean the same:",
        "    the word `bau` in any form",
        '    the words "business as usual" in a row, as printed',
        "  any of these:",
        "    the word `a` in any form",
        "    a word that begins with `pl`",
        "  not:",
        '    the words "b c" in a row, as printed',
        "  the type is `report`",
        "  a date that can lie from 1 November 2019 to 30 November 2019",
        "  a date that can lie from 1 January 2020",
    )
    assert explain(None) == ("nothing to search for",)


@pytest.mark.parametrize(
    "query", ["who owns it", "Why was it closed", "the plan, was it noted?", "what is  "]
)
def test_these_are_questions(query: str) -> None:
    assert is_question(query)


@pytest.mark.parametrize("query", ["", "owner of extra care", "the who", "??? a", "type:report who"])
def test_these_are_none(query: str) -> None:
    assert not is_question(query)
