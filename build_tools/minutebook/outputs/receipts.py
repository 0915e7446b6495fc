"""The receipts of a record: each document, the place in it, the words, and what they prove."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from minutebook.absence import Absence
from minutebook.evidence.verification import ReceiptState, state_of
from minutebook.knowledge_base import KnowledgeBase, Question
from minutebook.outputs.addresses import Links
from minutebook.outputs.unknown import asked_of
from minutebook.outputs.words import (
    capital,
    field_of,
    label,
    moment,
    paragraphs,
    part_in_words,
    unbroken,
    value_markup,
)
from minutebook.records.base import Citation, FieldPath, Record, StatedValue, parts
from minutebook.records.discrepancy import Discrepancy
from minutebook.records.project import Project
from minutebook.records.source_document import SourceDocument, Standing
from minutebook.records.values import Ref
from minutebook.wording import on_date

OWN_PAGE = "receipts/"  # behind the address of the record
# Receipts that the page of a record has room for; more have a page of their own. That of a project tells who answered
# for it, with the words that prove it, and has room for fewer.
_MOST, _MOST_OF_A_PROJECT = 20, 10
_REFERENCE = Markup('<a href="{0}#receipt-{1}">{2}&nbsp;{1}</a>')
# Of a receipt without words the page says so in place of them.
_STATE = {
    ReceiptState.VERIFIED: "Verified",
    ReceiptState.NOT_VERIFIED: "Not yet verified",
    ReceiptState.TEXT_NOT_HELD: "Not verified: the text is not held",
    ReceiptState.WORDS_NOT_HELD: "",
}
_COMPARED = "Words compared with the document’s text"
_VERSION = "Verified against the text with the fingerprint {}"
_SHOWN = 12  # characters of a fingerprint
_STATES = Markup("{}: {}")
_STATES_OVER = Markup("{}: {} ({})")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt as it is shown.

    `state` says whether its words stood in the text of the document when that was last read again;
    `version` that this was done, and when; `silent` what it shows that its document does not say.
    """

    number: int
    quote: tuple[str, ...]
    source: Markup
    place: str | None
    url: str | None
    third_party: bool
    proves: tuple[str, ...]
    states: tuple[Markup, ...]
    state: str = ""
    version: str = ""
    silent: tuple[str, ...] = ()


def room_for(record: Record) -> int:
    """How many receipts the page of a record has room for."""
    return _MOST_OF_A_PROJECT if isinstance(record, Project) else _MOST


class Receipts:
    """The receipts of one record, numbered; the same receipt given twice has one number.

    `on_this_page` says that they stand where the links to them stand, however many they are.
    """

    def __init__(self, record: Record, links: Links, *, on_this_page: bool = False) -> None:
        self._links, self._about = links, record.id
        self._found: dict[Citation, list[str]] = {}
        self._silent: dict[Citation, tuple[str, ...]] = {}
        for path, part in parts(record):
            if isinstance(part, Citation):
                where = _where(path, record, links)
                silent = [one for one in part.supports if not where and _is_silent(record, one)]
                told = [label(one) for one in part.supports if one not in silent]
                names = [*([where] if where else []), *told]
                known = self._found.setdefault(part, [])
                known += [name for name in names if name not in known]
                if silent:
                    self._silent[part] = tuple(map(asked_of, silent))
        self._numbers = {citation: number for number, citation in enumerate(self._found, 1)}
        self.elsewhere = len(self._found) > room_for(record) and not on_this_page
        self._page = OWN_PAGE if self.elsewhere else ""

    def lead_to(self, page: str) -> None:
        """Let the links to them lead to another page: the way there from the one on which they stand."""
        self._page = page

    def references(self, citations: Iterable[Citation], word: str = "receipt") -> Markup:
        """Links to these receipts, each once: further down the page, or on their own."""
        numbers = dict.fromkeys(self._numbers[one] for one in citations if one in self._numbers)
        return Markup(", ").join(_REFERENCE.format(self._page, number, word) for number in numbers)

    def by_document(self) -> list[tuple[Receipt, list[Receipt]]]:
        """Every receipt, in order, under the document that it is from, which is named once."""
        found: dict[tuple[Markup, str | None], list[Receipt]] = {}
        for citation, proves in self._found.items():
            one = show(
                citation, self._links, number=self._numbers[citation], proves=tuple(proves), about=self._about,
                silent=self._silent.get(citation, ()),
            )  # fmt: skip
            found.setdefault((one.source, one.url), []).append(one)
        return [(group[0], group) for group in found.values()]


def show(
    citation: Citation,
    links: Links,
    *,
    number: int = 0,
    proves: tuple[str, ...] = (),
    about: Ref | None = None,
    silent: tuple[str, ...] = (),
) -> Receipt:
    """One citation as it is shown. `about` is the record on whose page it stands: there its name goes without saying."""
    document = links.kb.get(citation.source, SourceDocument)
    return Receipt(
        number=number,
        quote=tuple(paragraphs(citation.quote)) if citation.quote else (),
        source=links.record(citation.source),
        place=citation.at,
        url=document.url if document is not None else None,
        third_party=document is not None and document.standing is Standing.THIRD_PARTY,
        proves=proves,
        states=tuple(_states(one, links, about) for one in citation.states),
        state=_STATE[state_of(citation, document)],
        version=compared(document) if document is not None else "",
        silent=silent,
    )


def compared(document: SourceDocument) -> str:
    """That receipts were compared with the text of a document, and when; empty where they were not."""
    fingerprint = document.fingerprint
    if fingerprint is None:
        return ""
    on = f" {unbroken(on_date(fingerprint.verified_on))}" if fingerprint.verified_on is not None else ""
    return f"{_COMPARED}{on}."


def version_of(document: SourceDocument) -> str:
    """Which text of a document receipts were verified against, and when; empty where none was."""
    fingerprint = document.fingerprint
    if fingerprint is None:
        return ""
    said = _VERSION.format(fingerprint.sha256[:_SHOWN])
    return (
        f"{said}, {unbroken(on_date(fingerprint.verified_on))}"
        if fingerprint.verified_on is not None
        else said
    )


def _states(one: StatedValue, links: Links, about: Ref | None) -> Markup:
    doubt = _doubt(links, one)
    if one.key.field == "title":
        who = Markup("it") if one.key.record_id == about else links.record(one.key.record_id)
        return Markup("{} the name “{}”{}").format(who, one.value, doubt)
    key = field_of(one.key, links) if one.key.record_id == about else value_markup(one.key, links)
    if one.over is None:
        return _STATES.format(key, one.value) + doubt
    return _STATES_OVER.format(key, one.value, moment(one.over)) + doubt


def _by_value(kb: KnowledgeBase) -> dict[tuple[str, str], Discrepancy]:
    return {
        (str(state.key), state.value): record
        for record in kb.of(Discrepancy)
        for side in record.sides
        for citation in side.citations
        for state in citation.states
    }


_BY_VALUE = Question("discrepancies by value", _by_value)
# The discrepancy in which a value of a key is one side.
_DIFFERING = Question("differing", lambda kb, key, value: kb.answer(_BY_VALUE).get((key, value)))


def _doubt(links: Links, one: StatedValue) -> Markup:
    """That another statement differs from this value, with the record that says so; empty where none does."""
    found = links.kb.answer(_DIFFERING, str(one.key), one.value)
    if found is None:
        return Markup("")
    return Markup(" (another statement differs: see {})").format(links.record(found.id))


def _is_silent(record: Record, written: str) -> bool:
    """Whether a receipt is for what its document does not say: the field has no value, and the record says why."""
    absence = record.absences.get(written)
    return absence in (Absence.NOT_STATED, Absence.LEFT_BLANK)


def _where(path: FieldPath, record: Record, links: Links) -> str:
    """What part of the record a citation stands in: `Clauses 2`; empty for the record itself."""
    above = path[:-2] if isinstance(path[-1], int) else path[:-1]
    return capital(part_in_words(above, record, links.kb))
