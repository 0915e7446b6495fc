"""What a reader meets on a page are words of the town hall, and not the names of fields."""

from __future__ import annotations

import pytest

from minutebook.when import When
from tests.outputs.house import facts_of, page_of, text_of

PAPERS = """
    council/ambledown: {title: Ambledown Council}
    sources/s: {title: Minutes, dated: 2021-05-20}
    bodies/board: {title: The Board}
"""


def _text(ledger: str, address: str) -> str:
    return text_of(page_of(f"{PAPERS}{ledger}", address))


def test_a_receipt_for_what_is_not_said_names_it_as_a_question() -> None:
    text = _text(
        """
    decisions/d:
      decided_by: bodies/board
      call_in: not stated
      key_decision: not stated
      citations: [{source: sources/s, quote: it was agreed, supports: [decided_by, call_in, key_decision]}]
        """,
        "ambledown/decisions/d/",
    )
    assert (
        "Supports: Decided by. Nothing here says: whether it was called in; whether it was a key decision."
        in text
    )


def test_what_is_not_public_is_not_said_to_be_a_question() -> None:
    text = _text(
        """
    bodies/hidden: {access: draft}
    decisions/d:
      decided_by: bodies/hidden
      citations: [{source: sources/s, quote: it was agreed, supports: [decided_by]}]
        """,
        "ambledown/decisions/d/",
    )
    assert "Nothing here says" not in text


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("programme", "within a programme"),
        ("officer", "an officer’s, under a delegation"),
        ("council", "of the full council"),
    ],
)
def test_a_decision_says_by_what_sort_of_power_it_was_taken(kind: str, said: str) -> None:
    html = page_of(f"{PAPERS}    decisions/d: {{kind: {kind}}}\n", "ambledown/decisions/d/")
    assert facts_of(html)["Kind of decision"] == said


@pytest.mark.parametrize(
    "ledger", ["projects/x: {kind: programme}", "bodies/x: {kind: workstream}", "plans/x: {kind: vision}"]
)
def test_a_kind_that_the_page_has_told_already_is_no_fact(ledger: str) -> None:
    folder, _, kind = ledger.replace("/x: {kind:", "").rstrip("}").partition(" ")
    html = page_of(f"{PAPERS}    {ledger}\n", f"ambledown/{folder}/x/")
    assert "Kind" not in html
    assert kind in text_of(html).casefold()


def test_days_of_which_it_was_one_are_counted_and_the_citation_names_them() -> None:
    days = "[2019-03-27, 2019-04-02, 2019-04-10, 2019-04-24]"
    text = _text(
        f"""
    meetings/m: {{title: A meeting, body: bodies/board, held_on: {days}}}
    items/i: {{title: The quay, meeting: meetings/m}}
        """,
        "ambledown/items/i/",
    ).replace("\xa0", " ")
    page, _, cited = text.partition("Cite this")
    assert "one of four days in March and April 2019" in page
    assert "27 March 2019" not in page
    assert "one of 27 March 2019, 2 April 2019, 10 April 2019 or 24 April 2019" in cited


def test_the_meeting_itself_names_the_days_that_it_can_have_been_on() -> None:
    text = _text(
        """
    meetings/m: {title: A meeting, body: bodies/board, held_on: [2019-03-27, 2019-04-02, 2019-04-10]}
        """,
        "ambledown/meetings/m/",
    ).replace("\xa0", " ")
    assert "The Board met on one of 27 March 2019, 2 April 2019 or 10 April 2019." in text


def test_a_row_that_is_uncertain_shows_the_words_that_date_the_change() -> None:
    text = _text(
        """
    bodies/team: {title: The Team}
    projects/p: {title: Quay}
    transfers/t:
      effective: {value: 2020-01, as_written: as from January 2020}
      from: bodies/board
      moves: [{what: projects/p, to: bodies/team, citations: [{source: sources/s, quote: Quay to the Team}]}]
      citations:
      - {source: sources/s, quote: As from January 2020, supports: [effective]}
      - {source: sources/s, quote: It was split, supports: [kind]}
        """,
        "ambledown/projects/p/",
    ).replace("\xa0", " ")
    chain = text.partition("The words")[2].partition("Days are the outer bounds")[0]
    assert "“Quay to the Team” Minutes “As from January 2020” The same document" in chain
    assert "It was split" not in chain


def test_an_estimate_is_not_called_a_promise_made() -> None:
    html = page_of(
        f"""{PAPERS}
    posts/director: {{title: The Director}}
    actions/a:
      promised_by: posts/director
      promised_to: bodies/board
      due: [{{date: 2021-06, given_as: an estimate}}]
        """,
        "ambledown/actions/a/",
        When.parse("2021-12-31"),
    )
    assert "An estimate given by The Director to The Board." in text_of(html)
    assert {"Said by", "Said to"} <= facts_of(html).keys()
    assert "Promised by" not in text_of(html)
