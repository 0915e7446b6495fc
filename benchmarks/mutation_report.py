"""What mutation testing found, for the terminal and as a page: how many were killed, and every survivor with its reason."""

from __future__ import annotations

import enum
import json
import platform
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from benchmarks.page import ROOT

REASONS = Path(__file__).with_name("mutation_survivors.toml")
KEPT = ROOT / ".minutebook" / "mutation.json"
PAGE = ROOT / "docs" / "reference" / "mutation-testing.md"


class Outcome(enum.Enum):
    """What came of a fault."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    SURVIVED = "survived"
    NOT_RUN = "run by no test"
    NOT_PLACED = "cannot be put in place"


ALIVE = (Outcome.SURVIVED, Outcome.NOT_RUN)


@dataclass(frozen=True, slots=True)
class Result:
    """A fault, what came of it, the test that noticed it, and how many run its line."""

    module: str
    name: str
    line: int
    outcome: Outcome
    by: str
    tests: int

    @property
    def short_module(self) -> str:
        """The module without the package."""
        return self.module.removeprefix("minutebook.")


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found, how many seconds it took, and how its faults were picked; empty where all were tried."""

    results: Sequence[Result]
    seconds: float
    sampled: str
    tried_again: int = 0  # survivors that met tests written since

    def with_newer(self, newer: Run) -> Run:
        """This run, with what a later one found of the same faults."""
        found = {(one.module, one.name): one for one in newer.results}
        results = [found.get((one.module, one.name), one) for one in self.results]
        return Run(results, self.seconds, self.sampled, self.tried_again + len(found))


def keep_results(run: Run) -> None:
    """Keep what was found, so that only the survivors need to be tried again."""
    KEPT.parent.mkdir(exist_ok=True)
    said = {**asdict(run), "results": [{**asdict(one), "outcome": one.outcome.value} for one in run.results]}
    KEPT.write_text(json.dumps(said), encoding="utf-8")


def read_results() -> Run:
    """What the last run found."""
    said = json.loads(KEPT.read_text(encoding="utf-8"))
    results = [Result(**{**one, "outcome": Outcome(one["outcome"])}) for one in said["results"]]
    return Run(results, said["seconds"], said["sampled"], said["tried_again"])


def reasons() -> dict[str, dict[str, str]]:
    """By module and name: why a fault that no test notices does no harm."""
    if not REASONS.is_file():
        return {}
    return {
        module: {one["fault"]: one["reason"] for one in found}
        for module, found in tomllib.loads(REASONS.read_text(encoding="utf-8")).items()
    }


def print_results(run: Run, out: TextIO) -> int:
    """Print a line for each module and each survivor; return how many survivors nobody has read."""
    for line in _table(run.results):
        out.write(f"{line}\n")
    known = reasons()
    unread = 0
    for result in _survivors(run.results):
        why = known.get(result.short_module, {}).get(result.name)
        unread += why is None
        out.write(
            f"{'read  ' if why else 'UNREAD'} {result.short_module}:{result.line} {result.name}"
            f" [{result.outcome.value}, {result.tests} tests]\n"
        )
    out.write(
        f"{len(run.results)} faults in {run.seconds:.0f} s, {len(run.results) / max(run.seconds, 0.1):.1f} a second; {unread} survivors unread\n"
    )
    return unread


def _survivors(results: Iterable[Result]) -> list[Result]:
    return sorted((r for r in results if r.outcome in ALIVE), key=lambda r: (r.module, r.line))


def _table(results: Sequence[Result]) -> Iterable[str]:
    yield "| module | faults | killed | timed out | survived | run by no test | killed, per cent |"
    yield "|---|---|---|---|---|---|---|"
    modules = list(dict.fromkeys(result.short_module for result in results))
    for name in [*modules, "all"]:
        own = [r for r in results if name in ("all", r.short_module) and r.outcome is not Outcome.NOT_PLACED]
        if not own:
            continue
        counts = Counter(result.outcome for result in own)
        dead = counts[Outcome.KILLED] + counts[Outcome.TIMED_OUT]
        yield (
            f"| {name} | {len(own)} | {counts[Outcome.KILLED]} | {counts[Outcome.TIMED_OUT]} | "
            f"{counts[Outcome.SURVIVED]} | {counts[Outcome.NOT_RUN]} | {100 * dead / len(own):.1f} |"
        )


def write_page(run: Run) -> None:
    """Write the page of figures and survivors."""
    known = reasons()
    lines = [
        "# Mutation testing",
        "",
        'This page is written by `make mutation MUTATION_ARGS="--sample 20 --write"`. One small fault at a time is put into the gate, into ownership and into each file of checks, and the tests that run its line are run until one fails. A fault that no test notices survives.',
        "",
        f"Measured on {time.strftime('%d %B %Y', time.gmtime())}, Python {platform.python_version()}: {len(run.results)} faults in {run.seconds:.0f} seconds, {len(run.results) / max(run.seconds, 0.1):.1f} a second, two at a time.",
        f"A sample was tried: {run.sampled}."
        if run.sampled
        else "Every fault that the operators make was tried.",
        f"Tests were written because of what survived, and {run.tried_again} survivors then met them."
        if run.tried_again
        else "",
        "",
        "Faults: a comparison turned round, `and` for `or`, `not` dropped, a condition negated, the body of an `if` skipped, a condition of a comprehension dropped, another operation, another constant, nothing returned, nothing yielded, a statement left out. What a type checker reads, decorators, defaults of arguments, assertions and docstrings are left alone.",
        "",
        "## Figures",
        "",
        *_table(run.results),
        "",
        "## Survivors",
        "",
        "The reason says why no test can notice a fault, or why none has to. What is not yet read is said to be so: it may be a fault that a test outside the sample of tests notices, or a test that is still to be written.",
        "",
    ]
    module = ""
    for result in _survivors(run.results):
        if result.short_module != module:
            module = result.short_module
            lines += [f"### {module}", ""]
        why = known.get(module, {}).get(result.name, "Not yet read.")
        lines.append(f"- `` {result.name} ``: {why}")
        following = [r for r in _survivors(run.results) if r.short_module == module]
        if result is following[-1]:
            lines.append("")
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
