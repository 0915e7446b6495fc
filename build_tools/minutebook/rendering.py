"""Findings as text for a person and as JSON for a program, and a rule explained.

Everything shown passes through `shown`: once each, sorted, and masked where a record is not public.
A further format (annotations, SARIF) is a function beside `render_json` that begins the same way.
"""

from __future__ import annotations

import json
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from minutebook.diagnostics import Diagnostic, HiddenNames, Place, Rule, Severity, sorted_once
from minutebook.personal import personal_details

_TAB = 4  # columns; editors differ, so the same is shown everywhere
_WIDEST = 100  # columns of the author's line that are shown; a longer one is cut around the caret
_LEAD = 30  # columns kept before the caret where the line is cut
_LONGEST_SENTENCE = 1000  # characters; a message may quote a field, and a field may be a whole page
_GUTTER = 2  # digits of a line number for which there is always room, so that findings stand in line
_MARGIN = 88  # columns of `explain`

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
# What a terminal obeys, what cannot be seen and what turns the direction of text: controls, formats,
# surrogates, private use, and the two separators of lines that editors do not count.
_UNSEEN_KINDS = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_NOT_ASCII = re.compile(r"[^\x00-\x7e]")


def shown(findings: Iterable[Diagnostic], *, show_restricted: bool = False) -> list[Diagnostic]:
    """Return the findings as they may be shown: once each, sorted, masked unless `show_restricted`.

    In what is returned, `restricted` says that the finding is masked.
    """
    # Sorted again after the masking: the order of what stays hidden would tell where its name stands
    # in the alphabet.
    once = sorted_once(findings)
    # A file that cannot be read is known by its findings alone; what mentions it must not name it.
    hidden = HiddenNames(f.place.path.rpartition(".")[0] or f.place.path for f in once if f.restricted)
    masked = [_as_shown(hidden.mask(finding), show_restricted) for finding in once]
    return sorted(masked, key=lambda f: (*f.place.sort_key, f.rule.code, f.message))


def render_text(
    findings: Iterable[Diagnostic], *, show_restricted: bool = False, records: int | None = None
) -> str:
    """Return the findings as a compiler would print them, without colour; `records` is how many were read."""
    lines = _lines(shown(findings, show_restricted=show_restricted), records)
    return "".join(f"{line.plain}\n" for line in lines)


def print_text(
    console: Console,
    findings: Iterable[Diagnostic],
    *,
    show_restricted: bool = False,
    records: int | None = None,
) -> None:
    """Print what `render_text` returns, in colour where `console` shows colours."""
    for line in _lines(shown(findings, show_restricted=show_restricted), records):
        # NO_COLOR asks for plain text; rich on its own would still print bold. A line is never
        # wrapped: the caret has to stay under its word.
        console.print(
            line.plain if console.no_color else line,
            markup=False,
            highlight=False,
            emoji=False,
            soft_wrap=True,
        )


def render_json(
    findings: Iterable[Diagnostic], *, show_restricted: bool = False, more: Mapping[str, object] | None = None
) -> str:
    """Return the findings as one JSON object with `findings`, `errors` and `warnings`, and `more` beside them."""
    found = shown(findings, show_restricted=show_restricted)
    errors = sum(finding.is_error for finding in found)
    whole = {
        "findings": [_as_json(finding) for finding in found],
        "errors": errors,
        "warnings": len(found) - errors,
        **(more or {}),
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    return _NOT_ASCII.sub(lambda match: _escaped_in_json(match.group()), text) + "\n"


def explain(rule: Rule) -> str:
    """Return what a rule checks, why it matters, an example and the mend, for a terminal."""
    weight = (
        "an error: it stops a build" if rule.severity is Severity.ERROR else "a warning: it stops no build"
    )
    sections = (
        ("What is checked", rule.checks),
        ("Why it matters", rule.why),
        ("Example", rule.example),
        ("How to mend it", rule.mend),
    )
    lines = [f"{rule.code} {rule.name}", weight]
    for heading, text in sections:
        lines += ["", heading, *_wrapped(text)]
    return "\n".join(lines) + "\n"


def _as_shown(finding: Diagnostic, show_restricted: bool) -> Diagnostic:
    if not finding.restricted:
        return _without_details(finding)
    return replace(finding, restricted=False) if show_restricted else finding.masked()


def _without_details(finding: Diagnostic) -> Diagnostic:
    """The finding without the author's line where that holds a detail of a person: a log is read by many."""
    line = finding.place.line_text
    if line is None or next(personal_details(line), None) is None:
        return finding
    return replace(finding, place=replace(finding.place, line_text=None))


# -- text ---------------------------------------------------------------------------------------


def _lines(findings: list[Diagnostic], records: int | None) -> Iterator[Text]:
    for finding in findings:
        yield from _finding_lines(finding)
        yield Text()
    yield _summary(findings, records)


def _finding_lines(finding: Diagnostic) -> Iterator[Text]:
    weight = finding.severity.value
    yield Text.assemble(
        (visible(_where(finding)), "bold"),
        ": ",
        (f"{weight}[{finding.rule.code}]", _COLOURS[finding.severity]),
        " ",
        (_sentence(finding.message), "bold"),
    )
    place = finding.place
    digits = max(len(str(place.span.line)) if place.span else 0, _GUTTER)
    margin = " " * digits
    if not finding.restricted and (snippet := _snippet(place)) is not None:
        assert place.span is not None
        number = str(place.span.line).rjust(digits)
        yield Text(f"{margin} |", "blue")
        yield Text.assemble((f"{number} |", "blue"), f" {snippet.line}".rstrip())
        yield Text.assemble(
            (f"{margin} |", "blue"),
            " " * (snippet.indent + 1),
            ("^" * snippet.carets, _COLOURS[finding.severity]),
        )
    for note in finding.notes:
        at = f" ({visible(str(note.place))})" if note.place else ""
        yield Text.assemble((f"{margin} = ", "blue"), ("note", "bold"), f": {_sentence(note.text)}{at}")
    if finding.help:
        yield Text.assemble((f"{margin} = ", "blue"), ("help", "bold"), f": {_sentence(finding.help)}")


def _where(finding: Diagnostic) -> str:
    if finding.restricted and finding.place.span:
        return f"{finding.place.path}:{finding.place.span.line}"
    return str(finding.place)


def _summary(findings: list[Diagnostic], records: int | None) -> Text:
    if not findings:
        return Text(
            "no findings" if records is None else f"no findings: {_count(records, 'record')}", "green"
        )
    errors = sum(finding.is_error for finding in findings)
    warnings = len(findings) - errors
    counts = [_count(n, word) for n, word in ((errors, "error"), (warnings, "warning")) if n]
    files = _count(len({finding.place.path for finding in findings}), "file")
    return Text(f"{', '.join(counts)} in {files}", _COLOURS[Severity.ERROR if errors else Severity.WARNING])


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


class _Snippet(NamedTuple):
    """The author's line as it is shown, and where the carets stand under it, in columns from 0."""

    line: str
    indent: int
    carets: int


def _snippet(place: Place) -> _Snippet | None:
    span, text = place.span, place.line_text
    if span is None or text is None:
        return None
    end_column = span.end_column if span.end_line == span.line else len(text.rstrip()) + 1
    cells = _cells(text)
    first = min(span.column - 1, len(cells))
    last = max(min(end_column - 1, len(cells)), first)
    while 0 < first < len(cells) and cells[first][1] == 0:
        first -= 1  # an accent is shown with its letter
    begin, end = _window(cells, first, last)
    indent = _width(cells[begin:first]) + (begin > 0)
    carets = max(_width(cells[first : min(last, end)]), 1)
    line = "".join(cell for cell, _ in cells[begin:end])
    return _Snippet(f"{'…' * (begin > 0)}{line}{'…' * (end < len(cells))}", indent, carets)


def _cells(line: str) -> list[tuple[str, int]]:
    """Each character as it is shown and how many columns it takes: 0 for an accent on the one before."""
    cells: list[tuple[str, int]] = []
    column = 0
    for character in line:
        if character == "\t":
            cell, width = " " * (_TAB - column % _TAB), _TAB - column % _TAB
        elif (cell := visible(character)) != character:
            width = len(cell)
        elif unicodedata.category(character) in ("Mn", "Me"):
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        cells.append((cell, width))
        column += width
    return cells


def _width(cells: list[tuple[str, int]]) -> int:
    return sum(width for _, width in cells)


def _window(cells: list[tuple[str, int]], first: int, last: int) -> tuple[int, int]:
    """Which characters to show so that a long line fits: the caret, some of what leads up to it, and on."""
    if _width(cells) <= _WIDEST:
        return 0, len(cells)
    begin = 0
    if _width(cells[:last]) > _WIDEST:
        begin, lead = first, 0
        while begin > 0 and lead + cells[begin - 1][1] <= _LEAD:
            begin -= 1
            lead += cells[begin][1]
    while begin > 0 and begin < first and cells[begin][1] == 0:
        begin += 1  # an accent whose letter was cut away
    end, shown_width = begin, 0
    while end < len(cells) and shown_width + cells[end][1] <= _WIDEST:
        shown_width += cells[end][1]
        end += 1
    return begin, end


def visible(text: str) -> str:
    """Return `text` with what a terminal would obey, or nobody would see, written out as an escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(c) if unicodedata.category(c) in _UNSEEN_KINDS else c for c in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _sentence(text: str) -> str:
    cut = text if len(text) <= _LONGEST_SENTENCE else f"{text[: _LONGEST_SENTENCE - 1]}…"
    return visible(cut)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        _MARGIN,
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


# -- JSON ---------------------------------------------------------------------------------------


def _escaped_in_json(character: str) -> str:
    r"""The character, or its `\u` escape: the same value to a program, and no order to a terminal."""
    return json.dumps(character)[1:-1] if unicodedata.category(character) in _UNSEEN_KINDS else character


def _as_json(finding: Diagnostic) -> dict[str, object]:
    span = finding.place.span
    exact = None if finding.restricted else span
    return {
        "code": finding.rule.code,
        "rule": finding.rule.name,
        "severity": finding.severity.value,
        "path": finding.place.path,
        "line": span.line if span else None,
        "column": exact.column if exact else None,
        "end_line": exact.end_line if exact else None,
        "end_column": exact.end_column if exact else None,
        "message": finding.message,
        "help": finding.help,
        "notes": [
            {
                "text": note.text,
                "path": note.place.path if note.place else None,
                "line": note.place.span.line if note.place and note.place.span else None,
                "column": note.place.span.column if note.place and note.place.span else None,
            }
            for note in finding.notes
        ],
    }
