"""Search documents: what of a record is searched, from its model alone, and nothing that is not public."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, cast

import pytest

from minutebook.knowledge_base import KnowledgeBase
from minutebook.publication import publish
from minutebook.records.base import Part, Record, Searched
from minutebook.records.values import Line, Prose, Ref
from minutebook.source import SourceFile
from minutebook_search.documents import SearchDocument, fingerprint, search_documents
from tests.helpers import knowledge_base


def documents_of(kb: KnowledgeBase) -> dict[str, SearchDocument]:
    """The documents of what is public, by folder and slug."""
    return {document.id.split("/", 1)[1]: document for document in search_documents(publish(kb))}


def document_of(ledger: str, name: str) -> SearchDocument:
    """The document of one record of a ledger."""
    return documents_of(knowledge_base(ledger))[name]


def texts(document: SearchDocument) -> dict[str, float]:
    """The searched texts of a document with their weights."""
    return {passage.text: passage.weight for passage in document.passages}


RESOLUTION = """
bodies/cabinet: {title: Cabinet, kind: cabinet}
meetings/2019-11-05: {title: Cabinet in November, body: bodies/cabinet, held_on: 2019-11-05}
items/homes: {title: Homes, meeting: meetings/2019-11-05}
projects/extra-care: {title: Extra Care}
sources/minutes: {title: Minutes}
resolutions/homes:
  title: Homes are approved
  aliases: [The homes paper]
  topics: [Housing]
  item: items/homes
  clauses:
    - {number: "1", wording: That the scheme be approved, effect: approved, concerns: [projects/extra-care]}
    - {number: "2", wording: That the report be noted, effect: noted}
  motions: [{kind: amendment, wording: To defer it, fate: lost}]
  citations: [{source: sources/minutes, quote: "RESOLVED: that the scheme\\nbe approved"}]
  narrative: |
    ## What was said

    See [[projects/extra-care]] and **costs**.
"""


def test_what_was_taken_on_a_report_is_found_by_the_number_of_the_report() -> None:
    """Where officers know the number, they ask what was resolved on it; the report itself weighs more."""
    ledger = """
bodies/cabinet: {title: Cabinet, kind: cabinet}
meetings/2019-11-05: {title: Cabinet in November, body: bodies/cabinet, held_on: 2019-11-05}
reports/homes: {title: Homes, reference_number: CAB 19-044}
items/homes: {title: Homes, meeting: meetings/2019-11-05, reports: [reports/homes]}
items/parks: {title: Parks, meeting: meetings/2019-11-05}
resolutions/homes: {title: Homes are approved, item: items/homes}
resolutions/parks: {title: Parks are approved, item: items/parks}
decisions/homes: {title: The scheme, reported_in: [reports/homes]}
"""  # what is told in a report was decided elsewhere
    found = {name: texts(one) for name, one in documents_of(knowledge_base(ledger)).items()}
    assert found["reports/homes"]["CAB 19-044"] == 8
    numbered = {name for name, said in found.items() if "Report CAB 19-044" in said}
    assert numbered == {"items/homes", "resolutions/homes"}


def test_everything_that_the_model_marks_is_searched_with_its_weight() -> None:
    assert texts(document_of(RESOLUTION, "resolutions/homes")) == {
        "Homes are approved": 8,
        "The homes paper": 6,
        "Housing": 2,
        "That the scheme be approved": 5,
        "That the report be noted": 5,
        "To defer it": 3,
        "What was said": 1,
        "See Extra Care and costs.": 1,
        "RESOLVED: that the scheme be approved": 1,
        "resolution": 2,
        "5 November 2019": 0.5,
    }


def test_a_document_says_what_it_can_be_narrowed_by() -> None:
    document = document_of(RESOLUTION, "resolutions/homes")
    assert document.passages[0].text == document.title == "Homes are approved"
    assert document.names == ("Homes are approved", "The homes paper")
    assert (document.type, document.council, document.url) == (
        "resolution",
        "ambledown",
        "ambledown/resolutions/homes/",
    )
    assert document.body == "ambledown/bodies/cabinet"
    assert document.outcome == "approved"
    assert document.projects == ("ambledown/projects/extra-care",)
    assert document.topics == ("Housing",)
    assert document.date is not None
    assert document.date.value == "2019-11-05"


def test_a_project_is_its_own_and_a_body_is_its_own() -> None:
    found = documents_of(knowledge_base(RESOLUTION))
    assert found["projects/extra-care"].projects == ("ambledown/projects/extra-care",)
    assert found["bodies/cabinet"].body == "ambledown/bodies/cabinet"
    assert found["projects/extra-care"].outcome is None


@pytest.mark.parametrize(
    ("held_on", "first", "last"),
    [
        ("2019-11-05", date(2019, 11, 5), date(2019, 11, 5)),
        ("{value: 2019-01/2019-06, as_written: early 2019}", date(2019, 1, 1), date(2019, 6, 30)),
        ("../2019-11", date(2019, 11, 30), date(2019, 11, 30)),
        ("2020-01/..", date(2020, 1, 1), date(2020, 1, 1)),
        ("not stated", None, None),
        (
            "{value: 2021-10/2022-03, as_written: probably 23 November 2021}",
            date(2021, 11, 23),
            date(2021, 11, 23),
        ),
    ],
)
def test_a_date_is_found_by_its_bounds(held_on: str, first: date | None, last: date | None) -> None:
    """The bounds are kept as wide as the source leaves them; an open end is as near as the known one."""
    ledger = f"""
    bodies/board: {{title: Board}}
    meetings/meeting: {{held_on: {held_on}}}
    """
    document = document_of(ledger, "meetings/meeting")
    assert (document.first, document.last) == (first, last)


def test_a_paper_that_is_not_held_is_found_through_its_report() -> None:
    ledger = """
    bodies/board: {title: Board}
    reports/homes:
      appendices:
        - title: Appendix B, the stock condition survey
          held: "referred to, not held"
          describes: what each roof needs
    """
    found = texts(document_of(ledger, "reports/homes"))
    assert found["Appendix B, the stock condition survey"] == 2
    assert found["what each roof needs"] == 1


def test_a_record_is_found_by_what_it_is_and_when() -> None:
    """In the words of readers and in those of the folders: `promise June 2019`, `action June 2019`."""
    ledger = """
    bodies/board: {title: Board}
    actions/survey: {title: Survey the roofs, promised_by: bodies/board, promised_on: 2019-06}
    """
    found = texts(document_of(ledger, "actions/survey"))
    assert (found["promise"], found["action"], found["June 2019"]) == (2, 2, 0.5)


def test_an_item_is_found_by_its_number() -> None:
    """Which weighs more than a mention, and less than a name."""
    ledger = """
    bodies/board: {title: Board}
    meetings/may: {title: May, body: bodies/board, held_on: 2019-05-07}
    items/roofs: {title: Roofs, meeting: meetings/may, number: "7", minute_number: "12"}
    """
    found = texts(document_of(ledger, "items/roofs"))
    assert (found["Item 7"], found["Minute 12"]) == (3, 3)


def test_one_text_counts_once_with_its_greatest_weight() -> None:
    ledger = """
    bodies/board: {title: Board, summary: "The same words.", narrative: "The same words."}
    """
    assert texts(document_of(ledger, "bodies/board")) == {"Board": 8, "The same words.": 3, "body": 2}


def test_what_is_not_public_is_in_no_document() -> None:
    ledger = """
    bodies/board: {title: Board, narrative: "See [[projects/marker|the marker]] and [[projects/marker]]."}
    projects/marker:
      title: A marker of its own
      access: exempt
      exemption: {paragraphs: ["3"], public_interest_reason: marker}
      narrative: marker
    statements/said: {about: [projects/marker, bodies/board], words: Well said}
    """
    found = documents_of(knowledge_base(ledger))
    assert set(found) == {"bodies/board", "statements/said"}
    assert "marker" not in repr(found)


def test_nothing_but_a_published_knowledge_base_is_accepted() -> None:
    unpublished = cast(Any, knowledge_base("bodies/board: {title: Board}"))
    with pytest.raises(TypeError, match=r"use publication\.publish"):
        list(search_documents(unpublished))


class Signature(Part):
    """A part that no room of search has heard of."""

    motto: Annotated[Prose | None, Searched(4)] = None
    kept_quiet: Line | None = None


class Petition(Record):
    """A type of record that no room of search has heard of."""

    folder: ClassVar = "petitions"
    noun: ClassVar = "petition"
    heading: ClassVar = "Petitions"

    demands: Annotated[tuple[Prose, ...], Searched(3)] = ()
    outcome: Prose | None = None
    signatures: tuple[Signature, ...] = ()


def test_a_new_type_of_record_needs_nothing_here() -> None:
    fields = {
        "title": "Save the baths",
        "demands": ["Open them", "Heat them"],
        "outcome": "They stayed shut.",
        "signatures": [{"motto": "Swim on", "kept_quiet": "hush"}],
    }
    petition = Petition.model_validate(fields).placed(
        Ref("thornby/petitions/baths"), SourceFile("p.md", ""), "", 1
    )
    document = documents_of(KnowledgeBase([petition]))["petitions/baths"]
    assert document.type == "petition"
    assert document.outcome is None  # a text is no value to narrow by
    assert texts(document) == {
        "Save the baths": 8,
        "Open them": 3,
        "Heat them": 3,
        "Swim on": 4,
        "petition": 2,
    }


def test_the_fingerprint_changes_with_the_text_and_with_nothing_else() -> None:
    def of(fields: str) -> str:
        return fingerprint(documents_of(knowledge_base(f"bodies/board: {{title: Board, {fields}}}")).values())

    assert of("kind: cabinet") == of("kind: committee")
    assert of("summary: One.") != of("summary: Two.")
    assert of("summary: One.") != of("topics: [One.]")  # the same words at another weight
