"""A name written where an id is wanted: the record that bears it is offered, and nothing that is not public."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.loading import load
from tests.helpers import lay_out

PROJECT = "---\ntitle: {title}\nkind: project\n{more}\n---\n"


def _help(folder: Path, files: dict[str, str]) -> str | None:
    (found,) = [one for one in load(lay_out(folder, files)).findings if one.rule.code == "MB303"]
    return found.help


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("Extra Care", "projects/extra-care"),
        ("extra care housing", "projects/extra-care"),  # an alias, however its letters are
        ("harrow/projects/Extra-Care.md", "projects/extra-care"),
        ("Shared Lives", "barnet/projects/shared-lives"),  # of another council
        ("Telecare", "projects/telecare"),  # of both councils: the record's own comes first
    ],
)
def test_the_record_of_that_name_is_offered(tmp_path: Path, written: str, offered: str) -> None:
    """By title, by another name or by the name of its file, as the author of this record would write it."""
    files = {
        "harrow/projects/extra-care.md": PROJECT.format(
            title="Extra Care", more="aliases: [Extra Care Housing]"
        ),
        "harrow/projects/telecare.md": PROJECT.format(title="Telecare", more=""),
        "barnet/projects/telecare.md": PROJECT.format(title="Telecare", more=""),
        "barnet/projects/shared-lives.md": PROJECT.format(title="Shared Lives", more=""),
        "harrow/projects/part.md": PROJECT.format(title="A part", more=f"parent: {written}"),
    }

    assert _help(tmp_path, files) == f"did you mean `{offered}`?"


def test_a_record_of_a_type_that_the_field_cannot_hold_is_not_offered(tmp_path: Path) -> None:
    """A project is no part of a body, whatever that is called."""
    files = {
        "harrow/bodies/extra-care.md": "---\ntitle: Extra Care\nkind: programme board\n---\n",
        "harrow/projects/part.md": PROJECT.format(title="A part", more="parent: Extra Care"),
    }

    assert _help(tmp_path, files) == "write the id: `projects/` and the name of the file, without `.md`"


def test_what_is_not_public_is_not_offered(tmp_path: Path) -> None:
    """Nor where its name is nearly written, which hides nothing by itself."""
    files = {
        "harrow/projects/quiet-tender.md": PROJECT.format(title="Quiet Tender", more="access: draft"),
        "harrow/projects/part.md": PROJECT.format(title="A part", more="parent: Quiet Tendre"),
    }

    assert "quiet-tender" not in (_help(tmp_path, files) or "")
