"""What the tests of the live site do: write a record, look at a page, wait, and compare with a site begun now."""

from __future__ import annotations

import time
from pathlib import Path

from minutebook.commands.building import _CONFIG
from minutebook.live_site import LiveSite
from tests.helpers import tree
from tests.outputs.test_frames import CITED
from tests.small_council import write_record

ADVICE = "thornby/projects/advice/index.html"
PROJECT = f"kind: project\nparent: projects/warm-homes\n{CITED}"
FAIR = f"title: The fair\nkind: other\non: 2021-05-01\nabout: [projects/insulation]\n{CITED}"


def begin() -> LiveSite:
    """A live site of the working folder that has built nothing yet."""
    return LiveSite(Path("kb"), None, _CONFIG, "http://127.0.0.1:8765/")


def settle(site: LiveSite) -> None:
    """Wait until the background has done its work."""
    ends = time.monotonic() + 60
    while site._background:
        assert time.monotonic() < ends
        time.sleep(0.01)


def whole() -> dict[str, bytes]:
    """What a live site would show that was begun now."""
    live = begin()
    try:
        live.rebuild()
        return tree(live.folder)
    finally:
        live.close()


def put(place: Path, path: str, text: str) -> None:
    """Write a record of Thornby."""
    write_record(place / "kb/thornby" / path, text)


def page(site: LiveSite, path: str) -> str:
    """A page as it is shown."""
    return (site.folder / path).read_text(encoding="utf-8")


def traces(site: LiveSite) -> list[str]:
    """The pages and files that tell of the fair."""
    return [
        path for path, data in tree(site.folder).items() if b"The fair" in data or b"fair" in path.encode()
    ]
