"""The site while somebody writes: what changed is read, checked and shown first, the rest follows in the background."""

from __future__ import annotations

import html
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from minutebook.checks import run_checks
from minutebook.collector import without_collector
from minutebook.diagnostics import has_errors, sorted_once
from minutebook.hand_written import folder_lists
from minutebook.knowledge_base import KnowledgeBase, link_records
from minutebook.mkdocs_plugin import MinutebookPlugin
from minutebook.outputs import LatePage, OutputFile, make_outputs
from minutebook.outputs.addresses import address_of, path_of
from minutebook.outputs.finished import as_markdown, read_finished
from minutebook.outputs.pages import pages_of
from minutebook.privacy import is_public
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.reader import Memory, Reading, read_records
from minutebook.records.base import Access
from minutebook.records.values import Ref
from minutebook.rendering import render_text
from minutebook.safe_files import CannotBuild, alone_beside, refused_in_a_sentence, write_file
from minutebook.staging import build_date
from minutebook.staging_tree import stage
from minutebook.theme_frames import Framer
from minutebook.when import When
from minutebook.workers import Worker, settle, usual_jobs

_PATIENCE = 60  # seconds that a live server waits for a build that is at work in the same place
_FIRST = 40  # pages that are shown at once, beside those of the records that changed
_UNFINISHED = ".writing-"  # how a file begins that `write_file` has not given its name yet
_NICE = 10  # the background gives way to whoever reads a page or saves the next change


class CannotShow(Exception):
    """There is nothing to show yet: the findings, or why the site cannot be built."""


class LiveSite:
    """A folder with the site as the records are now.

    The first build, and one after a change of a hand-written page, of the configuration or of the
    theme, is a whole one. After a change of records, their own pages and those of the records beside
    them are written before anything else; then every other page and list is made again by two
    processes in the background, and written where it differs. So nothing stays behind, whatever a
    page was made from. Where a record that is not public has to do with the change, nothing is shown
    before all is done.
    """

    def __init__(self, kb_folder: Path, overlay: Path | None, config_file: Path, url: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="minutebook-live-"))
        self.published: PublishedKnowledgeBase | None = None
        self.say: Callable[[str], None] = lambda _: None
        self.shown: Callable[[], None] = lambda: None  # the pages of what changed are written
        self.announce: Callable[[], None] = lambda: None  # the background has changed pages
        self._kb_folder, self._overlay = kb_folder, overlay
        self._config_file, self._url = config_file, url
        self._memory = Memory()
        self._pending: set[Ref] = set()  # changed, and not shown yet
        self._kb: KnowledgeBase | None = None
        self._as_of: str | None = None
        self._framer: Framer | None = None
        self._hand_written: object = None  # as it was in the last whole build
        self._besides: object = None  # what was read last, besides records
        self._by_mkdocs: set[str] = set()  # files of the site that are made of no record
        self._by_hand: list[Path] | None = None
        self._background: list[Worker] = []
        self._cut_short = False  # a process of the background was ended, and may have left a file
        self._lock = threading.Lock()

    def close(self) -> None:
        """End the background and remove the folder."""
        self._stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def watched(self) -> Iterable[Path]:
        """The folders and files whose changes are to be shown."""
        found = [self._kb_folder, self._overlay, *self._written_by_hand()]
        return [path for path in found if path is not None and path.exists()]

    @without_collector()
    def rebuild(self) -> None:
        """Show the records as they are now; where they have an error, say so and go on showing what was shown."""
        reading = read_records(self._kb_folder, self._overlay, self._memory)
        by_hand = [_seen(path) for path in self._written_by_hand()]
        besides = (by_hand, reading.settings, reading.synonyms, reading.findings)
        if not self._memory.changed and besides == self._besides:
            return  # a file was touched, or put back
        self._stop()
        self._besides = besides
        self._pending |= self._memory.changed
        self._memory.changed.clear()
        kb = link_records(reading)
        whole = self._must_be_whole(kb, by_hand)
        # Another process makes the pages, while this one checks what they are made from: it remembers
        # what it found of each text.
        making = None if whole else Worker([None], lambda _: self._first_pages(kb))
        pages, gone = [], []
        try:
            findings = sorted_once([*reading.findings, *run_checks(kb)])
            if has_errors(findings):
                self._say_what_is_wrong(render_text(findings, records=len(kb.records)))
                self._hide(self._hidden_since(kb, reading))
                return
            if making is not None:
                as_of, pages, gone = making.result()
                whole = as_of != self._as_of
        finally:
            if making is not None:
                making.end()
        private = self._is_private(kb)
        if making is not None and not whole and not private:
            for path, page in pages:
                self._write(path, page.encode("utf-8"))
            for path in gone:
                self._remove(path)
            self.shown()
        self._follow(kb, whole=whole, private=private, by_hand=by_hand)

    def _say_what_is_wrong(self, findings: str) -> None:
        if self.published is None:
            raise CannotShow(findings)
        self.say(f"{findings}\nThe pages of before are shown until this is mended.")

    def _follow(self, kb: KnowledgeBase, *, whole: bool, private: bool, by_hand: object) -> None:
        """Bring everything else to where the first pages are."""
        published = publish(kb)
        as_of = published.kb.as_of
        if as_of is None:
            raise CannotShow("no date: set `as_of` in minutebook.yml")
        if not whole:
            workers = self._refresh(published, as_of)
            if private:
                whole = not self._finish(workers)  # where a process broke off, nothing hidden may stay
            else:
                threading.Thread(target=self._finish, args=(workers,), daemon=True).start()
        if whole and not self._build(published, as_of):
            return
        self._kb, self.published, self._hand_written = kb, published, by_hand
        self._as_of = as_of.value
        self._pending.clear()
        settle()  # else a collector would look through all of it, while somebody waits for a page

    # -- what is public no longer, though the records have an error -------------------------------

    def _hidden_since(self, kb: KnowledgeBase, reading: Reading) -> set[Ref]:
        """The records that are shown, and whose files say by now that they are not public."""
        if self._kb is None or self.published is None:
            return set()
        restricted = {finding.place.path for finding in reading.findings if finding.restricted}
        return {
            one
            for one in self._pending & self.published.kb.records.keys()
            if (one in kb.records and not is_public(kb.records[one]))
            or (one in reading.broken and self._kb.records[one].file.path in restricted)
        }

    def _hide(self, hidden: set[Ref]) -> None:
        """Show the records of before without these: whoever hides one does not wait for the mend of another."""
        before = self._kb
        if not hidden or before is None or self._as_of is None:
            return
        records = (
            one.model_copy(update={"access": Access.DRAFT}) if one.id in hidden else one
            for one in before.records.values()
        )
        kb = KnowledgeBase(
            records, settings=before.settings, synonyms=before.synonyms, councils=before.councils
        )
        published, as_of = publish(kb), When.parse(self._as_of)
        if self._finish(self._refresh(published, as_of)) or self._build(published, as_of):
            self._kb, self.published = kb, published

    # -- a whole build ----------------------------------------------------------------------------

    def _must_be_whole(self, kb: KnowledgeBase, by_hand: object) -> bool:
        if self._kb is None or self._framer is None or by_hand != self._hand_written:
            return True
        return (kb.settings, kb.synonyms) != (self._kb.settings, self._kb.synonyms)

    def _build(self, published: PublishedKnowledgeBase, as_of: When) -> bool:
        from mkdocs.commands.build import build
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException

        self._stop()
        jobs = usual_jobs()
        address = self._url.removeprefix("http://").rstrip("/")
        try:
            with alone_beside(self._config_file.parent, _PATIENCE) as workplace, refused_in_a_sentence():
                config = load_config(
                    config_file=str(self._config_file), site_dir=str(self.folder), dev_addr=address
                )
                docs_dir = Path(config.docs_dir)
                staged = stage(published, as_of, docs_dir, workplace / "staging", jobs)
                config.docs_dir = str((workplace / "staging").resolve())
                config.site_url, config.site_name = self._url, html.escape(published.kb.settings.title)
                config.plugins.on_startup(command="serve", dirty=False)
                ours = [one for one in config.plugins.values() if isinstance(one, MinutebookPlugin)]
                for plugin in ours:
                    plugin.take_staged(staged, None, jobs)
                with build_date(as_of):
                    build(config, serve_url=self._url)
        except (CannotBuild, MkDocsException) as error:
            if self.published is None:
                raise CannotShow(str(error)) from None
            self.say(str(error))
            return False
        self._framer = next((plugin.framer for plugin in ours), None)
        made = {*staged.pages, *staged.files} - {file.path for file in folder_lists(docs_dir)}
        self._by_mkdocs = set(self._files()) - made
        return True

    def _written_by_hand(self) -> list[Path]:
        """What a whole build is made from besides the records: pages, configuration, theme."""
        from mkdocs.config import load_config

        if self._by_hand is None:
            config = load_config(config_file=str(self._config_file))
            custom = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
            self._by_hand = [Path(config.docs_dir), self._config_file.resolve(), *custom]
        return self._by_hand

    # -- what changed, at once --------------------------------------------------------------------

    def _first_pages(self, kb: KnowledgeBase) -> tuple[str | None, list[tuple[str, str]], list[str]]:
        """In another process: the date, the pages of the records that changed and of those beside them, and what goes."""
        assert self.published is not None
        published = publish(kb)
        as_of = published.kb.as_of
        if as_of is None:
            return None, [], []
        beside: dict[Ref, None] = {}
        for record_id in sorted(self._pending):
            for one in (self.published.kb, published.kb):
                beside.update(dict.fromkeys(link.target for link in one.links.get(record_id, ())))
                beside.update(dict.fromkeys(link.record.id for link in one.backlinks(record_id)))
        first = [*sorted(self._pending), *[one for one in beside if one not in self._pending][:_FIRST]]
        with build_date(as_of):
            pages = [
                (file.path, self._framed(file).decode("utf-8")) for file in pages_of(published, as_of, first)
            ]
        gone = [path_of(address_of(one)) for one in self._pending if one not in published.kb.records]
        return as_of.value, pages, gone

    def _framed(self, file: OutputFile) -> bytes:
        assert self._framer is not None
        if not file.is_page:
            return file.data
        page = read_finished(as_markdown(file).encode("utf-8"))
        return self._framer.page(file.path, page).encode("utf-8", "xmlcharrefreplace")

    def _is_private(self, kb: KnowledgeBase) -> bool:
        """Whether a record that is not public, or was not, has changed."""
        found = (one.records.get(record_id) for one in (kb, self._kb) if one for record_id in self._pending)
        return any(record is not None and not is_public(record) for record in found)

    def _write(self, path: str, data: bytes) -> bool:
        target = self.folder / path
        try:
            if target.read_bytes() == data:
                return False
        except OSError:
            target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, data)
        return True

    def _remove(self, path: str) -> None:
        target = self.folder / path
        target.unlink(missing_ok=True)
        try:
            target.parent.rmdir()
        except OSError:
            pass  # other pages lie in it

    # -- everything else, in the background -------------------------------------------------------

    def _refresh(self, published: PublishedKnowledgeBase, as_of: When) -> list[Worker]:
        """Begin to make every page and file again."""
        self._clear_unfinished()

        def lists(_: object) -> int:
            os.nice(_NICE)
            changed, made = 0, set()
            for file in make_outputs(published, as_of):
                made.add(file.path)
                if not isinstance(file, LatePage):
                    changed += self._write(file.path, self._framed(file))
            for path in self._files():
                if path not in made and path not in self._by_mkdocs and not _is_unfinished(path):
                    self._remove(path)
                    changed += 1
            return changed

        def records(_: object) -> int:
            os.nice(_NICE)
            late = pages_of(published, as_of, published.kb.records)
            return sum(self._write(file.path, self._framed(file)) for file in late)

        with build_date(as_of):
            workers = [Worker([None], lists), Worker([None], records)]
        with self._lock:
            self._background = workers
        return workers

    def _finish(self, workers: list[Worker]) -> bool:
        """Wait for the background, and let it be seen; whether it came to its end."""
        try:
            changed = sum(worker.result() for worker in workers)
        except (CannotBuild, OSError, RuntimeError) as error:
            if self._background is workers:  # else it was ended for the next change
                self.say(f"some pages could not be made again: {error}")
            return False
        with self._lock:
            if self._background is not workers:
                return False
            self._background = []
        for worker in workers:
            worker.end()
        if changed:
            self.announce()
        return True

    def _files(self) -> Iterable[str]:
        for above, _, names in os.walk(self.folder):
            yield from (Path(above, name).relative_to(self.folder).as_posix() for name in names)

    def _stop(self) -> None:
        """End the background: its pages are of records that have changed since."""
        with self._lock:
            workers, self._background = self._background, []
        for worker in workers:
            worker.end()
        self._cut_short |= bool(workers)

    def _clear_unfinished(self) -> None:
        """Remove what a process was writing when it was ended. While none is at work: it may have begun another."""
        if self._cut_short:
            for path in filter(_is_unfinished, list(self._files())):
                (self.folder / path).unlink(missing_ok=True)
            self._cut_short = False


def _is_unfinished(path: str) -> bool:
    return path.rpartition("/")[2].startswith(_UNFINISHED)


def _seen(path: Path) -> list[tuple[str, int, int]]:
    """A folder or a file as it is now: names, sizes and times."""
    if not path.is_dir():
        return [(str(path), path.stat().st_size, path.stat().st_mtime_ns)] if path.exists() else []
    return sorted(
        (str(one), one.lstat().st_size, one.lstat().st_mtime_ns) for one in path.rglob("*") if one.is_file()
    )
