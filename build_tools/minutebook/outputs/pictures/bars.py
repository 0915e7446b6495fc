"""Figures as bars: one for each cell, row by row, all on one scale that begins at nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from minutebook.outputs.pictures.rows import Rows, bar, room_for, told_at, upright
from minutebook.outputs.site import Site
from minutebook.outputs.words import capital
from minutebook.records.figures import Cell, CellKind, Figures

_APART = 6  # pixels from a bar to its number
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
    room = room_for(max((one.written for one in every), key=len), _APART)
    per_cent = (top - low) / Decimal(str(room))
    zero = float(-low / per_cent)
    drawing = Rows()
    for label, found in rows:
        if len(rows) > 1:
            drawing.name(label)
        for one in found:
            length = float(one.value / per_cent)
            drawing.row(
                one.label,
                bar(one.kind, zero + min(length, 0), abs(length)),
                told_at(zero + max(length, 0), _APART, one.written),
                upright("axis", zero),
            )
    told = "; ".join(f"{label}: {', '.join(_in_words(one) for one in found)}" for label, found in rows)
    caption = f"{figures.title} (in {figures.unit}). All bars are drawn to one scale, which begins at zero."
    return drawing.figure("bars", f"{figures.title} as bars", f"{told}.", caption)


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
        if cell.as_at is not None and cell.as_at.display().casefold() not in " ".join(words).casefold():
            words.append(cell.as_at.display())
        if cell.scope is not None:
            words.append(cell.scope)
        label = ", ".join(words)
        written = f"{cell.qualifier} {cell.amount}" if cell.qualifier else str(cell.amount)
        kind = "bar" if cell.kind is None else f"bar mb-pic-bar--{cell.kind.value}"
        yield _Bar(capital(label), kind, written, cell.amount.value)


def _in_words(one: _Bar) -> str:
    return f"{one.label} {one.written}"
