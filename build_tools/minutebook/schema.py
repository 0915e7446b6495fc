"""JSON Schema of the record types, for editors that check and complete fields as they are typed."""

from __future__ import annotations

import typing
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from minutebook.absence import Absence
from minutebook.records.base import Part, Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ABSENT = {"enum": [Absence.NOT_STATED.value, Absence.LEFT_BLANK.value]}
_NONE_OF_THEM = {"enum": [*_ABSENT["enum"], Absence.NONE.value]}


class _AsWritten(GenerateJsonSchema):
    """Values are text in the file: what an editor's YAML reads as a number or true is that text."""

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {"anyOf": [super().int_schema(schema), {"type": "string", "pattern": r"^\d+$"}]}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:  # noqa: ARG002 - pydantic's signature
        return {"enum": [True, False, "true", "false"]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        # An empty value is refused when the file is read: a value is given, or its absence is said.
        return {"anyOf": [self.generate_inner(schema["schema"]), _ABSENT]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        inner = super().tuple_schema(schema)
        return inner if schema.get("min_length") else {"anyOf": [inner, _NONE_OF_THEM]}

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        text = super().str_schema(schema)
        # `number: 7` and `number: "7"` are the same text in a file.
        return (
            text
            if "pattern" in text and text["pattern"] != r"^[^\n]+$"
            else {**text, "type": ["string", "number", "boolean"]}
        )


def schema_of(record_type: type[Record]) -> dict[str, Any]:
    """Return the JSON Schema of the fields of one record type."""
    schema = record_type.model_json_schema(by_alias=True, schema_generator=_AsWritten)
    _allow_single_entries(record_type, schema)
    return {
        "$schema": DIALECT,
        "title": record_type.noun,
        **{k: v for k, v in schema.items() if k != "title"},
    }


def _allow_single_entries(model: type[BaseModel], schema: dict[str, Any]) -> None:
    """Where a list of one may be written without its dash, let the schema say so."""
    for part in {model, *_parts_of(model)}:
        target = schema if part is model else schema.get("$defs", {}).get(part.__name__, {})
        for name, info in part.model_fields.items():
            if any(type(m).__name__ == "BeforeValidator" for m in info.metadata):
                field = target.get("properties", {}).get(info.alias or name)
                if field and "anyOf" in field:
                    field["anyOf"] += [option["items"] for option in field["anyOf"] if "items" in option]


def _parts_of(model: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> set[type[BaseModel]]:
    seen = set() if seen is None else seen
    for info in model.model_fields.values():
        for part in _part_types(info.annotation):
            if part not in seen:
                seen.add(part)
                _parts_of(part, seen)
    return seen


def _part_types(annotation: object) -> typing.Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _part_types(argument)
