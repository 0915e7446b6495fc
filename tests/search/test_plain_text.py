"""Markdown to plain text: every word that a reader of the page sees, and none that only its author does."""

from __future__ import annotations

import pytest

from minutebook_search.plain_text import blocks
from tests.search.processes import run_python

TITLES = {"projects/extra-care": "Extra Care"}


@pytest.mark.parametrize(
    ("markdown", "texts"),
    [
        ("One\nparagraph.\n\nAnother.", ["One paragraph.", "Another."]),
        ("## A heading\nand its text", ["A heading", "and its text"]),
        ("Heading\n-------\nText", ["Heading", "Text"]),
        ("- one\n- two\n  goes on\n1. three", ["one", "two goes on", "three"]),
        ("> quoted\n> words", ["quoted words"]),
        ("See [[projects/extra-care]] and [[projects/extra-care|the scheme]].", ["See Extra Care and the scheme."]),
        ("Nothing of [[projects/unknown]] here", ["Nothing of here"]),
        ("The [minutes](https://example.org/a_b_c) and ![plan](p.png) and [text][ref].", ["The minutes and plan and text."]),
        ("[ref]: https://example.org/elsewhere", []),
        ("**Not** _decided_ by `the` *board*, file_name_kept", ["Not decided by the board, file_name_kept"]),
        ("| who | what |\n|---|---|\n| [[projects/extra-care|care]] | closed |", ["who", "what", "care", "closed"]),
        ("Before <!-- a note\n\nto the editor --> after", ["Before after"]),
        ("Fish &amp; <b>chips</b> \\* 2 {: .wide }", ["Fish & chips * 2"]),
        ("```\ncode\n```", ["code"]),
    ],
)  # fmt: skip
def test_a_narrative_has_these_texts(markdown: str, texts: list[str]) -> None:
    assert list(blocks(markdown, TITLES.get)) == texts


SIGNS = ("[", "![[", "<", "<!--", "_", "*", "`", "|", "> ", "[a](", "a_", "&", "\\")


def test_no_narrative_takes_for_ever() -> None:
    """Files of nothing but the beginnings of marks are read at a rate that does not fall with their length."""
    code = (
        "from minutebook_search.plain_text import blocks\n"
        f"for sign in {SIGNS!r}:\n"
        "    list(blocks(sign * 200_000, str))"
    )
    # Some seconds; a pattern that tries every pair of places would need hours.
    assert run_python(code, timeout=120).returncode == 0
