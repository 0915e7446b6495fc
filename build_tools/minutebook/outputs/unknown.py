"""What we do not know of a record, in plain words: what its source leaves open, and what is withheld or not held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup, escape

from minutebook.absence import Absence
from minutebook.grammar import listed
from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs.words import count, field_label, label, part_in_words, parts_in_words
from minutebook.records.action import Action, DueDate
from minutebook.records.base import Citation, FieldPath, Part, Record, field_name, parts
from minutebook.records.body import Body, BodyKind
from minutebook.records.figures import Cell
from minutebook.records.report import Held, Paper
from minutebook.records.transfer import Closure, Move

_REASONS = {
    Absence.NOT_STATED: "The source does not say",
    Absence.LEFT_BLANK: "The source has a heading and nothing under it",
    Absence.WITHHELD: "Withheld, because it names a record that is not public",
}
NOT_HELD = "Referred to, and not held here"
_NOTHING_SAYS = "Nothing on this site says"
# Nobody asks who sits on them.
_WITHOUT_SEATS = frozenset({BodyKind.COUNCIL, BodyKind.DIRECTORATE, BodyKind.TEAM, BodyKind.EXTERNAL})
# Set up for some work: a reader asks what they held, and whether they still meet.
_FOR_A_TIME = frozenset(
    {
        BodyKind.PROGRAMME_BOARD,
        BodyKind.IMPROVEMENT_BOARD,
        BodyKind.COMMISSIONING_BOARD,
        BodyKind.GOVERNANCE_BOARD,
        BodyKind.WORKSTREAM,
        BodyKind.PROJECT_GROUP,
    }
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A reason, and everything that is not known for it."""

    reason: str
    what: tuple[Markup, ...]


def unknown_of(record: Record, kb: KnowledgeBase) -> tuple[Unknown, ...]:
    """What is not known of a record, by reason; empty where its source says all that was asked."""
    found: dict[str, dict[Markup, None]] = {reason: {} for reason in (*_REASONS.values(), NOT_HELD)}
    quotes = 0
    like: dict[tuple[str, str], dict[str, list[int]]] = {}  # what several parts of one kind all lack
    for path, part in parts(record):
        if isinstance(part, Citation):
            quotes += part.quote is None
            continue
        for written, absence in part.absences.items():
            if (reason := _REASONS.get(absence)) is None or _is_expected(part, written):
                continue
            if (asked := _of_each(path, part, written)) is not None:
                like.setdefault((reason, str(path[0])), {}).setdefault(asked, []).append(int(path[1]))
            else:
                found[reason][_name(path, part, written, record, kb)] = None
        if isinstance(part, Paper) and part.held is Held.NOT_HELD:
            found[NOT_HELD][escape(part.title)] = None
        if isinstance(part, Move) and part.gap is not None:
            found[_REASONS[Absence.NOT_STATED]][Markup("who received what nobody is stated to receive")] = (
                None
            )
    for (reason, name), fields in like.items():
        by_parts: dict[tuple[int, ...], list[str]] = {}
        for asked, numbers in fields.items():
            by_parts.setdefault(tuple(numbers), []).append(asked)
        for at, lacking in by_parts.items():
            found[reason][escape(f"{parts_in_words(name, at)}: {listed(lacking)}")] = None
    told = [Unknown(reason, tuple(names)) for reason, names in found.items() if names]
    if isinstance(record, Body) and (silent := tuple(map(Markup, _not_told_of(record, kb)))):
        told.append(Unknown(_NOTHING_SAYS, silent))
    if quotes:
        words = Markup("{}: the page has them, and no copy of it is kept here").format(
            count(
                quotes, "receipt gives a place and not the words", "receipts give a place and not the words"
            )
        )
        told.append(Unknown("The words are not held", (words,)))
    return tuple(told)


def _not_told_of(body: Body, kb: KnowledgeBase) -> Iterator[str]:
    """What a reader would look for on the page of a body and no public record tells, nor that its source is silent."""
    if body.kind not in _WITHOUT_SEATS and not body.members and body.absence("members") is None:
        yield _ASKED["members"]
    if body.kind not in _FOR_A_TIME:
        return
    if not any(kb.backlinks(body.id, name) for name in ("received", "gave_up")):
        yield "which projects it has held"
    if body.ended is None and body.absence("ended") is None and not body.succeeded_by:
        yield "whether it has changed since, or ended"


# What a reader would ask, where the name of the field is a word of those who keep the records.
_ASKED = MappingProxyType(
    {
        "agenda_published": "when the agenda was published", "agreed_by": "who agreed it", "authorised_by": "on whose authority it was done",
        "background_papers": "which background papers there were", "body": "which body it belongs to", "by": "who wrote or said it",
        "call_in": "whether it was called in", "clearances": "who cleared it", "conflicts": "whether anybody declared a conflict of interest",
        "dated": "its date", "decided_by": "who decided", "decided_on": "when it was decided", "due": "by when", "established": "when it was established",
        "holders": "who has held it", "implemented_on": "when it was put into effect", "implications": "what it says of implications",
        "key_decision": "whether it was a key decision", "licence": "its licence", "members": "who sits on it", "minutes_status": "whether the minutes were approved", "mover": "who moved it",
        "number": "its number on the agenda", "on": "when it happened", "options_rejected": "which options were rejected", "parent": "what it is part of",
        "promised_by": "who promised it", "promised_to": "to whom it was promised", "publisher": "who published it", "reasons": "the reasons",
        "recommendations": "what it recommended", "reference_number": "its number", "said_on": "when it was said", "seconder": "who seconded it", "sponsor": "who stands behind it", "starts_at": "when it began",
        "to": "to whom it was made", "url": "its own official page", "venue": "where it was held", "vote": "how the votes fell",
    }
)  # fmt: skip


def asked_of(written: str) -> str:
    """A field as what a reader would ask: `call_in` is whether it was called in."""
    known = label(written)
    return _ASKED.get(written) or known[:1].lower() + known[1:]


def _of_each(path: FieldPath, part: Part, written: str) -> str | None:
    """What one of several parts of a kind lacks, to be told with what its like lack; None where it is told by itself."""
    if len(path) != 2 or not isinstance(path[1], int) or isinstance(part, Move | Cell | DueDate):
        return None
    name = field_name(type(part), written)
    return field_label(type(part).model_fields[name], name).lower()


def _is_expected(part: Part, written: str) -> bool:
    """Whether it is who promised what nobody promised: another is expected to do it, and the page says so."""
    return isinstance(part, Action) and written == "promised_by" and part.is_expected


def _name(path: FieldPath, part: Part, written: str, record: Record, kb: KnowledgeBase) -> Markup:
    name = field_name(type(part), written)
    if isinstance(part, DueDate) and name == "date":
        return Markup("the day it was put off to" if path[-1] else "the day it was due")
    if (
        not path
        and part.absence(name) is not Absence.LEFT_BLANK
        and (asked := _ASKED.get(written)) is not None
    ):
        return Markup(asked)
    if isinstance(part, Closure) and name == "monitored_by":
        return escape(f"{part_in_words(path[:-1], record, kb)}: who goes on watching it")
    what = field_label(type(part).model_fields[name], name)
    if not path:
        return escape(what[:1].lower() + what[1:] if what[1:2].islower() else what)
    return escape(f"{part_in_words(path, record, kb)}: {what.lower()}")


__all__ = ["NOT_HELD", "Unknown", "asked_of", "unknown_of"]
