"""Who reports to whom on a date: the bodies of a council as a tree that grows from left to right."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from minutebook.outputs.pictures.drawing import LINE, Drawing, wrapped
from minutebook.outputs.site import Site
from minutebook.records.body import Body
from minutebook.records.values import Ref
from minutebook.when import Answer, When, before
from minutebook.wording import on_date

_BOX, _BETWEEN, _PAD, _GAP = 124, 28, 8, 10  # two levels fit a window of 320 pixels
_LETTER = 7.7  # in a box as narrow as this, one wide letter more would leave it
_DEEPEST = 6  # levels: deeper ones are drawn in the last column


@dataclass
class _Node:
    body: Body
    sure: bool
    children: list[_Node] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    middle: float = 0

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + 2 * _PAD


def reporting(site: Site, council: str, on: When) -> Markup | None:
    """Draw the bodies of a council that report to another, or are reported to, on a date.

    A body that may or may not have existed then has a broken outline. None where no line is stated.
    """
    there = {
        body.id: life
        for body in site.kb.of(Body)
        if body.council == council and (life := _lives(body, on)).possible
    }
    nodes = {
        one: _Node(body, there[one].certain) for one in there if (body := site.kb.get(one, Body)) is not None
    }
    roots: list[_Node] = []
    for node in nodes.values():
        parent = node.body.parent
        if parent in nodes and parent != node.body.id and not _is_above(nodes, node.body.id, parent):
            nodes[parent].children.append(node)
        else:
            roots.append(node)
    roots = [root for root in roots if root.children]
    if not roots:
        return None
    for node in nodes.values():
        node.lines = wrapped(node.body.title, _BOX - 2 * _PAD, _LETTER)
        node.children.sort(key=lambda one: (one.body.title.casefold(), one.body.id))
    roots.sort(key=lambda one: (one.body.title.casefold(), one.body.id))
    deepest = max(_depth(root) for root in roots)
    drawing = Drawing(min(deepest, _DEEPEST) * (_BOX + _BETWEEN) - _BETWEEN + 4)
    bottom = 2.0
    for root in roots:
        bottom = _place(root, bottom)
    for root in roots:
        _draw(drawing, root, 0)
    told = " ".join(_told(root) for root in roots)
    return drawing.figure(
        f"reporting-{council}",
        f"Who reports to whom {on_date(on)}",
        told,
        "Lines lead from a body to those that report to it. A broken outline: whether it existed then is not certain.",
        bottom,
    )


def _lives(body: Body, on: When) -> Answer:
    """Whether a body exists on a date: not before it was established, not after it ended."""
    begun = ~before(on, body.established) if body.established is not None else Answer.YES
    ended = ~before(body.ended, on) if body.ended is not None else Answer.YES
    return begun & ended


def _is_above(nodes: dict[Ref, _Node], one: Ref, other: Ref) -> bool:
    """Whether `one` stands above `other` already: records that go round in a circle are drawn all the same."""
    seen: set[Ref] = set()
    above: Ref | None = other
    while above in nodes and above not in seen:
        seen.add(above)
        above = nodes[above].body.parent
        if above == one:
            return True
    return False


def _depth(node: _Node) -> int:
    return 1 + max((_depth(child) for child in node.children), default=0)


def _place(node: _Node, top: float) -> float:
    """Give a node and what is under it their heights, from `top` on, and return where the next begins."""
    if not node.children:
        node.middle = top + node.height / 2
        return top + node.height + _GAP
    below = top
    for child in node.children:
        below = _place(child, below)
    node.middle = max((node.children[0].middle + node.children[-1].middle) / 2, top + node.height / 2)
    return max(below, node.middle + node.height / 2 + _GAP)


def _draw(drawing: Drawing, node: _Node, level: int) -> None:
    x = 2.0 + min(level, _DEEPEST - 1) * (_BOX + _BETWEEN)
    for child in node.children:
        drawing.curve("flow", x + _BOX, node.middle, x + _BOX + _BETWEEN, child.middle)
        _draw(drawing, child, level + 1)
    top = node.middle - node.height / 2
    drawing.box("box" if node.sure else "box mb-pic-box--unsure", x, top, _BOX, node.height)
    for number, words in enumerate(node.lines):
        drawing.text("text", x + _PAD, top + _PAD + (number + 0.75) * LINE, words)


def _told(node: _Node) -> str:
    if not node.children:
        return ""
    names = ", ".join(child.body.title for child in node.children)
    below = " ".join(told for child in node.children if (told := _told(child)))
    verb = "reports" if len(node.children) == 1 else "report"
    return f"{names} {verb} to {node.body.title}.{f' {below}' if below else ''}"
