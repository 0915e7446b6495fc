"""Clear days: what lies between a notice and a meeting, by the bank holidays of three parts of the kingdom."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.when import Answer, When
from minutebook.working_days import (
    BankHolidays,
    Notice,
    clear_days,
    clear_working_days,
    is_working_day,
    notice_in_days,
    notice_in_working_days,
)

ENGLAND, SCOTLAND, ULSTER = (
    BankHolidays.ENGLAND_AND_WALES,
    BankHolidays.SCOTLAND,
    BankHolidays.NORTHERN_IRELAND,
)

# As gov.uk lists them, and for 2018 to 2022 as it listed them then.
LISTED = {
    ENGLAND: """
        2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26
        2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
        2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
        2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
        2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27
        2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
        2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
    """,
    SCOTLAND: """
        2018-01-01 2018-01-02 2018-03-30 2018-05-07 2018-05-28 2018-08-06 2018-11-30 2018-12-25 2018-12-26
        2019-01-01 2019-01-02 2019-04-19 2019-05-06 2019-05-27 2019-08-05 2019-12-02 2019-12-25 2019-12-26
        2020-01-01 2020-01-02 2020-04-10 2020-05-08 2020-05-25 2020-08-03 2020-11-30 2020-12-25 2020-12-28
        2021-01-01 2021-01-04 2021-04-02 2021-05-03 2021-05-31 2021-08-02 2021-11-30 2021-12-27 2021-12-28
        2022-01-03 2022-01-04 2022-04-15 2022-05-02 2022-06-02 2022-06-03 2022-08-01 2022-09-19 2022-11-30
        2022-12-26 2022-12-27
        2023-01-02 2023-01-03 2023-04-07 2023-05-01 2023-05-08 2023-05-29 2023-08-07 2023-11-30 2023-12-25 2023-12-26
        2024-01-01 2024-01-02 2024-03-29 2024-05-06 2024-05-27 2024-08-05 2024-12-02 2024-12-25 2024-12-26
    """,
    ULSTER: """
        2018-01-01 2018-03-19 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-07-12 2018-08-27 2018-12-25 2018-12-26
        2019-01-01 2019-03-18 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-07-12 2019-08-26 2019-12-25 2019-12-26
        2020-01-01 2020-03-17 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-07-13 2020-08-31 2020-12-25 2020-12-28
        2021-01-01 2021-03-17 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-07-12 2021-08-30 2021-12-27 2021-12-28
        2022-01-03 2022-03-17 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-07-12 2022-08-29
        2022-09-19 2022-12-26 2022-12-27
        2023-01-02 2023-03-17 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-07-12 2023-08-28
        2023-12-25 2023-12-26
        2024-01-01 2024-03-18 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-07-12 2024-08-26 2024-12-25 2024-12-26
    """,
}  # fmt: skip  # a year a line


def days(first: str, last: str) -> tuple[date, date]:
    """Two days."""
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize("which", BankHolidays)
def test_from_2018_to_2024_no_other_weekday_is_closed_than_those_the_government_listed(
    which: BankHolidays,
) -> None:
    week = [date(2018, 1, 1) + timedelta(number) for number in range(365 * 7)]
    closed = [day.isoformat() for day in week if day.weekday() < 5 and not is_working_day(day, which)]

    listed = [day for day in LISTED[which].split() if date.fromisoformat(day) <= week[-1]]

    assert closed == listed


@pytest.mark.parametrize("day", ["1999-12-31", "2002-06-03", "2002-06-04", "2011-04-29", "2012-06-05"])
def test_the_one_off_holidays_of_earlier_years_are_known(day: str) -> None:
    assert not any(is_working_day(date.fromisoformat(day), which) for which in BankHolidays)


@pytest.mark.parametrize(
    ("code", "which"),
    [
        ("E09000015", ENGLAND),
        ("W06000015", ENGLAND),
        ("S12000036", SCOTLAND),
        ("N09000003", ULSTER),
        (None, ENGLAND),
        ("", ENGLAND),
    ],
)
def test_the_area_code_of_a_council_tells_whose_holidays_count(code: str | None, which: BankHolidays) -> None:
    assert BankHolidays.of(code) is which


@pytest.mark.parametrize(
    ("notice", "event", "clear"),
    [
        ("2019-11-05", "2019-11-05", 0),
        ("2019-11-05", "2019-11-06", 0),
        ("2019-11-05", "2019-11-07", 1),
        ("2019-11-06", "2019-11-05", 0),  # the notice came afterwards
        ("2019-11-13", "2019-12-12", 28),
        ("2020-02-01", "2020-03-01", 28),  # through the 29th of a leap year
    ],
)
def test_neither_the_day_of_the_notice_nor_that_of_the_event_is_a_clear_day(
    notice: str, event: str, clear: int
) -> None:
    assert clear_days(*days(notice, event)) == clear


@pytest.mark.parametrize(
    ("notice", "event", "which", "clear"),
    [
        pytest.param("2019-10-28", "2019-11-05", ENGLAND, 5, id="a Monday to a Tuesday, over a weekend"),
        pytest.param("2019-10-29", "2019-11-05", ENGLAND, 4, id="a Tuesday to a Tuesday"),
        pytest.param("2019-11-01", "2019-11-04", ENGLAND, 0, id="a Friday to a Monday"),
        pytest.param("2019-11-02", "2019-11-04", ENGLAND, 0, id="a Saturday to a Monday"),
        pytest.param("2019-12-23", "2020-01-02", ENGLAND, 4, id="over Christmas and New Year"),
        pytest.param("2019-12-23", "2020-01-03", ENGLAND, 5, id="with 2 January, a working day in England"),
        pytest.param("2019-12-23", "2020-01-03", SCOTLAND, 4, id="with 2 January, a holiday in Scotland"),
        pytest.param(
            "2020-04-30", "2020-05-11", ENGLAND, 5, id="the early May holiday, moved to Friday the 8th"
        ),
        pytest.param("2021-12-23", "2021-12-30", ENGLAND, 2, id="substitutes for a Christmas on Saturday"),
        pytest.param("2022-09-14", "2022-09-22", ENGLAND, 4, id="the state funeral"),
        pytest.param("2019-04-18", "2019-04-24", SCOTLAND, 2, id="Easter Monday, a working day in Scotland"),
        pytest.param("2019-04-18", "2019-04-24", ENGLAND, 1, id="Easter Monday, a holiday in England"),
        pytest.param("2019-07-11", "2019-07-16", ULSTER, 1, id="12 July in Northern Ireland"),
        pytest.param("2019-07-11", "2019-07-16", ENGLAND, 2, id="12 July in England"),
        pytest.param("2019-11-05", "2019-10-28", ENGLAND, 0, id="the notice came afterwards"),
    ],
)
def test_weekends_and_bank_holidays_are_no_clear_working_days(
    notice: str, event: str, which: BankHolidays, clear: int
) -> None:
    assert clear_working_days(*days(notice, event), which) == clear


def test_a_count_ends_early_where_no_more_is_asked_for() -> None:
    assert clear_working_days(*days("1990-01-01", "2019-11-05"), ENGLAND, at_most=5) == 5


@pytest.mark.parametrize(
    ("notice", "event", "answer"),
    [
        ("2019-11-13", "2019-12-12", Answer.YES),
        ("2019-11-14", "2019-12-12", Answer.NO),
        ("2019-11", "2019-12-12", Answer.UNCERTAIN),
        ("2019-11", "2019-12-29", Answer.YES),  # after any day of November
        ("2019-02", "2019-02", Answer.NO),  # no two days of February are so far apart
        ("2019-11", "2019-11", Answer.UNCERTAIN),  # the first and the last day of November are
        ("../2019-11", "2019-12", Answer.UNCERTAIN),
        ("2019-11/..", "2019-12-12", Answer.UNCERTAIN),  # from the first day of November
        ("2019-11-20/..", "2019-12-12", Answer.NO),  # at the earliest on the 20th
        ("2019-11-01", "2019-12-01/..", Answer.YES),  # at the earliest on 1 December
        ("[2019-11-13, 2019-11-20]", "2019-12-12", Answer.UNCERTAIN),
    ],
)
def test_28_days_are_certain_only_where_every_day_allows_it(notice: str, event: str, answer: Answer) -> None:
    assert notice_in_days(When.parse(notice), When.parse(event)).is_at_least(28) is answer


@pytest.mark.parametrize(
    ("notice", "event", "answer"),
    [
        ("2019-10-28", "2019-11-05", Answer.YES),
        ("2019-10-29", "2019-11-05", Answer.NO),
        ("2019-10", "2019-11-05", Answer.UNCERTAIN),
        ("2019-10-28/2019-10-29", "2019-11-05", Answer.UNCERTAIN),
        ("2019-10-29/2019-10-31", "2019-11-05", Answer.NO),
        ("2019-10-28", "2019-11", Answer.UNCERTAIN),
        ("2019-10-24", "2019-11", Answer.YES),  # the meeting was on the first of November or later
        ("2019-10-25", "2019-11", Answer.UNCERTAIN),
        ("../2019-10-29", "2019-11-05", Answer.UNCERTAIN),
    ],
)
def test_five_working_days_are_certain_only_where_every_day_allows_it(
    notice: str, event: str, answer: Answer
) -> None:
    found = notice_in_working_days(When.parse(notice), When.parse(event), ENGLAND, at_most=5)

    assert found.is_at_least(5) is answer


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        (Notice(3, 3), "3 clear days"),
        (Notice(2, 2), "2 clear days"),
        (Notice(1, 1), "1 clear day"),
        (Notice(0, 0), "no clear day"),
        (Notice(0, 3), "at most 3 clear days"),
        (Notice(3, None), "at least 3 clear days"),
    ],
)
def test_a_notice_is_shown_no_narrower_than_it_is_known(notice: Notice, words: str) -> None:
    assert notice.display() == words


def test_a_notice_is_shown_in_the_unit_it_was_counted_in() -> None:
    assert Notice(1, 1).display("clear working day") == "1 clear working day"


JUST_DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@given(JUST_DAYS, JUST_DAYS, JUST_DAYS, st.sampled_from(BankHolidays))
def test_an_earlier_notice_is_never_shorter(one: date, other: date, event: date, which: BankHolidays) -> None:
    early, late = sorted((one, other))

    assert clear_days(early, event) >= clear_days(late, event)
    assert clear_working_days(early, event, which, at_most=9) >= clear_working_days(
        late, event, which, at_most=9
    )


@given(JUST_DAYS, st.integers(0, 60), JUST_DAYS, st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_narrowing_a_date_never_turns_a_yes_into_a_no(
    notice: date, wide: int, event: date, broad: int, by: int, of: int
) -> None:
    wider = notice_in_days(_span(notice, wide), _span(event, broad)).is_at_least(28)
    narrower = notice_in_days(
        notice + timedelta(min(by, wide)), event + timedelta(min(of, broad))
    ).is_at_least(28)

    assert wider is narrower or wider is Answer.UNCERTAIN


def _span(first: date, length: int) -> When:
    return When.parse(f"{first.isoformat()}/{(first + timedelta(length)).isoformat()}")


def test_the_list_of_holidays_is_not_loaded_before_a_day_is_asked_about() -> None:
    script = "import sys, minutebook.checks, minutebook.working_days; sys.exit('holidays' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
