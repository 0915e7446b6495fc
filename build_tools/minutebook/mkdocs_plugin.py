"""The MkDocs plugin `minutebook`: `mkdocs build` and `mkdocs serve` see the staging tree, and nothing else."""

from __future__ import annotations

import html
import logging
import os
from contextlib import ExitStack
from pathlib import Path, PurePath

import jinja2
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import load
from minutebook.picture_sizes import with_sizes
from minutebook.publication import publish
from minutebook.reader import NoKnowledgeBase
from minutebook.rendering import render_text
from minutebook.safe_files import WORKPLACE, CannotBuild, alone_beside, refused_in_a_sentence
from minutebook.sitemap import site_map
from minutebook.staging import MARK, Staged, build_date, stage
from minutebook.theme_frames import FinishedFile, Framer, paths_in
from minutebook.when import When, WhenError
from minutebook.workers import Shares, usual_jobs

_PATIENCE = 60  # seconds that a live server waits for a build that is at work in the same place
_log = logging.getLogger("mkdocs.plugins.minutebook")
# A plugin that hears one of these may change a page, or collect what is in it: then MkDocs makes every page itself.
_OF_A_PAGE = (
    "pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page",
)  # fmt: skip


class Options(Config):  # type: ignore[no-untyped-call] # MkDocs leaves it untyped
    """What `mkdocs.yml` may say under `minutebook`."""

    kb = config_options.Type(str, default="kb")
    as_of = config_options.Type(str, default="")


class MinutebookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Stages the public records before MkDocs looks for files. `minutebook build` has staged them already."""

    def __init__(self) -> None:
        self._serving = False
        self._docs_dir: str | None = None
        self._held = ExitStack()  # from staging to the last page: the lock, and the clock of the build
        self._staged: Staged | None = None
        self._before: Path | None = None
        self._jobs = usual_jobs()
        self._finished: dict[str, str] = {}  # pages that MkDocs need not make, with their titles
        self._writing: Shares | None = None
        self.framer: Framer | None = None  # of the last build, for a live server

    def take_staged(self, staged: Staged, before: Path | None, jobs: int) -> None:
        """Take what `minutebook build` staged, the folder of the live site, and how many processes may work."""
        self._staged, self._before, self._jobs = staged, before, jobs

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - MkDocs calls by name
        """Begin a run. That there is this event makes MkDocs keep the plugin from one build to the next."""
        self._serving, self._docs_dir = command == "serve", None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load, check and stage; stop where a finding is an error, or go on showing the pages of before."""
        if (Path(config.docs_dir) / MARK).is_file():
            return config
        here = Path(config.config_file_path or "mkdocs.yml").parent
        staging_dir = here / WORKPLACE / "staging"
        self._release()
        try:
            # A page that was saved while `minutebook build` is at work is shown a little later.
            self._held.enter_context(alone_beside(here, _PATIENCE if self._serving else 0))
            loaded = load(_as_seen_from_here(here / self.config.kb))
            if loaded.is_sound:
                self._stage(config, loaded.kb, staging_dir)
            else:
                findings = render_text(loaded.findings, records=len(loaded.kb.records))
                if not (self._serving and self._docs_dir is not None):
                    raise Abort(findings)
                # Stopping here would leave whoever has a page open without an answer.
                _log.error("%s\nThe pages of before are shown until this is mended.", findings)
        except BaseException as error:
            self._release()
            if isinstance(error, NoKnowledgeBase | CannotBuild):
                raise PluginError(str(error)) from None
            if isinstance(error, WhenError):
                raise PluginError(f"`as_of` of the plugin in mkdocs.yml: {error.message}") from None
            raise
        self._docs_dir = config.docs_dir
        config.docs_dir = str(staging_dir)
        config.site_name = html.escape(loaded.kb.settings.title)
        if Path(config.site_dir).is_symlink():
            # The live site: MkDocs would empty it before it writes.
            config.site_dir = str(here / WORKPLACE / "mkdocs-site")
            if Path(config.site_dir).is_symlink():
                self._release()
                raise PluginError(
                    f"`{config.site_dir}` is a link, and MkDocs would empty what it leads to: move it away"
                )
        return config

    def _stage(self, config: MkDocsConfig, kb: KnowledgeBase, staging_dir: Path) -> None:
        published = publish(kb)
        as_of = When.parse(self.config.as_of) if self.config.as_of else published.kb.as_of
        if as_of is None:
            raise PluginError(
                "no date: set `as_of` in minutebook.yml, or `as_of` of the plugin in mkdocs.yml"
            )
        with refused_in_a_sentence():
            self._staged = stage(published, as_of, Path(config.docs_dir), staging_dir, self._jobs)
        self._held.enter_context(build_date(as_of))

    # -- pages that are finished: the theme around them, in several processes ---------------------

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Keep finished pages from MkDocs, which would convert each again; links to them hold."""
        self._files, self._finished = files, {}
        if self._staged is None or self._others_hear_of_pages(config):
            return files
        in_nav = {PurePath(path).as_posix() for path in paths_in(config.nav)}
        for path in self._staged.pages:
            finished = FinishedFile(path, config)
            # Without `nav` MkDocs makes one from all it finds: lists belong in it, records never.
            own = config.nav is not None or self._staged.kinds[path] == "record"
            staged = files.get_file_from_path(finished.src_uri)
            if own and staged is not None and finished.src_uri not in in_nav:
                files.remove(staged)
                files.append(finished)
                self._finished[path] = self._staged.titles[path]
        return files

    def _others_hear_of_pages(self, config: MkDocsConfig) -> bool:
        heard = [one for event in _OF_A_PAGE for one in config.plugins.events[event]]
        others = {getattr(one, "__self__", None) for one in heard} - {self}
        if others:
            names = (
                ", ".join(sorted(name for name, one in config.plugins.items() if one in others)) or "a hook"
            )
            _log.info("MkDocs makes every page itself, which takes longer: %s wants to see each.", names)
        return bool(others)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002 - MkDocs calls by name
        """Note what every page shows."""
        self._nav = nav
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Begin to write the finished pages, while MkDocs goes on with the others."""
        if self._finished:
            self.framer = Framer(env, config, self._nav, files)
            self._writing = self.framer.write_all(self._finished, self._before, self._jobs)
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002 - MkDocs calls by name
        """Give the pictures of a hand-written page their sizes."""
        return with_sizes(html, Path(config.docs_dir), page.file.dest_uri)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Give the site map the records' own dates; without an address of the site there is none."""
        if template_name != "sitemap.xml" or self._staged is None:
            return output
        if not config.site_url or self._serving:
            return ""
        pages = {file.dest_uri for file in self._files.documentation_pages()} | self._finished.keys()
        return site_map(config.site_url, pages, self._staged.dates)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002 - MkDocs calls by name
        """Watch what people write, not what we write."""
        if self._docs_dir is not None:
            here = Path(config.config_file_path or "mkdocs.yml").parent
            server.unwatch(config.docs_dir)
            server.watch(self._docs_dir)
            server.watch(str(here / self.config.kb))
        return server

    def on_post_build(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs calls by name
        """Wait for the last page; then let the clock go on, and other builds begin."""
        try:
            if self._writing is not None:
                with refused_in_a_sentence():
                    self._writing.wait()
        finally:
            self._release()

    def on_build_error(self, error: Exception) -> None:  # noqa: ARG002 - MkDocs calls by name
        """Let the clock go on, and other builds begin."""
        self._release()

    def _release(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None
        self._held.close()


def _as_seen_from_here(folder: Path) -> Path:
    """The folder as the one who runs the command would write it: findings show it."""
    relative = Path(os.path.relpath(folder))
    return folder if ".." in relative.parts else relative
