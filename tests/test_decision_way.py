"""Who decided, reported and noted, with the days between."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.decision_way import Lag, Role, lag_between, way_of
from minutebook.records.decision import Decision
from minutebook.when import When
from tests.helpers import NOTED, knowledge_base


def test_the_way_of_a_decision_names_each_body_and_the_days_since() -> None:
    kb = knowledge_base(NOTED)
    steps = way_of(kb, kb.of(Decision)[0])
    assert [(step.role, step.who, step.lag.words if step.lag else None) for step in steps] == [
        (Role.DECIDED, "ambledown/bodies/board", None),
        (Role.REPORTED, "ambledown/bodies/scrutiny", "12 to 67 days"),
        (Role.NOTED, "ambledown/bodies/scrutiny", "38 to 67 days"),
    ]


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (0, 0, "the same day"),
        (1, 1, "1 day"),
        (38, 67, "38 to 67 days"),
        (-3, 5, "at most 5 days"),
        (None, 5, "at most 5 days"),
        (3, None, "at least 3 days"),
        (None, None, "days not known"),
        (-9, -2, "not after it"),
    ],
)
def test_a_lag_says_no_more_than_its_bounds(least: int | None, most: int | None, words: str) -> None:
    assert Lag(least, most).words == words


_DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@given(_DAYS, _DAYS, st.integers(0, 400), st.integers(0, 400))
def test_the_true_lag_lies_within_the_bounds(first: date, second: date, wide: int, wider: int) -> None:
    one = When.parse(f"{first - timedelta(wide)}/{first + timedelta(wide)}")
    other = When.parse(f"{second - timedelta(wider)}/{second + timedelta(wider)}")
    lag = lag_between(one, other)
    assert lag.least is not None
    assert lag.most is not None
    assert lag.least <= (second - first).days <= lag.most


def test_an_unknown_date_leaves_the_lag_unknown() -> None:
    assert lag_between(None, When.parse("2020")).words == "days not known"
