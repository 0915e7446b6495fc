"""Kill -9, a full disk, a read-only folder: the old site or the new one, every time, and the next build succeeds."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minutebook.safe_files import GRACE
from tests.faults.real_house import build, command, environment, write_house
from tests.helpers import REPOSITORY, tree


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that another user can look into."""
    folder = Path(tempfile.mkdtemp(prefix="minutebook-faults-"))
    folder.chmod(0o755)
    yield folder
    for inner in [folder, *folder.rglob("*")]:
        if inner.is_dir() and not inner.is_symlink():
            inner.chmod(0o755)
    shutil.rmtree(folder)


def workshop(what: str, place: Path) -> Any:
    """What the workshop found when it broke builds off at every point."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.faults.tiny_house", what, str(place)],
        cwd=REPOSITORY, env={**os.environ, "PYTHONPATH": "."}, capture_output=True, text=True, timeout=900, check=True,
    )  # fmt: skip
    return json.loads(result.stdout)


def leftovers(place: Path) -> list[str]:
    """What a broken-off build may have left and the next one should have removed."""
    names = [path.name for path in place.rglob("*")]
    return [name for name in names if name.startswith(".writing-") or name.endswith(".next")]


def test_a_build_that_is_killed_anywhere_leaves_the_old_site_or_the_new_one(place: Path) -> None:
    found = workshop("kill", place)
    assert len(found) > 200
    assert found[-1]["said"] == "done"
    assert {one["said"] for one in found[:-1]} == {"killed"}
    assert [one for one in found if one["after"] not in (one["old"], one["number"] - 1)] == []
    assert [one for one in found if one["then"] != "done" or one["next"] != one["number"]] == []
    assert {one["after"] == one["old"] for one in found} == {True, False}
    assert leftovers(place) == []
    assert len(list((place / ".minutebook/sites/site").iterdir())) == 1


def test_a_first_build_that_is_killed_leaves_no_site_or_a_whole_one(place: Path) -> None:
    found = workshop("kill-fresh", place)
    assert len(found) > 25
    assert [one for one in found if one["after"] not in (None, one["number"] - 1)] == []
    assert [one for one in found if one["then"] != "done" or one["next"] != one["number"]] == []


def test_a_build_in_two_processes_that_is_killed_anywhere_leaves_the_old_site_or_the_new_one(
    place: Path,
) -> None:
    """The point is counted in each process: now the parent is killed, now one of those that it forked."""
    found = workshop("kill-workers", place)
    assert len(found) > 40
    assert found[-1]["said"] == "done"
    said = {one["said"] for one in found[:-1]}
    assert "killed" in said
    assert any(one.startswith("refused: a process of the build was ended from outside") for one in said)
    assert all(one == "killed" or one.endswith("; the old site is as it was") for one in said)
    assert [one for one in found if one["after"] not in (one["old"], one["number"] - 1)] == []
    assert [one for one in found if one["then"] != "done" or one["next"] != one["number"]] == []
    assert leftovers(place) == []


def test_a_disk_that_fills_up_anywhere_leaves_the_old_site_and_is_a_sentence(place: Path) -> None:
    found = workshop("full", place)
    assert len(found) > 60
    for one in found:
        if one["said"] != "done":
            assert one["said"].startswith("refused: cannot build here: no space left on device")
            assert one["said"].endswith("; the old site is as it was")
            assert one["after"] == one["old"]
        assert (one["then"], one["next"]) == ("done", one["number"])
    assert len({one["said"] for one in found}) >= 2
    assert leftovers(place) == []


def test_a_read_only_folder_leaves_the_old_site_and_is_a_sentence(place: Path) -> None:
    said, stands = workshop("read-only", place)
    assert said.startswith("refused: cannot build here: permission denied at ")
    assert stands == 1


# -- the real thing --------------------------------------------------------------------------------


@pytest.fixture
def house(place: Path) -> Path:
    """The small council in a folder of its own, built once."""
    write_house(place)
    assert build(place).returncode == 0
    return place


def test_a_real_build_that_is_killed_leaves_a_whole_site(house: Path) -> None:
    whole = tree(house / "site")
    started = time.perf_counter()
    assert build(house).returncode == 0
    usual = time.perf_counter() - started - GRACE
    for share in (0.5, 0.7, 0.85, 0.97):
        process = subprocess.Popen(
            command("build", "--afresh"),
            cwd=house,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(usual * share)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        assert tree(house / "site") == whole
    assert build(house).returncode == 0
    assert tree(house / "site") == whole
    assert leftovers(house) == []
    assert len(list((house / ".minutebook/sites/site").iterdir())) == 1


def test_a_real_build_that_may_not_write_a_long_file_says_so(house: Path) -> None:
    whole = tree(house / "site")
    (house / "docs/map.bin").write_bytes(bytes(3_000_000))
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2_500_000, 2_500_000)); "
    result = build(house, before=limit)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: cannot build here: file too large")
    assert result.stderr.rstrip().endswith("; the old site is as it was")
    assert result.stderr.count("\n") == 1
    assert tree(house / "site") == whole


FULL_DISK = """
set -e
mount -t tmpfs -o size=40m tmpfs "$1"
cp -r "$2/." "$1"
cd "$1"
"$3" -c "from minutebook.cli import main; main()" build >/dev/null
cp -rL site "$2/before"
mount -o "remount,size=$(( $(du -sk . | cut -f1) + 300 ))k" "$1"
set +e
"$3" -c "from minutebook.cli import main; main()" build --afresh; echo "exit $?"
cp -rL site "$2/after"
"""


def test_a_real_build_on_a_full_disk_says_so(place: Path) -> None:
    disk, house = place / "disk", place / "house"
    disk.mkdir()
    house.mkdir()
    write_house(house)
    can = subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", str(disk)], capture_output=True, check=False) if shutil.which("unshare") else None  # fmt: skip
    if can is None or can.returncode:
        pytest.skip("cannot make a small disk here: it takes root, unshare and mount")
    result = subprocess.run(
        ["unshare", "-m", "sh", "-c", FULL_DISK, "sh", str(disk), str(house), sys.executable],
        env=environment(), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert result.stdout == "exit 2\n", result.stderr
    assert result.stderr.startswith("Error: cannot build here: no space left on device")
    assert result.stderr.count("\n") == 1
    assert tree(house / "before") == tree(house / "after")
