"""A text as its passages: sentences, cells and headings, however the page was flattened."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.evidence.passages import WORD, Kind, passages, words_of

LONG = (
    "The Board considered a report on the progress of the programme and on what was planned for the coming year "
    * 2
)


def split(text: str) -> list[str]:
    """The passages of a text."""
    return [one.text for one in passages(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The meeting began at 7.30 pm in the Town Hall.",
        "The report (No. 5) was noted.",
        "Cllr. Mayhew asked about it.",
        "Services, i.e. Reablement, were kept.",
        "Some, e.g. Extra Care, were moved.",
        "Mr. J. Smith spoke for Dr. A. Jones.",
        "Spend rose by 7.1% to £1.263m in 2018/19.",
        "As s. 100A of the Act and para. 3 say, it was private.",
        "Dates were Nov. 2019 and Dec. 2019 at least.",
        "What did the members ask?",
        "1. That the report be noted.",
        "2.\u00a0\u00a0 That the Chair agree it.",
        "(a) Joint working with health partners.",
        "1.2 The Board met.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert len(split(LONG + "\n\n" + text)) == 1 + len(split(LONG))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It was noted. Members asked why.", ["It was noted.", "Members asked why."]),
        ("Was it? It was! So it stands.", ["Was it?", "It was!", "So it stands."]),
        ("He said ‘no.’ They agreed.", ["He said ‘no.’", "They agreed."]),
        ("The saving was £4. 12 people moved.", ["The saving was £4.", "12 people moved."]),
        ("The report was noted.Members asked why.", ["The report was noted.", "Members asked why."]),
        (
            "It was agreed by all (see no. 5). Then it ended.",
            ["It was agreed by all (see no. 5).", "Then it ended."],
        ),
        ("They said no. Then they left.", ["They said no.", "Then they left."]),
    ],
)
def test_a_sentence_ends_where_the_next_begins(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_a_flattened_table_is_its_cells() -> None:
    table = "\t2013-14\n£000\n\t2014-15\n£000\n\n\tAdults\n\n\t£32,480\n\t£34,221\n\nAfter the table it goes on.\n"

    found = passages(table + LONG)

    assert [(one.kind, one.text) for one in found[:8]] == [
        (Kind.CELL, "2013-14"), (Kind.CELL, "£000"), (Kind.CELL, "2014-15"), (Kind.CELL, "£000"),
        (Kind.CELL, "Adults"), (Kind.CELL, "£32,480"), (Kind.CELL, "£34,221"),
        (Kind.SENTENCE, "After the table it goes on."),
    ]  # fmt: skip


def test_cells_on_one_line_are_apart_and_a_cell_may_go_on_in_the_next() -> None:
    assert split(f"Row\t£1\t£2\n{LONG}")[:3] == ["Row", "£1", "£2"]
    assert (
        split(f"\tOutcome is to not need\nlong term support\n\n{LONG}")[0]
        == "Outcome is to not need long term support"
    )


def test_cells_without_a_letter_or_digit_are_no_passages() -> None:
    assert split("\t\n\t \n\t–\n\u00a0\n·\n") == []


def test_items_of_a_list_are_apart_whether_or_not_they_end() -> None:
    text = f"{LONG}\n· Managing demand\n· Financial control\n-\u00a0 Care markets\n1. Needs\n(b) More\n"

    assert split(text)[1:] == [
        "· Managing demand",
        "· Financial control",
        "- Care markets",
        "1. Needs",
        "(b) More",
    ]


def test_headings_are_told_from_sentences() -> None:
    found = passages(f"Background \n\nSection 2 – Report\n\nShort sentence.\n\n{LONG}.\n\nRecommendations:\n")

    assert [one.kind for one in found] == [
        Kind.HEADING,
        Kind.HEADING,
        Kind.SENTENCE,
        Kind.SENTENCE,
        Kind.HEADING,
    ]


def test_a_text_that_was_wrapped_is_joined_again() -> None:
    wrapped = (
        "The Board noted that the works had been finished in the spring of\n"
        "2019 and that the harbour was open. Members asked for a report by\n"
        "Easter.\n"
        "A new paragraph.\n"
    )

    assert split(wrapped) == [
        "The Board noted that the works had been finished in the spring of 2019 and that the harbour was open.",
        "Members asked for a report by Easter.",
        "A new paragraph.",
    ]


def test_each_passage_has_its_line_and_its_offsets() -> None:
    text = f"\n\n{LONG}\n\n· One thing. Another thing\n"

    found = passages(text)

    assert [one.line for one in found] == [3, 5, 5]
    assert [text[one.start : one.end] for one in found][1:] == ["· One thing.", "Another thing"]


def test_the_number_of_an_item_is_none_of_its_words() -> None:
    text = "12. That 3 reports be noted."

    assert [text[a:b] for a, b in words_of(text, 0, len(text))] == ["That", "3", "reports", "be", "noted"]


@given(st.text(alphabet="Ab1. \n\t\u00a0·-?’(", max_size=120))
def test_no_word_of_a_text_is_lost_and_none_stands_in_two_passages(text: str) -> None:
    found = passages(text)

    assert all(one.end <= other.start for one, other in pairwise(found))
    covered = {at for one in found for at in range(one.start, one.end)}
    assert all(at in covered for match in WORD.finditer(text) for at in range(*match.span()))


def test_no_word_of_the_five_documents_is_lost(shared_sources: Path) -> None:
    documents = sorted(shared_sources.glob("0*.txt"))
    assert len(documents) == 5
    for document in documents:
        text = document.read_text(encoding="utf-8")
        found = passages(text)

        covered = bytearray(len(text))
        for one in found:
            assert not any(covered[one.start : one.end])
            covered[one.start : one.end] = b"\1" * (one.end - one.start)
        words = [match.span() for match in WORD.finditer(text)]
        assert [text[a:b] for a, b in words if not all(covered[a:b])] == [], document.name
        assert max(len(WORD.findall(one.text)) for one in found) < 130, "a passage is no page"
