"""Figures as bars: one for each cell, row by row, all on one scale that begins at nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from minutebook.outputs.pictures.drawing import BOLD, LINE, Drawing, wrapped
from minutebook.outputs.site import Site
from minutebook.outputs.words import capital
from minutebook.records.figures import Cell, CellKind, Figures

_WIDTH, _LABEL, _TRACK = 680, 250, 300  # of the drawing, of the words on the left, of the longest bar
_BAR, _STEP, _HEAD = 16, 24, 12
_FEWEST, _MOST = 2, 80  # bars: one says no more than its number, and more cannot be taken in
_NO_BAR = frozenset({CellKind.CHANGE})  # a difference is not on the scale of what it is the difference of


@dataclass(frozen=True, slots=True)
class _Bar:
    label: str
    kind: str
    written: str
    value: Decimal


def bars(_: Site, figures: Figures) -> Markup | None:
    """Draw a table of figures; None where there are too few or too many, or not all are of one unit."""
    rows = [(row.label, tuple(_of_row(figures, row.key))) for row in figures.rows]
    rows = [(label, found) for label, found in rows if found]
    every = [one for _, found in rows for one in found]
    if not _FEWEST <= len(every) <= _MOST or len({cell.amount.unit for cell in _drawn(figures)}) != 1:  # type: ignore[union-attr]
        return None
    top = max(max((one.value for one in every), default=Decimal(0)), Decimal(0))
    low = min(min((one.value for one in every), default=Decimal(0)), Decimal(0))
    if top == low:
        return None
    per_pixel = (top - low) / _TRACK
    zero = _LABEL + float(-low / per_pixel)
    drawing, y = Drawing(_WIDTH), 4.0
    for label, found in rows:
        if len(rows) > 1:
            for line in wrapped(label, _WIDTH - 20, BOLD):
                drawing.text("name", 0, y + 13, line)
                y += LINE
            y += 3
        tops = []
        for one in found:
            tops.append((one, y))
            y = _draw(drawing, one, y, zero, float(one.value / per_pixel))
        for one, at in tops:  # one after another, so that they are written as one kind
            drawing.text("number", zero + max(float(one.value / per_pixel), 0) + 6, at + 13, one.written)
        y += _HEAD if len(rows) > 1 else 0
    drawing.line("axis", (zero, 0), (zero, y))
    told = "; ".join(f"{label}: {', '.join(_in_words(one) for one in found)}" for label, found in rows)
    caption = f"{figures.title} (in {figures.unit}). All bars are drawn to one scale, which begins at zero."
    return drawing.figure("bars", f"{figures.title} as bars", f"{told}.", caption, y)


def _draw(drawing: Drawing, one: _Bar, y: float, zero: float, length: float) -> float:
    lines = wrapped(one.label, _LABEL - 20)
    for number, words in enumerate(lines):
        drawing.text("text", 12, y + 12 + number * LINE, words)
    drawing.box(one.kind, zero + min(length, 0), y, max(abs(length), 1), _BAR)
    return y + max(_STEP, len(lines) * LINE + 6)


def _drawn(figures: Figures) -> Iterator[Cell]:
    for cell in figures.cells:
        if (
            cell.amount is not None
            and cell.kind not in _NO_BAR
            and (cell.amount.unit != "%" or "%" in figures.unit)
        ):
            yield cell


def _of_row(figures: Figures, row: str) -> Iterator[_Bar]:
    columns = {column.key: column for column in figures.columns}
    several = len({cell.kind for cell in _drawn(figures)}) > 1
    for cell in _drawn(figures):
        if cell.row != row or cell.amount is None:
            continue
        column = columns.get(cell.column or "")
        words = [column.label] if column is not None else []
        said = cell.kind.value if cell.kind is not None else "kind not stated"
        if (several or not words) and said not in " ".join(words).casefold():
            words.append(said)
        if cell.period is not None and (column is None or cell.period != column.period):
            words.append(cell.period.display())
        if cell.as_at is not None:
            words.append(cell.as_at.display())
        if cell.scope is not None:
            words.append(cell.scope)
        label = ", ".join(words)
        written = f"{cell.qualifier} {cell.amount}" if cell.qualifier else str(cell.amount)
        kind = "bar" if cell.kind is None else f"bar mb-pic-bar--{cell.kind.value}"
        yield _Bar(capital(label), kind, written, cell.amount.value)


def _in_words(one: _Bar) -> str:
    return f"{one.label} {one.written}"
