"""Where a public record names one that is not public, its pages say *withheld*: never that the source is silent."""

from __future__ import annotations

import typing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from minutebook.absence import metadata, written_name
from minutebook.cli import cli
from minutebook.front_matter import read_front_matter, write_record_text
from minutebook.outputs import OutputFile
from minutebook.publication import publish
from minutebook.records import BY_FOLDER
from minutebook.records.base import Part, To, part_type
from minutebook.records.transfer import Move
from minutebook.source import SourceFile
from tests.helpers import lay_out, load_files, sample_files
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

    assert "Closed: From North Board, 1 January 2019. Authority: withheld." in text_of(html)
    facts = facts_of(html)
    assert (facts["On whose authority"], facts["From"]) == ("withheld", "North Board")
    assert "Ended: discontinued. Watched by: withheld Paving" in text_of(html)
    assert "not stated" not in text_of(html)
    assert "Shut" not in html


def test_what_changed_hands_withholds_the_same(pages: dict[str, OutputFile]) -> None:
    told = [file.content for path, file in pages.items() if path.startswith("what-changed-hands/")]
    text = " ".join(text_of(str(content)) for content in told)

    assert "Closed. From North Board. Authority: withheld." in text
    assert "Ended: discontinued. Watched by: withheld" in text
    assert "Reopened. From withheld. Authority: not stated." in text, "a giver that is not public is no gap"
    assert "Established. From nobody: it is new, or the source does not say. Authority: not stated." in text


def test_who_decided_is_withheld_in_the_decision_history_and_on_the_page(
    pages: dict[str, OutputFile],
) -> None:
    history = words(pages, "decision-history")

    assert "Who decided: withheld." in history
    assert "Who decided: not stated. Only noted by North Board" in history
    assert "Another decision (who decided: not stated); A third decision (who decided: withheld)" in history
    assert "Who decided: withheld, 1 March 2019." in words(pages, "ambledown/decisions/d")
    assert "Who decided: not stated, 2 March 2019." in words(pages, "ambledown/decisions/e")


def test_words_of_somebody_who_is_withheld_are_not_put_into_the_mouth_of_the_body(
    pages: dict[str, OutputFile],
) -> None:
    hidden, unknown = page(pages, "ambledown/statements/s"), page(pages, "ambledown/statements/t")

    assert "So it is. withheld" in text_of(hidden)
    assert "So it is. North Board" not in text_of(hidden)
    assert "So it may be. North Board, 1 April 2019" in text_of(unknown)


def test_in_a_table_a_withheld_cell_says_so(pages: dict[str, OutputFile]) -> None:
    assert "Attendance Post withheld What happened" in words(pages, "ambledown/meetings/m")


def test_a_body_shows_what_is_withheld_of_it_and_counts_nothing_that_is(pages: dict[str, OutputFile]) -> None:
    html = page(pages, "ambledown/bodies/north")
    text = text_of(html)

    assert "On 20 May 2021 it held 1 project; for 1 project the answer is withheld." in text
    assert "On 20 May 2021: Paving Withheld Public transfers name it for these." in text
    assert "rests on a record that is not public. Quays" in text
    assert "before or after" not in text, "what is withheld is told once, and not as held on another day"


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


# -- every field of every type -------------------------------------------------------------------


def _naming_extras(model: type[Part], fields: dict[str, Any], named: list[str]) -> None:
    """Let every field that may be empty and names one record name the extra of its type; note which."""
    for name, info in model.model_fields.items():
        written, to, inner = written_name(info, name), metadata(info, To), part_type(info.annotation)
        value = fields.get(written)
        if to is not None:
            if (
                written == "expected_of"
            ):  # what is expected of somebody is promised by nobody: a test of its own
                continue
            may_be_empty = type(None) in typing.get_args(info.annotation)
            if may_be_empty and model is not Move and typing.get_origin(info.annotation) is not tuple:
                fields[written] = f"{(to.folders or ('projects',))[0]}/extra"
                named.append(f"{model.__name__}.{written}")
        elif inner is not None and value:
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    _naming_extras(inner, one, named)


def _with_extras(access: str) -> tuple[dict[str, str], list[str]]:
    """The samples, each naming extras wherever it may, and the extras with that access."""
    files: dict[str, str] = {}
    named: list[str] = []
    for path, text in sample_files().items():
        front, findings = read_front_matter(SourceFile("", text))
        assert front is not None
        assert not findings
        folder = path.split("/")[1]
        if folder != "council":
            extra: dict[str, object] = {
                **front.fields,
                "title": f"Extra of {folder}",
                "aliases": [f"Besides {folder}"],
                "access": access,
            }
            files[path.replace("sample.md", "extra.md")] = write_record_text(extra, "")
        fields: dict[str, object] = dict(front.fields)
        _naming_extras(BY_FOLDER[folder], fields, named)
        files[path] = write_record_text(fields, front.narrative)
    return files, named


def test_no_page_says_not_stated_of_a_field_whose_record_is_not_public(tmp_path: Path) -> None:
    """Whatever an output makes of a field: it says of no source that it is silent where the gate is."""
    made = []
    for access in ("public", "draft"):
        files, named = _with_extras(access)
        assert len(named) > 20
        loaded = load_files(tmp_path / access / "kb", files)
        assert len(loaded.kb.records) == len(files), "an extra must not break a record"
        made.append(outputs_of(publish(loaded.kb)))
    shown, hidden = made

    said = {
        path: (str(shown[path].content).count("not stated"), str(file.content).count("not stated"))
        for path, file in hidden.items()
        if path in shown
    }
    assert len(said) > 50
    assert {path: counts for path, counts in said.items() if counts[1] > counts[0]} == {}
    samples = [str(file.content) for path, file in hidden.items() if path.endswith("/sample/index.html")]
    assert sum(text.count(">withheld<") for text in samples) > 20


def test_what_is_expected_of_a_body_that_is_not_public_is_still_no_promise() -> None:
    published = outputs_of(
        """
        bodies/hidden: {title: Hush Board, access: draft}
        actions/decide: {title: Decide on the quay, expected_of: bodies/hidden, due: [{date: 2019-06}]}
        """
    )
    page, listed = (
        str(published[path].content)
        for path in ("ambledown/actions/decide/index.html", "promises/index.html")
    )
    for html in (page, listed):
        assert 'Expected of <span class="mb-absent">withheld</span>' in html
        assert "Hush" not in html
        assert "verdue" not in html
