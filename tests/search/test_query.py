"""The query language: what each sign means, and what is said where one means nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook_search.query import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_TERMS,
    And,
    DateRange,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
    parse_query,
)

A, B, C, D = Word("a"), Word("b"), Word("c"), Word("d")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ('a "be noted"', And((A, Phrase("be noted")))),
        ("a OR b", Or((A, B))),
        ("a OR b OR c", Or((A, B, C))),
        ("a b OR c d", And((A, Or((B, C)), D))),
        ("(a b) OR c", Or((And((A, B)), C))),
        ("a or b", And((A, Word("or"), B))),
        ("a AND b", And((A, B))),
        ("a -b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("NOT NOT a", A),
        ("NOT -a", A),
        ("-(a OR b) c", And((Not(Or((A, B))), C))),
        ('-"a b"', Not(Phrase("a b"))),
        ("a OR -b", Or((A, Not(B)))),
        ("a - b", And((A, B))),
        ("a -- b", And((A, B))),
        ("-a*", Not(Prefix("a"))),
        ("plan*", Prefix("plan")),
        ("plan*, a", And((Prefix("plan"), A))),
        ("ach21-0*", Prefix("ach21-0")),
        ("ACH21-044", Word("ACH21-044")),
        ("a,b", And((A, B))),
        ("a OR b,c", Or((A, And((B, C))))),
        ("10:30", And((Word("10"), Word("30")))),
        ("https://example.org", And((Word("https"), Word("example.org")))),
        ("report(s) a", And((And((Word("report"), Word("s"))), A))),
        ("NOT(a b)", Not(And((A, B)))),
        ("“be noted” –a", And((Phrase("be noted"), Not(A)))),
        ("£312,000", Word("312,000")),
        ("((((a))))", A),
        ("a & b …", And((A, B))),
        ('a "" b', And((A, B))),
    ],
)
def test_a_query_means_this(query: str, tree: Node) -> None:
    parsed = parse_query(query)
    assert parsed.root == tree
    assert parsed.messages == ()


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("body:cabinet", Filter("body", "cabinet", 1)),
        ("a BODY:cabinet", And((A, Filter("body", "cabinet", 3)))),
        ('body:"Programme Board"', Filter("body", "Programme Board", 1)),
        ("project:harrow/projects/extra-care", Filter("project", "harrow/projects/extra-care", 1)),
        ("out:approved", Filter("outcome", "approved", 1)),
        ("-type:report", Not(Filter("type", "report", 2))),
        ("date:2019-11..2020-02", DateRange(date(2019, 11, 1), date(2020, 2, 29))),
        ("date:2019-11", DateRange(date(2019, 11, 1), date(2019, 11, 30))),
        ("date:none", DateRange(None, None, undated=True)),
        ("date:2019/20", DateRange(date(2019, 4, 1), date(2020, 3, 31))),
        ("date:2019/20..2020/21", DateRange(date(2019, 4, 1), date(2021, 3, 31))),
        ("date:..2020", DateRange(None, date(2020, 12, 31))),
        ("date:2020..", DateRange(date(2020, 1, 1), None)),
        ("date:2020-01/..", DateRange(date(2020, 1, 1), None)),
    ],
)
def test_a_filter_means_this(query: str, tree: Node) -> None:
    parsed = parse_query(query)
    assert parsed.root == tree
    assert parsed.messages == ()


@pytest.mark.parametrize(
    ("query", "tree", "message"),
    [
        ('the report "be noted', And((Word("the"), Word("report"), Word("be"), Word("noted"))),
         "unclosed quotation mark at column 12: searched without it"),
        ('a -"b c', And((A, Not(B), C)), "unclosed quotation mark at column 4: searched without it"),
        ("(a", A, "unclosed parenthesis at column 1: read as closed at the end"),
        ("a ((b (c", And((A, And((B, C)))), "3 unclosed parentheses, the first at column 3: read as closed at the end"),
        ("a)", A, "no parenthesis is open at column 2: searched without it"),
        ("OR a", A, "nothing stands before `OR` at column 1: searched without it"),
        ("a OR", A, "nothing follows `OR` at column 3: searched without it"),
        ("a NOT", A, "nothing follows `NOT` at column 3: searched without it"),
        ("a OR OR b", Or((A, B)), "nothing stands before `OR` at column 6: searched without it"),
        ("a AND b OR c", And((A, Or((B, C)))),
         "`OR` joins only what stands on its two sides, before `AND` does: use parentheses to say otherwise"),
        ("pl*n", And((Word("pl"), Word("n"))), "`*` stands within a word at column 1: searched as `pl n`"),
        ("boddy:x a", And((And((Word("boddy"), Word("x"))), A)),
         "no field `boddy` at column 1, searched as a word: did you mean `body`?"),
        ("a colour:x", And((A, And((Word("colour"), Word("x"))))),
         "no field `colour` at column 3, searched as a word: the fields are type, council, body, outcome, project, topic, date"),
        ("a body: b", And((A, B)), "no value after `body:` at column 3: searched without it"),
        ("date:2019-13 a", A, "no month 13 in a year at column 1: searched without it; a month is a number from 01 to 12"),
        ("date:soon a", A,
         "cannot read `soon` as a date at column 1: searched without it; write it as in `date:2019-11-05`, `date:2019-11` or `date:2019-11..2020-02`"),
        ("date:2020..2019", DateRange(date(2019, 1, 1), date(2020, 12, 31)),
         "`2020..2019` at column 1 runs backwards: searched from `2019` to `2020`"),
        ("!!!", None, "no word to search for"),
        ("", None, "no word to search for"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out_and_said(query: str, tree: Node | None, message: str) -> None:
    parsed = parse_query(query)
    assert parsed.root == tree
    assert list(map(str, parsed.messages)) == [message]


@pytest.mark.parametrize(
    "query", ["NOT date:soon b", "-date:soon b", "a OR date:soon b", "NOT () b", "a OR () b"]
)
def test_an_operator_never_takes_what_stands_behind_something_left_out(query: str) -> None:
    assert parse_query(query).root in (B, And((A, B)))


def test_two_thousand_parentheses_are_no_error() -> None:
    parsed = parse_query("(" * 2_000 + "a" + ")" * 2_000)
    assert any(
        f"more than {MAX_DEPTH} deep at column {MAX_DEPTH + 1}" in str(message) for message in parsed.messages
    )


def test_what_stands_too_deep_is_left_out_and_the_rest_is_searched() -> None:
    parsed = parse_query("a " + "(" * 30 + "b" + ")" * 30 + " c")
    assert parsed.root == And((A, C))
    assert len(parsed.messages) == 1


def test_an_operator_goes_with_what_stands_too_deep() -> None:
    parsed = parse_query("(" * MAX_DEPTH + "a OR (b) c" + ")" * MAX_DEPTH)
    assert parsed.root == And((A, C))


def test_as_deep_as_is_allowed_is_read() -> None:
    parsed = parse_query("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH)
    assert (parsed.root, parsed.messages) == (A, ())


def test_a_long_query_is_cut_between_words() -> None:
    parsed = parse_query("ab " * 20 + "x" * (MAX_LENGTH - 65) + " abcdefgh")
    assert isinstance(parsed.root, And)
    assert parsed.root.of[-1] == Word("x" * (MAX_LENGTH - 65))
    assert list(map(str, parsed.messages)) == [
        "the query is longer than 1,000 characters: what follows column 995 is left out"
    ]


def test_a_query_of_many_terms_is_cut() -> None:
    parsed = parse_query("a " * (MAX_TERMS + 5))
    assert isinstance(parsed.root, And)
    assert len(parsed.root.of) == MAX_TERMS
    assert list(map(str, parsed.messages)) == [
        "the query has more than 100 terms: what follows from column 201 is left out"
    ]


def test_the_leaves_that_are_wanted_are_those_under_no_not() -> None:
    leaves = parse_query('a (b OR "c d") -(e f) type:report').wanted()
    assert list(leaves) == [A, B, Phrase("c d"), Filter("type", "report", 23)]


SIGNS = st.sampled_from(
    [*'abc"()-*: ', " OR ", " NOT ", " AND ", "type:", "date:", "2019", "..", "“", "’", "–", "\u0301", "x\ud800", "ﬁ"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(SIGNS).map("".join)))
@settings(deadline=None)
def test_reading_never_fails_and_every_message_has_a_place(query: str) -> None:
    parsed = parse_query(query)
    for message in parsed.messages:
        assert str(message)
        assert 1 <= message.column <= max(1, len(query)) + 1
    assert parsed.root is not None or parsed.messages
    assert parse_query(query) == parsed


@given(st.lists(SIGNS, min_size=300).map("".join))
@settings(deadline=None)
def test_reading_a_long_query_never_fails(query: str) -> None:
    parse_query(query * 5)


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=5))
@settings(deadline=None)
def test_parentheses_around_the_whole_change_nothing(words: list[str]) -> None:
    query = " ".join(words)
    assert parse_query(f"({query})").root == parse_query(query).root
