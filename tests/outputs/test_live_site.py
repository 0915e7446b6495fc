"""The live site: a change shows, what goes leaves, an error shows nothing; and all of it ends as a whole build would."""

from __future__ import annotations

import json
import os
import threading
import time
import urllib.error
import urllib.request
import weakref
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from minutebook import live_build, live_server, live_site
from minutebook.commands.building import _CONFIG
from minutebook.knowledge_base import KnowledgeBase
from minutebook.live_server import LiveServer
from minutebook.live_site import CannotShow, LiveSite
from minutebook.reader import Memory, read_records
from tests.helpers import tree
from tests.outputs.random_edits import Editor
from tests.outputs.test_frames import CITED, OWN_THEME
from tests.small_council import write_council, write_record

CONFIG = """
site_name: Set by the records
theme: {name: material, font: false, custom_dir: %s}
plugins: [minutebook]
nav: [{Home: index.md}, {Bodies: bodies/index.md}, {Words: glossary.md}]
markdown_extensions: [tables, "minutebook.outputs.finished:FinishedPages"]
validation: {nav: {omitted_files: ignore}}
"""
URL = "http://127.0.0.1:8765/"
ADVICE = "thornby/projects/advice/index.html"
PROJECT = f"kind: project\nparent: projects/warm-homes\n{CITED}"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of Thornby; the working folder is there."""
    write_council(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "glossary.md").write_text("# Words\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG % OWN_THEME.as_posix(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    return tmp_path


@pytest.fixture
def site(place: Path) -> Iterator[LiveSite]:
    """The live site, built once."""
    live = LiveSite(Path("kb"), None, _CONFIG, URL)
    try:
        live.rebuild()
        yield live
    finally:
        live.close()


def _settle(site: LiveSite) -> None:
    """Wait until the background has done its work."""
    ends = time.monotonic() + 60
    while site._background:
        assert time.monotonic() < ends
        time.sleep(0.01)


def _whole() -> dict[str, bytes]:
    """What a live site would show that was begun now."""
    live = LiveSite(Path("kb"), None, _CONFIG, URL)
    try:
        live.rebuild()
        return tree(live.folder)
    finally:
        live.close()


def _put(place: Path, path: str, text: str) -> None:
    write_record(place / "kb/thornby" / path, text)


def _page(site: LiveSite, path: str) -> str:
    return (site.folder / path).read_text(encoding="utf-8")


def test_a_changed_record_shows_at_once_and_everything_that_names_it_soon(
    place: Path, site: LiveSite
) -> None:
    heard: list[None] = []
    first: list[str] = []
    site.announce = lambda: heard.append(None)
    site.shown = lambda: first.append(_page(site, ADVICE))
    _put(place, "projects/advice.md", f"title: The help desk\n{PROJECT}")
    site.rebuild()
    assert "The help desk" in first[0]
    assert "The help desk" in _page(site, "thornby/projects/warm-homes/index.html"), "it lies beside it"
    _settle(site)
    assert heard == [None], "browsers are told of the lists"
    assert tree(site.folder) == _whole()


@pytest.mark.parametrize("first", [0, 40])
def test_any_change_ends_as_a_whole_build_would(
    place: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    """New, renamed, gone, moved, hidden, public again: whatever a page was made from, none stays behind."""
    monkeypatch.setattr(live_site, "_FIRST", first)
    source = (place / "kb/thornby/sources/2021-05-report.md").read_text(encoding="utf-8")
    changes = {
        "events/2021-05-fair.md": f"title: The fair\nkind: other\non: 2021-05-01\nabout: [projects/insulation]\n{CITED}",
        "projects/advice.md": f"title: Advice no more\naliases: [The line]\n{PROJECT}\nsummary: Another one.",
        "bodies/scrutiny.md": "title: Overview and Scrutiny\nkind: scrutiny committee\nestablished: 2015",
    }
    for path, text in changes.items():
        _put(place, path, text)
        site.rebuild()
    _settle(site)
    assert tree(site.folder) == _whole()

    (place / "kb/thornby/events/2021-05-fair.md").unlink()
    report = place / "kb/thornby/sources/2021-05-report.md"
    report.write_text(source.replace("Report on", "The report on"), encoding="utf-8")
    site.rebuild()
    assert not (site.folder / "thornby/events/2021-05-fair").exists()
    _settle(site)
    assert tree(site.folder) == _whole()


def test_after_any_edits_what_is_shown_is_what_a_fresh_start_shows(
    place: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is shown first is made with what was kept from before, everything else afresh: they agree to the byte."""
    editor = Editor(place, 0)
    site.rebuild()
    _settle(site)
    seen: dict[str, bytes] = {}
    told: list[str] = []
    first = site._first

    def make(kb: KnowledgeBase) -> Any:
        made = first(kb)
        seen.update(made.pages)
        return made

    monkeypatch.setattr(site, "_first", make)
    site.shown = lambda: told.append("shown")
    site.say = lambda _: told.append("said")
    shown = 0
    for _ in range(12):
        seen.clear()
        told.clear()
        done = editor.edit()
        site.rebuild()
        _settle(site)
        if told == ["shown"]:
            shown += 1
            now = tree(site.folder)
            assert [path for path, data in seen.items() if now.get(path) != data] == [], done
        elif told:
            editor.mend()
            site.rebuild()
            _settle(site)
    assert shown > 3
    assert tree(site.folder) == _whole()


def test_what_is_hidden_is_gone_before_anything_is_shown(place: Path, site: LiveSite) -> None:
    fair = f"title: The fair\nkind: other\non: 2021-05-01\nabout: [projects/insulation]\n{CITED}"
    _put(place, "events/2021-05-fair.md", fair)
    site.rebuild()
    _settle(site)
    assert any(b"The fair" in data for data in tree(site.folder).values())
    _put(place, "events/2021-05-fair.md", f"{fair}\naccess: draft")
    site.rebuild()
    assert site._background == [], "all was done before"
    assert [
        path for path, data in tree(site.folder).items() if b"The fair" in data or b"fair" in path.encode()
    ] == []
    assert tree(site.folder) == _whole()


FAIR = f"title: The fair\nkind: other\non: 2021-05-01\nabout: [projects/insulation]\n{CITED}"


def _traces(site: LiveSite) -> list[str]:
    return [
        path for path, data in tree(site.folder).items() if b"The fair" in data or b"fair" in path.encode()
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        f"{FAIR}\naccess: exempt",  # without its grounds
        f"{FAIR}\naccess: draft\nwho: nobody",  # a field that there is not
        f"{FAIR}\naccess: confidential\nsummary: [",  # not even YAML
    ],
)
def test_what_is_hidden_is_gone_though_its_record_has_an_error(
    place: Path, site: LiveSite, hidden: str
) -> None:
    """Whoever sees that a page must go writes `access` first, and saves: the page does not wait for the rest."""
    _put(place, "events/2021-05-fair.md", FAIR)
    site.rebuild()
    _settle(site)
    assert len(_traces(site)) > 3
    said: list[str] = []
    site.say = said.append
    _put(place, "events/2021-05-fair.md", hidden)
    site.rebuild()
    assert "error[" in said[0]
    assert _traces(site) == []
    assert site.published is not None
    assert "thornby/events/2021-05-fair" not in site.published.kb.records, (
        "the search does not find it either"
    )
    assert "Advice line" in _page(site, ADVICE), "all else is as it was"
    _put(place, "events/2021-05-fair.md", f"{FAIR}\naccess: draft")
    site.rebuild()
    assert tree(site.folder) == _whole()


def test_what_is_hidden_is_gone_though_another_record_has_an_error(place: Path, site: LiveSite) -> None:
    _put(place, "events/2021-05-fair.md", FAIR)
    site.rebuild()
    _settle(site)
    site.say = lambda _: None
    _put(place, "projects/advice.md", f"title: Lost\n{PROJECT.replace('warm-homes', 'wram-homes')}")
    site.rebuild()
    assert _traces(site) != []
    _put(place, "events/2021-05-fair.md", f"{FAIR}\naccess: draft")
    site.rebuild()
    assert _traces(site) == []
    assert "Advice line" in _page(site, ADVICE)


def test_what_is_hidden_is_gone_though_a_process_breaks_off(
    place: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put(place, "events/2021-05-fair.md", FAIR)
    site.rebuild()
    _settle(site)
    said: list[str] = []
    site.say = said.append

    def breaks(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(live_site, "make_outputs", breaks)
    _put(place, "events/2021-05-fair.md", f"{FAIR}\naccess: draft")
    site.rebuild()
    assert said[0].startswith("some pages could not be made again")
    assert _traces(site) == []
    assert tree(site.folder) == _whole()


def test_a_process_clears_away_what_was_left_and_not_what_the_other_is_writing(
    place: Path, site: LiveSite
) -> None:
    unfinished = site.folder / "thornby" / ".writing-abc"
    unfinished.write_text("The fair", encoding="utf-8")
    _put(place, "projects/advice.md", f"title: The help desk\n{PROJECT}")
    site.rebuild()
    _settle(site)
    assert unfinished.exists(), "another process may be writing it"
    site._cut_short = True  # as where one was ended
    _put(place, "projects/advice.md", f"title: Advice\n{PROJECT}")
    site.rebuild()
    _settle(site)
    assert not unfinished.exists()
    assert tree(site.folder) == _whole()


def test_an_error_is_said_and_shows_nothing_and_its_mend_shows(place: Path, site: LiveSite) -> None:
    said: list[str] = []
    site.say = said.append
    before = tree(site.folder)
    _put(place, "projects/advice.md", f"title: Lost\n{PROJECT.replace('warm-homes', 'wram-homes')}")
    site.rebuild()
    assert "error[MB301]" in said[0]
    assert said[0].endswith("The pages of before are shown until this is mended.")
    assert tree(site.folder) == before
    _put(place, "projects/advice.md", f"title: Found\n{PROJECT}")
    site.rebuild()
    assert "Found" in _page(site, ADVICE)


def test_a_first_build_with_an_error_has_nothing_to_show(place: Path) -> None:
    _put(place, "projects/advice.md", f"title: Lost\n{PROJECT.replace('warm-homes', 'wram-homes')}")
    live = LiveSite(Path("kb"), None, _CONFIG, URL)
    try:
        with pytest.raises(CannotShow, match=r"error\[MB301\]"):
            live.rebuild()
    finally:
        live.close()


def test_a_hand_written_page_and_the_settings_show_too(place: Path, site: LiveSite) -> None:
    (place / "docs/glossary.md").write_text("# Words and more\n", encoding="utf-8")
    site.rebuild()
    assert "Words and more" in _page(site, "glossary/index.html")
    (place / "kb/minutebook.yml").write_text("title: Thornby, renamed\n", encoding="utf-8")
    site.rebuild()
    assert "Thornby, renamed" in _page(site, ADVICE)
    assert tree(site.folder) == _whole()


def test_the_next_change_ends_the_background_of_the_last(place: Path, site: LiveSite) -> None:
    for number in range(4):
        _put(place, "projects/advice.md", f"title: Advice {number}\n{PROJECT}")
        site.rebuild()
        assert f"Advice {number}" in _page(site, ADVICE)
    _settle(site)
    assert tree(site.folder) == _whole()


def test_a_file_that_is_written_again_as_it_was_changes_nothing(
    place: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "_check_and_make", None)
    record = place / "kb/thornby/projects/advice.md"
    record.write_bytes(record.read_bytes())
    os.utime(record, (1, 1))
    site.rebuild()


def test_a_draft_is_written_on_and_nothing_is_made_again(
    place: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = f"title: Not yet\n{PROJECT}\naccess: draft\nsummary: "
    _put(place, "projects/advice.md", f"{draft}One.")
    site.rebuild()
    before = tree(site.folder)
    with monkeypatch.context() as patch:
        patch.setattr(site, "_refresh", None)
        patch.setattr(site, "_build", None)
        _put(place, "projects/advice.md", f"{draft}Two, which nobody may read yet.")
        site.rebuild()
    assert tree(site.folder) == before
    assert not site._pending
    _put(place, "projects/advice.md", draft.replace("draft", "public") + "Three.")
    site.rebuild()
    assert "Three." in _page(site, ADVICE)


def test_what_was_shown_before_is_let_go(place: Path, site: LiveSite) -> None:
    """The collector is told to leave alone what is there: whatever is kept by a circle would stay for good."""
    assert site.published is not None
    before = []
    for number in range(4):
        before.append(weakref.ref(site.published.kb))
        _put(place, "projects/advice.md", f"title: Advice {number}\n{PROJECT}")
        site.rebuild()
    _settle(site)
    # The first is that of the whole build, of which MkDocs keeps what it likes.
    assert [one() for one in before[1:]] == [None] * 3


def test_what_is_written_during_a_whole_build_shows_after_it(
    place: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = live_build.build_whole

    def while_somebody_writes(*args: Any, **kwargs: Any) -> Any:
        _put(place, "projects/advice.md", f"title: Written meanwhile\n{PROJECT}")
        return build(*args, **kwargs)

    monkeypatch.setattr(live_site, "build_whole", while_somebody_writes)
    (place / "docs/glossary.md").write_text("# Words and more\n", encoding="utf-8")
    site.rebuild()
    assert "Words and more" in _page(site, "glossary/index.html")
    assert "Written meanwhile" in _page(site, ADVICE)


def test_a_memory_reads_what_changed_and_nothing_else(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    first = read_records(Path("kb"), None, memory)
    memory.changed.clear()
    _put(place, "projects/advice.md", f"title: Advice\n{PROJECT}\nsummary: Longer.")
    (place / "kb/thornby/projects/boilers.md").unlink()
    (place / "kb/thornby/projects/new.md").write_text("no front matter", encoding="utf-8")
    again = read_records(Path("kb"), None, memory)
    plain = read_records(Path("kb"))
    assert memory.changed == {f"thornby/projects/{slug}" for slug in ("advice", "boilers", "new")}
    assert again.findings == plain.findings
    assert [record.id for record in again.records] == [record.id for record in plain.records]
    kept = {record.id: record for record in first.records}
    assert sum(kept.get(record.id) is record for record in again.records) == len(again.records) - 1
    memory.changed.clear()
    assert read_records(Path("kb"), None, memory).findings == plain.findings, "a finding does not get lost"
    assert not memory.changed


# -- over HTTP -------------------------------------------------------------------------------------


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:
        text: str = answer.read().decode("utf-8")
        return text


def test_a_change_that_is_told_of_twice_lets_a_browser_load_its_page_once(
    place: Path, site: LiveSite
) -> None:
    server = LiveServer(site, 0)
    began = server._visible_epoch
    _put(place, "projects/advice.md", f"title: The help desk\n{PROJECT}")
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
        _put(place, "projects/advice.md", f"title: The help desk\n{PROJECT}")
        assert int(_get(f"{url}livereload/{epoch}/1")) > epoch
        assert "The help desk" in _get(f"{url}thornby/projects/advice/")
    finally:
        server._shutdown = True
        thread.join(30)
    assert not thread.is_alive()
