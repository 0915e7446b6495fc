"""An indicator from its baseline to the newest value: a line for each measurement, all on one scale, with the target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from minutebook.outputs.pictures.rows import Rows, dot, level, room_for, told_at, upright
from minutebook.outputs.site import Site
from minutebook.records.indicator import Better, Indicator, Measurement
from minutebook.records.values import Amount

_APART = 11  # pixels from the middle of a dot to its number
_DIRECTION = {Better.UP: "Higher is better →", Better.DOWN: "← Lower is better"}


@dataclass(frozen=True, slots=True)
class _Point:
    label: str
    kind: str
    written: str
    value: Decimal


def measures(_: Site, indicator: Indicator) -> Markup | None:
    """Draw an indicator; None where fewer than two values can be compared."""
    points = list(_points(indicator))
    aim = indicator.target.value if indicator.target is not None else None
    every = [one.value for one in points] + ([aim.value] if aim is not None else [])
    if len(every) < 2 or not points or len(_signs(indicator)) != 1 or min(every) < 0 or max(every) == 0:
        return None
    # A share has an end; anything else is drawn with some room beyond the greatest value.
    share = _signs(indicator) == {"%"} and max(every) <= 100
    room = room_for(max((one.written for one in points), key=len), _APART)
    scale = float(Decimal(100) if share else max(every) * Decimal("1.08")) / room
    drawing = Rows()
    target = upright("target", float(aim.value) / scale) if aim is not None else Markup("")
    if aim is not None:
        drawing.say(f"Target {aim}: the broken line")
    elif indicator.target is not None and indicator.target.word:
        drawing.say(f"Target: “{indicator.target.word}”")
    for one in points:
        at = float(one.value) / scale
        drawing.row(
            one.label,
            level("track", 0, room),
            level(f"reach mb-pic-reach--{one.kind}", 0, at),
            target,
            dot(f"dot mb-pic-dot--{one.kind}", at),
            told_at(at, _APART, one.written),
            upright("axis", 0),
        )
    if indicator.better is not None:
        drawing.say(_DIRECTION[indicator.better])
    told = "; ".join(f"{one.label}: {one.written}" for one in points)
    goal = _goal(indicator)
    unit = f" ({indicator.unit})" if indicator.unit else ""
    caption = f"{indicator.title}{unit}. The scale begins at zero. {goal}"
    return drawing.figure("measures", f"{indicator.title}, from the baseline on", f"{told}. {goal}", caption)


def _points(indicator: Indicator) -> Iterator[_Point]:
    if indicator.baseline is not None:
        yield from _point("Baseline", "baseline", indicator.baseline)
    for one in indicator.observations:
        yield from _point("Measured", "measured", one)
    for other in indicator.comparators:
        if other.value is not None:
            when = f", {other.as_at.display()}" if other.as_at is not None else ""
            yield _Point(f"{other.who}{when}", "other", str(other.value), other.value.value)


def _point(name: str, kind: str, one: Measurement) -> Iterator[_Point]:
    if one.value is None:
        return
    words = [name, one.as_at.display() if one.as_at is not None else "date not stated"]
    if one.scope:
        words.append(one.scope)
    written = f"{one.qualifier} {one.value}" if one.qualifier else str(one.value)
    yield _Point(", ".join(words), kind, written, one.value.value)


def _signs(indicator: Indicator) -> set[str]:
    """The signs of all values that are compared: a per cent is not drawn beside a number of people."""
    measured = [one for one in (indicator.baseline, *indicator.observations) if one is not None]
    values: list[Amount | None] = [one.value for one in measured]
    values += [one.value for one in indicator.comparators]
    values.append(indicator.target.value if indicator.target is not None else None)
    return {one.unit for one in values if one is not None}


def _goal(indicator: Indicator) -> str:
    target = indicator.target
    if target is None or (target.value is None and target.word is None):
        aim = "No target is stated."
    else:
        by = f" by {target.by.display()}" if target.by is not None else ""
        aim = f"The target is {target.value or f'“{target.word}”'}{by}."
    if indicator.better is None:
        return aim
    return f"{aim} {'Higher' if indicator.better is Better.UP else 'Lower'} is better."
