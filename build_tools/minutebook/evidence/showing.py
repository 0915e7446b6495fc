"""Stretches of a source as they may be shown: without the details of people that records do not keep."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from minutebook.personal import personal_details


class Showing:
    """A text of which stretches are shown in messages and lists. What is shown may be kept, or sent on."""

    def __init__(self, written: str) -> None:
        self._written = written

    def stretch(self, start: int, end: int) -> str:
        """The words between two offsets in one line, with the kind of each detail in its place.

        A detail that goes on outside the stretch is left out too: half a telephone number tells where
        to look for the rest.
        """
        parts, position = [], start
        for first, last, kind in self._within(start, end):
            parts += [self._written[position:first] if first > position else "", f"({kind})"]
            position = min(last, end)
        return " ".join("".join([*parts, self._written[position:end]]).split())

    def is_detail(self, start: int, end: int) -> bool:
        """Whether a stretch is a detail of a person, or part of one."""
        return next(self._within(start, end), None) is not None

    def _within(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The details that a stretch has a part of, in order: each begins where the one before has ended."""
        starts, details = self._details
        # Of those that begin before the stretch only the last can reach into it.
        for first, last, kind in details[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]:
            if last > start:
                yield first, last, kind

    @cached_property
    def _details(self) -> tuple[list[int], list[tuple[int, int, str]]]:
        """Where each detail begins, and the details; of what is two kinds of them, no character twice."""
        details: list[tuple[int, int, str]] = []
        for first, last, kind in sorted((a, b, kind.value) for kind, a, b in personal_details(self._written)):
            begin = max(first, details[-1][1]) if details else first
            if last > begin:
                details.append((begin, last, kind))
        return [first for first, _, _ in details], details
