"""A decision or a resolution as it stands in a list: its words, who decided and who only noted, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from minutebook.belonging import body_of
from minutebook.citing import citation
from minutebook.outputs.addresses import Links, address_of
from minutebook.outputs.site import Site
from minutebook.outputs.standing import noted_by
from minutebook.outputs.templating import fragment
from minutebook.outputs.words import (
    NOT_STATED,
    backlink_label,
    capital,
    moment,
    named,
    noun_of,
    paragraphs,
    unbroken,
)
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import Record
from minutebook.records.decision import Decision
from minutebook.records.report import Report
from minutebook.records.resolution import Effect, Resolution
from minutebook.records.values import Ref
from minutebook.short_dates import in_short
from minutebook.when import When

# The links by which a later record says that it came of a decision or a resolution.
_LED_TO = (
    "authorises", "actions", "delegated_decisions", "endorsed", "superseded_by", "rescinded_by", "amended_by",
)  # fmt: skip
_MOST = 12  # of what one decision led to; its own page has all of it


@dataclass(frozen=True, slots=True)
class Words:
    """One operative clause, word for word."""

    number: str | None
    lines: tuple[str, ...]
    effect: str | None


class Entries:
    """Entries of lists, each made once; they are put on a page with `addresses.put`."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._links: Links = site.anywhere
        self._articles: dict[Ref, Markup] = {}
        self._rows: dict[Ref, Markup] = {}

    def article(self, when: When | None, record: Record) -> Markup:
        """The entry of the decision history."""
        made = self._articles.get(record.id)
        if made is None:
            made = self._articles[record.id] = fragment("decision.html", one=self._values(when, record))
        return made

    def row(self, when: When | None, record: Record) -> Markup:
        """The row of the register."""
        made = self._rows.get(record.id)
        if made is None:
            made = self._rows[record.id] = fragment("resolution_row.html", one=self._values(when, record))
        return made

    def _values(self, when: When | None, record: Record) -> dict[str, object]:
        site, links = self._site, self._links
        if isinstance(record, Resolution):
            words = tuple(
                Words(clause.number, tuple(paragraphs(clause.wording)), clause.effect.value)
                for clause in record.clauses
            )
            outcome, who = record.status_line(), _who_resolved(site, record, links)
        else:
            assert isinstance(record, Decision)
            words = (Words(None, tuple(paragraphs(record.wording)), None),) if record.wording else ()
            outcome, who = "Decided", _who_decided(site, record, links)
        body = body_of(site.kb, record)
        return {
            "date": _date(site, when, record, links),
            "is_short": when is not None and when.exact,
            "link": links.record(record.id),
            "noun": record.noun,
            "council": site.places[record.council].title,
            "body": links.record(body.id) if body is not None else None,
            "attribution": site.attribution(record, links),
            "outcome": outcome,
            "words": words,
            "summary": record.summary,
            "who": who,
            "led_to": _led_to(site, record, links),
            "promised": _promised(site, record, links),
            "reports": list(_reports(site, record, links)),
            "title": record.title,
            "citation": None if record.erased is not None else citation(site.kb, record),
            "href": links.href(address_of(record.id)),
            "address": address_of(record.id),
            "official": site.official(record),
        }


def _date(site: Site, when: When | None, record: Record, links: Links) -> Markup:
    """When it was; of a day that is not settled, a way to the meeting, whose page says why."""
    item = site.kb.get(record.item, AgendaItem) if isinstance(record, Resolution) else None
    if when is None or when.exact or item is None:
        return moment(when)
    return links.record(item.meeting, unbroken(in_short(when)))


def _who_decided(site: Site, record: Decision, links: Links) -> Markup:
    by = named(links, record, "decided_by")
    lead = Markup("Decided by {}.") if record.decided_by else Markup("Who decided: {}.")
    noted = noted_by(site, record, links)
    if not noted:
        return lead.format(by)
    return Markup("{} Only noted by {}.").format(lead.format(by), Markup(" and ").join(noted))


def _who_resolved(site: Site, record: Resolution, links: Links) -> Markup:
    body = body_of(site.kb, record)
    by = links.record(body.id) if body is not None else NOT_STATED
    if record.outcome is not Effect.NOTED:
        return Markup("Resolved by {}.").format(by)
    said = Markup("Only noted by {}.").format(by)
    named_in_it = {one for clause in record.clauses for one in clause.concerns}
    for lead, is_named in (("What it noted", True), ("Reported to it in this item", False)):
        decided = [
            one
            for one in site.kb.pointing(record.id, "notes", Decision)
            if (one.id in named_in_it) is is_named
        ]
        if decided:
            told = Markup("; ").join(
                Markup("{} ({} {})").format(
                    links.record(one.id),
                    "decided by" if one.decided_by else "who decided:",
                    named(links, one, "decided_by"),
                )
                for one in decided
            )
            said += Markup(" {}: {}.").format(lead, told)
    return said


def _led_to(site: Site, record: Record, links: Links) -> list[tuple[str, Markup]]:
    found: list[tuple[str, Markup]] = []
    for name in _LED_TO:
        for link in site.kb.backlinks(record.id, name):
            word = (
                capital(noun_of(link.record)) if name in ("authorises", "actions") else backlink_label(name)
            )
            found.append((word, links.record(link.record.id)))
    return found[:_MOST]


def _promised(site: Site, record: Record, links: Links) -> list[Markup]:
    """What was promised in the same item or the report before it, and is not said to come of this resolution."""
    item = site.kb.get(record.item, AgendaItem) if isinstance(record, Resolution) else None
    if item is None:
        return []
    told = {link.record.id for link in site.kb.backlinks(record.id, "actions")}
    return [links.record(one) for one in item.follow_ups if one not in told][:_MOST]


def _reports(site: Site, record: Record, links: Links) -> Iterator[Markup]:
    """The reports it was taken on, by their reference numbers or else their titles."""
    item = site.kb.get(record.item, AgendaItem) if isinstance(record, Resolution) else None
    for report_id in item.reports if item is not None else ():
        report = site.kb.get(report_id, Report)
        if report is not None:
            yield links.record(report.id, report.reference_number)
