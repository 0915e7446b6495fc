"""Nothing found, a slow line, a broken one, none, and files that are not as they were made."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.search_page.asking import search, titles

pytestmark = pytest.mark.browser


def test_nothing_found_says_what_to_try(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=zzzzqqqq")
    assert page.locator("#mb-count").inner_text() == "No record found."
    assert "No record has “zzzzqqqq”." in page.locator("#mb-notes").inner_text()
    assert page.locator("#mb-nothing").is_visible()


def test_for_a_number_no_other_words_and_no_star_are_proposed(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=ZZZ99-123")
    tips = page.locator("#mb-nothing li:visible")
    expect(tips).to_have_count(3)
    assert not any("OR" in tip or "commission*" in tip for tip in tips.all_inner_texts())
    page.locator("#q").fill("zzzzqqqq")
    expect(tips).to_have_count(5)


def test_who_asks_for_what_is_late_is_led_to_the_promises(visit: Any, address: str) -> None:
    page = search(visit(), address, "?q=overdue")
    page.locator("#mb-late a").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Promises")
    page = search(visit(), address, "?q=overdue+lantern")
    assert titles(page) == ["Orchard Lane visit 7"]
    page.locator("#mb-late a").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Promises")
    page = search(visit(), address, "?q=unicorns")
    expect(page.locator("#mb-nothing")).to_be_visible()
    expect(page.locator("#mb-late")).to_be_hidden()


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

    page.route(re.compile(r"/texts-"), slowly)
    page.goto(f"{address}?q=orchard", wait_until="load")
    page.locator("#q").fill("lantern")
    expect(page.locator("#mb-results h3")).to_have_text(["Orchard Lane visit 7"])
    page.wait_for_timeout(1500)
    assert titles(page) == ["Orchard Lane visit 7"]


@pytest.mark.parametrize(
    ("family", "answer", "says"),
    [
        ("lexicon", {"status": 404}, "is not there"),
        ("texts", {"status": 404}, "is not there"),
        ("start", {"status": 404}, "is not there"),
        ("postings", {"status": 500}, "could not be fetched"),
        ("lexicon", {"body": b"MBSI"}, "arrived incomplete"),
        ("lexicon", {"body": b"<!doctype html><title>Sign in to this network</title>"}, "another version"),
        ("texts", "cut", "arrived incomplete"),
        ("texts", "other", "another version"),
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


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [("missing", "is not there"), ("cut", "arrived incomplete"), ("other", "another version")],
)
def test_a_part_of_a_file_that_is_not_as_it_was_made_is_never_read(
    visit: Any, ranged: str, spoilt: str, says: str
) -> None:
    page = visit(may_complain=True)

    def spoil(route: Route) -> None:
        answer = route.fetch()
        part = answer.body()
        changed = {"missing": b"", "cut": part[:60], "other": bytes(4) + part[4:]}[spoilt]
        route.fulfill(response=answer, status=404 if spoilt == "missing" else 206, body=changed)

    page.route(re.compile(r"/records-"), spoil)
    page.goto(f"{ranged}?q=orchard")
    expect(page.locator("#mb-trouble")).to_contain_text(says)
    assert titles(page) == []
    page.unroute_all(behavior="wait")
    page.locator("#mb-trouble button").click()
    expect(page.locator("#mb-count")).to_have_text("31 records found, 1 to 10 shown.")


def test_a_server_that_answers_no_ranges_although_it_says_so_is_asked_for_small_files(
    visit: Any, ranged: str
) -> None:
    page, asked = visit(), list[str]()
    page.on("request", lambda request: asked.append(request.url))

    def whole(route: Route) -> None:
        headers = {name: value for name, value in route.request.headers.items() if name != "range"}
        route.continue_(headers=headers)

    page.route(re.compile(r"/(?:records|postings|tops)-"), whole)
    search(page, ranged, "?q=orchard")
    assert len(titles(page)) == 10
    assert any("/texts-" in url for url in asked)


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
