"""A whole build for a live site: straight into its folder, with the addresses of this machine."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path

from minutebook.hand_written import folder_lists
from minutebook.mkdocs_plugin import MinutebookPlugin
from minutebook.publication import PublishedKnowledgeBase
from minutebook.safe_files import CannotBuild, alone_beside, refused_in_a_sentence
from minutebook.staging import build_date
from minutebook.staging_tree import stage
from minutebook.theme_frames import Framer
from minutebook.when import When
from minutebook.workers import usual_jobs

_PATIENCE = 60  # seconds that a live server waits for a build that is at work in the same place


@dataclass(frozen=True, slots=True)
class Whole:
    """What a whole build leaves for the changes after it: the theme for pages, and the files that are made of records."""

    framer: Framer | None  # None where the theme is put around pages by MkDocs alone
    made: frozenset[str]


def build_whole(
    published: PublishedKnowledgeBase, as_of: When, *, config_file: Path, url: str, folder: Path
) -> Whole:
    """Build the site at an address on this machine into a folder; CannotBuild says why it cannot be."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    jobs = usual_jobs()
    address = url.removeprefix("http://").rstrip("/")
    try:
        with alone_beside(config_file.parent, _PATIENCE) as workplace, refused_in_a_sentence():
            config = load_config(config_file=str(config_file), site_dir=str(folder), dev_addr=address)
            docs_dir = Path(config.docs_dir)
            staged = stage(published, as_of, docs_dir, workplace / "staging", jobs)
            config.docs_dir = str((workplace / "staging").resolve())
            config.site_url, config.site_name = url, html.escape(published.kb.settings.title)
            config.plugins.on_startup(command="serve", dirty=False)
            ours = [one for one in config.plugins.values() if isinstance(one, MinutebookPlugin)]
            for plugin in ours:
                plugin.take_staged(staged, None, jobs)
            with build_date(as_of):
                build(config, serve_url=url)
    except MkDocsException as error:
        raise CannotBuild(str(error)) from None
    made = {*staged.pages, *staged.files} - {file.path for file in folder_lists(docs_dir)}
    return Whole(next((plugin.framer for plugin in ours), None), frozenset(made))


def written_by_hand(config_file: Path) -> list[Path]:
    """What a whole build is made from besides the records: pages, configuration, theme."""
    from mkdocs.config import load_config

    config = load_config(config_file=str(config_file))
    custom = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
    return [Path(config.docs_dir), config_file.resolve(), *custom]


def as_they_are(paths: list[Path]) -> list[list[tuple[str, int, int]]]:
    """Folders and files as they are now: names, sizes and times."""
    return [_seen(path) for path in paths]


def _seen(path: Path) -> list[tuple[str, int, int]]:
    if not path.is_dir():
        return [(str(path), path.stat().st_size, path.stat().st_mtime_ns)] if path.exists() else []
    return sorted(
        (str(one), one.lstat().st_size, one.lstat().st_mtime_ns) for one in path.rglob("*") if one.is_file()
    )


__all__ = ["Whole", "as_they_are", "build_whole", "written_by_hand"]
