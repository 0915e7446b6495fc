"""The engines: each finds what every document, asked in turn, would say that it has."""

from __future__ import annotations

import ast
import dataclasses
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutebook_search.documents import SearchDocument
from minutebook_search.engine import MAX_EXPANSIONS, Deadline, SearchEngine, SearchResult, Sort, TookTooLong
from minutebook_search.engines import Name
from minutebook_search.query import Synonyms
from minutebook_search.stemming import stem
from tests.helpers import REPOSITORY
from tests.search import brute_force
from tests.search.processes import run_python
from tests.search.sample_documents import document, engine_of, found

ENGINES: tuple[Name, ...] = ("whoosh", "fts5")
DOCUMENTS = (
    document("planning", "The planning committee met."),
    document("plan", "A plan, and plans."),
    document("noted", "The report had noted the savings.", "RESOLVED: That the report be noted."),
    document("as-usual", "It is business as usual."),
    document("usual", "The business, usual as it was; council’s own £312,000."),
    document("code", "Report ACH21-044 was followed by a follow-up on 2019/20."),
    document("ends", "it ends with extra", "care begins the next"),
)
ENGINE = engine_of(*DOCUMENTS)
BY_NAME = {name: engine_of(*DOCUMENTS, engine=name) for name in ENGINES}


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("planning", ["plan", "planning"]),
        ("PLANS", ["plan", "planning"]),
        ('"planning"', ["planning"]),
        ('"be noted"', ["noted"]),
        ('"Report be NOTED!"', ["noted"]),
        ("“be noted”", ["noted"]),
        ('"had noted"', ["noted"]),
        ('"noted the report"', []),
        ('"business as usual"', ["as-usual"]),
        ('"business usual"', ["usual"]),
        ("business usual", ["as-usual", "usual"]),
        ("council", ["usual"]),
        ("council's", ["usual"]),
        ('"council\'s own"', ["usual"]),
        ("£312,000", ["usual"]),
        ("312000", ["usual"]),
        ('"own 312,000"', ["usual"]),
        ("ACH21-044", ["code"]),
        ("ach21 044", ["code"]),
        ("ach21044", ["code"]),
        ("ACH21–044", ["code"]),
        ('"report ach21 044 was"', ["code"]),
        ("ach21-04*", ["code"]),
        ("follow-ups", ["code"]),
        ("followup", ["code"]),
        ("2019-20", ["code"]),
        ('"extra care"', []),
        ("extra-care", []),
        ("extra care", ["ends"]),
        ("ach 21 044", ["code"]),
        ("ACH 21-044", ["code"]),
        ("£312K", ["usual"]),
        ("312 thousand", ["usual"]),
        ("comittee", ["planning"]),
        ('"bussiness as usual"', ["as-usual"]),
        ("who is the planning committee for", ["planning"]),
        ("planning committee savings", ["planning"]),
        ("comm*", ["planning"]),
        ('plan OR "be noted"', ["noted", "plan", "planning"]),
        ("plan -committee", ["plan"]),
        ("-plan -usual -noted", ["code", "ends"]),
        ("(plan OR usual) -(committee OR council)", ["as-usual", "plan"]),
        ("the -the", []),
        ("nowhere", []),
        ("!!!", []),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_query_finds_these(engine: Name, query: str, slugs: list[str]) -> None:
    assert found(BY_NAME[engine], query) == slugs


def test_snowball_stems_bring_planning_and_plan_together() -> None:
    """Whoosh's default stemmer does not: it makes `plann` of planning."""
    assert stem("planning") == stem("plans") == "plan"
    assert stem("councils") == stem("council")


def test_the_best_match_comes_first_and_equals_come_by_id() -> None:
    engine: SearchEngine = engine_of(
        document("b", "a roof"),
        document("a", "a roof"),
        document("c", "a roof, the roof"),
        document("d", title="Roof"),
    )
    result = engine.search("roof")
    assert [hit.id for hit in result.hits] == [f"thornby/projects/{slug}" for slug in "dcab"]
    assert [hit.score for hit in result.hits] == sorted((hit.score for hit in result.hits), reverse=True)


def test_a_word_of_weight_counts_for_more() -> None:
    engine = engine_of(document("a", "the roof"), document("b", "the roof", weights=[5]))
    assert [hit.id for hit in engine.search("roof").hits] == ["thornby/projects/b", "thornby/projects/a"]


def test_the_limit_cuts_the_hits_and_not_the_counts() -> None:
    result = ENGINE.search("-nowhere", limit=2)
    assert (len(result.hits), result.total) == (2, 7)
    assert result.facets["type"] == {"project": 7}


def test_a_hit_says_what_the_record_is() -> None:
    one = document(
        "r",
        "That it be done",
        body="thornby/bodies/cabinet",
        date="2019-11~",
        folder="resolutions",
        noun="resolution",
    )
    (hit,) = engine_of(one).search("done").hits
    assert hit.as_json() == {
        "id": "thornby/resolutions/r",
        "type": "resolution",
        "title": "r",
        "date": "2019-11~",
        "body": "thornby/bodies/cabinet",
        "url": "thornby/resolutions/r/",
        "score": hit.score,
        "snippet": "That it be done",
    }
    assert hit.score > 0
    assert hit.marks == ((11, 15),)


@pytest.mark.parametrize(
    ("query", "messages"),
    [
        ("plan", ()),
        ("nowhere never*", ("no record has `nowhere`", "no record has `never*`")),
        ("plan nowhere never*",
         ("no record has `nowhere`, so none of these is about all that is asked for",
          "no record has every word: these have 1 of its 3 words, the best first", "no record has `never*`")),
        ("plan nowhere never",
         ("no record has `nowhere` or `never`, so none of these is about `plan nowhere never`",
          "no record has every word: these have 1 of its 3 words, the best first")),
        ("what is the plan nowhere?",
         ("no record has `nowhere`, so none of these is about all that is asked for",
          "read as a question: these have 1 of its 2 words, the best first")),
        ('"usual plan" -plan', ("no record has the words `usual plan` in a row",)),
        ('"nowhere"', ("no record has `nowhere` as printed",)),
        ("planning usual", ("no record has every word: these have 1 of its 2 words, the best first",)),
        ('planning "usual as"', ("each of these is in some record, but no record matches the whole query",)),
        ("plan -plan", ("each of these is in some record, but no record matches the whole query",)),
        ("plan body:cabnet", ("no record has the body `cabnet` (column 6)",)),
        ("plan date:1850",
         ("no record has a date in that range",
          "2 more records match and have no date of their own: to see them, add `OR date:none` after the date")),
        ("plan date:1850 OR date:none", ()),
        ('the "report" OR "be noted', ("unclosed quotation mark at column 17: searched without it",)),
        ('plan "', ("unclosed quotation mark at column 6: searched without it",)),
    ],
)  # fmt: skip
def test_the_answer_says_what_was_not_as_asked(query: str, messages: tuple[str, ...]) -> None:
    assert ENGINE.search(query).messages == messages


@pytest.mark.parametrize("name", ENGINES)
def test_too_many_words_for_the_beginning_of_one_are_cut_and_said(name: Name) -> None:
    documents = (document(f"d{n:03}", f"w{n:03}", title="t") for n in range(MAX_EXPANSIONS + 10))
    engine = engine_of(*documents, engine=name)
    result = engine.search("w*")
    assert result.total == MAX_EXPANSIONS
    assert result.messages == (
        "`w*` begins more than 200 words: searched for the first 200 in alphabetical order",
    )
    assert engine.search("w20*").total == 10


@pytest.mark.parametrize("query", ["a", '"a b"', "a*", "-a", "type:project", "", "date:2019"])
@pytest.mark.parametrize("engine", ENGINES)
def test_no_documents_are_no_error(engine: Name, query: str) -> None:
    assert engine_of(engine=engine).search(query).total == 0


@pytest.mark.parametrize("name", ENGINES)
def test_a_word_of_any_length_is_no_error(name: Name) -> None:
    engine = engine_of(document("long", "x" * 100_000 + " ﷺ" * 3, "-".join("ab" * 5_000)), engine=name)
    assert found(engine, "x" * 200) == ["long"]


# -- against the reader that asks every document ---------------------------------------------------

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


def test_a_search_by_date_lets_in_what_can_have_been_then() -> None:
    engine = engine_of(document("wide", date="2019-01/2019-06"), document("day", date="2019-06-30"))
    assert found(engine, "date:2019-06-30") == ["day", "wide"]
    assert found(engine, "date:2019-07..") == []
    assert date(2019, 6, 30) == document("wide", date="2019-01/2019-06").last


def test_a_date_filter_says_how_many_records_without_a_date_it_leaves_out() -> None:
    engine = engine_of(
        document("dated", "the sum of £1.263m", date="2019-11"),
        document("late", "the sum of £1.263m", date="2021"),
        document("figure", "the sum of £1.263m"),
        document("indicator", "1.263 million"),
        document("other", "the sum of £2m"),
    )
    asked = "£1.263m date:2019-11..2020-02"
    said = (
        "2 more records match and have no date of their own: to see them, add `OR date:none` after the date"
    )
    assert engine.search(asked).total == 1
    assert engine.search(asked).messages == (said,)
    assert found(engine, f"{asked} OR date:none") == ["dated", "figure", "indicator"]
    assert engine.search(f"{asked} OR date:none").messages == ()
    with_undated = engine.search(asked, undated=True)
    assert sorted(hit.id.rsplit("/", 1)[1] for hit in with_undated.hits) == ["dated", "figure", "indicator"]
    assert with_undated.messages == ()
    assert found(engine, "date:none") == ["figure", "indicator", "other"]
    assert engine.search("sum date:1850").messages[-1] == said
    assert (
        engine.search("£2m date:2019")
        .messages[-1]
        .startswith("1 more record matches and has no date of its own")
    )


def test_a_number_with_a_fraction_finds_amounts_whose_size_was_left_away() -> None:
    engine = engine_of(
        document("m", "£1.263m"),
        document("full", "£1,263,000"),
        document("as", "1.263"),
        document("other", "£1.264m"),
    )
    assert found(engine, "1.263") == ["as", "full", "m"]
    assert found(engine, "1.264") == ["other"]
    assert found(engine, '"1.263"') == ["as"]


def test_answers_come_by_date_where_they_are_asked_so_and_in_pages() -> None:
    engine = engine_of(
        document("a", "roof", date="2019"),
        document("b", "roof", date="2020-05-01"),
        document("c", "roof roof"),
        document("d", "roof", date="2018-01/2020-06"),
    )

    def slugs(**asked: Any) -> str:
        return "".join(hit.id[-1] for hit in engine.search("roof", **asked).hits)

    assert slugs(sort=Sort.DATE) == "dbac"
    assert slugs(sort=Sort.OLDEST) == "dabc"
    assert slugs() == "cabd"
    assert slugs(offset=1, limit=2) == "ab"
    assert slugs(sort=Sort.DATE, offset=3) == "c"
    assert engine.search("roof", offset=9).total == 4
    assert slugs(offset=9) == ""


def test_synonyms_are_found_both_ways_and_a_phrase_is_what_it_says() -> None:
    engine = engine_of(
        document("short", "moved to BAU"),
        document("long", "it is business as usual"),
        document("apart", "usual, as in business"),
        synonyms=Synonyms([["BAU", "business as usual"]]),
    )
    assert found(engine, "bau") == ["long", "short"]
    assert found(engine, "business as usual") == ["apart", "long", "short"]
    assert found(engine, '"business as usual"') == ["long"]
    assert found(engine, "-bau") == ["apart"]


def test_a_query_is_given_up_at_its_deadline() -> None:
    with pytest.raises(TookTooLong):
        ENGINE.search("plan", deadline=Deadline(seconds=-1))


# -- Whoosh behind one wall ----------------------------------------------------------------------


def test_one_room_alone_knows_whoosh() -> None:
    knowing = {
        path.relative_to(REPOSITORY).as_posix()
        for root in ("search", "build_tools")
        for path in (REPOSITORY / root).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (
            isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "whoosh" for alias in node.names)
        )
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "whoosh")
    }
    assert knowing == {"search/minutebook_search/stemming.py", "search/minutebook_search/whoosh_index.py"}


def test_whoosh_compiled_afresh_warns_of_nothing(tmp_path: Path) -> None:
    """Index, search by word, phrase and prefix with every warning an error and no compiled file at hand."""
    code = (
        "from tests.search.sample_documents import *\n"
        "engine = engine_of(document('a', 'be noted'))\n"
        "assert engine.search('note').total == engine.search('\"be noted\" no*').total == 1"
    )
    done = run_python(code, "-W", "error", "-X", f"pycache_prefix={tmp_path}")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_help_of_the_command_waits_for_no_engine() -> None:
    code = "import sys, minutebook_search.commands; print('whoosh' in sys.modules)"
    assert run_python(code).stdout.strip() == "False"


@pytest.mark.parametrize(
    "query", ["ach-21-44", "ACH 21 44", "ACH21-O44", "noted ach21/0044", "ach21044 -nowhere"]
)
def test_a_code_is_found_without_its_zeros_and_with_an_o_for_one(query: str) -> None:
    engine = engine_of(
        document("report", "Report ACH21-044", "It was noted."),
        document("other", "ACH 21 and 44 others noted"),
    )
    result = engine.search(query)
    assert [hit.title for hit in result.hits] == ["report"]
    typed = query.removeprefix("noted ")
    known = query.startswith("ach21044")
    assert (result.corrected is None) == known
    assert result.messages == (
        ()
        if known
        else (f"no record has `{typed}`: searched for `{(result.corrected or '').removeprefix('noted ')}`",)
    )


def test_a_code_that_somebody_has_is_not_changed_into_another() -> None:
    engine = engine_of(document("long", "ACH21-044"), document("short", "ACH21-44"))
    for query, slugs in (("ach 21 44", ["short"]), ("ach 21 044", ["long"]), ("ach-21-0044", ["long"])):
        assert found(engine, query) == slugs, query


def test_a_promise_is_found_by_the_word_that_readers_know() -> None:
    promise = dataclasses.replace(document("roof", folder="actions", noun="action"), spoken="promise")
    engine = engine_of(promise, document("wall"))
    assert [found(engine, f"type:{name}") for name in ("promise", "action", "actions")] == [["roof"]] * 3
