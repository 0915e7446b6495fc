"""Where the words of a passage are from, and on which page of its record they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.loading import load
from minutebook.outputs.receipts import room_for
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.records.values import Ref
from minutebook_search.documents import passages_of, search_documents
from minutebook_search.origins import NOWHERE, Origin, origin_of, origins_of
from minutebook_search.receipt_pages import origins_and_pages
from tests.helpers import KB
from tests.small_council import write_council, write_record

REPORT = "Report on the Warm Homes programme"
MINUTES = "What was minuted"
_TWO = """
title: Boilers are replaced
kind: programme
decided_by: bodies/warm-homes-board
decided_on: 2021-04-02
summary: Old boilers are to go.
reasons: They are wasteful.
citations:
  - {source: sources/2021-05-report, at: paragraph 4, quote: "old boilers\\n\\n  are wasteful", supports: [reasons]}
  - {source: sources/2021-06-01-minutes, at: minute 8, quote: boilers to go}
"""


def published(folder: Path, *records: tuple[str, str]) -> PublishedKnowledgeBase:
    """The small council, with some records more."""
    kb = write_council(folder)
    for name, text in records:
        write_record(kb / "thornby" / name, text.strip(), "The editor tells the story.\n")
    return publish(load(kb).kb)


def test_words_of_a_receipt_are_from_its_document_and_place(tmp_path: Path) -> None:
    kb = published(tmp_path).kb
    transfer = kb.records[Ref("thornby/transfers/2019-set-up")]
    assert origin_of(kb, transfer, "set up on 4 March 2019") == Origin(REPORT, "paragraph 2")


def test_a_field_rests_on_the_receipts_that_name_it_else_on_those_that_name_none(tmp_path: Path) -> None:
    kb = published(tmp_path, ("decisions/boilers.md", _TWO)).kb
    decision = kb.records[Ref("thornby/decisions/boilers")]
    assert origin_of(kb, decision, "old boilers are wasteful") == Origin(REPORT, "paragraph 4")
    assert origin_of(kb, decision, "They are wasteful.") == Origin(REPORT, "paragraph 4")
    assert origin_of(kb, decision, "Old boilers are to go.") == Origin(MINUTES, "minute 8")


def test_what_rests_on_two_documents_and_the_editors_own_words_have_the_documents_that_the_record_cites(
    tmp_path: Path,
) -> None:
    without_supports = _TWO.replace(", supports: [reasons]", "")
    kb = published(tmp_path, ("decisions/boilers.md", without_supports)).kb
    decision = kb.records[Ref("thornby/decisions/boilers")]
    both = Origin(f"{REPORT}; {MINUTES}", "paragraph 4; minute 8")
    assert origins_of(kb, decision).keys() >= {"old boilers are wasteful", "boilers to go"}
    for said in ("Old boilers are to go.", "The editor tells the story.", "Boilers are replaced", ""):
        assert origin_of(kb, decision, said) == both, said


def test_of_many_documents_that_a_record_cites_three_are_named_each_with_its_places(tmp_path: Path) -> None:
    fields = "kind: other\nstanding: official\npublisher: Thornby Council\ndated: not stated\nlicence: not stated\nurl: not stated"
    papers = [(f"sources/paper-{number}.md", f"title: Paper {number}\n{fields}") for number in range(1, 6)]
    cited = [("1", "at: page 2, "), ("1", "at: page 3, "), ("2", ""), *(("3", f"at: page {n}, ") for n in range(4)), ("4", ""), ("5", "")]  # fmt: skip
    receipts = "".join(
        f"\n  - {{source: sources/paper-{number}, {at}quote: words of paper {number}}}"
        for number, at in cited
    )
    event = f"title: A walk\non: 2021-05-01\nkind: review\nsummary: They walked.\ncitations:{receipts}"
    kb = published(tmp_path, *papers, ("events/walk.md", event)).kb
    walk = kb.records[Ref("thornby/events/walk")]
    assert origin_of(kb, walk, "The editor tells the story.") == Origin(
        "Paper 1; Paper 2; Paper 3; and 2 more", "page 2, page 3; no place given; several places; and 2 more"
    )


def test_what_cites_nothing_is_from_nowhere(tmp_path: Path) -> None:
    kb = published(tmp_path).kb
    report = kb.records[Ref("thornby/sources/2021-05-report")]
    assert origin_of(kb, report, REPORT) == NOWHERE
    assert origin_of(kb, report, "committee report") == NOWHERE


def test_a_document_that_is_not_public_is_not_named(tmp_path: Path) -> None:
    secret = "title: Letter on the pier\nkind: other\nstanding: official\npublisher: Thornby Council\ndated: not stated\nlicence: not stated\nurl: not stated\naccess: confidential"
    cited = "title: A review of the pier\non: 2021-05-01\nkind: review\nsummary: The pier was seen.\ncitations: [{source: sources/letter, at: page 2, quote: the pier}]"
    known = published(tmp_path, ("sources/letter.md", secret), ("events/pier.md", cited))
    review = known.kb.records[Ref("thornby/events/pier")]
    assert "Letter" not in str(origins_of(known.kb, review))


@pytest.fixture(scope="module")
def example() -> PublishedKnowledgeBase:
    """The records of this repository."""
    return publish(load(KB).kb)


def test_every_origin_is_that_of_a_passage_that_is_searched(example: PublishedKnowledgeBase) -> None:
    """Else a field would be searched by other words than those by which its origin is looked up."""
    placed = 0
    for document in search_documents(example):
        texts = {passage.text for passage in passages_of(example, document)}
        origins = origins_of(example.kb, example.kb.records[document.id])
        assert origins.keys() <= texts, document.id
        placed += sum(bool(one.place) for one in origins.values())
    assert placed > 1_000


def test_words_stand_apart_where_the_receipts_have_a_page_of_their_own(
    example: PublishedKnowledgeBase,
) -> None:
    """Not what the record's own page says: a summary, a clause; but the rows of a table that went with them."""
    expenditure = example.kb.records[Ref("harrow/figures/adult-social-care-expenditure")]
    found = origins_and_pages(example.kb, expenditure)
    assert found["£32,480"].apart
    here = {str(expenditure.summary), *(one.label for one in getattr(expenditure, "rows", ()))}
    assert not any(found[text].apart for text in here if text in found)
    programme = example.kb.records[Ref("harrow/projects/resilient-harrow")]
    found = origins_and_pages(example.kb, programme)
    assert found["all project sponsors and mangers"] == Origin(
        "Report on the Resilient Harrow Programme to the Overview and Scrutiny Committee",
        "Section 2, Resilient Harrow programme – 2019",
        apart=True,
    )
    few = [one for one in example.kb.records.values() if 0 < len(one.citations) < room_for(one) / 5]
    assert not any(one.apart for record in few[:50] for one in origins_and_pages(example.kb, record).values())
