"""Coverage: which passages are cited, which are explained, which are left, and what does not count."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.evidence.coverage import Count, Marks, SourceCoverage, coverage, is_enough
from minutebook.evidence.passages import Kind
from minutebook.evidence.texts import SourceTexts
from minutebook.publication import publish
from tests.helpers import SAMPLES, knowledge_base, lay_out, repository_records, run, run_json

TEXT = """\
Harbour Quarter

The Board set up the Harbour programme in March 2019 and gave it £430,000 for the works on the quay and on the lighthouse. Members welcomed it.

Costs

\tQuay\t£1,200\t£1,200
\tLighthouse\t£900\t£1,200

· Benches
· Lamps

Telephone: 020 7946 0958

RESOLVED: That the report be noted.

Paving

RESOLVED: That the report be noted.
"""


def covered(tmp_path: Path, *citations: str, unrecorded: str = "") -> SourceCoverage:
    """The coverage of the text by citations, each given as YAML."""
    (tmp_path / "minutes.txt").write_text(TEXT, encoding="utf-8")
    cited = ", ".join(f"{{source: sources/minutes, {one}}}" for one in citations or ["quote: not held"])
    explained = f", unrecorded: [{unrecorded}]" if unrecorded else ""
    ledger = f"""
        sources/minutes: {{title: Minutes, text_path: minutes.txt{explained}}}
        projects/quay: {{title: Quay, citations: [{cited}]}}
    """
    [found] = coverage(knowledge_base(ledger), SourceTexts(tmp_path))
    return found


def left(found: SourceCoverage) -> list[str]:
    """The passages that are left."""
    return [one.text for one in found.left]


def test_a_source_that_nobody_cites_is_left_whole(tmp_path: Path) -> None:
    found = covered(tmp_path)

    assert (found.count.passages, found.count.cited, found.count.left) == (16, 0, 16)
    assert found.count.share == 0
    assert dict(found.by_kind)[Kind.CELL].passages == 6
    assert dict(found.by_kind)[Kind.HEADING].passages == 4


def test_a_quotation_covers_the_passage_it_lies_in_and_those_it_spans(tmp_path: Path) -> None:
    found = covered(
        tmp_path,
        "quote: Members welcomed it",
        "quote: 'Quay £1,200 £1,200 Lighthouse £900'",
        "quote: Benches · Lamps",
    )

    assert found.count.cited == 1 + 5 + 2
    assert "Members welcomed it." not in left(found)


def test_a_stretch_is_marked_from_its_first_character_to_its_last() -> None:
    marks = Marks(10, [(0, 2), (5, 7)])

    assert [marks.any(at, at + 1) for at in range(10)] == [True, True, *[False] * 3, True, True, *[False] * 3]
    assert marks.any(0, 10)
    assert not marks.any(2, 5)
    assert not marks.any(3, 3)


def test_a_wide_place_counts_for_nothing(tmp_path: Path) -> None:
    assert covered(tmp_path, 'at: "lines 1 to 21", quote: Members welcomed it').count.cited == 1
    assert covered(tmp_path, "at: the whole report, quote: not held").count.cited == 0


@pytest.mark.parametrize(
    ("words", "quoted", "enough"),
    [(1, 1, True), (1, 0, False), (2, 1, False), (3, 2, False), (3, 3, True), (8, 2, False), (12, 3, True),
     (13, 3, False), (16, 4, True), (17, 4, False), (32, 8, True), (90, 7, False), (90, 8, True)],
)  # fmt: skip
def test_a_few_words_of_a_long_sentence_do_not_cover_it(words: int, quoted: int, enough: bool) -> None:
    assert is_enough(words, quoted) is enough


def test_quotations_of_several_records_are_taken_together(tmp_path: Path) -> None:
    sentence = "The Board set up the Harbour programme in March 2019 and gave it £430,000 for the works"

    short = covered(tmp_path, "quote: the Harbour programme")
    both = covered(tmp_path, "quote: the Harbour programme", "quote: on the quay and on the lighthouse")

    assert any(sentence in one for one in left(short))
    assert short.left[1].quoted == 3
    assert not any(sentence in one for one in left(both))


def test_a_figure_of_a_cited_passage_that_nobody_quotes_is_told(tmp_path: Path) -> None:
    found = covered(tmp_path, "quote: The Board set up the Harbour programme in March 2019 and gave it")

    [one] = found.figures_left
    assert one.figures == ("430,000",)
    assert found.count.figures_quoted == 1


def test_words_that_stand_twice_cover_one_place_for_each_at(tmp_path: Path) -> None:
    resolved = "quote: 'RESOLVED: That the report be noted'"

    once = covered(tmp_path, resolved)
    first = covered(tmp_path, f"at: Harbour Quarter, {resolved}")
    second = covered(tmp_path, f"at: Paving, {resolved}")
    by_line = covered(tmp_path, f"at: line 19, {resolved}")
    both = covered(tmp_path, f"at: Costs, {resolved}", f"at: Paving, {resolved}")

    assert [one.count.cited for one in (once, first, second, by_line, both)] == [1, 1, 1, 1, 2]
    lines = [
        [gap.passage.line for gap in one.left if "RESOLVED" in gap.text]
        for one in (once, first, second, by_line)
    ]
    assert lines == [[19], [19], [15], [15]]


def test_an_explanation_names_a_passage_by_all_its_words_or_its_first_or_its_line(tmp_path: Path) -> None:
    whole = covered(tmp_path, unrecorded="{quote: Costs, why: a heading}")
    start = covered(tmp_path, unrecorded="{quote: The Board set up the, why: told elsewhere}")
    line = covered(tmp_path, unrecorded="{at: line 5, why: a heading}")

    assert [one.count.explained for one in (whole, start, line)] == [1, 1, 1]
    assert "Costs" not in left(whole)


def test_a_word_in_the_middle_or_a_wide_place_explains_nothing(tmp_path: Path) -> None:
    for explanation in (
        "{quote: it, why: a word}", "{quote: '£430,000', why: a figure}", "{quote: The Board, why: two words}",
        "{at: lines 1 to 21, why: everything}", "{at: the whole report, why: everything}",
    ):  # fmt: skip
        assert covered(tmp_path, unrecorded=explanation).count.explained == 0


def test_what_is_cited_is_not_counted_as_explained(tmp_path: Path) -> None:
    found = covered(tmp_path, "quote: Costs", unrecorded="{quote: Costs, why: a heading}")

    assert (found.count.cited, found.count.explained) == (1, 0)


def test_a_telephone_number_is_neither_a_word_nor_a_figure_nor_shown(tmp_path: Path) -> None:
    found = covered(tmp_path)
    explained = covered(tmp_path, unrecorded="{quote: 'Telephone:', why: not kept}")

    assert "Telephone: (a telephone number)" in left(found)
    assert not any("7946" in figure for one in found.left for figure in one.figures)
    assert explained.count.explained == 1


def test_the_wording_of_a_resolution_counts_as_quoted(tmp_path: Path) -> None:
    (tmp_path / "minutes.txt").write_text(TEXT, encoding="utf-8")
    kb = knowledge_base("""
        sources/minutes: {title: Minutes, text_path: minutes.txt}
        resolutions/noted:
          title: Noted
          clauses: [{wording: "That the report be noted.", effect: noted}]
          citations: [{source: sources/minutes, quote: not held}]
    """)

    [found] = coverage(kb, SourceTexts(tmp_path))

    assert found.count.cited == 1


def test_counts_add_up_and_an_empty_one_has_no_share() -> None:
    one = Count(10, 7, 1, 100, 50, 9, 3)

    assert one + Count() == one
    assert (one + one).left == 4
    assert one.share == 0.8
    assert Count().share is None


# -- the command --------------------------------------------------------------------------------


def test_the_command_lists_what_is_left_with_line_and_kind(kb: Path) -> None:
    result = run("coverage", "--kb", kb, "--sources", SAMPLES)

    assert result.exit_code == 0
    assert "ambledown/sources/sample\n" in result.output
    assert (
        f"{SAMPLES.as_posix()}/sample.txt:1: heading: HARBOUR QUARTER: REGISTER OF DECISIONS AND PAPERS"
        in result.output
    )
    assert "ambledown: " in result.output


def test_the_json_has_the_shape_that_is_documented(kb: Path) -> None:
    whole = run_json("coverage", "--kb", kb, "--sources", SAMPLES)

    counts = {
        "passages",
        "cited",
        "explained",
        "left",
        "share",
        "words",
        "words_quoted",
        "figures",
        "figures_quoted",
    }
    assert whole.keys() == {"sources", "councils", "total"}
    [source] = whole["sources"]
    assert source.keys() == counts | {
        "source",
        "text",
        "read",
        "why_not_read",
        "kinds",
        "not_cited",
        "figures_not_quoted",
    }
    assert whole["total"].keys() == whole["councils"]["ambledown"].keys() == counts
    assert source["passages"] == source["cited"] + source["explained"] + source["left"]
    assert len(source["not_cited"]) == source["left"] > 0
    for one in source["not_cited"]:
        assert one.keys() == {"line", "kind", "text", "words", "words_quoted", "figures"}
    assert sum(kind["passages"] for kind in source["kinds"].values()) == source["passages"]


def test_a_source_without_its_text_is_listed_and_not_counted(kb: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    whole = run_json("coverage", "--kb", kb, "--sources", tmp_path / "empty")

    [source] = whole["sources"]
    assert source["read"] is False
    assert "is not in" in source["why_not_read"]
    assert whole["total"]["share"] is None
    assert (
        "not counted: ambledown/sources/sample"
        in run("coverage", "--kb", kb, "--sources", tmp_path / "empty").output
    )


def test_what_only_a_record_that_is_not_public_quotes_is_left_unless_asked_for(kb: Path) -> None:
    draft = "---\ntitle: Draft\nkind: review\non: 2019\naccess: draft\ncitations:\n- {source: sources/sample, at: line 1, quote: 'HARBOUR QUARTER: REGISTER OF DECISIONS AND PAPERS'}\n---\n"
    lay_out(kb, {"ambledown/events/draft.md": draft})

    public = run_json("coverage", "--kb", kb, "--sources", SAMPLES)["total"]["left"]
    restricted = run_json("coverage", "--kb", kb, "--sources", SAMPLES, "--restricted")["total"]["left"]

    assert restricted == public - 1


def test_the_command_asks_for_the_folder_of_texts(kb: Path) -> None:
    assert run("coverage", "--kb", kb).exit_code == 2


# -- the five documents -------------------------------------------------------------------------


def test_at_least_98_of_100_passages_of_each_of_the_five_documents_are_recorded_or_explained(
    shared_sources: Path,
) -> None:
    kb = publish(repository_records().kb).kb
    found = [one for one in coverage(kb, SourceTexts(shared_sources)) if one.text is not None]

    assert len(found) == 5
    shares = {one.source.id: one.count.share for one in found}
    assert {source: share for source, share in shares.items() if share is None or share < 0.98} == {}
    explained = sum(one.count.explained for one in found)
    assert explained * 20 < sum(one.count.passages for one in found), "explained is the exception"
