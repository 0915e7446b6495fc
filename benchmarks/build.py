"""How long a site takes to build, cold, again and after one change, beside stock MkDocs: `make bench-build`.

The council is made by `benchmarks.generator`; the hand-written pages, the theme and the configuration
are those of this repository. Stock MkDocs gets the very pages that were staged, with the same theme
and without our plugin, so that what it takes is the part that ours does not. Each build is a process
of its own; its processor time has that of the processes it forked, its peak is that of the largest.
Last, a live server is started, records are changed one by one, and each is asked for until it shows.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generator import write
from benchmarks.page import ROOT, load, machine, tell

SECTION = "build"  # of the page with the figures
BUDGET_RECORDS, BUDGET_BUILD, BUDGET_CHANGE = 10_000, 60.0, 2.0
_PORT = 8765
_LONGEST = 900  # seconds that one build, or one wait, may take
_MINUTEBOOK = "import sys; from minutebook.cli import main; sys.argv[0] = 'minutebook'; main()"
_MKDOCS = "import sys; from mkdocs.__main__ import cli; cli()"


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds on the clock and of processor time, and megabytes at its peak."""

    wall: float
    cpu: float
    megabytes: float


@dataclass(frozen=True)
class Measured:
    """What was measured of one council."""

    runs: dict[str, list[Cost]]
    shown: list[float]  # seconds from the saving of a record until the live server shows it
    pages: int
    megabytes: float  # of the site


def lay_out(place: Path, records: int, seed: int) -> None:
    """A checkout with an invented council in it."""
    write(place / "kb", records, seed)
    shutil.copytree(ROOT / "docs", place / "docs")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    theme = f"custom_dir: {ROOT.as_posix()}/build_tools"
    (place / "mkdocs.yml").write_text(config.replace("custom_dir: build_tools", theme), encoding="utf-8")


def run(place: Path, code: str, *arguments: str) -> Cost:
    """Run a program to its end; SystemExit with what it said where it fails."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments], cwd=place, stdout=said, stderr=subprocess.STDOUT,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(said.read()[-3000:].decode("utf-8", "replace"))
    peak = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak)


def stock_config(place: Path) -> None:
    """A configuration for MkDocs alone: the same theme and pages, nothing of ours at work."""
    lines = (place / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    kept, skipping = [], False
    for line in lines:
        if line and not line.startswith((" ", "#")):
            skipping = line.startswith(("plugins:", "docs_dir:", "site_dir:"))
        if not skipping and "FinishedPages" not in line:
            kept.append(line)
    kept += ["plugins: []", "docs_dir: .minutebook/staging", "site_dir: stock"]
    (place / "stock.yml").write_text("\n".join(kept) + "\n", encoding="utf-8")


def change(place: Path, number: int) -> tuple[str, str]:
    """Add a word to one record; its address, and the word."""
    items = sorted((place / "kb").glob("*/items/*.md"))
    record = items[(number + 1) * len(items) // 23 % len(items)]
    word = f"Novelword{number}"
    record.write_text(f"{record.read_text(encoding='utf-8').rstrip()}\n\n{word}.\n", encoding="utf-8")
    return record.relative_to(place / "kb").with_suffix("").as_posix() + "/", word


def measure(records: int, seed: int, runs: int, changes: int) -> Measured:
    """Measure one council."""
    found: dict[str, list[Cost]] = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        lay_out(place, records, seed)
        run(place, _MINUTEBOOK, "check")  # fills the cache of the disk
        for number in range(runs):
            shutil.rmtree(place / ".minutebook", ignore_errors=True)
            (place / "site").unlink(missing_ok=True)
            found.setdefault("cold", []).append(run(place, _MINUTEBOOK, "build"))
            found.setdefault("again, nothing changed", []).append(run(place, _MINUTEBOOK, "build"))
            everything = run(place, _MINUTEBOOK, "build", "--afresh")
            found.setdefault("again, all of it (`--afresh`)", []).append(everything)
            change(place, number)
            found.setdefault("again, one record changed", []).append(run(place, _MINUTEBOOK, "build"))
            stock_config(place)
            name = "stock MkDocs, the same pages"
            found.setdefault(name, []).append(run(place, _MKDOCS, "build", "--quiet", "-f", "stock.yml"))
        pages = list((place / "site").resolve().rglob("index.html"))
        size = sum(path.stat().st_size for path in (place / "site").resolve().rglob("*") if path.is_file())
        shown = list(_until_shown(place, changes)) if changes else []
    return Measured(found, shown, len(pages), size / 1e6)


def _until_shown(place: Path, changes: int) -> Iterator[float]:
    with _served(place) as url:
        for number in range(1000, 1000 + changes):
            time.sleep(3)  # as an editor might; the background of the change before may still be at work
            began = time.perf_counter()
            address, word = change(place, number)
            _wait_for(url + address, word)
            yield time.perf_counter() - began


@contextmanager
def _served(place: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _MINUTEBOOK, "serve", "--port", str(_PORT)], cwd=place,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{_PORT}/"
        _wait_for(url, "<html")
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str, word: str) -> None:
    ends = time.monotonic() + _LONGEST
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                if word.encode() in answer.read():
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise SystemExit(f"`{word}` never showed")


def section(measured: dict[int, Measured]) -> str:
    """The generated section of the page: machine, table, verdict."""
    runs = max(len(costs) for one in measured.values() for costs in one.runs.values())
    median = "one run of each" if runs == 1 else f"median of {runs} runs, the least in brackets"
    head = f"Measured with {machine()}; {median}. {load()}"
    columns = [f"{records:,} records: {what}" for records in measured for what in ("wall s", "CPU s", "MB")]
    lines = [f"| build | {' | '.join(columns)} |", f"|---|{'---:|' * len(columns)}"]
    for name in next(iter(measured.values())).runs:
        cells = [
            _cell([getattr(cost, what) for cost in one.runs[name]], 0 if what == "megabytes" else 1)
            for one in measured.values()
            for what in ("wall", "cpu", "megabytes")
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    said = [
        f"{records:,} records: {one.pages:,} pages, {one.megabytes:,.0f} MB."
        + (
            f" With `serve` running, a changed record showed after {_cell(one.shown, 1)} s"
            f" ({len(one.shown)} changes; the longest {max(one.shown):.1f} s)."
            if one.shown
            else ""
        )
        for records, one in measured.items()
    ]
    return "\n\n".join([head, "\n".join(lines), *said, verdict(measured)]).rstrip()


def _cell(values: list[float], digits: int) -> str:
    least = f" ({min(values):.{digits}f})" if len(values) > 1 else ""
    return f"{statistics.median(values):.{digits}f}{least}"


def verdict(measured: dict[int, Measured]) -> str:
    """Whether the budgets are met; empty where their number of records was not measured."""
    one = measured.get(BUDGET_RECORDS)
    if one is None:
        return ""
    build = statistics.median(cost.wall for cost in one.runs["cold"])
    said = f"The budget for a full build of {BUDGET_RECORDS:,} records is {BUDGET_BUILD:g} s: "
    said += f"{'met' if build <= BUDGET_BUILD else '**missed**'}, with {build:.0f} s."
    if one.shown:
        shown = statistics.median(one.shown)
        said += f" For one changed record it is {BUDGET_CHANGE:g} s: "
        said += f"{'met' if shown <= BUDGET_CHANGE else '**missed**'}, with {shown:.1f} s."
    return said


def main() -> int:
    """Measure as the command line asks, and print or write what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--records", type=int, nargs="+", default=[1_000, BUDGET_RECORDS], help="sizes to measure"
    )
    parser.add_argument("--runs", type=int, default=3, help="how often each build is measured")
    parser.add_argument(
        "--changes", type=int, default=5, help="how many records are changed with `serve` running"
    )
    parser.add_argument("--seed", type=int, default=7, help="which council")
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="the page whose measured section to replace"
    )
    asked = parser.parse_args()
    text = section(
        {records: measure(records, asked.seed, asked.runs, asked.changes) for records in asked.records}
    )
    tell(text, asked.write, SECTION)
    return 0


if __name__ == "__main__":
    sys.exit(main())
