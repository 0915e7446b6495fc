"""A picture of rows, such as bars: what a row is called stands beside its drawing, and above it where there is no room.

Each drawing is as wide as its place, and lengths are per cents of it, so that the whole scale is seen in any window.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from minutebook.outputs.pictures.drawing import BOLD, number

_NARROWEST = 280  # pixels for a row in a window of 320
_LEAST, _MOST = 30, 76  # per cent of its place that the longest bar has
_FIGURE = Markup(
    '<figure class="mb-picture"><div class="mb-rows" role="img" aria-labelledby="{name}-title {name}-words">'
    '<span hidden="" id="{name}-title">{title}</span><span hidden="" id="{name}-words">{words}</span>{rows}</div>'
    "<figcaption>{caption}</figcaption></figure>"
)
_ROW = Markup("<div><span>{}</span><svg>{}</svg></div>")
_SAID = Markup("<div><span></span><span>{}</span></div>")
_RECT = Markup('<rect class="mb-pic-{}" x="{}%" y="4" width="{}%" height="16"/>')
_LINE = Markup('<line class="mb-pic-{}" x1="{}%" x2="{}%" y1="12" y2="12"/>')
_UPRIGHT = Markup('<line class="mb-pic-{}" x1="{}%" x2="{}%" y2="24"/>')
_DOT = Markup('<circle class="mb-pic-{}" cx="{}%" cy="12" r="6"/>')
_TEXT = Markup('<text x="{}%" dx="{}" y="17">{}</text>')


def room_for(longest: str, apart: int) -> float:
    """Per cent of a row that are left for a scale, with the longest of the words after it so many pixels apart."""
    left = 100 - (len(longest) * BOLD + apart + 1) / _NARROWEST * 100
    return min(max(left, _LEAST), _MOST)


def bar(kind: str, start: float, length: float) -> Markup:
    """A bar from one per cent of the row on; never so short that it is not seen."""
    return _RECT.format(kind, number(start), number(max(length, 0.4)))


def level(kind: str, start: float, end: float) -> Markup:
    """A level line through the middle of the row."""
    return _LINE.format(kind, number(start), number(end))


def upright(kind: str, at: float) -> Markup:
    """A line from the top of the row to its foot."""
    return _UPRIGHT.format(kind, number(at), number(at))


def dot(kind: str, at: float) -> Markup:
    """A disc in the middle of the row."""
    return _DOT.format(kind, number(at))


def told_at(at: float, apart: int, words: str) -> Markup:
    """Words that begin so many pixels after a point of the row."""
    return _TEXT.format(number(at), apart, words)


class Rows:
    """A picture as it grows, from the top."""

    def __init__(self) -> None:
        self._rows: list[Markup] = []

    def name(self, words: str) -> None:
        """What the rows that follow belong to."""
        self._rows.append(Markup("<p>{}</p>").format(words))

    def row(self, label: str, *marks: Markup) -> None:
        """A row: what it is called, and what is drawn."""
        self._rows.append(_ROW.format(label, Markup("").join(marks)))

    def say(self, words: str) -> None:
        """Words in the place of a drawing."""
        self._rows.append(_SAID.format(words))

    def figure(self, name: str, title: str, words: str, caption: Markup | str) -> Markup:
        """The finished picture. `words` say to somebody who cannot see it what it shows; `name` is its id."""
        rows = Markup("").join(self._rows)
        return _FIGURE.format(name=name, title=title, words=words, caption=escape(caption), rows=rows)
