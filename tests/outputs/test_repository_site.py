"""The site of this repository: no dead link, nothing of another host, and what every page says of itself."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

from minutebook.picture_sizes import size_of
from tests.helpers import tree
from tests.outputs.checkout import dead_links_in
from tests.outputs.house import Reading


def test_the_site_of_this_repository_has_no_dead_link(repository_site: Path) -> None:
    assert len(list(repository_site.rglob("*.html"))) > 100
    assert dead_links_in(repository_site) == []


def test_every_page_says_in_a_sentence_of_its_own_what_it_is_about(repository_site: Path) -> None:
    told: dict[str, str] = {}
    for path, data in tree(repository_site).items():
        if path.endswith("index.html"):
            [content] = re.findall(r'<meta name="description" content="([^"]*)">', data.decode())
            words = html.unescape(content)
            assert 15 < len(words) <= 165, (path, words)
            assert "<" not in content, path
            told[path] = words
    most = Counter(told.values()).most_common(1)
    assert most[0][1] < 10, most
    assert told["guides/councillor/index.html"].startswith("Start at Decisions. It lists every decision")
    assert "&quot;" not in told["reference/rules/index.html"]


def test_everything_that_a_page_or_style_sheet_names_is_there_and_nothing_else(repository_site: Path) -> None:
    files = tree(repository_site)
    named = {"404.html"}
    for path, data in files.items():
        if path.endswith(".html"):
            named |= {
                urljoin(path, one.partition("#")[0].partition("?")[0])
                for one in Reading(data.decode()).addresses
            }
        elif path.endswith(".css"):
            named |= {urljoin(path, one) for one in re.findall(r'url\("?([^")#]+)', data.decode())}
    assets = {path for path in files if path.startswith("assets/")}
    assert {one for one in named if one.startswith("assets/")} == assets
    assert {"assets/minutebook.css", "assets/javascripts/minutebook.js"} <= assets


def test_pictures_in_guides_have_their_sizes_and_keep_their_words(repository_site: Path) -> None:
    page = (repository_site / "guides/scrutiny-chair/index.html").read_text(encoding="utf-8")
    pictures = [given for tag, given in Reading(page).elements if tag == "img"]
    assert len(pictures) == 2
    for picture in pictures:
        assert (int(picture["width"] or 0), int(picture["height"] or 0)) == size_of(
            repository_site / "guides" / (picture["src"] or "").removeprefix("../")
        )
        assert len(picture["alt"] or "") > 40


def test_the_site_of_this_repository_asks_nothing_of_another_host(repository_site: Path) -> None:
    fetched = set()
    for path, data in tree(repository_site).items():
        if path.endswith(".html"):
            for tag, given in Reading(data.decode()).elements:
                names = ("src", "srcset", "poster", "data", *(["href"] if tag == "link" else []))
                of_it = {given.get(name) or "" for name in names}
                if given.get("rel") not in ("canonical", "alternate", "license"):  # named, not fetched
                    fetched |= of_it
        elif path.endswith(".css"):
            fetched |= set(re.findall(r"""(?:url\(|@import)\s*["']?([^"')]+)""", data.decode()))
    assert "assets/minutebook.css" in {one.removeprefix("../") for one in fetched}, (
        "it is seen what is fetched"
    )
    assert [one for one in fetched if re.match(r"\s*(?:[a-z]+:)?//", one)] == []
