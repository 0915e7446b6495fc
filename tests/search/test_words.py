"""Words: what one is, in which spellings it is the same, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook_search.words import LONGEST_WORD, compounds, joined, key_of, plain_signs, tidy, words


def printed(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [word.printed for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RESOLVED: That the report be noted.", ["resolved", "that", "the", "report", "be", "noted"]),
        ("Café, naïve", ["cafe", "naive"]),
        ("ACH21-044", ["ach21", "044"]),
        ("the council’s plan; the council's plan", ["the", "councils", "plan", "the", "councils", "plan"]),
        ("'noted'", ["noted"]),
        ("£312,000 or £5.5m, 7.1%", ["312000", "or", "5.5m", "7.1"]),
        ("1,2,3 and 2019,2020", ["1", "2", "3", "and", "2019", "2020"]),
        ("at 10:30 on 5.11.2019.", ["at", "10", "30", "on", "5.11.2019"]),
        ("ﬁnance ½ m²", ["finance", "1⁄2", "m2"]),
        ("— & … 🏠", []),
        ("漢字", ["漢字"]),
    ],
)
def test_a_text_has_these_words(text: str, expected: list[str]) -> None:
    assert printed(text) == expected


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("ACH21-044", "ach21044"),
        ("follow‑up", "followup"),
        ("2019/20", "201920"),
        ("R&D", "rd"),
        ("U.K.", "uk"),
    ],
)
def test_words_that_are_tied_together_are_also_one(text: str, whole: str) -> None:
    (compound,) = compounds(text)
    assert len(compound) == 2
    assert joined(compound) == whole


def test_a_dash_between_spaces_ties_nothing() -> None:
    assert [len(compound) for compound in compounds("Resilient Harrow - the programme – split")] == [1] * 5


def test_the_base_of_a_word_leaves_out_the_s_of_possession() -> None:
    (word,) = words("Council’s")
    assert (word.printed, word.base) == ("councils", "council")


def test_a_name_is_compared_by_its_words() -> None:
    assert key_of("asc-improvement-board") == key_of("ASC  Improvement Board ") == "asc improvement board"


def test_tidying_leaves_nothing_that_is_not_seen() -> None:
    assert (
        tidy("deci\u00adsion\u200b  on\u00a0the\n\x1b[31mplan e\u0301") == "decision on the [31mplan \u00e9"
    )


@given(st.text())
@settings(deadline=None)
def test_each_word_stands_where_it_says(text: str) -> None:
    """The place of a word in the text is where its letters are, whatever the text."""
    tidied = tidy(text)
    end = 0
    for word in words(tidied):
        assert end <= word.start < word.end <= len(tidied)
        assert [one.printed for one in words(tidied[word.start : word.end])] == [word.printed]
        assert 0 < len(word.printed) <= LONGEST_WORD
        end = word.end


@given(st.text())
@settings(deadline=None)
def test_case_and_kind_of_quotation_mark_change_no_word(text: str) -> None:
    tidied = tidy(text)
    assert printed(plain_signs(tidied)) == printed(tidied)
    if tidied.isascii():
        assert printed(tidied.upper()) == printed(tidied)
