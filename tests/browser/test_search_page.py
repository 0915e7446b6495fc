"""The search page in Chromium: found by sight, by keyboard and by ear; on a slow line, a broken one and none."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from minutebook.cli import cli
from minutebook_search.tables import COLUMNS
from tests.helpers import REPOSITORY

pytestmark = pytest.mark.browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
RECORDS = {
    "council/thornby.md": "title: Thornby Council\nkind: unitary authority",
    "bodies/cabinet.md": "title: Cabinet\nkind: cabinet",
    "bodies/scrutiny.md": "title: Scrutiny Committee\nkind: scrutiny committee",
    "sources/diary.md": "title: The diary of the clerk\nkind: minutes\nstanding: official\npublisher: Thornby Council\ndated: 2015-01-01\n"
    "licence: not stated\nurl: not stated",
    "events/orchard.md": "title: Orchard Lane\nkind: review\non: 2009-01-01\nby: [bodies/cabinet]\n"
    "summary: Forty homes at Orchard Lane, built as usual (ACH21-044).",
}
STATES = {
    "results": "?q=orchard",
    "browsing": "",
    "nothing": "?q=zzzzqqqq",
    "partial": "?q=orchard+lantern+zebra",
    "filtered": "?q=orchard&type=event",
    "a second page": "?q=orchard&page=2",
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Keep the log of requests out of the tests."""


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


@pytest.fixture(scope="module")
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


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The address of the search page, in a folder of the server: it works from a sub-path."""
    serve = partial(_Quiet, directory=str(site.parents[1]))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sub/site/search/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


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


def titles(page: Page) -> list[str]:
    """The titles of the results, in order."""
    return page.locator("#mb-results h3").all_inner_texts()


def search(page: Page, address: str, asked: str = "") -> Page:
    """Open the search page in a state, and wait for its answer and its filters."""
    page.goto(address + asked)
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"\.$"))
    page.wait_for_load_state("networkidle")
    return page


# -- searching -----------------------------------------------------------------------------------


def test_words_in_the_address_are_searched_for(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=lantern")
    assert titles(page) == ["Orchard Lane visit 7"]
    assert page.locator("#mb-count").inner_text() == "1 record found."
    assert page.locator("#mb-results mark").all_inner_texts() == ["lantern"]
    assert page.locator("#q").input_value() == "lantern"
    assert page.title().startswith("lantern - Search")


def test_what_is_typed_is_searched_for_and_focus_stays(visit: Any, address: str) -> None:
    page = search(visit(), address)
    page.locator("#q").click()
    page.keyboard.type("lantern")
    expect(page.locator("#mb-results h3")).to_have_text(["Orchard Lane visit 7"])
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.url.endswith("?q=lantern")


def test_the_box_in_the_header_leads_to_the_answer(visit: Any, address: str) -> None:
    page = visit()
    page.goto(address.replace("search/", ""))
    page.get_by_role("searchbox").fill("lantern")
    page.keyboard.press("Enter")
    expect(page.locator("#mb-results h3")).to_have_text(["Orchard Lane visit 7"])
    expect(page.locator("#mb-results-heading")).to_be_focused()


def test_enter_leads_to_the_results(visit: Any, address: str) -> None:
    page = search(visit(), address)
    page.locator("#q").fill("lantern")
    page.keyboard.press("Enter")
    expect(page.locator("#mb-results h3")).to_have_text(["Orchard Lane visit 7"])
    expect(page.locator("#mb-results-heading")).to_be_focused()


def test_a_phrase_is_found_as_it_is_printed(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=%22as+usual%22+-lantern")
    assert titles(page) == ["Orchard Lane"]
    page = search(visit(), address, "?q=%22usual+as%22")
    assert titles(page) == []


def test_a_result_leads_to_its_record_and_to_the_passage(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=lantern")
    passage = page.get_by_role("link", name=re.compile("Go to this passage"))
    assert "#:~:text=" in (passage.get_attribute("href") or "")
    page.get_by_role("link", name="Orchard Lane visit 7", exact=True).click()
    assert page.locator("h1").inner_text() == "Orchard Lane visit 7"


def test_a_typo_is_corrected_and_said(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=lantren")
    assert titles(page) == ["Orchard Lane visit 7"]
    assert page.locator("#mb-notes").inner_text() == "No record has “lantren”: searched for “lantern”."


def test_a_result_names_its_council_and_nothing_twice(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=lantern")
    assert (
        page.locator(".mb-result__facts").inner_text() == "Event · Thornby Council · Cabinet · 7 March 2012"
    )
    page = search(visit(), address, "?q=type:body+scrutiny")
    assert page.locator(".mb-result__facts").all_inner_texts()[0] == "Body · Thornby Council"
    page = search(visit(), address, "?q=type:council")
    assert page.locator(".mb-result__facts").inner_text() == "Council"


def test_the_council_can_be_chosen_where_the_query_narrows_by_it(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=lantern")
    assert page.get_by_role("group", name="Council").count() == 0
    page = search(visit(), address, "?q=lantern+council:thornby")
    assert page.get_by_role("group", name="Council").locator("label").all_inner_texts() == [
        "Thornby Council (1)"
    ]


@pytest.mark.parametrize("code", ["ach-21-44", "ACH 21 44", "ACH21-O44"])
def test_a_code_without_its_zeros_is_found_and_said(visit: Any, address: str, code: str) -> None:
    page = search(visit(), address, f"?q={code.replace(' ', '+')}")
    assert titles(page) == ["Orchard Lane"]
    said = page.locator("#mb-notes").inner_text()
    assert re.fullmatch(rf"No record has “{code}”: searched for “ACH[- ]?21[- ]044”\.", said), said


def test_words_that_no_record_has_are_said_before_others_are_shown(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=orchard+payments")
    assert page.locator("#mb-notes li").all_inner_texts()[0] == (
        "No record has “payments”, so none of these is about “orchard payments”."
    )
    page = search(visit(), address, "?q=%22orchard+payments%22")
    assert page.locator("#mb-notes").inner_text() == "No record has the words “orchard payments” in a row."
    page = search(visit(), address, "?q=%22-%22")
    assert page.locator("#mb-count").inner_text() == "No record found."


def test_an_empty_query_shows_the_newest_first(visit: Any, address: str) -> None:
    page = search(visit(), address)
    assert page.locator("#mb-count").inner_text() == "35 records, the newest first, 1 to 10 shown."
    days = page.locator("#mb-results .mb-result__facts").all_inner_texts()
    assert [re.search(r"20\d\d", day)[0] for day in days] == ["2015"] + ["2014"] * 6 + ["2013"] * 3  # type: ignore[index]


# -- narrowing, history, pages -------------------------------------------------------------------


def test_a_filter_narrows_and_its_other_values_keep_their_counts(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=orchard")
    body = page.get_by_role("group", name="Body")
    expect(body.get_by_label("Cabinet (21)")).to_be_visible()
    body.get_by_label("Scrutiny Committee (10)").check()
    expect(page.locator("#mb-count")).to_have_text("10 records found.")
    assert "body=thornby%2Fbodies%2Fscrutiny" in page.url
    expect(body.get_by_label("Cabinet (21)")).to_be_visible()
    assert page.evaluate("document.activeElement.type") == "checkbox"


def test_back_takes_a_filter_away_and_forward_brings_it(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=orchard")
    page.get_by_role("group", name="Body").get_by_label("Scrutiny Committee (10)").check()
    expect(page.locator("#mb-count")).to_have_text("10 records found.")
    page.go_back()
    expect(page.locator("#mb-count")).to_have_text("31 records found, 1 to 10 shown.")
    assert not page.get_by_role("group", name="Body").get_by_label(re.compile("Scrutiny")).is_checked()
    page.go_forward()
    expect(page.locator("#mb-count")).to_have_text("10 records found.")


def test_dates_narrow_and_what_is_no_date_is_said(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=orchard&from=2012&to=2012-03-10")
    assert page.locator("#mb-count").inner_text() == "2 records found."
    page = search(visit(), address, "?q=lantern&from=soon")
    assert titles(page) == ["Orchard Lane visit 7"]
    assert "Cannot read “soon” as a date" in page.locator("#mb-notes").inner_text()


def test_dates_may_be_written_as_people_write_them(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=orchard&from=2012&to=10+Mar+2012")
    assert page.locator("#mb-count").inner_text() == "2 records found."
    assert page.locator("#mb-notes").inner_text() == "“10 Mar 2012” is read as 2012-03-10."


def test_records_without_a_date_are_told_of_and_can_be_included(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=cabinet&from=2012&to=2012")
    count = page.locator("#mb-count").inner_text()
    assert "Cabinet" not in titles(page)
    assert "1 more record matches and has no date of its own." in page.locator("#mb-notes").inner_text()
    page.get_by_role("link", name="Include records without a date").click()
    expect(page.locator("#mb-count")).not_to_have_text(count)
    assert "undated=1" in page.url
    assert "Cabinet" in titles(page)
    box = page.get_by_label("Include records without a date")
    expect(box).to_be_checked()
    assert page.locator("#mb-notes").inner_text() == ""
    box.uncheck()
    expect(page.locator("#mb-count")).to_have_text(count)
    assert "undated" not in page.url


def test_types_are_named_as_on_other_pages(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=orchard")
    assert page.get_by_role("group", name="Type").locator("label").all_inner_texts() == ["Events (31)"]


def test_the_next_page_goes_on_where_the_first_ended(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=orchard&sort=date")
    first = titles(page)
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("#mb-count")).to_have_text("31 records found, 11 to 20 shown.")
    assert page.locator("#mb-results").get_attribute("start") == "11"
    assert not set(first) & set(titles(page))
    assert page.evaluate("document.activeElement.id") == "mb-results-heading"


# -- by keyboard and by ear ----------------------------------------------------------------------


def test_results_are_reached_and_opened_by_keyboard_alone(visit: Any, address: str) -> None:
    page = search(visit(), address)
    page.locator("#q").focus()
    page.keyboard.type("lantern")
    page.keyboard.press("Enter")
    expect(page.locator("#mb-results h3")).to_have_text(["Orchard Lane visit 7"])
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#mb-results') !== null"):
            break
    assert page.evaluate("document.activeElement.textContent") == "Orchard Lane visit 7"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Orchard Lane visit 7")


def test_the_accessibility_tree_names_what_there_is(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=orchard")
    tree = page.locator("#content").aria_snapshot()
    for line in (
        'search "Search all records"',
        'searchbox "Words, an exact phrase or a report number"',
        'combobox "Order"',
        'group "Body"',
        'checkbox "Scrutiny Committee (10)"',
        'region "Results"',
        "status: 31 records found, 1 to 10 shown.",
        'navigation "Pages of results"',
        'link "Next page"',
        'navigation "Lists of all records"',
    ):
        assert line in tree, line
    assert page.get_by_role("list").filter(has=page.locator("h3")).get_by_role("listitem").count() == 10


def test_focus_shows_on_what_can_be_used_and_not_on_the_heading(visit: Any, address: str) -> None:
    page = visit()
    page.goto(address.replace("search/", ""))
    page.get_by_role("searchbox").fill("orchard")
    page.keyboard.press("Enter")
    expect(page.locator("#mb-results-heading")).to_be_focused()
    shown = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).boxShadow]"
    assert page.locator("#mb-results-heading").evaluate(shown) == ["rgba(0, 0, 0, 0)", "none"]
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Orchard Lane"
    assert focused.evaluate(shown)[1] != "none"


def test_the_way_past_the_filters_is_seen_when_it_has_focus(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=orchard")
    link = page.get_by_role("link", name="Skip to the results")
    width = "one => one.getBoundingClientRect().width"
    before = page.locator("#mb-filters").bounding_box()
    assert link.evaluate(width) <= 1
    page.locator("#sort").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            break
    assert link.evaluate(width) > 100
    assert page.locator("#mb-filters").bounding_box() == before
    page.keyboard.press("Enter")
    expect(page.locator("#mb-results-heading")).to_be_focused()


def test_results_and_the_line_below_them_are_of_one_width(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=orchard")
    boxes = [page.locator(one).first.bounding_box() for one in (".mb-result", "#mb-results", ".mb-pages")]
    assert len({box["width"] for box in boxes if box is not None}) == 1


def test_the_header_is_as_high_as_on_other_pages(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=orchard")
    here = page.locator(".mb-header").bounding_box()
    page.goto(address.replace("search/", ""))
    assert page.locator(".mb-header").bounding_box() == here


def test_each_count_is_announced_once(visit: Any, address: str) -> None:
    page = search(visit(), address)
    page.evaluate(
        """() => { window.said = []; new MutationObserver(() => said.push(document.querySelector('#mb-count').textContent))
            .observe(document.querySelector('#mb-count'), {childList: true, characterData: true, subtree: true}); }"""
    )
    page.locator("#q").fill("lantern")
    expect(page.locator("#mb-count")).to_have_text("1 record found.")
    page.wait_for_timeout(800)
    assert page.evaluate("said") == ["1 record found."]


# -- where something is wrong --------------------------------------------------------------------


def test_nothing_found_says_what_to_try(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=zzzzqqqq")
    assert page.locator("#mb-count").inner_text() == "No record found."
    assert "No record has “zzzzqqqq”." in page.locator("#mb-notes").inner_text()
    assert page.locator("#mb-nothing").is_visible()


def test_a_slow_line_is_waited_for_and_said(visit: Any, address: str) -> None:
    page = visit()

    def slowly(route: Route) -> None:
        time.sleep(2)
        route.continue_()

    page.route(re.compile(r"/lexicon-"), slowly)
    page.goto(f"{address}?q=lantern", wait_until="commit")
    expect(page.locator("#mb-count")).to_have_text("Searching…")
    expect(page.locator("#mb-results h3")).to_have_text(["Orchard Lane visit 7"])


def test_what_an_older_search_finds_late_is_not_shown(visit: Any, address: str) -> None:
    page = visit()

    def slowly(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    page.route(re.compile(r"/records-"), slowly)
    page.goto(f"{address}?q=orchard", wait_until="load")
    page.locator("#q").fill("lantern")
    expect(page.locator("#mb-results h3")).to_have_text(["Orchard Lane visit 7"])
    page.wait_for_timeout(1500)
    assert titles(page) == ["Orchard Lane visit 7"]


@pytest.mark.parametrize(
    ("family", "answer", "says"),
    [
        ("lexicon", {"status": 404}, "is not there"),
        ("records", {"status": 404}, "is not there"),
        ("start", {"status": 404}, "is not there"),
        ("postings", {"status": 500}, "could not be fetched"),
        ("lexicon", {"body": b"MBSI"}, "arrived incomplete"),
        ("lexicon", {"body": b"<!doctype html><title>Sign in to this network</title>"}, "another version"),
        ("records", "cut", "arrived incomplete"),
        ("records", "other", "another version"),
    ],
)
def test_a_file_that_is_not_as_it_was_made_is_never_read(
    visit: Any, address: str, site: Path, family: str, answer: Any, says: str
) -> None:
    page = visit(may_complain=True)

    def spoil(route: Route) -> None:
        if isinstance(answer, dict):
            route.fulfill(**answer)
            return
        file = site / "search" / route.request.url.split("/search/")[1]
        content = file.read_bytes()
        other = content[:10] + bytes(5) + content[15:]  # of another group
        route.fulfill(body=content[:100] if answer == "cut" else other)

    page.route(re.compile(rf"/{family}-"), spoil)
    page.goto(f"{address}?q=orchard")
    expect(page.locator("#mb-trouble")).to_contain_text(says)
    assert page.locator("#mb-count").inner_text() == "The search did not work."
    assert titles(page) == []
    # And a way on: the lists, and another attempt, which works once the file is as it was.
    assert page.locator("#mb-trouble").get_by_role("link", name="lists on this page").is_visible()
    page.unroute_all()
    page.locator("#mb-trouble button").click()
    expect(page.locator("#mb-count")).to_have_text("31 records found, 1 to 10 shown.")


def test_without_javascript_the_lists_lead_on(visit: Any, address: str) -> None:
    page = visit(java_script_enabled=False)
    page.goto(address)
    assert "Searching needs JavaScript" in page.locator("noscript p").inner_text()
    lists = page.locator("noscript")
    heights = [page.locator(one).bounding_box() for one in ("noscript ul", "#mb-results-heading")]
    assert heights[0] is not None
    assert heights[1] is None or heights[0]["y"] < heights[1]["y"]
    found = [link.get_attribute("href") for link in lists.get_by_role("link").all()]
    assert len(found) == 5
    for href in found:
        assert page.request.get(f"{address}{href}").ok, href
    lists.get_by_role("link", name="From A to Z").click()
    assert page.locator("h1").count() == 1


def test_opened_from_the_file_system_it_says_why_it_cannot(visit: Any, site: Path) -> None:
    page = visit(may_complain=True)
    page.goto((site / "search" / "index.html").as_uri())
    expect(page.locator("#mb-file")).to_contain_text("cannot search")
    assert page.locator("#mb-lists").is_visible()


def test_offline_after_a_first_search_says_so_and_recovers(visit: Any, address: str) -> None:
    page = visit(may_complain=True)
    search(page, address)
    page.context.set_offline(True)
    page.locator("#q").fill("lantern")
    expect(page.locator("#mb-trouble")).to_contain_text("The connection may be down")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#mb-results h3")).to_have_text(["Orchard Lane visit 7"])


# -- to take away --------------------------------------------------------------------------------


def test_the_results_are_a_table_to_download(visit: Any, address: str, tmp_path: Path) -> None:
    page = search(visit(accept_downloads=True), address, "?q=orchard&sort=date")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the results as CSV").click()
    waiting.value.save_as(tmp_path / "table.csv")
    lines = (tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == ",".join([*COLUMNS, "query"])
    assert "Thornby Council" in lines[1]
    assert "houses of Orchard Lane" in lines[1]
    assert len(lines) == 1 + 31
    assert lines[1].startswith("thornby/events/orchard-29,event,Orchard Lane visit 29,2014-03-29,")
    assert not any(cell.startswith("=") for line in lines for cell in line.split(","))
    expect(page.locator("#mb-done")).to_have_text("The table has 31 records.")
    page.locator("#q").fill("lantern")
    expect(page.locator("#mb-count")).to_have_text("1 record found.")
    assert page.locator("#mb-done").inner_text() == ""


def test_a_citation_is_copied(visit: Any, address: str) -> None:
    page = search(visit(permissions=["clipboard-read", "clipboard-write"]), address, "?q=lantern")
    page.get_by_role("button", name="Copy citation of Orchard Lane visit 7").click()
    expect(page.locator("#mb-done")).to_have_text("Citation of Orchard Lane visit 7 copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Thornby Council, Scrutiny Committee, 7 March 2012" in copied or "Cabinet" in copied
    assert "/sub/site/thornby/events/orchard-7/" in copied


# -- looks ---------------------------------------------------------------------------------------


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
