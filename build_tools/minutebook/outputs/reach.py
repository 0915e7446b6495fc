"""How far the documents held reach, council by council, for lists whose answers rest on what no document shows."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from minutebook.held import latest_document
from minutebook.outputs.last_known import CHANGED_LATER, last_document
from minutebook.outputs.site import CouncilPlace, Site
from minutebook.outputs.templating import fragment
from minutebook.outputs.words import unbroken
from minutebook.short_dates import in_short


def reach_notes(site: Site, councils: Iterable[CouncilPlace], of: frozenset[str]) -> Markup:
    """For each of these councils that the list speaks of: the date of the latest document held; else nothing."""
    notes = []
    for place in councils:
        source = latest_document(site.kb, place.slug, site.as_of) if place.slug in of else None
        if source is None or source.dated is None:
            continue
        dated = site.anywhere.record(source.id, unbroken(in_short(source.dated)))
        later = f" {CHANGED_LATER}" if last_document(site, place.slug, site.as_of) is not None else ""
        notes.append((place.title, dated, later))
    return fragment("reach.html", notes=notes) if notes else Markup("")


__all__ = ["reach_notes"]
