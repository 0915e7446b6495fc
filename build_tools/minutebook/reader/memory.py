"""What a live server keeps from one reading to the next, so that only what changed is read."""

from __future__ import annotations

import hashlib
import os
import time

from minutebook.diagnostics import Diagnostic
from minutebook.reader.reading import Reading
from minutebook.reader.record_files import read_record
from minutebook.reader.texts import MAX_FILE, bytes_of
from minutebook.records.base import Record
from minutebook.records.values import Ref

# Seconds. The clocks of file systems go in steps, of which the widest is two seconds: of two changes
# within one step, the second leaves no trace.
_A_WHILE = 3


class Memory:
    """What a live server keeps from one reading to the next: a file with the same bytes is not read again.

    It is not even opened where it was still for a while when its bytes were looked at, and nothing has
    touched it since: its size, its times and its number on the disk are those of then.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[Ref, bytes, Record | None, tuple[Diagnostic, ...]]] = {}
        # By path: the stamp of a file, and when it was first seen; None once it has been the same for a while.
        self._stamps: dict[str, tuple[tuple[int, ...], float | None]] = {}
        self._seen: set[str] = set()
        self.changed: set[Ref] = set()  # since the reading before: new, other or gone

    def recall(self, entry: os.DirEntry[str], path: str, record_id: Ref, reading: Reading) -> Record | None:
        """The record of a file, and its findings: as they were, where its bytes are."""
        self._seen.add(path)
        known = self._known.get(path)
        if self._is_still(entry, path) and known is not None:
            reading.findings.extend(known[3])
            return known[2]
        digest = _digest(entry)
        if known is None or digest is None or known[1] != digest:
            self.changed.add(record_id)
            before = len(reading.findings)
            record = read_record(entry, path, record_id, reading)
            self._known.pop(path, None)
            if digest is not None and digest == _digest(entry):  # nobody wrote it meanwhile
                self._known[path] = (record_id, digest, record, tuple(reading.findings[before:]))
            return record
        reading.findings.extend(known[3])
        return known[2]

    def _is_still(self, entry: os.DirEntry[str], path: str) -> bool:
        """Whether nothing has touched a file since its bytes were looked at a while after anything had."""
        about = entry.stat(follow_symlinks=False)
        stamp = (about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)
        before, since = self._stamps.get(path, (None, None))
        now = time.perf_counter()
        if before != stamp:
            self._stamps[path] = (stamp, now)
        elif since is None:
            return True
        elif now - since > _A_WHILE:
            self._stamps[path] = (stamp, None)  # and its bytes are looked at once more
        return False

    def forget_the_rest(self) -> None:
        """Let go of files that are there no longer."""
        for path in self._known.keys() - self._seen:
            self.changed.add(self._known.pop(path)[0])
            self._stamps.pop(path, None)
        self._seen.clear()


def _digest(entry: os.DirEntry[str]) -> bytes | None:
    try:
        data = bytes_of(entry.path)
    except OSError:
        return None
    return hashlib.sha256(data).digest() if len(data) <= MAX_FILE else None  # beyond it nothing was looked at
