"""The built site in Chromium, for a keyboard: everything is reached in order, and a citation is copied."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.visiting import COMPARISON, HOME, PROJECT, REPORT, RESOLUTION

pytestmark = pytest.mark.browser


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


def test_a_citation_is_copied_by_a_button_that_says_so(visit: Any, address: str) -> None:
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
