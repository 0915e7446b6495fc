"""Mutation testing itself: which faults there are, that each is one, and that a reason is known for what survives."""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import mutation_report
from benchmarks.mutation import modules_to_mutate
from benchmarks.mutation_operators import mutants_of
from benchmarks.mutation_report import (
    Outcome,
    Result,
    Run,
    Tried,
    keep_results,
    print_results,
    read_results,
    reasons,
    write_page,
)

SOURCE = '''
"""A docstring is left alone."""
LIMIT = 3
@decorated(1)
def f(a: int = 4, b: str = "left alone") -> int:
    """Left alone."""
    assert a > 1, "left alone"
    if a < LIMIT and not b:
        return a + 1
    for one in [x for x in b if x]:
        if one == "y":
            continue
        print(one)
    yield a
class C:
    field = 5
    def g(self): raise ValueError
'''


def test_each_fault_is_told_where_it_is_and_what_it_changes() -> None:
    told = [f"{one.line} {one.name}" for one in mutants_of(SOURCE)]

    assert told == [
        "3 module: another constant: 3 → 4",
        "8 f: negate: if a < LIMIT and (not b): return a + 1 → if not (a < LIMIT and (not b)): return a + 1",
        "8 f: skip the body: if a < LIMIT and (not b): return a + 1 → if a < LIMIT and (not b): pass",
        "8 f: and for or: a < LIMIT and (not b) → a < LIMIT or not b",
        "8 f: turn the comparison: a < LIMIT → a <= LIMIT",
        "8 f: drop not: not b → b",
        "9 f: return nothing: return a + 1 → return None",
        "9 f: another operation: a + 1 → a - 1",
        "9 f: another constant: 1 → 2",
        "10 f: drop the condition: [… for x in b if x] → [… for x in b]",
        "11 f: skip the body: if one == 'y': continue → if one == 'y': pass",
        "11 f: turn the comparison: one == 'y' → one != 'y'",
        "11 f: another constant: 'y' → 'XXy'",
        "11 f: leave out: continue → pass",
        "13 f: leave out: print(one) → pass",
        "14 f: yield nothing: yield a → yield from ()",
        "17 C.g: leave out: raise ValueError → pass",
    ]


@pytest.mark.parametrize("name", modules_to_mutate())
def test_each_fault_of_a_module_is_one_and_compiles(name: str) -> None:
    path = modules_to_mutate()[name]
    source = path.read_text(encoding="utf-8")
    whole = ast.dump(ast.parse(source))
    faults = list(mutants_of(source))

    assert len({fault.name for fault in faults}) == len(faults)
    for fault in faults[::40]:
        tree = fault.in_module(source)
        assert ast.dump(tree) != whole
        compile(tree, str(path), "exec")


def test_a_reason_is_that_of_a_fault_that_there_is() -> None:
    paths = {name.removeprefix("minutebook."): path for name, path in modules_to_mutate().items()}
    gone = [
        (module, fault)
        for module, told in reasons().items()
        for fault in told.keys() - {one.name for one in mutants_of(paths[module].read_text(encoding="utf-8"))}
    ]

    assert gone == [], "the code has changed: take the reason away, or give it the new name"


ONE = Result("minutebook.x", "f: negate", 1, Outcome.SURVIVED, "", 3, 1.5)
KILLED = replace(ONE, outcome=Outcome.KILLED)
OTHER = replace(ONE, module="minutebook.y", outcome=Outcome.KILLED)
KNOWN = Run(
    {
        "minutebook.x": Tried((ONE, replace(ONE, name="g: negate")), made=9, on="2026-11-01"),
        "minutebook.y": Tried((OTHER,), made=1, on="2026-11-01"),
    }
)


def test_what_is_tried_again_takes_the_place_of_what_was_found_before() -> None:
    newer = Run({"minutebook.x": Tried((KILLED,), made=9, on="2026-11-02")})

    run = KNOWN.with_newer(newer, again=True)

    assert [found.outcome for found in run.results] == [Outcome.KILLED, Outcome.SURVIVED, Outcome.KILLED]
    assert (run.modules["minutebook.x"].on, run.modules["minutebook.x"].again) == ("2026-11-01", 1)


def test_a_module_that_is_tried_anew_leaves_the_others_as_they_were() -> None:
    newer = Run({"minutebook.x": Tried((KILLED,), made=1, on="2026-11-02")})

    run = KNOWN.with_newer(newer, again=False)

    assert run.modules == {**KNOWN.modules, **newer.modules}


def test_what_was_not_noticed_is_tried_again_unless_somebody_has_said_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mutation_report, "reasons", lambda: {"x": {"g: negate": "For speed."}})

    assert KNOWN.to_try_again == {("minutebook.x", "f: negate")}


def test_what_was_found_is_kept_and_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutation_report, "KEPT", tmp_path / "folder" / "mutation.json")
    assert read_results() == Run({}), "nothing was kept yet"

    keep_results(KNOWN)

    assert read_results() == KNOWN


def test_a_row_tells_how_many_of_the_faults_of_a_module_were_tried(
    capsys: pytest.CaptureFixture[str],
) -> None:
    unread = print_results(KNOWN, sys.stdout)

    told = capsys.readouterr().out.splitlines()
    assert told[2:5] == [
        "| x | 9 | 2 | 0 | 0 | 2 | 0 | 0.0 | 2026-11-01 |",
        "| y | 1 | 1 | 1 | 0 | 0 | 0 | 100.0 | 2026-11-01 |",
        "| all | 10 | 3 | 1 | 0 | 2 | 0 | 33.3 |  |",
    ]
    assert told[-1] == "3 faults in 4 seconds of processor time; 2 survivors unread"
    assert unread == 2


def test_the_page_names_every_module_and_what_was_not_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutation_report, "PAGE", tmp_path / "page.md")

    write_page(KNOWN, ["minutebook.x", "minutebook.y", "minutebook.z"])

    page = mutation_report.PAGE.read_text(encoding="utf-8")
    assert "Not tried yet, or nothing in it to try: `z`." in page
    assert "- `` g: negate ``: Not yet read." in page


def test_the_page_that_is_kept_is_of_the_modules_there_are() -> None:
    page = mutation_report.PAGE.read_text(encoding="utf-8")
    names = {name.removeprefix("minutebook.") for name in modules_to_mutate()}
    rows = set(re.findall(r"(?m)^\| ([a-z_.]+) \| [0-9]", page)) - {"all"}
    not_tried = re.findall(r"`([a-z_.]+)`", "".join(re.findall(r"(?m)^Not tried yet.*", page)))

    assert rows | set(not_tried) == names, "write the page anew: make mutation"
