"""What a narrow window folds away, in Chromium: it opens without a script, a link into it opens it, and paper has all of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.visiting import HOLDINGS

pytestmark = pytest.mark.browser
PROJECT = "harrow/projects/extra-care/"
_WORDS = "“MyCEP and CarePlace review Extra Care Housing Related Support”"
_FOLDED = "Show the 2 receipts"


def test_a_wide_window_shows_the_receipts_and_offers_nothing_to_open(visit: Any) -> None:
    page = visit().go(PROJECT)
    assert page.get_by_text(_WORDS).is_visible()
    assert not page.get_by_text(_FOLDED).is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_narrow_window_folds_them_and_opens_them_with_or_without_a_script(visit: Any, script: bool) -> None:
    page = visit(width=320, java_script_enabled=script).go(PROJECT)
    assert not page.get_by_text(_WORDS).is_visible()
    page.get_by_text(_FOLDED).click()
    assert page.get_by_text(_WORDS).is_visible()


def test_a_link_to_a_receipt_opens_what_it_is_folded_in(visit: Any) -> None:
    page = visit(width=320).go(f"{PROJECT}#receipt-2")
    page.get_by_text(_WORDS).wait_for(state="visible")


@pytest.mark.parametrize("script", [True, False])
def test_promises_of_which_nothing_can_be_told_are_folded_in_a_narrow_window_alone(
    visit: Any, script: bool
) -> None:
    words, folded = "Explore options for specialist reablement", "Show these 13: Cannot tell"
    assert visit(java_script_enabled=script).go("promises/").get_by_text(words).is_visible()
    page = visit(width=320, java_script_enabled=script).go("promises/")
    assert page.get_by_text("Review the last five people's support").is_visible(), "it is past its date"
    assert not page.get_by_text(words).is_visible()
    page.get_by_text(folded).click()
    assert page.get_by_text(words).is_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_paper_has_what_is_folded(visit: Any, width: int) -> None:
    page = visit(width=width).go(PROJECT)
    page.emulate_media(media="print")
    assert page.get_by_text(_WORDS).is_visible()
    page = visit(width=width).go(HOLDINGS)
    words = page.get_by_text("The table does not name the Charging Review", exact=False)
    assert not words.is_visible()
    page.emulate_media(media="print")
    assert words.is_visible()


def test_a_browser_that_cannot_style_a_fold_opens_all_of_them_to_print_and_shuts_them_again(
    visit: Any,
) -> None:
    page = visit(width=320).go(PROJECT)
    count = "[...document.querySelectorAll('main details')].filter(one => one.open).length"
    before = page.evaluate(count)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("[...document.querySelectorAll('main details')].every(one => one.open)")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(count) == before
