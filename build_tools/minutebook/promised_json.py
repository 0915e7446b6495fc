"""Answers in the shapes that are promised to programs, for the command line and for the service."""

from __future__ import annotations

from collections.abc import Iterable

from minutebook.knowledge_base import KnowledgeBase
from minutebook.ownership import Ownership
from minutebook.records.base import Citation
from minutebook.records.source_document import SourceDocument


def owner_json(kb: KnowledgeBase, answer: Ownership) -> dict[str, object]:
    """Return who answers for a project: every answer that the sources allow, with its receipts."""
    return {
        "project": answer.project,
        "on": answer.on.value,
        "status": answer.status.value,
        "holders": list(answer.holders),
        "possible": [
            {
                "status": one.status.value,
                "holder": one.holder,
                "since": one.since.value if one.since is not None else None,
                "transfer": one.transfer,
                "authority": one.authority,
                "monitored_by": one.monitored_by,
            }
            for one in answer.possible
        ],
        "disputed_by": list(answer.disputed_by),
        "citations": citations_json(kb, answer.citations),
    }


def citations_json(kb: KnowledgeBase, citations: Iterable[Citation]) -> list[dict[str, str | None]]:
    """Return receipts, each with the address of its official page where that is known."""
    return [
        {"source": one.source, "at": one.at, "quote": one.quote, "url": _address(kb, one)}
        for one in citations
    ]


def _address(kb: KnowledgeBase, citation: Citation) -> str | None:
    source = kb.get(citation.source, SourceDocument)
    return source.url if source is not None else None


__all__ = ["citations_json", "owner_json"]
