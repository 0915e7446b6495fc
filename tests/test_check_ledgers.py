"""Details of checks that no case shows, each asked of a ledger; found by mutation testing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from minutebook.checks import authority, evidence, fields, figures
from minutebook.diagnostics import Diagnostic
from minutebook.ownership import OwnershipHistory
from tests.helpers import knowledge_base


def told(findings: Iterable[Diagnostic]) -> list[str]:
    """Each finding as its rule and its message."""
    return [f"{one.rule.code} {one.message}" for one in findings]


@pytest.mark.parametrize(
    "destination",
    [
        "to: bodies/gone",
        "monitored_by: bodies/gone",
        "closed: {into: business as usual, monitored_by: bodies/gone}",
    ],
)
def test_whoever_receives_or_watches_is_there(destination: str) -> None:
    kb = knowledge_base(
        f"""
        bodies/gone: {{kind: workstream, ended: 2018-12-31}}
        projects/p: {{kind: project}}
        transfers/1: {{effective: 2019-05-01, from: none, moves: [{{what: projects/p, {destination}}}]}}
        """
    )

    assert told(authority.check_receivers_are_there(OwnershipHistory(kb))) == [
        "MB412 `bodies/gone` ended 31 December 2018, but this takes effect 1 May 2019"
    ]


def test_of_a_document_that_is_not_there_nothing_more_is_said() -> None:
    kb = knowledge_base("events/a: {citations: [{source: sources/nowhere, quote: three words}]}")

    assert told(evidence.check_citations_are_usable(kb)) == []


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("sources/b: {citations: [{source: sources/s, quote: a few words}]}", 0),
        ("events/b: {on: not stated}", 0),
        ("events/b: {on: not stated, citations: [{source: sources/s, quote: a few words}]}", 1),
        ("events/b: {on: not stated, citations: [{source: sources/s, quote: a few words, supports: [on]}]}", 0),
    ],
)  # fmt: skip
def test_silence_is_shown_by_what_cites_and_is_no_document_itself(record: str, expected: int) -> None:
    kb = knowledge_base(
        "sources/s: {publisher: Ambledown Council, url: 'https://a.example/', dated: 2019, licence: none}\n"
        + record
    )

    assert len(told(evidence.check_silence_is_shown(kb))) == expected


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("moves", []),
        ("moves.to", []),
        ("movers.to", ["MB311 there is no field `movers.to` to support"]),
    ],
)
def test_the_field_of_a_part_is_supported_by_the_name_of_the_part(name: str, found: list[str]) -> None:
    kb = knowledge_base(
        f"transfers/1: {{effective: 2019, moves: [{{what: projects/p, to: bodies/a}}], citations: [{{source: sources/s, quote: a b, supports: [{name}]}}]}}"
    )

    assert told(fields.check_supports_name_fields(kb)) == found


@pytest.mark.parametrize("word", ["%", "per cent", "percent", "proportion", "share", "rate"])
def test_a_percentage_fits_each_word_for_a_share(word: str) -> None:
    kb = knowledge_base(f"indicators/i: {{unit: '{word} of residents', target: {{value: 40%}}}}")

    assert told(figures.check_units(kb)) == []


@pytest.mark.parametrize(
    "field",
    [
        "baseline: {value: 40%, as_at: 2019}",
        "target: {value: 40%}",
        "observations: [{value: 39, as_at: 2018}, {value: 40%, as_at: 2019}]",
        "comparators: [{who: London, value: 40%}]",
    ],
)
def test_a_percentage_among_people_is_found_wherever_it_stands(field: str) -> None:
    kb = knowledge_base(f"indicators/i: {{unit: people, {field}}}")

    assert told(figures.check_units(kb)) == ["MB808 `40%` does not fit the unit `people`"]
