"""Dates as written: what is read, what is kept of it, and how it is shown."""

from __future__ import annotations

import copy
import pickle
import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.dates import financial_year_of
from minutebook.when import Period, When, within
from minutebook.when_text import MONTHS
from tests.drawn_dates import YES, values
from tests.helpers import UNTIMED


def bounds(value: str) -> list[str]:
    """The ranges of a value as text, `..` for an open end."""
    return [f"{days.first or '..'} {days.last or '..'}" for days in When.parse(value).ranges]


# -- what is read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-11-05", ["2019-11-05 2019-11-05"]),
        ("2019-11", ["2019-11-01 2019-11-30"]),
        ("2019", ["2019-01-01 2019-12-31"]),
        ("2020-02", ["2020-02-01 2020-02-29"]),
        ("1900-02", ["1900-02-01 1900-02-28"]),
        ("0001", ["0001-01-01 0001-12-31"]),
        ("9999-12-31", ["9999-12-31 9999-12-31"]),
        ("2019-11~", ["2019-11-01 2019-11-30"]),
        ("2019-11-05?", ["2019-11-05 2019-11-05"]),
        ("2019%", ["2019-01-01 2019-12-31"]),
        ("2019-XX", ["2019-01-01 2019-12-31"]),
        ("2019-XX-XX", ["2019-01-01 2019-12-31"]),
        ("2019-02-XX", ["2019-02-01 2019-02-28"]),
        ("201X", ["2010-01-01 2019-12-31"]),
        ("20XX~", ["2000-01-01 2099-12-31"]),
        ("1XXX", ["1000-01-01 1999-12-31"]),
        ("2019-12-12/2020-01-07", ["2019-12-12 2020-01-07"]),
        ("2018/2022", ["2018-01-01 2022-12-31"]),
        ("2019~/2020-02?", ["2019-01-01 2020-02-29"]),
        ("2019-11-05/2019-11", ["2019-11-05 2019-11-30"]),
        ("2011-12-XX/2013", ["2011-12-01 2013-12-31"]),
        ("2020-01/..", ["2020-01-01 .."]),
        ("2020-01/", ["2020-01-01 .."]),
        ("../2019-12-12", [".. 2019-12-12"]),
        ("/2019-12-12", [".. 2019-12-12"]),
        ("[2019-03-27, 2019-04-10]", ["2019-03-27 2019-03-27", "2019-04-10 2019-04-10"]),
        ("[2019-04-10,2019-03-27]", ["2019-03-27 2019-03-27", "2019-04-10 2019-04-10"]),
        ("[2019-03-27..2019-04-10]", ["2019-03-27 2019-04-10"]),
        ("[2018, 2019-03..2019-05]", ["2018-01-01 2018-12-31", "2019-03-01 2019-05-31"]),
        ("[2018/19, 2020/21-Q1]", ["2018-04-01 2019-03-31", "2020-04-01 2020-06-30"]),
        ("2019/20", ["2019-04-01 2020-03-31"]),
        ("1999/00", ["1999-04-01 2000-03-31"]),
        ("2011/12", ["2011-04-01 2012-03-31"]),
        ("2019/20~", ["2019-04-01 2020-03-31"]),
        ("2019/20-Q1", ["2019-04-01 2019-06-30"]),
        ("2019/20-Q2", ["2019-07-01 2019-09-30"]),
        ("2019/20-Q3", ["2019-10-01 2019-12-31"]),
        ("2019/20-Q4", ["2020-01-01 2020-03-31"]),
    ],
)
def test_bounds(value: str, expected: list[str]) -> None:
    """A value is held as the first and the last day that it names."""
    assert bounds(value) == expected


@pytest.mark.parametrize(
    "value", ["2019-11~", "2019?", "2019-11-05%", "2019~/2020", "2019/2020?", "[2018, 2019~]"]
)
def test_qualifiers_move_no_bound(value: str) -> None:
    """A qualified date is no wider for it."""
    plain = re.sub(r"[~?%]", "", value)
    assert bounds(value) == bounds(plain)


def test_members_of_a_set_that_overlap_are_one_range() -> None:
    """The day lies in exactly one range."""
    assert bounds("[2019, 2019-05, 2021]") == ["2019-01-01 2019-12-31", "2021-01-01 2021-12-31"]


def test_white_space_is_tidied() -> None:
    """Nothing else of what an editor writes is changed."""
    assert When.parse(" 2019-12-12 /\t2020-01-07\n").value == "2019-12-12/2020-01-07"
    assert (
        When.parse("[ 2019-03-27 ,2019-03-29 .. 2019-04-10 ]").value == "[2019-03-27, 2019-03-29..2019-04-10]"
    )
    assert When.parse("2019-11-05 ").value == "2019-11-05"


def test_only_a_single_day_is_exact() -> None:
    """A day is exact however it is written, and nothing wider is."""
    assert When.parse("2019-11-05~").exact
    assert When.parse("[2019-11-05, 2019-11-05..2019-11-05]").exact
    assert not any(
        When.parse(value).exact for value in ("2019-11", "2019-11-05/..", "[2019-11-05, 2019-11-07]")
    )


def test_the_words_of_the_source_are_kept() -> None:
    """The source's words are shown in place of the value, which they do not change."""
    early = When.parse("2019-01/2019-03", "early  2019\n")
    assert (early.value, early.as_written, early.display()) == ("2019-01/2019-03", "early 2019", "early 2019")
    assert When.parse("2019", "  ").as_written is None


def test_words_do_not_stick_to_the_value() -> None:
    """What is remembered between two dates of one value leaves the words out."""
    assert When.parse("2018-06", "summer 2018").as_written == "summer 2018"
    assert When.parse("2018-06").as_written is None


def test_dates_are_values() -> None:
    """Dates of one value are equal, hash alike, and can be copied and handed to a worker."""
    for written in (When.parse("[2018, 2019-05]", "one or the other"), Period.parse("2018/..", "since 2018")):
        assert {written: 1}[copy.deepcopy(written)] == 1
        assert pickle.loads(pickle.dumps(written)) == written


def test_a_value_read_twice_is_read_once() -> None:
    """Ten thousand records name the same few thousand days."""
    assert When.parse("2017-03-09") is When.parse("2017-03-09")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-03-31", "2018/19"),
        ("2019-04-01", "2019/20"),
        ("1999-12-31", "1999/00"),
        ("2000-03-31", "1999/00"),
    ],
)
def test_the_financial_year_turns_on_the_first_of_april(day: str, expected: str) -> None:
    """The last day of March belongs to the year before."""
    assert financial_year_of(date.fromisoformat(day)) == expected


@UNTIMED
@given(st.dates(date(1, 4, 1), date(9999, 3, 31)))
def test_every_day_lies_in_its_financial_year(day: date) -> None:
    """The year named for a day and the days of that year agree."""
    assert within(day, When.parse(financial_year_of(day))) is YES


# -- how it is shown ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2019-11-05", "5 November 2019"),
        ("2019-11", "November 2019"),
        ("2019-11-XX", "November 2019"),
        ("2011-12-01/2011-12-31", "December 2011"),
        ("2019", "2019"),
        ("2019-XX", "2019"),
        ("201X", "the 2010s"),
        ("200X", "the years 2000 to 2009"),
        ("20XX", "the years 2000 to 2099"),
        ("2019-11~", "about November 2019"),
        ("2019-11-05?", "possibly 5 November 2019"),
        ("2019%", "possibly about 2019"),
        ("2019-12-12/2020-01-07", "between 12 December 2019 and 7 January 2020"),
        ("2019-11-05/2019-11-05", "5 November 2019"),
        ("2019-11/2020~", "between November 2019 and about 2020"),
        ("2020-01/..", "some time from January 2020"),
        ("../2019-12-12", "by 12 December 2019"),
        ("/2019-12", "by December 2019"),
        ("[2019-03-27, 2019-04-10]", "one of 27 March 2019 or 10 April 2019"),
        ("[2019-03-27, 2019-04-01..2019-04-10]", "one of 27 March 2019 or 1 April 2019 to 10 April 2019"),
        ("[2019-03..2019-05]", "between March 2019 and May 2019"),
        ("[2019, 2019]", "2019"),
        ("2019/20", "the financial year 2019/20"),
        ("2019/20~", "about the financial year 2019/20"),
        ("2019/20-Q2", "quarter 2 of 2019/20 (July to September 2019)"),
        ("2019/20-Q4", "quarter 4 of 2019/20 (January to March 2020)"),
    ],
)
def test_display(value: str, shown: str) -> None:
    """A date without the source's words is shown in plain English, as wide as it is."""
    assert When.parse(value).display() == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2019/20", "2019/20"),
        ("2019/20~", "about 2019/20"),
        ("2019/20-Q2", "quarter 2 of 2019/20 (July to September 2019)"),
        ("2018/2022", "2018 to 2022"),
        ("2018-04/2022-03", "April 2018 to March 2022"),
        ("2018/..", "from 2018"),
        ("../2022-03-31", "until 31 March 2022"),
        ("2019", "2019"),
        ("2011-12-01/2011-12-31", "December 2011"),
    ],
)
def test_display_of_periods(value: str, shown: str) -> None:
    """A period is shown as all of its time, not as a day within it."""
    assert Period.parse(value).display() == shown


@UNTIMED
@given(values())
def test_a_value_is_kept_as_it_is_written(value: str) -> None:
    """White space around it apart, the value is what the editor wrote."""
    assert When.parse(value).value == value
    assert When.parse(f"  {value}\n") == When.parse(value)


@UNTIMED
@given(values())
def test_ranges_stand_in_order(value: str) -> None:
    """They do not overlap, and only a set has more than one."""
    when = When.parse(value)
    assert len(when.ranges) == 1 or value.startswith("[")
    for days in when.ranges:
        assert days.first is None or days.last is None or days.first <= days.last
    for left, right in pairwise(when.ranges):
        assert left.last is not None
        assert right.first is not None
        assert left.last < right.first
    assert (when.earliest, when.latest) == (when.ranges[0].first, when.ranges[-1].last)


@UNTIMED
@given(values())
def test_no_false_first_of_the_month(value: str) -> None:
    """No day is shown that the value does not name."""
    shown = [When.parse(value).display()]
    if not value.startswith("["):
        shown.append(Period.parse(value).display())
    for text in shown:
        for day, month, year in re.findall(rf"(\d+) ({'|'.join(MONTHS)}) (\d+)", text):
            assert f"{int(year):04}-{MONTHS.index(month) + 1:02}-{int(day):02}" in value
            assert not day.startswith("0")
        assert "None" not in text
