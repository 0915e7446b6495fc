"""Typos: which word is nearest, and which words are let be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook_search.spelling import Speller
from tests.search.brute_force import _distance

VOCABULARY = {
    "planning": 5, "programme": 9, "programmes": 2, "commissioning": 3, "committee": 9, "social": 4, "special": 4, "board": 1, "boards": 7,
    "bored": 1, "hoard": 9, "044": 3, "ach21044": 1, "council": 2, "councils": 2,
}  # fmt: skip
SPELLER = Speller(VOCABULARY)


@pytest.mark.parametrize(
    ("word", "better"),
    [
        ("programm", "programme"),
        ("comissioning", "commissioning"),
        ("commisionning", "commissioning"),
        ("comittee", "committee"),
        ("socail", "social"),
        ("boadr", "board"),
        ("boarb", "board"),
        ("xoard", "hoard"),
        ("councli", "council"),
        ("plannnniing", None),
        ("soci", None),
        ("ach21045", None),
        ("qwertyuiop", None),
    ],
)
def test_the_nearest_word_is_this(word: str, better: str | None) -> None:
    assert SPELLER.correct(word) == better


@pytest.mark.parametrize(
    ("word", "better"),
    [
        ("caer", "care"),
        ("acre", "care"),
        ("crae", "care"),
        ("coer", None),  # another letter
        ("car", None),
        ("ntoe", None),  # too few records have `note`
        ("form", None),  # `from`, and `fomr` too
        ("ca44", None),
    ],
)
def test_of_four_letters_two_are_turned_round_where_one_frequent_word_comes_of_it(
    word: str, better: str | None
) -> None:
    assert Speller({"care": 3, "note": 2, "from": 9, "fomr": 4, "ca4": 5}).correct(word) == better


@given(
    st.text("abcd", min_size=5, max_size=10),
    st.dictionaries(st.text("abcd", min_size=3, max_size=11), st.integers(1, 3), max_size=30),
)
@settings(max_examples=300, deadline=None)
def test_it_is_the_nearest_by_the_book(word: str, vocabulary: dict[str, int]) -> None:
    vocabulary.pop(word, None)
    most = 2 if len(word) >= 8 else 1
    near = [
        (_distance(word, other), other[0] != word[0], -count, other)
        for other, count in vocabulary.items()
        if _distance(word, other) <= most
    ]
    assert Speller(vocabulary).correct(word) == (min(near)[3] if near else None)
