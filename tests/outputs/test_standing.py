"""Where a record stands today, in a sentence: how many projects a body held, took over and gave up, and when."""

from __future__ import annotations

import pytest

from minutebook.when import When
from tests.outputs.house import page_of, text_of

MERGER = """
bodies/roads: {kind: programme board}
bodies/parks: {kind: programme board}
bodies/streets: {kind: programme board}
projects/p: {kind: project}
projects/q: {kind: project}
projects/r: {kind: project}
transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, to: bodies/roads}, {what: projects/q, to: bodies/roads}, {what: projects/r, to: bodies/parks}]}
transfers/2:
  kind: merge
  effective: 2019-04-01
  from: [bodies/roads, bodies/parks]
  moves: [{what: projects/p, to: bodies/streets}, {what: projects/q, to: bodies/streets}, {what: projects/r, to: bodies/streets}]
decisions/d: {kind: programme, decided_by: bodies/roads, decided_on: 2018-11-05, about: [projects/p]}
"""


def standing_of(body: str, as_of: str = "2021-05-20") -> str:
    """The text of a body's page."""
    return text_of(page_of(MERGER, f"bodies/{body}/", When.parse(as_of)))


@pytest.mark.parametrize(("body", "gave_up"), [("roads", "2 projects"), ("parks", "1 project")])
def test_of_bodies_that_merge_each_gave_up_what_it_held(body: str, gave_up: str) -> None:
    assert f"gave up {gave_up} (" in standing_of(body)


def test_a_decision_was_taken_on_a_day_and_not_in_it() -> None:
    assert "was decided on 5 November 2018" in standing_of("streets")


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2021-05-20", "On 20 May 2021 it held 3 projects"),
        ("2020-02", "In February 2020 it held 3 projects"),
        ("2019", "In 2019 it held no project for certain, and perhaps 3 projects"),
    ],
)
def test_a_date_is_said_with_its_preposition_and_what_is_uncertain_as_such(as_of: str, said: str) -> None:
    assert said in standing_of("streets", as_of)
