"""The site of this repository, served and opened in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.visiting import FLAGS, Visitor, serve


@pytest.fixture(scope="session")
def address(repository_site: Path) -> Iterator[str]:
    """The address of the built site: it works from a sub-path."""
    with serve(repository_site.parents[1]) as host:
        yield f"{host}sub/site/"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Debian's Chromium, without a window; of one file at a time, for two cannot drive one from the same thread."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Any]:
    """Open the site as somebody: `visit(width=320, color_scheme="dark", java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def open_as(width: int = 1280, **options: Any) -> Visitor:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        return Visitor(contexts[-1], address)

    yield open_as
    for context in contexts:
        context.close()
