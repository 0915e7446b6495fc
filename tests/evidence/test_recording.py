"""What was verified is written down: two fields of a source record, and no other byte."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from minutebook.evidence.recording import _says_the_same, with_fields
from minutebook.loading import load
from minutebook.records.source_document import SourceDocument
from minutebook.source import SourceFile
from tests.helpers import change, codes, lay_out, run

SOURCE = "ambledown/sources/sample.md"


def record(kb: Path, texts: Path, *more: str) -> Result:
    """Verify and record."""
    return run("check", "--kb", kb, "--sources", texts, "--record", *more)


def bare(text: str) -> str:
    """The text of a source record without the two fields that are written."""
    return re.sub(r"(?m)^(?:fingerprint|coverage):\n(?:  .*\n)+", "", text)


def test_recording_changes_two_fields_and_no_other_byte(kb: Path, texts: Path) -> None:
    before = bare((kb / SOURCE).read_text(encoding="utf-8")).replace(
        "kind: register", "kind: register  # as it calls itself"
    )
    (kb / SOURCE).write_text(before, encoding="utf-8", newline="")

    assert record(kb, texts).exit_code == 0

    after = (kb / SOURCE).read_text(encoding="utf-8")
    assert after != before
    assert bare(after) == before


def test_recording_keeps_the_line_ends_of_the_file(kb: Path, texts: Path) -> None:
    before = bare((kb / SOURCE).read_text(encoding="utf-8")).replace("\n", "\r\n")
    (kb / SOURCE).write_bytes(before.encode("utf-8"))

    record(kb, texts)

    after = (kb / SOURCE).read_bytes().decode("utf-8")
    assert "\r\nfingerprint:\r\n" in after
    assert "\n" not in after.replace("\r\n", "")
    assert bare(after.replace("\r\n", "\n")) == before.replace("\r\n", "\n")


def test_recording_twice_changes_nothing_the_second_time(kb: Path, texts: Path) -> None:
    before = bare((kb / SOURCE).read_text(encoding="utf-8"))
    (kb / SOURCE).write_text(before, encoding="utf-8", newline="")
    record(kb, texts)
    assert (kb / SOURCE).read_text(encoding="utf-8") != before
    once = {path: path.read_bytes() for path in kb.rglob("*.md")}

    result = record(kb, texts)

    assert {path: path.read_bytes() for path in kb.rglob("*.md")} == once
    assert "recorded before, and as it was" in result.output


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_what_was_recorded_is_said_beside_the_findings_in_every_format(
    kb: Path, texts: Path, form: str
) -> None:
    (kb / SOURCE).write_text(bare((kb / SOURCE).read_text(encoding="utf-8")), encoding="utf-8")

    result = record(kb, texts, "--format", form)

    assert f"recorded: {kb / SOURCE}\n" in result.stderr
    assert "recorded: " not in result.stdout
    if form in ("json", "sarif"):
        json.loads(result.stdout)


def test_the_day_of_verification_is_the_one_that_is_given_and_never_todays(kb: Path, texts: Path) -> None:
    def day() -> str | None:
        source = load(kb).kb.get("ambledown/sources/sample", SourceDocument)
        assert source is not None
        assert source.fingerprint is not None
        return source.fingerprint.verified_on.value if source.fingerprint.verified_on is not None else None

    (kb / SOURCE).write_text(bare((kb / SOURCE).read_text(encoding="utf-8")), encoding="utf-8")
    record(kb, texts)
    assert day() is None
    record(kb, texts, "--on", "2019-12-02")
    assert day() == "2019-12-02"
    record(kb, texts)
    assert day() == "2019-12-02", "nothing changed since"
    change(
        kb / "ambledown/events/sample.md",
        "citations:\n",
        "citations:\n- {source: sources/sample, at: line 1, quote: Ambledown Council}\n",
    )
    record(kb, texts)
    assert day() is None, "another set of receipts was verified, and no day was given"


def test_a_source_with_a_quotation_that_does_not_stand_is_not_recorded(kb: Path, texts: Path) -> None:
    before = (kb / SOURCE).read_bytes()
    change(texts / "sample.txt", "£430,000", "£431,000")

    result = record(kb, texts)

    assert result.exit_code == 1
    assert re.search(
        r"not recorded: ambledown/sources/sample: \d+ of its quotations do not stand in its text",
        result.output,
    )
    assert (kb / SOURCE).read_bytes() == before


def test_nothing_of_a_record_that_is_not_public_is_marked_or_counted(kb: Path, texts: Path) -> None:
    record(kb, texts)
    before = (kb / SOURCE).read_bytes()
    draft = "---\ntitle: Draft\nkind: review\non: 2019\naccess: draft\ncitations:\n- {source: sources/sample, at: line 1, quote: REGISTER OF DECISIONS}\n---\n"
    lay_out(kb, {"ambledown/events/draft.md": draft})

    record(kb, texts)

    assert (kb / SOURCE).read_bytes() == before


def test_after_a_change_of_the_text_that_no_receipt_touches_recording_mends_the_finding(
    kb: Path, texts: Path
) -> None:
    with (texts / "sample.txt").open("a", encoding="utf-8") as file:
        file.write("\nA line was added.\n")
    assert "MB705" in codes(load(kb, sources=texts).findings)

    assert "MB705" not in record(kb, texts).output
    assert "MB705" not in codes(load(kb, sources=texts).findings)


def test_a_file_that_is_a_link_is_not_written_through(kb: Path, texts: Path) -> None:
    """Such a file is no record at all, and the file that it leads to stays as it is."""
    elsewhere = kb.parent / "elsewhere.md"
    shutil.move(kb / SOURCE, elsewhere)
    before = elsewhere.read_bytes()
    (kb / SOURCE).symlink_to(elsewhere)

    assert record(kb, texts).exit_code == 1
    assert elsewhere.read_bytes() == before


@pytest.mark.parametrize(
    ("new", "same"),
    [
        ("---\ntitle: A\nkind: minutes\n---\n\nWords.\n", True),
        (
            "---\ntitle: A\nkind: minutes\nfingerprint:\n  sha256: y\ncoverage:\n  passages: 2\n---\n\nWords.\n",
            True,
        ),
        ("---\ntitle: B\nkind: minutes\n---\n\nWords.\n", False),
        ("---\ntitle: A\n---\n\nWords.\n", False),
        ("---\ntitle: A\nkind: minutes\n---\n\nOther words.\n", False),
        ("---\ntitle: A\nkind: minutes\nkind: report\n---\n\nWords.\n", False),
        ("---\ntitle: A\nkind: minutes\n", False),
    ],
)
def test_a_text_that_would_say_something_else_is_not_written(new: str, same: bool) -> None:
    before = SourceFile("a.md", "---\ntitle: A\nkind: minutes\nfingerprint: {sha256: x}\n---\n\nWords.\n")

    assert _says_the_same(before, new) is same


@pytest.mark.parametrize(
    "head",
    [
        "title: A\ntext_path: a.txt\nkind: minutes",
        "title: A\nfingerprint:\n  sha256: x\nkind: minutes\ncoverage:\n  passages: 1",
        "title: A\ncoverage: {passages: 1,\n  cited: 0}\n# a remark\nfingerprint: {sha256: x}\nkind: minutes",
        "title: A\ntext_path: a.txt # a name\n\nkind: minutes\nunrecorded:\n- quote: a\n  why: b",
    ],
)
def test_fields_are_set_among_the_others_and_set_again_to_the_same(head: str) -> None:
    fields = {"fingerprint": ["fingerprint:", "  sha256: y"], "coverage": ["coverage:", "  passages: 2"]}
    text = f"---\n{head}\n---\n\nNarrative.\n---\nfingerprint: no field\n"

    once = with_fields(text, fields)

    assert once is not None
    assert once.count("fingerprint:\n  sha256: y\n") == once.count("coverage:\n  passages: 2\n") == 1
    assert once.endswith("---\n\nNarrative.\n---\nfingerprint: no field\n")
    assert with_fields(once, fields) == once
    for line in ("title: A", "kind: minutes", *(["# a remark"] if "#" in head and "remark" in head else [])):
        assert line in once.splitlines()
