"""What stands in a new record where a value is still to be written: made by `minutebook new`, found by the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

BLANK = "…"
_FILLED_BY = re.compile(r"…(?: (one of|as in): (.+))?")


def choice(words: Sequence[str]) -> str:
    """The blank for a value that is one of some words."""
    return f"{BLANK} one of: {', '.join(words)}"


def model(*examples: str) -> str:
    """The blank for a value that looks like one of some examples."""
    return f"{BLANK} as in: {' or '.join(examples)}"


def is_blank(text: object) -> bool:
    """Whether this is what `minutebook new` writes where a value is still to come."""
    return isinstance(text, str) and _FILLED_BY.fullmatch(text.strip()) is not None


def advice(text: str) -> str | None:
    """What to write in place of a blank, where the blank says so."""
    match = _FILLED_BY.fullmatch(text.strip())
    if match is None or match[1] is None:
        return None
    return (
        f"write one of: {match[2]}"
        if match[1] == "one of"
        else f"write it as in `{match[2].replace(' or ', '` or `')}`"
    )


def blanks(fields: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every blank among the fields, with its path."""
    if isinstance(fields, Mapping):
        for name, value in fields.items():
            yield from blanks(value, (*path, str(name)))
    elif isinstance(fields, list):
        for number, value in enumerate(fields):
            yield from blanks(value, (*path, number))
    elif isinstance(fields, str) and is_blank(fields):
        yield path, fields


__all__ = ["BLANK", "advice", "blanks", "choice", "is_blank", "model"]
