"""The fields of a query: `body:cabinet`, `date:2019-11..2020-02`, and what to say where they cannot be read."""

from __future__ import annotations

from minutebook.suggest import did_you_mean
from minutebook.when import When, WhenError
from minutebook_search.query.tree import DateRange, Filter, Message
from minutebook_search.words import key_of, tidy

FIELDS = ("type", "council", "body", "outcome", "project", "topic", "date")
_SHORTEST = 2  # letters of a field that is cut short; a single one is more often a slip
NO_DATE = "none"  # the value of `date:` that stands for the records without a date
_DATES = "write it as in `date:2019-11-05`, `date:2019-11` or `date:2019-11..2020-02`"


def field_named(name: str) -> str | None:
    """Return the field that a name means: itself, or the only one that begins so."""
    name = name.casefold()
    if name in FIELDS:
        return name
    beginning_so = [field for field in FIELDS if field.startswith(name)]
    return beginning_so[0] if len(beginning_so) == 1 and len(name) >= _SHORTEST else None


def unknown_field(name: str, column: int) -> Message:
    """Say that there is no such field, and which one may be meant."""
    help = did_you_mean(name, FIELDS) or f"the fields are {', '.join(FIELDS)}"
    return Message(column, f"no field `{tidy(name)}` at column {column}, searched as a word: {help}")


def read_filter(field: str, value: str, column: int) -> tuple[Filter | DateRange | None, Message | None]:
    """Return the filter that a field and its value mean, and what there is to say about it."""
    value = tidy(value)
    if not value or (field != "date" and not key_of(value)):
        return None, Message(column, f"no value after `{field}:` at column {column}: searched without it")
    if field != "date":
        return Filter(field, value, column), None
    try:
        return _read_dates(value, column)
    except WhenError as error:
        # What the error says to editors of records, who have a place for the source's own words.
        help = _DATES if error.help is None or "as_written" in error.help else error.help
        return None, Message(column, f"{error.message} at column {column}: searched without it; {help}")


def _read_dates(value: str, column: int) -> tuple[DateRange | None, Message | None]:
    """Read one date, two with `..` between them, or `none`; raises WhenError."""
    if value.lower() == NO_DATE:
        return DateRange(None, None, undated=True), None
    left, dots, right = value.partition("..")
    if not dots or "/.." in value or "../" in value or value.startswith("["):
        return _bounds(value, value), None
    if not left and not right:
        raise WhenError("no date before or after `..`")
    found = _bounds(left, right)
    if found.first is not None and found.last is not None and found.first > found.last:
        said = f"`{value}` at column {column} runs backwards: searched from `{right}` to `{left}`"
        return _bounds(right, left), Message(column, said)
    return found, None


def _bounds(start: str, end: str) -> DateRange:
    """From the first day of one date to the last day of another; an empty one leaves that end open."""
    return DateRange(
        When.parse(start).earliest if start else None,
        When.parse(end).latest if end else None,
    )
