"""Narratives: what of them is let through and where their links lead; one that would take long to convert is shown plain."""

from __future__ import annotations

import subprocess
import sys

import pytest

from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs.narrative import Narratives
from minutebook.reader import MAX_FILE, MAX_LINE
from minutebook.records.base import Record
from tests.helpers import REPOSITORY, read_ledger
from tests.outputs.house import Reading, is_harmless, page_of, text_of

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


# -- what is let through ------------------------------------------------------------------------


def _page(narrative: str, *others: Record) -> str:
    (record,) = read_ledger("events/e: {title: E}")
    record.placed(record.id, record.file, narrative, 1)
    return page_of(KnowledgeBase([record, *others]), "events/e/")


def _account(narrative: str, *others: Record) -> str:
    return _page(narrative, *others).partition('<section id="account">')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("narrative", "shown"),
    [
        ("<script>alert(1)</script>", ""),
        ("[x](javascript:alert(1))", "x"),
        ("[x](JaVaScRiPt:alert(1))", "x"),
        ("[x](data:text/html;base64,PHNjcmlwdD4=)", "x"),
        ("[x](//evil.example/)", "x"),
        ("[x](/etc/passwd)", "x"),
        ("[x](../../private/)", "x"),
        ("![pixel](https://evil.example/p.png)", ""),
        ('<a href="https://ok.example" onclick="alert(1)">x</a>', "x"),
        ('<svg><a xlink:href="javascript:alert(1)">x</a></svg>', ""),
        ("<style>body{display:none}</style>kept", "kept"),
        ('<p id="receipts" class="md-header">x</p>', "x"),
        ("<iframe src=https://evil.example></iframe>y", "y"),
    ],
)
def test_narrative_is_let_through_by_an_allow_list(narrative: str, shown: str) -> None:
    html = _page(narrative)
    account = _account(narrative)
    assert is_harmless(html)
    assert "evil" not in account
    assert not any(
        name in ("id", "class", "style", "xlink:href")
        for _, found in Reading(account).elements
        for name in found
    )
    assert text_of(account) == (f"In the editor’s words {shown}" if shown else "")


def test_links_in_narrative_lead_to_the_page_of_the_record() -> None:
    board = read_ledger("bodies/board: {title: 'The [Board] *of* all'}")
    account = _account("Ask [[bodies/board]] or [[ambledown/bodies/board|them]].", *board)
    assert (
        'Ask <a href="../../bodies/board/">The [Board] *of* all</a> or <a href="../../bodies/board/">them</a>.'
        in account
    )


def test_a_link_in_code_stays_as_it_is_and_one_to_nowhere_shows_nothing_of_its_words() -> None:
    account = _account("Write `[[bodies/board]]`, not [[bodies/none|the secret one]] and not [[what?]].")
    assert "<code>[[bodies/board]]</code>" in account
    assert "the secret one" not in account
    assert "(a record that is not here)" in account
    assert "[[what?]]" in account


def test_headings_of_a_narrative_stand_under_the_heading_of_its_section() -> None:
    account = _account("# One\n\ntext\n\n##### Five")
    assert "<h3>One</h3>" in account
    assert "<h6>Five</h6>" in account


@pytest.mark.parametrize(
    "narrative", ["[" * 20_000, "> " * 400 + "x", "\n".join(f"{'    ' * n}- x" for n in range(300))]
)
def test_a_narrative_that_would_take_seconds_is_shown_plain(narrative: str) -> None:
    account = _account(narrative)
    assert "<p>" in account
    assert "<blockquote>" not in account
    assert "<ul>" not in account
