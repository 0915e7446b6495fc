"""The browser's modules joined to scripts: whole, without what only people read, and refused where it would lie."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from minutebook_search.static.bundle import FOLDER, bundle, scripts, style
from tests.helpers import REPOSITORY


def modules(folder: Path, **files: str) -> Path:
    """Write some modules."""
    for name, written in files.items():
        (folder / f"{name}.js").write_text(written, encoding="utf-8")
    return folder


def test_what_is_imported_stands_first_and_once(tmp_path: Path) -> None:
    folder = modules(
        tmp_path,
        a='/** The page. */\nimport { b } from "./b.js";\nimport { c } from "./c.js";\n\nb(c); // why\n',
        b='import { c } from "./c.js";\n\n/** B. @param {number} x */\nexport function b(x) {\n  return x + c; // as it is\n}\n',
        c='export const c = "a // b";\n',
    )
    joined = bundle("a.js", folder)
    assert (
        joined
        == '"use strict";(() => {\nconst c = "a // b";\nfunction b(x) {\nreturn x + c;\n}\nb(c);\n})();\n'
    )


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"a": 'import { b } from "./b.js";\nconst b = 1;\n', "b": "export const b = 2;\n"},
            "both declare `b`",
        ),
        (
            {"a": 'import { b } from "./b.js";\n', "b": 'import { a } from "./a.js";\nexport const b = 1;\n'},
            "import each other",
        ),
        ({"a": 'import * as b from "./b.js";\n', "b": ""}, "cannot be joined"),
        ({"a": "export default 1;\n"}, "cannot be joined"),
    ],
)
def test_what_cannot_be_joined_is_refused(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        bundle("a.js", modules(tmp_path, **files))


def test_the_scripts_of_the_page_parse_and_hold_every_module(tmp_path: Path) -> None:
    joined = {name: bundle(name) for name in ("loader.js", "page.js")}
    for name, script in joined.items():
        assert not re.search(r"^(?:import|export) ", script, re.MULTILINE)
        assert "@param" not in script
        if (node := shutil.which("node")) is not None:
            (tmp_path / name).write_text(script, encoding="utf-8")
            assert subprocess.run([node, "--check", str(tmp_path / name)], check=False).returncode == 0
    declared = {
        name
        for path in FOLDER.glob("*.js")
        if not path.name.endswith(".min.js")
        for name in re.findall(r"^export class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {"Engine", "Search", "Lexicon", "Speller", "Pairs"} <= declared
    assert declared == {name for name in declared if f"class {name} " in joined["page.js"]}


def test_the_short_scripts_are_up_to_date() -> None:
    """`make js-bundle` makes them anew after a change of a module."""
    short = scripts()
    assert len(short.search) < 0.8 * len(bundle("page.js"))
    assert len(short.loader) < 0.8 * len(bundle("loader.js"))


def test_the_style_is_without_what_only_people_read() -> None:
    assert len(style()) < 0.9 * len((FOLDER / "search.css").read_text(encoding="utf-8"))
    assert "/*" not in style()


def test_types_are_right_where_the_checker_is_installed() -> None:
    """`make js-check` installs it; without it this test is skipped."""
    checker = REPOSITORY / "node_modules" / ".bin" / "tsc"
    if not checker.exists() or shutil.which("node") is None:
        pytest.skip("TypeScript is not installed: `make js-check` installs it")
    done = subprocess.run(
        [str(checker), "--project", str(REPOSITORY)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_every_module_begins_with_what_it_is_for() -> None:
    for path in sorted(set(FOLDER.glob("*.js")) - set(FOLDER.glob("*.min.js"))):
        assert path.read_text(encoding="utf-8").startswith("/**"), path.name
