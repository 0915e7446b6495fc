"""The orders in which transfers can have happened, beside every order there is, tried one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate, permutations

from hypothesis import assume, event, given
from hypothesis import strategies as st

from minutebook.knowledge_base import KnowledgeBase
from minutebook.ownership import OwnershipHistory
from minutebook.records.base import Record
from minutebook.records.project import Project
from minutebook.when import When
from tests.helpers import UNTIMED
from tests.ledger import (
    DAYS,
    FIRST,
    LAST,
    Happened,
    answers,
    days_from,
    history_of,
    plainly,
    record,
    told,
    true_histories,
    wider,
)


def follows(last: Happened | None, one: Happened) -> bool:
    """Whether a transfer takes the project from where the last one left it."""
    if last is None or one.kind == "establish":
        return last is None and one.kind == "establish"
    if last.leaves == "ended":
        return one.kind == "reopen"
    return one.kind != "reopen" and one.givers == (
        (last.destination["to"],) if "to" in last.destination else ()
    )


def keeps_to_the_dates(order: Sequence[Happened]) -> bool:
    """Whether days can be found for an order of transfers, none before the one before it."""
    return all(
        earliest <= one.latest
        for one, earliest in zip(order, accumulate((one.earliest for one in order), max), strict=True)
    )


def fits(order: Sequence[Happened]) -> bool:
    """Whether each transfer takes the project from where the one before it left it."""
    return all(follows(order[n - 1] if n else None, one) for n, one in enumerate(order))


def every_answer(orders: Iterator[tuple[Sequence[Happened], Sequence[int]]]) -> dict[date, set[str]]:
    """By day, what can have been at its end: each order has those of its transfers that moved the project."""
    found: dict[date, set[str]] = {day: set() for day in days_from(FIRST, LAST)}
    for order, moving in orders:
        for taken in range(len(order) + 1):
            earliest = max((one.earliest for one in order[:taken]), default=FIRST)
            latest = min((one.latest for one in order[taken:]), default=None)
            last = next((order[n] for n in reversed(moving) if n < taken), None)
            for day, answers_of_day in found.items():
                if earliest <= day and (latest is None or day < latest):
                    answers_of_day.add(last.leaves if last is not None else "not-begun")
    return found


@UNTIMED
@given(true_histories())
def test_the_answers_are_those_of_every_order_that_fits_and_no_others(
    happened: tuple[Happened, ...],
) -> None:
    orders = [order for order in permutations(happened) if keeps_to_the_dates(order) and fits(order)]
    event(f"{min(len(orders), 5)} orders or more" if len(orders) > 4 else f"{len(orders)} orders")
    expected = every_answer((order, range(len(order))) for order in orders)
    history, project = told(happened)

    assert [len(orders) > 1] == [bool(history.chain(project).unordered)]
    for day, answers_of_day in expected.items():
        assert plainly(history.owner(project, When.parse(day.isoformat()))) == answers_of_day, day


@st.composite
def parts_taken(draw: st.DrawFn) -> tuple[tuple[Happened, ...], tuple[Happened, ...]]:
    """What happened to a programme, and the one or two transfers that took a part from where it was."""
    programme = draw(true_histories().filter(lambda one: len(one) <= 4))
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=2, unique=True)))
    before = [one for one in programme if one.day < days[0]]
    assume(before and "to" in before[-1].destination and not set(days) & {one.day for one in programme})
    holder, part = before[-1].destination["to"], []
    for day, to in zip(days, ("bodies/y", "bodies/z"), strict=False):
        part.append(Happened(day, *wider(draw, day, FIRST, LAST), "transfer", (holder,), {"to": to}))
        holder = to
    return programme, tuple(part)


PROGRAMME = record("projects/p", {"kind": "programme"})
PART = record("projects/q", {"kind": "project", "parent": "projects/p"})


def answers_for_the_part(transfers: Sequence[Record]) -> dict[date, set[str]]:
    """By day, what the history answers for the part."""
    history = OwnershipHistory(KnowledgeBase([PROGRAMME, PART, *transfers]))
    assert isinstance(PART, Project)
    return {day: plainly(history.owner(PART, When.parse(day.isoformat()))) for day in days_from(FIRST, LAST)}


@UNTIMED
@given(parts_taken())
def test_a_part_was_where_its_programme_can_have_been_until_it_was_taken(
    taken: tuple[tuple[Happened, ...], tuple[Happened, ...]],
) -> None:
    programme, part = taken

    def orders() -> Iterator[tuple[Sequence[Happened], Sequence[int]]]:
        for order in filter(keeps_to_the_dates, permutations([*programme, *part])):
            named = order.index(part[0])
            moving = [n for n, one in enumerate(order) if n < named or one in part]
            if fits([one for one in order if one in programme]) and fits([order[n] for n in moving]):
                yield order, moving

    transfers = [one.as_record(number) for number, one in enumerate(programme)]
    transfers += [one.as_record(number, "projects/q") for number, one in enumerate(part, len(programme))]

    assert answers_for_the_part(transfers) == every_answer(orders())


@UNTIMED
@given(true_histories(), st.data())
def test_a_part_that_one_transfer_moves_with_its_programme_leaves_it_when_that_moves(
    happened: tuple[Happened, ...], data: st.DataObject
) -> None:
    both = data.draw(st.integers(1, len(happened) - 1)) if len(happened) > 1 else 0
    assume(both and happened[both].givers)
    taken = replace(happened[both], kind="split", destination={"to": "bodies/z"})

    def orders() -> Iterator[tuple[Sequence[Happened], Sequence[int]]]:
        for order in filter(keeps_to_the_dates, permutations(happened)):
            if fits(order):
                when = order.index(happened[both])
                yield (*order[:when], taken, *order[when + 1 :]), range(when + 1)

    transfers = [one.as_record(number) for number, one in enumerate(happened)]
    transfers[both] = replace(happened[both], kind="split").as_record(
        both, moves=[{"what": "projects/q", "to": "bodies/z"}]
    )

    assert answers_for_the_part(transfers) == every_answer(orders())


def test_what_only_another_order_has_does_not_come_before_the_beginning() -> None:
    history = history_of(
        """
        projects/p: {kind: programme}
        projects/q: {kind: project, parent: projects/p}
        transfers/0: {kind: establish, effective: 2019-01-01/2019-02-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/1: {effective: 2019-01-01/2019-01-02, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/2: {kind: split, effective: 2019-01-01/2019-01-03, from: bodies/b, moves: [{what: projects/p, to: bodies/a}, {what: projects/q, to: bodies/z}]}
        transfers/3: {effective: 2019-01-01/2019-01-04, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/4: {effective: 2019-02-01, from: bodies/b, moves: [{what: projects/p, to: bodies/a}]}
        """
    )
    [part] = (project for project in history.kb.of(Project) if project.id.slug == "q")

    assert [step.transfer.id.slug for step in history.chain(part).steps] == ["0", "1", "3", "2"]
    assert answers(history, "q", "2019-01-01") == "not-begun | held a | held b | held b | held z", "by either"


def test_more_transfers_than_can_be_ordered_are_told_by_their_dates_alone() -> None:
    handed_on = "\n".join(
        f"transfers/{n}: {{effective: 2019, from: bodies/b{n % 3}, moves: [{{what: projects/p, to: bodies/b{n % 5}}}]}}"
        for n in range(2, 32)
    )
    early = "\n".join(
        f"transfers/e{n}: {{effective: 2019-02, from: bodies/e, moves: [{{what: projects/p, to: bodies/e}}]}}"
        for n in range(2)
    )
    # On its last day another may have followed or not: it is not certainly later.
    same_day = (
        "transfers/f: {effective: 2019-02-28, from: bodies/e, moves: [{what: projects/p, to: bodies/b0}]}"
    )
    late = "transfers/l: {effective: [2019-11-01, 2019-11-30], from: bodies/e, moves: [{what: projects/p, to: bodies/l}]}"
    history = history_of(
        f"""
projects/p: {{kind: project}}
transfers/1: {{kind: establish, effective: 2018-01-01, moves: [{{what: projects/p, to: bodies/a}}]}}
{handed_on}
{early}
{same_day}
{late}
transfers/32: {{effective: 2021, from: bodies/b1, moves: [{{what: projects/p, to: bodies/z}}]}}
"""
    )
    any_of_them = {f"held b{n}" for n in range(5)}

    assert answers(history, "p", "2018-12-31") == "held a"
    assert set(answers(history, "p", "2019-01-31").split(" | ")) == {"held a", *any_of_them}
    assert set(answers(history, "p", "2019-02-28").split(" | ")) == {"held e", *any_of_them}
    assert set(answers(history, "p", "2019-11-29").split(" | ")) == {"held e", "held l", *any_of_them}
    assert set(answers(history, "p", "2020").split(" | ")) == {"held l", *any_of_them}
    assert answers(history, "p", "2022") == "held z"
    [project] = history.kb.of(Project)
    assert len(history.chain(project).steps) == 36


def test_who_gave_is_not_asked_of_a_transfer_that_does_not_state_it() -> None:
    ledger = """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2019, from: FROM, moves: [{what: projects/p, to: bodies/c}]}
        """

    assert answers(history_of(ledger.replace("FROM", "bodies/b")), "p", "2020") == "held c"
    assert answers(history_of(ledger.replace("FROM", "none")), "p", "2020") == "held c"
    # After the second it must have come, since that one says where it took the project from.
    assert answers(history_of(ledger.replace("FROM", "not stated")), "p", "2020") == "held c"
    assert (
        answers(
            history_of(ledger.replace("bodies/a, m", "not stated, m").replace("FROM", "not stated")),
            "p",
            "2020",
        )
        == "held b | held c"
    )


def test_what_follows_tells_the_order_though_it_moves_the_programme_too() -> None:
    """The programme moves with the part long after the part was taken: where the programme was is not asked."""
    history = history_of(
        """
        projects/p: {kind: programme}
        projects/q: {kind: project, parent: projects/p}
        transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019, from: not stated, moves: [{what: projects/q, to: bodies/b}]}
        transfers/3: {effective: 2019, from: not stated, moves: [{what: projects/q, to: bodies/d}]}
        transfers/4: {kind: merge, effective: 2020-01-01, from: [bodies/a, bodies/d], moves: [{what: projects/p, to: bodies/c}, {what: projects/q, to: bodies/c}]}
        """
    )

    assert answers(history, "q", "2019-12-31") == "held d"
    assert answers(history, "q", "2020-01-01") == "held c"


def test_only_what_was_closed_is_reopened() -> None:
    """Which came first is told by that alone: neither closing nor reopening says whom it took the project from."""
    from_a_gap = """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, gap: Nobody is named.}]}
        transfers/2: {kind: close, effective: 2019, from: not stated, moves: [{what: projects/p, closed: {into: discontinued}}]}
        transfers/3: {kind: reopen, effective: 2019, moves: [{what: projects/p, to: bodies/b}]}
        """
    with_another = """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {kind: close, effective: 2019, from: not stated, moves: [{what: projects/p, closed: {into: discontinued}}]}
        transfers/3: {kind: reopen, effective: 2019, moves: [{what: projects/p, to: bodies/a}]}
        transfers/4: {effective: 2019, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        """

    assert answers(history_of(from_a_gap), "p", "2020") == "held b"
    assert set(answers(history_of(with_another), "p", "2020").split(" | ")) == {"held a", "held b"}


def test_what_can_have_happened_to_the_programme_before_or_after_is_told_first_and_is_in_doubt() -> None:
    history = history_of(
        """
        projects/p: {kind: programme}
        projects/q: {kind: project, parent: projects/p}
        transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2019-01, from: not stated, moves: [{what: projects/q, to: bodies/c}]}
        """
    )
    [part] = (project for project in history.kb.of(Project) if project.id.slug == "q")
    chain = history.chain(part)

    assert [step.transfer.id.slug for step in chain.steps] == ["1", "2", "3"]
    assert [(a.transfer.id.slug, b.transfer.id.slug) for a, b in chain.unordered] == [("2", "3")]
