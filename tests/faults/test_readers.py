"""Readers while the site is published again and again: no page is missing, none is a mixture of two builds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.faults.tiny_house import FILES, GRACE, PAGES, build_number, content, in_a_fork
from tests.helpers import REPOSITORY

PUBLISHES = 20
READS = 1_000


def _number(data: bytes) -> int:
    return int(data.partition(b"build ")[2].partition(b" ")[0])


def test_a_thousand_reads_during_twenty_publishes_find_every_page_whole(tmp_path: Path) -> None:
    """What is promised: a file is whole, and who holds the folder open sees one build.

    A browser asks for a page and then for its style sheet: those two may come from two builds. And
    a folder that was live is there for a while longer, and then it is gone.
    """
    assert in_a_fork(lambda: build_number(tmp_path, 1)) == "done"
    command = [sys.executable, "-m", "tests.faults.tiny_house", "publish", str(tmp_path), str(PUBLISHES)]
    site, paths, numbers, reads, held = tmp_path / "site", PAGES + FILES, [1], 0, 0
    ends = time.monotonic() + 300
    with subprocess.Popen(command, cwd=REPOSITORY, env={**os.environ, "PYTHONPATH": "."}) as publisher:
        while (publisher.poll() is None or reads < READS) and time.monotonic() < ends:
            path = paths[reads % len(paths)]
            data = (site / path).read_bytes()
            number = _number(data)
            assert content(path, number).encode() in data
            assert number >= numbers[-1], "a reader went back in time"
            if number != numbers[-1]:
                numbers.append(number)
            if reads % 10 == 0:
                seen = _builds_seen_in(site)
                assert len(seen) <= 1
                held += len(seen)
            reads += 1
    assert publisher.returncode == 0
    assert reads >= READS
    assert numbers[-1] == 1 + PUBLISHES
    assert len(numbers) > PUBLISHES / 2, "hardly a publish was read"
    assert held > READS / 20, "a folder was hardly ever held"
    assert len(list((tmp_path / ".minutebook/sites/site").iterdir())) == 1, "nothing of before is left"


def _builds_seen_in(site: Path) -> set[int]:
    """The builds that the files of one folder are of; none where it was held for longer than is promised."""
    began = time.monotonic()
    folder = os.open(site, os.O_DIRECTORY)
    try:
        return {_number(_read_in(folder, path)) for path in ("index.html", "assets/a.css", "data/all.csv")}
    except FileNotFoundError:
        if time.monotonic() - began < GRACE:
            raise
        return set()
    finally:
        os.close(folder)


def _read_in(folder: int, path: str) -> bytes:
    with os.fdopen(os.open(path, os.O_RDONLY, dir_fd=folder), "rb") as file:
        return file.read()
