"""The staging tree is whole: other renderers of the family build every page from it, and leave each as it is."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from minutebook.loading import load
from minutebook.outputs.finished import body_of
from minutebook.publication import publish
from minutebook.staging_tree import Staged, stage, staged_path
from tests.outputs.house import AS_OF, text_of
from tests.small_council import write_council

CONFIG = """
site_name: Thornby
docs_dir: staging
site_dir: built
theme: {name: null, custom_dir: theme}
plugins: []
markdown_extensions: [tables, toc]
validation: {nav: {omitted_files: ignore}}
"""
MAIN = "<!doctype html><title>{{ page.title }}</title><main>{{ page.content }}</main>"


@pytest.fixture
def staged(tmp_path: Path) -> Staged:
    """Thornby, staged as a build stages it, beside a theme of one line."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "glossary.md").write_text("# Glossary\n\nA *word*.\n", encoding="utf-8")
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "main.html").write_text(MAIN, encoding="utf-8")
    published = publish(load(write_council(tmp_path)).kb)
    return stage(published, AS_OF, tmp_path / "docs", tmp_path / "staging", jobs=2)


def _renders(place: Path, staged: Staged, renderer: str, config: str, *arguments: str) -> None:
    if importlib.util.find_spec(renderer) is None:
        pytest.skip(f"{renderer} is not installed")
    (place / "renderer.yml").write_text(config, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", renderer, "build", "-f", "renderer.yml", *arguments],
        cwd=place, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert len(staged.pages) > 30
    for path in staged.pages:
        body = body_of((place / "staging" / staged_path(path)).read_bytes())
        built = (place / "built" / path).read_bytes()
        if renderer == "zensical":
            # It takes the HTML apart and writes it anew; the words and their order are ours.
            assert text_of(body.decode()) in text_of(built.decode()), path
        else:
            assert body in built, path
    for path in staged.files:
        assert (place / "built" / path).read_bytes() == (place / "staging" / path).read_bytes(), path
    assert "<em>word</em>" in (place / "built/glossary/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("renderer", ["mkdocs", "properdocs"])
def test_mkdocs_and_properdocs_build_every_page(tmp_path: Path, staged: Staged, renderer: str) -> None:
    _renders(tmp_path, staged, renderer, CONFIG, "--strict", "--quiet")


def test_zensical_builds_every_page(tmp_path: Path, staged: Staged) -> None:
    config = "site_name: Thornby\ndocs_dir: staging\nsite_dir: built\nmarkdown_extensions: [tables, toc]\n"
    _renders(tmp_path, staged, "zensical", config)
