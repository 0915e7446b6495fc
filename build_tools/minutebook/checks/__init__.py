"""What must hold of a linked knowledge base: one file of checks for each subject, all run from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from minutebook.checks import (
    authority,
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
    findings = [finding for check in ready_checks(kb) for finding in check()]
    if texts is not None:
        findings += [finding for check in evidence_texts.CHECKS for finding in check(kb, texts)]
    return sorted_once(findings)


def ready_checks(kb: KnowledgeBase) -> list[Callable[[], Iterator[Diagnostic]]]:
    """Every check that needs no text of a source, ready to be run; those of ownership as one, since they share the history."""

    def check_ownership() -> Iterator[Diagnostic]:
        history = OwnershipHistory(kb)
        for check in (*ownership.CHECKS, *authority.CHECKS):
            yield from check(history)

    return [*(partial(check, kb) for check in CHECKS), check_ownership]
