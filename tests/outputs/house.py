"""What the tests of outputs need: a knowledge base published from a few lines, and its pages by path."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import load
from minutebook.outputs import OutputFile, make_outputs
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.when import When
from tests.helpers import knowledge_base, lay_out, sample_files

AS_OF = When.parse("2021-05-20")
# Two sources that do not agree, for a ledger: `LEDGER = BOATS + """…"""`.
BOATS = """
    sources/s: {title: Minutes, url: "https://town.example/minutes"}
    sources/t: {title: A blog, standing: third-party}
    discrepancies/boats:
      title: Ten or eleven boats
      kind: slip
      matter: amounts
      sides:
        - {says: There were ten., citations: [{source: sources/s, at: paragraph 2, quote: ten boats}]}
        - {says: There were eleven., citations: [{source: sources/t, quote: not held}]}
      note: The harbour has ten berths.
"""
VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "param",
    "source",
    "track",
    "wbr",
}


def samples(folder: Path) -> PublishedKnowledgeBase:
    """The sample records, one of each type with every field, published."""
    loaded = load(lay_out(folder / "kb", sample_files()))
    assert loaded.is_sound
    return publish(loaded.kb)


def outputs_of(
    kb: KnowledgeBase | PublishedKnowledgeBase | str, as_of: When = AS_OF
) -> dict[str, OutputFile]:
    """Every page that is made of a knowledge base, or of a ledger, by path; search and feeds are tested elsewhere."""
    if isinstance(kb, str):
        kb = knowledge_base(kb)
    published = publish(kb) if isinstance(kb, KnowledgeBase) else kb
    return {file.path: file for file in make_outputs(published, as_of, ("pages",))}


def page_of(kb: KnowledgeBase | PublishedKnowledgeBase | str, address: str, as_of: When = AS_OF) -> str:
    """The content of the page at an address; records of Ambledown may leave the council out."""
    made = outputs_of(kb, as_of)
    path = f"{address}index.html"
    content = made[path if path in made else f"ambledown/{path}"].content
    assert isinstance(content, str)
    return content


def section(html: str, name: str) -> str:
    """The section of a page that has this name."""
    return html.partition(f'<section id="{name}">')[2].partition("</section>")[0]


class Reading(HTMLParser):
    """HTML as a browser would take it apart: elements, words, addresses; and whether every element is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self._text: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """The words that are shown, with single spaces."""
        return " ".join("".join(self._text).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and what it says of itself."""
        self.elements.append((tag, dict(attrs)))
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note that an element ends, or that it was never begun."""
        if tag in VOID:
            return
        if tag in ("td", "th", "dd", "dt", "li", "p", "h1", "h2", "h3"):
            self._text.append(" ")  # a line or a cell of its own
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes what is not open")

    def handle_data(self, data: str) -> None:
        """Note the words."""
        self._text.append(data)


def text_of(html: str) -> str:
    """The words of a page."""
    return Reading(html).text


def dead_links(pages: dict[str, str], files: set[str]) -> list[str]:
    """Every address in these pages that leads to no file or no place in it, and every one that is not relative."""
    read = {path: Reading(html) for path, html in pages.items()}
    dead: list[str] = []
    for path, reading in read.items():
        for address in reading.addresses:
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "mailto", "data"):
                continue
            target = urlsplit(urljoin(f"https://site.example/sub/{path}", address)).path
            if parts.scheme or parts.netloc or not target.startswith("/sub/"):
                dead.append(f"{path}: {address}")
                continue
            target = target.removeprefix("/sub/")
            target = f"{target}index.html" if target.endswith("/") or not target else target
            if target not in files or (
                parts.fragment and target in read and parts.fragment not in read[target].ids
            ):
                dead.append(f"{path}: {address}")
    return dead


def facts_of(html: str) -> dict[str, str]:
    """The table of facts: labels and what stands beside them."""
    return {
        text_of(label): text_of(values)
        for label, values in re.findall(r"<dt>(.*?)</dt>(.*?)</div>", html.replace("\n", " "))
    }


HARMFUL = ("script", "img", "iframe", "object", "style", "base", "form")


def is_harmless(html: str) -> bool:
    """Whether a page holds no element and no attribute that acts."""
    return not any(
        tag in HARMFUL
        or any(
            name.startswith("on") or "javascript:" in (value or "").lower() for name, value in found.items()
        )
        for tag, found in Reading(html).elements
    )
