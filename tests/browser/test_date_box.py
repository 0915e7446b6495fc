"""Who held what on any date, in Chromium: the box leads to the page that answers, by keyboard and without moving anything."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.visiting import HOLDINGS

pytestmark = pytest.mark.browser
_BOX = "Who held what on another day"
_MOVED = """window.__moved = 0; new PerformanceObserver(list => { for (const one of list.getEntries())
    window.__moved += one.value }).observe({type: "layout-shift", buffered: true})"""


@pytest.mark.parametrize(
    ("day", "page"),
    [
        ("2020-02-01", "2020-01-31/?on=2020-02-01"),  # between two changes
        ("2019-12-31", "2019-12-31/"),  # a day with a page of its own
        ("2022-03-31", ""),  # the date of the site
    ],
)
def test_any_day_leads_to_the_page_that_answers_for_it(visit: Any, day: str, page: str) -> None:
    visitor = visit()
    seen = visitor.go(f"{HOLDINGS}2020-12-31/")
    seen.get_by_label(_BOX).fill(day)
    seen.get_by_label(_BOX).press("Enter")
    seen.wait_for_url(f"{visitor.address}{HOLDINGS}{page}")
    assert visitor.complaints == []


def test_the_page_says_that_it_answers_for_the_day_that_was_asked_for(visit: Any) -> None:
    page = visit().go(f"{HOLDINGS}2020-01-31/?on=2020-02-01")
    assert page.inner_text("h1") == "Who held what on 1 February 2020"
    told = page.inner_text("main").replace("\xa0", " ")
    assert "held it on 1 February 2020" in told
    assert page.title().startswith("Who held what on 1 February 2020")
    assert "You asked for 1 February 2020. This page answers for that day." in told
    assert "changed from 31 January 2020 to 31 March 2021" in told
    assert page.get_by_label(_BOX).input_value() == "2020-02-01"


def test_an_address_that_names_a_day_leads_to_its_page(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    page.goto(f"{visitor.address}{HOLDINGS}?on=2020-02-01")
    page.wait_for_url(f"{visitor.address}{HOLDINGS}2020-01-31/?on=2020-02-01")


@pytest.mark.parametrize("asked", ["1066-10-14", "2999-01-01", "yesterday", "'><script>"])
def test_an_address_that_names_no_day_of_the_record_changes_nothing(visit: Any, asked: str) -> None:
    visitor = visit()
    page = visitor.go(f"{HOLDINGS}?on={asked}")
    assert page.get_by_label(_BOX).input_value() == "2022-03-31"
    assert "You asked for" not in page.inner_text("main")
    assert visitor.complaints == []


def test_a_day_outside_the_record_is_not_taken(visit: Any) -> None:
    page = visit().go(HOLDINGS)
    page.get_by_label(_BOX).fill("2018-01-01")
    page.get_by_role("button", name="Show that day").click()
    assert page.url.endswith(HOLDINGS)
    assert not page.get_by_label(_BOX).evaluate("one => one.validity.valid")


@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_moves_when_the_box_comes(visit: Any, width: int) -> None:
    visitor = visit(width=width)
    visitor.page.add_init_script(_MOVED)
    page = visitor.go(HOLDINGS)
    page.get_by_label(_BOX).wait_for()
    assert page.evaluate("window.__moved") == 0


def test_without_scripts_a_list_of_dates_does_the_same(visit: Any) -> None:
    page = visit(java_script_enabled=False).go(HOLDINGS)
    assert page.get_by_label(_BOX).count() == 0
    page.get_by_text("All dates that can be chosen").click()
    page.get_by_role("link", name="31 January 2020 to 31 March 2021").click()
    assert page.url.endswith(f"{HOLDINGS}2020-01-31/")
    assert "Extra Care" in page.inner_text("main")
