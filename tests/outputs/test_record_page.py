"""The page of a record is made from its model: every type has one, nothing is left out, every link leads both ways."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

import pytest
from pydantic import Field

from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs.fields import COMMON
from minutebook.outputs.words import label
from minutebook.publication import PublishedKnowledgeBase
from minutebook.records.base import Belongs, Citation, InTimeline, Part, Record, To
from minutebook.records.values import Amount, Line, Prose, Ref, Url
from minutebook.when import Period, When
from tests.helpers import read_ledger
from tests.outputs.house import Reading, facts_of, outputs_of, text_of


@pytest.fixture(scope="module")
def pages(published_samples: PublishedKnowledgeBase) -> dict[str, str]:
    """The pages of the samples, by path."""
    return {path: str(file.content) for path, file in outputs_of(published_samples).items() if file.is_page}


def test_every_record_has_a_page_at_its_id(
    published_samples: PublishedKnowledgeBase, pages: dict[str, str]
) -> None:
    assert {f"{record_id}/index.html" for record_id in published_samples.kb.records} <= pages.keys()


def test_every_page_is_sound_html_with_one_heading_of_the_first_level(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        read = Reading(html)
        assert (path, read.faults, read.open) == (path, [], [])
        assert sum(tag == "h1" for tag, _ in read.elements) == 1, path
        assert len(read.ids) == len(set(read.ids)), path


def _values(part: Part) -> list[str]:
    """Everything that a record says, as it must be found on its page."""
    found: list[str] = []
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in ("marks", "row", "column"):
            continue  # which passages are recorded: the page of coverage draws it; of a cell its labels are shown
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Part):
                found += _values(one)
            elif isinstance(one, When | Period):
                found.append(one.display())
            elif isinstance(one, enum.Enum):
                found.append(str(one.value))
            elif isinstance(one, Amount):
                found.append(one.as_written)
            elif isinstance(one, str) and not isinstance(one, Ref) and name != "key":
                found.append(label(one) if name == "supports" else " ".join(one.split()))
    return found


def test_a_page_says_everything_that_its_record_says(
    published_samples: PublishedKnowledgeBase, pages: dict[str, str]
) -> None:
    for record in published_samples.kb.records.values():
        html = pages[f"{record.id}/index.html"]
        said = (text_of(html) + " ".join(Reading(html).addresses)).casefold()
        # What has a default is left out where it says no more than that; the rest is all there.
        unsaid = {value for value in _values(record) if value.casefold() not in said} - {
            "an undertaking",
            "member",
            "present",
            "public",
            "motion",
        }
        # A receipt for what its document does not say names it as a question (test_plain_words.py).
        unsaid -= {label(name) for name in record.absences}
        assert (record.id, unsaid) == (record.id, set())


def test_every_reference_of_a_record_is_a_link_by_the_title_of_its_target(
    published_samples: PublishedKnowledgeBase, pages: dict[str, str]
) -> None:
    kb = published_samples.kb
    for record_id, links in kb.links.items():
        html = pages[f"{record_id}/index.html"]
        for link in links:
            assert f">{kb.records[link.target].title}</a>".replace("'", "&#39;") in html, (record_id, link)


def test_a_link_is_on_the_page_of_its_target_too(
    published_samples: PublishedKnowledgeBase, pages: dict[str, str]
) -> None:
    kb = published_samples.kb
    for record_id in kb.records:
        # Where a page has no room for all of them, a further one has.
        html = pages[f"{record_id}/index.html"].partition('<section id="links"')[2]
        html += pages.get(f"{record_id}/linked/index.html", "")
        for link in kb.backlinks(record_id):
            assert f">{link.record.title}</a>".replace("'", "&#39;") in html, (record_id, link.name)


class Colour(enum.StrEnum):
    """A kind that no record has."""

    RED = "bright red"


class Signature(Part):
    """A part that no record has."""

    who: Line
    on: When | None = None
    citations: tuple[Citation, ...] = ()


class Petition(Record):
    """A type of record that this program has never seen."""

    folder: ClassVar = "petitions"
    noun: ClassVar = "petition"
    heading: ClassVar = "Petitions"

    received_on: Annotated[When | None, InTimeline("received")]
    presented_at: Annotated[Ref | None, To("meetings", backlink="petitions_presented"), Belongs.AT] = None
    colour: Colour
    how_many: int | None = Field(None, title="People who signed it")
    wording: Prose
    page: Url | None = None
    is_urgent: bool | None = None
    signatures: tuple[Signature, ...] = ()


def test_a_new_type_of_record_needs_nothing_here() -> None:
    board, meeting, source = read_ledger(
        """
        bodies/board: {title: The Board}
        meetings/may: {title: The meeting in May, body: bodies/board, held_on: 2021-05-04}
        sources/paper: {title: The paper}
        """
    )
    fields = {
        "title": "Save the quay",
        "received_on": "not stated",
        "presented_at": "meetings/may",
        "colour": "bright red",
        "how_many": 217,
        "wording": "We ask\n\nthat the quay be saved.",
        "page": "https://town.example/quay",
        "is_urgent": False,
        "signatures": [
            {"who": "a resident", "on": {"value": "2021-04", "as_written": "late April"}},
            {
                "who": "a shop",
                "citations": [{"source": "sources/paper", "quote": "not held", "at": "page 2"}],
            },
        ],
    }
    petition = Petition.model_validate(fields, context={"council": "ambledown"})
    petition.placed(Ref("ambledown/petitions/quay"), board.file, "See [[bodies/board]].", 1)
    made = outputs_of(KnowledgeBase([board, meeting, source, petition]))
    html = str(made["ambledown/petitions/quay/index.html"].content)
    assert facts_of(html) == {
        "Presented at": "The meeting in May",
        "Colour": "bright red",
        "People who signed it": "217",
        "Page": "https://town.example/quay",
        "Is urgent": "No",
    }
    text = text_of(html)
    assert "We ask that the quay be saved. The Board, 4 May 2021" in text  # the words, and whose they are
    assert "Who Date Receipts a resident late April (April 2021) a shop receipt 1" in text
    assert "The paper Quote: not held. The words are on a page that is not kept here. page 2" in text
    assert "See The Board." in text
    assert "What we do not know The source does not say: received on." in text
    assert "Petitions presented" in text_of(str(made["ambledown/meetings/may/index.html"].content))
    assert "Save the quay" in str(made["ambledown/petitions/index.html"].content)


def test_every_common_field_has_its_place_on_the_page() -> None:
    # Whoever adds a field to `Record` shows it in record.html, and then names it here.
    assert {
        "title", "aliases", "summary", "topics", "access", "exemption", "citations", "editor_note", "checked",
        "corrections", "erased",
    } == COMMON  # fmt: skip
