"""The search document: what of a record is searched, shown and narrowed by, derived from its model alone."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from minutebook.absence import metadata
from minutebook.belonging import body_of, date_of
from minutebook.citing import spoken_noun
from minutebook.knowledge_base import KnowledgeBase, narrative_links
from minutebook.likely import likely
from minutebook.publication import PublishedKnowledgeBase
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import Citation, Part, Record, Searched, parts
from minutebook.records.council import Council
from minutebook.records.figures import Cell
from minutebook.records.project import Project
from minutebook.records.report import Held, Paper, Report
from minutebook.records.resolution import Resolution
from minutebook.records.transfer import Move
from minutebook.records.values import Amount, Ref
from minutebook.when import When
from minutebook_search.plain_text import blocks
from minutebook_search.words import Compound, joined, spoken, tidy

NARRATIVE = 1.0  # the measure of all weights: a word of narrative
COUNCIL = 0.5  # whose record it is stands above every page, and says little of what is in it
DATE = 0.5  # nor does its date, though `resolution January 2020` asks for it in these words
KIND = 2.0  # what it is: whoever asks for a resolution wants one, more than a record that speaks of one
NUMBER = 3.0  # of an item or a minute, by which officers name it (`item 7`), and the sums of a table, which are its own
REPORT = 2.0  # the number of the report that something was resolved on: more than a mention, less than the report itself
QUOTATION = 1.0  # the words of a receipt are the source's, and often the only ones a reader remembers


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text within which words stand next to each other: a field, a paragraph, a quotation."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One public record as every reader of it sees it: Whoosh, the browser's index, and those to come.

    `type` is the noun of the record type, `spoken` what readers call this one (an action: a promise, or a
    follow-up), `body`, `projects` and `id` are ids, `council` is its slug, `url` is relative to the root of the site. A date is found by its bounds, both included.
    """

    id: Ref
    type: str
    spoken: str
    title: str
    names: tuple[str, ...]  # the title and the aliases
    url: str
    council: str
    body: str | None
    date: When | None
    outcome: str | None
    projects: tuple[str, ...]
    topics: tuple[str, ...]
    passages: tuple[Passage, ...]  # the title first

    @property
    def first(self) -> dt.date | None:
        """The first day by which it is put in order.

        Where the source leaves one end open ("by November 2019"), the end that is known stands for
        both: a search by date would otherwise find the record in every century. A day that the record
        calls probable stands for all others, as in the lists of the pages (`minutebook.likely`).
        """
        filed = self._filed
        return None if filed is None else filed.first_known

    @property
    def last(self) -> dt.date | None:
        """The last day by which it is put in order; see `first`."""
        filed = self._filed
        return None if filed is None else filed.last_known

    @property
    def earliest(self) -> dt.date | None:
        """The first day on which it is looked for: on which it can have been, where another is called probable too."""
        days = (self.date.first_known if self.date is not None else None, self.first)
        return min(filter(None, days), default=None)

    @property
    def latest(self) -> dt.date | None:
        """The last day on which it is looked for; see `earliest`."""
        days = (self.date.last_known if self.date is not None else None, self.last)
        return max(filter(None, days), default=None)

    @property
    def _filed(self) -> When | None:
        return None if self.date is None else likely(self.date) or self.date


def search_documents(published: PublishedKnowledgeBase) -> Iterator[SearchDocument]:
    """Yield the document of every public record, in the order of their ids.

    Raises TypeError for anything but what the gate has let through.
    """
    for document in document_heads(published):
        yield replace(document, passages=passages_of(published, document))


def document_heads(published: PublishedKnowledgeBase) -> Iterator[SearchDocument]:
    """Yield the documents but for their passages, which are most of them: what to order and to narrow them by.

    Raises TypeError for anything but what the gate has let through.
    """
    if not isinstance(published, PublishedKnowledgeBase):
        raise TypeError("search accepts only a PublishedKnowledgeBase: use publication.publish")
    kb = published.kb
    for record in kb.records.values():
        body = body_of(kb, record)
        title = tidy(record.title)
        yield SearchDocument(
            id=record.id,
            type=record.noun,
            spoken=spoken_noun(record),
            title=title,
            names=(title, *(tidy(alias) for alias in record.aliases)),
            url=f"{record.id}/",
            council=record.council,
            body=body.id if body is not None else None,
            date=date_of(kb, record),
            outcome=_outcome(record),
            projects=_projects(kb, record),
            topics=tuple(tidy(topic) for topic in record.topics),
            passages=(),
        )


def passages_of(published: PublishedKnowledgeBase, document: SearchDocument) -> tuple[Passage, ...]:
    """Return every searched text of a document's record, each once with its greatest weight, the title first."""
    kb = published.kb
    record = kb.records[document.id]
    found: dict[str, float] = {}
    for text, weight in _texts(kb, record):
        if tidied := tidy(text):
            found[tidied] = max(weight, found.get(tidied, 0.0))
    for text, weight in _said_of_many(kb, record, document):
        if tidied := _tidy_once(text):
            found[tidied] = max(weight, found.get(tidied, 0.0))
    return tuple(Passage(text, weight) for text, weight in found.items())


def newest_first(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """Return documents in the order in which those that match equally well are shown, in every engine.

    The newest first, by the first day on which it can have been, then by the last; what has no date comes
    last. Of one day those of one body stand together, in the reverse order of their ids.
    """

    def filed(document: SearchDocument) -> tuple[bool, dt.date, dt.date, str, str]:
        first, last = document.first, document.last
        return first is not None, first or dt.date.min, last or dt.date.min, document.body or "", document.id

    return sorted(documents, key=filed, reverse=True)


def wholes_of(text: str, found: Sequence[Compound]) -> Iterator[str]:
    """Yield what the compounds of a text are as one word each, and what its words in a row say as one."""
    for compound in found:
        if len(compound) > 1:
            yield joined(compound)
    tokens = [(token, number) for number, compound in enumerate(found) for token in compound]
    for start, end, whole in spoken([token.printed for token, _ in tokens]):
        if tokens[start][1] == tokens[end - 1][1]:
            continue  # one compound, which is joined already
        first = tokens[start][0]
        # A code is in capitals: `members 2019` is none. An amount begins with a digit.
        if text[first.start : first.end].isupper() or first.printed[0].isdigit():
            yield whole


def fingerprint(documents: Iterable[SearchDocument]) -> str:
    """Return the SHA-256 of all text that is searched: the same where an index of it would be the same."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(f"{document.id}\n{digest_of(document)}\n".encode())
    return digest.hexdigest()


def digest_of(document: SearchDocument) -> str:
    """Return a fingerprint of the text that is searched of one document: another where its index would be."""
    said = "".join([f"\n{passage.weight!r} {passage.text}" for passage in document.passages])
    return hashlib.blake2b(said.encode("utf-8"), digest_size=16).hexdigest()


def _texts(kb: KnowledgeBase, record: Record) -> Iterator[tuple[str, float]]:
    inner = [part for _, part in parts(record)]
    for part in inner:
        for name, weight in _searched(type(part)):
            for text in _strings(getattr(part, name)):
                yield text, weight
        yield from _said_otherwise(part)
    for text in blocks(record.narrative, lambda written: _name_of(kb, record, written)):
        yield text, NARRATIVE
    for part in inner:
        if isinstance(part, Citation) and part.quote is not None:
            yield part.quote, QUOTATION
    for report in _reports_on(kb, record):
        if report.reference_number is not None:
            yield f"Report {report.reference_number}", REPORT


def _said_of_many(kb: KnowledgeBase, record: Record, document: SearchDocument) -> Iterator[tuple[str, float]]:
    """What is said in the same words of many records: whose it is, what it is, of what day."""
    council = kb.records.get(Ref(f"{record.council}/council/{record.council}"))
    if council is not None and council is not record:
        yield council.title, COUNCIL
    yield document.spoken, KIND
    yield document.type, KIND  # often the same
    if document.date is not None:
        yield document.date.display(), DATE


@lru_cache(maxsize=4_096)
def _tidy_once(text: str) -> str:
    return tidy(text)


def _reports_on(kb: KnowledgeBase, record: Record) -> Iterator[Report]:
    """The reports that a record was taken on, whose numbers officers look for it by: of an item, and of a resolution."""
    match record:
        case AgendaItem():
            refs = record.reports
        case Resolution():
            item = kb.get(record.item, AgendaItem)
            refs = item.reports if item is not None else ()
        case _:
            refs = ()
    for ref in refs:
        if (report := kb.get(ref, Report)) is not None:
            yield report


def _said_otherwise(part: Part) -> Iterator[tuple[str, float]]:
    """What officers ask for that no text of the record says in so many words: numbers, amounts, what is lacking."""
    match part:
        case AgendaItem():
            if part.minute_number is not None:
                yield f"Minute {part.minute_number}", NUMBER
            if part.number is not None:
                yield f"Item {part.number}", NUMBER
        case Council(area_code=str()):
            yield str(part.area_code), NARRATIVE
        case Cell(amount=Amount()):
            yield " ".join(filter(None, (part.qualifier, str(part.amount)))), NUMBER
        case Paper(held=Held.NOT_HELD):
            yield f"{part.title}: {part.held.value}", NARRATIVE
        case Move(gap=str()):
            yield f"Declared gap: {part.gap}", NARRATIVE


@cache
def _searched(model: type[Part]) -> tuple[tuple[str, float], ...]:
    """The fields of a record or part whose text is searched, with their weights."""
    marks = ((name, metadata(info, Searched)) for name, info in model.model_fields.items())
    return tuple((name, mark.weight) for name, mark in marks if mark is not None)


def _strings(value: object) -> Iterator[str]:
    """The text of a value: of each of several; none of what is absent."""
    if isinstance(value, tuple):
        for one in value:
            yield from _strings(one)
    elif value is not None:
        yield str(value)


def _name_of(kb: KnowledgeBase, record: Record, written: str) -> str | None:
    """The title that a `[[link]]` without words of its own is shown with; nothing where it leads nowhere."""
    try:
        target = kb.records.get(Ref.parse(written, record.council))
    except ValueError:
        return None
    return target.title if target is not None else None


def _outcome(record: Record) -> str | None:
    """What a record of a type with outcomes came to: any `outcome` that is one of a list, as of resolutions."""
    value = getattr(record, "outcome", None)
    return str(value.value) if isinstance(value, enum.Enum) else None


def _projects(kb: KnowledgeBase, record: Record) -> tuple[str, ...]:
    """The projects that the record refers to, in a field or in its narrative, or is."""
    named = {link.target for link in kb.links[record.id]} | {record.id}
    named |= {target for target, _ in narrative_links(record) if target is not None}
    return tuple(sorted(one for one in named if isinstance(kb.records.get(one), Project)))
