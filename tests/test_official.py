"""The official page of a record: its own first, then those it cites, then where it happened; never a third party's."""

from __future__ import annotations

import pytest

from minutebook.official import official
from minutebook.records.values import Ref
from tests.helpers import COUNCIL, knowledge_base

LEDGER = """
    bodies/board: {title: Board}
    meetings/m: {citations: [{source: sources/listed, quote: x}]}
    sources/own: {url: "https://town.example/own"}
    sources/own-and-cites: {url: "https://town.example/first", citations: [{source: sources/own, quote: x}]}
    sources/page: {kind: meeting page, url: "https://town.example/page"}
    sources/page-of-m: {kind: meeting page, url: "https://town.example/page-of-m", record_of: [meetings/told]}
    sources/listed: {listed_on: sources/page}
    sources/blog: {standing: third-party, url: "https://blog.example/"}
    sources/of-blog: {listed_on: sources/blog}
    meetings/told: {title: Told of}
    items/told: {meeting: meetings/told}
    events/both: {citations: [{source: sources/listed, quote: x}, {source: sources/own, quote: y}]}
    events/blog: {citations: [{source: sources/blog, quote: x}, {source: sources/of-blog, quote: x}]}
    events/none: {title: None}
    plans/inside: {priorities: [{title: A, citations: [{source: sources/own, quote: x}]}]}
    """


@pytest.mark.parametrize(
    ("record", "url"),
    [
        ("sources/own", "https://town.example/own"),
        ("sources/own-and-cites", "https://town.example/first"),
        ("sources/listed", "https://town.example/page"),
        ("meetings/m", "https://town.example/page"),
        ("events/both", "https://town.example/own"),  # a page of its own comes before one that lists
        ("plans/inside", "https://town.example/own"),
        ("meetings/told", "https://town.example/page-of-m"),
        ("items/told", "https://town.example/page-of-m"),  # of the meeting it was taken at
        ("sources/blog", None),
        ("events/blog", None),
        ("events/none", None),
    ],
)
def test_the_page_is_the_nearest_that_is_official(record: str, url: str | None) -> None:
    kb = knowledge_base(LEDGER)

    page = official(kb, kb.records[Ref(f"{COUNCIL}/{record}")])

    assert (page.url if page is not None else None) == url


@pytest.mark.parametrize(
    ("record", "lists_only", "is_doubtful"),
    [
        ("sources/own", False, False),
        ("sources/listed", True, True),  # nothing says of which meeting the page is
        ("sources/page", False, True),
        ("meetings/told", False, False),
    ],
)
def test_a_page_that_only_lists_or_is_of_no_known_meeting_is_said_to_be_so(
    record: str, lists_only: bool, is_doubtful: bool
) -> None:
    kb = knowledge_base(LEDGER)

    page = official(kb, kb.records[Ref(f"{COUNCIL}/{record}")])

    assert page is not None
    assert (page.lists_only, page.is_doubtful) == (lists_only, is_doubtful)
