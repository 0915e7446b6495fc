"""The pages of the site: every record, and the lists that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from minutebook.asked import Asked
from minutebook.outputs import InPieces, OutputFile, Piece
from minutebook.outputs.asked_site import AskedSite, site_of
from minutebook.outputs.compare_pages import then_and_now
from minutebook.outputs.data_pages import data
from minutebook.outputs.decision_pages import decision_history, resolutions_register
from minutebook.outputs.discrepancy_pages import discrepancies
from minutebook.outputs.evidence_pages import coverage
from minutebook.outputs.further_pages import further_pages
from minutebook.outputs.home_page import home
from minutebook.outputs.in_full import in_full
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

# Everything but the pages of records.
_LISTS: tuple[Callable[[Site], Iterator[OutputFile]], ...] = (
    decision_history, resolutions_register, who_holds_what, what_changed_hands, then_and_now, promise_pages,
    projects, bodies, sources, discrepancies, not_held, coverage, measures, corrections, private_items, data, all_records,
)  # fmt: skip
_ASSETS = Path(__file__).parent / "assets"


def _pieces(published: PublishedKnowledgeBase, as_of: When) -> Iterator[Piece]:
    site, answers = site_of(published, as_of)
    yield Piece("home", partial(_listed, _home, site), answers)
    for make in _LISTS:
        yield Piece(f"list {make.__name__}", partial(_listed, make, site), answers)
    for record in site.kb.records.values():
        yield Piece(f"record {record.id}", partial(_of_record, site, record), answers)
    yield Piece("assets", _assets)


pages = InPieces(_pieces)


def pages_of(site: Site, records: Iterable[Ref]) -> Iterator[OutputFile]:
    """Make the pages of some records alone: what a live server shows first."""
    for record_id in records:
        if (record := site.kb.records.get(record_id)) is not None:
            yield record_page(site, record)
            yield from in_full(site, record)  # to which it may lead now


def _listed(make: Callable[[Site], Iterator[OutputFile]], site: Site, asked: Asked) -> Iterator[OutputFile]:
    return make(AskedSite(site, asked))


def _of_record(site: Site, record: Record, asked: Asked) -> Iterator[OutputFile]:
    asked.note_record(record.id)
    its_own = AskedSite(site, asked)
    yield record_page(its_own, record)
    yield from further_pages(its_own, record)


def _home(site: Site) -> Iterator[OutputFile]:
    yield home(site)


def _assets(_: Asked) -> Iterator[OutputFile]:
    for asset in sorted(_ASSETS.iterdir()):
        yield OutputFile(f"assets/{asset.name}", asset.read_bytes())
