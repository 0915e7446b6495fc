"""A noun with its article, by sound and not by letter; words as a list in a sentence."""

from __future__ import annotations

import pytest

from minutebook.grammar import listed, with_article
from minutebook.outputs import words
from minutebook.records import RECORD_TYPES
from minutebook.records.body import BodyKind
from minutebook.records.council import CouncilKind


@pytest.mark.parametrize(
    "said",
    [
        "an action", "an agenda item", "an executive", "an indicator", "an office", "an event", "an undertaking", "an uninsured risk",
        "an hour", "an honorary alderman", "an [item](#items)", "an `assurance`",
        "a body", "a unitary authority", "a university", "a union", "a European fund", "a one-off payment", "a use", "a house",
        "a [report](#reports)",
    ],
)  # fmt: skip
def test_a_noun_has_the_article_that_is_spoken(said: str) -> None:
    assert with_article(said.partition(" ")[2]) == said


def test_of_what_records_and_bodies_are_called_the_unitary_authority_alone_sounds_otherwise_than_it_is_written() -> (
    None
):
    called = [*(one.noun for one in RECORD_TYPES), *BodyKind, *CouncilKind]
    by_letter = {noun: f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}" for noun in called}

    assert [noun for noun in called if with_article(noun) != by_letter[noun]] == ["unitary authority"]


def test_at_the_beginning_of_a_sentence_it_has_a_capital_and_so_has_london() -> None:
    assert words.with_article("external body") == "An external body"
    assert words.with_article("unitary authority") == "A unitary authority"
    assert words.with_article("london borough") == "A London borough"


def test_words_are_listed_as_in_a_sentence() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    with pytest.raises(IndexError):
        listed([])
