"""How the script of the search comes: compressed, named by the page's policy; and what happens where it cannot come so."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.search_page.asking import search, titles

pytestmark = pytest.mark.browser

PACKED, PLAIN = re.compile(r"/search-[0-9a-f]{12}\.bin$"), re.compile(r"/search-[0-9a-f]{12}\.js(\?|$)")
SCRIPTS = re.compile(r"/search-[0-9a-f]{12}\.(?:bin|js)(\?|$)")
FOUND = "31 records found, 1 to 10 shown."


def asked_of(page: Page) -> list[str]:
    """The names of the files that a page asks for, as it asks."""
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    return asked


def test_it_comes_compressed_and_each_file_once(visit: Any, address: str) -> None:
    page = visit()
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', event => (window.stopped ??= []).push(event.violatedDirective))"
    )
    asked = asked_of(page)
    search(page, address, "?q=orchard")
    assert len(asked) == len(set(asked))
    assert len([one for one in asked if PACKED.search(f"/{one}")]) == 1
    assert not any(PLAIN.search(f"/{one}") for one in asked)
    assert page.evaluate("window.stopped") is None


def test_it_and_the_start_of_the_index_are_asked_for_beside_the_first_script(
    visit: Any, address: str
) -> None:
    page, asked = visit(), list[str]()

    def slowly(route: Route) -> None:
        asked.append("the first script")
        time.sleep(1)
        asked.append("has come")
        route.continue_()

    page.route(re.compile(r"/loader-"), slowly)
    for name in (r"/start-0\.bin", PACKED.pattern):
        page.on(
            "request", lambda request, name=name: asked.append(name) if re.search(name, request.url) else None
        )
    search(page, address, "?q=orchard")
    assert asked.index("has come") == 3
    assert len(asked) == 4


def test_without_javascript_none_of_it_is_asked_for(visit: Any, address: str) -> None:
    page = visit(java_script_enabled=False)
    asked = asked_of(page)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert [one for one in asked if one.endswith((".bin", ".js"))] == []
    assert any(one.startswith("search-") for one in asked)  # its style


@pytest.mark.parametrize(
    "spoilt",
    [
        {"status": 404},
        {"status": 500},
        {"body": b"<!doctype html><title>Sign in to this network</title>"},
        {"body": b""},
        "cut",
        "another",
    ],
    ids=["missing", "refused", "a page", "empty", "cut off", "another script"],
)
def test_where_it_is_not_as_it_was_made_the_script_is_taken_as_it_is(
    visit: Any, address: str, site: Path, spoilt: Any
) -> None:
    """And a script that the page's policy does not name never runs."""
    page = visit(may_complain=True)

    def spoil(route: Route) -> None:
        content = next((site / "search").glob("search-*.bin")).read_bytes()
        if isinstance(spoilt, dict):
            route.fulfill(**spoilt)
        else:
            another = gzip.compress(
                b"window.strange = true; document.getElementById('mb-search-form').dataset.running = '';"
            )
            route.fulfill(body=content[: len(content) // 2] if spoilt == "cut" else another)

    page.route(PACKED, spoil)
    page.goto(f"{address}?q=orchard")
    expect(page.locator("#mb-count")).to_have_text(FOUND)
    assert len(titles(page)) == 10
    assert page.evaluate("window.strange") is None


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"status": 404}, "may be older than the site"),
        ({"status": 503}, "could not be fetched"),
        ({"body": b"<!doctype html><title>Sign in to this network</title>"}, "could not be fetched"),
    ],
    ids=["missing", "refused", "a page"],
)
def test_where_it_cannot_be_had_at_all_the_page_says_so_and_leads_on(
    visit: Any, address: str, answer: Any, says: str
) -> None:
    page = visit(may_complain=True)
    page.route(SCRIPTS, lambda route: route.fulfill(**answer))
    page.goto(f"{address}?q=orchard")
    expect(page.locator("#mb-trouble")).to_contain_text(says)
    assert page.locator("#mb-count").inner_text() == "The search did not work."
    assert page.locator("#q").input_value() == "orchard"
    assert page.locator("#mb-trouble").get_by_role("link", name="lists on this page").is_visible()
    # Another attempt that fails says so again; one that does not, finds.
    page.locator("#mb-trouble button").click()
    expect(page.locator("#mb-trouble")).to_contain_text(says)
    page.unroute_all()
    page.locator("#mb-trouble button").click()
    expect(page.locator("#mb-count")).to_have_text(FOUND)


def test_a_slow_script_is_waited_for_and_said(visit: Any, address: str) -> None:
    page = visit()

    def slowly(route: Route) -> None:
        time.sleep(2)
        route.continue_()

    page.route(PACKED, slowly)
    page.goto(f"{address}?q=lantern", wait_until="commit")
    expect(page.locator("#mb-count")).to_have_text("Searching…")
    expect(page.locator("#mb-results h3")).to_have_text(["Orchard Lane visit 7"])


def test_what_is_typed_before_the_script_has_come_is_kept_and_searched_for(visit: Any, address: str) -> None:
    page = visit()

    def slowly(route: Route) -> None:
        time.sleep(2)
        route.continue_()

    page.route(PACKED, slowly)
    page.goto(f"{address}?q=orchard&type=event", wait_until="commit")
    expect(page.locator("#q")).to_have_value("orchard")
    page.locator("#q").fill("lantern")
    expect(page.locator("#mb-results h3")).to_have_text(["Orchard Lane visit 7"])
    assert page.locator("#q").input_value() == "lantern"
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.url.endswith("?q=lantern&type=event")


@pytest.mark.parametrize(
    "header",
    ["script-src 'self'", "script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"],
    ids=["no script in a page", "trusted types"],
)
def test_it_works_on_a_server_with_a_stricter_policy_of_its_own(
    visit: Any, address: str, header: str
) -> None:
    page = visit(may_complain=True)

    def stricter(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "Content-Security-Policy": header})

    page.route(re.compile(r"/search/(\?|$)"), stricter)
    search(page, address, "?q=orchard")
    assert len(titles(page)) == 10


def test_a_browser_that_cannot_open_what_is_compressed_is_told_so(visit: Any, address: str) -> None:
    page = visit()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(f"{address}?q=orchard")
    expect(page.locator("#mb-trouble")).to_contain_text("it lacks DecompressionStream")
    assert page.locator("#mb-trouble").get_by_role("link", name="lists on this page").is_visible()
