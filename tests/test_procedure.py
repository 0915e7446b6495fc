"""Procedure as a whole: a council in order, records that stand alone, and every rule in the docstring of its check."""

from __future__ import annotations

import re
from pathlib import Path

from minutebook.checks import procedure
from minutebook.knowledge_base import KnowledgeBase
from minutebook.rules import RULES
from minutebook.settings import Settings
from tests.helpers import load_files, read_ledger, sample_files
from tests.procedure_house import ASKS, EXCLUSION, decision, found, house, late_item, meeting, resolution


def test_the_council_of_these_tests_is_in_order() -> None:
    assert found(house()) == []
    assert found(house(decision(""))) == []


def test_the_checks_keep_quiet_where_all_they_stand_on_is_missing() -> None:
    """A record alone, whose references lead nowhere, is a matter of other checks."""
    for name, text in (
        (
            "meetings/",
            meeting("minutes_status: approved, approved_at: meetings/gone, agenda_published: 2020-01-06"),
        ),
        ("items/", late_item("2019-11-18", item="meetings/gone", to="gone")),
        (
            "resolutions/",
            resolution(f"{ASKS}; {EXCLUSION % 'gone'}; rescinds: [resolutions/gone]", item="gone"),
        ),
        (
            "decisions/",
            decision("decided_by: bodies/gone; noted_by: [resolutions/gone]; delegated_by: bodies/gone"),
        ),
    ):
        kb = KnowledgeBase(read_ledger(text), settings=Settings.model_validate({"as_of": "2030-01-01"}))
        assert found(kb) == [], name


def test_the_samples_of_every_type_are_in_order(tmp_path: Path) -> None:
    assert found(load_files(tmp_path, sample_files()).kb) == []


def test_every_check_says_in_its_docstring_which_rule_it_is() -> None:
    said = " ".join(check.__doc__ or "" for check in procedure.CHECKS)

    assert sorted(re.findall(r"MB5\d\d", said)) == sorted(code for code in RULES if code.startswith("MB5"))
