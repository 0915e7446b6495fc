"""What can be asked of a record: its references, parts, receipts and keys, and the outcome of a resolution."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.records import BY_FOLDER
from minutebook.records.base import Citation, citations, parts, references
from minutebook.records.resolution import Effect, derive_outcome
from tests.helpers import one_record, read_ledger

# -- what can be asked of a record --------------------------------------------------------------


def test_references_are_found_at_every_depth_with_their_way_there() -> None:
    record = one_record(
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
    record = one_record(
        "plans/p: {priorities: [{title: A, priorities: [{title: B, citations: [{source: sources/s, quote: b}]}]}]}"
    )

    [reference] = references(record)

    assert reference.path == ("priorities", 0, "priorities", 0, "citations", 0, "source")


def test_the_ways_to_references_are_as_the_file_writes_them() -> None:
    record = one_record(
        "transfers/t: {effective: 2019, from: [bodies/a], moves: [{what: projects/p, to: bodies/b}]}"
    )

    assert [reference.path for reference in references(record)] == [
        ("from", 0),
        ("moves", 0, "what"),
        ("moves", 0, "to"),
    ]


def test_parts_and_receipts_are_found_outermost_first() -> None:
    record = one_record(
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
