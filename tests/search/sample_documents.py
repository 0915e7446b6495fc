"""Search documents in a line each, and an engine over them."""

from __future__ import annotations

from collections.abc import Iterable

from minutebook.records.values import Ref
from minutebook.when import When
from minutebook_search.answering import AnsweringEngine
from minutebook_search.documents import Passage, SearchDocument
from minutebook_search.engines import Name, open_engine
from minutebook_search.query import Synonyms
from minutebook_search.words import tidy


def document(
    slug: str,
    *texts: str,
    folder: str = "projects",
    noun: str = "project",
    title: str | None = None,
    council: str = "thornby",
    body: str | None = None,
    date: str | None = None,
    outcome: str | None = None,
    projects: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
    weights: Iterable[float] = (),
) -> SearchDocument:
    """Return a document whose passages are its title and the texts, of weight 1 unless told."""
    name = tidy(title if title is not None else slug)
    weighed = [*weights, *[1.0] * len(texts)]
    passages = [Passage(name, 8.0), *(Passage(tidy(text), weighed[n]) for n, text in enumerate(texts))]
    return SearchDocument(
        id=Ref(f"{council}/{folder}/{slug}"),
        type=noun,
        spoken=noun,
        title=name,
        names=(name,),
        url=f"{council}/{folder}/{slug}/",
        council=council,
        body=body,
        date=When.parse(date) if date else None,
        outcome=outcome,
        projects=projects,
        topics=topics,
        passages=tuple(passages),
    )


def engine_of(
    *documents: SearchDocument, engine: Name = "whoosh", synonyms: Synonyms | None = None
) -> AnsweringEngine:
    """Return an engine over the documents that keeps nothing."""
    return open_engine(documents, synonyms=synonyms, engine=engine)


def found(engine: AnsweringEngine, query: str) -> list[str]:
    """Return the slugs of all that a query finds, in order of ids."""
    return sorted(hit.id.split("/")[2] for hit in engine.search(query, limit=1_000).hits)
