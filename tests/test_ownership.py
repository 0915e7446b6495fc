"""Who answers for a project on a date: small ledgers of transfers, and what must hold of every ledger.

A ledger is written as records are; each question below it is a project and a date, each answer what
the sources allow, in the order in which it would come about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from inspect import cleandoc
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, event, example, given, settings
from hypothesis import strategies as st

from minutebook.front_matter import read_fields_file
from minutebook.knowledge_base import KnowledgeBase
from minutebook.ownership import Ownership, OwnershipHistory, Possibility, Status
from minutebook.records import BY_FOLDER
from minutebook.records.base import Record
from minutebook.records.project import Project
from minutebook.records.values import Ref
from minutebook.source import SourceFile
from minutebook.when import When
from tests.helpers import knowledge_base

UNTIMED = settings(deadline=None)  # a slow machine is no defect


def history_of(ledger: str) -> OwnershipHistory:
    """The history that a ledger tells."""
    return OwnershipHistory(knowledge_base(ledger))


def ask(history: OwnershipHistory, project: str, on: str) -> Ownership:
    """The answer for a project of Ambledown on a date."""
    found = history.kb.get(f"ambledown/projects/{project}", Project)
    assert found is not None, f"no project {project} in the ledger"
    return history.owner(found, When.parse(on))


def shown(possibility: Possibility) -> str:
    """A possibility in words."""
    words = [possibility.status.value]
    if possibility.holder is not None:
        words.append(possibility.holder.slug)
    if possibility.monitored_by is not None:
        words.append(f"watched by {possibility.monitored_by.slug}")
    return " ".join(words)


def answers(history: OwnershipHistory, project: str, on: str) -> str:
    """The possibilities for a project on a date, in words."""
    return " | ".join(map(shown, ask(history, project, on).possible))


# -- ledgers ------------------------------------------------------------------------------------

LEDGERS = {
    "what is established is held from that day on": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-04-01, moves: [{what: projects/p, to: bodies/a}]}
        --
        p 2018-03-31: not-begun
        p 2018-04-01: held a
        p 2030: held a
        p 2018-03-31/2018-04-01: not-begun | held a
        p 2018: not-begun | held a
        p ../2018-03-31: not-begun
        p 2018-04-01/..: held a
        p [2018-03-01, 2018-03-31]: not-begun
        p [2018-03-01, 2018-05-01]: not-begun | held a
    """,
    "a transfer passes a project on, and the giver held it the day before": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-04-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2020-01-15, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2021-01-15, from: bodies/b, moves: [{what: projects/p, to: bodies/a}]}
        --
        p 2020-01-14: held a
        p 2020-01-15: held b
        p 2020: held a | held b
        p 2021-01-14: held b
        p 2021-01-15: held a
        p 2018-01/2022: not-begun | held a | held b | held a
    """,
    "a date that is a month leaves the owner open within it, and not outside": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2020-01, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        --
        p 2017-12-31: not-begun
        p 2018-01-01: not-begun | held a
        p 2018-12-30: not-begun | held a
        p 2018-12-31: held a
        p 2019-12-31: held a
        p 2020-01-01: held a | held b
        p 2020-01-30: held a | held b
        p 2020-01-31: held b
    """,
    "a date with an open end leaves the owner open for ever": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: ../2018-04, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2020-01/.., from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        --
        p 0001-01-01: not-begun | held a
        p 2018-04-29: not-begun | held a
        p 2018-04-30: held a
        p 2019-12-31: held a
        p 2020-01-01: held a | held b
        p 9999-12-31: held a | held b
    """,
    "a date that is one of two leaves the owner open from the first until the second": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-04-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: [2019-03-27, 2019-04-10], from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        --
        p 2019-03-26: held a
        p 2019-03-27: held a | held b
        p 2019-04-09: held a | held b
        p 2019-04-10: held b
    """,
    "a split gives to several, closes, and declares what nobody received": """
        projects/p: {kind: programme}
        projects/q: {kind: project, parent: projects/p}
        projects/r: {kind: project, parent: projects/p}
        projects/s: {kind: project, parent: projects/p}
        transfers/1: {kind: establish, effective: 2018-04-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2:
          kind: split
          effective: 2020-01-07
          from: bodies/a
          moves:
          - {what: projects/p, closed: {into: discontinued}}
          - {what: projects/q, to: bodies/b}
          - {what: projects/r, gap: The report does not say.}
          - {what: projects/s, closed: {into: business as usual, monitored_by: bodies/c}}
        --
        p 2020-01-07: ended
        q 2020-01-06: held a
        q 2020-01-07: held b
        r 2020-01-07: gap
        s 2020-01-07: ended watched by c
    """,
    "a part follows what it is part of until a transfer names it, and no longer": """
        projects/p: {kind: programme}
        projects/q: {kind: project, parent: projects/p}
        projects/r: {kind: project, parent: projects/q}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019-01-01, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2020-01-01, from: bodies/b, moves: [{what: projects/q, to: bodies/c}]}
        transfers/4: {effective: 2021-01-01, from: bodies/b, moves: [{what: projects/p, to: bodies/d}]}
        transfers/5: {effective: 2022-01-01, from: bodies/c, moves: [{what: projects/q, to: bodies/e}]}
        --
        p 2018-06: held a
        q 2018-06: held a
        r 2018-06: held a
        q 2019-06: held b
        r 2019-06: held b
        p 2020-06: held b
        q 2020-06: held c
        r 2020-06: held c
        p 2021-06: held d
        q 2021-06: held c
        r 2021-06: held c
        r 2022-06: held e
    """,
    "a part that is established itself has not begun before, whatever its programme did": """
        projects/p: {kind: programme}
        projects/q: {kind: project, parent: projects/p}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {kind: establish, effective: 2019-01-01, moves: [{what: projects/q, to: bodies/b}]}
        --
        q 2018-12-31: not-begun
        q 2019-01-01: held b
    """,
    "a part whose beginning is known has not begun before it": """
        projects/p: {kind: programme}
        projects/q: {kind: project, parent: projects/p, began: 2019-01-01}
        projects/r: {kind: project, parent: projects/p, began: 2019-06}
        projects/s: {kind: project, parent: projects/p, began: ../2019-11}
        projects/t: {kind: project, parent: projects/p, began: 2019/..}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019-06-15, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        --
        q 2018-12-31: not-begun
        q 2019-01-01: held a
        q 2018-12/2019-01: not-begun | held a
        r 2019-05-31: not-begun
        r 2019-06-01: not-begun | held a
        r 2019-06-20: not-begun | held b
        r 2019-06-30: held b
        s 2017: not-begun
        s 2018-06: not-begun | held a
        s 2019-11-30: held b
        t 2018: not-begun
        t 2030: not-begun | held b
    """,
    "a merger and a renaming pass on what the givers held": """
        projects/p: {kind: project}
        projects/q: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}, {what: projects/q, to: bodies/b}]}
        transfers/2: {kind: merge, effective: 2019-01-01, from: [bodies/a, bodies/b], moves: [{what: projects/p, to: bodies/c}, {what: projects/q, to: bodies/c}]}
        transfers/3: {kind: rename, effective: 2020-01-01, from: bodies/c, moves: [{what: projects/p, to: bodies/d}, {what: projects/q, to: bodies/d}]}
        transfers/4: {kind: replace, effective: 2021-01-01, from: bodies/d, moves: [{what: projects/p, to: bodies/e}, {what: projects/q, to: bodies/e}]}
        --
        p 2018-12-31: held a
        q 2018-12-31: held b
        p 2019-01-01: held c
        q 2019-01-01: held c
        p 2020-01-01: held d
        q 2021-01-01: held e
    """,
    "what is closed has ended, its watching can pass on, and it can be reopened": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {kind: close, effective: 2019-01-01, from: bodies/a, moves: [{what: projects/p, closed: {into: business as usual, monitored_by: bodies/b}}]}
        transfers/3: {kind: close, effective: 2019-07-01, moves: [{what: projects/p, monitored_by: bodies/c}]}
        transfers/4: {kind: reopen, effective: 2020-01-01, moves: [{what: projects/p, to: bodies/d}]}
        --
        p 2018-12-31: held a
        p 2019-01-01: ended watched by b
        p 2019-06/2019-07: ended watched by b | ended watched by c
        p 2019-07-01: ended watched by c
        p 2020-01-01: held d
    """,
    "a gap ends when somebody receives the project": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, gap: Nobody is named.}]}
        transfers/2: {effective: 2019-01-01, moves: [{what: projects/p, to: bodies/a}]}
        --
        p 2017: not-begun
        p 2018: gap
        p 2019: held a
    """,
    "transfers of one year are put in order by who gave to whom": """
        projects/p: {kind: project}
        transfers/z: {kind: establish, effective: 2020, moves: [{what: projects/p, to: bodies/a}]}
        transfers/y: {effective: 2020, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/x: {effective: 2020, from: bodies/b, moves: [{what: projects/p, to: bodies/c}]}
        --
        p 2019: not-begun
        p 2020-06-15: not-begun | held a | held b | held c
        p 2020-12-31: held c
    """,
    "transfers whose dates overlap narrow each other": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019/2020, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2020-03, from: bodies/b, moves: [{what: projects/p, to: bodies/c}]}
        --
        p 2019-06-01: held a | held b
        p 2020-02-29: held a | held b
        p 2020-03-01: held a | held b | held c
        p 2020-03-31: held c
    """,
    "a transfer cannot come before the one that gave the project to its giver": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2020-03, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2019/2020, from: bodies/b, moves: [{what: projects/p, to: bodies/c}]}
        --
        p 2019-06-01: held a
        p 2020-02-29: held a
        p 2020-03-01: held a | held b | held c
        p 2020-04-01: held b | held c
        p 2020-12-31: held c
    """,
    "what is watched was closed before, in whatever order the files stand": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/3: {kind: close, effective: 2019, from: bodies/a, moves: [{what: projects/p, closed: {into: business as usual}}]}
        transfers/2: {kind: split, effective: 2019-06-01, from: bodies/a, moves: [{what: projects/p, monitored_by: bodies/b}, {what: projects/q, to: bodies/b}]}
        --
        p 2019-05-31: held a | ended
        p 2019-06-01: ended watched by b
    """,
    "what was closed is reopened and moved on in one year, in whatever order the files stand": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/z: {kind: close, effective: 2019, from: bodies/a, moves: [{what: projects/p, closed: {into: discontinued}}]}
        transfers/y: {kind: reopen, effective: 2019, moves: [{what: projects/p, to: bodies/b}]}
        transfers/x: {effective: 2019, from: bodies/b, moves: [{what: projects/p, to: bodies/c}]}
        --
        p 2018-12-31: held a
        p 2019-06-01: held a | ended | held b | held c
        p 2019-12-31: held c
    """,
    "two transfers of one day leave the project where the second put it": """
        projects/p: {kind: project}
        transfers/2: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/1: {effective: 2018-01-01, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        --
        p 2017-12-31: not-begun
        p 2018-01-01: held b
    """,
    "of two moves of one project by one transfer the first counts": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}, {what: projects/p, to: bodies/b}]}
        --
        p 2018: held a
    """,
    "a project that no transfer names, nor what it is part of, is a gap": """
        projects/p: {kind: project}
        projects/q: {kind: project, parent: projects/nowhere}
        projects/r: {kind: project, parent: projects/q, began: 2018-01-01}
        --
        p 2018: gap
        p ../2018: gap
        q 2018: gap
        r 2017: not-begun
        r 2018: gap
    """,
    "of two transfers of one year from one body either may have been the last": """
        projects/p: {kind: project}
        projects/q: {kind: project, parent: projects/p}
        transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2019, from: bodies/a, moves: [{what: projects/p, to: bodies/c}]}
        transfers/4: {effective: 2021-01-01, from: bodies/b, moves: [{what: projects/p, to: bodies/d}]}
        --
        p 2018-12-31: held a
        p 2019-06: held a | held b | held c
        p 2020: held b | held c
        q 2020: held b | held c
        p 2021: held d
        q 2021: held d
    """,
    "two transfers in no certain order do not narrow each other": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019-03/2019-06, from: bodies/x, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2019-05/2019-09, from: bodies/y, moves: [{what: projects/p, to: bodies/c}]}
        --
        p 2019-02: held a
        p 2019-04: held a | held b
        p 2019-05-01: held a | held b | held c
        p 2019-06-30: held b | held c
        p 2020: held b | held c
    """,
    "of two transfers of one day from one body either may have been the last": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019-01-01, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2019-01-01, from: bodies/a, moves: [{what: projects/p, to: bodies/c}]}
        --
        p 2018-12-31: held a
        p 2019-01-01: held b | held c
        p 2020: held b | held c
    """,
    "a part may be taken from its programme at either of two times at which the giver held it": """
        projects/p: {kind: programme}
        projects/q: {kind: project, parent: projects/p}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019-03-01, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2019-06-01, from: bodies/b, moves: [{what: projects/p, to: bodies/a}]}
        transfers/4: {effective: 2019, from: bodies/a, moves: [{what: projects/q, to: bodies/c}]}
        --
        q 2018: held a
        q 2019-02: held a | held c
        q 2019-04: held b | held c
        q 2019-12-31: held c
    """,
    "projects that are part of each other have an answer, but none from each other": """
        projects/p: {kind: project, parent: projects/q}
        projects/q: {kind: project, parent: projects/p}
        projects/r: {kind: project, parent: projects/r}
        projects/s: {kind: project, parent: projects/q}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/q, to: bodies/a}]}
        --
        p 2018: gap
        q 2018: held a
        r 2018: gap
        s 2018: held a
    """,
    "a part that was named on the day its programme moved stays where it was put": """
        projects/p: {kind: programme}
        projects/q: {kind: project, parent: projects/p}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {kind: split, effective: 2019-01-01, from: bodies/a, moves: [{what: projects/p, to: bodies/b}, {what: projects/q, to: bodies/c}]}
        transfers/3: {effective: 2020-01-01, from: bodies/b, moves: [{what: projects/p, to: bodies/d}]}
        --
        q 2018: held a
        q 2019: held c
        q 2020: held c
    """,
    "a part that is taken from where its programme went followed it there": """
        projects/p: {kind: programme}
        projects/q: {kind: project, parent: projects/p}
        projects/r: {kind: project, parent: projects/p}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2019-06, from: bodies/b, moves: [{what: projects/q, to: bodies/c}]}
        transfers/4: {effective: 2019-06, from: bodies/a, moves: [{what: projects/r, to: bodies/c}]}
        --
        q 2019-05-31: held a | held b
        q 2019-06-30: held c
        r 2019-05-31: held a
        r 2019-06-30: held c
    """,
}


def read_questions(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """A ledger, and its questions: the project, the date, the answer."""
    ledger, _, questions = cleandoc(text).partition("\n--\n")
    rows = [line.rpartition(": ") for line in questions.splitlines()]
    return ledger, [(asked.split(" ", 1)[0], asked.split(" ", 1)[1], answer) for asked, _, answer in rows]


@pytest.mark.parametrize("text", [pytest.param(text, id=sentence) for sentence, text in LEDGERS.items()])
def test_the_owner_is_what_the_ledger_says(text: str) -> None:
    ledger, questions = read_questions(text)
    history = history_of(ledger)

    assert questions
    for project, on, answer in questions:
        assert answers(history, project, on) == answer, f"{project} {on}"


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


# -- laws ---------------------------------------------------------------------------------------

FIRST, LAST = date(2019, 1, 1), date(2019, 3, 31)
DAYS = st.dates(FIRST, LAST)
BODIES = st.sampled_from([f"bodies/{name}" for name in "abcd"])
PROJECTS = [f"projects/{name}" for name in "pqrs"]


def between(first: date | None, last: date | None) -> str:
    """The value of a date that lies between two days, either of which may be open."""
    if first == last and first is not None:
        return first.isoformat()
    return f"{first or '..'}/{last or '..'}"


@st.composite
def whens(draw: st.DrawFn) -> str:
    """A day, a span, a span with an open end, or one of several days."""
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=3, unique=True)))
    kind = draw(st.sampled_from(["span", "span", "open before", "open after", "set"]))
    if kind == "set" and len(days) > 1:
        return f"[{', '.join(day.isoformat() for day in days)}]"
    first = None if kind == "open before" else days[0]
    return between(first, None if kind == "open after" else days[-1])


def record(record_id: str, fields: dict[str, Any]) -> Record:
    """A record of Ambledown from its fields."""
    ref = Ref.parse(record_id, "ambledown")
    model = BY_FOLDER[ref.folder].model_validate(
        {"title": ref.slug, **fields}, context={"council": "ambledown"}
    )
    return model.placed(ref, SourceFile(f"kb/{ref}.md", ""), "", 1)


def destinations() -> st.SearchStrategy[dict[str, Any]]:
    """Where a move goes."""
    return st.one_of(
        BODIES.map(lambda body: {"to": body}),
        BODIES.map(lambda body: {"to": body}),
        st.just({"gap": "Nobody is named."}),
        st.just({"closed": {"into": "discontinued"}}),
        BODIES.map(lambda body: {"closed": {"into": "business as usual", "monitored_by": body}}),
        BODIES.map(lambda body: {"monitored_by": body}),
    )


@st.composite
def knowledge_bases(draw: st.DrawFn) -> KnowledgeBase:
    """Any projects, part of each other in any way, any bodies and any transfers: most make no sense."""
    records = []
    for body in "abc":
        life = {name: draw(whens()) for name in ("established", "ended") if draw(st.integers(0, 3)) == 0}
        records.append(
            record(
                f"bodies/{body}", {"kind": draw(st.sampled_from(["programme board", "workstream"])), **life}
            )
        )
    for project in PROJECTS:
        fields: dict[str, Any] = {"kind": "project"}
        if draw(st.booleans()):
            fields["parent"] = draw(st.sampled_from([*PROJECTS, "projects/nowhere"]))
        if draw(st.integers(0, 2)) == 0:
            fields["began"] = draw(whens())
        records.append(record(project, fields))
    for number in range(draw(st.integers(0, 6))):
        moves = draw(st.lists(st.tuples(st.sampled_from(PROJECTS), destinations()), min_size=1, max_size=3))
        kinds = [
            "establish",
            "establish",
            "transfer",
            "split",
            "merge",
            "replace",
            "rename",
            "close",
            "reopen",
        ]
        fields = {
            "kind": draw(st.sampled_from(kinds)),
            "effective": draw(whens()),
            "authorised_by": None,
            "from": draw(st.lists(BODIES, max_size=2, unique=True)),
            "moves": [{"what": what, **destination} for what, destination in moves],
        }
        records.append(record(f"transfers/{number}", fields))
    return KnowledgeBase(records)


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


@UNTIMED
@given(knowledge_bases(), whens())
def test_every_project_has_an_answer_on_every_date(kb: KnowledgeBase, on: str) -> None:
    history = OwnershipHistory(kb)
    for project in kb.of(Project):
        answer = history.owner(project, When.parse(on))

        assert answer.possible
        assert len(set(answer.possible)) == len(answer.possible)
        for one in answer.possible:
            assert (one.status is Status.HELD) == (one.holder is not None)
            assert one.status not in (Status.UNCERTAIN, Status.WITHHELD)
            assert one.monitored_by is None or one.status is Status.ENDED


@UNTIMED
@given(knowledge_bases(), whens())
def test_nobody_is_a_certain_owner_beside_another(kb: KnowledgeBase, on: str) -> None:
    history = OwnershipHistory(kb)
    when = When.parse(on)
    holding: dict[Ref, list[Ref]] = {}
    for body in {move.to for transfer in history.changes() for move in transfer.moves if move.to is not None}:
        certain, possible = history.holdings(body, when)
        assert not set(certain) & set(possible)
        for held in certain:
            holding.setdefault(held, []).append(body)

    assert all(len(bodies) == 1 for bodies in holding.values())
    for project in kb.of(Project):
        answer = history.owner(project, when)
        if answer.status is Status.HELD:
            assert answer.holders == tuple(holding[project.id])
        else:
            assert project.id not in holding


@UNTIMED
@given(knowledge_bases(), whens())
def test_a_wide_date_asks_of_each_of_its_days(kb: KnowledgeBase, on: str) -> None:
    history = OwnershipHistory(kb)
    when = When.parse(on)
    days = [
        day
        for r in when.ranges
        for day in days_from(r.first or FIRST - timedelta(7), r.last or LAST + timedelta(7))
    ]
    for project in kb.of(Project):
        on_some_day = {
            one for day in days for one in history.owner(project, When.parse(day.isoformat())).possible
        }

        assert set(history.owner(project, when).possible) == on_some_day


@UNTIMED
@given(knowledge_bases())
def test_stretches_agree_with_the_owner_on_every_day(kb: KnowledgeBase) -> None:
    history = OwnershipHistory(kb)
    for project in kb.of(Project):
        stretches = history.stretches(project)

        assert stretches[0].first is None
        assert stretches[-1].last is None
        for earlier, later in pairwise(stretches):
            assert earlier.last is not None
            assert later.first == earlier.last + timedelta(days=1)
            assert earlier.answer.possible != later.answer.possible
        for day in days_from(FIRST - timedelta(3), LAST + timedelta(3)):
            [answer] = [s.answer for s in stretches if (s.first or date.min) <= day <= (s.last or date.max)]
            assert answer.possible == history.owner(project, When.parse(day.isoformat())).possible, day


@UNTIMED
@given(knowledge_bases(), st.permutations(PROJECTS))
def test_the_answers_do_not_depend_on_what_was_asked_before(kb: KnowledgeBase, order: Sequence[str]) -> None:
    asked, fresh = OwnershipHistory(kb), OwnershipHistory(kb)
    for name in order:
        project = kb.get(f"ambledown/{name}", Project)
        assert project is not None
        asked.stretches(project)
    for project in kb.of(Project):
        assert asked.stretches(project) == fresh.stretches(project)


# What really happened, and what the sources leave of it.


@dataclass(frozen=True)
class Happened:
    """A transfer that really took place on `day`; a source says that it was between two days."""

    day: date
    earliest: date
    latest: date
    kind: str
    givers: tuple[str, ...]
    destination: dict[str, Any]

    def as_record(self, number: int) -> Record:
        """The transfer as a record."""
        fields = {
            "kind": self.kind,
            "effective": between(self.earliest, self.latest),
            "authorised_by": None,
            "from": list(self.givers),
            "moves": [{"what": "projects/p", **self.destination}],
        }
        return record(f"transfers/{number}", fields)

    @property
    def leaves(self) -> str:
        """What it leaves the project as."""
        if "to" in self.destination:
            return f"held {self.destination['to'].removeprefix('bodies/')}"
        return "gap" if "gap" in self.destination else "ended"


def wider(draw: st.DrawFn, day: date, first: date, last: date) -> tuple[date, date]:
    """Two days between which a day lies, no further out than the first and the last."""
    return draw(st.dates(first, day)), draw(st.dates(day, last))


@st.composite
def true_histories(draw: st.DrawFn) -> tuple[Happened, ...]:
    """What happened to one project, one thing a day, with dates as wide as a source may leave them."""
    happened = []
    kind, givers = "establish", tuple[str, ...]()
    ways: list[dict[str, Any]] = [{"to": f"bodies/{name}"} for name in "abcd"]
    ways += [{"gap": "Nobody is named."}, {"closed": {"into": "discontinued"}}]
    state: dict[str, Any] | None = None
    for day in sorted(draw(st.lists(DAYS, min_size=1, max_size=6, unique=True))):
        if state is None:
            state = draw(st.sampled_from(ways[:-1]))
        elif "closed" in state:
            kind, givers, state = "reopen", (), {"to": draw(BODIES)}
        else:
            kind, givers = "transfer", ((state["to"],) if "to" in state else ())
            state = draw(st.sampled_from([way for way in ways if way != state]))
            kind = "close" if "closed" in state else kind
        assert state is not None
        happened.append(Happened(day, *wider(draw, day, FIRST, LAST), kind, givers, state))
    return tuple(happened)


def told(happened: Sequence[Happened]) -> tuple[OwnershipHistory, Project]:
    """The history of the one project, as the sources tell it."""
    project = record("projects/p", {"kind": "project"})
    kb = KnowledgeBase([project, *(one.as_record(number) for number, one in enumerate(happened))])
    assert isinstance(project, Project)
    return OwnershipHistory(kb), project


def plainly(answer: Ownership) -> set[str]:
    """The possibilities as status and holder alone."""
    return {f"{one.status} {one.holder.slug}" if one.holder else one.status.value for one in answer.possible}


@UNTIMED
@given(true_histories())
def test_what_really_was_is_among_the_possibilities(happened: tuple[Happened, ...]) -> None:
    history, project = told(happened)
    event(
        f"{len(happened)} transfers" + (", in no certain order" if history.chain(project).unordered else "")
    )
    for day in days_from(FIRST - timedelta(1), LAST + timedelta(1)):
        so_far = [one for one in happened if one.day <= day]
        truth = so_far[-1].leaves if so_far else "not-begun"

        assert truth in plainly(history.owner(project, When.parse(day.isoformat()))), day


@UNTIMED
@given(true_histories(), st.data())
@example(
    (
        Happened(date(2019, 1, 1), FIRST, date(2019, 1, 1), "establish", (), {"to": "bodies/a"}),
        Happened(date(2019, 2, 1), FIRST, LAST, "transfer", ("bodies/a",), {"to": "bodies/b"}),
    ),
    None,
)
def test_narrowing_a_date_never_changes_a_certain_answer_nor_adds_a_possible_one(
    happened: tuple[Happened, ...], data: st.DataObject | None
) -> None:
    def narrowed(one: Happened) -> Happened:
        if data is None:
            return Happened(one.day, one.day, one.day, one.kind, one.givers, one.destination)
        earliest, latest = (
            data.draw(st.dates(one.earliest, one.day)),
            data.draw(st.dates(one.day, one.latest)),
        )
        return Happened(one.day, earliest, latest, one.kind, one.givers, one.destination)

    wide, project = told(happened)
    narrow, _ = told([narrowed(one) for one in happened])
    for day in days_from(FIRST - timedelta(1), LAST + timedelta(1)):
        before, after = (h.owner(project, When.parse(day.isoformat())) for h in (wide, narrow))
        assert plainly(after) <= plainly(before), day
        if before.status is not Status.UNCERTAIN:
            assert (after.status, after.holders) == (before.status, before.holders), day


@UNTIMED
@given(true_histories())
def test_dates_that_are_single_days_leave_nothing_uncertain(happened: tuple[Happened, ...]) -> None:
    exact = [Happened(one.day, one.day, one.day, one.kind, one.givers, one.destination) for one in happened]
    history, project = told(exact)

    assert not history.chain(project).unordered
    for day in days_from(FIRST - timedelta(1), LAST + timedelta(1)):
        assert len(history.owner(project, When.parse(day.isoformat())).possible) == 1


@UNTIMED
@given(true_histories(), DAYS, st.data())
def test_a_part_that_was_taken_from_its_programme_was_with_it_before(
    happened: tuple[Happened, ...], day: date, data: st.DataObject
) -> None:
    """The programme's dates are known; when its part was taken from it, the sources leave open."""
    assume(day not in {one.day for one in happened})
    before = [one for one in happened if one.day < day]
    holder = before[-1].destination.get("to") if before else None
    assume(holder is not None)
    earliest, latest = data.draw(st.dates(FIRST, day)), data.draw(st.dates(day, LAST))
    exact = [Happened(one.day, one.day, one.day, one.kind, one.givers, one.destination) for one in happened]
    project, part = (
        record("projects/p", {"kind": "programme"}),
        record("projects/q", {"kind": "project", "parent": "projects/p"}),
    )
    taken = record(
        "transfers/taken",
        {
            "kind": "transfer",
            "effective": between(earliest, latest),
            "authorised_by": None,
            "from": [holder],
            "moves": [{"what": "projects/q", "to": "bodies/z"}],
        },
    )
    history = OwnershipHistory(
        KnowledgeBase([project, part, taken, *(one.as_record(n) for n, one in enumerate(exact))])
    )
    assert isinstance(part, Project)
    for asked in days_from(FIRST, LAST):
        so_far = [one for one in happened if one.day <= asked]
        truth = "held z" if asked >= day else so_far[-1].leaves if so_far else "not-begun"

        assert truth in plainly(history.owner(part, When.parse(asked.isoformat()))), asked
