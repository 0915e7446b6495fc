"""The small council with MkDocs and Material over it, built by a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.small_council import write_council

CONFIG = """
site_name: Set by the records
theme: {name: material, font: false}
plugins: [search, minutebook]
site_dir: .minutebook/mkdocs-site
validation: {nav: {omitted_files: ignore}, links: {unrecognized_links: ignore}}
"""


def write_house(place: Path) -> None:
    """Write kb/, docs/ and mkdocs.yml."""
    write_council(place)
    (place / "docs" / "guides").mkdir(parents=True)
    (place / "docs" / "glossary.md").write_text("# Glossary\n\nÉlan – a word.\n", encoding="utf-8")
    for name in ("one", "two", "three"):
        (place / "docs" / "guides" / f"{name}.md").write_text(f"# Guide {name}\n", encoding="utf-8")
    (place / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")


def command(*arguments: str, before: str = "") -> list[str]:
    """The command line as a process, after a few lines of Python."""
    return [sys.executable, "-c", f"{before}\nfrom minutebook.cli import main; main()", *arguments]


def environment(**changed: str | None) -> Mapping[str, str]:
    """The environment of such a process; None takes a variable away."""
    given = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", **changed}
    return {name: value for name, value in given.items() if value is not None}


def build(
    place: Path, *arguments: str, before: str = "", **changed: str | None
) -> subprocess.CompletedProcess[str]:
    """Run `minutebook build` in a folder; it makes everything even where nothing has changed."""
    return subprocess.run(
        command("build", "--afresh", *arguments, before=before),
        cwd=place, env=environment(**changed), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


__all__ = ["CONFIG", "build", "command", "environment", "write_house"]
