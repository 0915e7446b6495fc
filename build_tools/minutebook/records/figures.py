"""The `figures` record: money and counts, as a table of cells that each say what they are."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from minutebook.records.base import Belongs, Citation, Part, Record, Searched, To
from minutebook.records.values import SLUG, Amount, Line, Prose, Ref
from minutebook.when import Period, When

Key = Annotated[str, StringConstraints(pattern=rf"^{SLUG}$", max_length=80)]


class CellKind(enum.StrEnum):
    """What a figure is: said beforehand, reached, missing, or set aside."""

    PLANNED = "planned"
    PREDICTED = "predicted"
    DELIVERED = "delivered"
    SHORTFALL = "shortfall"
    GROWTH = "growth"
    RESERVE = "reserve"
    BUDGET = "budget"
    OUTTURN = "outturn"
    FORECAST = "forecast"
    OVERSPEND = "overspend"
    CHANGE = "change"
    COUNT = "count"
    EXPENDITURE = "expenditure"


class Basis(enum.StrEnum):
    """Whether income is taken off."""

    GROSS = "gross"
    NET = "net"


class Row(Part):
    """A row of the table; its key stands in cells and after `#` in keys."""

    key: Key
    label: Annotated[Line, Searched()]


class Column(Part):
    """A column of the table, often a period."""

    key: Key
    label: Line
    period: Period | None = None


class Cell(Part):
    """One figure, and everything needed to read it rightly."""

    row: Key
    column: Key | None = None
    kind: CellKind | None
    amount: Amount | None
    qualifier: Line | None = Field(None, description="The source's word before it: `just under`.")
    period: Period | None = None
    as_at: When | None = None
    scope: Line | None = None
    basis: Basis | None = None
    funded_from: Line | None = None
    citations: tuple[Citation, ...] = ()


class Figures(Record):
    """A table of money or counts, each cell with its kind, period and receipt."""

    folder: ClassVar = "figures"
    noun: ClassVar = "figures"
    heading: ClassVar = "Figures"

    about: Annotated[tuple[Ref, ...], To(backlink="figures")] = ()
    body: Annotated[Ref | None, To("bodies", backlink="figures_of"), Belongs.TO] = None
    unit: Line = Field(description="`£`, `£000`, `people`.")
    basis: Basis | None = None
    rows: tuple[Row, ...] = Field(min_length=1)
    columns: tuple[Column, ...] = ()
    cells: tuple[Cell, ...] = Field(min_length=1)
    note: Annotated[Prose | None, Searched()] = None

    def field_keys(self) -> frozenset[str]:
        """The fields, each row, and each `row/column`."""
        rows = {cell.row for cell in self.cells}
        pairs = {f"{cell.row}/{cell.column}" for cell in self.cells if cell.column}
        return super().field_keys() | rows | pairs
