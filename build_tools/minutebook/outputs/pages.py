"""The pages of the site: every record, and the lists that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from minutebook.outputs import LatePage, OutputFile
from minutebook.outputs.addresses import address_of, path_of
from minutebook.outputs.compare_pages import then_and_now
from minutebook.outputs.data_pages import data
from minutebook.outputs.decision_pages import decision_history, resolutions_register
from minutebook.outputs.discrepancy_pages import discrepancies
from minutebook.outputs.evidence_pages import coverage
from minutebook.outputs.further_pages import further_pages
from minutebook.outputs.home_page import home
from minutebook.outputs.list_pages import all_records
from minutebook.outputs.ownership_pages import what_changed_hands, who_holds_what
from minutebook.outputs.promise_pages import promise_pages
from minutebook.outputs.question_pages import (
    corrections,
    measures,
    not_held,
    private_items,
)
from minutebook.outputs.record_page import record_page
from minutebook.outputs.register_pages import bodies, projects, sources
from minutebook.outputs.site import Site
from minutebook.publication import PublishedKnowledgeBase
from minutebook.records.base import Record
from minutebook.records.values import Ref
from minutebook.when import When

# Everything but the home page and the pages of records, in the order in which it is made.
_LISTS: tuple[Callable[[Site], Iterator[OutputFile]], ...] = (
    decision_history, resolutions_register, who_holds_what, what_changed_hands, then_and_now, promise_pages,
    projects, bodies, sources, discrepancies, not_held, coverage, measures, corrections, private_items, data, all_records,
)  # fmt: skip
_ASSETS = Path(__file__).parent / "assets"


def pages(published: PublishedKnowledgeBase, as_of: When) -> Iterator[OutputFile]:
    """Make every page, as at a date."""
    site = Site(published, as_of)
    yield home(site)
    for make in _LISTS:
        yield from make(site)
    for record in site.kb.records.values():
        yield _late(site, record)
        yield from further_pages(site, record)
    for asset in sorted(_ASSETS.iterdir()):
        yield OutputFile(f"assets/{asset.name}", asset.read_bytes())


def pages_of(site: Site, records: Iterable[Ref]) -> Iterator[OutputFile]:
    """Make the pages of some records alone: what a live server shows first."""
    for record_id in records:
        if (record := site.kb.records.get(record_id)) is not None:
            yield _late(site, record)


def _late(site: Site, record: Record) -> LatePage:
    """The page of a record, made when it is asked for: there are thousands, and processes to share them."""
    return LatePage(
        path_of(address_of(record.id)), record.title, "record", partial(record_page, site, record)
    )
