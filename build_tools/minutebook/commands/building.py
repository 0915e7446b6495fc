"""`build` and `serve`: the site from the records, once or at every change."""

from __future__ import annotations

import logging
import os
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from minutebook.commands.shared import (
    DateParameter,
    chosen_overlay,
    console,
    kb_option,
    load_or_stop,
    sources_option,
)
from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs import PathTaken
from minutebook.publication import publish
from minutebook.rendering import print_text
from minutebook.safe_files import CannotBuild, check_site_is_ours
from minutebook.staging import Built, Choices, SiteHasWarnings, build_site
from minutebook.when import When
from minutebook.wording import on_date
from minutebook.workers import settled

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
@click.option(
    "--site-url",
    metavar="URL",
    help="The address of the site, for the site map; by default `site_url` of mkdocs.yml.",
)
@click.option(
    "--compress",
    is_flag=True,
    help="Write a copy compressed with gzip beside each file, for a server that hands those out.",
)
@sources_option
@click.option(
    "--jobs",
    type=click.IntRange(1, 32),
    metavar="N",
    help="How many processes make pages: by default 2, or 1 where there is one processor.",
)
@click.pass_context
def build(
    ctx: click.Context,
    kb_folder: Path,
    site: Path,
    as_of: When | None,
    strict: bool,
    site_url: str | None,
    compress: bool,
    sources: Path | None,
    jobs: int | None,
) -> None:
    """Check the records and build the site; where a finding is an error the old site stays as it is."""
    _config_or_stop()
    out, progress = console(), Console(stderr=True)
    try:
        check_site_is_ours(site)
        if kb_folder.resolve() in site.resolve().parents:
            raise CannotBuild(f"`{site}` lies among the records: give another place with --site")
        with progress.status("Reading and checking the records"):
            loaded = load_or_stop(kb_folder, sources)
        if not loaded.is_sound:
            print_text(out, loaded.findings, records=len(loaded.kb.records))
            ctx.exit(1)
        published = publish(loaded.kb)
        # Of the public records alone: the date of a document that is not public would tell of it.
        date = _date_or_stop(published.kb, as_of)
        with progress.status(f"Building the site from {len(published.kb.records):,} records"), settled():
            choices = Choices(strict, site_url, compress, jobs or 0)
            built = build_site(published, date, config_file=_CONFIG, site=site, choices=choices)
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
    stood = f"as at {date.display()}" if date.exact else f"as things stood {on_date(date)}"
    out.print(Text(f"Built {built.site}/ from {records}, {stood}."))
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
    """Show the site on this machine, and each change of a record or page as soon as it is saved."""
    _config_or_stop()
    if not kb_folder.is_dir():
        raise click.UsageError(f"no folder `{kb_folder}` with records in it: name it with --kb DIR")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ["MINUTEBOOK_KB"] = str(kb_folder.resolve())  # mkdocs.yml hands it to the plugin
    from minutebook.live_server import LiveServer
    from minutebook.live_site import CannotShow, LiveSite

    _listen_to_mkdocs()
    site = LiveSite(kb_folder, chosen_overlay(), _CONFIG, f"http://127.0.0.1:{port}/")
    site.say = partial(click.echo, err=True)
    try:
        site.rebuild()
        LiveServer(site, port).run()
    except CannotShow as error:
        click.echo(str(error).rstrip())
        raise SystemExit(1) from None
    except PathTaken as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.UsageError(
            f"cannot serve on port {port}: {error.strerror}; name another with --port"
        ) from None
    finally:
        site.close()


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
    if date is None:
        raise click.UsageError("no date: give one with --as-of DATE, or set `as_of` in minutebook.yml")
    return date
