"""What the law asks of decisions: what they state, who takes them, and who only notes."""

from __future__ import annotations

import pytest

from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.values import Ref
from tests.helpers import read_ledger
from tests.procedure_house import HOUSE, clause, decision, findings, found, house, resolution

# -- what a decision states -----------------------------------------------------------------------


def without(*fields: str) -> str:
    """A decision that leaves these fields out."""
    return decision("; ".join(f"{field}:-" for field in fields))


@pytest.mark.parametrize("field", ["reasons", "options_rejected", "conflicts"])
def test_an_executive_decision_without_one_of_its_parts_is_found(field: str) -> None:
    (one,) = findings(house(without(field)))

    assert (one.rule.code, one.message) == ("MB501", f"the decision is executive, but gives no `{field}`")


def test_one_finding_names_all_the_parts_that_are_lacking() -> None:
    (one,) = findings(house(without("reasons", "options_rejected", "conflicts")))

    assert (
        one.message == "the decision is executive, but gives no `reasons`, `options_rejected` or `conflicts`"
    )
    assert (
        one.help
        == "add `reasons: …`, `options_rejected: …` and `conflicts: …`; where the source is silent, `not stated`"
    )


@pytest.mark.parametrize("absence", ["not stated", "left blank"])
def test_a_part_that_the_statement_leaves_out_is_accepted_where_the_record_says_so(absence: str) -> None:
    fields = f"reasons: {absence}; options_rejected: {absence}; conflicts: {absence}"

    assert found(house(decision(fields))) == []


@pytest.mark.parametrize(
    "conflicts",
    [
        "None.",
        "none declared",
        "No conflicts of interest were declared.",
        "There were no declarations of interest.",
        "There were no disclosable pecuniary interests.",
        "Nil",
        "N/A",
        "Not applicable.",
        "Members declared none.",
        "Nobody declared any interest.",
    ],
)
def test_where_no_conflict_was_declared_no_dispensation_is_asked_for(conflicts: str) -> None:
    assert found(house(decision(f"conflicts: {conflicts}"))) == []


def test_a_conflict_asks_for_the_dispensations() -> None:
    declared = "conflicts: The Leader declared an interest as a governor and took no part"

    assert found(house(decision(declared))) == ["MB501"]
    assert found(house(decision(f"{declared}; dispensations: not stated"))) == []
    assert found(house(decision("conflicts: not stated"))) == []


def test_executive_statements_are_asked_for_in_england_and_wales_alone() -> None:
    bare = without("reasons")

    assert found(house(bare, area="W06000015")) == ["MB501"]
    assert found(house(bare, area="S12000036")) == []
    assert found(house(bare, area="N09000003")) == []


def test_a_council_whose_record_cannot_be_read_may_be_anywhere() -> None:
    kb = KnowledgeBase(read_ledger(HOUSE + without("reasons")), broken=[Ref("ambledown/council/ambledown")])

    assert found(kb) == []


def test_of_an_erased_decision_nothing_is_asked() -> None:
    assert found(house(decision("reasons:-; erased: On request."))) == []


def test_of_a_decision_whose_kind_is_not_stated_nothing_is_asked() -> None:
    assert found(house(decision("kind: not stated; decided_by: posts/director; reasons:-"))) == []


OFFICER = "kind: officer; decided_by: posts/director; "


@pytest.mark.parametrize("field", ["trigger", "delegated_by", "reasons", "options_rejected"])
def test_an_officers_decision_without_one_of_its_parts_is_found(field: str) -> None:
    parts = {"trigger": "affects the rights of an individual", "delegated_by": "bodies/planning"}
    fields = "; ".join(f"{key}: {value}" for key, value in parts.items() if key != field)

    (one,) = findings(house(decision(f"{OFFICER}{fields}; {field}:-; conflicts:-")))

    assert (one.rule.code, one.message) == ("MB502", f"the decision is an officer's, but gives no `{field}`")


def test_only_a_specific_authorisation_asks_for_the_conflicts_that_members_declared() -> None:
    fields = f"{OFFICER}delegated_by: bodies/planning; conflicts:-; trigger: "

    assert found(house(decision(fields + "grants a permission or licence"))) == []
    assert found(house(decision(fields + "under a specific express authorisation"))) == ["MB502"]


@pytest.mark.parametrize(
    ("decided_on", "expected"),
    [
        ("2014-08-06", ["MB502"]),
        ("2014-08-05", []),
        ("2014", []),  # perhaps before the regulations
        ("2014-09", ["MB502"]),
        ("not stated", []),
    ],
)
def test_officers_record_their_decisions_since_august_2014(decided_on: str, expected: list[str]) -> None:
    assert found(house(decision(f"{OFFICER}decided_on: {decided_on}"))) == expected


def test_an_officer_in_wales_is_not_bound_by_the_english_regulations() -> None:
    assert found(house(decision(OFFICER), area="W06000015")) == []


@pytest.mark.parametrize(
    ("kind", "decided_by", "expected"),
    [
        ("officer", "bodies/cabinet", ["MB503"]),
        ("executive", "bodies/cabinet", []),
        ("executive", "bodies/panel", []),  # a committee of the executive, or of an area
        ("executive", "posts/leader", []),
        ("executive", "bodies/full", ["MB503"]),
        ("executive", "bodies/board", ["MB503"]),
        ("council", "bodies/full", []),
        ("council", "bodies/cabinet", ["MB503"]),
        ("council", "posts/director", ["MB503"]),
        ("regulatory", "bodies/panel", []),
        ("regulatory", "posts/director", ["MB503"]),
        ("programme", "bodies/board", []),
        ("programme", "posts/director", []),
        ("executive", "not stated", []),
    ],
)
def test_who_decided_fits_the_kind_of_power(kind: str, decided_by: str, expected: list[str]) -> None:
    fields = "decided_on: 2013; " if kind == "officer" else ""  # before officers had a record to write

    assert found(house(decision(f"{fields}kind: {kind}; decided_by: {decided_by}"))) == expected


def test_a_board_that_was_given_the_power_to_decide_may_decide() -> None:
    joint = "bodies/joint: {kind: commissioning board, powers: [{kind: decide}]}\n"

    assert found(house(joint + decision("decided_by: bodies/joint"))) == []


def test_a_scottish_cabinet_is_a_committee_that_may_take_any_decision() -> None:
    assert found(house(decision("kind: council"), area="S12000036")) == []


def test_a_decider_that_is_not_there_is_said_elsewhere() -> None:
    assert found(house(decision("kind: officer; decided_on: 2013; decided_by: bodies/gone"))) == []


# -- who decided, and who only noted --------------------------------------------------------------

NOTES = "clauses: [{wording: That it be noted., effect: noted, concerns: [decisions/one]}]"
TOLD = "kind: programme; decided_by: bodies/planning; noted_by: [resolutions/noted]; decided_on: "


@pytest.mark.parametrize(
    ("decided_on", "expected"),
    [
        ("2019-11-20", ["MB504"]),  # at the meeting that only noted it
        ("2019-11", ["MB504"]),
        ("2019-09-10", ["MB504"]),  # two months before, when no meeting of it is on record
        ("not stated", ["MB504"]),
    ],
)
def test_a_body_that_only_noted_did_not_decide(decided_on: str, expected: list[str]) -> None:
    text = decision(TOLD + decided_on) + resolution(NOTES, item="planning-1", name="noted")

    assert found(house(text)) == expected


def test_a_body_may_note_what_it_decided_at_an_earlier_meeting() -> None:
    text = decision(TOLD + "2019-09-10") + resolution(NOTES, item="planning-1", name="noted")
    met = "meetings/2019-09-planning: {body: bodies/planning, held_on: 2019-09}\n"

    assert found(house(text + met)) == []
    assert found(house(text, broken=["ambledown/meetings/2019-09-planning"])) == []


def test_a_body_that_approved_in_another_clause_did_decide() -> None:
    both = (
        "clauses: [{wording: That it be noted., effect: noted}, "
        "{wording: That it be done., effect: approved, concerns: [decisions/one]}]"
    )

    assert (
        found(house(decision(TOLD + "2019-11-20") + resolution(both, item="planning-1", name="noted"))) == []
    )


def test_a_body_may_note_what_it_will_decide_later() -> None:
    text = decision(TOLD + "2019-12-18").replace("  noted_by: [resolutions/noted]\n", "")

    assert found(house(text + resolution(NOTES, item="planning-1", name="noted"))) == []


def test_another_clause_of_one_meeting_may_have_decided_it() -> None:
    both = NOTES.replace("]}]", "]}, {wording: That it be done., effect: approved}]")
    noted = resolution(both, item="planning-1", name="noted")

    assert found(house(decision(TOLD + "2019-11-20") + noted)) == []
    assert found(house(decision(TOLD + "not stated") + noted)) == []
    assert found(house(decision(TOLD + "2019-11-19") + noted)) == ["MB504"]


def test_a_decision_that_a_resolution_notes_is_found_without_noted_by() -> None:
    text = decision("kind: programme; decided_by: bodies/planning; decided_on: 2019-11-20")

    assert found(house(text + resolution(NOTES, item="planning-1", name="noted"))) == ["MB504"]


def test_a_resolution_that_only_noted_by_names_is_looked_at_as_well() -> None:
    noted = resolution(clause("noted"), item="planning-1", name="noted")

    assert found(house(decision(TOLD + "2019-11-20") + noted)) == ["MB504"]
    assert found(house(decision("kind: programme; decided_by: bodies/planning") + noted)) == []


def test_the_meeting_at_which_it_was_noted_is_not_another_one_at_which_it_was_decided() -> None:
    """The day of the meeting is not known; that of the resolution is, and it is later than the decision."""
    undated = (
        "meetings/undated: {body: bodies/planning, held_on: not stated}\n"
        "items/undated: {meeting: meetings/undated, number: '1'}\n"
    )
    noted = resolution(f"{NOTES}; resolved_on: 2019-10-15", item="undated", name="noted")

    assert found(house(undated + decision(TOLD + "2019-09-10") + noted)) == ["MB504"]
    another = "meetings/another: {body: bodies/planning, held_on: not stated}\n"
    assert found(house(undated + another + decision(TOLD + "2019-09-10") + noted)) == []


def test_another_body_may_note_it() -> None:
    text = decision("noted_by: [resolutions/noted]") + resolution(NOTES, item="planning-1", name="noted")

    assert found(house(text)) == []


def test_a_resolution_that_approves_is_not_one_that_notes() -> None:
    text = decision("noted_by: [resolutions/done]") + resolution("", item="planning-1", name="done")

    (one,) = findings(house(text))

    assert one.rule.code == "MB505"
    assert (
        one.message
        == "`resolutions/done` is said to note the decision, but none of its clauses has the effect `noted`"
    )


def test_a_resolution_that_is_not_there_is_said_elsewhere() -> None:
    assert found(house(decision("noted_by: [resolutions/gone]"))) == []


def test_scrutiny_does_not_decide_where_there_are_executives() -> None:
    text = decision("kind: programme; decided_by: bodies/scrutiny; decided_on: 2019-11-12")

    assert found(house(text)) == ["MB506"]
    assert found(house(text, area="S12000036")) == []


def test_of_a_scrutiny_committee_that_only_noted_one_finding_says_enough() -> None:
    text = decision("kind: executive; decided_by: bodies/scrutiny; decided_on: 2019-11-12")

    assert found(house(text + resolution(NOTES, item="scrutiny-1", name="noted"))) == ["MB504"]
