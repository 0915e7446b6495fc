"""The `sources` record: a document that is cited, and how far it can be trusted."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from minutebook.records.base import InTimeline, Part, Record, To
from minutebook.records.values import Line, Prose, Ref, Url
from minutebook.when import When


class SourceKind(enum.StrEnum):
    """The kinds of document."""

    MINUTES = "minutes"
    REPORT = "committee report"
    AGENDA = "agenda"
    MEETING_PAGE = "meeting page"
    DECISION_NOTICE = "decision notice"
    PLAN = "plan"
    REGISTER = "register"
    LEGISLATION = "legislation"
    BLOG_POST = "blog post"
    NEWS = "news"
    OTHER = "other"


class Standing(enum.StrEnum):
    """Whether the body itself published it. A third party's text never supports a fact of record."""

    OFFICIAL = "official"
    THIRD_PARTY = "third-party"


class Fingerprint(Part):
    """The text that receipts were verified against, and which they were. Written by `check --sources DIR --record`."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    verified_on: When | None = None
    marks: tuple[Annotated[str, StringConstraints(pattern=r"^[a-p]{8}$")], ...] = Field(
        (),
        description="A mark of each quotation that stood in it; a receipt whose mark is missing is not verified.",
    )


class Recorded(Part):
    """How much of the text was recorded when it was verified. Written by `check --sources DIR --record`."""

    passages: int = Field(ge=0, description="Its sentences, table cells and headings.")
    cited: int = Field(ge=0, description="Those of which quotations hold enough.")
    explained: int = Field(ge=0, description="Those that `unrecorded` explains.")
    words: int = Field(ge=0, description="Its words and numbers.")
    words_quoted: int = Field(ge=0, description="Those that lie in a quotation.")
    figures: int = Field(ge=0, description="Its words and numbers that have a digit.")
    figures_quoted: int = Field(ge=0, description="Those that lie in a quotation or an explained passage.")


class Unrecorded(Part):
    """A passage of which nothing is recorded, and why."""

    quote: Prose | None = Field(None, description="All its words, or at least its first five.")
    at: Line | None = Field(
        None,
        description="Its line in the text (`line 577`, three at most), where the words themselves must not be repeated.",
    )
    why: Line


class SourceDocument(Record):
    """A document that is cited: minutes, a report, a page."""

    folder: ClassVar = "sources"
    noun: ClassVar = "source"
    heading: ClassVar = "Sources"

    kind: SourceKind
    standing: Standing
    publisher: Line | None = Field(description="Who published it.")
    url: Url | None = Field(description="The official page.")
    dated: Annotated[When | None, InTimeline("dated")]
    licence: Line | None = Field(description="Set by the council; never assumed for a third party's text.")
    record_of: Annotated[tuple[Ref, ...], To("meetings", "items", "reports", backlink="documents")] = ()
    listed_on: Annotated[Ref | None, To("sources", backlink="lists")] = Field(
        None, description="The page that links to it, where its own address is not known."
    )
    text_path: Line | None = Field(None, description="The file name of its text, looked up with `--sources`.")
    fingerprint: Fingerprint | None = None
    coverage: Recorded | None = Field(None, description="How much of its text is recorded.")
    unrecorded: tuple[Unrecorded, ...] = Field(
        (), description="Passages of which nothing is recorded, and why."
    )
