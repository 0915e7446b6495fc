"""Codes as they are typed from memory: without their signs, with zeros left out, with a letter for a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from minutebook_search.query.tree import ParsedQuery, Phrase, Word
from minutebook_search.words import FEWEST_DIGITS, MOST_DIGITS, Token, plain_signs, words

# Letters, then groups of digits. What is copied from a scanned page has an O for 0, and an l or I for 1.
_LETTERS = re.compile(r"([a-z]{2,6})([0-9oil]*)")
_GROUP = re.compile(r"[0-9oil]*[0-9][0-9oil]*")
_PIECE = re.compile(r"[^.]+")
_FIGURES = str.maketrans("oil", "011")
_FEWEST_TYPED = 3  # digits; with fewer, `item 12` would be one
_MOST_TOKENS = 4  # words of a code: its letters, and three groups
_WIDEST = 4  # digits of a group that zeros are put before
_YEAR = 2  # digits of the group that most codes of reports begin with
_BETWEEN = " \t\n\xa0"  # two words that may be one code

_Group = tuple[int, str]  # where it begins in the text, and the digits as typed


@dataclass(frozen=True, slots=True)
class Code:
    """What may be a code in a query, and what it would be with the zeros that may be left out.

    `start` and `end` are its places in the query, `whole` is it as one word. `others` are the words that it
    may mean, the nearest first, each as reports mostly print it: `ach21044` and `ACH21-044`.
    """

    start: int
    end: int
    whole: str
    others: tuple[tuple[str, str], ...]


def possible_codes(asked: ParsedQuery) -> Iterator[Code]:
    """Yield what may be a code in the words and phrases of a query, from left to right, the longest first."""
    for start, end in rows_of_words(asked):
        text = asked.text[start:end]
        found = words(text)
        for at in range(len(found)):
            for after in range(min(len(found), at + _MOST_TOKENS), at, -1):
                if (code := _code(text, found[at:after], start)) is not None:
                    yield code


def rows_of_words(asked: ParsedQuery) -> list[tuple[int, int]]:
    """Return where in a query words stand that follow one another with nothing but space between; each phrase alone."""
    found: list[tuple[int, int]] = []
    isword = False
    for leaf in asked.wanted():
        if not isinstance(leaf, Word | Phrase) or not leaf.column:
            continue
        start = leaf.column - isinstance(leaf, Word)
        end = start + len(leaf.text)
        if plain_signs(asked.text[start:end]) != plain_signs(leaf.text):
            continue  # copied with signs that are not seen: the places are not what they seem
        if (
            found
            and isword
            and isinstance(leaf, Word)
            and not asked.text[found[-1][1] : start].strip(_BETWEEN)
        ):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        isword = isinstance(leaf, Word)
    return found


def _code(text: str, tokens: Sequence[Token], offset: int) -> Code | None:
    """These words of a text as a code; None where they are none."""
    if any(text[one.start : one.end].lower() != one.printed for one in tokens):
        return None  # a letter that was folded: its place is not its place in the text
    begins = _LETTERS.fullmatch(tokens[0].printed)
    if begins is None:
        return None
    first = tokens[0].start + len(begins[1])
    groups = [(first, begins[2])] if begins[2] else []
    for one in tokens[1:]:  # 21.044 is one word, a number with a fraction
        groups += [(one.start + piece.start(), piece[0]) for piece in _PIECE.finditer(one.printed)]
    digits = sum(len(group) for _, group in groups)
    if not _FEWEST_TYPED <= digits <= MOST_DIGITS or not all(_GROUP.fullmatch(one) for _, one in groups):
        return None
    found: list[tuple[int, int, str, str]] = []
    for parts in (groups, *_cut_in_two(groups)):
        is_cut = parts is not groups
        short = [group.translate(_FIGURES).lstrip("0") or "0" for _, group in parts]
        for widths in product(*(range(len(one), max(_WIDEST, len(one)) + 1) for one in short)):
            if not FEWEST_DIGITS <= sum(widths) <= MOST_DIGITS:
                continue
            filled = [one.zfill(width) for one, width in zip(short, widths, strict=True)]
            one_word = begins[1] + "".join(filled)
            # A zero is left out after the sign sooner than before the year, and most cuts are after the year.
            odd = is_cut * (2 * (widths[0] != _YEAR) + (widths[0] != len(short[0])))
            found.append((abs(sum(widths) - digits), odd, one_word, begins[1].upper() + "-".join(filled)))
    found.sort(key=lambda one: one[:2])
    whole = "".join(one.printed for one in tokens)
    others: dict[str, str] = {}
    for _, _, one_word, said in found:
        if one_word != whole:
            others.setdefault(one_word, said)
    return Code(offset + tokens[0].start, offset + tokens[-1].end, whole, tuple(others.items()))


def _cut_in_two(groups: Sequence[_Group]) -> Iterator[list[_Group]]:
    """Yield what digits without a sign between them may have been: 21 and 44 where 2144 was typed for 21-044."""
    if len(groups) == 1:
        ((place, digits),) = groups
        for at in range(1, len(digits)):
            yield [(place, digits[:at]), (place + at, digits[at:])]
