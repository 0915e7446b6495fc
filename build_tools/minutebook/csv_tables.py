"""Tables as CSV that a spreadsheet opens as a table, and never as a program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What makes a spreadsheet read a cell as a formula (OWASP, CSV injection), also behind white space or
# a byte order mark, and where it takes the signs of East Asian keyboards for them. The search page has
# the same rule (`browser/table.js`).
_FORMULA = re.compile("[\\s\ufeff]*[-=+@|%\uff1d\uff0b\uff0d\uff20]")
_WHITE = tuple("\t\r\n")  # with which a cell may begin in no way


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as RFC 4180 has it; in front of a cell that would be a formula stands an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_WHITE) or _FORMULA.match(text) else text


__all__ = ["csv_table"]
