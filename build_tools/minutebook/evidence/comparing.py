"""When two values that sources print are the same: as numbers where they are numbers, else as words."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from minutebook.evidence.matching import normal
from minutebook.knowledge_base import plain
from minutebook.records.values import Amount
from minutebook.when import Answer, Period, overlaps

Compared = tuple[str, Decimal | None]  # the words before a number or instead of one, and the number

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


@lru_cache(maxsize=4096)
def compared(value: str) -> Compared:
    """A value as it is compared: `£400K`, `£400,000` and `400,000` are the same, `£1.26m` and `£1,263,000` are not.

    Words are the same where their letters, digits and signs are: names differ by a comma too. A word before a number counts: `some 75%` is not `75%`. The sign does not: tables print it once,
    at their head.
    """
    words = value.split()
    for number in range(len(words)):
        try:
            amount = Amount.parse(" ".join(words[number:]))
        except ValueError:
            continue
        return (plain(" ".join(words[:number])), amount.value)
    said = plain(value)
    if said in _NUMBERS:
        return ("", Decimal(_NUMBERS.index(said)))
    return (normal(value).casefold(), None)


def same_value(one: Compared, other: Compared, *, in_thousands: bool = False) -> bool:
    """Whether two values are the same; in a table in thousands, a figure of it and the same written out are."""
    if one == other or one[0] != other[0] or one[1] is None or other[1] is None:
        return one == other
    return in_thousands and (one[1] == other[1] * 1000 or other[1] == one[1] * 1000)


def may_overlap(one: Period | None, other: Period | None) -> bool:
    """Whether two values may hold at one time: a value without a period holds at any, and what is uncertain may."""
    return one is None or other is None or overlaps(one, other) is not Answer.NO
