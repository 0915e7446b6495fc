"""The service: what it answers, whom it refuses, and that no query brings it down."""

from __future__ import annotations

import io
import json
import random
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from benchmarks.search_queries import hostile_queries, noise
from minutebook.cli import cli
from minutebook.loading import load
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.signed_cache import Files
from minutebook_search import whoosh_engine
from minutebook_search.answering import AnsweringEngine
from minutebook_search.documents import SearchDocument
from minutebook_search.engine import TookTooLong
from minutebook_search.service import app as service_app
from minutebook_search.service import service
from minutebook_search.service.openapi import DESCRIPTION
from tests.small_council import write_council, write_record


@dataclass
class Answer:
    """What came back: the status, the headers by their names in small letters, the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


Ask = Callable[..., Answer]


class Asker:
    """Asks a service as the server that shows the site does."""

    def __init__(self, published: PublishedKnowledgeBase) -> None:
        self.published = published
        self._service = service(lambda: self.published)

    def __call__(
        self, path: str, query: str = "", method: str = "GET", host: str = "127.0.0.1:8000", **asked: Any
    ) -> Answer:
        """Return the answer to a request for `/api/` and a path."""
        said: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            said.update(
                status=int(status.split()[0]), headers={name.lower(): value for name, value in headers}
            )

        environ: Any = {
            "REQUEST_METHOD": method, "SCRIPT_NAME": f"/api/{path}", "PATH_INFO": "", "QUERY_STRING": query or urlencode(asked),
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": host,
            "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
            "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
        body = b"".join(self._service(environ, start_response))
        return Answer(said["status"], said["headers"], body)


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small council, and a record that nobody outside may know of."""
    kb = write_council(tmp_path_factory.mktemp("service"))
    secret = "title: Sale of the pier\nkind: project\naccess: confidential"
    write_record(kb / "thornby" / "projects" / "pier.md", secret, "The pier is sold.\n")
    return kb


@pytest.fixture(scope="module")
def ask(kb: Path) -> Asker:
    return Asker(publish(load(kb).kb))


def valid(answer: Answer, schema: str) -> Any:
    """The answer, of which the description for programs says the truth."""
    described = {"$ref": f"#/components/schemas/{schema}", "components": DESCRIPTION["components"]}
    Draft202012Validator(described).validate(answer.json)
    return answer.json


def test_a_search_has_the_promised_shape(ask: Ask) -> None:
    answer = ask("search", q="lofts")
    found = valid(answer, "SearchResult")
    assert answer.status == 200
    assert list(found) == ["query", "total", "hits", "facets", "corrected"]
    assert [hit["id"] for hit in found["hits"]] == ["thornby/projects/insulation"]


def test_a_search_is_a_table_too_that_of_the_command_line(ask: Ask, kb: Path) -> None:
    answer = ask("search", q='"set up on 4 March"', format="csv")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["x-content-type-options"] == "nosniff"
    told = CliRunner().invoke(cli, ["search", '"set up on 4 March"', "--kb", str(kb), "--csv"])
    assert answer.body.decode() == told.stdout_bytes.decode()
    assert "Report on the Warm Homes programme,paragraph 2," in told.stdout
    assert ask("search", q="lofts", format="xml").json == {"error": "`format` is one of json, csv"}


def test_what_there_is_to_say_comes_with_the_answer(ask: Ask) -> None:
    found = valid(ask("search", q='insolation "', explain=1), "SearchResult")
    assert found["corrected"] == 'insulation "'
    assert found["messages"] == [
        "unclosed quotation mark at column 12: searched without it",
        "no record has `insolation`: searched for `insulation`",
    ]
    assert found["explanation"] == ["the word `insulation` in any form"]


def test_pages_and_orders(ask: Ask) -> None:
    everything = valid(ask("search", q="programme"), "SearchResult")["hits"]
    assert valid(ask("search", q="programme", limit=1, offset=1), "SearchResult")["hits"] == everything[1:2]
    newest = ask("search", q="programme", sort="date").json["hits"]
    assert [hit["date"] for hit in newest] == ["2021-05-20", "2021-04", "2019-03-04"]


def test_an_owner_is_answered_as_on_the_command_line(ask: Ask, kb: Path) -> None:
    for project, on in (
        ("insulation", "2021-06-01"),
        ("Lagging lofts", "2020"),
        ("advice", "2021-06-01"),
        ("warm-homes", "2021-04"),
    ):
        printed = CliRunner().invoke(cli, ["owner", project, "--on", on, "--json", "--kb", str(kb)]).stdout
        assert valid(ask("owner", project=project, on=on), "Owner") == json.loads(printed)
    assert ask("owner", project="insulation").json["on"] == "2021-05-20"


def test_the_description_describes_itself_and_every_parameter(ask: Ask) -> None:
    described = ask("openapi.json").json
    assert described == json.loads(json.dumps(DESCRIPTION))
    assert set(described["paths"]) == {"/api/search", "/api/owner"}
    for path, operations in described["paths"].items():
        for parameter in operations["get"]["parameters"]:
            twice = "&".join([f"{parameter['name']}=1"] * 2)
            assert (
                ask(path.removeprefix("/api/"), twice).json["error"]
                == f"`{parameter['name']}` is given twice"
            )


@pytest.mark.parametrize(
    ("path", "query", "status", "message"),
    [
        ("search", "", 400, "no query: give one as `q`"),
        ("search", "q=+", 400, "no query: give one as `q`"),
        ("search", "q=a&limit=0", 400, "`limit` is a number from 1 to 100"),
        ("search", "q=a&limit=101", 400, "`limit` is a number from 1 to 100"),
        ("search", "q=a&limit=1e1", 400, "`limit` is a number from 1 to 100"),
        ("search", "q=a&limit=%D9%A1", 400, "`limit` is a number from 1 to 100"),
        ("search", "q=a&offset=-1", 400, "`offset` is a number from 0 to 100,000"),
        ("search", "q=a&sort=size", 400, "`sort` is one of relevance, date, oldest"),
        ("search", "q=a&limmit=1", 400, "no such parameter: did you mean `limit`?"),
        ("search", "q=a&q=b", 400, "`q` is given twice"),
        ("search", "q=" + "a" * 9_000, 414, "the address is longer than 8,000 characters"),
        ("owner", "", 400, "no project: give its id, slug, title or another name as `project`"),
        ("owner", "project=insullation", 404, "no project is called so; did you mean `insulation`?"),
        ("owner", "project=pier", 404, "no project is called so"),
        ("owner", "project=insulation&on=soon", 400, "cannot read `soon` as a date"),
        ("openapi.json", "x=1", 400, "no such parameter: it takes none"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(
    ask: Ask, path: str, query: str, status: int, message: str
) -> None:
    answer = ask(path, query)
    assert answer.status == status
    assert valid(answer, "Error")["error"].startswith(message)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_but_reading_is_answered(ask: Ask, method: str) -> None:
    assert ask("search", method=method, q="lofts").status == 405


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", ""])
def test_a_page_elsewhere_whose_name_leads_here_is_refused(ask: Ask, host: str) -> None:
    answer = ask("search", host=host, q="lofts")
    assert answer.status == 421
    assert json.loads(answer.body) == {
        "error": "this service answers on this machine, by the name of this machine"
    }


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1"])
def test_the_names_of_this_machine_are_answered(ask: Ask, host: str) -> None:
    assert ask("search", host=host, q="lofts").status == 200


def test_no_other_site_may_read_an_answer(ask: Ask) -> None:
    headers = ask("search", q="lofts").headers
    assert not any(name.startswith("access-control") for name in headers)
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-type"] == "application/json"


def test_what_is_not_public_is_never_answered(ask: Ask) -> None:
    for query in ("pier", "pi*", '"sale of the pier"', "project:pier", "piers", "sael pier"):
        answer = ask("search", q=query)
        assert b"thornby/projects/pier" not in answer.body
        assert b"Sale of" not in answer.body


def test_a_record_that_is_withdrawn_is_gone_with_the_next_answer(kb: Path, tmp_path: Path) -> None:
    asker = Asker(publish(load(kb).kb))
    assert asker("search", q="lofts").json["total"] == 1
    fewer = write_council(tmp_path, **{"projects/insulation.md": None, "transfers/2021-04-split.md": None})
    asker.published = publish(load(fewer).kb)
    assert asker("search", q="lofts").json["total"] == 0


@pytest.mark.usefixtures("empty_folder")
def test_the_service_goes_on_with_the_index_that_is_kept(
    kb: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a change, what changed alone is indexed, and a service that is started again indexes nothing."""
    built: list[int] = []
    make = whoosh_engine.build_index

    def counted(documents: Iterable[SearchDocument]) -> Files:
        found = list(documents)
        built.append(len(found))
        return make(found)

    monkeypatch.setattr(whoosh_engine, "build_index", counted)
    monkeypatch.setenv("MINUTEBOOK_KB", str(kb))
    asker = Asker(publish(load(kb).kb))
    assert asker("search", q="lofts").json["total"] == 1
    changed = write_council(tmp_path / "changed")
    path = changed / "thornby" / "projects" / "insulation.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nA gable is new.\n", encoding="utf-8")
    asker.published = publish(load(changed).kb)
    assert asker("search", q="gable").json["total"] == 1
    assert Asker(asker.published)("search", q="gable").json["total"] == 1
    assert (len(built), built[1]) == (2, 1)


def test_a_query_that_takes_too_long_is_given_up(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_app, "SECONDS", -1.0)
    answer = ask("search", q="lofts")
    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    monkeypatch.undo()
    assert ask("search", q="lofts").status == 200


def test_more_queries_than_can_wait_are_sent_away(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_app, "WAITING", 1)
    asker = Asker(publish(load(kb).kb))
    asker("search", q="lofts")
    inside, go_on = threading.Event(), threading.Event()

    def slow(*_: Any, **__: Any) -> None:
        inside.set()
        go_on.wait(30)
        raise TookTooLong

    monkeypatch.setattr(AnsweringEngine, "search", slow)
    first = threading.Thread(target=asker, args=("search",), kwargs={"q": "lofts"})
    first.start()
    assert inside.wait(30)
    assert asker("search", q="lofts").json["error"] == "too many queries at once: ask again in a second"
    go_on.set()
    first.join(30)
    monkeypatch.undo()
    assert asker("search", q="lofts").status == 200


def test_an_error_inside_says_nothing_of_itself(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the sale of the pier")

    monkeypatch.setattr(AnsweringEngine, "search", broken)
    answer = ask("search", q="lofts")
    assert (answer.status, answer.json) == (500, {"error": "internal error"})


# -- hostile and random queries ---------------------------------------------------------------------


def test_two_hundred_hostile_queries_are_answered_or_refused(ask: Ask) -> None:
    queries = hostile_queries()
    assert len(queries) == 200
    for query in queries:
        answer = ask("search", "q=" + quote(query, errors="surrogatepass"))
        assert answer.status in (200, 400, 414), query
        assert b"Traceback" not in answer.body
        assert len(answer.body) < 100_000
        valid(answer, "SearchResult" if answer.status == 200 else "Error")


def test_a_thousand_random_queries_are_answered(ask: Ask) -> None:
    chosen = random.Random(11)
    for query in noise(chosen, 1_000):
        raw = quote(query) if chosen.random() < 0.9 else quote(chosen.randbytes(chosen.randrange(1, 40)))
        sort, limit = chosen.choice(["date", "relevance", "oldest"]), chosen.randrange(1, 100)
        answer = ask("search", f"q={raw}&limit={limit}&sort={sort}")
        if answer.status == 400:
            assert answer.json["error"] == "no query: give one as `q`"
        else:
            assert answer.status == 200
            assert answer.json["total"] >= len(answer.json["hits"])
