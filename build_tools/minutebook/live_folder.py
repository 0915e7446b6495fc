"""The folder of a live site: its files are written and removed one by one, while somebody reads them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from minutebook.safe_files import write_file

_UNFINISHED = ".writing-"  # how a file begins that `write_file` has not given its name yet


class LiveFolder:
    """A folder of its own for the files of a site; their paths in it have `/`."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="minutebook-live-"))

    def delete(self) -> None:
        """Remove the folder and all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def write(self, path: str, data: bytes) -> bool:
        """Write a file in one step; whether it was another before."""
        target = self.path / path
        try:
            if target.read_bytes() == data:
                return False
        except OSError:
            target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, data)
        return True

    def remove(self, path: str) -> None:
        """Remove a file, and its folder where that is empty then."""
        target = self.path / path
        target.unlink(missing_ok=True)
        try:
            target.parent.rmdir()
        except OSError:
            pass  # other pages lie in it

    def files(self) -> Iterator[str]:
        """Every file that is finished."""
        return (path for path in self._all_files() if not _is_unfinished(path))

    def clear_unfinished(self) -> None:
        """Remove what a process was writing when it was ended. While none is at work: it may have begun another."""
        for path in [path for path in self._all_files() if _is_unfinished(path)]:
            (self.path / path).unlink(missing_ok=True)

    def _all_files(self) -> Iterator[str]:
        for above, _, names in os.walk(self.path):
            yield from (Path(above, name).relative_to(self.path).as_posix() for name in names)


def _is_unfinished(path: str) -> bool:
    return path.rpartition("/")[2].startswith(_UNFINISHED)


__all__ = ["LiveFolder"]
