"""The MkDocs plugin `minutebook`: `mkdocs build` and `mkdocs serve` see the staging tree, and nothing else."""

from __future__ import annotations

import html
import logging
import os
from contextlib import ExitStack
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin

from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import load
from minutebook.publication import publish
from minutebook.reader import NoKnowledgeBase
from minutebook.rendering import render_text
from minutebook.safe_files import WORKPLACE, CannotBuild, alone_beside, refused_in_a_sentence
from minutebook.staging import MARK, build_date, stage
from minutebook.when import When, WhenError

_PATIENCE = 60  # seconds that a live server waits for a build that is at work in the same place
_log = logging.getLogger("mkdocs.plugins.minutebook")


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
            stage(published, as_of, Path(config.docs_dir), staging_dir)
        self._held.enter_context(build_date(as_of))

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002 - MkDocs calls by name
        """Watch what people write, not what we write."""
        if self._docs_dir is not None:
            here = Path(config.config_file_path or "mkdocs.yml").parent
            server.unwatch(config.docs_dir)
            server.watch(self._docs_dir)
            server.watch(str(here / self.config.kb))
        return server

    def on_post_build(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs calls by name
        """Let the clock go on, and other builds begin."""
        self._release()

    def on_build_error(self, error: Exception) -> None:  # noqa: ARG002 - MkDocs calls by name
        """Let the clock go on, and other builds begin."""
        self._release()

    def _release(self) -> None:
        self._held.close()


def _as_seen_from_here(folder: Path) -> Path:
    """The folder as the one who runs the command would write it: findings show it."""
    relative = Path(os.path.relpath(folder))
    return folder if ".." in relative.parts else relative
