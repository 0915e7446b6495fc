"""What the law asks of meetings and reports: minutes, agendas, what is taken in private, papers."""

from __future__ import annotations

import pytest

from tests.procedure_house import EXCLUSION, decision, findings, found, house, late_item, meeting, resolution

# -- meetings -------------------------------------------------------------------------------------


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
        (
            "first-planning",
            "2018-04-18",
            [],
        ),  # by the body that took the place of the one that took its place
        ("round", "2018-04-18", ["MB515"]),  # whose successors come round to it, and not to this one
    ],
)
def test_minutes_are_approved_later_by_the_same_body(body: str, held_on: str, expected: list[str]) -> None:
    fields = "minutes_status: approved, approved_at: meetings/2019-11-planning"
    before = (
        "bodies/first-planning: {kind: committee, ended: 2018-05, succeeded_by: [bodies/old-planning]}\n"
        "bodies/round: {kind: committee, ended: 2018-05, succeeded_by: [bodies/about]}\n"
        "bodies/about: {kind: committee, ended: 2018-06, succeeded_by: [bodies/round]}\n"
    )

    assert found(house(before + meeting(fields, body=body, held_on=held_on))) == expected


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
        ("2002-09-25", "2002-10-01", ["MB516"]),
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


@pytest.mark.parametrize("area", ["W06000015", "S12000036"])
def test_agendas_are_published_beforehand_since_april_1986(area: str) -> None:
    late = "agenda_published: 1986-03-27"

    assert found(house(meeting(late, held_on="1986-04-01"), area=area)) == ["MB516"]
    assert found(house(meeting(late, held_on="1986-03-28"), area=area)) == []


def test_a_board_of_officers_and_a_parish_have_other_rules() -> None:
    late = "agenda_published: 2020-01-06"

    assert found(house(meeting(late, body="board"))) == []
    assert found(house(meeting(late, body="gone"))) == []
    assert found(house(meeting(late), kind="parish or town")) == []


def test_a_late_agenda_that_the_editor_speaks_of_is_a_fact() -> None:
    assert found(house(meeting("agenda_published: 2020-01-06, editor_note: The agenda came late."))) == []


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


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("The minutes record no exclusion.", []),
        ("Nobody resolved on it, so far as the minutes say.", []),
        ("It was taken in private session.", []),
        ("EXCLUDED, and no more is said.", []),
        ("A privately funded scheme; the conclusion is unresolved.", ["MB519"]),  # other words
    ],
)
def test_each_word_by_which_an_editor_explains_an_exclusion_is_enough(note: str, expected: list[str]) -> None:
    assert found(house(exempt_item(f"public_summary: not stated, editor_note: '{note}'"))) == expected


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
