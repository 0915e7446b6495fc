"""How good the answers of a search are: `python -m benchmarks.search_gold` scores an engine on the gold set.

The questions lie in tests/search/gold/, and README.md there says how they were chosen. An engine is
whatever returns the ids of records, best first, for a query: one of those named here, or the answers of
any other from a file (`--queries` prints what to ask it, `--from FILE` scores what it answered).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import yaml
from pydantic import BaseModel, ConfigDict, Field

from benchmarks.page import ROOT

GOLD = ROOT / "tests" / "search" / "gold"
KB = ROOT / "kb"

DEPTH = 10  # answers that are looked at: those of the first page
BEST, GOOD = 2, 1  # grades of a record, which are its gain

Half = Literal["tuning", "reported"]
HALVES: tuple[Half, ...] = ("tuning", "reported")
# And a set beside them, written after both were frozen, to tune on.
Questions = Literal[Half, "further"]
SETS: tuple[Questions, ...] = (*HALVES, "further")


class Question(BaseModel):
    """What somebody asks, and the records that they would want to open.

    Every record in `best` is as right as the next to come first; those in `good` are right too, after them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str
    user: Literal["councillor", "officer", "scrutiny chair"]
    kind: str
    query: str = Field(min_length=1)
    best: list[str] = Field(min_length=1)
    good: list[str] = []
    why: str = Field(min_length=1)

    @property
    def grades(self) -> dict[str, int]:
        """The grade of each record that is right."""
        return dict.fromkeys(self.good, GOOD) | dict.fromkeys(self.best, BEST)


class Search(Protocol):
    """An engine: the ids of the records that answer a query, best first."""

    def __call__(self, query: str) -> Sequence[str]:
        """Return at least DEPTH ids where there are as many."""
        ...


# -- the gold set ---------------------------------------------------------------------------------


def read_questions(half: Questions, folder: Path = GOLD) -> list[Question]:
    """Return the questions of one half, or the further ones, in the order of the file.

    Raises pydantic's ValidationError, a ValueError, where a question is not in the shape of one.
    """
    text = (folder / f"{half}.yml").read_text(encoding="utf-8")
    found = yaml.load(text, yaml.SafeLoader)  # noqa: TID251 - no record: a list in which all text is quoted
    return [Question.model_validate(one) for one in found]


def divided(questions: Iterable[Question]) -> dict[Half, set[str]]:
    """Return the ids of both halves, by a rule that nobody can steer.

    Within a kind the questions stand in the order of the SHA-256 of their query in UTF-8. The first is
    only reported, the second is for tuning, and so on by turns.
    """
    kinds: dict[str, list[Question]] = {}
    for question in questions:
        kinds.setdefault(question.kind, []).append(question)
    halves: dict[Half, set[str]] = {half: set() for half in HALVES}
    for those in kinds.values():
        those.sort(key=lambda question: hashlib.sha256(question.query.encode()).hexdigest())
        halves["reported"].update(question.id for question in those[0::2])
        halves["tuning"].update(question.id for question in those[1::2])
    return halves


# -- the measures ---------------------------------------------------------------------------------


def once(ids: Iterable[str]) -> list[str]:
    """Return the answers that are looked at: each id in its first place only, and no more than DEPTH."""
    return list(dict.fromkeys(ids))[:DEPTH]


def rank_of_best(ids: Sequence[str], best: Iterable[str]) -> int | None:
    """Return the place of the first record that is among the best, from 1; None where none of them is there."""
    wanted = set(best)
    return next((place for place, found in enumerate(ids, 1) if found in wanted), None)


def ndcg(ids: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return the normalised discounted cumulative gain of the first DEPTH answers, from 0 to 1.

    The gain of a record is its grade, and of a record with no grade 0; the answer at place r counts for
    1 / log2(r + 1) of it. 1 is the sum of the best order there can be.
    (K. Järvelin and J. Kekäläinen, Cumulated gain-based evaluation of IR techniques, 2002.)
    """

    def gain(of: Iterable[int]) -> float:
        return sum(grade / math.log2(place + 1) for place, grade in enumerate(list(of)[:DEPTH], 1))

    ideal = gain(sorted(grades.values(), reverse=True))
    return gain(grades.get(found, 0) for found in ids) / ideal if ideal else 0.0


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with what an engine answered to it."""

    question: Question
    ids: list[str]

    @property
    def rank(self) -> int | None:
        """The place of the first record that is among the best."""
        return rank_of_best(self.ids, self.question.best)

    @property
    def ndcg(self) -> float:
        """How near the order of the answers is to the best that there can be."""
        return ndcg(self.ids, self.question.grades)


@dataclass(frozen=True, slots=True)
class Score:
    """The means over some questions; all but their number lie between 0 and 1."""

    questions: int
    hit_at_1: float
    hit_at_3: float
    mrr: float  # the mean of 1 / rank, and 0 where no best record is among the first DEPTH
    ndcg: float


def score(answers: Sequence[Answered]) -> Score:
    """Return the means over some answered questions; ValueError where there are none."""
    if not answers:
        raise ValueError("there are no questions to score")
    ranks = [answer.rank for answer in answers]
    many = len(answers)
    return Score(
        questions=many,
        hit_at_1=sum(rank is not None and rank <= 1 for rank in ranks) / many,
        hit_at_3=sum(rank is not None and rank <= 3 for rank in ranks) / many,
        mrr=sum(1 / rank for rank in ranks if rank is not None) / many,
        ndcg=sum(answer.ndcg for answer in answers) / many,
    )


def ask(search: Search, questions: Iterable[Question]) -> list[Answered]:
    """Put every question to an engine."""
    return [Answered(question, once(search(question.query))) for question in questions]


# -- engines --------------------------------------------------------------------------------------


def command() -> Search:
    """The search of the terminal, through its promised JSON: what `minutebook search --json` prints."""
    from click.testing import CliRunner

    from minutebook_search.commands import search as search_command

    runner = CliRunner(catch_exceptions=False)

    def search(query: str) -> list[str]:
        said = runner.invoke(
            search_command,
            ["--json", "--limit", str(DEPTH), "--kb", str(KB), "--", query],
            prog_name="search",
        )
        if said.exit_code:
            raise SystemExit(f"`minutebook search` ended with {said.exit_code} for `{query}`:\n{said.output}")
        return [str(hit["id"]) for hit in json.loads(said.stdout)["hits"]]

    return search


def plain() -> Search:
    """Whoosh as it comes: what ours is measured against."""
    from benchmarks.search_plain import PlainSearch
    from minutebook.loading import load
    from minutebook.publication import publish
    from minutebook_search.documents import search_documents

    return PlainSearch(search_documents(publish(load(KB).kb)))


ENGINES: Mapping[str, Callable[[], Search]] = {"command": command, "plain": plain}


def from_file(path: Path, questions: Iterable[Question]) -> list[Answered]:
    """Return what another engine answered, from a JSON object of ids by the id of the question.

    Raises ValueError where the file has no answer to a question; an empty list is one.
    """
    found: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    asked = list(questions)
    if missing := [question.id for question in asked if question.id not in found]:
        raise ValueError(f"{path} has no answer to {', '.join(missing)}")
    return [Answered(question, once(found[question.id])) for question in asked]


# -- what is printed ------------------------------------------------------------------------------


def table(answers: Sequence[Answered]) -> str:
    """Return the scores as a Markdown table: all questions, then each kind, in the order of the file."""
    kinds = dict.fromkeys(answer.question.kind for answer in answers)
    rows = {"**all**": answers} | {
        kind: [answer for answer in answers if answer.question.kind == kind] for kind in kinds
    }
    lines = ["| kind | questions | hit@1 | hit@3 | MRR | nDCG@10 |", "|---|---:|---:|---:|---:|---:|"]
    for name, those in rows.items():
        got = score(those)
        lines.append(
            f"| {name} | {got.questions} | {got.hit_at_1:.1%} | {got.hit_at_3:.1%} | {got.mrr:.3f} | {got.ndcg:.3f} |"
        )
    return "\n".join(lines)


def misses(answers: Iterable[Answered]) -> str:
    """Return the questions that are not answered as well as can be, each with what came first."""
    lines = []
    for answer in answers:
        if answer.rank == 1 and answer.ndcg > 1 - 1e-9:
            continue
        question = answer.question
        came = f"at {answer.rank}" if answer.rank else f"not in {DEPTH}"
        lines += [f"{question.id}  {question.query}", f"    best {came}, nDCG {answer.ndcg:.3f}"]
        marks = {BEST: "best", GOOD: "good", 0: "    "}
        lines += [f"    {marks[question.grades.get(found, 0)]}  {found}" for found in answer.ids[:5]]
        lines += [f"    no    {wanted}" for wanted in question.grades if wanted not in answer.ids]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Score as the command line asks, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--half", choices=SETS, default="tuning", help="which half of the questions, or the further ones"
    )
    parser.add_argument("--engine", choices=ENGINES, default="command", help="which engine answers")
    parser.add_argument(
        "--from", dest="answers", type=Path, metavar="FILE", help="score the answers in a file"
    )
    parser.add_argument("--queries", action="store_true", help="print the queries by id, for another engine")
    parser.add_argument(
        "--verbose", action="store_true", help="show each question that could be answered better"
    )
    asked = parser.parse_args(arguments)
    questions = read_questions(asked.half)
    if asked.queries:
        print(
            json.dumps({question.id: question.query for question in questions}, ensure_ascii=False, indent=1)
        )
        return 0
    if asked.answers is None:
        answers = ask(ENGINES[asked.engine](), questions)
    else:
        try:
            answers = from_file(asked.answers, questions)
        except (OSError, ValueError) as error:
            print(error, file=sys.stderr)
            return 2
    print(table(answers))
    if asked.verbose and (shown := misses(answers)):
        print(f"\n{shown}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
