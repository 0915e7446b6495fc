"""The `transfers` record: a governance transfer, the one thing from which ownership is computed."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator

from minutebook.absence import Absence
from minutebook.records.base import Citation, InTimeline, Part, Record, Searched, To, custom_error
from minutebook.records.values import Line, Prose, Ref, one_or_many
from minutebook.when import When


class TransferKind(enum.StrEnum):
    """What sort of change of governance it is."""

    ESTABLISH = "establish"
    TRANSFER = "transfer"
    SPLIT = "split"
    MERGE = "merge"
    REPLACE = "replace"
    RENAME = "rename"
    CLOSE = "close"
    REOPEN = "reopen"


class Closure(Part):
    """The end of a project, or its becoming business as usual, which is not the end of oversight."""

    into: Line = Field(
        description="What it became: `business as usual`, `discontinued`, or the source's word."
    )
    monitored_by: Annotated[Ref | None, To("bodies", "posts", backlink="monitors")] = Field(
        None, description="Who goes on watching it."
    )


class Move(Part):
    """What becomes of one project: exactly one of a body, a closure, a declared gap, or a new watcher."""

    what: Annotated[Ref, To("projects", backlink="transfers")]
    to: Annotated[Ref | None, To("bodies", backlink="received")] = Field(
        None, description="The body that receives it."
    )
    closed: Closure | None = Field(None, description="It ends here.")
    gap: Annotated[Prose | None, Searched()] = Field(
        None, description="Nobody is stated to receive it: say what the source does say."
    )
    monitored_by: Annotated[Ref | None, To("bodies", "posts", backlink="monitors")] = Field(
        None, description="For a project that was closed before: who watches it from here on."
    )
    reading: Prose | None = Field(None, description="How the editor reads an ambiguous source, and why.")
    citations: tuple[Citation, ...] = ()

    @model_validator(mode="after")
    def _has_one_destination(self) -> Self:
        given = [name for name in ("to", "closed", "gap", "monitored_by") if getattr(self, name) is not None]
        if len(given) != 1:
            found = " and ".join(f"`{name}`" for name in given) or "none of them"
            raise custom_error(
                "one_of",
                "a move needs exactly one of `to`, `closed`, `gap` and `monitored_by`, found {found}",
                found=found,
                fields=",".join(given),
            )
        return self

    @property
    def watcher(self) -> Ref | None:
        """Who watches a project that ended, now or before; None where it did not, or nobody is named."""
        return self.monitored_by if self.closed is None else self.closed.monitored_by


class Transfer(Record):
    """A change of who answers for projects: from which body, to where, from when, on whose authority."""

    folder: ClassVar = "transfers"
    noun: ClassVar = "transfer"
    heading: ClassVar = "Governance transfers"

    kind: TransferKind
    effective: Annotated[When, InTimeline("took effect")]
    authorised_by: Annotated[Ref | None, To("decisions", "resolutions", backlink="authorises")] = Field(
        description="The decision that made it so. Who decided to end a programme is not always who decided its split."
    )
    authority_note: Prose | None = Field(
        None, description="What the sources say of the authority and what they leave open, told beside it."
    )
    givers: Annotated[tuple[Ref, ...], BeforeValidator(one_or_many), To("bodies", backlink="gave_up")] = (
        Field(
            (), alias="from", description="The body, or for a merger the bodies, that held it the day before."
        )
    )
    moves: tuple[Move, ...] = Field(min_length=1)

    @property
    def giver_unknown(self) -> bool:
        """Whether somebody may have given who is not named: `from: not stated`, which is not `none`."""
        return self.absence("givers") not in (None, Absence.NONE)
