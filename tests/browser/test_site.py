"""The built site in Chromium: on a telephone, without JavaScript, in the dark, and for people who use a keyboard."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from minutebook.cli import cli
from tests.helpers import REPOSITORY

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
HOME, HOLDINGS = "", "who-holds-what/"
PROJECT = "harrow/projects/harrow-is-home/"
RESOLUTION = "harrow/resolutions/2020-01-07-resilient-harrow/"
LOOKED_AT = [HOME, PROJECT, RESOLUTION, HOLDINGS]
NAMES = ["home", "a project", "a resolution", "who holds what"]


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Keep the log of requests out of the tests."""


@pytest.fixture(scope="session")
def address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the built site, in a folder of the server: it works from a sub-path."""
    root = tmp_path_factory.mktemp("served")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPOSITORY)
        result = CliRunner().invoke(cli, ["build", "--site", str(root / "sub" / "site")])
    assert result.exit_code == 0, result.output
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sub/site/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


class Visitor:
    """A page that remembers what it asked for and what it complained of."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> Page:
        """Open a page of the site and wait until all of it is there."""
        self.page.goto(self.address + path, wait_until="load")
        return self.page


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


@pytest.mark.parametrize(
    "path", [*LOOKED_AT, "decision-history/", "resolutions/", "what-changed-hands/", "records/"]
)
def test_a_page_complains_of_nothing_and_asks_nothing_of_another_host(visit: Any, path: str) -> None:
    visitor = visit()
    visitor.go(path).wait_for_load_state("networkidle")
    assert visitor.complaints == []
    assert [
        url for url in visitor.asked if not url.startswith(visitor.address) and not url.startswith("data:")
    ] == []


@pytest.mark.parametrize(
    ("door", "heading"),
    [
        ("What was decided", "Decision history"),
        ("Where exactly did we resolve that?", "Resolutions register"),
        ("Who answers for what", "Who holds what"),
    ],
)
def test_each_door_of_the_home_page_leads_on(visit: Any, door: str, heading: str) -> None:
    page = visit().go(HOME)
    page.get_by_role("link", name=door, exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == heading


def test_a_project_shows_the_band_and_the_table_that_tells_the_same(visit: Any) -> None:
    page = visit().go(PROJECT)
    drawing = page.get_by_role("img", name=re.compile("Who answered for"))
    assert drawing.is_visible()
    segments = drawing.locator("rect.mb-look").count()
    assert segments > 1
    assert page.locator("tbody.mb-stretch").count() == segments
    # The drawing fills its place, and every segment can be seen.
    widths = drawing.locator("rect.mb-look").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().width)"
    )
    assert min(widths) >= 2
    assert abs(sum(widths) - drawing.bounding_box()["width"]) < 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_band_can_be_told_from_the_page_in_both_schemes(visit: Any, scheme: str) -> None:
    page = visit(color_scheme=scheme).go(PROJECT)
    fills = page.locator("svg.mb-band__drawing rect.mb-look").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fill)"
    )
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper not in fills
    assert len(set(fills)) > 1


def _boxes(page: Page, selector: str) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.locator(selector).evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().toJSON())"
    )
    return found


def test_words_in_the_band_never_touch_at_320_pixels(visit: Any) -> None:
    page = visit(width=320).go(PROJECT)
    boxes = _boxes(page, "svg.mb-band__drawing text")
    assert boxes
    for number, one in enumerate(boxes):
        assert one["left"] >= 0
        assert one["right"] <= 320
        for other in boxes[number + 1 :]:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]


@pytest.mark.parametrize(
    "path",
    [
        *LOOKED_AT,
        "decision-history/",
        "resolutions/",
        "what-changed-hands/",
        "sources/",
        "bodies/",
        "about/how-it-works/",
    ],
)
def test_no_page_scrolls_sideways_at_320_pixels(visit: Any, path: str) -> None:
    page = visit(width=320).go(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # Nothing hides beyond the edge either, but in a table that scrolls for itself.
    beyond = page.evaluate(
        """() => [...document.querySelectorAll('.md-content *')].filter(one => !one.closest('.mb-table, .mb-hidden, svg')
             && one.getBoundingClientRect().right > 321).map(one => one.outerHTML.slice(0, 80))"""
    )
    assert beyond == []


@pytest.mark.parametrize("path", [PROJECT, "decision-history/", HOLDINGS])
def test_without_javascript_everything_is_there(visit: Any, path: str) -> None:
    with_it = visit().go(path).locator("#content").inner_text()
    page = visit(java_script_enabled=False).go(path)
    # As HTML: without JavaScript a browser cannot be asked for the text it shows.
    assert page.locator("#content").is_visible()
    shown = page.locator("#content").all_inner_texts()[0]
    assert " ".join(shown.split()) == " ".join(with_it.split())


def test_without_javascript_a_record_is_reached_by_links_alone(visit: Any) -> None:
    page = visit(java_script_enabled=False).go(HOME)
    for name in ("Harrow Council", "Projects", "Harrow is Home"):
        page.locator("#content").get_by_role("link", name=name, exact=True).first.click()
    assert page.locator("h1").inner_text() == "Harrow is Home"


def test_the_first_stop_of_the_keyboard_leads_past_the_header(visit: Any) -> None:
    page = visit().go(PROJECT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"


def test_search_finds_a_record_by_its_title(visit: Any) -> None:
    page = visit().go(HOME)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("assistive technology")
    result = page.locator(".md-search-result__link").first
    result.wait_for()
    assert "Assistive Technology" in result.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", LOOKED_AT, ids=NAMES)
def test_axe_finds_nothing_serious(visit: Any, path: str, width: int, scheme: str) -> None:
    page = visit(width=width, color_scheme=scheme).go(path)
    response = Axe().run(page).response
    assert len(response["passes"]) > 10
    grave = [
        (one["id"], [node["target"] for node in one["nodes"]][:3])
        for one in response["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert grave == []
