"""What a query means beside its words, how that is told, and what of a question is asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    possible_codes,
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


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("ach-21-44", "ACH21-044"),
        ("ACH 21 44", "ACH21-044"),
        ("ACH21-O44", "ACH21-044"),
        ("ach21o44", "ACH21044"),
        ("ACH21/0044", "ACH21-044"),
        ("report ach 21 44 noted", "ACH21-044"),
        ('"ACH21-44"', "ACH21-044"),
        ("ach2144", "ACH21-044"),
        ("report ACH 2144", "ACH21-044"),
        ("ach-2144", "ACH21-044"),
        ("ach2l-O44", "ACH21-044"),
        ("ACH2I044", "ACH21044"),
        ("ACH.21.044", "ACH21-044"),
        ("ach21.44", "ACH21-044"),
        ("ach 21.044", "ACH21-044"),
    ],
)
def test_a_code_is_read_with_what_is_left_out_or_copied_wrongly(query: str, said: str) -> None:
    found = [
        dict(one.others)["ach21044"]
        for one in possible_codes(parse_query(query))
        if "ach21044" in dict(one.others)
    ]
    assert found == [said]


def test_a_code_without_signs_is_cut_after_the_year_before_elsewhere() -> None:
    """Of what takes the fewest zeros the year of two figures comes first: 21-044 before 2-0144 and 210-44."""
    (code,) = possible_codes(parse_query("ach2144"))
    assert [one for one, _ in code.others[:3]] == ["ach21044", "ach02144", "ach20144"]
    assert len(dict(code.others)) == len(code.others)


@pytest.mark.parametrize(
    "query",
    [
        "ach 2",
        "2019 2020",
        "committee 2019",
        "ACH -21-44",
        "ACH OR 21-44",
        "ACH (21 44)",
        "type:ach 21 44",
        "\ufb01sh 21 44",
    ],
)
def test_what_is_not_typed_as_one_code_is_none(query: str) -> None:
    assert [
        one.whole
        for one in possible_codes(parse_query(query))
        if len(one.whole) > 4 and one.whole.endswith("2144")
    ] == []


@given(
    letters=st.from_regex(r"[a-z]{2,6}", fullmatch=True),
    groups=st.lists(st.from_regex(r"0{0,2}[0-9]{1,4}", fullmatch=True), min_size=2, max_size=3),
)
def test_what_a_code_may_mean_differs_by_zeros_at_the_beginning_of_a_group(
    letters: str, groups: list[str]
) -> None:
    typed = "-".join([letters, *groups])
    values = [int(group) for group in groups]
    for code in possible_codes(parse_query(typed)):
        if code.end == len(typed) and code.start == 0:
            for whole, said in code.others:
                assert said.startswith(letters.upper())
                assert [int(part) for part in said.removeprefix(letters.upper()).split("-")] == values
                assert whole == said.replace("-", "").lower()
                assert whole != code.whole
