"""No answer of the command line has a mark; a hidden name is as unknown as one that nobody has."""

from __future__ import annotations

import json
from collections import defaultdict

import click
import pytest

from minutebook.records.base import Access
from tests.helpers import COUNCIL
from tests.leaks.asking import all_ways_to_ask, ask, names_asked_for, questions, ways_to_ask
from tests.leaks.eye import WORD, found_in, numbers_in
from tests.leaks.houses import WITHHELD, House, leaked


def test_no_answer_has_a_mark_and_all_but_those_withheld_are_the_same_without_the_records(
    house: House, bare: House, loaded_once: None
) -> None:
    # Whose answers the hidden records change: the projects, and the bodies that held them.
    changed = {f"{COUNCIL}/projects/{one}" for one in WITHHELD} | {
        f"{COUNCIL}/bodies/open-north",
        f"{COUNCIL}/bodies/open-south",
    }
    answered: defaultdict[str, int] = defaultdict(int)
    for name, command, arguments in all_ways_to_ask(names_asked_for(house), house.place):
        if command == "check":
            continue  # asked in every format, below
        with_them = ask(house, command, *arguments)
        said = "".join(with_them[1:])
        assert leaked(house.marks, found_in("", said.encode())) == {}, (command, arguments)
        assert numbers_in(said) == set(), (command, arguments)
        answered[command] += with_them[0] == 0
        if house.published.kb.find(name)[0].id not in changed:
            assert with_them == ask(bare, command, *arguments), (command, arguments)
    takes_a_name = {
        name for name, one in questions().items() if any(isinstance(p, click.Argument) for p in one.params)
    }
    wanted = {name: 4 if name in takes_a_name else 1 for name in questions() if name != "check"}
    assert {name: answered[name] for name, least in wanted.items() if answered[name] < least} == {}, (
        "teach this test how to ask it"
    )


def test_a_hidden_name_is_as_unknown_as_a_name_that_nobody_has(
    house: House, bare: House, loaded_once: None
) -> None:
    asked = 0
    hidden = [record for record in house.loaded.kb.records.values() if record.access is not Access.PUBLIC]
    commands = {name: command for name, command in questions().items() if name != "check"}
    for number, record in enumerate(hidden[::2]):
        names = (
            record.id,
            record.id.slug,
            record.title,
            *record.aliases,
            f"{record.folder}/{record.id.slug}",
        )
        name = names[number % len(names)]
        command_name, command = list(commands.items())[number % len(commands)]
        for arguments in ways_to_ask(command, name, house.place):
            answer = ask(house, command_name, *arguments)
            assert answer == ask(bare, command_name, *arguments), (command_name, arguments)
            # It may say again what it was asked, and nothing more.
            said = (
                "".join(answer[1:]).replace(name, "").replace(json.dumps(name, ensure_ascii=False)[1:-1], "")
            )
            assert leaked(house.marks, found_in("", said.encode()) - found_in("", name.encode())) == {}
            asked += 1
    assert asked > 100


@pytest.mark.parametrize(
    "query",
    [
        f"{WORD}*",
        WORD,
        f'"{WORD}00007"',
        f"title OR {WORD}00007",
        f"council:hidden-{WORD}00000",
        "3019",
        "date:3000..3100",
        "body:hidden*",
        "-the",
    ],
)
def test_a_search_for_a_mark_finds_what_it_would_find_without_the_records(
    house: House, bare: House, loaded_once: None, query: str
) -> None:
    for arguments in (["--", query], ["--json", "--", query]):
        assert ask(house, "search", *arguments) == ask(bare, "search", *arguments)


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_no_mark_is_in_what_check_prints(house: House, loaded_once: None, form: str) -> None:
    code, out, err = ask(house, "check", "--format", form)
    assert code == 0
    assert "MB523" in out, "there are warnings about hidden records"
    assert leaked(house.marks, found_in("", f"{out}{err}".encode()), in_messages=True) == {}
    assert (
        leaked(
            house.marks, found_in("", ask(house, "check", "--format", form, "--show-restricted")[1].encode())
        )
        != {}
    )


@pytest.mark.parametrize(("project", "on"), WITHHELD.items())
def test_an_answer_that_a_hidden_record_changes_is_withheld(
    house: House, loaded_once: None, project: str, on: str
) -> None:
    answer = json.loads(ask(house, "owner", project, "--on", on, "--json")[1])
    assert (answer["status"], answer["holders"], answer["citations"]) == ("withheld", [], [])
    assert [one["transfer"] for one in answer["possible"]] == [None]
    told = "".join(ask(house, "owner", project, "--on", on, "--restricted")[1:])
    assert "withheld" not in told, "and the editor is told"
