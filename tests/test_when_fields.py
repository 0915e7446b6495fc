"""Dates as fields of a record: what pydantic takes, refuses, writes and offers in the schema."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from minutebook.when import Period, When
from tests.drawn_dates import refusal, values
from tests.helpers import UNTIMED


class Dated(BaseModel):
    """A record with the two kinds of date."""

    on: When | None = None
    over: Period | None = None


def errors_of(given: dict[str, Any]) -> list[tuple[str, tuple[str | int, ...], str, str | None]]:
    """Type, place, message and help of what pydantic finds."""
    with pytest.raises(ValidationError) as caught:
        Dated.model_validate(given)
    return [
        (error["type"], error["loc"], error["msg"], error.get("ctx", {}).get("help"))
        for error in caught.value.errors()
    ]


@pytest.mark.parametrize(
    ("given_value", "value", "as_written"),
    [
        ("2019-11-05", "2019-11-05", None),
        (" 2019-11 ", "2019-11", None),
        (2019, "2019", None),
        (["2019-03-27", "2019-04-10"], "[2019-03-27, 2019-04-10]", None),
        ([2018, 2020], "[2018, 2020]", None),
        (["2019-03-27..2019-04-10"], "[2019-03-27..2019-04-10]", None),
        (When.parse("2019", "that year"), "2019", "that year"),
        ({"value": "2019-01/2019-03", "as_written": "early 2019"}, "2019-01/2019-03", "early 2019"),
        ({"value": "2019", "as_written": None}, "2019", None),
        ({"value": 2019}, "2019", None),
        ({"value": ["2018", "2020"], "as_written": "either"}, "[2018, 2020]", "either"),
    ],
)
def test_what_a_field_takes(given_value: Any, value: str, as_written: str | None) -> None:
    """A field takes a value, a list (how YAML reads a set) or a mapping."""
    assert Dated.model_validate({"on": given_value}).on == When.parse(value, as_written)


def test_a_field_takes_a_period() -> None:
    """A period is read and kept as a date is."""
    dated = Dated.model_validate({"over": {"value": "2019/20", "as_written": "last year"}})
    assert dated.over == Period.parse("2019/20", "last year")
    assert Dated.model_validate({"over": dated.over}).over is dated.over


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("2019-21", "when_season"),
        ("2011-12", "when_ambiguous_year"),
        ("2020/2019", "when_backwards"),
        ("early 2019", "when_unreadable"),
    ],
)
def test_what_a_field_refuses(given_value: str, expected: str) -> None:
    """The error carries the code, the message and the help, and points into a mapping."""
    error = refusal(given_value)
    assert errors_of({"on": given_value}) == [(expected, ("on",), error.message, error.help)]
    assert errors_of({"over": given_value}) == [(expected, ("over",), error.message, error.help)]
    assert errors_of({"on": {"value": given_value}}) == [
        (expected, ("on", "value"), error.message, error.help)
    ]


def test_braces_in_a_value_are_not_filled_in() -> None:
    """Pydantic's messages are templates, and an editor's text is not."""
    assert errors_of({"on": "{help}"})[0][2] == "cannot read `{help}` as a date"


@pytest.mark.parametrize(
    ("given_value", "message"),
    [
        (3.5, "expected a date, found `float`"),
        (True, "expected a date, found `bool`"),
        (10_000, "expected a date, found `int`"),
        pytest.param(10**5000, "expected a date, found `int`", id="a number too long to print"),
        ([["2019"]], "expected a date, found `list`"),
        (["2019", None], "expected a date, found nothing"),
        ([], "expected a date, found nothing"),
        (date(2019, 11, 5), "expected a date, found `date`"),
        (Period.parse("2019"), "expected a date, found `Period`"),
    ],
)
def test_a_field_refuses_other_types(given_value: Any, message: str) -> None:
    """What is not text, a year, a list or a mapping is no date."""
    ((kind, _, found, mend),) = errors_of({"on": given_value})
    assert (kind, found) == ("when_unreadable", message)
    assert mend


def test_a_mapping_refuses_other_keys() -> None:
    """The error points at the key, so that a slip is not lost in silence."""
    assert errors_of({"on": {"value": "2019", "valeu": "2018"}})[0][:2] == (
        "extra_forbidden",
        ("on", "valeu"),
    )
    assert errors_of({"on": {"as_written": "early 2019"}})[0][:2] == ("missing", ("on", "value"))
    assert errors_of({"on": {"value": "2019", "as_written": 3}})[0][:2] == (
        "string_type",
        ("on", "as_written"),
    )


@UNTIMED
@given(values(), st.none() | st.sampled_from(["early 2019", "middle of November"]))
def test_a_field_is_written_as_it_was_read(value: str, as_written: str | None) -> None:
    """Writing a record and reading it again changes nothing."""
    expected: Any = {"value": value, "as_written": as_written} if as_written else value
    dated = Dated.model_validate({"on": expected})
    assert dated.model_dump()["on"] == dated.model_dump(mode="json")["on"] == expected
    assert Dated.model_validate_json(dated.model_dump_json()) == dated


def test_the_schema_offers_what_is_accepted() -> None:
    """The JSON Schema lists the forms, once for all fields of a record."""
    definitions = Dated.model_json_schema()["$defs"]
    assert [form["type"] for form in definitions["When"]["anyOf"]] == ["string", "integer", "array", "object"]
    assert [form["type"] for form in definitions["Period"]["anyOf"]] == ["string", "integer", "object"]
    mapping = definitions["When"]["anyOf"][-1]
    assert (set(mapping["properties"]), mapping["required"]) == ({"value", "as_written"}, ["value"])
    assert mapping["additionalProperties"] is False
    for kind, form in ((When, definitions["When"]), (Period, definitions["Period"])):
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        for text in form["anyOf"][0]["examples"]:
            assert adapter.validate_python(text).value == text
    assert Dated.model_json_schema() == Dated.model_json_schema(mode="serialization")
