"""7xx, evidence: what only the texts of the sources can show. Run where they are at hand (`--sources`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from minutebook.checks.finding import finding, place
from minutebook.diagnostics import Diagnostic, Note, Place, Rule
from minutebook.evidence.matching import Found
from minutebook.evidence.nearest import Nearest
from minutebook.evidence.quotations import Quotation, quotations, wordings
from minutebook.evidence.texts import NoText, SourceText, SourceTexts, leads_out
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import FieldPath, Record
from minutebook.records.source_document import SourceDocument
from minutebook.records.values import Ref
from minutebook.rules import evidence as rules
from minutebook.source import Span

_FEW = 4  # differences that are told


def text_of(kb: KnowledgeBase, source: str, texts: SourceTexts) -> SourceText | None:
    """The text of a source, where it is at hand."""
    document = kb.get(source, SourceDocument)
    if document is None or document.text_path is None:
        return None
    text = texts.read(document.text_path)
    return text if isinstance(text, SourceText) else None


def check_texts_can_be_read(kb: KnowledgeBase, texts: SourceTexts) -> Iterator[Diagnostic]:
    """The text of every source that has a `text_path` can be read (MB704), and is no link that leads out (MB706)."""
    for source in kb.of(SourceDocument):
        if source.text_path is None or leads_out(source.text_path):
            continue  # of a name that leads out the checks without texts speak
        text = texts.read(source.text_path)
        if isinstance(text, NoText):
            rule = rules.TEXT_PATH_OUTSIDE if text.outside else rules.SOURCE_TEXT_MISSING
            at = place(source, ("text_path",))
            yield finding(kb, source, at, rule, f"the text `{source.text_path}` {text.why}")


def check_texts_are_unchanged(kb: KnowledgeBase, texts: SourceTexts) -> Iterator[Diagnostic]:
    """The text of a source is the one its receipts were verified against (MB705)."""
    for source in kb.of(SourceDocument):
        text = text_of(kb, source.id, texts)
        if text is not None and source.fingerprint is not None and source.fingerprint.sha256 != text.sha256:
            yield finding(
                kb, source, place(source, ("fingerprint", "sha256")), rules.SOURCE_TEXT_CHANGED,
                f"the text `{source.text_path}` has changed since its receipts were verified:"
                f" its fingerprint is {text.sha256[:12]}… now",
            )  # fmt: skip


def check_quotations_stand(kb: KnowledgeBase, texts: SourceTexts) -> Iterator[Diagnostic]:
    """Every quotation stands in its source (MB702), and an `at` says which place is meant where there are several (MB707)."""
    for source, quoted in quotations(kb).items():
        text = text_of(kb, source, texts)
        if text is None:
            continue
        found_before: dict[str, tuple[Found, ...]] = {}
        for one in quoted:
            if one.words not in found_before:
                found_before[one.words] = text.text.find(one.words)
            found = found_before[one.words]
            if not found:
                yield _miss(kb, one.record, one.path, one.words, text, source)
            elif len(found) > 1 and one.at is None:
                yield _twice(kb, one, text, found)


def check_unrecorded_stands(kb: KnowledgeBase, texts: SourceTexts) -> Iterator[Diagnostic]:
    """Every passage of which a source says why nothing is recorded stands in its text (MB702)."""
    for source in kb.of(SourceDocument):
        text = text_of(kb, source.id, texts) if source.unrecorded else None
        if text is not None:
            for number, one in enumerate(source.unrecorded):
                if one.quote is not None and not text.text.find(one.quote):
                    yield _miss(kb, source, ("unrecorded", number, "quote"), one.quote, text, source.id)


def check_wording_stands(kb: KnowledgeBase, texts: SourceTexts) -> Iterator[Diagnostic]:
    """The words of a body stand in the text of a source that the record cites (MB703)."""
    for wording in wordings(kb):
        held = [(source, text) for source in wording.sources if (text := text_of(kb, source, texts))]
        # A source whose text is not here may have the words.
        if len(held) == len(wording.sources) > 0 and not any(
            text.text.find(wording.words) for _, text in held
        ):
            source, text = held[0]
            yield _miss(
                kb, wording.record, wording.path, wording.words, text, source, rules.WORDING_NOT_FOUND
            )


def _miss(
    kb: KnowledgeBase,
    record: Record,
    path: FieldPath,
    words: str,
    text: SourceText,
    source: Ref,
    rule: Rule = rules.QUOTE_NOT_FOUND,
) -> Diagnostic:
    nearest = text.nearest(words)
    what = "this wording does" if rule is rules.WORDING_NOT_FOUND else "these words do"
    message = f"{what} not stand in the text of `{source}`"
    at = place(record, path)
    if nearest is None:
        note = Note(f"nothing in `{text.path}` is near to them")
        return finding(kb, record, at, rule, message, notes=[note], names=[source])
    notes = [
        Note(f"nearest: `{nearest.text}`", _in(text, nearest.start)),
        *([Note(told)] if (told := _differences(nearest)) else []),
    ]
    return finding(kb, record, at, rule, message, notes=notes, names=[source])


def _differences(nearest: Nearest) -> str:
    told = []
    for wanted, there in nearest.differences[:_FEW]:
        if not wanted:
            told.append(f"the source has `{there}` besides")
        elif not there:
            told.append(f"the source has no `{wanted}` there")
        else:
            told.append(f"the source has `{there}`, where `{wanted}` is quoted")
    more = len(nearest.differences) - _FEW
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")


def _twice(kb: KnowledgeBase, one: Quotation, text: SourceText, found: tuple[Found, ...]) -> Diagnostic:
    lines = ", ".join(str(text.text.line_of(each.start)) for each in found[:6]) + (
        ", …" if len(found) > 6 else ""
    )
    return finding(
        kb, one.record, place(one.record, one.path), rules.QUOTE_TWICE,
        f"these words stand {len(found)} times in the text of `{one.source}`, on lines {lines}",
        names=[one.source],
    )  # fmt: skip


def _in(text: SourceText, offset: int) -> Place:
    return Place(text.path, Span.at(text.text.line_of(offset)))


CHECKS: tuple[Callable[[KnowledgeBase, SourceTexts], Iterator[Diagnostic]], ...] = (
    check_texts_can_be_read,
    check_texts_are_unchanged,
    check_quotations_stand,
    check_unrecorded_stands,
    check_wording_stands,
)
