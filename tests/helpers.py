"""What several tests need: files laid out as a knowledge base, and records written in a few lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

from click.testing import CliRunner, Result
from hypothesis import settings

from minutebook.cli import cli
from minutebook.diagnostics import Diagnostic
from minutebook.front_matter import read_fields_file
from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import Loaded, load
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.records import BY_FOLDER, RECORD_TYPES
from minutebook.records.base import Access, Part, Record, part_type
from minutebook.records.values import Ref
from minutebook.source import SourceFile

REPOSITORY = Path(__file__).resolve().parents[1]
KB = REPOSITORY / "kb"  # the records of this repository
SOURCES = REPOSITORY.parent / "shared" / "seeds"  # the original minutes, where they are beside it
SAMPLES = REPOSITORY / "tests" / "samples"
COUNCIL = "ambledown"
# A decision of a board, and the committee that it was reported to and that noted it.
NOTED = """
    council/ambledown: {title: Ambledown Council}
    bodies/board: {title: The Programme Board}
    bodies/scrutiny: {title: Scrutiny Committee}
    meetings/m: {body: bodies/scrutiny, held_on: 2020-01-07}
    reports/r:
      title: The report
      reference_number: ACH21-044
      to: bodies/scrutiny
      dated: 2019-12-12/2020-01-07
      recommendations: [{wording: Members are asked to note and comment on the progress and the plans.}]
    items/i: {title: The item, meeting: meetings/m, number: "7", minute_number: "81", reports: [reports/r]}
    resolutions/n: {title: Noted, item: items/i, clauses: [{wording: That the progress and the Plans be noted., effect: noted}]}
    decisions/d:
      title: Stop
      decided_by: bodies/board
      decided_on: {value: 2019-11, as_written: November 2019}
      reported_in: [reports/r]
      noted_by: [resolutions/n]
    """
UNTIMED = settings(deadline=None)  # of a property test: a slow machine is no defect
NOT_PUBLIC = [access for access in Access if access is not Access.PUBLIC]

# What a record of each type needs beside its title, so that a test names only what it is about.
_NEEDED: Mapping[str, Mapping[str, object]] = {
    "council": {"kind": "unitary authority"},
    "bodies": {"kind": "programme board"},
    "posts": {"body": "not stated"},
    "meetings": {"body": "bodies/board", "held_on": "not stated"},
    "items": {"meeting": "meetings/meeting", "number": "not stated"},
    "reports": {"by": "not stated", "to": "bodies/board", "dated": "not stated"},
    "resolutions": {"item": "items/item", "clauses": [{"wording": "That it be done.", "effect": "approved"}]},
    "decisions": {"kind": "programme", "decided_by": "not stated", "decided_on": "not stated"},
    "projects": {"kind": "project"},
    "transfers": {"kind": "transfer", "authorised_by": "not stated"},
    "actions": {"promised_by": "not stated", "promised_to": "not stated"},
    "indicators": {
        "project": "not stated",
        "unit": "people",
        "better": "up",
        "baseline": "not stated",
        "target": "not stated",
    },
    "figures": {"unit": "£", "rows": [{"key": "all", "label": "All"}], "cells": [{"row": "all", "kind": "count", "amount": "1"}]},
    "plans": {"kind": "strategy", "period": "not stated"},
    "events": {"kind": "review", "on": "not stated"},
    "sources": {
        "kind": "minutes",
        "standing": "official",
        "publisher": "not stated",
        "url": "not stated",
        "dated": "not stated",
        "licence": "not stated",
    },
    "statements": {"capacity": "officer"},
    "discrepancies": {
        "kind": "open",
        "matter": "scope or meaning",
        "sides": [
            {"says": "One.", "citations": [{"source": "sources/minutes", "quote": "one"}]},
            {"says": "Two.", "citations": [{"source": "sources/minutes", "quote": "two"}]},
        ],
    },
}  # fmt: skip


@cache
def repository_records() -> Loaded:
    """The records of this repository, read once for all tests that ask them something and change nothing."""
    return load(KB)


def run(*arguments: str | Path) -> Result:
    """Run the command line as a user would."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def run_json(*arguments: str | Path) -> Any:
    """Run a command that prints JSON, and read it."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def lay_out(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files, whose names are paths under `folder`, and return `folder`."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def change(path: Path, old: str, new: str) -> None:
    """Change every place of some words in a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


def load_files(folder: Path, files: Mapping[str, str]) -> Loaded:
    """Lay the files out under `folder` and load them as a knowledge base."""
    return load(lay_out(folder, files))


def sample_files() -> dict[str, str]:
    """The sample records of the invented council of Ambledown, by their paths in a knowledge base."""
    return {
        f"{COUNCIL}/{path.stem}/{COUNCIL if path.stem == 'council' else 'sample'}.md": path.read_text(
            encoding="utf-8"
        )
        for path in sorted(SAMPLES.glob("*.md"))
    }


def read_ledger(text: str) -> list[Record]:
    """Return the records that a YAML text writes as `folder/slug: {fields}`, of the council of Ambledown.

    What a type needs and the text does not give is filled in; a `narrative` is taken out of the fields.
    """
    return list(_records_of(SourceFile("ledger.yml", dedent(text))))


def one_record(text: str) -> Record:
    """The one record that a ledger writes."""
    [record] = read_ledger(text)
    return record


def knowledge_base(text: str) -> KnowledgeBase:
    """Return the records of a ledger, linked."""
    return KnowledgeBase(read_ledger(text))


def published(ledger: str) -> PublishedKnowledgeBase:
    """What gets through of a ledger."""
    return publish(knowledge_base(ledger))


def some_hidden(kb: KnowledgeBase, hidden: set[int]) -> KnowledgeBase:
    """The knowledge base with some of its records exempt."""
    records = []
    for number, record in enumerate(kb.records.values()):
        shown_as = record.model_copy(update={"access": Access.EXEMPT}) if number in hidden else record
        records.append(shown_as.placed(record.id, record.file, "", 1))
    return KnowledgeBase(records)


def _records_of(file: SourceFile) -> Iterator[Record]:
    ledger, findings = read_fields_file(file)
    assert ledger is not None, [finding.message for finding in findings]
    assert not findings, [finding.message for finding in findings]
    for name, written in ledger.items():
        record_id = Ref.parse(name, COUNCIL)
        assert isinstance(written, dict), f"{name}: expected a group of fields"
        narrative = written.pop("narrative", "")
        assert isinstance(narrative, str), f"{name}: expected a text"
        fields = {"title": record_id.slug, **_NEEDED[record_id.folder], **written}
        record = BY_FOLDER[record_id.folder].model_validate(fields, context={"council": record_id.council})
        yield record.placed(record_id, file, narrative, 1)


def value(record: Part, field: str) -> object:
    """The value of a field of a record of whatever type."""
    return getattr(record, field)


def codes(findings: Iterable[Diagnostic]) -> list[str]:
    """The codes of the findings, in their order."""
    return [finding.rule.code for finding in findings]


def part_types(model: type[Part]) -> Iterator[type[Part]]:
    """A model and every part that can lie in it, each once."""
    found: dict[type[Part], None] = {}
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = None
            waiting += [inner for info in one.model_fields.values() if (inner := part_type(info.annotation))]
    return iter(found)


ALL_PARTS = tuple(dict.fromkeys(part for record_type in RECORD_TYPES for part in part_types(record_type)))
