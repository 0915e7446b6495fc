"""Which receipts were verified, and against which version of a text: known without the text, from its fingerprint."""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass

from minutebook.evidence.matching import normal
from minutebook.evidence.texts import SourceText, SourceTexts
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import Citation
from minutebook.records.source_document import SourceDocument

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")  # digits would look like somebody's number


class ReceiptState(enum.StrEnum):
    """How far a receipt can be trusted."""

    VERIFIED = "verified"
    NOT_VERIFIED = "not verified"
    TEXT_NOT_HELD = "text not held"
    WORDS_NOT_HELD = "words not held"


def mark(quotation: str) -> str:
    """The mark of a quotation: the same for two that differ in spaces, dashes and quotation marks alone."""
    return hashlib.sha256(normal(quotation).encode("utf-8")).hexdigest()[:8].translate(_LETTERS)


def state_of(citation: Citation, source: SourceDocument | None) -> ReceiptState:
    """Whether the words of a citation stood in the text of its source when that was last verified."""
    if citation.quote is None:
        return ReceiptState.WORDS_NOT_HELD
    if source is None or (source.text_path is None and source.fingerprint is None):
        return ReceiptState.TEXT_NOT_HELD
    if source.fingerprint is not None and mark(citation.quote) in source.fingerprint.marks:
        return ReceiptState.VERIFIED
    return ReceiptState.NOT_VERIFIED


@dataclass(frozen=True, slots=True)
class ReceiptCount:
    """The receipts from one source, by how far they can be trusted, and the text they were verified against."""

    source: SourceDocument
    sha256: str | None
    states: tuple[tuple[ReceiptState, int], ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(count for _, count in self.states)

    def of(self, state: ReceiptState) -> int:
        """Those in one state."""
        return dict(self.states).get(state, 0)


def count_receipts(kb: KnowledgeBase, texts: SourceTexts | None = None) -> tuple[ReceiptCount, ...]:
    """The receipts from every source, in the order of their ids; from sources that none cites too.

    With the texts they are looked for; of a source whose text is not at hand, and without any, the
    fingerprint tells.
    """
    cited: dict[str, list[Citation]] = {source.id: [] for source in kb.of(SourceDocument)}
    for _, _, citation in kb.each(Citation):
        if citation.source in cited:
            cited[citation.source].append(citation)
    return tuple(_count(source, cited[source.id], texts) for source in kb.of(SourceDocument))


def _count(source: SourceDocument, cited: list[Citation], texts: SourceTexts | None) -> ReceiptCount:
    text = texts.read(source.text_path) if texts is not None and source.text_path is not None else None
    counts: dict[ReceiptState, int] = {}
    stands: dict[str, bool] = {}
    for one in cited:
        state = state_of(one, source)
        if isinstance(text, SourceText) and one.quote is not None:
            if one.quote not in stands:
                stands[one.quote] = bool(text.text.find(one.quote))
            state = ReceiptState.VERIFIED if stands[one.quote] else ReceiptState.NOT_VERIFIED
        counts[state] = counts.get(state, 0) + 1
    if isinstance(text, SourceText):
        sha256: str | None = text.sha256
    else:
        sha256 = source.fingerprint.sha256 if source.fingerprint is not None else None
    return ReceiptCount(source, sha256, tuple((one, counts[one]) for one in ReceiptState if one in counts))
