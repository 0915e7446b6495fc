"""The page of coverage, and the receipts on every page: what was verified, against what, and what was not."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.evidence.coverage import Count
from minutebook.evidence.verification import mark
from minutebook.outputs import OutputFile
from minutebook.outputs.evidence_pages import percent
from tests.helpers import knowledge_base
from tests.outputs.house import Reading, outputs_of, page_of, samples, text_of

SHA = "d540bf08b3bf" + "0" * 52
LEDGER = f"""
    council/ambledown: {{title: Ambledown Council}}
    sources/minutes:
      title: Minutes
      text_path: minutes.txt
      url: "https://town.example/minutes"
      fingerprint: {{sha256: {SHA}, verified_on: 2021-03-04, marks: [{mark("the quay was opened")}]}}
      coverage: {{passages: 200, cited: 190, explained: 3, words: 900, words_quoted: 700, figures: 20, figures_quoted: 18}}
      unrecorded: [{{quote: "Agenda item", why: a heading of the page}}, {{at: line 9, why: <b>a name</b>}}]
    sources/report:
      title: Report
      text_path: report.txt
      coverage: {{passages: 100, cited: 40, explained: 0, words: 100, words_quoted: 50, figures: 0, figures_quoted: 0}}
    sources/page: {{title: The meeting page, kind: meeting page}}
    events/opening:
      title: The quay opened
      citations:
      - {{source: sources/minutes, at: item 4, quote: the quay was opened}}
      - {{source: sources/minutes, at: item 5, quote: a receipt that came later}}
      - {{source: sources/page, quote: not held}}
      - {{source: sources/page, quote: words of a page whose text is not held}}
    """


@pytest.fixture(scope="module")
def made() -> dict[str, OutputFile]:
    """Everything that is made of the ledger."""
    return outputs_of(LEDGER)


def _html(made: dict[str, OutputFile], address: str) -> str:
    return str(made[f"{address}index.html"].content)


def test_a_page_shows_each_receipt_with_its_place_its_page_and_whether_it_was_verified(
    made: dict[str, OutputFile],
) -> None:
    html = _html(made, "ambledown/events/opening/")
    text = text_of(html)

    assert "“the quay was opened” item 4. Verified" in text
    assert "“a receipt that came later” item 5. Not yet verified" in text
    assert "Quote: not held. The words are on a page that is not kept here." in text
    assert "“words of a page whose text is not held” Not verified: the text is not held" in text
    assert "Words compared with the document’s text on 4 March 2021." in text
    assert "fingerprint" not in text
    assert "https://town.example/minutes" in Reading(html).addresses


def test_the_page_of_coverage_counts_each_document_and_the_council(made: dict[str, OutputFile]) -> None:
    html = _html(made, "coverage/")
    text = text_of(html)

    assert Reading(html).faults == []
    assert "Verified against the text with the fingerprint d540bf08b3bf, on 4 March 2021" in text
    assert "1 of 4 receipts is verified; 1 has no words, since the page is not kept." in text
    assert "96.5% 200 190 3 700 of 900 18 of 20 1 of 2" in text
    assert "The meeting page Its text is not held – – – – – 0 of 2" in text
    assert "All its documents 77.6% 300 230 3 750 of 1,000 18 of 20 1 of 4" in text
    assert "77.6% recorded" in text


def test_what_is_left_out_stands_there_with_the_reason_escaped(made: dict[str, OutputFile]) -> None:
    html = _html(made, "coverage/")

    assert "“Agenda item”: a heading of the page" in text_of(html)
    assert "line 9: &lt;b&gt;a name&lt;/b&gt;" in html


def test_the_marks_of_quotations_are_for_programs_and_on_no_page(made: dict[str, OutputFile]) -> None:
    html = _html(made, "ambledown/sources/minutes/")

    assert mark("the quay was opened") not in html
    assert SHA in text_of(html)


def test_a_site_without_documents_says_so() -> None:
    assert "No document is cited yet." in text_of(page_of("bodies/board: {title: Board}", "coverage/"))


def test_a_document_that_is_not_public_is_not_on_the_page() -> None:
    kb = knowledge_base(LEDGER.replace("title: Report\n", "title: Hidden report\n      access: draft\n"))

    text = text_of(page_of(kb, "coverage/"))

    assert "Hidden report" not in text
    assert "All its documents 96.5%" in text


@pytest.mark.parametrize(
    ("cited", "share"), [(1000, "100%"), (999, "99.9%"), (9, "0.9%"), (0, "0%"), (985, "98.5%")]
)
def test_only_all_of_it_is_100_percent(cited: int, share: str) -> None:
    assert percent(Count(passages=1000, cited=cited)) == share
    assert percent(Count(passages=100_000, cited=99_999)) == "99.9%"
    assert percent(Count()) == "–"


def test_the_samples_are_all_verified(tmp_path: Path) -> None:
    text = text_of(page_of(samples(tmp_path), "coverage/"))

    assert "66 of 66 receipts are verified." in text
