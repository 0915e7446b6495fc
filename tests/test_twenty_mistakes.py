"""Mistakes made on purpose in a copy of the knowledge base: each one finding, at the right place, with a mend."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from minutebook.cli import cli
from minutebook.loading import load

KB = Path(__file__).parents[1] / "kb"
HARROW = "harrow"
SPLIT = "transfers/2020-01-resilient-harrow-split.md"
EXTRA_CARE = "projects/extra-care.md"
MEETING = "meetings/2020-01-07-overview-and-scrutiny-committee.md"
BOARD = "bodies/adults-social-care-improvement-board.md"
RESOLUTION = "resolutions/2020-01-07-resilient-harrow.md"


@dataclass(frozen=True)
class Mistake:
    """What was done to a file of Harrow's, and the one finding it must give: code, file and the words at the place."""

    done: str
    make: Callable[[Path], None]
    code: str
    path: str
    at: str | None  # what stands at the place; None where the file as a whole is meant


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace the first `old` in a file; it must be there."""

    def make(harrow: Path) -> None:
        text = (harrow / path).read_text(encoding="utf-8")
        assert old in text, f"{path} has no {old!r}"
        (harrow / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return make


def written(path: str, content: bytes) -> Callable[[Path], None]:
    """Write a file, with its folder."""

    def make(harrow: Path) -> None:
        (harrow / path).parent.mkdir(exist_ok=True)
        (harrow / path).write_bytes(content)

    return make


def before_fields(path: str, prefix: bytes) -> Callable[[Path], None]:
    """Put bytes at the very beginning of a file."""

    def make(harrow: Path) -> None:
        (harrow / path).write_bytes(prefix + (harrow / path).read_bytes())

    return make


def linked(path: str, target: str) -> Callable[[Path], None]:
    """Make a symbolic link."""
    return lambda harrow: (harrow / path).symlink_to(target)


MISTAKES = (
    Mistake("a reference is misspelt", replaced(SPLIT, "to: bodies/asc-commissioning-workstream", "to: bodies/asc-comissioning-workstream"), "MB301", SPLIT, "bodies/asc-comissioning-workstream"),
    Mistake("a reference has the wrong type", replaced(SPLIT, "to: bodies/asc-commissioning-workstream", "to: posts/chief-executive"), "MB302", SPLIT, "posts/chief-executive"),
    Mistake("a reference has capitals", replaced(SPLIT, "from: bodies/resilient-harrow-programme-board", "from: Bodies/Programme Board"), "MB303", SPLIT, "Bodies/Programme Board"),
    Mistake("a link in narrative is misspelt", replaced(SPLIT, "\n[[bodies/adults-social-care-improvement-board]]", "\n[[bodies/adults-social-care-improvment-board]]"), "MB304", SPLIT, "[[bodies/adults-social-care-improvment-board]]"),
    Mistake("a financial year is written 2020-21", replaced(SPLIT, "value: 2020-01,", "value: 2020-21,"), "MB402", SPLIT, "2020-21"),
    Mistake("a date is written as people say it", replaced(MEETING, "held_on: 2020-01-07", "held_on: 7 January 2020"), "MB401", MEETING, "7 January 2020"),
    Mistake("a field is given twice", replaced(SPLIT, "kind: split\n", "kind: split\nkind: transfer\n"), "MB110", SPLIT, "kind"),
    Mistake("a field is misspelt", replaced(SPLIT, "summary:", "sumary:"), "MB201", SPLIT, "sumary"),
    Mistake("a field that is needed is missing", replaced(SPLIT, "authorised_by: not stated\n", ""), "MB202", SPLIT, "---"),
    Mistake("a field is left empty", replaced(SPLIT, "authorised_by: not stated", "authorised_by:"), "MB115", SPLIT, ""),
    Mistake("a word is not one of the choices", replaced(RESOLUTION, "effect: noted", "effect: note"), "MB204", RESOLUTION, "note"),
    Mistake("a project is moved twice", replaced(SPLIT, "moves:\n", "moves:\n  - what: projects/extra-care\n    gap: Nobody.\n"), "MB413", SPLIT, "projects/extra-care"),
    Mistake("a receiver does not exist yet", replaced(BOARD, "\nestablished: not stated", "\nestablished: 2020-06"), "MB412", SPLIT, "bodies/adults-social-care-improvement-board"),
    Mistake("a gap is no longer declared", replaced(SPLIT, "  - what: projects/learning-disabilities-integration\n    gap:", "  - what: projects/extra-care-2\n    gap:"), "MB301", SPLIT, "projects/extra-care-2"),
    Mistake("three thousand brackets", replaced(EXTRA_CARE, "aliases:", "topics: " + "[" * 3000 + "]" * 3000 + "\naliases:"), "MB114", EXTRA_CARE, "["),
    Mistake("an alias of YAML", replaced(EXTRA_CARE, "title: ", "title: *"), "MB111", EXTRA_CARE, "*"),
    Mistake("a byte-order mark", before_fields(EXTRA_CARE, b"\xef\xbb\xbf"), "MB106", EXTRA_CARE, ""),
    Mistake("another encoding", written("projects/cafe.md", "---\ntitle: Café\n---\n".encode("latin-1")), "MB105", "projects/cafe.md", ""),
    Mistake("no fields", written("projects/loose.md", b"Extra Care\n"), "MB107", "projects/loose.md", "Extra Care"),
    Mistake("a colon in a value", replaced(EXTRA_CARE, "title: ", "title: Care: "), "MB108", EXTRA_CARE, ":"),
    Mistake("a file in an unknown folder", written("projcts/new.md", b"---\ntitle: New\n---\n"), "MB102", "projcts", None),
    Mistake("a wrong ending", written("projects/new.txt", b"---\ntitle: New\n---\n"), "MB101", "projects/new.txt", None),
    Mistake("a symbolic link", linked("projects/new.md", "extra-care.md"), "MB103", "projects/new.md", None),
    Mistake("a name with a space", written("projects/Extra Care 2.md", b"---\ntitle: New\n---\n"), "MB104", "projects/Extra Care 2.md", None),
    Mistake("a telephone number", replaced(EXTRA_CARE, "summary: ", "summary: Ring 020 7946 0018. "), "MB608", EXTRA_CARE, "020 7946 0018"),
)  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.done)
def test_a_mistake_gives_one_finding_at_its_place_with_a_mend(tmp_path: Path, mistake: Mistake) -> None:
    kb = tmp_path / "kb"
    shutil.copytree(KB, kb)
    mistake.make(kb / HARROW)
    findings = load(kb).findings
    assert [f"{f.place} {f.rule.code} {f.message}" for f in findings if f.rule.code != mistake.code] == []
    if mistake.code != "MB412":  # the board receives several projects, each of them too early
        assert len(findings) == 1
    finding = findings[0]
    assert finding.place.path == f"{kb.as_posix()}/{HARROW}/{mistake.path}"
    assert finding.help
    if mistake.at is None:
        assert finding.place.span is None
    else:
        assert finding.place.span is not None
        line = (
            (kb / HARROW / mistake.path)
            .read_bytes()
            .split(b"\n")[finding.place.span.line - 1]
            .decode("utf-8", "replace")
        )
        assert line[finding.place.span.column - 1 :].removeprefix('"').startswith(mistake.at)


def test_a_mistake_exits_1_and_prints_no_traceback(tmp_path: Path) -> None:
    shutil.copytree(KB, tmp_path / "kb")
    for mistake in MISTAKES:
        if mistake.path == EXTRA_CARE and mistake.code not in ("MB111",):
            continue  # one mistake a file, so that none hides another
        if mistake.path == SPLIT and mistake.code != "MB413":
            continue
        mistake.make(tmp_path / "kb" / HARROW)
    result = CliRunner().invoke(cli, ["check", "--kb", str(tmp_path / "kb")])
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    assert result.stdout.count("error[") >= 10


@pytest.mark.skipif(os.geteuid() == 0, reason="root can open every file")
def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path: Path) -> None:
    shutil.copytree(KB, tmp_path / "kb")
    (tmp_path / "kb" / HARROW / EXTRA_CARE).chmod(0)
    assert "MB118" in {finding.rule.code for finding in load(tmp_path / "kb").findings}
