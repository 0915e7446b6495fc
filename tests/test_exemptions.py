"""Which paragraphs of exempt information a record can name: by country, by day, and by the name of a list."""

from __future__ import annotations

import pytest

from minutebook.countries import Country
from minutebook.exemptions import VERSIONS, paragraphs_in_force
from minutebook.when import When

ENGLAND, WALES, SCOTLAND = Country.ENGLAND, Country.WALES, Country.SCOTLAND
OLD = [str(number) for number in range(1, 16)]
IN_ENGLAND = [str(number) for number in range(1, 8)]
IN_WALES = [str(number) for number in range(12, 19)]


@pytest.mark.parametrize(
    ("country", "on", "paragraphs"),
    [
        # Local Government (Access to Information) Act 1985: in force on 1 April 1986.
        (ENGLAND, "1986-03-31", []),
        (ENGLAND, "1986-04-01", OLD),
        # SI 2006/88: on 1 March 2006.
        (ENGLAND, "2006-02-28", OLD),
        (ENGLAND, "2006-03-01", IN_ENGLAND),
        (ENGLAND, "2020-01-07", IN_ENGLAND),
        (WALES, "1986-03-31", []),
        (WALES, "2006-02-28", OLD),
        # The numbers of the year between are not kept; SI 2007/969 (W.86): on 21 April 2007.
        (WALES, "2006-03-01", []),
        (WALES, "2007-04-20", []),
        (WALES, "2007-04-21", IN_WALES),
        (SCOTLAND, "1986-03-31", []),
        (SCOTLAND, "1986-04-01", OLD),
        (SCOTLAND, "2020-01-07", OLD),
        # Its list is in an Act of its own (Local Government Act (Northern Ireland) 2014, Schedule 6), and is not kept here.
        (Country.NORTHERN_IRELAND, "2020-01-07", []),
    ],
)
def test_each_country_has_the_list_of_the_day(country: Country, on: str, paragraphs: list[str]) -> None:
    assert list(paragraphs_in_force(country, When.parse(on))) == paragraphs


def test_a_date_that_is_not_known_or_wide_allows_every_list_that_may_have_held() -> None:
    assert set(paragraphs_in_force(ENGLAND, None)) == set(OLD)
    assert set(paragraphs_in_force(WALES, None)) == {*OLD, *IN_WALES}
    assert set(paragraphs_in_force(WALES, When.parse("2005/2008"))) == {*OLD, *IN_WALES}
    assert set(paragraphs_in_force(ENGLAND, When.parse("2006"))) == set(OLD)


@pytest.mark.parametrize(
    ("country", "version", "paragraphs"),
    [
        (ENGLAND, "england-2006", IN_ENGLAND),
        (ENGLAND, "1985", OLD),
        (ENGLAND, "england-standards-2008", ["7A", "7B", "7C"]),
        (WALES, "wales-standards-2007", ["18A", "18B", "18C"]),
        (WALES, "wales-2007", IN_WALES),
        (SCOTLAND, "scotland-1985", OLD),
        (ENGLAND, "wales-2007", []),
        (WALES, "england-2006", []),
    ],
)
def test_a_list_that_is_named_is_taken_alone_whatever_the_day(
    country: Country, version: str, paragraphs: list[str]
) -> None:
    assert version in VERSIONS
    assert list(paragraphs_in_force(country, When.parse("2020-01-07"), version)) == paragraphs


def test_the_lists_of_standards_committees_hold_only_where_they_are_named() -> None:
    assert "7A" not in paragraphs_in_force(ENGLAND, When.parse("2020-01-07"))
    assert "18A" not in paragraphs_in_force(WALES, None)


def test_the_subjects_are_those_of_the_schedule() -> None:
    england, wales = (paragraphs_in_force(one, When.parse("2020-01-07")) for one in (ENGLAND, WALES))

    assert list(england.values()) == list(wales.values()), "the same seven, under other numbers"
    assert england["1"] == "about an individual"
    assert england["3"].startswith("the financial or business affairs")
    assert england["5"] == "legal professional privilege"
    assert paragraphs_in_force(ENGLAND, None, "england-standards-2008")["7B"] == "national security"
