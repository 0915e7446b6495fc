"""Words in, records out: phrases, typos, codes, what is said of each result."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.browser.search_page.asking import search, titles

pytestmark = pytest.mark.browser


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
    begins, _, _ = unquote((passage.get_attribute("href") or "").partition("#:~:text=")[2]).partition(",")
    assert len(begins.split()) >= 8, "a name alone may stand at the top of the page too"
    page.get_by_role("link", name="Orchard Lane visit 7", exact=True).click()
    assert page.locator("h1").inner_text() == "Orchard Lane visit 7"


def test_the_only_report_with_the_nearest_number_is_led_to_itself(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=HPR22-002")
    note = page.locator("#mb-notes li").first
    assert note.inner_text() == "No report “HPR22-002” is held. Nearest: HPR22-001."
    note.get_by_role("link", name="HPR22-001").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Paper on roofs")
    page = search(visit(), address, "?q=SCR14-018")
    page.locator("#mb-notes li a").first.click()
    expect(page.locator("#mb-count")).to_have_text("2 records found.")


@pytest.mark.parametrize(
    "asked", ["who+held+Sea+Wall+on+1+May+2014", "which+body+answered+for+the+sea+wall%3F"]
)
def test_who_asks_who_held_a_project_on_a_day_is_led_to_its_days(
    visit: Any, address: str, asked: str
) -> None:
    page = search(visit(), address, f"?q={asked}")
    assert titles(page)[0] == "Sea Wall"
    note = page.locator("#mb-notes li").first
    assert note.inner_text() == "Sea Wall: who answered on which day (Thornby)"
    note.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sea Wall: who answered on which day")


def test_pages_of_results_are_counted_where_there_are_several(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=lantern")
    expect(page.locator("#mb-pages")).to_be_empty()
    page = search(visit(), address, "?q=orchard")
    expect(page.locator("#mb-pages")).to_contain_text("Page 1 of 4")


def test_a_typo_is_corrected_and_said(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=lantren")
    assert titles(page) == ["Orchard Lane visit 7"]
    assert page.locator("#mb-notes").inner_text() == "No record has “lantren”: searched for “lantern”."


def test_for_a_number_that_no_record_has_the_nearest_is_a_link(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=ACH21-045+usual&type=event")
    note = page.locator("#mb-notes li").first
    assert note.inner_text() == "No record has the number “ACH21-045”. Nearest: ACH21-044."
    note.get_by_role("link", name="ACH21-044").click()
    expect(page.locator("#mb-count")).to_have_text("1 record found.")
    assert titles(page) == ["Orchard Lane"]
    assert page.locator("#q").input_value() == "ACH21-044 usual"
    assert "type=event" in page.url, "what was chosen stays"


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
    assert said == f"No record has “{code}”: searched for “ACH21-044”."


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
    assert page.locator("#mb-count").inner_text() == "40 records, the newest first, 1 to 10 shown."
    days = page.locator("#mb-results .mb-result__facts").all_inner_texts()
    assert [re.search(r"20\d\d", day)[0] for day in days] == ["2015"] + ["2014"] * 6 + ["2013"] * 3  # type: ignore[index]


def test_a_server_that_answers_ranges_is_asked_for_records_alone_and_any_other_for_a_few_together(
    visit: Any, address: str, ranged: str
) -> None:
    found: list[list[str]] = []
    asks = ("?q=orchard", "?q=lantern", "", "?q=%22as+usual%22")
    for host, family, other in ((address, "texts", "records"), (ranged, "records", "texts")):
        page, asked = visit(), list[str]()
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        found += [titles(search(page, host, query)) for query in asks]
        assert any(f"/{family}-" in url for url in asked)
        assert not any(f"/{other}-" in url for url in asked)
    assert found[:4] == found[4:]
    assert [len(one) for one in found[:4]] == [10, 1, 10, 1]


def test_a_filter_that_leaves_few_results_brings_them_into_sight(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=orchard")
    page.set_viewport_size({"width": 1280, "height": 300})
    box = page.get_by_role("group", name="Year").get_by_role("checkbox").last
    box.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    box.evaluate("box => box.click()")
    expect(page.locator("#mb-count")).to_contain_text("found")
    expect(page.locator("#mb-results-heading")).to_be_in_viewport()
