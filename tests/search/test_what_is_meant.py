"""What a query means beside its words: dates, amounts, synonyms, codes from memory, and what readers call a thing."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from minutebook.loading import load
from minutebook.outputs.addresses import days_address
from minutebook.publication import publish
from minutebook.when import When
from minutebook_search.answering import AnsweringEngine
from minutebook_search.documents import search_documents
from minutebook_search.engine import Sort
from minutebook_search.engines import open_engine
from minutebook_search.query import Synonyms
from tests.helpers import REPOSITORY
from tests.search.sample_documents import document, engine_of, found


def test_a_search_by_date_lets_in_what_can_have_been_then() -> None:
    engine = engine_of(document("wide", date="2019-01/2019-06"), document("day", date="2019-06-30"))
    assert found(engine, "date:2019-06-30") == ["day", "wide"]
    assert found(engine, "date:2019-07..") == []
    assert date(2019, 6, 30) == document("wide", date="2019-01/2019-06").last


PROBABLY = dataclasses.replace(When.parse("2021-10/2022-03"), as_written="probably 23 November 2021")


def test_what_is_probably_of_one_day_is_found_by_each_that_it_can_have_been_and_put_in_order_by_that_one() -> (
    None
):
    """A filter lets in what can have been then; the order is that of the lists of the pages, which file it by that day."""
    day, span = "2021-11-23", "2021-10/2022-03"
    engine = engine_of(
        dataclasses.replace(document("probably"), date=PROBABLY),
        document("somewhen", date=span),
        document("day", date=day),
    )
    assert found(engine, "date:2022") == ["probably", "somewhen"]
    assert found(engine, "date:2022-04..") == found(engine, "date:..2021-09") == []
    assert found(engine, f"date:{day}") == ["day", "probably", "somewhen"]
    assert engine.search("-nothing").facets["year"] == {"2021": 3, "2022": 2}
    newest = engine.search("-nothing", sort=Sort.DATE).hits
    assert [hit.id.rsplit("/", 1)[1] for hit in newest] == ["somewhen", "probably", "day"]


def test_a_probable_day_and_an_open_end_are_both_looked_for() -> None:
    """`By the meeting of (probably) 23 November 2021`: it was by March 2022 at the latest."""
    by = dataclasses.replace(
        When.parse("../2022-03"), as_written="by the meeting of (probably) 23 November 2021"
    )
    engine = engine_of(dataclasses.replace(document("by"), date=by))
    assert (
        found(engine, "date:2021-11")
        == found(engine, "date:2022-03")
        == found(engine, "date:2022-01")
        == ["by"]
    )
    assert found(engine, "date:2021-10") == found(engine, "date:2022-04") == []


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


@pytest.mark.parametrize(
    "query",
    [
        "ach2144",
        "ACH 2144",
        "ach21.44",
        "ACH2l-O44",
        "ach-21-44",
        "ACH 21 44",
        "ACH21-O44",
        "noted ach21/0044",
        "ach21044 -nowhere",
    ],
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


def test_what_stands_before_a_code_is_no_part_of_it() -> None:
    """`Report No. ACH21-044` is how a report prints its number."""
    engine = engine_of(document("report", "Report ACH21-044"), document("other", "no report of number 44"))
    for query in ("report no ACH21-044", "Report No. ach21 044", "ref: ACH 21 044", "report number ach21044"):
        assert found(engine, query) == ["report"], query
    assert found(engine, "no report") == ["other"]
    assert found(engine, "number 44") == ["other"]


def test_a_month_is_found_by_its_short_form_and_the_other_way() -> None:
    engine = engine_of(document("long", "in February 2020"), document("short", "Feb 2020"), document("march"))
    for query in ("feb 2020", "February 2020", "2020 Feb."):
        assert found(engine, query) == ["long", "short"], query
    assert found(engine, '"feb 2020"') == ["short"]


def test_a_code_that_somebody_has_is_not_changed_into_another() -> None:
    engine = engine_of(document("long", "ACH21-044"), document("short", "ACH21-44"))
    for query, slugs in (("ach 21 44", ["short"]), ("ach 21 044", ["long"]), ("ach-21-0044", ["long"])):
        assert found(engine, query) == slugs, query


def test_a_promise_is_found_by_the_word_that_readers_know() -> None:
    promise = dataclasses.replace(document("roof", folder="actions", noun="action"), spoken="promise")
    engine = engine_of(promise, document("wall"))
    assert [found(engine, f"type:{name}") for name in ("promise", "action", "actions")] == [["roof"]] * 3


def test_whoever_asks_for_an_owner_finds_the_project() -> None:
    """Every record of a project says who answers for it, none with the word; and that all else is there is said."""
    engine = engine_of(document("care", "extra care"), document("own", "care of its own"))
    result = engine.search("who owns extra care now?")
    assert [hit.id for hit in result.hits] == ["thornby/projects/care"]
    assert result.messages[1:] == ("read as a question: these have all 2 of its words",)
    result = engine.search("owner of the extra care")
    assert [hit.id for hit in result.hits] == ["thornby/projects/care"]
    assert result.messages == ("no record has every word: searched without `owner`, `of` and `the`",)


def test_a_name_of_a_discrepancy_is_none_of_the_names_it_sets_side_by_side() -> None:
    """`3 conversations` is the project, also where both names are synonyms."""
    named = document("name", folder="discrepancies", noun="discrepancy", title="Three Talks or 3 Talks")
    project = dataclasses.replace(
        document("talks", title="Three Talks"), names=("Three Talks", "3 Talks"), passages=named.passages
    )
    engine = engine_of(named, project, synonyms=Synonyms([["Three Talks", "3 Talks"]]))
    assert [hit.id.rsplit("/", 1)[1] for hit in engine.search("3 talks").hits] == ["talks", "name"]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("who ended Resilient Harrow", "harrow/decisions/2019-11-discontinue-resilient-harrow"),
        ("when did Resilient Harrow end?", "harrow/decisions/2019-11-discontinue-resilient-harrow"),
        ("where did the work go", "harrow/discrepancies/where-the-work-went"),
    ],
)
def test_what_readers_asked_of_the_example_is_answered_first(
    example: AnsweringEngine, asked: str, first: str
) -> None:
    """Whoever asks says `end` and `go`; the papers say `discontinue` and `went`."""
    assert example.search(asked, limit=1).hits[0].id == first


def test_an_appendix_is_one_of_the_appendices(example: AnsweringEngine) -> None:
    """Stems do not bring them together."""
    assert found(example, "appendices") == found(example, "appendix") != []


@pytest.fixture(scope="module")
def example() -> AnsweringEngine:
    """An engine over the example knowledge base, with its synonyms."""
    published = publish(load(REPOSITORY / "kb").kb)
    return open_engine(search_documents(published), synonyms=Synonyms(published.kb.synonyms.groups))


ROOF = document("roof", "who looks after it changed", title="The roof")
LAMP = document(
    "lamp",
    "seen on 1 January 2020 by the body that held the roof",
    noun="event",
    folder="events",
    title="A lamp",
)


@pytest.mark.parametrize(
    "query",
    [
        "who held the roof on 1 January 2020", "Which body answered for the roof in Jan 2020?",
        "whose responsible officer owned the roof on 2020-01-01?", "who owns the roof on 1st Jan 2020",
    ],
)  # fmt: skip
def test_who_asks_who_held_a_project_on_a_day_is_led_to_its_days(query: str) -> None:
    """The day is the one that is meant: a record with these words of a date is no answer, and what lists the days is."""
    result = engine_of(ROOF, LAMP).search(query)
    assert result.hits[0].id == ROOF.id
    assert result.messages[0] == f"who answered for `The roof` on which day: `{days_address(ROOF.id)}`"
    assert engine_of(ROOF, LAMP).search(query, offset=1).messages[:1] != result.messages[:1]


@pytest.mark.parametrize(
    "query", ["who saw the lamp on 1 January 2020", "when was the roof held", "the roof", "who held it in 2020", "who held a lamp"]
)  # fmt: skip
def test_who_asks_something_else_or_names_no_project_is_not(query: str) -> None:
    assert not any("on which day" in one for one in engine_of(ROOF, LAMP).search(query).messages)


def test_the_days_of_each_project_of_a_name_are_told() -> None:
    other = document("roof", "another", council="ludham", title="The roof")
    told = engine_of(ROOF, other, LAMP).search("who held the roof in 2020").messages
    assert {one.split("/of/")[1] for one in told if "/of/" in one} == {
        "thornby/projects/roof/`",
        "ludham/projects/roof/`",
    }
