"""The council's own page of what a record rests on: where a reader finds the words at their source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minutebook.belonging import trail
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import Citation, Record, parts
from minutebook.records.source_document import SourceDocument, SourceKind, Standing
from minutebook.records.values import Ref


@dataclass(frozen=True, slots=True)
class OfficialPage:
    """A page of the body itself: its address, and the source it is of.

    `lists_only` says that it only lists that source; `is_doubtful` that it is the page of a meeting, and
    no record says of which.
    """

    url: str
    source: SourceDocument
    lists_only: bool
    is_doubtful: bool


def official(kb: KnowledgeBase, record: Record) -> OfficialPage | None:
    """The official page of a record, or the page that lists its document where that has none of its own.

    Of the record itself, if it is a document; of the documents it cites; of what it happened at. A
    third party's page is none.
    """
    return _first_page(kb, _cited(kb, record)) or _first_page(
        kb,
        (
            source
            for one in (record, *trail(kb, record))
            for source in kb.pointing(one.id, "documents", SourceDocument)
        ),
    )


def official_page(kb: KnowledgeBase, record: Record) -> str | None:
    """The address of the official page of a record; None where no source has one."""
    found = official(kb, record)
    return found.url if found is not None else None


def _cited(kb: KnowledgeBase, record: Record) -> Iterator[SourceDocument]:
    """The document that a record is, and those it cites: the record itself first, then each part of it."""
    if isinstance(record, SourceDocument):
        yield record
    inside = (part for _, part in parts(record) if isinstance(part, Citation))
    for citation in (*record.citations, *inside):
        if (source := kb.get(citation.source, SourceDocument)) is not None:
            yield source


def _first_page(kb: KnowledgeBase, sources: Iterable[SourceDocument]) -> OfficialPage | None:
    """The first of these that has a page of its own, else the first that a page lists; each is asked once."""
    seen: dict[Ref, SourceDocument] = {}
    for source in sources:
        if source.standing is Standing.OFFICIAL and source.id not in seen:
            if source.url is not None:
                return OfficialPage(source.url, source, False, _is_doubtful(source))
            seen[source.id] = source
    for source in seen.values():
        page = kb.get(source.listed_on, SourceDocument)
        if page is not None and page.url is not None and page.standing is Standing.OFFICIAL:
            return OfficialPage(page.url, source, True, _is_doubtful(page))
    return None


def _is_doubtful(page: SourceDocument) -> bool:
    return page.kind is SourceKind.MEETING_PAGE and not page.record_of


__all__ = ["OfficialPage", "official", "official_page"]
