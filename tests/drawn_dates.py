"""Dates for hypothesis to draw, with the days that they name; the three answers; and the refusal of a date."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import strategies as st

from minutebook.when import Answer, When, WhenError

YES, NO, UNCERTAIN = Answer.YES, Answer.NO, Answer.UNCERTAIN


def refusal(value: str) -> WhenError:
    """The error that a value gives."""
    with pytest.raises(WhenError) as caught:
        When.parse(value)
    return caught.value


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
