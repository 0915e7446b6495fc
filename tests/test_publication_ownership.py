"""The gate and ownership: where a removed record would change the public answer, the answer is withheld."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.knowledge_base import KnowledgeBase
from minutebook.ownership import OwnershipHistory, Possibility, Status
from minutebook.publication import publish
from minutebook.records.project import Project
from minutebook.records.values import Ref
from minutebook.when import When
from tests.helpers import UNTIMED, published, some_hidden
from tests.ledger import FIRST, LAST, answers, days_from, knowledge_bases, shown, whens

SECRET_SALE = """
    bodies/a: {title: A}
    bodies/b: {title: B}
    bodies/c: {title: C}
    projects/p: {kind: programme}
    projects/q: {kind: project, parent: projects/p}
    projects/r: {kind: project}
    transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
    transfers/2: {effective: 2019-01-01, from: bodies/a, access: exempt, moves: [{what: projects/p, to: bodies/b}]}
    transfers/3: {effective: 2020-01-01, from: bodies/b, moves: [{what: projects/p, to: bodies/c}]}
    transfers/4: {kind: establish, effective: 2018-01-01, moves: [{what: projects/r, to: bodies/a}]}
    transfers/5: {kind: close, effective: 2019-01-01, from: bodies/a, access: draft, moves: [{what: projects/r, closed: {into: discontinued}}]}
"""


@pytest.mark.parametrize(
    ("project", "on", "answer"),
    [
        ("p", "2017", "not-begun"),
        ("p", "2018-12-31", "held a"),
        ("p", "2019-01-01", "withheld"),
        ("p", "2019-12-31", "withheld"),
        ("p", "2020-01-01", "held c"),
        ("p", "2018", "held a"),
        ("p", "2018/2019", "withheld"),
        ("p", "2019/..", "withheld"),
        ("p", "[2018-06-01, 2019-06-01]", "withheld"),
        ("p", "[2018-06-01, 2020-06-01]", "held a | held c"),
        ("q", "2018-12-31", "held a"),
        ("q", "2019-06", "withheld"),
        ("q", "2020", "held c"),
        ("r", "2018", "held a"),
        ("r", "2019", "withheld"),
        ("r", "2040", "withheld"),
    ],
)
def test_where_a_removed_transfer_would_change_the_answer_it_is_withheld_and_never_the_older_owner(
    project: str, on: str, answer: str
) -> None:
    assert answers(published(SECRET_SALE).history, project, on) == answer


def test_what_is_withheld_names_nobody_and_cites_nothing() -> None:
    history = published(SECRET_SALE).history
    [project] = (one for one in history.kb.of(Project) if one.id.slug == "p")

    answer = history.owner(project, When.parse("2019-06"))

    assert (answer.status, answer.holders, answer.disputed_by, answer.citations) == (
        Status.WITHHELD,
        (),
        (),
        (),
    )
    assert answer.possible == (Possibility(Status.WITHHELD),)


def test_stretches_tell_of_the_days_that_are_withheld() -> None:
    history = published(SECRET_SALE).history
    [project] = (one for one in history.kb.of(Project) if one.id.slug == "p")

    assert [
        (str(one.first), str(one.last), " | ".join(map(shown, one.answer.possible)))
        for one in history.stretches(project)
    ] == [
        ("None", "2017-12-31", "not-begun"),
        ("2018-01-01", "2018-12-31", "held a"),
        ("2019-01-01", "2019-12-31", "withheld"),
        ("2020-01-01", "None", "held c"),
    ]


def test_nobody_is_said_to_hold_what_is_withheld() -> None:
    history = published(SECRET_SALE).history

    assert history.holdings(Ref("ambledown/bodies/a"), When.parse("2019-06")) == ((), ())
    assert history.holdings(Ref("ambledown/bodies/b"), When.parse("2019-06")) == ((), ())


def test_a_body_is_said_to_have_held_only_what_the_public_answer_of_some_day_gives_it() -> None:
    history = published(
        """
        projects/p: {kind: project}
        projects/q: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, access: draft, moves: [{what: projects/p, to: bodies/z}]}
        transfers/2: {effective: 2019-01-01, from: bodies/z, moves: [{what: projects/p, to: bodies/a}]}
        transfers/3: {effective: 2020-01-01, from: bodies/a, access: draft, moves: [{what: projects/p, to: bodies/z}]}
        transfers/4: {kind: establish, effective: 2018-01-01, moves: [{what: projects/q, to: bodies/b}]}
        transfers/5: {effective: 2018-01-02/2018-03-01, from: bodies/b, authorised_by: resolutions/shut, moves: [{what: projects/q, to: bodies/c}]}
        resolutions/shut: {access: exempt}
        """
    ).history
    held = {
        body: [one.id.slug for one in history.ever_held(Ref(f"ambledown/bodies/{body}"))] for body in "abcz"
    }

    assert held == {"a": ["p"], "b": ["q"], "c": [], "z": []}
    withheld = {
        (body, on): [one.slug for one in history.withheld_of(Ref(f"ambledown/bodies/{body}"), When.parse(on))]
        for body, on in (("a", "2019-06"), ("a", "2020-06"), ("b", "2018-01-01"), ("b", "2018-02"), ("c", "2018-02"), ("z", "2018-06"))
    }  # fmt: skip
    assert withheld == {
        ("a", "2019-06"): [],
        ("a", "2020-06"): ["p"],
        ("b", "2018-01-01"): [],
        ("b", "2018-02"): ["q"],
        ("c", "2018-02"): ["q"],
        ("z", "2018-06"): [],  # no public transfer names it
    }


@pytest.mark.parametrize(
    ("hidden", "answer"),
    [
        ("bodies/b", "withheld"),
        ("transfers/2", "withheld"),
        ("transfers/1", "held b"),
        ("bodies/a", "held b"),
        ("transfers/3", "held b"),
        ("bodies/c", "held b"),
    ],
)
def test_whatever_record_of_the_chain_is_hidden_the_answer_is_right_or_withheld(
    hidden: str, answer: str
) -> None:
    lines = SECRET_SALE.replace("access: exempt, ", "").replace("access: draft, ", "").splitlines()
    ledger = "\n".join(line.replace(f"{hidden}: {{", f"{hidden}: {{access: exempt, ") for line in lines)
    history = published(ledger).history

    assert answers(history, "p", "2019-06-01") == answer


def test_a_project_whose_every_record_is_hidden_but_itself_is_withheld_for_ever() -> None:
    history = published(
        "projects/p: {kind: project}\ntransfers/1: {kind: establish, effective: ../2018, access: draft, moves: [{what: projects/p, to: bodies/a}]}"
    ).history

    assert (
        answers(history, "p", "0001-01-01")
        == answers(history, "p", "2019")
        == answers(history, "p", "9999-12-31")
        == "withheld"
    )


def test_a_project_that_nobody_ever_held_is_a_gap_to_the_public_too() -> None:
    history = published("projects/p: {kind: project}\nevents/e: {access: exempt}").history

    assert answers(history, "p", "2019") == "gap"


@UNTIMED
@given(knowledge_bases(), st.sets(st.integers(0, 13), min_size=1, max_size=4), whens())
def test_the_public_answer_is_the_whole_answer_or_withheld(
    kb: KnowledgeBase, hidden: set[int], on: str
) -> None:
    whole = some_hidden(kb, hidden)
    full, public = OwnershipHistory(whole), publish(whole)
    for project in public.kb.of(Project):
        original = whole.get(project.id, Project)
        assert original is not None
        days = [day.isoformat() for day in days_from(FIRST - timedelta(2), LAST + timedelta(2))]
        for asked in (*days, on, "0001-01-01", "9999-12-31", "2019", "../2019", "2019/.."):
            answer = public.history.owner(project, When.parse(asked))
            if answer.status is not Status.WITHHELD:
                assert set(answer.possible) == set(full.owner(original, When.parse(asked)).possible), asked


@UNTIMED
@given(knowledge_bases(), st.sets(st.integers(0, 13), min_size=1, max_size=4))
def test_stretches_that_are_public_agree_with_the_owner_on_every_day(
    kb: KnowledgeBase, hidden: set[int]
) -> None:
    public = publish(some_hidden(kb, hidden))
    for project in public.kb.of(Project):
        stretches = public.history.stretches(project)
        for day in days_from(FIRST - timedelta(2), LAST + timedelta(2)):
            [answer] = [s.answer for s in stretches if (s.first or date.min) <= day <= (s.last or date.max)]
            assert answer.possible == public.history.owner(project, When.parse(day.isoformat())).possible, day
