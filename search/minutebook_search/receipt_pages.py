"""Which words of a record stand on the page of its receipts, where these have one, and not on the record's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs.addresses import Links, address_of
from minutebook.outputs.fields import moved_with_receipts, read_record
from minutebook.outputs.receipts import Receipts, room_for
from minutebook.records.base import Record, citations, parts
from minutebook_search.origins import NOWHERE, Origin, origins_of, texts_of
from minutebook_search.words import tidy

_FIELD = "field-"  # what the anchor of a field's section begins with


def origins_and_pages(kb: KnowledgeBase, record: Record) -> Mapping[str, Origin]:
    """Return where the passages of a record are from, as `origins_of` does, and of each whether it stands apart.

    Where a record has more receipts than its page has room for, their words stand on a page of their own, and with
    them the long tables each row of which has a receipt.
    """
    found = origins_of(kb, record)
    if len(set(citations(record))) <= room_for(record):
        return found
    links = Links(kb, address_of(record.id))
    title = tidy(record.title)
    cited = found.get(
        title, NOWHERE
    )  # by the record: where words are from that have no document of their own
    apart = _words_apart(record, links) - {title}
    return {**found, **{text: replace(found.get(text, cited), apart=True) for text in apart}}


def _words_apart(record: Record, links: Links) -> set[str]:
    """The words of the receipts and of the tables that go with them, but for those that its fields have too."""
    sections = moved_with_receipts(read_record(record, links, Receipts(record, links, on_this_page=True)))
    moved = {one.anchor.removeprefix(_FIELD).replace("-", "_") for one in sections}
    here: set[str] = set()
    there = {tidy(one.quote) for one in citations(record) if one.quote is not None}
    for path, part in parts(record):
        texts = there if path and path[0] in moved else here
        texts.update(tidy(text) for _, text in texts_of(part))
    return there - here
