"""Hostile ids, names, links, pipes and places: nothing outside is read or written, and nothing hangs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.strangers import STRANGERS
from tests.helpers import REPOSITORY


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What happened to each of them: one process that forks, since a process each would take a minute."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.faults.strangers", str(tmp_path_factory.mktemp("strangers"))],
        cwd=REPOSITORY, env={**os.environ, "PYTHONPATH": ".", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, timeout=900, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_there_are_sixty_and_more() -> None:
    assert len(STRANGERS) >= 60


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_is_met_with_a_sentence_and_changes_nothing(met: dict[str, Any], name: str) -> None:
    found = met[name]
    assert "died" not in found, "it hung, or ended the process"
    assert set(found["codes"]) <= {0, 1, 2}
    assert "internal error" not in found["said"]
    assert "Traceback" not in found["said"]
    assert not found["changed outside"]
    assert not found["published"]
    assert not found["told"]


@pytest.mark.parametrize("name", STRANGERS)
def test_nothing_outside_is_opened(met: dict[str, Any], name: str) -> None:
    assert met[name].get("touched") == []


def test_the_watch_itself_sees_what_is_opened(tmp_path: Path) -> None:
    """A watch that hears nothing would pass every stranger."""
    code = (
        "import sys, json; from pathlib import Path; from tests.faults import strangers;"
        "strangers.write_house(Path(sys.argv[1]) / 'house');"
        "import minutebook.cli as cli;"
        "cli.main = lambda: open('../other.txt').close();"
        "Path(sys.argv[1], 'other.txt').touch();"
        "print(json.dumps(strangers._run(Path(sys.argv[1]) / 'house', Path(sys.argv[1]), [])['touched']))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=REPOSITORY, env={**os.environ, "PYTHONPATH": "."}, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert json.loads(result.stdout) == [f"open {os.path.realpath(tmp_path)}/other.txt"]
