"""How a record is cited in a letter or a report: council, body, date, number, the words, and its address."""

from __future__ import annotations

from minutebook.belonging import body_of, date_of, trail
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.council import Council
from minutebook.records.indicator import Indicator
from minutebook.records.plan import Plan
from minutebook.records.post import Post
from minutebook.records.project import Project
from minutebook.records.report import Report
from minutebook.records.resolution import Resolution
from minutebook.records.source_document import SourceDocument

# Records whose title is the name that the council itself gives; of others it is the editor's.
_TITLED = (AgendaItem, Body, Indicator, Plan, Post, Project, Report, SourceDocument)
_NOUNS = {"action": "promise"}
_LONGEST = 600  # characters of quoted words; a citation that fills a page is not pasted


def citation(kb: KnowledgeBase, record: Record) -> str:
    """The citation of a public record, without its address: whoever prints it knows where the site stands.

    Order and punctuation follow what officers write: `Harrow Council, Overview and Scrutiny Committee,
    7 January 2020, minute 81, resolution: “That …”`. A title that the editor gave, where the source
    has none, stands in square brackets, and is left out where the words themselves follow.
    """
    council = council_name(kb, record)
    body = body_of(kb, record)
    when = date_of(kb, record)
    parts = [council]
    if body is not None and body is not record and body.title != council:
        parts.append(body.title)
    if when is not None:
        parts.append(when.display())
    parts += _numbers(kb, record)
    if not isinstance(record, Council):
        number = record.reference_number if isinstance(record, Report) else None
        parts.append(f"{_NOUNS.get(record.noun, record.noun)} {number or ''}".strip())
    text = ", ".join(parts)
    words = _words(record)
    if isinstance(record, Council):
        return text
    if isinstance(record, _TITLED):
        text += f" “{record.title}”"
    elif not words:
        text += f" [{record.title}]"
    return f"{text}: “{words}”" if words else text


def council_name(kb: KnowledgeBase, record: Record) -> str:
    """The name of the council whose record it is."""
    own = kb.get(f"{record.council}/council/{record.council}", Council)
    if own is None:
        own = next((one for one in kb.of(Council) if one.council == record.council), None)
    return own.title if own is not None else record.council.replace("-", " ").capitalize()


def _numbers(kb: KnowledgeBase, record: Record) -> list[str]:
    """The number by which a clerk finds it: of the minute, else of the item."""
    for one in (record, *trail(kb, record)):
        if isinstance(one, AgendaItem):
            if one.minute_number:
                return [f"minute {one.minute_number}"]
            return [f"item {one.number}"] if one.number else []
    return []


def _words(record: Record) -> str:
    """The operative words, on one line; cut at a word where they are very long."""
    if isinstance(record, Resolution):
        said = " ".join(
            f"{clause.number} {clause.wording}" if clause.number else clause.wording
            for clause in record.clauses
        )
    else:
        said = getattr(record, "wording", None) or getattr(record, "words", None) or ""
    said = " ".join(str(said).split())
    return said if len(said) <= _LONGEST else said[:_LONGEST].rpartition(" ")[0] + " …"


__all__ = ["citation", "council_name"]
