"""The `bodies` record: whatever holds, decides, advises or watches under one name."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Belongs, Citation, InTimeline, Part, Record, Searched, To
from minutebook.records.values import Line, Prose, Ref
from minutebook.when import When


class BodyKind(enum.StrEnum):
    """The kinds of body."""

    COUNCIL = "council"
    CABINET = "cabinet"
    COMMITTEE = "committee"
    SUB_COMMITTEE = "sub-committee"
    SCRUTINY = "scrutiny committee"
    STATUTORY_BOARD = "statutory board"
    PROGRAMME_BOARD = "programme board"
    IMPROVEMENT_BOARD = "improvement board"
    COMMISSIONING_BOARD = "commissioning board"
    GOVERNANCE_BOARD = "governance board"
    WORKSTREAM = "workstream"
    PROJECT_GROUP = "project group"
    PARTNERSHIP = "partnership"
    DIRECTORATE = "directorate"
    TEAM = "team"
    EXTERNAL = "external body"


class EndReason(enum.StrEnum):
    """Why a body ended. The number of its successors follows from the reason."""

    ABOLISHED = "abolished"
    TIME_LIMITED = "work finished"
    MERGED = "merged"
    SPLIT = "split"
    REPLACED = "replaced"
    RENAMED = "renamed"


class Role(enum.StrEnum):
    """In what capacity somebody sits on a body."""

    CHAIR = "chair"
    VICE_CHAIR = "vice-chair"
    MEMBER = "member"
    RESERVE = "reserve member"
    CO_OPTED = "co-opted member"
    ADVISER = "adviser"


class Membership(Part):
    """A seat on a body: a post, a body or a group in the source's words, with the dates stated."""

    post: Annotated[Ref | None, To("posts", backlink="sits_on")] = None
    body: Annotated[Ref | None, To("bodies", backlink="sits_on")] = None
    group: Line | None = Field(None, description="Several people the source names as a group, in its words.")
    role: Role = Role.MEMBER
    since: When | None = None
    until: When | None = None
    citations: tuple[Citation, ...] = ()


class PowerKind(enum.StrEnum):
    """What a body may do. To move a project needs `decide`, `approve projects` or `govern projects`."""

    DECIDE = "decide"
    APPROVE_PROJECTS = "approve projects"
    GOVERN_PROJECTS = "govern projects"
    MONITOR = "monitor"
    SCRUTINISE = "scrutinise"
    RECOMMEND = "recommend"
    ADVISE = "advise"
    ENDORSE = "endorse"


class Power(Part):
    """Something a body may do, in the source's words."""

    kind: PowerKind
    what: Annotated[Prose | None, Searched()] = None
    since: When | None = None
    citations: tuple[Citation, ...] = ()


class Delegation(Part):
    """A power given to a post or a body, from when (Local Government Act 1972, section 100G)."""

    power: Prose
    to: Annotated[Ref, To("posts", "bodies", backlink="delegated_powers")]
    since: When | None
    until: When | None = None
    citations: tuple[Citation, ...] = ()


class Body(Record):
    """A council body: anything with a name that holds projects, decides, advises or watches."""

    folder: ClassVar = "bodies"
    noun: ClassVar = "body"
    heading: ClassVar = "Bodies"

    kind: BodyKind
    parent: Annotated[Ref | None, To("bodies", backlink="children"), Belongs.TO] = Field(
        None, description="The body it reports to."
    )
    members: tuple[Membership, ...] = Field((), description="Chair and members, with dates.")
    established: Annotated[When | None, InTimeline("established")] = None
    ended: Annotated[When | None, InTimeline("ended")] = None
    ended_reason: EndReason | None = None
    succeeded_by: Annotated[tuple[Ref, ...], To("bodies", backlink="succeeds")] = ()
    cadence: Line | None = Field(None, description="How often it meets, as the source says.")
    powers: tuple[Power, ...] = ()
    delegations: tuple[Delegation, ...] = ()
