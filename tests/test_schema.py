"""The schemas accept what the reader accepts, as an editor's YAML would hand it over, and refuse slips."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from minutebook.cli import cli
from minutebook.front_matter import read_front_matter
from minutebook.records import RECORD_TYPES
from minutebook.records.base import Record
from minutebook.schema import schema_of
from minutebook.source import SourceFile

SAMPLES = Path(__file__).parent / "samples"
every_type = pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda t: t.folder)


def sample(record_type: type[Record]) -> dict[str, Any]:
    """The fields of the sample record of a type, as written."""
    path = SAMPLES / f"{record_type.folder}.md"
    front, findings = read_front_matter(SourceFile(path.name, path.read_text(encoding="utf-8")))
    assert front is not None
    assert not findings
    return dict(front.fields)


def as_an_editor_reads(value: Any) -> Any:
    """What YAML 1.2 makes of text that looks like a number, true or false."""
    if isinstance(value, dict):
        return {name: as_an_editor_reads(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_an_editor_reads(inner) for inner in value]
    if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", value):
        return json.loads(value)
    return {"true": True, "false": False}.get(value, value)


def faults(record_type: type[Record], fields: object) -> list[str]:
    """What an independent validator has against the fields."""
    return [error.message for error in Draft202012Validator(schema_of(record_type)).iter_errors(fields)]


@every_type
def test_the_schema_is_a_schema(record_type: type[Record]) -> None:
    Draft202012Validator.check_schema(schema_of(record_type))


@every_type
def test_the_sample_fits_its_schema_as_written_and_as_an_editor_reads_it(record_type: type[Record]) -> None:
    assert faults(record_type, sample(record_type)) == []
    assert faults(record_type, as_an_editor_reads(sample(record_type))) == []


@every_type
def test_a_misspelt_field_and_a_missing_title_do_not_fit(record_type: type[Record]) -> None:
    fields = sample(record_type)
    assert faults(record_type, {**fields, "titel": "x"}) != []
    assert faults(record_type, {name: value for name, value in fields.items() if name != "title"}) != []


@every_type
def test_a_list_where_text_is_expected_does_not_fit(record_type: type[Record]) -> None:
    fields = copy.deepcopy(sample(record_type))
    fields["title"] = ["a", "b"]
    assert faults(record_type, fields) != []


def test_every_field_of_the_schema_of_a_transfer_can_be_found_by_its_name_in_a_file() -> None:
    (transfer,) = [t for t in RECORD_TYPES if t.folder == "transfers"]
    names = schema_of(transfer)["properties"]
    assert "from" in names
    assert "givers" not in names


def test_not_stated_fits_only_where_the_reader_takes_it() -> None:
    (transfer,) = [t for t in RECORD_TYPES if t.folder == "transfers"]
    fields = sample(transfer)
    assert faults(transfer, {**fields, "authorised_by": "not stated"}) == []
    assert faults(transfer, {**fields, "kind": "not stated"}) != []


def test_the_command_prints_the_schema() -> None:
    result = CliRunner().invoke(cli, ["schema", "transfer"])
    (transfer,) = [t for t in RECORD_TYPES if t.folder == "transfers"]
    assert json.loads(result.stdout) == schema_of(transfer)
