"""What people type instead of a date, and what they can have meant. Nothing is offered that cannot be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from minutebook.when_text import (
    EXAMPLES,
    MONTHS,
    OWN_WORDS,
    NoDate,
    Reading,
    WhenError,
    following,
    month_text,
    offer,
    read_strictly,
    season_error,
    shown,
    tidy,
)

_TIME_OF_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9]|(?: at)? [0-9]+[:.]).*", re.IGNORECASE)
_FAR_YEAR = re.compile(r"-[0-9]{4}.*|Y?-?[0-9]{5}(-.*)?|.*[0-9] ?BCE?", re.IGNORECASE)
_NAMED_SEASON = re.compile(r"(?:in |the )*(spring|summer|autumn|winter)(?: of)? ([0-9]{4})", re.IGNORECASE)
_SEASON_NAMES = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}


def read(value: str) -> Reading:
    """Read a value as `read_strictly` does; where that fails, say what was meant and how to write it.

    Raises WhenError, and nothing else; its help offers a value only where that value can be read.
    """
    try:
        return read_strictly(value)
    except NoDate as error:
        if (said := _said_otherwise(error.text)) is not None:
            raise said from None
        raise WhenError(f"cannot read `{shown(tidy(value))}` as a date", _how_to_mend(value)) from None


def _said_otherwise(text: str) -> WhenError | None:
    """What is wrong with a text that is no date, where that can be told."""
    if not text:
        return WhenError("expected a date, found nothing", EXAMPLES)
    if found := _TIME_OF_DAY.fullmatch(text):
        day = found.group(1)
        mend = f"write `{day}` here; the time goes in its own field" if _is_readable(day) else EXAMPLES
        return WhenError(f"no time of day in a date, as in `{shown(text)}`", mend)
    if _FAR_YEAR.fullmatch(text):
        return WhenError(f"no year outside 0001 to 9999, as in `{shown(text)}`", EXAMPLES)
    if (found := _NAMED_SEASON.fullmatch(text)) and found.group(2) != "0000":
        return season_error(text, int(found.group(2)), _SEASON_NAMES[found.group(1).lower()])
    return _no_such_day(_typed(text).lower())


def _no_such_day(words: str) -> WhenError | None:
    """What is wrong with a day that no month has, such as 31 November 2019, however it is written."""
    for spelling in _point_spellings(words):
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", spelling):
            try:
                read_strictly(spelling)
            except WhenError as error:
                return error
    return None


def _how_to_mend(value: str) -> str:
    typed = _typed(tidy(value)).lower()
    if (found := re.fullmatch(r"([0-9]{4}) ?- ?([0-9]{4})", typed)) and int(found[2]) == int(found[1]) + 1:
        years, both = f"{found[1]}/{found[2][2:]}", f"{found[1]}/{found[2]}"
        if _is_readable(both):
            return offer((years, " for the financial year"), (both, " for both years"))
    meant = _first_readable(_spellings(typed))
    return offer((meant, "")) if meant else OWN_WORDS


def _is_readable(value: str) -> bool:
    try:
        read_strictly(value)
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
        return month_text(int(found[1]), 4) if end == "first" else month_text(int(found[1]) + 1, 3)
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


def _named_day(day: str, month: str, year: str) -> str | None:
    return f"{year}-{number:02}-{int(day):02}" if (number := _number_of(month)) else None


def _named_month(month: str, year: str) -> str | None:
    return month_text(int(year), number) if (number := _number_of(month)) else None


def _years(year: str, after: str, quarter: str | None = None) -> str | None:
    if following(int(year)) == after[-2:]:
        return f"{year}/{after[-2:]}" + (f"-Q{quarter}" if quarter else "")
    return f"{year}/{after}" if len(after) == 4 else None


_POINTS: tuple[tuple[str, Callable[..., str | None]], ...] = (
    (r"([0-9]{1,2})([/. -])([0-9]{1,2})\2([0-9]{4})", lambda day, _, month, year: _iso(year, month, day)),
    (r"([0-9]{4})([/. -])([0-9]{1,2})\2([0-9]{1,2})", lambda year, _, month, day: _iso(year, month, day)),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", _iso),
    (r"([0-9]{4})-([1-9])", lambda year, month: month_text(int(year), int(month))),
    (r"(?:[a-z]+day,? )?([0-9]{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]+)[.,]?[ -]([0-9]{4})", _named_day),
    (r"([a-z]+)[.,]?[ -]([0-9]{4})", _named_month),
    (r"(?:the )?([0-9]{3})0s", lambda decade: f"{decade}X"),
    (r"(?:the )?(?:financial year |fy ?)?([0-9]{4}) ?[-/] ?([0-9]{4}|[0-9]{2})(?: ?-? ?q([1-4]))?", _years),
    (
        r"q([1-4]) (?:of )?([0-9]{4})[-/]([0-9]{2})",
        lambda quarter, *years: _years(years[0], years[1], quarter),
    ),
)
