"""Dates of every shape that a source leaves them in, around a day that is known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from minutebook.when import When
from minutebook.when_text import MONTHS

Written = str | list[str] | dict[str, str]

FIRST, LAST = date(2002, 1, 7), date(2021, 12, 17)  # twenty years of meetings
SPAN = (LAST - FIRST).days


def in_words(day: date) -> str:
    """A day as minutes print it, whatever the language of the machine: 17 June 2002."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_of(day: date) -> str:
    """The month of a day; `2011-12` is refused for looking like a financial year, `2011-12-XX` is not."""
    text = f"{day:%Y-%m}"
    return f"{text}-XX" if day.month == (day.year + 1) % 100 else text


def financial_year_of(day: date) -> str:
    """The financial year of a day, as in `2019/20`: it begins on 1 April."""
    year = day.year if day.month >= 4 else day.year - 1
    return f"{year:04}/{(year + 1) % 100:02}"


def quarter_of(day: date) -> str:
    """The quarter of the financial year in which a day lies: `2019/20-Q2`."""
    return f"{financial_year_of(day)}-Q{(day.month - 4) % 12 // 3 + 1}"


def working_day(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def shape(rng: random.Random, day: date, within: timedelta | None = None) -> Written:
    """Write a day as a source might: most often exactly, else wider; no wider than `within` on either side."""
    if rng.random() < 0.55:
        return day.isoformat()
    return next(
        written
        for written in _wider(rng, day)
        if within is None or _fits(When.parse(_value(written)), day - within, day + within)
    )


def _wider(rng: random.Random, day: date) -> Iterator[Written]:
    before, after = (timedelta(days=rng.randrange(1, 40)) for _ in range(2))
    wider: list[Written] = [
        month_of(day),
        f"{month_of(day)}~" if "XX" not in month_of(day) else month_of(day),
        f"{day - before}/{day + after}",
        [day.isoformat(), (day + after).isoformat()],
        quarter_of(day),
        financial_year_of(day),
        f"{day:%Y}",
        f"{day - before}/..",
        f"../{day + after}",
        {
            "value": month_of(day),
            "as_written": f"{('early', 'middle of', 'end of')[day.day // 11]} {MONTHS[day.month - 1]} {day.year}",
        },
    ]
    rng.shuffle(wider)
    yield from wider
    yield day.isoformat()


def _value(written: Written) -> str:
    if isinstance(written, dict):
        return written["value"]
    return written if isinstance(written, str) else f"[{', '.join(written)}]"


def _fits(when: When, first: date, last: date) -> bool:
    return (
        when.earliest is not None
        and when.latest is not None
        and first <= when.earliest
        and when.latest <= last
    )
