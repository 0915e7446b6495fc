"""A record that is public no more leaves what was indexed of it, and no program is told of it meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from minutebook import live_server
from minutebook.live_server import LiveServer
from minutebook.live_site import LiveSite
from minutebook.loading import load
from minutebook.publication import publish
from minutebook_search.caches import forget_hidden, names_of, place_of
from minutebook_search.completion import save_names
from minutebook_search.documents import SearchDocument
from minutebook_search.engines import ENGINES, Name, index_of, kept_ids, open_engine
from minutebook_search.service import service
from tests.search.sample_documents import document, found
from tests.small_council import write_council

PUBLIC = [document(f"roof-{number}", "the roof is mended") for number in range(9)]
HIDDEN = document("secret", "the lantern fund is closed")
IDS = {one.id for one in PUBLIC}


def keep(place: Path, documents: list[SearchDocument], engine: Name = "whoosh") -> bytes:
    """Index documents as a search does, and return the file that is kept."""
    opened = open_engine(documents, place, engine=engine)
    assert len(found(opened, "roof")) == 9
    return index_of(place, engine).read_bytes()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_search_leaves_nothing_of_a_record_that_went(tmp_path: Path, engine: Name) -> None:
    """Whether it is hidden, withdrawn or renamed; whatever else was kept."""
    before = keep(tmp_path / "index", [*PUBLIC, HIDDEN], engine)
    assert b"lantern" in before, "words are kept in another form, and the test sees none"
    after = keep(tmp_path / "index", PUBLIC, engine)
    assert b"lantern" not in after
    assert b"secret" not in after


@pytest.mark.usefixtures("empty_folder")
@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_indexed_goes_where_one_record_of_it_is_hidden(engine: Name) -> None:
    place, other = place_of(Path("kb")), place_of(Path("elsewhere"))
    for one in (place, other):
        keep(one, [*PUBLIC, HIDDEN], engine)
    save_names(names_of(Path("kb")), [*PUBLIC, HIDDEN])
    assert kept_ids(index_of(place, engine)) == frozenset(map(str, (*IDS, HIDDEN.id)))
    forget_hidden(Path("kb"), IDS | {HIDDEN.id})
    assert index_of(place, engine).exists(), "all of it is public"
    forget_hidden(Path("kb"), IDS)
    assert not index_of(place, engine).exists()
    assert not names_of(Path("kb")).exists()
    assert index_of(other, engine).exists(), "it is of other records"


def test_an_index_that_cannot_be_read_goes_unopened(empty_folder: Path) -> None:
    """Of another version, or a stranger's: what is in it is not known."""
    place = index_of(place_of(Path("kb")), "whoosh")
    forget_hidden(Path("kb"), IDS)
    assert list(empty_folder.iterdir()) == [], "nothing is made where nothing was"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"foreign")
    forget_hidden(Path("kb"), IDS)
    assert not place.exists()


def test_the_server_that_shows_the_site_begins_with_it(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_council(empty_folder)
    kb = empty_folder / "kb"
    keep(place_of(kb), [*PUBLIC, HIDDEN])
    published = publish(load(kb).kb)
    service(lambda: published)
    assert index_of(place_of(kb), "whoosh").exists(), "no folder was named"
    monkeypatch.setenv("MINUTEBOOK_KB", str(kb))
    service(lambda: published)
    assert not index_of(place_of(kb), "whoosh").exists()


class Server(LiveServer):
    """A live server over nothing, whose one service says that it was asked."""

    def __init__(self, folder: Path) -> None:
        site = SimpleNamespace(folder=folder, rebuild=lambda: None, watched=list, published=None)
        super().__init__(cast("LiveSite", site), 0)
        self._services = {"echo": lambda *_: [b"asked"]}

    def answer(self) -> tuple[str, bytes]:
        """Ask the service; the status is empty where it was the service that answered."""
        said: list[str] = []
        environ: dict[str, Any] = {"PATH_INFO": "/api/echo", "HTTP_HOST": "127.0.0.1", "SCRIPT_NAME": ""}

        def start(status: str, *_: object) -> Any:
            said.append(status)

        body = self._serve_request(environ, start)
        return "".join(said), b"".join(body or ())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server that listens nowhere."""
    made = Server(tmp_path)
    yield made
    made.server_close()


def test_a_program_waits_while_the_records_are_read_anew(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As readers of pages do: a record may be public no more. Not for ever, where a build goes on."""
    monkeypatch.setattr(live_server, "_PATIENCE", 0.05)
    assert server.answer() == ("", b"asked")
    server._want_rebuild = True  # a file was changed
    assert server.answer()[0] == "503 Service Unavailable"
    server._want_rebuild, server._wanted_epoch = False, server._visible_epoch + 1  # it is being read
    status, body = server.answer()
    assert status == "503 Service Unavailable"
    assert body == b'{"error": "the records are being read anew: ask again in a second"}'
    monkeypatch.setattr(live_server, "_PATIENCE", 30.0)
    answers: list[tuple[str, bytes]] = []
    asking = threading.Thread(target=lambda: answers.append(server.answer()))
    asking.start()
    server._show()  # it has been read
    asking.join(30)
    assert answers == [("", b"asked")]
