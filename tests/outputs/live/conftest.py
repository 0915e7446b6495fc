"""What the tests of the live site share: a checkout of Thornby, and the site that is shown of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from minutebook.live_site import LiveSite
from tests.outputs.live.changing import begin
from tests.outputs.test_frames import OWN_THEME
from tests.small_council import write_council

CONFIG = """
site_name: Set by the records
theme: {name: material, font: false, custom_dir: %s}
plugins: [minutebook]
nav: [{Home: index.md}, {Bodies: bodies/index.md}, {Words: glossary.md}]
markdown_extensions: [tables, "minutebook.outputs.finished:FinishedPages"]
validation: {nav: {omitted_files: ignore}}
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of Thornby; the working folder is there."""
    write_council(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "glossary.md").write_text("# Words\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG % OWN_THEME.as_posix(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    return tmp_path


@pytest.fixture
def site(place: Path) -> Iterator[LiveSite]:
    """The live site, built once."""
    live = begin()
    try:
        live.rebuild()
        yield live
    finally:
        live.close()
