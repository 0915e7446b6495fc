"""Values that a field of a record can hold beyond plain text: references, amounts, addresses, times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Annotated

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_REFERENCE = re.compile(rf"(?:({SLUG})/)?([a-z]+)/({SLUG})")
_KEY = re.compile(rf"((?:{SLUG}/)?[a-z]+/{SLUG})#([A-Za-z0-9][A-Za-z0-9_./:-]*)")
_AMOUNT = re.compile(
    r"(?P<minus>[-\u2212(]?)(?P<pound>\u00a3?)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r" ?(?P<scale>%|k|m|bn|million|billion|thousand)?\)?",
    re.IGNORECASE | re.ASCII,
)
_SCALES = {
    "": 1, "%": 1, "k": 1_000, "thousand": 1_000,
    "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000,
}  # fmt: skip


class Ref(str):
    """The id of another record. Inside a council the file may leave the council out."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, council: str) -> Ref:
        """Return the full id that `text` names for a record of `council`; ValueError where it is no id."""
        return _parse_reference(text, council)

    @property
    def council(self) -> str:
        """The first part of the id."""
        return self.split("/")[0]

    @property
    def folder(self) -> str:
        """The second part of the id: which type of record it names."""
        return self.split("/")[1]

    @property
    def slug(self) -> str:
        """The last part of the id."""
        return self.split("/")[2]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        def resolve(text: str, info: ValidationInfo) -> Ref:
            try:
                return cls.parse(text, (info.context or {}).get("council", ""))
            except ValueError:
                raise PydanticCustomError(
                    "ref_malformed", "`{text}` is no reference", {"text": text}
                ) from None

        return core_schema.with_info_after_validator_function(
            resolve, core_schema.str_schema(strip_whitespace=True, max_length=400)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": rf"^({SLUG}/)?[a-z]+/{SLUG}$"}


# Records name the same ones over and over: one string for each saves time, and memory.
@lru_cache(maxsize=65536)
def _parse_reference(text: str, council: str) -> Ref:
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return Ref(text) if match[1] else Ref(f"{council}/{text}")


class FieldKey(str):
    """The id of a record and, after `#`, one of its fields: what a citation states a value of."""

    __slots__ = ()

    @property
    def record_id(self) -> Ref:
        """The record whose field is meant."""
        return Ref(self.split("#")[0])

    @property
    def field(self) -> str:
        """The field: a name, or for a table `row/column`."""
        return self.split("#")[1]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        def resolve(text: str, info: ValidationInfo) -> FieldKey:
            match = _KEY.fullmatch(text)
            if match is None:
                raise PydanticCustomError("key_malformed", "`{text}` is no key", {"text": text})
            council = (info.context or {}).get("council", "")
            return cls(f"{Ref.parse(match[1], council)}#{match[2]}")

        return core_schema.with_info_after_validator_function(
            resolve, core_schema.str_schema(strip_whitespace=True, max_length=500)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": rf"^({SLUG}/)?[a-z]+/{SLUG}#.+$"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as the source prints it (`£863K`, `7.1%`, `5.5`), with its exact value in units.

    `unit` is `£`, `%` or empty. `-`, `−` and brackets mean less than nothing, as accountants write.
    """

    as_written: str
    value: Decimal
    unit: str

    @classmethod
    def parse(cls, text: str) -> Amount:
        """Read a number; ValueError where it is none."""
        match = (
            _AMOUNT.fullmatch(text.strip())
            if text.isascii() or "\u00a3" in text or "\u2212" in text
            else None
        )
        if match is None or (match["minus"] == "(") != text.strip().endswith(")"):
            raise ValueError(text)
        try:
            size = Decimal(match["digits"].replace(",", ""))
        except InvalidOperation:
            raise ValueError(text) from None
        scale = (match["scale"] or "").lower()
        value = size * _SCALES[scale] * (-1 if match["minus"] else 1)
        return cls(text.strip(), value, match["pound"] or ("%" if scale == "%" else ""))

    def __str__(self) -> str:
        return self.as_written

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: object) -> Amount:
            if isinstance(value, Amount):
                return value
            if not isinstance(value, str):
                raise PydanticCustomError("string_type", "expected text")
            try:
                return cls.parse(value)
            except ValueError:
                raise PydanticCustomError(
                    "amount_unreadable", "no number: `{text}`", {"text": value}
                ) from None

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": ["string", "number"], "examples": ["£863K", "7.1%", "5.5", "£51,032"]}


def one_or_many(value: object) -> object:
    """Let a list of one be written without the dash."""
    return [value] if isinstance(value, str | Mapping) else value


# A line of text (a title, a name) and a longer text. The limits keep one field from filling a page.
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\n]+$")
]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Url = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=2_000, pattern=r"^https?://[^\s/?#<>\"'`\\]+([/?#][^\s<>\"'`\\]*)?$"
    ),
]
TimeOfDay = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")
]

__all__ = ["SLUG", "Amount", "FieldKey", "Line", "Prose", "Ref", "TimeOfDay", "Url", "one_or_many"]
