"""How much of each document is recorded, which receipts were verified, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from minutebook.evidence.coverage import Count
from minutebook.evidence.verification import ReceiptCount, ReceiptState, count_receipts
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import COVERAGE, DISCREPANCIES, NOT_HELD
from minutebook.outputs.listing import Group, Listing, list_pages
from minutebook.outputs.receipts import version_of
from minutebook.outputs.register_pages import row
from minutebook.outputs.site import CouncilPlace, Site, a_to_z
from minutebook.outputs.templating import fragment
from minutebook.outputs.words import count
from minutebook.records.source_document import Recorded, SourceDocument

_COLUMNS = (
    "Document", "Recorded", "Passages", "Cited", "Left out, with the reason", "Words quoted", "Figures quoted",
    "Receipts verified",
)  # fmt: skip
_LEAD = Markup("How much of each document held here is recorded, passage by passage. See also {} and {}.")
_HOW = Markup(
    '<details class="mb-fold"><summary>How it is counted</summary>'
    "<p>A passage is a sentence, a heading or a cell of a table. It counts as cited when receipts quote a quarter of"
    " its words, and three of them at least, or when they quote eight. It is left out only with a reason: all reasons"
    " are given below.</p><p>The figures are from the last time that the receipts were compared with the"
    " texts.</p></details>"
)


def coverage(site: Site) -> Iterator[OutputFile]:
    """The table of coverage, by council and document, and the passages of which nothing is recorded."""
    receipts = {one.source.id: one for one in count_receipts(site.kb)}
    links = site.anywhere
    sources = sorted(site.kb.of(SourceDocument), key=a_to_z)
    groups = []
    for place in site.councils:
        own = [one for one in sources if one.council == place.slug]
        rows = [_row(site, one, receipts[one.id]) for one in own]
        if len(own) > 1 and any(one.coverage is not None for one in own):
            rows.append(_sum(own, [receipts[one.id] for one in own]))
        if rows:
            groups.append(Group(_heading(site, place, own), rows))
    listing = Listing(
        COVERAGE,
        "Coverage and receipts",
        groups,
        lead=_LEAD.format(
            links.page(NOT_HELD, "what we do not hold"), links.page(DISCREPANCIES, "where sources disagree")
        ),
        before=_HOW,
        template="table_listing.html",
        columns=_COLUMNS,
        size=500,
        total=_total(list(receipts.values())),
        nothing="No document is cited yet.",
        after=_left_out(site, sources),
    )
    yield from list_pages(site, listing)


def _heading(site: Site, place: CouncilPlace, own: list[SourceDocument]) -> str:
    named = place.title if len(site.councils) > 1 else ""
    total = _count(own)
    if not total.passages:
        return named
    return f"{named}: {percent(total)} recorded" if named else f"{percent(total)} recorded"


def _total(receipts: list[ReceiptCount]) -> str:
    all_of_them = sum(one.total for one in receipts)
    verified = sum(one.of(ReceiptState.VERIFIED) for one in receipts)
    without = sum(one.of(ReceiptState.WORDS_NOT_HELD) for one in receipts)
    if not all_of_them:
        return ""
    said = f"{verified:,} of {count(all_of_them, 'receipt')} {'is' if verified == 1 else 'are'} verified"
    return (
        f"{said}; {without:,} {'has' if without == 1 else 'have'} no words, since the page is not kept."
        if without
        else f"{said}."
    )


def _row(site: Site, source: SourceDocument, receipts: ReceiptCount) -> Markup:
    name = Markup("{}{}").format(site.anywhere.record(source.id), _version(source))
    if source.coverage is None:
        missing = "Not counted yet" if source.text_path is not None else "Its text is not held"
        return row(_COLUMNS, name, missing, "–", "–", "–", "–", "–", _verified(receipts))
    return row(_COLUMNS, name, *_figures(_count([source])), _verified(receipts))


def _sum(own: list[SourceDocument], receipts: list[ReceiptCount]) -> Markup:
    verified = sum(one.of(ReceiptState.VERIFIED) for one in receipts)
    total = sum(one.total for one in receipts)
    return row(_COLUMNS, "All its documents", *_figures(_count(own)), f"{verified:,} of {total:,}")


def _version(source: SourceDocument) -> Markup:
    said = version_of(source)
    return Markup('<br><span class="mb-small">{}</span>').format(said) if said else Markup("")


def _verified(receipts: ReceiptCount) -> str:
    return f"{receipts.of(ReceiptState.VERIFIED):,} of {receipts.total:,}"


def _count(sources: list[SourceDocument]) -> Count:
    return sum((_as_count(one.coverage) for one in sources if one.coverage is not None), Count())


def _as_count(recorded: Recorded) -> Count:
    return Count(
        recorded.passages, recorded.cited, recorded.explained, recorded.words, recorded.words_quoted,
        recorded.figures, recorded.figures_quoted,
    )  # fmt: skip


def _figures(total: Count) -> tuple[str, ...]:
    return (
        percent(total), f"{total.passages:,}", f"{total.cited:,}", f"{total.explained:,}",
        f"{total.words_quoted:,} of {total.words:,}", f"{total.figures_quoted:,} of {total.figures:,}",
    )  # fmt: skip


def percent(total: Count) -> str:
    """The share that is recorded or explained, rounded down: 100% means that nothing is left."""
    return total.percent or "–"


def _left_out(site: Site, sources: list[SourceDocument]) -> Markup | str:
    listed = [
        (
            site.anywhere.record(one.id),
            [(passage.quote, passage.at, passage.why) for passage in one.unrecorded],
        )
        for one in sources
        if one.unrecorded
    ]
    return fragment("unrecorded.html", sources=listed) if listed else ""
