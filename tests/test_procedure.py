"""Procedure: what the law asks of decisions, meetings, reports, resolutions and votes, and where nothing can be said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from minutebook.checks import procedure
from minutebook.checks.procedure_numbers import can_follow, steps
from minutebook.diagnostics import Diagnostic
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.values import Ref
from minutebook.rules import RULES
from minutebook.settings import Settings
from tests.helpers import codes, load_files, read_ledger, sample_files

# A council with an executive, its committees, and a board of officers; three meetings and what they did.
HOUSE = """
bodies/full: {kind: council}
bodies/cabinet: {kind: cabinet, parent: bodies/full}
bodies/planning: {kind: committee, parent: bodies/full}
bodies/panel: {kind: sub-committee, parent: bodies/planning}
bodies/scrutiny: {kind: scrutiny committee, parent: bodies/full}
bodies/board: {kind: programme board}
bodies/old-planning: {kind: committee, parent: bodies/full, ended: 2019-05, succeeded_by: [bodies/planning]}
posts/director: {body: not stated}
posts/leader: {body: bodies/cabinet}
meetings/2019-11-cabinet: {body: bodies/cabinet, held_on: 2019-11-05}
meetings/2019-12-cabinet: {body: bodies/cabinet, held_on: 2019-12-10}
meetings/2019-11-scrutiny: {body: bodies/scrutiny, held_on: 2019-11-12}
meetings/2019-11-planning: {body: bodies/planning, held_on: 2019-11-20}
meetings/2019-11-board: {body: bodies/board, held_on: 2019-11-18}
items/cabinet-1: {meeting: meetings/2019-11-cabinet, number: "1"}
items/cabinet-dec: {meeting: meetings/2019-12-cabinet, number: "1"}
items/scrutiny-1: {meeting: meetings/2019-11-scrutiny, number: "1"}
items/planning-1: {meeting: meetings/2019-11-planning, number: "1"}
items/board-1: {meeting: meetings/2019-11-board, number: "1"}
"""


def house(
    text: str = "",
    *,
    area: str | None = None,
    kind: str = "unitary authority",
    as_of: str | None = None,
    broken: Iterable[str] = (),
    without: str = "\0",
) -> KnowledgeBase:
    """The council with more records; `without` leaves the records out whose line begins so."""  # fmt: skip
    code = f", area_code: {area}" if area else ""
    lines = "\n".join(line for line in HOUSE.splitlines() if not line.startswith(without))
    ledger = f"council/ambledown: {{kind: {kind}{code}}}\n{lines}\n{text}"
    settings = Settings.model_validate({"as_of": as_of} if as_of else {})
    return KnowledgeBase(read_ledger(ledger), settings=settings, broken=map(Ref, broken))


def findings(kb: KnowledgeBase) -> list[Diagnostic]:
    """What the checks of procedure find."""
    return [finding for check in procedure.CHECKS for finding in check(kb)]


def found(kb: KnowledgeBase) -> list[str]:
    """The codes of what they find."""
    return codes(findings(kb))


def decision(fields: str, *, name: str = "one") -> str:
    """A decision of the Cabinet, on the day it met, with more fields or other ones."""
    given = {part.split(":")[0].strip() for part in fields.split(";")}
    needed = {"kind": "executive", "decided_by": "bodies/cabinet", "decided_on": "2019-11-05"}
    stated = {"reasons": "Cost.", "options_rejected": "Nothing.", "conflicts": "None."}
    filled = [f"{key}: {value}" for key, value in {**needed, **stated}.items() if key not in given]
    written = [part.strip() for part in fields.split(";") if part.strip() and not part.endswith("-")]
    return f"decisions/{name}:\n" + "\n".join(f"  {line}" for line in [*filled, *written]) + "\n"


def resolution(fields: str, *, item: str = "cabinet-1", name: str = "one") -> str:
    """A resolution on an item; its fields one after the other."""
    written = [part.strip() for part in fields.split(";") if part.strip()]
    if not any(part.startswith("clauses:") for part in written):
        written.insert(0, "clauses: [{wording: That it be done., effect: approved}]")
    return f"resolutions/{name}:\n  item: items/{item}\n" + "\n".join(f"  {line}" for line in written) + "\n"


def clause(effect: str, more: str = "") -> str:
    """One clause as a list."""
    return f"clauses: [{{wording: That it be so., effect: {effect}{more}}}]"


def test_the_council_of_these_tests_is_in_order() -> None:
    assert found(house()) == []
    assert found(house(decision(""))) == []


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


# -- key decisions and call-in --------------------------------------------------------------------

KEY = "key_decision: true; key_reason: Two wards.; decided_on: 2019-12-12; "


def test_a_key_decision_without_notice_or_urgency_is_found() -> None:
    assert found(house(decision(KEY))) == ["MB507"]
    assert found(house(decision(KEY + "forward_plan: not stated"))) == []
    assert found(house(decision(KEY + "urgency: not stated"))) == []
    assert found(house(decision(KEY), area="W06000015")) == []
    assert found(house(decision("key_decision: not stated"))) == []
    assert found(house(decision("key_decision: false"))) == []


@pytest.mark.parametrize(
    ("forward_plan", "decided_on", "expected"),
    [
        ("2019-11-13", "2019-12-12", []),  # 28 clear days
        ("2019-11-14", "2019-12-12", ["MB508"]),  # 27
        ("2019-11", "2019-12-12", []),  # perhaps on the 13th or before
        ("2019-11-20/2019-11-25", "2019-12-12", ["MB508"]),
        ("2019-11-14", "2019-12", []),  # perhaps at the end of December
        ("2019-12-20", "2019-12-12", ["MB508"]),  # afterwards
        ("2012-08-20", "2012-09-10", ["MB508"]),
        ("2012-08-20", "2012-09-09", []),  # under the regulations of 2000
        ("2019-11-14", "not stated", []),
    ],
)
def test_notice_of_a_key_decision_is_28_clear_days(
    forward_plan: str, decided_on: str, expected: list[str]
) -> None:
    fields = f"key_decision: true; key_reason: Cost.; decided_on: {decided_on}; forward_plan: {forward_plan}"

    assert found(house(decision(fields))) == expected


def test_a_short_notice_says_how_short() -> None:
    (one,) = findings(house(decision(KEY + "forward_plan: 2019-11-20")))

    assert one.message == "notice was given 20 November 2019, 21 clear days before, but the law asks for 28"
    assert [note.text for note in one.notes] == ["decided 12 December 2019"]


def test_a_wide_notice_is_shown_as_the_most_it_can_have_been() -> None:
    (one,) = findings(house(decision(KEY + "forward_plan: 2019-11-20/2019-11-25")))

    assert "at most 21 clear days before" in one.message


def test_a_short_notice_that_the_editor_speaks_of_is_a_fact() -> None:
    assert found(house(decision(KEY + "forward_plan: 2019-11-20; editor_note: The notice was short"))) == []
    assert found(house(decision(KEY + "forward_plan: 2019-11-20; editor_note: The names differ"))) == [
        "MB508"
    ]


GENERAL = "urgency: {route: general exception, reason: A grant ends., notice_on: %s}"


@pytest.mark.parametrize(
    ("notice_on", "expected"),
    [
        ("2019-12-04", []),  # Thursday, Friday, Monday, Tuesday, Wednesday
        ("2019-12-05", ["MB508"]),
        ("2019-12", []),
        ("not stated", []),
    ],
)
def test_the_general_exception_has_five_clear_working_days(notice_on: str, expected: list[str]) -> None:
    fields = KEY + "forward_plan: 2019-12-01; " + GENERAL % notice_on

    assert found(house(decision(fields))) == expected


def test_each_route_of_urgency_has_its_own_field() -> None:
    general = KEY + "urgency: {route: general exception, reason: A grant ends.}"
    special = KEY + "urgency: {route: special urgency, reason: A roof fell in.%s}"

    assert found(house(decision(general))) == ["MB509"]
    assert found(house(decision(special % ""))) == ["MB509"]
    assert found(house(decision(special % ", agreed_by: not stated"))) == []
    assert found(house(decision(special % ", agreed_by: chair of scrutiny"))) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("", ["MB510"]),
        ("wards: [Quayside]", ["MB510"]),
        ("wards: [Quayside, Old Town]", []),
        ("wards: not stated", []),
        ("key_reason: not stated", []),
        ("key_reason: Spending above the threshold.", []),
    ],
)
def test_a_key_decision_says_what_makes_it_one(fields: str, expected: list[str]) -> None:
    assert found(house(decision(f"key_decision: true; forward_plan: not stated; {fields}"))) == expected


CALL_IN = (
    "implemented_on: %s; call_in: {open_until: %s, status: %s, called_by: not stated, outcome: It stood.}"
)


@pytest.mark.parametrize(
    ("implemented_on", "open_until", "status", "expected"),
    [
        ("2019-11-08", "2019-11-12", "not called in", ["MB511"]),
        ("2019-11-12", "2019-11-12", "not called in", []),
        ("2019-11-08", "2019-11-12", "exempt from call-in", []),
        ("2019-11", "2019-11-12", "not called in", []),
        ("2019-11-08", "2019-11", "called in", []),
        ("2019-11-08", "2019-12", "called in", ["MB511"]),
        ("2019-11-08", "not stated", "called in", []),
    ],
)
def test_a_decision_waits_for_the_end_of_its_call_in(
    implemented_on: str, open_until: str, status: str, expected: list[str]
) -> None:
    assert found(house(decision(CALL_IN % (implemented_on, open_until, status)))) == expected


def test_a_call_in_says_who_asked_and_what_came_of_it() -> None:
    (one,) = findings(house(decision("call_in: {status: called in}")))

    assert (one.rule.code, one.message) == (
        "MB512",
        "the decision was called in, but gives no `called_by` or `outcome`",
    )
    assert (
        found(house(decision("call_in: {status: called in, called_by: not stated, outcome: not stated}")))
        == []
    )
    assert found(house(decision("call_in: {status: exempt from call-in}"))) == ["MB512"]
    assert found(house(decision("call_in: {status: exempt from call-in, outcome: Urgent.}"))) == []
    assert found(house(decision("call_in: {status: not called in}"))) == []


@pytest.mark.parametrize(
    ("open_until", "as_of", "expected"),
    [
        ("2019-11-12", "2020-03-01", ["MB513"]),
        ("2019-11-12", "2019-11-12", []),
        ("2019-11-12", "2019-11", []),
        ("not stated", "2020-03-01", []),
        ("2019-11-12", None, []),
    ],
)
def test_a_call_in_is_not_open_when_its_last_day_has_passed(
    open_until: str, as_of: str | None, expected: list[str]
) -> None:
    kb = house(decision(f"call_in: {{open_until: {open_until}, status: open}}"), as_of=as_of)

    assert found(kb) == expected


# -- meetings -------------------------------------------------------------------------------------


def meeting(fields: str, *, body: str = "planning", held_on: str = "2020-01-07") -> str:
    """One more meeting."""
    return f"meetings/one: {{body: bodies/{body}, held_on: {held_on}, {fields}}}\n"


def test_approved_minutes_name_a_meeting_and_a_draft_names_none() -> None:
    assert found(house(meeting("minutes_status: approved"))) == ["MB514"]
    assert found(house(meeting("minutes_status: approved, approved_at: not stated"))) == []
    assert found(house(meeting("minutes_status: not stated"))) == []
    assert found(house(meeting("minutes_status: draft"))) == []
    later = meeting("minutes_status: draft, approved_at: meetings/2019-11-planning", held_on="2019-10-01")
    assert found(house(later)) == ["MB514"]


@pytest.mark.parametrize(
    ("body", "held_on", "expected"),
    [
        ("planning", "2019-10-16", []),
        ("planning", "2020-01-07", ["MB515"]),  # approved before it was held
        ("planning", "2019", []),
        ("planning", "not stated", []),
        ("cabinet", "2019-10-16", ["MB515"]),
        ("old-planning", "2019-04-17", []),  # by the body that took its place
        ("panel", "2019-10-16", []),  # by the one it reports to
        ("full", "2019-10-16", ["MB515"]),
        ("gone", "2019-10-16", []),
    ],
)
def test_minutes_are_approved_later_by_the_same_body(body: str, held_on: str, expected: list[str]) -> None:
    fields = "minutes_status: approved, approved_at: meetings/2019-11-planning"

    assert found(house(meeting(fields, body=body, held_on=held_on))) == expected


def test_minutes_approved_at_a_meeting_that_is_not_there_are_said_elsewhere() -> None:
    assert found(house(meeting("minutes_status: approved, approved_at: meetings/gone"))) == []


@pytest.mark.parametrize(
    ("published", "held_on", "expected"),
    [
        ("2020-01-02", "2020-01-07", ["MB516"]),
        ("2019-12-27", "2020-01-07", []),  # 30, 31, 2, 3, 6
        ("2019-12-30", "2020-01-07", ["MB516"]),
        ("2019-12", "2020-01-07", []),
        ("2020-01", "2020-01-07", ["MB516"]),  # not one day of January is early enough
        ("2020-01-02", "2020-01", []),
        ("not stated", "2020-01-07", []),
        ("2020-01-02", "not stated", []),
        ("2002-09-26", "2002-10-02", ["MB516"]),
        ("2002-09-24", "2002-09-30", []),  # three clear days were enough until October 2002
    ],
)
def test_an_agenda_is_out_five_clear_working_days_before(
    published: str, held_on: str, expected: list[str]
) -> None:
    assert found(house(meeting(f"agenda_published: {published}", held_on=held_on))) == expected


@pytest.mark.parametrize(
    ("area", "published", "expected"),
    [
        ("W06000015", "2019-12-31", []),  # 2, 3, 6
        ("W06000015", "2020-01-02", ["MB516"]),
        ("S12000036", "2019-12-31", ["MB516"]),  # the 2nd is a bank holiday in Scotland
        ("S12000036", "2019-12-30", []),
        ("N09000003", "2020-01-06", []),  # its Act counts otherwise
    ],
)
def test_wales_and_scotland_ask_for_three_clear_days(area: str, published: str, expected: list[str]) -> None:
    assert found(house(meeting(f"agenda_published: {published}"), area=area)) == expected


def test_a_board_of_officers_and_a_parish_have_other_rules() -> None:
    late = "agenda_published: 2020-01-06"

    assert found(house(meeting(late, body="board"))) == []
    assert found(house(meeting(late, body="gone"))) == []
    assert found(house(meeting(late), kind="parish or town")) == []


def test_a_late_agenda_that_the_editor_speaks_of_is_a_fact() -> None:
    assert found(house(meeting("agenda_published: 2020-01-06, editor_note: The agenda came late."))) == []


def late_item(
    dated: str, more: str = "", *, item: str = "meetings/2019-11-planning", to: str = "planning"
) -> str:
    """An item with one report."""
    report = f"reports/one: {{by: not stated, to: bodies/{to}, dated: {dated}, background_papers: none}}\n"
    return f"{report}items/late: {{meeting: {item}, number: '9', reports: [reports/one]{more}}}\n"


@pytest.mark.parametrize(
    ("dated", "expected"),
    [
        ("2019-11-12", []),
        ("2019-11-13", ["MB517"]),
        ("2019-11-19", ["MB517"]),
        ("2019-11-20", []),  # dated for the meeting
        ("2019-11-21", []),  # a slip, or a report that came afterwards
        ("2019-11", []),
        ("2019-11-14/2019-11-20", []),
        ("2019-11-14/2019-11-18", ["MB517"]),
        ("not stated", []),
    ],
)
def test_an_item_whose_report_came_late_says_why_it_was_urgent(dated: str, expected: list[str]) -> None:
    assert found(house(late_item(dated))) == expected


def test_a_reason_or_its_absence_is_enough() -> None:
    assert found(house(late_item("2019-11-18", ", urgent_reason: The roof fell in."))) == []
    assert found(house(late_item("2019-11-18", ", urgent_reason: not stated"))) == []


def test_of_an_item_with_two_late_reports_one_finding_says_enough() -> None:
    second = (
        "reports/two: {by: not stated, to: bodies/planning, dated: 2019-11-18, background_papers: none}\n"
    )
    text = late_item("2019-11-18").replace("[reports/one]", "[reports/one, reports/two]")

    assert found(house(second + text)) == ["MB517"]


def test_a_late_agenda_is_said_of_the_meeting_and_not_of_each_item() -> None:
    item = "items/one: {meeting: meetings/one, number: '1'}\n"

    assert found(house(meeting("agenda_published: 2020-01-06") + item)) == ["MB516"]


EXCLUSION = "exclusion: {item: items/%s, paragraphs: ['3'], public_interest_reason: Prices.}"
SUMMARY = "items/private: {meeting: meetings/2019-11-planning, number: '8', public_summary: Five firms.}\n"


def test_an_exclusion_names_an_item_of_its_own_meeting() -> None:
    assert found(house(SUMMARY + resolution(EXCLUSION % "private", item="planning-1"))) == []
    assert found(house(SUMMARY + resolution(EXCLUSION % "private", item="cabinet-1"))) == ["MB518"]
    assert found(house(resolution(EXCLUSION % "gone", item="planning-1"))) == []


EXEMPT = "access: exempt, exemption: {paragraphs: ['3'], public_interest_reason: Prices.}"


def exempt_item(more: str = "public_summary: not stated", meeting: str = "2019-11-planning") -> str:
    """An item that is not public."""
    return f"items/exempt: {{meeting: meetings/{meeting}, number: '8', {EXEMPT}, {more}}}\n"


def test_an_exempt_item_was_taken_in_private_by_a_resolution() -> None:
    (one,) = findings(house(exempt_item()))

    assert (one.rule.code, one.restricted) == ("MB519", True)
    assert found(house(exempt_item() + resolution(EXCLUSION % "exempt", item="planning-1"))) == []
    assert found(house(exempt_item(), broken=["ambledown/resolutions/one"])) == []
    assert found(house(exempt_item(), broken=["elsewhere/resolutions/one"])) == ["MB519"]
    assert found(house(exempt_item(meeting="2019-11-board"))) == []
    noted = "public_summary: not stated, editor_note: The minutes hold no resolution to exclude the public."
    assert found(house(exempt_item(noted))) == []


def test_what_was_taken_in_private_has_a_public_summary() -> None:
    bare = "items/private: {meeting: meetings/2019-11-planning, number: '8'}\n"
    excluding = resolution(EXCLUSION % "private", item="planning-1")

    assert found(house(bare + excluding)) == ["MB520"]
    assert found(house(SUMMARY + excluding)) == []


def test_an_item_with_an_exempt_resolution_has_a_public_summary() -> None:
    assert found(house(resolution(f"access: exempt; {EXEMPT.partition(', ')[2]}", item="planning-1"))) == [
        "MB520"
    ]
    assert found(house(resolution(f"access: exempt; {EXEMPT.partition(', ')[2]}", item="board-1"))) == []


def test_an_item_with_an_exempt_decision_has_a_public_summary_and_the_finding_is_masked() -> None:
    hidden = decision(f"reported_in: [items/planning-1]; access: exempt; {EXEMPT.partition(', ')[2]}")

    (one,) = findings(house(hidden))

    assert (one.rule.code, one.restricted) == ("MB520", True)


def test_nothing_is_let_out_of_an_item_that_is_confidential() -> None:
    secret = "items/secret: {meeting: meetings/2019-11-planning, number: '8', access: confidential}\n"

    assert found(house(secret)) == []


def test_two_items_of_a_meeting_with_one_number_are_found_once() -> None:
    same = "items/{}: {{meeting: meetings/2019-11-planning, number: {}, minute_number: {}}}\n"

    assert found(house(same.format("b", "'7A'", "'12'") + same.format("c", "'7a'", "'12'"))) == ["MB530"]
    assert found(house(same.format("b", "'7'", "'12'") + same.format("c", "'8'", "'12'"))) == ["MB530"]
    assert found(house(same.format("b", "not stated", "'12'") + same.format("c", "not stated", "'12'"))) == [
        "MB530"
    ]
    assert found(house(same.format("b", "'7'", "'12'") + same.format("c", "'8'", "'13'"))) == []
    assert (
        found(
            house(same.format("b", "not stated", "not stated") + same.format("c", "not stated", "not stated"))
        )
        == []
    )


def test_three_items_with_one_number_are_two_findings() -> None:
    same = "items/{}: {{meeting: meetings/2019-11-planning, number: '7'}}\n"

    assert found(house("".join(same.format(name) for name in "bcd"))) == ["MB530", "MB530"]


def test_an_interest_is_in_an_item_of_its_meeting() -> None:
    declared = "interests: [{declared_by: a member, nature: A boat., item: items/%s}]"

    assert found(house(meeting(declared % "planning-1"))) == ["MB532"]
    assert found(house(meeting(declared % "gone"))) == []
    own = "items/own: {meeting: meetings/one, number: '1'}\n"
    assert found(house(own + meeting(declared % "own"))) == []


# -- reports --------------------------------------------------------------------------------------


def test_a_report_to_a_body_that_meets_in_public_states_its_background_papers() -> None:
    report = "reports/one: {by: not stated, to: %s, dated: not stated%s}\n"

    assert found(house(report % ("bodies/planning", ""))) == ["MB521"]
    for absence in ("none", "not stated", "left blank"):
        assert found(house(report % ("bodies/planning", f", background_papers: {absence}"))) == []
    assert found(house(report % ("bodies/board", ""))) == []
    assert found(house(report % ("bodies/gone", ""))) == []
    assert found(house(report % ("not stated", ""))) == []


def test_a_report_is_addressed_to_the_body_that_met() -> None:
    assert found(house(late_item("2019-10-01", to="cabinet"))) == ["MB531"]
    assert found(house(late_item("2019-10-01", to="old-planning"))) == []
    assert found(house(late_item("2019-10-01", to="gone"))) == []
    looked_at = ", editor_note: The report went on to the Cabinet."
    assert found(house(late_item("2019-10-01", looked_at, to="cabinet"))) == []


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2019-11-20", []),
        ("2019-11-21", ["MB533"]),
        ("2019-11", []),
        ("2019-12", ["MB533"]),
        ("not stated", []),
    ],
)
def test_a_report_is_cleared_before_it_is_considered(date: str, expected: list[str]) -> None:
    cleared = f", clearances: [{{role: posts/director, date: {date}}}]"

    assert (
        found(
            house(
                late_item("2019-10-01").replace(
                    "background_papers: none", "background_papers: none" + cleared
                )
            )
        )
        == expected
    )


def test_what_scrutiny_looks_at_beforehand_may_be_cleared_afterwards() -> None:
    report = (
        "reports/one: {by: not stated, to: bodies/cabinet, dated: 2019-10-01, background_papers: none, "
        "clearances: [{role: posts/director, date: 2019-11-28}]}\n"
    )
    item = "items/%s: {meeting: meetings/%s, number: '9', reports: [reports/one], editor_note: The report as it stood.}\n"
    text = report + item % ("looked-at", "2019-11-scrutiny") + item % ("decided", "2019-12-cabinet")

    assert found(house(text)) == []
    assert found(house(text.replace("2019-11-28", "2019-12-11"))) == ["MB533"]


def test_where_a_meeting_has_no_date_it_may_have_come_after_the_clearance() -> None:
    text = late_item("2019-10-01", item="meetings/one") + meeting(
        "minutes_status: draft", held_on="not stated"
    )
    cleared = text.replace(
        "background_papers: none", "background_papers: none, clearances: [{role: posts/director, date: 2030}]"
    )

    assert found(house(cleared)) == []


# -- votes ----------------------------------------------------------------------------------------

BUDGET = decision("kind: council; decided_by: bodies/full; budget_decision: true; decided_on: 2020-02-20")
SETS_BUDGET = "clauses: [{wording: That it be set., effect: approved, concerns: [decisions/one]}]"


@pytest.mark.parametrize(
    ("vote", "expected"),
    [
        ("", ["MB522"]),
        ("vote: not stated", []),
        ("vote: {for: 2, against: 1}", ["MB522"]),
        ("vote: {named_for: [Leader, Chair], named_against: [Whip], named_abstained: none}", []),
        ("vote: {named_for: [Leader, Chair], against: 0, abstained: 0}", []),
        ("vote: {named_for: not stated, named_against: not stated, named_abstained: not stated}", []),
        ("vote: {named_for: [Leader], named_against: [Whip]}", ["MB522"]),
    ],
)
def test_a_budget_is_voted_on_by_name(vote: str, expected: list[str]) -> None:
    assert found(house(BUDGET + resolution(f"{SETS_BUDGET}; {vote}"))) == expected


def test_the_finding_names_the_lists_that_are_lacking() -> None:
    (one,) = findings(house(BUDGET + resolution(f"{SETS_BUDGET}; vote: {{for: 2, against: 0}}")))

    assert (
        one.message
        == "the resolution made `decisions/one`, a budget decision, but its vote has no `named_for` or `named_abstained`"
    )


@pytest.mark.parametrize("decided_on", ["2014-02-24", "2014", "not stated"])
def test_names_are_asked_for_since_february_2014(decided_on: str) -> None:
    assert found(house(BUDGET.replace("2020-02-20", decided_on) + resolution(SETS_BUDGET))) == []


def test_only_who_sets_a_council_tax_keeps_these_standing_orders() -> None:
    assert found(house(BUDGET + resolution(SETS_BUDGET), kind="district")) == ["MB522"]
    assert found(house(BUDGET + resolution(SETS_BUDGET), kind="parish or town")) == []
    assert found(house(BUDGET + resolution(SETS_BUDGET), kind="national park authority")) == []


def test_a_resolution_that_only_notes_the_budget_needs_no_names() -> None:
    assert found(house(BUDGET + resolution(SETS_BUDGET.replace("approved", "recommended")))) == []
    assert found(house(BUDGET)) == []


@pytest.mark.parametrize(
    ("vote", "expected"),
    [
        ("{for: 3, named_for: [Leader, Chair]}", ["MB523"]),
        ("{for: 1, named_for: [Leader, Chair]}", ["MB523"]),
        ("{for: 2, named_for: [Leader, Chair]}", []),
        ("{for: 9, named_for: [Leader, the Labour Group]}", []),
        ("{for: 1, named_for: [Leader, the Labour Group]}", ["MB523"]),
        ("{named_for: [Leader, Chair]}", []),
        ("{for: 3, named_for: not stated}", []),
        ("{named_for: [Leader], named_against: [leader]}", ["MB523"]),
        ("{named_for: [a member for Quayside], named_against: [a member for Quayside]}", []),
        ("{named_for: [two members], named_abstained: [two members]}", []),
    ],
)
def test_the_numbers_of_a_vote_are_those_of_its_names(vote: str, expected: list[str]) -> None:
    assert found(house(resolution(f"vote: {vote}"))) == expected


def test_a_vote_on_a_motion_is_counted_too() -> None:
    motion = "motions: [{kind: amendment, wording: That it wait., fate: lost, vote: {against: 2, named_against: [Chair]}}]"

    assert found(house(resolution(motion))) == ["MB523"]


def test_a_source_that_counts_wrongly_is_a_discrepancy() -> None:
    differs = "discrepancies/one: {about: [resolutions/one]}\n"

    assert found(house(differs + resolution("vote: {for: 3, named_for: [Leader, Chair]}"))) == []


@pytest.mark.parametrize(
    ("fate", "vote", "expected"),
    [
        ("carried", "{for: 4, against: 9}", ["MB524"]),
        ("carried", "{for: 4, against: 4}", []),  # by the chair's casting vote
        ("lost", "{for: 4, against: 4}", []),
        ("lost", "{for: 9, against: 4}", ["MB524"]),
        ("withdrawn", "{for: 9, against: 4}", []),
        ("carried", "{against: 9}", []),
        ("carried", "{for: 4, against: not stated}", []),
    ],
)
def test_the_fate_of_a_motion_fits_its_vote(fate: str, vote: str, expected: list[str]) -> None:
    motion = f"motions: [{{kind: motion, wording: That it wait., fate: {fate}, vote: {vote}}}]"

    assert found(house(resolution(motion))) == expected


def test_a_resolution_that_took_effect_was_not_voted_down() -> None:
    assert found(house(resolution("vote: {for: 4, against: 9}"))) == ["MB524"]
    assert found(house(resolution(clause("lost") + "; vote: {for: 4, against: 9}"))) == []
    assert (
        found(house(resolution("vote: {for: 4, against: 9}; editor_note: A third was the majority needed")))
        == []
    )


# -- resolutions ----------------------------------------------------------------------------------


def numbered(*numbers: str | None, note: str = "") -> str:
    """A resolution whose clauses bear these numbers."""
    parts = (f"number: '{number}', " if number is not None else "" for number in numbers)
    entries = ", ".join(f"{{{part}wording: That it be done., effect: approved}}" for part in parts)
    return resolution(f"clauses: [{entries}]{note}")


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "3"),
        ("(1)", "(2)"),
        ("a", "b", "c"),
        ("(i)", "(ii)", "(iii)", "(iv)", "(v)", "(vi)"),
        ("h", "i", "j"),
        ("1", "1a", "1b", "2", "2a"),
        ("1", "2(a)", "2(b)", "3"),
        ("1.1", "1.2", "2.1"),
        ("1(a)(i)", "1(a)(ii)", "1(b)", "2"),
        ("3", "4"),  # the minutes go on from another resolution
        ("y", "z", "aa"),
        ("first", "third"),  # in words
        (None, None),
    ],
)
def test_clauses_that_follow_on_each_other_are_in_order(numbers: tuple[str | None, ...]) -> None:
    assert found(house(numbered(*numbers))) == []


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (("1", "2", "4"), "clause `4` follows clause `2`, which leaves a gap"),
        (("1", "3", "5"), "clause `3` follows clause `1`, which leaves a gap"),  # said once
        (("1", "2", "2"), "clause `2` stands here a second time"),
        (("1", "(1)"), "clause `(1)` stands here a second time"),
        (("2", "1"), "clause `1` follows clause `2`, which leaves a gap"),
        (("a", "c"), "clause `c` follows clause `a`, which leaves a gap"),
        (("i", "iii"), "clause `iii` follows clause `i`, which leaves a gap"),
        (("1a", "1c"), "clause `1c` follows clause `1a`, which leaves a gap"),
        (("1", "2b"), "clause `2b` follows clause `1`, which leaves a gap"),
        (("1", None, "3"), "the clause has no number, but others of the list have one"),
        ((None, "2"), "the clause has no number, but others of the list have one"),
    ],
)
def test_a_gap_a_repeat_or_a_missing_number_is_found(numbers: tuple[str | None, ...], message: str) -> None:
    (one,) = findings(house(numbered(*numbers)))

    assert (one.rule.code, one.message) == ("MB525", message)


def test_a_source_that_numbers_so_is_spoken_of() -> None:
    assert found(house(numbered("1", "2", "4", note="; editor_note: The minutes skip a number"))) == []


def test_a_number_that_is_not_stated_leaves_the_list_open() -> None:
    entries = "[{number: '1', wording: A., effect: noted}, {number: not stated, wording: B., effect: noted}]"

    assert found(house(resolution(f"clauses: {entries}"))) == []


def test_recommendations_of_a_report_are_numbered_too() -> None:
    text = (
        "reports/one: {by: not stated, to: bodies/board, dated: not stated, "
        "recommendations: [{number: '1', wording: that it start}, {number: '3', wording: that it end}]}\n"
    )

    (one,) = findings(house(text))

    assert one.message == "recommendation `3` follows recommendation `1`, which leaves a gap"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("2(a)", ("2", "a")),
        ("1.10", ("1", "10")),
        ("(IV)", ("iv",)),
        ("Resolution 3", None),
        ("...", None),
        ("aa", ("aa",)),
    ],
)
def test_a_number_is_read_level_by_level(number: str, expected: tuple[str, ...] | None) -> None:
    assert steps(number) == expected


def test_the_eighth_letter_is_followed_by_a_letter_and_not_by_a_roman_one() -> None:
    assert can_follow(("i",), ("h",))
    assert can_follow(("ii",), ("i",))
    assert not can_follow(("ii",), ("h",))
    assert can_follow(("x",), ("ix",))


@pytest.mark.parametrize("effect", ["delegated", "referred", "requested"])
def test_what_falls_to_nobody_is_found(effect: str) -> None:
    assert found(house(resolution(clause(effect)))) == ["MB526"]
    assert found(house(resolution(clause(effect, ", falls_to: not stated")))) == []
    assert found(house(resolution(clause(effect, ", falls_to: [posts/director]")))) == []


def undoing(field: str, target: str, *, item: str = "planning-1") -> str:
    """A resolution that undoes another one."""
    return resolution(f"{field}: [resolutions/{target}]", item=item, name="later")


@pytest.mark.parametrize("field", ["rescinds", "amends"])
def test_a_resolution_undoes_one_that_came_before(field: str) -> None:
    early = resolution("resolved_on: 2019-06", item="planning-1", name="early")
    late = resolution("resolved_on: 2020-06", item="planning-1", name="late")

    assert found(house(early + undoing(field, "early"))) == []
    assert found(house(late + undoing(field, "late"))) == ["MB527"]
    assert found(house(undoing(field, "gone"))) == []
    same_month = resolution("resolved_on: 2019-11", item="planning-1", name="vague")
    assert found(house(same_month + undoing(field, "vague"))) == []


@pytest.mark.parametrize(
    ("of", "by", "expected"),
    [
        ("planning", "planning", []),
        ("planning", "full", []),  # a body that reports to it
        ("panel", "full", []),  # and one that reports to that
        ("full", "planning", ["MB528"]),
        ("cabinet", "planning", ["MB528"]),
        ("old-planning", "planning", []),  # whose place it took
        ("board", "planning", []),  # nobody knows whom the board reports to
        ("planning", "board", ["MB528"]),
        ("planning", "gone", []),
    ],
)
def test_a_body_undoes_what_it_has_power_over(of: str, by: str, expected: list[str]) -> None:
    text = (
        f"meetings/old: {{body: bodies/{of}, held_on: 2019-03-01}}\nitems/old: {{meeting: meetings/old, number: '1'}}\n"
        f"meetings/new: {{body: bodies/{by}, held_on: 2020-03-01}}\nitems/new: {{meeting: meetings/new, number: '1'}}\n"
    )

    assert (
        found(house(text + resolution("", item="old", name="old") + undoing("rescinds", "old", item="new")))
        == expected
    )


def test_a_new_council_undoes_what_the_old_one_resolved() -> None:
    old = (
        "thornby/council/thornby: {kind: district%s}\n"
        "thornby/bodies/full: {kind: council}\n"
        "thornby/meetings/old: {body: bodies/full, held_on: 2019-03-01}\n"
        "thornby/items/old: {meeting: meetings/old, number: '1'}\n"
        "thornby/resolutions/old: {item: items/old}\n"
        + resolution("rescinds: [thornby/resolutions/old]", item="planning-1", name="later")
    )

    assert found(house(old % ", succeeded_by: [ambledown/council/ambledown]")) == []
    assert found(house(old % "")) == ["MB528"]


ASKS = clause("recommended", ", falls_to: [bodies/cabinet]")


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2020-01-13", ["MB529"]),  # two months after 12 November 2019
        ("2020-01-12", []),
        ("2020-01", []),
        (None, []),
    ],
)
def test_scrutiny_is_answered_within_two_months(as_of: str | None, expected: list[str]) -> None:
    assert found(house(resolution(ASKS, item="scrutiny-1"), as_of=as_of)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("recommendations: [{sent_on: 2019-11-13, response_on: 2020-01-07}]", []),
        ("recommendations: [{sent_on: 2019-11-13, response: Accepted.}]", []),
        ("recommendations: [{sent_on: 2019-11-13, response: not stated}]", []),
        ("recommendations: [{sent_on: 2019-11-13}]", ["MB529"]),
        ("recommendations: [{sent_on: 2020-05-01}]", []),  # two months have not passed
        ("recommendations: [{sent_on: 2020}]", []),
        ("recommendations: [{sent_on: not stated}]", ["MB529"]),
        ("recommendations: [{sent_on: 2019-11-13, due: 2020-08-01}]", []),
        ("recommendations: [{clause: '2', sent_on: 2019-11-13, response: Accepted.}]", ["MB529"]),
    ],
)
def test_an_answer_or_a_later_date_is_accepted(more: str, expected: list[str]) -> None:
    assert found(house(resolution(f"{ASKS}; {more}", item="scrutiny-1"), as_of="2020-06-01")) == expected


def test_an_action_that_arises_from_the_resolution_is_enough() -> None:
    asked = resolution(ASKS, item="scrutiny-1")
    action = "actions/one: {promised_by: bodies/cabinet, promised_to: bodies/scrutiny, arises_from: resolutions/one}\n"

    assert found(house(asked + action, as_of="2020-06-01")) == []
    assert found(house(asked, as_of="2020-06-01", broken=["ambledown/actions/one"])) == []


def test_only_what_scrutiny_recommends_to_the_executive_asks_for_an_answer() -> None:
    def asks(falls_to: str) -> str:
        return clause("recommended", f", falls_to: [{falls_to}]" if falls_to else "")

    assert found(house(resolution(asks("posts/leader"), item="scrutiny-1"), as_of="2020-06-01")) == ["MB529"]
    for other in ("posts/director", "bodies/full", "bodies/gone", ""):
        assert found(house(resolution(asks(other), item="scrutiny-1"), as_of="2020-06-01")) == []
    assert found(house(resolution(ASKS, item="planning-1"), as_of="2020-06-01")) == []
    assert found(house(resolution(ASKS, item="scrutiny-1"), as_of="2020-06-01", area="W06000015")) == []


def test_two_months_from_the_end_of_december_is_the_end_of_february() -> None:
    asked = resolution(f"{ASKS}; resolved_on: 2019-12-31", item="scrutiny-1")

    assert found(house(asked, as_of="2020-02-29")) == []
    assert found(house(asked, as_of="2020-03-01")) == ["MB529"]


# -- all of it ------------------------------------------------------------------------------------


def test_the_checks_keep_quiet_where_all_they_stand_on_is_missing() -> None:
    """A record alone, whose references lead nowhere, is a matter of other checks."""
    for name, text in (
        (
            "meetings/",
            meeting("minutes_status: approved, approved_at: meetings/gone, agenda_published: 2020-01-06"),
        ),
        ("items/", late_item("2019-11-18", item="meetings/gone", to="gone")),
        (
            "resolutions/",
            resolution(f"{ASKS}; {EXCLUSION % 'gone'}; rescinds: [resolutions/gone]", item="gone"),
        ),
        (
            "decisions/",
            decision("decided_by: bodies/gone; noted_by: [resolutions/gone]; delegated_by: bodies/gone"),
        ),
    ):
        kb = KnowledgeBase(read_ledger(text), settings=Settings.model_validate({"as_of": "2030-01-01"}))
        assert found(kb) == [], name


def test_the_samples_of_every_type_are_in_order(tmp_path: Path) -> None:
    assert found(load_files(tmp_path, sample_files()).kb) == []


def test_every_check_says_in_its_docstring_which_rule_it_is() -> None:
    said = " ".join(check.__doc__ or "" for check in procedure.CHECKS)

    assert sorted(re.findall(r"MB5\d\d", said)) == sorted(code for code in RULES if code.startswith("MB5"))
