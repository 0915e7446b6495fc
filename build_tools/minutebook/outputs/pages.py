"""The pages of the site: every record, and the lists that lead to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from minutebook.outputs import OutputFile
from minutebook.outputs.decision_pages import decision_history, resolutions_register
from minutebook.outputs.list_pages import all_records, bodies, home, sources
from minutebook.outputs.ownership_pages import what_changed_hands, who_holds_what
from minutebook.outputs.record_page import record_page
from minutebook.outputs.site import Site
from minutebook.publication import PublishedKnowledgeBase
from minutebook.when import When

_ASSETS = Path(__file__).parent / "assets"


def pages(published: PublishedKnowledgeBase, as_of: When) -> Iterator[OutputFile]:
    """Make every page, as at a date."""
    site = Site(published, as_of)
    yield home(site)
    yield from decision_history(site)
    yield from resolutions_register(site)
    yield who_holds_what(site)
    yield what_changed_hands(site)
    yield bodies(site)
    yield sources(site)
    yield from all_records(site)
    for record in site.kb.records.values():
        yield record_page(site, record)
    for asset in sorted(_ASSETS.iterdir()):
        yield OutputFile(f"assets/{asset.name}", asset.read_bytes())
