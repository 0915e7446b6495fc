"""The live site and what is hidden: it is gone before anything else is shown, whatever else is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from minutebook import live_site
from minutebook.live_hidden import is_gone
from minutebook.live_site import LiveSite
from minutebook.outputs import OutputFile, Piece
from tests.helpers import tree
from tests.outputs.live.changing import ADVICE, FAIR, PROJECT, page, put, settle, traces, whole


def test_what_is_hidden_is_gone_before_anything_is_shown(place: Path, site: LiveSite) -> None:
    put(place, "events/2021-05-fair.md", FAIR)
    site.rebuild()
    settle(site)
    assert traces(site) != []
    put(place, "events/2021-05-fair.md", f"{FAIR}\naccess: draft")
    site.rebuild()
    assert site._background is None, "all was done before"
    assert traces(site) == []
    assert tree(site.folder) == whole()


@pytest.mark.parametrize(
    "hidden",
    [
        f"{FAIR}\naccess: exempt",  # without its grounds
        f"{FAIR}\naccess: draft\nwho: nobody",  # a field that there is not
        f"{FAIR}\naccess: confidential\nsummary: [",  # not even YAML
    ],
)
def test_what_is_hidden_is_gone_though_its_record_has_an_error(
    place: Path, site: LiveSite, hidden: str
) -> None:
    """Whoever sees that a page must go writes `access` first, and saves: the page does not wait for the rest."""
    put(place, "events/2021-05-fair.md", FAIR)
    site.rebuild()
    settle(site)
    assert len(traces(site)) > 3
    said: list[str] = []
    site.say = said.append
    put(place, "events/2021-05-fair.md", hidden)
    site.rebuild()
    assert "error[" in said[0]
    assert traces(site) == []
    assert site.published is not None
    assert "thornby/events/2021-05-fair" not in site.published.kb.records, (
        "the search does not find it either"
    )
    assert "Advice line" in page(site, ADVICE), "all else is as it was"
    put(place, "events/2021-05-fair.md", f"{FAIR}\naccess: draft")
    site.rebuild()
    assert tree(site.folder) == whole()


def test_what_is_hidden_is_gone_though_another_record_has_an_error(place: Path, site: LiveSite) -> None:
    put(place, "events/2021-05-fair.md", FAIR)
    site.rebuild()
    settle(site)
    site.say = lambda _: None
    put(place, "projects/advice.md", f"title: Lost\n{PROJECT.replace('warm-homes', 'wram-homes')}")
    site.rebuild()
    assert traces(site) != []
    put(place, "events/2021-05-fair.md", f"{FAIR}\naccess: draft")
    site.rebuild()
    assert traces(site) == []
    assert "Advice line" in page(site, ADVICE)


def test_what_is_deleted_is_gone_though_another_record_has_an_error(place: Path, site: LiveSite) -> None:
    """Whoever deletes a record does not wait for the mend of another; a file that cannot be read is not deleted."""
    fair = place / "kb/thornby/events/2021-05-fair.md"
    put(place, "events/2021-05-fair.md", FAIR)
    site.rebuild()
    settle(site)
    said: list[str] = []
    site.say = said.append
    put(place, "projects/advice.md", f"title: Lost\n{PROJECT.replace('warm-homes', 'wram-homes')}")
    fair.write_text("---\ntitle: [\n---\n", encoding="utf-8")
    site.rebuild()
    assert traces(site) != []
    fair.unlink()
    site.rebuild()
    assert len(said) == 2
    assert traces(site) == []
    assert site.published is not None
    assert "thornby/events/2021-05-fair" not in site.published.kb.records
    assert "Advice line" in page(site, ADVICE), "all else is as it was"
    put(place, "projects/advice.md", f"title: Advice line\n{PROJECT}")
    site.rebuild()
    settle(site)
    assert tree(site.folder) == whole()


def test_what_others_refer_to_is_gone_when_it_is_deleted(place: Path, site: LiveSite) -> None:
    """That others still refer to it is the error: its page goes all the same, and its name from theirs."""
    put(place, "events/2021-05-fair.md", FAIR)
    talk = FAIR.replace("The fair", "A talk").replace("projects/insulation", "events/2021-05-fair")
    put(place, "events/2021-06-talk.md", talk)
    site.rebuild()
    settle(site)
    said: list[str] = []
    site.say = said.append
    (place / "kb/thornby/events/2021-05-fair.md").unlink()
    site.rebuild()
    assert "error[MB3" in said[0]
    assert traces(site) == []
    assert "A talk" in page(site, "thornby/events/2021-06-talk/index.html")


def test_what_lies_in_a_folder_that_cannot_be_opened_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert [is_gone(str(tmp_path / name)) for name in ("file", "other", "file/inner")] == [
        False,
        True,
        True,
    ]
    assert not is_gone("a" * 5_000), "an address that cannot be asked after"


def test_what_is_hidden_is_gone_though_a_process_breaks_off(
    place: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(place, "events/2021-05-fair.md", FAIR)
    site.rebuild()
    settle(site)
    said: list[str] = []
    site.say = said.append

    def breaks(_: object) -> Iterator[OutputFile]:
        raise MemoryError

    pieces = [("pages", Piece(str(number), breaks)) for number in range(9)]
    monkeypatch.setattr(live_site, "find_pieces", lambda *_: pieces)
    put(place, "events/2021-05-fair.md", f"{FAIR}\naccess: draft")
    site.rebuild()
    assert said[0].startswith("some pages could not be made again")
    assert traces(site) == []
    assert tree(site.folder) == whole()
