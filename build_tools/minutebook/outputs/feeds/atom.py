"""One Atom feed as text (RFC 4287), with relative links, so that it is right under any address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

_ATOM = "http://www.w3.org/2005/Atom"
# Names in this space are addresses inside a site: ids of records, which are never used again.
_SPACE = UUID("0b0f6c4e-9d0c-5b3a-8a55-3f1f6b7f5a10")
# What XML 1.0 cannot hold, not even escaped.
_NOT_XML = {code: None for code in (*range(0x20), 0xFFFE, 0xFFFF) if code not in (0x9, 0xA, 0xD)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the address of a page relative to the site, what it says, and the last day it speaks of."""

    address: str
    title: str
    summary: str
    updated: date
    published: date | None = None
    topics: Sequence[str] = ()
    happening: str = ""  # tells two entries about one page apart


def atom(
    path: str, title: str, subtitle: str, author: str, page: str, entries: Iterable[Entry], empty: date
) -> str:
    """The feed that lies at `path` and belongs to the page `page`, both relative to the site.

    Where it has no entry its date is `empty`. Source of the form: RFC 4287.
    """
    listed = list(entries)
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    _add(feed, "id", _name(path))
    _add(feed, "title", title)
    _add(feed, "subtitle", subtitle)
    _add(feed, "updated", _instant(max((one.updated for one in listed), default=empty)))
    _add(ET.SubElement(feed, "author"), "name", author)
    ET.SubElement(
        feed, "link", {"rel": "self", "type": "application/atom+xml", "href": path.rpartition("/")[2]}
    )
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": _from(path, page)})
    for one in listed:
        entry = ET.SubElement(feed, "entry")
        _add(entry, "id", _name(f"{one.address}#{one.happening}" if one.happening else one.address))
        _add(entry, "title", one.title)
        _add(entry, "updated", _instant(one.updated))
        if one.published is not None:
            _add(entry, "published", _instant(one.published))
        ET.SubElement(
            entry, "link", {"rel": "alternate", "type": "text/html", "href": _from(path, one.address)}
        )
        for topic in one.topics:
            ET.SubElement(entry, "category", {"term": topic.translate(_NOT_XML)})
        _add(entry, "summary", one.summary)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text.translate(_NOT_XML)


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _name(address: str) -> str:
    return uuid5(_SPACE, address).urn


def _from(path: str, address: str) -> str:
    """The address of a page as the feed at `path` writes it."""
    up = "../" * path.count("/")
    return f"{up}{address}" or "./"
