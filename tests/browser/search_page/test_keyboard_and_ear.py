"""The search page without a mouse, and as a screen reader tells of it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.search_page.asking import search

pytestmark = pytest.mark.browser


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
