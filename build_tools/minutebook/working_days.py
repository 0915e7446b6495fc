"""Clear days of notice, counted as the law of each part of the United Kingdom counts them.

Neither the day of the notice nor that of the meeting counts. A clear *working* day is no Saturday,
Sunday or bank holiday either (R v Swansea City Council, ex parte Elitestone Ltd, 1993), because a
document open to inspection at a closed office is open to nobody.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from minutebook.countries import Country, country_of
from minutebook.when import Answer, Moment, When

_SATURDAY = 5


class BankHolidays(enum.Enum):
    """Whose bank holidays count; the value is what the library `holidays` calls the place."""

    ENGLAND_AND_WALES = "ENG"
    SCOTLAND = "SCT"
    NORTHERN_IRELAND = "NIR"

    @classmethod
    def of(cls, area_code: str | None) -> BankHolidays:
        """Those of a council, by its area code; of England where there is none."""
        return {Country.SCOTLAND: cls.SCOTLAND, Country.NORTHERN_IRELAND: cls.NORTHERN_IRELAND}.get(
            country_of(area_code), cls.ENGLAND_AND_WALES
        )


@lru_cache(maxsize=3)
def _holidays(which: BankHolidays) -> Container[date]:
    """The bank holidays of every year, substitutes and one-off ones such as 8 May 2020 among them."""
    import holidays  # slow to load, and most runs have no notice to count

    return holidays.country_holidays("GB", subdiv=which.value)


def is_working_day(day: date, which: BankHolidays) -> bool:
    """Whether the day is no Saturday, Sunday or bank holiday."""
    return day.weekday() < _SATURDAY and day not in _holidays(which)


def clear_days(notice: date, event: date) -> int:
    """How many days lie between the notice and the event, without either."""
    return max(0, event.toordinal() - notice.toordinal() - 1)


def clear_working_days(notice: date, event: date, which: BankHolidays, *, at_most: int | None = None) -> int:
    """How many working days lie between the notice and the event, without either; `at_most` ends the count early."""
    between = map(date.fromordinal, range(notice.toordinal() + 1, event.toordinal()))
    return sum(1 for _ in islice((day for day in between if is_working_day(day, which)), at_most))


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice that was given of an event, in clear days: the fewest and the most that both dates allow."""

    fewest: int
    most: int | None  # None where the notice may have been given at any time before

    def is_at_least(self, days: int) -> Answer:
        """Whether it was that long."""
        if self.fewest >= days:
            return Answer.YES
        return Answer.NO if self.most is not None and self.most < days else Answer.UNCERTAIN

    def display(self, unit: str = "clear day") -> str:
        """In figures and no narrower than it is known: `no clear day`, `3 clear days`, `at most 3 clear days`."""
        if self.most is None:
            return f"at least {_counted(self.fewest, unit)}"
        most = _counted(self.most, unit)
        return most if self.most in (self.fewest, 0) else f"at most {most}"


def _counted(number: int, unit: str) -> str:
    return f"no {unit}" if number == 0 else f"{number} {unit}{'s' if number > 1 else ''}"


def notice_in_days(notice: Moment, event: Moment) -> Notice:
    """The clear calendar days between the two."""
    return _notice(notice, event, clear_days)


def notice_in_working_days(notice: Moment, event: Moment, which: BankHolidays, *, at_most: int) -> Notice:
    """The clear working days between the two, counted up to `at_most`, which is as many as anybody asks for."""
    return _notice(notice, event, lambda first, last: clear_working_days(first, last, which, at_most=at_most))


def _notice(notice: Moment, event: Moment, count: Callable[[date, date], int]) -> Notice:
    (first, last), (early, late) = _bounds(notice), _bounds(event)
    fewest = count(last, early) if last is not None and early is not None else 0
    most = count(first, late) if first is not None and late is not None else None
    return Notice(fewest, most)


def _bounds(moment: Moment) -> tuple[date | None, date | None]:
    return (moment.earliest, moment.latest) if isinstance(moment, When) else (moment, moment)
