"""Dates compared: yes, no or uncertain; the order they sort in; and periods, which are whole spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise, product
from operator import attrgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook.when import (
    Answer,
    Moment,
    Period,
    When,
    WhenError,
    before,
    compatible,
    on_or_before,
    overlaps,
    same_day,
    within,
)
from tests.drawn_dates import NEAR, NO, UNCERTAIN, YES, values
from tests.helpers import UNTIMED

FIRST_DAY = date(2019, 12, 20)


@st.composite
def small_sets(draw: st.DrawFn) -> tuple[str, set[date]]:
    """A value of a few days around new year, and the days, counted without the help of the code under test."""
    day = st.integers(0, 20)
    spans = draw(st.lists(st.tuples(day, day).map(sorted), min_size=1, max_size=3))
    days = {FIRST_DAY + timedelta(n) for first, last in spans for n in range(first, last + 1)}
    ends = [(FIRST_DAY + timedelta(first), FIRST_DAY + timedelta(last)) for first, last in spans]
    if len(ends) == 1:
        return f"{ends[0][0]}/{ends[0][1]}", days
    return f"[{', '.join(f'{first}..{last}' for first, last in ends)}]", days


@st.composite
def narrowed(draw: st.DrawFn) -> tuple[When, When]:
    """A date, and one within it that says more."""
    wide = When.parse(draw(values(NEAR)))
    days = draw(st.sampled_from(wide.ranges))
    low = days.first or min(date(2015, 1, 1), days.last or date.max)
    high = days.last or max(date(2025, 1, 1), days.first or date.min)
    first, last = sorted((draw(st.dates(low, high)), draw(st.dates(low, high))))
    return wide, When.parse(draw(st.sampled_from([f"{first}/{last}", f"{first}", f"[{first}, {last}]"])))


# -- how dates compare --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2019-11-05", "2019-11-06", YES),
        ("2019-11-05", "2019-11-05", NO),
        ("2019-11", "2019-12-01", YES),
        ("2019-11", "2019-11-30", UNCERTAIN),
        ("2019-11", "2019-11-01", NO),
        ("2019-11", "2019-11", UNCERTAIN),
        ("2019/20", "2020-04-01", YES),
        ("../2019-12-12", "2019-12-13", YES),
        ("../2019-12-12", "2019-12-12", UNCERTAIN),
        ("../2019-12-12", "0001-01-01", UNCERTAIN),
        ("2020-01/..", "2019", NO),
        ("2020-01/..", "9999-12-31", UNCERTAIN),
        ("2019", "2020/..", YES),
        ("2020", "../2019", NO),
        ("[2019-03-27, 2019-04-10]", "2019-04-11", YES),
        ("[2019-03-27, 2019-04-10]", "2019-04-01", UNCERTAIN),
        ("2019-11~", "2019-12-01", YES),
    ],
)
def test_before(a: str, b: str, expected: Answer) -> None:
    """A date certainly comes before another if its last day comes before the other's first."""
    assert before(When.parse(a), When.parse(b)) is expected


def test_a_plain_date_can_be_compared() -> None:
    """The date of a run (`--as-of`) is compared without being written as text."""
    november, fifth = When.parse("2019-11"), date(2019, 11, 5)
    assert before(november, fifth) is UNCERTAIN
    assert before(date(2019, 10, 31), november) is YES
    assert same_day(fifth, When.parse("2019-11-05")) is YES
    assert within(fifth, november) is YES
    assert compatible(fifth, november)


@pytest.mark.parametrize(
    ("a", "period", "expected"),
    [
        ("2019-11-05", "2019-11", YES),
        ("2019-11", "2019-11-05", UNCERTAIN),
        ("2019-12", "2019-11", NO),
        ("2019-03-28", "[2019-03-27, 2019-04-10]", NO),
        ("2019-03-28/2019-03-29", "[2019-03-28, 2019-03-29]", YES),
        ("2019/..", "2018/..", YES),
        ("2018/..", "2019/..", UNCERTAIN),
        ("../2018", "2019/..", NO),
    ],
)
def test_within(a: str, period: str, expected: Answer) -> None:
    """A date certainly lies within a period if every day of it does."""
    assert within(When.parse(a), When.parse(period)) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2019", "2019-11-05", YES),
        ("2018", "2019", NO),
        ("2018/..", "2030", YES),
        ("../2018", "2019/..", NO),
        ("[2018, 2020]", "2020", UNCERTAIN),
        ("[2018, 2020]", "2018/2020", YES),
        ("[2018, 2020]", "2019", NO),
    ],
)
def test_overlaps(a: str, b: str, expected: Answer) -> None:
    """Spans overlap as wholes; of a set, one span is meant and nobody knows which."""
    assert overlaps(When.parse(a), When.parse(b)) is expected
    assert overlaps(When.parse(b), When.parse(a)) is expected


def answer_of(outcomes: Iterable[bool]) -> Answer:
    """The answer that a list of every possible case gives."""
    found = set(outcomes)
    return UNCERTAIN if len(found) == 2 else YES if True in found else NO


@UNTIMED
@given(small_sets(), small_sets())
def test_answers_are_those_of_trying_every_day(a: tuple[str, set[date]], b: tuple[str, set[date]]) -> None:
    """A comparison answers yes or no where every pair of days does, and otherwise is uncertain."""
    (a_value, a_days), (b_value, b_days) = a, b
    left, right = When.parse(a_value), When.parse(b_value)
    pairs = list(product(a_days, b_days))
    assert before(left, right) is answer_of(x < y for x, y in pairs)
    assert on_or_before(left, right) is answer_of(x <= y for x, y in pairs)
    assert same_day(left, right) is answer_of(x == y for x, y in pairs)
    assert within(left, right) is answer_of(x in b_days for x in a_days)
    assert compatible(left, right) is (a_days <= b_days)


@UNTIMED
@given(values(NEAR).map(When.parse), values(NEAR).map(When.parse))
def test_on_or_before_denies_before(a: When, b: When) -> None:
    """Dates of every form, open ones too: one is on or before the other unless that comes before it."""
    assert on_or_before(a, b) is ~before(b, a)


SORT_KEY = attrgetter("sort_key")
POINTS_COMPARED: list[Callable[[Moment, Moment], Answer]] = [before, on_or_before, same_day]


@settings(UNTIMED, max_examples=300)
@given(narrowed(), values(NEAR).map(When.parse))
def test_narrowing_keeps_what_was_certain(pair: tuple[When, When], other: When) -> None:
    """Finding out more never turns a yes into a no, a no into a yes, or either into doubt."""
    wide, narrow = pair
    assert compatible(narrow, wide)
    for compare in POINTS_COMPARED:
        for known, found in (
            (compare(wide, other), compare(narrow, other)),
            (compare(other, wide), compare(other, narrow)),
        ):
            assert known is UNCERTAIN or found is known
    known, found = within(wide, other), within(narrow, other)
    assert known is UNCERTAIN or found is known


@UNTIMED
@given(values(NEAR).map(When.parse))
def test_a_date_against_itself(when: When) -> None:
    """It is within itself and, unless exact, not certainly the same day."""
    assert compatible(when, when)
    assert within(when, when) is YES
    assert overlaps(when, when) is not NO
    assert same_day(when, when) is (YES if when.exact else UNCERTAIN)


@UNTIMED
@given(st.lists(values(NEAR).map(When.parse), max_size=8))
def test_sorting_is_total(dates: list[When]) -> None:
    """The order is the same from any start, and agrees with `before` wherever that is certain."""
    ordered, backwards = sorted(dates, key=SORT_KEY), dates[::-1]
    assert ordered == sorted(backwards, key=SORT_KEY)
    for earlier, later in pairwise(ordered):
        assert before(later, earlier) is not YES


def test_sort_order() -> None:
    """Dates sort by first day, then last day, then what is written."""
    in_order = ["../2018", "2019-01-01", "2019-01", "2019", "2019-XX", "2019/..", "2019-02"]
    backwards = [When.parse(value) for value in reversed(in_order)]
    assert [when.value for when in sorted(backwards, key=SORT_KEY)] == in_order
    assert When.parse("2019").sort_key != When.parse("2019", "that year").sort_key


# -- answers ------------------------------------------------------------------------------------

IN_ORDER = [NO, UNCERTAIN, YES]


def test_answers_join_as_in_kleenes_logic() -> None:
    """`and` is the lesser and `or` the greater of two answers, with doubt between no and yes."""
    for a, b in product(IN_ORDER, IN_ORDER):
        assert a & b is IN_ORDER[min(IN_ORDER.index(a), IN_ORDER.index(b))]
        assert a | b is IN_ORDER[max(IN_ORDER.index(a), IN_ORDER.index(b))]
    assert [~answer for answer in IN_ORDER] == [YES, UNCERTAIN, NO]


def test_certain_and_possible() -> None:
    """Only yes is certain; all but no is possible."""
    assert [answer.certain for answer in IN_ORDER] == [False, False, True]
    assert [answer.possible for answer in IN_ORDER] == [False, True, True]


@pytest.mark.parametrize("answer", IN_ORDER)
def test_an_answer_is_not_true_or_false(answer: Answer) -> None:
    """`if before(a, b):` would take uncertain for yes, so it fails."""
    with pytest.raises(TypeError, match=r"ask for `\.certain` or `\.possible`"):
        bool(answer)


# -- periods ------------------------------------------------------------------------------------


def test_a_period_is_the_whole_span() -> None:
    """Both ends are part of it."""
    plan = Period.parse("2018/19", "the year 2018-19")
    assert (plan.first, plan.last) == (date(2018, 4, 1), date(2019, 3, 31))
    assert (plan.value, plan.display()) == ("2018/19", "the year 2018-19")


def test_an_open_period_goes_on() -> None:
    """An open end lies beyond every day."""
    since = Period.parse("2018/..")
    assert within(date(9999, 12, 31), since) is YES
    assert within(date(2017, 12, 31), since) is NO
    assert overlaps(since, Period.parse("2030")) is YES
    assert overlaps(since, Period.parse("../2017")) is NO
    assert overlaps(Period.parse("../2017"), Period.parse("2017-12-31/..")) is YES


def test_a_date_can_be_compared_with_a_period() -> None:
    """A period stands wherever a span is read as a whole."""
    assert within(When.parse("2019-11"), Period.parse("2019/20")) is YES
    assert within(When.parse("2020"), Period.parse("2019/20")) is UNCERTAIN
    assert overlaps(Period.parse("2019/20"), When.parse("2020")) is YES


def test_a_set_is_no_period() -> None:
    """One of two years is not a span of time."""
    with pytest.raises(WhenError, match="no set of dates in a period") as caught:
        Period.parse("[2018/19, 2019/20]")
    assert caught.value.help == "write the whole span, as in `2018/2022`"


@UNTIMED
@given(values(NEAR).filter(lambda value: not value.startswith("[")))
def test_a_period_has_the_bounds_of_its_value(value: str) -> None:
    """A period and a date of the same value have the same bounds and sort alike."""
    period, when = Period.parse(value), When.parse(value)
    assert (period.first, period.last, period.ranges) == (when.earliest, when.latest, when.ranges)
    assert period.sort_key == when.sort_key
