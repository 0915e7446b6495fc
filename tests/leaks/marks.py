"""Marks, and records with everything that their type can have: where a mark can be planted, and where not."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from minutebook.absence import metadata, written_name
from minutebook.front_matter import Value, read_front_matter
from minutebook.records import BY_FOLDER
from minutebook.records.base import Part, To, part_type
from minutebook.source import SourceFile
from tests.helpers import COUNCIL, SAMPLES
from tests.leaks.eye import WORD


@dataclass
class Marks:
    """Every mark that was planted, where, and what may be known of it."""

    planted: dict[str, str] = field(default_factory=dict)
    # The folder of a council stands in every message, but on no page if nothing of it is public.
    of_councils: set[str] = field(default_factory=set)
    # The number, grounds and public summary of an item that was taken in private at a public meeting.
    known_by_law: set[str] = field(default_factory=set)

    def new(self, where: str) -> str:
        """A mark that stands nowhere yet."""
        mark = f"{WORD}{len(self.planted):05}"
        self.planted[mark] = where
        return mark


# What a check compares with something, and what refers: the first would be another mistake, the second
# bears the mark of the slug it refers to.
UNMARKED = frozenset({"supports", "paragraphs", "schedule_version", "key", "row", "column", "sha256"})
# What the law wants known of an item that was taken in private (LGA 1972, sections 100A and 100C).
KNOWN_OF_ITEMS: Mapping[str, frozenset[tuple[str, ...]]] = {
    "exempt": frozenset({("number",), ("public_summary",), ("exemption", "public_interest_reason")}),
    "confidential": frozenset({("number",)}),
    "draft": frozenset(),
}
_DEEP_ENOUGH = 3  # a priority holds priorities


def leaves(value: Value, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every text inside fields."""
    if isinstance(value, str):
        yield at
        return
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from leaves(inner, (*at, step))


def put(fields: Any, at: tuple[str | int, ...], value: Value) -> None:
    """Put a value into fields."""
    for step in at[:-1]:
        fields = fields[step]
    fields[at[-1]] = value


def get(fields: Any, at: tuple[str | int, ...]) -> Any:
    """The value at a way into fields."""
    for step in at:
        fields = fields[step]
    return fields


def is_valid(folder: str, fields: Mapping[str, Any]) -> bool:
    """Whether a record of this folder can have these fields."""
    try:
        BY_FOLDER[folder].model_validate(fields, context={"council": COUNCIL})
    except ValidationError:
        return False
    return True


def sample_fields(folder: str) -> tuple[dict[str, Any], str]:
    """The fields of a sample record and its narrative."""
    front, _ = read_front_matter(SourceFile("", (SAMPLES / f"{folder}.md").read_text(encoding="utf-8")))
    assert front is not None
    return front.fields, front.narrative


def completed(
    model: type[Part], fields: dict[str, Any], left_out: frozenset[str], depth: int = 0
) -> dict[str, Any]:
    """Fields with everything that the model has besides, however deep; `left_out` names what is not to be added."""
    whole: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        written = written_name(info, name)
        inner = part_type(info.annotation)
        if written in fields:
            value = fields[written]
            if inner is not None and isinstance(value, dict):
                value = completed(inner, value, left_out, depth + 1)
            elif inner is not None and isinstance(value, list):
                value = [completed(inner, one, left_out, depth + 1) for one in value]
            whole[written] = value
        elif written not in left_out and (made := _invented(info, left_out, depth)) is not None:
            whole[written] = made
    return whole


def _invented(info: Any, left_out: frozenset[str], depth: int) -> Any:
    """A value that a field can have; None where it is to be left out."""
    kinds = [kind for kind in typing.get_args(info.annotation) if kind is not type(None)]
    is_list = typing.get_origin(info.annotation) is tuple
    inner = part_type(info.annotation)
    to = metadata(info, To)
    value: Any = None
    if inner is not None:
        value = completed(inner, {}, left_out, depth + 1) if depth < _DEEP_ENOUGH else None
    elif to is not None:
        value = f"{(to.folders or ('projects',))[0]}/sample"
    else:
        enums = [
            kind for kind in (*kinds, info.annotation) if isinstance(kind, type) and issubclass(kind, Enum)
        ]
        choices = [member.value for member in enums[0]] if enums else _SOMETHING
        value = next((one for one in choices if _fits(info, [one] if is_list else one)), None)
    return [value] if is_list and value is not None else value


_SOMETHING = (
    "in words of its own",
    "https://hidden.example/page",
    "2019-03",
    "2019",
    "10:30",
    "1",
    "true",
    "0" * 64,
    "sources/sample#title",
)


def markable(model: type[Part], at: tuple[str, ...] = ()) -> Iterator[str]:
    """The way to every field, however deep, that can hold a mark."""
    for name, info in model.model_fields.items():
        way = (*at, written_name(info, name))
        inner = part_type(info.annotation)
        if inner is not None:
            if len(at) < _DEEP_ENOUGH and inner is not model:
                yield from markable(inner, way)
        elif metadata(info, To) is None and way[-1] not in UNMARKED:
            tries = [written(f"{WORD}00000") for written in _ANYTHING]
            if any(_fits(info, [one]) or _fits(info, one) for one in tries):
                yield ".".join(way)


_ANYTHING: tuple[Callable[[str], Value], ...] = (
    lambda mark: mark,
    lambda mark: f"https://{mark}.example/",
)


def _fits(info: Any, value: Any) -> bool:
    try:
        TypeAdapter(Annotated[(info.annotation, *info.metadata, None)]).validate_python(
            value, context={"council": COUNCIL}
        )
    except ValidationError:
        return False
    return True
