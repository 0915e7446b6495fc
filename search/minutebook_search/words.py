"""What a word is: text split into words with their places, the same for records and for queries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

LONGEST_WORD = 64  # characters of a word that count; an index keeps no essays as words

# Signs that are typed in several ways and mean one thing. One character for one, so that places stay.
_ALIKE = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4",
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
}
_TO_PLAIN_SIGNS = str.maketrans({sign: plain for plain, signs in _ALIKE.items() for sign in signs})

# A number keeps its decimal point and loses its thousands commas: £312,000 and 312000 are one word.
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)*|[0-9]+(?:\.[0-9]+)+)[^\W_]*"
_WORD = rf"(?:{_NUMBER}|[^\W_]+(?:'[^\W_]+)*)"
# Words tied together without white space are one compound: follow-up, ACH21-044, 2019/20, R&D.
COMPOUND = re.compile(rf"{_WORD}(?:[-/.&_]{_WORD})*")
_PART = re.compile(_WORD)
_TIE = re.compile(r"[-/.&_]")

# An amount in any of its spellings is one word, its number of units: 1.263m, £1,263,000 and
# 1.263 million are all found as 1263000. The same words of size as in minutebook.records.values.
_ZEROS = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}
_SCALED = re.compile(r"([0-9]+(?:\.[0-9]+)?)(k|thousand|mn|m|million|bn|billion)")
_NUMBER_ALONE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# A code of a report, such as ACH21-044, ACH 21 044 or ach21044: letters, then at least four digits.
_CODE_BEGINS = re.compile(r"[a-z]{2,6}[0-9]*")
FEWEST_DIGITS, MOST_DIGITS = 4, 12


class Token(NamedTuple):
    """A word of a text: as printed, case, accents and punctuation apart; its base; and where it stands."""

    printed: str
    base: str  # what a stemmer is given: without the 's of possession, an amount in units (1263000)
    start: int
    end: int


Compound = tuple[Token, ...]


def tidy(text: str) -> str:
    """Return text on one line, composed (NFC), without characters that are not seen."""
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    if composed.isprintable():
        return composed
    # Soft hyphens and zero-width marks of copied pages would split words; control characters would
    # speak to the reader's terminal.
    return "".join(sign for sign in composed if unicodedata.category(sign) not in _UNSEEN)


_UNSEEN = {"Cc", "Cf", "Cs"}


def plain_signs(text: str) -> str:
    """Return text of the same length with one kind of quotation mark, apostrophe and dash."""
    return text if text.isascii() else text.translate(_TO_PLAIN_SIGNS)


def compounds(text: str) -> Iterator[Compound]:
    """Yield the words of a text in order, those tied by a hyphen or the like together."""
    text = plain_signs(text)
    for match in COMPOUND.finditer(text):
        whole = match[0]
        if whole.isalnum() or _TIE.search(whole) is None:  # most are plain
            pieces = [match]
        else:
            pieces = list(_PART.finditer(text, match.start(), match.end()))
        found = tuple(
            Token(*forms, piece.start(), piece.end()) for piece in pieces if (forms := _forms(piece[0]))[0]
        )
        if found:
            yield found


def words(text: str) -> list[Token]:
    """Return every word of a text in order, those of compounds one by one."""
    return [word for compound in compounds(text) for word in compound]


def joined(compound: Compound) -> str:
    """Return a compound as one word, so that ACH21-044 is found as ach21044 and follow-up as followup."""
    return "".join(word.printed for word in compound)[:LONGEST_WORD]


def in_units(number: str, size: str) -> str | None:
    """Return an amount as one word, its number of units: `1.263`, `m` is 1263000; None where it is none."""
    if _NUMBER_ALONE.fullmatch(number) is None or size not in _ZEROS:
        return None
    zeros = _ZEROS[size]
    whole, _, fraction = number.partition(".")
    units = (whole + fraction[:zeros].ljust(zeros, "0")).lstrip("0") or "0"
    rest = fraction[zeros:].rstrip("0")
    return f"{units}.{rest}" if rest else units


def spoken(printed: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield what printed words in a row also say as one: an amount (1.263 million) or a code (ach 21 044).

    Each as the place of its first word, the place after its last, and the one word. An engine holds
    these as it holds compounds, and a query of several words asks for them beside the words.
    """
    for at, word in enumerate(printed[:-1]):
        following = printed[at + 1]
        if "0" <= word[0] <= "9":
            if following in _ZEROS and (units := in_units(word, following)) is not None:
                yield at, at + 2, units
        elif "0" <= following[0] <= "9" and _CODE_BEGINS.fullmatch(word) is not None:
            whole = word
            for end in range(at + 1, min(at + 3, len(printed))):
                # Digits of ASCII alone: other readers of the same rule have other ideas of a digit.
                if not (printed[end].isascii() and printed[end].isdigit()):
                    break
                whole += printed[end]
                if FEWEST_DIGITS <= sum(sign.isdigit() for sign in whole) <= MOST_DIGITS:
                    yield at, end + 1, whole


def key_of(name: str) -> str:
    """Return a name as it is compared: its words alone. `asc-board` and `ASC Board` have one key."""
    return " ".join(word.printed for word in words(name))


# The words of a council's records are a few ten thousand.
@lru_cache(maxsize=200_000)
def _forms(written: str) -> tuple[str, str]:
    folded = unicodedata.normalize("NFKD", written.casefold()).casefold()
    # The fraction sign stays, or ½ would be 12; a full stop stays inside a number.
    kept = "".join(sign for sign in folded if sign.isalnum() or sign in "'.\u2044").strip(".")
    base = kept.removesuffix("'s")
    if base[:1].isdigit() and (amount := _SCALED.fullmatch(base)) is not None:
        base = in_units(amount[1], amount[2]) or base
    return kept.replace("'", "")[:LONGEST_WORD], base.replace("'", "")[:LONGEST_WORD]
