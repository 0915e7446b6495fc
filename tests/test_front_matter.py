"""The fields of a file as written, with their places, and the narrative under them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minutebook.diagnostics import Diagnostic
from minutebook.front_matter import (
    MAX_DEPTH,
    MAX_FRONT_MATTER,
    FrontMatter,
    places,
    read_fields_file,
    read_front_matter,
    write_record_text,
)
from minutebook.source import SourceFile, Span
from tests.helpers import codes, sample_files

UNTIMED = settings(deadline=None)  # a slow machine is no defect


def a_file(text: str) -> SourceFile:
    """The text as a file of records."""
    return SourceFile("kb/ambledown/projects/benches.md", text)


def fenced(fields: str, narrative: str = "") -> SourceFile:
    """The fields between their fences, the narrative under them."""
    return a_file(f"---\n{fields}\n---\n{narrative}")


def read(file: SourceFile) -> FrontMatter:
    """What is read of a file that is in order."""
    front, findings = read_front_matter(file)
    assert findings == []
    assert front is not None
    return front


def fault(file: SourceFile) -> Diagnostic:
    """The one finding of a file that is not in order."""
    _, [finding] = read_front_matter(file)
    return finding


def at(finding: Diagnostic) -> str:
    """Where a finding stands, as `line:column-column`."""
    span = finding.place.span
    assert span is not None
    return f"{span.line}:{span.column}-{span.end_column}"


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


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "code", "where"),
    [
        ("a: 1\nb: 2\na: 3", "MB110", "4:1-2"),
        ("a:\n  b: 1\n  c: 2\n  b: 3", "MB110", "5:3-4"),
        ("a: [{b: 1, b: 2}]", "MB110", "2:12-13"),
        ('a: 1\n"a": 2', "MB110", "3:1-4"),
        ("a: &x 1", "MB111", "2:4-8"),
        ("a: &x [1]", "MB111", "2:4-8"),
        ("a: &x {b: 1}", "MB111", "2:4-8"),
        ("&x a: 1", "MB111", "2:1-5"),
        ("a: *x", "MB111", "2:4-6"),
        ("*x : 1", "MB111", "2:1-3"),
        ("- *x", "MB109", "2:1-2"),
        ("<<: {a: 1}", "MB111", "2:1-3"),
        ("a:\n  <<: [{b: 1}]", "MB111", "3:3-5"),
        ("a: !x 1", "MB112", "2:4-8"),
        ("a: ! 1", "MB112", "2:4-7"),
        ('a: ! "1"', "MB112", "2:4-9"),
        ("a: ! [1]", "MB112", "2:4-7"),
        ("a: ! {b: 1}", "MB112", "2:4-7"),
        ("a: ! |\n  1", "MB112", "2:4-5"),
        ("a: !!float 4.10", "MB112", "2:4-16"),
        ("a: !!python/object:os.system [ls]", "MB112", "2:4-31"),
        ("! a: 1", "MB112", "2:1-4"),
        ("a: !<tag:yaml.org,2002:str> 1", "MB112", "2:4-30"),
        ("[a, b]: 1", "MB117", "2:1-2"),
        ("{a: b}: 1", "MB117", "2:1-2"),
        ("? [a]\n: 1", "MB117", "2:3-4"),
        ('"": 1', "MB117", "2:1-3"),
        ("- a", "MB109", "2:1-2"),
        ("a", "MB109", "1:1-4"),
        ("# only a remark", "MB109", "1:1-4"),
        ("a: b: c", "MB108", "2:5-6"),
        ("a: 'it's'", "MB108", "2:8-9"),
        ('a: "b', "MB108", "2:4-5"),
        ("a: [b", "MB108", "3:1-2"),
        ("a: @b", "MB108", "2:4-5"),
        ("\ta: b", "MB108", "2:1-2"),
        ("a: b\n c: d", "MB108", "3:3-4"),
        ("a: b\n--- c\nd: e", "MB108", "3:1-4"),
        ("a: b\n...\nc: d", "MB108", "4:1-2"),
        ("%YAML 1.1", "MB108", "3:1-2"),
        ("a:", "MB115", "2:3-4"),
        ("a: ~", "MB115", "2:4-5"),
        ("a: NULL", "MB115", "2:4-8"),
        ('a: " "', "MB115", "2:4-7"),
        ("a: []", "MB115", "2:4-5"),
        ("a: [b, ]\nc: {}", "MB115", "3:4-5"),
        ("a: [b, null]", "MB115", "2:8-12"),
        ("a:\n- b\n-\n- c", "MB115", "4:2-3"),
        ("a: b\u200b", "MB116", "2:5-6"),
        ("a: \u202eb", "MB116", "2:4-5"),
        ("a: b\rc: d", "MB116", "2:5-6"),
        ("a: b\x00", "MB116", "2:5-6"),
        ("a: b\u2028c: d", "MB116", "2:5-6"),
    ],
)  # fmt: skip
def test_what_a_record_does_not_need_is_refused_at_its_place(fields: str, code: str, where: str) -> None:
    finding = fault(fenced(fields))

    assert (finding.rule.code, at(finding)) == (code, where)


def test_the_first_of_two_equal_fields_stays() -> None:
    front, findings = read_front_matter(fenced("a: 1\na: 2"))

    assert codes(findings) == ["MB110"]
    assert front is not None
    assert front.fields == {"a": "1"}
    assert findings[0].message == "`a` stands here a second time; it is on line 2 already"


def test_equal_names_in_different_groups_are_no_repeat() -> None:
    fields = "a: {b: 1}\nc: {b: 1}\nd:\n- {b: 1}\n- {b: 1}"

    assert read(fenced(fields)).fields["d"] == [{"b": "1"}, {"b": "1"}]


def test_every_empty_field_is_found_and_not_the_first_alone() -> None:
    _, findings = read_front_matter(fenced("a:\nb: []\nc: {d: }"))

    assert [finding.message for finding in findings] == [
        "`a` has nothing after it",
        "`b` has nothing after it",
        "`d` has nothing after it",
    ]


@pytest.mark.parametrize(
    "text", ["", "\n", "\n---\na: b\n---\n", " ---\na: b\n---\n", "----\na: b\n----\n", "a: b"]
)
def test_a_file_that_does_not_begin_with_a_fence_has_no_fields(text: str) -> None:
    finding = fault(a_file(text))

    assert finding.rule.code == "MB107"
    assert finding.message.startswith("expected `---` on the first line, found ")


@pytest.mark.parametrize(
    "text", ["---\na: b\n", "---", "---\na: b\n ---\n", "---\na: b\n----\n", "---\na: b\n--- x\n"]
)
def test_fields_that_nothing_ends_are_found_at_their_fence(text: str) -> None:
    finding = fault(a_file(text))

    assert (finding.rule.code, at(finding)) == ("MB107", "1:1-4")


def test_a_byte_order_mark_is_found_before_all_else() -> None:
    assert fault(a_file("\ufeff---\na: [\n---\n")).rule.code == "MB106"


def test_fields_as_long_as_they_may_be_are_read_and_no_longer() -> None:
    longest = "a: " + "b" * (MAX_FRONT_MATTER - 5)

    assert read(fenced(longest)).fields.keys() == {"a"}
    assert fault(fenced(longest + "b")).rule.code == "MB113"


def nested(depth: int) -> str:
    """A value that lies in this many lists."""
    return "[" * depth + "x" + "]" * depth


def test_fields_as_deep_as_they_may_be_are_read_and_no_deeper() -> None:
    assert read(fenced(f"a: {nested(MAX_DEPTH - 1)}")).fields.keys() == {"a"}
    assert fault(fenced(f"a: {nested(MAX_DEPTH)}")).rule.code == "MB114"


@pytest.mark.parametrize("many", [3_000, 30_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
@pytest.mark.parametrize("lead", ["", "a: ", "a:\n  "])
def test_thousands_of_nested_openings_are_refused_and_do_no_harm(lead: str, opening: str, many: int) -> None:
    front, findings = read_front_matter(fenced(lead + opening * many))

    assert front is None
    assert len(findings) == 1


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


# -- laws ---------------------------------------------------------------------------------------

# Pieces that YAML and the splitter treat in a way of their own, among any others.
PIECES = st.sampled_from(
    ["---", "\n", "\r\n", "\r", ": ", ":", "- ", "? ", "a", "b: c", "[", "]", "{", "}", ",", "&x ", "*x", "!", "!!str ", "<<: ",
     '"', "'", "|", ">", "#", "%", "@", "`", "~", "null", "...", "\t", " ", "  ", "\x00", "\ufeff", "\u200b", "\u2028", "é", "長", "=", "\\"],
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)


@UNTIMED
@given(TEXTS)
@example("---\n? \n---\n")
@example("---\n: \n---\n")
@example("---\n? ? \n---\n")
def test_whatever_a_file_holds_it_is_read_or_there_is_a_finding(text: str) -> None:
    for file in (a_file(text), fenced(text), fenced("a: b\n" + text, text)):
        front, findings = read_front_matter(file)
        assert front is not None or findings
        spans = places(file)
        if front is not None:
            assert set(paths(front.fields)) <= set(spans)
        for finding in findings:
            assert finding.place.span is not None
            assert file.line(finding.place.span.line) is not None
            assert finding.message
            assert finding.help


@UNTIMED
@given(TEXTS)
def test_whatever_a_settings_file_holds_it_is_read_or_there_is_a_finding(text: str) -> None:
    fields, findings = read_fields_file(SourceFile("kb/minutebook.yml", text))

    assert fields is not None or findings


def paths(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every value inside fields."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, Mapping):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path for step, one in inner for path in [(*at, step), *paths(one, (*at, step))]]


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
