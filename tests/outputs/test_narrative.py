"""Narratives that would take long to convert are shown plain; those that people write never are."""

from __future__ import annotations

import subprocess
import sys

import pytest

from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs.narrative import Narratives
from minutebook.reader import MAX_FILE, MAX_LINE
from tests.helpers import REPOSITORY, read_ledger

# The worst that a search of some 2,500 kinds of input found: time grows with the square of each.
UNITS = [
    "[", "[[", "![", "[[a|", "[](", "[a](", "[a][", "[a](<", "](", "*", "_", "**_a_", "*a **b ", "``a`", "`", "\\`", "<", "<a ", "<![CDATA[",
    "<?a", "<!--", "&#", "|", "#", "=", "> ", "- ", "1. ", "[a]: x ", "http://",
]  # fmt: skip
# Those of them whose time grows so slowly that only the length of the text counts.
LIMITED_BY_LENGTH = 70_000


def _shown(narrative: str) -> str:
    (record,) = read_ledger("events/e: {title: E}")
    record.placed(record.id, record.file, narrative, 1)
    return str(Narratives(KnowledgeBase([record])).html(record, "ambledown/events/e/"))


def _filled(unit: str, length: int) -> str:
    """Rows of the unit, each as long as the reader lets a line be."""
    row = unit * (MAX_LINE // len(unit))
    return "\n".join([row] * (length // MAX_LINE + 1))[:length]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("joint", ["", "\n", "\n\n"], ids=["in a line", "in lines", "in blocks"])
def test_whatever_a_file_is_filled_with_it_is_shown_plain(unit: str, joint: str) -> None:
    whole = LIMITED_BY_LENGTH
    text = _filled(unit, whole) if not joint else f"{unit}a{joint}" * (whole // (len(unit) + len(joint) + 1))
    shown = _shown(text)
    assert shown.startswith("<p>")
    assert set(_elements(shown)) == {"p"}


def _elements(shown: str) -> list[str]:
    return [part.partition(">")[0] for part in shown.split("<")[1:] if not part.startswith("/")]


@pytest.mark.parametrize(
    "text",
    [
        "> " * 12 + "x",
        ">" * 12 + "x",
        "- " * 12 + "x",
        "1. " * 12 + "x",
        "\n".join(f"{'    ' * depth}- x" for depth in range(16)),
        "\n".join("\t" * depth + "- x" for depth in range(16)),
        "[" * 1_300,
        "x\n" * 1_201,
        "x\n" * 302,
        "<b>" * 201,
    ],
)
def test_just_beyond_a_limit_a_narrative_is_shown_plain(text: str) -> None:
    assert set(_elements(_shown(text))) == {"p"}


def test_just_within_the_limits_it_is_converted() -> None:
    assert "<blockquote>" in _shown("> " * 11 + "x")
    assert "<ul>" in _shown("\n".join(f"{'    ' * depth}- x" for depth in range(15)))
    assert "<em>" in _shown("x\n" * 300 + "*x*")
    assert "<em>" in _shown("\n\n".join(["one"] * 600) + " *x*")


def test_long_narratives_of_the_kind_that_people_write_are_converted() -> None:
    paragraph = (
        "The Board *noted* the report, see [the minutes](https://ok.example/a_b) and [[bodies/x]]. " * 4
    )
    assert _shown("\n\n".join([paragraph] * 100)).count("<em>noted</em>") == 400
    # Lists and tables are one block each.
    items = "\n".join(f"- *{number}* of [them](https://ok.example/{number})" for number in range(300))
    assert _shown(items).count("<li>") == 300
    numbered = "\n".join(f"{number}. **{number}** of them" for number in range(1, 301))
    assert _shown(numbered).count("<strong>") == 300
    table = "| a | b |\n|---|---|\n" + "\n".join(["| *one* | [two](https://ok.example/) |"] * 100)
    assert _shown(table).count("<tr>") == 101


def test_the_largest_file_is_shown_within_bounds_of_time_and_memory() -> None:
    # Generous: it takes some seconds, a quarter of them for Python to start; without limits, hours.
    program = f"""
import resource
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from tests.outputs.test_narrative import UNITS, _filled, _shown
for unit in UNITS:
    for length in ({MAX_FILE}, 60_000, 5_000):
        _shown(_filled(unit, length))
        _shown("x" * 3_000 + _filled(unit, length // 10))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
