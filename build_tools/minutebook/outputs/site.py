"""What every page of one build shares: the records, the date, and what is asked of them more than once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from minutebook.absence import Absence, metadata
from minutebook.belonging import body_of, date_of, trail
from minutebook.official import OfficialPage, official
from minutebook.outputs.addresses import Anywhere, Links, list_address
from minutebook.outputs.lines import RecordLines
from minutebook.outputs.narrative import Narratives
from minutebook.outputs.places import Lines
from minutebook.outputs.topics import Topics
from minutebook.outputs.words import absent, moment
from minutebook.promises import Promise, promises
from minutebook.publication import PublishedKnowledgeBase
from minutebook.records import RECORD_TYPES
from minutebook.records.base import Belongs, Record
from minutebook.records.council import Council
from minutebook.records.values import Ref
from minutebook.when import When


@dataclass(frozen=True, slots=True)
class CouncilPlace:
    """A council folder: its slug, the name of the council, and its own record where there is one."""

    slug: str
    title: str
    record: Council | None


_ABOVE = 2  # of what a record lies in: the body and the meeting; the page itself names the item


class Site:
    """One build: published records as at a date. A live server hands on the build of before."""

    def __init__(self, published: PublishedKnowledgeBase, as_of: When, before: Site | None = None) -> None:
        self.kb = published.kb
        self.history = published.history
        self.stubs = published.stubs
        self.as_of = as_of
        self.narratives: Narratives = Narratives(self.kb) if before is None else before.narratives.of(self.kb)
        self._lines_before = before.lines if before is not None else None

    def prepared(self) -> Site:
        """The same, when it has looked through the records: what the first page would wait for."""
        self.kb.backlinks("")
        self.lines.beside(Ref(""))
        return self

    def links(self, here: str) -> Links:
        """The links of the page at an address."""
        return Links(self.kb, here)

    @cached_property
    def lines(self) -> Lines:
        """The records of each type and body, by date."""
        lines, self._lines_before = Lines(self.kb, self._lines_before), None
        return lines

    @cached_property
    def listed(self) -> RecordLines:
        """Each record as a line of a list."""
        return RecordLines(self.kb)

    @cached_property
    def anywhere(self) -> Anywhere:
        """Links of pieces that are put on several pages."""
        return Anywhere(self.kb)

    @cached_property
    def topics(self) -> Topics:
        """The topics, each with its address and its records."""
        return Topics(self.kb)

    @cached_property
    def councils(self) -> tuple[CouncilPlace, ...]:
        """The councils that have records, by name."""
        own = {record.council: record for record in reversed(self.kb.of(Council))}
        slugs = dict.fromkeys(record.council for record in self.kb.records.values())
        places = (
            CouncilPlace(
                slug, own[slug].title if slug in own else slug.replace("-", " ").capitalize(), own.get(slug)
            )
            for slug in slugs
        )
        return tuple(sorted(places, key=lambda place: (place.title.casefold(), place.slug)))

    @cached_property
    def places(self) -> dict[str, CouncilPlace]:
        """The councils by their slugs."""
        return {place.slug: place for place in self.councils}

    @cached_property
    def of_council(self) -> dict[str, dict[str, tuple[Record, ...]]]:
        """By council and folder: the records, from A to Z; folders in the order of the list of types."""
        found: dict[str, dict[str, list[Record]]] = {}
        for record in self.kb.records.values():
            found.setdefault(record.council, {}).setdefault(record.id.folder, []).append(record)
        order = {record_type.folder: number for number, record_type in enumerate(RECORD_TYPES)}
        return {
            council: {
                folder: tuple(sorted(folders[folder], key=a_to_z))
                for folder in sorted(folders, key=lambda name: (order.get(name, len(order)), name))
            }
            for council, folders in found.items()
        }

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Every promise and where it stands on the date of the build, those past their date first."""
        return promises(self.kb, self.as_of)

    def full_title(self, record: Record) -> str:
        """The title of a record, with its council where there are several."""
        return (
            f"{record.title}, {self.places[record.council].title}" if len(self.councils) > 1 else record.title
        )

    def trail(self, record: Record, links: Links) -> list[Markup]:
        """What a record lies in, outermost first: the site, the council, the list of its type, what it belongs to."""
        council = self.places[record.council]
        above = [one for one in reversed(list(trail(self.kb, record))) if one is not council.record]
        return [
            links.page("", "Home"),
            links.page(f"{council.slug}/", council.title),
            *(links.record(one.id) for one in above[:_ABOVE]),
            links.page(list_address(record.council, record.id.folder), type(record).heading),
        ]

    def speaker(self, record: Record, links: Links) -> Markup:
        """Who speaks in the words that a record quotes, and when; empty where only the document is known."""
        speakers = [one for name in ("by", "speaker") if (one := getattr(record, name, None))]
        if not speakers and Absence.WITHHELD in (record.absence("by"), record.absence("speaker")):
            return absent(Absence.WITHHELD)  # not the body at whose meeting it was said
        if not speakers and happens_at(type(record)) and (body := body_of(self.kb, record)) is not None:
            speakers = [body.id]
        if not speakers:
            return Markup("")
        first = speakers[0]
        many = first if isinstance(first, tuple) else (first,)
        said = [links.record(one) if isinstance(one, Ref) else escape(one) for one in many]
        if (when := date_of(self.kb, record)) is not None:
            said.append(moment(when))
        return Markup(", ").join(said)

    def attribution(self, record: Record, links: Links) -> Markup:
        """Whose words a record quotes: who spoke, else the document that its receipt for the wording names."""
        if speaker := self.speaker(record, links):
            return speaker
        wanted = ("wording", "words")
        ranked = sorted(record.citations, key=lambda one: not any(name in one.supports for name in wanted))
        return Markup("in the words of {}").format(links.record(ranked[0].source)) if ranked else Markup("")

    def official(self, record: Record) -> OfficialPage | None:
        """The official page of a record, or the page that lists its document where that has none of its own."""
        return official(self.kb, record)


def happens_at(record_type: type[Record]) -> bool:
    """Whether records of a type happen at a meeting, so that its body speaks in them."""
    return any(metadata(info, Belongs) is Belongs.AT for info in record_type.model_fields.values())


def a_to_z(record: Record) -> tuple[str, str]:
    """The order of a list of names."""
    return (record.title.casefold(), record.id)


def newest_first(site: Site, records: Iterable[Record]) -> Iterator[tuple[When | None, Record]]:
    """Records with their dates, the latest first; what has no date comes last."""
    dated = [(date_of(site.kb, record), record) for record in records]
    with_date = [(when, record) for when, record in dated if when is not None]
    with_date.sort(key=lambda pair: pair[1].id)
    with_date.sort(key=lambda pair: pair[0].sort_key, reverse=True)
    yield from with_date
    yield from sorted(
        ((when, record) for when, record in dated if when is None), key=lambda pair: a_to_z(pair[1])
    )
