"""Who answered for one project on any day: a line for each run of days with one answer, and for the end of each year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from markupsafe import Markup, escape

from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import HOLDINGS, Links, days_address
from minutebook.outputs.answers import sentence
from minutebook.outputs.holding_days import Days, day_after_documents
from minutebook.outputs.last_known import as_last_known
from minutebook.outputs.listing import Group, Listing, list_pages
from minutebook.outputs.reach import reach_notes
from minutebook.outputs.site import Site
from minutebook.outputs.words import day_in_words, unbroken
from minutebook.ownership import Ownership, Status, Stretch
from minutebook.records.project import Project
from minutebook.when import When
from minutebook.wording import move_of


def project_days(
    site: Site, project: Project, stretches: Sequence[Stretch], days: Days
) -> Iterator[OutputFile]:
    """The page of a project's days. Each line leads to the page of who held what on its first day, where that has one."""
    place = site.places[project.council]
    runs = _runs(stretches, day_after_documents(site, project.council))
    told = [(run, _told(site, project, run)) for run in runs]
    lines = [Markup("{}: {}").format(_day(site, days, run.first, _days(run)), words) for run, words in told]
    yield from list_pages(
        site,
        Listing(
            days_address(project.id),
            f"{project.title}: who answered on which day",
            [Group("Day by day", lines), *_years(site, days, told)],
            trail=lambda links: [links.page(HOLDINGS, "Who holds what"), links.record(project.id)],
            lead=Markup(
                "Who answered for {}, {}, on any day. A line holds for every day that it names, and leads to who held each project on the first of them."
            ).format(site.anywhere.record(project.id), place.title),
            before=reach_notes(site, [place], frozenset({project.council})),
        ),
    )


def _runs(stretches: Iterable[Stretch], later: date | None) -> Iterator[Stretch]:
    """The stretches, cut in two where what is later than the latest document held begins."""
    for one in stretches:
        if later is None or (one.first or date.min) >= later or (one.last or date.max) < later:
            yield one
        else:
            yield replace(one, last=later - timedelta(days=1))
            yield replace(one, first=later)


def _years(site: Site, days: Days, told: Iterable[tuple[Stretch, Markup]]) -> Iterator[Group]:
    """The ends of years, those with one answer in one line, but for those before anything is recorded of the project."""
    lines = []
    for run, words in told:
        ends = [day for day in reversed(days.years) if _is_in(run, day)]
        if ends and (run.first is not None or run.answer.status is not Status.NOT_BEGUN):
            named = (_day(site, days, day, unbroken(day_in_words(day))) for day in ends)
            lines.append(Markup("{}: {}").format(Markup(", ").join(named), words))
    if lines:
        yield Group("At the end of each year", lines)


def _is_in(run: Stretch, day: date) -> bool:
    return (run.first or date.min) <= day <= (run.last or date.max)


def _day(site: Site, days: Days, day: date | None, words: str) -> Markup:
    """A day, or what begins with it, in words that lead to who held what then, where that has a page."""
    there = _page_of(site, days, day)
    return site.anywhere.page(there, words) if there is not None else escape(words)


def _told(site: Site, project: Project, run: Stretch) -> Markup:
    """The answer for a run of days, and whether it is only as last known."""
    links, asked = site.anywhere, run.first or run.last
    on = When.parse(asked.isoformat()) if asked is not None else site.as_of
    known = as_last_known(site, project.council, on, links)
    lead = Markup("{}, ").format(known) if known else ""
    return lead + _answer(links, run.answer)


def _answer(links: Links, answer: Ownership) -> Markup:
    """Who answers, as a sentence that goes on from a day; every possibility where there are several."""
    said = [
        sentence(links, one)
        if one.via is None or one.via == answer.project
        else Markup("{}, as part of {}").format(sentence(links, one), links.record(one.via))
        for one in answer.possible
    ]
    perhaps = "perhaps " if len(said) > 1 else ""
    move = move_of(links.kb, answer.possible[0]) if answer.status is Status.GAP and len(said) == 1 else None
    gap = f" {move.gap}" if move is not None and move.gap is not None else ""
    return Markup("{}{}.{}").format(perhaps, Markup("; or ").join(said), gap)


def _page_of(site: Site, days: Days, day: date | None) -> str | None:
    """The address of the page of who held what on a day; None where that day has none."""
    if day is None:
        return None
    if day == site.as_of.last_known:
        return HOLDINGS
    return f"{HOLDINGS}{day.isoformat()}/" if day in days.every else None


def _days(run: Stretch) -> str:
    """The days of a run in words: `1 January 2020 to 30 January 2020`."""
    first, last = (unbroken(day_in_words(day)) if day is not None else None for day in (run.first, run.last))
    if first is None:
        return f"Until {last}" if last is not None else "At all times"
    if first == last:
        return first
    return f"{first} to {last}" if last is not None else f"From {first}"


__all__ = ["project_days"]
