"""Did you mean: the nearest name that is really there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the name in `known` nearest to `word`, or None where none is near."""
    by_lower = {name.lower(): name for name in sorted(known)}
    found = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.7)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return the sentence that offers the nearest name, or None where none is near."""
    name = nearest(word, known)
    return f"did you mean `{name}`?" if name else None
