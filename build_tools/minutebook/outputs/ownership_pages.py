"""Who holds what, and what changed hands: the answers of every project side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import CHANGES, HOLDINGS, Links, path_of
from minutebook.outputs.answers import Answer, read_answers
from minutebook.outputs.site import Site, a_to_z
from minutebook.outputs.templating import render
from minutebook.outputs.words import NOT_STATED, moment
from minutebook.ownership import Ownership, Status
from minutebook.records.body import Body
from minutebook.records.project import Project
from minutebook.records.transfer import Move
from minutebook.when import When

_MOST_YEARS = 60  # a slip in one date (0219 for 2019) is not to fill the page with years


@dataclass(frozen=True, slots=True)
class Line:
    """A project and what is answered of it."""

    project: Markup
    answers: tuple[Answer, ...]


@dataclass(slots=True)
class Picture:
    """Who held what on one date."""

    on: str
    anchor: str
    held: list[tuple[Markup, list[Line]]] = field(default_factory=list)
    others: dict[str, list[Line]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether no project had begun on that date."""
        return not self.held and not any(
            lines for status, lines in self.others.items() if status != "not-begun"
        )


@dataclass(frozen=True, slots=True)
class Moved:
    """A line of a transfer: what moved, and where to."""

    what: Markup
    to: Markup
    is_gap: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A transfer."""

    date: Markup
    link: Markup
    kind: str
    givers: Markup
    authority: Markup
    moves: tuple[Moved, ...]
    gaps: int
    disputed: tuple[Markup, ...]

    @property
    def has_notes(self) -> bool:
        """Whether there is something to say of any line."""
        return any(move.note for move in self.moves)


def who_holds_what(site: Site) -> OutputFile:
    """Every project under the body that holds it: as at the date of the build, and at the end of each year."""
    links = site.links(HOLDINGS)
    html = render(
        "who_holds_what.html",
        title="Who holds what",
        trail=[links.page("", "Home")],
        as_of=moment(site.as_of),
        now=_picture(site, site.as_of, "now", links),
        years=[_picture(site, on, f"end-of-{on.value[:4]}", links) for on in _year_ends(site)],
        changes=links.href(CHANGES),
        projects=len(site.kb.of(Project)),
    )
    return OutputFile(path_of(HOLDINGS), html, title="Who holds what", kind="list")


def what_changed_hands(site: Site) -> OutputFile:
    """Every transfer, in order."""
    links = site.links(CHANGES)
    changes = [
        Change(
            date=moment(transfer.effective),
            link=links.record(transfer.id),
            kind=transfer.kind.value,
            givers=Markup(" and ").join(links.record(one) for one in transfer.givers)
            or Markup("nobody: it is new, or the source does not say"),
            authority=links.record(transfer.authorised_by) if transfer.authorised_by else NOT_STATED,
            moves=tuple(_moved(links, move) for move in transfer.moves),
            gaps=sum(move.gap is not None for move in transfer.moves),
            disputed=tuple(
                links.record(one.record.id) for one in site.kb.backlinks(transfer.id, "disputed_by")
            ),
        )
        for transfer in site.history.changes()
    ]
    html = render(
        "what_changed_hands.html",
        title="What changed hands",
        trail=[links.page("", "Home")],
        changes=changes,
        holdings=links.href(HOLDINGS),
    )
    return OutputFile(path_of(CHANGES), html, title="What changed hands", kind="list")


def _moved(links: Links, move: Move) -> Moved:
    what = links.record(move.what)
    if move.to is not None:
        return Moved(what, links.record(move.to), False, move.reading)
    if move.gap is not None:
        return Moved(what, Markup("Nobody is stated to receive it"), True, move.gap)
    if move.closed is not None:
        watched = links.record(move.closed.monitored_by) if move.closed.monitored_by else NOT_STATED
        return Moved(
            what, Markup("Ended: {}. Watched by: {}").format(move.closed.into, watched), False, move.reading
        )
    return Moved(
        what,
        Markup("Ended before; now watched by {}").format(links.record(move.monitored_by)),
        False,
        move.reading,
    )


def _year_ends(site: Site) -> list[When]:
    """The last day of each year from the first transfer until before the date of the build, the latest first."""
    end = site.as_of.latest or site.as_of.earliest
    starts = [t.effective.earliest or t.effective.latest for t in site.history.changes()]
    first = min((day.year for day in starts if day is not None), default=None)
    if first is None or end is None:
        return []
    last = end.year if end == date(end.year, 12, 31) else end.year - 1
    years = range(max(first, last - _MOST_YEARS), last + 1)
    return [When.parse(f"{year:04}-12-31") for year in reversed(years)]


def _picture(site: Site, on: When, anchor: str, links: Links) -> Picture:
    others: defaultdict[str, list[Line]] = defaultdict(list)
    held: defaultdict[str, list[Line]] = defaultdict(list)
    bodies: dict[str, Body] = {}
    for project in sorted(site.kb.of(Project), key=a_to_z):
        answer = site.history.owner(project, on)
        line = Line(links.record(project.id), read_answers(links, answer))
        body = _sole_holder(site, answer)
        if body is not None:
            bodies[body.id] = body
            held[body.id].append(line)
        else:
            others[answer.status.value].append(line)
    by_body = [(links.record(body.id), held[body.id]) for body in sorted(bodies.values(), key=a_to_z)]
    return Picture(on.display(), anchor, by_body, dict(others))


def _sole_holder(site: Site, answer: Ownership) -> Body | None:
    return site.kb.get(answer.holders[0], Body) if answer.status is Status.HELD else None
