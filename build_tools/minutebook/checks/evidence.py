"""7xx, evidence: every record has receipts, and they can be followed. What needs the texts is in `evidence_texts`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from minutebook.absence import Absence, written_name
from minutebook.checks.finding import finding, place
from minutebook.diagnostics import Diagnostic, Place
from minutebook.evidence.matching import stands_in
from minutebook.evidence.texts import leads_out
from minutebook.front_matter import places
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import Citation, Exemption, FieldPath, Record, citations, parts
from minutebook.records.decision import Decision
from minutebook.records.discrepancy import Discrepancy
from minutebook.records.event import Event
from minutebook.records.meeting import Meeting
from minutebook.records.source_document import SourceDocument, SourceKind, Standing
from minutebook.records.statement import Statement
from minutebook.records.values import Ref
from minutebook.rules import evidence as rules
from minutebook.when import Answer, When, before

_LONGEST_QUOTE = 500  # characters
# A reader sees such a document on one screen, or is taken to the place by its address.
_SINGLE_PAGES = frozenset(
    {
        SourceKind.MEETING_PAGE,
        SourceKind.DECISION_NOTICE,
        SourceKind.BLOG_POST,
        SourceKind.NEWS,
        SourceKind.REGISTER,
    }
)
_SILENCES = (Absence.NOT_STATED, Absence.LEFT_BLANK)
# A date of something that was done, and not only meant. Transfers are decided ahead of their day.
_DONE: tuple[tuple[type[Record], str], ...] = (
    (Meeting, "held_on"),
    (Decision, "decided_on"),
    (Event, "on"),
)


def check_record_has_citation(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record but a source cites a source (MB701)."""
    cited = {record.id for record, _, _ in kb.each(Citation)}
    for record in kb.records.values():
        if record.id in cited or isinstance(record, SourceDocument) or record.erased is not None:
            continue
        # Of a record that says what a source leaves out, rule MB207 asks for the source.
        if not any(part.absences for _, part in parts(record)):
            yield finding(kb, record, place(record), rules.NO_CITATION, f"this {record.noun} cites no source")


def check_text_path_is_inside(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The name of a text leads nowhere outside the folder of texts (MB706)."""
    for source in kb.of(SourceDocument):
        if source.text_path is not None and leads_out(source.text_path):
            at = place(source, ("text_path",))
            message = f"the name `{source.text_path}` leads out of the folder of texts"
            yield finding(kb, source, at, rules.TEXT_PATH_OUTSIDE, message)


def check_citations_are_usable(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A receipt is short (MB708), has its words where they are held (MB709), and says where they stand (MB710)."""
    for record, path, citation in kb.each(Citation):
        source = kb.get(citation.source, SourceDocument)
        if citation.quote is not None and len(citation.quote) > _LONGEST_QUOTE:
            message = f"the quotation has {len(citation.quote):,} characters, more than {_LONGEST_QUOTE}"
            yield finding(kb, record, place(record, (*path, "quote")), rules.QUOTE_TOO_LONG, message)
        if source is None:
            continue
        if citation.quote is None and source.text_path is not None:
            message = f"the words are not quoted, but the text of `{source.id}` is held"
            at = place(record, (*path, "quote"))
            yield finding(kb, record, at, rules.QUOTE_NOT_TAKEN, message, names=[source.id])
        if citation.at is None and source.kind not in _SINGLE_PAGES:
            message = f"the citation does not say where in `{source.id}` the words stand"
            at = place(record, (*path, "source"))
            yield finding(kb, record, at, rules.NO_PLACE, message, names=[source.id])


def check_silence_is_shown(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Where a field is not stated or left blank, a citation shows the place (MB711)."""
    supported: dict[Ref, set[str]] = {}
    citing = {record.id for record, _, _ in kb.each(Citation)}
    for located in kb.parts.values():
        for record, path, part in located:
            if not part.absences or isinstance(part, Citation | Exemption):
                continue
            if record.id not in supported:
                names = (name for one in citations(record) for name in one.supports)
                supported[record.id] = {name.rpartition(".")[2] for name in names}
            # A source is itself what is silent; of a record that cites nothing rule MB207 speaks.
            if isinstance(record, SourceDocument) or record.id not in citing:
                continue
            for field, absence in part.absences.items():
                name = written_name(type(part).model_fields[field], field)
                # Who cites for the whole of a group cites for what is in it.
                if absence in _SILENCES and not supported[record.id].intersection((*map(str, path), name)):
                    message = f"no citation shows that `{name}` is {absence.value}"
                    at = place(record, (*path, name))
                    yield finding(kb, record, at, rules.SILENCE_NOT_SHOWN, message)


def check_third_party_supports_nothing(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A third party is cited for what it said, never for what the council did (MB712)."""
    for record, path, citation in kb.each(Citation):
        source = kb.get(citation.source, SourceDocument)
        if source is None or source.standing is not Standing.THIRD_PARTY:
            continue
        if not isinstance(record, Statement | Discrepancy):
            message = f"`{source.id}` is a third party's, and cannot support a {record.noun}"
            at = place(record, (*path, "source"))
            yield finding(kb, record, at, rules.THIRD_PARTY_SUPPORT, message, names=[source.id])


def check_stated_values_are_quoted(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A value that a citation states stands in its words (MB715)."""
    for record, path, citation in kb.each(Citation):
        for number, stated in enumerate(citation.states):
            if citation.quote is None or not stands_in(citation.quote, stated.value):
                message = f"the value `{stated.value}` does not stand in the words that are quoted"
                at = place_of_value(record, (*path, "states", number))
                yield finding(kb, record, at, rules.VALUE_NOT_QUOTED, message)


def place_of_value(record: Record, path: FieldPath) -> Place:
    """The place of a stated value; a list of one may be written without its dash."""
    spans = places(record.file)
    written = [*path, "value"]
    for number in range(len(written) - 2, 0, -1):
        if written[number - 1] == "states" and (*written[: number + 1],) not in spans:
            del written[number]
    return place(record, tuple(written))


def check_dates_of_reading(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Nobody read a source before it was written (MB716)."""
    for record in kb.records.values():
        if record.checked is None:
            continue
        for source in {one.source for one in citations(record)}:
            document = kb.get(source, SourceDocument)
            if document is not None and _is_before(record.checked.on, document.dated):
                message = f"the record was checked before `{source}` was written"
                at = place(record, ("checked", "on"))
                yield finding(kb, record, at, rules.CHECKED_TOO_EARLY, message, names=[source])
    for document in kb.of(SourceDocument):
        verified_on = document.fingerprint.verified_on if document.fingerprint is not None else None
        if verified_on is not None and _is_before(verified_on, document.dated):
            message = "its receipts were verified before it was written"
            at = place(document, ("fingerprint", "verified_on"))
            yield finding(kb, document, at, rules.CHECKED_TOO_EARLY, message)


def check_source_is_later(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """What was done has a source that is no older than it (MB717)."""
    for record_type, field in _DONE:
        for record in kb.of(record_type):
            done: When | None = getattr(record, field)
            sources = [
                kb.get(one, SourceDocument) for one in dict.fromkeys(c.source for c in citations(record))
            ]
            if done is None or not sources or any(one is None or one.dated is None for one in sources):
                continue
            if all(
                one is not None and one.dated is not None and _is_before(one.dated, done) for one in sources
            ):
                message = f"every source it cites was written before {done.display()}"
                yield finding(kb, record, place(record, (field,)), rules.SOURCE_TOO_EARLY, message)


def _is_before(a: When, b: When | None) -> bool:
    return b is not None and before(a, b) is Answer.YES


def check_source_is_cited(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every source is cited, or says why nothing of it is recorded (MB718)."""
    cited = {citation.source for _, _, citation in kb.each(Citation)}
    for source in kb.of(SourceDocument):
        if source.id not in cited and not source.unrecorded and source.erased is None:
            message = "no record cites this source, and it does not say why"
            yield finding(kb, source, place(source), rules.SOURCE_UNUSED, message)


CHECKS: tuple[Callable[[KnowledgeBase], Iterator[Diagnostic]], ...] = (
    check_record_has_citation,
    check_text_path_is_inside,
    check_citations_are_usable,
    check_silence_is_shown,
    check_third_party_supports_nothing,
    check_stated_values_are_quoted,
    check_dates_of_reading,
    check_source_is_later,
    check_source_is_cited,
)
