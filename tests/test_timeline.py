"""What happened to a record, in order, each event once."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.loading import load
from minutebook.ownership import OwnershipHistory
from minutebook.records.values import Ref
from minutebook.timeline import history_of
from tests.helpers import knowledge_base
from tests.small_council import write_council


def told(folder: Path, slug: str, **changed: str | None) -> list[tuple[str | None, str, str]]:
    """The history of a record of the small council: date, kind, slug."""
    kb = load(write_council(folder, **changed)).kb
    (record,) = kb.find(slug)
    events = history_of(OwnershipHistory(kb), record)
    return [(event.when.value if event.when else None, event.kind, event.record.id.slug) for event in events]


def test_what_was_under_way_by_a_date_stands_at_that_date(tmp_path: Path) -> None:
    boilers = "title: Boilers\nkind: project\nparent: projects/warm-homes\nbegan: ../2020-06"
    assert told(tmp_path, "boilers", **{"projects/boilers.md": boilers}) == [
        ("2019-03-04", "transfer: establish", "2019-set-up"),
        ("../2020-06", "project began", "boilers"),
        ("2021-04", "transfer: split", "2021-04-split"),
    ]


def test_each_due_date_of_a_promise_is_an_event_of_what_it_is_about(tmp_path: Path) -> None:
    action = """
        title: Boilers report
        promised_by: not stated
        promised_to: bodies/scrutiny
        promised_on: 2021-06-01
        about: [projects/boilers]
        due: [{date: 2021-09}, {date: 2022-01, said_on: 2021-10-02}]
        citations: [{source: sources/2021-05-report, quote: will report in September}]
        """
    events = told(tmp_path, "boilers", **{"actions/boilers-report.md": action})
    assert [event for event in events if event[2] == "boilers-report"] == [
        ("2021-06-01", "action promised", "boilers-report"),
        ("2021-09", "action due", "boilers-report"),
        ("2022-01", "action due", "boilers-report"),
    ]


def test_a_resolution_takes_the_date_of_its_meeting_and_stands_in_the_history_of_the_body(
    tmp_path: Path,
) -> None:
    records = {
        "items/2021-06-01-homes.md": "title: Warm Homes\nmeeting: meetings/2021-06-01-scrutiny\nnumber: 4",
        "resolutions/2021-06-01-homes.md": "title: Noted\nitem: items/2021-06-01-homes\nclauses: [{wording: That it be noted., effect: noted}]",
    }
    assert told(tmp_path, "bodies/scrutiny", **records) == [
        ("2021-06-01", "item", "2021-06-01-homes"),
        ("2021-06-01", "meeting held", "2021-06-01-scrutiny"),
        ("2021-06-01", "resolution", "2021-06-01-homes"),
    ]


def test_a_document_that_is_only_cited_has_no_events_of_those_who_cite_it(tmp_path: Path) -> None:
    assert told(tmp_path, "2021-05-report") == [("2021-05-20", "source dated", "2021-05-report")]


TOWN = """
    bodies/hall: {title: Hall, kind: council}
    bodies/scrutiny: {title: Scrutiny, kind: scrutiny committee, parent: bodies/hall, established: 2015}
    meetings/june: {title: June, body: bodies/scrutiny, held_on: 2021-06-01}
    items/homes: {title: Homes, meeting: meetings/june}
    decisions/d: {title: Doors, decided_by: bodies/hall, decided_on: 2021-05-04, reported_in: [meetings/june]}
    events/fair: {title: The fair, on: 2021-07-01, narrative: "Seen by [[bodies/scrutiny]]."}
    actions/lofts:
      title: Lofts
      promised_by: not stated
      promised_to: bodies/scrutiny
      promised_on: 2021-06-01
      due: [{date: 2021-06-01}]
    sources/s: {title: Minutes}
    projects/p: {title: P, kind: project}
    projects/q: {title: Q, kind: project}
    transfers/t:
      kind: establish
      effective: 2021-08
      citations: [{source: sources/s, quote: all of it}]
      moves:
      - {what: projects/p, to: bodies/scrutiny, citations: [{source: sources/s, quote: the first}]}
      - {what: projects/q, to: bodies/scrutiny}
"""


def told_of(record_id: str) -> list[str]:
    """The history of a record of the town: kind and slug, with the receipts of what has one."""
    kb = knowledge_base(TOWN)
    events = history_of(OwnershipHistory(kb), kb.records[Ref(f"ambledown/{record_id}")])
    return [
        " ".join([event.kind, event.record.id.slug, *(one.quote or "" for one in event.citations)])
        for event in events
    ]


def test_a_body_has_what_belongs_to_it_and_what_names_it_and_not_what_names_its_meetings() -> None:
    assert told_of("bodies/scrutiny") == [
        "body established scrutiny",
        "action due lofts",
        "action promised lofts",
        "item homes",
        "meeting held june",
        "transfer: establish t all of it",
    ]
    assert "decision taken d" in told_of("meetings/june")


def test_what_belongs_to_a_body_below_is_in_the_history_of_that_body_alone() -> None:
    assert told_of("bodies/hall") == ["body established scrutiny", "decision taken d"]


@pytest.mark.parametrize(("project", "receipt"), [("p", "the first"), ("q", "all of it")])
def test_a_transfer_is_told_once_of_a_project_with_the_receipt_of_its_move(
    project: str, receipt: str
) -> None:
    assert told_of(f"projects/{project}") == [f"transfer: establish t {receipt}"]
