"""Every question that the command line answers, for every name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from minutebook.cli import cli
from tests.leaks.houses import House

# What is asked elsewhere, or would write, wait or ask back.
NOT_ASKED = {
    "build": "built in `house`",
    "serve": "waits; builds as the plugin does",
    "new": "writes",
    "review": "asks back",
    "import": "writes",
}


def questions() -> dict[str, click.Command]:
    """Every command that reads a knowledge base, those of later packages too."""
    context = click.Context(cli)
    commands = {
        name: command for name in cli.list_commands(context) if (command := cli.get_command(context, name))
    }
    asked = {name: one for name, one in commands.items() if any(p.name == "kb_folder" for p in one.params)}
    return {name: command for name, command in asked.items() if name not in NOT_ASKED}


def all_ways_to_ask(names: Iterable[str], place: Path) -> Iterator[tuple[str, str, list[str]]]:
    """A name, a command that is asked about it, and with what; what takes no name is asked once, and not for each."""
    asked = set()
    for name in names:
        for command_name, command in questions().items():
            for arguments in ways_to_ask(command, name, place):
                if (command_name, *arguments) not in asked:
                    asked.add((command_name, *arguments))
                    yield name, command_name, arguments


def ways_to_ask(command: click.Command, name: str, place: Path) -> Iterator[list[str]]:
    """A command with a name for each argument that it needs, as text and as JSON."""
    arguments = [name for p in command.params if isinstance(p, click.Argument) and p.required]
    for option in (p for p in command.params if isinstance(p, click.Option) and p.required):
        arguments += [option.opts[0], str(place)]
    yield arguments
    if any("--json" in p.opts for p in command.params):
        yield [*arguments, "--json"]


def ask(house: House, name: str, *arguments: str) -> tuple[int, str, str]:
    """What a question is answered with: exit code, output, and what is said beside it."""
    result = house.run(name, *arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def names_asked_for(house: House) -> Iterator[str]:
    """Every public record, by its id, its title or an alias."""
    for number, record in enumerate(house.published.kb.records.values()):
        yield (record.id, record.title, *record.aliases)[number % (2 + bool(record.aliases))]
