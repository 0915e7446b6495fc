"""Hand-written pages as they are read: which of them cannot be, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.hand_written import folder_lists
from minutebook.outputs.statement import statement_finding
from minutebook.safe_files import CannotBuild
from minutebook.when import When

LATIN_1 = "# Café\n\nIn the café.\n".encode("latin-1")


@pytest.mark.parametrize("path", ["guides/latin.md", "latin.md"])
def test_a_page_that_is_not_utf_8_is_named_with_the_line(tmp_path: Path, path: str) -> None:
    """In a folder, where its heading is looked for, and in none, where only MkDocs would read it."""
    page = tmp_path / "docs" / path
    page.parent.mkdir(parents=True)
    page.write_bytes(b"Plain words.\n" + LATIN_1)

    with pytest.raises(CannotBuild) as refused:
        list(folder_lists(tmp_path / "docs"))

    assert str(refused.value) == f"`docs/{path}` is not UTF-8: the byte 0xe9, line 2: save it as UTF-8"


def test_so_is_an_accessibility_statement(tmp_path: Path) -> None:
    """It is read before all other pages."""
    (tmp_path / "accessibility.md").write_bytes(LATIN_1)

    with pytest.raises(CannotBuild, match=r"`.+/accessibility\.md` is not UTF-8: the byte 0xe9, line 1"):
        statement_finding(tmp_path, When.parse("2020"))


def test_what_is_no_page_may_be_of_any_bytes(tmp_path: Path) -> None:
    """A picture is not read as text."""
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "picture.png").write_bytes(LATIN_1)

    assert list(folder_lists(tmp_path)) == []
