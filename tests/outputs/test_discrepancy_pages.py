"""Where statements differ: substance apart from wording, by what it is about and by council."""

from __future__ import annotations

import re

import pytest

from minutebook.outputs import OutputFile, discrepancy_pages
from minutebook.when import When
from tests.outputs.house import BOATS, outputs_of, page_of, text_of

LEDGER = (
    BOATS
    + """
    council/ambledown: {title: Ambledown Council}
    thornby/council/thornby: {title: Thornby Council}
    discrepancies/days:
      title: June or July
      kind: definition
      matter: dates
      sides:
        - {says: In June., citations: [{source: sources/s, quote: in June}]}
        - {says: In July., citations: [{source: sources/s, quote: in July}]}
    discrepancies/quay:
      title: The quay or the Quay
      kind: slip
      matter: names and wording
      sides:
        - {says: It is the quay., citations: [{source: sources/s, quote: the quay}]}
        - {says: It is the Quay., citations: [{source: sources/s, quote: the Quay}]}
    thornby/discrepancies/amount:
      title: One or two
      kind: open
      matter: amounts
    """
)


@pytest.fixture(scope="module")
def made() -> dict[str, OutputFile]:
    """Everything that is made of the ledger."""
    return outputs_of(LEDGER, When.parse("2021-05-20"))


def _html(made: dict[str, OutputFile], address: str) -> str:
    return str(made[f"{address}index.html"].content)


def test_an_entry_says_first_what_is_known_and_has_the_words_of_each_side_folded(
    made: dict[str, OutputFile],
) -> None:
    text = text_of(_html(made, "discrepancies/about/amounts/"))
    assert (
        "Ten or eleven boats Ambledown Council · Between two documents Slip or spelling: what is meant is not in doubt."
        " The harbour has ten berths. There were ten. There were eleven. The words of each side: Ten or eleven boats"
        " There were ten. ten boats Minutes, paragraph 2. Official page There were eleven. Words not held: A blog"
    ) in text


def test_a_document_that_disagrees_with_itself_is_said_to(made: dict[str, OutputFile]) -> None:
    text = text_of(_html(made, "discrepancies/about/dates/"))
    assert (
        "June or July Ambledown Council · Within one document Definition: they do not measure or mean the same thing."
    ) in text
    assert "Two statements within one document do not agree." in text_of(
        _html(made, "ambledown/discrepancies/days/")
    )


def test_the_first_page_names_each_with_what_is_known_of_why(made: dict[str, OutputFile]) -> None:
    html = _html(made, "discrepancies/")
    assert "Ten or eleven boats Ambledown Council · Between two documents · Slip or spelling" in text_of(html)
    assert "The harbour has ten berths" not in html


def test_each_heading_leads_to_the_matter_in_full_and_names_and_wording_come_last(
    made: dict[str, OutputFile],
) -> None:
    html = _html(made, "discrepancies/")
    order = [
        '<h2><a href="../discrepancies/about/amounts/">Amounts and numbers (2)</a></h2>',
        '<h2><a href="../discrepancies/about/dates/">Dates (1)</a></h2>',
        '<h2><a href="../discrepancies/about/names-and-wording/">Names, spellings and wording (1)</a></h2>',
    ]
    places = [html.index(one) for one in order]
    assert places == sorted(places)


def test_of_a_long_list_all_groups_but_the_first_are_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discrepancy_pages, "_OPEN", 3)
    html = _html(outputs_of(LEDGER, When.parse("2021-05-20")), "discrepancies/")
    words, *groups = re.findall(r'<details class="mb-fold"( open)?>\s*<summary>([^<]*)', html)
    assert words == ("", "What open, rounding and the other words mean")
    assert [is_open for is_open, _ in groups] == [" open", "", ""]
    assert "Show these 2: Amounts and numbers" in text_of(html)
    assert html.count("Ten or eleven boats</a>") == 1


def test_where_all_is_about_one_thing_the_first_page_tells_it_in_full() -> None:
    only = "discrepancies/d: {title: One or two, kind: open, matter: amounts, note: Nobody counted.}"
    made = outputs_of(only, When.parse("2021-05-20"))
    assert "Nobody counted." in text_of(_html(made, "discrepancies/"))
    assert "discrepancies/about/amounts/index.html" not in made


def test_substance_is_counted_apart_from_wording(made: dict[str, OutputFile]) -> None:
    counted = "3 points of substance where statements differ, and 1 difference of names or wording"
    assert f"{counted}." in text_of(_html(made, "discrepancies/"))
    assert counted in text_of(str(made["index.html"].content))


def test_each_council_and_each_matter_has_a_list_of_its_own(made: dict[str, OutputFile]) -> None:
    thornby = text_of(_html(made, "discrepancies/council/thornby/"))
    assert "One or two" in thornby
    assert "June or July" not in thornby
    dates = text_of(_html(made, "discrepancies/about/dates/"))
    assert "June or July" in dates
    assert "One or two" not in dates
    assert "The quay or the Quay" in _html(made, "discrepancies/about/names-and-wording/")


def test_a_list_of_several_pages_has_a_way_to_the_next_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discrepancy_pages, "_LISTED", 1)
    made = outputs_of(LEDGER, When.parse("2021-05-20"))
    first, second = (_html(made, address) for address in ("discrepancies/", "discrepancies/2/"))
    assert '<a href="2/">Next</a>' in first
    assert ">Previous<" not in first
    assert '<a href="../">Previous</a>' in second
    assert '<a href="../3/">Next</a>' in second


def test_a_receipt_says_that_another_statement_differs() -> None:
    text = text_of(
        page_of(
            """
            sources/s: {title: Minutes}
            projects/p: {title: Quay, citations: [{source: sources/s, quote: the quay, states: {key: projects/p#title, value: the quay}}]}
            discrepancies/d:
              title: Quay or quayside
              sides:
                - {says: Quay., citations: [{source: sources/s, quote: the quay, states: {key: projects/p#title, value: the quay}}]}
                - {says: Quayside., citations: [{source: sources/s, quote: the quayside, states: {key: projects/p#title, value: the quayside}}]}
            """,
            "ambledown/projects/p/",
        )
    )
    assert "It gives it the name “the quay” (another statement differs: see Quay or quayside)." in text
