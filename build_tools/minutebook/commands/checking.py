"""`check` and `explain`: what is wrong with the records, and what a rule is for."""

from __future__ import annotations

from pathlib import Path

import click

from minutebook.commands.shared import console, kb_option, load_or_stop
from minutebook.rendering import explain as explanation
from minutebook.rendering import print_text, render_json
from minutebook.rules import RULES
from minutebook.suggest import did_you_mean


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--show-restricted", is_flag=True, help="Show messages about records that are not public: for your own terminal only.")
@kb_option
@click.pass_context
def check(ctx: click.Context, form: str, show_restricted: bool, kb_folder: Path) -> None:
    """Read and link all records and run every check; exit 1 where a finding is an error."""
    loaded = load_or_stop(kb_folder)
    if form == "json":
        click.echo(render_json(loaded.findings, show_restricted=show_restricted), nl=False)
    else:
        print_text(console(), loaded.findings, show_restricted=show_restricted, records=len(loaded.kb.records))
    ctx.exit(0 if loaded.is_sound else 1)


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what the rule CODE checks, why it matters, and how to mend what breaks it."""
    rule = RULES.get(code.upper()) or next((r for r in RULES.values() if r.name == code.lower()), None)
    if rule is None:
        known = [*RULES, *(r.name for r in RULES.values())]
        help = did_you_mean(code, known) or "codes run from MB101; docs/reference/rules.md lists them"
        raise click.UsageError(f"no rule `{code}`: {help}")
    click.echo(explanation(rule), nl=False)
