"""What the benchmarks share: the machine they ran on, an invented council, and the place of their figures in a page."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def machine() -> str:
    """The machine, as far as it explains the figures."""
    return f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"


def load() -> str:
    """How busy the machine is, in a sentence: what else ran is in the times on the clock."""
    return f"In the last five minutes {os.getloadavg()[1]:.1f} processes wanted the processors on average, these among them."


def make_council(folder: Path, records: int, seed: int) -> None:
    """Write the records of an invented council, in a process of its own, whose memory is not measured."""
    asked = ["--records", str(records), "--seed", str(seed), "--out", str(folder)]
    command = [sys.executable, "-m", "benchmarks.generator", *asked]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)


def markers(name: str) -> tuple[str, str]:
    """The two comments of a page between which the figures of this name stand."""
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"


def write_section(page: Path, name: str, text: str) -> None:
    """Put figures in their place in a page; ValueError where the page has none for them."""
    begin, end = markers(name)
    before, begins, rest = page.read_text(encoding="utf-8").partition(begin)
    _, ends, after = rest.partition(end)
    if not begins or not ends:
        raise ValueError(f"{page} has no `{begin}` and `{end}`")
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8", newline="\n")


def tell(text: str, page: Path | None, name: str) -> None:
    """Print figures, and put them in their place in a page where one is named; ValueError as `write_section`."""
    print(text)
    if page is not None:
        write_section(page, name, text)
