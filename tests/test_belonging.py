"""What a record belongs to, and the body and the date that it has or takes from there."""

from __future__ import annotations

import pytest

from minutebook.belonging import belongs_to, body_of, date_of, dates_of, trail
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import Record
from minutebook.records.values import Ref
from tests.helpers import knowledge_base

LEDGER = """
    bodies/top: {title: Top, established: 2010}
    bodies/board: {title: Board, parent: bodies/top, established: 2015, ended: 2020}
    meetings/m: {body: bodies/board, held_on: 2019-03-12}
    items/i: {meeting: meetings/m}
    resolutions/r: {item: items/i}
    actions/a: {promised_by: bodies/board}
    reports/r: {by: not stated, to: bodies/board}
    statements/said: {said_at: items/i}
    statements/alone: {capacity: officer}
    decisions/d: {decided_by: not stated}
    indicators/one: {project: projects/p, observations: [{value: "1", as_at: 2018}, {value: "2", as_at: 2019}]}
    projects/p: {kind: project, began: 2017}
    bodies/one: {parent: bodies/two}
    bodies/two: {parent: bodies/three}
    bodies/three: {parent: bodies/two}
"""


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The ledger, linked."""
    return knowledge_base(LEDGER)


def get(kb: KnowledgeBase, name: str) -> Record:
    """A record of the ledger."""
    return kb.records[Ref(f"ambledown/{name}")]


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("resolutions/r", ["items/i", "meetings/m", "bodies/board", "bodies/top"]),
        ("statements/said", ["items/i", "meetings/m", "bodies/board", "bodies/top"]),
        ("statements/alone", []),
        ("decisions/d", []),
        ("bodies/top", []),
        ("bodies/one", ["bodies/two", "bodies/three"]),
        ("bodies/two", ["bodies/three"]),
    ],
)
def test_a_trail_leads_up_to_the_top_and_names_nothing_twice(
    kb: KnowledgeBase, name: str, above: list[str]
) -> None:
    found = []
    for one in trail(kb, get(kb, name)):
        found.append(one.id.removeprefix("ambledown/"))
        assert len(found) < 10, "it goes round in a circle"

    assert found == above
    first = belongs_to(kb, get(kb, name))
    assert (first.id if first is not None else None) == (f"ambledown/{above[0]}" if above else None)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("bodies/board", "bodies/board"),
        ("meetings/m", "bodies/board"),
        ("resolutions/r", "bodies/board"),
        ("reports/r", "bodies/board"),
        ("statements/alone", None),
        ("projects/p", None),
    ],
)
def test_the_body_of_a_record_is_the_nearest_and_that_of_a_body_itself(
    kb: KnowledgeBase, name: str, body: str | None
) -> None:
    found = body_of(kb, get(kb, name))

    assert (found.id if found is not None else None) == (f"ambledown/{body}" if body else None)


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("meetings/m", "2019-03-12"),
        ("items/i", "2019-03-12"),
        ("resolutions/r", "2019-03-12"),
        ("statements/said", "2019-03-12"),
        ("bodies/board", "2015"),
        # What belongs to a body happens at no time of it.
        ("actions/a", None),
        ("reports/r", None),
        ("statements/alone", None),
        ("indicators/one", None),
    ],
)
def test_a_record_takes_its_date_from_what_it_happened_at_and_from_nothing_else(
    kb: KnowledgeBase, name: str, date: str | None
) -> None:
    found = date_of(kb, get(kb, name))

    assert (found.value if found is not None else None) == date


@pytest.mark.parametrize(
    ("name", "dates"),
    [
        ("bodies/board", [("2015", "established"), ("2020", "ended")]),
        ("resolutions/r", [("2019-03-12", None)]),
        ("meetings/m", [("2019-03-12", "held")]),
        ("actions/a", []),
    ],
)
def test_the_dates_of_a_record_are_its_own_else_the_one_it_takes(
    kb: KnowledgeBase, name: str, dates: list[tuple[str, str | None]]
) -> None:
    assert [(when.value, event) for when, event in dates_of(kb, get(kb, name))] == dates
