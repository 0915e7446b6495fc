"""What is said of those who give: who held it instead, who held nothing, and where nothing can be told."""

from __future__ import annotations

from inspect import cleandoc

import pytest

from minutebook.checks import ownership as checks
from minutebook.checks.finding import place
from minutebook.ownership import OwnershipHistory
from minutebook.records.project import Project
from minutebook.records.transfer import Transfer
from minutebook.records.values import Ref
from tests.ledger import history_of

BODIES = "\n".join(f"bodies/{name}: {{kind: workstream}}" for name in "abcx")
SET_UP = """
projects/p: {kind: project}
projects/q: {kind: project}
projects/r: {kind: project}
projects/lost: {kind: project, parent: projects/nowhere}
transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}, {what: projects/q, to: bodies/a}]}
"""


def said(ledger: str) -> list[str]:
    """What the checks of ownership say of a ledger."""
    history = history_of(f"{BODIES}\n{cleandoc(ledger)}")
    return [f"{one.rule.code} {one.message}" for check in checks.CHECKS for one in check(history)]


@pytest.mark.parametrize(
    ("transfer", "expected"),
    [
        ("from: bodies/x, effective: 2019, moves: [{what: projects/p, to: bodies/b}]",
         ["MB406 `projects/p` is moved from `bodies/x`, but `bodies/a` held it the day before"]),
        ("from: [bodies/x, bodies/b], effective: 2019, moves: [{what: projects/p, to: bodies/c}]",
         ["MB406 `projects/p` is moved from `bodies/x` and `bodies/b`, but `bodies/a` held it the day before"]),
        ("from: [bodies/a, bodies/b], effective: 2019, moves: [{what: projects/p, to: bodies/c}]",
         ["MB406 `bodies/b` held none of what moves the day before"]),
        ("from: [bodies/a, bodies/b], effective: 2019, moves: [{what: projects/p, to: bodies/c}, {what: projects/nowhere, to: bodies/c}]",
         []),
        ("from: not stated, effective: 2017, moves: [{what: projects/p, to: bodies/b}]",
         ["MB415 `projects/p` is established a second time"]),
        ("kind: close, from: bodies/a, effective: 2019, moves: [{what: projects/p, gap: Nobody is named.}]",
         ["MB416 a transfer of kind `close` cannot have a move with `gap`"]),
        ("kind: establish, effective: 2017, moves: [{what: projects/r, closed: {into: discontinued}}]",
         ["MB416 a transfer of kind `establish` cannot have a move with `closed`"]),
        ("kind: establish, effective: 2017, moves: [{what: projects/r, monitored_by: bodies/b}]",
         ["MB416 a transfer of kind `establish` cannot have a move with `monitored_by`"]),
        ("from: [bodies/a, bodies/b], effective: 2019, moves: [{what: projects/lost, to: bodies/c}]",
         []),
        ("from: bodies/nowhere, effective: 2019, moves: [{what: projects/p, to: bodies/b}]",
         []),
    ],
)  # fmt: skip
def test_a_giver_is_held_against_what_it_had(transfer: str, expected: list[str]) -> None:
    found = said(f"{SET_UP}transfers/2: {{{transfer}}}")

    assert [one for one in found if not one.startswith("MB405")] == expected


def test_what_nobody_held_is_moved_from_no_body() -> None:
    found = said(
        """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, gap: Nobody is named.}]}
        transfers/2: {effective: 2019, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        """
    )

    assert found == ["MB406 `projects/p` is moved from `bodies/a`, but nobody held it the day before"]


def test_an_order_in_doubt_is_said_once_at_the_move_it_is_about() -> None:
    history = history_of(
        f"""{BODIES}{SET_UP}
transfers/2: {{effective: 2019, from: [bodies/a, bodies/b], moves: [{{what: projects/p, to: bodies/b}}]}}
transfers/3: {{effective: 2019, from: [bodies/a, bodies/x], moves: [{{what: projects/q, to: bodies/b}}, {{what: projects/p, to: bodies/c}}]}}
"""
    )
    [one] = checks.check_order_is_known(history)
    [third] = (transfer for transfer in history.kb.of(Transfer) if transfer.id.slug == "3")

    assert one.rule.code == "MB413"
    assert one.place == place(third, ("moves", 1, "what"))
    assert [finding.message for finding in checks.check_givers_held_it(history)] == []


def test_the_state_before_a_transfer_is_that_of_the_step_before_it() -> None:
    history: OwnershipHistory = history_of(
        f"{BODIES}{SET_UP}transfers/2: {{effective: 2019, from: bodies/a, moves: [{{what: projects/p, to: bodies/b}}]}}"
    )
    p, q = (history.kb.get(f"ambledown/projects/{name}", Project) for name in "pq")
    assert p is not None
    assert q is not None

    before = history.chain(p).state_before(Ref("ambledown/transfers/2"))

    assert before is not None
    assert before.holder == "ambledown/bodies/a"
    assert history.chain(p).order.number_of(Ref("ambledown/transfers/2")) == 1
    assert history.chain(q).state_before(Ref("ambledown/transfers/2")) is None
    assert history.chain(q).order.number_of(Ref("ambledown/transfers/2")) is None


@pytest.mark.parametrize(("day", "left"), [("2019-04-01", []), ("2019-04-02", ["MB409"])])
def test_what_a_body_held_on_its_last_day_may_pass_on_the_day_after(day: str, left: list[str]) -> None:
    history = history_of(
        f"""
        projects/p: {{kind: project}}
        bodies/a: {{kind: workstream, ended: 2019-03-31}}
        bodies/b: {{kind: workstream}}
        transfers/1: {{kind: establish, effective: 2018, moves: [{{what: projects/p, to: bodies/a}}]}}
        transfers/2: {{effective: {day}, from: bodies/a, moves: [{{what: projects/p, to: bodies/b}}]}}
        """
    )

    assert [one.rule.code for one in checks.check_bodies_leave_nothing_behind(history)] == left


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("", ["p"]),
        ("{effective: 2019, from: not stated, moves: [{what: projects/p, to: bodies/a}]}", ["p"]),
        ("{effective: 2019, from: bodies/a, moves: [{what: projects/q, to: bodies/b}]}", ["p", "q"]),
        ("{kind: establish, effective: 2019, moves: [{what: projects/q, to: bodies/b}]}", ["p"]),
        ("{kind: establish, effective: 2019, moves: [{what: projects/p, to: bodies/b}]}", []),
    ],
)
def test_of_a_part_that_begins_as_its_programme_does_nothing_is_said(first: str, expected: list[str]) -> None:
    history = history_of(
        f"""
projects/p: {{kind: programme}}
projects/q: {{kind: project, parent: projects/p}}
projects/r: {{kind: project, parent: projects/q, summary: A part of the part}}
{f"transfers/1: {first}" if first else ""}
"""
    )
    found = list(checks.check_every_project_is_established(history))

    assert {one.rule.code for one in found} <= {"MB405"}
    assert [one.place for one in found] == [
        place(project) for project in history.kb.of(Project) if project.id.slug in expected
    ]


@pytest.mark.parametrize(
    ("giver", "day", "expected"),
    [
        ("a", "2019-04-01", []),  # on one day the part is taken before the programme goes, or after
        ("b", "2019-04-01", []),
        ("b", "2019-04-02", []),
        ("a", "2019-04-02", ["MB406 `projects/r` is moved from `bodies/a`, but `bodies/b` held it the day before"]),
    ],
)  # fmt: skip
def test_a_part_is_taken_from_where_its_programme_was_the_day_before(
    giver: str, day: str, expected: list[str]
) -> None:
    found = said(
        f"""
        projects/p: {{kind: programme}}
        projects/r: {{kind: project, parent: projects/p}}
        transfers/1: {{kind: establish, effective: 2018, moves: [{{what: projects/p, to: bodies/a}}]}}
        transfers/2: {{effective: 2019-04-01, from: bodies/a, moves: [{{what: projects/p, to: bodies/b}}]}}
        transfers/3: {{effective: {day}, from: bodies/{giver}, moves: [{{what: projects/r, to: bodies/c}}]}}
        """
    )

    assert found == expected
