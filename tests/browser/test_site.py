"""The built site in Chromium: it is quiet and small, links alone lead everywhere, and it works without scripts."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import html5lib
import pytest
from html5lib.html5parser import ParseError

from tests.browser.visiting import DECISION, HOLDINGS, HOME, KINDS, MAIN, PROJECT, REPORT, RESOLUTION
from tests.helpers import REPOSITORY
from tests.outputs.house import Reading, dead_links

pytestmark = pytest.mark.browser


_LISTEN = """(() => {
    window.__violations = []; window.__shift = 0;
    document.addEventListener('securitypolicyviolation', one => window.__violations.push(one.violatedDirective));
    new PerformanceObserver(list => { for (const one of list.getEntries()) window.__shift += one.value; })
        .observe({type: 'layout-shift', buffered: true});
})()"""


# -- quiet ---------------------------------------------------------------------------------------


def test_no_page_complains_moves_or_asks_anything_of_another_host(visit: Any) -> None:
    visitor = visit()
    visitor.page.add_init_script(_LISTEN)
    for path in KINDS:
        page = visitor.go(path)
        if path in MAIN:
            page.wait_for_load_state("networkidle")
        assert (path, page.evaluate("window.__violations")) == (path, [])
        assert page.evaluate("window.__shift") < 0.01, path
    assert visitor.complaints == []
    assert [url for url in visitor.asked if not url.startswith(visitor.address)] == []


def test_a_first_view_asks_for_little(visit: Any, repository_site: Path) -> None:
    for path in (HOME, "resolutions/", PROJECT, RESOLUTION):
        visitor = visit()
        visitor.go(path).wait_for_load_state("networkidle")
        files = {
            re.sub(r"[?#].*", "", url).removeprefix(visitor.address) or "index.html" for url in visitor.asked
        }
        assert len(files) <= 8, files
        # As it stands on the disk, without any compression.
        size = sum(
            (repository_site / (one + "index.html" if one.endswith("/") else one)).stat().st_size
            for one in files
        )
        assert size < 150_000, (path, files)


def test_the_html_of_nearly_every_record_is_under_25_kilobytes(repository_site: Path) -> None:
    sizes = sorted(
        path.stat().st_size
        for path in repository_site.resolve().glob("*/*/*/index.html")
        if _is_record(repository_site, path)
    )
    assert len(sizes) > 100
    assert sizes[len(sizes) // 2] < 15_000
    assert sizes[int(len(sizes) * 0.95)] < 25_000


def _is_record(site: Path, path: Path) -> bool:
    return "mb-page--record" in path.read_text(encoding="utf-8")


# -- the ways through it -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("door", "heading"),
    [
        ("What was decided", "Decision history"),
        ("Where exactly did we resolve that?", "Resolutions register"),
        ("Who holds what", "Who holds what"),
    ],
)
def test_each_door_of_the_home_page_leads_on(visit: Any, door: str, heading: str) -> None:
    page = visit().go(HOME)
    page.locator(".mb-doors").get_by_role("link", name=door, exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == heading


def test_the_box_in_the_header_leads_to_the_search_with_what_was_typed(visit: Any) -> None:
    page = visit().go(RESOLUTION)
    page.get_by_role("searchbox", name="Search the record").fill("extra care")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=extra*care")


def test_decision_and_report_tell_who_decided_and_what_was_not_resolved(visit: Any) -> None:
    page = visit().go(DECISION)
    way = page.locator("#way li").all_inner_texts()
    assert way[0].startswith("Decided by Resilient Harrow Programme Board")
    assert way[-1].startswith("Noted by Overview and Scrutiny Committee")
    assert "38 to 67 days" in way[-1]
    page.goto(page.url.replace(DECISION, REPORT))
    assert "Asked for and not resolved: to comment" in page.locator("#asked").inner_text()
    assert page.locator("#asked .mb-compare blockquote del").count() == 1


def _crawl(site: Path) -> tuple[dict[str, str], set[str]]:
    """Every page that links alone lead to from the home page, with its HTML; and every file there is."""
    root = site.resolve()
    files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    found: dict[str, str] = {}
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = (root / path).read_text(encoding="utf-8")
        for address in re.findall(r'<(?:a [^>]*?href|form [^>]*?action)="([^"#]*)', found[path]):
            if not re.match(r"[a-z]+:", address):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
                target = "index.html" if target == "." else target
                target = target if target in files else f"{target}/index.html"
                if target.endswith(".html") and target in files:
                    waiting.append(target)
    return found, files


def test_links_alone_lead_to_every_page_and_none_is_dead(repository_site: Path) -> None:
    pages, files = _crawl(repository_site)
    # Of hand-written pages those in the menu; MkDocs needs no list of a folder to lead to them.
    lost = {path for path in files if path.endswith(".html")} - pages.keys()
    assert {path for path in lost if not path.startswith(("decisions/", "about/index", "guides/index"))} == {
        "404.html"
    }
    assert dead_links(pages, files) == []
    for path, html in pages.items():
        ids = Reading(html).ids
        assert len(ids) == len(set(ids)), path


def test_a_strict_reader_finds_no_fault_in_the_html(repository_site: Path) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for path in [*KINDS, "search/", "404.html"]:
        file = repository_site / (path if path.endswith(".html") else f"{path}index.html")
        try:
            parser.parse(file.read_text(encoding="utf-8"))
        except ParseError as error:
            pytest.fail(f"{path}: {error} {parser.errors}")


def test_the_checker_of_the_w3c_finds_no_error_in_the_html(repository_site: Path) -> None:
    jar = os.environ.get("MINUTEBOOK_VNU") or REPOSITORY / "node_modules/vnu-jar/build/dist/vnu.jar"
    if shutil.which("java") is None or not Path(jar).is_file():
        pytest.skip(
            "no Nu Html Checker here: `npm install vnu-jar`, or name vnu.jar in MINUTEBOOK_VNU; it needs Java"
        )
    pages = [str(repository_site / path / "index.html") for path in [*KINDS, "search/"]]
    command = ["java", "-Xss4m", "-jar", str(jar), "--errors-only", *pages, str(repository_site / "404.html")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert result.stderr == ""


@pytest.mark.parametrize("path", [PROJECT, REPORT, "decision-history/", HOLDINGS])
def test_without_javascript_everything_is_there(visit: Any, path: str) -> None:
    with_it = visit().go(path).locator("#content")
    shown_with = with_it.evaluate(
        "one => { one.querySelectorAll('.mb-cite, .mb-date-form').forEach(part => part.remove()); return one.innerText }"
    )
    content = visit(java_script_enabled=False).go(path).locator("#content")
    assert content.is_visible()
    assert len(shown_with.split()) > 100, "there is something to miss"
    assert set(shown_with.split()) - set(content.all_inner_texts()[0].split()) == set()


def test_the_page_of_what_is_not_found_has_its_style_wherever_it_is_shown(visit: Any) -> None:
    visitor = visit()
    page = visitor.go("404.html")
    assert page.locator("h1").inner_text() == "Page not found"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('header')).backgroundColor")
        == "rgb(18, 52, 77)"
    )
    assert visitor.asked == [visitor.address + "404.html"]
    assert visitor.complaints == []
