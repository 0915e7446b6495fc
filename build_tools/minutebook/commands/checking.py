"""`check` and `explain`: what is wrong with the records, and what a rule is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from minutebook.annotations import render_github, render_sarif
from minutebook.commands.receipts import receipts_json, receipts_lines, recorded_lines
from minutebook.commands.shared import DateParameter, console, kb_option, load_or_stop, sources_option
from minutebook.diagnostics import Diagnostic, has_errors
from minutebook.evidence.recording import record_what_was_verified
from minutebook.evidence.texts import SourceTexts
from minutebook.evidence.verification import ReceiptCount, count_receipts
from minutebook.loading import Loaded
from minutebook.publication import publish
from minutebook.records.base import Access
from minutebook.rendering import explain as explanation
from minutebook.rendering import print_text, render_json
from minutebook.rules import RULES
from minutebook.suggest import did_you_mean
from minutebook.when import When

_FOR_PROGRAMS: dict[str, Callable[..., str]] = {
    "json": render_json,
    "github": render_github,
    "sarif": render_sarif,
}


class CodesParameter(click.ParamType[str]):
    """A rule or a family of them: `MB301`, `MB3`, or the rule's name."""

    name = "code"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the beginning of the codes that are meant, or fail where no rule has it."""
        text = str(value).strip()
        by_name = {rule.name: rule.code for rule in RULES.values()}
        prefix = by_name.get(text.lower(), text.upper())
        if not any(code.startswith(prefix) for code in RULES) or len(prefix) < 3:
            help = did_you_mean(text, [*RULES, *by_name]) or "codes run from MB101; `MB3` means all of 3xx"
            self.fail(f"no rule `{text}`: {help}", param, ctx)
        return prefix


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", *_FOR_PROGRAMS]), default="text", show_default=True,
    help="`github` for annotations in GitHub Actions, `sarif` for code scanners.",
)  # fmt: skip
@click.option(
    "--select",
    multiple=True,
    type=CodesParameter(),
    metavar="CODE",
    help="Show these rules only: MB301, or MB3 for all of 3xx.",
)
@click.option(
    "--ignore",
    multiple=True,
    type=CodesParameter(),
    metavar="CODE",
    help="Leave these rules out. Rules of publication (MB6) cannot be left out.",
)
@click.option(
    "--show-restricted",
    is_flag=True,
    help="Show messages about records that are not public: for your own terminal only.",
)
@sources_option
@click.option(
    "--record", is_flag=True,
    help="With --sources: write fingerprint and coverage into the source records, so that pages can show them.",
)  # fmt: skip
@click.option(
    "--on", type=DateParameter(), metavar="DATE",
    help="With --record: the day on which the receipts were verified.",
)  # fmt: skip
@click.option(
    "--receipts", is_flag=True,
    help="Count the receipts that were verified; without --sources as the fingerprints tell.",
)  # fmt: skip
@kb_option
@click.pass_context
def check(
    ctx: click.Context,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    show_restricted: bool,
    sources: Path | None,
    record: bool,
    on: When | None,
    receipts: bool,
    kb_folder: Path,
) -> None:
    """Read and link all records and run every check; exit 1 where a finding is an error.

    With --sources every quotation is looked for in the text of its source, and the receipts are counted.
    """
    _refuse_what_would_do_nothing(form, ignore, sources, record, on, receipts)
    texts = SourceTexts(sources) if sources is not None else None
    loaded = load_or_stop(kb_folder, texts)
    if record and texts is not None:
        # Of the public records alone: what else was quoted must not be told by a count.
        for line in recorded_lines(record_what_was_verified(loaded.kb, publish(loaded.kb).kb, texts, on)):
            click.echo(line, err=True)
        loaded = load_or_stop(kb_folder, texts)
    findings = list(_chosen(loaded.findings, select, ignore))
    counts = _counted(loaded, texts, show_restricted) if texts is not None or receipts else None
    if form == "text":
        print_text(
            console(),
            findings,
            show_restricted=show_restricted,
            records=_records_shown(loaded, show_restricted),
        )
        for line in receipts_lines(counts) if counts is not None else ():
            click.echo(line)
    elif form == "json" and counts is not None:
        more = {"receipts": receipts_json(counts)}
        click.echo(render_json(findings, show_restricted=show_restricted, more=more), nl=False)
    else:
        click.echo(_FOR_PROGRAMS[form](findings, show_restricted=show_restricted), nl=False)
    ctx.exit(1 if has_errors(findings) else 0)


def _records_shown(loaded: Loaded, show_restricted: bool) -> int:
    """How many records to speak of: that there are more, which are not public, a log must not tell."""
    every = loaded.kb.records
    if show_restricted or all(record.access is Access.PUBLIC for record in every.values()):
        return len(every)
    return len(publish(loaded.kb).kb.records)


def _refuse_what_would_do_nothing(
    form: str, ignore: tuple[str, ...], sources: Path | None, record: bool, on: When | None, receipts: bool
) -> None:
    if any("MB6".startswith(code) or code.startswith("MB6") for code in ignore):
        raise click.UsageError(
            "rules of publication (MB6) cannot be left out: they keep private what must be private"
        )
    if record and sources is None:
        raise click.UsageError(
            "--record writes down what was verified: name the folder of texts with --sources"
        )
    if on is not None and not record:
        raise click.UsageError("--on is the day of --record: give both, or neither")
    if receipts and form not in ("text", "json"):
        raise click.UsageError(f"a log in the form of `{form}` has no place for --receipts: use text or json")


def _counted(loaded: Loaded, texts: SourceTexts | None, show_restricted: bool) -> tuple[ReceiptCount, ...]:
    return count_receipts(loaded.kb if show_restricted else publish(loaded.kb).kb, texts)


def _chosen(
    findings: Iterable[Diagnostic], select: tuple[str, ...], ignore: tuple[str, ...]
) -> Iterable[Diagnostic]:
    """The findings of the rules asked for; those of publication always."""
    for finding in findings:
        code = finding.rule.code
        wanted = (not select or code.startswith(select)) and not (ignore and code.startswith(ignore))
        if wanted or code.startswith("MB6"):
            yield finding


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what the rule CODE checks, why it matters, and how to mend what breaks it."""
    rule = RULES.get(code.upper()) or next((r for r in RULES.values() if r.name == code.lower()), None)
    if rule is None:
        if len(code) > 2 and (family := [known for known in RULES if known.startswith(code.upper())]):
            raise click.UsageError(f"`{code}` is no one rule: name one of {', '.join(family)}")
        known = [*RULES, *(r.name for r in RULES.values())]
        help = did_you_mean(code, known) or "codes run from MB101; docs/reference/rules.md lists them"
        raise click.UsageError(f"no rule `{code}`: {help}")
    click.echo(explanation(rule), nl=False)
