"""The search page of an invented council: one place, and what happened there on many days. Built once, served, opened in Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page

from minutebook.cli import cli
from tests.browser.search_page.servers import answering_ranges
from tests.browser.visiting import serve
from tests.helpers import REPOSITORY

RECORDS = {
    "council/thornby.md": "title: Thornby Council\nkind: unitary authority",
    "bodies/cabinet.md": "title: Cabinet\nkind: cabinet",
    "bodies/scrutiny.md": "title: Scrutiny Committee\nkind: scrutiny committee",
    "sources/diary.md": "title: The diary of the clerk\nkind: minutes\nstanding: official\npublisher: Thornby Council\ndated: 2015-01-01\n"
    "licence: not stated\nurl: not stated",
    "projects/sea-wall.md": "title: Sea Wall\nkind: project",
    "transfers/wall.md": "title: The wall is handed over\nkind: establish\neffective: 2008-05-01\nauthorised_by: not stated\n"
    "moves: [{what: projects/sea-wall, to: bodies/cabinet}]",
    "reports/roofs.md": "title: Paper on roofs\nreference_number: HPR22-001\nby: [bodies/cabinet]\nto: not stated\ndated: not stated",
    "reports/gulls.md": "title: Paper on gulls\nreference_number: SCR14-017\nby: [bodies/cabinet]\nto: not stated\ndated: not stated",
    "reports/gulls-again.md": "title: Paper on gulls again\nreference_number: SCR14-017\nby: [bodies/cabinet]\nto: not stated\ndated: not stated",
    "events/orchard.md": "title: Orchard Lane\nkind: review\non: 2009-01-01\nby: [bodies/cabinet]\n"
    "summary: Forty homes at Orchard Lane, built as usual (ACH21-044).",
}


def _council(folder: Path) -> None:
    """An invented council: one place, and what happened there on many days."""
    texts = dict(RECORDS)
    for number in range(1, 31):
        body = "cabinet" if number % 3 else "scrutiny"
        words = "The lantern was lit." if number == 7 else "It was noted as it was."
        texts[f"events/orchard-{number}.md"] = (
            f"title: Orchard Lane visit {number}\non: 20{10 + number % 5}-03-{number:02}\nkind: review\n"
            f"by: [bodies/{body}]\nsummary: The {body} saw the houses of Orchard Lane. {words} =1+1"
        )
    for path, text in texts.items():
        if not path.startswith("sources/"):
            text += "\ncitations: [{source: sources/diary, at: Page 1, quote: not held}]"
        target = folder / "thornby" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"---\n{text}\n---\n", encoding="utf-8")
    (folder / "minutebook.yml").write_text("title: Thornby Minutebook\nas_of: 2015-01-01\n", encoding="utf-8")


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site of an invented council."""
    root = tmp_path_factory.mktemp("searched")
    _council(root / "kb")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPOSITORY)
        result = CliRunner().invoke(
            cli, ["build", "--kb", str(root / "kb"), "--site", str(root / "served" / "sub" / "site")]
        )
    assert result.exit_code == 0, result.output
    return root / "served" / "sub" / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the search page, in a folder of the server: it works from a sub-path. The server sends whole files."""
    with serve(site.parents[1]) as host:
        yield f"{host}sub/site/search/"


@pytest.fixture(scope="session")
def ranged(site: Path) -> Iterator[str]:
    """The same from a server that answers ranges of bytes."""
    with answering_ranges(site.parents[1]) as host:
        yield f"{host}sub/site/search/"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody; at the end it must have complained of nothing, unless it is told that it may."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_as(width: int = 1280, may_complain: bool = False, **options: Any) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        if not may_complain:
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert complaints == []
