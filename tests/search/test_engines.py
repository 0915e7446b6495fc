"""The engines: what they find, in which order, and what they say; and that one room alone knows Whoosh."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from minutebook_search.engine import MAX_EXPANSIONS, Deadline, Sort, TookTooLong
from minutebook_search.engines import Name
from minutebook_search.stemming import stem
from tests.helpers import REPOSITORY
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


@pytest.mark.parametrize("name", ENGINES)
def test_the_best_match_comes_first_and_the_newest_of_equals(name: Name) -> None:
    engine = engine_of(
        document("b", "a roof"),
        document("a", "a roof", date="2019-05-01"),
        document("e", "a roof", date="2019-05-02"),
        document("c", "a roof, the roof"),
        document("d", title="Roof"),
        engine=name,
    )
    result = engine.search("roof")
    assert [hit.id for hit in result.hits] == [f"thornby/projects/{slug}" for slug in "dceab"]
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
    assert slugs() == "cbad"
    assert slugs(offset=1, limit=2) == "ba"
    assert slugs(sort=Sort.DATE, offset=3) == "c"
    assert engine.search("roof", offset=9).total == 4
    assert slugs(offset=9) == ""


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
