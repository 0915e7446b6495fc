"""Findings as text and as JSON: what an author sees, to the letter, and a rule explained."""

from __future__ import annotations

import pytest

from minutebook.diagnostics import Diagnostic, Note, Place
from minutebook.rendering import explain, render_json, render_text
from minutebook.source import Span
from tests.findings import LONELY, PATH, UNKNOWN, finding, lines_of, misspelt, printed

# -- the text of a finding ----------------------------------------------------------------------


def test_a_finding_shows_the_place_the_rule_the_line_a_caret_the_notes_and_the_mend() -> None:
    """The shape of the design, to the letter."""
    assert (
        render_text([misspelt()])
        == """\
kb/harrow/transfers/x.md:14:9: error[MB301] no body `bodies/asc-improvment-board`
   |
14 |     to: bodies/asc-improvment-board
   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^
   = note: the board was established here (kb/harrow/bodies/b.md:7:3)
   = help: did you mean `bodies/asc-improvement-board`?

1 error in 1 file
"""
    )


def test_a_finding_about_a_whole_file_has_no_line_to_show() -> None:
    """Only the header and the help."""
    whole = Diagnostic(UNKNOWN, Place("kb/notes.md"), "this file is no record", "move it", (Note("a fact"),))

    assert lines_of(whole) == [
        "kb/notes.md: error[MB301] this file is no record",
        "   = note: a fact",
        "   = help: move it",
    ]


def test_a_finding_whose_line_is_not_kept_shows_its_place_alone() -> None:
    """A line of megabytes is named and not printed."""
    assert lines_of(Diagnostic(UNKNOWN, Place(PATH, Span.at(3)), "too long")) == [
        "kb/harrow/transfers/x.md:3:1: error[MB301] too long"
    ]


@pytest.mark.parametrize(
    ("number", "gutter"), [(7, " 7 | a: b"), (14, "14 | a: b"), (140, "140 | a: b"), (1400, "1400 | a: b")]
)
def test_the_gutter_is_as_wide_as_the_number_of_the_line(number: int, gutter: str) -> None:
    """Bars stand under each other."""
    bar = gutter.index("|")

    _, above, line, below = lines_of(finding("a: b", Span.at(number, 4)))

    assert (above, line, below) == (" " * bar + "|", gutter, " " * bar + "|    ^")


def test_a_span_of_several_lines_is_underlined_to_the_end_of_the_first() -> None:
    """The rest is not shown, and blanks at the end are not underlined."""
    assert lines_of(finding("moves: [one,  ", Span(5, 8, 9, 2)))[2:] == [
        " 5 | moves: [one,",
        "   |        ^^^^^",
    ]


def test_a_span_without_length_has_one_caret() -> None:
    """Something missing is shown where it would stand."""
    assert lines_of(finding("to:", Span.at(2, 4, 0)))[2:] == [" 2 | to:", "   |    ^"]


def test_a_span_beyond_the_end_of_the_line_has_its_caret_behind_the_last_character() -> None:
    """The parser may point at the end of the line."""
    assert lines_of(finding("to:", Span.at(2, 9, 3)))[2:] == [" 2 | to:", "   |    ^"]


def test_an_empty_line_is_shown_without_blanks_at_its_end() -> None:
    """Editors that trim would otherwise change the expected files of the cases."""
    assert lines_of(finding("", Span.at(2))) == [
        f"{PATH}:2:1: error[MB301] what is wrong",
        "   |",
        " 2 |",
        "   | ^",
    ]


@pytest.mark.parametrize(
    ("line", "column", "shown", "indent"),
    [
        pytest.param("\tto: x", 6, "    to: x", 8, id="a tab is four columns"),
        pytest.param("ab\tto: x", 8, "ab  to: x", 8, id="a tab reaches to the next stop"),
        pytest.param("cafe\u0301: x", 8, "cafe\u0301: x", 6, id="an accent takes no column"),
        pytest.param("日本: x", 5, "日本: x", 6, id="a wide character takes two"),
        pytest.param("a\x1b[31m: x", 9, "a\\x1b[31m: x", 11, id="an escape is written out"),
        pytest.param("£5\u00a0m: x", 7, "£5\u00a0m: x", 6, id="a no-break space is a space"),
    ],
)
def test_the_caret_stands_under_its_character(line: str, column: int, shown: str, indent: int) -> None:
    """Whatever stands before it takes as many columns as a terminal gives it."""
    assert lines_of(finding(line, Span.at(1, column)))[2:] == [f" 1 | {shown}", f"   | {' ' * indent}^"]


def test_carets_are_as_many_as_the_columns_of_what_they_mark() -> None:
    """A wide character has two, an accent none of its own."""
    assert lines_of(finding("a: 日e\u0301x", Span.at(1, 4, 4)))[-1] == "   |    ^^^^"


def test_an_accent_is_marked_with_its_letter() -> None:
    """A caret of its own would stand under the next one."""
    assert lines_of(finding("cafe\u0301s", Span.at(1, 5)))[-1] == "   |    ^"


def test_a_line_of_a_hundred_columns_is_shown_whole() -> None:
    """The longest that is not cut."""
    assert lines_of(finding("x" * 100, Span.at(1, 100)))[2:] == [f" 1 | {'x' * 100}", f"   | {' ' * 99}^"]


def test_a_long_line_is_cut_behind_a_caret_near_its_beginning() -> None:
    """What follows is left out, and a mark says so."""
    assert lines_of(finding("BAD" + "x" * 200, Span.at(1, 1, 3)))[2:] == [f" 1 | BAD{'x' * 97}…", "   | ^^^"]


def test_a_long_line_is_cut_on_both_sides_of_a_caret_in_its_middle() -> None:
    """Some of what leads up to it stays."""
    line = "x" * 300 + "BAD" + "y" * 300

    assert lines_of(finding(line, Span.at(1, 301, 3)))[2:] == [
        f" 1 | …{'x' * 30}BAD{'y' * 67}…",
        f"   | {' ' * 31}^^^",
    ]


def test_a_long_line_is_cut_before_a_caret_at_its_end() -> None:
    """Nothing follows, so no mark says that something does."""
    assert lines_of(finding("x" * 300 + "BAD", Span.at(1, 301, 3)))[2:] == [
        f" 1 | …{'x' * 30}BAD",
        f"   | {' ' * 31}^^^",
    ]


def test_a_span_wider_than_the_window_is_underlined_as_far_as_it_is_shown() -> None:
    """The mark of the cut is not part of the line."""
    assert lines_of(finding("a: " + "x" * 300, Span.at(1, 4, 300)))[2:] == [
        f" 1 | a: {'x' * 97}…",
        f"   |    {'^' * 97}",
    ]


def test_a_message_that_quotes_a_whole_field_is_cut() -> None:
    """A field may have twenty thousand characters."""
    (header,) = lines_of(Diagnostic(UNKNOWN, Place("kb/x.md"), "x" * 20_000))

    assert header == f"kb/x.md: error[MB301] {'x' * 999}…"


# -- all findings of a run ----------------------------------------------------------------------


def test_findings_come_sorted_and_once_each_with_an_empty_line_between() -> None:
    """By path, line and column; however often a check says the same."""
    later, sooner = finding("a: b", Span.at(9, 4)), finding("a: b", Span.at(2, 1), "another", LONELY)

    assert (
        render_text([later, sooner, later])
        == """\
kb/harrow/transfers/x.md:2:1: warning[MB312] another
   |
 2 | a: b
   | ^

kb/harrow/transfers/x.md:9:4: error[MB301] what is wrong
   |
 9 | a: b
   |    ^

1 error, 1 warning in 1 file
"""
    )


@pytest.mark.parametrize(
    ("errors", "warnings", "files", "summary"),
    [
        (1, 0, 1, "1 error in 1 file"),
        (0, 1, 1, "1 warning in 1 file"),
        (2, 1, 3, "2 errors, 1 warning in 3 files"),
        (1, 2, 2, "1 error, 2 warnings in 2 files"),
        (1200, 0, 1000, "1,200 errors in 1,000 files"),
    ],
)
def test_the_last_line_counts_the_findings(errors: int, warnings: int, files: int, summary: str) -> None:
    """What is not there is not counted."""
    rules = [UNKNOWN] * errors + [LONELY] * warnings
    found = [Diagnostic(rule, Place(f"kb/{n % files}.md"), f"number {n}") for n, rule in enumerate(rules)]

    assert render_text(found).splitlines()[-1] == summary


@pytest.mark.parametrize(
    ("records", "line"),
    [
        (56, "no findings: 56 records"),
        (1, "no findings: 1 record"),
        (10_000, "no findings: 10,000 records"),
        (None, "no findings"),
    ],
)
def test_without_findings_the_last_line_says_how_many_records_were_read(
    records: int | None, line: str
) -> None:
    """Silence could mean that nothing was read."""
    assert render_text([], records=records) == f"{line}\n"


def test_text_in_square_brackets_is_not_taken_for_colour() -> None:
    """Rich would read `[bold]` as an order, and `[/x]` as a mistake."""
    found = finding("to: [red]x[/red] :smile: [/]", Span.at(1, 5, 5), "no `[bold]x[/bold]` [/nothing]")

    assert printed([found]) == render_text([found])
    assert "no `[bold]x[/bold]` [/nothing]" in render_text([found])


def test_what_is_piped_is_plain_and_never_wrapped() -> None:
    """On a console 40 columns wide the caret still stands under its word."""
    assert printed([misspelt()]) == render_text([misspelt()])


def test_a_terminal_shows_severity_and_caret_in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Red for an error; without the colours the text is the same."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = printed([misspelt()], force_terminal=True, color_system="standard")

    assert "\x1b[1;31merror[MB301]\x1b[0m" in coloured
    assert "\x1b[1;31m^^^^" in coloured
    assert plain(coloured) == render_text([misspelt()])


def plain(text: str) -> str:
    """The text without the colours that we put there ourselves."""
    return "".join(part.split("m", 1)[-1] if n else part for n, part in enumerate(text.split("\x1b[")))


def test_no_color_makes_a_terminal_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bold would be an order to the terminal too."""
    monkeypatch.setenv("NO_COLOR", "1")

    assert printed([misspelt()], force_terminal=True) == render_text([misspelt()])


def test_without_findings_a_console_shows_the_number_of_records() -> None:
    """The same last line."""
    assert printed([]) == "no findings: 56 records\n"


# -- JSON ---------------------------------------------------------------------------------------


def test_json_has_every_finding_with_its_place_and_the_counts() -> None:
    """The shape of the contract, to the letter."""
    whole = Diagnostic(LONELY, Place("kb/a.md"), "nothing refers to “£5”")

    assert (
        render_json([misspelt(), whole])
        == """\
{
  "findings": [
    {
      "code": "MB312",
      "rule": "nothing-points-here",
      "severity": "warning",
      "path": "kb/a.md",
      "line": null,
      "column": null,
      "end_line": null,
      "end_column": null,
      "message": "nothing refers to “£5”",
      "help": null,
      "notes": []
    },
    {
      "code": "MB301",
      "rule": "unknown-reference",
      "severity": "error",
      "path": "kb/harrow/transfers/x.md",
      "line": 14,
      "column": 9,
      "end_line": 14,
      "end_column": 36,
      "message": "no body `bodies/asc-improvment-board`",
      "help": "did you mean `bodies/asc-improvement-board`?",
      "notes": [
        {
          "text": "the board was established here",
          "path": "kb/harrow/bodies/b.md",
          "line": 7,
          "column": 3
        }
      ]
    }
  ],
  "errors": 1,
  "warnings": 1
}
"""
    )


def test_json_without_findings_is_an_empty_list() -> None:
    """A program need not ask whether the key is there."""
    assert render_json([]) == '{\n  "findings": [],\n  "errors": 0,\n  "warnings": 0\n}\n'


# -- a rule explained ---------------------------------------------------------------------------


def test_a_rule_is_explained_in_four_short_paragraphs() -> None:
    """What is checked, why, an example, the mend; lines are broken between words."""
    assert (
        explain(UNKNOWN)
        == """\
MB301 unknown-reference
an error: it stops a build

What is checked
    Every reference names a record that is there.

Why it matters
    A link to nothing hides who held, decided or promised something, and whoever looks
    for it finds an empty page.

Example
    `to: bodies/asc-improvment-board`

How to mend it
    Correct the id, or write the record that is missing.
"""
    )


def test_a_rule_that_only_warns_says_that_it_stops_no_build() -> None:
    assert explain(LONELY).splitlines()[:3] == [
        "MB312 nothing-points-here",
        "a warning: it stops no build",
        "",
    ]
