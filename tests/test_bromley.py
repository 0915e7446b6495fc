"""The records of Bromley: one minute whose meeting is probable and not established, and a slip in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from minutebook.loading import Loaded
from minutebook.records.decision import Decision
from minutebook.records.event import Event
from minutebook.records.indicator import Indicator
from minutebook.records.meeting import Meeting
from minutebook.records.plan import Plan
from minutebook.records.report import Report
from minutebook.records.values import Ref
from minutebook.when import Answer, When, same_day, within
from tests.helpers import KB, repository_records, run, run_json

SLIP = "achievements-of-2020-21-or-2021-22"


@pytest.fixture
def house() -> Loaded:
    """The knowledge base of the repository."""
    return repository_records()


def test_the_meeting_was_probably_that_of_23_november_2021_and_the_record_does_not_assert_it(
    house: Loaded,
) -> None:
    (meeting,) = [m for m in house.kb.of(Meeting) if m.council == "bromley"]
    assert meeting.held_on is not None
    assert same_day(meeting.held_on, When.parse("2021-11-23")) is Answer.UNCERTAIN
    assert "probably" in meeting.held_on.display()
    assert meeting.absence("starts_at") == "not stated", "7.00 pm is the time of the probable meeting"
    assert "not established" in (meeting.editor_note or "")


def test_the_slip_in_the_year_is_enforced_for_each_thing_the_list_dates(tmp_path: Path) -> None:
    copy = tmp_path / "kb"
    shutil.copytree(KB, copy)
    (copy / "bromley" / "discrepancies" / f"{SLIP}.md").unlink()
    result = run("check", "--kb", copy, "--select", "MB713", "--format", "json")
    assert result.exit_code == 1
    found = [one for one in json.loads(result.stdout)["findings"] if "bromley" in json.dumps(one)]
    stated = json.dumps(found)
    assert len(found) == 3
    for month in ("June 2021", "July 2021", "September 2021"):
        assert month in stated
    assert "ach21-044.md" in stated, "both places are named"


def test_what_the_list_does_not_date_lies_in_the_half_year_of_the_report(house: Loaded) -> None:
    half_year = When.parse("2021-04/2021-09")
    events = [e for e in house.kb.of(Event) if e.council == "bromley" and e.on is not None]
    undated = [e for e in events if e.on is not None and "half of 2021/22" in e.on.display()]
    assert len(undated) == 5
    assert {within(e.on, half_year) for e in undated if e.on is not None} == {Answer.YES}


def test_the_transition_programme_is_held_by_the_0_25_board_and_nobody_is_invented_before_it() -> None:
    after = run_json("owner", "Transition Transformation Programme", "--on", "2021-12-01", "--kb", KB)
    assert (after["status"], after["holders"]) == ("held", ["bromley/bodies/0-25-governance-board"])
    assert after["possible"][0]["authority"] is None
    before = run_json("owner", "Transition Transformation Programme", "--on", "2021-05-01", "--kb", KB)
    assert {one["status"] for one in before["possible"]} == {"not-begun", "gap"}


@pytest.mark.parametrize(
    "project",
    [
        "0-25-project",
        "assistive-technology",
        "community-mental-health-transformation",
        "council-transformation-programme",
        "integrated-commissioning-programme",
        "quality-assurance-programme",
        "transforming-adult-social-care",
    ],
)
def test_a_project_that_is_only_named_has_a_declared_gap_for_a_holder(project: str) -> None:
    answer = run_json("owner", f"bromley/projects/{project}", "--on", "2022-04-01", "--kb", KB)
    assert (answer["status"], answer["holders"]) == ("gap", [])


def test_assistive_technology_is_a_project_of_two_councils_and_the_candidates_are_listed() -> None:
    result = run("owner", "Assistive Technology", "--kb", KB)
    assert result.exit_code == 2
    for council in ("bromley", "harrow"):
        assert f"{council}/projects/assistive-technology" in result.output


def test_the_programme_was_agreed_in_july_2021_and_by_whom_is_not_stated(house: Loaded) -> None:
    decision = house.kb.get(Ref("bromley/decisions/2021-07-integrated-commissioning-programme"), Decision)
    assert decision is not None
    assert decision.decided_on is not None
    assert decision.decided_on.value == "2021-07"
    assert (decision.absence("decided_by"), decision.absence("kind")) == ("not stated", "not stated")


def test_the_report_has_its_number_and_an_appendix_that_is_not_held(house: Loaded) -> None:
    report = house.kb.get(Ref("bromley/reports/ach21-044"), Report)
    assert report is not None
    assert report.reference_number == "ACH21-044"
    assert [(paper.title, str(paper.held)) for paper in report.appendices] == [
        ("Appendix 1", "referred to, not held")
    ]
    assert report.absence("by") == "not stated"


def test_the_plan_has_its_four_priorities_in_order(house: Loaded) -> None:
    plan = house.kb.get(Ref("bromley/plans/adult-care-and-health-portfolio-plan"), Plan)
    assert plan is not None
    assert [(one.number, one.title) for one in plan.priorities] == [
        ("1", "Safeguarding"),
        ("2", "Life chances, resilience and wellbeing"),
        ("3", "Integrated health and social care"),
        ("4", "Ensuring efficiency and effectiveness"),
    ]


def test_the_share_of_permanent_staff_has_no_target_and_no_national_benchmark(house: Loaded) -> None:
    indicator = house.kb.get(Ref("bromley/indicators/permanent-frontline-staff"), Indicator)
    assert indicator is not None
    assert [str(one.value) for one in indicator.observations] == ["82%"]
    assert indicator.absence("target") == "not stated"
    assert {one.word for one in indicator.comparators} == {
        "there was not a national benchmark",
        "anything above 70%",
    }
