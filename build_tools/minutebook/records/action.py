"""The `actions` record: a promise or a follow-up, with every date it was ever due on."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from minutebook.absence import Absence
from minutebook.records.base import Belongs, Citation, InTimeline, Part, Record, Searched, To, custom_error
from minutebook.records.values import Line, Prose, Ref
from minutebook.when import When


class DueKind(enum.StrEnum):
    """What was said of a day: that somebody undertakes it, or only that it is likely or reasonable."""

    UNDERTAKING = "an undertaking"
    ESTIMATE = "an estimate"


class DueDate(Part):
    """A date by which something was promised, and when that was said."""

    date: Annotated[When | None, InTimeline("due")] = Field(
        description="The day or days it was promised for."
    )
    said_on: When | None = None
    words: Line | None = Field(None, description="The source's words for a vague date.")
    given_as: DueKind = Field(
        DueKind.UNDERTAKING,
        description="*An estimate* where the words are less than an undertaking: `October 2019 would be a reasonable timescale`. By a day that was only estimated nothing is overdue.",
    )
    reason: Prose | None = Field(None, description="Why it was put off to this date.")
    citations: tuple[Citation, ...] = ()


class ActionStatus(enum.StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    PUT_OFF = "put off"
    DROPPED = "dropped"
    ONGOING = "ongoing"


class StatusChange(Part):
    """Where a promise stood on a date, and the words that show it."""

    status: ActionStatus
    on: When | None
    citations: tuple[Citation, ...] = ()


class Action(Record):
    """A promise or a follow-up: what somebody undertook to do, by when, and what came of it."""

    folder: ClassVar = "actions"
    noun: ClassVar = "action"
    heading: ClassVar = "Promises and follow-ups"

    promised_by: Annotated[Ref | None, To("posts", "bodies", backlink="promises"), Belongs.TO]
    expected_of: Annotated[Ref | None, To("bodies", "posts", backlink="expected")] = Field(
        None,
        description="Who is to decide or to act, where nobody promised it: a decision of another body that a report looks forward to, or what a body asked of somebody. `promised_by` is then *not stated*, and it is never overdue.",
    )
    promised_to: Annotated[Ref | None, To("bodies", "posts", backlink="promised")]
    promised_on: Annotated[When | None, InTimeline("promised")] = None
    arises_from: Annotated[Ref | None, To(backlink="actions")] = None
    about: Annotated[tuple[Ref, ...], To(backlink="promises_about")] = ()
    wording: Annotated[Prose | None, Searched(3)] = None
    due: tuple[DueDate, ...] = Field((), description="Every date it was due on, oldest first.")
    condition: Prose | None = Field(None, description="What must happen first.")
    status: tuple[StatusChange, ...] = Field((), description="Oldest first.")

    @property
    def is_expected(self) -> bool:
        """Whether nobody promised it, and it is expected of somebody, whom the page may have to leave out."""
        return self.expected_of is not None or self.absence("expected_of") is Absence.WITHHELD

    @property
    def is_estimate(self) -> bool:
        """Whether the day it was last due on was only estimated, and nobody undertook it."""
        return bool(self.due) and self.due[-1].given_as is DueKind.ESTIMATE

    @model_validator(mode="after")
    def _is_promised_or_expected(self) -> Self:
        if self.promised_by is not None and self.expected_of is not None:
            raise custom_error(
                "one_of",
                "what is expected of somebody is no promise: an action has `promised_by` or `expected_of`, found {found}",
                found="both",
                fields="promised_by,expected_of",
            )
        return self
