"""The `posts` record: an office, apart from whoever holds it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Belongs, Citation, Part, Record, Searched, To
from minutebook.records.values import Line, Ref
from minutebook.when import When


class Holder(Part):
    """Who held a post and when. The name is printed only with `publish_name` and a basis (UK GDPR)."""

    name: Line | None = Field(None, description="Printed only with `publish_name` and a `basis`.")
    publish_name: bool = False
    basis: Line | None = Field(None, description="Why the name may be printed.")
    since: When | None = None
    until: When | None = None
    citations: tuple[Citation, ...] = ()


class Post(Record):
    """An office, such as Corporate Director of People, whoever holds it."""

    folder: ClassVar = "posts"
    noun: ClassVar = "post"
    heading: ClassVar = "Posts"

    body: Annotated[Ref | None, To("bodies", backlink="posts"), Belongs.TO] = Field(
        description="The directorate or body the post belongs to."
    )
    portfolio: Annotated[Line | None, Searched(3)] = Field(None, description="The field of a Cabinet member.")
    perhaps_same_as: Annotated[tuple[Ref, ...], To("posts", backlink="perhaps_same_as")] = Field(
        (), description="Another post that may be this one under another name; no document says."
    )
    holders: tuple[Holder, ...] = ()
