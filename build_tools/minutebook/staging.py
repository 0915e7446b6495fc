"""From outputs to a site: the staging tree, MkDocs over it, a look at the result, and one swap."""

from __future__ import annotations

import html
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from minutebook.compressed_copies import compress
from minutebook.kept_pieces import KeptPieces, Pieces
from minutebook.outputs.finished import body_of
from minutebook.publication import PublishedKnowledgeBase
from minutebook.safe_files import (
    CannotBuild,
    alone_beside,
    check_site_is_ours,
    clear_out,
    live_folder,
    new_folder,
    refused_in_a_sentence,
    replace_link,
)
from minutebook.staging_tree import MARK, Staged, stage, staged_path
from minutebook.when import When
from minutebook.workers import share_out, usual_jobs


class SiteHasWarnings(CannotBuild):
    """MkDocs warned of something, and was asked to be strict."""


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was built and stands: where, in which folder, how many pages are in it, and what MkDocs warned of."""

    site: Path
    folder: str
    records: int
    pages: int
    warnings: tuple[str, ...]
    pieces: Pieces = field(default_factory=dict)  # what they came to, to be kept
    kept_pages: int = 0  # that would have been the same again


@dataclass(frozen=True, slots=True)
class Choices:
    """What whoever builds may choose: to fail on warnings, the address of the site, compressed copies, processes."""

    strict: bool = False
    site_url: str | None = None
    compress: bool = False
    jobs: int = 0

    @property
    def processes(self) -> int:
        """How many processes work: as many as were asked for, else as usual."""
        return self.jobs or usual_jobs()

    def told(self) -> dict[str, str]:
        """Return as text what of this decides what a site is: not how many processes make it."""
        return {
            "strict": str(self.strict),
            "site_url": self.site_url or "",
            "compress": str(self.compress),
        }


def build_site(
    published: PublishedKnowledgeBase,
    as_of: When,
    *,
    config_file: Path,
    site: Path,
    strict: bool = False,
    choices: Choices | None = None,
    kept: Mapping[str, str] | None = None,
    then: Callable[[Built, Path], None] | None = None,
) -> Built:
    """Stage, let MkDocs build, look at what it built, and put it in the place of the old site in one step.

    Whatever goes wrong before that step leaves the old site as it was. Pieces that were `kept` and would
    be the same again are taken from the staging tree: it names what else they are made from than records.
    What is to be done `then`, once the new site stands, is done in its workplace before another build can begin.
    """
    choices = choices or Choices(strict=strict)
    check_site_is_ours(site)
    with alone_beside(site.parent) as workplace, refused_in_a_sentence():
        staging_dir = workplace / "staging"
        before = live_folder(site)
        built = new_folder(workplace, site.name)
        try:
            notes = KeptPieces(workplace, kept or {})
            pieces = notes.load() if kept is not None else {}
            notes.forget()  # what breaks off leaves no note: it would name what may be public no more
            staged, warnings = _run_mkdocs(
                published, as_of, config_file, staging_dir, built, before, choices, pieces
            )
            if choices.strict and warnings:
                raise SiteHasWarnings(
                    "\n".join(["the site has warnings, and --strict takes them for errors:", *warnings])
                )
            _verify(staged, staging_dir, built, choices.processes)
            if choices.compress:
                compress(built, choices.processes)
            replace_link(site, os.path.relpath(built, site.parent))
            swapped = time.monotonic()
        except BaseException:
            # Not what is live: somebody may press Ctrl-C just after the step.
            if (now := live_folder(site)) is None or now.name != built.name:
                shutil.rmtree(built, ignore_errors=True)
            raise
        made = Built(
            site,
            built.name,
            len(published.kb.records),
            len(staged.pages),
            tuple(warnings),
            staged.pieces,
            staged.kept_pages,
        )
        try:
            if then is not None:
                then(made, workplace)
        finally:
            keep = {built.name, before.name if before is not None else built.name}
            clear_out(built.parent, keep, swapped)
    return made


def date_for_machines(as_of: When) -> int:
    """The date of a build in seconds since 1970, for whatever wants to write a time into a file."""
    day = as_of.latest or as_of.earliest
    if day is None:
        raise CannotBuild(f"the date `{as_of.value}` has no end: give one with --as-of DATE")
    return min(max(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()), 0), 2**32 - 1)


@contextmanager
def build_date(as_of: When) -> Iterator[None]:
    """While this lasts, the clock of a build stands at its date: `SOURCE_DATE_EPOCH`."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(date_for_machines(as_of))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("SOURCE_DATE_EPOCH", None)
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _run_mkdocs(
    published: PublishedKnowledgeBase,
    as_of: When,
    config_file: Path,
    staging_dir: Path,
    built: Path,
    before: Path | None,
    choices: Choices,
    kept: Pieces,
) -> tuple[Staged, list[str]]:
    # Material prints a notice of MkDocs 2 when it is imported; pyproject.toml says `mkdocs<2` already.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    given = {"site_url": choices.site_url} if choices.site_url else {}
    with _listening() as warnings, build_date(as_of):
        try:
            config = load_config(config_file=str(config_file), **given)
        except MkDocsException as error:
            raise CannotBuild("\n".join([f"`{config_file}` cannot be used: {error}", *warnings])) from None
        staged = stage(published, as_of, Path(config.docs_dir), staging_dir, choices.processes, kept)
        # Set after loading: `docs_dir` of the file is where the hand-written pages lie.
        config.docs_dir, config.site_dir = str(staging_dir.resolve()), str(built.resolve())
        config.site_name = html.escape(published.kb.settings.title)
        config.plugins.on_startup(command="build", dirty=False)
        for plugin in config.plugins.values():
            # Ours, where mkdocs.yml names it; without it MkDocs makes every page itself.
            if (take := getattr(plugin, "take_staged", None)) is not None:
                take(staged, before, choices.processes)
        try:
            build(config)
        except MkDocsException as error:
            raise CannotBuild("\n".join([f"MkDocs cannot build the site: {error}", *warnings])) from None
        finally:
            config.plugins.on_shutdown()
    return staged, warnings


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Hear what MkDocs warns of, and keep the rest of its talk out of the terminal."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    listener = Listener(logging.WARNING)
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield heard
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagated


def _verify(staged: Staged, staging_dir: Path, built: Path, jobs: int = 1) -> None:
    """Every page is there, and holds what was staged byte for byte; so does every other file."""
    if not (built / "index.html").is_file():
        raise CannotBuild("the built site has no home page; the old site is as it was")

    def verify(paths: Iterable[str]) -> None:
        for path in paths:
            page = built / path
            if not page.is_file():
                raise CannotBuild(f"the built site lacks the page `{path}`; the old site is as it was")
            if body_of((staging_dir / staged_path(path)).read_bytes()) not in page.read_bytes():
                raise CannotBuild(
                    f"MkDocs changed the content of `{path}` on the way; the old site is as it was"
                )

    share_out(staged.pages, verify, jobs)
    for path in staged.files:
        if (staging_dir / path).read_bytes() != (built / path).read_bytes():
            raise CannotBuild(f"MkDocs changed the file `{path}` on the way; the old site is as it was")


__all__ = [
    "MARK",
    "Built",
    "CannotBuild",
    "Choices",
    "SiteHasWarnings",
    "Staged",
    "build_date",
    "build_site",
    "date_for_machines",
    "stage",
]
