"""Values of fields beyond plain text: references, keys, amounts, lines, addresses, times of day."""

from __future__ import annotations

import pickle
from copy import deepcopy
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from minutebook.records.values import Amount, FieldKey, Line, Prose, Ref, TimeOfDay, Url, one_or_many
from tests.helpers import UNTIMED

HERE = {"council": "ambledown"}


def read(kind: Any, text: object) -> Any:
    """The value that a field of this kind makes of a text."""
    return TypeAdapter(kind).validate_python(text, context=HERE)


def refused(kind: Any, text: object) -> str:
    """The kind of error with which a field of this kind refuses a text."""
    with pytest.raises(ValidationError) as caught:
        read(kind, text)
    [error] = caught.value.errors()
    return error["type"]


# -- references ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "council", "folder", "slug"),
    [
        ("projects/extra-care", "ambledown", "projects", "extra-care"),
        ("harrow/projects/extra-care", "harrow", "projects", "extra-care"),
        ("council/ambledown", "ambledown", "council", "ambledown"),
        ("meetings/2019-11-05-cabinet", "ambledown", "meetings", "2019-11-05-cabinet"),
        ("a1-2b/bodies/x", "a1-2b", "bodies", "x"),
    ],
)
def test_a_reference_names_a_council_a_folder_and_a_slug(
    text: str, council: str, folder: str, slug: str
) -> None:
    ref = read(Ref, text)

    assert (ref.council, ref.folder, ref.slug) == (council, folder, slug)
    assert ref == f"{council}/{folder}/{slug}"


@pytest.mark.parametrize(
    "text",
    ["", "extra-care", "Projects/x", "projects/X", "projects/a b", "projects/a_b", "projects/a--b", "projects/-a", "projects/a-",
     "projects/a.md", "projects/", "/projects/a", "projects/a/", "a/b/c/d", "../projects/a", "projects/a\n", "projects/\u0430",
     "projects/a#b", "projects2/a", "not stated", "https://ambledown.example/a"],
)  # fmt: skip
def test_what_is_not_written_like_an_id_is_no_reference(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Ref.parse(text, "ambledown")


def test_a_field_says_of_a_bad_reference_that_it_is_one() -> None:
    assert refused(Ref, "Extra Care") == "ref_malformed"
    assert refused(Ref, ["projects/a"]) == "string_type"
    assert refused(Ref, "projects/" + "a" * 400) == "string_too_long"


def test_blanks_around_a_reference_are_nothing() -> None:
    assert read(Ref, " projects/a ") == "ambledown/projects/a"


def test_a_reference_outlives_copying_and_pickling() -> None:
    ref = read(Ref, "projects/a")

    assert type(deepcopy(ref)) is type(pickle.loads(pickle.dumps(ref))) is Ref


@UNTIMED
@given(st.text(max_size=30) | st.from_regex(r"[a-z/-]{1,20}"))
def test_any_text_is_a_reference_or_a_value_error(text: str) -> None:
    try:
        ref = Ref.parse(text, "ambledown")
    except ValueError:
        return
    assert Ref.parse(ref, "elsewhere") == ref
    assert f"{ref.council}/{ref.folder}/{ref.slug}" == ref
    assert text in (ref, ref.removeprefix("ambledown/"))


# -- keys ---------------------------------------------------------------------------------------


def test_a_key_names_a_record_and_a_field_of_it() -> None:
    key = read(FieldKey, "figures/savings#harrow-is-home/y2019-20")

    assert (key.record_id, key.field) == ("ambledown/figures/savings", "harrow-is-home/y2019-20")
    assert isinstance(key.record_id, Ref)


def test_a_key_may_name_another_council() -> None:
    assert read(FieldKey, "harrow/figures/savings#delivered").record_id.council == "harrow"


@pytest.mark.parametrize(
    "text",
    [
        "figures/savings",
        "figures/savings#",
        "#delivered",
        "savings#a",
        "figures/savings#a b",
        "figures/savings#a#b",
    ],
)
def test_what_lacks_a_record_or_a_field_is_no_key(text: str) -> None:
    assert refused(FieldKey, text) == "key_malformed"


@UNTIMED
@given(st.text(max_size=30) | st.from_regex(r"[a-z]{1,5}/[a-z]{1,5}#[a-z/]{0,8}"))
def test_any_text_is_a_key_or_is_refused(text: str) -> None:
    try:
        key = read(FieldKey, text)
    except ValidationError:
        return
    assert f"{key.record_id}#{key.field}" == key


# -- amounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("£1.263m", "1263000", "£"),
        ("£1,263,000", "1263000", "£"),
        ("£863K", "863000", "£"),
        ("£863k", "863000", "£"),
        ("£0.4m", "400000", "£"),
        ("£.4m", "400000", "£"),
        ("£2bn", "2000000000", "£"),
        ("£2 billion", "2000000000", "£"),
        ("£1.5 million", "1500000", "£"),
        ("£12 thousand", "12000", "£"),
        ("7.1%", "7.1", "%"),
        ("7.1 %", "7.1", "%"),
        ("5.5", "5.5", ""),
        ("4.10", "4.10", ""),
        ("51,032", "51032", ""),
        ("0", "0", ""),
        ("-5", "-5", ""),
        ("−5", "-5", ""),
        ("-£5m", "-5000000", "£"),
        ("(£12,000)", "-12000", "£"),
        ("(5)", "-5", ""),
        ("(1.2%)", "-1.2", "%"),
        (" 51,032 ", "51032", ""),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_sources_print_it(text: str, value: str, unit: str) -> None:
    amount = Amount.parse(text)

    assert (amount.value, amount.unit) == (Decimal(value), unit)
    assert str(amount) == text.strip()


def test_the_same_amount_in_two_spellings_has_one_value() -> None:
    assert Amount.parse("£1.263m").value == Amount.parse("£1,263,000").value
    assert Amount.parse("£1.263m") != Amount.parse("£1,263,000"), "each is shown as it was written"


def test_no_amount_loses_a_penny() -> None:
    assert Amount.parse("£123,456,789,012,345.67").value == Decimal("123456789012345.67")
    assert Amount.parse("0.1").value * 3 == Decimal("0.3")


@pytest.mark.parametrize(
    "text",
    ["", "£", "%", "m", "about £400K", "£400K or so", "1,26", "12,34,567", "1,2345", "1.2.3", "1 000", "5.", "(5", "5)", "--5",
     "£-5", "1e6", "0x10", "NaN", "Infinity", "-", "£5 5", "٣", "£٣", "£³", "½", "5mm", "1_000", "+5", "not stated", "£5%m"],
)  # fmt: skip
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Amount.parse(text)
    assert refused(Amount, text) == "amount_unreadable"


@pytest.mark.parametrize("value", [5, 5.0, None, ["5"], {"value": "5"}, True])
def test_an_amount_is_text(value: object) -> None:
    assert refused(Amount, value) == "string_type"


@UNTIMED
@given(st.text(max_size=20) | st.from_regex(r"[-(−]?£?[0-9,.]{1,12} ?(%|k|m|bn|K)?\)?", fullmatch=True))
@example("9" * 5_000)
@example("£" + "1" * 5_000 + "bn")
@example("£٣")
def test_any_text_is_an_amount_or_a_value_error(text: str) -> None:
    try:
        amount = Amount.parse(text)
    except ValueError:
        return
    assert amount.value.is_finite()
    assert Amount.parse(str(amount)) == amount


@UNTIMED
@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_any_whole_number_is_read_with_commas_and_without(number: int) -> None:
    assert Amount.parse(f"{number}").value == Amount.parse(f"{number:,}").value == number


# -- lines, texts, addresses, times -------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Line, "  A title ", "A title"),
        (Line, "a" * 500, "a" * 500),
        (Prose, "two\nlines\n", "two\nlines"),
        (Url, "https://www.ambledown.example", "https://www.ambledown.example"),
        (Url, "http://ambledown.example:8080/a?b=c&d=e#f", "http://ambledown.example:8080/a?b=c&d=e#f"),
        (Url, "https://ambledown.example?id=4", "https://ambledown.example?id=4"),
        (TimeOfDay, "00:00", "00:00"),
        (TimeOfDay, "23:59", "23:59"),
        (TimeOfDay, "10:30", "10:30"),
    ],
)
def test_text_of_the_right_form_is_kept(kind: Any, text: str, value: str) -> None:
    assert read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        (Line, "", "string_too_short"),
        (Line, "   ", "string_too_short"),
        (Line, "two\nlines", "string_pattern_mismatch"),
        (Line, "a" * 501, "string_too_long"),
        (Line, ["a"], "string_type"),
        (Prose, " \n ", "string_too_short"),
        (Prose, "a" * 20_001, "string_too_long"),
        (Url, "javascript:alert(1)", "string_pattern_mismatch"),
        (Url, "data:text/html,x", "string_pattern_mismatch"),
        (Url, "HTTPS://ambledown.example", "string_pattern_mismatch"),
        (Url, "//ambledown.example", "string_pattern_mismatch"),
        (Url, "https://", "string_pattern_mismatch"),
        (Url, "https:///a", "string_pattern_mismatch"),
        (Url, "https://ambledown.example/a b", "string_pattern_mismatch"),
        (Url, 'https://ambledown.example/"onclick="x', "string_pattern_mismatch"),
        (Url, "https://ambledown.example/<script>", "string_pattern_mismatch"),
        (Url, "https://ambledown.example/a\nhttps://b.example", "string_pattern_mismatch"),
        (Url, "https://a.example/" + "a" * 2_000, "string_too_long"),
        (TimeOfDay, "24:00", "string_pattern_mismatch"),
        (TimeOfDay, "9:30", "string_pattern_mismatch"),
        (TimeOfDay, "10.30", "string_pattern_mismatch"),
        (TimeOfDay, "630", "string_pattern_mismatch"),
        (TimeOfDay, "1٣:3٠", "string_pattern_mismatch"),
    ],
)
def test_text_of_another_form_is_refused(kind: Any, text: object, error: str) -> None:
    assert refused(kind, text) == error


def test_a_list_of_one_may_be_written_without_its_brackets() -> None:
    assert one_or_many("a") == ["a"]
    assert one_or_many({"a": "b"}) == [{"a": "b"}]
    assert one_or_many(["a", "b"]) == ["a", "b"]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Ref, "projects/a", "Projects/A"),
        (FieldKey, "figures/a#b", "figures/a"),
        (Url, "https://a.example/", "javascript:x"),
    ],
)
def test_the_schema_of_a_value_takes_and_refuses_what_the_reader_does(kind: Any, good: str, bad: str) -> None:
    schema = TypeAdapter(kind).json_schema()

    jsonschema.validate(good, schema)
    read(kind, good)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, schema)
    refused(kind, bad)
