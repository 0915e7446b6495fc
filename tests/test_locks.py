"""What may not be in the repository: an index in a lock, a requirement without hash, a machine's own path."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

REPOSITORY = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt")

REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")

# Folders that exist on one machine only. The words are put together so that this file holds none of
# them; a letter, a dot or a slash before the first one makes it part of an address, not a path.
PRIVATE = ("home", "Users", "work", "root", "opt")
PRIVATE_PATH = re.compile(rf"(?<![\w./~%-])/(?:{'|'.join(PRIVATE)})/\w|\b[A-Z]:\\{'Users'}\\")


def requirements(lock: str) -> Iterator[str]:
    """Yield each requirement of a lock with its options on one line, comments left out."""
    text = re.sub(r"(?m)(^|\s)#.*$", "", lock).replace("\\\n", " ")
    yield from (line.strip() for line in text.splitlines() if line.strip())


def flaws(lock: str) -> list[str]:
    """Return what is wrong with a lock: an address, an option, a requirement not pinned or not hashed."""
    found = []
    for line in requirements(lock):
        if line.startswith("-"):
            found.append(f"an option: {line}")
        elif not REQUIREMENT.match(line):
            found.append(f"not pinned: {line}")
        elif not HASH.search(line):
            found.append(f"not hashed: {line}")
    if "://" in lock or "file:/" in lock or PRIVATE_PATH.search(lock):
        found.append("an address or a path")
    return found


def pins(lock: str) -> dict[str, str]:
    """Return the version of every package of a lock, by its normalised name."""
    matches = filter(None, map(REQUIREMENT.match, requirements(lock)))
    return {normalised(match["name"]): match["version"] for match in matches}


def normalised(name: str) -> str:
    """Return the name of a package as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def private_paths(files: Iterable[Path]) -> list[str]:
    """Return `file:line` for every path of somebody's own machine in the text files given."""
    found = []
    for file in files:
        data = file.read_bytes()
        if b"\0" in data:
            continue
        for number, line in enumerate(data.decode("utf-8", errors="replace").splitlines(), start=1):
            if match := PRIVATE_PATH.search(line):
                found.append(f"{file.name}:{number}: {match[0]}")
    return found


def repository_files() -> list[Path]:
    """Return the files that are in git or would be, at the next `git add`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False)
    if answer.returncode:
        pytest.skip("not a git checkout")
    paths = (REPOSITORY / name for name in answer.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file() and not path.is_symlink()]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_versions_and_hashes_only(name: str) -> None:
    """Every requirement is pinned and hashed, and no index, link or path is named."""
    lock = (REPOSITORY / name).read_text(encoding="utf-8")

    assert flaws(lock) == [], "make the lock with `make lock`"
    assert len(pins(lock)) > 20


def test_the_locks_agree() -> None:
    """What the tests run on is what the site is built with."""
    runtime, dev = (pins((REPOSITORY / name).read_text(encoding="utf-8")) for name in LOCKS)

    assert runtime.items() <= dev.items(), "make both locks with `make lock`"


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    """A dependency added to pyproject.toml is pinned too, and what builds the editable install is."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, dev = (pins((REPOSITORY / name).read_text(encoding="utf-8")) for name in LOCKS)
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    extra = project["project"]["optional-dependencies"]["dev"]

    assert names(needed) <= runtime.keys(), "run `make lock`"
    assert names(needed + extra) <= dev.keys(), "run `make lock`"


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_accepts_the_oldest_python(name: str) -> None:
    """A lock made with one Python 3.11 installs on every other: Debian 12 has 3.11.2."""
    lock = (REPOSITORY / name).read_text(encoding="utf-8")
    asked = {package: python_for(package, version) for package, version in pins(lock).items()}

    assert [f"{package} wants {python}" for package, python in asked.items() if "3.11.0" not in python] == []
    known = [package for package, python in asked.items() if str(python)]
    assert len(known) > len(asked) / 2, "what is installed is not what is locked: run `make test`"


def python_for(package: str, version: str) -> SpecifierSet:
    """Return the versions of Python that a package accepts; all, where that version is not installed."""
    try:
        found = distribution(package)
    except PackageNotFoundError:
        return SpecifierSet()
    return SpecifierSet(
        str(found.metadata.json.get("requires_python", "")) if found.version == version else ""
    )


def names(requirement_strings: list[str]) -> set[str]:
    """Return the normalised names at the start of requirements such as `mkdocs>=1.6,<2`."""
    return {normalised(re.split(r"[^\w.-]", requirement)[0]) for requirement in requirement_strings}


def test_no_file_names_a_path_of_one_machine() -> None:
    """Nothing in the repository says where somebody's copy of it lies."""
    assert private_paths(repository_files()) == []


@pytest.mark.parametrize(
    ("line", "flaw"),
    [
        ("click==8.1.0", "not hashed: click==8.1.0"),
        ("click>=8.1 --hash=sha256:" + "0" * 64, "not pinned: click>=8.1 --hash=sha256:" + "0" * 64),
        ("--index-url simple", "an option: --index-url simple"),
        ("# from https" + "://example.org/simple", "an address or a path"),
        (f"# from /{PRIVATE[0]}/clerk/wheels", "an address or a path"),
    ],
)
def test_a_flaw_in_a_lock_is_found(line: str, flaw: str) -> None:
    """Each flaw that a lock can have is found, in comments too."""
    sound = "whoosh==2.7.4 \\\n    --hash=sha256:" + "a" * 64 + "\n    # via minutebook\n"

    assert flaws(sound) == []
    assert flaws(sound + line + "\n") == [flaw]


@pytest.mark.parametrize("folder", PRIVATE)
def test_a_path_of_one_machine_is_found(tmp_path: Path, folder: str) -> None:
    """A private path is found in text; the same words in a web address are not one."""
    (tmp_path / "notes.md").write_text(f"See `/{folder}/clerk/kb`.\n")
    (tmp_path / "links.md").write_text(f"See https://example.gov.uk/{folder}/council and and/{folder}/or.\n")

    found = private_paths(sorted(tmp_path.iterdir()))

    assert found == [f"notes.md:1: /{folder}/c"]
