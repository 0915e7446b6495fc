"""The two files beside the records: `kb/minutebook.yml` (what the site is) and `kb/synonyms.yml`."""

from __future__ import annotations

from pydantic import Field

from minutebook.records.base import Part
from minutebook.records.values import Line, Prose, Url
from minutebook.when import When


class CouncilSettings(Part):
    """What a council sets for its own documents."""

    licence: Line | None = None
    addresses: tuple[Url, ...] = ()


class Settings(Part):
    """`kb/minutebook.yml`."""

    title: Line = Field("Minutebook", description="The name of the site.")
    description: Prose | None = None
    as_of: When | None = Field(None, description="The date the site speaks of, where none is given.")
    licence: Line | None = None
    councils: dict[str, CouncilSettings] = Field(default_factory=dict)


class Synonyms(Part):
    """`kb/synonyms.yml`: groups of words and phrases that a search treats as one."""

    groups: tuple[tuple[Line, ...], ...] = ()
