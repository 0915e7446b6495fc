"""The knowledge base itself: what the records of Harrow's adult care programme answer."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from minutebook.absence import Absence
from minutebook.loading import Loaded, load
from minutebook.ownership import OwnershipHistory, Status
from minutebook.records import RECORD_TYPES
from minutebook.records.base import citations
from minutebook.records.decision import Decision
from minutebook.records.discrepancy import Discrepancy
from minutebook.records.figures import CellKind, Figures
from minutebook.records.indicator import Indicator
from minutebook.records.project import Project
from minutebook.records.report import Report
from minutebook.records.resolution import Effect, Resolution
from minutebook.records.source_document import SourceDocument, Standing
from minutebook.records.transfer import Transfer
from minutebook.records.values import Amount
from minutebook.when import When
from tests.helpers import KB, repository_records, run, run_json

BOARD = "harrow/bodies/resilient-harrow-programme-board"
WORKSTREAM = "harrow/bodies/asc-commissioning-workstream"
IMPROVEMENT_BOARD = "harrow/bodies/adults-social-care-improvement-board"
REPORT_TEXT = "001_db0555915d49239a.txt"
SPENDING = "harrow/figures/adult-social-care-expenditure"

Ask = Callable[[str, str], Any]


@pytest.fixture
def harrow() -> Loaded:
    """The knowledge base of the repository."""
    return repository_records()


@pytest.fixture
def owner() -> Ask:
    """Ask the command line who owns a project on a date."""

    def ask(project: str, on: str) -> Any:
        return run_json("owner", project, "--on", on, "--kb", KB)

    return ask


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
    """Each gap that a split of Harrow's declares: the file of the transfer, and the project."""
    splits = [t for t in repository_records().kb.of(Transfer) if t.council == "harrow" and t.kind == "split"]
    return [(t.id, m.what) for t in splits for m in t.moves if m.gap is not None]


@pytest.mark.parametrize(("transfer", "project"), gap_moves())
def test_without_the_move_that_declares_a_gap_the_check_fails_and_names_the_project(
    tmp_path: Path, transfer: str, project: str
) -> None:
    copy = tmp_path / "kb"
    shutil.copytree(KB, copy)
    path = copy / f"{transfer}.md"
    slug = project.split("/")[2]
    path.write_text(without_move(path.read_text(encoding="utf-8"), f"projects/{slug}"), encoding="utf-8")
    result = run("check", "--kb", copy)
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


def test_the_programme_that_only_the_portfolio_holder_named_has_no_stated_holder(owner: Ask) -> None:
    assert owner("Harrow Regeneration Programme", "2020-01-31")["status"] == "gap"


# -- the budget table and the other figures -----------------------------------------------------------


def cells(house: Loaded, table: str) -> dict[tuple[str, str | None], Amount]:
    """The amounts of a table, by row and column."""
    record = house.kb.get(table, Figures)
    assert record is not None
    return {(cell.row, cell.column): cell.amount for cell in record.cells if cell.amount is not None}


def printed_table(text: str) -> dict[str, list[str]]:
    """The rows of the budget table of the report: a name, then its amounts, cell by cell."""
    table = text[text.index("net of client contributions") : text.index("While expenditure continues")]
    rows: dict[str, list[str]] = {}
    for cell in (cell.strip() for line in table.splitlines()[1:] for cell in line.split("\t")):
        if re.fullmatch(r"£(?!000$)[\d,]+|\d+%", cell):
            rows[list(rows)[-1]].append(cell)
        elif cell and cell != "£000":
            rows[cell] = []
    return {name: amounts for name, amounts in rows.items() if amounts}


def test_every_cell_of_the_budget_table_is_recorded_as_the_report_prints_it(
    harrow: Loaded, shared_sources: Path
) -> None:
    printed = printed_table((shared_sources / REPORT_TEXT).read_text(encoding="utf-8"))
    record = harrow.kb.get(SPENDING, Figures)
    assert record is not None
    columns = [column.key for column in record.columns]
    recorded = cells(harrow, SPENDING)
    assert [row.label for row in record.rows] == list(printed)
    for row in record.rows:
        amounts = printed[row.label]
        years = columns[len(columns) - len(amounts) :]  # a change has no first year
        assert [str(recorded[row.key, year]) for year in years] == amounts
    assert len(record.cells) == sum(map(len, printed.values())) == 46


def test_the_totals_movements_and_percentages_of_the_budget_table_come_out(harrow: Loaded) -> None:
    amount = {place: cell.value for place, cell in cells(harrow, SPENDING).items()}
    years = [year for row, year in amount if row == "total"]
    for year in years:
        assert sum(amount[row, year] for row in ("adults", "reablement", "cyad")) == amount["total", year]
    for before, year in pairwise(years):
        change = amount["total", year] - amount["total", before]
        assert change == amount["movement", year]
        percent = (100 * change / amount["total", before]).quantize(Decimal(1), ROUND_HALF_UP)
        assert percent == amount["percent", year]


def test_what_the_report_does_not_call_spent_or_budgeted_is_not_called_either(harrow: Loaded) -> None:
    record = harrow.kb.get(SPENDING, Figures)
    assert record is not None
    to_come = [c for c in record.cells if c.column in ("2019-20", "2020-21") and c.kind != CellKind.CHANGE]
    assert len(to_come) == 8
    assert {cell.absence("kind") for cell in to_come} == {Absence.NOT_STATED}


def test_the_counts_and_the_savings_add_up_as_far_as_the_report_says(harrow: Loaded) -> None:
    people = cells(harrow, "harrow/figures/2019-20-harrow-is-home-reviews")
    count = {row: int(amount.value) for (row, _), amount in people.items()}
    assert count["care-plan-revised"] + count["moved"] + count["no-change"] == count["reviewed"] == 46
    assert count["reviewed"] + count["remaining"] == count["to-review"]
    savings = cells(harrow, "harrow/figures/2019-20-resilient-harrow-savings")
    money = {place: amount.value for place, amount in savings.items()}
    home, reviews = money["harrow-is-home", "predicted"], money["targeted-reviews", "predicted"]
    assert home + reviews == money["total", "predicted"]
    assert reviews + money["targeted-reviews", "shortfall"] == money["targeted-reviews", "planned"]


def test_every_row_of_the_table_of_indicators_is_recorded_with_its_three_values(
    harrow: Loaded, shared_sources: Path
) -> None:
    text = (shared_sources / REPORT_TEXT).read_text(encoding="utf-8")
    table = text[text.index("Oct ‘19") : text.index("Environmental Impact")]
    value = r"\d+(?:\.\d+)?%?"
    printed = re.findall(rf"\t({value})\s+\t(Lower|Maintain or Lower|Increase)\s+\t({value})\s", table)
    assert len(printed) == 6
    recorded = {
        (str(one.baseline.value), one.target.word, str(one.observations[0].value))
        for one in harrow.kb.of(Indicator)
        if one.council == "harrow" and one.baseline is not None and one.target is not None
    }
    assert recorded == set(printed)


# -- receipts, disagreements, and what is left out ------------------------------------------------------


def test_the_three_documents_are_recorded_line_by_line(shared_sources: Path) -> None:
    listed = run_json("coverage", "--sources", shared_sources, "--kb", KB)["sources"]
    read = [one for one in listed if one["source"].startswith("harrow/") and one["read"]]
    assert len(read) == 3
    for source in read:
        assert source["share"] >= 0.98
        assert source["figures_quoted"] == source["figures"]
        assert source["explained"] * 20 <= source["passages"] or source["explained"] <= 2


@pytest.mark.parametrize(
    ("printed", "changed", "record"),
    [
        ("£40,439", "£40,438", "figures/adult-social-care-expenditure.md"),
        ("£863K", "£883K", "figures/2019-20-resilient-harrow-savings.md"),
        ("4-12-19", "5-12-19", "reports/2020-01-07-resilient-harrow.md"),
    ],
)
def test_a_digit_changed_in_a_copy_of_the_report_costs_the_record_its_support(
    shared_sources: Path, tmp_path: Path, printed: str, changed: str, record: str
) -> None:
    texts = tmp_path / "texts"
    shutil.copytree(shared_sources, texts)
    (texts / REPORT_TEXT).chmod(0o644)
    text = (texts / REPORT_TEXT).read_text(encoding="utf-8")
    (texts / REPORT_TEXT).write_text(text.replace(printed, changed), encoding="utf-8")
    result = run("check", "--sources", texts, "--kb", KB)
    assert result.exit_code == 1
    assert re.search(rf"harrow/{re.escape(record)}:\d+:\d+: error\[MB702\]", result.stdout)


def discrepancies_with_keys() -> list[str]:
    """The discrepancies of Harrow whose sides state values for a key."""
    found = [d for d in repository_records().kb.of(Discrepancy) if d.council == "harrow"]
    return [d.id for d in found if any(c.states for side in d.sides for c in side.citations)]


@pytest.mark.parametrize("discrepancy", discrepancies_with_keys())
def test_without_a_discrepancy_whose_key_is_compared_the_check_names_both_places(
    tmp_path: Path, discrepancy: str
) -> None:
    copy = tmp_path / "kb"
    shutil.copytree(KB, copy)
    (copy / f"{discrepancy}.md").unlink()
    found = [f for f in load(copy).findings if f.rule.code == "MB713"]
    assert found
    assert all(f.notes and f.notes[0].place is not None for f in found)


def test_a_third_party_is_cited_by_statements_and_discrepancies_alone(harrow: Loaded) -> None:
    outside = {s.id for s in harrow.kb.of(SourceDocument) if s.standing is Standing.THIRD_PARTY}
    citing = {
        record.id.folder
        for record in harrow.kb.records.values()
        if record.council == "harrow" and any(c.source in outside for c in citations(record))
    }
    assert citing == {"statements", "discrepancies"}


def test_no_officer_who_signed_the_report_is_named(shared_sources: Path) -> None:
    text = (shared_sources / REPORT_TEXT).read_text(encoding="utf-8")
    names = set(re.findall(r"(?:Name|Contact):\s+(\w+ \w+)", text))
    assert len(names) == 3
    for path in (KB / "harrow").rglob("*.md"):
        kept = path.read_text(encoding="utf-8")
        assert [name for name in names if name in kept] == []


def test_the_committee_was_asked_to_note_and_comment_and_noted(harrow: Loaded) -> None:
    (report,) = [r for r in harrow.kb.of(Report) if r.id == "harrow/reports/2020-01-07-resilient-harrow"]
    (resolution,) = [r for r in harrow.kb.of(Resolution) if r.council == "harrow"]
    assert "note and comment" in report.recommendations[0].wording
    assert "comment" not in resolution.clauses[0].wording
    assert [clause.effect for clause in resolution.clauses] == [Effect.NOTED]


def test_the_board_decided_to_end_the_programme_and_scrutiny_noted_it(harrow: Loaded) -> None:
    decision = harrow.kb.get("harrow/decisions/2019-11-discontinue-resilient-harrow", Decision)
    assert decision is not None
    assert decision.decided_by == BOARD
    assert decision.noted_by == ("harrow/resolutions/2020-01-07-resilient-harrow",)


@pytest.mark.parametrize("asked", [("owner", "Extra Care"), ("holdings", "Improvement Board")])
def test_the_terminal_says_how_far_the_documents_reach(asked: tuple[str, str]) -> None:
    """What held on a later date is only as last known, as the pages say too."""
    said = "As last known: the latest document held for this council is dated 7 January 2020."
    assert said in run(*asked, "--on", "2022-03-31", "--kb", KB).stdout
    assert "As last known" not in run(*asked, "--on", "2020-01-07", "--kb", KB).stdout
