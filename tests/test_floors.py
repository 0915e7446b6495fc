"""The law of the house: a room imports only from the floors below it, and nothing runs in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
ROOTS = (REPOSITORY / "build_tools", REPOSITORY / "search")

# Which floor a room is on. A room is a module, or a package with all that is in it. It imports only
# from rooms strictly below; the modules of one package may import each other, but never in a circle.
FLOORS: Mapping[str, float] = {
    "minutebook": 0,  # the package itself: its version, nothing of ours
    "minutebook.source": 1,
    "minutebook.suggest": 1,
    "minutebook.collector": 1,
    "minutebook.blanks": 1,
    "minutebook.narrative_limits": 1,
    "minutebook.personal": 1,
    "minutebook.csv_tables": 1,
    "minutebook.own_names": 1,
    "minutebook.safe_files": 1.5,
    "minutebook.workers": 1.6,
    "minutebook.signed_cache": 1.6,
    "minutebook.built_before": 1.8,
    "minutebook.diagnostics": 2,
    "minutebook.rules": 2.5,
    "minutebook.rendering": 3,
    "minutebook.annotations": 3.5,
    "minutebook.front_matter": 3,
    "minutebook.grammar": 1,
    "minutebook.countries": 1,
    "minutebook.absence": 1,
    "minutebook.when_text": 3,
    "minutebook.when_mending": 3.2,
    "minutebook.when_words": 3.2,
    "minutebook.when": 3.5,
    "minutebook.working_days": 3.6,
    "minutebook.records": 4,
    "minutebook.exemptions": 4.5,
    "minutebook.likely": 4.2,
    "minutebook.short_dates": 4.2,
    "minutebook.settings": 4.5,
    "minutebook.field_findings": 4.5,
    "minutebook.schema": 4.5,
    "minutebook.privacy": 4.8,
    "minutebook.names_meant": 4.9,
    "minutebook.reader": 5,
    "minutebook.knowledge_base": 6,
    "minutebook.belonging": 6.5,
    "minutebook.held": 6.5,
    "minutebook.official": 6.8,
    "minutebook.transfer_order": 6.8,
    "minutebook.ownership": 7,
    "minutebook.promises": 7,
    "minutebook.figures": 7,
    "minutebook.evidence": 7,
    "minutebook.asked_and_resolved": 7,
    "minutebook.decision_way": 7,
    "minutebook.promised_json": 7.5,
    "minutebook.timeline": 7.5,
    "minutebook.citing": 7.5,
    "minutebook.wording": 7.5,
    "minutebook.publication": 8,
    "minutebook.asked": 8.5,
    "minutebook.checks": 9,
    "minutebook.outputs": 9,
    "minutebook.loading": 9.5,
    "minutebook.hand_written": 9.5,
    "minutebook.picture_sizes": 9.5,
    "minutebook.sitemap": 9.5,
    "minutebook.compressed_copies": 9.5,
    "minutebook.kept_pieces": 9.7,
    "minutebook.staging_tree": 9.8,
    "minutebook.staging": 10,
    "minutebook.theme_frames": 10.5,
    "minutebook.mkdocs_plugin": 11,
    "minutebook.live_folder": 1.8,
    "minutebook.live_hidden": 8.2,
    "minutebook.live_checks": 9.5,
    "minutebook.live_build": 11.2,
    "minutebook.live_site": 11.3,
    "minutebook.live_server": 11.6,
    "minutebook.commands": 12,
    "minutebook.cli": 13,
    "minutebook.reference": 14,  # prints the help of every command
    # Search stands on the published knowledge base, and its commands on what commands share.
    "minutebook_search": 0,
    "minutebook_search.words": 8.0,
    "minutebook_search.plain_text": 8.0,
    "minutebook_search.query": 8.1,
    "minutebook_search.documents": 8.2,
    "minutebook_search.engine": 8.3,
    "minutebook_search.facets": 8.35,
    "minutebook_search.snippets": 8.35,
    "minutebook_search.indexing": 8.25,
    "minutebook_search.stemming": 8.0,
    "minutebook_search.spelling": 8.0,
    "minutebook_search.printed_texts": 8.0,
    "minutebook_search.whoosh_index": 8.3,
    "minutebook_search.parts": 8.37,
    "minutebook_search.evaluation": 8.38,
    "minutebook_search.ranking": 8.385,
    "minutebook_search.conjuncts": 8.36,
    "minutebook_search.corrections": 8.36,
    "minutebook_search.held_numbers": 8.36,
    "minutebook_search.looking": 8.386,
    "minutebook_search.answering": 8.39,
    "minutebook_search.whoosh_engine": 8.4,
    "minutebook_search.fts5_engine": 8.4,
    "minutebook_search.engines": 8.45,
    "minutebook_search.caches": 8.46,
    "minutebook_search.completion": 8.5,
    "minutebook_search.origins": 8.3,
    "minutebook_search.tables": 8.45,
    "minutebook_search.service": 8.5,
    "minutebook_search.receipt_pages": 9.3,
    "minutebook_search.static": 9.4,  # its page is an output, and stands on what outputs share
    "minutebook_search.commands": 12.5,
}

# Rooms that may import less than their floor allows.
ONLY: Mapping[str, frozenset[str]] = {
    # Dates can be read and compared without knowing that there are records or findings.
    "minutebook.when_text": frozenset(),
    "minutebook.when_mending": frozenset({"minutebook.when_text"}),
    "minutebook.when_words": frozenset({"minutebook.when_text"}),
    "minutebook.when": frozenset(
        {"minutebook.when_text", "minutebook.when_mending", "minutebook.when_words"}
    ),
}


@dataclass(frozen=True, order=True)
class Import:
    """One import of a module of ours by another; `on_load` unless it waits inside a function."""

    importer: str
    line: int
    target: str
    on_load: bool


def find_modules(*roots: Path) -> dict[str, Path]:
    """Return every module under the source roots by its dotted name."""
    modules = {}
    for root in roots:
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return modules


def room_of(module: str) -> str:
    """Return the room a module is in: `minutebook.records` for `minutebook.records.base`."""
    return ".".join(module.split(".")[:2])


def find_imports(modules: Mapping[str, Path]) -> Iterator[Import]:
    """Yield every import of one of the modules by another, those inside functions too."""
    ours = {module.split(".")[0] for module in modules}
    for module, path in modules.items():
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        waiting = {
            inner
            for outer in ast.walk(tree)
            if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for inner in ast.walk(outer)
        }
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        for node in ast.walk(tree):
            for target in _targets(node, package, modules):
                if target.split(".")[0] in ours:
                    yield Import(module, getattr(node, "lineno", 0), target, on_load=node not in waiting)


def _targets(node: ast.AST, package: str, modules: Mapping[str, Path]) -> Iterator[str]:
    """Yield what a statement imports; `from a import b` imports `a.b` where that is a module, else `a`."""
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=name, names=names, level=level):
            above = package.split(".")[: len(package.split(".")) - level + 1] if level else []
            base = ".".join([*above, *([name] if name else [])])
            for alias in names:
                yield f"{base}.{alias.name}" if f"{base}.{alias.name}" in modules else base
        case ast.Call(
            func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
            args=[ast.Constant(value=str(name)), *_],
        ):
            yield name


def broken_floors(modules: Mapping[str, Path]) -> list[str]:
    """Return a sentence for every module without a floor and every import that goes up or across."""
    homeless = sorted({room_of(module) for module in modules} - FLOORS.keys())
    found = [
        f"{room} has no floor: give it one in FLOORS of tests/test_floors.py, above all that it imports"
        for room in homeless
    ]
    for each in sorted(set(find_imports(modules))):
        room, target = room_of(each.importer), room_of(each.target)
        if room == target or room not in FLOORS:
            continue
        where = f"{each.importer}:{each.line} imports {each.target}"
        if target not in FLOORS:
            found.append(f"{where}, which is no module of ours")
        elif target.startswith("minutebook_search") and room.split(".")[0] == "minutebook":
            found.append(f"{where}: search is found through entry points, never imported")
        elif FLOORS[target] >= FLOORS[room]:
            found.append(f"{where}: floor {FLOORS[target]} is not below floor {FLOORS[room]}")
        elif target not in ONLY.get(room, {target}):
            found.append(
                f"{where}: it may import {' and '.join(sorted(ONLY[room])) or 'nothing of ours'} only"
            )
    return found


def find_circles(modules: Mapping[str, Path]) -> list[str]:
    """Return every circle of imports that Python would run while loading, as `a -> b -> a`."""
    graph: dict[str, list[str]] = {module: [] for module in modules}
    for each in sorted(set(find_imports(modules))):
        if each.on_load and each.target in graph:
            graph[each.importer].append(each.target)
    circles, done, path = [], set(), list[str]()

    def walk(module: str) -> None:
        if module in path:
            circles.append(" -> ".join([*path[path.index(module) :], module]))
        elif module not in done:
            path.append(module)
            for target in graph[module]:
                walk(target)
            path.pop()
            done.add(module)

    for module in graph:
        walk(module)
    return circles


def files_without_docstring(paths: Iterator[Path]) -> list[str]:
    """Return the Python files whose first line does not begin a docstring."""
    return [str(path) for path in paths if not path.read_text(encoding="utf-8").startswith(('"""', 'r"""'))]


# --- The house as it stands ---


def test_rooms_import_only_from_below() -> None:
    """Every import in both source roots goes down."""
    assert broken_floors(find_modules(*ROOTS)) == []


def test_every_floor_has_a_room() -> None:
    """A room that was taken away leaves no floor behind."""
    assert FLOORS.keys() - {room_of(module) for module in find_modules(*ROOTS)} == set()


def test_imports_run_in_no_circle() -> None:
    """No two modules need each other in order to load."""
    assert find_circles(find_modules(*ROOTS)) == []


def test_every_file_says_what_it_is_for() -> None:
    """The first line of every Python file is its docstring."""
    folders = [*ROOTS, REPOSITORY / "tests", REPOSITORY / "benchmarks"]
    files = (path for folder in folders for path in sorted(folder.rglob("*.py")))
    assert files_without_docstring(files) == []


# --- The law itself: it must fire on a house that breaks it ---


def house(tmp_path: Path, **files: str) -> dict[str, Path]:
    """Build a small house: `records__base="import re"` is `minutebook/records/base.py`."""
    for name, text in {"__init__": "", "records____init__": "", **files}.items():
        path = (
            tmp_path
            / "minutebook"
            / (name.replace("__init__", "@").replace("__", "/").replace("@", "__init__") + ".py")
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return find_modules(tmp_path)


def test_a_sound_house_is_quiet(tmp_path: Path) -> None:
    """Imports downwards, within a package and of the libraries break nothing."""
    modules = house(
        tmp_path,
        source="import re\nfrom pathlib import Path",
        when_text="import datetime",
        when="from minutebook.when_text import parse",
        records__base="from minutebook.when import When\nfrom minutebook import source, __version__",
        records____init__="from minutebook.records.base import Record\nfrom minutebook.records import project",
        records__project="from minutebook.records.base import Record",
    )

    assert broken_floors(modules) == []
    assert find_circles(modules) == []


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {"source": "from minutebook.cli import main"},
            "minutebook.source:1 imports minutebook.cli: floor 13 is not below floor 1",
            id="up",
        ),
        pytest.param(
            {"ownership": "import re\nimport minutebook.promises"},
            "minutebook.ownership:2 imports minutebook.promises: floor 7 is not below floor 7",
            id="across",
        ),
        pytest.param(
            {"reader": "def read():\n    from minutebook.knowledge_base import KnowledgeBase"},
            "minutebook.reader:2 imports minutebook.knowledge_base: floor 6 is not below floor 5",
            id="up, inside a function",
        ),
        pytest.param(
            {"records__base": "from .. import reader", "reader": ""},
            "minutebook.records.base:1 imports minutebook.reader: floor 5 is not below floor 4",
            id="up, relative",
        ),
        pytest.param(
            {"source": "import importlib\nimportlib.import_module('minutebook.reader')"},
            "minutebook.source:2 imports minutebook.reader: floor 5 is not below floor 1",
            id="up, by name at run time",
        ),
        pytest.param(
            {"when": "from minutebook.source import Span"},
            "minutebook.when:1 imports minutebook.source: it may import minutebook.when_mending and"
            " minutebook.when_text and minutebook.when_words only",
            id="down, where less is allowed",
        ),
        pytest.param(
            {"reader": "from minutebook.gossip import rumour"},
            "minutebook.reader:1 imports minutebook.gossip, which is no module of ours",
            id="nowhere",
        ),
        pytest.param(
            {"gossip": "import re"},
            "minutebook.gossip has no floor: give it one in FLOORS of tests/test_floors.py, above all that it imports",
            id="a room without a floor",
        ),
    ],
)
def test_a_broken_floor_is_found(tmp_path: Path, files: dict[str, str], message: str) -> None:
    """Each way to import what is not below is found, and the message says where."""
    assert broken_floors(house(tmp_path, **files)) == [message]


def test_search_is_never_imported(tmp_path: Path) -> None:
    """Even the top floor reaches search through entry points alone."""
    (tmp_path / "minutebook_search").mkdir()
    (tmp_path / "minutebook_search" / "query.py").write_text("")
    modules = house(tmp_path, cli="from minutebook_search.query import parse")

    assert broken_floors(modules) == [
        "minutebook.cli:1 imports minutebook_search.query: search is found through entry points, never imported"
    ]


def test_a_circle_inside_a_package_is_found(tmp_path: Path) -> None:
    """Modules of one package may import each other, but not both ways."""
    modules = house(
        tmp_path,
        records__body="from minutebook.records import post",
        records__post="from minutebook.records.meeting import Meeting",
        records__meeting="import minutebook.records.body",
    )

    assert broken_floors(modules) == []
    assert find_circles(modules) == [
        "minutebook.records.body -> minutebook.records.post -> minutebook.records.meeting -> minutebook.records.body"
    ]


def test_an_import_that_waits_closes_no_circle(tmp_path: Path) -> None:
    """An import inside a function runs after loading, so it closes no circle."""
    modules = house(
        tmp_path,
        records__body="from minutebook.records import post",
        records__post="def body():\n    from minutebook.records import body",
    )

    assert find_circles(modules) == []


def test_a_file_without_docstring_is_found(tmp_path: Path) -> None:
    """A comment, an import or nothing at all is no docstring."""
    texts = {"good": '"""Good."""', "comment": '# x\n"""Late."""', "code": "import re", "empty": ""}
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text)

    found = files_without_docstring(iter(sorted(tmp_path.glob("*.py"))))

    assert [Path(path).stem for path in found] == ["code", "comment", "empty"]
