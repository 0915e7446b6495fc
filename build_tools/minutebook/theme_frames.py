"""The theme around finished pages: rendered once for each folder of records, and filled in for each page.

MkDocs would convert each page from Markdown and render the whole theme around it again. What comes
out is the same to the byte: a frame is used only where pages that were rendered in full agree with it.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup, escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from minutebook.outputs.finished import BEGINS, Finished, read_finished
from minutebook.safe_files import is_regular
from minutebook.staging_tree import staged_path
from minutebook.workers import Shares

if TYPE_CHECKING:
    from collections.abc import Callable

_FEW = 3  # pages of a folder, up to which a frame is not worth it
_ID = re.compile(rb'\bid="([^"]+)"')
# Stand for what differs between the pages of a folder. No theme has these words.
_SLUG = "mb0slug0mb"
_TITLE, _WORDS = "mb0title0{}0mb", "mb0words0{}0mb"
_TOLD = """&amp;&#x27;&quot;"""  # inside the title and the description: shows what a template makes of them
_BODY = f'{BEGINS} mb-page--record" id="content">\n<h1 id="x">mb0body0mb</h1>\n</div>'
_SLOT = re.compile(rf"mb0(title|words)0(?P<made>.*?)0mb|(?P<body>{re.escape(_BODY)})|{_SLUG}")
# A title or a description as it stands, without tags (which also reads its entities), and that escaped once more.
_TREATED: Mapping[str, Callable[[str], str]] = {
    _TOLD: lambda words: words,
    html.unescape(_TOLD): lambda words: str(Markup(words).striptags()),
    str(escape(html.unescape(_TOLD))): lambda words: str(escape(Markup(words).striptags())),
}


class FinishedFile(File):
    """A staged page that is finished: MkDocs knows its address, so that links to it hold, and makes nothing of it."""

    def __init__(self, path: str, config: MkDocsConfig) -> None:
        src_uri = staged_path(path)
        super().__init__(
            src_uri,
            config.docs_dir,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=path,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self._config = config

    def is_documentation_page(self) -> bool:
        """MkDocs reads, renders and writes documentation pages; not this one."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: the page is written with its frame."""

    # MkDocs asks for the page when a link of a hand-written one names a place in it.
    @property
    def page(self) -> Page | None:
        """The page as far as it can be linked to: its address, and the places in it."""
        return self._linked

    @page.setter
    def page(self, value: Page | None) -> None:  # a `Page` enters itself when it is made
        pass

    @cached_property
    def _linked(self) -> Page:
        page = Page(None, self, self._config)
        page.present_anchor_ids = {
            html.unescape(one.decode("utf-8")) for one in _ID.findall(self.content_bytes)
        }
        return page


@dataclass(frozen=True, slots=True)
class _Frame:
    """A rendered theme, taken apart: text, and between two pieces of it what is to be filled in."""

    pieces: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]  # what is filled in, and what the theme makes of it

    @classmethod
    def take_apart(cls, rendered: str) -> _Frame | None:
        """A frame of a page that was rendered with the words that stand for others; None where they came out otherwise."""
        pieces, slots, end = [], [], 0
        for match in _SLOT.finditer(rendered):
            pieces.append(rendered[end : match.start()])
            name = "body" if match["body"] else match[1] or "slug"
            slots.append((name, match["made"] or _TOLD))
            end = match.end()
        pieces.append(rendered[end:])
        sound = [name for name, _ in slots].count("body") == 1 and not any("mb0" in one for one in pieces)
        sound = sound and all(made in _TREATED for _, made in slots)
        return cls(tuple(pieces), tuple(slots)) if sound else None

    def around(self, slug: str, page: Finished) -> str:
        """The page."""
        values = {"body": page.body, "slug": slug, "title": page.title, "words": page.description}
        filled = [self.pieces[0]]
        for (name, made), piece in zip(self.slots, self.pieces[1:], strict=True):
            filled += [_TREATED[made](values[name]), piece]
        return "".join(filled)


class Framer:
    """Puts the theme of one build around finished pages, and writes them into the site."""

    def __init__(self, env: jinja2.Environment, config: MkDocsConfig, nav: Navigation, files: Files) -> None:
        self._template = env.get_template("main.html")
        self._config, self._nav = config, nav
        self._pages = files.documentation_pages()
        # What MkDocs makes itself, since the menu of every page names it.
        self._own = {file.dest_uri: file.page for file in self._pages}
        self._frames: dict[str, _Frame | None] = {}

    def make_frames(self, titles: Mapping[str, str]) -> None:
        """Make a frame for each folder that holds more than a few of these pages, and compare it with whole pages."""
        folders: dict[str, list[str]] = {}
        for path in titles:
            folders.setdefault(_folder(path), []).append(path)
        for folder, paths in folders.items():
            if len(paths) > _FEW and folder:
                self._frames[folder] = self._frame(folder, paths, titles)

    def _frame(self, folder: str, paths: Sequence[str], titles: Mapping[str, str]) -> _Frame | None:
        stand_in = Finished(_TITLE.format(_TOLD), _WORDS.format(_TOLD), _BODY)
        rendered = self._render(f"{folder}{_SLUG}/index.html", stand_in)
        frame = _Frame.take_apart(rendered)
        if frame is None:
            return None
        # The first, the last, the longest title, and the one with the most signs that templates treat.
        samples = {paths[0], paths[-1], max(paths, key=lambda path: len(titles[path]))}
        samples.add(max(paths, key=lambda path: titles[path].count("&")))
        for path in sorted(samples):
            page = self._staged(path)
            if frame.around(_slug(path), page) != self._render(path, page):
                return None
        return frame

    def _staged(self, path: str) -> Finished:
        return read_finished(Path(self._config.docs_dir, staged_path(path)).read_bytes())

    def page(self, path: str, finished: Finished) -> str:
        """A finished page with the theme around it, as MkDocs would have rendered it."""
        # A frame has the policy of a page without scripts in it.
        frame = None if finished.inline_scripts else self._frames.get(_folder(path))
        return frame.around(_slug(path), finished) if frame is not None else self._render(path, finished)

    def _render(self, path: str, finished: Finished) -> str:
        page = self._own.get(path) or Page(None, FinishedFile(path, self._config), self._config)
        page.meta, page.markdown, page.content = finished.front_matter, finished.body, finished.body
        page.toc = get_toc([])
        page.active = True
        try:
            return self._template.render(get_context(self._nav, self._pages, self._config, page))
        finally:
            page.active = False

    def write(self, path: str, before: Path | None) -> None:
        """Make a page from what is staged and write it into the site.

        Where the site of before has the very same bytes it is linked: a folder that was live is
        removed, never changed, and a new page never written over an old one.
        """
        data = self.page(path, self._staged(path)).encode("utf-8", errors="xmlcharrefreplace")
        target = Path(self._config.site_dir, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        if before is None or not _linked(before / path, target, data):
            target.write_bytes(data)

    def write_all(self, titles: Mapping[str, str], before: Path | None, jobs: int) -> Shares:
        """Begin to write all of these pages in other processes; whoever asked waits for them."""
        self.make_frames(titles)

        def write(paths: Iterable[str]) -> None:
            for path in paths:
                self.write(path, before)

        return Shares(list(titles), write, jobs)


def _linked(old: Path, new: Path, data: bytes) -> bool:
    """Whether a file was given a second name, because it holds this and nothing else."""
    try:
        if not is_regular(old) or old.stat().st_size != len(data) or old.read_bytes() != data:
            return False
        os.link(old, new, follow_symlinks=False)
    except OSError:
        return False  # another file system, or one without links: it is written
    return True


def paths_in(nav: object) -> Iterable[str]:
    """The files that the `nav` of mkdocs.yml names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, Mapping):
        for one in nav.values():
            yield from paths_in(one)
    elif isinstance(nav, list):
        for one in nav:
            yield from paths_in(one)


def _folder(path: str) -> str:
    """The folder above that of a page: `harrow/projects/` of `harrow/projects/extra-care/index.html`."""
    above = path.removesuffix("/index.html").rpartition("/")[0]
    return f"{above}/" if above else ""


def _slug(path: str) -> str:
    return path.removesuffix("/index.html").rpartition("/")[2]
