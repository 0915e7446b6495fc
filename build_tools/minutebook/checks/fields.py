"""Fields held against each other within one record: absences with their receipt, lists without repeats."""

from __future__ import annotations

import typing
from collections.abc import Iterator

from minutebook.absence import written_name
from minutebook.checks.finding import finding, narrative_place, place
from minutebook.diagnostics import Diagnostic
from minutebook.knowledge_base import KnowledgeBase
from minutebook.narrative_limits import too_heavy
from minutebook.records.base import Citation, Part, field_name, part_at, part_type, parts
from minutebook.rules import fields as rules
from minutebook.rules import reading as reading_rules
from minutebook.rules import references as reference_rules


def check_absences_are_cited(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A record that says a source is silent cites that source (MB207)."""
    citing = {record.id for record, _, _ in kb.each(Citation)}
    for record in kb.records.values():
        # A source record is about the document itself: it is the place that is silent. An erased record
        # cites nothing any more.
        if record.folder == "sources" or record.erased is not None or record.id in citing:
            continue
        for path, part in parts(record):
            for name, absence in part.absences.items():
                written = written_name(type(part).model_fields[name], name)
                message = f"`{written}` is `{absence}`, but the record cites no document that is silent"
                yield finding(
                    kb, record, place(record, (*path, written)), rules.ABSENCE_WITHOUT_CITATION, message
                )


def _lists_of_text(model: type[Part]) -> tuple[str, ...]:
    """The fields of a model that hold a list of names, topics or references.

    Two members for one ward may be written alike in a named vote.
    """
    fields = model.model_fields.items()
    lists = ((name, info.annotation) for name, info in fields if typing.get_origin(info.annotation) is tuple)
    return tuple(
        name for name, annotation in lists if part_type(annotation) is None and not name.startswith("named_")
    )


def check_lists_have_no_repeats(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Names, topics and references stand once in their lists (MB211)."""
    for model, found in kb.parts.items():
        names = _lists_of_text(model)
        for record, path, part in found if names else ():
            for name in names:
                values = getattr(part, name)
                if len(set(values)) == len(values):
                    continue
                written = written_name(type(part).model_fields[name], name)
                seen: set[object] = set()
                for number, value in enumerate(values):
                    if value in seen:
                        at = place(record, (*path, written, number))
                        yield finding(
                            kb, record, at, rules.REPEATED_VALUE, f"`{value}` stands here a second time"
                        )
                    seen.add(value)


def check_supports_name_fields(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A citation supports fields that are there (MB311)."""
    for record, path, citation in kb.each(Citation):
        if not citation.supports:
            continue
        # The part that has the citation stands two steps above: `moves, 0, citations, 0`.
        owner = part_at(record, path[:-2])
        for number, name in enumerate(citation.supports):
            if any(
                field_name(type(one), name.split(".")[0]) in type(one).model_fields for one in (owner, record)
            ):
                continue
            at = place(record, (*path, "supports", number))
            yield finding(
                kb, record, at, reference_rules.UNKNOWN_SUPPORT, f"there is no field `{name}` to support"
            )


def check_narratives_can_be_converted(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A narrative is within the limits of what is converted (MB121)."""
    for record in kb.records.values():
        if (beyond := too_heavy(record.narrative)) is not None:
            at = narrative_place(record, 0, 1)
            message = f"the narrative {beyond}, and is shown as plain paragraphs"
            yield finding(kb, record, at, reading_rules.NARRATIVE_TOO_HEAVY, message)


CHECKS = (
    check_narratives_can_be_converted,
    check_absences_are_cited,
    check_lists_have_no_repeats,
    check_supports_name_fields,
)
