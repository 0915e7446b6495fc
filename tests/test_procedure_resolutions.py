"""What the law asks of resolutions: votes by name, numbers of clauses, powers, and answers to scrutiny."""

from __future__ import annotations

import pytest

from minutebook.checks.procedure_numbers import can_follow, steps
from tests.procedure_house import ASKS, clause, decision, findings, found, house, resolution

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


def test_names_are_asked_for_on_the_very_day_on_which_the_standing_orders_changed() -> None:
    on_the_day = BUDGET.replace("2020-02-20", "2014-02-25")

    assert found(house(on_the_day + resolution(SETS_BUDGET))) == ["MB522"]


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


@pytest.mark.parametrize(("resolved_on", "expected"), [("2012-05-04", ["MB529"]), ("2012-05-03", [])])
def test_the_executive_answers_scrutiny_since_may_2012(resolved_on: str, expected: list[str]) -> None:
    asked = resolution(f"{ASKS}; resolved_on: {resolved_on}", item="scrutiny-1")

    assert found(house(asked, as_of="2020-06-01")) == expected


def test_two_months_from_the_end_of_december_is_the_end_of_february() -> None:
    asked = resolution(f"{ASKS}; resolved_on: 2019-12-31", item="scrutiny-1")

    assert found(house(asked, as_of="2020-02-29")) == []
    assert found(house(asked, as_of="2020-03-01")) == ["MB529"]
