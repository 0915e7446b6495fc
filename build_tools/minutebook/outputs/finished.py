"""A Python-Markdown extension that hands on a finished page as one piece, without reading it again."""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

# How a staged page begins: with one element that holds everything.
BEGINS = '<div class="mb-page'


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
