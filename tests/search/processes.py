"""Python in a process of its own: for what must be true of a fresh start, or must not take for ever."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.helpers import REPOSITORY


def run_python(code: str, *options: str, timeout: int = 300) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python with our source roots; TimeoutExpired after so many seconds."""
    roots = os.pathsep.join(str(REPOSITORY / root) for root in ("build_tools", "search", "."))
    environment = {**os.environ, "PYTHONPATH": roots}
    command = [sys.executable, *options, "-c", code]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=timeout
    )
