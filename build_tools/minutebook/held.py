"""How far the documents reach that are held: what no document shows may only be what none of them is late enough to show."""

from __future__ import annotations

from datetime import date

from minutebook.knowledge_base import KnowledgeBase, Question
from minutebook.likely import likely
from minutebook.records.source_document import SourceDocument
from minutebook.short_dates import in_short
from minutebook.when import When, before, on_or_before

CHANGED_LATER = "What changed later is not known here."


def latest_document(kb: KnowledgeBase, council: str, on: When) -> SourceDocument | None:
    """The latest dated document of a council that can be dated no later than `on`; None where there is none."""
    return kb.answer(_LATEST, council, on.value)


def _latest(kb: KnowledgeBase, council: str, on: str) -> SourceDocument | None:
    return max(_dated_by(kb, council, When.parse(on)), key=_reach, default=None)


# Asked for every promise and on every page, and all documents are looked through.
_LATEST = Question("latest document", _latest)


def _dated_by(kb: KnowledgeBase, council: str, on: When) -> list[SourceDocument]:
    return [
        source
        for source in kb.of(SourceDocument)
        if source.council == council and source.dated is not None and on_or_before(source.dated, on).possible
    ]


def _reach(source: SourceDocument) -> tuple[date, date, str]:
    dated = source.dated
    if dated is None:
        return (date.min, date.min, source.id)
    return (dated.last_known, dated.first_known, source.id)


def reach_in_words(kb: KnowledgeBase, council: str, on: When) -> str | None:
    """The date of that document as a reader would say it, or None."""
    source = latest_document(kb, council, on)
    return in_short(source.dated) if source is not None and source.dated is not None else None


def last_document(kb: KnowledgeBase, council: str, on: When, as_of: When) -> SourceDocument | None:
    """The latest document held of a council, where it is, or may be, earlier than a date; None where it is not.

    `as_of` is the date that the records speak of: a document that is later has no say.
    """
    source = latest_document(kb, council, as_of)
    if source is None or source.dated is None or not before(source.dated, on).possible:
        return None
    # A document that is later than the date for all that is probable shows what held on it.
    probably = likely(source.dated)
    return source if probably is None or before(probably, on).possible else None


__all__ = ["CHANGED_LATER", "last_document", "latest_document", "reach_in_words"]
