"""The words for a field that has no value, and what people write where they mean one of them."""

from __future__ import annotations

import enum
import re
import typing
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class AsPrinted:
    """The word is the source's own, whatever it is: even `TBC` or `N/A` is one there."""


class Absence(enum.StrEnum):
    """Why a field has no value.

    The source is silent; a heading has nothing under it; it says that there are none (of a list);
    or the words are on a page that is not kept (of a quotation). *Withheld* is never written in a
    file: the gate leaves it where it took away what the field named, a record that is not public.
    """

    NOT_STATED = "not stated"
    LEFT_BLANK = "left blank"
    NONE = "none"
    NOT_HELD = "not held"
    WITHHELD = "withheld"


ABSENCES = {absence.value: absence for absence in Absence if absence is not Absence.WITHHELD}
# What people write where they mean that there is nothing to write.
_SILENT = frozenset(ABSENCES) - {Absence.NONE.value}
_MEANT_AS_ABSENT = _SILENT | frozenset(
    {
        "?", "-", "blank", "n/a", "na", "nil", "none", "null", "not available", "not given", "not known",
        "tba", "tbc", "tbd", "unknown", "unstated",
    }
)  # fmt: skip


class NoValue:
    """Stands in for a word that was meant as an absence, so that its field refuses it."""


def written_name(info: FieldInfo, name: str) -> str:
    """The name of a field in a file, which differs where the word is taken in Python (`from`)."""
    return info.alias or name


def metadata(info: FieldInfo, kind: type[_T]) -> _T | None:
    """The metadata of one kind that a field carries, if it does."""
    return next((m for m in info.metadata if isinstance(m, kind)), None)


def can_be(model: type[BaseModel], written: str, absence: Absence) -> bool:
    """Whether the word is meant as an absence here: elsewhere `none` and `not held` are plain text."""
    if absence is Absence.NONE:
        return empty_values(model).get(written) == ()
    return absence is not Absence.NOT_HELD or written == "quote"


def absence_meant(model: type[BaseModel], written: str, value: object) -> str | None:
    """The words that a value such as `Not stated` or `n/a` seems to stand for; None where it is a value.

    Printed words are exempt, and of longer text all but the words of an absence themselves: `none` can
    be the whole of a declaration of interests.
    """
    if not isinstance(value, str) or len(value) > 16 or value in ABSENCES:
        return None
    is_short = _absent_fields(model).get(written)
    words = re.sub(r"[\s_-]+", " ", value).strip(" .()").casefold() or value.strip()
    if is_short is None or not (words in _MEANT_AS_ABSENT if is_short else words in _SILENT):
        return None
    if words in ABSENCES and can_be(model, written, ABSENCES[words]):
        return words
    return Absence.NOT_STATED.value


@cache
def _absent_fields(model: type[BaseModel]) -> dict[str, bool]:
    """By written name of a field that may be absent: whether it is one line, a date or a reference, no longer text."""
    return {
        written_name(info, name): not any(
            isinstance(m, StringConstraints) and m.pattern is None
            for argument in (info.annotation, *typing.get_args(info.annotation))
            for m in getattr(argument, "__metadata__", ())
        )
        for name, info in model.model_fields.items()
        if (type(None) in typing.get_args(info.annotation) or typing.get_origin(info.annotation) is tuple)
        and metadata(info, AsPrinted) is None
    }


@cache
def empty_values(model: type[BaseModel]) -> dict[str, object]:
    """By written name: what stands for an absent value, None or an empty tuple."""
    return {
        written_name(info, name): () if typing.get_origin(info.annotation) is tuple else None
        for name, info in model.model_fields.items()
    }
