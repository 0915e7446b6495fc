"""What was verified, written into the source records: two fields, and every other byte of the file as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from minutebook.evidence.coverage import Count, SourceCoverage, coverage
from minutebook.evidence.quotations import quotations
from minutebook.evidence.texts import SourceTexts
from minutebook.evidence.verification import mark
from minutebook.front_matter import read_front_matter
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.source_document import Fingerprint, SourceDocument
from minutebook.safe_files import is_regular, write_file
from minutebook.source import SourceFile
from minutebook.when import When

_ON_A_LINE = 10  # marks
_AFTER = ("text_path", "record_of", "licence", "dated")  # where the fields go, behind the first that is there


@dataclass(frozen=True, slots=True)
class RecordedSource:
    """What became of one source record: written, as it was, or the reason why not."""

    source: SourceDocument
    written: bool
    why_not: str | None = None


def record_what_was_verified(
    kb: KnowledgeBase, public: KnowledgeBase, texts: SourceTexts, on: When | None
) -> Iterator[RecordedSource]:
    """Write fingerprint and coverage into the record of every source whose text is at hand and has all its quotations.

    Only what is public is counted and marked, and only records of public sources are written: nothing
    is told of the others. `kb` has the files. `on` is the day on which it was verified; without it the
    field is kept where nothing else changed, and left out where something did.
    """
    quoted = quotations(public)
    for covered in coverage(public, texts):
        source, text = kb.get(covered.source.id, SourceDocument), covered.text
        if text is None or source is None:
            continue
        words = [one.words for one in quoted.get(source.id, ())]
        words += [one.quote for one in source.unrecorded if one.quote is not None]
        missing = sum(not text.text.find(one) for one in words)
        if missing:
            yield RecordedSource(source, False, f"{missing} of its quotations do not stand in its text")
            continue
        marks = tuple(sorted({mark(one.words) for one in quoted.get(source.id, ())}))
        yield _write(source, _fields(source.fingerprint, text.sha256, marks, on, covered))


def _fields(
    before: Fingerprint | None, sha256: str, marks: tuple[str, ...], on: When | None, covered: SourceCoverage
) -> dict[str, list[str]]:
    """The lines of the two fields."""
    is_the_same = before is not None and (before.sha256, before.marks) == (sha256, marks)
    if on is None and is_the_same and before is not None:
        on = before.verified_on
    lines = ["fingerprint:", f"  sha256: {sha256}"]
    if on is not None:
        lines.append(f'  verified_on: "{on.value}"' if " " in on.value else f"  verified_on: {on.value}")
    if marks:
        rows = [", ".join(marks[at : at + _ON_A_LINE]) for at in range(0, len(marks), _ON_A_LINE)]
        lines += ["  marks: [", *(f"    {row}," for row in rows), "  ]"]
    return {"fingerprint": lines, "coverage": _coverage(covered.count)}


def _coverage(count: Count) -> list[str]:
    figures = {
        "passages": count.passages, "cited": count.cited, "explained": count.explained,
        "words": count.words, "words_quoted": count.words_quoted,
        "figures": count.figures, "figures_quoted": count.figures_quoted,
    }  # fmt: skip
    return ["coverage:", *(f"  {name}: {value}" for name, value in figures.items())]


def _write(source: SourceDocument, fields: dict[str, list[str]]) -> RecordedSource:
    path = Path(source.file.path)
    if not is_regular(path):
        return RecordedSource(source, False, "its file is no regular file")
    data = path.read_bytes()
    if data.decode("utf-8", "replace") != source.file.text:
        return RecordedSource(source, False, "its file was changed while this ran")
    new = with_fields(source.file.text, fields)
    if new is None or not _says_the_same(source.file, new):
        return RecordedSource(
            source, False, "its fields cannot be told apart line by line: write each on lines of its own"
        )
    if new == source.file.text:
        return RecordedSource(source, False)
    write_file(path, new.encode("utf-8"), path.stat().st_mode & 0o777)
    return RecordedSource(source, True)


def with_fields(text: str, fields: dict[str, list[str]]) -> str | None:
    """The text of a record with these top-level fields in place of what they were; None where it has no fields."""
    end = "\r\n" if "\r\n" in text.partition("---")[2][:2] else "\n"
    lines = text.split("\n")
    closing = next((n for n, line in enumerate(lines[1:], 1) if re.fullmatch(r"---\s*", line)), None)
    if closing is None:
        return None
    head, rest = lines[:closing], lines[closing:]
    for name, new in fields.items():
        written = [line + end[:-1] for line in new]
        place = _block(head, name)
        if place is None:
            at = next((block[1] for after in _AFTER if (block := _block(head, after))), len(head))
            place = (at, at) if name != "coverage" or not (f := _block(head, "fingerprint")) else (f[1], f[1])
        head[place[0] : place[1]] = written
    return "\n".join([*head, *rest])


def _block(lines: list[str], name: str) -> tuple[int, int] | None:
    """The lines of one top-level field: from its name to the last line that is set in under it."""
    start = next((n for n, line in enumerate(lines) if re.match(rf"{name}\s*:", line)), None)
    if start is None:
        return None
    end = start + 1
    while end < len(lines) and re.match(r"\s+\S|[-\]}]", lines[end]):
        end += 1
    return start, end


def _says_the_same(file: SourceFile, new: str) -> bool:
    """Whether the new text has the fields of the old one and its narrative, but for the two that were written."""
    before, _ = read_front_matter(file)
    after, findings = read_front_matter(SourceFile(file.path, new))
    if before is None or after is None or findings:
        return False
    ours = ("fingerprint", "coverage")
    kept = [
        {name: value for name, value in one.fields.items() if name not in ours} for one in (before, after)
    ]
    return kept[0] == kept[1] and before.narrative == after.narrative
