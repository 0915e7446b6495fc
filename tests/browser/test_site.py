"""The built site in Chromium: for people who use a keyboard, a telephone, the dark, large letters, paper or no scripts."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from html5lib.html5parser import ParseError
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from minutebook.cli import cli
from tests.helpers import REPOSITORY
from tests.outputs.house import Reading, dead_links

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
HOME, HOLDINGS = "", "who-holds-what/"
PROJECT = "harrow/projects/harrow-is-home/"
RESOLUTION = "harrow/resolutions/2020-01-07-resilient-harrow/"
REPORT = "harrow/reports/2020-01-07-resilient-harrow/"
DECISION = "harrow/decisions/2019-11-discontinue-resilient-harrow/"
COMPARISON = "then-and-now/harrow/2020-01-resilient-harrow-split/"
# One of each kind of page: what differs between two of a kind is words.
KINDS = [
    HOME, "decision-history/", "decision-history/topic/adult-social-care/", "resolutions/", HOLDINGS, "who-holds-what/2019-12-31/",
    "what-changed-hands/", "what-changed-hands/2020-01/", "then-and-now/", COMPARISON, "promises/", "projects/", "bodies/",
    "discrepancies/", "not-held/", "indicators-and-budgets/", "sources/", "corrections/", "private-items/", "data/", "topics/",
    "records/", "records/a-to-z/r/", "harrow/", "harrow/projects/", "accessibility/", "guides/councillor/", "about/how-it-works/",
    PROJECT, RESOLUTION, REPORT, DECISION, "harrow/transfers/2020-01-resilient-harrow-split/",
    "harrow/meetings/2020-01-07-overview-and-scrutiny-committee/", "harrow/items/2020-01-07-resilient-harrow/",
    "harrow/bodies/asc-commissioning-workstream/", "harrow/actions/launch-second-innovation-site/",
    "harrow/figures/2019-20-resilient-harrow-savings/", "harrow/indicators/dtoc-all-causes/",
    "decision-history/topic/adult-social-care/year/2020/", "harrow/figures/adult-social-care-expenditure/receipts/",
    "harrow/statements/resident-mixed-picture/", "harrow/sources/2020-01-07-resilient-harrow-report/",
]  # fmt: skip
# One of each layout: axe takes a second for a page.
JUDGED = [
    HOME, "decision-history/", "resolutions/", "who-holds-what/2019-12-31/", "what-changed-hands/2020-01/", COMPARISON,
    "promises/", "bodies/", "discrepancies/", "not-held/", "indicators-and-budgets/", "data/", "records/a-to-z/r/",
    "harrow/figures/adult-social-care-expenditure/receipts/", "accessibility/", PROJECT, RESOLUTION, REPORT, DECISION, "harrow/figures/2019-20-resilient-harrow-savings/",
    "harrow/sources/2020-01-07-resilient-harrow-report/",
]  # fmt: skip
# Of these the slow looks are taken: the pages that most readers come to.
MAIN = [
    HOME,
    "decision-history/",
    "resolutions/",
    HOLDINGS,
    COMPARISON,
    PROJECT,
    RESOLUTION,
    REPORT,
    DECISION,
]


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Keep the log of requests out of the tests."""


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository, built as a publisher would build it, in a folder of the server."""
    root = tmp_path_factory.mktemp("served")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPOSITORY)
        result = CliRunner().invoke(cli, ["build", "--site", str(root / "sub" / "site")])
    assert result.exit_code == 0, result.output
    return root / "sub" / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the built site: it works from a sub-path."""
    root = site.parents[1]
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


_LISTEN = """(() => {
    window.__violations = []; window.__shift = 0;
    document.addEventListener('securitypolicyviolation', one => window.__violations.push(one.violatedDirective));
    new PerformanceObserver(list => { for (const one of list.getEntries()) window.__shift += one.value; })
        .observe({type: 'layout-shift', buffered: true});
})()"""


class Visitor:
    """A page that remembers what it asked for and what it complained of."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.bytes = 0
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


# -- quiet ---------------------------------------------------------------------------------------


def test_no_page_complains_moves_or_asks_anything_of_another_host(visit: Any) -> None:
    visitor = visit()
    visitor.page.add_init_script(_LISTEN)
    for path in KINDS:
        page = visitor.go(path)
        if path in MAIN:
            page.wait_for_load_state("networkidle")
        assert (path, page.evaluate("window.__violations")) == (path, [])
        assert page.evaluate("window.__shift") < 0.01, path
    assert visitor.complaints == []
    assert [url for url in visitor.asked if not url.startswith(visitor.address)] == []


def test_a_first_view_asks_for_little(visit: Any, site: Path) -> None:
    for path in (HOME, "resolutions/", PROJECT, RESOLUTION):
        visitor = visit()
        visitor.go(path).wait_for_load_state("networkidle")
        files = {
            re.sub(r"[?#].*", "", url).removeprefix(visitor.address) or "index.html" for url in visitor.asked
        }
        assert len(files) <= 8, files
        # As it stands on the disk, without any compression.
        size = sum(
            (site / (one + "index.html" if one.endswith("/") else one)).stat().st_size for one in files
        )
        assert size < 150_000, (path, files)


def test_the_html_of_nearly_every_record_is_under_25_kilobytes(site: Path) -> None:
    sizes = sorted(
        path.stat().st_size for path in site.resolve().glob("*/*/*/index.html") if _is_record(site, path)
    )
    assert len(sizes) > 100
    assert sizes[len(sizes) // 2] < 15_000
    assert sizes[int(len(sizes) * 0.95)] < 25_000


def _is_record(site: Path, path: Path) -> bool:
    return "mb-page--record" in path.read_text(encoding="utf-8")


# -- the ways through it -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("door", "heading"),
    [
        ("What was decided", "Decision history"),
        ("Where exactly did we resolve that?", "Resolutions register"),
        ("Who holds what", "Who holds what"),
    ],
)
def test_each_door_of_the_home_page_leads_on(visit: Any, door: str, heading: str) -> None:
    page = visit().go(HOME)
    page.locator(".mb-doors").get_by_role("link", name=door, exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == heading


def test_the_box_in_the_header_leads_to_the_search_with_what_was_typed(visit: Any) -> None:
    page = visit().go(RESOLUTION)
    page.get_by_role("searchbox", name="Search the record").fill("extra care")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=extra*care")


def test_decision_and_report_tell_who_decided_and_what_was_not_resolved(visit: Any) -> None:
    page = visit().go(DECISION)
    way = page.locator("#way li").all_inner_texts()
    assert way[0].startswith("Decided by Resilient Harrow Programme Board")
    assert way[-1].startswith("Noted by Overview and Scrutiny Committee")
    assert "38 to 67 days" in way[-1]
    page = page.context.pages[0]
    page.goto(page.url.replace(DECISION, REPORT))
    assert "Asked for and not resolved: to comment" in page.locator("#asked").inner_text()
    assert page.locator("#asked .mb-compare blockquote del").count() == 1


def _crawl(site: Path) -> tuple[dict[str, str], set[str]]:
    """Every page that links alone lead to from the home page, with its HTML; and every file there is."""
    root = site.resolve()
    files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    found: dict[str, str] = {}
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = (root / path).read_text(encoding="utf-8")
        for address in re.findall(r'<(?:a [^>]*?href|form [^>]*?action)="([^"#]*)', found[path]):
            if not re.match(r"[a-z]+:", address):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
                target = "index.html" if target == "." else target
                target = target if target in files else f"{target}/index.html"
                if target.endswith(".html") and target in files:
                    waiting.append(target)
    return found, files


def test_links_alone_lead_to_every_page_and_none_is_dead(site: Path) -> None:
    pages, files = _crawl(site)
    # Of hand-written pages those in the menu; MkDocs needs no list of a folder to lead to them.
    lost = {path for path in files if path.endswith(".html")} - pages.keys()
    assert {path for path in lost if not path.startswith(("decisions/", "about/index", "guides/index"))} == {
        "404.html"
    }
    assert dead_links(pages, files) == []
    for path, html in pages.items():
        ids = Reading(html).ids
        assert len(ids) == len(set(ids)), path


def test_a_strict_reader_finds_no_fault_in_the_html(site: Path) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for path in [*KINDS, "search/", "404.html"]:
        file = site / (path if path.endswith(".html") else f"{path}index.html")
        try:
            parser.parse(file.read_text(encoding="utf-8"))
        except ParseError as error:
            pytest.fail(f"{path}: {error} {parser.errors}")


def test_the_checker_of_the_w3c_finds_no_error_in_the_html(site: Path) -> None:
    jar = os.environ.get("MINUTEBOOK_VNU") or REPOSITORY / "node_modules/vnu-jar/build/dist/vnu.jar"
    if shutil.which("java") is None or not Path(jar).is_file():
        pytest.skip(
            "no Nu Html Checker here: `npm install vnu-jar`, or name vnu.jar in MINUTEBOOK_VNU; it needs Java"
        )
    pages = [str(site / path / "index.html") for path in [*KINDS, "search/"]]
    command = ["java", "-Xss4m", "-jar", str(jar), "--errors-only", *pages, str(site / "404.html")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert result.stderr == ""


@pytest.mark.parametrize("path", [PROJECT, REPORT, "decision-history/", HOLDINGS])
def test_without_javascript_everything_is_there(visit: Any, path: str) -> None:
    with_it = visit().go(path).locator("#content")
    shown_with = with_it.evaluate(
        "one => { one.querySelectorAll('.mb-cite').forEach(part => part.remove()); return one.innerText }"
    )
    page = visit(java_script_enabled=False).go(path)
    assert page.locator("#content").is_visible()
    shown = re.sub(r"Cite this\n.*?\n\n", "", page.locator("#content").all_inner_texts()[0], flags=re.DOTALL)
    missing = set(shown_with.split()) - set(page.locator("#content").all_inner_texts()[0].split())
    assert missing == set()
    assert shown


def test_the_page_of_what_is_not_found_has_its_style_wherever_it_is_shown(visit: Any) -> None:
    visitor = visit()
    page = visitor.go("404.html")
    assert page.locator("h1").inner_text() == "Page not found"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('header')).backgroundColor")
        == "rgb(18, 52, 77)"
    )
    assert visitor.asked == [visitor.address + "404.html"]
    assert visitor.complaints == []


# -- for a keyboard ------------------------------------------------------------------------------


def test_the_first_stop_of_the_keyboard_leads_past_the_header(visit: Any) -> None:
    page = visit().go(PROJECT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.locator(".mb-skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


_STOPS = """[...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
    .filter(one => one.checkVisibility({visibilityProperty: true}))"""


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", [HOME, REPORT, PROJECT, COMPARISON, "decision-history/"])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    visit: Any, path: str, width: int
) -> None:
    page = visit(width=width).go(path)
    if width == 320:  # with the menu open
        page.evaluate("document.querySelector('.mb-menu').open = true")
    number = page.evaluate(f"(window.__stops = {_STOPS}).length")
    seen = []
    for _ in range(number):
        page.keyboard.press("Tab")
        at, shown = page.evaluate(
            """() => { const one = document.activeElement, style = getComputedStyle(one);
                 return [window.__stops.indexOf(one), style.boxShadow !== 'none' || style.outlineStyle !== 'none'] }"""
        )
        assert shown, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        seen.append(at)
    assert seen == list(range(number))


def test_the_menu_of_a_narrow_window_opens_by_keyboard_and_keeps_the_place(visit: Any) -> None:
    page = visit(width=320).go(PROJECT)
    summary = page.locator(".mb-menu summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator(".mb-nav a").first.is_visible()
    page.keyboard.press("Enter")
    assert not page.locator(".mb-nav a").first.is_visible()
    assert summary.evaluate("one => one === document.activeElement")


def test_no_single_key_does_anything(visit: Any) -> None:
    page = visit().go(PROJECT)
    before = (page.url, page.evaluate("document.body.innerHTML.length"), page.evaluate("scrollY"))
    for key in "abcdefghijklmnopqrstuvwxyz,./?0":
        page.keyboard.press(key)
    assert (page.url, page.evaluate("document.body.innerHTML.length"), page.evaluate("scrollY")) == before


def test_a_citation_is_copied_by_a_button_that_says_so(visit: Any, browser: Browser, address: str) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"]).go(RESOLUTION)
    page.get_by_role("button", name="Copy the citation").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "Harrow Council, Overview and Scrutiny Committee, 7 January 2020, item 7"
        " “Resilient Harrow Programme - Adult Services Transformation”, resolution: "
    )
    assert (
        "“That the progress of the Resilient Harrow Programme and the Plans for the future be noted.”"
        in copied
    )
    assert "Council’s page that lists the document: <https://moderngov.harrow.gov.uk/" in copied
    assert copied.endswith(f" Record: <{address}{RESOLUTION}>.")


def test_the_register_copies_the_citation_that_the_record_gives(visit: Any) -> None:
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    page = visitor.go(RESOLUTION)
    page.get_by_role("button", name="Copy the citation").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    page = visitor.go("resolutions/")
    row = page.get_by_role("row").filter(has_text="7 January 2020")
    row.get_by_role("button", name="Copy the citation").click()
    row.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == copied


# -- for eyes ------------------------------------------------------------------------------------


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


_BEYOND = """width => [...document.querySelectorAll('body *')].filter(one => !one.closest('.mb-table, .mb-hidden, .mb-skip, svg, pre')
    && one.getBoundingClientRect().right > width + 1).map(one => one.outerHTML.slice(0, 80))"""


def test_no_page_scrolls_sideways_at_400_per_cent(visit: Any) -> None:
    # 1,280 pixels at 400 per cent are 320 (WCAG 2.2, 1.4.10).
    visitor = visit(width=320)
    for path in KINDS:
        page = visitor.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert (path, page.evaluate(_BEYOND, 320)) == (path, [])


def test_letters_of_twice_the_size_fit(visit: Any) -> None:
    visitor = visit()
    for path in MAIN:
        page = visitor.go(path)
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert (path, page.evaluate(_BEYOND, 1280)) == (path, [])


_LONGEST_LINE = """() => Math.max(...[...document.querySelectorAll('.mb-page p, .mb-page li')].map(one => {
    if (one.closest('.mb-table, .mb-trail, .mb-filters, .mb-cite') || one.children.length && one.querySelector('p, li')) return 0;
    const range = document.createRange(); range.selectNodeContents(one);
    const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 8))).size;
    return lines > 2 ? one.innerText.length / lines : 0;
}))"""


def test_lines_of_text_have_75_characters_at_most(visit: Any) -> None:
    visitor = visit()
    longest = {path: visitor.go(path).evaluate(_LONGEST_LINE) for path in MAIN}
    assert {path: length for path, length in longest.items() if length > 75} == {}
    assert max(longest.values()) > 40, "lines were found, and measured"


def test_forced_colours_leave_the_focus_and_the_band(visit: Any) -> None:
    page = visit(forced_colors="active").go(PROJECT)
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    fills = page.locator("svg.mb-band__drawing rect.mb-look").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fill)"
    )
    assert len(set(fills)) > 1


def test_a_record_is_printed_on_one_side_with_its_address_and_receipts(visit: Any, tmp_path: Path) -> None:
    page = visit().go(RESOLUTION)
    page.emulate_media(media="print")
    assert not page.locator(".mb-header").is_visible()
    assert page.locator("#receipts").is_visible()
    assert page.locator("[data-address]").inner_text().endswith(RESOLUTION)
    page.pdf(path=str(tmp_path / "record.pdf"), format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", (tmp_path / "record.pdf").read_bytes())) == 1


OF_COLOURS = {"color-contrast", "link-in-text-block"}
TARGETS = {"rules": {"target-size": {"enabled": True}}}  # WCAG 2.5.8, which axe leaves out unless asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_any_kind_of_page(visit: Any, width: int, scheme: str) -> None:
    """Every rule of axe-core: WCAG 2.2 A and AA, and its best practice; in the dark those of colours, for nothing else differs."""
    only = {"runOnly": {"type": "rule", "values": sorted(OF_COLOURS)}} if scheme == "dark" else {}
    visitor = visit(width=width, color_scheme=scheme)
    found = []
    for path in JUDGED:
        page = visitor.go(path)
        if width == 320:
            page.locator(".mb-menu summary").click()
        response = Axe().run(page, options={"resultTypes": ["violations"], **TARGETS, **only}).response
        passed = {one["id"] for one in response["passes"]}
        assert OF_COLOURS & passed if only else len(passed) > 10
        found += [
            (path, one["id"], [node["target"] for node in one["nodes"]][:3]) for one in response["violations"]
        ]
    assert found == []
