"""The fields of a record: what is absent says why, and a name that is unknown or missing is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from minutebook.absence import Absence
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import field_name
from minutebook.records.resolution import Resolution
from tests.helpers import one_record, read_ledger, value


@pytest.mark.parametrize("absence", ["not stated", "left blank"])
def test_a_field_that_is_absent_is_none_and_says_why(absence: str) -> None:
    record = one_record(f"meetings/m: {{held_on: {absence}, venue: {absence}}}")

    assert (value(record, "held_on"), value(record, "venue")) == (None, None)
    assert record.absence("held_on") is record.absence("venue") is Absence(absence)
    assert dict(record.absences) == {"held_on": Absence(absence), "venue": Absence(absence)}


def test_a_field_that_is_left_out_is_none_and_says_nothing() -> None:
    record = one_record("meetings/m: {held_on: 2019}")

    assert value(record, "venue") is None
    assert record.absence("venue") is None
    assert record.absences == {}


def test_a_list_that_is_absent_is_empty_and_says_why() -> None:
    record = one_record("projects/p: {aims: not stated}")

    assert value(record, "aims") == ()
    assert record.absence("aims") is Absence.NOT_STATED


def test_an_absence_is_known_by_the_name_in_the_program() -> None:
    record = one_record(
        "transfers/t: {effective: 2019, from: not stated, moves: [{what: projects/p, gap: None is named.}]}"
    )

    assert value(record, "givers") == ()
    assert record.absence("givers") is Absence.NOT_STATED


def test_parts_say_what_is_absent_of_them() -> None:
    record = one_record("items/i: {questions: [{asked_by: not stated, question: Why?, answer: left blank}]}")
    assert isinstance(record, AgendaItem)
    [question] = record.questions

    assert dict(question.absences) == {"asked_by": Absence.NOT_STATED, "answer": Absence.LEFT_BLANK}
    assert record.absence("asked_by") is None


def test_only_the_words_of_a_receipt_can_be_not_held() -> None:
    record = one_record(
        "projects/p: {summary: not held, citations: [{source: sources/s, quote: not held, at: not held}]}"
    )
    [citation] = record.citations

    assert record.summary == "not held"
    assert (citation.quote, citation.absence("quote")) == (None, Absence.NOT_HELD)
    assert citation.at == "not held"


def test_words_of_absence_inside_text_are_text() -> None:
    record = one_record("projects/p: {summary: It is not stated who., aims: [not stated]}")

    assert record.summary == "It is not stated who."
    assert value(record, "aims") == ("not stated",)


@pytest.mark.parametrize(
    "fields",
    [
        "title: not stated",
        "kind: left blank",
        "access: not stated",
        "citations: [{source: not stated, quote: x}]",
    ],
)
def test_what_must_have_a_value_cannot_be_absent(fields: str) -> None:
    with pytest.raises(ValidationError):
        read_ledger(f"projects/p: {{{fields}}}")


def test_two_records_do_not_share_what_is_absent() -> None:
    first, second = read_ledger("meetings/a: {venue: not stated}\nmeetings/b: {held_on: 2019}")

    assert first.absence("venue") is Absence.NOT_STATED
    assert second.absence("venue") is None


def errors(text: str) -> list[tuple[str, tuple[str | int, ...]]]:
    """The kind and place of what a model refuses of a ledger."""
    with pytest.raises(ValidationError) as caught:
        read_ledger(text)
    return [(error["type"], error["loc"]) for error in caught.value.errors()]


def test_words_that_the_program_needs_are_fields_in_a_file() -> None:
    transfer, resolution = read_ledger(
        """
        transfers/t: {effective: 2019, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        resolutions/r: {vote: {for: 5, against: 2}}
        """
    )
    assert isinstance(resolution, Resolution)
    assert resolution.vote is not None

    assert value(transfer, "givers") == ("ambledown/bodies/a",)
    assert resolution.vote.votes_for == 5
    assert field_name(type(transfer), "from") == "givers"
    assert field_name(type(transfer), "moves") == "moves"


def test_the_name_in_the_program_is_no_name_in_a_file() -> None:
    assert errors(
        "transfers/t: {effective: 2019, givers: bodies/a, moves: [{what: projects/p, to: bodies/b}]}"
    ) == [("extra_forbidden", ("givers",))]
    assert errors("resolutions/r: {vote: {votes_for: 5}}") == [("extra_forbidden", ("vote", "votes_for"))]


def test_unknown_and_missing_fields_are_refused_at_every_depth() -> None:
    assert errors("projects/p: {owner: bodies/a}") == [("extra_forbidden", ("owner",))]
    assert errors("projects/p: {phases: [{name: First}]}") == [
        ("missing", ("phases", 0, "title")),
        ("extra_forbidden", ("phases", 0, "name")),
    ]
    assert errors("plans/p: {priorities: [{title: A, priorities: [{titel: B}]}]}") == [
        ("missing", ("priorities", 0, "priorities", 0, "title")),
        ("extra_forbidden", ("priorities", 0, "priorities", 0, "titel")),
    ]


def test_a_record_is_frozen() -> None:
    record = one_record("projects/p: {summary: One.}")

    with pytest.raises(ValidationError):
        record.summary = "Two."  # type: ignore[misc]


@pytest.mark.parametrize(
    ("move", "said"),
    [
        ("{what: projects/p}", "found none of them"),
        ("{what: projects/p, to: bodies/b, gap: none}", "found `to` and `gap`"),
        (
            "{what: projects/p, closed: {into: x}, monitored_by: bodies/b}",
            "found `closed` and `monitored_by`",
        ),
        ("{what: projects/p, to: not stated}", "found none of them"),
    ],
)
def test_a_move_has_one_destination(move: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        read_ledger(f"transfers/t: {{effective: 2019, moves: [{move}]}}")
