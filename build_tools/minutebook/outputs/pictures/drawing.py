"""The drawing board: rectangles, lines and words with classes, which the style sheet colours for day, night and print."""

from __future__ import annotations

import textwrap

from markupsafe import Markup, escape

LETTER, BOLD = 7.2, 8.4  # the width of a letter at 13 pixels, rather more than less: fonts differ
LINE = 17  # from one line of words to the next

_RECT = Markup('<rect class="mb-pic-{}" x="{}" y="{}" width="{}" height="{}"></rect>')
_LINE = Markup('<path class="mb-pic-{}" d="{}"></path>')
_DOT = Markup('<circle class="mb-pic-{}" cx="{}" cy="{}" r="{}"></circle>')
_TEXT = Markup('<text class="mb-pic-{}" x="{}" y="{}" text-anchor="{}">{}</text>')
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


class Drawing:
    """A picture as it grows: coordinates in pixels, from the upper left."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._marks: list[Markup] = []

    def box(self, kind: str, x: float, y: float, width: float, height: float) -> None:
        """A rectangle."""
        self._marks.append(_RECT.format(kind, number(x), number(y), number(width), number(height)))

    def line(self, kind: str, *points: tuple[float, float]) -> None:
        """A line through points."""
        path = "M" + " L".join(f"{number(x)} {number(y)}" for x, y in points)
        self._marks.append(_LINE.format(kind, path))

    def curve(self, kind: str, x1: float, y1: float, x2: float, y2: float) -> None:
        """A line that leaves and arrives level."""
        middle = number((x1 + x2) / 2)
        path = f"M{number(x1)} {number(y1)} C{middle} {number(y1)} {middle} {number(y2)} {number(x2)} {number(y2)}"
        self._marks.append(_LINE.format(kind, path))

    def arrow_head(self, x: float, y: float) -> None:
        """The head of an arrow that arrives at a point from the left."""
        path = f"M{number(x - 8)} {number(y - 5)} L{number(x)} {number(y)} L{number(x - 8)} {number(y + 5)}"
        self._marks.append(_LINE.format("head", path))

    def dot(self, kind: str, x: float, y: float, radius: float = 6) -> None:
        """A disc."""
        self._marks.append(_DOT.format(kind, number(x), number(y), number(radius)))

    def text(self, kind: str, x: float, y: float, words: str, anchor: str = "start") -> None:
        """Words on one line, their feet at `y`.

        Never a link: a picture is one thing to somebody who cannot see it, and the table beside it has the links.
        """
        self._marks.append(_TEXT.format(kind, number(x), number(y), anchor, words))

    def figure(self, name: str, title: str, words: str, caption: Markup | str, height: float) -> Markup:
        """The finished picture. `words` say to somebody who cannot see it what it shows; `name` is its id."""
        return _FIGURE.format(
            width=self.width,
            height=number(height),
            name=name,
            title=title,
            words=words,
            caption=escape(caption),
            marks=Markup("").join(self._marks),
        )
