"""Dates beside an independent reader of EDTF, the edtf package: the same first day and the same last."""

from __future__ import annotations

import math
from datetime import date
from time import struct_time

import edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook.when import When
from tests.drawn_dates import QUALIFIERS, YEARS, parts, refusal
from tests.helpers import UNTIMED


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
