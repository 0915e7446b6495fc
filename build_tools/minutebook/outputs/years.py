"""Under which years a date is listed: a date that may lie in two years is found under both."""

from __future__ import annotations

from datetime import date

from minutebook.when import When

NO_DATE = "Date not stated"
_WIDEST = 5  # years; a date wider than that is found under its first and its last year alone


def year_of(when: When | None) -> str:
    """The year of the first day that a date can be; of the last where it has no first."""
    day = (when.earliest or when.latest) if when is not None else None
    return str(day.year) if day is not None else NO_DATE


def years_of(when: When | None) -> tuple[str, ...]:
    """Every year in which a date may lie, the first year first; `Date not stated` where it has none."""
    first = (when.earliest or when.latest) if when is not None else None
    last = (when.latest or when.earliest) if when is not None else None
    if first is None or last is None:
        return (NO_DATE,)
    if last.year - first.year >= _WIDEST:
        return (str(first.year), str(last.year))
    return tuple(str(year) for year in range(first.year, last.year + 1))


def filed(when: When | None) -> tuple[date, date]:
    """By what dates are put in order, so that years come one after another; no date comes before every other."""
    first = (when.earliest or when.latest) if when is not None else None
    last = (when.latest or when.earliest) if when is not None else None
    return (first or date.min, last or date.min)


__all__ = ["NO_DATE", "filed", "year_of", "years_of"]
