"""The live site over HTTP: what it answers, whom it refuses, and how a browser is told of a change."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from minutebook import live_server
from minutebook.live_server import LiveServer
from minutebook.live_site import LiveSite
from tests.outputs.live.changing import PROJECT, put


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:
        text: str = answer.read().decode("utf-8")
        return text


def test_a_change_that_is_told_of_twice_lets_a_browser_load_its_page_once(
    place: Path, site: LiveSite
) -> None:
    server = LiveServer(site, 0)
    began = server._visible_epoch
    put(place, "projects/advice.md", f"title: The help desk\n{PROJECT}")
    server._wanted_epoch = began + 1  # as the server does before it builds
    server.builder()
    assert server._visible_epoch == began + 1
    server._wanted_epoch = began + 2
    server.builder()
    assert server._wanted_epoch == server._visible_epoch == began + 1
    server.server_close()


def test_a_service_of_several_names_is_made_once(site: LiveSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its index and its engine are held once, however many addresses it answers at."""
    made: list[object] = []

    def factory(published: object) -> object:
        made.append(published)
        return object()

    def other(_: object) -> object:
        return object()

    points = [EntryPoint(name, "x:y", "z") for name in ("one", "two", "other")]
    monkeypatch.setattr(EntryPoint, "load", lambda point: other if point.name == "other" else factory)
    monkeypatch.setattr(live_server, "entry_points", lambda **_: points)
    server = LiveServer(site, 0)
    server.server_close()
    assert len(made) == 1
    assert server._services["one"] is server._services["two"] is not server._services["other"]


def test_a_saved_record_shows_over_http_and_the_browser_is_told(place: Path, site: LiveSite) -> None:
    server = LiveServer(site, 0)
    server.server_bind()
    url = f"http://127.0.0.1:{server.server_port}/"
    server._services["echo"] = lambda environ, start: (
        start("200 OK", [("Content-Type", "text/plain")]), [f"{environ['PATH_INFO']} {len(server._published().kb.records)}".encode()]
    )[1]  # fmt: skip
    server.server_bind = lambda: None  # type: ignore[method-assign] # it is bound
    server.server_activate()
    server.server_activate = lambda: None  # type: ignore[method-assign] # it listens
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert "Advice line" in _get(f"{url}thornby/projects/advice/")
        for path in ("", "thornby/projects/advice/", "api/echo/x", "livereload/0/1"):
            # A name of somebody else that was made to lead here: its page must not read what is a draft still.
            elsewhere = urllib.request.Request(url + path, headers={"Host": "rebound.example"})
            with pytest.raises(urllib.error.HTTPError, match="421"):
                urllib.request.urlopen(elsewhere, timeout=30)
        assert _get(f"{url}api/echo/x/y") == f"/x/y {len(site.published.kb.records)}"  # type: ignore[union-attr]
        for path in ("api", "api/", "api/nope", "api/nope/x"):
            with pytest.raises(urllib.error.HTTPError, match="404") as refused:
                urllib.request.urlopen(url + path, timeout=30)
            assert refused.value.headers["Content-Type"] == "application/json"
            assert json.loads(refused.value.read()) == {
                "error": "nothing answers here: there are /api/echo, /api/openapi.json, /api/owner, /api/search"
            }
        epoch = int(_get(f"{url}livereload/0/1"))
        put(place, "projects/advice.md", f"title: The help desk\n{PROJECT}")
        assert int(_get(f"{url}livereload/{epoch}/1")) > epoch
        assert "The help desk" in _get(f"{url}thornby/projects/advice/")
    finally:
        server._shutdown = True
        thread.join(30)
    assert not thread.is_alive()
