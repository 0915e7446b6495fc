"""The `statements` record: what somebody said, which is not thereby so."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Belongs, InTimeline, Record, Searched, To
from minutebook.records.values import Line, Prose, Ref
from minutebook.when import When


class Capacity(enum.StrEnum):
    """As what somebody spoke. An outsider's word is never evidence for a fact of record."""

    OFFICER = "officer"
    MEMBER = "member"
    PORTFOLIO_HOLDER = "portfolio holder"
    CHAIR = "chair"
    BODY = "body"
    PARTNER = "partner"
    OUTSIDER = "outsider"


class Statement(Record):
    """What somebody said: an assurance, a concern, a criticism."""

    folder: ClassVar = "statements"
    noun: ClassVar = "statement"
    heading: ClassVar = "Statements"

    by: Annotated[Ref | None, To("posts", "bodies", backlink="statements")] = Field(
        None, description="The post or body that spoke."
    )
    speaker: Line | None = Field(
        None, description="In words, where no post or body fits, such as `a member`."
    )
    capacity: Capacity | None
    said_at: Annotated[Ref | None, To("items", "meetings", backlink="statements_made"), Belongs.AT] = None
    said_on: Annotated[When | None, InTimeline("said")] = None
    said_in: Annotated[Ref | None, To("reports", "sources", backlink="statements_in")] = None
    about: Annotated[tuple[Ref, ...], To(backlink="statements_about")] = ()
    disputes: Annotated[tuple[Ref, ...], To(backlink="disputed_by")] = Field(
        (), description="The records whose account it contradicts."
    )
    words: Annotated[Prose | None, Searched(3)] = Field(
        None, description="The words themselves, where short."
    )
