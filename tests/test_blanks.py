"""What stands in a new record where a value is still to come, and what an editor is told to write there."""

from __future__ import annotations

import pytest

from minutebook.blanks import advice, blanks, choice, is_blank, model


@pytest.mark.parametrize(
    ("blank", "said"),
    [
        (choice(["noted", "agreed"]), "write one of: noted, agreed"),
        (model("2019-11-05"), "write it as in `2019-11-05`"),
        (model("2019-11-05", "2019-11"), "write it as in `2019-11-05` or `2019-11`"),
        ("…", None),
    ],
)
def test_a_blank_says_what_to_write(blank: str, said: str | None) -> None:
    assert is_blank(blank)
    assert is_blank(f" {blank}\n")
    assert advice(blank) == said


@pytest.mark.parametrize("text", ["", "Noted …", "… and so on", "… one of", "not stated", None, 5, ["…"]])
def test_what_an_editor_wrote_is_no_blank(text: object) -> None:
    assert not is_blank(text)
    if isinstance(text, str):
        assert advice(text) is None


def test_every_blank_is_found_with_its_way_there() -> None:
    fields = {
        "title": "…",
        "moves": [{"what": "projects/a", "to": "… as in: bodies/b"}, "…"],
        "kind": "transfer",
    }

    assert list(blanks(fields)) == [
        (("title",), "…"),
        (("moves", 0, "to"), "… as in: bodies/b"),
        (("moves", 1), "…"),
    ]
