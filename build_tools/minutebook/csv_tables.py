"""Tables as CSV that a spreadsheet opens as a table, and never as a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# What makes a spreadsheet read a cell as a formula (OWASP, CSV injection), also behind white space,
# and where it takes the signs of East Asian keyboards for them.
_FORMULA = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")
_WHITE = tuple("\t\r\n")  # with which a cell may begin in no way


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as RFC 4180 has it; in front of a cell that would be a formula stands an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_WHITE) or text.lstrip().startswith(_FORMULA) else text


__all__ = ["csv_table"]
