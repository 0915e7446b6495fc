"""How far the documents of a council reach: the latest that can be dated by a day, and how its date is told."""

from __future__ import annotations

import pytest

from minutebook.held import last_document, latest_document, reach_in_words
from minutebook.when import When
from tests.helpers import COUNCIL, knowledge_base


def latest(on: str, **dated: str) -> str | None:
    """The slug of the latest document by a day, of documents dated so."""
    kb = knowledge_base("\n".join(f"sources/{slug}: {{dated: '{when}'}}" for slug, when in dated.items()))
    source = latest_document(kb, COUNCIL, When.parse(on))
    return source.id.slug if source is not None else None


@pytest.mark.parametrize(
    ("dated", "expected"),
    [
        ({"a": "2019-03-12", "b": "2019-11-05"}, "b"),
        ({"a": "2019-11-05", "b": "2019-11"}, "b"),  # it may be as late as the 30th
        ({"a": "2019", "b": "2019-12"}, "b"),  # both end together: the one that begins later
        ({"a": "2019-12", "b": "2019"}, "a"),
        ({"a": "2019-12-31", "b": "2021"}, "a"),  # what is later than the day is not looked at
        ({"a": "2019-12-31", "b": "2020/.."}, "a"),
        ({"a": "2019-06", "b": "not stated"}, "a"),
        ({"b": "2019-06", "a": "2019-06"}, "b"),  # the same date: by name
        ({"a": "not stated"}, None),
        ({}, None),
    ],
)
def test_the_latest_document_is_the_one_that_may_reach_furthest(
    dated: dict[str, str], expected: str | None
) -> None:
    assert latest("2019-12-31", **dated) == expected


def test_documents_of_another_council_have_no_say() -> None:
    kb = knowledge_base("sources/a: {dated: 2019-03}\nthornby/sources/b: {dated: 2019-11}")

    assert reach_in_words(kb, COUNCIL, When.parse("2020")) == "March 2019"
    assert reach_in_words(kb, "thornby", When.parse("2020")) == "November 2019"
    assert reach_in_words(kb, "nowhere", When.parse("2020")) is None


@pytest.mark.parametrize(
    ("dated", "on", "is_earlier"),
    [
        ("2019-11-05", "2019-11-06", True),
        ("2019-11-05", "2019-11-05", False),
        ("2019-11-05", "2019-11-04", False),
        ("2019-11", "2019-11-15", True),  # it may be
        ("not stated", "2019-11-15", False),
    ],
)
def test_the_last_document_is_told_of_where_it_is_or_may_be_earlier_than_the_day(
    dated: str, on: str, is_earlier: bool
) -> None:
    kb = knowledge_base(f"sources/a: {{dated: {dated}}}")

    found = last_document(kb, COUNCIL, When.parse(on), When.parse("2020-01-31"))

    assert (found is not None) is is_earlier


def test_a_document_that_is_later_for_all_that_is_probable_shows_what_held() -> None:
    kb = knowledge_base(
        "sources/a: {dated: {value: 2019-11/2020-03, as_written: 'probably 23 November 2019'}}"
    )
    as_of = When.parse("2020-12-31")

    assert last_document(kb, COUNCIL, When.parse("2019-11-20"), as_of) is None
    assert last_document(kb, COUNCIL, When.parse("2019-12-01"), as_of) is not None
