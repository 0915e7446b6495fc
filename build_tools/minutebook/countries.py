"""Which country of the United Kingdom a council is in: its laws, its bank holidays and its lists of exempt information follow."""

from __future__ import annotations

import enum


class Country(enum.StrEnum):
    """A country, by the letter that the area codes of the Office for National Statistics begin with there."""

    ENGLAND = "E"
    WALES = "W"
    SCOTLAND = "S"
    NORTHERN_IRELAND = "N"


def country_of(area_code: str | None) -> Country:
    """The country of a council, by its area code (`E09000015`); England where the code is not known."""
    return Country((area_code or Country.ENGLAND)[0])
