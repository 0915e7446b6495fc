"""Dates at the ends of the calendar: whoever writes 9999-12-31 for *never* gets findings, and no traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minutebook.checks.procedure_resolutions import check_scrutiny_is_answered
from minutebook.publication import publish
from minutebook.records.project import Project
from minutebook.timeline import history_of
from tests.helpers import knowledge_base, load_files, sample_files

_DAY = re.compile(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b(?!/)")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_records_with_every_date_at_an_end_of_the_calendar_are_checked_and_published(
    tmp_path: Path, day: str
) -> None:
    files = {
        name: "---".join(_DAY.sub(day, part) if number == 1 else part for number, part in enumerate(text.split("---", 2)))
        for name, text in sample_files().items()
    }  # fmt: skip

    loaded = load_files(tmp_path / "kb", files)

    assert sum(day in text for text in files.values()) > 10
    assert loaded.kb.records
    published = publish(loaded.kb)
    for project in published.kb.of(Project):
        assert published.history.stretches(project)
    for record in published.kb.records.values():
        assert isinstance(history_of(published.history, record), tuple)


def test_an_answer_due_after_the_last_day_there_is_is_not_overdue() -> None:
    """Two months after 31 December 9999 there is no date."""
    kb = knowledge_base(
        """
        bodies/scrutiny: {kind: scrutiny committee}
        bodies/cabinet: {kind: cabinet}
        meetings/m: {body: bodies/scrutiny, held_on: 9999-12-31}
        items/i: {meeting: meetings/m}
        resolutions/r:
          item: items/i
          clauses: [{wording: That it be done., effect: recommended, falls_to: [bodies/cabinet]}]
        sources/s: {dated: 9999-12-31}
        """
    )

    assert list(check_scrutiny_is_answered(kb)) == []
