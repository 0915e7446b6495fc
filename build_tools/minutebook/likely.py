"""A date that a record calls probable: by what day it is filed and counted, where its bounds are wider."""

from __future__ import annotations

import re
from functools import lru_cache

from minutebook.when import When, compatible
from minutebook.when_text import MONTHS

_MONTHS = {name.casefold(): number for number, name in enumerate(MONTHS, start=1)}
# `probably 23 November 2021`, `by the meeting of (probably) 23 November 2021`, `probably in May 2020`.
_PROBABLY = re.compile(
    rf"\(?\bprobably\)?,? (?:on |in )?(?:(\d{{1,2}}) )?(?:({'|'.join(_MONTHS)}) )?(\d{{4}})\b", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def likely(when: When) -> When | None:
    """The date that the words of a record call probable, or None where they call none so.

    `probably 23 November 2021`, which can lie anywhere between October 2021 and March 2022, is found,
    sorted and counted as 23 November 2021. Nothing that asks whether a day *certainly* came before
    another may use it: there the bounds hold. A day outside the bounds is not taken.
    """
    match = _PROBABLY.search(when.as_written or "")
    if match is None or when.exact:
        return None
    day, month, year = match[1], match[2], match[3]
    if day and not month:
        return None
    value = year
    if month:
        value += f"-{_MONTHS[month.casefold()]:02}"
    if day:
        value += f"-{int(day):02}"
    try:
        found = When.parse(value)
    except ValueError:
        return None
    return found if compatible(found, when) else None


__all__ = ["likely"]
