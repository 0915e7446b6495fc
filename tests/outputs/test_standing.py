"""Where a record stands today, in a sentence: who held a project, and how many a body held, took over and gave up."""

from __future__ import annotations

import pytest

from minutebook.publication import PublishedKnowledgeBase
from minutebook.when import When
from tests.outputs.house import AS_OF, outputs_of, page_of, text_of

MERGER = """
bodies/roads: {kind: programme board}
bodies/parks: {kind: programme board}
bodies/streets: {kind: programme board}
projects/p: {kind: project}
projects/q: {kind: project}
projects/r: {kind: project}
transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, to: bodies/roads}, {what: projects/q, to: bodies/roads}, {what: projects/r, to: bodies/parks}]}
transfers/2:
  kind: merge
  effective: 2019-04-01
  from: [bodies/roads, bodies/parks]
  moves: [{what: projects/p, to: bodies/streets}, {what: projects/q, to: bodies/streets}, {what: projects/r, to: bodies/streets}]
decisions/d: {kind: programme, decided_by: bodies/roads, decided_on: 2018-11-05, about: [projects/p]}
"""


def standing_of(body: str, as_of: str = "2021-05-20") -> str:
    """The text of a body's page."""
    return text_of(page_of(MERGER, f"bodies/{body}/", When.parse(as_of)))


@pytest.mark.parametrize(("body", "gave_up"), [("roads", "2 projects"), ("parks", "1 project")])
def test_of_bodies_that_merge_each_gave_up_what_it_held(body: str, gave_up: str) -> None:
    assert f"gave up {gave_up} (" in standing_of(body)


def test_what_a_body_gave_up_adds_up_with_what_its_transfer_moved() -> None:
    made = outputs_of(
        """
        council/ambledown: {title: Ambledown Council}
        bodies/board: {title: The Board}
        bodies/next: {title: The Next}
        projects/a: {title: A}
        projects/b: {title: B}
        transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/a, to: bodies/board}, {what: projects/b, to: bodies/board}]}
        transfers/2: {kind: close, effective: 2019, from: bodies/board, moves: [{what: projects/b, closed: {into: done, monitored_by: bodies/board}}]}
        transfers/3: {title: The split, kind: split, effective: 2020, from: bodies/board, moves: [{what: projects/a, to: bodies/next}, {what: projects/b, monitored_by: bodies/next}]}
        """
    )
    said = text_of(str(made["ambledown/bodies/board/index.html"].content))
    assert "gave up 1 project, beside 1 closed before (The split)" in said
    listed = text_of(str(made["what-changed-hands/index.html"].content))
    assert "split, 2 projects, 1 of them closed before." in listed


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("No document says who decided it.", "Authority: not stated. No document says who decided it."),
        ("word " * 80, "Authority: not stated. What the sources say of the authority."),
    ],
)
def test_a_project_says_why_no_authority_is_stated(note: str, told: str) -> None:
    ledger = f"""
        bodies/b: {{title: The Board}}
        projects/p: {{title: P}}
        transfers/t: {{effective: 2018, authorised_by: not stated, authority_note: {note}, moves: [{{what: projects/p, to: bodies/b}}]}}
        """
    assert told in text_of(page_of(ledger, "projects/p/"))


def test_a_decision_was_taken_on_a_day_and_not_in_it() -> None:
    assert "was decided on 5 November 2018" in standing_of("streets")


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2021-05-20", "On 20 May 2021 it held 3 projects"),
        ("2020-02", "In February 2020 it held 3 projects"),
        ("2019", "In 2019 it held no project for certain, and perhaps 3 projects"),
    ],
)
def test_a_date_is_said_with_its_preposition_and_what_is_uncertain_as_such(as_of: str, said: str) -> None:
    assert said in standing_of("streets", as_of)


@pytest.mark.parametrize(
    ("project", "on", "sentence"),
    [
        ("insulation", "2019-01-01", "On 1 January 2019: not yet begun."),
        ("insulation", "2020-01-01", "On 1 January 2020: held by Warm Homes Board since 4 March 2019, as part of Warm Homes. Transfer: The programme is set up. Authority: not stated."),
        ("insulation", "2021-04-10", "On 10 April 2021: uncertain. The sources allow: held by Warm Homes Board since 4 March 2019. held by Energy Workstream, as from April 2021. Another account, in a statement:"),
        ("advice", "2021-06", "As last known (document of 20 May 2021): nobody is stated to hold it, as from April 2021. Transfer: The programme is split. Authority: not stated."),
        ("warm-homes", "2021-06-01", "As last known (document of 20 May 2021): ended (discontinued), as from April 2021; who goes on watching it is not stated. Transfer: The programme is split. Authority: not stated."),
    ],
)  # fmt: skip
def test_a_project_says_in_one_sentence_where_it_stands(
    thornby: PublishedKnowledgeBase, project: str, on: str, sentence: str
) -> None:
    html = page_of(thornby, f"thornby/projects/{project}/", When.parse(on))
    assert sentence in text_of(html)


def test_a_body_says_what_it_holds(thornby: PublishedKnowledgeBase) -> None:
    html = page_of(thornby, "thornby/bodies/energy-group/", AS_OF)
    assert "On 20 May 2021 it held 1 project." in text_of(html)
    before = text_of(page_of(thornby, "thornby/bodies/warm-homes-board/", AS_OF))
    assert "What it held at other times" in before
