"""Compressed copies beside the files of a site, for a server that hands them out instead: the same bytes every time."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable
from pathlib import Path

from minutebook.workers import share_out

# What shrinks: text. Pictures, fonts and archives are compressed already.
_ENDINGS = frozenset(
    {".css", ".csv", ".html", ".ics", ".js", ".json", ".jsonl", ".md", ".mjs", ".svg", ".txt", ".xml"}
)
_LEAST = 512  # bytes; below, the answer of a server fits one packet either way
_LEVEL = 9
_GZIP = 31  # for zlib: 15 bits of window, and the header and trailer of gzip


def compress(site: Path, jobs: int = 1) -> int:
    """Write `index.html.gz` beside `index.html` wherever that is smaller; how many were written.

    They are made anew in each build: a copy that an earlier one left is not taken on trust.
    """
    paths = [
        f"{folder}/{name}"
        for folder, _, names in os.walk(site)
        for name in names
        if Path(name).suffix in _ENDINGS and f"{name}.gz" not in names
    ]

    def act(share: Iterable[str]) -> int:
        return sum(_compress(Path(path)) for path in share)

    return sum(share_out(sorted(paths), act, jobs))


def _compress(path: Path) -> bool:
    data = path.read_bytes()
    if len(data) < _LEAST:
        return False
    # Its header has no name, and 0 for the time (RFC 1952: none): the same bytes on every day.
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    packed = packer.compress(data) + packer.flush()
    if len(packed) >= len(data):
        return False
    path.with_name(f"{path.name}.gz").write_bytes(packed)
    return True
