"""Dates as wide as the source leaves them, held as bounds: comparing two of them answers yes, no or uncertain."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, Self, TypeAlias

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidatorFunctionWrapHandler
from pydantic_core import PydanticCustomError, core_schema

from minutebook.when_mending import read
from minutebook.when_text import Code, DayRange, WhenError
from minutebook.when_words import moment_in_words, period_in_words

__all__ = [
    "ALWAYS",
    "NEVER",
    "Answer",
    "DayRange",
    "Extent",
    "Moment",
    "Period",
    "When",
    "WhenError",
    "before",
    "bounds",
    "compatible",
    "day_numbers",
    "in_order",
    "on_or_before",
    "overlaps",
    "same_day",
    "within",
]

ALWAYS, NEVER = 0, date.max.toordinal() + 1  # ordinals before the first and after the last day there is


class Answer(enum.Enum):
    """What bounds allow us to say: yes, no, or uncertain, joined by Kleene's strong logic (`&`, `|`, `~`)."""

    YES = "yes"
    NO = "no"
    UNCERTAIN = "uncertain"

    @property
    def certain(self) -> bool:
        """True for YES alone."""
        return self is Answer.YES

    @property
    def possible(self) -> bool:
        """True for YES and for UNCERTAIN."""
        return self is not Answer.NO

    def __invert__(self) -> Answer:
        return _OPPOSITE[self]

    def __and__(self, other: Answer) -> Answer:
        if Answer.NO in (self, other):
            return Answer.NO
        return Answer.YES if self is other is Answer.YES else Answer.UNCERTAIN

    def __or__(self, other: Answer) -> Answer:
        return ~(~self & ~other)

    def __bool__(self) -> bool:
        # `if before(a, b):` would take uncertain for yes.
        raise TypeError("an answer is not true or false: ask for `.certain` or `.possible`")


_OPPOSITE = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNCERTAIN: Answer.UNCERTAIN}


_ERROR_TYPES: dict[Code, str] = {
    "unreadable": "when_unreadable",
    "ambiguous-year": "when_ambiguous_year",
    "season": "when_season",
    "backwards": "when_backwards",
}

_SPAN_FORMS: list[dict[str, Any]] = [
    {
        "type": "string",
        "description": "An EDTF date (ISO 8601-2), a UK financial year such as 2019/20, or a quarter of one.",
        "examples": ["2019-11-05", "2019-11", "2019-11~", "2019-12-12/2020-01-07", "2020-01/..", "2019/20", "2019/20-Q2"],
    },
    {"type": "integer", "description": "A year.", "minimum": 1, "maximum": 9999},
]  # fmt: skip  # one form a line
_SET_FORM = {
    "type": "array",
    "description": "One of these dates.",
    "items": {"type": ["string", "integer"]},
    "minItems": 1,
}
_WORDS = {
    "anyOf": [{"type": "string"}, {"type": "null"}],
    "description": "The source's own words: early 2019.",
}


class _Field:
    """What pydantic asks of a type of field: how to read it, to write it and to describe it."""

    __slots__ = ()
    _forms: ClassVar = _SPAN_FORMS
    value: str
    as_written: str | None

    @classmethod
    def parse(cls, value: str, as_written: str | None = None) -> Self:
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        # The value inside a mapping is checked as a field of its own, so that an error points at it.
        value = core_schema.no_info_plain_validator_function(cls._from_plain)
        words = core_schema.nullable_schema(core_schema.str_schema())
        mapping = core_schema.typed_dict_schema(
            {
                "value": core_schema.typed_dict_field(value),
                "as_written": core_schema.typed_dict_field(words, required=False),
            },
            extra_behavior="forbid",
        )
        written = core_schema.plain_serializer_function_ser_schema(_as_in_a_file)
        # A record has many dates: with a name the form is described once, under `$defs`.
        name = f"{cls.__module__}.{cls.__qualname__}"
        return core_schema.no_info_wrap_validator_function(
            cls._validate, mapping, ref=name, serialization=written
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        mapping = {
            "type": "object",
            "properties": {"value": {"anyOf": cls._forms}, "as_written": _WORDS},
            "required": ["value"],
            "additionalProperties": False,
        }
        return {"description": cls.__doc__, "anyOf": [*cls._forms, mapping]}

    @classmethod
    def _validate(cls, given: object, read_mapping: ValidatorFunctionWrapHandler) -> Self:
        if isinstance(given, cls):
            return given
        if isinstance(given, Mapping):
            fields = read_mapping(given)
            return cls.parse(fields["value"].value, fields.get("as_written"))
        return cls._from_plain(given)

    @classmethod
    def _from_plain(cls, given: object) -> Self:
        try:
            return cls.parse(_as_text(given))
        except WhenError as error:
            # Not as the template itself: an editor's `{help}` would be filled in.
            context = {"help": error.help, "message": error.message}
            raise PydanticCustomError(_ERROR_TYPES[error.code], "{message}", context) from None


def _as_text(given: object) -> str:
    """The value as text: YAML makes a list of `[2019-03-27, 2019-04-10]`, and JSON a number of 2019."""
    if isinstance(given, str):
        return given
    if isinstance(given, int) and not isinstance(given, bool) and 0 < given <= 9999:
        return f"{given:04}"
    if isinstance(given, list) and not any(isinstance(member, list) for member in given):
        return f"[{', '.join(_as_text(member) for member in given)}]"
    found = "nothing" if given is None else f"`{type(given).__name__}`"
    raise WhenError(f"expected a date, found {found}", "write a date as in `2019-11-05`")


def _as_in_a_file(date_field: _Field) -> str | dict[str, str]:
    if date_field.as_written is None:
        return date_field.value
    return {"value": date_field.value, "as_written": date_field.as_written}


@dataclass(frozen=True, slots=True)
class When(_Field):
    """A point in time as the source states it: one day, which lies in exactly one of the ranges."""

    _forms: ClassVar = [*_SPAN_FORMS, _SET_FORM]
    value: str
    as_written: str | None
    ranges: tuple[DayRange, ...]

    @classmethod
    def parse(cls, value: str, as_written: str | None = None) -> When:
        """Read a value such as `2019-11-05`, `2019-11~`, `[2019-03-27, 2019-04-10]` or `2019/20-Q2`.

        `as_written` is the source's words ("early 2019"), shown in place of the value. Qualifiers move
        no bound: "about November" is some day in November. Raises WhenError.
        Source: ISO 8601-2:2019 (EDTF), and the UK financial year.
        """
        when = _when(str(value))
        words = _tidy(as_written)
        return replace(when, as_written=words) if words else when

    @property
    def earliest(self) -> date | None:
        """The first day it can have been; None if open."""
        return self.ranges[0].first

    @property
    def latest(self) -> date | None:
        """The last day it can have been; None if open."""
        return self.ranges[-1].last

    @property
    def first_known(self) -> date:
        """The first day that is named: the earliest, or where that end is open the latest."""
        day = self.earliest or self.latest
        assert day is not None, "a value with no date at either end is refused"
        return day

    @property
    def last_known(self) -> date:
        """The last day that is named: the latest, or where that end is open the earliest."""
        return self.latest or self.first_known

    @property
    def exact(self) -> bool:
        """Whether it is a single day."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def sort_key(self) -> tuple[int, int, str, str]:
        """A total order: by the earliest day (open first), the latest (open last), then what is written."""
        return (*bounds(self), self.value, self.as_written or "")

    def display(self) -> str:
        """The source's words; without them the value in plain English, never narrower than the value."""
        return self.as_written or moment_in_words(self.value)


@dataclass(frozen=True, slots=True)
class Period(_Field):
    """The whole of a span of time, such as the years of a plan; None where an end is open."""

    value: str
    as_written: str | None
    first: date | None
    last: date | None

    @classmethod
    def parse(cls, value: str, as_written: str | None = None) -> Period:
        """Read a span: the same values as `When.parse`, without sets. Raises WhenError."""
        period = _period(str(value))
        words = _tidy(as_written)
        return replace(period, as_written=words) if words else period

    @property
    def ranges(self) -> tuple[DayRange, ...]:
        """The span as one range."""
        return (DayRange(self.first, self.last),)

    @property
    def sort_key(self) -> tuple[int, int, str, str]:
        """A total order: by the first day (open first), the last (open last), then what is written."""
        return (*bounds(self), self.value, self.as_written or "")

    def display(self) -> str:
        """The source's words; without them "2019/20", "2018 to 2022", "from 2018", "until 2022"."""
        return self.as_written or period_in_words(self.value)


Moment: TypeAlias = When | date
Extent: TypeAlias = When | Period | date


def in_order(when: When | None) -> tuple[bool, date, date]:
    """By what dates are put in order: the first day that one can be, then the last; what has no date comes last."""
    return (True, date.max, date.max) if when is None else (False, when.first_known, when.last_known)


def before(a: Moment, b: Moment) -> Answer:
    """Whether the day `a` comes before the day `b`."""
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    if a_last < b_first:
        return Answer.YES
    return Answer.NO if a_first >= b_last else Answer.UNCERTAIN


def on_or_before(a: Moment, b: Moment) -> Answer:
    """Whether the day `a` is the day `b` or comes before it."""
    return ~before(b, a)


def same_day(a: Moment, b: Moment) -> Answer:
    """Whether `a` and `b` are the same day: certain only of two single days."""
    if not _share_a_day(day_numbers(a), day_numbers(b)):
        return Answer.NO
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    return Answer.YES if a_first == a_last == b_first == b_last else Answer.UNCERTAIN


def within(a: Moment, period: Extent) -> Answer:
    """Whether the day `a` is one of the days of `period`, which is read as a whole."""
    if _is_inside(day_numbers(a), day_numbers(period)):
        return Answer.YES
    return Answer.UNCERTAIN if _share_a_day(day_numbers(a), day_numbers(period)) else Answer.NO


def overlaps(a: Extent, b: Extent) -> Answer:
    """Whether two spans, each read as a whole, share a day: uncertain only of a set, one of whose spans is meant."""
    answers = {_share_a_day([of_a], [of_b]) for of_a in day_numbers(a) for of_b in day_numbers(b)}
    if len(answers) == 2:
        return Answer.UNCERTAIN
    return Answer.YES if True in answers else Answer.NO


def compatible(narrower: Extent, wider: Extent) -> bool:
    """Whether every day of `narrower` is one of `wider`, so that the first says no other than the second."""
    return _is_inside(day_numbers(narrower), day_numbers(wider))


def day_numbers(extent: Extent) -> list[tuple[int, int]]:
    """The ranges in order, as the ordinals of their first and last days; ALWAYS or NEVER at an open end."""
    if isinstance(extent, date):
        return [(extent.toordinal(), extent.toordinal())]
    return [_ordinals(days) for days in extent.ranges]


def _ordinals(days: DayRange) -> tuple[int, int]:
    return days.first.toordinal() if days.first else ALWAYS, days.last.toordinal() if days.last else NEVER


def bounds(extent: Extent) -> tuple[int, int]:
    """The ordinals of the first and the last day; ALWAYS or NEVER at an open end."""
    days = day_numbers(extent)
    return days[0][0], days[-1][1]


def _joined(days: Iterable[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """The ranges in order, made one where they overlap (`gap` 0) or also where one follows the other (1)."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(days):
        if joined and first <= joined[-1][1] + gap:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _is_inside(inner: list[tuple[int, int]], outer: list[tuple[int, int]]) -> bool:
    whole = _joined(outer, gap=1)
    return all(any(first <= a and b <= last for first, last in whole) for a, b in inner)


def _share_a_day(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> bool:
    return any(a <= last and first <= b for a, b in some for first, last in others)


def _tidy(words: str | None) -> str | None:
    return " ".join(words.split()) or None if words else None


# A council's records name the same few thousand days over and over.
@lru_cache(maxsize=16384)
def _when(value: str) -> When:
    text, intervals = read(value)
    ranges = tuple(interval.days for interval in intervals)
    if len(ranges) > 1:
        joined = _joined(map(_ordinals, ranges), gap=0)
        ranges = tuple(DayRange(date.fromordinal(first), date.fromordinal(last)) for first, last in joined)
    return When(text, None, ranges)


@lru_cache(maxsize=4096)
def _period(value: str) -> Period:
    text, intervals = read(value)
    if text.startswith("["):
        raise WhenError("no set of dates in a period", "write the whole span, as in `2018/2022`")
    days = intervals[0].days
    return Period(text, None, days.first, days.last)
