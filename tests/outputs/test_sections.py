"""The way over every page marks the section that a page lies in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest

from minutebook import outputs
from minutebook.records import BY_FOLDER
from tests.helpers import REPOSITORY

THEME = Path(outputs.__file__).parent / "theme"


@dataclass
class _Page:
    title: str
    url: str
    active: bool = False
    children: list[_Page] = field(default_factory=list)


def _menu() -> list[_Page]:
    """The pages of the first level, as mkdocs.yml names them."""
    written = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    found = re.findall(r"^  - ([^:\n]+): (\S+\.md)", written, re.MULTILINE)
    return [_Page(title, path.removesuffix("index.md")) for title, path in found]


def marked(url: str | None) -> list[tuple[str, str]]:
    """The entries of the menu that are marked on a page, each with how."""
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(THEME), autoescape=True)
    env.filters["url"] = lambda address: f"/{address}"
    menu = _menu()
    for one in menu:
        one.active = one.url == url
    html = env.get_template("partials/header.html").render(
        config={"theme": {}, "site_name": "Minutebook", "extra": {}},
        nav=SimpleNamespace(homepage=menu[0], items=menu),
        page={"url": url} if url is not None else None,
    )
    return re.findall(r'aria-current="(\w+)">([^<]+)</a>', html)


@pytest.mark.parametrize(
    ("url", "section"),
    [
        ("harrow/projects/extra-care/", "Projects"),
        ("harrow/decisions/2019-11-discontinue-resilient-harrow/", "Decisions"),
        ("decision-history/year/2019/", "Decisions"),
        ("harrow/resolutions/2020-01-07-resilient-harrow/", "Resolutions"),
        ("harrow/actions/recruit-commissioners/", "Promises"),
        ("promises/council/harrow/", "Promises"),
        ("who-holds-what/2020-01-31/", "Who holds what"),
        ("harrow/transfers/2020-01-resilient-harrow-split/", "What changed hands"),
        ("harrow/bodies/cabinet/receipts/", "Bodies"),
        ("records/a-to-z/r/", "All records"),
    ],
)
def test_a_page_marks_the_section_it_lies_in(url: str, section: str) -> None:
    assert marked(url) == [("true", section)]


def test_the_page_of_a_section_is_marked_as_the_page_itself() -> None:
    assert marked("projects/") == [("page", "Projects")]


@pytest.mark.parametrize(
    "url",
    [None, "", "harrow/", "harrow/projects/", "harrow/statements/resident-mixed-picture/", "guides/officer/"],
)
def test_a_page_of_no_section_marks_none(url: str | None) -> None:
    assert marked(url) == []


def test_every_folder_that_has_a_section_is_one_of_records() -> None:
    header = (THEME / "partials" / "header.html").read_text(encoding="utf-8")
    folders = re.findall(r'"([a-z]+)": "([a-z-]+)"', header)
    assert folders
    assert {folder for folder, _ in folders} <= set(BY_FOLDER)
    assert {f"{section}/" for _, section in folders} <= {one.url for one in _menu()}
