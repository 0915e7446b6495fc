"""What is said of those who give: who held it instead, who held nothing, and where nothing can be told."""

from __future__ import annotations

from inspect import cleandoc

import pytest

from minutebook.checks import ownership as checks
from minutebook.ownership import OwnershipHistory
from minutebook.records.project import Project
from minutebook.records.values import Ref
from tests.ledger import history_of

BODIES = "\n".join(f"bodies/{name}: {{kind: workstream}}" for name in "abcx")
SET_UP = """
projects/p: {kind: project}
projects/q: {kind: project}
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

    assert one.rule.code == "MB413"
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
    assert history.chain(q).state_before(Ref("ambledown/transfers/2")) is None
