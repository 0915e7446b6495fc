"""Dates held against each other: nothing ends before it begins or is noted before it is decided."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from minutebook.belonging import date_of
from minutebook.checks.finding import finding, place
from minutebook.checks.references import shown
from minutebook.diagnostics import Diagnostic, Note
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.action import Action, ActionStatus
from minutebook.records.base import FieldPath, Record
from minutebook.records.body import Body, EndReason
from minutebook.records.decision import Decision
from minutebook.records.indicator import Indicator
from minutebook.records.project import Project
from minutebook.rules import time as rules
from minutebook.when import Answer, When, before

# In each record, the second date cannot come before the first.
_IN_ORDER = (
    ("established", "ended"),
    ("since", "until"),
    ("decided_on", "implemented_on"),
    ("in_force_since", "review_due"),
)
_SUCCESSORS = {
    EndReason.ABOLISHED: range(1),
    EndReason.TIME_LIMITED: range(1),
    EndReason.RENAMED: range(1, 2),
    EndReason.REPLACED: range(1, 2),
    EndReason.MERGED: range(1, 2),
    EndReason.SPLIT: range(2, 1_000),
}


def check_lives_run_forwards(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """What ends, ends after it began (MB404)."""
    for part_type, found in kb.parts.items():
        pairs = [pair for pair in _IN_ORDER if all(name in part_type.model_fields for name in pair)]
        for record, path, part in found if pairs else ():
            for first, second in pairs:
                start, end = getattr(part, first), getattr(part, second)
                if isinstance(start, When) and isinstance(end, When) and before(end, start) is Answer.YES:
                    message = f"`{second}` ({end.display()}) comes before `{first}` ({start.display()})"
                    at = place(record, (*path, second))
                    notes = [Note(f"`{first}` stands here", place(record, (*path, first)))]
                    yield finding(kb, record, at, rules.BACKWARDS, message, notes=notes)


def check_successors_fit_the_reason(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The reason a body ended tells how many took its place (MB418)."""
    for body in kb.of(Body):
        if body.ended_reason is None or "succeeded_by" in body.absences:
            continue
        fitting = _SUCCESSORS[body.ended_reason]
        if len(body.succeeded_by) not in fitting:
            wanted = "two or more" if fitting.stop > 2 else ("one" if fitting.start else "none")
            message = f"a body that ended as `{body.ended_reason}` has {wanted} in its place, found {len(body.succeeded_by)}"
            yield finding(kb, body, place(body, ("ended_reason",)), rules.ENDED_WITHOUT_SUCCESSOR, message)


def check_histories_are_in_order(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Lists of dated things stand oldest first (MB419)."""
    for action in kb.of(Action):
        yield from _out_of_order(kb, action, "due", [due.said_on for due in action.due])
        yield from _out_of_order(kb, action, "status", [change.on for change in action.status])
    for indicator in kb.of(Indicator):
        yield from _out_of_order(kb, indicator, "observations", [one.as_at for one in indicator.observations])
    for project in kb.of(Project):
        yield from _out_of_order(kb, project, "stages", [one.as_at for one in project.stages])


def _out_of_order(
    kb: KnowledgeBase, record: Record, field: str, dates: list[When | None]
) -> Iterator[Diagnostic]:
    dated = [(number, when) for number, when in enumerate(dates) if when is not None]
    for (_, earlier), (number, later) in pairwise(dated):
        if before(later, earlier) is Answer.YES:
            path: FieldPath = (field, number)
            message = f"{later.display()} stands below {earlier.display()}"
            yield finding(kb, record, place(record, path), rules.OUT_OF_ORDER, message)


def check_what_came_of_a_promise_is_dated(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """When a promise was put off, kept or dropped is told by a day or a receipt, or by its one source (MB421)."""
    for action in kb.of(Action):
        if len({citation.source for citation in action.citations}) < 2:
            continue
        for number, due in enumerate(action.due[1:], 1):
            if due.said_on is None and not due.citations:
                message = "the promise was put off to this date, but nothing tells when"
                at = place(action, ("due", number))
                yield finding(kb, action, at, rules.NO_TELLING_WHEN, message)
        for number, change in enumerate(action.status):
            if change.status is not ActionStatus.OPEN and change.on is None and not change.citations:
                message = f"the promise is `{change.status}`, but nothing tells since when"
                at = place(action, ("status", number))
                yield finding(kb, action, at, rules.NO_TELLING_WHEN, message)


def check_decisions_come_first(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A decision is reported and noted no earlier than it is made, and supersedes an earlier one (MB420)."""
    for decision in kb.of(Decision):
        if decision.decided_on is None:
            continue
        for field, verb in (("noted_by", "noted"), ("reported_in", "reported")):
            for number, target in enumerate(getattr(decision, field)):
                other = kb.records.get(target)
                when = date_of(kb, other) if other is not None else None
                if other is not None and when is not None and before(when, decision.decided_on) is Answer.YES:
                    name = shown(other.id, decision.council)
                    message = (
                        f"decided {decision.decided_on.display()}, but {verb} by `{name}` {when.display()}"
                    )
                    at = place(decision, (field, number))
                    yield finding(kb, decision, at, rules.NOT_YET_DECIDED, message, names=[other.id])
        for number, target in enumerate(decision.supersedes):
            old = kb.get(target, Decision)
            if (
                old is not None
                and old.decided_on is not None
                and before(decision.decided_on, old.decided_on) is Answer.YES
            ):
                message = f"`{shown(old.id, decision.council)}` is the later of the two ({old.decided_on.display()})"
                at = place(decision, ("supersedes", number))
                yield finding(kb, decision, at, rules.NOT_YET_DECIDED, message, names=[old.id])


CHECKS = (
    check_lives_run_forwards,
    check_successors_fit_the_reason,
    check_histories_are_in_order,
    check_what_came_of_a_promise_is_dated,
    check_decisions_come_first,
)
