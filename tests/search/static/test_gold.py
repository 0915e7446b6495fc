"""The gold set in the browser's engine: no more than one question worse than the search of the terminal."""

from __future__ import annotations

from pathlib import Path

from benchmarks.search_gold import HALVES, Answered, read_questions, score
from minutebook.knowledge_base import link_records
from minutebook.publication import publish
from minutebook.reader import read_records
from minutebook_search.documents import search_documents
from minutebook_search.engines import open_engine
from minutebook_search.query import Synonyms
from minutebook_search.static.writer import write_index
from minutebook_search.stemming import stem
from tests.helpers import REPOSITORY
from tests.search.static.test_browser_modules import ask, needs_node


@needs_node
def test_the_browser_answers_the_gold_set_as_the_terminal_does(tmp_path: Path) -> None:
    published = publish(link_records(read_records(REPOSITORY / "kb")))
    documents = list(search_documents(published))
    groups = [list(group) for group in published.kb.synonyms.groups]
    engine = open_engine(documents, synonyms=Synonyms(groups))
    index = write_index(documents, stem, groups)
    for half in HALVES:
        questions = read_questions(half)
        answers = ask(index, tmp_path, [{"request": {"query": one.query}} for one in questions])
        here = score(
            [
                Answered(one, [hit["id"] for hit in answer["hits"]])
                for one, answer in zip(questions, answers, strict=True)
            ]
        )
        there = score(
            [Answered(one, [hit.id for hit in engine.search(one.query, limit=10).hits]) for one in questions]
        )
        assert here.hit_at_3 * len(questions) >= there.hit_at_3 * len(questions) - 1.01, (half, here, there)
        assert here.ndcg > there.ndcg - 0.05, (half, here, there)
