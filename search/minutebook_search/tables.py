"""Answers as a table for a spreadsheet, and as citations to paste."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from minutebook.citing import citation, council_name
from minutebook.knowledge_base import KnowledgeBase
from minutebook.official import official
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.values import Ref
from minutebook_search.documents import SearchDocument
from minutebook_search.engine import Hit
from minutebook_search.words import tidy

COLUMNS = (
    "id", "type", "title", "date", "council", "body", "outcome", "topics", "score", "snippet", "citation", "official page", "page",
)  # fmt: skip
# What makes a spreadsheet read a cell as a formula (OWASP, CSV injection), also behind white space,
# and where it takes the signs of East Asian keyboards for them.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20|%")


def as_csv(kb: KnowledgeBase, documents: Mapping[Ref, SearchDocument], hits: Iterable[Hit]) -> str:
    """Return hits as CSV (RFC 4180, UTF-8), a line for each; no cell of it can be read as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for hit in hits:
        document, record = documents[Ref(hit.id)], kb.records[Ref(hit.id)]
        body = kb.get(document.body, Body)
        cells = (
            hit.id, hit.type, hit.title, hit.date or "", council_name(kb, record), body.title if body else "",
            document.outcome or "", "; ".join(document.topics), f"{hit.score:g}", hit.snippet,
            citation(kb, record), official_page(kb, record) or "", hit.url,
        )  # fmt: skip
        writer.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def safe_cell(text: str) -> str:
    """Return the text of a cell on one line, with an apostrophe in front where it would be a formula."""
    line = tidy(text)
    return f"'{line}" if line.lstrip().startswith(_FORMULA) else line


def cite(kb: KnowledgeBase, record: Record) -> str:
    """Return the citation of a record to paste, as its page has it; there is no site here to give its address."""
    return citation(kb, record, f"{record.id}/")


def official_page(kb: KnowledgeBase, record: Record) -> str | None:
    """Return the address of the official page that a record is taken from; None where no source has one."""
    found = official(kb, record)
    return found.url if found is not None else None
