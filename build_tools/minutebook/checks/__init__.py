"""What must hold of a linked knowledge base: one file of checks for each subject, all run from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from minutebook.checks import (
    disagreements,
    evidence,
    evidence_texts,
    fields,
    figures,
    lives,
    names,
    ownership,
    personal_details,
    procedure,
    publication,
    references,
    sums,
)
from minutebook.collector import without_collector
from minutebook.diagnostics import Diagnostic, sorted_once
from minutebook.evidence.texts import SourceTexts
from minutebook.knowledge_base import KnowledgeBase
from minutebook.ownership import OwnershipHistory

Check = Callable[[KnowledgeBase], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    *fields.CHECKS,
    *references.CHECKS,
    *names.CHECKS,
    *lives.CHECKS,
    *publication.CHECKS,
    *personal_details.CHECKS,
    *procedure.CHECKS,
    *evidence.CHECKS,
    *disagreements.CHECKS,
    *figures.CHECKS,
    *sums.CHECKS,
)


@without_collector()
def run_checks(kb: KnowledgeBase, texts: SourceTexts | None = None) -> list[Diagnostic]:
    """Return every finding of every check, sorted, each once; with the texts of the sources, of what they show too."""
    findings = [finding for check in CHECKS for finding in check(kb)]
    if texts is not None:
        findings += [finding for check in evidence_texts.CHECKS for finding in check(kb, texts)]
    history = OwnershipHistory(kb)
    findings += [finding for check in ownership.CHECKS for finding in check(history)]
    return sorted_once(findings)
