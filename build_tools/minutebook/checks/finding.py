"""How a check says what it found: at a field of a record, with the names it mentions."""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from minutebook.diagnostics import Diagnostic, HiddenNames, Note, Place, Rule
from minutebook.front_matter import places
from minutebook.knowledge_base import KnowledgeBase
from minutebook.privacy import is_public, names_of_hidden
from minutebook.records.base import FieldPath, Record
from minutebook.records.values import Ref
from minutebook.source import Span


def place(record: Record, path: FieldPath = (), *, key: bool = False) -> Place:
    """The place of a field's value, or with `key` of its name; of the record where the field is not written."""
    spans = places(record.file)
    while path and path not in spans:
        path = path[:-1]
    if not path:
        title = spans.get(("title",))
        return Place.of(record.file, title[1] if title else Span.at(1, 1, 3))
    return Place.of(record.file, spans[path][0 if key else 1])


def narrative_place(record: Record, start: int, end: int) -> Place:
    """The place of a stretch of a record's narrative, by its offsets."""
    line = record.narrative.count("\n", 0, start)
    column = start - (record.narrative.rfind("\n", 0, start) + 1) + 1
    return Place.of(record.file, Span.at(record.narrative_line + line, column, end - start))


def finding(
    kb: KnowledgeBase,
    record: Record,
    at: Place,
    rule: Rule,
    message: str,
    help: str | None = None,
    notes: Iterable[Note] = (),
    names: Iterable[Ref] = (),
) -> Diagnostic:
    """A finding about `record`; `names` are the other records that the message and notes mention."""
    others = [kb.records[name] for name in names if name in kb.records]
    restricted = not all(map(is_public, (record, *others)))
    found = Diagnostic(rule, at, message, help or rule.mend, tuple(notes), restricted)
    if not restricted:
        # The author's own line may name what the check did not ask for.
        found = _hidden_names(kb).mask(found)
    return found


_HIDDEN: WeakKeyDictionary[KnowledgeBase, HiddenNames] = WeakKeyDictionary()


def _hidden_names(kb: KnowledgeBase) -> HiddenNames:
    """The names of what is not public in a knowledge base, gathered when the first finding asks for them."""
    if (known := _HIDDEN.get(kb)) is None:
        known = _HIDDEN[kb] = names_of_hidden(kb.records.values())
    return known
