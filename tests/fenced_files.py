"""Fields between fences with a narrative under them, as a file of records, and what is read of it or found in it."""

from __future__ import annotations

from minutebook.diagnostics import Diagnostic
from minutebook.front_matter import FrontMatter, read_front_matter
from minutebook.source import SourceFile


def a_file(text: str) -> SourceFile:
    """The text as a file of records."""
    return SourceFile("kb/ambledown/projects/benches.md", text)


def fenced(fields: str, narrative: str = "") -> SourceFile:
    """The fields between their fences, the narrative under them."""
    return a_file(f"---\n{fields}\n---\n{narrative}")


def read(file: SourceFile) -> FrontMatter:
    """What is read of a file that is in order."""
    front, findings = read_front_matter(file)
    assert findings == []
    assert front is not None
    return front


def fault(file: SourceFile) -> Diagnostic:
    """The one finding of a file that is not in order."""
    _, [finding] = read_front_matter(file)
    return finding


def at(finding: Diagnostic) -> str:
    """Where a finding stands, as `line:column-column`."""
    span = finding.place.span
    assert span is not None
    return f"{span.line}:{span.column}-{span.end_column}"
