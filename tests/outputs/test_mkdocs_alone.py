"""MkDocs run by hand, to build or to serve: it sees the staging tree and nothing else, and says what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError

from minutebook.mkdocs_plugin import MinutebookPlugin
from minutebook.staging import MARK
from tests.helpers import tree
from tests.outputs.checkout import CONFIG, break_a_record, build, mkdocs_build
from tests.small_council import write_record


def test_mkdocs_alone_sees_the_staging_tree_and_nothing_else(place: Path) -> None:
    mkdocs_build(place)
    built = place / ".minutebook/mkdocs-site"
    assert (built / "thornby/projects/insulation/index.html").is_file()
    assert (place / ".minutebook/staging" / MARK).is_file()
    assert "SOURCE_DATE_EPOCH" not in os.environ
    by_mkdocs = tree(built)
    assert build().exit_code == 0
    assert by_mkdocs == tree(place / "site")


def test_mkdocs_alone_never_empties_the_live_site(place: Path) -> None:
    assert build().exit_code == 0
    (place / "mkdocs.yml").write_text(CONFIG % "site", encoding="utf-8")
    before = tree(place / "site")
    write_record(place / "kb/thornby/events/fair.md", "title: The fair\nkind: other\non: 2020-05")
    mkdocs_build(place)
    assert tree(place / "site") == before
    assert (place / ".minutebook/mkdocs-site/thornby/events/fair/index.html").is_file()


def test_mkdocs_alone_stops_at_an_error_with_the_findings(place: Path) -> None:
    break_a_record(place)
    with pytest.raises(Abort, match=r"kb/thornby/projects/boilers\.md:4:9: error\[MB301\]"):
        mkdocs_build(place)


def test_the_plugin_says_what_is_wrong_with_its_options(place: Path) -> None:
    for options, message in (
        ("kb: nowhere", "no folder"),
        ("as_of: some day", "`as_of` of the plugin in mkdocs.yml"),
    ):
        config = load_config(str(place / "mkdocs.yml"), plugins=[{"minutebook": dict([options.split(": ")])}])
        plugin = config.plugins["minutebook"]
        assert isinstance(plugin, MinutebookPlugin)
        with pytest.raises(PluginError, match=message):
            plugin.on_config(config)


class _Server:
    """What a live server is asked to watch."""

    def __init__(self, *watched: str) -> None:
        self.watched = set(watched)

    def watch(self, path: str) -> None:
        self.watched.add(path)

    def unwatch(self, path: str) -> None:
        self.watched.remove(path)


def _serving(place: Path) -> tuple[MinutebookPlugin, Any]:
    config = load_config(str(place / "mkdocs.yml"))
    plugin = config.plugins["minutebook"]
    assert isinstance(plugin, MinutebookPlugin)
    plugin.on_startup(command="serve", dirty=False)
    return plugin, plugin.on_config(config)


def test_a_live_server_watches_what_people_write_and_not_what_we_write(place: Path) -> None:
    plugin, config = _serving(place)
    server = _Server(config.docs_dir, "mkdocs.yml")
    plugin.on_serve(server, config=config, builder=None)  # type: ignore[arg-type]
    assert server.watched == {"mkdocs.yml", str(place / "docs"), str(place / "kb")}
    plugin.on_post_build(config=config)


def test_a_live_server_goes_on_showing_the_pages_of_before(
    place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plugin, _ = _serving(place)
    before = tree(place / ".minutebook/staging")
    break_a_record(place)
    config = plugin.on_config(load_config(str(place / "mkdocs.yml")))
    assert config.docs_dir == str(place / ".minutebook/staging")
    assert tree(place / ".minutebook/staging") == before
    assert "error[MB301]" in caplog.text
    plugin.on_post_build(config=config)


def test_serve_prints_the_findings_of_a_first_build_that_fails(place: Path) -> None:
    break_a_record(place)
    # In a process of its own: MkDocs leaves the socket of the server to the end of it.
    command = [sys.executable, "-c", "from minutebook.cli import main; main()", "serve", "--port", "8765"]
    result = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 1
    assert "kb/thornby/projects/boilers.md:4:9: error[MB301]" in result.stdout
    assert "Traceback" not in result.stderr
