"""The receipts on the page of a record: words, document and place, numbered once, on a page of their own where they are many."""

from __future__ import annotations

import pytest

from tests.outputs.house import dead_links, outputs_of, page_of, text_of


def test_a_receipt_shows_words_document_place_and_page_and_a_third_party_is_named_as_one() -> None:
    ledger = """
        sources/s: {title: The minutes, url: "https://town.example/minutes"}
        sources/t: {title: A blog, standing: third-party}
        events/e:
          citations:
            - {source: sources/s, at: paragraph 3, quote: it happened, supports: ["on"]}
            - {source: sources/t, quote: not held}
        """
    html = page_of(ledger, "events/e/")
    text = text_of(html.partition('<section id="receipts">')[2])
    assert "The minutes Official page “it happened” paragraph 3" in text
    assert '<a href="https://town.example/minutes" rel="external">Official page</a>' in html
    assert "A blog Third-party source Quote: not held. The words are on a page that is not kept here." in text


def _with_receipts(number: int) -> str:
    cells = "".join(
        f"\n    - {{row: a, column: c{at}, kind: budget, amount: '£{at}', citations: [{{source: sources/s, at: cell {at}, quote: cell {at},"
        f" states: {{key: 'figures/f#a/c{at}', value: '£{at}'}}}}]}}"
        for at in range(number)
    )
    columns = ", ".join(f"{{key: c{at}, label: Column {at}}}" for at in range(number))
    return f"sources/s: {{title: The budget book}}\nfigures/f:\n  title: The budget\n  unit: £\n  rows: [{{key: a, label: Adults}}]\n  columns: [{columns}]\n  cells: {cells}"


def test_up_to_twenty_receipts_stand_on_the_page() -> None:
    made = outputs_of(_with_receipts(20))
    html = str(made["ambledown/figures/f/index.html"].content)
    assert html.count('<li id="receipt-') == 20
    assert '<a href="#receipt-20">receipt&nbsp;20</a>' in html
    assert "ambledown/figures/f/receipts/index.html" not in made
    assert "Supports: Adults, Column 3. It gives Adults, Column 3: £3." in text_of(html), (
        "its own name goes without saying"
    )


def test_more_receipts_have_a_page_of_their_own_with_the_table_that_they_prove() -> None:
    made = outputs_of(_with_receipts(21))
    html = str(made["ambledown/figures/f/index.html"].content)
    assert "<li id=" not in html
    text = text_of(html)
    assert "Receipts The 21 receipts have a page of their own" in text
    assert "The budget book (21)" in text
    assert "All 21, with their receipts, are on the page of the receipts." in text
    there = str(made["ambledown/figures/f/receipts/index.html"].content)
    assert there.count('<li id="receipt-') == 21
    assert there.count('<a href="#receipt-') == 21
    own = {path: str(file.content) for path, file in made.items() if path.startswith("ambledown/figures/f/")}
    assert dead_links(own, set(made) | {"about/how-it-works/index.html"}) == []
    assert html.count('href="receipts/') >= 2


@pytest.mark.parametrize(
    ("record_of", "told"),
    [
        (", record_of: [meetings/m]", "The council’s page of the meeting. It lists"),
        ("", "town.example. It may be the page that lists Minutes of the item: that is not established."),
    ],
)  # fmt: skip
def test_a_page_that_is_not_established_as_that_of_the_meeting_is_said_to_be_none(
    record_of: str, told: str
) -> None:
    ledger = f"""
        bodies/b: {{title: B}}
        meetings/m: {{body: bodies/b, held_on: {{value: 2021-10/2022-03, as_written: probably 23 November 2021}}}}
        items/i: {{meeting: meetings/m, citations: [{{source: sources/minutes, quote: taken}}]}}
        sources/minutes: {{title: Minutes of the item, listed_on: sources/page}}
        sources/page: {{title: Page, kind: meeting page, url: "https://town.example/1"{record_of}}}
        """
    text = text_of(page_of(ledger, "items/i/"))
    assert told.casefold() in text.casefold()
    assert "B met probably on 23 November 2021 (between October 2021 and March 2022)." in text_of(
        page_of(ledger, "meetings/m/")
    )


def test_a_receipt_that_is_given_twice_has_one_number() -> None:
    ledger = """
        sources/s: {title: The minutes}
        bodies/b:
          members:
            - {group: officers, citations: [{source: sources/s, quote: both of them}]}
            - {group: members, citations: [{source: sources/s, quote: both of them}]}
        """
    html = page_of(ledger, "bodies/b/")
    assert html.count('<li id="receipt-') == 1
    assert html.count('href="#receipt-1"') == 2
    assert "Supports: Member 1; Member 2." in text_of(html)
