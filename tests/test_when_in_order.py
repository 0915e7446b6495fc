"""The order of dates of which an end may be open: the end that is known stands for both."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from minutebook.when import When, in_order
from tests.drawn_dates import values
from tests.helpers import UNTIMED


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019-11", date(2019, 11, 1), date(2019, 11, 30)),
        ("2020-01/..", date(2020, 1, 1), date(2020, 1, 1)),
        ("../2019-12-12", date(2019, 12, 12), date(2019, 12, 12)),
        ("[2019-03-27, 2019-04-10]", date(2019, 3, 27), date(2019, 4, 10)),
    ],
)
def test_an_open_end_is_the_other(value: str, first: date, last: date) -> None:
    """A date that is open at one end is known by the other."""
    when = When.parse(value)

    assert (when.first_known, when.last_known) == (first, last)


@UNTIMED
@given(values())
def test_every_date_names_a_first_and_a_last_day(value: str) -> None:
    """Whatever can be read has one end at least, and its known days are in order."""
    when = When.parse(value)

    assert when.first_known <= when.last_known


def test_dates_are_in_order_by_their_first_day_then_by_their_last() -> None:
    """`By November` stands at the end of November, and what has no date after everything."""
    written = ["2019-11", "2019-11-01", "../2019-11", "2019-11-30", "2019", "9999-12-31"]
    whens = [None, *map(When.parse, written)]

    found = [when.value if when is not None else None for when in sorted(whens, key=in_order)]

    assert found == ["2019", "2019-11-01", "2019-11", "../2019-11", "2019-11-30", "9999-12-31", None]
