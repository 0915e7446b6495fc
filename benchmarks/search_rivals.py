"""Other engines as their own documentation uses them, to measure ours beside: stock Whoosh, SQLite FTS5, tantivy."""

from __future__ import annotations

import re
import sqlite3
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from minutebook_search.documents import SearchDocument

Answer = Callable[[str], int]
_FILTER = re.compile(r"(?P<words>.+) type:(?P<type>\w+) date:(?P<first>\d+)\.\.(?P<last>\d+)")


def _text(document: SearchDocument) -> str:
    return "\n".join(passage.text for passage in document.passages)


def _year(document: SearchDocument) -> int:
    return document.first.year if document.first is not None else 0


def stock_whoosh(documents: Sequence[SearchDocument], folder: Path) -> tuple[Answer, int]:
    """Whoosh with its StemmingAnalyzer, stored text, highlights, and facets by `groupedby`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh import fields, index, qparser
        from whoosh.analysis import StemmingAnalyzer
    folder.mkdir()
    text = fields.TEXT(analyzer=StemmingAnalyzer(), stored=True)
    schema = fields.Schema(
        id=fields.ID(stored=True), title=fields.TEXT(stored=True), text=text, type=fields.ID(sortable=True), year=fields.NUMERIC(sortable=True)
    )  # fmt: skip
    opened = index.create_in(str(folder), schema)
    writer = opened.writer(limitmb=256)
    for document in documents:
        writer.add_document(
            id=str(document.id),
            title=document.title,
            text=_text(document),
            type=document.type,
            year=_year(document),
        )
    writer.commit()
    parser = qparser.QueryParser("text", schema)
    parser.add_plugin(qparser.FuzzyTermPlugin())
    searcher = opened.searcher()

    def answer(query: str) -> int:
        if (narrowed := _FILTER.fullmatch(query)) is not None:
            query = "{words} type:{type} year:[{first} TO {last}]".format(**narrowed.groupdict())
        query = re.sub(r" -(\w)", r" NOT \1", query)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            results = searcher.search(parser.parse(query), limit=10, groupedby=["type", "year"])
            for hit in results:
                hit.highlights("text")
            return len(results)

    return answer, _size(folder)


def stock_fts5(documents: Sequence[SearchDocument], folder: Path) -> tuple[Answer, int]:
    """One table of FTS5 with the tokenizer `porter`, snippets by `snippet`, and two facets by GROUP BY."""
    folder.mkdir()
    database = sqlite3.connect(folder / "index.sqlite")
    database.execute("CREATE TABLE d (row INTEGER PRIMARY KEY, type TEXT, year INTEGER)")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(title, text, tokenize='porter unicode61')")
    with database:
        for number, document in enumerate(documents):
            database.execute("INSERT INTO d VALUES (?, ?, ?)", (number, document.type, _year(document)))
            database.execute(
                "INSERT INTO t (rowid, title, text) VALUES (?, ?, ?)",
                (number, document.title, _text(document)),
            )

    def answer(query: str) -> int:
        narrowed, where, values = _FILTER.fullmatch(query), "", list[Any]()
        if narrowed is not None:
            query, where = narrowed["words"], " AND d.type = ? AND d.year BETWEEN ? AND ?"
            values = [narrowed["type"], int(narrowed["first"]), int(narrowed["last"])]
        said = _in_fts5(query)
        source = f"FROM t JOIN d ON d.row = t.rowid WHERE t MATCH ?{where}"
        database.execute(
            f"SELECT t.rowid, snippet(t, 1, '', '', '', 30) {source} ORDER BY bm25(t, 8, 1) LIMIT 10",
            [said, *values],
        ).fetchall()
        for facet in ("type", "year"):
            database.execute(f"SELECT d.{facet}, count(*) {source} GROUP BY 1", [said, *values]).fetchall()
        (total,) = database.execute(f"SELECT count(*) {source}", [said, *values]).fetchone()
        return int(total)

    return answer, _size(folder)


def _in_fts5(query: str) -> str:
    if query.startswith('"'):
        return query
    said = re.sub(r" -(\w)", r" NOT \1", query)
    return re.sub(r"[^\s*]+", lambda word: word[0] if word[0] in ("OR", "NOT") else f'"{word[0]}"', said)


def tantivy(documents: Sequence[SearchDocument], folder: Path) -> tuple[Answer, int]:
    """Tantivy with its stemmer of English, snippets, and no facets: its Python has none that count."""
    import tantivy as library  # type: ignore[import-not-found]  # nobody needs it but this measurement

    folder.mkdir()
    builder = library.SchemaBuilder()
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("type", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", indexed=True)
    index = library.Index(builder.build(), path=str(folder))
    writer = index.writer(heap_size=200_000_000)
    for document in documents:
        writer.add_document(
            library.Document(
                title=document.title, text=_text(document), type=document.type, year=_year(document)
            )
        )
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def answer(query: str) -> int:
        if (narrowed := _FILTER.fullmatch(query)) is not None:
            query = "+{words} +type:{type} +year:[{first} TO {last}]".format(**narrowed.groupdict())
        elif query.endswith("*"):
            parsed = library.Query.regex_query(index.schema, "text", f"{re.escape(query[:-1])}.*")
            return int(searcher.search(parsed, 10).count)
        elif " OR " not in query and not query.startswith('"'):
            kept = (re.sub(r"[^\w-]+", " ", word).strip() for word in query.split())
            query = " ".join(word if word.startswith("-") else f"+{word}" for word in kept if word)
        parsed = index.parse_query(re.sub(r"[^\w\s\"+:\[\]-]", " ", query), ["text"])
        result = searcher.search(parsed, 10)
        made = library.SnippetGenerator.create(searcher, parsed, index.schema, "text")
        for _, address in result.hits:
            made.snippet_from_doc(searcher.doc(address)).to_html()
        return int(result.count)

    return answer, _size(folder)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# What they have nothing for: a typo or a question finds nothing, and stock Whoosh drops little words.
CANNOT: Mapping[str, frozenset[str]] = {
    "stock whoosh": frozenset({"typo", "question", "two commonest words"}),
    "stock fts5": frozenset({"typo", "question"}),
    "tantivy": frozenset({"typo", "question"}),
}
RIVALS: Mapping[str, Callable[[Sequence[SearchDocument], Path], tuple[Answer, int]]] = {
    "stock whoosh": stock_whoosh,
    "stock fts5": stock_fts5,
    "tantivy": tantivy,
}
