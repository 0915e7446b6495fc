"""The fields of a file as written, with their places, and the narrative under them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutebook.front_matter import places, read_fields_file, write_record_text
from minutebook.source import SourceFile, Span
from tests.fenced_files import a_file, fenced, read
from tests.helpers import UNTIMED, codes, sample_files

# -- values as written --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["10:30", "4.10", "no", "Yes", "on", "010", "0x1F", "1_000", "1e3", ".inf", "2019-11-05", "12:30:45", "£1.263m", "= 3", "y"],
)  # fmt: skip
def test_a_scalar_stays_as_it_is_written(written: str) -> None:
    assert read(fenced(f"value: {written}")).fields == {"value": written}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"*bold*"', "*bold*"),
        ("'& so on'", "& so on"),
        ('"!important"', "!important"),
        ('"!!str"', "!!str"),
        ('"null"', "null"),
        ('"~"', "~"),
        ("'it''s'", "it's"),
        (r'"two\nlines"', "two\nlines"),
        ("a!b & c*d", "a!b & c*d"),
        ("C# and #4", "C# and"),
        ("|\n  two\n  lines", "two\nlines\n"),
        (">-\n  one\n  line", "one line"),
        ("goes on\n  below", "goes on below"),
    ],
)
def test_quotation_marks_and_blocks_of_text_are_taken_off(written: str, text: str) -> None:
    assert read(fenced(f"value: {written}")).fields == {"value": text}


def test_lists_and_groups_hold_the_text_of_their_scalars() -> None:
    fields = "a: [1, no]\nb:\n- c: 4.10\n  d: [x]\n- e: {f: 010}"

    assert read(fenced(fields)).fields == {
        "a": ["1", "no"],
        "b": [{"c": "4.10", "d": ["x"]}, {"e": {"f": "010"}}],
    }


def test_fields_keep_the_order_in_which_they_stand() -> None:
    assert list(read(fenced("z: 1\na: 2\nm: 3")).fields) == ["z", "a", "m"]


# -- places -------------------------------------------------------------------------------------


def text_at(file: SourceFile, span: Span) -> str:
    """What stands in a span of one line."""
    line = file.line(span.line)
    assert line is not None
    assert span.end_line == span.line
    return line[span.column - 1 : span.end_column - 1]


def test_places_are_right_to_the_column() -> None:
    file = fenced(
        'title: "A title"\nmoves:\n- what: projects/a\n  to: bodies/b\n- {what: projects/c, gap: none}'
    )

    assert {
        path: (text_at(file, key), text_at(file, value)) for path, (key, value) in places(file).items()
    } == {
        ("title",): ("title", '"A title"'),
        ("moves",): ("moves", "-"),
        ("moves", 0): ("w", "w"),
        ("moves", 0, "what"): ("what", "projects/a"),
        ("moves", 0, "to"): ("to", "bodies/b"),
        ("moves", 1): ("{", "{"),
        ("moves", 1, "what"): ("what", "projects/c"),
        ("moves", 1, "gap"): ("gap", "none"),
    }


@pytest.mark.parametrize("before", ["café ", "長い椅子の ", "👩‍👩‍👧 ", "e\u0301 ", "\U0001d49c ", "a\tb "])
def test_columns_count_characters_whatever_stands_before(before: str) -> None:
    file = fenced(f"a: {{b: '{before}', c: here}}")

    assert text_at(file, places(file)["a", "c"][1]) == "here"


def test_places_are_the_same_with_line_ends_of_windows() -> None:
    text = "---\ntitle: A\nmoves:\n- what: b\n---\n\nwords\n"

    assert places(a_file(text.replace("\n", "\r\n"))) == places(a_file(text))


def test_what_goes_on_for_lines_is_placed_where_it_begins() -> None:
    file = fenced("a: |\n  one\n  two\nb: 1")

    assert places(file)["a",][1] == Span.at(2, 4)
    assert places(file)["b",][1] == Span.at(5, 4)


def test_places_of_a_file_that_breaks_off_are_right_as_far_as_it_goes() -> None:
    file = fenced("a: 1\nb: [2, &x 3]")

    assert text_at(file, places(file)["b", 0][1]) == "2"
    assert ("b", 1) not in places(file)


def test_a_settings_file_has_places_without_fences() -> None:
    file = SourceFile("kb/minutebook.yml", "title: T\nas_of: 2020\n")

    assert text_at(file, places(file)["as_of",][1]) == "2020"


# -- narrative ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("under", "narrative", "line"),
    [
        ("words\n", "words", 4),
        ("\nwords\n", "words", 5),
        ("\n\n\nwords\n\nmore\n\n", "words\n\nmore", 7),
        ("    code\n", "    code", 4),
        ("\n  \nwords", "  \nwords", 5),
        ("one\n\n---\n\ntwo\n", "one\n\n---\n\ntwo", 4),
        ("\n---\na: b\n---\n", "---\na: b\n---", 5),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_narrative_knows_the_line_it_begins_on(
    under: str, narrative: str, line: int, line_end: str
) -> None:
    front = read(a_file(f"---\na: b\n---\n{under}".replace("\n", line_end)))

    assert (front.narrative, front.narrative_line) == (narrative, line)


def test_the_line_of_the_narrative_is_the_one_it_stands_on() -> None:
    for name, text in sample_files().items():
        front, file = read(a_file(text)), a_file(text)
        assert file.line(front.narrative_line) == front.narrative.split("\n")[0], name
        assert front.narrative, name


@pytest.mark.parametrize("text", ["---\na: b\n---", "---\na: b\n---\n", "---\na: b\n---\n\n\n"])
def test_a_record_may_have_no_narrative(text: str) -> None:
    assert read(a_file(text)).narrative == ""


@pytest.mark.parametrize("fence", ["---", "--- ", "---\t", "---  \t "])
def test_blanks_after_a_fence_do_no_harm(fence: str) -> None:
    assert read(a_file(f"{fence}\na: b\n{fence}\nwords\n")).fields == {"a": "b"}


# -- settings files -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n", "  \n\n"])
def test_an_empty_settings_file_settles_nothing(text: str) -> None:
    assert read_fields_file(SourceFile("kb/minutebook.yml", text)) == ({}, [])


@pytest.mark.parametrize(
    ("text", "code"), [("- a", "MB109"), ("a: &x b", "MB111"), ("a: b\u200b", "MB116"), ("a: [", "MB108")]
)
def test_a_settings_file_is_read_as_strictly_as_a_record(text: str, code: str) -> None:
    fields, findings = read_fields_file(SourceFile("kb/minutebook.yml", text))

    assert (fields, codes(findings)) == (None, [code])


# -- what is written ----------------------------------------------------------------------------

SCALARS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn")), min_size=1
).filter(lambda text: bool(text.strip()))


NAMES = st.from_regex(r"[a-z][a-z_]{0,9}", fullmatch=True)
FIELDS = st.dictionaries(
    NAMES,
    st.recursive(
        SCALARS,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3)
        ),
        max_leaves=6,
    ),
    min_size=1,
    max_size=5,
)


NARRATIVES = st.lists(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn"))), max_size=4
)


@UNTIMED
@given(FIELDS, NARRATIVES)
@example(
    {
        "a": "10:30",
        "b": "no",
        "c": "~",
        "d": "010",
        "e": "*x",
        "f": "- y",
        "g": "---",
        "h": "# z",
        "i": "a: b",
    },
    ["---"],
)
def test_what_is_written_is_read_again_as_it_was(fields: dict[str, Any], lines: list[str]) -> None:
    narrative = "\n".join(lines).strip()

    front = read(a_file(write_record_text(fields, narrative)))

    assert front.fields == fields
    assert front.narrative == narrative


def test_the_samples_are_read_again_as_they_were() -> None:
    for name, text in sample_files().items():
        front = read(a_file(text))
        again = read(a_file(write_record_text(dict(front.fields), front.narrative)))
        assert (again.fields, again.narrative) == (front.fields, front.narrative), name
