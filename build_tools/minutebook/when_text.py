"""Dates as text: what is read of what an editor writes, and nothing else; `when_mending` says what was meant instead."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

Code: TypeAlias = Literal["unreadable", "ambiguous-year", "season", "backwards"]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip  # a half-year to the line; `calendar.month_name` would follow the machine's locale

LONGEST = 100  # characters; an honest value has fewer, and what reads it afterwards need not fear the rest

EXAMPLES = "write a date as in `2019-11-05`, `2019-11`, `2019`, `2019-12-12/2020-01-07` or `2019/20`"
OWN_WORDS = f"{EXAMPLES}; the source's own words go in `as_written`"

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%]?)")
_YEARS = re.compile(r"([0-9]{3}X|[0-9]{2}XX|[0-9]XXX)([~?%]?)")
_FINANCIAL = re.compile(r"([0-9]{4})/([0-9]{2})(?:-Q([0-9]))?([~?%]?)")
_PUNCTUATION = re.compile(r"\s*(/|\.\.|,|\[|\])\s*")

# ISO 8601-2:2019, 4.8: the number that stands in the place of the month -> the first month, and how many.
# 21 to 24 are seasons, 25 to 28 northern and 29 to 32 southern ones, 33 to 41 quarters, thirds and halves.
_FIRST_MONTHS = (3, 6, 9, 12, 3, 6, 9, 12, 9, 12, 3, 6, 1, 4, 7, 10)
_SEASONS = {number: (month, 3) for number, month in enumerate(_FIRST_MONTHS, 21)}
_SEASONS |= {37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6)}


@dataclass(frozen=True, slots=True)
class DayRange:
    """The days from `first` to `last`, both included; None where that end is open or unknown."""

    first: date | None
    last: date | None


class WhenError(ValueError):
    """A date that cannot be read: what is wrong (`message`), how to mend it (`help`), and a `code` to group by."""

    def __init__(self, message: str, mend: str | None = None, code: Code = "unreadable") -> None:
        super().__init__(message)
        self.message = message
        self.help = mend
        self.code: Code = code


class NoDate(WhenError):
    """A text that is no date at all; `text` is the part of the value that is none."""

    def __init__(self, text: str) -> None:
        super().__init__(f"cannot read `{shown(text)}` as a date")
        self.text = text


class DatePart(NamedTuple):
    """One date in a value: a day, a month, a year, a run of years, a financial year or a quarter of one."""

    text: str
    qualifier: str  # ISO 8601-2: `~` approximate, `?` uncertain, `%` both, or nothing; it moves no bound
    first: date
    last: date


class Interval(NamedTuple):
    """What lies between two parts, None for an open end; a part that stands alone is both start and end."""

    start: DatePart | None
    end: DatePart | None

    @property
    def days(self) -> DayRange:
        """The days of the interval, both ends included."""
        return DayRange(self.start and self.start.first, self.end and self.end.last)


class Reading(NamedTuple):
    """A value with tidy white space, and what it names: one interval, or the members of a set as written."""

    text: str
    intervals: tuple[Interval, ...]


def financial_year_days(year: int, quarter: int | None = None) -> tuple[date, date]:
    """The first and last day of the financial year that begins in `year` (1 to 9998), or of its quarter 1 to 4.

    Source: Local Government Finance Act 1992, section 69(1): twelve months beginning with 1st April.
    """
    if quarter is None:
        return date(year, 4, 1), date(year + 1, 3, 31)
    in_year, month = (year + 1, 1) if quarter == 4 else (year, 1 + 3 * quarter)
    return date(in_year, month, 1), last_of_month(in_year, month + 2)


def read_strictly(value: str) -> Reading:
    """Read a value: EDTF level 0, the parts of levels 1 and 2 that the design names, or a UK financial year.

    Raises WhenError, and nothing else, for every other text; NoDate where no rule of the format says
    what is wrong with it. Source: ISO 8601-2:2019 (EDTF).
    """
    if found := _DATE.fullmatch(value):
        return Reading(value, (_alone(_read_date(found, nested=False)),))
    if len(value) > LONGEST:
        raise WhenError(f"no date is longer than {LONGEST} characters", OWN_WORDS)
    text = tidy(value)
    if text.startswith("[") and text.endswith("]"):
        return Reading(text, _read_set(text))
    if text.count("/") == 1 and not _FINANCIAL.fullmatch(text):
        return Reading(text, (_read_interval(text),))
    return Reading(text, (_alone(_read_part(text)),))


def tidy(value: str) -> str:
    """The value with tidy white space."""
    return _PUNCTUATION.sub(r"\1", " ".join(value.split())).replace(",", ", ").strip()


def _read_interval(text: str) -> Interval:
    left, right = text.split("/")
    start = None if left in ("", "..") else _read_part(left, nested=True)
    end = None if right in ("", "..") else _read_part(right, nested=True)
    if start is None and end is None:
        raise WhenError(f"no date at either end of `{text}`", "leave the field out, or write `not stated`")
    return _in_order(Interval(start, end), f"{right}/{left}")


def _read_set(text: str) -> tuple[Interval, ...]:
    """Read `[a, b]`, of which one member is meant; a member `a..b` is one of the days from a to b."""
    members = text[1:-1].split(", ")
    intervals = []
    for member in members:
        left, dots, right = member.partition("..")
        if not dots:
            intervals.append(_alone(_read_part(member, nested=True)))
        elif left and right:
            interval = Interval(_read_part(left, nested=True), _read_part(right, nested=True))
            intervals.append(_in_order(interval, f"[{right}..{left}]"))
        else:
            mend = "write an open end as in `../2019-11` or `2019-11/..`"
            raise WhenError(f"no open end in a set, as in `{shown(member)}`", mend)
    if len(members) == 1 and ".." not in text:
        raise WhenError(f"only one date in the set `{text}`", f"write `{members[0]}`")
    return tuple(intervals)


def _in_order(interval: Interval, mended: str) -> Interval:
    days = interval.days
    if days.first and days.last and days.first > days.last:
        raise WhenError("the end comes before the start", f"write `{mended}`", "backwards")
    return interval


def _alone(part: DatePart) -> Interval:
    return Interval(part, part)


def _read_part(text: str, nested: bool = False) -> DatePart:
    """Read one date; `nested` in an interval or a set, where a mend cannot itself be an interval."""
    if found := _DATE.fullmatch(text):
        return _read_date(found, nested)
    if found := _YEARS.fullmatch(text):
        years, qualifier = found.groups()
        first, last = _year(years.replace("X", "0")), _year(years.replace("X", "9"))
        return DatePart(years, qualifier, date(first, 1, 1), date(last, 12, 31))
    if found := _FINANCIAL.fullmatch(text):
        return _read_financial_year(*found.groups())
    raise NoDate(text)


def _read_date(found: re.Match[str], nested: bool) -> DatePart:
    year, month, day, qualifier = found.groups()
    bare, in_year = found[0].removesuffix(qualifier), _year(year)
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise WhenError(f"no month for the day in `{bare}`", f"write the year alone, `{year}`")
        return DatePart(bare, qualifier, date(in_year, 1, 1), date(in_year, 12, 31))
    if day is None:
        _refuse_year_pair(in_year, month, nested)
    if not 1 <= int(month) <= 12:
        raise WhenError(f"no month {month} in a year", "a month is a number from 01 to 12")
    last = last_of_month(in_year, int(month))
    if day is None or day == "XX":
        return DatePart(bare, qualifier, last.replace(day=1), last)
    if not 1 <= int(day) <= last.day:
        name = f"{MONTHS[last.month - 1]} {year}"
        raise WhenError(f"no day {day} in {name}", f"{name} has {last.day} days")
    exact = last.replace(day=int(day))
    return DatePart(bare, qualifier, exact, exact)


def _read_financial_year(year: str, after: str, quarter: str | None, qualifier: str) -> DatePart:
    text, expected = f"{year}/{after}", following(_year(year))
    if expected is None:
        raise WhenError("no year after 9999", EXAMPLES)
    if after != expected:
        meant = [(f"{year}/{expected}", " for the financial year")]
        if after > year[2:]:
            meant.append((f"{year}/{year[:2]}{after}", f" for {year} to {year[:2]}{after}"))
        if 1 <= int(after) <= 12:
            meant.append((month_text(int(year), int(after)), f" for {MONTHS[int(after) - 1]} {year}"))
        message = f"cannot tell what `{text}` is: {after} is not the year after {year}"
        raise WhenError(message, offer(*meant), "ambiguous-year")
    if quarter is None:
        return DatePart(text, qualifier, *financial_year_days(int(year)))
    if quarter not in "1234":
        mend = f"April to June is `{text}-Q1`, and so on to `{text}-Q4`"
        raise WhenError(f"no quarter {quarter} in a year", mend)
    return DatePart(f"{text}-Q{quarter}", qualifier, *financial_year_days(int(year), int(quarter)))


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def _year(text: str) -> int:
    if text == "0000":
        raise WhenError("no year before 0001", EXAMPLES)
    return int(text)


def following(year: int) -> str | None:
    """The two digits of the year after, as in `2019/20`; None after 9999, where Python's dates end."""
    return f"{(year + 1) % 100:02}" if year < 9999 else None


def _refuse_year_pair(year: int, number: str, nested: bool) -> None:
    """Refuse `2011-12`, which a council writes for a year and EDTF reads as a month, and EDTF's seasons.

    To guess would move a budget by months without a word, so the editor is asked.
    """
    pair, month, is_season = f"{year:04}-{number}", int(number), int(number) in _SEASONS
    if number != following(year):
        if is_season:
            raise season_error(pair, year, month)
        return
    other, mend = "a slip", f"write `{year:04}/{number}` for the financial year"
    if nested:  # where the slash of a financial year would be that of an interval
        mend = f"the financial year runs from `{month_text(year, 4)}` to `{month_text(year + 1, 3)}`"
    if is_season:
        other = "a season"
        mend += f"; seasons are not accepted: write the months, as in `{_season_months(year, month)}`"
    elif 1 <= month <= 12:
        other = f"{MONTHS[month - 1]} {year}"
        days = f"{pair}-XX" if nested else f"{pair}-01/{last_of_month(year, month)}"
        mend += f", or write `{days}` for {other}" if nested else f", or `{days}` for {other}"
    raise WhenError(f"cannot tell whether `{pair}` is a financial year or {other}", mend, "ambiguous-year")


def season_error(text: str, year: int, season: int) -> WhenError:
    """The error that refuses a season and names its months."""
    mend = f"write the months, as in `{_season_months(year, season)}`, and the source's own words in `as_written`"
    return WhenError(f"seasons are not accepted, as in `{shown(text)}`", mend, "season")


def _season_months(year: int, season: int) -> str:
    first, count = _SEASONS[season]
    last = first + count - 1
    year = min(year, 9998)  # a winter ends in the year after, and dates end with 9999
    return f"{month_text(year, first)}/{month_text(year + (last > 12), (last - 1) % 12 + 1)}"


def month_text(year: int, month: int) -> str:
    """A month that is accepted anywhere: `2019-11`, or `2011-12-XX` where `2011-12` would be refused."""
    text = f"{year:04}-{month:02}"
    return f"{text}-XX" if f"{month:02}" == following(year) else text


def offer(*values: tuple[str, str]) -> str:
    """The sentence that offers values, each with its meaning."""
    return "write " + ", or ".join(f"`{value}`{meaning}" for value, meaning in values)


def shown(text: str) -> str:
    """A text as a message quotes it: without what cannot be seen, and not much of it."""
    plain = "".join(letter if letter.isprintable() and letter != "`" else "\ufffd" for letter in text)
    return plain if len(plain) <= 40 else f"{plain[:40]}…"
