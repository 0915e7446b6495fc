"""Who answers for a project on a date: what must hold of every ledger, drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, event, example, given
from hypothesis import strategies as st

from minutebook.knowledge_base import KnowledgeBase
from minutebook.ownership import OwnershipHistory, Status
from minutebook.records.project import Project
from minutebook.records.values import Ref
from minutebook.when import When
from tests.helpers import UNTIMED
from tests.ledger import (
    DAYS,
    FIRST,
    LAST,
    PROJECTS,
    Happened,
    between,
    days_from,
    knowledge_bases,
    plainly,
    record,
    told,
    true_histories,
    whens,
)


@UNTIMED
@given(knowledge_bases(), whens())
def test_every_project_has_an_answer_on_every_date(kb: KnowledgeBase, on: str) -> None:
    history = OwnershipHistory(kb)
    for project in kb.of(Project):
        answer = history.owner(project, When.parse(on))

        assert answer.possible
        assert len(set(answer.possible)) == len(answer.possible)
        for one in answer.possible:
            assert (one.status is Status.HELD) == (one.holder is not None)
            assert one.status not in (Status.UNCERTAIN, Status.WITHHELD)
            assert one.monitored_by is None or one.status is Status.ENDED


@UNTIMED
@given(knowledge_bases(), whens())
def test_nobody_is_a_certain_owner_beside_another(kb: KnowledgeBase, on: str) -> None:
    history = OwnershipHistory(kb)
    when = When.parse(on)
    holding: dict[Ref, list[Ref]] = {}
    for body in {move.to for transfer in history.changes() for move in transfer.moves if move.to is not None}:
        certain, possible = history.holdings(body, when)
        assert not set(certain) & set(possible)
        for held in certain:
            holding.setdefault(held, []).append(body)

    assert all(len(bodies) == 1 for bodies in holding.values())
    for project in kb.of(Project):
        answer = history.owner(project, when)
        if answer.status is Status.HELD:
            assert answer.holders == tuple(holding[project.id])
        else:
            assert project.id not in holding


@UNTIMED
@given(knowledge_bases(), whens())
def test_a_wide_date_asks_of_each_of_its_days(kb: KnowledgeBase, on: str) -> None:
    history = OwnershipHistory(kb)
    when = When.parse(on)
    days = [
        day
        for r in when.ranges
        for day in days_from(r.first or FIRST - timedelta(7), r.last or LAST + timedelta(7))
    ]
    for project in kb.of(Project):
        on_some_day = {
            one for day in days for one in history.owner(project, When.parse(day.isoformat())).possible
        }

        assert set(history.owner(project, when).possible) == on_some_day


@UNTIMED
@given(knowledge_bases())
def test_stretches_agree_with_the_owner_on_every_day(kb: KnowledgeBase) -> None:
    history = OwnershipHistory(kb)
    for project in kb.of(Project):
        stretches = history.stretches(project)

        assert stretches[0].first is None
        assert stretches[-1].last is None
        for earlier, later in pairwise(stretches):
            assert earlier.last is not None
            assert later.first == earlier.last + timedelta(days=1)
            assert earlier.answer.possible != later.answer.possible
        for day in days_from(FIRST - timedelta(3), LAST + timedelta(3)):
            [answer] = [s.answer for s in stretches if (s.first or date.min) <= day <= (s.last or date.max)]
            assert answer.possible == history.owner(project, When.parse(day.isoformat())).possible, day


@UNTIMED
@given(knowledge_bases(), st.permutations(PROJECTS))
def test_the_answers_do_not_depend_on_what_was_asked_before(kb: KnowledgeBase, order: Sequence[str]) -> None:
    asked, fresh = OwnershipHistory(kb), OwnershipHistory(kb)
    for name in order:
        project = kb.get(f"ambledown/{name}", Project)
        assert project is not None
        asked.stretches(project)
    for project in kb.of(Project):
        assert asked.stretches(project) == fresh.stretches(project)


@UNTIMED
@given(true_histories())
def test_what_really_was_is_among_the_possibilities(happened: tuple[Happened, ...]) -> None:
    history, project = told(happened)
    event(
        f"{len(happened)} transfers" + (", in no certain order" if history.chain(project).unordered else "")
    )
    for day in days_from(FIRST - timedelta(1), LAST + timedelta(1)):
        so_far = [one for one in happened if one.day <= day]
        truth = so_far[-1].leaves if so_far else "not-begun"

        assert truth in plainly(history.owner(project, When.parse(day.isoformat()))), day


@UNTIMED
@given(true_histories(), st.data())
@example(
    (
        Happened(date(2019, 1, 1), FIRST, date(2019, 1, 1), "establish", (), {"to": "bodies/a"}),
        Happened(date(2019, 2, 1), FIRST, LAST, "transfer", ("bodies/a",), {"to": "bodies/b"}),
    ),
    None,
)
def test_narrowing_a_date_never_changes_a_certain_answer_nor_adds_a_possible_one(
    happened: tuple[Happened, ...], data: st.DataObject | None
) -> None:
    def narrowed(one: Happened) -> Happened:
        if data is None:
            return Happened(one.day, one.day, one.day, one.kind, one.givers, one.destination)
        earliest, latest = (
            data.draw(st.dates(one.earliest, one.day)),
            data.draw(st.dates(one.day, one.latest)),
        )
        return Happened(one.day, earliest, latest, one.kind, one.givers, one.destination)

    wide, project = told(happened)
    narrow, _ = told([narrowed(one) for one in happened])
    for day in days_from(FIRST - timedelta(1), LAST + timedelta(1)):
        before, after = (h.owner(project, When.parse(day.isoformat())) for h in (wide, narrow))
        assert plainly(after) <= plainly(before), day
        if before.status is not Status.UNCERTAIN:
            assert (after.status, after.holders) == (before.status, before.holders), day


@UNTIMED
@given(true_histories())
def test_dates_that_are_single_days_leave_nothing_uncertain(happened: tuple[Happened, ...]) -> None:
    exact = [Happened(one.day, one.day, one.day, one.kind, one.givers, one.destination) for one in happened]
    history, project = told(exact)

    assert not history.chain(project).unordered
    for day in days_from(FIRST - timedelta(1), LAST + timedelta(1)):
        assert len(history.owner(project, When.parse(day.isoformat())).possible) == 1


@UNTIMED
@given(true_histories(), DAYS, st.data())
def test_a_part_that_was_taken_from_its_programme_was_with_it_before(
    happened: tuple[Happened, ...], day: date, data: st.DataObject
) -> None:
    """The programme's dates are known; when its part was taken from it, the sources leave open."""
    assume(day not in {one.day for one in happened})
    before = [one for one in happened if one.day < day]
    holder = before[-1].destination.get("to") if before else None
    assume(holder is not None)
    earliest, latest = data.draw(st.dates(FIRST, day)), data.draw(st.dates(day, LAST))
    exact = [Happened(one.day, one.day, one.day, one.kind, one.givers, one.destination) for one in happened]
    project, part = (
        record("projects/p", {"kind": "programme"}),
        record("projects/q", {"kind": "project", "parent": "projects/p"}),
    )
    taken = record(
        "transfers/taken",
        {
            "kind": "transfer",
            "effective": between(earliest, latest),
            "authorised_by": None,
            "from": [holder],
            "moves": [{"what": "projects/q", "to": "bodies/z"}],
        },
    )
    history = OwnershipHistory(
        KnowledgeBase([project, part, taken, *(one.as_record(n) for n, one in enumerate(exact))])
    )
    assert isinstance(part, Project)
    for asked in days_from(FIRST, LAST):
        so_far = [one for one in happened if one.day <= asked]
        truth = "held z" if asked >= day else so_far[-1].leaves if so_far else "not-begun"

        assert truth in plainly(history.owner(part, When.parse(asked.isoformat()))), asked
