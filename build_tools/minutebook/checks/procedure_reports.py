"""Reports: what one rests on, whom it is addressed to, and when it was cleared."""

from __future__ import annotations

from collections.abc import Iterator

from minutebook.checks.finding import finding, place
from minutebook.checks.procedure_scope import (
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
from minutebook.records.body import Body
from minutebook.records.meeting import Meeting
from minutebook.records.report import Report
from minutebook.rules import procedure as rules
from minutebook.when import Answer, When, before


def check_background_papers_are_stated(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A report to a body that meets in public lists its background papers (MB521: LGA 1972, s.100D)."""
    for report in living(kb, Report):
        if not given(report, "background_papers") and is_open_to_the_public(kb, kb.get(report.to, Body)):
            message = "the report does not say what its `background_papers` are"
            yield finding(kb, report, place(report), rules.BACKGROUND_PAPERS_UNSTATED, message)


def check_reports_are_for_the_body_that_met(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """An item considers reports that are addressed to the body that met (MB531)."""
    for item in living(kb, AgendaItem):
        meeting = meeting_of(kb, item)
        met = kb.get(meeting.body, Body) if meeting is not None else None
        if meeting is None or met is None or explained(item, r"\breports?\b|\bpapers?\b"):
            continue
        for number, target in enumerate(item.reports):
            report = kb.get(target, Report)
            addressed = kb.get(report.to, Body) if report is not None else None
            if (
                report is None
                or addressed is None
                or addressed.id == met.id
                or took_the_place(kb, met, addressed)
            ):
                continue
            name, theirs = shown(report.id, item.council), shown(addressed.id, item.council)
            message = (
                f"`{name}` is addressed to `{theirs}`, but this is an item of `{shown(met.id, item.council)}`"
            )
            at = place(item, ("reports", number))
            notes = [Note("the report", place(report, ("to",)))]
            names = [report.id, addressed.id, met.id]
            yield finding(kb, item, at, rules.REPORT_TO_ANOTHER, message, notes=notes, names=names)


def check_clearance_came_first(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A report was cleared before members considered it (MB533)."""
    for report in living(kb, Report):
        if not report.clearances or explained(report, r"\bclear|\bsign"):
            continue
        meetings = _meetings_that_considered(kb, report)
        dates = [(meeting, meeting.held_on) for meeting in meetings if meeting.held_on is not None]
        if len(dates) < len(meetings) or not dates:
            continue  # one whose day is not known may have been the last
        for number, clearance in enumerate(report.clearances):
            if clearance.date is None or not _after_all(clearance.date, [held for _, held in dates]):
                continue
            meeting, held = max(dates, key=lambda one: one[1].sort_key)
            message = f"cleared {clearance.date.display()}, but the report was considered {held.display()}"
            at = place(report, ("clearances", number, "date"))
            notes = [Note("the meeting", place(meeting, ("held_on",)))]
            yield finding(kb, report, at, rules.CLEARED_TOO_LATE, message, notes=notes, names=[meeting.id])


def _meetings_that_considered(kb: KnowledgeBase, report: Report) -> list[Meeting]:
    """The meetings of the body it is addressed to; those of others where none is on record."""
    items = kb.pointing(report.id, "considered_at", AgendaItem)
    meetings = [meeting for item in items if (meeting := meeting_of(kb, item)) is not None]
    # What scrutiny looks at beforehand may be cleared before it goes to the Cabinet.
    return [one for one in meetings if one.body == report.to] or meetings


def _after_all(cleared: When, meetings: list[When]) -> bool:
    return all(before(held, cleared) is Answer.YES for held in meetings)


CHECKS = (
    check_background_papers_are_stated,
    check_reports_are_for_the_body_that_met,
    check_clearance_came_first,
)
