"""The subjects a reader would browse by: each with one address, however it is spelt in different records."""

from __future__ import annotations

from functools import cached_property, lru_cache
from hashlib import sha256

from minutebook.knowledge_base import KnowledgeBase, plain
from minutebook.outputs.addresses import TOPICS
from minutebook.records.base import Record

_LONGEST = 80  # characters of a slug; a path of a few of them stays under the 255 that a name may have


class Topics:
    """The topics of a knowledge base, from A to Z."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    @cached_property
    def records(self) -> dict[str, list[Record]]:
        """By the slug of a topic: the records that have it."""
        found: dict[str, list[Record]] = {}
        for record in self._kb.records.values():
            for topic in record.topics:
                found.setdefault(topic_slug(topic), []).append(record)
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """By its slug: a topic as the first record spells it that has it."""
        return {
            slug: next(topic for topic in records[0].topics if topic_slug(topic) == slug)
            for slug, records in self.records.items()
        }

    @cached_property
    def slugs(self) -> list[str]:
        """The slugs, in the order of the topics from A to Z."""
        return sorted(self.names, key=lambda slug: (self.names[slug].casefold(), slug))

    def address(self, topic: str) -> str:
        """Where the page of a topic lies."""
        return f"{TOPICS}{topic_slug(topic)}/"


@lru_cache(maxsize=4_096)  # a few hundred topics stand in thousands of records
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
