"""The tables of the data page: whole, and no cell of them is a formula."""

from __future__ import annotations

import csv
import io

import pytest

from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs.data_pages import data
from minutebook.outputs.site import Site
from minutebook.publication import publish
from minutebook.records.body import Body
from minutebook.when import When
from tests.helpers import knowledge_base

FORMULAS = [
    '=HYPERLINK("https://evil.example","x")', "+1+1", "-1+1", "@SUM(1)", "|calc", "%0", "\u00a0=1+1", "\u2003=1+1",
    "\u200a+1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(1)", "\x01=1+1", "\x7f=1+1", "\ufffe=1",
]  # fmt: skip


@pytest.mark.parametrize("title", FORMULAS)
def test_no_cell_is_a_formula(title: str) -> None:
    read = knowledge_base("council/ambledown: {title: Ambledown}\nbodies/board: {title: The Board}")
    # Put in after reading: of some of these signs the reader takes no escape, and the table has to hold all the same.
    kb = KnowledgeBase(
        one.model_copy(update={"title": title}) if isinstance(one, Body) else one
        for one in read.records.values()
    )
    tables = {file.path: file.data.decode() for file in data(Site(publish(kb), When.parse("2021-07-01")))}
    rows = list(csv.reader(io.StringIO(tables["data/records.csv"], newline="")))
    assert [len(row) for row in rows] == [10, 10, 10]
    [row] = [row for row in rows if row[0].endswith("bodies/board")]
    assert row[2].startswith("'"), row[2]
    assert [cell for cell in row if cell.lstrip()[:1] in tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")] == []
