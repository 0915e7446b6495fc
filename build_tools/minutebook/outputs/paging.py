"""Long lists in pages: the same address with a number behind it, so that no page grows without end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from minutebook.outputs.addresses import Links

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a list: its number, counted from 1, its address, and what is on it."""

    number: int
    of: int
    address: str
    items: Sequence[T]
    total: int
    first: int  # the place in the whole list of what comes first on it


@dataclass(frozen=True, slots=True)
class Step:
    """A link to another page of the list; this page's own has no address."""

    text: str
    href: str | None


def sheets(address: str, items: Sequence[T], size: int, further: str | None = None) -> Iterator[Sheet[T]]:
    """Cut a list into pages of `size`; a list of nothing is one page. `further` is where the second and later lie."""
    number_of = max(1, -(-len(items) // size))
    for number in range(1, number_of + 1):
        start = (number - 1) * size
        yield Sheet(
            number,
            number_of,
            sheet_address(address, number, further),
            items[start : start + size],
            len(items),
            start + 1,
        )


def sheet_address(address: str, number: int, further: str | None = None) -> str:
    """The address of a page of a list."""
    return address if number == 1 else f"{further or address}{number}/"


def steps(links: Links, sheet: Sheet[T], address: str, further: str | None = None) -> tuple[Step, ...]:
    """Links to the pages of a list: the one before and after, the first, the last, and those around this one.

    None where there is one page.
    """
    if sheet.of == 1:
        return ()
    near = {1, sheet.of, *range(sheet.number - 2, sheet.number + 3)}
    shown = sorted(number for number in near if 1 <= number <= sheet.of)
    pages = [
        Step(
            f"Page {number}",
            None if number == sheet.number else links.href(sheet_address(address, number, further)),
        )
        for number in shown
    ]
    if sheet.number > 1:
        pages.insert(0, Step("Previous", links.href(sheet_address(address, sheet.number - 1, further))))
    if sheet.number < sheet.of:
        pages.append(Step("Next", links.href(sheet_address(address, sheet.number + 1, further))))
    return tuple(pages)
