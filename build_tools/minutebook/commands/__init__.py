"""The commands of `minutebook`, one file for each kind of question."""

from __future__ import annotations

import click

from minutebook.commands.building import build, serve
from minutebook.commands.checking import check, explain
from minutebook.commands.coverage import coverage
from minutebook.commands.promising import promises
from minutebook.commands.questions import history, holdings, owner
from minutebook.commands.writing import new, schema

COMMANDS: list[click.Command] = [
    build, check, coverage, explain, history, holdings, new, owner, promises, schema, serve,
]  # fmt: skip
