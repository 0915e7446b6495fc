"""An indicator from its baseline to the newest value: a line for each measurement, all on one scale, with the target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from minutebook.outputs.pictures.drawing import LINE, Drawing, wrapped
from minutebook.outputs.site import Site
from minutebook.records.indicator import Better, Indicator, Measurement
from minutebook.records.values import Amount

_WIDTH, _LABEL, _TRACK = 680, 230, 330
_STEP, _HEAD = 30, 40
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
    scale = float(Decimal(100) if share else max(every) * Decimal("1.08")) / _TRACK
    drawing, y = Drawing(_WIDTH), float(_HEAD)
    heights = [max(_STEP, len(wrapped(one.label, _LABEL - 16)) * LINE + 8) for one in points]
    bottom = y + sum(heights)
    if aim is not None:
        at = _LABEL + float(aim.value) / scale
        drawing.line("target", (at, _HEAD - 14), (at, bottom))
        drawing.text("text", at, _HEAD - 20, f"Target {aim}", "middle")
    elif indicator.target is not None and indicator.target.word:
        drawing.text("text", _LABEL, _HEAD - 20, f"Target: “{indicator.target.word}”")
    for one, height in zip(points, heights, strict=True):
        at = _LABEL + float(one.value) / scale
        for number, words in enumerate(wrapped(one.label, _LABEL - 16)):
            drawing.text("text", 0, y + 14 + number * LINE, words)
        drawing.line("track", (_LABEL, y + 10), (_LABEL + _TRACK, y + 10))
        drawing.line(f"reach mb-pic-reach--{one.kind}", (_LABEL, y + 10), (at, y + 10))
        drawing.dot(f"dot mb-pic-dot--{one.kind}", at, y + 10)
        drawing.text("number", at + 11, y + 15, one.written)
        y += height
    drawing.line("axis", (_LABEL, _HEAD - 14), (_LABEL, bottom))
    if indicator.better is not None:
        drawing.text("text", _LABEL, bottom + 16, _DIRECTION[indicator.better])
    told = "; ".join(f"{one.label}: {one.written}" for one in points)
    goal = _goal(indicator)
    unit = f" ({indicator.unit})" if indicator.unit else ""
    caption = f"{indicator.title}{unit}. The scale begins at zero. {goal}"
    return drawing.figure(
        "measures", f"{indicator.title}, from the baseline on", f"{told}. {goal}", caption, bottom + 26
    )


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
