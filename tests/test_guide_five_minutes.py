"""The guide for new editors is followed to the letter: its commands run, its records check, its messages come."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.helpers import REPOSITORY, run

GUIDE = (REPOSITORY / "docs/guides/record-a-decision.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ minutebook (.+)$", GUIDE, re.MULTILINE)
RECORDS = re.findall(r"^`(kb/[^`]+\.md)`\n\n```yaml\n(.*?)```$", GUIDE, re.MULTILINE | re.DOTALL)

# What the guide leaves to its reader, filled in as the paragraph at its head allows.
REST = {
    "council": {"kind": "district", "at": "heading", "quote": "Ambledown Council"},
    "sources": {
        "kind": "minutes",
        "standing": "official",
        "publisher": "Ambledown Council",
        "url": "not stated",
        "licence": "not stated",
    },
    "bodies": {"kind": "committee", "at": "heading", "quote": "Streets Committee"},
    "meetings": {"at": "heading", "quote": "Streets Committee"},
    "items": {"at": "item 14", "quote": "Footpath at Marsh End"},
}


@pytest.fixture
def followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a reader who ran every `new` of the guide and pasted its two records."""
    monkeypatch.chdir(tmp_path)
    for command in COMMANDS[:-1]:
        result = run(*shlex.split(command))
        assert result.exit_code == 0, (command, result.output)
    for path, text in RECORDS:
        assert (tmp_path / path).is_file(), f"the guide shows {path}, which its commands do not write"
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def filled_in(followed: Path) -> Path:
    """The same folder when the reader has filled in the rest."""
    for folder, values in REST.items():
        for file in (followed / "kb/ambledown-council" / folder).glob("*.md"):
            text = file.read_text(encoding="utf-8")
            for field, value in values.items():
                text, number = re.subn(
                    rf"^(\s*(?:- )?{field}: )['…].*$", rf"\g<1>{value}", text, flags=re.MULTILINE
                )
                assert number == 1, (file.name, field)
            file.write_text(re.sub(r"^…$", "", text, flags=re.MULTILINE), encoding="utf-8")
    return followed


def test_every_command_of_the_guide_runs_and_its_records_check(filled_in: Path) -> None:
    assert COMMANDS[-1] == "check"
    assert len(RECORDS) == 2
    assert filled_in.is_dir()
    result = run("check")
    assert result.exit_code == 0, result.output
    assert "error" not in result.output


def test_the_blanks_that_are_left_are_found_and_say_what_to_write(followed: Path) -> None:
    result = run("check")
    assert result.exit_code == 1
    assert "[MB213] `kind` is still to be filled in" in result.output
    assert "= help: write one of: council, cabinet, committee" in result.output


@pytest.mark.parametrize(
    ("wrong", "right", "code", "answer"),
    [
        ("effect: agred", "effect: agreed", "MB204", "did you mean `agreed`?"),
        (
            "item: items/2021-04-20-footpath-at-march-end",
            "item: items/2021-04-20-footpath-at-marsh-end",
            "MB301",
            "did you mean `items/2021-04-20-footpath-at-marsh-end`?",
        ),
    ],
)
def test_the_mistakes_that_the_guide_names_get_the_answer_it_gives(
    filled_in: Path, wrong: str, right: str, code: str, answer: str
) -> None:
    path = filled_in / RECORDS[0][0]
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    result = run("check")
    assert f"[{code}]" in result.output
    assert answer in result.output
