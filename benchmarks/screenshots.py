"""The pictures in the guides, taken anew from the site as it is: `python -m benchmarks.screenshots`.

Needs Chromium and the packages of the tests. The pictures go to `docs/guides/pictures/`; what they show is
the records in `kb/`, as at their own date, so that the same records give the same pictures on one machine.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from minutebook.cli import cli

REPOSITORY = Path(__file__).resolve().parents[1]
PICTURES = REPOSITORY / "docs" / "guides" / "pictures"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, the page, how wide the window is, and how much of the page is shown."""

    name: str
    address: str
    width: int = 1000
    height: int = 620


SHOTS = (
    Shot("decision", "harrow/decisions/2019-11-discontinue-resilient-harrow/", height=900),
    Shot("project", "harrow/projects/extra-care/", height=1080),
    Shot("then-and-now", "then-and-now/harrow/2020-01-resilient-harrow-split/", height=900),
    Shot("search", "search/?q=reablement", height=800),
)


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Keep the log of requests out of the terminal."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def main() -> None:
    """Build the site into a folder of its own, and take every picture."""
    argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0]).parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium is installed: the pictures stay as they are")
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        built = CliRunner().invoke(cli, ["build", "--site", str(site)])
        if built.exit_code != 0:
            sys.exit(built.output)
        PICTURES.mkdir(parents=True, exist_ok=True)
        with _served(site) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
            for shot in SHOTS:
                page = browser.new_page(viewport={"width": shot.width, "height": shot.height})
                page.goto(address + shot.address, wait_until="networkidle")
                page.screenshot(path=PICTURES / f"{shot.name}.png")
                page.close()
                sys.stdout.write(f"{(PICTURES / f'{shot.name}.png').relative_to(REPOSITORY)}\n")
            browser.close()


if __name__ == "__main__":
    main()
