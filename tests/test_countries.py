"""The country of a council follows from its area code."""

from __future__ import annotations

import pytest

from minutebook.countries import Country, country_of


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("E09000015", Country.ENGLAND),
        ("W06000015", Country.WALES),
        ("S12000036", Country.SCOTLAND),
        ("N09000003", Country.NORTHERN_IRELAND),
        (None, Country.ENGLAND),
        ("", Country.ENGLAND),
    ],
)
def test_the_first_letter_of_an_area_code_names_the_country(code: str | None, country: Country) -> None:
    assert country_of(code) is country
