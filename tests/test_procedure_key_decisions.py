"""Notice of key decisions, urgency, and call-in."""

from __future__ import annotations

import pytest

from tests.procedure_house import decision, findings, found, house

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
