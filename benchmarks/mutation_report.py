"""What mutation testing found, for the terminal and as a page: how many were killed, and every survivor with its reason."""

from __future__ import annotations

import enum
import json
import platform
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
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
    """A fault, what came of it, the test that noticed it, how many run its line, and the seconds of processor it took."""

    module: str
    name: str
    line: int
    outcome: Outcome
    by: str
    tests: int
    seconds: float = 0.0

    @property
    def short_module(self) -> str:
        """The module without the package."""
        return self.module.removeprefix("minutebook.")


@dataclass(frozen=True, slots=True)
class Tried:
    """The faults of one module that were tried, how many there are, and the day."""

    results: tuple[Result, ...]
    made: int
    on: str  # YYYY-MM-DD
    again: int = 0  # how many met tests written since

    def with_newer(self, newer: Tried) -> Tried:
        """These, with what a later run found of some of them."""
        found = {one.name: one for one in newer.results}
        results = tuple(found.get(one.name, one) for one in self.results)
        return replace(self, results=results, again=self.again + len(found))


@dataclass(frozen=True, slots=True)
class Run:
    """What is known of each module, by its name."""

    modules: dict[str, Tried]

    @property
    def results(self) -> list[Result]:
        """Every fault that was tried."""
        return [result for tried in self.modules.values() for result in tried.results]

    @property
    def to_try_again(self) -> set[tuple[str, str]]:
        """The module and the name of each fault that no test has failed for, and of which nobody has said why."""
        known = reasons()
        return {
            (one.module, one.name)
            for one in self.results
            if one.outcome in ALIVE and one.name not in known.get(one.short_module, {})
        }

    def with_newer(self, newer: Run, *, again: bool) -> Run:
        """This run and a later one: a module tried anew replaces what was known, faults tried again only themselves."""
        if again:
            return Run(
                {
                    name: tried.with_newer(newer.modules[name]) if name in newer.modules else tried
                    for name, tried in self.modules.items()
                }
            )
        return Run({**self.modules, **newer.modules})


def keep_results(run: Run) -> None:
    """Keep what was found: the modules of which nothing is asked the next time, and the survivors to try again."""
    KEPT.parent.mkdir(exist_ok=True)
    said = asdict(run)
    for tried in said["modules"].values():
        for one in tried["results"]:
            one["outcome"] = one["outcome"].value
    KEPT.write_text(json.dumps(said), encoding="utf-8")


def read_results() -> Run:
    """What earlier runs found; nothing where there was none, or one of an older form."""
    try:
        said = json.loads(KEPT.read_text(encoding="utf-8"))["modules"]
    except (OSError, KeyError):
        return Run({})
    return Run(
        {
            name: Tried(
                tuple(Result(**{**one, "outcome": Outcome(one["outcome"])}) for one in tried.pop("results")),
                **tried,
            )
            for name, tried in said.items()
        }
    )


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
    for line in _table(run):
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
    seconds = sum(one.seconds for one in run.results)
    out.write(
        f"{len(run.results)} faults in {seconds:.0f} seconds of processor time; {unread} survivors unread\n"
    )
    return unread


def _survivors(results: Iterable[Result]) -> list[Result]:
    return sorted((r for r in results if r.outcome in ALIVE), key=lambda r: (r.module, r.line))


def _table(run: Run) -> Iterable[str]:
    yield "| module | faults | tried | killed | timed out | survived | run by no test | killed, per cent | tried on |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, tried in run.modules.items():
        yield _row(name.removeprefix("minutebook."), tried.made, tried.results, tried.on)
    made = sum(tried.made for tried in run.modules.values())
    yield _row("all", made, run.results, "")


def _row(name: str, made: int, results: Sequence[Result], on: str) -> str:
    own = [one for one in results if one.outcome is not Outcome.NOT_PLACED]
    counts = Counter(one.outcome for one in own)
    dead = counts[Outcome.KILLED] + counts[Outcome.TIMED_OUT]
    share = f"{100 * dead / len(own):.1f}" if own else "-"
    told = [counts[one] for one in (Outcome.KILLED, Outcome.TIMED_OUT, *ALIVE)]
    return f"| {' | '.join(map(str, (name, made, len(own), *told, share, on)))} |"


def _not_tried(run: Run, every: Iterable[str]) -> list[str]:
    names = [f"`{name.removeprefix('minutebook.')}`" for name in every if name not in run.modules]
    return [f"Not tried yet, or nothing in it to try: {', '.join(names)}.", ""] if names else []


def write_page(run: Run, every: Iterable[str]) -> None:
    """Write the page of figures and survivors; `every` module is named there, tried or not."""
    known = reasons()
    again = sum(tried.again for tried in run.modules.values())
    lines = [
        "# Mutation testing",
        "",
        'This page is written by `make mutation MUTATION_ARGS="--sample 20 --write"`; where modules are named, their rows are written anew and the others stay as they were. One small fault at a time is put into the gate, into ownership and into each file of checks, and the tests that run its line are run until one fails. A fault that no test notices survives.',
        "",
        f"Python {platform.python_version()}, {len(run.results):,} faults. Where fewer faults were tried than a module has, they were picked at random, with a seed that stays the same.",
        f"Tests were written because of what survived, and {again} survivors then met them." if again else "",
        "",
        "Faults: a comparison turned round, `and` for `or`, `not` dropped, a condition negated, the body of an `if` skipped, a condition of a comprehension dropped, another operation, another constant, nothing returned, nothing yielded, a statement left out. What a type checker reads, decorators, defaults of arguments, assertions and docstrings are left alone.",
        "",
        "## Figures",
        "",
        "A fault is timed out where its tests wanted several times the processor time that they want without it: most often a loop without end.",
        "",
        *_table(run),
        "",
        *_not_tried(run, every),
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
