"""Days that were only estimated: less than an undertaking, so nothing is overdue by them."""

from __future__ import annotations

import pytest

from minutebook.promises import Promise, PromiseState, promise
from minutebook.records.action import Action, ActionStatus
from minutebook.when import When
from minutebook.wording import promise_sentence
from tests.helpers import knowledge_base

ESTIMATE = "{date: 2021-06, given_as: an estimate}"


def stands(fields: str, on: str) -> Promise:
    """The one action of a council, as it stands on a date."""
    kb = knowledge_base(
        f"sources/minutes: {{kind: minutes, dated: 2021-05-20}}\nactions/benches: {{{fields}}}\n"
    )
    found = promise(kb, kb.of(Action)[0], When.parse(on))
    assert found is not None
    return found


def test_a_day_that_was_only_estimated_is_never_overdue() -> None:
    assert stands("due: [{date: 2021-06}]", "2031-01-01").standing is PromiseState.OVERDUE
    assert stands(f"due: [{ESTIMATE}]", "2031-01-01").standing is PromiseState.CANNOT_TELL


def test_until_it_passes_it_is_due_and_said_to_be_an_estimate() -> None:
    found = stands(f"due: [{ESTIMATE}]", "2021-06-15")
    assert found.standing is PromiseState.DUE
    assert promise_sentence(found) == "Due in June 2021 (an estimate)"


def test_once_it_has_passed_the_sentence_says_why_nothing_can_be_told() -> None:
    assert promise_sentence(stands(f"due: [{ESTIMATE}]", "2021-12-31")) == (
        "Cannot tell (estimated for June 2021): that day was an estimate, not an undertaking, and no document held"
        " shows whether it was done (latest document held: 20 May 2021)"
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [(ActionStatus.KEPT, PromiseState.KEPT), (ActionStatus.DROPPED, PromiseState.DROPPED)],
)
def test_what_a_document_says_of_it_goes_before_the_estimate(
    status: ActionStatus, expected: PromiseState
) -> None:
    fields = f"due: [{ESTIMATE}], status: [{{status: {status.value}, on: 2021-08-01}}]"
    assert stands(fields, "2021-12-31").standing is expected


def test_an_estimate_that_an_undertaking_followed_is_overdue_when_that_has_passed() -> None:
    found = stands(f"due: [{ESTIMATE}, {{date: 2021-07}}]", "2021-12-31")
    assert (found.standing, found.is_estimate) == (PromiseState.OVERDUE, False)
