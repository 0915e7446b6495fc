"""Ownership as a dated band: one segment and one row of a table for each stretch of days with one answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from minutebook.outputs.addresses import Links
from minutebook.outputs.answers import Answer, read_answers
from minutebook.outputs.words import day_in_words, unbroken
from minutebook.ownership import OwnershipHistory, Possibility, Status, Stretch
from minutebook.records.base import Citation
from minutebook.records.project import Project
from minutebook.when import When, before

_COLOURS = 6  # holders that can be told apart by colour; the legend and the table name every one
_LABEL = 16  # per cent of the width that the number of a year needs where the page is 320 pixels wide
_MARGIN = 0.05
_THINNEST = 0.8  # per cent: a stretch of one day is still seen
MANY, _LATEST = 6, 3  # stretches from which a page tells the latest alone, and how many of them
_SHORTEST = 120  # days: how wide the window is at least on either side of a single date

_WORDS = {
    Status.UNCERTAIN: "Uncertain: the sources allow more than one answer",
    Status.GAP: "Gap: nobody is stated to hold it",
    Status.NOT_BEGUN: "Not yet begun",
    Status.ENDED: "Ended",
    Status.WITHHELD: "Withheld: the answer rests on a record that is not public",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch as it is drawn: where, in per cent of the width, and as what."""

    left: float
    width: float
    look: str
    words: str
    open_left: bool
    open_right: bool
    veil: tuple[float, float] | None = None  # where it is only as last known: from where, and how wide


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch as it is told."""

    first: str | None
    last: str | None
    uncertain: bool
    answers: tuple[Answer, ...]
    note: str | None = None  # from which day on it is only as last known
    why: str | None = None  # why it is uncertain: which days the source's words allow

    @property
    def days(self) -> str:
        """The days in words: `1 January to 4 March 2020`, each end as it is known."""
        if self.first is None and self.last is None:
            return "At all times"
        if self.first is None:
            return unbroken(f"Until {self.last}")
        if self.first == self.last:
            return unbroken(f"On {self.first}")
        return unbroken(f"{self.first} to {self.last}" if self.last else f"From {self.first}")


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a year; `text` is empty where there is no room for it."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """Everything the drawing and the table show."""

    segments: tuple[Segment, ...]
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    legend: tuple[tuple[str, str, bool], ...]  # how it looks, what it stands for, and whether as last known
    as_of_at: float
    as_of_anchor: str
    as_of: str
    description: str
    disputed: tuple[Markup, ...]
    of: int = 0  # stretches in all
    last_known: str | None = None  # after which day the answers are only as last known


def draw_band(
    history: OwnershipHistory,
    project: Project,
    as_of: When,
    links: Links,
    *,
    short: bool = False,
    latest: int | None = None,
    reach: When | None = None,
) -> Band:
    """Lay out the stretches of a project, from before the first known date until after `as_of`.

    Where it is to be `short` and there are many, the latest of them alone; with `latest` no more than so many
    in any case. `reach` is the date of the
    latest document held: where it lies before `as_of`, what comes after it is only as last known.
    """
    known_to = reach.last_known if reach is not None and before(reach, as_of).certain else None
    every = history.stretches(project)
    stretches = every[-_LATEST:] if short and len(every) > MANY else every
    stretches = stretches[-latest:] if latest is not None else stretches
    looks = _looks(stretches)
    window = _Window.around(stretches, as_of, known_to)
    segments = tuple(
        _segment(links, one, looks[number], window, known_to) for number, one in enumerate(stretches)
    )
    told: set[Possibility] = set()
    possible = [possible for one in stretches for possible in one.answer.possible]
    of_transfers = {one.citations for one in possible if one.transfer is not None and one.citations}
    rows = tuple(_row(links, project, one, told, of_transfers, known_to) for one in stretches)
    at = window.place(as_of.last_known)
    return Band(
        segments=segments,
        rows=rows,
        ticks=window.ticks(),
        legend=_legend(segments),
        as_of_at=at,
        as_of_anchor="end" if at > 50 else "start",
        as_of=as_of.display(),
        disputed=tuple(
            links.record(one) for one in dict.fromkeys(d for s in stretches for d in s.answer.disputed_by)
        ),
        of=len(every),
        description="; ".join(
            [
                *(_told(row, segment.words) for row, segment in zip(rows, segments, strict=True)),
                *([f"after {day_in_words(known_to)}: as last known"] if known_to is not None else []),
            ]
        ),
        last_known=day_in_words(known_to) if known_to is not None else None,
    )


def _row(
    links: Links,
    project: Project,
    stretch: Stretch,
    told: set[Possibility],
    of_transfers: set[tuple[Citation, ...]],
    known_to: date | None = None,
) -> Row:
    """The stretch as a row; what stands in another row is not told again."""
    answers = tuple(
        replace(
            answer,
            told_above=possible in told,
            told_below=possible.transfer is None and possible.citations in of_transfers,
            told_by_receipts=bool(possible.citations) and possible.citations == project.citations,
        )
        for answer, possible in zip(read_answers(links, stretch.answer), stretch.answer.possible, strict=True)
    )
    told.update(possible for possible in stretch.answer.possible if possible.transfer is not None)
    return Row(
        first=day_in_words(stretch.first) if stretch.first else None,
        last=day_in_words(stretch.last) if stretch.last else None,
        uncertain=stretch.answer.status is Status.UNCERTAIN,
        answers=answers,
        note=_note(stretch, known_to),
        why=_why_uncertain(stretch),
    )


def _why_uncertain(stretch: Stretch) -> str | None:
    """Which days the words of the source allow for the changes that make a stretch uncertain; None where it is not."""
    if stretch.answer.status is not Status.UNCERTAIN or stretch.first is None:
        return None
    said: dict[str, None] = {}
    for one in stretch.answer.possible:
        since = one.since
        if since is None or since.as_written is None or since.earliest is None or since.latest is None:
            continue
        if since.earliest <= stretch.first <= since.latest and not since.exact:
            first, last = (unbroken(day_in_words(one)) for one in (since.earliest, since.latest))
            said[f"The source says “{since.as_written}”, which may be any day from {first} to {last}."] = None
    return " ".join(said) or None


def _legend(segments: tuple[Segment, ...]) -> tuple[tuple[str, str, bool], ...]:
    """What each look stands for, as it is drawn: plain, and again where it is drawn as last known."""
    found: dict[tuple[str, str, bool], None] = {}
    for one in segments:
        if one.veil is None or one.veil[0] > one.left:
            found[one.look, one.words, False] = None
        if one.veil is not None:
            found[one.look, f"{one.words}, as last known", True] = None
    return tuple(found)


def _note(stretch: Stretch, known_to: date | None) -> str | None:
    """That a stretch, or the end of it, rests on no document of its own days."""
    if known_to is None or (stretch.last is not None and stretch.last <= known_to):
        return None
    if stretch.first is not None and stretch.first > known_to:
        return "As last known: no document held is as late."
    return f"After {day_in_words(known_to)}, the date of the latest document held: as last known."


def _told(row: Row, words: str) -> str:
    if row.first is None and row.last is None:
        return f"at all times: {words}"
    if row.first is None:
        return f"until {row.last}: {words}"
    return f"from {row.first}{f' to {row.last}' if row.last else ''}: {words}"


def _looks(stretches: tuple[Stretch, ...]) -> list[str]:
    """How each stretch looks: by its status, and where one body holds it by that body."""
    numbers: dict[str, int] = {}
    looks: list[str] = []
    for one in stretches:
        if one.answer.status is Status.HELD:
            holder = one.answer.holders[0]
            looks.append(f"held-{numbers.setdefault(holder, len(numbers)) % _COLOURS}")
        else:
            looks.append(one.answer.status.value)
    return looks


def _words(links: Links, stretch: Stretch) -> str:
    if stretch.answer.status is not Status.HELD:
        return _WORDS[stretch.answer.status]
    return links.record(stretch.answer.holders[0]).striptags()


def _segment(
    links: Links, stretch: Stretch, look: str, window: _Window, known_to: date | None = None
) -> Segment:
    left = min(window.place(stretch.first), 100.0 - _THINNEST) if stretch.first else 0.0
    right = window.place(stretch.last, end=True) if stretch.last else 100.0
    words = _words(links, stretch)
    width = min(max(right - left, _THINNEST), 100.0 - left)
    # A bar that ends at the date of the page has no end of its own there: what comes later is not drawn.
    goes_on = stretch.last is None and not window.ends_at_date
    from_here = window.place(known_to, end=True) if known_to is not None else 100.0
    veil = None
    if look.startswith("held-") and from_here < left + width:
        start = max(from_here, left)
        veil = (start, round(left + width - start, 2))
    return Segment(left, round(width, 2), look, words, stretch.first is None, goes_on, veil)


@dataclass(frozen=True, slots=True)
class _Window:
    """The days that the drawing spans, as ordinals."""

    first: int
    last: int
    ends_at_date: bool = False

    @classmethod
    def around(cls, stretches: tuple[Stretch, ...], as_of: When, known_to: date | None = None) -> _Window:
        """From a little before the first known day to `as_of`, or to a little after the last day known, where that is later."""
        days = [day.toordinal() for one in stretches for day in (one.first, one.last) if day is not None]
        days += [known_to.toordinal()] if known_to is not None else []
        here = as_of.last_known.toordinal()
        last = max(days, default=here)
        margin = max(int((max(here, last) - min([*days, here])) * _MARGIN), _SHORTEST)
        first = max(min([*days, here]) - margin, 1)
        return cls(first, here if last < here else min(last + margin, date.max.toordinal()), last < here)

    def place(self, day: date, *, end: bool = False) -> float:
        """Where a day begins, or ends, in per cent of the width."""
        passed = day.toordinal() - self.first + (1 if end else 0)
        return round(min(max(100 * passed / (self.last - self.first + 1), 0.0), 100.0), 2)

    def ticks(self) -> tuple[Tick, ...]:
        """The years that begin in the window; a number only where it touches no other."""
        first, last = date.fromordinal(self.first).year, date.fromordinal(self.last).year
        step = max(1, (last - first) // 60)  # a century of years would be a fence
        ticks: list[Tick] = []
        free_from = _LABEL / 2
        for year in range(first + 1, last + 1, step):
            at = self.place(date(year, 1, 1))
            shown = free_from <= at <= 100 - _LABEL / 2
            ticks.append(Tick(at, str(year) if shown else ""))
            if shown:
                free_from = at + _LABEL
        return tuple(ticks)
