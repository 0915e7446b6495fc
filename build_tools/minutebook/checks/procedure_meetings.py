"""Meetings and their items: approval, notice, what was taken in private, numbers and interests."""

from __future__ import annotations

from collections.abc import Iterator

from minutebook.belonging import council_of
from minutebook.checks.finding import finding, place
from minutebook.checks.procedure_scope import (
    above,
    cannot_be_read,
    days_open_before,
    explained,
    given,
    is_open_to_the_public,
    living,
    meeting_of,
    took_the_place,
)
from minutebook.checks.references import shown
from minutebook.diagnostics import Diagnostic, Note
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import Access, Record
from minutebook.records.body import Body
from minutebook.records.decision import Decision
from minutebook.records.meeting import Meeting, MinutesStatus
from minutebook.records.report import Report
from minutebook.records.resolution import Resolution
from minutebook.rules import procedure as rules
from minutebook.when import Answer, When, before
from minutebook.working_days import BankHolidays, Notice, notice_in_working_days

_UNIT = "clear working day"


def check_minutes_say_where_they_were_approved(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Approved minutes name a meeting, a draft names none (MB514: LGA 1972, Schedule 12, paragraph 41)."""
    for meeting in living(kb, Meeting):
        status = meeting.minutes_status
        if status is MinutesStatus.APPROVED and not given(meeting, "approved_at"):
            message = "the minutes are `approved`, but `approved_at` does not say at which meeting"
            yield finding(kb, meeting, place(meeting, ("minutes_status",)), rules.APPROVAL_UNSTATED, message)
        elif status is MinutesStatus.DRAFT and meeting.approved_at is not None:
            message = "the minutes are a `draft`, but `approved_at` names a meeting that approved them"
            help = "write `minutes_status: approved`, or take `approved_at` away"
            notes = [Note("the meeting", place(meeting, ("approved_at",)))]
            at = place(meeting, ("minutes_status",))
            yield finding(
                kb, meeting, at, rules.APPROVAL_UNSTATED, message, help, notes, [meeting.approved_at]
            )


def check_minutes_were_approved_by_the_body(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The meeting that approved is a later one of the same body (MB515: LGA 1972, Schedule 12, paragraph 41)."""
    for meeting in living(kb, Meeting):
        approving = kb.get(meeting.approved_at, Meeting)
        message = _wrong_approval(kb, meeting, approving) if approving is not None else None
        if approving is not None and message is not None:
            at = place(meeting, ("approved_at",))
            notes = [Note("the meeting", place(approving))]
            names = [approving.id, approving.body, meeting.body]
            yield finding(kb, meeting, at, rules.APPROVED_ELSEWHERE, message, notes=notes, names=names)


def _wrong_approval(kb: KnowledgeBase, meeting: Meeting, approving: Meeting) -> str | None:
    name = f"`{shown(approving.id, meeting.council)}`"
    body, other = kb.get(meeting.body, Body), kb.get(approving.body, Body)
    if body is not None and other is not None and not _can_approve(kb, other, body):
        theirs, ours = shown(other.id, meeting.council), shown(body.id, meeting.council)
        return f"{name} was a meeting of `{theirs}`, but these are the minutes of `{ours}`"
    held, approved = meeting.held_on, approving.held_on
    if held is not None and approved is not None and before(approved, held) is Answer.YES:
        return f"{name} was held {approved.display()}, before this meeting ({held.display()})"
    return None


def _can_approve(kb: KnowledgeBase, other: Body, body: Body) -> bool:
    """Whether it is the body, its successor, or one it reports to: a panel that never meets again has no other."""
    # The parent of a body may be kept elsewhere or not be known; what is known decides.
    return (
        other.id == body.id
        or took_the_place(kb, other, body)
        or other.id in {one.id for one in above(kb, body)}
    )


def check_agendas_were_open_in_time(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The public could read the agenda five clear days before, three in Wales and Scotland (MB516: LGA 1972, s.100B)."""
    for meeting in living(kb, Meeting):
        days = days_open_before(kb, meeting) if meeting.agenda_published is not None else None
        if days is None or meeting.agenda_published is None or meeting.held_on is None:
            continue
        notice = _notice(kb, meeting, meeting.agenda_published, meeting.held_on, days)
        if notice.is_at_least(days) is Answer.NO and not explained(meeting, r"\bagendas?\b|\bnotices?\b"):
            published = meeting.agenda_published.display()
            message = f"the agenda was published {published}, {notice.display(_UNIT)} before, but the law asks for {days}"
            at = place(meeting, ("agenda_published",))
            notes = [Note(f"held {meeting.held_on.display()}", place(meeting, ("held_on",)))]
            yield finding(kb, meeting, at, rules.AGENDA_LATE, message, notes=notes)


def _notice(kb: KnowledgeBase, meeting: Meeting, given_on: When, held_on: When, days: int) -> Notice:
    council = council_of(kb, meeting)
    bank_holidays = BankHolidays.of(council.area_code if council is not None else None)
    return notice_in_working_days(given_on, held_on, bank_holidays, at_most=days)


def check_late_items_were_urgent(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """An item whose report came too late to be read says why it was taken (MB517: LGA 1972, s.100B(4)(b))."""
    for item in living(kb, AgendaItem):
        meeting = meeting_of(kb, item)
        if meeting is None or not item.reports or given(item, "urgent_reason"):
            continue
        days = days_open_before(kb, meeting)
        for number, target in enumerate(item.reports):
            report = kb.get(target, Report)
            notice = (
                _time_to_read(kb, meeting, report, days) if report is not None and days is not None else None
            )
            if report is None or report.dated is None or notice is None or days is None:
                continue
            if notice.is_at_least(days) is Answer.NO:
                name, on = shown(report.id, item.council), report.dated.display()
                message = f"`{name}` is dated {on}, {notice.display(_UNIT)} before the meeting, but the item gives no `urgent_reason`"
                at = place(item, ("reports", number))
                notes = [Note("the meeting", place(meeting, ("held_on",)))]
                names = [report.id, meeting.id]
                yield finding(kb, item, at, rules.URGENT_WITHOUT_REASON, message, notes=notes, names=names)
                break


def _time_to_read(kb: KnowledgeBase, meeting: Meeting, report: Report, days: int) -> Notice | None:
    # A report that bears the day of the meeting itself is dated for it, and may have been out for weeks.
    if (
        report.dated is None
        or meeting.held_on is None
        or before(report.dated, meeting.held_on) is not Answer.YES
    ):
        return None
    return _notice(kb, meeting, report.dated, meeting.held_on, days)


def check_exclusions_name_their_own_meeting(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The public is sent out for an item of the meeting that resolves it (MB518: LGA 1972, s.100A(4) and (5))."""
    for resolution in living(kb, Resolution):
        if resolution.exclusion is None:
            continue
        item, meeting = kb.get(resolution.exclusion.item, AgendaItem), meeting_of(kb, resolution)
        other = meeting_of(kb, item) if item is not None else None
        if item is not None and meeting is not None and other is not None and other.id != meeting.id:
            name, theirs = shown(item.id, resolution.council), shown(other.id, resolution.council)
            message = f"`{name}` is an item of `{theirs}`, but this was resolved at `{shown(meeting.id, resolution.council)}`"
            at = place(resolution, ("exclusion", "item"))
            notes = [Note("the item", place(item, ("meeting",)))]
            names = [item.id, other.id, meeting.id]
            yield finding(kb, resolution, at, rules.EXCLUSION_ELSEWHERE, message, notes=notes, names=names)


def check_private_items_were_resolved_on(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """An exempt item was taken in private by a resolution (MB519: LGA 1972, s.100A(4))."""
    for item in living(kb, AgendaItem):
        meeting = meeting_of(kb, item) if item.access is Access.EXEMPT else None
        if meeting is None or not is_open_to_the_public(kb, kb.get(meeting.body, Body)):
            continue
        if kb.backlinks(item.id, "taken_in_private_by") or cannot_be_read(kb, item.council, "resolutions"):
            continue
        if not explained(item, r"\bexclu|\bresol|\bprivate\b"):
            message = "the item is exempt, but no resolution of its meeting excludes the public from it"
            notes = [Note("the meeting", place(meeting))]
            at = place(item, ("access",))
            yield finding(
                kb, item, at, rules.PRIVATE_WITHOUT_EXCLUSION, message, notes=notes, names=[meeting.id]
            )


def check_private_items_have_a_summary(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """What was taken in private has a summary that can be read (MB520: LGA 1972, s.100C(2))."""
    for item in living(kb, AgendaItem):
        # Of what is confidential nothing may be let out (MB604).
        if given(item, "public_summary") or item.access is Access.CONFIDENTIAL:
            continue
        reason, other = _why_private(kb, item)
        if reason is not None:
            message = f"{reason}, but it has no `public_summary`"
            # Of a resolution that sends the public out the line that does so, of another record its title.
            notes = [Note(f"the {other.noun}", place(other, ("exclusion",)))] if other is not None else []
            names = [other.id] if other is not None else []
            yield finding(kb, item, place(item), rules.NO_PUBLIC_SUMMARY, message, notes=notes, names=names)


def _why_private(kb: KnowledgeBase, item: AgendaItem) -> tuple[str | None, Record | None]:
    excluding = kb.pointing(item.id, "taken_in_private_by", Resolution)
    if excluding:
        return "the item was taken in private", excluding[0]
    meeting = meeting_of(kb, item)
    if meeting is None or not is_open_to_the_public(kb, kb.get(meeting.body, Body)):
        return None, None
    if item.access is Access.EXEMPT:
        return "the item is exempt", None
    decided = (
        *kb.pointing(item.id, "resolutions", Resolution),
        *kb.pointing(item.id, "decisions_reported", Decision),
    )
    for other in decided:
        if other.access is Access.EXEMPT:
            return f"a {other.noun} of the item is exempt", other
    return None, None


def check_item_numbers_are_used_once(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """No two items of a meeting bear one number (MB530)."""
    for meeting in living(kb, Meeting):
        seen: dict[tuple[str, str], AgendaItem] = {}
        for item in kb.pointing(meeting.id, "items", AgendaItem):
            for field in ("number", "minute_number"):
                number: str | None = getattr(item, field)
                other = seen.setdefault((field, number.casefold()), item) if number is not None else item
                if other.id != item.id:
                    name, what = shown(other.id, item.council), field.replace("_", " ")
                    message = f"`{name}` has the {what} `{number}` already"
                    notes = [Note("the other item", place(other, (field,)))]
                    at = place(item, (field,))
                    yield finding(
                        kb, item, at, rules.ITEM_NUMBER_TWICE, message, notes=notes, names=[other.id]
                    )
                    break  # of one item that is recorded twice, one finding says enough


def check_interests_are_in_their_own_meeting(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """An interest was declared in an item of the meeting that records it (MB532)."""
    for meeting in living(kb, Meeting):
        for number, interest in enumerate(meeting.interests):
            item = kb.get(interest.item, AgendaItem)
            other = meeting_of(kb, item) if item is not None else None
            if item is not None and other is not None and other.id != meeting.id:
                name, theirs = shown(item.id, meeting.council), shown(other.id, meeting.council)
                message = f"the interest is recorded at this meeting, but `{name}` is an item of `{theirs}`"
                at = place(meeting, ("interests", number, "item"))
                notes = [Note("the item", place(item, ("meeting",)))]
                names = [item.id, other.id]
                yield finding(kb, meeting, at, rules.INTEREST_ELSEWHERE, message, notes=notes, names=names)


CHECKS = (
    check_minutes_say_where_they_were_approved,
    check_minutes_were_approved_by_the_body,
    check_agendas_were_open_in_time,
    check_late_items_were_urgent,
    check_exclusions_name_their_own_meeting,
    check_private_items_were_resolved_on,
    check_private_items_have_a_summary,
    check_item_numbers_are_used_once,
    check_interests_are_in_their_own_meeting,
)
