"""`build` and `serve`: the site from the records, once or at every change."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from minutebook.commands.shared import DateParameter, console, kb_option, load_or_stop
from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs import PathTaken
from minutebook.publication import publish
from minutebook.rendering import print_text
from minutebook.safe_files import CannotBuild, check_site_is_ours
from minutebook.staging import Built, SiteHasWarnings, build_site
from minutebook.when import When

_CONFIG = Path("mkdocs.yml")


@click.command()
@kb_option
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    metavar="DIR",
    help="Where the site is put: a link to the newest build.",
)
@click.option(
    "--as-of",
    "as_of",
    type=DateParameter(),
    metavar="DATE",
    help="The date the site speaks of; by default the date the records speak of.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Take warnings about the site, such as a dead link in a hand-written page, for errors.",
)
@click.pass_context
def build(ctx: click.Context, kb_folder: Path, site: Path, as_of: When | None, strict: bool) -> None:
    """Check the records and build the site; where a finding is an error the old site stays as it is."""
    _config_or_stop()
    out, progress = console(), Console(stderr=True)
    try:
        check_site_is_ours(site)
        if kb_folder.resolve() in site.resolve().parents:
            raise CannotBuild(f"`{site}` lies among the records: give another place with --site")
        with progress.status("Reading and checking the records"):
            loaded = load_or_stop(kb_folder)
        if not loaded.is_sound:
            print_text(out, loaded.findings, records=len(loaded.kb.records))
            ctx.exit(1)
        published = publish(loaded.kb)
        # Of the public records alone: the date of a document that is not public would tell of it.
        date = _date_or_stop(published.kb, as_of)
        with progress.status(f"Building the site from {len(loaded.kb.records):,} records"):
            built = build_site(published, date, config_file=_CONFIG, site=site, strict=strict)
    except (CannotBuild, PathTaken) as error:
        click.echo(f"Error: {error}", err=True)
        ctx.exit(1 if isinstance(error, SiteHasWarnings) else 2)
    _say(out, built, date, findings=len(loaded.findings))


def _say(out: Console, built: Built, date: When, findings: int) -> None:
    for warning in built.warnings:
        out.print(Text(f"warning: {warning}", style="yellow"))
    if findings:
        many = "one warning" if findings == 1 else f"{findings} warnings"
        out.print(Text(f"The records have {many}: `minutebook check` lists them."))
    records = "one public record" if built.records == 1 else f"{built.records:,} public records"
    out.print(Text(f"Built {built.site}/ from {records}, as at {date.display()}."))
    out.print(Text("To look at it, run one of these and open the address it prints:"))
    out.print(Text("  minutebook serve"))
    out.print(Text(f"  python3 -m http.server --bind 127.0.0.1 --directory {built.site} 8000"))
    out.print(Text("Opened as a file it would show folders in place of pages."))


@click.command()
@kb_option
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="On this machine only."
)
def serve(kb_folder: Path, port: int) -> None:
    """Show the site on this machine and build it again at every change of a record or page."""
    _config_or_stop()
    if not kb_folder.is_dir():
        raise click.UsageError(f"no folder `{kb_folder}` with records in it: name it with --kb DIR")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ["MINUTEBOOK_KB"] = str(kb_folder.resolve())  # mkdocs.yml hands it to the plugin
    from mkdocs.commands.serve import serve as serve_with_mkdocs
    from mkdocs.exceptions import Abort

    _listen_to_mkdocs()
    try:
        serve_with_mkdocs(config_file=str(_CONFIG), dev_addr=f"127.0.0.1:{port}")
    except Abort as error:
        click.echo(error.format_message().rstrip())
        raise SystemExit(1) from None
    except OSError as error:
        raise click.UsageError(
            f"cannot serve on port {port}: {error.strerror}; name another with --port"
        ) from None


def _listen_to_mkdocs() -> None:
    """Show what the server says of itself, and of the rest only warnings."""

    class Teller(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            click.echo(record.getMessage(), err=True)

    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(Teller())
    logging.getLogger("mkdocs.livereload").setLevel(logging.INFO)


def _config_or_stop() -> None:
    if not _CONFIG.is_file():
        raise click.UsageError("no mkdocs.yml here: run this in the folder that has one")


def _date_or_stop(kb: KnowledgeBase, as_of: When | None) -> When:
    date = as_of or kb.as_of
    if date is None or (date.earliest is None and date.latest is None):
        raise click.UsageError("no date: give one with --as-of DATE, or set `as_of` in minutebook.yml")
    return date
