"""The records of Rotherham: one minute without a date or a council's name, and what it leaves open."""

from __future__ import annotations

import pytest

from minutebook.loading import Loaded
from minutebook.records.action import Action
from minutebook.records.base import citations
from minutebook.records.figures import Figures
from minutebook.records.meeting import Meeting
from minutebook.records.report import Report
from minutebook.records.resolution import Resolution
from minutebook.records.values import Ref
from minutebook.when import Answer, When, same_day
from tests.helpers import KB, repository_records, run_json

ITEM = "2019-adult-social-care-budget-and-improvement-plan"
MINUTES = f"rotherham/sources/{ITEM}-minutes"
FOUR_DAYS = ("2019-03-27", "2019-04-02", "2019-04-10", "2019-04-24")


@pytest.fixture
def house() -> Loaded:
    """The knowledge base of the repository."""
    return repository_records()


def test_the_meeting_is_one_of_four_and_none_of_them_is_asserted(house: Loaded) -> None:
    meetings = [m for m in house.kb.of(Meeting) if m.council == "rotherham"]
    assert len(meetings) == 1
    held_on = meetings[0].held_on
    assert held_on is not None
    assert [same_day(held_on, When.parse(day)) for day in FOUR_DAYS] == [Answer.UNCERTAIN] * 4
    assert same_day(held_on, When.parse("2019-04-03")) is Answer.NO


def test_what_rests_on_the_page_alone_says_that_its_words_are_not_held(house: Loaded) -> None:
    page = "rotherham/sources/2019-meeting-page"
    records = [record for record in house.kb.records.values() if record.council == "rotherham"]
    from_page = [one for record in records for one in citations(record) if one.source == page]
    assert from_page
    assert {one.absence("quote") for one in from_page} == {"not held"}


@pytest.mark.parametrize("project", ["Target Operating Model", "Change programme within Adult Social Care"])
def test_no_body_is_said_to_hold_the_programme_so_its_holder_is_a_gap(project: str) -> None:
    answer = run_json("owner", project, "--on", "2019-06-01", "--kb", KB)
    assert (answer["status"], answer["holders"]) == ("gap", [])
    assert answer["citations"][0]["source"] == MINUTES


def test_the_overspend_and_the_reduction_are_two_figures_of_one_year(house: Loaded) -> None:
    figures = house.kb.get(Ref("rotherham/figures/2018-19-adult-social-care-overspend"), Figures)
    assert figures is not None
    cells = {
        cell.row: (str(cell.kind), str(cell.amount), cell.period and cell.period.value)
        for cell in figures.cells
    }
    assert cells == {
        "overspend": ("overspend", "£5.4m", "2018/19"),
        "reduction": ("change", "£3m", "2018/19"),
    }


def test_nothing_is_overdue_at_the_end_of_2019_the_one_date_that_was_named_was_an_estimate() -> None:
    listed = {
        one["id"]: one["status"]
        for one in run_json("promises", "--on", "2019-12-31", "--council", "rotherham", "--kb", KB)[
            "promises"
        ]
    }
    assert "rotherham/actions/implement-the-new-structure" in listed
    assert set(listed.values()) == {"cannot tell"}


def test_the_second_clause_leaves_the_approach_to_the_chair(house: Loaded) -> None:
    resolution = house.kb.get(Ref(f"rotherham/resolutions/{ITEM}"), Resolution)
    assert resolution is not None
    assert [(one.number, one.effect) for one in resolution.clauses] == [("1", "noted"), ("2", "requested")]
    chair = "rotherham/posts/chair-of-the-overview-and-scrutiny-management-board"
    assert resolution.clauses[1].falls_to == (chair,)
    falling = {
        a.id.slug for a in house.kb.of(Action) if a.arises_from == resolution.id and a.expected_of == chair
    }
    assert falling == {"agree-approach-to-scrutiny", "report-the-way-forward-to-the-board"}


def test_the_report_is_known_from_the_minutes_and_says_what_is_not_stated(house: Loaded) -> None:
    report = house.kb.get(Ref(f"rotherham/reports/{ITEM}"), Report)
    assert report is not None
    silent = ("reference_number", "recommendations", "clearances", "implications", "background_papers")
    assert {name: report.absence(name) for name in silent} == dict.fromkeys(silent, "not stated")
    assert report.absence("appendices") == "left blank"
