"""Where a public record names one that is not public, its pages say *withheld*: never that the source is silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from minutebook.cli import cli
from minutebook.outputs import OutputFile
from tests.helpers import lay_out
from tests.outputs.house import facts_of, outputs_of, text_of

LEDGER = """
    bodies/north: {title: North Board}
    bodies/shut: {title: Shut Board, access: draft}
    posts/shut: {title: Shut Officer, access: draft}
    resolutions/shut: {title: Shut resolution, access: exempt}
    projects/p: {title: Paving}
    projects/q: {title: Quays}
    transfers/1: {title: Set up, kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/north}, {what: projects/q, to: bodies/north}]}
    transfers/2:
      title: Wound up
      kind: close
      effective: 2019-01-01
      authorised_by: resolutions/shut
      from: bodies/north
      moves: [{what: projects/p, closed: {into: discontinued, monitored_by: bodies/shut}}]
    transfers/3: {title: From the dark, kind: reopen, effective: 2020-01-01, from: [bodies/shut], moves: [{what: projects/p, to: bodies/north}]}
    transfers/4: {title: In the dark, effective: 2020-06-01, from: bodies/north, access: draft, moves: [{what: projects/q, to: bodies/shut}]}
    decisions/d: {title: A decision, decided_by: posts/shut, decided_on: 2019-03-01}
    decisions/e: {title: Another decision, decided_on: 2019-03-02, noted_by: [resolutions/r]}
    decisions/f: {title: A third decision, decided_by: bodies/shut, decided_on: 2019-03-03, noted_by: [resolutions/r]}
    meetings/m: {title: A meeting, body: bodies/north, held_on: 2019-04-01, attendance: [{presence: present, post: posts/shut}]}
    items/i: {title: An item, meeting: meetings/m}
    resolutions/r: {title: A resolution, item: items/i, clauses: [{wording: To note it., effect: noted}]}
    statements/s: {title: A statement, by: posts/shut, said_at: items/i, words: So it is.}
    statements/t: {title: A second statement, said_at: items/i, words: So it may be.}
"""


@pytest.fixture(scope="module")
def pages() -> dict[str, OutputFile]:
    """Everything that is made of the ledger."""
    return outputs_of(LEDGER)


def page(pages: dict[str, OutputFile], address: str) -> str:
    """The content of a page."""
    content = pages[f"{address}/index.html"].content
    assert isinstance(content, str)
    return content


def words(pages: dict[str, OutputFile], address: str) -> str:
    """What is to be read on a page."""
    return text_of(page(pages, address))


def test_an_authority_and_a_watcher_that_are_not_public_are_withheld_on_the_page_of_a_transfer(
    pages: dict[str, OutputFile],
) -> None:
    html = page(pages, "ambledown/transfers/2")

    assert "Close: From North Board, 1 January 2019. Authority: withheld." in text_of(html)
    facts = facts_of(html)
    assert (facts["Authorised by"], facts["From"], facts["Monitored by"]) == (
        "withheld",
        "North Board",
        "withheld",
    )
    assert "not stated" not in text_of(html)
    assert "Shut" not in html


def test_what_changed_hands_withholds_the_same(pages: dict[str, OutputFile]) -> None:
    text = words(pages, "what-changed-hands")

    assert "Close. From North Board. Authority: withheld." in text
    assert "Ended: discontinued. Watched by: withheld" in text
    assert "Reopen. From withheld. Authority: not stated." in text, "a giver that is not public is no gap"
    assert "Establish. From nobody: it is new, or the source does not say. Authority: not stated." in text


def test_who_decided_is_withheld_in_the_decision_history_and_on_the_page(
    pages: dict[str, OutputFile],
) -> None:
    history = words(pages, "decision-history")

    assert "Decided by withheld." in history
    assert "Decided by not stated. Only noted by North Board" in history
    assert "Another decision (decided by not stated); A third decision (decided by withheld)" in history
    assert "Decided by withheld, 1 March 2019." in words(pages, "ambledown/decisions/d")
    assert "Decided by not stated, 2 March 2019." in words(pages, "ambledown/decisions/e")


def test_words_of_somebody_who_is_withheld_are_not_put_into_the_mouth_of_the_body(
    pages: dict[str, OutputFile],
) -> None:
    hidden, unknown = page(pages, "ambledown/statements/s"), page(pages, "ambledown/statements/t")

    assert "North Board, 1 April 2019" not in text_of(hidden)
    assert "withheld" in text_of(hidden)
    assert "North Board, 1 April 2019" in text_of(unknown)


def test_in_a_table_a_withheld_cell_says_so(pages: dict[str, OutputFile]) -> None:
    assert "Attendance Post withheld What happened" in words(pages, "ambledown/meetings/m")


def test_a_body_shows_what_is_withheld_of_it_and_counts_nothing_that_is(pages: dict[str, OutputFile]) -> None:
    html = page(pages, "ambledown/bodies/north")
    text = text_of(html)

    assert "On 20 May 2021 it held 1 project; for 1 project the answer is withheld." in text
    assert "On 20 May 2021: Paving Withheld Public transfers name it for these." in text
    assert "rests on a record that is not public. Quays What it held before or after that date Quays" in text


def test_a_body_of_which_all_is_withheld_is_not_said_to_hold_nothing() -> None:
    pages = outputs_of(
        """
        bodies/north: {title: North Board}
        projects/q: {title: Quays}
        transfers/1: {kind: establish, effective: 2018-01-01, authorised_by: decisions/shut, moves: [{what: projects/q, to: bodies/north}]}
        decisions/shut: {access: draft}
        """
    )
    text = words(pages, "ambledown/bodies/north")

    assert "On 20 May 2021 it held no project for certain; for 1 project the answer is withheld." in text
    assert "Withheld Public transfers name it for these." in text
    assert "Nothing, on" not in text
    assert "before or after" not in text, "no public answer gives it the project on any day"


@pytest.mark.parametrize(
    ("on", "held", "withheld"), [("2019-06-01", True, False), ("2021-01-01", False, True)]
)
def test_holdings_on_the_terminal_say_what_is_withheld(
    tmp_path: Path, on: str, held: bool, withheld: bool
) -> None:
    def record(kind: str, fields: str) -> str:
        return f"---\ntitle: {kind}\n{fields}\ncitations: [{{source: sources/s, quote: not held}}]\n---\n"

    moved = (
        "kind: {}\neffective: {}\nauthorised_by: not stated\n{}moves: [{{what: projects/q, to: bodies/{}}}]"
    )
    kb = lay_out(
        tmp_path / "kb",
        {
            "a/bodies/north.md": record("North Board", "kind: programme board"),
            "a/bodies/south.md": record("South Board", "kind: programme board"),
            "a/projects/q.md": record("Quays", "kind: project"),
            "a/sources/s.md": "---\ntitle: Minutes\nkind: minutes\nstanding: official\npublisher: A\n"
            "url: not stated\ndated: 2021-01-01\nlicence: not stated\n---\n",
            "a/transfers/1.md": record("Set up", moved.format("establish", "2018-01-01", "", "north")),
            "a/transfers/2.md": record(
                "Moved",
                moved.format("transfer", "2020-01-01", "from: bodies/north\n", "south") + "\naccess: draft",
            ),
        },
    )

    result = CliRunner().invoke(cli, ["holdings", "north", "--on", on, "--kb", str(kb)])

    assert result.exit_code == 0, result.output
    assert ("Held on" in result.stdout, "Withheld: who holds them rests" in result.stdout) == (held, withheld)
    assert "Quays (a/projects/q)" in result.stdout
    assert "Nothing" not in result.stdout
    assert "South" not in result.stdout
