"""No message about a record that cannot be read, or that breaks a rule, has a mark."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from minutebook import cli as cli_room
from minutebook.cli import cli
from minutebook.commands import building, shared
from minutebook.loading import Loaded, load
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.rendering import render_text
from minutebook.staging import Built
from minutebook.when import When
from tests.helpers import COUNCIL, codes, lay_out, load_files, sample_files
from tests.leaks.asking import all_ways_to_ask, ask, questions
from tests.leaks.eye import WORD, found_in, numbers_in
from tests.leaks.houses import (
    SETTINGS,
    House,
    Ruin,
    lay_out_house,
    leaked,
    leaked_by_messages,
    leaked_by_outputs,
    listening,
)
from tests.leaks.marks import Marks
from tests.leaks.mistakes import (
    AT,
    IN_OWN_WORDS,
    MISTAKES,
    NEVER_NAMED,
    PLACES,
    SECRET,
    M,
    put_in_place,
    said_so,
)


def test_more_than_a_hundred_mistakes_are_made_and_without_them_all_is_in_order(tmp_path: Path) -> None:
    assert len(MISTAKES) + len(PLACES) > 100
    for name, text in (("hidden", SECRET), ("draft", said_so("access: draft\n"))):
        findings = load_files(tmp_path / name, {**sample_files(), AT: text}).findings
        assert codes(findings) == []


@pytest.mark.parametrize("name", [*MISTAKES, *PLACES])
def test_no_message_about_a_record_with_a_mistake_has_a_mark(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    findings = load(put_in_place(name, Path("kb"))).findings

    assert findings, "it is not lost silently"
    assert "MB605" in codes(findings) or name not in IN_OWN_WORDS
    assert leaked_by_messages(Marks(), findings) == {}
    shown = render_text(findings, show_restricted=True)
    assert bool(found_in("", shown.encode("utf-8", "surrogateescape"))) is (name not in NEVER_NAMED), (
        "the editor is told"
    )


@pytest.mark.parametrize("name", [*MISTAKES, *(name for name in PLACES if "council" not in name)])
def test_no_message_about_a_mistake_in_an_overlay_has_a_mark(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lay_out(Path("kb"), {**sample_files(), **SETTINGS})
    overlay = put_in_place(name, tmp_path / "overlay")
    for path in sample_files():
        (overlay / path).unlink()
    (overlay / "minutebook.yml").unlink()
    findings = load(Path("kb"), Path("overlay")).findings

    assert findings, "it is not lost silently"


def test_of_everything_at_once_no_mark_is_in_a_message_or_an_output(ruin: Ruin) -> None:
    assert len({finding.rule.code for finding in ruin.loaded.findings}) > 40
    assert leaked_by_messages(ruin.marks, ruin.loaded.findings) == {}
    assert leaked_by_outputs(ruin.marks, publish(ruin.loaded.kb)) == {}


@pytest.mark.parametrize("overlay", [[], ["--overlay", "overlay"]], ids=["alone", "with an overlay"])
def test_a_build_that_is_refused_says_nothing(ruin: Ruin, overlay: list[str]) -> None:
    with listening() as heard, contextlib.chdir(ruin.place):
        result = CliRunner().invoke(cli, ["build", *overlay])
    said = "\n".join([result.stdout, result.stderr, *heard])
    assert result.exit_code == 1
    assert "error[MB6" in result.stdout
    assert not (ruin.place / "site").exists()
    assert leaked(ruin.marks, found_in("", said.encode()), in_messages=True) == {}


def test_a_build_by_mkdocs_alone_that_is_refused_says_nothing(ruin: Ruin) -> None:
    with contextlib.chdir(ruin.place), listening() as heard:
        config = load_config(config_file="mkdocs.yml")
        config.plugins.on_startup(command="build", dirty=False)
        with pytest.raises(Abort) as refusal:
            config.plugins.on_config(config)
    said = "\n".join([str(refusal.value), refusal.value.format_message(), *heard])
    assert "error[MB6" in said
    assert leaked(ruin.marks, found_in("", said.encode()), in_messages=True) == {}


def test_answers_from_what_is_sound_have_no_mark(ruin: Ruin, monkeypatch: pytest.MonkeyPatch) -> None:
    published = publish(ruin.loaded.kb)
    monkeypatch.setattr(shared, "load", lambda *_: ruin.loaded)
    monkeypatch.setattr(shared, "publish", lambda _: published)
    house = House(ruin.place, ruin.marks, (), ruin.loaded, published, "")
    known = ruin.marks.known_by_law
    names = (
        "sample",
        "crossing",
        "projects/sample",
        "bodies/sample",
        "Harbour Quarter",
        f"{M} sale",
        f"hidden-{WORD}00003",
    )
    asked = set()
    for name, command, arguments in all_ways_to_ask(names, ruin.place):
        _, out, err = ask(house, command, *arguments)
        said = f"{out}{err}".replace(name, "")
        assert command == "check" or "note: the records have" in err
        found = found_in("", said.encode()) - known - found_in("", name.encode())
        assert leaked(ruin.marks, found, in_messages=True) == {}, (command, arguments)
        asked.add(command)
    assert asked == questions().keys()


# -- dates, and errors of the program itself -----------------------------------------------------


def test_a_build_without_a_date_takes_none_from_a_hidden_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {**sample_files(), f"{COUNCIL}/sources/late.md": _LATE}
    lay_out_house(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    asked: list[When] = []

    def built(published: PublishedKnowledgeBase, as_of: When, **_: object) -> Built:
        asked.append(as_of)
        return Built(Path("site"), "1", len(published.kb.records), 1, ())

    monkeypatch.setattr(building, "build_site", built)
    result = CliRunner().invoke(cli, ["build"])
    assert [as_of.value for as_of in asked] == ["2019-10-08"], "the latest date that a public source bears"
    assert numbers_in(result.output) == set()


_LATE = """---
title: A late paper
access: draft
kind: other
standing: official
publisher: not stated
url: not stated
dated: 3019-01-01
licence: not stated
---
"""


def test_an_error_inside_the_program_says_nothing_of_what_it_worked_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> Loaded:
        raise KeyError(M)

    monkeypatch.setattr(shared, "load", fail)
    monkeypatch.setattr("sys.argv", ["minutebook", "check"])
    monkeypatch.delenv("MINUTEBOOK_TRACEBACK", raising=False)  # for the editor's own terminal
    with pytest.raises(SystemExit):
        cli_room.main()
    said = capsys.readouterr()
    assert "internal error: KeyError" in said.err
    assert found_in("", f"{said.out}{said.err}".encode()) == set()
