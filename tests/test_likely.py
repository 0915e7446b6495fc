"""A date that a record calls probable, and by what day it is filed."""

from __future__ import annotations

import pytest

from minutebook.likely import likely
from minutebook.outputs.years import filed, year_of, years_of
from minutebook.when import When


@pytest.mark.parametrize(
    ("value", "written", "expected"),
    [
        ("2021-10/2022-03", "probably 23 November 2021", "2021-11-23"),
        ("../2022-03", "by the meeting of (probably) 23 November 2021", "2021-11-23"),
        ("2021/2022", "probably in May 2021", "2021-05"),
        ("2021/2022", "Probably 2022", "2022"),
        # Outside the bounds, or no such day: the words do not count.
        ("2021-10/2022-03", "probably 23 May 2021", None),
        ("2021-10/2022-03", "probably 31 November 2021", None),
        # Nothing is called probable, or the day is settled.
        ("2021-10/2022-03", "by the meeting", None),
        ("2021-10/2022-03", "by 23 November 2021", None),
        ("2021-11-23", "probably 23 November 2021", None),
    ],
)
def test_the_day_that_the_words_call_probable(value: str, written: str, expected: str | None) -> None:
    found = likely(When.parse(value, written))
    assert (found.value if found is not None else None) == expected


def test_a_probable_date_is_filed_and_counted_under_its_own_year_alone() -> None:
    probable = When.parse("2021-10/2022-03", "probably 23 November 2021")
    by_then = When.parse("../2022-03", "by the meeting of (probably) 23 November 2021")
    for one in (probable, by_then):
        assert year_of(one) == "2021"
        assert years_of(one) == ("2021",)
        assert filed(one)[0].isoformat() == "2021-11-23"


def test_a_date_that_may_lie_in_two_years_is_still_found_under_both() -> None:
    assert years_of(When.parse("2019-12-12/2020-01-07")) == ("2019", "2020")
