"""Mutation testing itself: which faults there are, that each is one, and that a reason is known for what survives."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from benchmarks.mutation import modules_to_mutate
from benchmarks.mutation_operators import mutants_of
from benchmarks.mutation_report import Outcome, Result, Run, reasons

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


def test_what_is_tried_again_takes_the_place_of_what_was_found_before() -> None:
    one = Result("minutebook.x", "f: negate", 1, Outcome.SURVIVED, "", 3)
    other = replace(one, name="g: negate")
    run = Run([one, other], 10.0, "").with_newer(Run([replace(one, outcome=Outcome.KILLED)], 1.0, ""))

    assert [found.outcome for found in run.results] == [Outcome.KILLED, Outcome.SURVIVED]
    assert (run.seconds, run.tried_again) == (10.0, 1)
