"""A finished page as a Markdown file, and the extension that hands it on without reading it again."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape
from textwrap import shorten

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markupsafe import Markup

from minutebook.outputs import OutputFile
from minutebook.outputs.templating import clean, finish

# How a staged page begins: with one element that holds everything.
BEGINS = '<div class="mb-page'
_END_OF_FRONT = b"\n---\n\n"
# Where a page says what it is about: its summary, where it stands today, else its first words.
_BEGINNINGS = (
    re.compile(r'<p class="mb-summary">(.*?)</p>'),
    re.compile(r'<div class="mb-standing">\s*<p>(.*?)</p>'),
    re.compile(r"<p>(.*?)</p>"),
)
_HIDDEN = re.compile(r"<(\w+)[^>]* hidden>.*?</\1>", re.DOTALL)
_LIST, _ENTRY = re.compile(r'<ul(?: class="mb-list")?>(.*?)</ul>', re.DOTALL), re.compile(r"<li>(.*?)</li>")
# Letters: fewer want the title before them, or what the page lists after them; and nobody shows more.
_ALONE, _SHORTEST, _LONGEST = 80, 50, 160


@dataclass(frozen=True, slots=True)
class Finished:
    """A staged page: its title and what it is about, both escaped, and its body byte for byte as it stands in the site.

    `inline_scripts` are the digests of scripts that the theme's policy is to let into it.
    """

    title: str
    description: str
    body: str
    inline_scripts: tuple[str, ...] = ()

    @property
    def front_matter(self) -> dict[str, object]:
        """What a renderer reads in front of the page."""
        told: dict[str, object] = {"title": self.title, "description": self.description, "hide": ["toc"]}
        return {**told, "inline_scripts": [*self.inline_scripts]} if self.inline_scripts else told


def as_markdown(file: OutputFile) -> str:
    """A page as a Markdown file that any renderer of the family puts its frame around, and leaves alone."""
    content = file.content  # once: a late page is made anew each time
    assert isinstance(content, str)
    body = finish(f'{BEGINS} mb-page--{file.kind}" id="content">\n{content}\n</div>')
    description = escape(_beginning(_title(file), body), quote=True)
    told = Finished(escaped_title(file), description, body, file.inline_scripts)
    # JSON is YAML; each value on one line.
    front = "\n".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in told.front_matter.items()
    )
    return f"---\n{front}\n---\n\n{body}\n"


def read_finished(staged: bytes) -> Finished:
    """A page as `as_markdown` wrote it."""
    front, _, body = staged.partition(_END_OF_FRONT)
    told = dict(line.split(": ", 1) for line in front.decode("utf-8").split("\n")[1:])
    return Finished(
        json.loads(told["title"]),
        json.loads(told["description"]),
        body.rstrip(b"\n").decode("utf-8"),
        tuple(json.loads(told.get("inline_scripts", "[]"))),
    )


def escaped_title(file: OutputFile) -> str:
    """The title of a page, escaped here: MkDocs puts it into its templates as it stands."""
    return escape(_title(file), quote=True)


def _title(file: OutputFile) -> str:
    assert file.title is not None
    return " ".join(clean(file.title).split())


def _beginning(title: str, body: str) -> str:
    """What a page says first of what it is about, for whoever sees it in a list of results: plain text."""
    body = _HIDDEN.sub("", body) if " hidden>" in body else body
    found = next((match[1] for one in _BEGINNINGS if (match := one.search(body))), "")
    words = Markup(found).striptags()
    if len(words) < _ALONE:
        words = f"{title}. {words}".strip()
    if len(words) < _SHORTEST and (listed := _LIST.search(body)) is not None:
        words += f" {_some_of(listed[1])}"
    return shorten(words, _LONGEST, placeholder=" …")


def _some_of(entries: str) -> str:
    """The entries of a list in words, or as many of them as nobody shows: a list may have thousands."""
    told: list[str] = []
    length = 0
    for entry in _ENTRY.finditer(entries):
        told.append(" ".join(Markup(entry[1]).striptags().split()))
        length += len(told[-1])
        if length > _LONGEST:
            break
    return "; ".join(told)


def body_of(staged: bytes) -> bytes:
    """What stands after the front matter of a staged page, byte for byte as it stands in the site."""
    return staged[staged.index(_END_OF_FRONT, 4) + len(_END_OF_FRONT) :].rstrip(b"\n")


class FinishedPages(Extension):
    """Speed alone: without it the same bytes come out, after two parsings of the HTML in Python."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Step in after the tidying of white space (30) and before HTML is looked for (21 and 20)."""
        md.preprocessors.register(_Lift(md), "minutebook_finished", 22)


class _Lift(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines).strip()
        if not text.startswith(BEGINS) or not text.endswith("</div>"):
            return lines
        return [self.md.htmlStash.store(text)]
