"""Fields held against each other within one record: absences with their receipt, lists without repeats."""

from __future__ import annotations

from collections.abc import Iterator

from minutebook.checks.finding import finding, place
from minutebook.diagnostics import Diagnostic
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import Absence, Citation, citations, field_name, parts, written_name
from minutebook.rules import fields as rules
from minutebook.rules import references as reference_rules


def check_absences_are_cited(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A record that says a source is silent cites that source (MB207)."""
    for record in kb.records.values():
        # A source record is about the document itself: it is the place that is silent.
        if record.folder == "sources" or any(True for _ in citations(record)):
            continue
        for path, part in parts(record):
            for name, absence in part.absences.items():
                if absence is Absence.NOT_HELD:
                    continue
                written = written_name(type(part).model_fields[name], name)
                message = f"`{written}` is `{absence}`, but the record cites no document that is silent"
                yield finding(kb, record, place(record, (*path, written)), rules.ABSENCE_WITHOUT_CITATION, message)


def check_lists_have_no_repeats(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Names, topics and references stand once in their lists (MB211)."""
    for record in kb.records.values():
        for path, part in parts(record):
            for name in type(part).model_fields:
                values = getattr(part, name)
                if not isinstance(values, tuple) or not values or not isinstance(values[0], str):
                    continue
                if len(set(values)) == len(values):
                    continue
                written = written_name(type(part).model_fields[name], name)
                for number, value in enumerate(values):
                    if value in values[:number]:
                        at = place(record, (*path, written, number))
                        yield finding(kb, record, at, rules.REPEATED_VALUE, f"`{value}` stands here a second time")


def check_supports_name_fields(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A citation supports fields that are there (MB311)."""
    for record in kb.records.values():
        owners = dict(parts(record))
        for path, part in owners.items():
            if not isinstance(part, Citation) or not part.supports:
                continue
            # The part that has the citation stands two steps above: `moves, 0, citations, 0`.
            owner = owners[path[:-2]]
            for number, name in enumerate(part.supports):
                if any(field_name(type(one), name.split(".")[0]) in type(one).model_fields for one in (owner, record)):
                    continue
                at = place(record, (*path, "supports", number))
                yield finding(kb, record, at, reference_rules.UNKNOWN_SUPPORT, f"there is no field `{name}` to support")


CHECKS = (check_absences_are_cited, check_lists_have_no_repeats, check_supports_name_fields)
