"""How far the documents reach that are held: what no document shows may only be what none of them is late enough to show."""

from __future__ import annotations

from datetime import date

from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.source_document import SourceDocument
from minutebook.when import When, on_or_before


def latest_document(kb: KnowledgeBase, council: str, on: When) -> SourceDocument | None:
    """The latest dated document of a council that can be dated no later than `on`; None where there is none."""
    found = [
        source
        for source in kb.of(SourceDocument)
        if source.council == council and source.dated is not None and on_or_before(source.dated, on).possible
    ]
    return max(found, key=_reach, default=None)


def _reach(source: SourceDocument) -> tuple[date, date, str]:
    dated = source.dated
    last = (dated.latest or dated.earliest) if dated is not None else None
    first = (dated.earliest or dated.latest) if dated is not None else None
    return (last or date.min, first or date.min, source.id)


def reach_in_words(kb: KnowledgeBase, council: str, on: When) -> str | None:
    """The date of that document as a reader would say it, or None."""
    source = latest_document(kb, council, on)
    return source.dated.display() if source is not None and source.dated is not None else None


__all__ = ["latest_document", "reach_in_words"]
