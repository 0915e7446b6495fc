"""The gold set of search is sound and divided by its rule, and the measures are those of the textbook."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import pytest
from pydantic import ValidationError

from benchmarks import search_gold
from benchmarks.search_gold import (
    DEPTH,
    HALVES,
    KB,
    SETS,
    Answered,
    Question,
    ask,
    divided,
    from_file,
    main,
    misses,
    ndcg,
    once,
    rank_of_best,
    read_questions,
    score,
    table,
)
from benchmarks.search_plain import PlainSearch
from minutebook.loading import load
from minutebook.publication import publish
from tests.search.sample_documents import document

QUESTIONS = {half: read_questions(half) for half in HALVES}
ALL = [question for questions in QUESTIONS.values() for question in questions]
EVERY = [question for name in SETS for question in read_questions(name)]  # with those that are in no half


def question(
    best: list[str], good: list[str] | None = None, kind: str = "words", key: str = "words-01"
) -> Question:
    """Return a question with these answers."""
    return Question(
        id=key, user="officer", kind=kind, query=f"query of {key}", best=best, good=good or [], why="so"
    )


# --- The questions ---


def test_there_are_enough_questions_from_each_user() -> None:
    """At least 120, and no user is an afterthought."""
    users = Counter(one.user for one in ALL)

    assert len(ALL) >= 120
    assert set(users) == {"councillor", "officer", "scrutiny chair"}
    assert min(users.values()) >= len(ALL) / 5


def test_ids_and_queries_are_given_once() -> None:
    """An id names one question, and no query is counted twice."""
    assert [one for one, many in Counter(one.id for one in EVERY).items() if many > 1] == []
    assert [one for one, many in Counter(one.query for one in EVERY).items() if many > 1] == []
    assert [one.id for one in EVERY if not one.id.startswith(f"{one.kind}-")] == []


def test_every_record_that_is_expected_is_public() -> None:
    """An answer that the gate holds back, or that is not there, could never be found."""
    public = publish(load(KB).kb).kb.records
    expected = {record for one in EVERY for record in one.grades}

    assert sorted(record for record in expected if record not in public) == []


def test_no_record_is_given_twice_in_an_answer() -> None:
    """A record is best or good, and named once."""
    listed = {one.id: [*one.best, *one.good] for one in EVERY}

    assert [key for key, records in listed.items() if len(records) != len(set(records))] == []


def test_further_questions_are_of_kinds_that_the_halves_have() -> None:
    """They are there to learn from before a half is scored: each teaches something that a half asks."""
    assert {one.kind for one in EVERY} == {one.kind for one in ALL}
    assert len(EVERY) - len(ALL) >= 40


def test_both_halves_have_every_kind() -> None:
    """What is tuned on one half is reported on the other, kind by kind; their sizes differ by one at most."""
    tuning, reported = (Counter(one.kind for one in QUESTIONS[half]) for half in HALVES)

    assert set(tuning) == set(reported)
    assert {
        kind: reported[kind] - tuning[kind] for kind in tuning if reported[kind] - tuning[kind] not in (0, 1)
    } == {}


def test_the_halves_are_those_of_the_rule() -> None:
    """Nobody has moved a question from one half to the other."""
    assert {half: {one.id for one in QUESTIONS[half]} for half in HALVES} == divided(ALL)


def test_the_rule_does_not_depend_on_the_order_of_the_questions() -> None:
    """The same questions fall the same way, however they are listed."""
    assert divided(reversed(ALL)) == divided(ALL)


def test_a_question_with_no_answer_or_an_unknown_field_is_refused(tmp_path: Path) -> None:
    """A slip in the file is not read as something else."""
    sound = {
        "id": "words-01",
        "user": "officer",
        "kind": "words",
        "query": "plan",
        "best": ["a"],
        "why": "so",
    }
    (tmp_path / "tuning.yml").write_text(json.dumps([sound]), encoding="utf-8")

    assert read_questions("tuning", tmp_path)[0].good == []
    slips: list[dict[str, object]] = [
        {"best": []},
        {"bests": ["a"]},
        {"query": ""},
        {"user": "mayor"},
        {"query": 1263000},
    ]
    for spoilt in slips:
        (tmp_path / "tuning.yml").write_text(json.dumps([sound | spoilt]), encoding="utf-8")
        with pytest.raises(ValidationError):
            read_questions("tuning", tmp_path)


# --- The measures, by hand ---


def test_the_rank_is_that_of_the_first_best_record() -> None:
    """Any of the best will do, and a good one will not."""
    assert rank_of_best(["x", "b", "a"], ["a", "b"]) == 2
    assert rank_of_best(["a"], ["a"]) == 1
    assert rank_of_best(["x", "y"], ["a"]) is None
    assert rank_of_best([], ["a"]) is None


def test_ndcg_of_the_best_order_is_one_and_of_nothing_right_is_nought() -> None:
    """Records that are not graded do no harm after those that are."""
    grades = {"a": 2, "b": 1}

    assert ndcg(["a", "b", "x"], grades) == 1
    assert ndcg(["x", "y"], grades) == 0
    assert ndcg([], grades) == 0


def test_ndcg_counts_grades_by_place() -> None:
    """Best at 2 and good at 1: (1/log2(2) + 2/log2(3)) / (2/log2(2) + 1/log2(3))."""
    assert ndcg(["b", "a"], {"a": 2, "b": 1}) == pytest.approx(
        (1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3))
    )
    assert ndcg(["b", "a"], {"a": 2, "b": 1}) == pytest.approx(0.8597, abs=1e-4)
    assert ndcg(["x", "x2", "a"], {"a": 2}) == pytest.approx(0.5)  # 1 / log2(4)


def test_ndcg_stops_at_the_tenth_answer() -> None:
    """What comes on the second page counts for nothing; nor is more than ten wanted of anybody."""
    nine = [f"x{number}" for number in range(9)]

    assert ndcg([*nine, "a"], {"a": 2}) == pytest.approx(1 / math.log2(11))
    assert ndcg([*nine, "y", "a"], {"a": 2}) == 0
    assert ndcg([f"r{number}" for number in range(10)], {f"r{number}": 2 for number in range(12)}) == 1


def test_an_answer_given_twice_counts_once() -> None:
    """An engine gains nothing by repeating itself."""
    assert once(["a", "a", "b"]) == ["a", "b"]
    assert len(once(f"r{number}" for number in range(30))) == DEPTH


def test_the_score_is_the_mean_over_the_questions() -> None:
    """Ranks 1, 2, 4 and none: hit@1 1/4, hit@3 2/4, MRR (1 + 1/2 + 1/4 + 0) / 4."""
    orders = [["a"], ["x", "a"], ["x", "y", "z", "a"], ["x"]]

    got = score([Answered(question(["a"]), ids) for ids in orders])

    assert (got.questions, got.hit_at_1, got.hit_at_3) == (4, 0.25, 0.5)
    assert got.mrr == pytest.approx(0.4375)
    assert got.ndcg == pytest.approx((1 + 1 / math.log2(3) + 1 / math.log2(5)) / 4)


def test_no_questions_have_no_score() -> None:
    """A mean of nothing is refused, not nought."""
    with pytest.raises(ValueError, match="no questions"):
        score([])


# --- Engines and what is printed ---


def test_any_callable_is_an_engine() -> None:
    """It is given the query as typed, and its answers are cut and made unique."""
    asked: list[str] = []

    def engine(query: str) -> list[str]:
        asked.append(query)
        return ["x", "x", "a"]

    answers = ask(engine, [question(["a"])])

    assert asked == ["query of words-01"]
    assert answers[0].ids == ["x", "a"]
    assert answers[0].rank == 2


def test_answers_of_another_engine_come_from_a_file(tmp_path: Path) -> None:
    """An empty answer is an answer; none at all is an error that names the question."""
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"words-01": ["a"], "words-02": []}), encoding="utf-8")
    two = [question(["a"]), question(["b"], key="words-02")]

    assert [answer.rank for answer in from_file(path, two)] == [1, None]
    with pytest.raises(ValueError, match="no answer to words-03"):
        from_file(path, [*two, question(["c"], key="words-03")])


def test_the_table_has_all_questions_and_then_each_kind() -> None:
    """One row for each kind, in the order in which they come."""
    answers = [
        Answered(question(["a"], kind="code", key="code-01"), ["a"]),
        Answered(question(["a"]), ["x", "a"]),
    ]

    assert table(answers).splitlines()[2:] == [
        "| **all** | 2 | 50.0% | 100.0% | 0.750 | 0.815 |",
        "| code | 1 | 100.0% | 100.0% | 1.000 | 1.000 |",
        "| words | 1 | 0.0% | 100.0% | 0.500 | 0.631 |",
    ]


def test_misses_show_what_came_and_what_did_not() -> None:
    """A question answered as well as can be is not shown."""
    shown = misses(
        [Answered(question(["a"], ["b"]), ["x", "a"]), Answered(question(["a"], key="words-02"), ["a"])]
    )

    assert "words-01  query of words-01\n    best at 2, nDCG" in shown
    assert "    no    b" in shown
    assert "words-02" not in shown


def test_the_command_line_prints_the_queries_and_scores_their_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the queries of one half to its table, by way of a file; a file that is not there is said."""
    assert main(["--half", "tuning", "--queries"]) == 0
    queries = json.loads(capsys.readouterr().out)
    assert queries == {one.id: one.query for one in QUESTIONS["tuning"]}

    answers = {one.id: [*one.best, *one.good] for one in QUESTIONS["tuning"]}
    (tmp_path / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    assert main(["--from", str(tmp_path / "answers.json"), "--verbose"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[2] == f"| **all** | {len(queries)} | 100.0% | 100.0% | 1.000 | 1.000 |"

    assert main(["--from", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err


def test_the_named_engines_are_those_of_the_command_line() -> None:
    """The search of the terminal, and what it is measured against."""
    assert set(search_gold.ENGINES) == {"command", "plain"}


def test_plain_search_finds_words_by_stem_in_title_and_text() -> None:
    """It is a fair rival: both fields, stems, phrases; and it knows no field to filter by."""
    search = PlainSearch(
        [
            document("boilers", "Boilers are replaced.", title="Replacing boilers"),
            document("lofts", "Lofts are insulated before a boiler is replaced."),
            document("advice", "An advice line."),
        ]
    )

    assert search("replacing boiler") == ["thornby/projects/boilers", "thornby/projects/lofts"]
    assert search('"before a boiler"') == ["thornby/projects/lofts"]
    assert search("advice", limit=1) == ["thornby/projects/advice"]
    assert search("nowhere") == []
