"""Front matter that is refused: what a record does not need, at its place; and no text does harm."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutebook.front_matter import MAX_DEPTH, MAX_FRONT_MATTER, places, read_fields_file, read_front_matter
from minutebook.source import SourceFile
from tests.fenced_files import a_file, at, fault, fenced, read
from tests.helpers import UNTIMED, codes

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
