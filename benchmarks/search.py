"""How long a search takes, and its index: `python -m benchmarks.search --records 1000 10000 50000`.

Our two engines beside stock Whoosh, SQLite FTS5 and, where it is installed, tantivy, over the same invented
council, each in a process of its own. The others answer what they can of the same queries.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.generator import write
from benchmarks.page import ROOT, load, machine, tell
from benchmarks.search_queries import KINDS, queries_by_kind
from benchmarks.search_rivals import CANNOT, RIVALS
from minutebook.knowledge_base import link_records
from minutebook.publication import publish
from minutebook.reader import read_records
from minutebook_search.documents import SearchDocument, search_documents

OURS = ("whoosh", "fts5")
_LONGEST, _FEW = 30, 3  # seconds for the queries of one kind, after so many of them
ENGINES = (*OURS, *RIVALS)
SECTION = "search"  # of the page with the figures
Answer = Callable[[str], int]


def make_documents(records: int, seed: int) -> list[SearchDocument]:
    """Return the search documents of an invented council."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "kb"), records, seed)
        return list(search_documents(publish(link_records(read_records(Path(folder, "kb"))))))


def _ours(name: str, documents: Sequence[SearchDocument], cache: Path) -> tuple[Answer, int]:
    from minutebook_search.engines import open_engine

    engine = open_engine(documents, cache, engine=name)  # type: ignore[arg-type]
    size = sum(path.stat().st_size for path in cache.parent.glob(f"{cache.name}.*"))
    return lambda query: engine.search(query).total, size


def _changed(documents: Sequence[SearchDocument]) -> list[SearchDocument]:
    """The same documents, the words of one of them another."""
    from dataclasses import replace

    from minutebook_search.documents import Passage

    at = len(documents) // 3
    one = documents[at]
    return [
        *documents[:at],
        replace(one, passages=(*one.passages, Passage("a word more", 1.0))),
        *documents[at + 1 :],
    ]


def measure(name: str, documents: Sequence[SearchDocument], many: int, seed: int) -> dict[str, Any]:
    """Index the documents and ask so many queries of each kind, in this process; what it cost, as data."""
    found: dict[str, Any] = {"engine": name}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder, "caches"))
        cache = Path(folder, "index")
        began = time.perf_counter(), _cpu()
        if name in OURS:
            answer, size = _ours(name, documents, cache)
        else:
            answer, size = RIVALS[name](documents, Path(folder, "rival"))
        found |= {
            "index_wall": time.perf_counter() - began[0],
            "index_cpu": _cpu() - began[1],
            "megabytes": size / 1e6,
        }
        found["queries"] = {
            kind: _times(answer, queries)
            for kind, queries in queries_by_kind(documents, many, seed).items()
            if kind not in CANNOT.get(name, ())
        }
        if name in OURS:
            changed = _changed(documents)
            began = time.perf_counter(), _cpu()
            _ours(name, changed, cache)
            found |= {"update_wall": time.perf_counter() - began[0], "update_cpu": _cpu() - began[1]}
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1e6 if sys.platform == "darwin" else 1e3
    )
    return found


def _cpu() -> float:
    """Seconds of processor time of this process and those it started."""
    return sum(os.times()[:4])


def _times(answer: Answer, queries: Sequence[str]) -> dict[str, float]:
    """The middle and the 95th percentile, in milliseconds of processor time and on the clock."""
    answer(queries[0])  # what is made at the first query alone
    wall: list[float] = []
    cpu: list[float] = []
    gc.collect()
    ends = time.monotonic() + _LONGEST
    for query in queries:
        if len(wall) >= _FEW and time.monotonic() > ends:
            break
        began = time.perf_counter(), time.process_time()
        answer(query)
        wall.append((time.perf_counter() - began[0]) * 1e3)
        cpu.append((time.process_time() - began[1]) * 1e3)
    return {
        "queries": len(wall),
        "p50": statistics.median(cpu),
        "p95": _p95(cpu),
        "wall p50": statistics.median(wall),
        "wall p95": _p95(wall),
    }


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


Measured = dict[int, list[dict[str, Any]]]


def run(
    records: Sequence[int],
    engines: Sequence[str],
    many: int,
    seed: int,
    keep: Callable[[int, dict[str, Any]], None],
) -> None:
    """Measure each engine at each size, each in a process of its own, and hand over what came of each."""
    with tempfile.TemporaryDirectory() as folder:
        for size in records:
            path = Path(folder, f"{size}.pickle")
            path.write_bytes(pickle.dumps(make_documents(size, seed)))
            for name in engines:
                command = [
                    sys.executable,
                    "-m",
                    "benchmarks.search",
                    "--one",
                    name,
                    str(path),
                    "--many",
                    str(many),
                ]
                done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
                if done.returncode:
                    print(f"{name} at {size:,}: skipped, it is not installed or failed", file=sys.stderr)
                    continue
                keep(size, json.loads(done.stdout))
                print(f"{name} at {size:,}: done", file=sys.stderr)


def load_results(path: Path | None) -> Measured:
    """Return what earlier runs left in a file; nothing where there is none."""
    if path is None or not path.is_file():
        return {}
    return {int(size): engines for size, engines in json.loads(path.read_text(encoding="utf-8")).items()}


def keep_result(measured: Measured, path: Path | None, size: int, result: dict[str, Any]) -> None:
    """Put a result in the place of an earlier one of the same engine and size, and into the file."""
    others = [one for one in measured.get(size, []) if one["engine"] != result["engine"]]
    measured[size] = sorted([*others, result], key=lambda one: ENGINES.index(one["engine"]))
    if path is not None:
        path.write_text(json.dumps(measured), encoding="utf-8")


def tables(measured: Mapping[int, Sequence[Mapping[str, Any]]]) -> str:
    """What was measured as Markdown."""
    parts = []
    for size, engines in measured.items():
        names = [str(one["engine"]) for one in engines]
        head = [f"| {size:,} records | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
        rows = [
            ("index, s on the clock", [f"{one['index_wall']:.1f}" for one in engines]),
            ("index, s of processor time", [f"{one['index_cpu']:.1f}" for one in engines]),
            ("one record changed, s of processor time", [f"{one['update_cpu']:.2f}" if "update_cpu" in one else "—" for one in engines]),
            ("size, MB", [f"{one['megabytes']:.1f}" for one in engines]),
            ("peak memory, documents included, MB", [f"{one['peak']:.0f}" for one in engines]),
        ]  # fmt: skip
        many = max(
            (times.get("queries", 0) for one in engines for times in one["queries"].values()), default=0
        )
        rows += [(kind, [_cell(one["queries"].get(kind), many) for one in engines]) for kind in KINDS]
        parts.append("\n".join([*head, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows)]))
    return "\n\n".join(parts)


def _cell(times: Mapping[str, float] | None, many: float) -> str:
    if not times:
        return "—"
    few = f" ({times['queries']:.0f})" if times.get("queries", many) < many else ""
    return f"{times['p50']:.1f} / {times['p95']:.1f}{few}"


def section(measured: Mapping[int, Sequence[Mapping[str, Any]]], date: str) -> str:
    """The generated section of the page."""
    judged = measured.get(10_000) or next(iter(measured.values()))
    ours: Mapping[str, Mapping[str, float]] = next(
        (one["queries"] for one in judged if one["engine"] == "whoosh"), {}
    )
    slowest = max(((times["p95"], kind) for kind, times in ours.items()), default=(0.0, ""))
    clock = max((times["wall p95"] for times in ours.values()), default=0.0)
    head = (
        f"Measured on {date} with {machine()}. {load()} Times of queries are processor time, p50 / p95 "
        "in milliseconds, with ten hits, snippets and counts of facets: five in our engines, two in the stock ones, none in tantivy. "
        "A dash is a kind that an engine has nothing for; a number in brackets is how many queries it could answer in "
        f"{_LONGEST} seconds, where it was not all of them."
    )
    judgement = (
        f"At 10,000 records the slowest kind in the default engine ({slowest[1]}) takes {slowest[0]:.0f} ms of processor time at the "
        f"95th percentile; the slowest on the clock took {clock:.0f} ms."
    )
    return "\n\n".join([head, tables(measured), judgement])


def main() -> int:
    """Measure as the command line asks, and print or write what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, nargs="*", default=[1_000, 10_000], help="sizes to measure")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--many", type=int, default=40, help="queries of each kind")
    parser.add_argument("--seed", type=int, default=7, help="which council, which queries")
    parser.add_argument("--date", default="no date given", help="the day, for the page")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="the page whose section to replace")
    parser.add_argument(
        "--results", type=Path, metavar="FILE", help="keep results there, beside those of earlier runs"
    )
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "PICKLE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        # Made by this command a moment ago, in a folder of its own.
        documents = pickle.loads(Path(asked.one[1]).read_bytes())  # noqa: S301
        print(json.dumps(measure(asked.one[0], documents, asked.many, asked.seed)))
        return 0
    measured = load_results(asked.results)
    run(asked.records, asked.engines, asked.many, asked.seed, partial(keep_result, measured, asked.results))
    text = section(dict(sorted(measured.items())), asked.date)
    tell(text, asked.write, SECTION)
    return 0


if __name__ == "__main__":
    sys.exit(main())
