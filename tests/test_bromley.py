"""The records of Bromley: one minute whose meeting is probable and not established, and a slip in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from minutebook.cli import cli
from minutebook.loading import Loaded, load
from minutebook.records.base import citations
from minutebook.records.decision import Decision
from minutebook.records.discrepancy import Discrepancy
from minutebook.records.event import Event
from minutebook.records.indicator import Indicator
from minutebook.records.meeting import Meeting
from minutebook.records.plan import Plan
from minutebook.records.report import Report
from minutebook.records.source_document import SourceDocument
from minutebook.records.values import Ref
from minutebook.when import Answer, When, same_day, within

KB = Path(__file__).parents[1] / "kb"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
MINUTES = "bromley/sources/portfolio-plan-quarter-2-minutes"
SLIP = "achievements-of-2020-21-or-2021-22"


@pytest.fixture(scope="module")
def house() -> Loaded:
    """The knowledge base of the repository."""
    return load(KB)


def run(*arguments: str) -> Any:
    """What a command prints as JSON."""
    result = CliRunner().invoke(cli, [*arguments, "--json", "--kb", str(KB)])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_records_check_without_a_finding_and_each_has_a_receipt(house: Loaded) -> None:
    found = [f"{f.place} {f.rule.code} {f.message}" for f in house.findings if "/bromley/" in str(f.place)]
    assert found == []
    records = [record for record in house.kb.records.values() if record.council == "bromley"]
    assert records
    assert [r.id for r in records if r.id.folder != "sources" and not list(citations(r))] == []


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
    result = CliRunner().invoke(cli, ["check", "--kb", str(copy), "--select", "MB713", "--format", "json"])
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
    after = run("owner", "Transition Transformation Programme", "--on", "2021-12-01")
    assert (after["status"], after["holders"]) == ("held", ["bromley/bodies/0-25-governance-board"])
    assert after["possible"][0]["authority"] is None
    before = run("owner", "Transition Transformation Programme", "--on", "2021-05-01")
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
    answer = run("owner", f"bromley/projects/{project}", "--on", "2022-04-01")
    assert (answer["status"], answer["holders"]) == ("gap", [])


def test_assistive_technology_is_a_project_of_two_councils_and_the_candidates_are_listed() -> None:
    result = CliRunner().invoke(cli, ["owner", "Assistive Technology", "--kb", str(KB)])
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


def test_every_side_of_a_discrepancy_says_something_else_and_shows_its_words(house: Loaded) -> None:
    discrepancies = [d for d in house.kb.of(Discrepancy) if d.council == "bromley"]
    assert discrepancies
    for one in discrepancies:
        quoted = [tuple(c.quote for c in side.citations) for side in one.sides]
        assert len(set(quoted)) == len(quoted), one.id
        assert len({side.says for side in one.sides}) == len(one.sides), one.id


def test_every_passage_of_the_minutes_is_cited_or_explained(house: Loaded) -> None:
    source = house.kb.get(Ref(MINUTES), SourceDocument)
    assert source is not None
    assert source.text_path
    if not (SEEDS / source.text_path).is_file():
        pytest.skip(f"the text {source.text_path} is not here")
    listed = run("coverage", "--sources", str(SEEDS))["sources"]
    (found,) = [one for one in listed if one["source"] == MINUTES]
    assert found["not_cited"] == []
    assert found["figures_not_quoted"] == []
    assert found["explained"] <= 1
