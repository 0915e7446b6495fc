"""Filters, dates, pages of results, and the way back through them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.search_page.asking import search, titles

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("typed", ["events", "Events", "event"])
def test_a_type_written_by_hand_is_the_one_that_is_chosen(visit: Any, address: str, typed: str) -> None:
    page = search(visit(), address, f"?q=lantern&type={typed}")
    expect(page.locator("#mb-count")).to_have_text("1 record found.")
    chosen = page.locator("#mb-filters input[name=type]:checked")
    expect(chosen).to_have_count(1)
    assert chosen.get_attribute("value") == "event"
    expect(page.locator("#mb-filters label[for=mb-type-event]")).to_have_text("Events (1)")
    assert "(0)" not in page.locator("#mb-filters").inner_text()


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
