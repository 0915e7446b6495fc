"""What the service answers, to whom, and how much of it: an ASGI application that reads and never writes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from a2wsgi import ASGIMiddleware
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minutebook.own_names import is_own_name
from minutebook.promised_json import owner_json
from minutebook.publication import PublishedKnowledgeBase
from minutebook.records.project import Project
from minutebook.records.values import Ref
from minutebook.suggest import nearest
from minutebook.when import When, WhenError
from minutebook_search.answering import AnsweringEngine
from minutebook_search.caches import forget_hidden, make_place
from minutebook_search.documents import SearchDocument, search_documents
from minutebook_search.engine import Deadline, SearchResult, Sort, TookTooLong
from minutebook_search.engines import open_engine
from minutebook_search.query import Synonyms
from minutebook_search.service.openapi import DESCRIPTION, FORMATS, MOST_HITS, MOST_OFFSET
from minutebook_search.tables import as_csv

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from starlette.types import ASGIApp, Receive, Scope, Send

SECONDS = 2.0  # after which a query is given up
WAITING = 16  # requests that may wait for their turn; more are sent away
LONGEST = 8_000  # characters of the query string of an address

_FOLDER = "MINUTEBOOK_KB"  # by this name `serve` tells all that it starts which records are meant

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

Published: TypeAlias = Callable[[], PublishedKnowledgeBase]


class _Wrong(Exception):
    """A request that cannot be answered: the status, and a sentence that says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class _Reply:
    """What was found, and the records that it was found in."""

    result: SearchResult
    of: PublishedKnowledgeBase
    documents: Mapping[Ref, SearchDocument]

    def as_csv(self) -> Response:
        """Return the hits as the table of `minutebook search --csv`."""
        table = as_csv(self.of.kb, self.documents, self.result.hits)
        return Response(table, headers=_HEADERS, media_type="text/csv")


class _Searcher:
    """An engine for the records as they are now. One query at a time; a few wait, the rest are sent away."""

    def __init__(self, published: Published, place: Path | None) -> None:
        self._published = published
        self._place = place
        self._waiting = threading.BoundedSemaphore(WAITING)
        self._turn = threading.Lock()
        self._of: PublishedKnowledgeBase | None = None
        self._documents: Mapping[Ref, SearchDocument] = {}
        self._engine: AnsweringEngine | None = None

    def search(self, query: str, limit: int, offset: int, sort: Sort) -> _Reply:
        """Answer a query, or raise _Wrong where too many are asked or it takes too long."""
        if not self._waiting.acquire(blocking=False):
            raise _Wrong(503, "too many queries at once: ask again in a second")
        try:
            with self._turn:
                engine = self._up_to_date()
                assert self._of is not None
                result = engine.search(
                    query, limit=limit, offset=offset, sort=sort, deadline=Deadline(SECONDS)
                )
                return _Reply(result, self._of, self._documents)
        except TookTooLong:
            raise _Wrong(503, f"the query took longer than {SECONDS:g} seconds: ask for less") from None
        finally:
            self._waiting.release()

    def _up_to_date(self) -> AnsweringEngine:
        """The engine for what is public now. Nobody is answered meanwhile: it may be public no more."""
        now = self._published()
        if self._engine is None or self._of is not now:
            synonyms = Synonyms(now.kb.synonyms.groups)
            self._documents = {document.id: document for document in search_documents(now)}
            self._engine = open_engine(self._documents.values(), self._place, synonyms=synonyms)
            self._of = now
        return self._engine


def api(published: Published, place: Path | None = None) -> Starlette:
    """Return the application for what `published` gives: it is asked at each request, since records change.

    The index is kept at `place`, so that after a change what changed alone is indexed.
    """
    searcher = _Searcher(published, place)

    def search(request: Request) -> object:
        asked = _parameters(request, {"q", "limit", "offset", "sort", "explain", "format"})
        query = asked.get("q", "")
        if not query.strip():
            raise _Wrong(400, "no query: give one as `q`")
        sort = asked.get("sort", Sort.RELEVANCE.value)
        if sort not in set(Sort):
            raise _Wrong(400, f"`sort` is one of {', '.join(Sort)}")
        limit, offset = _number(asked, "limit", 10, 1, MOST_HITS), _number(asked, "offset", 0, 0, MOST_OFFSET)
        if (form := asked.get("format", FORMATS[0])) not in FORMATS:
            raise _Wrong(400, f"`format` is one of {', '.join(FORMATS)}")
        found = searcher.search(query, limit, offset, Sort(sort))
        if form == "csv":
            return found.as_csv()
        result = found.result
        answer = result.as_json()
        if result.messages:
            answer["messages"] = list(result.messages)
        if _number(asked, "explain", 0, 0, 1):
            answer["explanation"] = list(result.explanation)
        return answer

    def owner(request: Request) -> object:
        asked = _parameters(request, {"project", "on"})
        now = published()
        project = _project(now, asked.get("project", ""))
        return owner_json(now.kb, now.history.owner(project, _date(now, asked.get("on"))))

    def openapi(request: Request) -> object:
        _parameters(request, set())
        return DESCRIPTION

    routes = (("search", search), ("owner", owner), ("openapi.json", openapi))
    return Starlette(
        routes=[Route(f"/api/{path}", _answering(answer), methods=["GET"]) for path, answer in routes],
        middleware=[Middleware(_OwnNames)],
        exception_handlers={HTTPException: _refused},
    )


class _OwnNames:
    """Answers by the names of this machine alone; a name of somebody else that leads here is refused, in JSON too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_meant = scope["type"] == "lifespan"  # which comes from the server itself
        if not is_meant:
            is_meant = is_own_name(Headers(scope=scope).get("host", ""))
        refused = _error(421, "this service answers on this machine, by the name of this machine")
        await (self._app if is_meant else refused)(scope, receive, send)


def service(published: Published) -> WSGIApplication:
    """Return the same for a WSGI server, as the one that shows the site is.

    It goes on with the index of the command line. What is in that of records that are public no more is removed
    when the server starts.
    """
    place = None
    if (kb_folder := os.environ.get(_FOLDER)) and Path(kb_folder).is_dir():
        forget_hidden(Path(kb_folder), published().kb.records.keys())
        place = make_place(Path(kb_folder))
    # A single worker thread would be enough for the engine; a few more keep short answers short.
    inner: WSGIApplication = ASGIMiddleware(api(published, place))  # type: ignore[arg-type, assignment]

    def whole_path(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = str(environ.get("SCRIPT_NAME", "")) + str(environ.get("PATH_INFO", ""))
        return inner({**environ, "SCRIPT_NAME": "", "PATH_INFO": path.rstrip("/")}, start_response)

    return whole_path


def _answering(answer: Callable[[Request], object]) -> Callable[[Request], Response]:
    """The answer as JSON, unless it has a form of its own; whatever goes wrong as a sentence, never as a traceback."""

    def endpoint(request: Request) -> Response:
        try:
            answered = answer(request)
            return answered if isinstance(answered, Response) else JSONResponse(answered, headers=_HEADERS)
        except _Wrong as wrong:
            return _error(wrong.status, str(wrong))
        except Exception:  # the last wall: what an exception says may be of a record
            return _error(500, "internal error")

    return endpoint


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _error(error.status_code, error.detail.lower(), error.headers)


def _error(status: int, message: str, more: Mapping[str, str] | None = None) -> Response:
    headers = {**_HEADERS, **(more or {}), **({"Retry-After": "1"} if status == 503 else {})}
    return JSONResponse({"error": message}, status, headers=headers)


def _parameters(request: Request, known: set[str]) -> dict[str, str]:
    """The parameters of a request, each of them known and given once."""
    if len(request.url.query) > LONGEST:
        raise _Wrong(414, f"the address is longer than {LONGEST:,} characters")
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in known:
            near = nearest(name, known)
            help = f"did you mean `{near}`?" if near else f"it takes {', '.join(sorted(known)) or 'none'}"
            raise _Wrong(400, f"no such parameter: {help}")
        if name in found:
            raise _Wrong(400, f"`{name}` is given twice")
        found[name] = value
    return found


def _number(asked: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    written = asked.get(name, str(default))
    if not (written.isascii() and written.isdigit() and len(written) < 8 and least <= int(written) <= most):
        raise _Wrong(400, f"`{name}` is a number from {least:,} to {most:,}")
    return int(written)


def _project(now: PublishedKnowledgeBase, name: str) -> Project:
    if not name.strip():
        raise _Wrong(400, "no project: give its id, slug, title or another name as `project`")
    found = [record for record in now.kb.find(name, Project) if isinstance(record, Project)]
    if len(found) > 1:
        candidates = ", ".join(record.id for record in found)
        raise _Wrong(400, f"that is the name of {len(found)} projects; name one by its id: {candidates}")
    if not found:
        near = nearest(name[:200], now.kb.names(Project))
        raise _Wrong(404, "no project is called so" + (f"; did you mean `{near}`?" if near else ""))
    return found[0]


def _date(now: PublishedKnowledgeBase, written: str | None) -> When:
    if written is None:
        if now.kb.as_of is None:
            raise _Wrong(400, "no date: give one as `on`")
        return now.kb.as_of
    try:
        return When.parse(written[:100])
    except WhenError as error:
        raise _Wrong(400, error.message + (f": {error.help}" if error.help else "")) from None
