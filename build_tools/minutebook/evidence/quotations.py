"""Every quotation of a knowledge base: which words, from which source, in which record and field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.action import Action
from minutebook.records.base import Citation, FieldPath, Part, Record, citations
from minutebook.records.decision import Decision
from minutebook.records.report import Recommendation
from minutebook.records.resolution import Clause, Motion
from minutebook.records.values import Ref

# What a record gives as a body's own words, in quotation marks.
WITH_WORDING: tuple[type[Part], ...] = (Action, Clause, Decision, Motion, Recommendation)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a record takes from a source, and the field they stand in."""

    record: Record
    path: FieldPath
    source: Ref
    words: str
    at: str | None


def quotations(kb: KnowledgeBase) -> Mapping[Ref, tuple[Quotation, ...]]:
    """The quotations of every citation, by source; citations without words are left out."""
    found: defaultdict[Ref, list[Quotation]] = defaultdict(list)
    for record, path, citation in kb.each(Citation):
        if citation.quote is not None:
            found[citation.source].append(
                Quotation(record, (*path, "quote"), citation.source, citation.quote, citation.at)
            )
    return {source: tuple(quoted) for source, quoted in found.items()}


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that a record gives as a body's own, and the sources that it cites for them, nearest first."""

    record: Record
    path: FieldPath
    words: str
    sources: tuple[Ref, ...]


def wordings(kb: KnowledgeBase) -> Iterator[Wording]:
    """The wording of every clause, motion, recommendation, decision and promise."""
    for part_type in WITH_WORDING:
        for record, path, part in kb.each(part_type):
            words: str | None = getattr(part, "wording", None)
            if words is not None:
                cited = dict.fromkeys(one.source for whole in (part, record) for one in citations(whole))
                yield Wording(record, (*path, "wording"), words, tuple(cited))
