"""The grammar that messages, pages and the reference share: a noun with its article, and words as a list in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

# By sound and not by letter: an hour, but a unitary authority, a European fund, a one-off payment.
_LIKE_A_VOWEL = re.compile(r"\W*(?:[ai]|o(?!ne\b)|e(?!u)|u(?!ni(?!n)|s)|hon|hour)", re.IGNORECASE)


def with_article(noun: str) -> str:
    """A noun, or a word before it, after `a` or `an`: `an agenda item`, `a unitary authority`, `a [body](#bodies)`."""
    return f"{'an' if _LIKE_A_VOWEL.match(noun) else 'a'} {noun}"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """The words as a list in a sentence: `a, b and c`. Raises `IndexError` where there are none."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"
