"""Dates in few words, for lists: several days that one may be are counted, and not named one by one."""

from __future__ import annotations

from minutebook.grammar import listed
from minutebook.when import When
from minutebook.when_text import MONTHS

_MANY = 3  # days; so many are counted, fewer are named
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_short(when: When) -> str:
    """A date as a reader would say it; of three or more days that it may be how many, and in which months.

    `one of four days in March and April 2019`, where the whole is `one of 27 March 2019, 2 April 2019 or …`.
    """
    days = [one.first for one in when.ranges if one.first is not None and one.first == one.last]
    if when.as_written is not None or len(days) < _MANY or len(days) != len(when.ranges):
        return when.display()
    months: dict[int, list[str]] = {}
    for day in days:
        name = MONTHS[day.month - 1]
        if name not in (known := months.setdefault(day.year, [])):
            known.append(name)
    said = [f"{listed(names)} {year}" for year, names in months.items()]
    number = _NUMBERS[len(days)] if len(days) < len(_NUMBERS) else f"{len(days):,}"
    return f"one of {number} days in {listed(said)}"


__all__ = ["in_short"]
