"""Whom a law binds and since when: what the checks of procedure ask before they ask anything else.

A rule that says what an Act wants is silent where the Act does not run, before it was in force, and
where the record leaves open whether it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from minutebook.belonging import council_of
from minutebook.countries import Country, country_of
from minutebook.grammar import listed
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import Part, Record
from minutebook.records.body import Body, BodyKind
from minutebook.records.council import CouncilKind
from minutebook.records.meeting import Meeting
from minutebook.records.resolution import Resolution
from minutebook.records.values import Ref
from minutebook.when import Answer, When, on_or_before

R = TypeVar("R", bound=Record)
_ENGLAND, _WALES, _SCOTLAND = (frozenset({one}) for one in (Country.ENGLAND, Country.WALES, Country.SCOTLAND))


@dataclass(frozen=True, slots=True)
class Law:
    """An Act or an instrument: the countries in which it runs, and its first day where records may be older."""

    countries: frozenset[Country]
    since: date | None = None


# Executives, scrutiny, key decisions and call-in (Local Government Act 2000). Scottish councils have
# committees that bear these names, and none of their powers; Wales has executives and no key decisions.
EXECUTIVES = Law(_ENGLAND | _WALES)
KEY_DECISIONS = Law(_ENGLAND)
# 28 clear days took the place of the four-month forward plan (SI 2012/2089).
NOTICE_OF_KEY_DECISIONS = Law(_ENGLAND, date(2012, 9, 10))
# The executive answers scrutiny (section 9FE, put in by the Localism Act 2011).
ANSWERS_TO_SCRUTINY = Law(_ENGLAND, date(2012, 5, 4))
# Openness of Local Government Bodies Regulations 2014 (SI 2014/2095).
OFFICERS_RECORDS = Law(_ENGLAND, date(2014, 8, 6))
# Local Authorities (Standing Orders) (England) (Amendment) Regulations 2014 (SI 2014/165).
NAMED_VOTES = Law(_ENGLAND, date(2014, 2, 25))

# How many clear days agenda and reports are open before a meeting. England: five since SI 2002/715.
# Wales: three, Local Government Act 1972, section 100B and since 2021 section 100BA. Scotland:
# three, Local Government (Scotland) Act 1973, section 50B. Northern Ireland counts days otherwise.
_OPEN_BEFORE = (
    (Law(_ENGLAND, date(2002, 10, 1)), 5),
    (Law(_WALES, date(1986, 4, 1)), 3),
    (Law(_SCOTLAND, date(1986, 4, 1)), 3),
)

# Whose meetings are open to the public by law (sections 100A and 100E; the executive by SI
# 2012/2089). A board of officers or a partnership may be open, and no Act says so of each.
_OPEN_TO_THE_PUBLIC = frozenset(
    {
        BodyKind.COUNCIL, BodyKind.CABINET, BodyKind.COMMITTEE, BodyKind.SUB_COMMITTEE, BodyKind.SCRUTINY,
        BodyKind.STATUTORY_BOARD,
    }
)  # fmt: skip
# Who sets a council tax and keeps the standing orders of SI 2001/3384, into which named votes were put.
_SETS_COUNCIL_TAX = frozenset(
    {
        CouncilKind.LONDON_BOROUGH,
        CouncilKind.METROPOLITAN_BOROUGH,
        CouncilKind.COUNTY,
        CouncilKind.UNITARY,
        CouncilKind.DISTRICT,
    }
)
# Parishes and communities have the Public Bodies (Admission to Meetings) Act 1960 instead.
_NOT_PRINCIPAL = frozenset({CouncilKind.PARISH, CouncilKind.COMMUNITY})


def living(kb: KnowledgeBase, record_type: type[R]) -> Iterator[R]:
    """The records of a type, but for those that were erased: nothing can be asked of them."""
    return (record for record in kb.of(record_type) if record.erased is None)


def given(part: Part, field: str) -> bool:
    """Whether the field has a value, or the file says why it has none."""
    return getattr(part, field) not in (None, ()) or part.absence(field) is not None


def lacking(part: Part, *fields: str) -> list[str]:
    """Those of the fields that have no value and no reason for that."""
    return [field for field in fields if not given(part, field)]


def how_to_add(fields: list[str]) -> str:
    """The help for fields that a law wants."""
    return f"add {listed([f'`{field}: …`' for field in fields])}; where the source is silent, `not stated`"


def explained(record: Record, pattern: str) -> bool:
    """Whether the note of the editor speaks of it, so that what the source has is a fact and no slip."""
    return (
        record.editor_note is not None and re.search(pattern, record.editor_note, re.IGNORECASE) is not None
    )


def binds(law: Law, kb: KnowledgeBase, record: Record, on: When | None = None) -> bool:
    """Whether the law certainly bound the council of a record, and on that day if it says since when.

    A council without an area code is taken for one in England; one whose record cannot be read may
    be anywhere.
    """
    if Ref(f"{record.council}/council/{record.council}") in kb.broken:
        return False
    council = council_of(kb, record)
    if country_of(council.area_code if council else None) not in law.countries:
        return False
    return law.since is None or (on is not None and on_or_before(law.since, on) is Answer.YES)


def is_principal(kb: KnowledgeBase, record: Record) -> bool:
    """Whether the record is of a principal council, to which Part VA of the Act of 1972 applies."""
    council = council_of(kb, record)
    return council is None or council.kind not in _NOT_PRINCIPAL


def sets_council_tax(kb: KnowledgeBase, record: Record) -> bool:
    """Whether the record is of a borough, a district or a county."""
    council = council_of(kb, record)
    return council is None or council.kind in _SETS_COUNCIL_TAX


def is_open_to_the_public(kb: KnowledgeBase, body: Body | None) -> bool:
    """Whether the law opens the meetings of a body, and the papers for them, to the public."""
    return body is not None and body.kind in _OPEN_TO_THE_PUBLIC and is_principal(kb, body)


def days_open_before(kb: KnowledgeBase, meeting: Meeting) -> int | None:
    """How many clear days the agenda is open before a meeting; None where no law that is known here says."""
    if not is_open_to_the_public(kb, kb.get(meeting.body, Body)):
        return None
    return next((days for law, days in _OPEN_BEFORE if binds(law, kb, meeting, meeting.held_on)), None)


def meeting_of(kb: KnowledgeBase, record: AgendaItem | Resolution) -> Meeting | None:
    """The meeting of an item, or of the item that a resolution was passed on."""
    item = kb.get(record.item, AgendaItem) if isinstance(record, Resolution) else record
    return kb.get(item.meeting, Meeting) if item is not None else None


def cannot_be_read(kb: KnowledgeBase, council: str, *folders: str) -> bool:
    """Whether a file in these folders of a council cannot be read: what seems to be missing may stand there."""
    return any(one.council == council and one.folder in folders for one in kb.broken)


def took_the_place(kb: KnowledgeBase, later: Body, earlier: Body) -> bool:
    """Whether a body succeeded another, at once or after others."""
    seen: set[Ref] = set()
    ahead = list(earlier.succeeded_by)
    while ahead:
        body_id = ahead.pop()
        if body_id == later.id:
            return True
        if body_id not in seen:
            seen.add(body_id)
            body = kb.get(body_id, Body)
            ahead += body.succeeded_by if body is not None else ()
    return False


def above(kb: KnowledgeBase, body: Body) -> Iterator[Body]:
    """The body it reports to, the one that reports to, and so on; nothing twice."""
    seen = {body.id}
    parent = kb.get(body.parent, Body)
    while parent is not None and parent.id not in seen:
        seen.add(parent.id)
        yield parent
        parent = kb.get(parent.parent, Body)
