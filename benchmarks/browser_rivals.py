"""Pagefind and Lunr on the same records as ours: `python -m benchmarks.browser_rivals --records 1000 10000`.

Both come from npm and are tools of this measurement alone: `npm install` in benchmarks/rivals installs them.
Pagefind is asked in Chromium, from a cold page until the data of ten results is there; Lunr loads
everything at once, so that its kilobytes are those of its index and of the texts it shows.
"""

from __future__ import annotations

import argparse
import html
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.browser import EACH, queries, served
from benchmarks.page import ROOT, load, machine, make_council, tell

SECTION = "browser rivals"  # of the page with the figures
RIVALS = ROOT / "benchmarks" / "rivals"
PAGEFIND_KINDS = ("common word", "rare word", "phrase", "three words", "prefix")
_ASK = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Ask</title><link rel="icon" href="data:,"><script type="module">
import * as pagefind from "/pagefind/pagefind.js";
const found = await pagefind.search(new URLSearchParams(location.search).get("q"));
await Promise.all(found.results.slice(0, 10).map((one) => one.data()));
window.shown = true;
</script></html>"""


def write_pages(kb: Path, out: Path) -> None:
    """Write the records in a folder as bare pages, as one file of JSON, and the queries to ask."""
    from minutebook.knowledge_base import link_records
    from minutebook.publication import publish
    from minutebook.reader import read_records
    from minutebook_search.documents import search_documents

    documents = list(search_documents(publish(link_records(read_records(kb)))))
    (out / "queries.json").write_text(json.dumps(queries(documents)), encoding="utf-8")
    pages = [
        {"id": one.id, "title": one.title, "text": "\n".join(passage.text for passage in one.passages[1:])}
        for one in documents
    ]
    (out / "pages.json").write_text(json.dumps(pages), encoding="utf-8")
    for page in pages:
        target = out / "site" / page["id"] / "index.html"
        target.parent.mkdir(parents=True)
        body = "".join(f"<p>{html.escape(text)}</p>" for text in page["text"].split("\n"))
        target.write_text(f'<!doctype html><html lang="en"><title>{html.escape(page["title"])}</title><body data-pagefind-body>'
                          f'<h1>{html.escape(page["title"])}</h1>{body}</body></html>', encoding="utf-8")  # fmt: skip


def pagefind(out: Path, modules: Path, chromium: str, each: int) -> dict[str, Any]:
    """Build Pagefind's index, and ask it in Chromium."""
    from urllib.parse import urlencode

    from playwright.sync_api import Response, sync_playwright

    site, began = out / "site", time.perf_counter()
    subprocess.run([str(modules / ".bin" / "pagefind"), "--site", str(site)], check=True, capture_output=True)
    seconds = time.perf_counter() - began
    files = [path for path in (site / "pagefind").rglob("*") if path.is_file()]
    (site / "ask.html").write_text(_ASK, encoding="utf-8")
    asked = json.loads((out / "queries.json").read_text(encoding="utf-8"))
    cold = {}
    with served(site, plain=True) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for kind in PAGEFIND_KINDS:
            taken = []
            for query in asked[kind][:each]:
                context = browser.new_context()
                sizes: list[int] = []  # its worker's files too, which the page itself does not see

                def note(one: Response, sizes: list[int] = sizes) -> None:
                    sizes.append(int(one.headers.get("content-length", 0)))

                context.on("response", note)
                page = context.new_page()
                page.goto(f"{address}ask.html?{urlencode({'q': query.rstrip('*')})}")
                page.wait_for_function("window.shown === true", timeout=120_000)
                taken.append((sum(sizes[1:]) / 1e3, len(sizes) - 1))  # without the page that asks
                context.close()
            cold[kind] = [statistics.median(one[at] for one in taken) for at in (0, 1)]
        browser.close()
    return {
        "seconds": seconds,
        "MB": sum(path.stat().st_size for path in files) / 1e6,
        "files": len(files),
        "cold": cold,
    }


def lunr(out: Path, modules: Path) -> dict[str, Any]:
    """Build and load Lunr's index in node."""
    node = shutil.which("node") or "node"
    script = str(RIVALS / "lunr.mjs")
    done = subprocess.run(
        [node, "--expose-gc", "--max-old-space-size=6000", script, str(out / "pages.json"), str(out / "queries.json")],
        check=True, capture_output=True, text=True, cwd=modules.parent,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def section(found: Mapping[int, Mapping[str, Any]]) -> str:
    """The generated section of the page."""
    lines = [
        "| records | | build s, on the clock | MB | files | cold: kB / requests |",
        "|---:|---|---:|---:|---:|---|",
    ]
    for records, of in found.items():
        one, other = of["pagefind"], of["lunr"]
        cold = ", ".join(f"{kind} {taken[0]:.0f} / {taken[1]:.0f}" for kind, taken in one["cold"].items())
        once = (
            f"{other['kB']:,.0f} once ({other['gzip']:,.0f} compressed); then {other['start'] / 1e3:.1f} s to start"
            f" and {other['heap']:.0f} MB of heap"
        )
        lines += [
            f"| {records:,} | Pagefind | {one['seconds']:.0f} | {one['MB']:.1f} | {one['files']:,} | {cold} |",
            f"| {records:,} | Lunr | {other['seconds']:.0f} | {other['kB'] / 1e3:.1f} | 2 | {once} |",
        ]
    return f"Measured with {machine()}. {load()}\n\n" + "\n".join(lines)


def main() -> int:
    """Measure as the command line asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="the page whose measured section to replace"
    )
    parser.add_argument("--modules", type=Path, default=RIVALS / "node_modules")
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    asked = parser.parse_args()
    found = {}
    for records in asked.records:
        with tempfile.TemporaryDirectory() as folder:
            kb, out = Path(folder, "kb"), Path(folder)
            make_council(kb, records, asked.seed)
            write_pages(kb, out)
            found[records] = {
                "pagefind": pagefind(out, asked.modules, asked.chromium, asked.each),
                "lunr": lunr(out, asked.modules),
            }
    text = section(found)
    tell(text, asked.write, SECTION)
    return 0


if __name__ == "__main__":
    sys.exit(main())
