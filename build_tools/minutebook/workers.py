"""Work shared out between forked processes: what they return, warn of and stumble over comes back to the parent."""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from minutebook.safe_files import CannotBuild

T = TypeVar("T")
# How often work is taken from a queue at the most, and how many bytes say what is taken: what a pipe holds at the
# least, which is one page of memory where somebody has many of them.
_TAKEN, _WIDTH = 1_000, 4
Result = Any  # what JSON can hold: a worker is another process
_Act = Callable[[Iterable[T]], Result]


_settled = 0  # how often the collector was told to let things be; to ask Python how many they are takes long


@contextmanager
def settled() -> Iterator[None]:
    """While this lasts, what is there now is not looked through by the collector: a million objects that stay."""
    settle()
    try:
        yield
    finally:
        unsettle()


def settle() -> None:
    """Let the collector leave alone what is there now."""
    global _settled  # noqa: PLW0603 - the collector is one, too
    _settled += 1
    gc.freeze()


def unsettle() -> None:
    """Let the collector look at everything again."""
    global _settled  # noqa: PLW0603 - as above
    _settled -= 1
    if not _settled:
        gc.unfreeze()


def usual_jobs() -> int:
    """How many processes a build uses unless told: two, or one where there is one processor or no fork."""
    if not hasattr(os, "fork"):
        return 1
    allowed = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(2, allowed)


def share_out(work: Sequence[T], act: _Act[T], jobs: int) -> list[Result]:
    """Let `jobs` processes act on work, each taking the next when it is ready; what each returned, as JSON would hold it.

    What was changed in memory stays in the worker. Its warnings are logged here, and an error is raised here.
    """
    with Shares(work, act, jobs) as shares:
        return shares.wait()


class Shares:
    """Work that is going on in other processes; they end with this one, however it ends."""

    def __init__(self, work: Sequence[T], act: _Act[T], jobs: int) -> None:
        self._workers: list[Worker] = []
        self._own: Callable[[], list[Result]] | None = None
        if jobs < 2 or not hasattr(os, "fork") or len(work) < 2 * jobs:
            self._own = lambda: [act(work)] if work else []
            return
        queue = _Queue(work)
        try:
            for _ in range(jobs):
                self._workers.append(Worker(queue, act))
        except BaseException:
            self.cancel()
            raise
        finally:
            queue.close()

    def __enter__(self) -> Shares:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()

    def wait(self) -> list[Result]:
        """Wait for all of them; the first error that one of them met is raised."""
        if self._own is not None:
            own, self._own = self._own, None
            return own()
        return [worker.result() for worker in self._workers]

    def cancel(self) -> None:
        """End what still runs."""
        self._own = None
        for worker in self._workers:
            worker.end()


class _Queue(Generic[T]):
    """Work that several processes take from, a few at a time: none waits for another while there is some left."""

    def __init__(self, work: Sequence[T]) -> None:
        self._work = work
        self._few = -(-len(work) // _TAKEN)
        self._reader, writer = os.pipe()
        # All at once: a pipe holds as many, and what is read of it at once is read by one process alone.
        os.write(
            writer, b"".join(number.to_bytes(_WIDTH, "big") for number in range(0, len(work), self._few))
        )
        os.close(writer)

    def __iter__(self) -> Iterator[T]:
        """Take what is next, until nothing is left for anybody."""
        while number := os.read(self._reader, _WIDTH):
            first = int.from_bytes(number, "big")
            yield from self._work[first : first + self._few]

    def close(self) -> None:
        """Take no more here."""
        os.close(self._reader)


class Worker:
    """One process that acts on some work, and ends with this one."""

    def __init__(self, work: Iterable[T], act: _Act[T]) -> None:
        self._lock = threading.Lock()
        self._reader, writer = os.pipe()
        alive, self._alive = os.pipe()  # closed with this process: the worker listens
        for stream in (sys.stdout, sys.stderr):
            stream.flush()  # else the worker would say it again
        settle()  # what is there is not looked through, nor its memory copied, by a collector
        with warnings.catch_warnings():
            # Python 3.12 warns of a fork beside threads, such as the one that draws a progress
            # display: the worker writes files and nothing else, and takes none of their locks.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid: int | None = os.fork()
        if self._pid == 0:
            os.close(self._reader)
            os.close(self._alive)
            _be_a_worker(writer, alive, work, act)
        unsettle()
        os.close(writer)
        os.close(alive)

    def result(self) -> Result:
        """What it returned; its warnings are logged here, and the error that it met is raised."""
        with os.fdopen(os.dup(self._reader), "rb") as pipe:
            said = pipe.read()
        status = self._gone()
        try:
            heard = json.loads(said)
        except ValueError:
            raise CannotBuild(
                f"a process of the build was ended from outside (status {status}); the old site is as it was"
            ) from None
        for name, level, message in heard["warned"]:
            logging.getLogger(name).log(level, "%s", message)
        _raise(heard)
        return heard["result"]

    def end(self) -> None:
        """End it, if it still runs."""
        with self._lock:
            if self._pid is not None:
                # It was not waited for, so that nobody else can have its number.
                os.kill(self._pid, signal.SIGKILL)
        self._gone()
        with self._lock:
            for descriptor in (self._reader, self._alive):
                if descriptor >= 0:
                    os.close(descriptor)
            self._reader = self._alive = -1

    def _gone(self) -> int:
        with self._lock:
            pid, self._pid = self._pid, None
            return os.waitpid(pid, 0)[1] if pid is not None else 0


def _raise(heard: dict[str, Any]) -> None:
    if (refused := heard.get("refused")) is not None:
        raise CannotBuild(refused)
    if (system := heard.get("system")) is not None:
        raise OSError(*system)
    if (broke := heard.get("broke")) is not None:
        raise RuntimeError(f"a process of the build broke off\n{broke}")


def _be_a_worker(writer: int, alive: int, work: Iterable[T], act: _Act[T]) -> None:
    """Act, tell, and end without any of what the parent would do at its end."""
    said: dict[str, Any] = {"warned": []}
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent decides
        gc.enable()  # what the parent has is frozen
        threading.Thread(target=_end_with_the_parent, args=(alive,), daemon=True).start()
        with _Ear() as said["warned"]:
            said["result"] = act(work)
    except CannotBuild as error:
        said["refused"] = str(error)
    except OSError as error:
        name = [os.fsdecode(error.filename)] if isinstance(error.filename, str | bytes) else []
        said["system"] = [error.errno, error.strerror, *name] if error.errno else [str(error)]
    except BaseException:
        said["broke"] = traceback.format_exc()
    try:
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(json.dumps(said).encode("ascii"))
    finally:
        os._exit(0)


def _end_with_the_parent(alive: int) -> None:
    os.read(alive, 1)
    os._exit(1)


class _Ear(logging.Handler):
    """Hears every warning of a worker: who said it, how grave it is, what it says."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append((record.name, record.levelno, record.getMessage()))

    def __enter__(self) -> list[tuple[str, int, str]]:
        """Listen, in place of whoever listened: they would hear it twice."""
        named = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
        for logger in [logging.root, *named]:
            logger.handlers = []
            logger.propagate = True
        logging.root.addHandler(self)
        return self.heard

    def __exit__(self, *_: object) -> None:
        logging.root.removeHandler(self)


__all__ = ["Result", "Shares", "Worker", "settle", "settled", "share_out", "usual_jobs"]
