"""Who answers for a project on a date: small ledgers of transfers.

Each question below a ledger is a project and a date, each answer what the sources allow, in the order in
which it would come about.
"""

from __future__ import annotations

import pytest

from tests.ledger import answers, history_of, read_questions

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
        p 2019-06: held a | held c | held b
        p 2020: held c | held b
        q 2020: held c | held b
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
    "what followed tells the order of what came before": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {kind: merge, effective: 2019, from: [bodies/a, bodies/c], moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {kind: merge, effective: 2019, from: [bodies/a, bodies/b], moves: [{what: projects/p, to: bodies/c}]}
        transfers/4: {effective: 2021-01-01, from: bodies/b, moves: [{what: projects/p, to: bodies/d}]}
        --
        p 2019-06: held a | held c | held b
        p 2020: held b
        p 2021: held d
    """,
    "what followed tells the order of two transfers that state no giver": """
        projects/p: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019, from: not stated, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2019, from: not stated, moves: [{what: projects/p, to: bodies/c}]}
        transfers/4: {effective: 2021-01-01, from: bodies/b, moves: [{what: projects/p, to: bodies/d}]}
        --
        p 2019-06: held a | held c | held b
        p 2020: held b
    """,
    "a part that is taken from a body that never held it is taken from where its programme was first": """
        projects/p: {kind: programme}
        projects/q: {kind: project, parent: projects/p}
        transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2: {effective: 2019-06, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        transfers/3: {effective: 2019-06, from: bodies/x, moves: [{what: projects/q, to: bodies/c}]}
        --
        p 2019-06-15: held a | held b
        q 2019-06-15: held a | held c
        q 2019-06-30: held c
    """,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=sentence) for sentence, text in LEDGERS.items()])
def test_the_owner_is_what_the_ledger_says(text: str) -> None:
    ledger, questions = read_questions(text)
    history = history_of(ledger)

    assert questions
    for project, on, answer in questions:
        assert answers(history, project, on) == answer, f"{project} {on}"
