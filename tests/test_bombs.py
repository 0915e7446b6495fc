"""Files made to stop a program: each is a finding, and all of them together take bounded time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import REPOSITORY, lay_out

RECORD = "title: A bomb\nkind: review\non: 2019\n"
# What is put where, and the code that must be found.
IN_FIELDS = {
    "nested lists": ("x: " + "[" * 800 + "]" * 800, "MB114"),
    "nested groups": ("x: " + "{a: " * 400, "MB114"),
    "nested dashes": ("x:\n" + "".join(f"{' ' * depth}-\n" for depth in range(300)), "MB114"),
    "aliases that double": ("\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]), "MB111"),
    "brackets without end": ("x: " + "[" * 30_000, "MB113"),
    "a line without end": (f"summary: {'x' * 1_000_000}", "MB113"),
    "fields without end": ("\n".join(f"field{number}: x" for number in range(30_000)), "MB113"),
    "keys that are lists": ("? " * 30_000 + "x", "MB113"),
    "an opened quotation": ('summary: "' + "\\x" * 100_000, "MB113"),
}  # fmt: skip
IN_NARRATIVE = {
    "20,000 brackets": "[" * 20_000,
    "300 nested lists": "\n".join(f"{'  ' * depth}- x" for depth in range(300)),
    "300 nested quotations": ">" * 300 + " x",
    "20,000 stars": "*x" * 20_000,
    "20,000 tags": "<b>" * 20_000,
    "20,000 images": "![" * 10_000 + "](x" * 10_000,
    "a word without end": "[[projects/x" * 10_000,
    "lines without end": "x\n" * 50_000,
}
# A process of its own, which may have a gigabyte and two minutes: an ordinary check takes a tenth of either.
CHECK = """
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from minutebook.loading import load
found = load(Path(sys.argv[1])).findings
print(json.dumps([[one.place.path, one.rule.code] for one in found]))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The codes that are found of each bomb, all checked at once."""
    files = {
        f"ambledown/events/{slug(name)}.md": f"---\n{RECORD}{text}\n---\n"
        for name, (text, _) in IN_FIELDS.items()
    }
    files |= {
        f"ambledown/events/{slug(name)}.md": f"---\n{RECORD}---\n\n{text}\n"
        for name, text in IN_NARRATIVE.items()
    }
    kb = lay_out(tmp_path_factory.mktemp("bombs") / "kb", files)
    result = subprocess.run(
        [sys.executable, "-c", CHECK, str(kb)],
        cwd=REPOSITORY, env={**os.environ, "PYTHONPATH": "."}, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    codes: dict[str, set[str]] = {}
    for path, code in json.loads(result.stdout):
        codes.setdefault(Path(path).stem, set()).add(code)
    return codes


def slug(name: str) -> str:
    """The name of a bomb as the name of a file."""
    return name.replace(",", "").replace(" ", "-")


@pytest.mark.parametrize("name", IN_FIELDS)
def test_a_bomb_among_the_fields_is_a_finding(found: dict[str, set[str]], name: str) -> None:
    assert IN_FIELDS[name][1] in found[slug(name)]


@pytest.mark.parametrize("name", IN_NARRATIVE)
def test_a_bomb_in_a_narrative_is_a_finding(found: dict[str, set[str]], name: str) -> None:
    assert found[slug(name)] & {"MB121", "MB113"}
