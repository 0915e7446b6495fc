"""Exact words come first where they are a record's own: resolved, decided, recommended, said, or its name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minutebook.knowledge_base import link_records
from minutebook.publication import publish
from minutebook.reader import read_records
from minutebook_search.documents import search_documents
from minutebook_search.engines import open_engine
from minutebook_search.query import Synonyms
from tests.helpers import REPOSITORY
from tests.search.sample_documents import document

# Words of the example knowledge base with the record that resolved, decided, recommended, promised or said
# them, or is named so. Others have them too: they cite them, set them against other words, or are about them.
_OWN_WORDS = {
    "had been agreed with health commissioners": "bromley/decisions/2021-07-integrated-commissioning-programme",
    "updates on Assistive Technology and": "bromley/actions/updates-later-in-the-meeting",
    "will be reported to Cabinet in February": "harrow/actions/market-position-statements-to-cabinet",
    "are asked to note and comment on": "harrow/reports/2020-01-07-resilient-harrow",
    "into the Harrow Regeneration Programme and": "harrow/statements/2020-01-07-work-incorporated-into-regeneration",
    "at project and programme level": "harrow/statements/2020-01-programme-put-governance-in-place",
    "Health Portfolio Plan 2018-22 for": "bromley/resolutions/portfolio-plan-quarter-2-2021-22",
    "Overview and Scrutiny Management Board agree the ongoing": (
        "rotherham/resolutions/2019-adult-social-care-budget-and-improvement-plan"
    ),
}
# No record has these for its own: a discrepancy sets them against others, and the record that they are
# taken for comes before it.
_TAKEN_FOR = {
    "the social work sector was particularly difficult": "bromley/items/portfolio-plan-quarter-2-2021-22",
    "packages are predicted to achieve this in full": "harrow/figures/2019-20-resilient-harrow-savings",
    "monitored monthly through the programme board": "harrow/bodies/resilient-harrow-programme-board",
}

First = Callable[[str], str]


@pytest.fixture(scope="module")
def first() -> First:
    """A function that returns the id of the record that comes first."""
    published = publish(link_records(read_records(REPOSITORY / "kb")))
    synonyms = Synonyms([list(group) for group in published.kb.synonyms.groups])
    engine = open_engine(search_documents(published), synonyms=synonyms)

    def search(query: str) -> str:
        found = engine.search(query, limit=10, snippets=False)
        assert found.total > 1, f"only one record has {query}: that it comes first says nothing"
        return found.hits[0].id

    return search


@pytest.mark.parametrize(("words", "wanted"), [*_OWN_WORDS.items(), *_TAKEN_FOR.items()])
def test_a_phrase_comes_first_where_it_is_own_wording(first: First, words: str, wanted: str) -> None:
    assert first(f'"{words}"') == wanted
    assert first(f"“{words}”") == wanted


@pytest.mark.parametrize(("words", "wanted"), _OWN_WORDS.items())
def test_words_in_a_row_are_a_phrase_without_its_marks(first: First, words: str, wanted: str) -> None:
    assert first(words) == wanted


def test_a_long_wording_comes_before_a_short_mention() -> None:
    """What a council resolved in many words is not outdone by a note that has little else."""
    long = "The board resolved that the lantern fund be closed to new claims, " + "and so on as before " * 40
    documents = [
        document("mention", "lantern fund be closed", "lantern fund be closed, as was said", title="A note"),
        document("wording", long, title="What was resolved", weights=[5.0]),
    ]
    engine = open_engine(documents)
    for query in ('"lantern fund be closed"', "lantern fund be closed"):
        assert [hit.id for hit in engine.search(query).hits] == [
            "thornby/projects/wording",
            "thornby/projects/mention",
        ], query


def test_what_two_records_have_for_their_own_is_put_in_order_by_its_words() -> None:
    """Where a phrase stands decides first; of equals, the one that says little else comes before."""
    documents = [
        document("part", "the lantern is lit in the hall of the guild each night", weights=[5.0]),
        document("whole", "the lantern is lit", weights=[5.0]),
    ]
    assert [hit.id for hit in open_engine(documents).search('"the lantern is lit"').hits] == [
        "thornby/projects/whole",
        "thornby/projects/part",
    ]
