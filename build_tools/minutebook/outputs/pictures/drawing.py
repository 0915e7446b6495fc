"""The drawing board: rectangles, lines and words with classes, which the style sheet colours for day, night and print."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeAlias

from markupsafe import Markup, escape

LETTER, BOLD = 7.2, 8.4  # the width of a letter at 13 pixels, rather more than less: fonts differ
LINE = 17  # from one line of words to the next

_RECT = Markup('<rect{} x="{}" y="{}" width="{}" height="{}"/>')
_LINE = Markup('<path{} d="{}"/>')
_TEXT = Markup('<text{} x="{}" y="{}">{}</text>')
_TEXT_AT = Markup('<text{} x="{}" y="{}" text-anchor="{}">{}</text>')
_CLASS = Markup(' class="mb-pic-{}"')
_ALIKE = Markup('<g class="mb-pic-{}">{}</g>')
_FIGURE = Markup(
    '<figure class="mb-picture"><div class="mb-picture__scroll" role="region" aria-label="{title}" tabindex="0">'
    '<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
    'aria-labelledby="{name}-title {name}-words">'
    '<title id="{name}-title">{title}</title><desc id="{name}-words">{words}</desc>{marks}</svg></div>'
    "<figcaption>{caption}</figcaption></figure>"
)


def number(value: float) -> str:
    """A coordinate, as short as it can be."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def wrapped(words: str, width: float, letter: float = LETTER) -> list[str]:
    """Words on lines that are not wider than so many pixels; a word that is wider is cut."""
    return textwrap.wrap(words, max(int(width / letter), 4)) or [""]


_Mark: TypeAlias = tuple[str, Markup, tuple[str, ...]]  # its kind, how it is written, and its values


class Drawing:
    """A picture as it grows: coordinates in pixels, from the upper left. Words lie over everything else."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._shapes: list[_Mark] = []
        self._texts: list[_Mark] = []

    def box(self, kind: str, x: float, y: float, width: float, height: float) -> None:
        """A rectangle."""
        self._shapes.append((kind, _RECT, (number(x), number(y), number(width), number(height))))

    def line(self, kind: str, *points: tuple[float, float]) -> None:
        """A line through points."""
        path = "M" + " L".join(f"{number(x)} {number(y)}" for x, y in points)
        self._shapes.append((kind, _LINE, (path,)))

    def curve(self, kind: str, x1: float, y1: float, x2: float, y2: float) -> None:
        """A line that leaves and arrives level."""
        middle = number((x1 + x2) / 2)
        path = f"M{number(x1)} {number(y1)} C{middle} {number(y1)} {middle} {number(y2)} {number(x2)} {number(y2)}"
        self._shapes.append((kind, _LINE, (path,)))

    def arrow_head(self, x: float, y: float) -> None:
        """The head of an arrow that arrives at a point from the left."""
        path = f"M{number(x - 8)} {number(y - 5)} L{number(x)} {number(y)} L{number(x - 8)} {number(y + 5)}"
        self._shapes.append(("head", _LINE, (path,)))

    def text(self, kind: str, x: float, y: float, words: str, anchor: str = "start") -> None:
        """Words on one line, their feet at `y`.

        Never a link: a picture is one thing to somebody who cannot see it, and the table beside it has the links.
        """
        at = (number(x), number(y))
        mark = (kind, _TEXT, (*at, words)) if anchor == "start" else (kind, _TEXT_AT, (*at, anchor, words))
        self._texts.append(mark)

    def figure(self, name: str, title: str, words: str, caption: Markup | str, height: float) -> Markup:
        """The finished picture. `words` say to somebody who cannot see it what it shows; `name` is its id."""
        return _FIGURE.format(
            width=self.width,
            height=number(height),
            name=name,
            title=title,
            words=words,
            caption=escape(caption),
            marks=Markup("").join([*_drawn(self._shapes), *_drawn(self._texts)]),
        )


def _drawn(marks: Iterable[_Mark]) -> Iterator[Markup]:
    """The marks in order; neighbours of one kind share the name of it, which halves the weight of a picture."""
    for kind, found in groupby(marks, key=lambda one: one[0]):
        alike = list(found)
        if len(alike) == 1:
            yield alike[0][1].format(_CLASS.format(kind), *alike[0][2])
        else:
            yield _ALIKE.format(
                kind, Markup("").join(shape.format("", *values) for _, shape, values in alike)
            )
