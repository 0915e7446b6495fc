"""Quotations are looked for in the texts of their sources: a digit that changed names every record that loses its support."""

from __future__ import annotations

import re
import shutil
from itertools import combinations
from pathlib import Path

import pytest

from minutebook.checks.disagreements import check_disagreements_are_recorded
from minutebook.evidence.comparing import compared
from minutebook.evidence.matching import Text
from minutebook.evidence.quotations import quotations
from minutebook.evidence.texts import SourceText, SourceTexts
from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import load
from minutebook.records.base import Citation, StatedValue
from minutebook.records.discrepancy import Discrepancy, Side
from minutebook.records.source_document import SourceDocument
from tests.helpers import KB, change, codes, repository_records, run


def quoting(kb: Path, words: str) -> set[str]:
    """The records that quote some words, in a receipt or as a body's own, or explain them."""
    found = set()
    for path in kb.rglob("*.md"):
        folded = " ".join(path.read_text(encoding="utf-8").split())
        for quoted in re.findall(r"(?:quote|wording): (.*?)(?= (?:- )?[a-z_]+:(?: |$)| ---|$)", folded):
            if words in quoted.replace("''", "'"):
                found.add(path.relative_to(kb).as_posix())
    return found


@pytest.mark.parametrize(
    ("printed", "changed"),
    [("£430,000", "£431,000"), ("430,000", "430,00"), ("12 March 2019", "13 March 2019")],
)
def test_one_changed_digit_names_every_record_that_loses_its_support(
    kb: Path, texts: Path, printed: str, changed: str
) -> None:
    expected = quoting(kb, printed)
    assert expected
    change(texts / "sample.txt", printed, changed)

    loaded = load(kb, sources=texts)

    misses = [one for one in loaded.findings if one.rule.code in ("MB702", "MB703")]
    named = {Path(one.place.path).relative_to(kb).as_posix() for one in misses}
    assert named == expected
    assert "MB705" in codes(loaded.findings), "the text is not the one that was verified"


def test_check_exits_1_and_shows_the_nearest_passage_when_a_digit_changed(kb: Path, texts: Path) -> None:
    assert run("check", "--kb", kb, "--sources", texts).exit_code == 0
    change(texts / "sample.txt", "£430,000", "£431,000")

    result = run("check", "--kb", kb, "--sources", texts)

    assert result.exit_code == 1
    assert "the source has `£431,000" in result.output
    assert f"({texts.as_posix()}/sample.txt:" in result.output


def test_one_changed_digit_in_a_real_document_names_every_record_that_loses_its_support(
    tmp_path: Path, shared_sources: Path
) -> None:
    """Each figure of the report that records quote is changed in turn; whoever quoted it is named, and nobody else."""
    texts = tmp_path / "texts"
    shutil.copytree(shared_sources, texts)
    report = texts / "001_db0555915d49239a.txt"
    original = report.read_text(encoding="utf-8")
    kb = repository_records().kb
    source = "harrow/sources/2020-01-07-resilient-harrow-report"
    quoted = [
        (record.id, one.quote) for record, _, one in kb.each(Citation) if one.source == source and one.quote
    ]

    for figure in ("£863K", "75.7%", "41 service users"):
        changed = figure.translate(str.maketrans("0123456789", "1234567890"))[: len(figure)]
        report.write_text(original.replace(figure, changed), encoding="utf-8")
        findings = load(KB, sources=texts).findings

        named = {
            one.place.path.partition("kb/")[2].removesuffix(".md")
            for one in findings
            if one.rule.code == "MB702"
        }
        expected = {record for record, words in quoted if figure in words}
        assert expected
        assert named == expected


def test_every_receipt_of_the_knowledge_base_from_a_text_that_is_here_stands_in_it(
    shared_sources: Path,
) -> None:
    findings = load(KB, sources=shared_sources).findings

    assert [one.message for one in findings if one.rule.code in ("MB702", "MB703", "MB704", "MB706")] == []


def test_no_digit_that_a_record_quotes_can_be_changed_without_a_quotation_missing(
    shared_sources: Path,
) -> None:
    """Every fifth digit of the five documents is changed in turn: some quotation that lies there stands no more."""
    kb, texts = repository_records().kb, SourceTexts(shared_sources)
    unseen, quoted_digits = [], 0
    for source_id, quoted in quotations(kb).items():
        source = kb.get(source_id, SourceDocument)
        text = texts.read(source.text_path) if source is not None and source.text_path else None
        if not isinstance(text, SourceText):
            continue
        words = {one.words for one in quoted}
        places = [
            (*stretch, one) for one in words for found in text.text.find(one) for stretch in found.stretches
        ]
        digits = [at for at, sign in enumerate(text.written) if sign.isdigit()]
        for at in digits[::5]:
            here = {one for start, end, one in places if start <= at < end}
            changed = Text(f"{text.written[:at]}{(int(text.written[at]) + 1) % 10}{text.written[at + 1 :]}")
            quoted_digits += bool(here)
            if here and all(changed.find(one) for one in here):
                unseen.append((source_id, text.written[max(0, at - 20) : at + 20]))

    assert unseen == []
    assert quoted_digits > 140


def test_a_discrepancy_that_a_key_compares_cannot_be_removed_without_an_error_that_names_both() -> None:
    kb = repository_records().kb
    keyed = [one for one in kb.of(Discrepancy) if _is_compared_by_a_key(one)]
    assert keyed
    for found in keyed:
        _check_that_it_is_missed(kb, found)


def _is_compared_by_a_key(found: Discrepancy) -> bool:
    return any(
        stated.key == there.key and compared(stated.value) != compared(there.value)
        for one, other in combinations(found.sides, 2)
        for stated in _stated(one)
        for there in _stated(other)
    )


def _check_that_it_is_missed(kb: KnowledgeBase, found: Discrepancy) -> None:
    rest = KnowledgeBase([one for one in kb.records.values() if one is not found], settings=kb.settings)

    findings = list(check_disagreements_are_recorded(rest))

    assert findings, f"nothing misses {found.id}"
    for one in findings:
        assert one.is_error
        assert one.place.span is not None
        [note] = one.notes
        assert note.place is not None
        assert note.place.span is not None
        assert str(note.place) in one.message


def _stated(side: Side) -> list[StatedValue]:
    return [stated for citation in side.citations for stated in citation.states]


def test_build_looks_for_the_quotations_too_and_leaves_the_old_site(
    kb: Path, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(texts / "sample.txt", "£430,000", "£431,000")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: Ambledown\n")

    result = run("build", "--kb", kb, "--sources", texts)

    assert result.exit_code == 1
    assert "MB702" in result.output
    assert not (tmp_path / "site").exists()
