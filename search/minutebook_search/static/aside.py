"""Bytes that wait in a file without a name: what another process makes for the index, and what is not needed for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from tempfile import SpooledTemporaryFile, TemporaryFile
from types import TracebackType
from typing import TypeAlias

from minutebook.workers import Result, Worker

_IN_MEMORY = 16_000_000  # bytes on a shelf: of ten thousand records

Made: TypeAlias = tuple[Result, Iterable[bytes]]
"""What is told as JSON would hold it, and bytes."""


class Shelf:
    """Bytes that are put away and taken back: in memory while they are few, then on the disk."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile[bytes](_IN_MEMORY)
        self._end = 0

    def __enter__(self) -> Shelf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, some: Iterable[bytes]) -> Callable[[], list[bytes]]:
        """Put some away; what is returned takes them back."""
        self._file.seek(place := self._end)
        sizes = [self._file.write(one) for one in some]
        self._end += sum(sizes)
        return lambda: self._back(place, sizes)

    def _back(self, place: int, sizes: Sequence[int]) -> list[bytes]:
        self._file.seek(place)
        return [self._file.read(size) for size in sizes]


class Aside:
    """A process that makes something beside this one, and ends with it.

    It is forked: it knows what this one knew, and what it changes in memory nobody else sees. Where
    the disk is full it fails like any other writer, with OSError, when it is asked what it made.
    """

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._file = TemporaryFile()  # noqa: SIM115 - closed with the process
        try:
            self._worker = Worker([None], self._act)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Aside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.end()
        self._file.close()

    def result(self) -> tuple[Result, list[bytes]]:
        """Wait for it: what it told, and the bytes that it made. Its warnings are logged here, and its error raised."""
        told, sizes = self._worker.result()
        self._file.seek(0)  # for both: the two share the place in it
        return told, [self._file.read(size) for size in sizes]

    def _act(self, _: object) -> Result:
        told, made = self._make()
        sizes = [self._file.write(one) for one in made]
        self._file.flush()
        return [told, sizes]
