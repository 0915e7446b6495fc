"""What several commands share: their options, dates and names given as arguments, and how they say they failed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from minutebook.evidence.texts import SourceTexts
from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import Loaded, load
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.reader import NoKnowledgeBase
from minutebook.records.base import Record
from minutebook.suggest import nearest
from minutebook.when import When, WhenError

F = TypeVar("F", bound=Callable[..., Any])

_OVERLAY = "minutebook.overlay"


def _keep_overlay(ctx: click.Context, _: click.Parameter, overlay: Path | None) -> None:
    ctx.meta[_OVERLAY] = overlay


def kb_option(command: F) -> F:
    """The options that say where the records are: `--kb`, and `--overlay` for those kept elsewhere."""
    overlay = click.option(
        "--overlay", type=click.Path(path_type=Path), metavar="DIR", expose_value=False, callback=_keep_overlay,
        help="Records kept outside a public repository.",
    )  # fmt: skip
    folder = click.option(
        "--kb", "kb_folder", type=click.Path(path_type=Path), default=Path("kb"), show_default=True, metavar="DIR",
        help="The folder of records.",
    )  # fmt: skip
    return folder(overlay(command))


sources_option = click.option(
    "--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="DIR",
    help="The folder with the texts of the sources: every quotation is looked for in them.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
restricted_option = click.option(
    "--restricted",
    is_flag=True,
    help="Answer from records that are not public too: for your own terminal only.",
)


class DateParameter(click.ParamType[When]):
    """A date as records write it: `2020-02-15`, `2020-02`, `2019/20`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> When:
        """Read the date, or fail with what is wrong and how to mend it."""
        if isinstance(value, When):
            return value
        try:
            return When.parse(str(value))
        except WhenError as error:
            self.fail(error.message + (f": {error.help}" if error.help else ""), param, ctx)


on_option = click.option(
    "--on",
    type=DateParameter(),
    metavar="DATE",
    help="The date asked about; by default the date the records speak of.",
)


def console() -> Console:
    """Where answers go: plain when piped, colours off with NO_COLOR, never wrapping what is piped."""
    import sys

    width = None if sys.stdout.isatty() else 10_000
    return Console(highlight=False, soft_wrap=True, width=width)


def load_or_stop(folder: Path, sources: Path | SourceTexts | None = None) -> Loaded:
    """Load the knowledge base; a folder that is not there is wrong use. `sources` has the texts of the sources."""
    try:
        return load(folder, chosen_overlay(), sources)
    except NoKnowledgeBase as error:
        raise click.UsageError(f"{error}: name it with --kb DIR") from None


def chosen_overlay() -> Path | None:
    """The folder that `--overlay` names."""
    overlay: Path | None = click.get_current_context().meta.get(_OVERLAY)
    return overlay


def load_for_questions(folder: Path, restricted: bool) -> PublishedKnowledgeBase | Loaded:
    """Load what a question is answered from, and say so where it does not check."""
    loaded = load_or_stop(folder)
    errors = sum(finding.is_error for finding in loaded.findings)
    if errors:
        many = "an error" if errors == 1 else f"{errors} errors"
        click.echo(
            f"note: the records have {many}; this answers from what is sound (`minutebook check` says what is wrong)",
            err=True,
        )
    return loaded if restricted else publish(loaded.kb)


def the_one(kb: KnowledgeBase, name: str, *record_types: type[Record]) -> Record:
    """Return the record that a name means; an unknown or ambiguous name is wrong use."""
    found = kb.find(name, *record_types)
    if len(found) == 1:
        return found[0]
    what = " or ".join(t.noun for t in record_types) or "record"
    if found:
        candidates = "\n".join(f"  {record.id}  ({record.noun}: {record.title})" for record in found)
        raise click.UsageError(
            f"`{name}` is the name of {len(found)} records; name one by its id:\n{candidates}"
        )
    near = nearest(name, kb.names(*record_types))
    raise click.UsageError(f"no {what} is called `{name}`" + (f"; did you mean `{near}`?" if near else ""))


def date_or_stop(kb: KnowledgeBase, on: When | None) -> When:
    """Return the date asked about, else the one the records speak of; none at all is wrong use."""
    date = on or kb.as_of
    if date is None:
        raise click.UsageError("no date: give one with --on DATE, or set `as_of` in minutebook.yml")
    return date


def print_json(value: object) -> None:
    """Print JSON as people can read it too."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
