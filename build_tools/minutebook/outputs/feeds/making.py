"""Which feeds and calendars there are, and what goes into each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from minutebook.belonging import body_of, date_of
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import address_of
from minutebook.outputs.feeds.addresses import CALENDAR, FEED, calendar_of, feed_of
from minutebook.outputs.feeds.atom import Entry, atom
from minutebook.outputs.feeds.calendars import DiaryEntry, calendar
from minutebook.outputs.site import Site
from minutebook.outputs.words import capital
from minutebook.promises import Promise, PromiseState, promises
from minutebook.publication import PublishedKnowledgeBase
from minutebook.records.action import Action
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.decision import Decision
from minutebook.records.event import Event
from minutebook.records.meeting import Meeting
from minutebook.records.project import Project
from minutebook.records.resolution import Resolution
from minutebook.records.source_document import SourceDocument
from minutebook.records.transfer import Transfer
from minutebook.timeline import history_of
from minutebook.when import When
from minutebook.wording import promise_sentence, title_of

_NEWEST = 50  # entries in the feed of a council: a reader who follows it has the older ones
_NEWEST_OF_ONE = 20  # in that of one body or project
_TOLD = (Decision, Resolution, Transfer, Action, Event)  # what the feed of a council is about
_LONGEST = 366  # days that an entry of a diary may cover: wider, it would stand on every page of it


def feeds(published: PublishedKnowledgeBase, as_of: When) -> Iterator[OutputFile]:
    """Make every feed and calendar, as at a date."""
    site = Site(published, as_of)
    today = as_of.last_known
    told = _Told(site, today)
    everything = list(site.kb.records.values())
    whole = site.kb.settings.title
    yield told.feed(
        FEED, whole, f"What councils decided, moved and promised, from {whole}.", "", told.news(everything)
    )
    due = told.dues()
    yield OutputFile(CALENDAR, calendar(whole, told.diary(everything, due), today))
    for place in site.councils:
        own = [record for record in everything if record.council == place.slug]
        page = f"{place.slug}/"
        yield told.feed(
            page + FEED, place.title, f"What {place.title} decided, moved and promised.", page, told.news(own)
        )
        yield OutputFile(page + CALENDAR, calendar(place.title, told.diary(own, due), today))
    for record in everything:
        if (path := feed_of(record)) is not None:
            entries = (event.record for event in history_of(site.history, record))
            subtitle = (
                f"What happened to {record.title}, and who answers for it."
                if isinstance(record, Project)
                else f"What {record.title} decided, received and was promised."
            )
            yield told.feed(path, record.title, subtitle, address_of(record.id), entries, _NEWEST_OF_ONE)
        if isinstance(record, Body) and (path := calendar_of(record)) is not None:
            yield OutputFile(path, calendar(record.title, told.diary(told.of_body(record, due), due), today))


class _Told:
    """How one build tells its feeds: entries made once, however many feeds they stand in."""

    def __init__(self, site: Site, today: date) -> None:
        self.site = site
        self.today = today
        self._entries: dict[str, Entry | None] = {}

    def feed(
        self, path: str, title: str, subtitle: str, page: str, records: Iterable[Record], most: int = _NEWEST
    ) -> OutputFile:
        """One feed of records, the newest first. What neither has a date nor cites a document with one is news of no day."""
        entries = {record.id: self.entry(record) for record in records if not record.erased}
        dated = (one for one in entries.values() if one is not None)
        newest = sorted(dated, key=lambda one: (-one.updated.toordinal(), one.address))[:most]
        return OutputFile(
            path, atom(path, title, subtitle, self.site.kb.settings.title, page, newest, self.today)
        )

    def news(self, records: Iterable[Record]) -> Iterator[Record]:
        """What a council did, and what was corrected on its pages."""
        return (record for record in records if isinstance(record, _TOLD) or record.corrections)

    def entry(self, record: Record) -> Entry | None:
        """The entry of a record. Its date is that of the newest document behind it, or of its last correction."""
        if record.id not in self._entries:
            self._entries[record.id] = self._made(record)
        return self._entries[record.id]

    def _made(self, record: Record) -> Entry | None:
        when = date_of(self.site.kb, record)
        if (updated := self._updated(record, when)) is None:
            return None
        words = [f"{when.display()}: " if when is not None else "", record.summary or record.title]
        if isinstance(record, Resolution):
            words += [f" “{clause.wording}”" for clause in record.clauses]
        words += [f" Corrected on {one.on.display()}: {one.reason}" for one in record.corrections]
        return Entry(
            address=address_of(record.id),
            title=f"{type(record).noun.capitalize()}: {record.title}",
            summary=_sentence("".join(words)),
            updated=updated,
            published=when.earliest if when is not None and when.exact else None,
            topics=record.topics,
        )

    def _updated(self, record: Record, when: When | None) -> date | None:
        sources = (self.site.kb.get(one.source, SourceDocument) for one in record.citations)
        dates = [source.dated for source in sources if source is not None]
        dates += [when, *(one.on for one in record.corrections)]
        days = [one.last_known for one in dates if one is not None]
        # What is planned for later is news today, not on that day.
        return min(max(days), self.today) if days else None

    # -- calendars ---------------------------------------------------------------------------

    def dues(self) -> dict[str, Promise]:
        """Every promise as it stands on the date of the build, by the id of its record."""
        return {one.action.id: one for one in promises(self.site.kb, self.site.as_of)}

    def of_body(self, body: Body, due: dict[str, Promise]) -> Iterator[Record]:
        """The meetings of a body, and what was promised by it or to it."""
        yield from self.site.kb.pointing(body.id, "meetings", Meeting)
        for one in due.values():
            who = one.action.promised_by or one.action.expected_of
            by = self.site.kb.records.get(who) if who else None
            held_by = body_of(self.site.kb, by) if by is not None else None
            if body.id in (one.action.promised_to, held_by.id if held_by is not None else None):
                yield one.action

    def diary(self, records: Iterable[Record], due: dict[str, Promise]) -> list[DiaryEntry]:
        """The meetings and the days on which promises fall due, in order of their days."""
        found = (self._diary_entry(record, due) for record in records if not record.erased)
        return sorted((one for one in found if one is not None), key=lambda one: (one.first, one.address))

    def _diary_entry(self, record: Record, due: dict[str, Promise]) -> DiaryEntry | None:
        if isinstance(record, Meeting):
            body = title_of(self.site.kb, record.body)
            return _on_days(
                record,
                record.held_on,
                f"Meeting: {body}",
                record.summary or record.title,
                record.starts_at,
                record.venue,
            )
        promised = due.get(record.id)
        if promised is not None and (day := promised.due_date) is not None:
            return _on_days(
                record,
                day,
                f"{_lead(promised)}: {record.title}",
                f"{promise_sentence(promised)}.",
            )
        return None


def _lead(promised: Promise) -> str:
    """What an entry of a diary says first: that it was promised, or expected of another, or only estimated."""
    if promised.standing is PromiseState.EXPECTED:
        return capital(promised.standing.value)
    return "Estimated" if promised.is_estimate else "Promised"


def _sentence(words: str) -> str:
    plain = " ".join(words.split())
    return plain[:1].upper() + plain[1:]


def _on_days(
    record: Record,
    when: When | None,
    title: str,
    description: str,
    starts_at: str | None = None,
    venue: str | None = None,
) -> DiaryEntry | None:
    """An entry on the days of a date; what has no last day has no place in a diary."""
    if when is None or when.latest is None:
        return None
    first = when.first_known
    if len(when.ranges) > 1 or when.latest - first > timedelta(days=_LONGEST):
        first = when.latest
    words = description if when.exact else _sentence(f"{when.display()}. {description}")
    return DiaryEntry(address_of(record.id), title, words, first, when.latest, starts_at, venue)
