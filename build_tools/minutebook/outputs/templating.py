"""The templates: every value is escaped, and what comes out is left alone by any Markdown renderer."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_FOLDER = Path(__file__).parent / "templates"
# What no page needs and some reader stumbles over: controls, halves of pairs, and non-characters
# (one of them in a title, and MkDocs shows the front matter as text).
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without characters that a page cannot hold."""
    return _UNWANTED.sub("", text)


def finish(html: str) -> str:
    """Set HTML in lines that each begin with a tag: no blank line, no indent, no tab, nothing to interpret.

    Python-Markdown passes such a block through byte for byte: what could begin a line of Markdown
    (a fence, a heading, a list) never stands at the beginning of one.
    """
    finished: list[str] = []
    for line in clean(html).replace("\t", "&#9;").split("\n"):
        line = line.strip(" ")
        if line.startswith("<") or not finished:
            if line:
                finished.append(line)
        elif line:
            finished[-1] += f" {line}"
    return "\n".join(finished)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(template: str, **values: object) -> str:
    """Fill in a template as the content of a page."""
    return _environment().get_template(template).render(**values)


def fragment(template: str, **values: object) -> Markup:
    """Fill in a template that is a piece of a page."""
    # The environment has escaped every value.
    return Markup(_environment().get_template(template).render(**values))
