"""The command `minutebook`: finds its commands in their rooms and through entry points."""

from __future__ import annotations

import os
from importlib.metadata import entry_points

import click

from minutebook import __version__
from minutebook.commands import COMMANDS


class _Group(click.Group):
    """Commands of this package, and those that others register under `minutebook.commands`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(
            {
                *super().list_commands(ctx),
                *(point.name for point in entry_points(group="minutebook.commands")),
            }
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if (own := super().get_command(ctx, cmd_name)) is not None:
            return own
        for point in entry_points(group="minutebook.commands", name=cmd_name):
            command = point.load()
            if isinstance(command, click.Command):
                return command
        return None


@click.group(cls=_Group, commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="minutebook")
def cli() -> None:
    """Keep a council's decisions as checked records, ask them questions, and build the site.

    Exit codes: 0 clean, 1 findings of severity error, 2 wrong use or an internal error.
    """


def main() -> None:
    """Run the command line; what goes wrong inside ends as one sentence and exit code 2."""
    try:
        cli()
    except Exception as error:  # the last wall: a traceback is no message for a clerk
        # What the exception says may be of a record that is not public, and this ends up in logs.
        click.echo(f"minutebook: internal error: {type(error).__name__}", err=True)
        click.echo(
            "To see where, set MINUTEBOOK_TRACEBACK=1 on your own terminal and run it again.", err=True
        )
        if os.environ.get("MINUTEBOOK_TRACEBACK"):
            raise
        raise SystemExit(2) from None
