"""The page of one record, made from its model: the same for every type, with a few additions of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from markupsafe import Markup, escape

from minutebook.citing import citation
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import ABOUT, BY_BODY, BY_PROJECT, Links, address_of, external, path_of
from minutebook.outputs.feeds.addresses import calendar_of, feed_of
from minutebook.outputs.fields import Content, moved_with_receipts, read_record
from minutebook.outputs.page_room import (
    BESIDE,
    BUDGET,
    CLAUSES,
    CORRECTIONS,
    FACTS,
    FRAME,
    LINKS,
    NOTE,
    PICTURE,
    RECEIPTS,
    SIDES,
    STANDING,
    STORY,
    UNKNOWN,
    Room,
    next_room,
    weight_of,
)
from minutebook.outputs.pictures import picture_of
from minutebook.outputs.places import context, turns
from minutebook.outputs.receipts import OWN_PAGE, Receipts
from minutebook.outputs.record_additions import addition_of, receipts_of
from minutebook.outputs.record_cuts import cut_facts, cut_names, cut_reasons, cut_section, cut_sentences
from minutebook.outputs.record_links import (
    has_long_story,
    limit_of,
    link_groups,
    linked,
    listed_elsewhere,
    story_room,
    tell_event,
)
from minutebook.outputs.site import Site
from minutebook.outputs.standing import standing
from minutebook.outputs.templating import fragment, render
from minutebook.outputs.unknown import unknown_of
from minutebook.outputs.words import capital, moment, noun_of, paragraphs
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.project import Project
from minutebook.records.values import Ref
from minutebook.timeline import history_of

IN_FULL = "in-full/"  # behind the address of a record: where stands whole what its page has no room for
_HEAVIEST = 12_000  # bytes of a picture: half of what a page of a record may weigh
_CONTENTS = 5  # sections from which a page has a list of them
_CONTENTS_HERE = (
    "<!-- contents -->"  # in the template; a record's own words are escaped, or let through without comments
)
_SECTION = re.compile(r'<section [^>]*?id="([^"]+)"[^>]*>\s*<h2>(.*?)</h2>')
_WHOLE_SECTION = re.compile(r'<section [^>]*?id="([^"]+)".*?</section>', re.DOTALL)
_WHOLE_STANDING = re.compile(r'<div class="mb-standing">.*?</div>', re.DOTALL)

# What a record is there to say stands before its key facts.
_OPERATIVE = frozenset({CLAUSES, SIDES})
# The room of the page that was made last: the page of what it has no room for asks for it.
_LAST: WeakKeyDictionary[Site, tuple[Ref, Room]] = WeakKeyDictionary()


def record_page(site: Site, record: Record) -> OutputFile:
    """The page of a record, at its address.

    A page over the budget shows less, step by step: first of what is listed elsewhere, then of what weighs
    most. All of it stands on other pages, to which it leads. What a record says in its own words, and what
    it is there to say, stays: such a page alone can be over.
    """
    html, room = _made(site, record)
    _LAST[site] = (record.id, room)
    return OutputFile(path_of(address_of(record.id)), html, title=record.title, kind="record")


def left_out(site: Site, record: Record) -> Room:
    """The room of the page of a record, filled in: what it left out, and where that is."""
    known, room = _LAST.get(site, (None, None))
    return room if room is not None and known == record.id else _made(site, record)[1]


def _made(site: Site, record: Record) -> tuple[Markup, Room]:
    """What is in the page, with as much of everything as it has room for."""
    links = site.links(address_of(record.id))
    room = Room(in_full=IN_FULL)
    beside: tuple[Markup, Room] | None = (
        None  # the first of which all but the record's own words is light enough
    )
    while True:
        values = parts_of(site, record, links, room)
        html = Markup(with_contents(render("record.html", **values)))
        weight, own = (
            weight_of(path_of(address_of(record.id)), record.title, html),
            _own_words(record, values),
        )
        if weight < BUDGET:
            return html, room
        if beside is None and weight < own + BESIDE:
            beside = html, room
        smaller = next_room(room, _weights(html, values["picture"]), IN_FULL)
        if smaller is None or (beside is not None and own >= BUDGET - FRAME):
            return beside or (html, room)
        room = smaller


def parts_of(site: Site, record: Record, links: Links, room: Room) -> dict[str, Any]:
    """Everything that the page of a record tells, as far as there is room for it: what its template is filled in with."""
    here = address_of(record.id)
    return {
        "record": record,
        "noun": capital(record.kind.value if isinstance(record, Project) else noun_of(record)),
        "trail": site.trail(record, links),
        "context": context(site.kb, record, links),
        "standing": cut_sentences(room, STANDING, standing(site, record, links)),
        "narrative": site.narratives.html(record, here),
        "citation": citation(site.kb, record),
        "about": links.href(ABOUT),
        "address": here,
        "turns": turns(site.kb, site.lines, record, links),
        **_told(site, record, links, room),
        **_story(site, record, links, room),
        **_pointing(site, record, links, room),
        **_kept(record, links, room),
        "left": room.left.get,
        "once": room.most.keys() & _OPERATIVE,
    }


def with_contents(html: str) -> str:
    """The page with a list of its sections, where it has enough of them to want one."""
    sections = [(anchor, Markup(name)) for anchor, name in _SECTION.findall(html)]
    contents = fragment("contents.html", sections=sections) if len(sections) >= _CONTENTS else ""
    return html.replace(_CONTENTS_HERE, contents, 1)


def _weights(html: str, picture: object) -> dict[str, int]:
    """What the parts of a page weigh, in bytes."""
    found = {one[1]: len(one[0].encode()) for one in _WHOLE_SECTION.finditer(html)}
    if (here := _WHOLE_STANDING.search(html)) is not None:
        found[STANDING] = len(here[0].encode())
    return {**found, PICTURE: len(str(picture).encode())} if picture else found


def _own_words(record: Record, values: Mapping[str, Any]) -> int:
    """What a record says in its own words and what it is there to say, in bytes: that much of its page is never left out."""
    said = [values["narrative"], escape(record.summary or "")]
    said += [line for fact in values["content"].quotes for line in fact.values]
    for section in values["operative"]:
        said += [line for lines in section.entries[0].quotes for line in lines] if section.entries else []
    return sum(len(one.encode()) for one in said)


def _told(site: Site, record: Record, links: Links, room: Room) -> dict[str, Any]:
    """What its fields say, and the receipts of it; of an erased record nothing."""
    receipts = receipts_of(record, links, room)
    addition, told = addition_of(site, record, links, room)
    erased = record.erased is not None
    content = Content() if erased else read_record(record, links, receipts, told)
    moved = moved_with_receipts(content) if receipts.elsewhere else ()
    sections = [one if one in moved else cut_section(room, one) for one in content.sections]
    topics = [links.page(site.topics.address(one), one) for one in record.topics]
    return {
        "addition": addition,
        "content": replace(content, facts=cut_facts(room, FACTS, content.facts)),
        "aliases": cut_names(room, FACTS, [escape(one) for one in record.aliases]),
        "topics": cut_names(room, FACTS, topics),
        "operative": [one for one in sections if one.anchor in _OPERATIVE],
        "sections": [one for one in sections if one.anchor not in _OPERATIVE],
        "official": None if erased else _official(site, record, links),
        "picture": None if erased else _picture(site, record, room),
        "unknown": () if erased else cut_reasons(room, UNKNOWN, unknown_of(record, site.kb)),
        "attribution": site.attribution(record, links),
        "spoken": bool(site.speaker(record, links)),
        "moved": moved,
        **_receipts(record, links, receipts, room),
    }


def _receipts(record: Record, links: Links, receipts: Receipts, room: Room) -> dict[str, Any]:
    """The receipts, by their documents; where they have a page of their own, the way there."""
    documents = receipts.by_document()
    own_page = links.href(f"{address_of(record.id)}{OWN_PAGE}") if receipts.elsewhere else None
    most = room.of(RECEIPTS)
    if record.erased is None and documents:
        given = sum(len(one) for _, one in documents)
        room.note(RECEIPTS, given if most is None else min(most, given - 1), given, own_page)
    away = room.left.get(RECEIPTS)
    return {
        "receipts": documents,
        "receipts_page": own_page or (away.where if away is not None else None),
        "receipts_named": most != 0,
    }


def _story(site: Site, record: Record, links: Links, room: Room) -> dict[str, Any]:
    """What happened to it; of a long story the end, and where the whole is told."""
    events = history_of(site.history, record)
    long = has_long_story(site, record, events) and not room.is_whole
    where = links.href(f"{address_of(record.id)}history/") if long and record.erased is None else None
    shown = room.some(STORY, events, where, latest=True, usual=story_room(record) if long else None)
    return {"story": [tell_event(one, record, links) for one in shown]}


def _pointing(site: Site, record: Record, links: Links, room: Room) -> dict[str, Any]:
    """The records that name it; of many the latest, and where all are listed."""
    groups = link_groups(site, record)
    usual = limit_of(groups, record)
    listed = listed_elsewhere(record) or (
        record.erased is None and any(len(one.records) > usual for one in groups)
    )
    most = room.of(LINKS)
    if most is None:
        most = usual if not room.is_whole else max((len(one.records) for one in groups), default=0)
    shown = [one.records[max(len(one.records) - most, 0) :] for one in groups]
    every = sum(len(one.records) for one in groups)
    room.note(LINKS, sum(map(len, shown)), every, links.href(_all_linked(record)) if listed else None)
    return {
        "groups": [
            (one.name, [linked(pair, links) for pair in some], len(one.records))
            for one, some in zip(groups, shown, strict=True)
        ]
    }


def _kept(record: Record, links: Links, room: Room) -> dict[str, Any]:
    """How the record is kept: the editor's note, what was corrected, when it was checked; and its feeds."""
    feed, calendar = feed_of(record), calendar_of(record)
    note = paragraphs(record.editor_note or "")
    if note and room.of(NOTE) == 0:
        room.note(NOTE, 0, 1)
    elif note:
        room.note(NOTE, 1, 1)
    corrections = room.some(CORRECTIONS, record.corrections, latest=True)
    return {
        "note": note if room.of(NOTE) is None else (),
        "corrections": [(moment(one.on), one) for one in corrections],
        "checked": moment(record.checked.on) if record.checked is not None else None,
        "feed": links.href(feed) if feed else None,
        "calendar": links.href(calendar) if calendar else None,
    }


def _picture(site: Site, record: Record, room: Room) -> Markup | None:
    """The picture of a record, where it is not too heavy for its page."""
    drawn = picture_of(site, record)
    if drawn is None:
        return None
    shown = room.is_whole or (room.of(PICTURE) is None and len(drawn.encode()) <= _HEAVIEST)
    room.note(PICTURE, 1 if shown else 0, 1)
    return drawn if shown else None


def _official(site: Site, record: Record, links: Links) -> Markup | None:
    """The council's own page of what a record rests on, or the page that lists it."""
    found = site.official(record)
    if found is None:
        return None
    page = external(found.url, found.url.partition("//")[2].partition("/")[0])
    name = escape("this document") if found.source is record else links.record(found.source.id)
    told = Markup("{}, the page of {}").format(page, name)
    if found.lists_only and found.is_doubtful:
        return Markup("{}. It may be the page that lists {}: that is not established").format(page, name)
    if found.lists_only:
        told = Markup(
            "{}, the council’s page of the meeting. It lists {}, whose own address is not known here"
        ).format(page, name)
    elif found.is_doubtful and found.source is not record:
        told += Markup(". That it is the page of the meeting recorded here is not established")
    return told


def _all_linked(record: Record) -> str:
    """Where everything that points to a record is listed, where its page cannot hold it all."""
    if isinstance(record, Body):
        return f"{BY_BODY}{record.council}/{record.id.slug}/"
    if isinstance(record, Project):
        return f"{BY_PROJECT}{record.council}/{record.id.slug}/"
    return f"{address_of(record.id)}linked/"
