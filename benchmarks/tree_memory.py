"""How much memory a process and its children take together: `TreeMemory`, and the process that looks.

Pages that several processes share count once, shared out between them (PSS, proc(5)): the sum is what
the machine has to have. To look from another process leaves the one that is measured as it is. Where
the system does not tell (other than Linux), it is the most that this process alone ever held.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_TOLD = Path("/proc/self/smaps_rollup")
_SECONDS = 0.5  # between two looks


class TreeMemory:
    """While it is open, somebody looks at this process and its children; afterwards the peak is known, in megabytes."""

    before = 0.0
    peak = 0.0
    _looker: subprocess.Popen[str] | None

    def __enter__(self) -> TreeMemory:
        """Start looking; what there is at this moment is known when this returns."""
        self._looker = None
        if not _TOLD.is_file():
            self.before = _own_peak()
            return self
        self._looker = subprocess.Popen(
            [sys.executable, __file__, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._looker.stdout is not None
        self.before = float(self._looker.stdout.readline())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.peak = float(self._looker.communicate()[0]) if self._looker is not None else _own_peak()


def _own_peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _tree(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            if int(child) != os.getpid():
                yield from _tree(int(child))


def _megabytes(process: int) -> float:
    kilobytes = 0
    try:
        for one in _tree(process):
            rows = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
            kilobytes += sum(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
    except (FileNotFoundError, ProcessLookupError):
        pass  # one of them has just ended
    return kilobytes * 1024 / 1e6


def main() -> int:
    """Print what a process takes, and when the input ends, the most that it took since."""
    process = int(sys.argv[1])
    peak = _megabytes(process)
    print(peak, flush=True)
    while not select.select([sys.stdin], [], [], _SECONDS)[0]:
        peak = max(peak, _megabytes(process))
    print(peak)
    return 0


if __name__ == "__main__":
    sys.exit(main())
