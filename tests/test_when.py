"""Dates as written: what is read, what is refused and how it is mended, how dates compare, and how they are shown."""

from __future__ import annotations

import copy
import math
import pickle
import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise, product
from operator import attrgetter
from time import struct_time
from typing import Any, get_args

import edtf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from minutebook.when import (
    Answer,
    Moment,
    Period,
    When,
    WhenError,
    before,
    compatible,
    financial_year_of,
    on_or_before,
    overlaps,
    same_day,
    within,
)
from minutebook.when_text import MONTHS, Code

YES, NO, UNCERTAIN = Answer.YES, Answer.NO, Answer.UNCERTAIN
EXAMPLES = "write a date as in `2019-11-05`, `2019-11`, `2019`, `2019-12-12/2020-01-07` or `2019/20`"
UNTIMED = settings(deadline=None)  # a slow machine is no defect
OWN_WORDS = f"{EXAMPLES}; the source's own words go in `as_written`"


def bounds(value: str) -> list[str]:
    """The ranges of a value as text, `..` for an open end."""
    return [f"{days.first or '..'} {days.last or '..'}" for days in When.parse(value).ranges]


def refusal(value: str) -> WhenError:
    """The error that a value gives."""
    with pytest.raises(WhenError) as caught:
        When.parse(value)
    return caught.value


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


# -- what is refused, and how it is mended ------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "message", "mend"),
    [
        (
            "2011-12",
            "ambiguous-year",
            "cannot tell whether `2011-12` is a financial year or December 2011",
            "write `2011/12` for the financial year, or `2011-12-01/2011-12-31` for December 2011",
        ),
        (
            "2020-21",
            "ambiguous-year",
            "cannot tell whether `2020-21` is a financial year or a season",
            "write `2020/21` for the financial year; seasons are not accepted: write the months, as in `2020-03/2020-05`",
        ),
        (
            "1999-00~",
            "ambiguous-year",
            "cannot tell whether `1999-00` is a financial year or a slip",
            "write `1999/00` for the financial year",
        ),
        (
            "2011-12/2013",
            "ambiguous-year",
            "cannot tell whether `2011-12` is a financial year or December 2011",
            "the financial year runs from `2011-04` to `2012-03`, or write `2011-12-XX` for December 2011",
        ),
        (
            "2019/21",
            "ambiguous-year",
            "cannot tell what `2019/21` is: 21 is not the year after 2019",
            "write `2019/20` for the financial year, or `2019/2021` for 2019 to 2021",
        ),
        (
            "2019/11",
            "ambiguous-year",
            "cannot tell what `2019/11` is: 11 is not the year after 2019",
            "write `2019/20` for the financial year, or `2019-11` for November 2019",
        ),
        (
            "2019-24",
            "season",
            "seasons are not accepted, as in `2019-24`",
            "write the months, as in `2019-12/2020-02`, and the source's own words in `as_written`",
        ),
        (
            "Autumn 2018",
            "season",
            "seasons are not accepted, as in `Autumn 2018`",
            "write the months, as in `2018-09/2018-11`, and the source's own words in `as_written`",
        ),
        (
            "2020-01-07/2019-12-12",
            "backwards",
            "the end comes before the start",
            "write `2019-12-12/2020-01-07`",
        ),
        (
            "[2020-01-07..2019-12-12]",
            "backwards",
            "the end comes before the start",
            "write `[2019-12-12..2020-01-07]`",
        ),
        ("2019-02-30", "unreadable", "no day 30 in February 2019", "February 2019 has 28 days"),
        ("2019-02-29/2020", "unreadable", "no day 29 in February 2019", "February 2019 has 28 days"),
        ("2019-11-00", "unreadable", "no day 00 in November 2019", "November 2019 has 30 days"),
        ("2019-13", "unreadable", "no month 13 in a year", "a month is a number from 01 to 12"),
        ("2019-XX-05", "unreadable", "no month for the day in `2019-XX-05`", "write the year alone, `2019`"),
        (
            "2019/20-Q5",
            "unreadable",
            "no quarter 5 in a year",
            "April to June is `2019/20-Q1`, and so on to `2019/20-Q4`",
        ),
        (
            "2019-11-05T10:30",
            "unreadable",
            "no time of day in a date, as in `2019-11-05T10:30`",
            "write `2019-11-05` here; the time goes in its own field",
        ),
        (
            "2019-11-05 10.30am",
            "unreadable",
            "no time of day in a date, as in `2019-11-05 10.30am`",
            "write `2019-11-05` here; the time goes in its own field",
        ),
        ("early 2019", "unreadable", "cannot read `early 2019` as a date", OWN_WORDS),
        ("11/25/2019", "unreadable", "cannot read `11/25/2019` as a date", OWN_WORDS),
        ("5/11/19", "unreadable", "cannot read `5/11/19` as a date", OWN_WORDS),
        ("2019-11-2X", "unreadable", "cannot read `2019-11-2X` as a date", OWN_WORDS),
        ("", "unreadable", "expected a date, found nothing", EXAMPLES),
        (" \n", "unreadable", "expected a date, found nothing", EXAMPLES),
        ("[]", "unreadable", "expected a date, found nothing", EXAMPLES),
        ("[2019]", "unreadable", "only one date in the set `[2019]`", "write `2019`"),
        (
            "[..2019]",
            "unreadable",
            "no open end in a set, as in `..2019`",
            "write an open end as in `../2019-11` or `2019-11/..`",
        ),
        (
            "../..",
            "unreadable",
            "no date at either end of `../..`",
            "leave the field out, or write `not stated`",
        ),
        ("0000", "unreadable", "no year before 0001", EXAMPLES),
        ("000X", "unreadable", "no year before 0001", EXAMPLES),
        ("9999/00", "unreadable", "no year after 9999", EXAMPLES),
        ("-0044", "unreadable", "no year outside 0001 to 9999, as in `-0044`", EXAMPLES),
        ("12019-11-05", "unreadable", "no year outside 0001 to 9999, as in `12019-11-05`", EXAMPLES),
        ("Y12019", "unreadable", "no year outside 0001 to 9999, as in `Y12019`", EXAMPLES),
        ("44 BC", "unreadable", "no year outside 0001 to 9999, as in `44 BC`", EXAMPLES),
        ("9" * 101, "unreadable", "no date is longer than 100 characters", OWN_WORDS),
        ("a\x00`b", "unreadable", "cannot read `a\ufffd\ufffdb` as a date", OWN_WORDS),
        ("x" * 60, "unreadable", f"cannot read `{'x' * 40}…` as a date", OWN_WORDS),
    ],
)
def test_refusals(value: str, code: str, message: str, mend: str) -> None:
    """A value that cannot be read says why, and how to mend it."""
    error = refusal(value)
    assert (error.code, error.message, error.help, str(error)) == (code, message, mend, message)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5/11/2019", "2019-11-05"),
        ("05.11.2019", "2019-11-05"),
        ("05-11-2019", "2019-11-05"),
        ("5 November 2019", "2019-11-05"),
        ("Tuesday, 5th November 2019", "2019-11-05"),
        ("Tuesday 5th of November, 2019", "2019-11-05"),
        ("Nov 2019", "2019-11"),
        ("Sept. 2019", "2019-09"),
        ("December 2011", "2011-12-XX"),
        ("2019/11/05", "2019-11-05"),
        ("2019-1-5", "2019-01-05"),
        ("2019-5", "2019-05"),
        ("20191105", "2019-11-05"),
        ("2019–20", "2019/20"),
        ("2019 – 20", "2019/20"),
        ("2011–12", "2011/12"),
        ("FY 2019/20", "2019/20"),
        ("2018-2022", "2018/2022"),
        ("2018–2022", "2018/2022"),
        ("2019/20 Q2", "2019/20-Q2"),
        ("Q2 2019-20", "2019/20-Q2"),
        ("2019/20-q2", "2019/20-Q2"),
        ("2018/19 to 2021/22", "2018-04/2022-03"),
        ("2018/19/2021/22", "2018-04/2022-03"),
        ("2018-19 onwards", "2018-04/.."),
        ("../2018/19", "../2019-03"),
        ("between 5 November 2019 and 7 January 2020", "2019-11-05/2020-01-07"),
        ("5 Nov 2019 - 7 Nov 2019", "2019-11-05/2019-11-07"),
        ("5/11/2019 to 7/11/2019", "2019-11-05/2019-11-07"),
        ("from January 2020", "2020-01/.."),
        ("2020-01/open", "2020-01/.."),
        ("by 12 December 2019", "../2019-12-12"),
        ("c. 2019", "2019~"),
        ("about 2019-20", "2019/20~"),
        ("~2019-11", "2019-11~"),
        ("the 2010s", "201X"),
        ("201x", "201X"),
        ("{2018, 2019}", "[2018, 2019]"),
        ("one of 27 March 2019, 10 April 2019", "[2019-03-27, 2019-04-10]"),
        ("27 March 2019 or 10 April 2019", "[2019-03-27, 2019-04-10]"),
        ("２０１９", "2019"),
        ("٢٠١٩-١١", "2019-11"),
        ("2019‑11‑05", "2019-11-05"),
    ],
)
def test_dates_as_people_type_them(typed: str, meant: str) -> None:
    """A date as people type it is refused, with the value that they meant."""
    error = refusal(typed)
    assert (error.code, error.help) == ("unreadable", f"write `{meant}`")
    assert When.parse(meant).value == meant


def test_two_whole_years_in_a_row() -> None:
    """They may be a financial year or both years, so both are offered."""
    assert (
        refusal("2019-2020").help == "write `2019/20` for the financial year, or `2019/2020` for both years"
    )
    assert refusal("2019–2020").help == refusal("2019-2020").help


@pytest.mark.parametrize("season", range(21, 42))
@pytest.mark.parametrize("year", [2018, 2030, 1900])
def test_no_season_is_accepted(year: int, season: int) -> None:
    """The months offered instead are a quarter at least, and begin in the year of the season."""
    error = refusal(f"{year}-{season}")
    assert error.code == ("ambiguous-year" if season == year % 100 + 1 else "season")
    (offered,) = (value for value in offers(error) if "-" in value)
    earliest, latest = When.parse(offered).earliest, When.parse(offered).latest
    assert earliest is not None
    assert latest is not None
    assert earliest.year == year
    assert (latest - earliest).days > 85


@pytest.mark.parametrize(
    ("season", "months"),
    [
        ("21", "2018-03/2018-05"),
        ("24", "2018-12/2019-02"),
        ("25", "2018-03/2018-05"),
        ("29", "2018-09/2018-11"),
        ("31", "2018-03/2018-05"),
        ("33", "2018-01/2018-03"),
        ("36", "2018-10/2018-12"),
        ("38", "2018-05/2018-08"),
        ("41", "2018-07/2018-12"),
    ],
)
def test_the_months_of_seasons(season: str, months: str) -> None:
    """Seasons of the north and the south, quarters, thirds and halves are those of ISO 8601-2."""
    assert offers(refusal(f"2018-{season}"))[0] == months


@UNTIMED
@given(st.integers(1, 9998))
def test_a_year_and_the_next_are_never_guessed_at(year: int) -> None:
    """`2011-12` is refused with the financial year among the readings, whatever else it could be."""
    error = refusal(f"{year:04}-{(year + 1) % 100:02}")
    assert error.code == "ambiguous-year"
    assert f"{year:04}/{(year + 1) % 100:02}" in offers(error)


def test_an_error_survives_a_trip_between_processes() -> None:
    """A worker that reads records hands on all of an error: message, help and code."""
    error = refusal("2011-12")
    again = pickle.loads(pickle.dumps(error))
    assert (again.message, again.help, again.code) == (error.message, error.help, error.code)


def offers(error: WhenError) -> list[str]:
    """The values that the help of an error tells an editor to write."""
    return [quoted for quoted in re.findall(r"`([^`]+)`", error.help or "") if quoted[0] in "0123456789[."]


# Pieces of dates, so that random text gets past the first character.
DATES = st.sampled_from(
    ["2019", "2020", "20", "12", "05", "5", "0000", "9999", "00", "XX", "X", "Q", "Q2", "٣"]
)
MARKS = st.sampled_from(["-", "–", "/", "..", ",", "[", "]", "{", "}", "~", "?", " ", "T10:30"])
WORDS = st.sampled_from(["november", "Dec", "autumn", "from ", "by ", "one of ", " or ", " to "])
PIECES = DATES | MARKS | WORDS


def attempt(text: str) -> When | WhenError:
    """What comes of reading a text; any other exception than ours is let through."""
    try:
        return When.parse(text)
    except WhenError as error:
        return error


@settings(UNTIMED, max_examples=500)
@given(st.text() | st.lists(PIECES, max_size=12).map("".join))
@example("\ud800")
@example("İ2019")
@example("²²²²")
@example("[" * 100)
@example("9999-24")
@example("9999/00/9999/00")
@example("/".join(["9" * 4] * 20))
def test_every_text_is_read_or_refused(text: str) -> None:
    """No text raises another exception, and every value offered instead can be read."""
    outcome = attempt(text)
    if isinstance(outcome, When):
        assert re.sub(r"\s", "", text) == outcome.value.replace(" ", "")
        return
    assert outcome.code in get_args(Code)
    assert outcome.message[0] in "abcdefghijklmnopqrstuvwxyz"
    assert outcome.message[-1] != "."
    assert outcome.help
    assert all(When.parse(offer) for offer in offers(outcome))


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
        ("[2019-03-27, 2019-04-10]", "one of 27 March 2019, 10 April 2019"),
        ("[2019-03-27, 2019-04-01..2019-04-10]", "one of 27 March 2019, 1 April 2019 to 10 April 2019"),
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


# -- values made by hypothesis, with the days that they name ------------------------------------

YEARS = st.integers(1, 9998)


def month_of(year: int, month: int) -> str:
    """A month as EDTF writes it, or with the day unspecified where we refuse that."""
    return f"{year:04}-{month:02}" + ("-XX" if month == (year + 1) % 100 else "")


@st.composite
def parts(draw: st.DrawFn, years: st.SearchStrategy[int] = YEARS) -> tuple[str, date, date]:
    """One date without a qualifier, and its first and last day."""
    year, month = draw(years), draw(st.integers(1, 12))
    last = monthrange(year, month)[1]
    day = draw(st.integers(1, last))
    decade = max(year - year % 10, 10)
    return draw(
        st.sampled_from(
            [
                (f"{year:04}-{month:02}-{day:02}", date(year, month, day), date(year, month, day)),
                (month_of(year, month), date(year, month, 1), date(year, month, last)),
                (f"{year:04}-{month:02}-XX", date(year, month, 1), date(year, month, last)),
                (f"{year:04}", date(year, 1, 1), date(year, 12, 31)),
                (f"{year:04}-XX", date(year, 1, 1), date(year, 12, 31)),
                (f"{decade:04}"[:3] + "X", date(decade, 1, 1), date(decade + 9, 12, 31)),
            ]
        )
    )


QUALIFIERS = st.sampled_from(["", "", "~", "?", "%"])


@st.composite
def values(draw: st.DrawFn, years: st.SearchStrategy[int] = YEARS) -> str:
    """Any value that is accepted."""
    (a, a_first, a_last), (b, b_first, b_last) = draw(parts(years)), draw(parts(years))
    if b_last < a_first or (b_first, b_last) < (a_first, a_last):
        a, b = b, a
    a, b = a + draw(QUALIFIERS), b + draw(QUALIFIERS)
    year = draw(years)
    financial = f"{year:04}/{(year + 1) % 100:02}" + draw(st.sampled_from(["", "-Q1", "-Q2", "-Q3", "-Q4"]))
    forms = [a, f"{a}/{b}", f"{a}/..", f"../{b}", f"{a}/", f"/{b}", f"[{a}, {b}]", f"[{a}..{b}]"]
    return draw(
        st.sampled_from(
            [*forms, financial, f"{financial}~", f"[{financial}, {a}]", f"[{b}, {financial}, {a}..{b}]"]
        )
    )


NEAR = st.integers(2018, 2021)
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


# -- an independent reader of EDTF --------------------------------------------------------------


def day_of(bound: struct_time | float) -> date | None:
    """A bound of the edtf package as a date, None for infinity."""
    if isinstance(bound, float):
        assert math.isinf(bound)
        return None
    return date(bound.tm_year, bound.tm_mon, bound.tm_mday)


@st.composite
def shared_values(draw: st.DrawFn) -> tuple[str, str, str]:
    """A value of a form that both readers know, and the parts of it that hold the first and the last day.

    The edtf package fails on `2019-XX` within an interval or a set (AttributeError), so there its reading
    of the parts alone is compared. Financial years and ends left empty, which it does not know or guesses
    at, have tests of their own.
    """
    a, b = sorted((draw(parts()), draw(parts())), key=lambda part: part[1:])
    first, last = a[0], b[0]
    if "X" not in first + last:
        first, last = first + draw(QUALIFIERS), last + draw(QUALIFIERS)
    widest = max((a, b), key=lambda part: part[2])[0]
    forms = [(first, first, first), (f"[{first}, {last}]", first, widest)]
    if b[2] >= a[1]:
        forms.append((f"{first}/{last}", first, last))
    if len(a[0]) == len(b[0]) and "X" not in a[0] + b[0]:
        forms.append((f"[{a[0]}..{b[0]}]", a[0], b[0]))
    if "X" not in first:
        forms += [(f"{first}/..", first, ".."), (f"../{first}", "..", first)]
    return draw(st.sampled_from(forms))


@settings(UNTIMED, max_examples=200)
@given(shared_values())
def test_bounds_are_those_of_an_independent_reader(value: tuple[str, str, str]) -> None:
    """The edtf package reads the same first and last day, part by part and, where it can, of the whole."""
    text, first, last = value
    ours = When.parse(text)
    bounds_of_parts = (
        None if first == ".." else day_of(edtf.parse_edtf(first).lower_strict()),
        None if last == ".." else day_of(edtf.parse_edtf(last).upper_strict()),
    )
    assert (ours.earliest, ours.latest) == bounds_of_parts
    if "X" not in text or text == first:
        theirs = edtf.parse_edtf(text)
        assert (ours.earliest, ours.latest) == (day_of(theirs.lower_strict()), day_of(theirs.upper_strict()))


@settings(UNTIMED, max_examples=100)
@given(YEARS, st.integers(1, 41))
def test_months_and_seasons_beside_an_independent_reader(year: int, number: int) -> None:
    """It takes seasons and pairs of years, which we refuse; every other month is the same."""
    value = f"{year:04}-{number:02}"
    theirs = edtf.parse_edtf(value, fail_silently=True)
    if number == (year + 1) % 100:
        assert refusal(value).code == "ambiguous-year"
    elif number > 20:
        assert theirs is not None
        assert refusal(value).code == "season"
    elif number > 12:
        assert theirs is None
        assert refusal(value).code == "unreadable"
    else:
        assert (When.parse(value).earliest, When.parse(value).latest) == (
            day_of(theirs.lower_strict()),
            day_of(theirs.upper_strict()),
        )


def test_an_unknown_end_is_not_guessed() -> None:
    """The edtf package puts ten years in the place of an end left empty; we add nothing."""
    assert day_of(edtf.parse_edtf("2020-01/").upper_strict()) == date(2030, 1, 1)
    assert When.parse("2020-01/").latest is None


# -- as fields of a record ----------------------------------------------------------------------


class Dated(BaseModel):
    """A record with the two kinds of date."""

    on: When | None = None
    over: Period | None = None


def errors_of(given: dict[str, Any]) -> list[tuple[str, tuple[str | int, ...], str, str | None]]:
    """Type, place, message and help of what pydantic finds."""
    with pytest.raises(ValidationError) as caught:
        Dated.model_validate(given)
    return [
        (error["type"], error["loc"], error["msg"], error.get("ctx", {}).get("help"))
        for error in caught.value.errors()
    ]


@pytest.mark.parametrize(
    ("given_value", "value", "as_written"),
    [
        ("2019-11-05", "2019-11-05", None),
        (" 2019-11 ", "2019-11", None),
        (2019, "2019", None),
        (["2019-03-27", "2019-04-10"], "[2019-03-27, 2019-04-10]", None),
        ([2018, 2020], "[2018, 2020]", None),
        (["2019-03-27..2019-04-10"], "[2019-03-27..2019-04-10]", None),
        (When.parse("2019", "that year"), "2019", "that year"),
        ({"value": "2019-01/2019-03", "as_written": "early 2019"}, "2019-01/2019-03", "early 2019"),
        ({"value": "2019", "as_written": None}, "2019", None),
        ({"value": 2019}, "2019", None),
        ({"value": ["2018", "2020"], "as_written": "either"}, "[2018, 2020]", "either"),
    ],
)
def test_what_a_field_takes(given_value: Any, value: str, as_written: str | None) -> None:
    """A field takes a value, a list (how YAML reads a set) or a mapping."""
    assert Dated.model_validate({"on": given_value}).on == When.parse(value, as_written)


def test_a_field_takes_a_period() -> None:
    """A period is read and kept as a date is."""
    dated = Dated.model_validate({"over": {"value": "2019/20", "as_written": "last year"}})
    assert dated.over == Period.parse("2019/20", "last year")
    assert Dated.model_validate({"over": dated.over}).over is dated.over


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("2019-21", "when_season"),
        ("2011-12", "when_ambiguous_year"),
        ("2020/2019", "when_backwards"),
        ("early 2019", "when_unreadable"),
    ],
)
def test_what_a_field_refuses(given_value: str, expected: str) -> None:
    """The error carries the code, the message and the help, and points into a mapping."""
    error = refusal(given_value)
    assert errors_of({"on": given_value}) == [(expected, ("on",), error.message, error.help)]
    assert errors_of({"over": given_value}) == [(expected, ("over",), error.message, error.help)]
    assert errors_of({"on": {"value": given_value}}) == [
        (expected, ("on", "value"), error.message, error.help)
    ]


def test_braces_in_a_value_are_not_filled_in() -> None:
    """Pydantic's messages are templates, and an editor's text is not."""
    assert errors_of({"on": "{help}"})[0][2] == "cannot read `{help}` as a date"


@pytest.mark.parametrize(
    ("given_value", "message"),
    [
        (3.5, "expected a date, found `float`"),
        (True, "expected a date, found `bool`"),
        (10_000, "expected a date, found `int`"),
        pytest.param(10**5000, "expected a date, found `int`", id="a number too long to print"),
        ([["2019"]], "expected a date, found `list`"),
        (["2019", None], "expected a date, found nothing"),
        ([], "expected a date, found nothing"),
        (date(2019, 11, 5), "expected a date, found `date`"),
        (Period.parse("2019"), "expected a date, found `Period`"),
    ],
)
def test_a_field_refuses_other_types(given_value: Any, message: str) -> None:
    """What is not text, a year, a list or a mapping is no date."""
    ((kind, _, found, mend),) = errors_of({"on": given_value})
    assert (kind, found) == ("when_unreadable", message)
    assert mend


def test_a_mapping_refuses_other_keys() -> None:
    """The error points at the key, so that a slip is not lost in silence."""
    assert errors_of({"on": {"value": "2019", "valeu": "2018"}})[0][:2] == (
        "extra_forbidden",
        ("on", "valeu"),
    )
    assert errors_of({"on": {"as_written": "early 2019"}})[0][:2] == ("missing", ("on", "value"))
    assert errors_of({"on": {"value": "2019", "as_written": 3}})[0][:2] == (
        "string_type",
        ("on", "as_written"),
    )


@UNTIMED
@given(values(), st.none() | st.sampled_from(["early 2019", "middle of November"]))
def test_a_field_is_written_as_it_was_read(value: str, as_written: str | None) -> None:
    """Writing a record and reading it again changes nothing."""
    expected: Any = {"value": value, "as_written": as_written} if as_written else value
    dated = Dated.model_validate({"on": expected})
    assert dated.model_dump()["on"] == dated.model_dump(mode="json")["on"] == expected
    assert Dated.model_validate_json(dated.model_dump_json()) == dated


def test_the_schema_offers_what_is_accepted() -> None:
    """The JSON Schema lists the forms, once for all fields of a record."""
    definitions = Dated.model_json_schema()["$defs"]
    assert [form["type"] for form in definitions["When"]["anyOf"]] == ["string", "integer", "array", "object"]
    assert [form["type"] for form in definitions["Period"]["anyOf"]] == ["string", "integer", "object"]
    mapping = definitions["When"]["anyOf"][-1]
    assert (set(mapping["properties"]), mapping["required"]) == ({"value", "as_written"}, ["value"])
    assert mapping["additionalProperties"] is False
    for kind, form in ((When, definitions["When"]), (Period, definitions["Period"])):
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        for text in form["anyOf"][0]["examples"]:
            assert adapter.validate_python(text).value == text
    assert Dated.model_json_schema() == Dated.model_json_schema(mode="serialization")
