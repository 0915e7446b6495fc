"""What nothing on the site says of a body: told on its page where a reader would look for it, and nowhere else."""

from __future__ import annotations

import pytest

from tests.outputs.house import page_of, text_of

COUNCIL = "council/ambledown: {title: Ambledown Council}\nposts/p: {title: The Director}\n"
SEATS = "members: [{post: posts/p, role: chair}]"
NOTHING = "Nothing on this site says"


def unknown(fields: str, others: str = "") -> str:
    """What the page of a body says that we do not know of it."""
    html = page_of(f"{COUNCIL}bodies/b: {{title: The Board, {fields}}}\n{others}", "ambledown/bodies/b/")
    return text_of(html.partition('<section id="unknown">')[2].partition("</section>")[0])


def test_a_board_of_which_nothing_is_recorded_says_so_in_one_sentence() -> None:
    assert (
        f"{NOTHING}: who sits on it; which projects it has held; whether it has changed since, or ended."
        in unknown("kind: programme board")
    )


@pytest.mark.parametrize("kind", ["council", "directorate", "team", "external body"])
def test_nobody_is_asked_who_sits_on_a_directorate(kind: str) -> None:
    assert NOTHING not in unknown(f"kind: {kind}")


@pytest.mark.parametrize("kind", ["committee", "cabinet", "scrutiny committee", "partnership"])
def test_a_committee_is_not_set_up_for_a_time(kind: str) -> None:
    assert f"{NOTHING}: who sits on it." in unknown(f"kind: {kind}")
    assert NOTHING not in unknown(f"kind: {kind}, {SEATS}")


def test_what_is_recorded_is_not_said_to_be_lacking() -> None:
    board = f"kind: workstream, {SEATS}"
    moves = "projects/x: {title: X}\ntransfers/t: {kind: establish, effective: 2019-01-01, moves: [{what: projects/x, to: bodies/b}]}"
    assert f"{NOTHING}: whether it has changed since, or ended." in unknown(board, moves)
    given = moves.replace("kind: establish", "kind: transfer, from: bodies/b").replace(
        "to: bodies/b", "gap: Nobody."
    )
    assert "which projects" not in unknown(board, given)
    assert NOTHING not in unknown(f"{board}, ended: 2020-01-01, ended_reason: abolished", moves)
    assert NOTHING not in unknown(
        f"{board}, succeeded_by: [bodies/c]", f"bodies/c: {{title: C, kind: team}}\n{moves}"
    )


def test_what_the_source_is_silent_of_is_told_as_that_and_not_again() -> None:
    told = unknown("kind: workstream, members: not stated, ended: not stated")
    assert "The source does not say: who sits on it" in told
    assert f"{NOTHING}: which projects it has held." in told
