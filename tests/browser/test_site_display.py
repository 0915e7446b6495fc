"""The built site in Chromium, for eyes: in a narrow window, in large letters, in the dark, on paper, and as axe judges it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visiting import COMPARISON, DECISION, HOME, KINDS, MAIN, PROJECT, REPORT, RESOLUTION

pytestmark = pytest.mark.browser


SPLIT = "harrow/transfers/2020-01-resilient-harrow-split/"  # its note is long, and folds in a narrow window

# One of each layout: axe takes a second for a page.
JUDGED = [
    HOME, "decision-history/", "resolutions/", "who-holds-what/2019-12-31/", "what-changed-hands/2020-01/", COMPARISON,
    "promises/", "bodies/", "discrepancies/", "not-held/", "indicators-and-budgets/", "data/", "records/a-to-z/r/",
    "harrow/figures/adult-social-care-expenditure/receipts/", "accessibility/", PROJECT, RESOLUTION, REPORT, DECISION, "harrow/figures/2019-20-resilient-harrow-savings/",
    "harrow/sources/2020-01-07-resilient-harrow-report/",
]  # fmt: skip


def test_a_project_shows_the_band_and_the_table_that_tells_the_same(visit: Any) -> None:
    page = visit().go(PROJECT)
    drawing = page.get_by_role("img", name=re.compile("Who answered for"))
    assert drawing.is_visible()
    segments = drawing.locator("rect.mb-look").count()
    assert segments > 1
    assert page.locator("tbody.mb-stretch").count() == segments
    # The drawing fills its place, and every segment can be seen.
    widths = drawing.locator("rect.mb-look").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().width)"
    )
    assert min(widths) >= 2
    assert abs(sum(widths) - drawing.bounding_box()["width"]) < 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_band_can_be_told_from_the_page_in_both_schemes(visit: Any, scheme: str) -> None:
    page = visit(color_scheme=scheme).go(PROJECT)
    fills = page.locator("svg.mb-band__drawing rect.mb-look").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fill)"
    )
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper not in fills
    assert len(set(fills)) > 1


def _boxes(page: Page, selector: str) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.locator(selector).evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().toJSON())"
    )
    return found


def test_words_in_the_band_never_touch_at_320_pixels(visit: Any) -> None:
    page = visit(width=320).go(PROJECT)
    boxes = _boxes(page, "svg.mb-band__drawing text")
    assert boxes
    for number, one in enumerate(boxes):
        assert one["left"] >= 0
        assert one["right"] <= 320
        for other in boxes[number + 1 :]:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]


_BEYOND = """width => [...document.querySelectorAll('body *')].filter(one => !one.closest('.mb-table, .mb-hidden, .mb-skip, svg, pre')
    && one.getBoundingClientRect().right > width + 1).map(one => one.outerHTML.slice(0, 80))"""


def test_no_page_scrolls_sideways_at_400_per_cent(visit: Any) -> None:
    # 1,280 pixels at 400 per cent are 320 (WCAG 2.2, 1.4.10).
    visitor = visit(width=320)
    for path in KINDS:
        page = visitor.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert (path, page.evaluate(_BEYOND, 320)) == (path, [])


def test_bars_are_seen_whole_at_320_pixels(visit: Any) -> None:
    page = visit(width=320).go("harrow/figures/2019-20-resilient-harrow-savings/")
    drawn = _boxes(page, ".mb-rows :is(rect, text)")
    assert len(drawn) == 16
    assert max(one["right"] for one in drawn) <= 300
    assert max(one["width"] for one in _boxes(page, ".mb-rows rect")) > 180, (
        "the longest has most of the place"
    )


def test_no_table_hides_a_column_at_200_per_cent(visit: Any) -> None:
    # 1,280 pixels at 200 per cent are 640.
    visitor = visit(width=640)
    for path in ("resolutions/", "sources/", "coverage/", "bodies/", COMPARISON):
        beyond = visitor.go(path).evaluate(
            "[...document.querySelectorAll('.mb-table')].map(one => one.scrollWidth - one.clientWidth)"
        )
        assert (path, beyond) == (path, [0] * len(beyond))
        assert beyond


def test_a_table_of_words_in_a_guide_is_a_list_at_320_pixels_and_says_what_each_cell_is(visit: Any) -> None:
    page = visit(width=320).go("glossary/")
    assert page.locator("tr").first.evaluate("one => getComputedStyle(one).display") == "block"
    told = page.locator("tr:has-text('Two places that disagree') td").evaluate_all(
        "all => all.map(one => [getComputedStyle(one, '::before').content, one.innerText])"
    )
    assert [(label, words[:19]) for label, words in told] == [
        ('""', "Discrepancy"), ('"folder: "', "discrepancies"), ('"meaning: "', "Two places that dis"),
    ]  # fmt: skip
    wide = visit(width=1280).go("reference/performance/")
    assert wide.locator("th[align=right]").count() == wide.locator("th[align=right][scope=col]").count() > 0


def test_letters_of_twice_the_size_fit(visit: Any) -> None:
    visitor = visit()
    for path in MAIN:
        page = visitor.go(path)
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert (path, page.evaluate(_BEYOND, 1280)) == (path, [])


_LONGEST_LINE = """() => Math.max(...[...document.querySelectorAll('.mb-page p, .mb-page li')].map(one => {
    if (one.closest('.mb-table, .mb-trail, .mb-filters, .mb-cite') || one.children.length && one.querySelector('p, li')) return 0;
    const range = document.createRange(); range.selectNodeContents(one);
    const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 8))).size;
    return lines > 2 ? one.innerText.length / lines : 0;
}))"""


def test_lines_of_text_have_75_characters_at_most(visit: Any) -> None:
    visitor = visit()
    longest = {path: visitor.go(path).evaluate(_LONGEST_LINE) for path in (*MAIN, SPLIT)}
    assert {path: length for path, length in longest.items() if length > 75} == {}
    assert max(longest.values()) > 40, "lines were found, and measured"


def test_forced_colours_leave_the_focus_and_the_band(visit: Any) -> None:
    page = visit(forced_colors="active").go(PROJECT)
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    fills = page.locator("svg.mb-band__drawing rect.mb-look").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fill)"
    )
    assert len(set(fills)) > 1


def test_a_record_is_printed_on_one_side_with_its_address_and_receipts(visit: Any, tmp_path: Path) -> None:
    page = visit().go(RESOLUTION)
    page.emulate_media(media="print")
    assert not page.locator(".mb-header").is_visible()
    assert page.locator("#receipts").is_visible()
    assert page.locator("[data-address]").inner_text().endswith(RESOLUTION)
    page.pdf(path=str(tmp_path / "record.pdf"), format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", (tmp_path / "record.pdf").read_bytes())) == 1


OF_COLOURS = {"color-contrast", "link-in-text-block"}
TARGETS = {"rules": {"target-size": {"enabled": True}}}  # WCAG 2.5.8, which axe leaves out unless asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_any_kind_of_page(visit: Any, width: int, scheme: str) -> None:
    """Every rule of axe-core: WCAG 2.2 A and AA, and its best practice; in the dark those of colours, for nothing else differs."""
    only = {"runOnly": {"type": "rule", "values": sorted(OF_COLOURS)}} if scheme == "dark" else {}
    visitor = visit(width=width, color_scheme=scheme)
    found = []
    for path in JUDGED:
        page = visitor.go(path)
        if width == 320:
            page.locator(".mb-menu summary").click()
        response = Axe().run(page, options={"resultTypes": ["violations"], **TARGETS, **only}).response
        passed = {one["id"] for one in response["passes"]}
        assert OF_COLOURS & passed if only else len(passed) > 10
        found += [
            (path, one["id"], [node["target"] for node in one["nodes"]][:3]) for one in response["violations"]
        ]
    assert found == []
