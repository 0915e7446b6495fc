"""One file to one record, or to findings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from pydantic import ValidationError

from minutebook.blanks import BLANK, is_blank
from minutebook.diagnostics import Diagnostic, Place
from minutebook.field_findings import blank_findings, findings_of
from minutebook.front_matter import FrontMatter, read_front_matter
from minutebook.privacy import said_too_late, says_not_public
from minutebook.reader.reading import Reading
from minutebook.reader.texts import read_text
from minutebook.records import BY_FOLDER
from minutebook.records.base import Record
from minutebook.records.values import Ref
from minutebook.rules import fields as field_rules
from minutebook.rules import reading as rules
from minutebook.source import SourceFile, Span


def read_record(entry: os.DirEntry[str], path: str, record_id: Ref, reading: Reading) -> Record | None:
    """The record of a file; None, and findings, where it cannot be read as one."""
    file, data = read_text(entry, path, reading)
    if file is None:
        return None
    front, findings = read_front_matter(file)
    record = None
    if front is not None:
        findings = [*findings, *_still_blank(file, front)]
        record, refused = _validate(file, front, record_id, findings)
        findings = [*findings, *refused, *_said_too_late(file, front)]
    if findings:
        # Asked only now: most files have no finding.
        says = front.fields.get("access", "public") if front is not None else "public"
        restricted = says != "public" or says_not_public(data)
        reading.findings.extend(replace(f, restricted=restricted) for f in findings)
    if record is None or front is None or any(f.is_error for f in findings):
        return None
    return record.placed(record_id, file, front.narrative, front.narrative_line)


def _validate(
    file: SourceFile, front: FrontMatter, record_id: Ref, found: list[Diagnostic]
) -> tuple[Record | None, list[Diagnostic]]:
    model = BY_FOLDER[record_id.folder]
    try:
        return model.model_validate(front.fields, context={"council": record_id.council}), []
    except ValidationError as error:
        said = {f.place for f in found}  # a field with nothing after it is not also of the wrong kind
        return None, [f for f in findings_of(file, model, front.fields, error) if f.place not in said]


def _still_blank(file: SourceFile, front: FrontMatter) -> Iterator[Diagnostic]:
    """What `minutebook new` left to be written and nobody wrote."""
    if BLANK not in file.text:
        return
    yield from blank_findings(file, front.fields)
    if is_blank(front.narrative):
        line = front.narrative_line + front.narrative[: front.narrative.index(BLANK)].count("\n")
        message = "the narrative is still to be written"
        help = "tell what happened in your own words, or delete the line"
        yield Diagnostic(field_rules.STILL_BLANK, Place.of(file, Span.at(line)), message, help)


def _said_too_late(file: SourceFile, front: FrontMatter) -> Iterator[Diagnostic]:
    """A record that says under its fields that it is not public would be published with those very words."""
    if (start := said_too_late(front.narrative)) is not None:
        line = front.narrative_line + front.narrative.count("\n", 0, start)
        message = "`access` stands under the second `---`, where it is text and keeps nothing private"
        help = "put it above the second `---`"
        yield Diagnostic(rules.NO_FRONT_MATTER, Place.of(file, Span.at(line)), message, help)
