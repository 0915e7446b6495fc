"""Where the words of a passage are from: the document and the place in it that the record gives for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from minutebook.absence import metadata, written_name
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import Citation, FieldPath, Part, Record, Searched, citations, parts
from minutebook.records.figures import Cell
from minutebook.records.source_document import SourceDocument
from minutebook.records.values import Amount
from minutebook_search.words import tidy

_MOST_PLACES = 3  # of one document that are named; what rests on more of them rests on the document
_MOST_DOCUMENTS = 3  # that are named where a record cites several
_NAMES = frozenset(["title", "aliases", "topics"])  # of a record: names that it goes by, not what it says

_Written = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """The title of a document and the place in it, each empty where it is not known.

    `apart` says that the words stand on the page of the record's receipts, and not on its own.
    """

    document: str
    place: str
    apart: bool = False


NOWHERE = Origin("", "")


def origin_of(kb: KnowledgeBase, record: Record, passage: str) -> Origin:
    """Return where the words of one passage of a record are from; of the editor's own words what the record cites.

    `NOWHERE` where it cites nothing.
    """
    found = origins_of(kb, record)
    return found.get(passage) or found.get(tidy(record.title), NOWHERE)


def origins_of(kb: KnowledgeBase, record: Record) -> Mapping[str, Origin]:
    """Return for the passages of a record, as they are searched, where they are from.

    The words of a receipt are from its document, and stand where it says. A field rests on the receipts that name it
    in `supports`; else on those of the part of the record that it is in, or of what that is in. Where these are of
    several documents, which of them it is from is not known, and none is named for it. The narrative is the editor's
    own, and from none. What has no document of its own rests on those that the record cites: under its title, which is
    the first passage of every record and which the editor gave it.
    """
    inner = list(parts(record))
    found: dict[str, Origin] = {}
    quoted: dict[str, list[Citation]] = {}
    for _, part in inner:
        if isinstance(part, Citation) and part.quote is not None:
            quoted.setdefault(tidy(part.quote), []).append(part)
    for text, receipts in quoted.items():
        found[text] = _origin(kb, receipts)
    holders = {path: given for path, part in inner if (given := _receipts_of(part))}
    for path, part in inner:
        if isinstance(part, Citation):
            continue
        given = _given_for(path, holders)
        if not given:
            continue
        for name, text in texts_of(part):
            if (tidied := tidy(text)) and tidied not in found:
                found[tidied] = _origin(kb, _meant(given, name))
    found[tidy(record.title)] = _cited(kb, record)
    return {text: origin for text, origin in found.items() if text and origin != NOWHERE}


def _cited(kb: KnowledgeBase, record: Record) -> Origin:
    """The documents that a record cites, in the order of its receipts, each with its places; the first few of many."""
    places: dict[str, dict[str, None]] = {}
    for one in citations(record):
        if (document := kb.get(one.source, SourceDocument)) is not None:
            known = places.setdefault(_tidy_once(document.title), {})
            known.update({_tidy_once(one.at): None} if one.at is not None else {})
    if len(places) < 2:
        return next((Origin(title, _few(known, "; ")) for title, known in places.items()), NOWHERE)
    more = [f"and {len(places) - _MOST_DOCUMENTS} more"] if len(places) > _MOST_DOCUMENTS else []
    where = [
        _few(known, ", ") or ("several places" if known else "no place given") for known in places.values()
    ]
    titles, first = list(places)[:_MOST_DOCUMENTS], where[:_MOST_DOCUMENTS]
    return Origin("; ".join([*titles, *more]), "; ".join([*first, *more]))


def _few(places: Collection[str], between: str) -> str:
    """The places in one document; none of many."""
    return between.join(places) if len(places) <= _MOST_PLACES else ""


def _receipts_of(part: Part) -> Sequence[Citation]:
    """The receipts of a part itself."""
    # Where pydantic keeps fields: to ask a part for one that its model has not takes ten times as long.
    given: Sequence[Citation] = part.__dict__.get("citations", ())
    return given


def _given_for(path: FieldPath, holders: Mapping[FieldPath, Sequence[Citation]]) -> Sequence[Citation]:
    """The receipts of a part, or of the nearest that it is in and that has some."""
    for end in range(len(path), -1, -1):
        if (given := holders.get(path[:end])) is not None:
            return given
    return ()


def _meant(given: Sequence[Citation], field: str) -> Sequence[Citation]:
    """Of some receipts those that name a field, else those that name none, else all."""
    return (
        [one for one in given if field in one.supports] or [one for one in given if not one.supports] or given
    )


def _origin(kb: KnowledgeBase, receipts: Sequence[Citation]) -> Origin:
    sources = {one.source for one in receipts}
    document = kb.get(next(iter(sources)), SourceDocument) if len(sources) == 1 else None
    if document is None:
        return NOWHERE
    places = dict.fromkeys(_tidy_once(one.at) for one in receipts if one.at is not None)
    return Origin(_tidy_once(document.title), _few(places, "; "))


@lru_cache(maxsize=4_096)
def _tidy_once(name: str) -> str:
    return tidy(name)


def texts_of(part: Part) -> Iterator[tuple[str, str]]:
    """Yield what is searched of a part, each text after the field that it stands in, as files write that."""
    for name, written in _searched(type(part)):
        value = getattr(part, name)
        for one in value if isinstance(value, tuple) else (value,):
            if one is not None and not isinstance(one, tuple):
                yield written, str(one)
    if isinstance(part, Cell) and isinstance(part.amount, Amount):
        yield "amount", " ".join(filter(None, (part.qualifier, str(part.amount))))


@cache
def _searched(model: type[Part]) -> _Written:
    """The fields whose text is searched: their names here and in files."""
    fields = model.model_fields.items()
    return tuple(
        (name, written_name(info, name))
        for name, info in fields
        if metadata(info, Searched) is not None and not (issubclass(model, Record) and name in _NAMES)
    )
