"""The types of record: each is described, has a sample, and says what is absent and why."""

from __future__ import annotations

import hashlib
import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from minutebook import records
from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import load
from minutebook.records import BY_FOLDER, RECORD_TYPES
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import (
    Absence,
    Belongs,
    Citation,
    InTimeline,
    Part,
    Record,
    Searched,
    To,
    citations,
    field_name,
    metadata,
    part_type,
    parts,
    references,
    written_name,
)
from minutebook.records.resolution import Effect, Resolution, derive_outcome
from minutebook.records.source_document import SourceDocument
from minutebook.rendering import render_text
from tests.helpers import SAMPLES, lay_out, read_ledger, sample_files, value

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
# What the samples, one record of each type, cannot show without contradicting themselves.
NOT_IN_SAMPLES: Mapping[str, str] = {
    "Record.exemption": "the samples are public",
    "Record.erased": "an erased record has nothing else",
    "Council.succeeded_by": "there is one council",
    "Action.expected_of": "somebody promised it",
    "Body.parent": "there is one body",
    "Body.ended": "it is still there",
    "Body.ended_reason": "it is still there",
    "Body.succeeded_by": "it is still there",
    "Membership.body": "there is one body",
    "Post.perhaps_same_as": "there is one post",
    "Meeting.approved_at": "there is one meeting",
    "Attendance.body": "the body that met is there is no news",
    "AgendaItem.urgent_reason": "the item was not urgent",
    "Decision.urgency": "notice was given",
    "Decision.supersedes": "there is one decision",
    "Decision.dispensations": "no conflict was declared",
    "CallIn.called_by": "it was not called in",
    "Resolution.recommendations": "the board is no scrutiny committee",
    "Resolution.rescinds": "there is one resolution",
    "Resolution.amends": "there is one resolution",
    "Exclusion.schedule_version": "today's numbering applies",
    "Vote.named_abstained": "nobody abstained",
    "Project.parent": "there is one project",
    "Transfer.givers": "the one transfer is the beginning",
    "Move.closed": "a move has one destination",
    "Move.gap": "a move has one destination",
    "Move.monitored_by": "a move has one destination",
    "Target.word": "the target is a number",
    "SourceDocument.licence": "none is stated",
    "SourceDocument.listed_on": "there is one source",
    "Statement.speaker": "a post spoke",
}
NOT_REACHED = {
    "Exemption": "the samples are public",
    "Urgency": "notice was given",
    "ScrutinyRecommendation": "the board is no scrutiny committee",
    "Closure": "nothing ends",
}


def part_types(model: type[Part]) -> Iterator[type[Part]]:
    """A model and every part that can lie in it, each once."""
    found: dict[type[Part], None] = {}
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = None
            waiting += [inner for info in one.model_fields.values() if (inner := part_type(info.annotation))]
    return iter(found)


ALL_PARTS = tuple(dict.fromkeys(part for record_type in RECORD_TYPES for part in part_types(record_type)))


def owner_of(part: type[Part], field: str) -> str:
    """The class that declares a field: `Record` for what all records have."""
    return next(
        one.__name__ for one in reversed(part.__mro__) if field in getattr(one, "__annotations__", {})
    )


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The sample records, loaded together."""
    loaded = load(lay_out(tmp_path_factory.mktemp("samples") / "kb", sample_files()))
    assert render_text(loaded.findings) == "no findings\n"
    return loaded.kb


# -- the list -----------------------------------------------------------------------------------


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
            assert info.default in (None, (), False) or isinstance(info.default, str), (
                f"{part.__name__}.{name}"
            )
            optional = type(None) in typing.get_args(info.annotation)
            assert optional or info.default is not None, (
                f"{part.__name__}.{name} may be left out, but not be None"
            )


# -- the samples --------------------------------------------------------------------------------


def test_every_type_has_a_sample_and_every_sample_a_type() -> None:
    assert {path.stem for path in SAMPLES.glob("*.md")} == set(BY_FOLDER), "write tests/samples/<folder>.md"


def test_the_samples_make_a_council_that_checks(samples: KnowledgeBase) -> None:
    assert len(samples.records) == len(RECORD_TYPES)
    assert {type(record) for record in samples.records.values()} == set(RECORD_TYPES)


def test_every_field_of_every_part_is_filled_in_some_sample(samples: KnowledgeBase) -> None:
    filled: set[str] = set()
    reached: set[type[Part]] = set()
    for record in samples.records.values():
        for _, part in parts(record):
            reached.add(type(part))
            given = (name for name in part.model_fields_set if getattr(part, name) not in (None, ()))
            filled |= {f"{owner_of(type(part), name)}.{name}" for name in given}

    missing = {f"{owner_of(part, name)}.{name}" for part in reached for name in part.model_fields} - filled

    assert {part.__name__ for part in ALL_PARTS if part not in reached} == set(NOT_REACHED), (
        "fill it in a sample"
    )
    assert missing - NOT_IN_SAMPLES.keys() == set(), "fill them in a sample, or say in NOT_IN_SAMPLES why not"
    assert NOT_IN_SAMPLES.keys() - missing == set(), "it is filled now: take it out of NOT_IN_SAMPLES"


def test_the_samples_show_both_ways_of_being_absent(samples: KnowledgeBase) -> None:
    shown = {
        absence
        for record in samples.records.values()
        for _, part in parts(record)
        for absence in part.absences.values()
    }

    assert shown == {
        Absence.NOT_STATED,
        Absence.LEFT_BLANK,
    }  # the third is for sources whose text is not kept


def plain_text(text: str) -> str:
    """The text with its white space made one."""
    return " ".join(text.split())


def test_the_words_that_the_samples_quote_stand_in_the_text_of_their_source(samples: KnowledgeBase) -> None:
    [source] = samples.of(SourceDocument)
    assert source.text_path is not None
    assert source.fingerprint is not None
    data = (SAMPLES / source.text_path).read_bytes()
    text = plain_text(data.decode("utf-8"))

    assert hashlib.sha256(data).hexdigest() == source.fingerprint.sha256
    for record in samples.records.values():
        for citation in citations(record):
            assert citation.quote is not None
            assert plain_text(citation.quote) in text, record.id
            for stated in citation.states:
                assert stated.value in citation.quote, record.id


def test_every_sample_but_the_source_cites_it_and_says_who_checked_it(samples: KnowledgeBase) -> None:
    for record in samples.records.values():
        assert record.checked is not None, record.id
        assert record.folder == "sources" or record.citations, record.id


# -- absence ------------------------------------------------------------------------------------


def one(text: str) -> Record:
    """The one record that a ledger writes."""
    [record] = read_ledger(text)
    return record


@pytest.mark.parametrize("absence", ["not stated", "left blank"])
def test_a_field_that_is_absent_is_none_and_says_why(absence: str) -> None:
    record = one(f"meetings/m: {{held_on: {absence}, venue: {absence}}}")

    assert (value(record, "held_on"), value(record, "venue")) == (None, None)
    assert record.absence("held_on") is record.absence("venue") is Absence(absence)
    assert dict(record.absences) == {"held_on": Absence(absence), "venue": Absence(absence)}


def test_a_field_that_is_left_out_is_none_and_says_nothing() -> None:
    record = one("meetings/m: {held_on: 2019}")

    assert value(record, "venue") is None
    assert record.absence("venue") is None
    assert record.absences == {}


def test_a_list_that_is_absent_is_empty_and_says_why() -> None:
    record = one("projects/p: {aims: not stated}")

    assert value(record, "aims") == ()
    assert record.absence("aims") is Absence.NOT_STATED


def test_an_absence_is_known_by_the_name_in_the_program() -> None:
    record = one(
        "transfers/t: {effective: 2019, from: not stated, moves: [{what: projects/p, gap: None is named.}]}"
    )

    assert value(record, "givers") == ()
    assert record.absence("givers") is Absence.NOT_STATED


def test_parts_say_what_is_absent_of_them() -> None:
    record = one("items/i: {questions: [{asked_by: not stated, question: Why?, answer: left blank}]}")
    assert isinstance(record, AgendaItem)
    [question] = record.questions

    assert dict(question.absences) == {"asked_by": Absence.NOT_STATED, "answer": Absence.LEFT_BLANK}
    assert record.absence("asked_by") is None


def test_only_the_words_of_a_receipt_can_be_not_held() -> None:
    record = one(
        "projects/p: {summary: not held, citations: [{source: sources/s, quote: not held, at: not held}]}"
    )
    [citation] = record.citations

    assert record.summary == "not held"
    assert (citation.quote, citation.absence("quote")) == (None, Absence.NOT_HELD)
    assert citation.at == "not held"


def test_words_of_absence_inside_text_are_text() -> None:
    record = one("projects/p: {summary: It is not stated who., aims: [not stated]}")

    assert record.summary == "It is not stated who."
    assert value(record, "aims") == ("not stated",)


@pytest.mark.parametrize(
    "fields",
    [
        "title: not stated",
        "kind: left blank",
        "access: not stated",
        "citations: [{source: not stated, quote: x}]",
    ],
)
def test_what_must_have_a_value_cannot_be_absent(fields: str) -> None:
    with pytest.raises(ValidationError):
        read_ledger(f"projects/p: {{{fields}}}")


def test_two_records_do_not_share_what_is_absent() -> None:
    first, second = read_ledger("meetings/a: {venue: not stated}\nmeetings/b: {held_on: 2019}")

    assert first.absence("venue") is Absence.NOT_STATED
    assert second.absence("venue") is None


# -- names, missing and unknown fields ----------------------------------------------------------


def errors(text: str) -> list[tuple[str, tuple[str | int, ...]]]:
    """The kind and place of what a model refuses of a ledger."""
    with pytest.raises(ValidationError) as caught:
        read_ledger(text)
    return [(error["type"], error["loc"]) for error in caught.value.errors()]


def test_words_that_the_program_needs_are_fields_in_a_file() -> None:
    transfer, resolution = read_ledger(
        """
        transfers/t: {effective: 2019, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        resolutions/r: {vote: {for: 5, against: 2}}
        """
    )
    assert isinstance(resolution, Resolution)
    assert resolution.vote is not None

    assert value(transfer, "givers") == ("ambledown/bodies/a",)
    assert resolution.vote.votes_for == 5
    assert field_name(type(transfer), "from") == "givers"
    assert field_name(type(transfer), "moves") == "moves"


def test_the_name_in_the_program_is_no_name_in_a_file() -> None:
    assert errors(
        "transfers/t: {effective: 2019, givers: bodies/a, moves: [{what: projects/p, to: bodies/b}]}"
    ) == [("extra_forbidden", ("givers",))]
    assert errors("resolutions/r: {vote: {votes_for: 5}}") == [("extra_forbidden", ("vote", "votes_for"))]


def test_unknown_and_missing_fields_are_refused_at_every_depth() -> None:
    assert errors("projects/p: {owner: bodies/a}") == [("extra_forbidden", ("owner",))]
    assert errors("projects/p: {phases: [{name: First}]}") == [
        ("missing", ("phases", 0, "title")),
        ("extra_forbidden", ("phases", 0, "name")),
    ]
    assert errors("plans/p: {priorities: [{title: A, priorities: [{titel: B}]}]}") == [
        ("missing", ("priorities", 0, "priorities", 0, "title")),
        ("extra_forbidden", ("priorities", 0, "priorities", 0, "titel")),
    ]


def test_a_record_is_frozen() -> None:
    record = one("projects/p: {summary: One.}")

    with pytest.raises(ValidationError):
        record.summary = "Two."  # type: ignore[misc]


@pytest.mark.parametrize(
    ("move", "said"),
    [
        ("{what: projects/p}", "found none of them"),
        ("{what: projects/p, to: bodies/b, gap: none}", "found `to` and `gap`"),
        (
            "{what: projects/p, closed: {into: x}, monitored_by: bodies/b}",
            "found `closed` and `monitored_by`",
        ),
        ("{what: projects/p, to: not stated}", "found none of them"),
    ],
)
def test_a_move_has_one_destination(move: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        read_ledger(f"transfers/t: {{effective: 2019, moves: [{move}]}}")


# -- what can be asked of a record --------------------------------------------------------------


def test_references_are_found_at_every_depth_with_their_way_there() -> None:
    record = one(
        """
        resolutions/r:
          item: items/i
          clauses:
          - wording: That it be done.
            effect: agreed
            concerns: [projects/a, harrow/projects/b]
            citations: [{source: sources/s, quote: done}]
          exclusion: {item: items/j, paragraphs: ["3"], public_interest_reason: Prices.}
        """
    )

    assert {
        reference.path: (reference.target, reference.to.backlink) for reference in references(record)
    } == {
        ("item",): ("ambledown/items/i", "resolutions"),
        ("clauses", 0, "concerns", 0): ("ambledown/projects/a", "resolved_on"),
        ("clauses", 0, "concerns", 1): ("harrow/projects/b", "resolved_on"),
        ("clauses", 0, "citations", 0, "source"): ("ambledown/sources/s", "cited_by"),
        ("exclusion", "item"): ("ambledown/items/j", "taken_in_private_by"),
    }


def test_references_are_found_in_parts_that_lie_in_their_own_kind() -> None:
    record = one(
        "plans/p: {priorities: [{title: A, priorities: [{title: B, citations: [{source: sources/s, quote: b}]}]}]}"
    )

    [reference] = references(record)

    assert reference.path == ("priorities", 0, "priorities", 0, "citations", 0, "source")


def test_the_ways_to_references_are_as_the_file_writes_them() -> None:
    record = one(
        "transfers/t: {effective: 2019, from: [bodies/a], moves: [{what: projects/p, to: bodies/b}]}"
    )

    assert [reference.path for reference in references(record)] == [
        ("from", 0),
        ("moves", 0, "what"),
        ("moves", 0, "to"),
    ]


def test_no_reference_of_a_sample_is_overlooked(samples: KnowledgeBase) -> None:
    for record in samples.records.values():
        front = record.file.text.partition("\n---\n")[0]
        written = re.findall(r"\b(?:" + "|".join(BY_FOLDER) + r")/sample\b(?!#)", front)
        assert len(list(references(record))) == len(written), record.id


def test_parts_and_receipts_are_found_outermost_first() -> None:
    record = one(
        "projects/p: {phases: [{title: A, citations: [{source: sources/s, quote: a}]}], citations: [{source: sources/s, quote: b}]}"
    )

    assert [path for path, _ in parts(record)] == [
        (),
        ("citations", 0),
        ("phases", 0),
        ("phases", 0, "citations", 0),
    ]
    assert [citation.quote for citation in citations(record)] == ["b", "a"]
    assert all(isinstance(citation, Citation) for citation in citations(record))


def test_keys_are_the_fields_as_written_and_what_a_table_adds() -> None:
    transfer, table, indicator = (
        record.field_keys()
        for record in read_ledger(
            """
        transfers/t: {effective: 2019, moves: [{what: projects/p, to: bodies/b}]}
        figures/f:
          rows: [{key: quay, label: Quay}]
          columns: [{key: y2019-20, label: 2019/20}]
          cells: [{row: quay, column: y2019-20, kind: planned, amount: £4}]
        indicators/i: {observations: [{value: "4", as_at: 2019-10}, {value: "5", as_at: not stated}]}
        """
        )
    )

    assert {"from", "effective", "title"} <= transfer
    assert "givers" not in transfer
    assert {"quay", "quay/y2019-20", "unit"} <= table
    assert {"observations/2019-10", "target"} <= indicator


def test_a_record_that_was_not_read_has_no_file() -> None:
    record = BY_FOLDER["projects"].model_validate({"title": "A", "kind": "project"})

    with pytest.raises(LookupError):
        record.file  # noqa: B018 - asking for it is the test


# -- outcomes -----------------------------------------------------------------------------------

N, A, G, D, R, Q = (
    Effect.NOTED,
    Effect.APPROVED,
    Effect.AGREED,
    Effect.DELEGATED,
    Effect.REFERRED,
    Effect.REQUESTED,
)
C, F, L, W = Effect.RECOMMENDED, Effect.DEFERRED, Effect.LOST, Effect.WITHDRAWN


@pytest.mark.parametrize(
    ("effects", "outcome"),
    [
        ((), None),
        ((N,), N),
        ((N, N), N),
        ((N, A), A),
        ((G, A), A),
        ((D,), G),
        ((Q, N), G),
        ((C, G), G),
        ((C, N), C),
        ((C, R), C),
        ((R, F), R),
        ((F, N), F),
        ((L,), L),
        ((L, W), L),
        ((W,), W),
        ((N, L), L),
        ((A, L), A),
        ((F, L), F),
    ],
)
def test_the_outcome_of_a_resolution_follows_from_its_clauses(
    effects: tuple[Effect, ...], outcome: Effect | None
) -> None:
    assert derive_outcome(effects) is outcome


@given(st.lists(st.sampled_from(Effect), min_size=1, max_size=6))
def test_the_outcome_does_not_depend_on_the_order_of_the_clauses_and_is_one_of_their_effects_or_agreed(
    effects: list[Effect],
) -> None:
    outcome = derive_outcome(tuple(effects))

    assert outcome is derive_outcome(tuple(reversed(effects)))
    assert outcome in {*effects, G}
    assert (outcome is N) == (set(effects) == {N})


def test_a_sample_shows_its_outcome(samples: KnowledgeBase) -> None:
    [resolution] = samples.of(Resolution)

    assert (resolution.outcome, resolution.status_line()) == (Effect.APPROVED, "Approved")


def test_the_samples_lie_where_other_tests_look_for_them() -> None:
    assert Path(__file__).parent / "samples" == SAMPLES
