"""Plain search, to measure ours against: Whoosh as it comes, over the title and the text of every record."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any

from minutebook_search.documents import SearchDocument

with warnings.catch_warnings():
    # Python warns of the backslashes of Whoosh 2.7.4 whenever it compiles a module of it.
    warnings.simplefilter("ignore")
    from whoosh.analysis import StemmingAnalyzer
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.filedb.filestore import RamStorage
    from whoosh.qparser import MultifieldParser


class PlainSearch:
    """What a first search is made of: two fields, the stemming analyser, the stock parser and BM25F.

    It knows no weights, no synonyms, no codes, no amounts, no dates, no typos and no fields to filter by:
    `type:decisions` is two words to it. It stands for the plain search that ours has to be better than,
    and is nobody's released code.
    """

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        schema = Schema(
            id=ID(stored=True),
            title=TEXT(analyzer=StemmingAnalyzer()),
            text=TEXT(analyzer=StemmingAnalyzer()),
        )
        index = RamStorage().create_index(schema)
        writer = index.writer()
        for document in documents:
            text = "\n".join(passage.text for passage in document.passages)
            writer.add_document(id=document.id, title=document.title, text=text)
        writer.commit()
        self._searcher: Any = index.searcher()
        self._parser: Any = MultifieldParser(["title", "text"], schema)

    def __call__(self, query: str, limit: int = 10) -> list[str]:
        """Return the ids of the best matches, best first."""
        return [str(hit["id"]) for hit in self._searcher.search(self._parser.parse(query), limit=limit)]
