"""What the page of a record may weigh, and how much of each of its parts it shows where it would weigh more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from types import MappingProxyType
from typing import TypeVar

from markupsafe import Markup, escape

from minutebook.outputs import OutputFile
from minutebook.outputs.finished import as_markdown, read_finished

BUDGET = 25_000  # bytes of HTML of the page of a record, as it stands on the disk: a page has less
# Bytes of the theme around a page, its title and what it is about not counted. That of this repository has 3,650
# at the most; what is left is for the address of a site that names its own, and a longer name.
FRAME = 4_000
# What a record says in its own words stays on its page, whatever it weighs. Where that is more than the budget less
# this, a page is over it; what it has beside them, the frame included, then weighs less than this.
BESIDE = 12_000
_ASIDE = 1_200  # bytes that a page has beside its content and the frame at the most: title, description, what holds it
_LINK_ENDS = re.compile(r"</a>")
_TAG = re.compile(r"<(/?)(\w+)[^>]*>")
_EMPTY = frozenset({"br", "hr", "wbr"})

STANDING, FACTS, STORY, LINKS = "standing", "facts", "history", "links"
RECEIPTS, UNKNOWN, NOTE, CORRECTIONS = "receipts", "unknown", "editor-note", "corrections"
PICTURE, CLAUSES, SIDES, OWNERSHIP = "picture", "field-clauses", "field-sides", "ownership"
ASKED_FOR = "field-recommendations"
ALL = 1_000_000  # of a list: every one, but with what they have alike told once
# What a part may be cut to, one after the other: so many of its lines, rows or entries.
_LADDER = (80, 40, 20, 10, 5, 2, 0)
_LADDERS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        STANDING: (20, 8, 4, 2),
        FACTS: (40, 20, 8, 3, 1),
        STORY: (3, 1, 0),
        LINKS: (1, 0),
        RECEIPTS: (1, 0),  # by their documents; how many they are
        NOTE: (0,),
        PICTURE: (0,),
        OWNERSHIP: (3, 1, 0),
        # What a record is there to say: never nothing of it.
        CLAUSES: (ALL, 30, 20, 12, 6, 3, 1),
        ASKED_FOR: (40, 20, 10, 5, 2, 1, 0),
        SIDES: (ALL, 30, 12, 6, 2, 1),
    }
)
# What goes first, all at once, since it is listed elsewhere or is asked for by few; then what weighs most.
_FIRST = ({LINKS: 1, STORY: 3}, {RECEIPTS: 1})
# How heavy a part must be to go before another that weighs 1: the words of a resolution stay longest.
_DEAR: Mapping[str, float] = MappingProxyType(
    {
        CLAUSES: 0.4,
        SIDES: 0.4,
        ASKED_FOR: 0.5,
        OWNERSHIP: 0.3,
        STANDING: 0.5,
        FACTS: 0.7,
        RECEIPTS: 2,
        LINKS: 2,
        NOTE: 2,
    }
)
_TEXT_OF_A_FACT = 150  # characters of a value for each of its values that is shown, where facts are cut
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Left:
    """Of a part that is cut: how many of its lines, rows or entries are shown, of how many, and where all of it is.

    `shortened` is set where it is cut in its words, and cannot be counted.
    """

    shown: int
    of: int
    where: str
    shortened: bool = False


class Room:
    """How much of each part a page has room for; and, once it is filled in, what it left out.

    `most` says of a part, by its anchor, how many of its lines, rows or entries are shown. What is left out
    stands whole on a page of its own: `in_full` is the way there. Without that way it is that page itself, which
    has room for everything; `receipts` is then the way to where the receipts are.
    """

    def __init__(
        self, most: Mapping[str, int] | None = None, in_full: str = "", receipts: str | None = None
    ) -> None:
        self.most: Mapping[str, int] = most or {}
        self.left: dict[str, Left] = {}
        self._in_full, self._receipts = in_full, receipts
        self._shown: dict[str, int] = {}
        self._of_its_own: set[str] = set()

    @property
    def is_whole(self) -> bool:
        """Whether there is room for everything."""
        return not self._in_full

    @property
    def receipts(self) -> str | None:
        """The way to the page of the receipts, where that is not the one that their record has for them by itself."""
        return self._receipts if self.is_whole else self._in_full if RECEIPTS in self.most else None

    def of(self, part: str) -> int | None:
        """How many of a part are shown; None where nothing is left out."""
        return self.most.get(part)

    def some(
        self,
        part: str,
        items: Sequence[T],
        where: str | None = None,
        *,
        latest: bool = False,
        usual: int | None = None,
    ) -> Sequence[T]:
        """As many as there is room for, the first or the `latest`.

        `where` is the page that lists all, if there is one; `usual` is how many are shown where nothing is cut.
        """
        most = self.most.get(part, usual)
        shown = items if most is None or len(items) <= most else items[len(items) - most :] if latest else items[:most]  # fmt: skip
        self.note(part, len(shown), len(items), where)
        return shown

    def note(self, part: str, shown: int, of: int, where: str | None = None) -> None:
        """Note how much of a part is shown."""
        self._shown[part] = shown
        if shown < of:
            self.left[part] = Left(shown, of, where or f"{self._in_full}#{part}")
            if where is not None:
                self._of_its_own.add(part)

    def measure(self, part: str) -> None:
        """Note that how much of a part is shown cannot be counted."""
        self._shown[part] = ALL

    def rest(self, part: str, number: int) -> Markup:
        """The way to what is left out of a part, as the last of its values."""
        return Markup('<a href="{}#{}">and {:,} more</a>').format(self._in_full, part, number)

    def shorten(self, part: str) -> None:
        """Note that a part is cut in its words; where it is said how many are left out, that says it."""
        self.left.setdefault(part, Left(0, 1, f"{self._in_full}#{part}", shortened=True))

    @property
    def whole_elsewhere(self) -> frozenset[str]:
        """The parts that are cut and have no other page that lists all of them."""
        return frozenset(self.left) - self._of_its_own

    def steps(self, weights: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        """What can be cut further: the heaviest part first, and to how much."""
        dear = sorted(weights, key=lambda part: (-weights[part] * _DEAR.get(part, 1), part))
        for part in dear:
            shown, now = self._shown.get(part, 0), self.most.get(part)
            for one in _LADDERS.get(part, _LADDER):
                if (now is None or one < now) and (one < shown or (one == ALL and shown > 1)):
                    yield part, one
                    break


def next_room(room: Room, weights: Mapping[str, int], in_full: str) -> Room | None:
    """The next smaller room, by what the parts of the page weigh; None where there is no smaller one."""
    for first in _FIRST:
        if not first.keys() <= room.most.keys():
            return Room({**room.most, **first}, in_full)
    for part, most in room.steps(weights):
        return Room({**room.most, part: most}, in_full)
    return None


def weight_of(path: str, title: str, html: Markup) -> int:
    """The bytes of the page of a record that has this in it, with its frame; where they are few, no fewer than there are."""
    few = FRAME + _ASIDE + len(html.encode()) + 6 * len(title) + 4 * html.count("\t")
    if few < BUDGET:
        return few
    page = read_finished(as_markdown(OutputFile(path, html, title=title, kind="record")).encode())
    return FRAME + sum(len(one.encode()) for one in (page.title, page.description, page.body))


def shortened(words: Markup, most: int) -> Markup | None:
    """A line with so many links at the most, or a text with so many times 150 characters; None where it has no more."""
    ends = [one.end() for one in _LINK_ENDS.finditer(words)]
    if len(ends) > most:
        for number, end in enumerate(ends[most - 1 :], most):
            if _is_closed(words[:end]):
                return Markup("{} and {} more …").format(words[:end], len(ends) - number) if len(ends) > number else None  # fmt: skip
        return None
    text = words.striptags()
    if len(text) > most * _TEXT_OF_A_FACT:
        return escape(shorten(text, most * _TEXT_OF_A_FACT, placeholder=" …"))
    return None


def _is_closed(html: str) -> bool:
    """Whether every element that begins here also ends here."""
    opened: list[str] = []
    for ends, name in _TAG.findall(html):
        if name in _EMPTY:
            continue
        if not ends:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


__all__ = ["BESIDE", "BUDGET", "FRAME", "Left", "Room", "next_room", "shortened", "weight_of"]
