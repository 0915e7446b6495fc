"""A record as a line of a list: made once, and put on every page that lists it."""

from __future__ import annotations

from markupsafe import Markup, escape

from minutebook.belonging import body_of, date_of
from minutebook.citing import council_name
from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs.addresses import Anywhere
from minutebook.outputs.words import moment, noun_of
from minutebook.records.base import Record
from minutebook.records.values import Ref


class RecordLines:
    """Lines of records: the title as a link, what it is, and its council (where there are several), body and date."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._links = Anywhere(kb)
        self._several = len({record.council for record in kb.records.values()}) > 1
        self._made: dict[Ref, Markup] = {}

    def of(self, record: Record) -> Markup:
        """The line, to be put on a page."""
        made = self._made.get(record.id)
        if made is None:
            made = self._made[record.id] = self._line(record)
        return made

    def _line(self, record: Record) -> Markup:
        kind = getattr(record, "kind", None)
        about = [
            escape(str(kind) if kind and record.id.folder in ("bodies", "projects") else noun_of(record))
        ]
        if self._several:
            about.append(escape(council_name(self._kb, record)))
        body = body_of(self._kb, record)
        if body is not None and body is not record:
            about.append(escape(body.title))
        if (when := date_of(self._kb, record)) is not None:
            about.append(moment(when))
        return Markup('{} <span class="mb-small">{}</span>').format(
            self._links.record(record.id), Markup(", ").join(about)
        )
