"""The accessibility statement must be looked at once a year: whether its date is too old for the date of a build."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from minutebook.safe_files import read_page
from minutebook.when import When

# The Public Sector Bodies Accessibility Regulations 2018 want a statement that is reviewed regularly;
# the model statement of the Government Digital Service says at least once a year.
LONGEST = 365
STATEMENT = "accessibility.md"
_REVIEWED = re.compile(r"^Reviewed on: *(\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]+ \d{4}) *$", re.MULTILINE)


def statement_finding(docs_dir: Path, as_of: When) -> str | None:
    """A sentence where the statement lacks its date or was reviewed over a year before the build's; else None.

    A folder of pages without a statement has nothing to find: not every site is a public body's.
    """
    path = docs_dir / STATEMENT
    if not path.is_file():
        return None
    found = _REVIEWED.search(read_page(docs_dir, STATEMENT))
    if found is None:
        return f"`{STATEMENT}` has no line `Reviewed on: 22 November 2026`: say when it was last tested"
    try:
        reviewed = _day(found[1])
    except ValueError:
        return f"`{STATEMENT}`: `{found[1]}` is no date: write it as 22 November 2026 or 2026-11-22"
    if (days := (as_of.last_known - reviewed).days) > LONGEST:
        return (
            f"`{STATEMENT}` was last reviewed on {found[1]}, {days:,} days before the date of this build:"
            " test the pages again, then change the date"
        )
    return None


def _day(written: str) -> date:
    """The day that is written, as a reader or as a machine would; raises ValueError where there is none."""
    if written[:4].isdigit():
        return date.fromisoformat(written)
    return datetime.strptime(written, "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone
