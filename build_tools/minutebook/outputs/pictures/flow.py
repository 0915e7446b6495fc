"""A transfer as a flow: from the bodies that held the projects to where each of them went."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from minutebook.outputs.pictures.drawing import BOLD, LINE, Drawing, wrapped
from minutebook.outputs.site import Site
from minutebook.records.transfer import Move, Transfer
from minutebook.wording import title_of

_WIDTH, _LEFT, _RIGHT, _BOX = (
    680,
    8,
    344,
    328,
)  # of the drawing; where the two columns begin; the width of one
_FROM = 208  # the width of a box on the left
_PAD, _GAP = 10, 14


@dataclass
class _Destination:
    """Where some of the projects went."""

    kind: str
    heading: str
    words: str
    projects: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    top: float = 0

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + 2 * _PAD


def flow(site: Site, transfer: Transfer) -> Markup | None:
    """Draw where the projects of a transfer went; None where nobody held them before, or nothing is named."""
    if not transfer.givers or not transfer.moves:
        return None
    givers = [title_of(site.kb, one) for one in transfer.givers]
    destinations = _destinations(site, transfer)
    drawing = Drawing(_WIDTH)
    height = _place(destinations)
    starts = _draw_givers(drawing, givers, height)
    for one in destinations:
        middle = one.top + one.height / 2
        for start in starts:
            drawing.curve(f"flow mb-pic-flow--{one.kind}", _LEFT + _FROM, start, _RIGHT - 2, middle)
        drawing.arrow_head(_RIGHT - 2, middle)
        drawing.box(f"box mb-pic-box--{one.kind}", _RIGHT, one.top, _BOX, one.height)
        for number, words in enumerate(one.lines):
            kind = "name" if number < _heading_lines(one) else "text"
            drawing.text(kind, _RIGHT + _PAD, one.top + _PAD + (number + 0.75) * LINE, words)
    return drawing.figure(
        "flow",
        f"Where the projects went: {transfer.title}",
        _told(givers, destinations),
        "Each arrow leads from the body that held the projects to where they went. The list below says the same.",
        height,
    )


def _destinations(site: Site, transfer: Transfer) -> list[_Destination]:
    found: dict[tuple[str, str], _Destination] = {}
    for move in transfer.moves:
        one = _destination(site, move)
        one = found.setdefault((one.kind, one.heading), one)
        one.projects.append(title_of(site.kb, move.what))
    for one in found.values():
        one.lines = wrapped(one.heading, _BOX - 2 * _PAD, BOLD)
        for title in one.projects:
            one.lines += wrapped(f"• {title}", _BOX - 2 * _PAD)
    return list(found.values())


def _destination(site: Site, move: Move) -> _Destination:
    if move.to is not None:
        heading = title_of(site.kb, move.to)
        return _Destination("held", heading, f"to {heading}")
    watched = f", watched by {title_of(site.kb, move.watcher)}" if move.watcher is not None else ""
    if move.closed is not None:
        heading = f"Ended: {move.closed.into}{watched}"
        return _Destination("ended", heading, f"ended as {move.closed.into}{watched}")
    if move.monitored_by is not None:
        heading = f"Ended before{watched}"
        return _Destination("ended", heading, heading.lower())
    return _Destination("gap", "Nobody is stated to receive them", "to nobody that is stated")


def _heading_lines(one: _Destination) -> int:
    return len(wrapped(one.heading, _BOX - 2 * _PAD, BOLD))


def _place(destinations: list[_Destination]) -> float:
    """Give each destination its place, from the top, and return the height of all."""
    top = 2.0
    for one in destinations:
        one.top = top
        top += one.height + _GAP
    return max(top - _GAP + 2, 80.0)


def _draw_givers(drawing: Drawing, givers: list[str], height: float) -> list[float]:
    """Draw the bodies on the left, spread over the height, and return where their arrows begin."""
    starts: list[float] = []
    for number, title in enumerate(givers):
        lines = wrapped(title, _FROM - 2 * _PAD, BOLD)
        tall = len(lines) * LINE + 2 * _PAD
        middle = max(height * (number + 0.5) / len(givers), tall / 2 + 2)
        drawing.box("box mb-pic-box--giver", _LEFT, middle - tall / 2, _FROM, tall)
        for row, words in enumerate(lines):
            drawing.text(
                "name",
                _LEFT + _PAD,
                middle - tall / 2 + _PAD + (row + 0.75) * LINE,
                words,
            )
        starts.append(middle)
    return starts


def _told(givers: list[str], destinations: list[_Destination]) -> str:
    parts = (f"{', '.join(one.projects)} {one.words}" for one in destinations)
    return f"From {' and '.join(givers)}: {'; '.join(parts)}."
