"""A finished page as a Markdown file, and the extension that hands it on without reading it again."""

from __future__ import annotations

import html
import json

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from minutebook.outputs import OutputFile
from minutebook.outputs.templating import clean, finish

# How a staged page begins: with one element that holds everything.
BEGINS = '<div class="mb-page'
_END_OF_FRONT = b"\n---\n\n"


def as_markdown(file: OutputFile) -> str:
    """A page as a Markdown file that any renderer of the family puts its frame around, and leaves alone."""
    content = file.content  # once: a late page is made anew each time
    assert isinstance(content, str)
    # JSON is YAML, on one line.
    title = json.dumps(escaped_title(file), ensure_ascii=False)
    body = finish(f'{BEGINS} mb-page--{file.kind}" id="content">\n{content}\n</div>')
    return f"---\ntitle: {title}\nhide: [toc]\n---\n\n{body}\n"


def escaped_title(file: OutputFile) -> str:
    """The title of a page, escaped here: MkDocs puts it into its templates as it stands."""
    assert file.title is not None
    return html.escape(" ".join(clean(file.title).split()))


def front_matter_of(title: str) -> dict[str, object]:
    """What a renderer reads in front of a page with this escaped title."""
    return {"title": title, "hide": ["toc"]}


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
