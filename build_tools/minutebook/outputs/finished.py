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


def as_markdown(file: OutputFile) -> str:
    """A page as a Markdown file that any renderer of the family puts its frame around, and leaves alone."""
    assert isinstance(file.content, str)
    assert file.title is not None
    # Escaped here: MkDocs puts the title into its templates as it stands. JSON is YAML, on one line.
    title = json.dumps(html.escape(" ".join(clean(file.title).split())), ensure_ascii=False)
    body = finish(f'{BEGINS} mb-page--{file.kind}" id="content">\n{file.content}\n</div>')
    return f"---\ntitle: {title}\nhide: [toc]\n---\n\n{body}\n"


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
