"""The browser's modules joined to two scripts: whole, without what only people read, and refused where it would lie."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from minutebook_search.static.bundle import FOLDER, bundle, scripts
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
    assert joined.later == ""
    assert (
        joined.first
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


def test_what_is_wanted_later_is_a_script_of_its_own_that_is_handed_what_it_needs(tmp_path: Path) -> None:
    folder = modules(
        tmp_path,
        a='import { c } from "./c.js";\n\nexport async function start() {\n  const { b } = await import("./b.js");\n  return b(c);\n}\n',
        b='import { c } from "./c.js";\nimport { d } from "./d.js";\n\nexport const b = (x) => x + c + d;\n',
        c="export const c = 1;\n",
        d="export const d = 2;\n",
    )
    joined = bundle("a.js", folder)
    assert "const { b } = await later();" in joined.first
    assert "part.default({ c })" in joined.first
    assert "const d" not in joined.first
    assert joined.later == (
        "export default ({ c }) => {\nconst d = 2;\nconst b = (x) => x + c + d;\nreturn { b };\n};\n"
    )


def test_the_scripts_of_the_page_parse_and_hold_every_module(tmp_path: Path) -> None:
    joined = bundle("page.js")
    assert not any(re.search(r"^import ", one, re.MULTILINE) for one in (joined.first, joined.later))
    assert "@param" not in joined.first + joined.later
    assert all(
        f"class {name} " in joined.first for name in ("Engine", "Search", "Lexicon", "SearchPage", "Cut")
    )
    assert all(f"class {name} " in joined.later for name in ("Speller", "Pairs"))
    if (node := shutil.which("node")) is not None:
        for name, script in (("page.js", joined.first), ("later.mjs", joined.later)):
            (tmp_path / name).write_text(script, encoding="utf-8")
            assert subprocess.run([node, "--check", str(tmp_path / name)], check=False).returncode == 0


def test_the_short_scripts_are_up_to_date() -> None:
    """`make js-bundle` makes them anew after a change of a module."""
    short, joined = scripts(), bundle("page.js")
    assert len(short.first) < 0.8 * len(joined.first)
    assert len(short.later) < 0.8 * len(joined.later)


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
