"""What the looks at the search page share: a search, and what it found."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def titles(page: Page) -> list[str]:
    """The titles of the results, in order."""
    return page.locator("#mb-results h3").all_inner_texts()


def search(page: Page, address: str, asked: str = "") -> Page:
    """Open the search page in a state, and wait for its answer and its filters."""
    page.goto(address + asked)
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"\.$"))
    page.wait_for_load_state("networkidle")
    return page
