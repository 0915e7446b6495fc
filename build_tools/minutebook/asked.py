"""What was asked of the records while something was made: it need be made again only where an answer is another."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, Protocol, TypeAlias, TypeVar

from minutebook.knowledge_base import Backlink, KnowledgeBase, Located, Question
from minutebook.ownership import Chain, Ownership, OwnershipHistory, Stretch
from minutebook.publication import PublishedHistory
from minutebook.records import RECORD_TYPES
from minutebook.records.base import Part, Record, Reference, parts
from minutebook.records.project import Project
from minutebook.records.values import Ref
from minutebook.when import When

R = TypeVar("R", bound=Record)
P = TypeVar("P", bound=Part)
T = TypeVar("T")

_TYPES: Mapping[str, type[Record]] = {record_type.folder: record_type for record_type in RECORD_TYPES}
_PLAIN = frozenset({str, Ref, int, bool, type(None)})


AskedQuestion: TypeAlias = tuple[str, ...]  # its name, and what it is about


class Asked:
    """The questions that were asked, each once: its name and what it was about, in words."""

    __slots__ = ("questions",)

    def __init__(self) -> None:
        self.questions: set[AskedQuestion] = set()

    def note(self, name: str, *about: str) -> None:
        """Note a question."""
        self.questions.add((name, *about))

    def note_record(self, record_id: str) -> None:
        """Note that a record was looked at."""
        self.note("record", record_id)


class AskedKnowledgeBase(KnowledgeBase):
    """A knowledge base that notes whatever it is asked, and answers as the one does that it stands for.

    What is asked by a way that is not known here is asked of all records, so that nothing goes unnoted.
    """

    def __init__(self, plain: KnowledgeBase, asked: Asked) -> None:
        # Nothing of it is made again: it has no records of its own.
        self._plain, self._asked = plain, asked
        self.records = _AskedRecords(plain.records, asked)
        self.broken, self.settings = plain.broken, plain.settings
        self.synonyms, self.councils = plain.synonyms, plain.councils

    def answer(self, question: Question[T], *about: str) -> T:
        """Return the answer to a question."""
        self._asked.note("answer", question.name, *about)
        return self._plain.answer(question, *about)

    def of(self, record_type: type[R]) -> tuple[R, ...]:
        """Return the records of one type, in the order of their ids."""
        self._asked.note("type", record_type.folder)
        return self._plain.of(record_type)

    def each(self, part_type: type[P]) -> tuple[tuple[Record, tuple[str | int, ...], P], ...]:
        """Return every part of one type, in whichever record it stands, with that record and the path to it."""
        self._asked.note("all")
        return self._plain.each(part_type)

    def get(self, record_id: str | None, record_type: type[R]) -> R | None:
        """Return the record with this id where it is there and of this type."""
        if record_id:
            self._asked.note("record", record_id)
        return self._plain.get(record_id, record_type)

    def backlinks(self, record_id: str, name: str | None = None) -> tuple[Backlink, ...]:
        """Return what points at a record, once for each record and name, oldest id first."""
        self._asked.note("pointing", record_id)
        return self._plain.backlinks(record_id, name)

    def find(self, name: str, *record_types: type[Record]) -> tuple[Record, ...]:
        """Return the records that `name` means."""
        self._asked.note("all")
        return self._plain.find(name, *record_types)

    def names(self, *record_types: type[Record]) -> Iterator[str]:
        """Every name that `find` takes for records of these types."""
        self._asked.note("all")
        return self._plain.names(*record_types)

    @cached_property
    def as_of(self) -> When | None:
        """The date the records speak of."""
        self._asked.note("as of")
        return self._plain.as_of

    @cached_property
    def links(self) -> Mapping[Ref, tuple[Reference, ...]]:
        """The references of each record, whether or not they lead anywhere."""
        self._asked.note("all")
        return self._plain.links

    @cached_property
    def parts(self) -> Mapping[type[Part], tuple[Located, ...]]:
        """All records and all that is inside them, by type."""
        self._asked.note("all")
        return self._plain.parts


class AskedHistory(PublishedHistory):
    """Ownership, with a note of whatever it is asked. What is not noted here is found from what is."""

    def __init__(self, plain: PublishedHistory, kb: AskedKnowledgeBase, asked: Asked) -> None:
        OwnershipHistory.__init__(self, kb)
        self._plain, self._asked = plain, asked

    @property
    def withheld(self) -> Mapping[Ref, tuple[When, ...]]:  # type: ignore[override] # an attribute there
        """By project: the days on which its answer is withheld."""
        self._asked.note("withheld")
        return self._plain.withheld

    def chain(self, project: Project) -> Chain:
        """The steps of a project."""
        self._asked.note("chain", project.id)
        return self._plain.chain(project)

    def owner(self, project: Project, on: When) -> Ownership:
        """Who answers for a project on a date."""
        self._asked.note("owner", project.id, on.value)
        return self._plain.owner(project, on)

    def stretches(self, project: Project) -> tuple[Stretch, ...]:
        """The answers for a project from the beginning to the end of time."""
        self._asked.note("stretches", project.id)
        return self._plain.stretches(project)

    def ever_held(self, body: Ref) -> tuple[Project, ...]:
        """The projects that a body is publicly said to have held on some day."""
        self._asked.note("ever held", body)
        return self._plain.ever_held(body)

    def holdings(self, body: Ref, on: When) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
        """What a body held on a date for certain, and what it may have held."""
        self._asked.note("holdings", body, on.value)
        return self._plain.holdings(body, on)

    def withheld_of(self, body: Ref, on: When) -> tuple[Ref, ...]:
        """The projects that public transfers gave to a body, and whose answer on a date is withheld."""
        self._asked.note("withheld of", body, on.value)
        return self._plain.withheld_of(body, on)


class _AskedRecords(Mapping[Ref, Record]):
    """Records by their ids, with a note of each that is looked for."""

    def __init__(self, plain: Mapping[Ref, Record], asked: Asked) -> None:
        self._plain, self._asked = plain, asked

    def __getitem__(self, record_id: Ref) -> Record:
        self._asked.note("record", record_id)
        return self._plain[record_id]

    def __iter__(self) -> Iterator[Ref]:
        self._asked.note("all")
        return iter(self._plain)

    def __len__(self) -> int:
        self._asked.note("all")
        return len(self._plain)


# -- the answers, in digests -------------------------------------------------------------------------


class Asking(Protocol):
    """What can be asked: records as they were published, and who answers for them."""

    @property
    def kb(self) -> KnowledgeBase:
        """The records."""

    @property
    def history(self) -> PublishedHistory:
        """Who answers for them."""


class Answers:
    """Digests of answers: the same where the answer is, whatever else has changed.

    With `more` there are questions besides, each by its name and how it is asked.
    """

    def __init__(self, asking: Asking, more: Mapping[str, Callable[..., object]] | None = None) -> None:
        self._asking = asking
        self._ways: Mapping[str, Callable[..., object]] = {**_WAYS, **(more or {})}
        self._parts: dict[int, tuple[Part, str]] = {}
        self._known: dict[AskedQuestion, bytes] = {}

    def prepare(self) -> None:
        """Look at every record now: what several processes would each do."""
        for record in self._asking.kb.records.values():
            self._part(record)

    def digest(self, questions: Iterable[AskedQuestion]) -> str:
        """One digest of the answers to all of these, in the order in which they are given."""
        whole = hashlib.sha256()
        for question in questions:
            if (known := self._known.get(question)) is None:
                known = self._known[question] = self._digest(question)
            whole.update(known)
        return whole.hexdigest()

    def _digest(self, question: AskedQuestion) -> bytes:
        name, *about = question
        told: list[str] = []
        self._tell(self._ways[name](self._asking, *about), told)
        return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).digest()

    def _tell(self, value: object, told: list[str]) -> None:
        """Add a value in pieces of text that only the same value has; TypeError where that cannot be told."""
        kind = type(value)
        if kind in _PLAIN or isinstance(value, str | date | enum.Enum):
            told.append(repr(value))
        elif kind is Backlink:
            assert isinstance(value, Backlink)
            told.append(f"{value.name} {value.path!r} {self._part(value.record)}")
        elif isinstance(value, Part):
            told.append(self._part(value))
        elif isinstance(value, tuple | list):
            told.append(f"({len(value)}")
            for one in value:
                self._tell(one, told)
        elif isinstance(value, When):
            told.append(f"when {value.value!r} {value.as_written!r}")
        elif isinstance(value, Mapping):
            self._tell(sorted(value.items()), told)
        elif is_dataclass(kind):
            told.append(kind.__name__)
            for name in _fields_of(kind):
                self._tell(getattr(value, name), told)
        else:
            raise TypeError(f"nothing tells one {kind.__name__} from another")

    def _part(self, part: Part) -> str:
        """A part, or a whole record, by a digest of all that it says, and of why it does not say the rest."""
        # It stays where it is as long as it is known here, so that nothing else can have its number.
        if (known := self._parts.get(id(part))) is None:
            told = [repr(part), *_absences(part)]
            if isinstance(part, Record):
                told += [part.id, part.file.path, part.narrative]
            said = "\0".join(told).encode("utf-8", "surrogatepass")
            known = self._parts[id(part)] = (part, hashlib.sha256(said).hexdigest())
        return known[1]


@cache
def _fields_of(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _absences(part: Part) -> Iterator[str]:
    """Why fields of a part, and of what lies in it, have no value: beside the fields, where no other way shows it."""
    for path, one in parts(part):
        if one.absences:
            yield f"{path} {[(name, one.absences[name].name) for name in sorted(one.absences)]}"


def _of_project(ask: Callable[..., object]) -> Callable[..., object]:
    """A question about a project: where that is gone the answer is None."""

    def about(asking: Asking, project_id: str, *more: str) -> object:
        project = asking.kb.get(project_id, Project)
        return ask(asking.history, project, *more) if project is not None else None

    return about


def _answer(asking: Asking, name: str, *about: str) -> object:
    return asking.kb.answer(Question.known[name], *about)


def _record(asking: Asking, record_id: str) -> object:
    return asking.kb.records.get(Ref(record_id))


def _chain(history: PublishedHistory, project: Project) -> object:
    """The steps of a project, without the stays from which their spans were found: of those there may be very many."""
    chain = history.chain(project)
    return chain.project, chain.steps, chain.unordered, chain.spans


# How each question is asked again: by its name, as it was noted above.
_WAYS: Mapping[str, Callable[..., Any]] = {
    "record": _record,
    "pointing": lambda asking, one: asking.kb.backlinks(one),
    "type": lambda asking, folder: asking.kb.of(_TYPES[folder]),
    "all": lambda asking: tuple(asking.kb.records.values()),
    "as of": lambda asking: asking.kb.as_of,
    "answer": _answer,
    "chain": _of_project(_chain),
    "owner": _of_project(lambda history, project, on: history.owner(project, When.parse(on))),
    "stretches": _of_project(lambda history, project: history.stretches(project)),
    "ever held": lambda asking, body: asking.history.ever_held(Ref(body)),
    "holdings": lambda asking, body, on: asking.history.holdings(Ref(body), When.parse(on)),
    "withheld": lambda asking: asking.history.withheld,
    "withheld of": lambda asking, body, on: asking.history.withheld_of(Ref(body), When.parse(on)),
}
