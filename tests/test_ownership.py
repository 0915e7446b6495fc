"""Who answers for a project on a date: what an answer says, and the other questions of a history."""

from __future__ import annotations

import pytest

from minutebook.front_matter import read_fields_file
from minutebook.ownership import Status
from minutebook.records.project import Project
from minutebook.records.values import Ref
from minutebook.source import SourceFile
from minutebook.when import When
from tests.ledger import answers, ask, history_of, read_questions, shown
from tests.test_ownership_ledgers import LEDGERS

# -- what an answer says ------------------------------------------------------------------------

TOLD = """
    projects/p: {kind: programme}
    projects/q: {kind: project, parent: projects/p, began: 2018-06-01}
    transfers/1:
      kind: establish
      effective: {value: 2018-04-01, as_written: spring 2018}
      authorised_by: decisions/d
      moves: [{what: projects/p, to: bodies/a}]
      citations: [{source: sources/s, quote: all of it}]
    transfers/2:
      effective: 2020-01
      from: bodies/a
      moves:
      - {what: projects/p, to: bodies/b, citations: [{source: sources/s, quote: the programme}]}
    transfers/3: {kind: close, effective: 2021-01-01, from: bodies/b, moves: [{what: projects/p, closed: {into: business as usual, monitored_by: bodies/c}}]}
    transfers/4: {kind: close, effective: 2022-01-01, moves: [{what: projects/p, monitored_by: bodies/d}]}
    statements/x: {disputes: [transfers/2]}
    statements/y: {disputes: [transfers/2, transfers/1]}
"""


def test_an_answer_says_since_when_by_which_transfer_and_on_whose_authority() -> None:
    [one] = ask(history_of(TOLD), "p", "2019").possible

    assert (one.status, one.holder) == (Status.HELD, "ambledown/bodies/a")
    assert (one.transfer, one.authority) == ("ambledown/transfers/1", "ambledown/decisions/d")
    assert one.since is not None
    assert one.since.display() == "spring 2018"
    assert one.via == "ambledown/projects/p"
    assert [citation.quote for citation in one.citations] == ["all of it"]


def test_the_receipt_of_a_move_comes_before_that_of_its_transfer() -> None:
    answer = ask(history_of(TOLD), "p", "2020-01-15")

    assert [citation.quote for citation in answer.citations] == ["all of it", "the programme"]


@pytest.mark.parametrize(
    ("of_the_move", "quote"),
    [("", "all of it"), (", citations: [{source: sources/s, quote: the programme}]", "the programme")],
)
def test_what_is_not_yet_begun_has_the_receipt_of_its_beginning(of_the_move: str, quote: str) -> None:
    history = history_of(
        f"""
        projects/p: {{kind: project}}
        transfers/1:
          kind: establish
          effective: 2018
          citations: [{{source: sources/s, quote: all of it}}]
          moves: [{{what: projects/p, to: bodies/a{of_the_move}}}]
        """
    )
    answer = ask(history, "p", "2017")

    assert (answer.status, [one.quote for one in answer.citations]) == (Status.NOT_BEGUN, [quote])


def test_a_part_is_held_through_its_programme_and_since_it_began() -> None:
    first, second = (ask(history_of(TOLD), "q", on).possible[0] for on in ("2019", "2020-06"))

    assert first.via == second.via == "ambledown/projects/p"
    assert first.since is not None
    assert first.since.value == "2018-06-01"
    assert second.since is not None
    assert second.since.value == "2020-01"


def test_what_has_ended_did_so_when_it_was_closed_and_not_when_its_watching_passed_on() -> None:
    [one] = ask(history_of(TOLD), "p", "2022-06").possible

    assert (one.monitored_by, one.into) == ("ambledown/bodies/d", "business as usual")
    assert one.since is not None
    assert one.since.value == "2021-01-01"
    assert one.transfer == "ambledown/transfers/4"


def test_what_is_watched_and_was_never_closed_has_been_so_since_its_watching_passed_on() -> None:
    history = history_of(
        """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019, from: bodies/a, moves: [{what: projects/p, monitored_by: bodies/b}]}
        """
    )
    [one] = ask(history, "p", "2020").possible

    assert (shown(one), one.into) == ("ended watched by b", None)
    assert one.since is not None
    assert one.since.value == "2019"


def test_the_later_of_two_beginnings_is_as_open_as_they_leave_it() -> None:
    history = history_of(
        """
        projects/p: {kind: programme}
        projects/q: {kind: project, parent: projects/p, began: 2019/2021}
        transfers/1: {kind: establish, effective: 2018/.., moves: [{what: projects/p, to: bodies/a}]}
        """
    )
    [_, one] = ask(history, "q", "2022").possible

    assert shown(one) == "held a"
    assert one.since is not None
    assert one.since.value == "2019-01-01/.."


def test_the_status_is_uncertain_where_status_or_holder_differ_and_only_there() -> None:
    history = history_of(TOLD)

    assert ask(history, "p", "2020-01-15").status is Status.UNCERTAIN
    assert ask(history, "p", "2018").status is Status.UNCERTAIN
    assert ask(history, "p", "2021/2022").status is Status.ENDED, "who watches may differ"
    assert ask(history, "p", "2020-01-15").holders == ("ambledown/bodies/a", "ambledown/bodies/b")
    assert ask(history, "p", "2017").holders == ()


def test_rival_accounts_are_named_once_for_what_they_dispute() -> None:
    history = history_of(TOLD)

    assert ask(history, "p", "2021-06").disputed_by == ()
    assert ask(history, "p", "2019").disputed_by == ("ambledown/statements/y",)
    assert ask(history, "p", "2020-01-15").disputed_by == ("ambledown/statements/y", "ambledown/statements/x")


def test_an_order_that_nothing_tells_is_kept_for_the_checks() -> None:
    history = history_of(
        """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2019, from: bodies/a, moves: [{what: projects/p, to: bodies/c}]}
        """
    )
    [project] = history.kb.of(Project)

    [(first, second)] = history.chain(project).unordered

    assert (first.transfer.id.slug, second.transfer.id.slug) == ("2", "3")


# -- other questions ----------------------------------------------------------------------------

SPLIT = read_questions(LEDGERS["a split gives to several, closes, and declares what nobody received"])[0]


def test_a_body_holds_what_it_received_and_its_parts_until_they_are_taken() -> None:
    history = history_of(SPLIT)

    def held(body: str, on: str) -> tuple[list[str], list[str]]:
        certain, possible = history.holdings(Ref(f"ambledown/bodies/{body}"), When.parse(on))
        return [one.slug for one in certain], [one.slug for one in possible]

    assert held("a", "2019") == (["p", "q", "r", "s"], [])
    assert held("a", "2018") == ([], ["p", "q", "r", "s"])
    assert held("a", "2020-01-07") == ([], [])
    assert held("b", "2020-01-07") == (["q"], [])
    assert held("b", "2020-01") == ([], ["q"])
    assert held("c", "2020-01-07") == ([], []), "to watch is not to hold"
    assert [project.id.slug for project in history.ever_held(Ref("ambledown/bodies/a"))] == [
        "p",
        "q",
        "r",
        "s",
    ]
    assert history.ever_held(Ref("ambledown/bodies/nobody")) == ()


def test_transfers_are_told_in_the_order_of_their_dates() -> None:
    history = history_of(
        """
        projects/p: {kind: project}
        transfers/a: {effective: 2020, moves: [{what: projects/p, to: bodies/a}]}
        transfers/b: {effective: 2019-06, moves: [{what: projects/p, to: bodies/a}]}
        transfers/c: {effective: ../2019, moves: [{what: projects/p, to: bodies/a}]}
        transfers/d: {effective: 2019, moves: [{what: projects/p, to: bodies/a}]}
        """
    )

    assert [transfer.id.slug for transfer in history.changes()] == ["c", "d", "b", "a"]


def test_stretches_run_from_the_beginning_to_the_end_of_time() -> None:
    history = history_of(TOLD)
    [project] = (one for one in history.kb.of(Project) if one.id.slug == "p")

    assert [
        (str(one.first), str(one.last), " | ".join(map(shown, one.answer.possible)))
        for one in history.stretches(project)
    ] == [
        ("None", "2018-03-31", "not-begun"),
        ("2018-04-01", "2019-12-31", "held a"),
        ("2020-01-01", "2020-01-30", "held a | held b"),
        ("2020-01-31", "2020-12-31", "held b"),
        ("2021-01-01", "2021-12-31", "ended watched by c"),
        ("2022-01-01", "None", "ended watched by d"),
    ]


def test_a_project_without_transfers_has_one_stretch() -> None:
    history = history_of("projects/p: {kind: project}")
    [project] = history.kb.of(Project)

    [stretch] = history.stretches(project)

    assert (stretch.first, stretch.last, stretch.answer.status) == (None, None, Status.GAP)


def test_a_chain_of_a_thousand_parts_has_an_answer() -> None:
    parts = "\n".join(f"projects/p{n}: {{kind: project, parent: projects/p{n - 1}}}" for n in range(1, 1_000))
    fields, findings = read_fields_file(SourceFile("ledger.yml", parts))
    assert fields is not None
    assert not findings

    first = "projects/p0: {kind: programme}\ntransfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p0, to: bodies/a}]}\n"
    assert answers(history_of(first + parts), "p999", "2019") == "held a"
