"""Findings to render: a reference that is misspelt, a finding on any line, and what is printed of them."""

from __future__ import annotations

import io

from rich.console import Console

from minutebook.diagnostics import Diagnostic, Note, Place, Rule, Severity
from minutebook.rendering import print_text, render_text
from minutebook.source import SourceFile, Span

UNKNOWN = Rule(
    code="MB301",
    name="unknown-reference",
    checks="Every reference names a record that is there.",
    why="A link to nothing hides who held, decided or promised something, and whoever looks for it finds an empty page.",
    example="`to: bodies/asc-improvment-board`",
    mend="Correct the id, or write the record that is missing.",
)


LONELY = Rule(
    code="MB312",
    name="nothing-points-here",
    checks="A body is referred to.",
    why="It may be a second spelling.",
    example="`bodies/asc-imp-board`",
    mend="Refer to it.",
    severity=Severity.WARNING,
)


PATH = "kb/harrow/transfers/x.md"


def finding(line: str, span: Span, message: str = "what is wrong", rule: Rule = UNKNOWN) -> Diagnostic:
    """A finding in `line`, which stands where `span` says, in a file of empty lines."""
    text = "\n" * (span.line - 1) + line
    return Diagnostic(rule, Place.of(SourceFile(PATH, text), span), message)


def lines_of(*findings: Diagnostic) -> list[str]:
    """The text of findings, line by line, without the summary and the empty line before it."""
    return render_text(findings).splitlines()[:-2]


def misspelt() -> Diagnostic:
    """The finding that the design shows."""
    file = SourceFile(PATH, "---\n" + "\n" * 12 + "    to: bodies/asc-improvment-board\n")
    return Diagnostic(
        UNKNOWN,
        Place.of(file, Span.at(14, 9, 27)),
        "no body `bodies/asc-improvment-board`",
        "did you mean `bodies/asc-improvement-board`?",
        (Note("the board was established here", Place("kb/harrow/bodies/b.md", Span.at(7, 3))),),
    )


def printed(findings: list[Diagnostic], **console: object) -> str:
    """What `print_text` writes to a console made with the given options."""
    file = io.StringIO()
    print_text(Console(file=file, width=40, **console), findings, records=56)  # type: ignore[arg-type]
    return file.getvalue()
