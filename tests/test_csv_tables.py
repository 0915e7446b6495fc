"""Tables as CSV: whole, in one way for the data of a site and for the answers of a search, and never a formula."""

from __future__ import annotations

import ast
import csv
import io

import pytest

from minutebook.csv_tables import csv_table
from tests.helpers import REPOSITORY


def cell_of(text: str) -> str:
    """A cell as a spreadsheet is given it."""
    _, (cell, last) = csv.reader(io.StringIO(csv_table(("a", "b"), [(text, "x")]), newline=""))
    assert last == "x"
    return cell


@pytest.mark.parametrize(
    "text", ["", "plain", "a,b", 'said "so"', "two\nlines", "5 - 3", "£1.2m", "'quoted'"]
)
def test_what_is_no_formula_stands_as_it_is(text: str) -> None:
    assert cell_of(text) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(1)", "|calc", "%0", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", " =1", "\u00a0=1", "\ufeff=1", "\t1", "\r1", "\n=1"]
)  # fmt: skip
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(text: str) -> None:
    assert cell_of(text) == f"'{text}"


def test_one_room_alone_writes_csv() -> None:
    """Two that each know what is a formula come to differ in it."""
    writing = {
        path.relative_to(REPOSITORY).as_posix()
        for root in ("build_tools", "search")
        for path in (REPOSITORY / root).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import) and any(alias.name == "csv" for alias in node.names)
    }
    assert writing == {"build_tools/minutebook/csv_tables.py"}
