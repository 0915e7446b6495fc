"""What says that it is not public: a record, a file that cannot be read as one, a line that stands too late."""

from __future__ import annotations

import pytest

from minutebook.diagnostics import Diagnostic, HiddenNames, Place
from minutebook.privacy import said_too_late, says_not_public
from minutebook.rules.fields import UNKNOWN_FIELD


@pytest.mark.parametrize(
    "line",
    ["access: exempt", "acess: exempt", "accss: draft", "Access = CONFIDENTIAL", "  - access: exempted", "draft: true"],
)  # fmt: skip
def test_a_file_says_that_it_is_not_public_however_that_is_misspelt(line: str) -> None:
    data = f"---\ntitle: Yard\n{line.removeprefix('  - ')}\n---\n"

    assert says_not_public(data.encode("utf-8"))
    assert says_not_public(data.encode("utf-16"))


def test_a_file_that_says_it_is_public_does_not() -> None:
    assert not says_not_public(
        b"---\ntitle: Exempt items\naccess: public\n---\n\nIt was exempt from call-in.\n"
    )


@pytest.mark.parametrize(
    "line", ["access: exempt", "accss: exempt", "Access: Draft", '"access": confidential']
)
def test_what_stands_under_the_fields_keeps_nothing_private_and_is_found(line: str) -> None:
    narrative = f"The yard is to be sold.\n\n{line}\n"

    assert said_too_late(narrative) == narrative.index(line)


@pytest.mark.parametrize(
    "line", ["The draft was noted.", "Access to the draft: see below.", "access: public"]
)
def test_words_of_a_narrative_are_no_such_line(line: str) -> None:
    assert said_too_late(f"{line}\n") is None


OPEN = "kb/ambledown/actions/launch-second-thing.md"


@pytest.mark.parametrize(
    ("path", "message", "masked"),
    [
        (OPEN, "no field `sumary`", False),
        (OPEN, "no field `sumary` in `actions/launch-second-thing`", False),
        (OPEN, "`actions/launch-thirt-thing` is no record", True),
        ("kb/ambledown/actions/launch-third-thing.md", "no field `sumary`", True),
    ],
)
def test_a_public_file_may_be_named_like_one_that_is_hidden(path: str, message: str, masked: bool) -> None:
    hidden = HiddenNames(["ambledown/actions/launch-third-thing"], others=["ambledown/actions/plant-trees"])

    assert hidden.mask(Diagnostic(UNKNOWN_FIELD, Place(path), message)).restricted is masked
