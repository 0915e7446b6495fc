"""What readers take away: a table, and a citation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from minutebook_search.tables import COLUMNS
from tests.browser.search_page.asking import search

pytestmark = pytest.mark.browser


def test_the_results_are_a_table_to_download(visit: Any, address: str, tmp_path: Path) -> None:
    page = search(visit(accept_downloads=True), address, "?q=orchard&sort=date")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the results as CSV").click()
    assert waiting.value.suggested_filename == "orchard.csv"
    waiting.value.save_as(tmp_path / "table.csv")
    lines = (tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == ",".join([*COLUMNS, "query"])
    assert "Thornby Council" in lines[1]
    assert "houses of Orchard Lane" in lines[1]
    assert len(lines) == 1 + 31
    assert lines[1].startswith("Orchard Lane visit 29,Event,29 March 2014,Thornby Council,")
    assert ",2014-03-29,thornby/events/orchard-29," in lines[1]
    assert not any(cell.startswith("=") for line in lines for cell in line.split(","))
    expect(page.locator("#mb-done")).to_have_text("The table has 31 records.")
    page.locator("#q").fill("lantern")
    expect(page.locator("#mb-count")).to_have_text("1 record found.")
    assert page.locator("#mb-done").inner_text() == ""


def test_a_table_says_what_was_chosen_too(visit: Any, address: str, tmp_path: Path) -> None:
    page = search(visit(accept_downloads=True), address, "?q=orchard&type=event&from=2014")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the results as CSV").click()
    assert waiting.value.suggested_filename == "orchard-type-event-date-2014.csv"
    waiting.value.save_as(tmp_path / "table.csv")
    lines = (tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].endswith(",orchard type:event date:2014..")


def test_a_citation_is_copied(visit: Any, address: str) -> None:
    page = search(visit(permissions=["clipboard-read", "clipboard-write"]), address, "?q=lantern")
    page.get_by_role("button", name="Copy citation of Orchard Lane visit 7").click()
    expect(page.locator(".mb-result .mb-said")).to_have_text("Copied the citation of Orchard Lane visit 7")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Thornby Council, Scrutiny Committee, 7 March 2012" in copied or "Cabinet" in copied
    assert "/sub/site/thornby/events/orchard-7/" in copied


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_what_came_of_a_button_is_said_beside_it_and_nothing_moves(
    visit: Any, address: str, width: int
) -> None:
    """In sight, where the reader is; what was said of another button goes."""
    allowed = ["clipboard-read", "clipboard-write"]
    page = search(visit(width=width, permissions=allowed, accept_downloads=True), address, "?q=orchard")

    def heights() -> Any:
        return page.locator(".mb-result").evaluate_all("all => all.map((one) => one.offsetHeight)")

    before = heights()
    for number in (0, 5):
        page.locator(".mb-result button").nth(number).click()
        said = page.locator(".mb-result .mb-said").nth(number)
        expect(said).to_contain_text("Copied")
        expect(said).to_be_in_viewport()
        expect(page.locator(".mb-said:not(:empty)")).to_have_count(1)
        assert heights() == before
    with page.expect_download():
        page.get_by_role("button", name="Download the results as CSV").click()
    expect(page.locator("#mb-done")).to_have_text("The table has 31 records.")
    expect(page.locator("#mb-done")).to_be_in_viewport(ratio=1)
    expect(page.locator(".mb-said:not(:empty)")).to_have_count(1)
