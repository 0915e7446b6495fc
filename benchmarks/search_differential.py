"""Random queries over invented councils, asked of every engine and of a reader that asks each document in turn.

    python -m benchmarks.search_differential --queries 10000

Whoosh, FTS5, and the reader of tests/search/brute_force.py must find the same ids; and so must one
expression of SQLite's FTS5, where a query can be said in one.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generator import write
from benchmarks.search_queries import Vocabulary
from minutebook.loading import load
from minutebook.publication import publish
from minutebook_search.documents import SearchDocument, search_documents
from minutebook_search.engines import Name, open_engine
from minutebook_search.indexing import Indexer
from minutebook_search.query import (
    Alike,
    And,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Synonyms,
    Word,
    parse_query,
    widen,
)
from minutebook_search.stemming import stem
from minutebook_search.words import Compound, compounds, joined, words
from tests.search.brute_force import EXPANSIONS, Reader

RELAXED = ("no record has every word", "read as a question")  # answered without some of its words


class Cannot(Exception):
    """A query that FTS5 has no expression for."""


class OneExpression:
    """A table of FTS5 with the stems and the printed words of documents, asked a whole query at once."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            """CREATE VIRTUAL TABLE t USING fts5(s, p, tokenize="ascii tokenchars '.|'")"""
        )
        self._ids = [str(document.id) for document in documents]
        indexer, self._vocabulary = Indexer(stem), set[str]()
        for number, document in enumerate(documents):
            read = indexer.read(document)
            stems = " ".join(word for _, line in read.stems for word in line)
            printed = " | ".join(" ".join(line) for _, line in read.lines)
            self._vocabulary.update(word for _, line in read.lines for word in line)
            self._database.execute("INSERT INTO t (rowid, s, p) VALUES (?, ?, ?)", (number, stems, printed))

    def search(self, tree: Node) -> set[str]:
        """Return the ids that match; raises Cannot where FTS5 cannot say it."""
        rows = self._database.execute("SELECT rowid FROM t WHERE t MATCH ?", (self._said(tree),))
        return {self._ids[row] for (row,) in rows}

    def _said(self, node: Node) -> str:
        match node:
            case Word():
                return " AND ".join(f"({self._compound(compound)})" for compound in compounds(node.text))
            case Phrase():
                return f'(p : "{" ".join(word.printed for word in words(node.text))}")'
            case Prefix():
                letters = "".join(word.printed for word in words(node.text))
                if sum(word.startswith(letters) for word in self._vocabulary) > EXPANSIONS:
                    raise Cannot
                return f'(p : "{letters}" *)'
            case And():
                firm = [f"({self._said(one)})" for one in node.of if not isinstance(one, Not)]
                if not firm:
                    raise Cannot
                said = " AND ".join(firm)
                for one in node.of:
                    said = f"({said}) NOT ({self._said(one.of)})" if isinstance(one, Not) else said
                return said
            case Or() | Alike():
                return " OR ".join(f"({self._said(one)})" for one in node.of)
            case _:
                raise Cannot

    def _compound(self, compound: Compound) -> str:
        if len(compound) == 1:
            return f's : "{stem(compound[0].base)}"'
        whole = stem(joined(compound))
        return f's : "{whole}" OR p : "{" ".join(token.printed for token in compound)}"'


def compare(records: int, queries: int, seed: int) -> tuple[int, int, list[str]]:
    """Ask so many queries over one council; how many found something, how many FTS5 could say, and what differs."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "kb"), records, seed)
        published = publish(load(Path(folder, "kb")).kb)
    documents = sorted(search_documents(published), key=lambda document: document.id)
    synonyms = Synonyms(published.kb.synonyms.groups)
    names: tuple[Name, ...] = ("whoosh", "fts5")
    engines = {name: open_engine(documents, synonyms=synonyms, engine=name) for name in names}
    reader, one_expression = Reader(documents, synonyms), OneExpression(documents)
    vocabulary, found, said, wrong = Vocabulary(documents, seed), 0, 0, list[str]()
    for _ in range(queries):
        query = vocabulary.random_query()
        expected = reader.answer(query)
        found += bool(expected)
        answers = {
            name: engine.search(query, limit=len(documents), snippets=False)
            for name, engine in engines.items()
        }
        wrong += [
            f"{name}: {query}"
            for name, answer in answers.items()
            if {hit.id for hit in answer.hits} != expected
        ]
        tree = parse_query(answers["whoosh"].corrected or query).root
        if (
            tree is not None
            and expected
            and not answers["whoosh"].partial
            and not any(one.startswith(RELAXED) for one in answers["whoosh"].messages)
        ):
            try:
                said += 1
                if one_expression.search(widen(tree, synonyms)) != expected:
                    wrong.append(f"one expression: {query}")
            except Cannot:
                said -= 1
    return found, said, wrong


def main() -> int:
    """Compare as the command line asks; 1 where any answer differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--councils", type=int, default=5, help="over how many councils they are spread")
    parser.add_argument("--records", type=int, default=300, help="records of each council")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began, totals, wrong = time.perf_counter(), [0, 0], list[str]()
    for number in range(asked.councils):
        found, said, differing = compare(asked.records, asked.queries // asked.councils, asked.seed + number)
        totals, wrong = [totals[0] + found, totals[1] + said], wrong + differing
        for one in differing:
            print(one, flush=True)
        print(
            f"council {number + 1}: {found:,} queries found something, {said:,} said in FTS5, {len(differing)} differ"
        )
    print(
        f"{asked.queries:,} queries over {asked.councils} councils of {asked.records} records in {time.perf_counter() - began:.0f} s: "
        f"{totals[0]:,} found something, {totals[1]:,} could be said in one expression of FTS5, {len(wrong)} differ"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
