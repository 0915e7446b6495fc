"""What we do not know of a record, in plain words: what its source leaves open, and what is withheld or not held."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from minutebook.outputs.words import count, field_label, label
from minutebook.records.base import Absence, Citation, FieldPath, Part, Record, field_name, parts
from minutebook.records.report import Held, Paper
from minutebook.records.transfer import Move

_REASONS = {
    Absence.NOT_STATED: "The source does not say",
    Absence.LEFT_BLANK: "The source has a heading and nothing under it",
    Absence.WITHHELD: "Withheld, because it names a record that is not public",
}
NOT_HELD = "Referred to, and not held here"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A reason, and everything that is not known for it."""

    reason: str
    what: tuple[Markup, ...]


def unknown_of(record: Record) -> tuple[Unknown, ...]:
    """What is not known of a record, by reason; empty where its source says all that was asked."""
    found: dict[str, dict[Markup, None]] = {reason: {} for reason in (*_REASONS.values(), NOT_HELD)}
    quotes = 0
    for path, part in parts(record):
        if isinstance(part, Citation):
            quotes += part.quote is None
            continue
        for written, absence in part.absences.items():
            if (reason := _REASONS.get(absence)) is not None:
                found[reason][_name(path, part, written)] = None
        if isinstance(part, Paper) and part.held is Held.NOT_HELD:
            found[NOT_HELD][escape(part.title)] = None
        if isinstance(part, Move) and part.gap is not None:
            found[_REASONS[Absence.NOT_STATED]][Markup("who receives what is listed as a gap")] = None
    told = [Unknown(reason, tuple(names)) for reason, names in found.items() if names]
    if quotes:
        words = Markup("{}: the page has them, and no copy of it is kept here").format(
            count(
                quotes, "receipt gives a place and not the words", "receipts give a place and not the words"
            )
        )
        told.append(Unknown("The words are not held", (words,)))
    return tuple(told)


def _name(path: FieldPath, part: Part, written: str) -> Markup:
    name = field_name(type(part), written)
    what = field_label(type(part).model_fields[name], name)
    if not path:
        return escape(what[:1].lower() + what[1:] if what[1:2].islower() else what)
    where: list[str] = []
    for step in path:
        if isinstance(step, int):
            where[-1] += f" {step + 1}"
        else:
            where.append(label(step).lower())
    return escape(f"{', '.join(where)}: {what.lower()}")


__all__ = ["NOT_HELD", "Unknown", "unknown_of"]
