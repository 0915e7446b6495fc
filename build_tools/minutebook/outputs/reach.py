"""How far the documents held reach, council by council, for lists whose answers rest on what no document shows."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from minutebook.held import latest_document
from minutebook.outputs.site import CouncilPlace, Site
from minutebook.outputs.templating import fragment
from minutebook.when import before


def reach_notes(site: Site, councils: Iterable[CouncilPlace], of: frozenset[str]) -> Markup:
    """For each of these councils that the list speaks of: the date of the latest document held; else nothing."""
    notes = []
    for place in councils:
        source = latest_document(site.kb, place.slug, site.as_of) if place.slug in of else None
        if source is None or source.dated is None:
            continue
        dated = site.anywhere.record(source.id, source.dated.display())
        later = " What changed later is not known here." if before(source.dated, site.as_of).certain else ""
        notes.append((place.title, dated, later))
    return fragment("reach.html", notes=notes) if notes else Markup("")


__all__ = ["reach_notes"]
