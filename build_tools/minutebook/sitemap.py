"""The site map for search engines: every page, and of a record the day that its own papers bear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs.addresses import address_of, path_of
from minutebook.records.base import Record
from minutebook.records.source_document import SourceDocument

# A day, a month or a year: of what the protocol takes, what a record may know of its date (W3C-DTF).
_AS_MACHINES_WRITE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def last_changed(kb: KnowledgeBase) -> Mapping[str, str]:
    """By path of its page: the latest date that a source or a correction of a record bears; nothing is invented."""
    return {
        path_of(address_of(record.id)): date
        for record in kb.records.values()
        if (date := _latest(kb, record)) is not None
    }


def _latest(kb: KnowledgeBase, record: Record) -> str | None:
    cited = (kb.get(link.target, SourceDocument) for link in kb.links[record.id])
    own = [record] if isinstance(record, SourceDocument) else []
    dates = [one.dated for one in (*own, *cited) if one is not None and one.dated is not None]
    dates += [one.on for one in record.corrections]
    told = [(date.latest, date.value) for date in dates if date.latest is not None]
    told = [one for one in told if _AS_MACHINES_WRITE.fullmatch(one[1])]
    return max(told)[1] if told else None


def site_map(site_url: str, paths: Iterable[str], dates: Mapping[str, str]) -> str:
    """The site map of the pages at these paths, as sitemaps.org describes it (protocol 0.9)."""
    base = site_url if site_url.endswith("/") else f"{site_url}/"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for path in sorted(paths):
        date = f"<lastmod>{escape(dates[path])}</lastmod>" if path in dates else ""
        lines.append(f"<url><loc>{escape(base + path.removesuffix('index.html'))}</loc>{date}</url>")
    return "\n".join([*lines, "</urlset>", ""])
