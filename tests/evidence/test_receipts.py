"""Receipts are counted: which were verified, against which text, and which could not be and why."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from minutebook.evidence.verification import ReceiptState, count_receipts, mark, state_of
from minutebook.loading import load
from minutebook.records.base import Citation
from minutebook.records.source_document import SourceDocument
from tests.helpers import change, lay_out, run


def test_check_counts_the_receipts_that_were_verified_and_lists_the_others(kb: Path, texts: Path) -> None:
    change(
        kb / "ambledown/events/sample.md",
        "citations:\n",
        "citations:\n- {source: sources/page, quote: not held}\n",
    )
    page = "---\ntitle: A page\nkind: meeting page\nstanding: official\npublisher: not stated\nurl: not stated\ndated: not stated\nlicence: not stated\n---\n"
    lay_out(kb, {"ambledown/sources/page.md": page})

    result = run("check", "--kb", kb, "--sources", texts)

    lines = result.output.splitlines()
    total = sum(one.total for one in count_receipts(load(kb).kb))
    assert f"receipts: {total - 1} of {total} verified" in lines
    assert "  ambledown/sources/page: 1 of 1 not verified: the words are on a page that is not kept" in lines


def test_the_counts_are_there_for_programs(kb: Path, texts: Path) -> None:
    result = run("check", "--kb", kb, "--sources", texts, "--format", "json")

    whole = json.loads(result.stdout)
    [source] = whole["receipts"]
    assert source["source"] == "ambledown/sources/sample"
    assert source["verified"] == source["receipts"] > 0
    assert source["not_verified"] == source["text_not_held"] == source["words_not_held"] == 0
    assert len(source["sha256"]) == 64
    assert whole["findings"] == []


def test_without_the_texts_the_fingerprints_tell(kb: Path) -> None:
    result = run("check", "--kb", kb, "--receipts")

    [counted] = count_receipts(load(kb).kb)
    assert counted.of(ReceiptState.VERIFIED) == counted.total
    assert f"{counted.total} of {counted.total} verified against the text 4e86fd703626" in result.output


def test_a_receipt_that_came_after_the_verification_is_told_without_the_text(kb: Path) -> None:
    change(
        kb / "ambledown/events/sample.md",
        "citations:\n",
        "citations:\n- {source: sources/sample, at: line 1, quote: a later receipt}\n",
    )

    loaded = load(kb)

    source = loaded.kb.get("ambledown/sources/sample", SourceDocument)
    unverified = {
        citation.quote
        for _, _, citation in loaded.kb.each(Citation)
        if state_of(citation, source) is ReceiptState.NOT_VERIFIED
    }
    assert unverified == {"a later receipt"}
    assert "1 of" in run("check", "--kb", kb, "--receipts").output.splitlines()[-1]


def test_a_mark_does_not_depend_on_how_a_quotation_is_spaced_and_tells_a_digit() -> None:
    assert mark("‘Savings’ of\u00a0£4 – done") == mark("'Savings' of £4 -  done")
    assert mark("Savings of £4") != mark("Savings of £5")
    assert re.fullmatch("[a-p]{8}", mark("anything")), (
        "letters alone: digits would look like somebody's number"
    )


def test_receipts_from_a_source_that_is_not_public_are_not_counted_in_a_log(kb: Path, texts: Path) -> None:
    paper = (
        (kb / "ambledown/sources/sample.md")
        .read_text(encoding="utf-8")
        .replace("kind: register", "kind: register\naccess: draft")
    )
    draft = "---\ntitle: Draft\nkind: review\non: 2019\naccess: draft\ncitations:\n- {source: sources/hidden-paper, at: line 1, quote: REGISTER OF DECISIONS}\n---\n"
    lay_out(kb, {"ambledown/sources/hidden-paper.md": paper, "ambledown/events/draft.md": draft})

    shown = run("check", "--kb", kb, "--sources", texts).output
    own_terminal = run("check", "--kb", kb, "--sources", texts, "--show-restricted").output

    assert "hidden-paper" not in shown
    assert "  ambledown/sources/hidden-paper: 1 of 1 verified" in own_terminal


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--record",), "name the folder of texts with --sources"),
        (("--on", "2019-01-01"), "--on is the day of --record"),
        (("--sources", "/no/such/folder"), "does not exist"),
    ],
)
def test_wrong_use_is_told(kb: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run("check", "--kb", kb, *arguments)

    assert result.exit_code == 2
    assert said in result.output


def test_the_texts_are_read_and_nothing_is_written_without_record(kb: Path, texts: Path) -> None:
    before: dict[Path, Any] = {path: path.read_bytes() for path in kb.parent.rglob("*") if path.is_file()}

    run("check", "--kb", kb, "--sources", texts)
    run("coverage", "--kb", kb, "--sources", texts)

    assert {path: path.read_bytes() for path in kb.parent.rglob("*") if path.is_file()} == before
