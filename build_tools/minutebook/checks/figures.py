"""8xx, figures: every figure stands in one place of its table, in its unit and its period."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from minutebook.checks.finding import finding, place
from minutebook.diagnostics import Diagnostic, Note
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import FieldPath
from minutebook.records.figures import Cell, CellKind, Column, Figures, Row
from minutebook.records.indicator import Comparator, Indicator, Measurement, Target
from minutebook.records.values import Amount
from minutebook.rules import figures as rules
from minutebook.when import Answer, compatible, within

# Said of a year before it is over, or after it: such a figure may bear a day outside its year.
_AT_ANY_TIME = frozenset(
    {CellKind.PLANNED, CellKind.PREDICTED, CellKind.BUDGET, CellKind.FORECAST, CellKind.GROWTH,
     CellKind.RESERVE, CellKind.OUTTURN, CellKind.CHANGE, CellKind.SHORTFALL, CellKind.OVERSPEND}
)  # fmt: skip
_SHARES = ("%", "per cent", "percent", "proportion", "share", "rate")
_MONEY = ("£", "pound")


def check_cells_have_a_place(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every cell stands in a row and a column of its table (MB801), and no two in one place (MB802)."""
    for table in kb.of(Figures):
        rows = {row.key for row in table.rows}
        columns = {column.key for column in table.columns}
        taken: dict[object, int] = {}
        for number, cell in enumerate(table.cells):
            at: FieldPath = ("cells", number)
            if cell.row not in rows:
                message = f"no row `{cell.row}`: the table has {_named(rows)}"
                yield finding(kb, table, place(table, (*at, "row")), rules.UNKNOWN_ROW_OR_COLUMN, message)
            if cell.column is not None and cell.column not in columns:
                message = f"no column `{cell.column}`: the table has {_named(columns)}"
                yield finding(kb, table, place(table, (*at, "column")), rules.UNKNOWN_ROW_OR_COLUMN, message)
            elif cell.column is None and columns:
                message = f"the cell is in no column: the table has {_named(columns)}"
                yield finding(kb, table, place(table, (*at, "row")), rules.UNKNOWN_ROW_OR_COLUMN, message)
            where = _place_of(cell)
            if where in taken:
                message = f"two cells stand in one place: row `{cell.row}`" + (
                    f", column `{cell.column}`" if cell.column is not None else ""
                )
                first = place(table, ("cells", taken[where], "row"))
                yield finding(
                    kb, table, place(table, (*at, "row")), rules.CELLS_IN_ONE_PLACE, message,
                    notes=[Note("the other one is here", first)],
                )  # fmt: skip
            taken.setdefault(where, number)


def _named(keys: set[str]) -> str:
    return ", ".join(f"`{key}`" for key in sorted(keys)) or "none"


def _place_of(cell: Cell) -> object:
    return (
        cell.row, cell.column, cell.kind,
        cell.period.value if cell.period is not None else None,
        cell.as_at.value if cell.as_at is not None else None,
        cell.scope, cell.basis, cell.funded_from,
    )  # fmt: skip


def check_rows_and_columns(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """No two rows or columns have one key (MB803), and none is without cells (MB804)."""
    for table in kb.of(Figures):
        used = {("rows", cell.row) for cell in table.cells} | {
            ("columns", cell.column) for cell in table.cells
        }
        both: tuple[tuple[str, tuple[Row | Column, ...]], ...] = (
            ("rows", table.rows),
            ("columns", table.columns),
        )
        for field, entries in both:
            seen: dict[str, int] = {}
            for number, entry in enumerate(entries):
                path: FieldPath = (field, number, "key")
                if entry.key in seen:
                    message = f"two {field} have the key `{entry.key}`"
                    first = place(table, (field, seen[entry.key], "key"))
                    notes = [Note("the other one is here", first)]
                    yield finding(kb, table, place(table, path), rules.REPEATED_KEY, message, notes=notes)
                    continue
                seen[entry.key] = number
                if (field, entry.key) not in used:
                    message = f"no cell stands in the {field.removesuffix('s')} `{entry.key}`"
                    yield finding(kb, table, place(table, path), rules.EMPTY_ROW_OR_COLUMN, message)


def check_units(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The sign of an amount fits the unit of its table or indicator (MB808)."""
    for table in kb.of(Figures):
        for number, cell in enumerate(table.cells):
            if cell.amount is None or (cell.kind is CellKind.CHANGE and cell.amount.unit == "%"):
                continue
            if (message := _unfit(cell.amount, table.unit)) is not None:
                at = place(table, ("cells", number, "amount"))
                yield finding(kb, table, at, rules.WRONG_UNIT, message)
    for indicator in kb.of(Indicator):
        if indicator.unit is None:
            continue
        for path, amount in _amounts(indicator):
            if (message := _unfit(amount, indicator.unit)) is not None:
                yield finding(kb, indicator, place(indicator, path), rules.WRONG_UNIT, message)


def _unfit(amount: Amount, unit: str) -> str | None:
    words = unit.lower()
    is_share, is_money = any(w in words for w in _SHARES), any(w in words for w in _MONEY)
    if (amount.unit == "%" and not is_share) or (amount.unit == "£" and not is_money):
        return f"`{amount}` does not fit the unit `{unit}`"
    return None


def _amounts(indicator: Indicator) -> Iterator[tuple[FieldPath, Amount]]:
    if indicator.baseline is not None and indicator.baseline.value is not None:
        yield ("baseline", "value"), indicator.baseline.value
    if indicator.target is not None and indicator.target.value is not None:
        yield ("target", "value"), indicator.target.value
    for number, one in enumerate(indicator.observations):
        if one.value is not None:
            yield ("observations", number, "value"), one.value
    for number, other in enumerate(indicator.comparators):
        if other.value is not None:
            yield ("comparators", number, "value"), other.value


def check_periods(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A figure lies in the period of its column (MB809), and has one (MB810)."""
    for table in kb.of(Figures):
        periods = {column.key: column.period for column in table.columns}
        for number, cell in enumerate(table.cells):
            at: FieldPath = ("cells", number)
            period = periods.get(cell.column or "")
            if period is not None:
                if cell.period is not None and not compatible(cell.period, period):
                    message = f"the period {cell.period.display()} is not within {period.display()}, that of its column"
                    yield finding(kb, table, place(table, (*at, "period")), rules.PERIOD_OUTSIDE, message)
                if (
                    cell.as_at is not None
                    and cell.kind not in _AT_ANY_TIME
                    and within(cell.as_at, period) is Answer.NO
                ):
                    message = (
                        f"{cell.as_at.display()} is not within {period.display()}, the period of its column"
                    )
                    yield finding(kb, table, place(table, (*at, "as_at")), rules.PERIOD_OUTSIDE, message)
            elif cell.column is not None and cell.column not in periods:
                continue  # the column is misspelt
            elif (
                cell.period is None and cell.as_at is None and not {"period", "as_at"} & cell.absences.keys()
            ):
                message = "the cell has no period and no date, and nor has its column"
                yield finding(kb, table, place(table, (*at, "row")), rules.NO_PERIOD, message)


def check_targets(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A target or a comparator gives a number or a word, and one of them (MB811)."""
    for indicator in kb.of(Indicator):
        aims: list[tuple[FieldPath, Target | Comparator]] = [
            (("comparators", number), one) for number, one in enumerate(indicator.comparators)
        ]
        if indicator.target is not None:
            aims.append((("target",), indicator.target))
        for path, one in aims:
            if one.value is not None and one.word is not None:
                message = f"both a value, `{one.value}`, and a word, `{one.word}`, are given"
            elif one.value is None and one.word is None and not {"value", "word"} & one.absences.keys():
                message = "neither a value nor a word is given"
            else:
                continue
            yield finding(kb, indicator, place(indicator, path), rules.EMPTY_TARGET, message)


def check_measurements(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Nobody ranks below the last (MB812), and no date is measured twice (MB813)."""
    for indicator in kb.of(Indicator):
        measured = [(("observations", number), one) for number, one in enumerate(indicator.observations)]
        for path, one in measured:
            if one.rank is not None and one.cohort_size is not None and one.rank > one.cohort_size:
                message = f"the rank is {one.rank} of {one.cohort_size}"
                at = place(indicator, (*path, "rank"))
                yield finding(kb, indicator, at, rules.RANK_OUTSIDE, message)
        seen: dict[object, FieldPath] = {}
        for path, one in measured:
            if one.as_at is None:
                continue
            what = _what_is_measured(one)
            if what in seen:
                message = f"{one.as_at.display()} is measured twice"
                notes = [Note("the other measurement is here", place(indicator, (*seen[what], "as_at")))]
                at = place(indicator, (*path, "as_at"))
                yield finding(kb, indicator, at, rules.MEASURED_TWICE, message, notes=notes)
            seen.setdefault(what, path)


def _what_is_measured(one: Measurement) -> object:
    assert one.as_at is not None
    return (one.as_at.value, one.cohort, one.scope, one.qualifier)


CHECKS: tuple[Callable[[KnowledgeBase], Iterator[Diagnostic]], ...] = (
    check_cells_have_a_place,
    check_rows_and_columns,
    check_units,
    check_periods,
    check_targets,
    check_measurements,
)
