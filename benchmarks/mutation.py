"""Whether the tests would notice a fault in the gate, the checks or ownership: `make mutation`.

One small fault at a time is put into a module, and the tests that run its line are run until one
fails. A fault that none notices *survives*: it is read, and either a test is written or the reason
why it does no harm stands in `mutation_survivors.toml`.

Neither mutmut nor cosmic-ray is used: the one copies the tree and does not reach decorated functions
and the values at the top of a module, the other starts a process for each fault, which here costs
more than the tests. Here pytest collects once; each fault is a fork of that process, in which the
code of one function is replaced.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import json
import os
import random
import select
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from benchmarks.mutation_operators import Mutant, mutants_of
from benchmarks.mutation_placing import CannotPlace, put_in_place
from benchmarks.mutation_report import (
    ALIVE,
    Outcome,
    Result,
    Run,
    Tried,
    keep_results,
    print_results,
    read_results,
    write_page,
)
from benchmarks.page import ROOT

PACKAGE = ROOT / "build_tools" / "minutebook"
MODULES = ("publication", "ownership", "transfer_order", "belonging", "timeline")
# The tests that are about these modules. Those that build whole sites take minutes and are left out:
# what is killed here is killed by a test that says what is wrong.
TESTS = (
    "tests/test_belonging.py", "tests/test_ownership.py", "tests/test_ownership_ledgers.py", "tests/test_ownership_laws.py",
    "tests/test_giver_findings.py",
    "tests/test_transfer_order.py", "tests/test_publication.py", "tests/test_publication_ownership.py", "tests/test_publication_marks.py",
    "tests/test_timeline.py",
    "tests/test_cases.py", "tests/test_checks.py", "tests/test_procedure.py", "tests/test_procedure_decisions.py",
    "tests/test_procedure_key_decisions.py", "tests/test_procedure_meetings.py", "tests/test_procedure_resolutions.py",
    "tests/test_personal_details.py",
    "tests/test_stubs.py", "tests/test_overlay.py", "tests/test_twenty_mistakes.py", "tests/test_annotations.py",
    "tests/test_check_details.py", "tests/outputs/test_withheld_fields.py",
    "tests/outputs/test_remembered.py", "tests/evidence/test_quotations.py", "tests/test_exemptions.py", "tests/test_promises.py",
    "tests/test_check_ledgers.py", "tests/leaks/test_messages.py",
)  # fmt: skip
_LONGEST_TEST = 10.0  # seconds of processor time; a slower one is left out
# A fault has this many seconds of processor time, and so many times what its tests took without it, when
# they were slowed by watching their lines: what wants more is a loop without end. Time on the clock would
# say so of whatever a busy machine delays.
_PATIENCE, _TIMES_AS_LONG = 10.0, 2.0
_LONGEST_WAIT = 900  # seconds on the clock, for what waits and does not run


def modules_to_mutate() -> dict[str, Path]:
    """By name: the gate, ownership and what it rests on, and every file of checks."""
    found = {f"minutebook.{name}": PACKAGE / f"{name}.py" for name in MODULES}
    for path in sorted((PACKAGE / "checks").glob("*.py")):
        name = "minutebook.checks" if path.stem == "__init__" else f"minutebook.checks.{path.stem}"
        found[name] = path
    return found


@dataclass
class Test:
    """A test that passes as things are: the seconds of processor it takes and which lines it runs."""

    item: pytest.Item
    seconds: float
    lines: dict[str, set[int]]  # by the path of the file


@dataclass
class Bench:
    """The plugin that runs in place of pytest's loop over the tests."""

    wanted: list[str]
    sample: int
    seed: int
    workers: int
    most: int
    talk: Callable[[str], None]
    again: set[tuple[str, str]] | None = None
    made: dict[str, int] = field(default_factory=dict)  # by module: how many faults there are
    results: list[Result] = field(default_factory=list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn which test runs which line, then try every fault."""
        session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined] # made once, before forking
        chosen = {name: path for name, path in modules_to_mutate().items() if name in self.wanted}
        for name in chosen:
            importlib.import_module(name)
        self.talk(f"learning what {len(session.items)} tests run")
        tests = _learn(session, {str(path) for path in chosen.values()})
        self.talk(f"{len(tests)} tests pass and are quick enough")
        tasks = [
            (name, mutant, source)
            for name, path in chosen.items()
            if (source := path.read_text(encoding="utf-8"))
            for mutant in self._sampled(name, list(mutants_of(source)))
        ]
        self.talk(f"{len(tasks)} faults in {len(chosen)} modules")
        # Else each fork walks through everything that pytest collected, and gets a copy of its own.
        gc.collect()
        gc.freeze()
        for result in self._try_all(session, tests, tasks, chosen):
            self.results.append(result)  # one by one: what was found is kept where somebody presses Ctrl-C
        return True

    def run(self) -> Run:
        """What was found, by module; of those that were come to."""
        today = time.strftime("%Y-%m-%d", time.gmtime())
        found = {name: tuple(one for one in self.results if one.module == name) for name in self.made}
        return Run({name: Tried(own, self.made[name], today) for name, own in found.items() if own})

    def _sampled(self, name: str, mutants: list[Mutant]) -> list[Mutant]:
        """All of the gate and of ownership; of a file of checks no more than was asked for, or what survived."""
        self.made[name] = len(mutants)
        if self.again is not None:
            return [mutant for mutant in mutants if (name, mutant.name) in self.again]
        if "checks" not in name or not self.sample or len(mutants) <= self.sample:
            return mutants
        picked = random.Random(self.seed).sample(range(len(mutants)), self.sample)
        return [mutants[number] for number in sorted(picked)]

    def _try_all(
        self,
        session: pytest.Session,
        tests: list[Test],
        tasks: list[tuple[str, Mutant, str]],
        paths: dict[str, Path],
    ) -> Iterator[Result]:
        running: dict[int, tuple[int, int, str, Mutant, int]] = {}
        waiting = list(reversed(tasks))
        done = 0
        while waiting or running:
            while waiting and len(running) < self.workers:
                name, mutant, source = waiting.pop()
                covering = _covering(tests, str(paths[name]), mutant, self.most)
                pid, reader = _start(session, name, mutant, source, covering, done + len(running))
                running[reader] = (pid, reader, name, mutant, len(covering))
            ready, _, _ = select.select(list(running), [], [], 1.0)
            for reader in ready:
                pid, _, name, mutant, count = running.pop(reader)
                with os.fdopen(reader) as pipe:
                    said = pipe.read()
                _, status, used = os.wait4(pid, 0)
                done += 1
                outcome = _outcome(said, status, count)
                seconds = round(used.ru_utime + used.ru_stime, 1)
                result = Result(name, mutant.name, mutant.line, outcome, _killer(said), count, seconds)
                if result.outcome in ALIVE:
                    self.talk(f"{result.outcome.value}: {result.short_module}:{mutant.line} {mutant.name}")
                yield result
                if done % 100 == 0:
                    self.talk(f"{done} of {len(tasks)}")


def _outcome(said: str, status: int, count: int) -> Outcome:
    if count == 0:
        return Outcome.NOT_RUN
    if os.WIFSIGNALED(status):
        slow = os.WTERMSIG(status) in (signal.SIGPROF, signal.SIGALRM)
        return Outcome.TIMED_OUT if slow else Outcome.KILLED
    if not said:
        return Outcome.KILLED
    return Outcome(json.loads(said)["outcome"])


def _killer(said: str) -> str:
    return str(json.loads(said)["by"]) if said else ""


# -- which test runs which line --------------------------------------------------------------------


def _learn(session: pytest.Session, files: set[str]) -> list[Test]:
    """Run every test once and note the lines of the files that it runs; without those that do not pass.

    In a process of its own: what a function remembers of its first call would hide a fault in it.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        with os.fdopen(writer, "w") as pipe:
            for number, seconds, lines in _learned(session.items, files):
                pipe.write(
                    json.dumps([number, seconds, {path: sorted(seen) for path, seen in lines.items()}])
                )
                pipe.write("\n")
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        learned = [json.loads(line) for line in pipe]
    os.waitpid(pid, 0)
    return [
        Test(session.items[number], seconds, {path: set(seen) for path, seen in lines.items()})
        for number, seconds, lines in learned
    ]


def _learned(items: list[pytest.Item], files: set[str]) -> Iterator[tuple[int, float, dict[str, set[int]]]]:
    for number, item in enumerate(items):
        lines: dict[str, set[int]] = {path: set() for path in files}
        following = items[number + 1] if number + 1 < len(items) else None
        began = time.process_time()
        with _tracing(lines):
            passed = _run(item, following)
        seconds = time.process_time() - began
        if passed and seconds < _LONGEST_TEST:
            yield number, seconds, {path: seen for path, seen in lines.items() if seen}


@contextlib.contextmanager
def _tracing(lines: dict[str, set[int]]) -> Iterator[None]:
    def calls(frame: types.FrameType, event: str, _: object) -> Callable[..., Any] | None:
        if event != "call" or (seen := lines.get(frame.f_code.co_filename)) is None:
            return None
        seen.add(frame.f_lineno)

        def within(frame: types.FrameType, event: str, _: object) -> Callable[..., Any]:
            if event == "line":
                seen.add(frame.f_lineno)
            return within

        return within

    sys.settrace(calls)
    try:
        yield
    finally:
        sys.settrace(None)


def _run(item: pytest.Item, following: pytest.Item | None) -> bool:
    """Run one test with what it needs; whether it passed."""
    from _pytest.runner import runtestprotocol

    reports = runtestprotocol(item, log=False, nextitem=following)
    return all(report.passed for report in reports)


def _covering(tests: list[Test], path: str, mutant: Mutant, most: int) -> list[Test]:
    """The tests that run a line of the fault, the quickest first; for the top of a module all that run the module.

    Where there are more than `most`: half of them those that run the most of this module, half those
    that run little besides. So a fault may be said to survive that another test would have noticed.
    """
    wanted = set(range(mutant.line, mutant.last_line + 1))
    covering = [
        test for test in tests if (seen := test.lines.get(path)) and (not mutant.owner or seen & wanted)
    ]
    if len(covering) > most:
        thorough = sorted(covering, key=lambda test: -len(test.lines[path]))[: most // 2]
        narrow = sorted(
            covering, key=lambda test: -len(test.lines[path]) / sum(map(len, test.lines.values()))
        )
        covering = list({id(test): test for test in (*thorough, *narrow[: most // 2])}.values())
    return sorted(covering, key=lambda test: test.seconds)


# -- one fault -------------------------------------------------------------------------------------


def _start(
    session: pytest.Session, name: str, mutant: Mutant, source: str, tests: list[Test], number: int
) -> tuple[int, int]:
    """Fork a process that runs the tests with the fault; its id, and where it says what came of it."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    os.close(reader)
    said = {"outcome": Outcome.KILLED.value, "by": "the fault breaks everything"}
    try:
        gc.disable()
        signal.setitimer(signal.ITIMER_PROF, _PATIENCE + _TIMES_AS_LONG * sum(one.seconds for one in tests))
        signal.alarm(_LONGEST_WAIT)
        _own_temporary_folder(session, number)
        try:
            put_in_place(importlib.import_module(name), mutant, source)
        except CannotPlace as error:
            said = {"outcome": Outcome.NOT_PLACED.value, "by": str(error)}
        else:
            said = _verdict(tests)
    except BaseException as error:
        said["by"] = repr(error)
    finally:
        os.write(writer, json.dumps(said).encode())
        os._exit(0)


def _verdict(tests: list[Test]) -> dict[str, str]:
    items = [test.item for test in tests]
    for item, following in zip(items, [*items[1:], None], strict=False):
        if not _run(item, following):
            return {"outcome": Outcome.KILLED.value, "by": item.nodeid}
    return {"outcome": Outcome.SURVIVED.value, "by": ""}


def _own_temporary_folder(session: pytest.Session, number: int) -> None:
    factory: Any = session.config._tmp_path_factory  # type: ignore[attr-defined]
    folder = factory.getbasetemp() / f"fault{number}-{os.getpid()}"
    folder.mkdir()
    factory._basetemp = folder


# -- the command -----------------------------------------------------------------------------------


def main() -> int:
    """Try the faults, print what survived, and write the page where that is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="*", help="`publication`, `checks.names`; all where none is named")
    parser.add_argument(
        "--sample", type=int, default=0, help="faults of each file of checks at most; 0 is all"
    )
    parser.add_argument("--seed", type=int, default=3, help="picks the sample")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--tests", type=int, default=120, help="tests that a fault meets at most")
    parser.add_argument(
        "--again", action="store_true", help="try only what no test failed for and nobody has read"
    )
    parser.add_argument("--write", action="store_true", help="write docs/reference/mutation-testing.md")
    asked = parser.parse_args()
    terminal = os.dup(2)

    def talk(line: str) -> None:
        os.write(terminal, f"{line}\n".encode())

    settings.register_profile(
        "mutation", derandomize=True, max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )  # fmt: skip
    settings.load_profile("mutation")
    every = list(modules_to_mutate())
    wanted = [f"minutebook.{name}" for name in asked.modules] or every
    if unknown := set(wanted) - set(every):
        talk(f"no such module: {', '.join(sorted(unknown))}")
        return 2
    last = read_results()
    again = last.to_try_again if asked.again else None
    bench = Bench(wanted, asked.sample, asked.seed, asked.workers, asked.tests, talk, again)
    there = [name for name in TESTS if (ROOT / name).is_file()]
    code = pytest.main(
        [*there, "-o", "addopts=--import-mode=importlib", "--capture=sys", "-p", "no:cacheprovider", "-p", "no:terminal", f"--rootdir={ROOT}", "-W", "ignore"],
        plugins=[bench],
    )  # fmt: skip
    if not bench.made:
        talk(f"pytest stopped: {code!r}")
        return 2
    run = last.with_newer(bench.run(), again=asked.again)
    keep_results(run)
    unread = print_results(run, sys.stdout)
    if asked.write:
        write_page(run, every)
    return 1 if unread else 0


if __name__ == "__main__":
    raise SystemExit(main())
