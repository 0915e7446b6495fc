"""The lists of exempt information: which paragraphs there are, in which country, since when.

Sources: Local Government Act 1972, Schedule 12A, as put in by the Local Government (Access to
Information) Act 1985, replaced for England by SI 2006/88 and for Wales by SI 2007/969 (W.86), with
the additions for standards committees of SI 2008/1085 and SI 2007/951 (W.82); Local Government
(Scotland) Act 1973, Schedule 7A.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from minutebook.countries import Country
from minutebook.when import Answer, When, before


@dataclass(frozen=True, slots=True)
class Schedule:
    """One version of a list: its name in `schedule_version`, its countries, its days, its paragraphs in short."""

    version: str
    countries: frozenset[Country]
    since: date
    until: date | None  # the day another took its place
    paragraphs: Mapping[str, str]
    only_by_name: bool = False  # holds for certain meetings only, so a record must name it


def _numbered(first: int, *titles: str) -> Mapping[str, str]:
    return MappingProxyType({str(number): title for number, title in enumerate(titles, first)})


_TODAY = (
    "about an individual",
    "likely to reveal who an individual is",
    "the financial or business affairs of a person, the council included",
    "consultations or negotiations about labour relations",
    "legal professional privilege",
    "a notice, order or direction the council proposes to make",
    "action to prevent, investigate or prosecute crime",
)
_STANDARDS = (
    "subject to an obligation of confidentiality",
    "national security",
    "the deliberations of a standards committee",
)
_1985 = MappingProxyType({str(number): "as the list stood from 1985" for number in range(1, 16)})

SCHEDULES: tuple[Schedule, ...] = (
    Schedule("england-2006", frozenset({Country.ENGLAND}), date(2006, 3, 1), None, _numbered(1, *_TODAY)),
    Schedule("wales-2007", frozenset({Country.WALES}), date(2007, 4, 21), None, _numbered(12, *_TODAY)),
    Schedule("scotland-1985", frozenset({Country.SCOTLAND}), date(1986, 4, 1), None, _1985),
    Schedule("1985", frozenset({Country.ENGLAND}), date(1986, 4, 1), date(2006, 3, 1), _1985),
    # From 1 March 2006 to 20 April 2007 Wales had the old list under other numbers (SI 2006/88), which
    # are not kept here: nothing is said of records of that year.
    Schedule("1985", frozenset({Country.WALES}), date(1986, 4, 1), date(2006, 3, 1), _1985),
    Schedule(
        "england-standards-2008", frozenset({Country.ENGLAND}), date(2008, 5, 8), None,
        MappingProxyType(dict(zip(("7A", "7B", "7C"), _STANDARDS, strict=True))), only_by_name=True,
    ),
    Schedule(
        "wales-standards-2007", frozenset({Country.WALES}), date(2007, 4, 21), None,
        MappingProxyType(dict(zip(("18A", "18B", "18C"), _STANDARDS, strict=True))), only_by_name=True,
    ),
)  # fmt: skip

VERSIONS = tuple(dict.fromkeys(schedule.version for schedule in SCHEDULES))


def paragraphs_in_force(country: Country, on: When | None, version: str | None = None) -> Mapping[str, str]:
    """The paragraphs that a record of that country and date can name, each with its subject.

    With a `version` those of it alone. A date as wide as two lists allows both; none where no list
    of that date is kept here.
    """
    found: dict[str, str] = {}
    for schedule in SCHEDULES:
        if country not in schedule.countries or (version is not None and schedule.version != version):
            continue
        if version is None and (schedule.only_by_name or not _can_hold(schedule, on)):
            continue
        found |= schedule.paragraphs
    return MappingProxyType(found)


def _can_hold(schedule: Schedule, on: When | None) -> bool:
    if on is None:
        return True
    not_yet = before(on, schedule.since) is Answer.YES
    no_longer = schedule.until is not None and before(on, schedule.until) is Answer.NO
    return not (not_yet or no_longer)
