"""Stretches of a source as they may be shown: without the details of people that records do not keep."""

from __future__ import annotations

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
        for first, last, kind in self._details:
            if first < end and last > position:
                parts += [self._written[position:first] if first > position else "", f"({kind})"]
                position = min(last, end)
        return " ".join("".join([*parts, self._written[position:end]]).split())

    def is_detail(self, start: int, end: int) -> bool:
        """Whether a stretch is a detail of a person, or part of one."""
        return any(first < end and last > start for first, last, _ in self._details)

    @cached_property
    def _details(self) -> list[tuple[int, int, str]]:
        return sorted((start, end, kind.value) for kind, start, end in personal_details(self._written))
