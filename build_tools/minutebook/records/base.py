"""What every record has, and the metadata from which pages, checks, search and schemas follow."""

from __future__ import annotations

import enum
import types
import typing
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)
from pydantic_core import PydanticCustomError

from minutebook.absence import (
    ABSENCES,
    Absence,
    NoValue,
    absence_meant,
    can_be,
    empty_values,
    metadata,
    written_name,
)
from minutebook.records.values import FieldKey, Line, Prose, Ref, one_or_many
from minutebook.source import SourceFile
from minutebook.when import Period, When

FieldPath = tuple[str | int, ...]
_T = TypeVar("_T")


# -- metadata of fields -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class To:
    """A reference: the folders it may point to, and what the pointed-at record calls it.

    Folders, not classes: bodies, posts and meetings point at each other, and classes would import
    in a circle. An empty tuple of folders means any record.
    """

    folders: tuple[str, ...]
    backlink: str
    itself: bool  # whether the record may be meant itself

    def __init__(self, *folders: str, backlink: str, itself: bool = False) -> None:
        object.__setattr__(self, "folders", folders)
        object.__setattr__(self, "backlink", backlink)
        object.__setattr__(self, "itself", itself)


@dataclass(frozen=True, slots=True)
class Searched:
    """The text of this field is searched; `weight` multiplies its score (1 is a word of narrative)."""

    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class InTimeline:
    """A date of this field is an event in the history of whatever the record is linked to.

    `event` is what happened on it ("held", "established"). The first such field of a record is
    the record's own date.
    """

    event: str


class Belongs(enum.Enum):
    """The record belongs to the one referred to: its breadcrumbs, and its body where it names none.

    What happens *at* the other takes its date from it too, as a minute does from its meeting.
    """

    TO = "to"
    AT = "at"


# -- the parts of a record ----------------------------------------------------------------------


_NO_ABSENCES: Mapping[str, Absence] = types.MappingProxyType({})


class Part(BaseModel):
    """A group of fields. Frozen; unknown fields are refused; an absent value is None and says why.

    A field typed `X | None` with no default must be in the file but may be *not stated*; one with
    the default None may be left out; one typed `X` must have a value.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="wrap")
    @classmethod
    def _take_absences(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, Mapping):
            return handler(data)
        absences = {
            name: ABSENCES[value]
            for name, value in data.items()
            if isinstance(value, str) and value in ABSENCES and can_be(cls, name, ABSENCES[value])
        }
        meant = [name for name, value in data.items() if absence_meant(cls, name, value)]
        if meant:
            data = {**data, **dict.fromkeys(meant, NoValue())}
        if not absences:
            return handler(data)
        empty = empty_values(cls)
        part = handler({name: empty.get(name) if name in absences else value for name, value in data.items()})
        # Beside the fields, where pydantic keeps cached properties: a private attribute would be made
        # for every part, and most have no absence.
        part.__dict__["_absences"] = {field_name(cls, name): absence for name, absence in absences.items()}
        return part

    def absence(self, field: str) -> Absence | None:
        """Why `field` has no value, where the file says why, or the gate took it away."""
        return self.absences.get(field)

    @property
    def absences(self) -> Mapping[str, Absence]:
        """The fields that have no value, each with the reason that the file or the gate gives."""
        absences: Mapping[str, Absence] = self.__dict__.get("_absences", _NO_ABSENCES)
        return absences

    def without(self, values: Mapping[str, Any], withheld: Collection[str]) -> Self:
        """A copy with other values, of which some fields are empty since what they named is not public."""
        part = self.model_copy(update=dict(values))
        if withheld:
            part.__dict__["_absences"] = {**self.absences, **dict.fromkeys(withheld, Absence.WITHHELD)}
        return part


class StatedValue(Part):
    """A value that a citation states, so that two sources can be compared."""

    key: FieldKey = Field(description="A record id and a field of it, as in `figures/savings#delivered`.")
    value: Line = Field(description="The value as the source prints it.")
    over: Period | None = Field(None, description="The period over which the value holds.")


class Citation(Part):
    """The receipt for a fact: a source, a place in it, and the words that support the fact."""

    source: Annotated[Ref, To("sources", backlink="cited_by")] = Field(description="The document.")
    at: Line | None = Field(None, description="The section or the lines, as a reader would find them.")
    quote: Prose | None = Field(
        description="The supporting words, short and exact. `not held` where the words are on a page that is not kept."
    )
    supports: tuple[Line, ...] = Field(
        (), description="The fields that these words prove, where it is not plain."
    )
    states: Annotated[tuple[StatedValue, ...], BeforeValidator(one_or_many)] = Field(
        (), description="Values that can be compared with what other sources state."
    )


class Access(enum.StrEnum):
    """Who may read a record: everybody, or only those who keep it."""

    PUBLIC = "public"
    DRAFT = "draft"
    EXEMPT = "exempt"
    CONFIDENTIAL = "confidential"


class Exemption(Part):
    """Why a record is exempt: the paragraphs of Schedule 12A, and why the public interest is in keeping it so.

    Source: Local Government Act 1972, section 100A(4) and (5), and Schedule 12A.
    """

    paragraphs: tuple[Line, ...] = Field(description="Numbers of Schedule 12A Part 1, such as 3.")
    public_interest_reason: Prose = Field(
        description="Why the public interest in keeping it outweighs disclosing it."
    )
    schedule_version: Line | None = Field(
        None, description="Which numbering applies, where it is not today's."
    )


class Checked(Part):
    """Who read the record against its sources, by role, and when."""

    by: Line = Field(description="A role, not a person.")
    on: When


class Correction(Part):
    """What a published page said before, why it changed, and on whose word."""

    on: When
    said: Prose = Field(description="What the page said before.")
    reason: Prose
    on_the_word_of: Line | None = Field(None, description="A role or a body.")


class Record(Part):
    """One thing a council did, said, owns or is: a Markdown file with fields and a narrative."""

    # The folder the record lies in, the word for one of them, and the heading of their list.
    folder: ClassVar[str]
    noun: ClassVar[str]
    heading: ClassVar[str]

    title: Annotated[Line, Searched(8)] = Field(description="What it is called, as readers would say it.")
    aliases: Annotated[tuple[Line, ...], Searched(6)] = Field((), description="Other names it goes by.")
    summary: Annotated[Prose | None, Searched(3)] = Field(
        None, description="One or two sentences in plain English."
    )
    topics: Annotated[tuple[Line, ...], Searched(2)] = Field(
        (), description="Subjects a reader would browse by."
    )
    access: Access = Field(Access.PUBLIC, description="Who may read it.")
    exemption: Exemption | None = Field(None, description="Needed where `access` is `exempt`.")
    citations: tuple[Citation, ...] = Field((), description="The receipts for what the record says.")
    editor_note: Prose | None = Field(None, description="Why the record reads its source as it does.")
    checked: Checked | None = None
    corrections: tuple[Correction, ...] = Field((), description="What a published page said before.")
    erased: Prose | None = Field(None, description="Why the content was erased; the id stays taken.")

    _id: Ref = PrivateAttr(default_factory=lambda: Ref(""))  # a default would be copied deeply, each time
    _narrative: str = PrivateAttr(default="")
    _narrative_line: int = PrivateAttr(default=1)
    _file: SourceFile | None = PrivateAttr(default=None)

    def placed(self, record_id: Ref, file: SourceFile, narrative: str, narrative_line: int) -> Self:
        """Give the record what only its file knows, once, and return it."""
        self._id, self._file = record_id, file
        self._narrative, self._narrative_line = narrative, narrative_line
        return self

    # What is asked a million times is taken from where pydantic keeps it: its own way there is ten
    # times as long.

    @property
    def id(self) -> Ref:
        """`<council>/<folder>/<slug>`: never changes and is never used again."""
        return self.__pydantic_private__["_id"]  # type: ignore[index, no-any-return]

    @property
    def council(self) -> str:
        """The slug of the council whose record it is."""
        return self.id.council

    @property
    def narrative(self) -> str:
        """The Markdown text under the fields, in the editor's own words."""
        return self.__pydantic_private__["_narrative"]  # type: ignore[index, no-any-return]

    @property
    def narrative_line(self) -> int:
        """The line of the file on which the narrative begins, counted from 1."""
        return self._narrative_line

    @property
    def file(self) -> SourceFile:
        """The file the record was read from."""
        file: SourceFile | None = self.__pydantic_private__["_file"]  # type: ignore[index]
        if file is None:
            raise LookupError(f"{self.id} was not read from a file")
        return file

    def field_keys(self) -> frozenset[str]:
        """What may stand after `#` in a key that names this record. Tables add their rows."""
        return frozenset(written_name(info, name) for name, info in type(self).model_fields.items())

    def status_line(self) -> str | None:
        """What can be said of the record in a few words from itself alone, such as an outcome."""
        return None


# -- what can be asked of a model ---------------------------------------------------------------


def field_name(model: type[Part], written: str) -> str:
    """The name in Python of the field that a file writes as `written`."""
    for name, info in model.model_fields.items():
        if info.alias == written:
            return name
    return written


def part_type(annotation: object) -> type[Part] | None:
    """The `Part` that a field holds, alone, optional or in a list, if it does."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    if typing.get_origin(annotation) in (tuple, typing.Union, types.UnionType, Annotated):
        for argument in typing.get_args(annotation):
            if (found := part_type(argument)) is not None:
                return found
    return None


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as it stands in a record: from where, to what, and by which field."""

    path: FieldPath
    target: Ref
    to: To


@cache
def _plan(model: type[Part]) -> tuple[tuple[str, str, To | None], ...]:
    """The fields of a model in which references lie: name, written name, and `To` where it is one itself."""
    steps: list[tuple[str, str, To | None]] = []
    for name, info in model.model_fields.items():
        to = metadata(info, To)
        inner = part_type(info.annotation)
        if to is not None or (inner is not None and (inner is model or _plan(inner))):
            steps.append((name, written_name(info, name), to))
    return tuple(steps)


def references(part: Part, at: FieldPath = ()) -> Iterator[Reference]:
    """Every reference of a record or a part of one, with the path that leads to it."""
    for name, written, to in _plan(type(part)):
        value = getattr(part, name)
        if value is None:
            continue
        many = isinstance(value, tuple)
        for number, one in enumerate(value) if many else ((None, value),):
            path = (*at, written) if number is None else (*at, written, number)
            if to is not None:
                yield Reference(path, one, to)
            else:
                yield from references(one, path)


@cache
def _inner_parts(model: type[Part]) -> tuple[tuple[str, str], ...]:
    """The fields of a model that hold parts: name and written name."""
    fields = model.model_fields.items()
    return tuple(
        (name, written_name(info, name)) for name, info in fields if part_type(info.annotation) is not None
    )


def parts(part: Part, at: FieldPath = ()) -> Iterator[tuple[FieldPath, Part]]:
    """The record or part itself and every part inside it, outermost first, each with its path."""
    found: list[tuple[FieldPath, Part]] = []
    _add_parts(part, at, found)
    return iter(found)


def _add_parts(part: Part, at: FieldPath, found: list[tuple[FieldPath, Part]]) -> None:
    found.append((at, part))
    for name, written in _inner_parts(type(part)):
        value = getattr(part, name)
        if isinstance(value, tuple):
            for number, one in enumerate(value):
                _add_parts(one, (*at, written, number), found)
        elif value is not None:
            _add_parts(value, (*at, written), found)


def part_at(part: Part, path: FieldPath) -> Part:
    """The part to which a path leads, as `parts` gives it."""
    found: Any = part
    for step in path:
        found = found[step] if isinstance(step, int) else getattr(found, field_name(type(found), step))
    assert isinstance(found, Part)
    return found


def citations(part: Part) -> Iterator[Citation]:
    """Every citation of a record, its own and those of its parts."""
    return (inner for _, inner in parts(part) if isinstance(inner, Citation))


def custom_error(kind: str, message: str, **context: object) -> PydanticCustomError:
    """An error for a validator to raise: `kind` chooses the rule, the message is one sentence."""
    return PydanticCustomError(kind, message, context)
