"""Resolutions: their clauses and who is to act, what they undo, and what scrutiny asked for."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date

from minutebook.belonging import body_of, council_of, date_of
from minutebook.checks.finding import finding, place
from minutebook.checks.procedure_numbers import can_follow, steps
from minutebook.checks.procedure_scope import (
    ANSWERS_TO_SCRUTINY,
    above,
    binds,
    cannot_be_read,
    explained,
    given,
    how_to_add,
    living,
    took_the_place,
)
from minutebook.checks.references import shown
from minutebook.diagnostics import Diagnostic, Note, Rule
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.action import Action
from minutebook.records.base import Record
from minutebook.records.body import Body, BodyKind
from minutebook.records.council import Council
from minutebook.records.post import Post
from minutebook.records.report import Recommendation, Report
from minutebook.records.resolution import Clause, Effect, Resolution, ScrutinyRecommendation
from minutebook.records.values import Ref
from minutebook.rules import procedure as rules
from minutebook.when import Answer, When, before

_FALLS_TO_SOMEBODY = frozenset({Effect.DELEGATED, Effect.REFERRED, Effect.REQUESTED})
_MONTHS_TO_ANSWER = 2  # Local Government Act 2000, section 9FE(4)


def check_clauses_are_numbered(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Clauses and recommendations are numbered one after the other, or not at all (MB525)."""
    for resolution in living(kb, Resolution):
        yield from _numbering(kb, resolution, "clauses", resolution.clauses)
    for report in living(kb, Report):
        yield from _numbering(kb, report, "recommendations", report.recommendations)


def _numbering(
    kb: KnowledgeBase, record: Record, field: str, entries: Sequence[Clause | Recommendation]
) -> Iterator[Diagnostic]:
    """The first fault of a list: where the numbers go wrong once, all that follow are wrong too."""
    noun = "clause" if field == "clauses" else "recommendation"
    if all(one.number is None for one in entries) or any(
        one.absence("number") is not None for one in entries
    ):
        return
    fault = _first_fault([one.number for one in entries], noun)
    if fault is not None and not explained(record, r"\bnumber"):
        position, message = fault
        at = place(record, (field, position, "number"))
        help = f"add the {noun} that is missing or correct the number; where the source numbers them so, speak of the numbers in `editor_note`"
        yield finding(kb, record, at, rules.CLAUSE_NUMBERS, message, help)


def _first_fault(numbers: list[str | None], noun: str) -> tuple[int, str] | None:
    earlier: list[tuple[str, ...]] = []
    for position, number in enumerate(numbers):
        if number is None:
            return position, f"the {noun} has no number, but others of the list have one"
        this = steps(number)
        if this is None:
            return None  # in words, or in a way of numbering that is not known here
        if this in earlier:
            return position, f"{noun} `{number}` stands here a second time"
        if earlier and not can_follow(this, earlier[-1]):
            return position, f"{noun} `{number}` follows {noun} `{numbers[position - 1]}`, which leaves a gap"
        earlier.append(this)
    return None


def check_clauses_fall_to_somebody(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """What is delegated, referred or requested falls to somebody (MB526)."""
    for resolution in living(kb, Resolution):
        for number, clause in enumerate(resolution.clauses):
            if clause.effect in _FALLS_TO_SOMEBODY and not given(clause, "falls_to"):
                message = f"the clause is `{clause.effect}`, but no `falls_to` says who is to act"
                at = place(resolution, ("clauses", number, "effect"))
                yield finding(
                    kb, resolution, at, rules.CLAUSE_WITHOUT_RECIPIENT, message, how_to_add(["falls_to"])
                )


def check_resolutions_undo_earlier_ones(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A resolution rescinds and amends earlier ones (MB527) that its body has the power over (MB528)."""
    for resolution in living(kb, Resolution):
        for field in ("rescinds", "amends"):
            for number, target in enumerate(getattr(resolution, field)):
                other = kb.get(target, Resolution)
                found = _wrongly_undone(kb, resolution, other) if other is not None else None
                if other is not None and found is not None:
                    rule, message, names = found
                    at = place(resolution, (field, number))
                    notes = [Note("the resolution", place(other))]
                    yield finding(kb, resolution, at, rule, message, notes=notes, names=[other.id, *names])


def _wrongly_undone(
    kb: KnowledgeBase, resolution: Resolution, other: Resolution
) -> tuple[Rule, str, list[Ref]] | None:
    name = shown(other.id, resolution.council)
    made, undone = date_of(kb, other), date_of(kb, resolution)
    if made is not None and undone is not None and before(undone, made) is Answer.YES:
        message = f"`{name}` was resolved {made.display()}, after this one ({undone.display()})"
        return rules.RESCINDS_LATER, message, []
    body, theirs = body_of(kb, resolution), body_of(kb, other)
    if body is None or theirs is None or _may_undo(kb, body, theirs):
        return None
    whose, ours = shown(theirs.id, resolution.council), shown(body.id, resolution.council)
    message = f"`{name}` is a resolution of `{whose}`, which does not report to `{ours}`"
    return rules.RESCINDS_ANOTHERS, message, [theirs.id, body.id]


def _may_undo(kb: KnowledgeBase, body: Body, theirs: Body) -> bool:
    """Whether a body may undo what another resolved, as far as can be told."""
    line = [theirs, *above(kb, theirs)]
    # A body acts for those that took its place too, and so does a new council for the old one.
    if any(one.id == body.id or took_the_place(kb, body, one) for one in line):
        return True
    if body.council != theirs.council and _succeeded(kb, theirs, body.council):
        return True
    # Nothing stands above a full council; where the line ends below one, who is above is not known.
    return line[-1].kind is not BodyKind.COUNCIL


def _succeeded(kb: KnowledgeBase, body: Body, by: str) -> bool:
    """Whether the council of a body was succeeded by another, at once or after others, as far as can be told."""
    seen: set[Ref] = set()
    council = council_of(kb, body)
    ahead = [council] if council is not None else []
    while ahead:
        one = ahead.pop()
        if one.council == by:
            return True
        seen.add(one.id)
        ahead += [
            found
            for ref in one.succeeded_by
            if ref not in seen and (found := kb.get(ref, Council)) is not None
        ]
    return council is None


def check_scrutiny_is_answered(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """What scrutiny recommended to the executive is answered or followed up (MB529: Local Government Act 2000, s.9FE)."""
    for resolution in living(kb, Resolution):
        clauses = [one for one in enumerate(resolution.clauses) if one[1].effect is Effect.RECOMMENDED]
        body = body_of(kb, resolution) if clauses else None
        made = date_of(kb, resolution) if clauses else None
        if (
            body is None
            or body.kind is not BodyKind.SCRUTINY
            or not binds(ANSWERS_TO_SCRUTINY, kb, resolution, made)
        ):
            continue
        if kb.pointing(resolution.id, "actions", Action) or cannot_be_read(kb, resolution.council, "actions"):
            continue
        for number, clause in clauses:
            executive = next((one for one in clause.falls_to if _is_executive(kb, one)), None)
            asked = [one for one in resolution.recommendations if one.clause in (None, clause.number)]
            if executive is None or any(given(one, "response_on") or given(one, "response") for one in asked):
                continue
            if _is_overdue(kb, asked, made):
                when = made.display() if made is not None else ""
                message = f"recommended to `{shown(executive, resolution.council)}` {when}, but no answer is recorded two months later"
                at = place(resolution, ("clauses", number, "effect"))
                notes = [Note(f"the site speaks of {kb.as_of.display()}")] if kb.as_of is not None else []
                yield finding(
                    kb, resolution, at, rules.SCRUTINY_UNANSWERED, message, notes=notes, names=[executive]
                )


def _is_executive(kb: KnowledgeBase, target: Ref) -> bool:
    post = kb.get(target, Post)
    body = kb.get(post.body if post is not None else target, Body)
    return body is not None and body.kind is BodyKind.CABINET


def _is_overdue(kb: KnowledgeBase, asked: list[ScrutinyRecommendation], made: When | None) -> bool:
    """Whether the last day for the answer has certainly passed on the date the site speaks of."""
    due = [one.due.latest for one in asked if one.due is not None]
    sent = [one.sent_on or made for one in asked] or [made]
    due = due or [
        _months_later(one.latest) if one is not None and one.latest is not None else None for one in sent
    ]
    last = max((day for day in due if day is not None), default=None)
    return (
        last is not None and None not in due and kb.as_of is not None and before(last, kb.as_of) is Answer.YES
    )


def _months_later(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + _MONTHS_TO_ANSWER, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


CHECKS = (
    check_clauses_are_numbered,
    check_clauses_fall_to_somebody,
    check_resolutions_undo_earlier_ones,
    check_scrutiny_is_answered,
)
