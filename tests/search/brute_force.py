"""A reader of queries that asks every document in turn: what each engine must find, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minutebook_search.documents import SearchDocument
from minutebook_search.query import And, DateRange, Filter, Node, Not, Or, Phrase, Prefix, Word
from minutebook_search.whoosh_engine import stem
from minutebook_search.words import Compound, compounds, joined, key_of, words


def search(node: Node | None, documents: Iterable[SearchDocument]) -> set[str]:
    """Return the ids of the documents that a query matches."""
    everything = list(documents)
    return {one.id for one in everything if node is not None and _matches(node, one, everything)}


def _matches(node: Node, document: SearchDocument, all_of_them: Sequence[SearchDocument]) -> bool:
    match node:
        case Not():
            return not _matches(node.of, document, all_of_them)
        case And():
            return all(_matches(one, document, all_of_them) for one in node.of)
        case Or():
            return any(_matches(one, document, all_of_them) for one in node.of)
        case Filter():
            return key_of(node.value) in {key_of(name) for name in _names(node.field, document, all_of_them)}
        case DateRange():
            first, last = document.first, document.last
            if first is None or last is None:
                return False
            return not (node.last is not None and first > node.last) and not (
                node.first is not None and last < node.first
            )
        case Phrase():
            row = [word.printed for word in words(node.text)]
            return _has_row(row, document) or (len(row) == 1 and row[0] in _wholes(document))
        case Prefix():
            beginning = "".join(word.printed for word in words(node.text))
            printed = {word.printed for passage in document.passages for word in words(passage.text)}
            return any(one.startswith(beginning) for one in printed | _wholes(document))
        case Word():
            return all(_has_word(compound, document) for compound in compounds(node.text))


def _has_word(wanted: Compound, document: SearchDocument) -> bool:
    whole = joined(wanted) if len(wanted) > 1 else wanted[0].base
    stems = {stem(word.base) for passage in document.passages for word in words(passage.text)}
    if stem(whole) in stems | {stem(one) for one in _wholes(document)}:
        return True
    return len(wanted) > 1 and _has_row([word.printed for word in wanted], document)


def _wholes(document: SearchDocument) -> set[str]:
    """The compounds of a document as one word each."""
    return {
        joined(compound)
        for passage in document.passages
        for compound in compounds(passage.text)
        if len(compound) > 1
    }


def _has_row(row: list[str], document: SearchDocument) -> bool:
    for passage in document.passages:
        printed = [word.printed for word in words(passage.text)]
        if any(printed[at : at + len(row)] == row for at in range(len(printed))):
            return True
    return False


def _names(field: str, document: SearchDocument, all_of_them: Sequence[SearchDocument]) -> set[str]:
    """Every name of the values a document has in a field."""
    by_field: dict[str, set[str | None]] = {
        "type": {document.type, document.id.folder},
        "council": {document.council},
        "body": {document.body},
        "outcome": {document.outcome},
        "project": set(document.projects),
        "topic": set(document.topics),
    }
    values = by_field[field]
    names = {value for value in values if value is not None}
    if field in ("body", "project"):
        names |= {name for value in names for name in (value.split("/", 1)[1], value.split("/")[2])}
        names |= {name for other in all_of_them if other.id in values for name in other.names}
    if field == "council":
        names |= {
            n
            for other in all_of_them
            if other.id.split("/")[:2] == [document.council, "council"]
            for n in other.names
        }
    return names
