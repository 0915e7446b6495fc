"""Dates in plain English. A span never gains a day that its value does not name."""

from __future__ import annotations

from functools import lru_cache

from minutebook.when_text import MONTHS, DatePart, Interval, last_of_month, read_strictly


@lru_cache(maxsize=4096)
def moment_in_words(value: str) -> str:
    """A point in time that lies within a value: "by 12 December 2019", "one of 27 March 2019 or 10 April 2019"."""
    text, intervals = read_strictly(value)
    if not text.startswith("[") or len(intervals) == 1:
        return _interval_in_words(intervals[0], "between {} and {}", "some time from {}", "by {}")
    one_of = dict.fromkeys(_interval_in_words(interval, "{} to {}", "{}", "{}") for interval in intervals)
    *members, last = one_of
    return f"one of {', '.join(members)} or {last}" if members else last


@lru_cache(maxsize=4096)
def period_in_words(value: str) -> str:
    """The whole of a value: "2019/20", "2018 to 2022", "from 2018", "until March 2020"."""
    words = _interval_in_words(read_strictly(value).intervals[0], "{} to {}", "from {}", "until {}")
    return words.replace(_FINANCIAL_YEAR, "")


_FINANCIAL_YEAR = "the financial year "
_QUALIFIED = {"": "", "~": "about ", "?": "possibly ", "%": "possibly about "}


def _interval_in_words(interval: Interval, both: str, from_start: str, to_end: str) -> str:
    start, end = interval
    if start is None or end is None:
        return (
            from_start.format(_part_in_words(start)) if start else to_end.format(end and _part_in_words(end))
        )
    first, last, qualified = start.first, end.last, start.qualifier or end.qualifier
    if first.day == 1 and last == last_of_month(first.year, first.month) and not qualified:
        # `2011-12-01/2011-12-31`, since `2011-12` is refused, must not show a false first of the month.
        return f"{MONTHS[first.month - 1]} {first.year}"
    words = _part_in_words(start), _part_in_words(end)
    return words[0] if words[0] == words[1] else both.format(*words)


def _part_in_words(part: DatePart) -> str:
    first, last = part.first, part.last
    month, last_month = MONTHS[first.month - 1], MONTHS[last.month - 1]
    if "-Q" in part.text:
        words = f"quarter {part.text[-1]} of {part.text[:7]} ({month} to {last_month} {last.year})"
    elif "/" in part.text:
        words = _FINANCIAL_YEAR + part.text
    elif first == last:
        words = f"{first.day} {month} {first.year}"
    elif first.month == last.month:
        words = f"{month} {first.year}"
    elif first.year == last.year:
        words = str(first.year)
    else:
        is_decade = last.year - first.year == 9 and first.year % 100  # "the 2000s" may be a century
        words = f"the {first.year}s" if is_decade else f"the years {first.year} to {last.year}"
    return _QUALIFIED[part.qualifier] + words
