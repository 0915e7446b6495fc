"""Dates that are refused: why, and what the editor is offered to write instead."""

from __future__ import annotations

import pickle
import re
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minutebook.when import When, WhenError
from minutebook.when_text import Code
from tests.drawn_dates import refusal
from tests.helpers import UNTIMED

EXAMPLES = "write a date as in `2019-11-05`, `2019-11`, `2019`, `2019-12-12/2020-01-07` or `2019/20`"
OWN_WORDS = f"{EXAMPLES}; the source's own words go in `as_written`"


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
        ("11/25/2019", "unreadable", "no month 25 in a year", "a month is a number from 01 to 12"),
        ("31 November 2019", "unreadable", "no day 31 in November 2019", "November 2019 has 30 days"),
        ("31/11/2019", "unreadable", "no day 31 in November 2019", "November 2019 has 30 days"),
        (
            "[2019-11-05, 30 Feb 2020]",
            "unreadable",
            "no day 30 in February 2020",
            "February 2020 has 29 days",
        ),
        ("5 Brumaire 2019", "unreadable", "cannot read `5 Brumaire 2019` as a date", OWN_WORDS),
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
