"""What every document has: its dates, and one value of each facet, as columns in the order of the documents."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from minutebook_search.documents import SearchDocument
from minutebook_search.static.encoding import all_varints, gaps, text, varints

# The facets of the search page in the order of their columns; the years come from the dates.
_VALUE: Mapping[str, Callable[[SearchDocument], str | None]] = {
    "type": lambda document: document.type,
    "council": lambda document: document.council,
    "body": lambda document: document.body,
    "outcome": lambda document: document.outcome,
}
FACETS = tuple(_VALUE)


def write_dates(documents: Sequence[SearchDocument]) -> bytes:
    """Return the dates of documents in their order: how many have none, first days, and what is wider than a day.

    Last comes what can have been on other days too than those that it is put in order by. A day is a number: 1 is the first of January of the year 1.
    """
    dated = [document for document in documents if document.first is not None]
    undated = len(documents) - len(dated)
    firsts = np.array([_day(document.first) for document in dated], dtype=np.uint64)
    wide = [
        (number, _day(document.last) - _day(document.first))
        for number, document in enumerate(documents)
        if document.first != document.last
    ]
    numbers = np.array([number for number, _ in wide], dtype=np.uint64)
    probable = [
        (number, _day(one.first) - _day(one.earliest), _day(one.latest) - _day(one.last))
        for number, one in enumerate(documents)
        if (one.first, one.last) != (one.earliest, one.latest)
    ]
    others = np.array([number for number, _, _ in probable], dtype=np.uint64)
    return (
        all_varints([undated, len(wide)])
        + varints(gaps(firsts))[0].tobytes()
        + varints(gaps(numbers))[0].tobytes()
        + all_varints([days for _, days in wide])
        + all_varints([len(probable)])
        + varints(gaps(others))[0].tobytes()
        + all_varints([days for _, *both in probable for days in both])
    )


def _day(date: dt.date | None) -> int:
    return date.toordinal() if date is not None else 0


def write_facet(field: str, documents: Sequence[SearchDocument], names: Mapping[str, str]) -> bytes:
    """Return a facet: its values with their names, the most frequent first, then the value of each document.

    0 stands for none; the columns of low and of high bytes follow one another, the second only where
    there are so many values.
    """
    value_of = _VALUE[field]
    column = [value_of(document) for document in documents]
    counts = Counter(value for value in column if value is not None)
    values = sorted(counts, key=lambda value: (-counts[value], value))
    number_of = {value: number for number, value in enumerate(values, 1)}
    numbers = np.array([number_of.get(value or "", 0) for value in column], dtype=np.uint16)
    said = json.dumps([[value, names.get(value, value)] for value in values], ensure_ascii=False)
    planes = [(numbers & 255).astype(np.uint8).tobytes()]
    if len(values) > 255:
        planes.append((numbers >> 8).astype(np.uint8).tobytes())
    return text(said) + b"".join(planes)
