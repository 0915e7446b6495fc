"""Figures as sources round them: how far each may be from what it stands for, and what follows for sums."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from minutebook.records.figures import Cell
from minutebook.records.values import Amount

_DIGITS = re.compile(
    r"(?:\d[\d,]*)?(?:\.(?P<decimals>\d+))? ?(?P<scale>k|thousand|million|m|billion|bn|%)?\)?$", re.IGNORECASE
)
_SCALES = {"k": 1_000, "thousand": 1_000, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_ROUNDED = re.compile("£|pound|%|per ?cent|000|thousand|million|share|rate|average|proportion")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest that a rounded figure may stand for."""

    low: Decimal
    high: Decimal

    def plus(self, other: Bounds) -> Bounds:
        """Both together."""
        return Bounds(self.low + other.low, self.high + other.high)

    def less(self, other: Bounds) -> Bounds:
        """What is left when the other is taken away."""
        return Bounds(self.low - other.high, self.high - other.low)

    def change_in_percent(self, before: Bounds) -> Bounds:
        """By how much of a hundred this is more than what was before; that must be above nothing."""
        return Bounds(
            (self.low - before.high) / before.high * 100, (self.high - before.low) / before.low * 100
        )

    def meets(self, other: Bounds) -> bool:
        """Whether both may stand for one number."""
        return self.low <= other.high and other.low <= self.high

    @property
    def middle(self) -> Decimal:
        """The number they lie around."""
        return (self.low + self.high) / 2


def rounding(amount: Amount) -> Decimal:
    """How far a number may be from what it was rounded from: half of one in its last decimal place.

    `£1.26m` may stand for £1,255,000 to £1,265,000. Noughts at the end of a whole number are taken as
    counted: a source that rounds to hundreds says so in words.
    """
    match = _DIGITS.search(amount.as_written)
    decimals = len(match["decimals"] or "") if match is not None else 0
    scale = _SCALES.get((match["scale"] or "").lower(), 1) if match is not None else 1
    return scale * Decimal(10) ** -decimals / 2


def is_counted(unit: str) -> bool:
    """Whether the whole numbers of a table are exact: people are counted, money and shares are rounded."""
    return not _ROUNDED.search(unit.lower())


def bounds(cell: Cell, unit: str) -> Bounds | None:
    """What the figure of a cell may stand for; None where it has none, or one that is only *some* or *just under* it."""
    if cell.amount is None or cell.qualifier is not None:
        return None
    value = cell.amount.value
    is_exact = (
        is_counted(unit) and value == value.to_integral_value() and cell.amount.as_written[-1:].isdigit()
    )
    half = Decimal(0) if is_exact else rounding(cell.amount)
    return Bounds(value - half, value + half)


def show(came_out: Bounds, like: Cell) -> str:
    """A number that was worked out, written as a figure beside it is."""
    unit = like.amount.unit if like.amount is not None else ""
    number = came_out.middle
    places = 1 if unit == "%" else 0 if abs(number) >= 100 or number == number.to_integral_value() else 2
    text = f"{abs(number):,.{places}f}"
    sign = "-" if number < 0 else ""
    return f"{sign}£{text}" if unit == "£" else f"{sign}{text}{'%' if unit == '%' else ''}"
