"""Exact words come first where they are a record's own: resolved, decided, recommended, said, or its name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minutebook.knowledge_base import link_records
from minutebook.publication import publish
from minutebook.reader import read_records
from minutebook_search.documents import SearchDocument, search_documents
from minutebook_search.engines import open_engine
from minutebook_search.query import Synonyms
from tests.helpers import REPOSITORY
from tests.search.sample_documents import document, engine_of

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

# Several have these, and one has them for its own; a discrepancy is about them and comes after.
_TOLD_OF = {
    "growth of £5m": "harrow/figures/2019-20-adults-growth-and-reserve",
    "largely complimentary": "harrow/events/2019-three-conversations-survey",
    "meets every four weeks": "harrow/bodies/resilient-harrow-programme-board",
    "Ward Councillors notified: NO": "harrow/reports/2020-01-07-resilient-harrow",
    "made the finals": "bromley/events/2021-09-municipal-journal-award",
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


@pytest.mark.parametrize(("words", "wanted"), [*_OWN_WORDS.items(), *_TAKEN_FOR.items(), *_TOLD_OF.items()])
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


def slugs(query: str, *documents: SearchDocument) -> list[str]:
    """The slugs of what is found, the best first."""
    return [hit.id.rsplit("/", 1)[1] for hit in open_engine(documents).search(query).hits]


def test_a_discrepancy_comes_first_only_where_the_words_are_its_name() -> None:
    """What it says of words, however weighty, is about the words of others; so is one side of an "or"."""
    other = document("other", "what is said of a lantern lit late, among much else, by whoever was there")
    named = document("named", folder="discrepancies", noun="discrepancy", title="Lantern lit late or early")
    for query, first in (
        ('"lantern lit late"', "named"),
        ('"lantern lit"', "other"),
        ('"lit late"', "other"),
    ):
        assert slugs(query, named, other)[0] == first, query
    assert slugs("lantern lit late or early", named, other)[0] == "named"


def test_of_two_phrases_either_counts_where_it_stands() -> None:
    own = document("own", "the lantern fund is closed", weights=[5])
    cited = document("cited", "the lantern fund is closed", "a candle")
    assert slugs('"no such words" OR "lantern fund is closed"', cited, own) == ["own", "cited"]


def test_who_there_was_comes_after_what_happened() -> None:
    """A body or a post is cited for what it is called; its own name is still its own."""
    body = document(
        "board", "the board lit the lantern", folder="bodies", noun="body", title="Board of guild"
    )
    event = document(
        "event", "the board lit the lantern", folder="events", noun="event", title="A late event"
    )
    assert slugs('"lit the lantern"', body, event) == ["event", "board"]
    assert slugs('"board of guild"', body, event) == ["board"]


def test_a_word_with_a_number_after_it_is_read_as_one_name() -> None:
    """`Appendix 2` is not any appendix and any 2."""
    both = document("both", "the appendix has 2 pages", "an appendix", title="On an appendix")
    named = document("named", "what Appendix 2 shows", weights=[2], title="On a report")
    assert slugs("appendix 2", both, named)[0] == "named"


def test_a_record_of_the_kind_that_is_asked_for_comes_first() -> None:
    told = document("told", "a resolution on lanterns, a resolution", title="Told", noun="source")
    resolved = document("resolved", "lanterns", "resolution", noun="resolution", title="Resolved")
    assert slugs("lanterns resolution", told, resolved)[0] == "resolved"


def test_a_record_of_the_day_comes_before_one_that_is_known_only_by_it() -> None:
    """With dates in the query: "by June 2019" can be any day before."""
    by = document("by", "the lantern is lit", date="../2019-06", title="Lantern")
    on = document("on", "the lantern is lit", date="2019-06", title="Of a lantern")
    assert slugs('date:2019-06 "the lantern is lit"', by, on) == ["on", "by"]
    assert slugs('"the lantern is lit"', by, on) == ["by", "on"]


@pytest.mark.parametrize(
    "query", ["£1.046m", "1.046m", "1.046", "1046000", "1.046 million", "£1.046m reviews"]
)
def test_an_amount_brings_the_table_that_states_it_before_what_sets_it_beside_another(query: str) -> None:
    side = document(
        "side", "One says £1.046m of reviews.", title="Reviews, £1.046m or £863K", noun="discrepancy"
    )
    table = document(
        "table", "£1.046m", "£863K", "Savings of reviews.", noun="figures", weights=[3, 3, 1], title="Savings"
    )
    mention = document(
        "item", "It was told that £1.046m were saved by reviews, " + "as usual " * 9, noun="item"
    )
    hits = engine_of(side, table, mention).search(query).hits
    assert [hit.id.rsplit("/", 1)[1] for hit in hits][:2] == ["table", "side"]


def test_a_discrepancy_is_still_found_by_its_name_and_a_year_is_no_amount() -> None:
    side = document("side", title="Reviews, £1.046m or £863K", noun="discrepancy")
    table = document(
        "table", "£1.046m", "£863K", "Savings of reviews.", noun="figures", weights=[3, 3, 1], title="Savings"
    )
    assert engine_of(side, table).search("reviews £1.046m or £863K").hits[0].id.endswith("/side")
    year = document("year", title="Plan 2019", noun="plan")
    cell = document(
        "cell", "2019", *["of many other things"] * 4, noun="figures", weights=[3], title="A table"
    )
    assert engine_of(year, cell).search("2019").hits[0].id.endswith("/year")


def test_a_table_that_is_found_by_its_other_words_need_not_state_the_amount() -> None:
    table = document("table", "Savings of reviews.", noun="figures", title="Savings")
    mention = document("item", "It was told that £1.046m were saved.", noun="item")
    found = engine_of(table, mention).search("£1.046m OR reviews").hits
    assert {hit.id.rsplit("/", 1)[1] for hit in found} == {"table", "item"}
