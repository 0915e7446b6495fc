"""Numbers of clauses, as minutes print them: `1`, `(b)`, `iv`, `2.1`, `3a`; whether one can follow another."""

from __future__ import annotations

import re

_STEPS = re.compile(r"\d+|[a-z]+", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]{2,}", re.IGNORECASE)
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
_VALUES = {"i": 1, "v": 5, "x": 10}


def steps(number: str) -> tuple[str, ...] | None:
    """The levels of a number, outermost first (`2(a)` is 2, then a); None where it is in words."""
    found = tuple(step.lower() for step in _STEPS.findall(number))
    in_words = any(_WORDS.fullmatch(step) and _roman(step) is None and len(set(step)) > 1 for step in found)
    return found if found and not in_words else None


def can_follow(number: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """Whether a number is the next one at some level, or the first one a level below."""
    for level in range(len(before) + 1):
        rest = number[level:]
        if number[:level] != before[:level] or not rest:
            continue
        goes_on = _is_first(rest[0]) if level == len(before) else _is_next(rest[0], before[level])
        if goes_on and all(_is_first(step) for step in rest[1:]):
            return True
    return False


def _is_first(step: str) -> bool:
    return step in ("1", "a", "i") or (step.isdigit() and int(step) == 1)


def _is_next(step: str, before: str) -> bool:
    if step.isdigit() and before.isdigit():
        return int(step) == int(before) + 1
    this, that = _roman(step), _roman(before)
    if this is not None and that is not None and this == that + 1:
        return True
    return _letter(before) is not None and _letter(step) == (_letter(before) or 0) + 1


def _roman(step: str) -> int | None:
    if not step or not _ROMAN.fullmatch(step):
        return None
    values = [_VALUES[letter] for letter in step]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _letter(step: str) -> int | None:
    """`a` to `z`, then `aa` to `zz`, as lists go on."""
    if not step.isalpha() or len(set(step)) != 1:
        return None
    return ord(step[0]) - ord("a") + 1 + 26 * (len(step) - 1)
