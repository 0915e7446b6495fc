"""The dated story of a record, and the records that point to it, as lines of its page and of further ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from minutebook.belonging import date_of
from minutebook.outputs.addresses import Links
from minutebook.outputs.site import Site
from minutebook.outputs.words import TRANSFERS, backlink_label, capital, moment, noun_of, unbroken
from minutebook.records.action import Action, ActionStatus
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.project import Project
from minutebook.records.values import Ref
from minutebook.timeline import Event, history_of
from minutebook.when import Answer, When, before
from minutebook.wording import on_date

# Events that are told on the page itself, the latest, where there are more; and links of all kinds together.
# The page of a project has who answered for it as well.
_STORY, _STORY_OF_A_PROJECT = 12, 8
_LINKS, _LINKS_OF_A_PROJECT = 18, 12
_MOST, _FEWEST = 10, 2  # links of one kind
_MANY = 8  # records that point to it, from which a story may be cut: below it, it is short enough


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The records that point here by a link of one name, oldest first."""

    name: str
    records: tuple[tuple[When | None, Record], ...]


def story_room(record: Record) -> int:
    """How many events the page of a record has room for."""
    return _STORY_OF_A_PROJECT if isinstance(record, Project) else _STORY


def has_long_story(site: Site, record: Record, events: tuple[Event, ...]) -> bool:
    """Whether a page has room for the latest events alone."""
    return len(events) > story_room(record) and _may_be_long(site, record)


def long_story(site: Site, record: Record) -> tuple[Event, ...]:
    """All that happened, where the page of the record has no room for it; else nothing."""
    if not _may_be_long(site, record):
        return ()
    events = history_of(site.history, record)
    return events if len(events) > story_room(record) else ()


def _may_be_long(site: Site, record: Record) -> bool:
    return len(site.kb.backlinks(record.id)) > _MANY


def tell_event(event: Event, record: Record, links: Links) -> tuple[Markup, Markup]:
    """An event of the story of a record: its date, and what happened."""
    kind = Markup.escape(_KINDS.get(event.kind, capital(event.kind)))
    if isinstance(event.record, Action):
        if event.record.is_expected:
            kind = Markup(_EXPECTED.get(event.kind, kind))
        if event.kind == "action due":
            kind = _replaced(event, event.record) or kind
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


def _replaced(event: Event, action: Action) -> Markup | None:
    """Of a day that something was due on first: that it was put off, and when that was said; else None."""
    last = action.due[-1]
    if last.date == event.when:
        off = [one for one in action.status if one.status is ActionStatus.PUT_OFF]
        if len(action.due) > 1 or not off:
            return None
        return _was_due(action, "put off", off[-1].on)
    for one, then in pairwise(action.due):
        if one.date is not None and one.date == event.when:
            is_later = then.date is None or before(one.date, then.date) is Answer.YES
            return _was_due(action, "put off" if is_later else "another day was named", then.said_on)
    return None


def _was_due(action: Action, became: str, when: When | None) -> Markup:
    lead = "Was expected by then" if action.is_expected else "Was due"
    on = f" {on_date(when)}" if when is not None else ""
    return Markup("{}; {}{}").format(lead, became, unbroken(on))


def link_groups(site: Site, record: Record) -> list[LinkGroup]:
    """The records that point here, by what the links are called, each once."""
    records: dict[Ref, Record] = {}
    names: defaultdict[Ref, set[str]] = defaultdict(set)
    for link in site.kb.backlinks(record.id):
        records[link.record.id] = link.record
        names[link.record.id].add(link.name)
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for one, its_names in names.items():
        found[_heading(its_names)].append(records[one])
    return [LinkGroup(heading, _in_order(site, found[heading])) for heading in sorted(found)]


def _heading(names: set[str]) -> str:
    """What several links from one record are called together: each record is listed once, however often it points here.

    That its text mentions this one goes without saying where a field of it names this one.
    """
    first, *others = sorted(backlink_label(one) for one in (names - {"mentioned_in"} or names))
    return "; ".join([first, *(one[:1].lower() + one[1:] for one in others)])


def limit_of(groups: list[LinkGroup], record: Record) -> int:
    """How many links of one kind the page of a record has room for."""
    room = _LINKS_OF_A_PROJECT if isinstance(record, Project) else _LINKS
    return max(_FEWEST, min(_MOST, room // max(1, len(groups))))


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
