"""8xx, sums: totals, changes and shortfalls come out, within what rounding explains, or a discrepancy says that they do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from minutebook.checks.finding import finding, place
from minutebook.diagnostics import Diagnostic, Rule
from minutebook.figures import Bounds, bounds, show
from minutebook.knowledge_base import KnowledgeBase, plain_words
from minutebook.records.discrepancy import Discrepancy
from minutebook.records.figures import Cell, CellKind, Column, Figures, Row
from minutebook.records.values import Ref
from minutebook.rules import figures as rules

_Numbered = tuple[int, Cell]
# By row and column: the figure that stands there and is no change; None where there are two, or none is known.
_Grid = Mapping[tuple[str, str | None], Bounds | None]


def check_totals(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A row or column that is called a total is the sum of the others of the same kind (MB805)."""
    for table in kb.of(Figures):
        yield from _check_totals(kb, table, [row for row in table.rows if _is_total(row)], "row", "column")
        yield from _check_totals(kb, table, [one for one in table.columns if _is_total(one)], "column", "row")


def _is_total(entry: Row | Column) -> bool:
    return "total" in plain_words(f"{entry.key} {entry.label}")


def _check_totals(
    kb: KnowledgeBase,
    table: Figures,
    totals: list[Row] | list[Column] | list[Row | Column],
    along: str,
    across: str,
) -> Iterator[Diagnostic]:
    names = {entry.key for entry in totals}
    if len(names) != 1:
        return  # none, or totals of parts, and which they are of is not said
    groups: defaultdict[object, list[_Numbered]] = defaultdict(list)
    for number, cell in enumerate(table.cells):
        groups[_alike(cell, across)].append((number, cell))
    of_kind: defaultdict[object, set[str | None]] = defaultdict(set)
    for cell in table.cells:
        of_kind[cell.kind].add(getattr(cell, along))
    for group in groups.values():
        sums = [(number, cell) for number, cell in group if getattr(cell, along) in names]
        parts = [cell for _, cell in group if getattr(cell, along) not in names]
        if len(sums) != 1 or len(parts) < 2:
            continue
        number, total = sums[0]
        if {getattr(cell, along) for cell in parts} != of_kind[total.kind] - names:
            continue  # something is not there to be added
        yield from _compare(
            kb, table, number, total, [bounds(cell, table.unit) for cell in parts], rules.TOTAL_DOES_NOT_ADD_UP,
            "the others add up to",
        )  # fmt: skip


def _alike(cell: Cell, across: str) -> object:
    return (
        getattr(cell, across), cell.kind, _value(cell.period), _value(cell.as_at), cell.scope, cell.basis,
        cell.funded_from,
    )  # fmt: skip


def _value(moment: object) -> object:
    return getattr(moment, "value", None)


def check_changes(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A change is the difference between the two figures it lies between, or that as a percentage (MB806)."""
    for table in kb.of(Figures):
        figures = _figures(table)
        summed_up = _summed_up(table, figures)
        order = [column.key for column in table.columns]
        for number, cell in enumerate(table.cells):
            if cell.kind is not CellKind.CHANGE or cell.amount is None or cell.column not in order:
                continue
            columns = order[: order.index(cell.column) + 1]
            if (two := _two(figures, cell.row, summed_up, columns)) is None:
                continue
            first, second = two
            if cell.amount.unit == "%":
                if first.low <= 0:
                    continue
                came_out = [second.change_in_percent(first)]
            else:
                came_out = [second.less(first)]
            yield from _compare(
                kb, table, number, cell, came_out, rules.CHANGE_DOES_NOT_FOLLOW, "the two figures make it"
            )


def _figures(table: Figures) -> _Grid:
    found: dict[tuple[str, str | None], Bounds | None] = {}
    for cell in table.cells:
        if cell.kind is not CellKind.CHANGE:
            where = (cell.row, cell.column)
            found[where] = None if where in found else bounds(cell, table.unit)
    return found


def _summed_up(table: Figures, figures: _Grid) -> str | None:
    """The row that a row of nothing but changes sums up: the total, else the only one that has figures."""
    with_figures = {row for row, _ in figures}
    rows = [row for row in table.rows if row.key in with_figures]
    totals = [row for row in rows if _is_total(row)]
    meant = totals if len(totals) == 1 else rows
    return meant[0].key if len(meant) == 1 else None


def _two(figures: _Grid, row: str, summed_up: str | None, columns: list[str]) -> tuple[Bounds, Bounds] | None:
    """The two figures that a change in the last of the columns lies between.

    To its left in its own row, else in the row it sums up: that of its column and the one before.
    """
    ways = [(row, columns[-3:-1])] + ([(summed_up, columns[-2:])] if summed_up is not None else [])
    for in_row, between in ways:
        found = [figures.get((in_row, column)) for column in between]
        if len(found) == 2 and found[0] is not None and found[1] is not None:
            return found[0], found[1]
    return None


def check_shortfalls(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A shortfall is what was planned less what was delivered or predicted (MB807)."""
    for table in kb.of(Figures):
        periods = {column.key: _value(column.period) for column in table.columns}
        groups: defaultdict[object, list[_Numbered]] = defaultdict(list)
        for number, cell in enumerate(table.cells):
            period = _value(cell.period) or periods.get(cell.column or "")
            groups[cell.row, period, cell.scope].append((number, cell))
        for group in groups.values():
            planned = [cell for _, cell in group if cell.kind is CellKind.PLANNED]
            reached = [c for _, c in group if c.kind in (CellKind.PREDICTED, CellKind.DELIVERED)]
            if len(planned) != 1:
                continue
            for number, cell in group:
                if cell.kind is CellKind.SHORTFALL and reached:
                    plan = bounds(planned[0], table.unit)
                    came_out = [
                        plan.less(got) if plan is not None and got is not None else None
                        for got in (bounds(one, table.unit) for one in reached)
                    ]
                    yield from _compare_with_any(kb, table, number, cell, came_out)


def _compare_with_any(
    kb: KnowledgeBase, table: Figures, number: int, cell: Cell, came_out: list[Bounds | None]
) -> Iterator[Diagnostic]:
    """What was reached may be said twice, at two dates: the shortfall is measured by one of them."""
    is_said = bounds(cell, table.unit)
    known = [one for one in came_out if one is not None]
    if is_said is None or len(known) < len(came_out) or any(one.meets(is_said) for one in known):
        return
    yield from _say(
        kb, table, number, cell, known[-1], rules.SHORTFALL_DOES_NOT_FOLLOW, "planned less reached makes"
    )


def _compare(
    kb: KnowledgeBase,
    table: Figures,
    number: int,
    cell: Cell,
    parts: Iterable[Bounds | None],
    rule: Rule,
    what: str,
) -> Iterator[Diagnostic]:
    is_said, total = bounds(cell, table.unit), Bounds(Decimal(0), Decimal(0))
    for part in parts:
        if part is None:
            return
        total = total.plus(part)
    if is_said is not None and not total.meets(is_said):
        yield from _say(kb, table, number, cell, total, rule, what)


def _say(
    kb: KnowledgeBase, table: Figures, number: int, cell: Cell, came_out: Bounds, rule: Rule, what: str
) -> Iterator[Diagnostic]:
    if not _is_told(kb, table.id, cell):
        message = f"`{cell.amount}` is given, but {what} {show(came_out, cell)}"
        yield finding(kb, table, place(table, ("cells", number, "amount")), rule, message)


def _is_told(kb: KnowledgeBase, table: Ref, cell: Cell) -> bool:
    """Whether a discrepancy has this figure among the values that its sides state, beside another of the table."""
    names = {cell.row, f"{cell.row}/{cell.column}"}
    for discrepancy in kb.of(Discrepancy):
        keys = [
            {stated.key for citation in side.citations for stated in citation.states}
            for side in discrepancy.sides
        ]
        mine = [any(key.record_id == table and key.field in names for key in side) for side in keys]
        of_table = [any(key.record_id == table for key in side) for side in keys]
        if any(mine) and sum(of_table) > 1:
            return True
    return False


CHECKS: tuple[Callable[[KnowledgeBase], Iterator[Diagnostic]], ...] = (
    check_totals,
    check_changes,
    check_shortfalls,
)
