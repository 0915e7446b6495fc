"""Dates as text: reads what an editor writes, says it in plain English, or says how to mend it."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

Code: TypeAlias = Literal["unreadable", "ambiguous-year", "season", "backwards"]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip  # a half-year to the line; `calendar.month_name` would follow the machine's locale

LONGEST = 100  # characters; an honest value has fewer, and what reads it afterwards need not fear the rest

_EXAMPLES = "write a date as in `2019-11-05`, `2019-11`, `2019`, `2019-12-12/2020-01-07` or `2019/20`"
_OWN_WORDS = f"{_EXAMPLES}; the source's own words go in `as_written`"

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%]?)")
_YEARS = re.compile(r"([0-9]{3}X|[0-9]{2}XX|[0-9]XXX)([~?%]?)")
_FINANCIAL = re.compile(r"([0-9]{4})/([0-9]{2})(?:-Q([0-9]))?([~?%]?)")
_PUNCTUATION = re.compile(r"\s*(/|\.\.|,|\[|\])\s*")
_TIME_OF_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9]|(?: at)? [0-9]+[:.]).*", re.IGNORECASE)
_FAR_YEAR = re.compile(r"-[0-9]{4}.*|Y?-?[0-9]{5}(-.*)?|.*[0-9] ?BCE?", re.IGNORECASE)
_NAMED_SEASON = re.compile(r"(?:in |the )*(spring|summer|autumn|winter)(?: of)? ([0-9]{4})", re.IGNORECASE)

# ISO 8601-2:2019, 4.8: the number that stands in the place of the month -> the first month, and how many.
# 21 to 24 are seasons, 25 to 28 northern and 29 to 32 southern ones, 33 to 41 quarters, thirds and halves.
_FIRST_MONTHS = (3, 6, 9, 12, 3, 6, 9, 12, 9, 12, 3, 6, 1, 4, 7, 10)
_SEASONS = {number: (month, 3) for number, month in enumerate(_FIRST_MONTHS, 21)}
_SEASONS |= {37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6)}
_SEASON_NAMES = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}


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


class Part(NamedTuple):
    """One date in a value: a day, a month, a year, a run of years, a financial year or a quarter of one."""

    text: str
    qualifier: str  # ISO 8601-2: `~` approximate, `?` uncertain, `%` both, or nothing; it moves no bound
    first: date
    last: date


class Interval(NamedTuple):
    """What lies between two parts, None for an open end; a part that stands alone is both start and end."""

    start: Part | None
    end: Part | None

    @property
    def days(self) -> DayRange:
        """The days of the interval, both ends included."""
        return DayRange(self.start and self.start.first, self.end and self.end.last)


class Reading(NamedTuple):
    """A value with tidy white space, and what it names: one interval, or the members of a set as written."""

    text: str
    intervals: tuple[Interval, ...]


def read(value: str) -> Reading:
    """Read a value: EDTF level 0, the parts of levels 1 and 2 that the design names, or a UK financial year.

    Raises WhenError, and nothing else, for every other text; its help offers a value only where that
    value can be read. Source: ISO 8601-2:2019 (EDTF).
    """
    try:
        return _read(value)
    except WhenError as error:
        if error.help is not None:
            raise
        raise WhenError(f"cannot read `{_shown(_tidy(value))}` as a date", _how_to_mend(value)) from None


def financial_year_days(year: int, quarter: int | None = None) -> tuple[date, date]:
    """The first and last day of the financial year that begins in `year` (1 to 9998), or of its quarter 1 to 4.

    Source: Local Government Finance Act 1992, section 69(1): twelve months beginning with 1st April.
    """
    if quarter is None:
        return date(year, 4, 1), date(year + 1, 3, 31)
    in_year, month = (year + 1, 1) if quarter == 4 else (year, 1 + 3 * quarter)
    return date(in_year, month, 1), _last_of_month(in_year, month + 2)


def _read(value: str) -> Reading:
    if found := _DATE.fullmatch(value):
        return Reading(value, (_alone(_read_date(found, nested=False)),))
    if len(value) > LONGEST:
        raise WhenError(f"no date is longer than {LONGEST} characters", _OWN_WORDS)
    text = _tidy(value)
    if text.startswith("[") and text.endswith("]"):
        return Reading(text, _read_set(text))
    if text.count("/") == 1 and not _FINANCIAL.fullmatch(text):
        return Reading(text, (_read_interval(text),))
    return Reading(text, (_alone(_read_part(text)),))


def _tidy(value: str) -> str:
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
            raise WhenError(f"no open end in a set, as in `{_shown(member)}`", mend)
    if len(members) == 1 and ".." not in text:
        raise WhenError(f"only one date in the set `{text}`", f"write `{members[0]}`")
    return tuple(intervals)


def _in_order(interval: Interval, mended: str) -> Interval:
    days = interval.days
    if days.first and days.last and days.first > days.last:
        raise WhenError("the end comes before the start", f"write `{mended}`", "backwards")
    return interval


def _alone(part: Part) -> Interval:
    return Interval(part, part)


def _read_part(text: str, nested: bool = False) -> Part:
    """Read one date; `nested` in an interval or a set, where a mend cannot itself be an interval."""
    if found := _DATE.fullmatch(text):
        return _read_date(found, nested)
    if found := _YEARS.fullmatch(text):
        years, qualifier = found.groups()
        first, last = _year(years.replace("X", "0")), _year(years.replace("X", "9"))
        return Part(years, qualifier, date(first, 1, 1), date(last, 12, 31))
    if found := _FINANCIAL.fullmatch(text):
        return _read_financial_year(*found.groups())
    raise _cannot_read(text)


def _read_date(found: re.Match[str], nested: bool) -> Part:
    year, month, day, qualifier = found.groups()
    bare, in_year = found[0].removesuffix(qualifier), _year(year)
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise WhenError(f"no month for the day in `{bare}`", f"write the year alone, `{year}`")
        return Part(bare, qualifier, date(in_year, 1, 1), date(in_year, 12, 31))
    if day is None:
        _refuse_year_pair(in_year, month, nested)
    if not 1 <= int(month) <= 12:
        raise WhenError(f"no month {month} in a year", "a month is a number from 01 to 12")
    last = _last_of_month(in_year, int(month))
    if day is None or day == "XX":
        return Part(bare, qualifier, last.replace(day=1), last)
    if not 1 <= int(day) <= last.day:
        name = f"{MONTHS[last.month - 1]} {year}"
        raise WhenError(f"no day {day} in {name}", f"{name} has {last.day} days")
    exact = last.replace(day=int(day))
    return Part(bare, qualifier, exact, exact)


def _read_financial_year(year: str, after: str, quarter: str | None, qualifier: str) -> Part:
    text, expected = f"{year}/{after}", _following(_year(year))
    if expected is None:
        raise WhenError("no year after 9999", _EXAMPLES)
    if after != expected:
        meant = [(f"{year}/{expected}", " for the financial year")]
        if after > year[2:]:
            meant.append((f"{year}/{year[:2]}{after}", f" for {year} to {year[:2]}{after}"))
        if 1 <= int(after) <= 12:
            meant.append((_month(int(year), int(after)), f" for {MONTHS[int(after) - 1]} {year}"))
        message = f"cannot tell what `{text}` is: {after} is not the year after {year}"
        raise WhenError(message, _offer(*meant), "ambiguous-year")
    if quarter is None:
        return Part(text, qualifier, *financial_year_days(int(year)))
    if quarter not in "1234":
        mend = f"April to June is `{text}-Q1`, and so on to `{text}-Q4`"
        raise WhenError(f"no quarter {quarter} in a year", mend)
    return Part(f"{text}-Q{quarter}", qualifier, *financial_year_days(int(year), int(quarter)))


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year(text: str) -> int:
    if text == "0000":
        raise WhenError("no year before 0001", _EXAMPLES)
    return int(text)


def _following(year: int) -> str | None:
    """The two digits of the year after, as in `2019/20`; None after 9999, where Python's dates end."""
    return f"{(year + 1) % 100:02}" if year < 9999 else None


def _refuse_year_pair(year: int, number: str, nested: bool) -> None:
    """Refuse `2011-12`, which a council writes for a year and EDTF reads as a month, and EDTF's seasons.

    To guess would move a budget by months without a word, so the editor is asked.
    """
    pair, month, is_season = f"{year:04}-{number}", int(number), int(number) in _SEASONS
    if number != _following(year):
        if is_season:
            raise _season_error(pair, year, month)
        return
    other, mend = "a slip", f"write `{year:04}/{number}` for the financial year"
    if nested:  # where the slash of a financial year would be that of an interval
        mend = f"the financial year runs from `{_month(year, 4)}` to `{_month(year + 1, 3)}`"
    if is_season:
        other = "a season"
        mend += f"; seasons are not accepted: write the months, as in `{_season_months(year, month)}`"
    elif 1 <= month <= 12:
        other = f"{MONTHS[month - 1]} {year}"
        days = f"{pair}-XX" if nested else f"{pair}-01/{_last_of_month(year, month)}"
        mend += f", or write `{days}` for {other}" if nested else f", or `{days}` for {other}"
    raise WhenError(f"cannot tell whether `{pair}` is a financial year or {other}", mend, "ambiguous-year")


def _season_error(text: str, year: int, season: int) -> WhenError:
    mend = f"write the months, as in `{_season_months(year, season)}`, and the source's own words in `as_written`"
    return WhenError(f"seasons are not accepted, as in `{_shown(text)}`", mend, "season")


def _season_months(year: int, season: int) -> str:
    first, count = _SEASONS[season]
    last = first + count - 1
    year = min(year, 9998)  # a winter ends in the year after, and dates end with 9999
    return f"{_month(year, first)}/{_month(year + (last > 12), (last - 1) % 12 + 1)}"


def _month(year: int, month: int) -> str:
    """A month that is accepted anywhere: `2019-11`, or `2011-12-XX` where `2011-12` would be refused."""
    text = f"{year:04}-{month:02}"
    return f"{text}-XX" if f"{month:02}" == _following(year) else text


# In plain English. A span never gains a day that its value does not name.


@lru_cache(maxsize=4096)
def moment_in_words(value: str) -> str:
    """A point in time that lies within a value: "by 12 December 2019", "one of 27 March 2019, 10 April 2019"."""
    text, intervals = read(value)
    if not text.startswith("[") or len(intervals) == 1:
        return _interval_in_words(intervals[0], "between {} and {}", "some time from {}", "by {}")
    members = dict.fromkeys(_interval_in_words(interval, "{} to {}", "{}", "{}") for interval in intervals)
    return ("one of " if len(members) > 1 else "") + ", ".join(members)


@lru_cache(maxsize=4096)
def period_in_words(value: str) -> str:
    """The whole of a value: "2019/20", "2018 to 2022", "from 2018", "until March 2020"."""
    words = _interval_in_words(read(value).intervals[0], "{} to {}", "from {}", "until {}")
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
    if first.day == 1 and last == _last_of_month(first.year, first.month) and not qualified:
        # `2011-12-01/2011-12-31`, since `2011-12` is refused, must not show a false first of the month.
        return f"{MONTHS[first.month - 1]} {first.year}"
    words = _part_in_words(start), _part_in_words(end)
    return words[0] if words[0] == words[1] else both.format(*words)


def _part_in_words(part: Part) -> str:
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


# What people type instead, and what they can have meant. Nothing is offered that cannot be read.


def _cannot_read(text: str) -> WhenError:
    if not text:
        return WhenError("expected a date, found nothing", _EXAMPLES)
    if found := _TIME_OF_DAY.fullmatch(text):
        day = found.group(1)
        mend = f"write `{day}` here; the time goes in its own field" if _is_readable(day) else _EXAMPLES
        return WhenError(f"no time of day in a date, as in `{_shown(text)}`", mend)
    if _FAR_YEAR.fullmatch(text):
        return WhenError(f"no year outside 0001 to 9999, as in `{_shown(text)}`", _EXAMPLES)
    if (found := _NAMED_SEASON.fullmatch(text)) and found.group(2) != "0000":
        return _season_error(text, int(found.group(2)), _SEASON_NAMES[found.group(1).lower()])
    return WhenError(f"cannot read `{_shown(text)}` as a date")


def _shown(text: str) -> str:
    plain = "".join(letter if letter.isprintable() and letter != "`" else "\ufffd" for letter in text)
    return plain if len(plain) <= 40 else f"{plain[:40]}…"


def _offer(*values: tuple[str, str]) -> str:
    return "write " + ", or ".join(f"`{value}`{meaning}" for value, meaning in values)


def _how_to_mend(value: str) -> str:
    typed = _typed(_tidy(value)).lower()
    if (found := re.fullmatch(r"([0-9]{4}) ?- ?([0-9]{4})", typed)) and int(found[2]) == int(found[1]) + 1:
        years, both = f"{found[1]}/{found[2][2:]}", f"{found[1]}/{found[2]}"
        if _is_readable(both):
            return _offer((years, " for the financial year"), (both, " for both years"))
    meant = _first_readable(_spellings(typed))
    return _offer((meant, "")) if meant else _OWN_WORDS


def _is_readable(value: str) -> bool:
    try:
        _read(value)
    except WhenError:
        return False
    return True


def _first_readable(spellings: Iterator[str]) -> str:
    """The first value that can be read, or nothing, which makes what is built from it unreadable too."""
    return next(filter(_is_readable, spellings), "")


def _typed(text: str) -> str:
    """The text with printers' dashes, and digits of other scripts, replaced by those of a keyboard."""
    letters = []
    for letter in text:
        if letter.isdecimal():
            letter = str(unicodedata.decimal(letter))
        elif unicodedata.category(letter) == "Pd" or letter == "\N{MINUS SIGN}":
            letter = "-"
        letters.append(letter)
    return "".join(letters)


def _spellings(words: str) -> Iterator[str]:
    """The values that a text can stand for, likeliest first; not all of them can be read."""
    yield from _point_spellings(words)
    if found := re.fullmatch(r"[\[{](.+)[\]}]|one of (.+)|(.+ or .+)", words):
        points = re.split(r", (?:or )?| or ", found[1] or found[2] or found[3])
        yield f"[{', '.join(_first_readable(_point_spellings(point)) for point in points)}]"
    if found := re.fullmatch(r"(?:about|around|approximately|circa|ca?\.?|~) ?(.+)", words):
        yield f"{_first_readable(_point_spellings(found[1]))}~"
    for pattern, interval in _PHRASES:
        if found := re.fullmatch(pattern, words):
            yield interval.format(
                **{end: _end_of_interval(end, point) for end, point in found.groupdict().items()}
            )


_PHRASES = (
    (r"(?:from |between )?(?P<first>.+?) (?:-|to|until|and) (?P<last>.+)", "{first}/{last}"),
    (r"(?:from |since )?(?P<first>.+?)(?:/\.\.|/open|/now| onwards?)?", "{first}/.."),
    (r"(?:by |until |up to |\.\./)(?P<last>.+)", "../{last}"),
    (r"(?P<first>[^/]+(?:/[0-9]{2})?)/(?P<last>.+)", "{first}/{last}"),
)


def _end_of_interval(end: str, point: str) -> str:
    """The value for the `first` or `last` date of an interval; a financial year is written as its month."""
    spelling = _first_readable(_point_spellings(point))
    if found := re.fullmatch(r"([0-9]{4})/[0-9]{2}", spelling):
        return _month(int(found[1]), 4) if end == "first" else _month(int(found[1]) + 1, 3)
    return spelling or "?"


def _point_spellings(words: str) -> Iterator[str]:
    """The values that one date can stand for as typed in the United Kingdom, day first."""
    yield words.upper()
    for pattern, spell in _POINTS:
        if (found := re.fullmatch(pattern, words)) and (spelling := spell(*found.groups())):
            yield spelling


def _iso(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _number_of(month: str) -> int:
    """The number of a month by its name or the first letters of it (nov, sept); 0 for another word."""
    if len(month) < 3:
        return 0
    return next((number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(month)), 0)


def _named_day(day: str, month: str, year: str) -> str:
    return f"{year}-{_number_of(month):02}-{int(day):02}"


def _named_month(month: str, year: str) -> str | None:
    return _month(int(year), number) if (number := _number_of(month)) else None


def _years(year: str, after: str, quarter: str | None = None) -> str | None:
    if _following(int(year)) == after[-2:]:
        return f"{year}/{after[-2:]}" + (f"-Q{quarter}" if quarter else "")
    return f"{year}/{after}" if len(after) == 4 else None


_POINTS: tuple[tuple[str, Callable[..., str | None]], ...] = (
    (r"([0-9]{1,2})([/. -])([0-9]{1,2})\2([0-9]{4})", lambda day, _, month, year: _iso(year, month, day)),
    (r"([0-9]{4})([/. -])([0-9]{1,2})\2([0-9]{1,2})", lambda year, _, month, day: _iso(year, month, day)),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", _iso),
    (r"([0-9]{4})-([1-9])", lambda year, month: _month(int(year), int(month))),
    (r"(?:[a-z]+day,? )?([0-9]{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]+)[.,]?[ -]([0-9]{4})", _named_day),
    (r"([a-z]+)[.,]?[ -]([0-9]{4})", _named_month),
    (r"(?:the )?([0-9]{3})0s", lambda decade: f"{decade}X"),
    (r"(?:the )?(?:financial year |fy ?)?([0-9]{4}) ?[-/] ?([0-9]{4}|[0-9]{2})(?: ?-? ?q([1-4]))?", _years),
    (
        r"q([1-4]) (?:of )?([0-9]{4})[-/]([0-9]{2})",
        lambda quarter, *years: _years(years[0], years[1], quarter),
    ),
)
