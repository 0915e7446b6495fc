"""The dated story of a record, and the records that point to it, as lines of its page and of further ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from minutebook.belonging import date_of
from minutebook.outputs.addresses import Links
from minutebook.outputs.site import Site
from minutebook.outputs.words import TRANSFERS, backlink_label, capital, moment, noun_of
from minutebook.records.action import Action
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.project import Project
from minutebook.timeline import Event, history_of
from minutebook.when import When

STORY = 12  # events that are told on the page itself; the latest, where there are more
_LINKS = 18  # links of all kinds together, and the most and the fewest of one kind
_MOST, _FEWEST = 10, 2
_MANY = 8  # records that point to it, from which a story may be cut: below it, it is short enough


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The records that point here by a link of one name, oldest first."""

    name: str
    records: tuple[tuple[When | None, Record], ...]


def has_long_story(site: Site, record: Record, events: tuple[Event, ...]) -> bool:
    """Whether a page has room for the latest events alone."""
    return len(events) > STORY and _may_be_long(site, record)


def long_story(site: Site, record: Record) -> tuple[Event, ...]:
    """All that happened, where the page of the record has no room for it; else nothing."""
    if not _may_be_long(site, record):
        return ()
    events = history_of(site.history, record)
    return events if len(events) > STORY else ()


def _may_be_long(site: Site, record: Record) -> bool:
    return len(site.kb.backlinks(record.id)) > _MANY


def tell_event(event: Event, record: Record, links: Links) -> tuple[Markup, Markup]:
    """An event of the story of a record: its date, and what happened."""
    kind = Markup.escape(_KINDS.get(event.kind, capital(event.kind)))
    if isinstance(event.record, Action) and event.record.is_expected:
        kind = Markup(_EXPECTED.get(event.kind, kind))
    if event.record.id == record.id:
        return moment(event.when), kind
    return moment(event.when), Markup(f"{kind}: {links.record(event.record.id)}")


# What happened, as a reader would say it, where the name of the type and of the date do not.
_KINDS = {
    "action": "Promise", "action promised": "Promised", "action due": "Promise due", "decision taken": "Decided",
    "decision": "Decided", "decision implemented": "Decision put into effect", "event happened": "Event", "event": "Event",
    "item": "Agenda item", "meeting first planned": "Meeting first called for this day", "plan in force": "Plan came into force",
    "plan review due": "Review of the plan due", "project began": "Work began", "report": "Report", "resolution": "Resolved",
    "resolution resolved": "Resolved", "source dated": "Document dated", "statement": "Said", "statement said": "Said",
    **{f"transfer: {kind}": capital(words) for kind, words in TRANSFERS.items()},
}  # fmt: skip


# The same of what is expected of somebody and was promised by nobody.
_EXPECTED = {
    "action": "Follow-up",
    "action promised": "Said to be expected",
    "action due": "Expected by then",
}


def link_groups(site: Site, record: Record) -> list[LinkGroup]:
    """The links that lead here, by what they are called."""
    found: defaultdict[str, dict[str, Record]] = defaultdict(
        dict
    )  # each once, however often it names this one
    for link in site.kb.backlinks(record.id):
        found[backlink_label(link.name)][link.record.id] = link.record
    return [LinkGroup(name, _in_order(site, list(found[name].values()))) for name in sorted(found)]


def limit_of(groups: list[LinkGroup]) -> int:
    """How many links of one kind a page has room for."""
    return max(_FEWEST, min(_MOST, _LINKS // max(1, len(groups))))


def listed_elsewhere(record: Record) -> bool:
    """Whether everything that belongs to a record is listed by body or by project."""
    return isinstance(record, Body | Project)


def linked(pair: tuple[When | None, Record], links: Links) -> Markup:
    """A record that points here, as a line."""
    when, record = pair
    on = f", {moment(when)}" if when is not None else ""
    return Markup(f"{links.record(record.id)} ({Markup.escape(noun_of(record))}{on})")


def _in_order(site: Site, records: list[Record]) -> tuple[tuple[When | None, Record], ...]:
    """Records by date, and what has none by id."""
    dated = [(date_of(site.kb, record), record) for record in records]
    dated.sort(
        key=lambda pair: (
            pair[0] is None,
            pair[0].sort_key if pair[0] is not None else (0, 0, "", ""),
            pair[1].id,
        )
    )
    return tuple(dated)
