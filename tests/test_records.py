"""The types of record: each is in the list, is defined in a sentence, and describes its fields."""

from __future__ import annotations

import enum
import importlib
import inspect
import pkgutil
import re
import typing

import pytest

from minutebook import records
from minutebook.absence import metadata, written_name
from minutebook.records import BY_FOLDER, RECORD_TYPES
from minutebook.records.base import Belongs, InTimeline, Part, Record, Searched, To, part_type
from tests.helpers import ALL_PARTS

# Fields that need no words beside their name; any other has a `description`.
OBVIOUS = frozenset(
    {
        "about", "abstained", "actions", "against", "agenda_published", "agreed_by", "aims", "amends",
        "amount", "answer", "answered_by", "appendices", "approved_at", "arises_from", "as_at",
        "attendance", "baseline", "basis", "body", "budget_decision", "by", "call_in", "called_by",
        "capacity", "cells", "checked", "citations", "clauses", "clearances", "cohort_size", "column",
        "columns", "comparators", "concerns", "conflicts", "date", "dated", "decided_by", "decided_on",
        "definition", "delegated_by", "delegations", "directorate", "dispensations", "due", "effect",
        "effective", "ended", "ended_reason", "endorsed_by", "endorsed_on", "established", "exclusion",
        "fate", "fingerprint", "follow_ups", "for", "funded_from", "held", "held_on", "holders",
        "implemented_on", "implications", "in_force_since", "interests", "item", "key", "key_decision",
        "key_reason", "kind", "label", "measures", "meeting", "minutes_status", "motions", "moved_because",
        "mover", "moves", "named_abstained", "named_against", "named_for", "nature", "note", "noted_by",
        "notice_on", "number", "observations", "on", "open_until", "options_rejected", "outcome",
        "paragraphs", "partners", "period", "phases", "points", "portfolio", "post", "power", "powers",
        "presence", "priorities", "project", "promised_by", "promised_on", "promised_to", "publish_name",
        "question", "questions", "reason", "reasons", "recommendations", "record_of", "reference_number",
        "refreshed", "reported_in", "reported_to", "reports", "rescinds", "response", "response_on",
        "review_due", "role", "route", "row", "rows", "said_at", "said_in", "said_on", "scope", "seconder",
        "sent_on", "sha256", "sides", "since", "source", "sponsor", "stage", "standing", "starts_at",
        "statement", "statements", "status", "succeeded_by", "summary", "supersedes", "target", "title",
        "to", "trigger", "unit", "until", "urgency", "value", "venue", "verified_on", "vote", "wards",
        "ward_councillors_notified", "what", "who", "why", "word", "wording",
    }
)  # fmt: skip


def test_every_type_in_the_folder_is_in_the_list_and_has_a_module_of_its_own() -> None:
    modules = {name for _, name, _ in pkgutil.iter_modules(records.__path__)} - {"base", "values"}

    listed = {record_type.__module__.rpartition(".")[2] for record_type in RECORD_TYPES}

    assert listed == modules, "add the type to RECORD_TYPES in records/__init__.py"
    assert len(listed) == len(RECORD_TYPES)


@pytest.mark.parametrize("attribute", ["folder", "noun", "heading"])
def test_no_two_types_share_a_folder_a_word_or_a_heading(attribute: str) -> None:
    values = [getattr(record_type, attribute) for record_type in RECORD_TYPES]

    assert len(set(values)) == len(values)
    assert all(
        re.fullmatch(r"[a-z]+" if attribute == "folder" else r"[A-Za-z]+( [a-z-]+)*", value)
        for value in values
    )


def test_types_are_found_by_their_folders() -> None:
    assert list(BY_FOLDER.values()) == list(RECORD_TYPES)
    assert all(BY_FOLDER[record_type.folder] is record_type for record_type in RECORD_TYPES)


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_a_type_is_defined_in_a_sentence_and_its_module_names_its_folder(record_type: type[Record]) -> None:
    module = importlib.import_module(record_type.__module__)

    assert re.fullmatch(r"An? .+\.|What .+\.|Something .+\.|Two .+\.", inspect.getdoc(record_type) or ""), (
        "the docstring of a record type is its definition: one sentence"
    )
    assert f"`{record_type.folder}`" in (module.__doc__ or "").splitlines()[0]


@pytest.mark.parametrize("part", ALL_PARTS)
def test_every_part_says_what_it_is(part: type[Part]) -> None:
    assert part.__dict__.get("__doc__"), f"give {part.__name__} a docstring"


@pytest.mark.parametrize("part", ALL_PARTS)
def test_every_field_has_a_description_or_an_obvious_name(part: type[Part]) -> None:
    unclear = [
        written
        for name, info in part.model_fields.items()
        if not info.description and (written := written_name(info, name)) not in OBVIOUS
    ]

    assert unclear == [], (
        f"describe them in {part.__name__}, or add them to OBVIOUS where nobody can be in doubt"
    )


def test_no_name_is_called_obvious_that_no_field_has() -> None:
    named = {
        written_name(info, n)
        for part in ALL_PARTS
        for n, info in part.model_fields.items()
        if not info.description
    }

    assert OBVIOUS - named == frozenset()


@pytest.mark.parametrize("part", ALL_PARTS)
def test_references_point_to_folders_there_are_and_say_what_they_are_called_from_there(
    part: type[Part],
) -> None:
    for name, info in part.model_fields.items():
        holds_reference = "Ref" in str(info.annotation) and part_type(info.annotation) is None
        to = metadata(info, To)
        assert (to is not None) == holds_reference, (
            f"{part.__name__}.{name}: a reference has `To`, nothing else does"
        )
        if to is not None:
            assert set(to.folders) <= set(BY_FOLDER), f"{part.__name__}.{name}"
            assert re.fullmatch(r"[a-z]+(_[a-z]+)*", to.backlink)


def test_what_a_type_calls_a_link_back_does_not_depend_on_who_links() -> None:
    """One name for two different things from one type of record would mix them on its page."""
    found: dict[tuple[str, str], set[str]] = {}
    for record_type in RECORD_TYPES:
        for name, info in record_type.model_fields.items():
            if (to := metadata(info, To)) is not None:
                found.setdefault((record_type.folder, to.backlink), set()).add(name)

    assert {key: names for key, names in found.items() if len(names) > 1} == {}


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_a_type_belongs_to_one_thing_at_most(record_type: type[Record]) -> None:
    belonging = [
        name for name, info in record_type.model_fields.items() if metadata(info, Belongs) is not None
    ]

    assert len(belonging) <= 1
    assert all(metadata(record_type.model_fields[name], To) is not None for name in belonging)


@pytest.mark.parametrize("part", ALL_PARTS)
def test_only_dates_stand_in_the_timeline_and_only_text_is_searched(part: type[Part]) -> None:
    for name, info in part.model_fields.items():
        kinds = str(info.annotation)
        if metadata(info, InTimeline) is not None:
            assert "When" in kinds, f"{part.__name__}.{name}"
        if (searched := metadata(info, Searched)) is not None:
            assert "str" in kinds, f"{part.__name__}.{name}"
            assert searched.weight >= 1


@pytest.mark.parametrize("part", ALL_PARTS)
def test_no_field_takes_text_for_its_default(part: type[Part]) -> None:
    """A field that is left out is None or empty, or the choice that its description gives."""
    for name, info in part.model_fields.items():
        if not info.is_required():
            assert info.default in (None, (), False) or isinstance(info.default, enum.StrEnum), (
                f"{part.__name__}.{name}"
            )
            optional = type(None) in typing.get_args(info.annotation)
            assert optional or info.default is not None, (
                f"{part.__name__}.{name} may be left out, but not be None"
            )
