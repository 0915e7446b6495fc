"""`build` and `serve`: the site from the records, once or at every change."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from minutebook.built_before import Fingerprint, MadeFrom, fingerprint, forget, remember, what_stands
from minutebook.commands.shared import (
    DateParameter,
    chosen_overlay,
    console,
    kb_option,
    load_or_stop,
    sources_option,
)
from minutebook.kept_pieces import KeptPieces, besides_records
from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs import PathTaken
from minutebook.publication import publish
from minutebook.rendering import print_text
from minutebook.safe_files import CannotBuild, alone_beside, check_site_is_ours
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
@click.option("--afresh", is_flag=True, help="Make everything again, even where nothing has changed.")
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
    afresh: bool,
) -> None:
    """Check the records and build the site; where a finding is an error the old site stays as it is.

    Where nothing that the site was built from has changed, and nothing of the site, it stands as it is.
    """
    _config_or_stop()
    out, progress = console(), Console(stderr=True)
    choices = Choices(strict, site_url, compress, jobs or 0)
    try:
        check_site_is_ours(site)
        if kb_folder.resolve() in site.resolve().parents:
            raise CannotBuild(f"`{site}` lies among the records: give another place with --site")
        made_from = _made_from(kb_folder, sources, as_of, choices)
        with progress.status("Looking for what has changed"):
            before = fingerprint(made_from)
            stands = _what_stands(site, before, choices) if before is not None and not afresh else None
        if stands is not None:
            _say(out, stands, was_built=False)
            return
        with progress.status("Reading and checking the records"):
            loaded = load_or_stop(kb_folder, sources)
        if not loaded.is_sound:
            print_text(out, loaded.findings, records=len(loaded.kb.records))
            ctx.exit(1)
        published = publish(loaded.kb)
        published.kb.backlinks("")  # joined here once, and not again by each process
        # Of the public records alone: the date of a document that is not public would tell of it.
        date = _date_or_stop(published.kb, as_of)
        with progress.status(f"Building the site from {len(published.kb.records):,} records"), settled():
            pieces = besides_records(before.program, published.kb, date) if before is not None else {}
            findings = len(loaded.findings)

            def remember_it(built: Built, workplace: Path) -> None:
                # What was touched meanwhile may be in a part of the site.
                is_of_one_state = before is not None and fingerprint(made_from) == before
                told = _Told(built, date, findings)
                _remember(before if is_of_one_state else None, pieces, told, workplace, choices)

            built = build_site(
                published, date, config_file=_CONFIG, site=site, choices=choices,
                kept=pieces if before is not None and not afresh else None, then=remember_it,
            )  # fmt: skip
    except (CannotBuild, PathTaken) as error:
        click.echo(f"Error: {error}", err=True)
        ctx.exit(1 if isinstance(error, SiteHasWarnings) else 2)
    _say(out, _Told(built, date, findings), was_built=True)


@dataclass(frozen=True, slots=True)
class _Told:
    """What there is to say of a site that was built: what it is, its date, and how many findings the records have."""

    built: Built
    date: When
    findings: int


def _made_from(kb_folder: Path, sources: Path | None, as_of: When | None, choices: Choices) -> MadeFrom:
    folders = {"kb": kb_folder, "overlay": chosen_overlay(), "sources": sources}
    chosen = {"as of": as_of.value if as_of is not None else "", "kb": str(kb_folder), **choices.told()}
    return MadeFrom({name: path for name, path in folders.items() if path is not None}, _CONFIG, chosen)


def _remember(
    before: Fingerprint | None, made_from: Mapping[str, str], told: _Told, workplace: Path, choices: Choices
) -> None:
    """Keep notes of what was built, in place of those of the site before, which name pages that may be public no more."""
    built = told.built
    said = {
        "records": built.records, "pages": built.pages, "warnings": built.warnings,
        "date": told.date.value, "findings": told.findings,
    }  # fmt: skip
    forget(built.site, workplace)
    if before is not None:
        remember(built.site, built.folder, workplace, before, said, choices.processes)
        KeptPieces(workplace, made_from).save(built.pieces)


def _what_stands(site: Path, now: Fingerprint, choices: Choices) -> _Told | None:
    """What there is to say of the site, where it would be built the same; None where it has to be built."""
    if not site.is_symlink():
        return None
    with alone_beside(site.parent) as workplace:
        said = what_stands(site, workplace, now, choices.processes)
    if said is None:
        return None
    built = Built(site, site.readlink().name, said["records"], said["pages"], tuple(said["warnings"]))
    return _Told(built, When.parse(said["date"]), said["findings"])


def _say(out: Console, told: _Told, was_built: bool) -> None:
    built, date = told.built, told.date
    for warning in built.warnings:
        out.print(Text(f"warning: {warning}", style="yellow"))
    if told.findings:
        many = "one warning" if told.findings == 1 else f"{told.findings} warnings"
        out.print(Text(f"The records have {many}: `minutebook check` lists them."))
    records = "one public record" if built.records == 1 else f"{built.records:,} public records"
    stood = f"as at {date.display()}" if date.exact else f"as things stood {on_date(date)}"
    if was_built:
        out.print(Text(f"Built {built.site}/ from {records}, {stood}."))
        if built.kept_pages:
            kept = f"{built.kept_pages:,} of {built.pages:,} pages"
            out.print(Text(f"Kept {kept} as they were: nothing that they tell has changed."))
    else:
        out.print(
            Text(f"Nothing has changed: {built.site}/ stands as it was built, from {records}, {stood}.")
        )
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
