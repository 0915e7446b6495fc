"""What a paper, a meeting, a promise or a measure is and where it stands, in one sentence read off its own fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from minutebook.absence import Absence
from minutebook.belonging import body_of, date_of
from minutebook.outputs.addresses import Links
from minutebook.outputs.site import Site
from minutebook.outputs.words import capital, count, moment, moment_and_span, named, unbroken, with_article
from minutebook.promises import PromiseState, promise
from minutebook.records.action import Action
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import Record
from minutebook.records.council import Council
from minutebook.records.discrepancy import Discrepancy, DiscrepancyKind
from minutebook.records.event import Event
from minutebook.records.figures import Figures
from minutebook.records.indicator import Better, Indicator, Measurement
from minutebook.records.meeting import Meeting, MinutesStatus
from minutebook.records.plan import Plan
from minutebook.records.post import Post
from minutebook.records.report import Report
from minutebook.records.resolution import Resolution
from minutebook.records.source_document import SourceDocument, Standing
from minutebook.records.statement import Capacity, Statement
from minutebook.records.values import Ref
from minutebook.when import When
from minutebook.wording import on_date, promise_sentence

# Why two places disagree, as a reader would ask.
KINDS = MappingProxyType(
    {
        DiscrepancyKind.ROUNDING: "Rounding: one of them has rounded the figure.",
        DiscrepancyKind.DEFINITION: "Definition: they do not measure or mean the same thing.",
        DiscrepancyKind.LATER_EVENT: "Later event: something happened between the two.",
        DiscrepancyKind.SLIP: "Slip or spelling: what is meant is not in doubt.",
        DiscrepancyKind.OPEN: "Open: nothing that is held here settles it.",
    }
)
_MINUTES = {
    MinutesStatus.DRAFT: "The minutes are in draft: they have not been signed as right.",
    MinutesStatus.APPROVED: "The minutes have been approved.",
}


def _council(site: Site, record: Council, _: Links) -> Markup:
    records = sum(len(found) for found in site.of_council.get(record.council, {}).values())
    return Markup("{}. This site holds {} of it.").format(
        with_article(record.kind.value), count(records, "record")
    )


def _post(_: Site, record: Post, links: Links) -> Markup:
    if record.body is None and record.absence("body") is not Absence.WITHHELD:
        return Markup("An office. The sources do not say which body it belongs to.")
    return Markup("An office of {}.").format(named(links, record, "body"))


def _meeting(site: Site, record: Meeting, links: Links) -> Markup:
    body = links.record(record.body)
    when = (
        Markup(" {}").format(_on(record.held_on))
        if record.held_on
        else Markup(" on a date that is not stated")
    )
    moved = (
        Markup(" It had first been called for {}.").format(moment(record.moved_from))
        if record.moved_from
        else ""
    )
    items = len(site.kb.pointing(record.id, "items", AgendaItem))
    held = f" {count(items, 'item of it is', 'items of it are')} recorded here." if items else ""
    minutes = f" {_MINUTES[record.minutes_status]}" if record.minutes_status else ""
    return Markup("{} met{}.{}{}{}").format(body, when, moved, held, minutes)


def _item(site: Site, record: AgendaItem, links: Links) -> Markup:
    body, when = body_of(site.kb, record), date_of(site.kb, record)
    by = links.record(body.id) if body is not None else Markup("a body that is not stated")
    number = f"Item {record.number}" if record.number else "An item"
    told = Markup("{}, taken by {}{}.").format(number, by, _after_comma(when))
    found = site.kb.pointing(record.id, "resolutions", Resolution)
    outcomes = Markup("; ").join(
        Markup("{}: {}").format((one.status_line() or "Resolved"), links.record(one.id)) for one in found
    )
    return (
        told + Markup(" {}.").format(outcomes)
        if found
        else told + Markup(" No resolution on it is recorded.")
    )


def _report(site: Site, record: Report, links: Links) -> Markup:
    authors = Markup(" and ").join(links.record(one) for one in record.by)
    by = Markup(" by {}").format(authors) if authors else Markup("")
    to = Markup(" to {}").format(links.record(record.to)) if record.to else Markup("")
    dated = Markup(", {}").format(moment(record.dated)) if record.dated else Markup(", without a date")
    told = Markup("A report{}{}{}.").format(by, to, dated)
    if not site.kb.backlinks(record.id, "documents"):
        told += " No copy of the report itself is recorded here."
    items = site.kb.pointing(record.id, "considered_at", AgendaItem)
    outcomes = [
        Markup("{} ({})").format(
            links.record(one.id, (one.status_line() or "Resolved").lower()), _short(site, one)
        )
        for item in items
        for one in site.kb.pointing(item.id, "resolutions", Resolution)
    ]
    if not outcomes:
        return told
    return told + Markup(" What came of it: {}.").format(Markup(", ").join(outcomes))


def _short(site: Site, record: Record) -> Markup:
    when = date_of(site.kb, record)
    return moment(when) if when is not None else Markup("no date stated")


def expected(links: Links, action: Action) -> Markup:
    """Of whom something is expected that nobody promised, and where it was said."""
    said = (
        Markup(", as {} says").format(links.record(action.arises_from)) if action.arises_from else Markup("")
    )
    return Markup("Expected of {}{}. Nobody is recorded as promising it.").format(
        named(links, action, "expected_of"), said
    )


# What cannot be told; of an estimate the words that follow say it.
_CANNOT_TELL = {False: "no document held shows whether it was kept", True: "it cannot be told"}


def _action(site: Site, record: Action, links: Links) -> Markup:
    found = promise(site.kb, record, site.as_of)
    by, to = named(links, record, "promised_by"), named(links, record, "promised_to")
    made = "An estimate given by {} to {}." if record.is_estimate else "Promised by {} to {}."
    who = expected(links, record) if record.is_expected else Markup(made).format(by, to)
    if found is None:
        return who
    # `Cannot tell` is the name of the state; here stands what cannot be told.
    said = promise_sentence(found).replace("Cannot tell", _CANNOT_TELL[found.is_estimate], 1)
    on = unbroken(capital(on_date(site.as_of)))
    told = Markup("{} {}: {}.").format(who, on, unbroken(said[:1].lower() + said[1:]))
    if found.standing is PromiseState.OVERDUE and found.is_after_the_documents:
        told += " It fell due after that document, which could not show it done."
    return told


def _indicator(_: Site, record: Indicator, __: Links) -> Markup:
    parts = []
    if record.baseline is not None and record.baseline.value is not None:
        parts.append(Markup("It began at {}").format(measured(record.baseline)))
    if record.latest is not None:
        parts.append(Markup("{} at {}").format("stood" if parts else "It stood", measured(record.latest)))
    if record.target is not None and (aim := record.target.value or record.target.word):
        lead = "the target is" if parts else "The target is"
        parts.append(Markup("{} {}").format(lead, str(aim) if record.target.value else f"“{aim}”"))
    told = Markup("; ").join(parts) + "." if parts else Markup("No figure for it is recorded.")
    if record.better is None:
        return told
    return told + (" Higher is better." if record.better is Better.UP else " Lower is better.")


def measured(one: Measurement) -> Markup:
    """A value with the word before it and its date."""
    value = " ".join(filter(None, (one.qualifier, str(one.value))))
    return Markup("{} ({})").format(value, moment(one.as_at)) if one.as_at is not None else escape(value)


def _figures(_: Site, record: Figures, links: Links) -> Markup:
    about = Markup(" about {}").format(_links(links, record.about)) if record.about else Markup("")
    return Markup("A table of {}{}, in {}.").format(count(len(record.cells), "figure"), about, record.unit)


def _plan(_: Site, record: Plan, links: Links) -> Markup:
    of = Markup(" of {}").format(links.record(record.body)) if record.body else Markup("")
    period = Markup(" for {}").format(moment(record.period)) if record.period else Markup("")
    told = Markup("{}{}{}.").format(with_article(record.kind.value), of, period)
    # A plan is endorsed by somebody, or by a decision of theirs.
    decisions = tuple(one for one in record.endorsed_by if one.folder not in ("bodies", "posts"))
    others = tuple(one for one in record.endorsed_by if one not in decisions)
    if others:
        by = Markup(" ({})").format(_links(links, decisions)) if decisions else Markup("")
        told += Markup(" Endorsed by {}{}{}.").format(
            _links(links, others), _after_comma(record.endorsed_on), by
        )
    elif decisions:
        told += Markup(" Endorsed{}: {}.").format(_after_comma(record.endorsed_on), _links(links, decisions))
    return told


def _event(_: Site, record: Event, links: Links) -> Markup:
    kind = "Something that happened" if record.kind.value == "other" else with_article(record.kind.value)
    by = Markup(", by {}").format(_links(links, record.by)) if record.by else Markup("")
    return Markup("{}{}{}.").format(kind, by, _after_comma(record.on))


def _source(site: Site, record: SourceDocument, _: Links) -> Markup:
    cited = count(len(site.kb.backlinks(record.id, "cited_by")), "record")
    if record.standing is Standing.THIRD_PARTY:
        return Markup(
            "A third party’s text, cited by {}. It can show that something was said; it proves no fact of record."
        ).format(cited)
    by = Markup(" of {}").format(record.publisher) if record.publisher else Markup("")
    return Markup("An official document{}, cited by {}.").format(by, cited)


def _statement(site: Site, record: Statement, links: Links) -> Markup:
    by: Markup | str
    if record.by is not None or record.absence("by") is Absence.WITHHELD:
        by = named(links, record, "by")
    else:
        by = record.speaker or "somebody who is not named"
    when = date_of(site.kb, record)
    outsider = (
        "An outsider’s word is no evidence for a fact of record."
        if record.capacity is Capacity.OUTSIDER
        else "This is what was said; it is not a finding."
    )
    return Markup("Said by {}{}. {}").format(by, _after_comma(when), outsider)


def _discrepancy(_: Site, record: Discrepancy, __: Links) -> Markup:
    places = "Two statements" if len(record.sides) == 2 else f"{len(record.sides)} statements"
    where = where_they_stand(record)
    return Markup("{} {} do not agree. {}").format(places, where[:1].lower() + where[1:], KINDS[record.kind])


def where_they_stand(record: Discrepancy) -> str:
    """Whether a document disagrees with itself, or how many documents disagree."""
    number = len(record.sources)
    if number == 1:
        return "Within one document"
    return "Between two documents" if number == 2 else f"Between {number} documents"


def _links(links: Links, ids: tuple[Ref, ...]) -> Markup:
    """The records by name, as a list in a sentence."""
    first, last = ids[:-1], ids[-1]
    if not first:
        return links.record(last)
    return Markup("{} and {}").format(
        Markup(", ").join(links.record(one) for one in first), links.record(last)
    )


def _after_comma(when: When | None) -> Markup:
    return Markup(", {}").format(moment_and_span(when)) if when is not None else Markup("")


def _on(when: When) -> Markup:
    """A date with its preposition and, where its words do not say how wide it is, its bounds beside it."""
    if when.exact:
        return Markup("on {}").format(moment(when))
    return escape(on_date(when)) + moment_and_span(when)[len(moment(when)) :]


DESCRIBED_BY: Mapping[type[Record], Callable[[Site, Any, Links], Markup]] = MappingProxyType(
    {
        Action: _action, AgendaItem: _item, Council: _council, Discrepancy: _discrepancy, Event: _event,
        Figures: _figures, Indicator: _indicator, Meeting: _meeting, Plan: _plan, Post: _post, Report: _report,
        SourceDocument: _source, Statement: _statement,
    }
)  # fmt: skip
