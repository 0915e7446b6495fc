"""Decisions: what the record of one states, and whether who is said to have taken it had the power."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutebook.belonging import body_of, date_of
from minutebook.checks.finding import finding, place
from minutebook.checks.procedure_scope import (
    EXECUTIVES,
    OFFICERS_RECORDS,
    binds,
    cannot_be_read,
    given,
    how_to_add,
    lacking,
    living,
    meeting_of,
)
from minutebook.checks.references import shown
from minutebook.diagnostics import Diagnostic, Note
from minutebook.grammar import listed, with_article
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.body import Body, BodyKind, PowerKind
from minutebook.records.decision import Decision, DecisionKind, OfficerTrigger
from minutebook.records.meeting import Meeting
from minutebook.records.post import Post
from minutebook.records.resolution import Effect, Resolution
from minutebook.rules import procedure as rules
from minutebook.when import Answer, When, before, same_day

# Statements say in many words that nothing was declared; any other text is a declared conflict.
_NO_CONFLICT = re.compile(
    r"^\W*(?:no|none|nil|n/?a|nothing|nobody|not)\b|\b(?:none|nil)\b"
    r"|\b(?:no|any|without)(?: \w+){0,3} (?:conflicts?|interests?|declarations?)\b",
    re.IGNORECASE,
)

# Who carries out an executive function: the executive and its committees, committees that act for it
# (area committees, joint committees, a Health and Wellbeing Board) and other authorities (Local
# Government Act 2000, sections 9E to 9EB; Health and Social Care Act 2012, section 196).
_EXECUTIVE_DECIDERS = frozenset(
    {
        BodyKind.CABINET, BodyKind.COMMITTEE, BodyKind.SUB_COMMITTEE, BodyKind.STATUTORY_BOARD,
        BodyKind.PARTNERSHIP, BodyKind.EXTERNAL,
    }
)  # fmt: skip
_NOT_EXECUTIVE = frozenset({DecisionKind.COUNCIL, DecisionKind.REGULATORY})


def check_executive_statements(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The statement of an executive decision has all its parts (MB501: SI 2012/2089, regulations 12 and 13)."""
    for decision in living(kb, Decision):
        if decision.kind is not DecisionKind.EXECUTIVE or not binds(EXECUTIVES, kb, decision):
            continue
        missing = lacking(decision, "reasons", "options_rejected", "conflicts")
        if _has_conflict(decision) and not given(decision, "dispensations"):
            missing.append("dispensations")
        if missing:
            message = f"the decision is executive, but gives no {_fields(missing)}"
            if missing == ["dispensations"]:
                message = "a conflict was declared, but the decision gives no `dispensations`"
            at = place(decision, ("conflicts" if missing == ["dispensations"] else "kind",))
            yield finding(kb, decision, at, rules.EXECUTIVE_STATEMENT, message, how_to_add(missing))


def _has_conflict(decision: Decision) -> bool:
    return decision.conflicts is not None and not _NO_CONFLICT.search(decision.conflicts)


def _fields(names: list[str]) -> str:
    return listed([f"`{name}`" for name in names], "or")


def check_officers_records(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The record of an officer's decision has all its parts (MB502: SI 2014/2095, regulation 7)."""
    for decision in living(kb, Decision):
        if decision.kind is not DecisionKind.OFFICER:
            continue
        if not binds(OFFICERS_RECORDS, kb, decision, decision.decided_on):
            continue
        missing = lacking(decision, "trigger", "delegated_by", "reasons", "options_rejected")
        if decision.trigger is OfficerTrigger.SPECIFIC_AUTHORISATION:
            missing += lacking(decision, "conflicts")
        if missing:
            message = f"the decision is an officer's, but gives no {_fields(missing)}"
            at = place(decision, ("kind",))
            yield finding(kb, decision, at, rules.OFFICER_RECORD, message, how_to_add(missing))


def check_deciders_fit_the_kind(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Who decided can use the sort of power that was used (MB503: Local Government Act 2000, sections 9D and 9E)."""
    for decision in living(kb, Decision):
        decider = kb.records.get(decision.decided_by) if decision.decided_by else None
        fault = _misfit(kb, decision, decider) if isinstance(decider, Body | Post) else None
        if decider is not None and fault is not None:
            message = fault.format(name=f"`{shown(decider.id, decision.council)}`")
            at = place(decision, ("decided_by",))
            notes = [Note(f"the {decider.noun}", place(decider))]
            yield finding(kb, decision, at, rules.DECIDER_KIND, message, notes=notes, names=[decider.id])


def _misfit(kb: KnowledgeBase, decision: Decision, decider: Body | Post) -> str | None:
    kind = decision.kind
    if kind is DecisionKind.OFFICER:
        return (
            "an officer's decision is taken by a post, but {name} is a body"
            if isinstance(decider, Body)
            else None
        )
    if not binds(EXECUTIVES, kb, decision):
        return None
    if kind in _NOT_EXECUTIVE and (isinstance(decider, Post) or decider.kind is BodyKind.CABINET):
        what = "a post" if isinstance(decider, Post) else "a cabinet"
        return f"a decision of kind `{kind}` cannot be taken by {what}, but {{name}} is one"
    if kind is not DecisionKind.EXECUTIVE or isinstance(decider, Post) or decider.kind in _EXECUTIVE_DECIDERS:
        return None
    # Of a scrutiny committee MB506 says it; what a body is called does not tell what it was given power to do.
    if decider.kind is BodyKind.SCRUTINY or any(power.kind is PowerKind.DECIDE for power in decider.powers):
        return None
    return f"an executive decision is not taken by {with_article(decider.kind)}, but {{name}} is one"


def check_who_noted_is_not_who_decided(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A body whose resolution only notes a decision did not take it (MB504)."""
    for decision in living(kb, Decision):
        body, noting = kb.get(decision.decided_by, Body), _only_noted(kb, decision)
        if body is not None and noting is not None:
            name, resolution = shown(body.id, decision.council), shown(noting.id, decision.council)
            message = f"`{name}` is recorded as having decided this, but its resolution `{resolution}` only notes it"
            at = place(decision, ("decided_by",))
            notes = [Note("the resolution", place(noting))]
            names = [body.id, noting.id]
            yield finding(kb, decision, at, rules.NOTED_NOT_DECIDED, message, notes=notes, names=names)


def _only_noted(kb: KnowledgeBase, decision: Decision) -> Resolution | None:
    """The resolution that shows that the body recorded as having decided only heard of it, if there is one."""
    body = kb.get(decision.decided_by, Body)
    if body is None or cannot_be_read(kb, decision.council, "resolutions", "items", "meetings"):
        return None
    known = {one.id: one for one in kb.pointing(decision.id, "resolved_on", Resolution)}
    known |= {one: found for one in decision.noted_by if (found := kb.get(one, Resolution)) is not None}
    own = [one for one in known.values() if (of := body_of(kb, one)) is not None and of.id == body.id]
    return own[0] if own and all(_only_heard_of_it(kb, body, decision, one) for one in own) else None


def _only_heard_of_it(kb: KnowledgeBase, body: Body, decision: Decision, noting: Resolution) -> bool:
    """Whether a resolution of the body certainly did no more than note what others had decided."""
    about = [clause for clause in noting.clauses if decision.id in clause.concerns]
    if any(clause.effect is not Effect.NOTED for clause in about or noting.clauses):
        return False
    decided, noted = decision.decided_on, date_of(kb, noting)
    if decided is not None and noted is not None:
        if before(noted, decided) is Answer.YES:
            return False  # it noted what was still to be decided (MB420 where `noted_by` says so)
        if before(decided, noted) is Answer.YES:
            return not _met_before(kb, body, decided, noting)
    # Perhaps at one meeting: another clause may have decided it.
    return all(clause.effect is Effect.NOTED for clause in noting.clauses)


def _met_before(kb: KnowledgeBase, body: Body, decided: When, noting: Resolution) -> bool:
    """Whether a meeting of the body is on record at which it may have decided what it noted at another one."""
    meeting = meeting_of(kb, noting)
    others = [
        one for one in kb.pointing(body.id, "meetings", Meeting) if meeting is None or one.id != meeting.id
    ]
    return any(one.held_on is None or same_day(one.held_on, decided).possible for one in others)


def check_who_noted_did_note(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Each resolution in `noted_by` has a clause that notes (MB505)."""
    for decision in living(kb, Decision):
        for number, target in enumerate(decision.noted_by):
            resolution = kb.get(target, Resolution)
            if resolution is None or any(clause.effect is Effect.NOTED for clause in resolution.clauses):
                continue
            name = shown(resolution.id, decision.council)
            message = f"`{name}` is said to note the decision, but none of its clauses has the effect `noted`"
            at = place(decision, ("noted_by", number))
            notes = [
                Note(
                    f"its first clause is `{resolution.clauses[0].effect}`",
                    place(resolution, ("clauses", 0, "effect")),
                )
            ]
            yield finding(
                kb, decision, at, rules.NOTED_BY_DOES_NOT_NOTE, message, notes=notes, names=[resolution.id]
            )


def check_scrutiny_does_not_decide(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A scrutiny committee has no power to decide (MB506: Local Government Act 2000, section 9F)."""
    for decision in living(kb, Decision):
        body = kb.get(decision.decided_by, Body)
        if body is None or body.kind is not BodyKind.SCRUTINY or not binds(EXECUTIVES, kb, decision):
            continue
        # MB504 says more: that it only noted it.
        if _only_noted(kb, decision) is None:
            name = shown(body.id, decision.council)
            message = f"`{name}` is recorded as having decided this, but is a scrutiny committee, which only recommends"
            at = place(decision, ("decided_by",))
            notes = [Note("the body", place(body))]
            yield finding(kb, decision, at, rules.SCRUTINY_DECIDED, message, notes=notes, names=[body.id])


CHECKS = (
    check_executive_statements,
    check_officers_records,
    check_deciders_fit_the_kind,
    check_who_noted_is_not_who_decided,
    check_who_noted_did_note,
    check_scrutiny_does_not_decide,
)
