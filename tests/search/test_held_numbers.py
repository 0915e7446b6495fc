"""A number that no record has: the nearest that are held are offered, and nothing is searched for in its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from minutebook_search.answering import AnsweringEngine
from minutebook_search.documents import SearchDocument
from minutebook_search.engines import open_engine
from minutebook_search.held_numbers import printed_code
from minutebook_search.static.writer import write_index
from minutebook_search.stemming import stem
from tests.search.sample_documents import document
from tests.search.static.test_browser_modules import ask, needs_node

REPORTS = ["ACH21-040", "ACH21-044", "ACH21-051", "ACH20-007", "CYP/19/300"]


def numbered() -> list[SearchDocument]:
    """Reports with their numbers, items with theirs, and a paper that mentions a report that is not held."""
    reports = [
        replace(document(f"r{number}", f"Paper {number}", code, title=f"Paper {number}"), type="report")
        for number, code in enumerate(REPORTS)
    ]
    items = [
        document(f"i{number}", f"Minute {number}", f"Item {number - 70}", title=f"Matter {number}")
        for number in (79, 80, 81)
    ]
    mention = document("m", "See report HPR22-001 of the board, and minute 95 of the cabinet.")
    return [*reports, *items, mention]


@pytest.fixture(scope="module")
def engine() -> AnsweringEngine:
    return open_engine(numbered())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("ACH21-045", "no report `ACH21-045` is held: the nearest are `ACH21-044`, `ACH21-040` and `ACH21-051`"),
        ("ach 21 045", "no report `ach 21 045` is held: the nearest are `ACH21-044`, `ACH21-040` and `ACH21-051`"),
        ("ACH12-044", "no report `ACH12-044` is held: the nearest is `ACH21-044`"),
        ("AHC21-044 noted", "no report `AHC21-044` is held: the nearest is `ACH21-044`"),
        ("ACH18-002", "no report `ACH18-002` is held: the nearest are `ACH20-007`, `ACH21-040` and `ACH21-044`"),
        ("ACH20-044", "no report `ACH20-044` is held: the nearest are `ACH21-044` and `ACH20-007`"),
        ("CYP19301", "no report `CYP19301` is held: the nearest is `CYP/19/300`"),
        ("HPR22-002", "no record has the number `HPR22-002`: the nearest is `HPR22-001`"),
        ('"ACH21-045"', "no report `ACH21-045` is held: the nearest are `ACH21-044`, `ACH21-040` and `ACH21-051`"),
        ("minute 83", "no `minute 83` is held: the nearest are `minute 81`, `minute 80` and `minute 79`"),
        ("resolution no 82", "no `resolution no 82` is held: the nearest are `minute 81`, `minute 80` and `minute 79`"),
        ("Item 12", "no `Item 12` is held: the nearest are `item 11`, `item 10` and `item 9`"),
    ],
)  # fmt: skip
def test_the_nearest_numbers_are_offered(engine: AnsweringEngine, query: str, said: str) -> None:
    result = engine.search(query)
    assert said in result.messages
    (offer,) = result.offers
    assert query[offer.start : offer.end] == offer.asked
    assert result.corrected is None
    for near in offer.near:
        found = engine.search(query[: offer.start] + near + query[offer.end :])
        assert found.total >= 1, near
        assert found.offers == (), near


@pytest.mark.parametrize(
    "query",
    ["ACH21-044", "ach21044", "minute 80", "minute 95", "minute 500", "XYZ21-044", "in 2019", "minute", "item 300", "paper 99"],
)  # fmt: skip
def test_nothing_is_offered_for_what_is_held_and_where_nothing_is_near(
    engine: AnsweringEngine, query: str
) -> None:
    assert engine.search(query).offers == ()


def test_what_an_offer_says_is_not_said_again(engine: AnsweringEngine) -> None:
    assert len(engine.search("ACH21-045").messages) == 1
    assert len(engine.search('"ACH21-045"').messages) == 1


def test_where_a_thousand_is_too_many_the_hundred_is_asked() -> None:
    many = [document(f"d{number}", f"Report ACH21-{number:03}") for number in range(0, 1_000, 3)]
    (offer,) = open_engine(many).search("ACH21-500").offers
    assert offer.near == ("ACH21-501", "ACH21-498")[:1] + offer.near[1:]
    assert set(offer.near) <= {f"ACH21-{number:03}" for number in range(500, 600)}


def test_a_code_is_found_as_it_is_printed() -> None:
    assert printed_code("see Report ACH21-044: plan", "ach21044") == "ACH21-044"
    assert printed_code("see ACH 21 044 and more", "ach21044") == "ACH 21 044"
    assert printed_code("see ACH21-045", "ach21044") is None


@needs_node
def test_the_browser_offers_the_same(engine: AnsweringEngine, tmp_path: Path) -> None:
    queries = [
        "ACH21-045", "ach 21 045", "ACH12-044", "ACH20-044", "ACH22-040", "AHC21-044 noted", "ACH18-002", "CYP19301", "HPR22-002", '"ACH21-045"', "minute 83",
        "resolution no 82", "Item 12", "ACH21-044", "minute 80", "minute 95", "minute 500", "XYZ21-044", "in 2019", "item 300",
        "ACH21-045 minute 83 CYP19301", "minutes 83", "ACH2l-O45", "minute 78 OR ACH20-008", "minute number 84", "-ACH21-045 paper",
    ]  # fmt: skip
    answers = ask(
        write_index(numbered(), stem), tmp_path, [{"request": {"query": query}} for query in queries]
    )
    offered = 0
    for query, answer in zip(queries, answers, strict=True):
        expected = engine.search(query)
        assert answer["messages"] == list(expected.messages), query
        # Where a page leads to the report itself, it says where that is; the numbers are the same.
        for offer in answer["offers"]:
            held = {one["said"] for one in offer.pop("held", [])}
            assert not held or set(offer["near"]) <= held, query
        assert answer["offers"] == [
            {"start": one.start, "end": one.end, "asked": one.asked, "kind": one.kind, "near": list(one.near)}
            for one in expected.offers
        ], query
        offered += len(expected.offers)
    assert offered > 15
