"""The subjects a reader would browse by: each with one address, however it is spelt in different records."""

from __future__ import annotations

from minutebook.knowledge_base import KnowledgeBase, plain
from minutebook.outputs.addresses import TOPICS
from minutebook.records.base import Record


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
    """The topic as a part of an address: letters and digits of ASCII; `topic` and a number for any other script."""
    words = "-".join(plain(topic).split())
    kept = "".join(one for one in words if one.isascii() and (one.isalnum() or one == "-")).strip("-")
    return kept or f"topic-{sum(ord(one) * (at + 1) for at, one in enumerate(topic))}"
