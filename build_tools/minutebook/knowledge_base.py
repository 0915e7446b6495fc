"""The records of a knowledge base, by id and by name, linked both ways."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from minutebook.reader import Reading
from minutebook.records.base import FieldPath, Part, Record, Reference, parts, references
from minutebook.records.source_document import SourceDocument
from minutebook.records.values import Ref
from minutebook.settings import Settings, Synonyms
from minutebook.when import When

R = TypeVar("R", bound=Record)
P = TypeVar("P", bound=Part)
T = TypeVar("T")

Located: TypeAlias = tuple[Record, FieldPath, Part]  # a part, the record it lies in, and the path to it

# `[[projects/extra-care]]` or `[[projects/extra-care|Extra Care]]` in narrative.
LINK = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]\n]*))?\]\]")


@dataclass(frozen=True, slots=True)
class Backlink:
    """A link read from its end: which record points here, by which field, and what that is called."""

    name: str
    record: Record
    path: FieldPath


class Inside:
    """What lies in one record, whatever the others say: its references, the ends of its links, its parts."""

    __slots__ = ("_ends", "_links", "_parts", "record")

    def __init__(self, record: Record) -> None:
        self.record = record
        self._links: tuple[Reference, ...] | None = None
        self._ends: tuple[tuple[Ref, Backlink], ...] | None = None
        self._parts: Mapping[type[Part], tuple[Located, ...]] | None = None

    @property
    def links(self) -> tuple[Reference, ...]:
        """Its references, whether or not they lead anywhere."""
        if self._links is None:
            self._links = tuple(references(self.record))
        return self._links

    @property
    def ends(self) -> tuple[tuple[Ref, Backlink], ...]:
        """What it points at and mentions, once for each id and name, with the link as it is read from there."""
        if self._ends is None:
            ends: dict[tuple[Ref, str], FieldPath] = {}
            for link in self.links:
                ends.setdefault((link.target, link.to.backlink), link.path)
            for target, _ in narrative_links(self.record):
                if target is not None:
                    ends.setdefault((target, "mentioned_in"), ())
            self._ends = tuple(
                (target, Backlink(name, self.record, path)) for (target, name), path in ends.items()
            )
        return self._ends

    @property
    def parts(self) -> Mapping[type[Part], tuple[Located, ...]]:
        """The record and all that is inside it, by type."""
        if self._parts is None:
            found: defaultdict[type[Part], list[Located]] = defaultdict(list)
            for path, part in parts(self.record):
                found[type(part)].append((self.record, path, part))
            self._parts = {part_type: tuple(located) for part_type, located in found.items()}
        return self._parts


class Remembered:
    """What was found inside records, for a server that links them again at each change of one.

    It is true of that very object and of no copy: what the gate cut is another record, in which
    something else lies, though it has the same id.
    """

    def __init__(self) -> None:
        self._known: dict[Ref, Inside] = {}

    def inside(self, record: Record) -> Inside:
        """What lies in a record."""
        known = self._known.get(record.id)
        if known is None or known.record is not record:
            known = self._known[record.id] = Inside(record)
        return known

    def forget_all_but(self, ids: Collection[Ref]) -> None:
        """Let go of what lay in records that are there no longer."""
        for gone in self._known.keys() - ids:
            del self._known[gone]


class Question(Generic[T]):
    """What many pages ask of all records together, so that it is found once for each knowledge base.

    It is put in words alone (`about`), so that it can be written down and asked again of other records.
    """

    known: ClassVar[dict[str, Question[Any]]] = {}

    def __init__(self, name: str, find: Callable[..., T]) -> None:
        if name in self.known:
            raise ValueError(f"there is a question `{name}` already")
        self.name = name
        self.find = find  # of a knowledge base, and of what it is about
        self.known[name] = self


class KnowledgeBase:
    """Records that are linked. Questions about them are asked by modules that take one."""

    def __init__(
        self,
        records: Iterable[Record],
        *,
        broken: Iterable[Ref] = (),
        settings: Settings | None = None,
        synonyms: Synonyms | None = None,
        councils: Mapping[str, str] | None = None,
        remembered: Remembered | None = None,
    ) -> None:
        by_id = {record.id: record for record in sorted(records, key=lambda record: record.id)}
        self.records: Mapping[Ref, Record] = MappingProxyType(by_id)
        self._remembered = remembered or Remembered()
        self._remembered.forget_all_but(by_id.keys())
        # Ids whose files could not be read: what refers to them is not at fault.
        self.broken = frozenset(broken)
        self.settings = settings or Settings.model_validate({})
        self.synonyms = synonyms or Synonyms.model_validate({})
        self.councils: Mapping[str, str] = MappingProxyType(dict(councils or {}))
        self._answers: dict[tuple[str, ...], Any] = {}

    def answer(self, question: Question[T], *about: str) -> T:
        """Return the answer to a question, which is found when it is first asked."""
        key = (question.name, *about)
        if key not in self._answers:
            self._answers[key] = question.find(self, *about)
        answer: T = self._answers[key]
        return answer

    def of(self, record_type: type[R]) -> tuple[R, ...]:
        """Return the records of one type, in the order of their ids."""
        return self._by_type.get(record_type, ())  # type: ignore[return-value]

    def each(self, part_type: type[P]) -> tuple[tuple[Record, FieldPath, P], ...]:
        """Return every part of one type, in whichever record it stands, with that record and the path to it."""
        return self.parts.get(part_type, ())  # type: ignore[return-value]

    def get(self, record_id: str | None, record_type: type[R]) -> R | None:
        """Return the record with this id where it is there and of this type."""
        record = self.records.get(Ref(record_id)) if record_id else None
        return record if isinstance(record, record_type) else None

    def backlinks(self, record_id: str, name: str | None = None) -> tuple[Backlink, ...]:
        """Return what points at a record, once for each record and name, oldest id first."""
        found = self._backlinks.get(record_id, ())
        return tuple(link for link in found if name is None or link.name == name)

    def pointing(self, record_id: str, name: str, record_type: type[R]) -> tuple[R, ...]:
        """Return the records of one type that point at a record by a link of one name."""
        return tuple(
            link.record for link in self.backlinks(record_id, name) if isinstance(link.record, record_type)
        )

    def find(self, name: str, *record_types: type[Record]) -> tuple[Record, ...]:
        """Return the records that `name` means: by id, else by slug, title or alias; all where several do."""
        exact = self.records.get(Ref(name))
        if exact is not None and (not record_types or isinstance(exact, record_types)):
            return (exact,)
        for index in self._names:
            found = [r for r in index.get(plain(name), ()) if not record_types or isinstance(r, record_types)]
            if found:
                return tuple(found)
        return ()

    def names(self, *record_types: type[Record]) -> Iterator[str]:
        """Every name that `find` takes for records of these types."""
        for record in self.records.values():
            if not record_types or isinstance(record, record_types):
                yield from (record.id, record.id.slug, record.title, *record.aliases)

    @cached_property
    def as_of(self) -> When | None:
        """The date the records speak of: set in `minutebook.yml`, else the latest that any source bears."""
        if self.settings.as_of is not None:
            return self.settings.as_of
        dates = [
            s.dated.latest
            for s in self.of(SourceDocument)
            if s.dated is not None and s.dated.latest is not None
        ]
        return When.parse(max(dates).isoformat()) if dates else None

    @cached_property
    def links(self) -> Mapping[Ref, tuple[Reference, ...]]:
        """The references of each record, whether or not they lead anywhere."""
        inside = self._remembered.inside
        return MappingProxyType(
            {record_id: inside(record).links for record_id, record in self.records.items()}
        )

    @cached_property
    def parts(self) -> Mapping[type[Part], tuple[Located, ...]]:
        """All records and all that is inside them, by type: walked once, for every check that asks."""
        found: defaultdict[type[Part], list[Located]] = defaultdict(list)
        inside = self._remembered.inside
        for record in self.records.values():
            for part_type, located in inside(record).parts.items():
                found[part_type] += located
        return MappingProxyType({part_type: tuple(everywhere) for part_type, everywhere in found.items()})

    @cached_property
    def _by_type(self) -> dict[type[Record], tuple[Record, ...]]:
        groups: defaultdict[type[Record], list[Record]] = defaultdict(list)
        for record in self.records.values():
            groups[type(record)].append(record)
        return {record_type: tuple(group) for record_type, group in groups.items()}

    @cached_property
    def _backlinks(self) -> dict[str, tuple[Backlink, ...]]:
        found: defaultdict[str, list[Backlink]] = defaultdict(list)
        inside = self._remembered.inside
        for record in self.records.values():
            for target, link in inside(record).ends:
                if target in self.records:
                    found[target].append(link)
        return {target: tuple(backlinks) for target, backlinks in found.items()}

    @cached_property
    def _names(self) -> tuple[dict[str, tuple[Record, ...]], dict[str, tuple[Record, ...]]]:
        ids: defaultdict[str, dict[Ref, Record]] = defaultdict(dict)
        titles: defaultdict[str, dict[Ref, Record]] = defaultdict(dict)
        for record in self.records.values():
            for one in (record.id, f"{record.id.folder}/{record.id.slug}"):
                ids[plain(one)][record.id] = record
            for name in (record.id.slug, record.title, *record.aliases):
                titles[plain(name)][record.id] = record
        return (
            {name: tuple(found.values()) for name, found in ids.items()},
            {name: tuple(found.values()) for name, found in titles.items()},
        )


def link_records(reading: Reading, remembered: Remembered | None = None) -> KnowledgeBase:
    """Join what was read into a knowledge base; references that lead nowhere are found by the checks.

    What is remembered from linking before need not be looked for again in the very same records.
    """
    return KnowledgeBase(
        reading.records,
        broken=reading.broken,
        settings=reading.settings,
        synonyms=reading.synonyms,
        councils=reading.councils,
        remembered=remembered,
    )


def narrative_links(record: Record) -> Iterator[tuple[Ref | None, re.Match[str]]]:
    """Each `[[link]]` of a narrative: the id it names, or None where it is no id, and where it stands."""
    if "[[" not in record.narrative:
        return
    for match in LINK.finditer(record.narrative):
        try:
            yield Ref.parse(match[1].strip(), record.council), match
        except ValueError:
            yield None, match


_WORDS = re.compile(r"[^\W_]+")  # of any script
# The same for ASCII and the signs that minutes have besides: four times faster than the pattern.
_SIGNS = "£‘’“”–—•…\u00a0"
_PLAIN_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_LONG = 200  # characters, from which it is no name but a text
_ACCENTS = re.compile("[\u0300-\u036f]+")


def plain(name: str) -> str:
    """A name without case, accents, punctuation and double spaces: how names are compared."""
    return _plain_name(name) if len(name) < _LONG else " ".join(plain_words(name))


@lru_cache(maxsize=65_536)  # a live server compares all names at each change of one record
def _plain_name(name: str) -> str:
    return " ".join(plain_words(name))


def plain_words(name: str) -> list[str]:
    """The words of a name or a text, without case, accents and punctuation."""
    if not name.isascii():
        for sign in _SIGNS:
            name = name.replace(sign, " ")
    if name.isascii():
        return name.translate(_PLAIN_ASCII).split()
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", name.casefold())).casefold()
    return _WORDS.findall(text)
