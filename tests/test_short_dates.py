"""Dates in few words, for lists."""

from __future__ import annotations

import pytest

from minutebook.short_dates import in_short
from minutebook.when import When


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("[2019-03-27, 2019-04-02, 2019-04-10, 2019-04-24]", "one of four days in March and April 2019"),
        ("[2019-12-30, 2020-01-02, 2020-01-09]", "one of three days in December 2019 and January 2020"),
        ("[2019-05-01, 2019-05-08, 2019-05-15]", "one of three days in May 2019"),
    ],
)
def test_three_days_or_more_are_counted_in_their_months(value: str, said: str) -> None:
    assert in_short(When.parse(value)) == said


@pytest.mark.parametrize(
    ("number", "word"),
    [(3, "three"), (4, "four"), (5, "five"), (6, "six"), (7, "seven"), (8, "eight"), (9, "nine")],
)
def test_days_are_counted_in_words(number: int, word: str) -> None:
    """More than nine do not fit into a value, which has 100 characters at most."""
    days = ",".join(f"2019-05-{2 * day:02}" for day in range(1, number + 1))
    assert in_short(When.parse(f"[{days}]")) == f"one of {word} days in May 2019"


@pytest.mark.parametrize("value", ["[2019-03-27, 2019-04-10]", "2020-01-07", "2020-01", "../2019", "2019/20"])
def test_other_dates_are_told_as_ever(value: str) -> None:
    assert in_short(When.parse(value)) == When.parse(value).display()


def test_the_words_of_the_source_are_kept() -> None:
    assert in_short(When.parse("[2019-03-27, 2019-04-02, 2019-04-10]", "in spring 2019")) == "in spring 2019"
