"""Key decisions, which the public hears of before, and call-in, which scrutiny may ask for afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from minutebook.belonging import council_of
from minutebook.checks.finding import finding, place
from minutebook.checks.procedure_scope import (
    EXECUTIVES,
    KEY_DECISIONS,
    NOTICE_OF_KEY_DECISIONS,
    binds,
    explained,
    given,
    how_to_add,
    lacking,
    living,
)
from minutebook.diagnostics import Diagnostic, Note
from minutebook.grammar import listed
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import FieldPath
from minutebook.records.decision import CallInStatus, Decision, UrgencyRoute
from minutebook.rules import procedure as rules
from minutebook.when import Answer, When, before
from minutebook.working_days import BankHolidays, Notice, notice_in_days, notice_in_working_days

_NOTICE = 28  # SI 2012/2089, regulation 9(2): clear days of the calendar
_NOTICE_OF_EXCEPTION = 5  # regulation 10(1)(c): clear days on which the notice can be read
_SPOKEN_OF = r"\bnotices?\b|\bforward plan\b|\burgen"


def _key_decisions(kb: KnowledgeBase) -> Iterator[Decision]:
    return (one for one in living(kb, Decision) if one.key_decision is True and binds(KEY_DECISIONS, kb, one))


def check_key_decisions_had_notice(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A key decision says when notice was given or why not (MB507: SI 2012/2089, regulations 9 to 11)."""
    for decision in _key_decisions(kb):
        if not given(decision, "forward_plan") and not given(decision, "urgency"):
            message = "the decision is a key decision, but gives neither `forward_plan` nor `urgency`"
            at = place(decision, ("key_decision",))
            yield finding(kb, decision, at, rules.KEY_WITHOUT_NOTICE, message)


def check_notice_was_long_enough(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Notice of a key decision was given 28 clear days before, or five by the exception (MB508: SI 2012/2089)."""
    for decision in _key_decisions(kb):
        decided, urgency = decision.decided_on, decision.urgency
        if decided is None or not binds(NOTICE_OF_KEY_DECISIONS, kb, decision, decided):
            continue
        if urgency is None and decision.forward_plan is not None and not given(decision, "urgency"):
            notice = notice_in_days(decision.forward_plan, decided)
            yield from _short(kb, decision, ("forward_plan",), decision.forward_plan, notice, _NOTICE)
        elif (
            urgency is not None
            and urgency.route is UrgencyRoute.GENERAL_EXCEPTION
            and urgency.notice_on is not None
        ):
            notice = _working_notice(kb, decision, urgency.notice_on, decided)
            yield from _short(
                kb, decision, ("urgency", "notice_on"), urgency.notice_on, notice, _NOTICE_OF_EXCEPTION
            )


def _working_notice(kb: KnowledgeBase, decision: Decision, given_on: When, decided: When) -> Notice:
    council = council_of(kb, decision)
    bank_holidays = BankHolidays.of(council.area_code if council is not None else None)
    return notice_in_working_days(given_on, decided, bank_holidays, at_most=_NOTICE_OF_EXCEPTION)


def _short(
    kb: KnowledgeBase, decision: Decision, path: FieldPath, given_on: When, notice: Notice, wanted: int
) -> Iterator[Diagnostic]:
    if notice.is_at_least(wanted) is not Answer.NO or explained(decision, _SPOKEN_OF):
        return
    unit = "clear day" if wanted == _NOTICE else "clear working day"
    message = (
        f"notice was given {given_on.display()}, {notice.display(unit)} before, but the law asks for {wanted}"
    )
    decided = decision.decided_on.display() if decision.decided_on is not None else ""
    notes = [Note(f"decided {decided}", place(decision, ("decided_on",)))]
    yield finding(kb, decision, place(decision, path), rules.KEY_NOTICE_SHORT, message, notes=notes)


def check_urgency_is_complete(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Urgency gives what its route asks for (MB509: SI 2012/2089, regulations 10 and 11)."""
    for decision in living(kb, Decision):
        urgency = decision.urgency
        if urgency is None or not binds(KEY_DECISIONS, kb, decision):
            continue
        wanted = "notice_on" if urgency.route is UrgencyRoute.GENERAL_EXCEPTION else "agreed_by"
        if not given(urgency, wanted):
            message = f"the route is `{urgency.route}`, but `{wanted}` is not given"
            at = place(decision, ("urgency", "route"))
            yield finding(kb, decision, at, rules.URGENCY_INCOMPLETE, message, how_to_add([wanted]))


def check_key_decisions_say_why(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A key decision says what makes it one (MB510: SI 2012/2089, regulation 8)."""
    for decision in _key_decisions(kb):
        if given(decision, "key_reason") or len(decision.wards) >= 2 or decision.absence("wards") is not None:
            continue
        message = (
            "the decision is a key decision, but gives no `key_reason` and does not name two `wards` or more"
        )
        at = place(decision, ("key_decision",))
        yield finding(kb, decision, at, rules.KEY_WITHOUT_REASON, message)


def check_call_in_came_first(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A decision is not carried out while it can be called in (MB511: Local Government Act 2000, section 9F)."""
    for decision in living(kb, Decision):
        call_in, done = decision.call_in, decision.implemented_on
        if (
            call_in is None
            or done is None
            or call_in.open_until is None
            or not binds(EXECUTIVES, kb, decision)
        ):
            continue
        if call_in.status is not CallInStatus.EXEMPT and before(done, call_in.open_until) is Answer.YES:
            message = (
                f"implemented {done.display()}, but open to call-in until {call_in.open_until.display()}"
            )
            at = place(decision, ("implemented_on",))
            notes = [Note("the call-in", place(decision, ("call_in", "open_until")))]
            yield finding(kb, decision, at, rules.IMPLEMENTED_TOO_SOON, message, notes=notes)


def check_call_in_is_complete(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A call-in says who asked and what came of it, an exemption why (MB512: Local Government Act 2000, section 9F)."""
    for decision in living(kb, Decision):
        call_in = decision.call_in
        if call_in is None or call_in.status not in (CallInStatus.CALLED_IN, CallInStatus.EXEMPT):
            continue
        called_in = call_in.status is CallInStatus.CALLED_IN
        missing = lacking(call_in, "called_by", "outcome") if called_in else lacking(call_in, "outcome")
        if missing:
            fields = listed([f"`{field}`" for field in missing], "or")
            message = f"the decision was called in, but gives no {fields}"
            if not called_in:
                message = "the decision is exempt from call-in, but no `outcome` says why"
            at = place(decision, ("call_in", "status"))
            yield finding(kb, decision, at, rules.CALL_IN_INCOMPLETE, message, how_to_add(missing))


def check_call_in_is_up_to_date(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A call-in is not left open when its last day has passed (MB513)."""
    for decision in living(kb, Decision):
        call_in = decision.call_in
        if (
            call_in is None
            or call_in.status is not CallInStatus.OPEN
            or call_in.open_until is None
            or kb.as_of is None
        ):
            continue
        if before(call_in.open_until, kb.as_of) is Answer.YES:
            message = f"the call-in is `open`, but its last day was {call_in.open_until.display()}"
            at = place(decision, ("call_in", "status"))
            notes = [Note(f"the site speaks of {kb.as_of.display()}")]
            yield finding(kb, decision, at, rules.CALL_IN_STALE, message, notes=notes)


CHECKS = (
    check_key_decisions_had_notice,
    check_notice_was_long_enough,
    check_urgency_is_complete,
    check_key_decisions_say_why,
    check_call_in_came_first,
    check_call_in_is_complete,
    check_call_in_is_up_to_date,
)
