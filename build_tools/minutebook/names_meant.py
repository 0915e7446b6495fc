"""Words that stand where an id is wanted: which record bears them as its name, once all records are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import PurePath

from minutebook.diagnostics import Diagnostic
from minutebook.field_findings import NoReference
from minutebook.privacy import is_public
from minutebook.records.base import Record
from minutebook.suggest import nearest


def offer_ids(findings: Iterable[Diagnostic], records: Sequence[Record]) -> Iterator[Diagnostic]:
    """Each finding; that of a title or a file's name in place of an id (MB303) with the id of its record in the help.

    Only a public record is offered, of a folder that the field can hold; one of the same council before others.
    """

    @cache
    def names(folders: tuple[str, ...], council: str) -> dict[str, str]:
        fitting = [one for one in records if is_public(one) and (not folders or one.id.folder in folders)]
        fitting.sort(key=lambda one: (one.council == council, one.id))  # what comes later takes the name
        return {
            name.casefold(): f"{one.id.folder}/{one.id.slug}" if one.council == council else one.id
            for one in fitting
            for name in (one.id.slug, *one.aliases, one.title)
        }

    @cache
    def meant(written: str, folders: tuple[str, ...], council: str) -> str | None:
        known = names(folders, council)
        name = written.rpartition("/")[2].removesuffix(".md").strip().casefold()
        near = name if name in known else nearest(name, known)
        return known[near] if near is not None else None

    for finding in findings:
        if isinstance(finding, NoReference):
            council = PurePath(finding.place.path).parent.parent.name
            if (one := meant(finding.written, finding.folders, council)) is not None:
                finding = replace(finding, help=f"did you mean `{one}`?")
        yield finding
