"""The sample records, one of each type: between them they fill every field, and they cite what is there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import pytest

from minutebook.absence import Absence
from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import load
from minutebook.records import BY_FOLDER, RECORD_TYPES
from minutebook.records.base import Part, citations, parts, references
from minutebook.records.resolution import Effect, Resolution
from minutebook.records.source_document import SourceDocument
from minutebook.rendering import render_text
from tests.helpers import ALL_PARTS, SAMPLES, lay_out, sample_files

# What the samples, one record of each type, cannot show without contradicting themselves.
NOT_IN_SAMPLES: Mapping[str, str] = {
    "Record.exemption": "the samples are public",
    "Record.erased": "an erased record has nothing else",
    "Council.succeeded_by": "there is one council",
    "Action.expected_of": "somebody promised it",
    "DueDate.given_as": "the days of the sample were undertaken, which goes without saying",
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


def test_no_reference_of_a_sample_is_overlooked(samples: KnowledgeBase) -> None:
    for record in samples.records.values():
        front = record.file.text.partition("\n---\n")[0]
        written = re.findall(r"\b(?:" + "|".join(BY_FOLDER) + r")/sample\b(?!#)", front)
        assert len(list(references(record))) == len(written), record.id


def test_a_sample_shows_its_outcome(samples: KnowledgeBase) -> None:
    [resolution] = samples.of(Resolution)

    assert (resolution.outcome, resolution.status_line()) == (Effect.APPROVED, "Approved")
