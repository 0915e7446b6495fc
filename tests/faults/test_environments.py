"""Ten variations of environment, one tree of bytes."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.real_house import build, write_house
from tests.helpers import tree

REVERSED = """
import os
_scandir, _listdir = os.scandir, os.listdir
class _Reversed:
    def __init__(self, *where):
        with _scandir(*where) as found:
            self._found = iter(sorted(found, key=lambda entry: entry.name, reverse=True))
    def __iter__(self): return self._found
    def __next__(self): return next(self._found)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
os.scandir = _Reversed
os.listdir = lambda *where: sorted(_listdir(*where), reverse=True)
"""
UMASK = "import os; os.umask(0o077)"
CLOCK = "import time; _time = time.time; time.time = lambda: _time() + 4e8"

# Each: what is different, what runs before, and the variables. One more stands in another folder each.
ENVIRONMENTS: dict[str, tuple[str, dict[str, str | None]]] = {
    "plain": ("", {"PYTHONHASHSEED": "0"}),
    "far east": ("", {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}),
    "far west": ("", {"TZ": "Etc/GMT+12", "LANG": None, "LC_ALL": None}),
    "turkish": ("", {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"}),
    "plain C": ("", {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "other hashes": ("", {"PYTHONHASHSEED": "4294967295", "PYTHONUTF8": "1"}),
    "narrow umask": (UMASK, {}),
    "reversed folders": (REVERSED, {"PYTHONHASHSEED": "77"}),
    "another date of the system": (CLOCK, {"SOURCE_DATE_EPOCH": "1"}),
    "another home": ("", {"HOME": "/nonexistent", "USER": "clerk", "COLUMNS": "20", "NO_COLOR": "1", "TERM": "dumb"}),
    "another depth of folders": ("", {}),
}  # fmt: skip


def _build(base: Path, number: int, name: str) -> dict[str, bytes]:
    place = base / ("another/checkout/Ελλάδα and spaces" if "depth" in name else f"checkout{number}")
    place.mkdir(parents=True)
    write_house(place)
    if number % 2:  # written again in another order: the file system lists it otherwise
        shutil.copytree(place / "docs", place / "copy")
        shutil.rmtree(place / "docs")
        (place / "copy").rename(place / "docs")
    for path in sorted(place.rglob("*.md")):
        os.utime(path, (number * 1e8, number * 1e8))
    before, changed = ENVIRONMENTS[name]
    result = build(place, before=before, **changed)
    assert result.returncode == 0, f"{name}: {result.stderr}"
    return tree(place / "site")


def test_ten_environments_build_one_tree_of_bytes(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        waiting = {name: pool.submit(_build, tmp_path, n, name) for n, name in enumerate(ENVIRONMENTS)}
        trees = {name: one.result(timeout=900) for name, one in waiting.items()}
    plain = trees.pop("plain")
    assert len(trees) == 10
    assert len(plain) > 60
    for name, one in trees.items():
        differing = sorted(path for path in plain.keys() | one.keys() if plain.get(path) != one.get(path))
        assert differing == [], name
