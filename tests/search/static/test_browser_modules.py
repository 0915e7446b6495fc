"""The browser's modules in node: they read words, dates and queries as Python does, and find the same records."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from minutebook.citing import citation_and_page
from minutebook.knowledge_base import link_records
from minutebook.publication import publish
from minutebook.reader import read_records
from minutebook.records.values import Ref
from minutebook_search.documents import SearchDocument, search_documents
from minutebook_search.engine import Sort
from minutebook_search.engines import open_engine
from minutebook_search.query import Synonyms
from minutebook_search.receipt_pages import origins_and_pages
from minutebook_search.static.records import Taken
from minutebook_search.static.writer import Contents, StaticIndex, write_index
from minutebook_search.stemming import stem
from minutebook_search.tables import as_csv
from tests.helpers import REPOSITORY
from tests.search.sample_documents import document
from tests.search.static import vectors
from tests.search.static.random_queries import Asker

HERE = Path(__file__).parent
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="node is not installed: it runs the browser's modules")

# A search that looks at every record by turns takes the engines a few milliseconds; 10,000 take minutes.
MANY = int(os.environ.get("MINUTEBOOK_QUERIES", "250"))


def run_node(*arguments: str, given: str = "", **environment: str) -> str:
    """Run node, and return what it printed; its complaint is the failure."""
    assert NODE is not None
    done = subprocess.run(
        [NODE, *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-3_000:]
    return done.stdout


def read_table(table: str) -> Iterator[dict[str, str]]:
    """Return the rows of a table, each by its columns."""
    return csv.DictReader(io.StringIO(table, newline=""))


def write(index: StaticIndex, folder: Path) -> None:
    """Write an index as a build does."""
    for path, content in index.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def ask(
    index: StaticIndex, folder: Path, asked: Sequence[dict[str, Any]], server: str = ""
) -> list[dict[str, Any]]:
    """Return what the browser's engine answers; with `no-ranges` from a server that sends only whole files."""
    write(index, folder)
    return list(
        json.loads(
            run_node(str(HERE / "ask.mjs"), str(folder), index.edition, server, given=json.dumps(asked))
        )
    )


@pytest.fixture(scope="module")
def harrow() -> list[SearchDocument]:
    """The documents of the example knowledge base."""
    kb = link_records(read_records(REPOSITORY / "kb"))
    return list(search_documents(publish(kb)))


@needs_node
def test_the_modules_by_themselves() -> None:
    run_node("--test", str(HERE / "modules.test.mjs"))


@needs_node
def test_words_dates_and_queries_are_read_as_in_python(harrow: list[SearchDocument], tmp_path: Path) -> None:
    told = tmp_path / "vectors.json"
    told.write_text(json.dumps(vectors.make(harrow)), encoding="utf-8")
    run_node("--test", str(HERE / "agreement.test.mjs"), MINUTEBOOK_VECTORS=str(told))


@needs_node
def test_random_queries_find_the_same_records_as_the_command_line(
    harrow: list[SearchDocument], tmp_path: Path
) -> None:
    queries = list(Asker(harrow, seed=23).queries(MANY))
    index = write_index(harrow, stem, vectors.SYNONYMS)
    answers = ask(index, tmp_path, [{"request": {"query": query}, "all": True} for query in queries])
    engine = open_engine(harrow, synonyms=Synonyms(vectors.SYNONYMS))
    found = 0
    for query, answer in zip(queries, answers, strict=True):
        expected = {hit.id for hit in engine.search(query, limit=len(harrow)).hits}
        assert set(answer["ids"]) == expected, query
        assert len(answer["ids"]) == len(expected), query
        found += bool(expected)
    assert found > MANY // 2


@needs_node
def test_facets_snippets_corrections_and_messages_are_those_of_the_command_line(
    harrow: list[SearchDocument], tmp_path: Path
) -> None:
    queries = [
        "assistive technology", '"business as usual"', "type:resolution", "asistive tecnology", "saving date:2020",
        "council:harrow improvement", "who owns assistive technology", "nothingofthekind", "type:project OR type:action",
        "noted zebra lantern", "improv* -board", "body:cabinet", "carers date:2019", "date:none", "savings date:1850", "1.263 date:2019-11",
        "type:figures date:2020 improvement", "ach-21-44", "report ACH 21 44", "ACH21-O44 noted", "direct payments", '"direct payments"',
        '"zzzz"', "who answers for zzzz technology?", "type:promise cabinet", "type:action", "ACH21-045", "ACH20-001 noted", "item 9 savings", "caer homes", "who held Extra Care on 1 January 2020", "which body answered for assistive technology in Jan 2020?", "who owned savings on 2020-01-01", "date:2022", "portfolio date:2022-01..2022-02", "date:2021-11-23", '"adult social care" date:2021 OR date:none',
    ]  # fmt: skip
    index = write_index(harrow, stem, vectors.SYNONYMS)
    answers = ask(index, tmp_path, [{"request": {"query": query, "limit": 40}} for query in queries])
    engine = open_engine(harrow, synonyms=Synonyms(vectors.SYNONYMS))
    for query, answer in zip(queries, answers, strict=True):
        expected = engine.search(query, limit=40)
        assert (answer["total"], answer["corrected"], answer["partial"]) == (
            expected.total, expected.corrected, expected.partial,
        ), query  # fmt: skip
        assert answer["facets"] == {field: dict(counts) for field, counts in expected.facets.items()}, query
        assert answer["messages"] == list(expected.messages), query
        told = {
            hit["id"]: (hit["title"], hit["snippet"], [tuple(mark) for mark in hit["marks"]])
            for hit in answer["hits"]
        }
        for hit in expected.hits:
            if hit.id in told:
                assert told[hit.id] == (hit.title, hit.snippet, [*hit.marks]), query


@needs_node
def test_the_table_is_that_of_the_command_line(tmp_path: Path) -> None:
    """Every column, of the document and the place that the words are from too; the page is an address there, and a path here."""
    published = publish(link_records(read_records(REPOSITORY / "kb")))
    kb, documents = published.kb, {one.id: one for one in search_documents(published)}
    contents = Contents(
        taken=lambda one: Taken(
            *citation_and_page(kb, kb.records[one.id]), origins_and_pages(kb, kb.records[one.id])
        )
    )
    queries = [
        '"business as usual"',
        "type:resolution",
        "ACH21-044",
        "savings",
        "date:2019-11 savings",
        "type:promise housing",
        "carers",
    ]
    asked = [{"request": {"query": query}, "table": True} for query in queries]
    answers = ask(write_index(documents.values(), stem, (), contents), tmp_path, asked)
    engine = open_engine(documents.values())
    placed = several = without = 0
    for query, answer in zip(queries, answers, strict=True):
        expected = {
            row["id"]: row for row in read_table(as_csv(kb, documents, engine.search(query, limit=300).hits))
        }
        told = list(read_table(answer["csv"]))
        assert len(told) == len(expected) == answer["rows"], query
        for row in told:
            assert row.pop("query") == query
            row["page"] = row["page"].removeprefix("https://example.org/")
            assert row == expected[row["id"]], query
            placed += bool(row["source document"] and row["place in source"])
            several += "; " in row["source document"]
            without += not row["source document"] and bool(kb.records[Ref(row["id"])].citations)
    assert placed > 10
    assert several > 3
    assert without == 0, "what cites a document names one"


@needs_node
def test_a_server_that_sends_only_whole_files_gives_the_same_answers(
    harrow: list[SearchDocument], tmp_path: Path
) -> None:
    asked = [{"request": {"query": query}} for query in ("savings", '"business as usual"', "")]
    index = write_index(harrow, stem)
    assert ask(index, tmp_path, asked) == ask(index, tmp_path, asked, "no-ranges")


@needs_node
def test_the_first_results_are_those_of_the_command_line(
    harrow: list[SearchDocument], tmp_path: Path
) -> None:
    queries = [
        "assistive technology",
        "savings",
        "improvement board",
        "carers",
        '"business as usual"',
        "commission*",
    ]
    index = write_index(harrow, stem, vectors.SYNONYMS)
    answers = ask(index, tmp_path, [{"request": {"query": query}} for query in queries])
    engine = open_engine(harrow, synonyms=Synonyms(vectors.SYNONYMS))
    for query, answer in zip(queries, answers, strict=True):
        first, *others = engine.search(query, limit=5).hits
        # The browser is told weights in steps: what lies nearer together than one of them may change places.
        near = [first.id, *(hit.id for hit in others if hit.score > first.score * 0.99)]
        assert answer["hits"][0]["id"] in near, query
        firmly_first = [hit.id for hit in (first, *others) if hit.score > others[-1].score]
        assert set(firmly_first[:3]) <= {hit["id"] for hit in answer["hits"][:5]}, query


@needs_node
@pytest.mark.parametrize("sort", Sort)
def test_what_is_narrowed_or_left_out_alone_comes_in_one_order(
    harrow: list[SearchDocument], tmp_path: Path, sort: Sort
) -> None:
    """Nothing there is more relevant than another: the newest come first, here and on the command line."""
    queries = [
        "date:2019", "council:bromley", "-savings", "type:resolution", "NOT type:discrepancies type:post", "date:none",
        "date:2019-04-24..2019-12-12", "date:2020 OR date:none", "body:harrow/bodies/people", "type:report -savings",
        "(type:event OR council:rotherham)", "outcome:noted date:2019..", "(-improvement)", "-type:report -date:2020",
    ]  # fmt: skip
    index = write_index(harrow, stem)
    asked = [{"request": {"query": query, "sort": sort.value}} for query in queries]
    engine = open_engine(harrow)
    for query, answer in zip(queries, ask(index, tmp_path, asked), strict=True):
        expected = engine.search(query, sort=sort).hits
        assert [hit["id"] for hit in answer["hits"]] == [hit.id for hit in expected], query
        assert len(expected) > 1, query


@needs_node
def test_more_documents_than_a_byte_of_impact_is_kept_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a byte of impact, best documents kept ready, postings in several files: as at a hundred thousand records."""
    from minutebook_search.static import lexicon

    for name, value in (
        ("FEW_DOCUMENTS", 10),
        ("FREQUENT", 60),
        ("PACK_BYTES", 200),
        ("SHARD_KEYS", 8),
        ("INLINE", 4),
    ):
        monkeypatch.setattr(lexicon, name, value)
    words = ["roof", "roofs", "orchard", "lantern", "noted", "the"]
    documents = [
        document(f"d{number}", *[" ".join(words[: 1 + (number * place) % 6]) for place in (1, 2, 3)], date=f"20{10 + number % 9}",
                 title=f"Paper {number} {'roof' if number % 7 == 0 else ''}")
        for number in range(300)
    ]  # fmt: skip
    queries = [
        "roof",
        "roofs orchard",
        '"roof roofs"',
        '"roofs"',
        "roo*",
        "lantern -orchard",
        '"the lantern"',
        "paper OR noted",
    ]
    answers = ask(
        write_index(documents, stem), tmp_path, [{"request": {"query": one}, "all": True} for one in queries]
    )
    engine = open_engine(documents)
    for query, answer in zip(queries, answers, strict=True):
        assert set(answer["ids"]) == {hit.id for hit in engine.search(query, limit=300).hits}, query
    (first,) = ask(write_index(documents, stem), tmp_path, [{"request": {"query": "roof"}}])
    assert first["total"] == engine.search("roof").total
    assert all("roof" in hit["title"] for hit in first["hits"])
