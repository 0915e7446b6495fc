"""Answers as a table for a spreadsheet, and as citations to paste."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from minutebook.citing import citation, council_name
from minutebook.csv_tables import csv_table
from minutebook.knowledge_base import KnowledgeBase
from minutebook.official import official_page
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.values import Ref
from minutebook_search.documents import SearchDocument
from minutebook_search.engine import Hit
from minutebook_search.origins import origin_of
from minutebook_search.words import tidy

COLUMNS = (
    "title", "type", "date", "council", "body", "outcome", "what was found", "source document", "place in source",
    "citation", "official page", "page", "topics", "exact date", "id",
)  # fmt: skip


def as_csv(kb: KnowledgeBase, documents: Mapping[Ref, SearchDocument], hits: Iterable[Hit]) -> str:
    """Return hits as CSV (RFC 4180, UTF-8), a line for each; no cell of it can be read as a formula."""
    return csv_table(COLUMNS, (_row(kb, documents[Ref(hit.id)], hit) for hit in hits))


def _row(kb: KnowledgeBase, document: SearchDocument, hit: Hit) -> list[str]:
    record, body = kb.records[document.id], kb.get(document.body, Body)
    origin = origin_of(kb, record, hit.passage)
    cells = (
        hit.title, document.spoken.capitalize(), document.date.display() if document.date else "", council_name(kb, record),
        body.title if body else "", document.outcome or "", hit.snippet, origin.document, origin.place, citation(kb, record),
        official_page(kb, record) or "", hit.url, "; ".join(document.topics), hit.date or "", hit.id,
    )  # fmt: skip
    return [tidy(cell) for cell in cells]


def cite(kb: KnowledgeBase, record: Record) -> str:
    """Return the citation of a record to paste, as its page has it; its id stands for an address, which nobody knows here."""
    return citation(kb, record, record.id)
