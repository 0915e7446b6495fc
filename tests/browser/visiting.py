"""What the looks at the built site share: which pages are looked at, a server that says nothing, and a visitor who remembers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
HOME, HOLDINGS = "", "who-holds-what/"
PROJECT = "harrow/projects/harrow-is-home/"
RESOLUTION = "harrow/resolutions/2020-01-07-resilient-harrow/"
REPORT = "harrow/reports/2020-01-07-resilient-harrow/"
DECISION = "harrow/decisions/2019-11-discontinue-resilient-harrow/"
COMPARISON = "then-and-now/harrow/2020-01-resilient-harrow-split/"
# One of each kind of page: what differs between two of a kind is words.
KINDS = [
    HOME, "decision-history/", "decision-history/topic/adult-social-care/", "resolutions/", HOLDINGS, "who-holds-what/2019-12-31/",
    "what-changed-hands/", "what-changed-hands/2020-01/", "then-and-now/", COMPARISON, "promises/", "projects/", "bodies/",
    "discrepancies/", "not-held/", "indicators-and-budgets/", "sources/", "corrections/", "private-items/", "data/", "topics/",
    "records/", "records/a-to-z/r/", "harrow/", "harrow/projects/", "accessibility/", "guides/councillor/", "about/how-it-works/",
    PROJECT, RESOLUTION, REPORT, DECISION, "harrow/transfers/2020-01-resilient-harrow-split/",
    "harrow/meetings/2020-01-07-overview-and-scrutiny-committee/", "harrow/items/2020-01-07-resilient-harrow/",
    "harrow/bodies/asc-commissioning-workstream/", "harrow/actions/launch-second-innovation-site/",
    "harrow/figures/2019-20-resilient-harrow-savings/", "harrow/indicators/dtoc-all-causes/",
    "decision-history/topic/adult-social-care/year/2020/", "harrow/figures/adult-social-care-expenditure/receipts/",
    "harrow/statements/resident-mixed-picture/", "harrow/sources/2020-01-07-resilient-harrow-report/",
    "promises/by/", "promises/by/harrow/posts/corporate-director-people/", "harrow/posts/corporate-director-people/",
    "harrow/discrepancies/savings-to-date/", "harrow/plans/adult-social-care-vision/", "harrow/events/2018-10-impower-review/",
    "coverage/", "records/by-year/2020/",
]  # fmt: skip
# Of these the slow looks are taken: the pages that most readers come to.
MAIN = [
    HOME,
    "decision-history/",
    "resolutions/",
    HOLDINGS,
    COMPARISON,
    PROJECT,
    RESOLUTION,
    REPORT,
    DECISION,
]


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Keep the log of requests out of the tests."""


class Visitor:
    """A page that remembers what it asked for and what it complained of."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> Page:
        """Open a page of the site and wait until all of it is there."""
        self.page.goto(self.address + path, wait_until="load")
        return self.page


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address of a server of the files under a folder, on this machine alone."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
