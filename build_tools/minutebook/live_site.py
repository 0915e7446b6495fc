"""The site while somebody writes: what changed is read, checked and shown first, the rest follows in the background."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from minutebook.checks import run_checks
from minutebook.collector import without_collector
from minutebook.diagnostics import has_errors, sorted_once
from minutebook.knowledge_base import KnowledgeBase, Remembered, link_records
from minutebook.live_build import as_they_are, build_whole, written_by_hand
from minutebook.live_checks import Checking
from minutebook.live_folder import LiveFolder
from minutebook.live_hidden import hidden_of
from minutebook.outputs import OutputFile, Paths, PathTaken, Piece, find_pieces
from minutebook.outputs.addresses import address_of, path_of
from minutebook.outputs.finished import as_markdown, read_finished
from minutebook.outputs.pages import pages_of
from minutebook.outputs.site import Site
from minutebook.privacy import is_public
from minutebook.publication import GateMemory, PublishedKnowledgeBase, publish
from minutebook.reader import Memory, Reading, read_records
from minutebook.records.base import Access
from minutebook.records.values import Ref
from minutebook.rendering import render_text
from minutebook.safe_files import CannotBuild
from minutebook.staging import build_date
from minutebook.theme_frames import Framer
from minutebook.when import When
from minutebook.workers import Shares, settle

_FIRST = 40  # pages that are shown at once, beside those of the records that changed
_PROCESSES = 2  # of the background
_NICE = 15  # the background gives way to whoever reads a page or saves the next change


class CannotShow(Exception):
    """There is nothing to show yet: the findings, or why the site cannot be built."""


@dataclass(frozen=True, slots=True)
class _First:
    """What is made first after a change: what is public, its date, the pages to show at once, and those that go."""

    published: PublishedKnowledgeBase
    as_of: When
    pages: list[tuple[str, bytes]]
    gone: list[str]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown: of which records, what is public of them, its date, and the hand-written pages as they were."""

    kb: KnowledgeBase
    published: PublishedKnowledgeBase
    as_of: When
    by_hand: object


class LiveSite:
    """A folder with the site as the records are now.

    The first build, and one after a change of a hand-written page, of the configuration or of the
    theme, is a whole one. After a change of records, their own pages and those of the records beside
    them are written before anything else; then every other page and list is made again by two
    processes in the background, and written where it differs. So nothing stays behind, whatever a
    page was made from. Where a record that is not public has to do with the change, nothing is shown
    before all is done.

    What was found of records is kept, and counts for the very same records alone: `Memory` knows them
    by the bytes of their files, everything else by the object.
    """

    def __init__(self, kb_folder: Path, overlay: Path | None, config_file: Path, url: str) -> None:
        self._files = LiveFolder()
        self.folder = self._files.path
        self.published: PublishedKnowledgeBase | None = None
        self.say: Callable[[str], None] = lambda _: None
        self.shown: Callable[[], None] = lambda: None  # the pages of what changed are written
        self.announce: Callable[[], None] = lambda: None  # the background has changed pages
        self._kb_folder, self._overlay = kb_folder, overlay
        self._config_file, self._url = config_file, url
        self._memory, self._remembered, self._gate = Memory(), Remembered(), GateMemory()
        self._site: Site | None = None  # of the pages that were made first
        self._pending: set[Ref] = set()  # changed, and not shown yet
        self._kb: KnowledgeBase | None = None
        self._as_of: str | None = None
        self._framer: Framer | None = None
        self._hand_written: object = None  # as it was in the last whole build
        self._besides: object = None  # what was read last, besides records
        self._by_mkdocs: set[str] = set()  # files of the site that are made of no record
        self._background: Shares | None = None
        self._cut_short = False  # a process of the background was ended, and may have left a file
        self._lock = threading.Lock()

    def close(self) -> None:
        """End the background and remove the folder."""
        self._stop()
        self._files.delete()

    def watched(self) -> Iterable[Path]:
        """The folders and files whose changes are to be shown."""
        found = [self._kb_folder, self._overlay, *self._written_by_hand]
        return [path for path in found if path is not None and path.exists()]

    @without_collector()
    def rebuild(self) -> bool:
        """Show the records as they are now; where they have an error, say so and go on showing what was shown.

        Returns whether there was a change.
        """
        changed = found = self._look()
        while found is not None:
            # A whole build takes a while, and somebody may have changed a file meanwhile.
            found = self._look() if self._build_again(*found) else None
        return changed is not None

    def _look(self) -> tuple[Reading, object] | None:
        """The records, and hand-written pages as they are; None where all of it is as it was looked at last."""
        reading = read_records(self._kb_folder, self._overlay, self._memory)
        by_hand = as_they_are(self._written_by_hand)
        besides = (by_hand, reading.settings, reading.synonyms, reading.findings)
        if not self._memory.changed and besides == self._besides:
            return None  # a file was touched, or put back
        self._besides = besides
        self._pending |= self._memory.changed
        self._memory.changed.clear()
        return reading, by_hand

    def _build_again(self, reading: Reading, by_hand: object) -> bool:
        """Show what changed since; whether that took a whole build."""
        kb = link_records(reading, self._remembered)
        if self._must_be_whole(kb, by_hand):
            if not self._is_sound(kb, reading):
                return False
            published = publish(kb, self._gate)
            as_of = _date_of(published)
            self._site = Site(published, as_of, self._site).prepared()
            if not self._build(published, as_of):
                return False
            self._is_shown(_Shown(kb, published, as_of, by_hand))
            return True
        first = self._check_and_make(kb, reading)
        if first is not None:
            self._show(kb, first, by_hand)
        return False

    def _is_sound(self, kb: KnowledgeBase, reading: Reading) -> bool:
        """Whether the records may be shown; where not, say why, and hide what is public no longer."""
        findings = sorted_once([*reading.findings, *run_checks(kb)])
        if not has_errors(findings):
            return True
        said = render_text(findings, records=len(kb.records))
        if self.published is None:
            raise CannotShow(said)
        self.say(f"{said}\nThe pages of before are shown until this is mended.")
        self._hide(self._hidden_since(kb, reading))
        return False

    def _check_and_make(self, kb: KnowledgeBase, reading: Reading) -> _First | None:
        """Make what is to be shown first while another process checks what it is made from; None where that has an error."""
        first = None
        with Checking(kb) as checking:
            try:
                first = self._first(kb)
            except Exception:
                if self._finds_none(checking, reading):
                    raise  # else the records are to blame
            else:
                if self._finds_none(checking, reading):
                    return first
        self._is_sound(kb, reading)
        return None

    def _finds_none(self, checking: Checking, reading: Reading) -> bool:
        return not has_errors(reading.findings) and checking.find_none()

    def _show(self, kb: KnowledgeBase, first: _First, by_hand: object) -> None:
        """Show what changed, and begin with everything else."""
        assert self.published is not None
        is_other_day = first.as_of.value != self._as_of
        now = _Shown(kb, first.published, first.as_of, by_hand)
        if not is_other_day and first.published.is_the_same(self.published):
            self._is_shown(now)  # a draft was written on
        elif is_other_day or self._is_private(kb):
            # Where a process breaks off, nothing hidden may stay.
            is_done = not is_other_day and self._finish(self._refresh(now.published, now.as_of))
            if is_done or self._build(now.published, now.as_of):
                self._is_shown(now)
        else:
            self._stop()  # else it would write the pages of before again
            for path, page in first.pages:
                self._files.write(path, page)
            for path in first.gone:
                self._files.remove(path)
            self._is_shown(now)
            self.shown()
            background = self._refresh(now.published, now.as_of)
            threading.Thread(target=self._finish, args=(background,), daemon=True).start()

    def _is_shown(self, now: _Shown) -> None:
        self._kb, self.published, self._hand_written = now.kb, now.published, now.by_hand
        self._as_of = now.as_of.value
        self._pending.clear()
        settle()  # else a collector would look through all of it, while somebody waits for a page

    # -- what is public no longer, though the records have an error -------------------------------

    def _hidden_since(self, kb: KnowledgeBase, reading: Reading) -> set[Ref]:
        """The records that are shown, and that are not public by now, or not there."""
        assert self._kb is not None
        assert self.published is not None
        return hidden_of(self._pending & self.published.kb.records.keys(), self._kb.records, kb, reading)

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
        self._stop()
        try:
            whole = build_whole(
                published, as_of, config_file=self._config_file, url=self._url, folder=self.folder
            )
        except CannotBuild as error:
            if self.published is None:
                raise CannotShow(str(error)) from None
            self.say(str(error))
            return False
        self._framer = whole.framer
        self._by_mkdocs = set(self._files.files()) - whole.made
        return True

    @cached_property
    def _written_by_hand(self) -> list[Path]:
        return written_by_hand(self._config_file)

    # -- what changed, at once --------------------------------------------------------------------

    def _first(self, kb: KnowledgeBase) -> _First:
        """Make the pages of the records that changed and of those beside them."""
        assert self.published is not None
        published = publish(kb, self._gate)
        as_of = _date_of(published)
        site = self._site = Site(published, as_of, self._site)
        beside: dict[Ref, None] = {}
        for record_id in sorted(self._pending):
            for one in (self.published.kb, published.kb):
                beside.update(dict.fromkeys(link.target for link in one.links.get(record_id, ())))
                beside.update(dict.fromkeys(link.record.id for link in one.backlinks(record_id)))
        first = [*sorted(self._pending), *[one for one in beside if one not in self._pending][:_FIRST]]
        with build_date(as_of):
            pages = [(file.path, self._framed(file)) for file in pages_of(site, first)]
        gone = [path_of(address_of(one)) for one in self._pending if one not in published.kb.records]
        return _First(published, as_of, pages, gone)

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

    # -- everything else, in the background -------------------------------------------------------

    def _refresh(self, published: PublishedKnowledgeBase, as_of: When) -> Shares:
        """Begin to make every page and file again."""
        self._stop()
        if self._cut_short:
            self._files.clear_unfinished()
            self._cut_short = False

        def make(share: Iterable[tuple[str, Piece]]) -> tuple[int, list[tuple[str, str]]]:
            os.nice(_NICE)
            changed, made = 0, []
            for output, piece in share:
                for file in piece.files():
                    made.append((file.path, output))
                    changed += self._files.write(file.path, self._framed(file))
            return changed, made

        with build_date(as_of):
            background = Shares(list(find_pieces(published, as_of)), make, _PROCESSES)
        with self._lock:
            self._background = background
        return background

    def _finish(self, background: Shares) -> bool:
        """Wait for the background, and let it be seen; whether it came to its end."""
        paths = Paths()
        try:
            shares = background.wait()
            for path, output in (one for _, made in shares for one in made):
                paths.take(path, output)
        except (CannotBuild, OSError, RuntimeError, PathTaken) as error:
            if self._background is background:  # else it was ended for the next change
                self.say(f"some pages could not be made again: {error}")
            return False
        with self._lock:
            if self._background is not background:
                return False
            changed = sum(number for number, _ in shares)
            for path in self._files.files():
                if not paths.is_taken(path) and path not in self._by_mkdocs:
                    self._files.remove(path)
                    changed += 1
            self._background = None
        background.cancel()
        if changed:
            self.announce()
        return True

    def _stop(self) -> None:
        """End the background: its pages are of records that have changed since."""
        with self._lock:
            background, self._background = self._background, None
        if background is not None:
            background.cancel()
            self._cut_short = True


def _date_of(published: PublishedKnowledgeBase) -> When:
    if published.kb.as_of is None:
        raise CannotShow("no date: set `as_of` in minutebook.yml")
    return published.kb.as_of
