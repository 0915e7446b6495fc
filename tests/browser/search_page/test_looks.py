"""The search page by eye: accessible in every state, steady while it loads, and asking nothing of other hosts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from minutebook_search.static.bundle import FOLDER, style
from tests.browser.search_page.asking import search

pytestmark = pytest.mark.browser


STATES = {
    "results": "?q=orchard",
    "browsing": "",
    "nothing": "?q=zzzzqqqq",
    "partial": "?q=orchard+lantern+zebra",
    "filtered": "?q=orchard&type=event",
    "a second page": "?q=orchard&page=2",
}


@pytest.mark.parametrize("asked", STATES.values(), ids=STATES.keys())
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(visit: Any, address: str, asked: str, width: int, scheme: str) -> None:
    page = search(visit(width=width, color_scheme=scheme), address, asked)
    page.evaluate("document.querySelectorAll('#content details').forEach(one => { one.open = true; })")
    response = Axe().run(page).response
    assert len(response["passes"]) > 20
    assert [
        (one["id"], [node["target"] for node in one["nodes"]][:3]) for one in response["violations"]
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_where_a_file_is_missing(visit: Any, address: str) -> None:
    page = visit(may_complain=True)
    page.route(re.compile(r"/lexicon-"), lambda route: route.fulfill(status=404))
    page.goto(f"{address}?q=orchard")
    expect(page.locator("#mb-trouble")).to_contain_text("is not there")
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_jumps_while_results_come(visit: Any, address: str, width: int) -> None:
    page = visit(width=width)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(one => { window.shift += one.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    search(page, address, "?q=orchard")
    assert page.evaluate("window.shift") < 0.001


def test_it_asks_nothing_of_another_host(visit: Any, address: str) -> None:
    page, asked = visit(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    search(page, address, "?q=orchard+lantern")
    own = address.removesuffix("search/")
    assert asked
    assert [url for url in asked if not url.startswith(own) and not url.startswith("data:")] == []


def test_the_style_says_in_fewer_bytes_what_its_file_says(visit: Any) -> None:
    read = "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); return [...sheet.cssRules].map(one => one.cssText); }"
    page = visit()
    rules = page.evaluate(read, (FOLDER / "search.css").read_text(encoding="utf-8"))
    assert len(rules) > 50
    assert page.evaluate(read, style()) == rules
