"""Answers about ownership as sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.loading import load
from minutebook.ownership import OwnershipHistory
from minutebook.records.project import Project
from minutebook.when import When
from minutebook.wording import beginning, on_date, possibility_in_words
from tests.small_council import write_council


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When.parse("2019-03-04"), " since 4 March 2019"),
        (When.parse("2019-01/2019-06", "early 2019"), " since early 2019"),
        (When.parse("2020-01", "As from January 2020"), ", as from January 2020"),
        (When.parse("../2019-11-15"), ", by 15 November 2019"),
        (When.parse("../2019-12-12", "Recently"), " recently"),
        (When.parse("2019-01-01/2019-11-20"), " since some day between 1 January 2019 and 20 November 2019"),
    ],
)
def test_a_beginning_follows_a_verb_in_the_words_of_the_source(when: When, words: str) -> None:
    assert "".join(beginning(when)) == words


@pytest.mark.parametrize(
    ("project", "on", "sentence"),
    [
        ("boilers", "2019-01-01", "not yet begun"),
        ("boilers", "2020-01-01", "held by Warm Homes Board since 4 March 2019"),
        ("advice", "2021-05-01", "nobody is stated to hold it, as from April 2021"),
        (
            "warm-homes",
            "2021-05-01",
            "ended (discontinued), as from April 2021; who goes on watching it is not stated",
        ),
    ],
)
def test_each_status_reads_as_a_sentence(tmp_path: Path, project: str, on: str, sentence: str) -> None:
    kb = load(write_council(tmp_path)).kb
    (found,) = kb.find(project, Project)
    assert isinstance(found, Project)
    (one,) = OwnershipHistory(kb).owner(found, When.parse(on)).possible
    assert possibility_in_words(kb, one) == sentence


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2020-01-10", "on 10 January 2020"),
        ("2020-01", "in January 2020"),
        ("2020", "in 2020"),
        ("2019-12-12/2020-01-07", "between 12 December 2019 and 7 January 2020"),
    ],
)
def test_a_date_asked_about_has_its_preposition(value: str, words: str) -> None:
    assert on_date(When.parse(value)) == words
