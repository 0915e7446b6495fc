"""What must never be shown of a finding, as text or as JSON: a record that is not public, a control character, a personal detail."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest

from minutebook.diagnostics import Diagnostic, Note, Place
from minutebook.rendering import render_json, render_text
from minutebook.source import SourceFile, Span
from tests.findings import UNKNOWN, lines_of, misspelt, printed


def restricted(slug: str, line: int = 3) -> Diagnostic:
    """A finding about a record that is not public, with its marker in everything that can hold it."""
    file = SourceFile(f"kb/harrow/items/{slug}.md", "\n" * (line - 1) + f"title: {slug} text")
    note = Note(f"{slug} note", Place(f"kb/harrow/items/{slug}.md", Span.at(1)))
    return Diagnostic(
        UNKNOWN,
        Place.of(file, Span.at(line, 8, 6)),
        f"{slug} message",
        f"{slug} help",
        (note,),
        restricted=True,
    )


def test_a_restricted_finding_shows_council_folder_line_and_code() -> None:
    """No slug, no text, no column, no line of the author's."""
    assert (
        render_text([restricted("marker")])
        == """\
kb/harrow/items/(not public).md:3: error[MB301] a record that is not public breaks the rule `unknown-reference`
   = help: run again with `--show-restricted` on your own terminal to see which, and how to mend it

1 error in 1 file
"""
    )


def test_a_restricted_finding_is_shown_whole_on_the_editors_own_terminal() -> None:
    """Asked for with `--show-restricted`."""
    assert (
        render_text([restricted("marker")], show_restricted=True)
        == """\
kb/harrow/items/marker.md:3:8: error[MB301] marker message
   |
 3 | title: marker text
   |        ^^^^^^
   = note: marker note (kb/harrow/items/marker.md:1:1)
   = help: marker help

1 error in 1 file
"""
    )


def test_no_rendering_lets_a_marker_through() -> None:
    """Neither text nor colour nor JSON."""
    found = [restricted("marker"), misspelt()]

    assert "marker" not in render_text(found) + render_json(found) + printed(found, force_terminal=True)


def test_the_order_of_masked_findings_tells_nothing_of_their_names() -> None:
    """Sorted by what is shown: between two public records no masked one says where its name would stand."""
    public = [Diagnostic(UNKNOWN, Place(f"kb/harrow/items/{slug}.md"), "x") for slug in ("a", "z")]

    texts = {render_text([*public, restricted(slug, line)]) for slug, line in (("b", 5), ("zz", 5), ("0", 5))}

    assert len(texts) == 1


def test_two_restricted_findings_that_look_alike_are_both_counted() -> None:
    """They are once each before they are masked."""
    assert render_text([restricted("a"), restricted("b")]).splitlines()[-1] == "2 errors in 1 file"


ALL_UNSEEN = [
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
]


@pytest.mark.parametrize("field", ["message", "help", "note", "path", "line", "note path"])
def test_no_control_character_reaches_the_terminal_from_any_text(field: str) -> None:
    """A record could otherwise clear the screen, change its title or hide what it says."""
    for at in range(0, len(ALL_UNSEEN), 50):
        text = dict.fromkeys(("message", "help", "note", "path", "line", "note path"), "x")
        text[field] = "".join(ALL_UNSEEN[at : at + 50])
        note = Note(text["note"], Place(text["note path"]))
        place = Place(text["path"], Span.at(1), text["line"])

        rendered = render_text([Diagnostic(UNKNOWN, place, text["message"], text["help"], (note,))])

        assert set(rendered) & set(ALL_UNSEEN) == {"\n"}
        assert len(rendered.splitlines()) == 8


def test_hidden_characters_are_written_out() -> None:
    """So that they can be found and deleted."""
    (header,) = lines_of(
        Diagnostic(UNKNOWN, Place("kb/x.md"), "a\x1b[2J\x9b\n::error::\u202eb\u200b\udc80\t\U000e0041")
    )

    assert header == r"kb/x.md: error[MB301] a\x1b[2J\x9b\n::error::\u202eb\u200b\udc80\t\U000e0041"


def test_json_of_a_restricted_finding_has_its_line_and_no_column() -> None:
    """The same mask as in the text; lifted by the same word."""
    (masked,) = json.loads(render_json([restricted("marker")]))["findings"]
    (whole,) = json.loads(render_json([restricted("marker")], show_restricted=True))["findings"]

    assert masked == {
        "code": "MB301",
        "rule": "unknown-reference",
        "severity": "error",
        "path": "kb/harrow/items/(not public).md",
        "line": 3,
        "column": None,
        "end_line": None,
        "end_column": None,
        "message": "a record that is not public breaks the rule `unknown-reference`",
        "help": "run again with `--show-restricted` on your own terminal to see which, and how to mend it",
        "notes": [],
    }
    assert (whole["path"], whole["column"], whole["message"]) == (
        "kb/harrow/items/marker.md",
        8,
        "marker message",
    )


def test_json_gives_hidden_characters_back_and_prints_none() -> None:
    """They are escaped, so that the value is whole and a terminal obeys nothing."""
    hostile = " ".join(ALL_UNSEEN)  # apart: two halves of a surrogate pair side by side are one character

    text = render_json([Diagnostic(UNKNOWN, Place("kb/x.md"), hostile)])

    assert json.loads(text)["findings"][0]["message"] == hostile
    assert {c for c in text if c in ALL_UNSEEN} == {"\n"}
    assert text.encode("utf-8").decode("utf-8") == text


def test_the_authors_line_is_not_printed_where_it_holds_a_detail_of_a_person() -> None:
    file = SourceFile("kb/x.md", "summary: <b>020 7946 0018</b>\n")
    finding = Diagnostic(UNKNOWN, Place.of(file, Span.at(1, 10, 3)), "narrative holds HTML", "take it out")
    shown = render_text([finding])
    assert "kb/x.md:1:10: " in shown
    assert "7946" not in shown
