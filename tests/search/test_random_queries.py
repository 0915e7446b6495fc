"""The engines against a reader that asks every document in turn: each finds what the documents say that they have."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutebook_search.documents import SearchDocument
from minutebook_search.engine import SearchResult
from minutebook_search.query import Synonyms
from tests.search import brute_force
from tests.search.sample_documents import document, engine_of

PLACES = ("thornby/bodies/cabinet", "thornby/bodies/board", None)
TEXT = st.lists(
    st.sampled_from(
        ["plan", "planning", "plans", "be", "noted", "notes", "ACH21-044", "ach21", "044", "ACH21044", "follow-up",
         "followup", "follow", "up", "council’s", "councils", "£312,000", "312000", "Élan", "the", "of", "—", ".", "a/b/c"]
    ),
    max_size=8,
).map(" ".join)  # fmt: skip
DATES = st.sampled_from(
    [None, "2019", "2019-11-05", "2019-12-12/2020-01-07", "../2018", "2021/..", "2019/20"]
)


@st.composite
def document_lists(draw: st.DrawFn) -> list[SearchDocument]:
    """A few documents of few words, so that queries find some and not others."""
    return [
        document(
            f"d{number}",
            *draw(st.lists(TEXT, max_size=3)),
            title=draw(TEXT) or "untitled",
            noun=draw(st.sampled_from(["project", "report"])),
            council=draw(st.sampled_from(["thornby", "avon"])),
            body=draw(st.sampled_from(PLACES)),
            date=draw(DATES),
            outcome=draw(st.sampled_from([None, "approved", "noted"])),
            topics=draw(st.sampled_from([(), ("Housing",), ("Housing", "Social care")])),
            projects=draw(st.sampled_from([(), ("thornby/projects/d1",)])),
        )
        for number in range(draw(st.integers(1, 6)))
    ]


SYNONYMS = Synonyms([["BAU", "plan of the council"], ["follow up", "elan"], ["noted", "be"]])
LEAVES = st.sampled_from(
    ["BAU", "plan of the council", "elan", "plannign", "councls", "who", "is", "who plan is noted", "the noted plan followup?", "ach 21 044", "312k", "plan",  "planned", "noted", "ACH21-044", "ach21044", "ach21", "follow-ups", "followup", "councils", "312,000",
     '"be noted"', '"plan"', '"the plan"', '"ach21044"', '"follow up"', '"be be"', "pl*", "ach21-0*", "f*", "elan", "a-b-c", "b/c",
     "type:report", "type:projects", "council:avon", "body:cabinet", "body:thornby/bodies/board", "outcome:noted",
     'topic:"social care"', "project:d1", "project:plan", "date:2019-11", "date:2019..2020", "date:none", "date:2019 OR date:none", "date:..2018", "date:2020-02..", "untitled"]
)  # fmt: skip
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda one: f"-({one})"),
        inner.map(lambda one: f"NOT {one}"),
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(" OR ".join),
        inner.map(lambda one: f"({one})"),
    ),
    max_leaves=6,
)


@given(document_lists(), st.lists(st.one_of(QUERIES, LEAVES, TEXT), min_size=1, max_size=25))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_finds_what_each_document_says_that_it_has(
    documents: list[SearchDocument], queries: list[str]
) -> None:
    engine, reader = engine_of(*documents, synonyms=SYNONYMS), brute_force.Reader(documents, SYNONYMS)
    other = engine_of(*documents, synonyms=SYNONYMS, engine="fts5")
    for query in queries:
        result = engine.search(query, limit=1_000)
        expected = reader.answer(query)
        assert {hit.id for hit in result.hits} == expected, query
        assert result.total == len(expected)
        assert _without_scores(other.search(query, limit=1_000)) == _without_scores(result), query


def _without_scores(result: SearchResult) -> SearchResult:
    """An answer of which the last digits of scores, and the order of what they part, count for nothing."""
    hits = sorted((replace(hit, score=round(hit.score, 2)) for hit in result.hits), key=lambda hit: hit.id)
    return replace(result, hits=tuple(hits))


@given(
    document_lists(),
    st.sampled_from(["plan", "plan OR noted", '"be noted" OR pl*', "-plan", "the -noted"]),
    st.sampled_from(["", "type:report", "(type:report OR type:project)", "council:avon", "date:2019", "body:cabinet type:report"]),
)  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_each_count_is_what_a_search_for_it_finds(
    documents: list[SearchDocument], words: str, filters: str
) -> None:
    """What a query narrows already is counted as if it did not: the other values keep their counts."""
    engine = engine_of(*documents)
    facets = engine.search(f"({words}) {filters}").facets
    assert set(facets) == {"type", "council", "body", "outcome", "year"}
    for field, counts in facets.items():
        name = "date" if field == "year" else field
        others = "" if filters.startswith("(type") and field == "type" else filters
        others = " ".join(
            one for one in others.split(" ") if filters.startswith("(") or not one.startswith(name)
        )
        for value, count in counts.items():
            asked = f"date:{value}" if field == "year" else f'{field}:"{value}"'
            assert engine.search(f"({words}) {others} {asked}").total == count, (words, filters, asked)


def test_the_other_values_of_a_field_that_is_narrowed_keep_their_counts() -> None:
    engine = engine_of(
        document("a", "roof", noun="project"),
        document("b", "roof", noun="report", council="avon"),
        document("c", "roof", noun="report"),
    )
    facets = engine.search("roof type:project").facets
    assert facets["type"] == {"report": 2, "project": 1}
    assert facets["council"] == {"thornby": 1}


@given(document_lists(), LEAVES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_in_which_documents_come_changes_nothing(
    documents: list[SearchDocument], query: str
) -> None:
    assert engine_of(*documents).search(query) == engine_of(*reversed(documents)).search(query)
