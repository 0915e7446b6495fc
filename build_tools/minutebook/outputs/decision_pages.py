"""The decision history and the resolutions register: what was decided, by whom, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from minutebook.belonging import body_of
from minutebook.knowledge_base import plain
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import DECISIONS, RESOLUTIONS, Links, path_of
from minutebook.outputs.site import CouncilPlace, Site, newest_first
from minutebook.outputs.standing import noted_by
from minutebook.outputs.templating import render
from minutebook.outputs.words import NOT_STATED, label, moment, paragraphs
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import Record
from minutebook.records.decision import Decision
from minutebook.records.report import Report
from minutebook.records.resolution import Effect, Resolution
from minutebook.when import When

# The links by which a later record says that it came of a decision or a resolution.
_LED_TO = (
    "authorises", "actions", "delegated_decisions", "endorsed", "superseded_by", "rescinded_by", "amended_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """One operative clause, word for word."""

    number: str | None
    lines: tuple[str, ...]
    effect: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision or a resolution in a list."""

    date: Markup
    link: Markup
    noun: str
    body: Markup | None
    attribution: Markup
    outcome: str | None
    words: tuple[Words, ...]
    summary: str | None
    who: Markup
    led_to: tuple[tuple[str, Markup], ...]
    reports: tuple[str, ...]
    official: str | None


@dataclass(frozen=True, slots=True)
class Year:
    """The entries of one year, the latest first."""

    name: str
    anchor: str
    entries: tuple[Entry, ...]


def decision_history(site: Site) -> Iterator[OutputFile]:
    """Decisions and resolutions together, by year."""
    records: list[Record] = [*site.kb.of(Decision), *site.kb.of(Resolution)]
    yield from _by_council(site, records, DECISIONS, "Decision history", "decisions.html")


def resolutions_register(site: Site) -> Iterator[OutputFile]:
    """Resolutions alone, as a register."""
    yield from _by_council(
        site, site.kb.of(Resolution), RESOLUTIONS, "Resolutions register", "resolutions.html"
    )


def _by_council(
    site: Site, records: Sequence[Record], address: str, title: str, template: str
) -> Iterator[OutputFile]:
    """One page where there is one council; else a page for each, and one that leads to them."""
    places = [place for place in site.councils if any(record.council == place.slug for record in records)]
    if len(places) <= 1:
        yield _page(site, records, address, title, template, None)
        return
    links = site.links(address)
    doors = [
        (links.page(f"{address}{place.slug}/", place.title), sum(r.council == place.slug for r in records))
        for place in places
    ]
    html = render("by_council.html", title=title, trail=[links.page("", "Home")], doors=doors)
    yield OutputFile(path_of(address), html, title=title, kind="list")
    for place in places:
        own = [record for record in records if record.council == place.slug]
        yield _page(site, own, f"{address}{place.slug}/", title, template, place)


def _page(
    site: Site, records: Sequence[Record], here: str, title: str, template: str, place: CouncilPlace | None
) -> OutputFile:
    links = site.links(here)
    trail = [links.page("", "Home")]
    if place is not None:
        trail.append(links.page(here[: -len(place.slug) - 1], title))
        title = f"{title}: {place.title}"
    html = render(
        template,
        title=title,
        trail=trail,
        years=list(_years(site, records, links)),
        total=len(records),
        as_of=moment(site.as_of),
    )
    return OutputFile(path_of(here), html, title=title, kind="list")


def _years(site: Site, records: Sequence[Record], links: Links) -> Iterator[Year]:
    years: dict[str, list[Entry]] = {}
    for when, record in newest_first(site, records):
        years.setdefault(_year(when), []).append(_entry(site, when, record, links))
    for name, entries in years.items():
        yield Year(name, f"year-{plain(name).replace(' ', '-')}", tuple(entries))


def _year(when: When | None) -> str:
    """The year under which a date is listed: the latest that it can be in."""
    day = (when.latest or when.earliest) if when is not None else None
    return str(day.year) if day is not None else "Date not stated"


def _entry(site: Site, when: When | None, record: Record, links: Links) -> Entry:
    body = body_of(site.kb, record)
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
    return Entry(
        date=moment(when),
        link=links.record(record.id),
        noun=type(record).noun,
        body=links.record(body.id) if body is not None else None,
        attribution=site.attribution(record, links),
        outcome=outcome,
        words=words,
        summary=record.summary,
        who=who,
        led_to=tuple(_led_to(site, record, links)),
        reports=tuple(_report_numbers(site, record)),
        official=site.official_page(record),
    )


def _who_decided(site: Site, record: Decision, links: Links) -> Markup:
    by = links.record(record.decided_by) if record.decided_by else NOT_STATED
    noted = noted_by(site, record, links)
    if not noted:
        return Markup("Decided by {}.").format(by)
    return Markup("Decided by {}. Only noted by {}.").format(by, Markup(" and ").join(noted))


def _who_resolved(site: Site, record: Resolution, links: Links) -> Markup:
    body = body_of(site.kb, record)
    by = links.record(body.id) if body is not None else NOT_STATED
    if record.outcome is not Effect.NOTED:
        return Markup("Resolved by {}.").format(by)
    decided = site.kb.pointing(record.id, "notes", Decision)
    if not decided:
        return Markup("Only noted by {}.").format(by)
    told = Markup("; ").join(
        Markup("{} (decided by {})").format(
            links.record(one.id), links.record(one.decided_by) if one.decided_by else NOT_STATED
        )
        for one in decided
    )
    return Markup("Only noted by {}. What it noted: {}.").format(by, told)


def _led_to(site: Site, record: Record, links: Links) -> Iterator[tuple[str, Markup]]:
    for name in _LED_TO:
        for link in site.kb.backlinks(record.id, name):
            noun = type(link.record).noun
            yield (
                (noun[:1].upper() + noun[1:] if name in ("authorises", "actions") else label(name)),
                links.record(link.record.id),
            )
    item = site.kb.get(record.item, AgendaItem) if isinstance(record, Resolution) else None
    for action in item.follow_ups if item is not None else ():
        yield "Follow-up", links.record(action)


def _report_numbers(site: Site, record: Record) -> Iterator[str]:
    """The reference numbers of the reports it was taken on, to find a resolution by."""
    item = site.kb.get(record.item, AgendaItem) if isinstance(record, Resolution) else None
    for report_id in item.reports if item is not None else ():
        report = site.kb.get(report_id, Report)
        if report is not None and report.reference_number is not None:
            yield report.reference_number
