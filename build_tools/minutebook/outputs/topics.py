"""The subjects a reader would browse by: each with one address, however it is spelt in different records."""

from __future__ import annotations

from hashlib import sha256

from minutebook.knowledge_base import KnowledgeBase, plain
from minutebook.outputs.addresses import TOPICS
from minutebook.records.base import Record

_LONGEST = 80  # characters of a slug; a path of a few of them stays under the 255 that a name may have


class Topics:
    """The topics of a knowledge base, from A to Z."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.names: dict[str, str] = {}
        self.records: dict[str, list[Record]] = {}
        for record in kb.records.values():
            for topic in record.topics:
                slug = topic_slug(topic)
                self.names.setdefault(slug, topic)
                self.records.setdefault(slug, []).append(record)
        self.slugs = sorted(self.names, key=lambda slug: (self.names[slug].casefold(), slug))

    def address(self, topic: str) -> str:
        """Where the page of a topic lies."""
        return f"{TOPICS}{topic_slug(topic)}/"


def topic_slug(topic: str) -> str:
    """The topic as a part of an address: letters and digits of ASCII, and a mark of the whole where they are not all of it."""
    words = plain(topic)
    return short_slug(words)


def short_slug(words: str) -> str:
    """Words as one part of an address, which no file system finds too long; two different ones never have the same."""
    kept = "".join(one if one.isascii() and one.isalnum() else "-" for one in words)
    slug = "-".join(part for part in kept.split("-") if part)
    if slug == words.replace(" ", "-") and len(slug) <= _LONGEST:
        return slug
    return f"{slug[:_LONGEST].rstrip('-') or 'in-other-letters'}-{sha256(words.encode()).hexdigest()[:8]}"
