"""The search service under queries meant to harm and queries by chance: `python -m benchmarks.search_service --records 10000`.

Two hundred hostile and a thousand random queries, round after round: how long the slowest take, and whether
memory grows from one round to the next.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.generator import write
from benchmarks.search_queries import Vocabulary, hostile_queries, noise
from minutebook.knowledge_base import link_records
from minutebook.publication import publish
from minutebook.reader import read_records
from minutebook_search.documents import search_documents
from minutebook_search.service import service


def ask(application: Any, query: str) -> int:
    """Ask the service as the server that shows the site does; the status of its answer."""
    said: list[int] = []
    environ = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "/api/search", "PATH_INFO": "", "QUERY_STRING": f"q={quote(query, errors='surrogatepass')}",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1", "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr, "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.multithread": True, "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }  # fmt: skip
    body = b"".join(application(environ, lambda status, *_: said.append(int(status.split()[0]))))
    assert b"Traceback" not in body
    return said[0]


def megabytes() -> float:
    """What the process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def main() -> int:
    """Measure as the command line asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "kb"), asked.records, asked.seed)
        published = publish(link_records(read_records(Path(folder, "kb"))))
    application = service(lambda: published)
    vocabulary = Vocabulary(list(search_documents(published)), asked.seed)
    chosen = random.Random(asked.seed)
    queries = [*hostile_queries(), *noise(chosen, 500), *(vocabulary.random_query() for _ in range(500))]
    ask(application, "warm")
    for number in range(asked.rounds):
        wall, cpu, statuses = [], [], Counter[int]()
        for query in queries:
            began = time.perf_counter(), time.process_time()
            statuses[ask(application, query)] += 1
            wall.append((time.perf_counter() - began[0]) * 1e3)
            cpu.append((time.process_time() - began[1]) * 1e3)
        at = -(-99 * len(queries) // 100) - 1
        print(
            f"round {number + 1}: {len(queries):,} queries over {asked.records:,} records; p50 {sorted(cpu)[len(cpu) // 2]:.0f}, "
            f"p99 {sorted(cpu)[at]:.0f} ms of processor time (on the clock {sorted(wall)[at]:.0f}), "
            f"{megabytes():.0f} MB in memory; answers by status {dict(statuses)}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
