"""What the search for browsers costs: `python -m benchmarks.browser --records 1000 10000 100000`.

For an invented council of each size: how long the index takes to build, how much memory, how many bytes
and files; and in Chromium, for ten kinds of query, the kilobytes and requests from a cold page to ten
shown results. Node measures the same queries warm. The server answers ranges of bytes, as nearly every host
does, and then none; it never compresses. Budgets: design, section 15.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.page import ROOT, load, machine, make_council, tell
from benchmarks.tree_memory import TreeMemory

BUDGET_RECORDS, BUDGET_KB, BUDGET_REQUESTS, BUDGET_WARM_MS = 100_000, 150, 20, 20
SECTION = "browser"  # of the page with the figures
KINDS = (
    "common word",
    "rare word",
    "phrase",
    "phrase and a word",
    "three words",
    "OR",
    "NOT",
    "prefix",
    "typo",
    "filter and dates",
)
EACH = 8  # queries of a kind
# As strict as the pages of a site are, without their theme.
_FRAME = """<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'{}; style-src 'self'; img-src data:; connect-src 'self'"><meta charset="utf-8"><title>Search</title><link rel="icon" href="data:,"><main>{}</main></html>"""


def build(folder: Path, out: Path) -> dict[str, Any]:
    """Build the index of the records in a folder into `out`, in this process and those that it forks; what it cost, as data."""
    from minutebook.knowledge_base import link_records
    from minutebook.publication import publish
    from minutebook.reader import read_records
    from minutebook.when import When
    from minutebook.workers import settled
    from minutebook_search.documents import search_documents
    from minutebook_search.static.output import search_page

    def worked() -> float:
        return sum(os.times()[:4])  # of this process and of those that it waited for

    published = publish(link_records(read_records(folder)))
    published.kb.backlinks("")  # as a build has, which joins links before it makes anything
    with TreeMemory() as memory, settled():
        began, before = time.perf_counter(), worked()
        index_bytes = files = 0
        for file in search_page(published, When.parse("2022-12-31")):
            target = out / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            named = "".join(f" '{one}'" for one in file.inline_scripts)
            data = file.data if not file.is_page else _FRAME.format(named, file.content).encode()
            target.write_bytes(data)
            files, index_bytes = files + 1, index_bytes + len(data)
        cost = {"seconds": time.perf_counter() - began, "cpu": worked() - before, "files": files, "bytes": index_bytes}  # fmt: skip
    cost |= {"megabytes": memory.peak, "before": memory.before}
    (out / "queries.json").write_text(
        json.dumps(queries(list(search_documents(published)))), encoding="utf-8"
    )
    return cost


def queries(documents: Sequence[Any], seed: int = 3) -> dict[str, list[str]]:
    """Return queries of every kind over the words of some documents."""
    from minutebook_search.words import words

    draw = random.Random(seed)
    sample = draw.sample(documents, min(2_000, len(documents)))
    texts = [[[token.printed for token in words(passage.text)] for passage in one.passages] for one in sample]
    having = Counter(word for one in texts for word in {word for passage in one for word in passage})
    size = len(sample)
    letters = sorted(word for word in having if word.isalpha() and len(word) > 3)
    common = [word for word in letters if 0.15 < having[word] / size < 0.6] or letters[:20]
    middle = [word for word in letters if 0.02 < having[word] / size < 0.15] or common
    rare = [word for word in letters if having[word] <= 2 and len(word) > 6] or middle
    rows = [passage for one in texts for passage in one if len(passage) > 8]

    def row(many: int) -> str:
        passage = draw.choice(rows)
        at = draw.randrange(len(passage) - many)
        return f'"{" ".join(passage[at : at + many])}"'

    def typo() -> str:
        word = draw.choice([one for one in middle if len(one) > 6] or middle)
        at = draw.randrange(2, len(word))
        return word[:at] + word[at + 1 :]

    def dated() -> str:
        document = draw.choice([one for one in sample if one.first is not None and one.body])
        return f"{draw.choice(middle)} type:{document.type} date:{document.first.year}..{document.first.year + 1}"

    makers = {
        "common word": lambda: draw.choice(common),
        "rare word": lambda: draw.choice(rare),
        "phrase": lambda: row(draw.choice([2, 3])),
        "phrase and a word": lambda: f"{row(2)} {draw.choice(common)}",
        "three words": lambda: " ".join(draw.sample(middle, 3)),
        "OR": lambda: f"{draw.choice(middle)} OR {draw.choice(rare)}",
        "NOT": lambda: f"{draw.choice(middle)} -{draw.choice(common)}",
        "prefix": lambda: f"{draw.choice(middle)[:5]}*",
        "typo": typo,
        "filter and dates": dated,
    }
    return {kind: [makers[kind]() for _ in range(EACH)] for kind in KINDS}


class _Server(SimpleHTTPRequestHandler):
    """Serves files and says nothing; answers ranges of bytes (RFC 9110, section 14) unless it is a plain one."""

    is_plain = False

    def end_headers(self) -> None:
        """Say that ranges are answered, as servers that do so say with every file (RFC 9110, section 14.3)."""
        if not self.is_plain:
            self.send_header("Accept-Ranges", "bytes")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with a part where one is asked for."""
        try:
            self._answer()
        except (BrokenPipeError, ConnectionResetError):
            pass  # the page was closed while it still counted its facets

    def _answer(self) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if asked is None or self.is_plain or not path.is_file():
            super().do_GET()
            return
        first, last = map(int, asked.groups())
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(first)
            part = file.read(last + 1 - first)
        self.send_response(206 if part else 416)
        self.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{size}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)


class _Plain(_Server):
    is_plain = True


@contextmanager
def served(folder: Path, plain: bool) -> Iterator[str]:
    """Serve a folder."""
    handler = partial(_Plain if plain else _Server, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def cold(
    out: Path, asked: dict[str, list[str]], chromium: str, each: int, plain: bool
) -> dict[str, dict[str, float]]:
    """For each kind: median kilobytes and requests of a cold page until its results are shown, and the worst."""
    from urllib.parse import urlencode

    from playwright.sync_api import sync_playwright

    found: dict[str, dict[str, float]] = {}
    with served(out, plain) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for kind, some in asked.items():
            taken: list[tuple[float, int, float]] = []
            for query in some[:each]:
                context = browser.new_context()
                page = context.new_page()
                page.add_init_script(
                    "addEventListener('DOMContentLoaded', () => { const count = document.querySelector('#mb-count');"
                    "new MutationObserver(() => { if (/\\.$/.test(count.textContent)) window.shown ??= [performance.now(),"
                    "performance.getEntriesByType('resource').map(one => [one.name, one.responseEnd, one.encodedBodySize])]; }).observe(count, {childList: true}); });"
                )
                page.goto(f"{address}search/?{urlencode({'q': query})}")
                # Not by a function of the page's: its policy lets nothing be evaluated there.
                page.locator("#mb-count", has_text=re.compile(r"\.$")).wait_for(timeout=120_000)
                milliseconds, seen = page.evaluate("window.shown")
                done = [
                    size
                    for name, ended, size in seen
                    if name.startswith("http") and 0 < ended <= milliseconds
                ]
                taken.append((sum(done) / 1e3, len(done), milliseconds))
                context.close()
            found[kind] = {
                "kB": statistics.median(one[0] for one in taken), "most kB": max(one[0] for one in taken),
                "requests": statistics.median(one[1] for one in taken), "most requests": max(one[1] for one in taken),
                "ms": statistics.median(one[2] for one in taken),
            }  # fmt: skip
        browser.close()
    return found


def warm(out: Path) -> dict[str, Any]:
    """What node measures of the same engine with all files at hand: milliseconds by kind, and the heap."""
    node = shutil.which("node")
    if node is None:
        return {}
    script = str(ROOT / "benchmarks" / "browser_warm.mjs")
    done = subprocess.run(
        [node, "--expose-gc", script, str(out)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return dict(json.loads(done.stdout))


def measure(records: int, seed: int, chromium: str, each: int) -> dict[str, Any]:
    """Measure a council of so many records."""
    with tempfile.TemporaryDirectory() as folder:
        kb, out = Path(folder, "kb"), Path(folder, "site")
        make_council(kb, records, seed)
        built = subprocess.run(
            [sys.executable, "-m", "benchmarks.browser", "--build", str(kb), str(out)],
            check=True, capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        asked = json.loads((out / "queries.json").read_text(encoding="utf-8"))
        return {
            "records": records,
            "build": json.loads(built.stdout),
            "cold": cold(out, asked, chromium, each, plain=False),
            "plain": cold(out, asked, chromium, each, plain=True),
            "warm": warm(out),
        }


def section(found: Sequence[dict[str, Any]]) -> str:
    """The generated section of the page: machine, what a cold page takes, what a warm one, what the index costs."""
    last = found[-1]
    head = f"Measured with {machine()}; {load()[:1].lower()}{load()[1:]}"
    kinds = last["warm"].get("kinds", {})
    lines = [
        "| kind of query |" + "".join(f" {one['records']:,}: kB / requests |" for one in found)
        + " the worst | no ranges: kB / requests | warm p50 ms | p95 ms |",
        "|---|" + "---:|" * (len(found) + 4),
    ]  # fmt: skip
    for kind in KINDS:
        cells = [f"{one['cold'][kind]['kB']:.0f} / {one['cold'][kind]['requests']:.0f}" for one in found]
        cells.append(f"{last['cold'][kind]['most kB']:.0f} / {last['cold'][kind]['most requests']:.0f}")
        cells.append(f"{last['plain'][kind]['kB']:.0f} / {last['plain'][kind]['requests']:.0f}")
        cells += [f"{kinds[kind][at]:.1f}" if kind in kinds else "—" for at in ("p50", "p95")]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    costs = [
        "| records | build: s on the clock | CPU s | memory MB | index MB | files | heap of a reader MB |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in found:
        cost = one["build"]
        costs.append(
            f"| {one['records']:,} | {cost['seconds']:.1f} | {cost['cpu']:.1f} | {cost['megabytes'] - cost['before']:,.0f} | "
            f"{cost['bytes'] / 1e6:.1f} | {cost['files']:,} | {one['warm'].get('heap', 0):.0f} |"
        )
    return "\n\n".join(part for part in (head, "\n".join(lines), verdict(last), "\n".join(costs)) if part)


def verdict(one: dict[str, Any]) -> str:
    """Which kinds of query keep the budget; empty where its number of records was not measured."""
    if one["records"] != BUDGET_RECORDS:
        return ""
    said = []
    for name, where in (("cold", "from a server that answers ranges"), ("plain", "from one that does not")):
        over = [
            kind for kind, taken in one[name].items() if taken["kB"] > BUDGET_KB or taken["requests"] > BUDGET_REQUESTS
        ]  # fmt: skip
        said.append(f"{where} by the median of {len(KINDS) - len(over)} of {len(KINDS)} kinds" + (f" (not by {', '.join(over)})" if over else ""))  # fmt: skip
    slow = [kind for kind, speed in one["warm"].get("kinds", {}).items() if speed["p95"] > BUDGET_WARM_MS]
    return (
        f"The budget at {BUDGET_RECORDS:,} records, {BUDGET_KB} kB and {BUDGET_REQUESTS} requests cold, is met {'; '.join(said)}. "
        f"Warm, {BUDGET_WARM_MS} ms at the 95th percentile are {'kept by all kinds' if not slow else 'not kept by ' + ', '.join(slow)}."
    )


def main() -> int:
    """Measure as the command line asks, and print or write what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--each", type=int, default=EACH, help="queries of each kind, cold")
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    parser.add_argument("--json", type=Path, help="where to put the figures as data")
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="the page whose measured section to replace"
    )
    parser.add_argument("--build", type=Path, nargs=2, metavar=("KB", "OUT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.build:
        print(json.dumps(build(*asked.build)))
        return 0
    if asked.chromium is None:
        parser.error("Chromium is not installed: it is what the kilobytes are measured in")
    found = [measure(records, asked.seed, asked.chromium, asked.each) for records in sorted(asked.records)]
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    text = section(found)
    tell(text, asked.write, SECTION)
    return 0


if __name__ == "__main__":
    sys.exit(main())
