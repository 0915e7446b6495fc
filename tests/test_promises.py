"""Promises: overdue only where the day has certainly passed, and only from what could be known by then."""

from __future__ import annotations

import json
from inspect import cleandoc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from minutebook.promises import Promise, PromiseState, promise, promises
from minutebook.records.action import Action
from minutebook.when import When
from minutebook.wording import A_QUESTION, promise_in_list, promise_sentence
from tests.helpers import knowledge_base, run
from tests.small_council import write_council

SOURCES = """
sources/minutes: {kind: minutes, dated: 2021-05-20}
sources/update: {kind: committee report, dated: 2021-09-01}
"""


def stands(fields: str, on: str) -> Promise | None:
    """The one promise of a council, as it stands on a date; sources of 20 May and 1 September 2021 are there."""
    kb = knowledge_base(f"{SOURCES}\nactions/benches: {{{fields}}}\n")
    return promise(kb, kb.of(Action)[0], When.parse(on))


def standing(fields: str, on: str) -> PromiseState | None:
    """Where that promise stands."""
    found = stands(fields, on)
    return found.standing if found is not None else None


@pytest.mark.parametrize(
    ("due", "on", "expected"),
    [
        ("2021-06-30", "2021-06-29", PromiseState.DUE),
        ("2021-06-30", "2021-06-30", PromiseState.DUE),
        ("2021-06-30", "2021-07-01", PromiseState.OVERDUE),
        # What was promised for June may be done on its last day.
        ("2021-06", "2021-06-15", PromiseState.DUE),
        ("2021-06", "2021-06-30", PromiseState.DUE),
        ("2021-06", "2021-07-01", PromiseState.OVERDUE),
        ("../2021-06", "2021-07-01", PromiseState.OVERDUE),
        # Without a last day nothing is certain, however late it is.
        ("2021-06/..", "2031-01-01", PromiseState.CANNOT_TELL),
        ("not stated", "2031-01-01", PromiseState.CANNOT_TELL),
        # Asked about a month: certain only where every day of it says the same.
        ("2021-06-15", "2021-06", PromiseState.CANNOT_TELL),
        ("2021-06-15", "2021-07", PromiseState.OVERDUE),
        ("2021-06-30", "2021-06", PromiseState.DUE),
    ],
)
def test_overdue_means_that_the_last_day_has_certainly_passed(
    due: str, on: str, expected: PromiseState
) -> None:
    assert standing(f"due: [{{date: {due}}}]", on) is expected


def test_a_promise_without_a_day_cannot_be_told() -> None:
    assert standing("status: [{status: open, on: 2021-05-20}]", "2031-01-01") is PromiseState.CANNOT_TELL


def test_kept_and_dropped_stand_from_the_day_a_source_shows_it() -> None:
    fields = """
        due: [{date: 2021-06}],
        status: [{status: open, on: 2021-05-20}, {status: %s, on: 2021-08-30}]
    """
    assert standing(fields % "kept", "2021-08-29") is PromiseState.OVERDUE
    assert standing(fields % "kept", "2021-08-30") is PromiseState.KEPT
    assert standing(fields % "dropped", "2021-08-30") is PromiseState.DROPPED


def test_a_source_that_is_dated_later_is_left_out() -> None:
    kept = """
        due: [{date: 2021-06}],
        status: [{status: kept, on: 2021-06-20, citations: [{source: sources/update, quote: was done}]}]
    """
    # Done in June, but the document that says so is of September.
    assert standing(kept, "2021-07-15") is PromiseState.OVERDUE
    assert standing(kept, "2021-09-01") is PromiseState.KEPT


def test_a_promise_is_not_listed_before_it_was_made() -> None:
    made = "promised_on: 2021-05-20, due: [{date: 2021-06}]"
    assert standing(made, "2021-05-19") is None
    assert standing(made, "2021-05-20") is PromiseState.DUE
    shown = "citations: [{source: sources/update, quote: will be done}], due: [{date: 2021-06}]"
    assert standing(shown, "2021-08-31") is None
    assert standing(shown, "2021-09-01") is PromiseState.OVERDUE


def test_what_was_put_off_is_moved_until_the_new_day_has_passed_too() -> None:
    moved = "due: [{date: 2021-06}, {date: 2021-09-30, said_on: 2021-06-10}]"
    assert standing(moved, "2021-06-09") is PromiseState.DUE
    assert standing(moved, "2021-07-15") is PromiseState.MOVED
    assert standing(moved, "2021-10-01") is PromiseState.OVERDUE
    found = stands(moved, "2021-10-01")
    assert found is not None
    assert found.times_moved == 1
    assert "put off once" in promise_sentence(found)
    to_none = "due: [{date: 2021-06}, {date: not stated, said_on: 2021-06-10, words: a later meeting}]"
    assert standing(to_none, "2031-01-01") is PromiseState.MOVED
    found = stands(to_none, "2031-01-01")
    assert found is not None
    assert promise_sentence(found) == (
        "Was due in June 2021; put off to a later meeting; no document held shows what came of it"
        " (latest document held: 1 September 2021)"
    )


def test_an_overdue_promise_says_how_far_the_sources_reach() -> None:
    found = stands("due: [{date: 2021-06, words: by midsummer}]", "2021-10-01")
    assert found is not None
    assert promise_sentence(found) == (
        "Overdue, as far as the documents held show: it was due by midsummer, and none shows that it was done"
        " (latest document held: 1 September 2021)"
    )


def test_work_that_was_going_on_when_last_heard_of_is_not_called_overdue() -> None:
    fields = "due: [{date: 2021-06}], status: [{status: ongoing, on: 2021-05-20}]"
    assert standing(fields, "2021-06-30") is PromiseState.DUE
    assert standing(fields, "2021-07-01") is PromiseState.CANNOT_TELL


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("{date: 2021-06-10}", "due on 10 June 2021, and"),
        ("{date: 2021-06}", "due in June 2021, and"),
        ("{date: {value: 2021-06, as_written: by midsummer}}", "due by midsummer, and"),
        ("{date: 2021-06, words: when the paving is dry}", "due (“when the paving is dry”), and"),
    ],
)
def test_a_due_date_reads_as_english(due: str, words: str) -> None:
    found = stands(f"due: [{due}]", "2021-10-01")
    assert found is not None
    assert words in promise_sentence(found)


def test_the_longest_overdue_comes_first() -> None:
    kb = knowledge_base(
        """
        actions/a-kept: {status: [{status: kept, on: 2021-01-01}]}
        actions/b-due: {due: [{date: 2031-01}]}
        actions/c-late: {due: [{date: 2021-06}]}
        actions/d-later: {due: [{date: 2021-03}]}
        actions/e-gone: {erased: Asked for by the person concerned.}
        """
    )
    found = [one.action.id.slug for one in promises(kb, When.parse("2022-01-01"))]
    assert found == ["d-later", "c-late", "b-due", "a-kept"]


@given(
    due=st.dates(min_value=When.parse("2020-01-01").earliest, max_value=When.parse("2023-12-31").earliest),  # type: ignore[arg-type]
    on=st.dates(min_value=When.parse("2020-01-01").earliest, max_value=When.parse("2023-12-31").earliest),  # type: ignore[arg-type]
)
def test_narrowing_the_date_asked_about_never_turns_a_certain_answer(due: object, on: object) -> None:
    fields = f"due: [{{date: {due}}}]"
    month = standing(fields, str(on)[:7])
    if month is not PromiseState.CANNOT_TELL:
        assert standing(fields, str(on)) is month


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            "due: [{date: 2021-06}]",
            "Expected in June 2021; no document held shows it (latest document held: 1 September 2021)",
        ),
        ("due: not stated", "Expected; no document held shows it (latest document held: 1 September 2021)"),
        (
            "due: [{date: 2021-06}], status: [{status: kept, on: 2021-08-02}]",
            "Expected in June 2021; it was done on 2 August 2021 (latest document held: 1 September 2021)",
        ),
    ],
)
def test_what_another_is_to_decide_is_expected_and_never_overdue(fields: str, said: str) -> None:
    found = stands(f"expected_of: bodies/cabinet, {fields}", "2031-01-01")
    assert found is not None
    assert found.standing is PromiseState.EXPECTED
    assert promise_sentence(found) == said


def test_an_action_is_promised_by_somebody_or_expected_of_somebody_and_not_both() -> None:
    with pytest.raises(ValidationError, match="what is expected of somebody is no promise"):
        stands("promised_by: posts/director, expected_of: bodies/cabinet", "2031-01-01")


# -- the command ---------------------------------------------------------------------------------

ACTION = """
    title: Publish the yearly report
    promised_by: bodies/housing-board
    promised_to: bodies/scrutiny
    due: [{date: 2021-06}]
    citations: [{source: sources/2021-05-report, at: paragraph 9, quote: will be published in June}]
    """


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """The small council with one promise more, and one that is not public."""
    return write_council(
        tmp_path,
        **{
            "actions/yearly-report.md": ACTION,
            "actions/secret.md": ACTION.replace(
                "title: Publish the yearly", "access: draft\n    title: Hush about the"
            ),
        },
    )


def test_the_command_lists_promises_in_the_shape_that_was_agreed(kb: Path) -> None:
    result = run("promises", "--on", "2021-07-01", "--json", "--kb", kb)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {
        "on": "2021-07-01",
        "promises": [
            {
                "id": "thornby/actions/yearly-report",
                "title": "Publish the yearly report",
                "due": "2021-06",
                "status": "overdue",
                "latest_document": "2021-05-20",
                "due_after_latest_document": True,
                "citations": [
                    {
                        "source": "thornby/sources/2021-05-report",
                        "at": "paragraph 9",
                        "quote": "will be published in June",
                        "url": "https://thornby.example/report",
                    }
                ],
            }
        ],
        "dropped": [],
        "expected": [],
    }


def test_the_command_keeps_what_is_not_public_to_itself(kb: Path) -> None:
    assert "Hush" not in run("promises", "--on", "2021-07-01", "--kb", kb).output
    assert "Hush" in run("promises", "--on", "2021-07-01", "--restricted", "--kb", kb).output


def test_only_the_overdue_and_only_one_council(kb: Path) -> None:
    assert run("promises", "--on", "2021-06-01", "--overdue", "--kb", kb).output == "0 overdue promises.\n"
    listed = run("promises", "--on", "2021-07-01", "--overdue", "--council", "Thornby Council", "--kb", kb)
    assert listed.output.endswith(
        f"\n{A_QUESTION}\n1 overdue promise (due after the latest document held, which could not show it done).\n"
    )
    unknown = run("promises", "--council", "nowhere", "--kb", kb)
    assert unknown.exit_code == 2
    assert "no council is called `nowhere`" in unknown.output


def test_what_fell_due_after_the_latest_document_is_told_apart_and_counted(kb: Path) -> None:
    """No document held could show it done: as on the pages, that is another question than one that could have."""
    earlier = ACTION.replace("Publish the yearly report", "Mend the gate").replace("2021-06}", "2021-05-10}")
    (kb / "thornby/actions/gate.md").write_text(f"---\n{cleandoc(earlier)}\n---\n", encoding="utf-8")
    found = json.loads(run("promises", "--on", "2021-07-01", "--json", "--kb", kb).stdout)["promises"]
    assert [(one["title"], one["due_after_latest_document"]) for one in found] == [
        ("Mend the gate", False),
        ("Publish the yearly report", True),
    ]
    told = run("promises", "--on", "2021-07-01", "--kb", kb).output
    assert "2 overdue (1 of them due after the latest document held, which could not show them done)." in told
    assert told.count("It fell due after that document, which could not show it done.") == 1
    assert "not show" not in run("promises", "--on", "2021-06-01", "--kb", kb).output.splitlines()[-1]


def test_what_is_expected_of_others_is_listed_apart(kb: Path) -> None:
    decide = kb / "thornby" / "actions" / "yearly-report.md"
    text = decide.read_text(encoding="utf-8")
    decide.write_text(
        text.replace(
            "promised_by: bodies/housing-board", "promised_by: not stated\nexpected_of: bodies/housing-board"
        ),
        encoding="utf-8",
    )
    found = json.loads(run("promises", "--on", "2031-07-01", "--json", "--kb", kb).stdout)
    assert found["promises"] == []
    assert [(one["id"], one["status"]) for one in found["expected"]] == [
        ("thornby/actions/yearly-report", "expected")
    ]
    shown = run("promises", "--on", "2031-07-01", "--kb", kb).output
    assert "Expected of Housing Improvement Board; nobody is recorded as promising it." in shown
    assert "1 expected." in shown
    assert A_QUESTION not in shown


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("{date: 2020-01/2020-02, words: before March}", "it was due before March 2020, and none"),
        ("{date: 2019/20}", "it was due in the financial year 2019/20, and none"),
        ("{date: 2020-02, words: in February 2020}", "it was due in February 2020, and none"),
    ],
)
def test_a_day_it_was_due_is_told_with_its_year_and_in_plain_words(due: str, said: str) -> None:
    found = stands(f"due: [{due}]", "2031-01-01")
    assert found is not None
    assert said in promise_sentence(found)


def test_a_list_under_the_heading_overdue_says_when_it_was_due_and_no_more() -> None:
    found = stands("due: [{date: 2021-06}]", "2031-01-01")
    assert found is not None
    assert promise_in_list(found) == "Due in June 2021"


@pytest.mark.parametrize(
    ("later", "on", "expected"),
    [
        ("due: [{date: 2021-06}, {date: 2021-12}]", "2021-07-15", PromiseState.OVERDUE),
        ("due: [{date: 2021-06}, {date: 2021-12}]", "2021-09-01", PromiseState.MOVED),
        (
            "due: [{date: 2021-06}], status: [{status: kept, on: not stated}]",
            "2021-07-15",
            PromiseState.OVERDUE,
        ),
        ("due: [{date: 2021-06}], status: [{status: kept, on: not stated}]", "2021-09-01", PromiseState.KEPT),
        ("due: [{date: 2021-06}], status: [{status: open, on: not stated}]", "2021-06-15", PromiseState.DUE),
    ],
)
def test_what_came_later_and_nobody_dates_was_known_once_every_document_was(
    later: str, on: str, expected: PromiseState
) -> None:
    both = "citations: [{source: sources/minutes, quote: by June}, {source: sources/update, quote: done}]"

    assert standing(f"{later}, {both}", on) is expected
