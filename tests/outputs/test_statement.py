"""The accessibility statement is looked at once a year, or a strict build fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.outputs.statement import statement_finding
from minutebook.publication import publish
from minutebook.staging_tree import stage
from minutebook.when import When
from tests.helpers import REPOSITORY, knowledge_base


def _finding(folder: Path, text: str, on: str) -> str | None:
    (folder / "accessibility.md").write_text(text, encoding="utf-8")
    return statement_finding(folder, When.parse(on))


@pytest.mark.parametrize(
    ("on", "old"), [("2026-11-22", False), ("2027-11-22", False), ("2027-11-23", True), ("2020-01-31", False)]
)
def test_a_review_may_be_a_year_old_and_no_more(tmp_path: Path, on: str, old: bool) -> None:
    found = _finding(tmp_path, "# Accessibility\n\nReviewed on: 2026-11-22\n", on)
    assert (found is not None) == old
    if found is not None:
        assert found == (
            "`accessibility.md` was last reviewed on 2026-11-22, 366 days before the date of this build:"
            " test the pages again, then change the date"
        )


def test_a_statement_without_a_date_is_found(tmp_path: Path) -> None:
    assert "no line `Reviewed on" in (_finding(tmp_path, "# Accessibility\n", "2020-01-31") or "")


@pytest.mark.parametrize("written", ["2026-13-01", "31 November 2026", "22 Brumaire 2026"])
def test_a_date_that_is_none_is_found(tmp_path: Path, written: str) -> None:
    assert "is no date" in (_finding(tmp_path, f"Reviewed on: {written}\n", "2020-01-31") or "")


@pytest.mark.parametrize(("on", "old"), [("2027-11-22", False), ("2027-11-23", True)])
def test_the_date_may_be_written_for_a_reader(tmp_path: Path, on: str, old: bool) -> None:
    assert (_finding(tmp_path, "Reviewed on: 22 November 2026\n", on) is not None) == old


def test_a_site_without_a_statement_is_left_alone(tmp_path: Path) -> None:
    assert statement_finding(tmp_path, When.parse("2020-01-31")) is None


def test_the_statement_of_this_repository_has_its_date() -> None:
    assert statement_finding(REPOSITORY / "docs", When.parse("2026-11-22")) is None


def test_a_strict_build_fails_on_an_old_statement(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "accessibility.md").write_text("# Accessibility\n\nReviewed on: 2018-01-01\n", encoding="utf-8")
    stage(
        publish(knowledge_base("events/e: {title: E}")), When.parse("2020-01-31"), docs, tmp_path / "staging"
    )
    # `build --strict` takes every warning of this logger for an error.
    assert [record.name for record in caplog.records if "last reviewed" in record.message] == [
        "mkdocs.plugins.minutebook"
    ]
