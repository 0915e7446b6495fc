"""Evidence as a user meets it: quotations looked for in texts, receipts counted, and what was verified written down."""

from __future__ import annotations

import json
import re
import shutil
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from minutebook.checks.disagreements import check_disagreements_are_recorded
from minutebook.evidence.comparing import compared
from minutebook.evidence.matching import Text
from minutebook.evidence.quotations import quotations
from minutebook.evidence.recording import with_fields
from minutebook.evidence.texts import SourceText, SourceTexts
from minutebook.evidence.verification import ReceiptState, count_receipts, mark, state_of
from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import load
from minutebook.records.base import Citation, StatedValue
from minutebook.records.discrepancy import Discrepancy, Side
from minutebook.records.source_document import SourceDocument
from tests.helpers import KB, SAMPLES, codes, lay_out, repository_records, run, sample_files

SOURCE = "ambledown/sources/sample.md"


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """The sample records."""
    return lay_out(tmp_path / "kb", sample_files())


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """The text that they cite."""
    return lay_out(tmp_path / "texts", {"sample.txt": (SAMPLES / "sample.txt").read_text(encoding="utf-8")})


def change(path: Path, old: str, new: str) -> None:
    """Change every place of some words in a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


# -- quotations are looked for ------------------------------------------------------------------


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


# -- receipts are counted -----------------------------------------------------------------------


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
        (kb / SOURCE).read_text(encoding="utf-8").replace("kind: register", "kind: register\naccess: draft")
    )
    draft = "---\ntitle: Draft\nkind: review\non: 2019\naccess: draft\ncitations:\n- {source: sources/hidden-paper, at: line 1, quote: REGISTER OF DECISIONS}\n---\n"
    lay_out(kb, {"ambledown/sources/hidden-paper.md": paper, "ambledown/events/draft.md": draft})

    shown = run("check", "--kb", kb, "--sources", texts).output
    own_terminal = run("check", "--kb", kb, "--sources", texts, "--show-restricted").output

    assert "hidden-paper" not in shown
    assert "  ambledown/sources/hidden-paper: 1 of 1 verified" in own_terminal


# -- what was verified is written down ----------------------------------------------------------


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
    record(kb, texts)
    once = {path: path.read_bytes() for path in kb.rglob("*.md")}

    result = record(kb, texts)

    assert {path: path.read_bytes() for path in kb.rglob("*.md")} == once
    assert "recorded before, and as it was" in result.output


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
