"""Under which years a date is listed: one that may lie in two under both, one that is probable under that alone."""

from __future__ import annotations

from datetime import date

from minutebook.likely import likely
from minutebook.when import When

NO_DATE = "Date not stated"
_WIDEST = 5  # years; a date wider than that is found under its first and its last year alone


def year_of(when: When | None) -> str:
    """The year of the first day that a date can be, or probably is; of the last where it has no first."""
    first, _ = _days(when)
    return str(first.year) if first is not None else NO_DATE


def years_of(when: When | None) -> tuple[str, ...]:
    """Every year in which a date may lie, the first year first; `Date not stated` where it has none."""
    first, last = _days(when)
    if first is None or last is None:
        return (NO_DATE,)
    if last.year - first.year >= _WIDEST:
        return (str(first.year), str(last.year))
    return tuple(str(year) for year in range(first.year, last.year + 1))


def filed(when: When | None) -> tuple[date, date]:
    """By what dates are put in order, so that years come one after another; no date comes before every other."""
    first, last = _days(when)
    return (first or date.min, last or date.min)


def _days(when: When | None) -> tuple[date | None, date | None]:
    """The first and the last day of a date, of the probable one where its words name one; an open end is the other."""
    if when is None:
        return None, None
    taken = likely(when) or when
    return taken.first_known, taken.last_known


__all__ = ["NO_DATE", "filed", "year_of", "years_of"]
