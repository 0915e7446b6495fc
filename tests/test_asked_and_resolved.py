"""What was asked against what was resolved, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.asked_and_resolved import (
    Mark,
    acts_asked,
    compare_with_resolutions,
    compare_words,
    not_resolved,
    pair_recommendations,
)
from minutebook.records.report import Recommendation, Report
from minutebook.records.resolution import Clause, Effect
from tests.helpers import NOTED, knowledge_base


def test_the_words_that_differ_are_told_from_those_that_do_not() -> None:
    kb = knowledge_base(NOTED)
    (comparison,) = compare_with_resolutions(kb, kb.of(Report)[0])
    (pair,) = comparison.pairs
    assert [(one.mark, one.words) for one in pair.runs] == [
        (Mark.ASKED, "Members are asked to note and comment on"),
        (Mark.RESOLVED, "That"),
        (Mark.SAME, "the progress and the Plans"),
        (Mark.RESOLVED, "be noted."),
    ]
    assert not pair.is_word_for_word


def test_what_was_asked_and_not_resolved_is_named() -> None:
    kb = knowledge_base(NOTED)
    comparisons = compare_with_resolutions(kb, kb.of(Report)[0])
    assert [act for _, act in not_resolved(comparisons)] == ["comment"]


def test_a_report_that_no_item_considered_has_nothing_beside_it() -> None:
    kb = knowledge_base("reports/r: {recommendations: [{wording: To note.}]}")
    assert compare_with_resolutions(kb, kb.of(Report)[0]) == ()


@pytest.mark.parametrize(
    ("wording", "acts"),
    [
        ("Members are asked to note and comment on the plan to approve it.", ("note", "comment")),
        ("That Cabinet approve the budget and delegate it", ("approve",)),
        ("To note, comment and agree", ("note", "comment", "agree")),
        ("The plan", ()),
    ],
)
def test_the_acts_asked_for_are_those_before_what_they_are_about(wording: str, acts: tuple[str, ...]) -> None:
    assert acts_asked(wording) == acts


def _asked(*texts: str) -> list[Recommendation]:
    return [
        Recommendation(number=text.partition("|")[0] or None, wording=text.partition("|")[2])
        for text in texts
    ]


def _clauses(*texts: str) -> list[Clause]:
    return [
        Clause(number=text.partition("|")[0] or None, wording=text.partition("|")[2], effect=Effect.AGREED)
        for text in texts
    ]


def test_numbers_pair_first_then_likeness_and_what_is_left_stands_alone() -> None:
    asked = _asked("2|To close the quay", "|To paint the hall blue in May", "|To thank nobody")
    clauses = _clauses(
        "|That the hall be painted blue in May", "(2)|That the quay stay open", "|That a ferry be bought"
    )
    pairs = pair_recommendations(asked, clauses)
    told = [(p.asked.wording if p.asked else None, p.clause.wording if p.clause else None) for p in pairs]
    assert told == [
        ("To close the quay", "That the quay stay open"),
        ("To paint the hall blue in May", "That the hall be painted blue in May"),
        ("To thank nobody", None),
        (None, "That a ferry be bought"),
    ]


def test_case_and_punctuation_are_no_difference() -> None:
    assert [one.mark for one in compare_words("The Plans, for the future.", "the plans for the future")] == [
        Mark.SAME
    ]


_WORDS = st.lists(st.sampled_from(["a", "b", "c", "d"]))


@given(_WORDS, _WORDS)
def test_both_texts_can_be_read_back_from_the_comparison(asked: list[str], resolved: list[str]) -> None:
    found = compare_words(" ".join(asked), " ".join(resolved))
    for mark, words in ((Mark.ASKED, asked), (Mark.RESOLVED, resolved)):
        assert " ".join(one.words for one in found if one.mark in (Mark.SAME, mark)).split() == words
