"""Who holds what, on the date of the build, at each year's end and on each date of change; and what changed hands."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from minutebook.knowledge_base import plain
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import (
    CHANGES,
    HOLDINGS,
    MORE_THAN_ONE,
    NOT_STATED_TO_HOLD,
    Links,
    compare_address,
)
from minutebook.outputs.answers import link_to_reading, read_answers, reading_note
from minutebook.outputs.holding_days import Days, chosen_days, date_form, days_of, says_for_which_days
from minutebook.outputs.last_known import as_last_known
from minutebook.outputs.listing import Group, Listing, list_pages
from minutebook.outputs.moves import COMPARED, authority_of, givers_of, moves_of
from minutebook.outputs.project_days import project_days
from minutebook.outputs.reach import reach_notes
from minutebook.outputs.site import CouncilPlace, Site, a_to_z
from minutebook.outputs.templating import fragment
from minutebook.outputs.topics import short_slug
from minutebook.outputs.words import TRANSFERS, capital, count, day_in_words, moment, unbroken
from minutebook.outputs.years import filed, year_of
from minutebook.ownership import Ownership, Possibility, Status, Stretch
from minutebook.records.body import Body
from minutebook.records.project import Project
from minutebook.records.transfer import Transfer, TransferKind
from minutebook.records.values import Ref
from minutebook.when import When
from minutebook.wording import beginning, move_of, on_date

_HEADINGS = {
    Status.GAP: "Nobody is stated to hold",
    Status.UNCERTAIN: "Uncertain: the sources allow more than one answer",
    Status.ENDED: "Ended, and who watches it",
    Status.WITHHELD: "Withheld",
    Status.NOT_BEGUN: "Not yet begun",
}
# Answers whose projects have a page of their own, where there are any: the home page leads to it.
_OPEN_QUESTIONS = {
    Status.GAP: (NOT_STATED_TO_HOLD, "Projects that nobody is stated to hold"),
    Status.UNCERTAIN: (MORE_THAN_ONE, "Projects with more than one answer to who holds them"),
}
_FOLDED = 3  # projects of one transfer, from which the words of the sources on each are folded away


# -- who holds what ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A project, and why its holder holds it, or since when nobody is stated to; shared words are told once.

    `said` is what the source says of a project that nobody is stated to hold.
    """

    project: Markup
    why: Markup
    said: str | None = None


class _Answers:
    """The answers for every project, each stretch of days told once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.projects = sorted(site.kb.of(Project), key=a_to_z)
        # Of each project the days on which one answer holds.
        self.stretches = {one.id: site.history.stretches(one) for one in self.projects}
        self._starts = {
            key: [one.first.toordinal() if one.first else 0 for one in found]
            for key, found in self.stretches.items()
        }
        self._lines: dict[tuple[str, int], Line] = {}

    def on_day(self, project: Project, day: date) -> tuple[Ownership, Line]:
        """The answer for a day, and its line."""
        at = bisect_right(self._starts[project.id], day.toordinal()) - 1
        stretch: Stretch = self.stretches[project.id][at]
        key = (project.id, at)
        if key not in self._lines:
            self._lines[key] = self.line(project, stretch.answer)
        return stretch.answer, self._lines[key]

    def line(self, project: Project, answer: Ownership) -> Line:
        """A project with what is answered of it."""
        links = self._site.anywhere
        answers = read_answers(links, answer)
        name = links.record(project.id)
        if answer.status is Status.GAP and len(answer.possible) == 1:
            return _gap_line(links, name, answer.possible[0])
        if answer.status is not Status.HELD:
            return Line(fragment("not_held.html", project=name, answers=answers), Markup(""))
        disputed = [links.record(one) for one in answer.disputed_by]
        name += reading_note(links, answer.possible[0])
        return Line(name, fragment("held_since.html", one=answers[0], disputed=disputed))


def _gap_line(links: Links, name: Markup, one: Possibility) -> Line:
    """A project that nobody is stated to hold: since when, and what the source says of it."""
    move = move_of(links.kb, one)
    since = (
        unbroken(capital("".join(beginning(one.since)).strip(", ")))
        if one.since is not None
        else "No transfer names it"
    )
    why = Markup("{} ({})").format(since, links.record(one.transfer)) if one.transfer else Markup(since)
    if move is not None and move.reading is not None:
        name = Markup("{} ({})").format(name, link_to_reading(links, one))
    return Line(name, why, move.gap if move is not None else None)


def who_holds_what(site: Site) -> Iterator[OutputFile]:
    """Every project under the body that holds it, as at the date of the build and on other dates; and each by its days."""
    answers = _Answers(site)
    days = days_of(site, answers.stretches.values(), len(answers.projects))
    now = []
    for project in answers.projects:
        answer = site.history.owner(project, site.as_of)
        now.append((answer, answers.line(project, answer)))
    yield from list_pages(site, _holdings(site, HOLDINGS, on_date(site.as_of), now, days, None))
    for status, (address, title) in _OPEN_QUESTIONS.items():
        if any(answer.status is status for answer, _ in now):
            yield from list_pages(site, _open_question(site, address, title, status, now))
    for day in days.every:
        found = [answers.on_day(one, day) for one in answers.projects]
        address = f"{HOLDINGS}{day.isoformat()}/"
        yield from list_pages(site, _holdings(site, address, f"on {day_in_words(day)}", found, days, day))
    for project in answers.projects:
        yield from project_days(site, project, answers.stretches[project.id], days)


def _holdings(
    site: Site,
    address: str,
    on: str,
    found: Iterable[tuple[Ownership, Line]],
    days: Days,
    chosen: date | None,
) -> Listing:
    held: defaultdict[Ref, dict[Markup, list[Markup]]] = defaultdict(dict)
    others: defaultdict[tuple[str, Status], list[Line]] = defaultdict(list)
    councils = set()
    for answer, line in found:
        councils.add(answer.project.council)
        body = site.kb.get(answer.holders[0], Body) if answer.status is Status.HELD else None
        if body is not None:
            held[body.id].setdefault(line.why, []).append(line.project)
        else:
            others[answer.project.council, answer.status].append(line)
    date_of_page = When.parse(chosen.isoformat()) if chosen is not None else site.as_of
    groups = [
        group for place in site.councils for group in _of_council(site, place, date_of_page, held, others)
    ]
    told_on = Markup("on {}").format(moment(date_of_page)) if date_of_page.exact else unbroken(on)
    known = [
        bool(as_last_known(site, place.slug, date_of_page, site.anywhere))
        for place in site.councils
        if place.slug in councils
    ]
    if any(known):
        where = "" if all(known) else " where they end before that"
        told_on += Markup(", as last known from the documents held{}").format(where)
    is_now = chosen is None and not any(known)
    return Listing(
        address,
        "Who holds what" if chosen is None else f"Who held what {on}",
        groups,
        trail=None if chosen is None else lambda links: [links.page(HOLDINGS, "Who holds what")],
        lead=Markup(
            "Each project is listed under the body that {} it {}. Where the sources do not settle who {} a project, the page says so.{} {} lists each change of responsibility."
        ).format(
            "holds" if is_now else "held",
            told_on,
            "holds" if is_now else "held",
            says_for_which_days(days, chosen) if chosen is not None else "",
            site.anywhere.page(CHANGES, "What changed hands"),
        ),
        before=reach_notes(site, site.councils, frozenset(councils)) + date_form(site, days, chosen),
        filters=lambda links: chosen_days(site, links, days, chosen),
        folded="All dates that can be chosen",
        template="articles.html",
        contents=True,
        size=100,
        nothing="No project is recorded yet.",
    )


def _open_question(
    site: Site, address: str, title: str, status: Status, now: Iterable[tuple[Ownership, Line]]
) -> Listing:
    """The projects with one kind of answer on the date of the build, of all councils together."""
    others: defaultdict[tuple[str, Status], list[Line]] = defaultdict(list)
    for answer, line in now:
        if answer.status is status:
            others[answer.project.council, status].append(line)
    number = sum(map(len, others.values()))
    return Listing(
        address,
        title,
        [one for place in site.councils for one in _of_council(site, place, site.as_of, {}, others)],
        trail=lambda links: [links.page(HOLDINGS, "Who holds what")],
        lead=Markup("{}, as far as the documents held show. {} lists every project.").format(
            count(number, "project"), site.anywhere.page(HOLDINGS, "Who holds what")
        ),
        before=reach_notes(site, site.councils, frozenset(council for council, _ in others)),
        template="articles.html",
        size=100,
    )


def _of_council(
    site: Site,
    place: CouncilPlace,
    on: When,
    held: Mapping[Ref, Mapping[Markup, Sequence[Markup]]],
    others: Mapping[tuple[str, Status], Sequence[Line]],
) -> Iterator[Group]:
    """What the bodies of a council hold, then what nobody is stated to hold, then the rest."""
    lead = f"{place.title}: " if len(site.councils) > 1 else ""
    known = as_last_known(site, place.slug, on, site.anywhere)
    for body in sorted((site.kb.records[one] for one in held if one.council == place.slug), key=a_to_z):
        yield Group(
            Markup("{}{} {}").format(lead, "held by" if lead else "Held by", site.anywhere.record(body.id)),
            [
                fragment("held.html", why=why, projects=projects, known=known)
                for why, projects in held[body.id].items()
            ],
        )
    for status, words in _HEADINGS.items():
        lines = others.get((place.slug, status), ())
        if not lines:
            continue
        heading = words
        if status is Status.GAP:
            heading += " this project" if len(lines) == 1 else f" these {len(lines):,} projects"
        name = f"{lead}{heading[:1].lower() if lead else heading[:1]}{heading[1:]}"
        yield Group(name, _told_together(lines, name))


def _told_together(lines: Sequence[Line], name: str) -> list[Markup]:
    """Projects that nobody holds since the same transfer under its name; every other line by itself."""
    by_why: dict[Markup, list[Line]] = {}
    for line in lines:
        by_why.setdefault(line.why or line.project, []).append(line)
    return [
        fragment("gaps.html", why=why, lines=shared, folded=len(shared) >= _FOLDED, name=name)
        if shared[0].why
        else shared[0].project
        for why, shared in by_why.items()
    ]


# -- what changed hands --------------------------------------------------------------------------


def what_changed_hands(site: Site) -> Iterator[OutputFile]:
    """Every change in order, and a page for each date on which something changed, with only what changed."""
    by_date: dict[str, list[Transfer]] = {}
    for transfer in site.history.changes():
        by_date.setdefault(change_address(transfer.effective), []).append(transfer)
    years: dict[str, list[Markup]] = {}
    in_order = sorted(by_date.items(), key=lambda one: (filed(one[1][0].effective), one[0]), reverse=True)
    for address, transfers in in_order:
        for transfer in transfers:
            years.setdefault(year_of(transfer.effective), []).append(_short(site, address, transfer))
    yield from list_pages(
        site,
        Listing(
            CHANGES,
            "What changed hands",
            [Group(year, entries) for year, entries in years.items()],
            lead=Markup(
                "Every change of responsibility for a project, the latest first. {} shows the result."
            ).format(site.anywhere.page(HOLDINGS, "Who holds what")),
            size=100,
            nothing="No transfer is recorded yet.",
        ),
    )
    for address, transfers in by_date.items():
        entries = [_change(site, transfer) for transfer in transfers]
        title = f"What changed hands: {transfers[0].effective.display()}"
        yield from list_pages(
            site,
            Listing(
                address,
                title,
                [Group("", entries)],
                template="articles.html",
                trail=lambda links: [links.page(CHANGES, "What changed hands")],
                size=20,
            ),
        )


def change_address(when: When) -> str:
    """Where the page of a date of change lies; a date as wide as a span has one too."""
    return f"{CHANGES}{short_slug(plain(when.value.replace('/', ' to ')))}/"


def _short(site: Site, address: str, transfer: Transfer) -> Markup:
    gaps = sum(move.gap is not None for move in transfer.moves)
    what = count(len(transfer.moves), "project")
    closed_before = sum(move.monitored_by is not None for move in transfer.moves)
    if closed_before:
        what += f", {closed_before:,} of them closed before" if len(transfer.moves) > 1 else ", closed before"
    begun = transfer.kind is TransferKind.ESTABLISH
    nobody = ""
    if gaps:
        said = "Work began; no body is stated to hold it" if begun else "No receiving body is stated"
        some = f" for {gaps} of them" if gaps < len(transfer.moves) else ""
        nobody = Markup(' <strong class="mb-gap">{}{}.</strong>').format(said, some)
    council = f"{site.places[transfer.council].title}, " if len(site.councils) > 1 else ""
    return Markup('{}: {} <span class="mb-small">{}{}, {}.</span>{}').format(
        capital(moment(transfer.effective)),
        site.anywhere.page(address, transfer.title),
        council,
        TRANSFERS[transfer.kind],
        what,
        nobody,
    )


def _change(site: Site, transfer: Transfer) -> Markup:
    links = site.anywhere
    moves = moves_of(links, transfer)
    return fragment(
        "change.html",
        date=moment(transfer.effective),
        link=links.record(transfer.id),
        council=site.places[transfer.council].title,
        kind=capital(TRANSFERS[transfer.kind]),
        givers=givers_of(links, transfer),
        authority=authority_of(links, transfer),
        destinations=moves.destinations,
        readings=moves.readings,
        number=len(transfer.moves),
        gaps=moves.gaps,
        disputed=[links.record(one.record.id) for one in site.kb.backlinks(transfer.id, "disputed_by")],
        compare=links.page(compare_address(transfer.id), "Before and after it, side by side")
        if transfer.kind in COMPARED
        else None,
    )
