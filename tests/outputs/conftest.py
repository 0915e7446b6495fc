"""What the tests of outputs share: a checkout of Thornby to build, and the published samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook import safe_files
from minutebook.loading import load
from minutebook.publication import PublishedKnowledgeBase, publish
from tests.outputs.checkout import CONFIG
from tests.outputs.house import samples
from tests.small_council import write_council


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of Thornby: kb/, docs/, mkdocs.yml; the working folder is there."""
    write_council(tmp_path)
    (tmp_path / "kb" / "minutebook.yml").write_text("title: Thornby & Co <Minutes>\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "glossary.md").write_text("# Glossary\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG % ".minutebook/mkdocs-site", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setattr(safe_files, "GRACE", 0.01)  # nobody reads here
    return tmp_path


@pytest.fixture(scope="session")
def published_samples(tmp_path_factory: pytest.TempPathFactory) -> PublishedKnowledgeBase:
    """One record of each type with every field."""
    return samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="session")
def thornby(tmp_path_factory: pytest.TempPathFactory) -> PublishedKnowledgeBase:
    """Thornby: a programme that was split in April 2021, and one project that nobody received."""
    return publish(load(write_council(tmp_path_factory.mktemp("thornby"))).kb)
