"""Which feeds and calendars there are, and what goes into each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial

from minutebook.asked import Asked
from minutebook.belonging import body_of, date_of
from minutebook.knowledge_base import KnowledgeBase, Question
from minutebook.outputs import InPieces, OutputFile, Piece
from minutebook.outputs.addresses import address_of
from minutebook.outputs.asked_site import AskedSite, site_of
from minutebook.outputs.feeds.addresses import CALENDAR, FEED, calendar_of, feed_of
from minutebook.outputs.feeds.atom import Entry, atom
from minutebook.outputs.feeds.calendars import DiaryEntry, calendar
from minutebook.outputs.site import CouncilPlace, Site
from minutebook.outputs.words import capital
from minutebook.promises import Promise, PromiseState, promise
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
from minutebook.records.values import Ref
from minutebook.timeline import history_of
from minutebook.when import When
from minutebook.wording import promise_sentence, title_of

_NEWEST = 50  # entries in the feed of a council: a reader who follows it has the older ones
_NEWEST_OF_ONE = 20  # in that of one body or project
_TOLD = (Decision, Resolution, Transfer, Action, Event)  # what the feed of a council is about
_LONGEST = 366  # days that an entry of a diary may cover: wider, it would stand on every page of it


def _pieces(published: PublishedKnowledgeBase, as_of: When) -> Iterator[Piece]:
    """Every feed and calendar, as at a date."""
    site, answers = site_of(published, as_of)
    yield Piece("whole", partial(_of_all, site), answers)
    for place in site.councils:
        yield Piece(f"council {place.slug}", partial(_of_council, site, place), answers)
    for record in site.kb.records.values():
        if feed_of(record) is not None or calendar_of(record) is not None:
            yield Piece(f"record {record.id}", partial(_of_record, site, record), answers)


feeds = InPieces(_pieces)


def _of_all(site: Site, asked: Asked) -> Iterator[OutputFile]:
    told = _Told(AskedSite(site, asked))
    everything = list(told.site.kb.records.values())
    whole = told.site.kb.settings.title
    about = f"What councils decided, moved and promised, from {whole}."
    yield told.feed(FEED, whole, about, "", told.news(everything))
    yield told.calendar(CALENDAR, whole, everything)


def _of_council(site: Site, place: CouncilPlace, asked: Asked) -> Iterator[OutputFile]:
    told = _Told(AskedSite(site, asked))
    title = told.site.places[place.slug].title
    own = [record for record in told.site.kb.records.values() if record.council == place.slug]
    page = f"{place.slug}/"
    yield told.feed(page + FEED, title, f"What {title} decided, moved and promised.", page, told.news(own))
    yield told.calendar(page + CALENDAR, title, own)


def _of_record(site: Site, record: Record, asked: Asked) -> Iterator[OutputFile]:
    asked.note_record(record.id)
    told = _Told(AskedSite(site, asked))
    if (path := feed_of(record)) is not None:
        entries = (event.record for event in history_of(told.site.history, record))
        subtitle = (
            f"What happened to {record.title}, and who answers for it."
            if isinstance(record, Project)
            else f"What {record.title} decided, received and was promised."
        )
        yield told.feed(path, record.title, subtitle, address_of(record.id), entries, _NEWEST_OF_ONE)
    if isinstance(record, Body) and (path := calendar_of(record)) is not None:
        yield told.calendar(path, record.title, told.of_body(record))


class _Told:
    """How one build tells its feeds."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.today = site.as_of.last_known

    def feed(
        self, path: str, title: str, subtitle: str, page: str, records: Iterable[Record], most: int = _NEWEST
    ) -> OutputFile:
        """One feed of records, the newest first. What neither has a date nor cites a document with one is news of no day."""
        entries = {record.id: self._entry(record) for record in records if not record.erased}
        dated = (one for one in entries.values() if one is not None)
        newest = sorted(dated, key=lambda one: (-one.updated.toordinal(), one.address))[:most]
        return OutputFile(
            path, atom(path, title, subtitle, self.site.kb.settings.title, page, newest, self.today)
        )

    def news(self, records: Iterable[Record]) -> Iterator[Record]:
        """What a council did, and what was corrected on its pages."""
        return (record for record in records if isinstance(record, _TOLD) or record.corrections)

    def _entry(self, record: Record) -> Entry | None:
        return self.site.kb.answer(_ENTRY, record.id, self.today.isoformat())

    # -- calendars ---------------------------------------------------------------------------

    def calendar(self, path: str, title: str, records: Iterable[Record]) -> OutputFile:
        """One calendar of the meetings among some records, and of the days on which promises fall due."""
        found = (self._diary_entry(record) for record in records if not record.erased)
        entries = sorted((one for one in found if one is not None), key=lambda one: (one.first, one.address))
        return OutputFile(path, calendar(title, entries, self.today))

    def of_body(self, body: Body) -> Iterator[Record]:
        """The meetings of a body, and what was promised by it or to it."""
        yield from self.site.kb.pointing(body.id, "meetings", Meeting)
        for one in self.site.kb.answer(_OF_BODY, body.id):
            yield self.site.kb.records[one]

    def _diary_entry(self, record: Record) -> DiaryEntry | None:
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
        if not isinstance(record, Action):
            return None
        promised = self.site.kb.answer(_PROMISED, record.id, self.site.as_of.value)
        if promised is not None and (day := promised.due_date) is not None:
            return _on_days(
                record,
                day,
                f"{_lead(promised)}: {record.title}",
                f"{promise_sentence(promised)}.",
            )
        return None


# -- what stands in several of them, found once -------------------------------------------------


def _entry_of(kb: KnowledgeBase, record_id: str, today: str) -> Entry | None:
    """The entry of a record. Its date is that of the newest document behind it, or of its last correction."""
    record = kb.records.get(Ref(record_id))
    if record is None:
        return None
    when = date_of(kb, record)
    if (updated := _updated(kb, record, when, date.fromisoformat(today))) is None:
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


def _updated(kb: KnowledgeBase, record: Record, when: When | None, today: date) -> date | None:
    sources = (kb.get(one.source, SourceDocument) for one in record.citations)
    dates = [source.dated for source in sources if source is not None]
    dates += [when, *(one.on for one in record.corrections)]
    days = [one.last_known for one in dates if one is not None]
    # What is planned for later is news today, not on that day.
    return min(max(days), today) if days else None


def _promised(kb: KnowledgeBase, action_id: str, on: str) -> Promise | None:
    action = kb.get(action_id, Action)
    return promise(kb, action, When.parse(on)) if action is not None else None


def _by_body(kb: KnowledgeBase) -> dict[Ref, tuple[Ref, ...]]:
    """By body: what was promised by it or to it."""
    found: dict[Ref, list[Ref]] = {}
    for action in kb.of(Action):
        who = action.promised_by or action.expected_of
        by = kb.records.get(who) if who else None
        held_by = body_of(kb, by) if by is not None else None
        for body in {action.promised_to, held_by.id if held_by is not None else None} - {None}:
            assert body is not None
            found.setdefault(body, []).append(action.id)
    return {body: tuple(ids) for body, ids in found.items()}


_ENTRY = Question("feed entry", _entry_of)
_PROMISED = Question("promised", _promised)
_BY_BODY = Question("promises by body", _by_body)
_OF_BODY = Question("promises of a body", lambda kb, body: kb.answer(_BY_BODY).get(Ref(body), ()))


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
