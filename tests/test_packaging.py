"""What is shipped: a wheel with both packages, all that they need to run, and nothing else."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from configparser import ConfigParser
from importlib.metadata import entry_points, packages_distributions
from pathlib import Path
from typing import Any

import pytest

import minutebook

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGES = ("build_tools/minutebook", "search/minutebook_search")


def project() -> dict[str, Any]:
    """Return the project table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))[
        "project"
    ]
    return table


def build_wheel(tree: Path, out: Path) -> zipfile.ZipFile:
    """Build the wheel of the tree; hatchling is in the lock, so nothing is downloaded."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    answer = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    (wheel,) = out.glob("*.whl")
    return zipfile.ZipFile(wheel)


def shipped(wheel: zipfile.ZipFile) -> set[str]:
    """Return the files of a wheel, but not what it says about itself."""
    return {name for name in wheel.namelist() if ".dist-info/" not in name}


def package_files(tree: Path) -> set[str]:
    """Return the files of both packages by the names under which they are imported."""
    return {
        path.relative_to((tree / package).parent).as_posix()
        for package in PACKAGES
        for path in (tree / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of this repository."""
    return build_wheel(REPOSITORY, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_both_packages_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    """Every file of the packages is in the wheel: no test, no record, no page of the documentation."""
    assert shipped(wheel) == package_files(REPOSITORY)
    assert {"minutebook/__init__.py", "minutebook_search/__init__.py"} <= shipped(wheel)


def test_what_is_imported_is_declared() -> None:
    """A library that a package of ours imports is asked for by name, not by way of another library."""
    imported = {
        name.split(".")[0]
        for package in PACKAGES
        for path in (REPOSITORY / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
    } - set(sys.stdlib_module_names)
    declared = {_as_in_an_index(re.split(r"[^\w.-]", one)[0]) for one in project()["dependencies"]}
    made_of = packages_distributions()

    assert {"mkdocs", "whoosh"} <= imported
    undeclared = {one for one in imported if declared.isdisjoint(map(_as_in_an_index, made_of.get(one, ())))}
    assert undeclared <= {"minutebook", "minutebook_search"}


def _as_in_an_index(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_types_are_shipped(wheel: zipfile.ZipFile) -> None:
    """Both packages carry the marker without which type checkers ignore their annotations."""
    assert {"minutebook/py.typed", "minutebook_search/py.typed"} <= shipped(wheel)


def test_the_wheel_says_what_it_is(wheel: zipfile.ZipFile) -> None:
    """The wheel carries the licence, and its entry points are those of pyproject.toml."""
    (about,) = {name.split("/")[0] for name in wheel.namelist() if ".dist-info/" in name}
    parser = ConfigParser(delimiters=("=",))
    parser.read_string(wheel.read(f"{about}/entry_points.txt").decode())
    points = {group: dict(parser[group]) for group in parser.sections()}

    assert about == f"minutebook-{project()['version']}.dist-info"
    assert f"{about}/licenses/LICENSE" in wheel.namelist()
    assert points == {"console_scripts": project()["scripts"], **project()["entry-points"]}


def test_templates_and_styles_are_shipped(tmp_path: Path) -> None:
    """Files that are not Python ship from where they lie; what lies outside the packages does not."""
    tree = tmp_path / "tree"
    inside = [
        "build_tools/minutebook/__init__.py",
        "build_tools/minutebook/py.typed",
        "build_tools/minutebook/outputs/templates/record.html",
        "build_tools/minutebook/outputs/assets/minutebook.css",
        "search/minutebook_search/__init__.py",
        "search/minutebook_search/browser/search.js",
    ]
    outside = [
        "tests/test_x.py",
        "kb/harrow/projects/x.md",
        "docs/index.md",
        "benchmarks/x.py",
        "site/index.html",
    ]
    for name in [*inside, *outside]:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("\n")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(REPOSITORY / name, tree / name)

    built = build_wheel(tree, tmp_path / "out")

    assert shipped(built) == {name.split("/", 1)[1] for name in inside}


def test_versions_agree() -> None:
    """The version that `minutebook --version` can print is the one that is shipped."""
    assert minutebook.__version__ == project()["version"]


@pytest.mark.parametrize("group", sorted(project()["entry-points"]))
def test_every_entry_point_loads(group: str) -> None:
    """What the command line, the build and MkDocs find by name is there."""
    ours = {point.name: point for point in entry_points(group=group) if point.value.startswith("minutebook")}

    assert ours.keys() >= project()["entry-points"][group].keys(), "install again: `make test`"
    for name in project()["entry-points"][group]:
        assert ours[name].load() is not None


def test_the_lowest_python_is_the_one_that_is_checked() -> None:
    """Ruff, mypy and pip agree on the oldest Python that is supported."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    lowest = project()["requires-python"].removeprefix(">=")

    assert settings["tool"]["mypy"]["python_version"] == lowest
    assert settings["tool"]["ruff"]["target-version"] == "py" + lowest.replace(".", "")
