"""How long it takes to read, link and check an invented council, and how much memory: `make bench`.

Each run is a process of its own, so that none finds what another has warmed up, and peaks do not add.
The records are made by `benchmarks.generator`. Budgets are those of the design, section 15.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.page import ROOT, machine, tell

PHASES = ("import", "read", "link", "check")
BUDGETED = ("read", "link", "check")
BUDGET_RECORDS, BUDGET_SECONDS, BUDGET_MEGABYTES = 10_000, 5.0, 300
SECTION = "read, link and check"  # of the page with the figures


@dataclass(frozen=True)
class Run:
    """One run: seconds on the clock and of processor time by phase, and the peak of memory in megabytes."""

    wall: dict[str, float]
    cpu: dict[str, float]
    megabytes: float

    def total(self, clock: dict[str, float]) -> float:
        """The seconds of the phases that the budget is about."""
        return sum(clock[phase] for phase in BUDGETED)


def run_once(folder: Path) -> dict[str, Any]:
    """Read, link and check the records in a folder in this process; what it cost, as data."""
    import resource  # not on Windows, where nothing of this is measured

    wall: dict[str, float] = {}
    cpu: dict[str, float] = {}

    def measure(phase: str, step: Callable[[], Any]) -> Any:
        began = time.perf_counter(), time.process_time()
        result = step()
        wall[phase], cpu[phase] = time.perf_counter() - began[0], time.process_time() - began[1]
        return result

    measure("import", lambda: __import__("minutebook.loading"))
    from minutebook.checks import run_checks
    from minutebook.collector import without_collector
    from minutebook.diagnostics import has_errors
    from minutebook.knowledge_base import KnowledgeBase, link_records
    from minutebook.reader import Reading, read_records

    @without_collector()
    def link(reading: Reading) -> KnowledgeBase:
        kb = link_records(reading)
        kb.backlinks("")  # links are made when a check first asks for one; here, to see what they cost
        return kb

    reading: Reading = measure("read", lambda: read_records(folder))
    kb: KnowledgeBase = measure("link", lambda: link(reading))
    findings = measure("check", lambda: run_checks(kb))
    if has_errors([*reading.findings, *findings]):
        raise SystemExit("the invented council has errors: its times would say nothing")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"wall": wall, "cpu": cpu, "megabytes": peak / (1e6 if sys.platform == "darwin" else 1e3)}


def measure_council(records: int, seed: int, runs: int) -> list[Run]:
    """Make a council of so many records and measure it so many times, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        made = ["-m", "benchmarks.generator", "--records", str(records), "--seed", str(seed), "--out", folder]
        _python(made)
        _python(["-m", "benchmarks.read_link_check", "--one-run", folder])  # fills the cache of the disk
        return [
            Run(**json.loads(_python(["-m", "benchmarks.read_link_check", "--one-run", folder])))
            for _ in range(runs)
        ]


def _python(arguments: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def table(measured: dict[int, list[Run]]) -> str:
    """What was measured as a Markdown table: median and least of all runs."""
    heads = [f"{records:,} records: {what}" for records in measured for what in ("wall s", "CPU s")]
    lines = [f"| phase | {' | '.join(heads)} |", f"|---|{'---:|' * len(heads)}"]
    for phase in PHASES:
        cells = [
            _cell([clock(run)[phase] for run in runs])
            for runs in measured.values()
            for clock in (_wall, _cpu)
        ]
        lines.append(f"| {phase} | {' | '.join(cells)} |")
    totals = [
        _cell([run.total(clock(run)) for run in runs])
        for runs in measured.values()
        for clock in (_wall, _cpu)
    ]
    lines.append(f"| **read, link and check** | {' | '.join(totals)} |")
    peaks = [
        cell for runs in measured.values() for cell in (_cell([run.megabytes for run in runs], 0) + " MB", "")
    ]
    lines.append(f"| peak memory | {' | '.join(peaks)} |")
    return "\n".join(lines)


def _wall(run: Run) -> dict[str, float]:
    return run.wall


def _cpu(run: Run) -> dict[str, float]:
    return run.cpu


def _cell(values: list[float], digits: int = 2) -> str:
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f})"


def verdict(measured: dict[int, list[Run]]) -> str:
    """Whether the budget is met; empty where its number of records was not measured.

    Judged by processor time: all is done in one process, so the clock shows more only where something
    else ran beside it, and then the verdict says so.
    """
    runs = measured.get(BUDGET_RECORDS)
    if not runs:
        return ""
    seconds = statistics.median(run.total(run.cpu) for run in runs)
    clock = statistics.median(run.total(run.wall) for run in runs)
    peak = statistics.median(run.megabytes for run in runs)
    met = seconds <= BUDGET_SECONDS and peak <= BUDGET_MEGABYTES
    busy = (
        f" The machine had other work to do: on the clock it took {clock:.1f} s."
        if clock > 1.1 * seconds
        else ""
    )
    return (
        f"The budget for {BUDGET_RECORDS:,} records is {BUDGET_SECONDS:g} s and {BUDGET_MEGABYTES} MB: "
        f"{'met' if met else '**missed**'}, with {seconds:.1f} s and {peak:.0f} MB.{busy}"
    )


def section(measured: dict[int, list[Run]]) -> str:
    """The generated section of the page: machine, table, verdict."""
    runs = max(map(len, measured.values()))
    head = f"Measured with {machine()}; median of {runs} runs, the least of them in brackets."
    return "\n\n".join(part for part in (head, table(measured), verdict(measured)) if part)


def main() -> int:
    """Measure as the command line asks, and print or write what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--records", type=int, nargs="+", default=[1_000, BUDGET_RECORDS], help="sizes to measure"
    )
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured")
    parser.add_argument("--seed", type=int, default=7, help="which council")
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="the page whose measured section to replace"
    )
    parser.add_argument("--one-run", type=Path, metavar="DIR", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one_run is not None:
        print(json.dumps(run_once(asked.one_run)))
        return 0
    text = section({records: measure_council(records, asked.seed, asked.runs) for records in asked.records})
    tell(text, asked.write, SECTION)
    return 0


if __name__ == "__main__":
    sys.exit(main())
