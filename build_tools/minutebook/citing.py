"""How a record is cited in a letter or a report: council, body, date, item, number, the words, and where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutebook.belonging import body_of, date_of, trail
from minutebook.knowledge_base import KnowledgeBase
from minutebook.official import OfficialPage, official
from minutebook.records.action import Action
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import Citation, Record
from minutebook.records.body import Body
from minutebook.records.council import Council
from minutebook.records.discrepancy import Discrepancy
from minutebook.records.indicator import Indicator
from minutebook.records.meeting import Meeting
from minutebook.records.plan import Plan
from minutebook.records.post import Post
from minutebook.records.project import Project
from minutebook.records.report import Report
from minutebook.records.resolution import Resolution
from minutebook.records.source_document import SourceDocument
from minutebook.records.statement import Statement
from minutebook.records.transfer import Transfer

# Records whose title is the name that the council itself gives; of others it is the editor's.
_TITLED = (AgendaItem, Body, Indicator, Plan, Post, Project, Report, SourceDocument)
# What has a life and no day: the date on which it began would read as the date of the citation.
_UNDATED = (Body, Council, Post, Project)
# What no paper of the council has under this name: without the document and its words nobody could find it there.
_WITH_RECEIPT = (Action, Discrepancy, Statement, Transfer)
_REPORT = re.compile(r"report\s+", re.IGNORECASE)
_COLON = re.compile(r"\s*[:–-]\s*")
_LONGEST = 600  # characters of quoted words; a citation that fills a page is not pasted


def citation(kb: KnowledgeBase, record: Record, address: str | None = None) -> str:
    """The citation of a public record: one form for pages, tables, search and the command line.

    Order and punctuation follow what officers write: `Harrow Council, Overview and Scrutiny Committee,
    7 January 2020, minute 81, item “Progress”, report ACH20-001, resolution: “That …”. Council’s page:
    <https://…>. Record: <https://…>.` A title that the editor gave, where the source has none, stands in
    square brackets, and is left out where the words themselves follow. A promise, a statement, a transfer and a
    discrepancy name the document too: `…, transfer [Title]; source: “Report”, Section 2: “words”.` Whoever prints it knows where the
    site stands: `address` is that of the record there, or its id where nobody knows; without one that part
    is left out.
    """
    return _citation(kb, record, official(kb, record), address)


def citation_and_page(kb: KnowledgeBase, record: Record) -> tuple[str, str | None]:
    """The citation of a public record, and the address of its official page, which is looked for once for both."""
    page = official(kb, record)
    return _citation(kb, record, page, None), page.url if page is not None else None


def _citation(kb: KnowledgeBase, record: Record, page: OfficialPage | None, address: str | None) -> str:
    said = _named(kb, record)
    where = [said if said.endswith((".", "?", "!", ".”", "?”", "!”")) else f"{said}."]
    if page is not None:
        where.append(f"{_page_name(page)}: <{page.url}>.")
    if address is not None:
        where.append(f"Record: <{address}>." if "://" in address else f"Record: {address}.")
    return " ".join(where)


def _page_name(page: OfficialPage) -> str:
    """What the page is to the record; of one that may be of another meeting, that this is not established."""
    if page.is_doubtful:
        return "Council’s page (not established as the page of this meeting)"
    return "Council’s page that lists the document" if page.lists_only else "Council’s page"


def _named(kb: KnowledgeBase, record: Record) -> str:
    """What is cited: whose it is, of what day, by what number, and its words or its name."""
    council = council_name(kb, record)
    parts = [council]
    body = body_of(kb, record)
    if body is not None and body is not record and body.title != council:
        parts.append(body.title)
    when = date_of(kb, record) if not isinstance(record, _UNDATED) else None
    if when is not None:
        parts.append(when.display())
    parts += _item(kb, record)
    if isinstance(record, AgendaItem | Council):
        return ", ".join(parts)
    if isinstance(record, Meeting):  # its title is the body and the day
        return ", ".join([*parts, "meeting"] if when is not None else [*parts, f"meeting [{record.title}]"])
    words = _words(record)
    what = spoken_noun(record)
    if isinstance(record, Report):
        what = _report(record)
    elif isinstance(record, _TITLED):
        what += f" “{record.title}”"
    elif not words:
        what += f" [{record.title}]"
    text = ", ".join([*parts, what])
    said = f"{text}: “{words}”" if words else text
    return "; ".join([said, *_receipts(kb, record, words)])


def _receipts(kb: KnowledgeBase, record: Record, words: str) -> Iterator[str]:
    """The document, the place and the words on which a record rests; of a discrepancy those of each of its sides.

    Words that the citation has quoted already are not quoted again.
    """
    if not isinstance(record, _WITH_RECEIPT):
        return
    named = None
    for one in _first_receipts(record, words):
        source = kb.get(one.source, SourceDocument)
        if source is None:
            continue
        place = ", ".join(filter(None, ("" if source is named else f"source: “{source.title}”", one.at)))
        named = source
        quote = _one_line(one.quote or "")
        is_told = bool(words) and (quote in words or words in quote)
        yield ": ".join(filter(None, (place, f"“{quote}”" if quote and not is_told else "")))


def _first_receipts(record: Record, words: str) -> tuple[Citation, ...]:
    """The receipt that has the words cited, else the first; of a discrepancy the first of each side."""
    if isinstance(record, Discrepancy):
        return tuple(dict.fromkeys(side.citations[0] for side in record.sides if side.citations))
    own = record.citations
    if isinstance(record, Transfer):
        own = own or tuple(one for move in record.moves for one in move.citations)
    has_words = (one for one in own if words and words in _one_line(one.quote or ""))
    first = next(has_words, own[0] if own else None)
    return (first,) if first is not None else ()


def spoken_noun(record: Record) -> str:
    """What one record of a type is called to a reader: an action is a promise where somebody promised it."""
    if isinstance(record, Action):
        return "follow-up" if record.is_expected else "promise"
    return record.noun


def council_name(kb: KnowledgeBase, record: Record) -> str:
    """The name of the council whose record it is."""
    own = kb.get(f"{record.council}/council/{record.council}", Council)
    if own is None:
        own = next((one for one in kb.of(Council) if one.council == record.council), None)
    return own.title if own is not None else record.council.replace("-", " ").capitalize()


def _item(kb: KnowledgeBase, record: Record) -> list[str]:
    """Where in the minutes a clerk finds it: the number of the minute or the item, its title, the reports on it."""
    item = next((one for one in (record, *trail(kb, record)) if isinstance(one, AgendaItem)), None)
    if item is None:
        return []
    title = f"item {item.number} “{item.title}”" if item.number else f"item “{item.title}”"
    if item.minute_number:
        return [f"minute {item.minute_number}", f"item “{item.title}”", *_reports(kb, item)]
    return [title, *_reports(kb, item)]


def _reports(kb: KnowledgeBase, item: AgendaItem) -> list[str]:
    """The reports that an item was taken on, by the numbers that the council gave them."""
    found = [report for one in item.reports if (report := kb.get(one, Report)) is not None]
    return [f"report {one.reference_number}" for one in found if one.reference_number]


def _report(record: Report) -> str:
    """A report with its number, once: many have it in their title too."""
    number = record.reference_number
    if not number:
        return f"report “{record.title}”"
    title = record.title
    begins = _REPORT.match(title)
    # No pattern with the number in it: to compile one for each report takes longer than all the rest.
    for at in (begins.end() if begins is not None else 0, 0):
        behind = at + len(number)
        if title[at:behind].casefold() == number.casefold() and (sign := _COLON.match(title, behind)):
            title = title[sign.end() :]
            break
    return f"report “{title}”" if number in title else f"report {number} “{title}”"


def _words(record: Record) -> str:
    """The operative words, on one line."""
    if isinstance(record, Resolution):
        said = " ".join(
            f"{clause.number} {clause.wording}" if clause.number else clause.wording
            for clause in record.clauses
        )
    else:
        said = getattr(record, "wording", None) or getattr(record, "words", None) or ""
    return _one_line(str(said))


def _one_line(said: str) -> str:
    """Words on one line, cut between two words where they would fill a page."""
    said = " ".join(said.split())
    return said if len(said) <= _LONGEST else said[:_LONGEST].rpartition(" ")[0] + " …"


__all__ = ["citation", "citation_and_page", "council_name", "spoken_noun"]
