"""What holds of the records of each council that this repository keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.records.base import citations
from minutebook.records.discrepancy import Discrepancy
from tests.helpers import KB, repository_records, run_json

COUNCILS = ("bromley", "harrow", "rotherham")
# The minutes of which no passage and no figure may be left.
MINUTES = (
    "bromley/sources/portfolio-plan-quarter-2-minutes",
    "rotherham/sources/2019-adult-social-care-budget-and-improvement-plan-minutes",
)


def test_the_records_check_without_a_finding_and_these_are_the_councils() -> None:
    house = repository_records()

    assert [f"{found.place} {found.rule.code} {found.message}" for found in house.findings] == []
    assert {record.council for record in house.kb.records.values()} == set(COUNCILS)


@pytest.mark.parametrize("council", COUNCILS)
def test_each_record_has_a_receipt(council: str) -> None:
    records = [record for record in repository_records().kb.records.values() if record.council == council]

    assert len(records) > 20
    without = [one.id for one in records if one.id.folder != "sources" and not list(citations(one))]
    assert without == []


@pytest.mark.parametrize("council", COUNCILS)
def test_every_side_of_a_discrepancy_says_something_else_and_shows_its_words(council: str) -> None:
    discrepancies = [one for one in repository_records().kb.of(Discrepancy) if one.council == council]

    assert discrepancies
    for one in discrepancies:
        quoted = [tuple(citation.quote for citation in side.citations) for side in one.sides]
        assert len(set(quoted)) == len(quoted), one.id
        assert len({side.says for side in one.sides}) == len(one.sides), one.id


@pytest.mark.parametrize("minutes", MINUTES)
def test_every_passage_of_the_minutes_is_cited_or_explained(minutes: str, shared_sources: Path) -> None:
    listed = run_json("coverage", "--sources", shared_sources, "--kb", KB)["sources"]

    (found,) = [one for one in listed if one["source"] == minutes]

    assert found["not_cited"] == []
    assert found["figures_not_quoted"] == []
    assert found["explained"] <= 1
