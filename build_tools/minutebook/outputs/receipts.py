"""The receipts of a record: each document, the place in it, the words, and what they prove."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from minutebook.evidence.verification import ReceiptState, state_of
from minutebook.outputs.addresses import Links
from minutebook.outputs.words import label, moment, paragraphs, value_markup
from minutebook.records.base import Citation, FieldPath, Record, StatedValue, parts
from minutebook.records.source_document import SourceDocument, Standing
from minutebook.records.transfer import Transfer
from minutebook.wording import on_date

_REFERENCE = Markup('<a class="mb-receipt-link" href="#receipt-{0}">receipt&nbsp;{0}</a>')
# Of a receipt without words the page says so in place of them.
_STATE = {
    ReceiptState.VERIFIED: "Verified",
    ReceiptState.NOT_VERIFIED: "Not yet verified",
    ReceiptState.TEXT_NOT_HELD: "Not verified: the text is not held",
    ReceiptState.WORDS_NOT_HELD: "",
}
_VERSION = "Verified against the text with the fingerprint {}"
_SHOWN = 12  # characters of a fingerprint
_STATES = Markup("{}: {}")
_STATES_OVER = Markup("{}: {} ({})")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt as it is shown.

    `state` says whether its words stood in the text of the document when that was last read again;
    `version` which text that was, and when.
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


class Receipts:
    """The receipts of one record, numbered; the same receipt given twice has one number."""

    def __init__(self, record: Record, links: Links) -> None:
        self._links = links
        self._found: dict[Citation, list[str]] = {}
        for path, part in parts(record):
            if isinstance(part, Citation):
                where = _where(path, record, links)
                names = [*([where] if where else []), *map(label, part.supports)]
                known = self._found.setdefault(part, [])
                known += [name for name in names if name not in known]
        self._numbers = {citation: number for number, citation in enumerate(self._found, 1)}

    def numbers(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """The numbers of these receipts, each once."""
        return tuple(dict.fromkeys(self._numbers[one] for one in citations if one in self._numbers))

    def references(self, citations: Iterable[Citation]) -> Markup:
        """Links to these receipts further down the page."""
        return Markup(", ").join(_REFERENCE.format(number) for number in self.numbers(citations))

    def shown(self) -> tuple[Receipt, ...]:
        """Every receipt, in order."""
        return tuple(
            show(citation, self._links, number=self._numbers[citation], proves=tuple(proves))
            for citation, proves in self._found.items()
        )


def show(citation: Citation, links: Links, *, number: int = 0, proves: tuple[str, ...] = ()) -> Receipt:
    """One citation as it is shown."""
    document = links.kb.get(citation.source, SourceDocument)
    return Receipt(
        number=number,
        quote=tuple(paragraphs(citation.quote)) if citation.quote else (),
        source=links.record(citation.source),
        place=citation.at,
        url=document.url if document is not None else None,
        third_party=document is not None and document.standing is Standing.THIRD_PARTY,
        proves=proves,
        states=tuple(_states(one, links) for one in citation.states),
        state=_STATE[state_of(citation, document)],
        version=version_of(document) if document is not None else "",
    )


def version_of(document: SourceDocument) -> str:
    """Which text of a document receipts were verified against, and when; empty where none was."""
    fingerprint = document.fingerprint
    if fingerprint is None:
        return ""
    said = _VERSION.format(fingerprint.sha256[:_SHOWN])
    return f"{said}, {on_date(fingerprint.verified_on)}" if fingerprint.verified_on is not None else said


def _states(one: StatedValue, links: Links) -> Markup:
    key = value_markup(one.key, links)
    if one.over is None:
        return _STATES.format(key, one.value)
    return _STATES_OVER.format(key, one.value, moment(one.over))


def _where(path: FieldPath, record: Record, links: Links) -> str:
    """What part of the record a citation stands in: `Clauses 2`; empty for the record itself."""
    above = path[:-2] if isinstance(path[-1], int) else path[:-1]
    words: list[str] = []
    if isinstance(record, Transfer) and len(above) > 1 and above[0] == "moves" and isinstance(above[1], int):
        project = links.kb.records.get(record.moves[above[1]].what)
        return f"where {project.title} went" if project is not None else "where a project went"
    for step in above:
        if isinstance(step, int):
            words[-1] += f" {step + 1}"
        else:
            words.append(label(step) if not words else str(escape(label(step).lower())))
    return ", ".join(words)
