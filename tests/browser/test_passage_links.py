"""*Go to this passage* in Chromium: it leads to the words, folded away or on the page of the receipts."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
_LINK = "Go to this passage of "


def follow(visitor: Any, query: str, title: str) -> Any:
    """Search, and go to the passage of one result."""
    page = visitor.go(f"search/?q={quote(query)}")
    page.get_by_role("link", name=f"{_LINK}{title}", exact=True).click()
    page.wait_for_load_state("load")
    return page


def test_words_of_many_receipts_are_reached_on_their_page(visit: Any) -> None:
    title = "Report: Resilient Harrow Programme - Adult Services Transformation"
    page = follow(visit(), '"Ward Councillors notified"', title)
    assert page.url.split("#")[0].endswith("/receipts/")
    expect(page.get_by_text("Ward Councillors notified: NO")).to_be_in_viewport()


def test_a_row_that_went_with_the_receipts_is_reached_there(visit: Any) -> None:
    page = follow(visit(), "£32,480 type:figures", "Adult social care expenditure, 2013/14 to 2020/21")
    expect(page.get_by_role("cell", name="£32,480").first).to_be_in_viewport()


def test_folded_receipts_open_for_their_words(visit: Any) -> None:
    page = follow(visit(width=320), '"being delivered mainly"', "Targeted Reviews")
    words = page.get_by_text("which are being delivered mainly through the Harrow is Home")
    expect(words).to_be_in_viewport()
