"""The knowledge base itself: what the records of Harrow's adult care programme answer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from minutebook.cli import cli
from minutebook.loading import Loaded, load
from minutebook.ownership import OwnershipHistory, Status
from minutebook.records import RECORD_TYPES
from minutebook.records.base import citations
from minutebook.records.project import Project
from minutebook.records.transfer import Transfer
from minutebook.when import When

KB = Path(__file__).parents[1] / "kb"
BOARD = "harrow/bodies/resilient-harrow-programme-board"
WORKSTREAM = "harrow/bodies/asc-commissioning-workstream"
IMPROVEMENT_BOARD = "harrow/bodies/adults-social-care-improvement-board"

Ask = Callable[[str, str], Any]


@pytest.fixture(scope="module")
def harrow() -> Loaded:
    """The knowledge base of the repository."""
    return load(KB)


@pytest.fixture
def owner() -> Ask:
    """Ask the command line who owns a project on a date."""

    def ask(project: str, on: str) -> Any:
        result = CliRunner().invoke(cli, ["owner", project, "--on", on, "--json", "--kb", str(KB)])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return ask


def test_the_records_check_without_a_finding(harrow: Loaded) -> None:
    assert [f"{f.place} {f.rule.code} {f.message}" for f in harrow.findings] == []


def test_there_are_records_of_every_kind_the_programme_needs_and_each_has_a_receipt(harrow: Loaded) -> None:
    records = [record for record in harrow.kb.records.values() if record.council == "harrow"]
    assert len(records) >= 40
    without = [r.id for r in records if r.id.folder not in ("council", "sources") and not list(citations(r))]
    assert without == []


def test_harrow_is_home_was_held_by_the_programme_board_in_december_2019(owner: Ask) -> None:
    answer = owner("Harrow is Home", "2019-12-15")
    assert (answer["status"], answer["holders"]) == ("held", [BOARD])


def test_harrow_is_home_is_held_by_the_workstream_in_february_2020_with_the_transfer_and_the_words(
    owner: Ask,
) -> None:
    answer = owner("Harrow is Home", "2020-02-15")
    assert (answer["status"], answer["holders"]) == ("held", [WORKSTREAM])
    (one,) = answer["possible"]
    assert one["transfer"].startswith("harrow/transfers/2020-01")
    assert one["authority"] is None
    assert answer["citations"][0]["quote"]
    assert answer["disputed_by"], "the Portfolio Holder gave another account of the destination"


def test_within_january_2020_the_owner_is_uncertain_because_the_source_gives_the_month(owner: Ask) -> None:
    answer = owner("Harrow is Home", "2020-01-10")
    assert (answer["status"], answer["holders"]) == ("uncertain", [BOARD, WORKSTREAM])


def test_learning_disabilities_integration_is_a_declared_gap(owner: Ask) -> None:
    assert owner("Learning Disabilities Integration", "2020-02-15")["status"] == "gap"
    answer = owner("Learning Disabilities Integration", "2020-01-10")
    assert answer["status"] == "uncertain"
    assert [(one["status"], one["holder"]) for one in answer["possible"]] == [("held", BOARD), ("gap", None)]


@pytest.mark.parametrize("project", ["Effective Reablement", "Effective Hospital Discharge"])
def test_what_was_closed_to_business_as_usual_has_ended_and_says_who_watches(
    owner: Ask, project: str
) -> None:
    answer = owner(project, "2020-02-15")
    assert answer["status"] == "ended"
    assert [one["monitored_by"] for one in answer["possible"]] == [IMPROVEMENT_BOARD]


def test_every_project_has_an_answer_on_every_day_from_before_the_programme_to_after_it(
    harrow: Loaded,
) -> None:
    history = OwnershipHistory(harrow.kb)
    for project in harrow.kb.of(Project):
        for on in ("2018", "2019-01", "2019-06-30", "2019-12-31", "2020-01-15", "2020-02", "2026"):
            answer = history.owner(project, When.parse(on))
            assert answer.possible
            certain = answer.status is Status.HELD
            assert not certain or len(answer.holders) == 1


def gap_moves() -> list[tuple[str, str]]:
    """Each declared gap of the records: the file of the transfer, and the project."""
    kb = load(KB).kb
    return [(t.id, m.what) for t in kb.of(Transfer) for m in t.moves if m.gap is not None]


@pytest.mark.parametrize(("transfer", "project"), gap_moves())
def test_without_the_move_that_declares_a_gap_the_check_fails_and_names_the_project(
    tmp_path: Path, transfer: str, project: str
) -> None:
    copy = tmp_path / "kb"
    shutil.copytree(KB, copy)
    path = copy / f"{transfer}.md"
    slug = project.split("/")[2]
    path.write_text(without_move(path.read_text(encoding="utf-8"), f"projects/{slug}"), encoding="utf-8")
    result = CliRunner().invoke(cli, ["check", "--kb", str(copy)])
    assert result.exit_code == 1
    assert f"held `projects/{slug}`" in result.stdout
    assert "error[MB408]" in result.stdout


def without_move(text: str, project: str) -> str:
    """The transfer without the entry of its `moves` that names a project."""
    kept: list[str] = []
    skipping, indent = False, 0
    for line in text.split("\n"):
        if line.lstrip().startswith("- what:"):
            skipping = line.split("what:")[1].strip() == project
            indent = len(line) - len(line.lstrip())
        elif skipping and line.strip() and len(line) - len(line.lstrip()) <= indent:
            skipping = False
        if not skipping:
            kept.append(line)
    assert len(kept) < len(text.split("\n")), project
    return "\n".join(kept)


def test_who_ended_the_programme_is_not_taken_for_who_authorised_its_split(harrow: Loaded) -> None:
    (split,) = [t for t in harrow.kb.of(Transfer) if t.kind == "split" and t.council == "harrow"]
    assert split.authorised_by is None
    assert split.absence("authorised_by") == "not stated"


def test_the_records_use_most_of_the_types(harrow: Loaded) -> None:
    used = {type(record) for record in harrow.kb.records.values()}
    assert {t.folder for t in RECORD_TYPES if t not in used} == set()
