"""Two builds at once: the second says so and leaves, a live server waits, and a lock dies with its process."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

from minutebook import mkdocs_plugin
from minutebook.mkdocs_plugin import MinutebookPlugin
from minutebook.safe_files import CannotBuild, alone_beside
from tests.faults.real_house import build, write_house


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small council; the working folder is there."""
    write_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    return tmp_path


def _plugin(house: Path, command: str) -> MinutebookPlugin:
    plugin = load_config(str(house / "mkdocs.yml")).plugins["minutebook"]
    assert isinstance(plugin, MinutebookPlugin)
    plugin.on_startup(command=command, dirty=False)
    return plugin


def test_a_second_build_says_that_another_is_at_work(house: Path) -> None:
    with alone_beside(house):
        result = build(house)
    assert (result.returncode, result.stdout) == (2, "")
    assert (
        result.stderr == "Error: another build is at work in `.minutebook`: run this again when it is done\n"
    )
    assert not (house / "site").exists()


def test_mkdocs_alone_takes_the_same_lock(house: Path) -> None:
    plugin, config = _plugin(house, "build"), load_config(str(house / "mkdocs.yml"))
    with alone_beside(house), pytest.raises(PluginError, match="another build is at work"):
        plugin.on_config(config)
    plugin.on_config(config)
    with pytest.raises(CannotBuild, match="another build is at work"), alone_beside(house):
        pass
    plugin.on_post_build(config)
    with alone_beside(house):
        pass


def test_a_build_that_stops_at_an_error_lets_others_begin(house: Path) -> None:
    (house / "kb/thornby/projects/boilers.md").write_text("nothing", encoding="utf-8")
    plugin = _plugin(house, "build")
    with pytest.raises(BaseException, match="boilers"):
        plugin.on_config(load_config(str(house / "mkdocs.yml")))
    with alone_beside(house):
        pass
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_a_live_server_waits_for_a_build_and_not_for_ever(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin, config = _plugin(house, "serve"), load_config(str(house / "mkdocs.yml"))
    with alone_beside(house):
        server = threading.Thread(target=plugin.on_config, args=(config,))
        server.start()
        time.sleep(0.3)
        assert server.is_alive()
    server.join(20)
    assert not server.is_alive()
    assert Path(config.docs_dir).name == "staging"
    plugin.on_post_build(config)
    monkeypatch.setattr(mkdocs_plugin, "_PATIENCE", 0.1)
    with alone_beside(house), pytest.raises(PluginError, match="another build"):
        plugin.on_config(load_config(str(house / "mkdocs.yml")))


@pytest.mark.parametrize("what", ["link", "pipe", "folder"])
def test_a_lock_that_is_no_file_is_never_followed_or_waited_for(house: Path, what: str) -> None:
    theirs = house / "theirs.txt"
    theirs.write_text("years of work", encoding="utf-8")
    (house / ".minutebook").mkdir()
    lock = house / ".minutebook" / "lock"
    if what == "link":
        lock.symlink_to(theirs)
    elif what == "pipe":
        os.mkfifo(lock)
    else:
        lock.mkdir()
    result = build(house)
    assert result.returncode == (0 if what == "pipe" else 2), result.stderr
    assert "Traceback" not in result.stderr
    assert theirs.read_text(encoding="utf-8") == "years of work"


@pytest.mark.parametrize(
    "where", [".minutebook", ".minutebook/sites", ".minutebook/sites/site", ".minutebook/staging"]
)
def test_a_workplace_that_is_a_link_is_refused(house: Path, where: str) -> None:
    theirs = house / "theirs"
    theirs.mkdir()
    (house / where).parent.mkdir(parents=True, exist_ok=True)
    (house / where).symlink_to(theirs)
    result = build(house)
    assert result.returncode == 2
    assert "move it away" in result.stderr
    assert list(theirs.iterdir()) == []
