"""Figures as sources round them: what each may stand for, and which sums come out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.evidence.comparing import compared, may_overlap, same_value
from minutebook.figures import Bounds, bounds, is_counted, rounding, show
from minutebook.records.figures import Cell, Figures
from minutebook.records.values import Amount
from minutebook.when import Period
from tests.helpers import read_ledger


def cell(amount: str, more: str = "") -> Cell:
    """One cell of a table."""
    [table] = read_ledger(
        f"figures/f: {{unit: £, rows: [{{key: a, label: A}}], cells: [{{row: a, kind: budget, amount: '{amount}'{more}}}]}}"
    )
    assert isinstance(table, Figures)
    return table.cells[0]


@pytest.mark.parametrize(
    ("written", "half"),
    [("£1.26m", "5000"), ("£1.263m", "500"), ("£863K", "500"), ("£34,099", "0.5"), ("7.1%", "0.05"), ("6%", "0.5"),
     ("£400,000", "0.5"), ("£1bn", "500000000"), ("(£12,000)", "0.5"), ("0", "0.5"), (".5", "0.05")],
)  # fmt: skip
def test_a_figure_may_be_half_of_one_in_its_last_place_away(written: str, half: str) -> None:
    assert rounding(Amount.parse(written)) == Decimal(half)


def test_people_are_counted_and_money_is_rounded() -> None:
    assert is_counted("people")
    assert not any(map(is_counted, ("£", "£000", "%", "per cent", "share of residents", "£ million")))
    assert bounds(cell("15"), "people") == Bounds(Decimal(15), Decimal(15))
    assert bounds(cell("15"), "£") == Bounds(Decimal("14.5"), Decimal("15.5"))
    assert bounds(cell("2.5K"), "people") == Bounds(Decimal(2450), Decimal(2550))


def test_a_figure_that_is_only_some_of_it_is_no_part_of_a_sum() -> None:
    assert bounds(cell("£4", ", qualifier: just under"), "£") is None


def test_sums_and_differences_are_as_wide_as_their_parts() -> None:
    one, two = Bounds(Decimal(9), Decimal(11)), Bounds(Decimal(4), Decimal(5))

    assert one.plus(two) == Bounds(Decimal(13), Decimal(16))
    assert one.less(two) == Bounds(Decimal(4), Decimal(7))
    assert one.meets(Bounds(Decimal(11), Decimal(12)))
    assert one.meets(Bounds(Decimal(8), Decimal(9)))
    assert not one.meets(Bounds(Decimal(8), Decimal("8.9")))
    assert not one.meets(Bounds(Decimal("11.1"), Decimal(12)))


@given(
    parts=st.lists(st.integers(0, 5_000_000), min_size=2, max_size=8),
    places=st.sampled_from([0, 1, 2, 3]),
)
def test_whatever_is_rounded_still_adds_up(parts: list[int], places: int) -> None:
    """Amounts and their total, each rounded to so many places of a million, are never said to disagree."""
    step = Decimal(10) ** -places

    def printed(amount: int) -> str:
        return f"£{(Decimal(amount) / 1_000_000).quantize(step)}m"

    total = Bounds(Decimal(0), Decimal(0))
    for part in parts:
        found = bounds(cell(printed(part)), "£")
        assert found is not None
        total = total.plus(found)
    said = bounds(cell(printed(sum(parts))), "£")
    assert said is not None
    assert total.meets(said)


@pytest.mark.parametrize(
    ("one", "other"),
    [("£400K", "£400,000"), ("£1.263m", "£1,263,000"), ("£34 million", "£34m"), ("7.1%", "7.1"), ("three", "3"),
     ("Some 75%", "some 75%"), ("Lower", "lower"), ("the ‘Board’", "the 'Board'"), ("5.0", "5")],
)  # fmt: skip
def test_what_is_the_same_value_compares_as_the_same(one: str, other: str) -> None:
    assert same_value(compared(one), compared(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("£1.26m", "£1,263,000"), ("£400K", "£312,000"), ("some 75%", "75%"), ("just under £1.6m", "£1.6m"), ("Lower", "Maintain or Lower"),
     ("Corporate Director, People", "Corporate Director (People)"), ("-5", "5"), ("£34,099", "£34,099,000")],
)  # fmt: skip
def test_what_is_another_value_does_not(one: str, other: str) -> None:
    assert not same_value(compared(one), compared(other))


def test_in_a_table_in_thousands_a_figure_is_the_same_written_out() -> None:
    assert same_value(compared("£34,099"), compared("£34,099,000"), in_thousands=True)
    assert not same_value(compared("£34,099"), compared("£34m"), in_thousands=True)


@pytest.mark.parametrize(
    ("number", "like", "shown"),
    [
        ("12", "£5", "£12"), ("12.5", "£5", "£12.50"), ("99.5", "£5", "£99.50"), ("100.6", "£5", "£101"), ("1234567", "£5", "£1,234,567"),
        ("-12.5", "£5", "-£12.50"), ("12.25", "7%", "12.2%"), ("-3", "7%", "-3.0%"), ("1500", "5", "1,500"), ("0", "5", "0"),
    ],
)  # fmt: skip
def test_what_was_worked_out_is_shown_as_the_figure_beside_it_is(number: str, like: str, shown: str) -> None:
    assert show(Bounds(Decimal(number), Decimal(number)), cell(like)) == shown


def test_small_numbers_in_words_are_numbers() -> None:
    words = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]  # fmt: skip

    assert [compared(word)[1] for word in words] == [Decimal(number) for number in range(21)]
    assert compared("Seven") == compared("7")


def test_a_value_without_a_period_may_hold_at_any_time() -> None:
    year, next_year = Period.parse("2018/19"), Period.parse("2019/20")

    assert may_overlap(None, year)
    assert may_overlap(year, year)
    assert not may_overlap(year, next_year)
    assert may_overlap(Period.parse("2019-03"), year)
