"""The page of one record, made from its model: the same for every type, with a few additions of their own."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from minutebook.citing import citation
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import ABOUT, BY_BODY, BY_PROJECT, Links, address_of, external, path_of
from minutebook.outputs.feeds.addresses import calendar_of, feed_of
from minutebook.outputs.fields import Content, moved_with_receipts, read_record
from minutebook.outputs.pictures import picture_of
from minutebook.outputs.places import context, turns
from minutebook.outputs.receipts import OWN_PAGE, Receipts
from minutebook.outputs.record_additions import addition_of
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
from minutebook.timeline import history_of

_HEAVIEST = 12_000  # bytes of a picture: a page of a record has room for about 25,000 in all
_ROOM = 21_000  # bytes of what is in a page: with the frame around it there are less than 25,000
_FEW_EVENTS = 3  # of a long story, where there is little room
_CONTENTS = 5  # sections from which a page has a list of them
_CONTENTS_HERE = (
    "<!-- contents -->"  # in the template; a record's own words are escaped, or let through without comments
)
_SECTION = re.compile(r'<section [^>]*?id="([^"]+)"[^>]*>\s*<h2>(.*?)</h2>')

# What a record is there to say stands before its key facts.
_OPERATIVE = frozenset({"field-clauses", "field-sides"})


def record_page(site: Site, record: Record) -> OutputFile:
    """The page of a record, at its address.

    Where all that names it is listed elsewhere too, and its page is heavy, it names the latest of each kind alone.
    """
    html = _rendered(site, record)
    if listed_elsewhere(record) and len(html.encode()) > _ROOM:
        html = _rendered(site, record, most=1)
    return OutputFile(path_of(address_of(record.id)), html, title=record.title, kind="record")


def _rendered(site: Site, record: Record, most: int | None = None) -> Markup:
    """What is in the page, with so many links of a kind and events of a long story at the most; as many as usual with None."""
    here = address_of(record.id)
    links = site.links(here)
    html = render(
        "record.html",
        record=record,
        noun=capital(record.kind.value if isinstance(record, Project) else noun_of(record)),
        trail=site.trail(record, links),
        context=context(site.kb, record, links),
        standing=standing(site, record, links),
        topics=[links.page(site.topics.address(one), one) for one in record.topics],
        narrative=site.narratives.html(record, here),
        citation=citation(site.kb, record),
        about=links.href(ABOUT),
        address=here,
        turns=turns(site.kb, site.lines, record, links),
        **_told(site, record, links),
        **_story(site, record, links, most),
        **_pointing(site, record, links, most),
        **_kept(record, links),
    )
    return Markup(_with_contents(html))


def _told(site: Site, record: Record, links: Links) -> dict[str, object]:
    """What its fields say, and the receipts of it; of an erased record nothing."""
    receipts = Receipts(record, links)
    addition, told = addition_of(site, record, links)
    erased = record.erased is not None
    content = Content() if erased else read_record(record, links, receipts, told)
    return {
        "addition": addition,
        "content": content,
        "operative": [one for one in content.sections if one.anchor in _OPERATIVE],
        "sections": [one for one in content.sections if one.anchor not in _OPERATIVE],
        "official": None if erased else _official(site, record, links),
        "picture": None if erased else _picture(site, record),
        "unknown": () if erased else unknown_of(record, site.kb),
        "attribution": site.attribution(record, links),
        "spoken": bool(site.speaker(record, links)),
        "moved": moved_with_receipts(content) if receipts.elsewhere else (),
        "receipts": receipts.by_document(),
        "receipts_page": OWN_PAGE if receipts.elsewhere else None,
    }


def _story(site: Site, record: Record, links: Links, most: int | None) -> dict[str, object]:
    """What happened to it; of a long story the end, and where the whole is told."""
    events = history_of(site.history, record)
    long = has_long_story(site, record, events)
    shown = events[-(_FEW_EVENTS if most else story_room(record)) :] if long else events
    return {
        "story": [tell_event(one, record, links) for one in shown],
        "earlier": (len(events), links.href(f"{address_of(record.id)}history/")) if long else None,
    }


def _pointing(site: Site, record: Record, links: Links, most: int | None) -> dict[str, object]:
    """The records that name it; of many the latest, and where all are listed."""
    groups = link_groups(site, record)
    most = most or limit_of(groups, record)
    return {
        "groups": [
            (one.name, [linked(pair, links) for pair in one.records[-most:]], len(one.records))
            for one in groups
        ],
        "linked": links.href(_all_linked(record)) if any(len(one.records) > most for one in groups) else None,
    }


def _kept(record: Record, links: Links) -> dict[str, object]:
    """How the record is kept: the editor's note, what was corrected, when it was checked; and its feeds."""
    feed, calendar = feed_of(record), calendar_of(record)
    return {
        "note": paragraphs(record.editor_note or ""),
        "corrections": [(moment(one.on), one) for one in record.corrections],
        "checked": moment(record.checked.on) if record.checked is not None else None,
        "feed": links.href(feed) if feed else None,
        "calendar": links.href(calendar) if calendar else None,
    }


def _picture(site: Site, record: Record) -> Markup | None:
    """The picture of a record, where it is not too heavy for its page."""
    drawn = picture_of(site, record)
    return drawn if drawn is not None and len(drawn.encode()) <= _HEAVIEST else None


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


def _with_contents(html: str) -> str:
    """The page with a list of its sections, where it has enough of them to want one."""
    sections = [(anchor, Markup(name)) for anchor, name in _SECTION.findall(html)]
    contents = fragment("contents.html", sections=sections) if len(sections) >= _CONTENTS else ""
    return html.replace(_CONTENTS_HERE, contents, 1)
