"""One search where no index can be kept: `python -m benchmarks.search_once --records 300 1000 10000`.

Such a search makes the whole index for one answer. Our two engines side by side, each run in a process of its
own; from the size at which one of them saves a person time, it answers (`engines.TAKES_OVER`).
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.page import ROOT, load, machine, tell
from benchmarks.search import OURS, make_documents
from benchmarks.search_queries import queries_by_kind
from minutebook_search.engines import TAKES_OVER, open_engine

SECTION = "search once"  # of the page with the figures
_KIND = "three words"


def measure(name: str, path: Path, seed: int) -> dict[str, float]:
    """Index the documents in a file and answer one query, in this process; seconds on the clock and of the processor."""
    # Made by this command a moment ago, in a folder of its own.
    documents = pickle.loads(path.read_bytes())  # noqa: S301
    query = queries_by_kind(documents, 1, seed)[_KIND][0]
    began = time.perf_counter(), sum(os.times()[:4])
    open_engine(documents, engine=name).search(query)  # type: ignore[arg-type]
    return {"wall": time.perf_counter() - began[0], "cpu": sum(os.times()[:4]) - began[1]}


def run(records: Sequence[int], runs: int, seed: int) -> dict[int, dict[str, list[dict[str, float]]]]:
    """Measure both engines at each size, one after the other in each round."""
    found: dict[int, dict[str, list[dict[str, float]]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in records:
            path = Path(folder, f"{size}.pickle")
            path.write_bytes(pickle.dumps(make_documents(size, seed)))
            found[size] = {name: [] for name in OURS}
            for _ in range(runs):
                for name in OURS:
                    command = [sys.executable, "-m", "benchmarks.search_once", "--one", name, str(path)]
                    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
                    found[size][name].append(json.loads(done.stdout))
    return found


def section(found: dict[int, dict[str, list[dict[str, float]]]], runs: int) -> str:
    """The generated section of the page."""

    def cells(taken: Sequence[dict[str, float]]) -> str:
        return " | ".join(f"{statistics.median(one[what] for one in taken):.1f}" for what in ("wall", "cpu"))

    lines = [
        "| records |" + "".join(f" {name}: s on the clock | CPU s |" for name in OURS),
        "|---:|" + "---:|---:|" * len(OURS),
        *(
            f"| {size:,} | {' | '.join(cells(by_name[name]) for name in OURS)} |"
            for size, by_name in found.items()
        ),
    ]
    head = f"Measured with {machine()}; median of {runs} runs. {load()}"
    said = f"FTS5 takes over from {TAKES_OVER:,} records on."
    return "\n\n".join([head, "\n".join(lines), said])


def main() -> int:
    """Measure as the command line asks, and print or write what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, nargs="+", default=[300, 1_000, 3_000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="the page whose section to replace")
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "PICKLE"), help=argparse.SUPPRESS)
    asked: Any = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one[0], Path(asked.one[1]), asked.seed)))
        return 0
    text = section(run(asked.records, asked.runs, asked.seed), asked.runs)
    tell(text, asked.write, SECTION)
    return 0


if __name__ == "__main__":
    sys.exit(main())
