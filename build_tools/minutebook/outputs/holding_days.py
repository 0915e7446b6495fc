"""The dates that have a page of who held what, and the days that each of these pages answers for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from minutebook.held import latest_document
from minutebook.likely import likely
from minutebook.outputs.addresses import HOLDINGS, Links
from minutebook.outputs.listing import Filter
from minutebook.outputs.paging import Step
from minutebook.outputs.site import Site
from minutebook.outputs.templating import fragment
from minutebook.outputs.words import day_in_words, unbroken
from minutebook.ownership import Stretch

_MOST_YEARS = 60  # a slip in one date (0219 for 2019) is not to fill the page with years
_MOST_LINES = (
    60_000  # of all pages of dates together; beyond it each date of change has its own page of changes alone
)
_AT_YEARS_END = "At the end of a year"
_FROM_A_CHANGE = "On any other day: the days between two changes"
_ON_A_CHANGE = "On the first or the last day that a change can have been"


@dataclass(frozen=True, slots=True)
class Days:
    """The ends of years and the days from which something may have changed, the latest first.

    `starts` are the days from which the answer for a project, or what can be said of it, is another one, the earliest
    first. They are empty where there are too many for a page each; then a page answers for its own day alone.
    """

    years: tuple[date, ...]
    turns: tuple[date, ...]
    starts: tuple[date, ...]
    end: date | None

    @property
    def every(self) -> tuple[date, ...]:
        """Every date that has a page."""
        return (*self.years, *self.turns)

    def span(self, day: date) -> tuple[date, date] | None:
        """The first and the last of the days around this one between which nothing that is recorded changed."""
        at = bisect_right(self.starts, day) - 1
        if at < 0 or self.end is None:
            return None
        last = self.starts[at + 1] - timedelta(days=1) if at + 1 < len(self.starts) else self.end
        return self.starts[at], last


def days_of(site: Site, stretches: Iterable[Sequence[Stretch]], projects: int) -> Days:
    """The dates for which the site has a page of who held what."""
    end = site.as_of.last_known
    effective = [one.effective for one in site.history.changes()]
    first = min((one.first_known.year for one in effective), default=None)
    if first is None:
        return Days((), (), (), end)
    last = end.year if end == date(end.year, 12, 31) else end.year - 1
    years = [date(year, 12, 31) for year in range(last, max(first, last - _MOST_YEARS) - 1, -1) if year > 0]
    bounds = {
        day for one in effective for day in (one.earliest, one.latest) if day is not None and day <= end
    }
    starts = {one.first for of_one in stretches for one in of_one if one.first is not None}
    later = (day_after_documents(site, place.slug) for place in site.councils)
    starts = {day for day in (*starts, *later) if day is not None and day <= end}
    for turns in (bounds | starts, bounds):
        listed = tuple(sorted(turns - {*years, end}, reverse=True))
        if (len(years) + len(listed)) * projects <= _MOST_LINES:
            complete = turns >= starts
            return Days(tuple(years), listed, tuple(sorted(starts)) if complete else (), end)
    return Days(tuple(years), (), (), end)


def day_after_documents(site: Site, council: str) -> date | None:
    """The first day later than the latest document of a council: from then on an answer is *as last known*."""
    source = latest_document(site.kb, council, site.as_of)
    if source is None or source.dated is None:
        return None
    firsts = [one.earliest for one in (source.dated, likely(source.dated)) if one is not None]
    known = [one for one in firsts if one is not None and one < date.max]
    return max(known) + timedelta(days=1) if known else None


def chosen_days(site: Site, links: Links, days: Days, chosen: date | None) -> list[Filter]:
    """Links to the other dates: the date of the build, the days between two changes, and the ends of years."""
    now = Step(site.as_of.display(), None if chosen is None else links.href(HOLDINGS))
    found = [Filter("The date of this site", [now])]
    named = [(day, _span_words(days, day)) for day in days.turns]
    if days.turns:
        name = _FROM_A_CHANGE if days.starts else _ON_A_CHANGE
        found.append(Filter(name, [_step(links, day, words, chosen) for day, words in named]))
    if days.years:
        steps = [_step(links, day, day_in_words(day), chosen) for day in days.years]
        found.append(Filter(_AT_YEARS_END, steps))
    return found


def _step(links: Links, day: date, words: str, chosen: date | None) -> Step:
    return Step(words, None if day == chosen else links.href(f"{HOLDINGS}{day.isoformat()}/"))


def _span_words(days: Days, day: date) -> str:
    """The days that a page answers for, from its own on."""
    span = days.span(day)
    if span is None or span[1] <= day or span[0] != day:
        return day_in_words(day)
    return f"{day_in_words(day)} to {day_in_words(span[1])}"


def says_for_which_days(days: Days, chosen: date) -> Markup:
    """For which days the page of a date answers too; empty where it answers for that day alone."""
    span = days.span(chosen)
    if span is None or span[0] == span[1]:
        return Markup("")
    first, last = (unbroken(day_in_words(one)) for one in span)
    return Markup(
        " Nothing that is recorded changed from {} to {}, so this holds for each of those days."
    ).format(first, last)


def date_form(site: Site, days: Days, chosen: date | None) -> Markup:
    """A box for any date, which a script leads to the page that answers for it; without the script it stays hidden."""
    if not days.starts or days.end is None:
        return Markup("")
    pages = sorted({*days.every, days.end})
    first = pages[bisect_left(pages, days.starts[0])]
    return fragment(
        "date_form.html",
        action=site.anywhere.href(HOLDINGS),
        last=days.end.isoformat(),
        chosen=(chosen or days.end).isoformat(),
        first_in_words=unbroken(day_in_words(first)),
        last_in_words=unbroken(day_in_words(days.end)),
        days=" ".join(one.isoformat() for one in pages if first <= one < days.end),
    )


__all__ = ["Days", "chosen_days", "date_form", "day_after_documents", "days_of", "says_for_which_days"]
