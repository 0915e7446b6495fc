"""Markdown to the plain text of its blocks: what of a narrative is searched and shown in snippets."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from minutebook.knowledge_base import LINK

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_RULE = re.compile(r"[-=*_|:\s]+")  # a line under a heading, between two parts, or in a table
_MARKER = re.compile(r"(?:>|#{1,6}\s|[-*+]\s|\d{1,2}[.)]\s)\s*")  # a quotation, a heading, an item of a list
_DEFINITION = re.compile(r"\[[^\]\s]{1,200}\]:\s*\S+.*")  # where a link leads; a footnote is text
_FENCE = re.compile(r"(?:```+|~~~+)")
_LINKED = re.compile(r"!?\[([^\[\]\n]*)\](?:\([^()\s]*(?:\s+\"[^\"\n]*\")?\)|\[[^\[\]\n]*\])")
_ADDRESS = re.compile(r"<(https?://[^<>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ATTRIBUTES = re.compile(r"\{:[^{}\n]*\}")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*+|`+|~~|(?<![^\W_])_+|_+(?![^\W_]))")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def blocks(markdown: str, name_of: Callable[[str], str | None]) -> Iterator[str]:
    """Yield the text of each paragraph, heading, item and cell, without marks.

    `name_of` gives the words for a `[[link]]` that brings none, from its id as written; None for no words.
    """
    waiting: list[str] = []
    for line in _COMMENT.sub(" ", markdown).splitlines():
        inner = line.strip()
        starts_anew = False
        while (marker := _MARKER.match(inner)) is not None:
            starts_anew = starts_anew or inner[0] != ">"
            inner = inner[marker.end() :]
        is_heading = line.lstrip("> ").startswith("#")
        ends = not inner or _RULE.fullmatch(inner) or _DEFINITION.fullmatch(inner) or _FENCE.match(inner)
        if ends or starts_anew:
            yield from _text_of(waiting, name_of)
            waiting = []
        if not ends:
            waiting.append(inner)
            if is_heading:
                yield from _text_of(waiting, name_of)
                waiting = []
    yield from _text_of(waiting, name_of)


def _text_of(lines: list[str], name_of: Callable[[str], str | None]) -> Iterator[str]:
    """The text of one block; a row of a table is a line with bars, and each cell a text of its own."""
    if not lines:
        return
    joined = "\n".join(lines)
    linked = joined
    if "[[" in joined:
        linked = LINK.sub(lambda link: (link[2] or name_of(link[1].strip()) or "").replace("|", " "), joined)
    for row in linked.split("\n") if all(line.startswith("|") for line in lines) else [linked]:
        cells = row.strip("|").split("|") if row.startswith("|") else [row]
        for cell in cells:
            if text := _inline(cell):
                yield text


def _inline(text: str) -> str:
    # Most text has no marks: to look for a sign is a hundred times quicker than for what may begin with it.
    if "[" in text:
        for _ in range(2):  # an image inside a link
            text = _LINKED.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub(" ", _ADDRESS.sub(r"\1", text))
    if "{:" in text:
        text = _ATTRIBUTES.sub(" ", text)
    if any(sign in text for sign in "*_`~"):
        text = _EMPHASIS.sub("", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return " ".join(html.unescape(text).split())
