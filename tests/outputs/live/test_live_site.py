"""The live site: a change shows, what goes leaves, an error shows nothing; and all of it ends as a whole build would."""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import Any

import pytest

from minutebook import live_build, live_site
from minutebook.knowledge_base import KnowledgeBase
from minutebook.live_site import CannotShow, LiveSite
from minutebook.reader import Memory, read_records
from tests.helpers import tree
from tests.outputs.live.changing import ADVICE, FAIR, PROJECT, begin, page, put, settle, whole
from tests.outputs.random_edits import Editor


def test_a_changed_record_shows_at_once_and_everything_that_names_it_soon(
    place: Path, site: LiveSite
) -> None:
    heard: list[None] = []
    first: list[str] = []
    site.announce = lambda: heard.append(None)
    site.shown = lambda: first.append(page(site, ADVICE))
    put(place, "projects/advice.md", f"title: The help desk\n{PROJECT}")
    site.rebuild()
    assert "The help desk" in first[0]
    assert "The help desk" in page(site, "thornby/projects/warm-homes/index.html"), "it lies beside it"
    settle(site)
    assert heard == [None], "browsers are told of the lists"
    assert tree(site.folder) == whole()


@pytest.mark.parametrize("first", [0, 40])
def test_any_change_ends_as_a_whole_build_would(
    place: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    """New, renamed, gone, moved, hidden, public again: whatever a page was made from, none stays behind."""
    monkeypatch.setattr(live_site, "_FIRST", first)
    source = (place / "kb/thornby/sources/2021-05-report.md").read_text(encoding="utf-8")
    changes = {
        "events/2021-05-fair.md": FAIR,
        "projects/advice.md": f"title: Advice no more\naliases: [The line]\n{PROJECT}\nsummary: Another one.",
        "bodies/scrutiny.md": "title: Overview and Scrutiny\nkind: scrutiny committee\nestablished: 2015",
    }
    for path, text in changes.items():
        put(place, path, text)
        site.rebuild()
    settle(site)
    assert tree(site.folder) == whole()

    (place / "kb/thornby/events/2021-05-fair.md").unlink()
    report = place / "kb/thornby/sources/2021-05-report.md"
    report.write_text(source.replace("Report on", "The report on"), encoding="utf-8")
    site.rebuild()
    assert not (site.folder / "thornby/events/2021-05-fair").exists()
    settle(site)
    assert tree(site.folder) == whole()


def test_after_any_edits_what_is_shown_is_what_a_fresh_start_shows(
    place: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is shown first is made with what was kept from before, everything else afresh: they agree to the byte."""
    editor = Editor(place, 0)
    site.rebuild()
    settle(site)
    seen: dict[str, bytes] = {}
    told: list[str] = []
    first = site._first

    def make(kb: KnowledgeBase) -> Any:
        made = first(kb)
        seen.update(made.pages)
        return made

    monkeypatch.setattr(site, "_first", make)
    site.shown = lambda: told.append("shown")
    site.say = lambda _: told.append("said")
    shown = 0
    for _ in range(12):
        seen.clear()
        told.clear()
        done = editor.edit()
        site.rebuild()
        settle(site)
        if told == ["shown"]:
            shown += 1
            now = tree(site.folder)
            assert [path for path, data in seen.items() if now.get(path) != data] == [], done
        elif told:
            editor.mend()
            site.rebuild()
            settle(site)
    assert shown > 3
    assert tree(site.folder) == whole()


def test_a_process_clears_away_what_was_left_and_not_what_the_other_is_writing(
    place: Path, site: LiveSite
) -> None:
    unfinished = site.folder / "thornby" / ".writing-abc"
    unfinished.write_text("The fair", encoding="utf-8")
    put(place, "projects/advice.md", f"title: The help desk\n{PROJECT}")
    site.rebuild()
    settle(site)
    assert unfinished.exists(), "another process may be writing it"
    site._cut_short = True  # as where one was ended
    put(place, "projects/advice.md", f"title: Advice\n{PROJECT}")
    site.rebuild()
    settle(site)
    assert not unfinished.exists()
    assert tree(site.folder) == whole()


def test_an_error_is_said_and_shows_nothing_and_its_mend_shows(place: Path, site: LiveSite) -> None:
    said: list[str] = []
    site.say = said.append
    before = tree(site.folder)
    put(place, "projects/advice.md", f"title: Lost\n{PROJECT.replace('warm-homes', 'wram-homes')}")
    site.rebuild()
    assert "error[MB301]" in said[0]
    assert said[0].endswith("The pages of before are shown until this is mended.")
    assert tree(site.folder) == before
    put(place, "projects/advice.md", f"title: Found\n{PROJECT}")
    site.rebuild()
    assert "Found" in page(site, ADVICE)


def test_a_first_build_with_an_error_has_nothing_to_show(place: Path) -> None:
    put(place, "projects/advice.md", f"title: Lost\n{PROJECT.replace('warm-homes', 'wram-homes')}")
    live = begin()
    try:
        with pytest.raises(CannotShow, match=r"error\[MB301\]"):
            live.rebuild()
    finally:
        live.close()


def test_a_hand_written_page_and_the_settings_show_too(place: Path, site: LiveSite) -> None:
    (place / "docs/glossary.md").write_text("# Words and more\n", encoding="utf-8")
    site.rebuild()
    assert "Words and more" in page(site, "glossary/index.html")
    (place / "kb/minutebook.yml").write_text("title: Thornby, renamed\n", encoding="utf-8")
    site.rebuild()
    assert "Thornby, renamed" in page(site, ADVICE)
    assert tree(site.folder) == whole()


def test_the_next_change_ends_the_background_of_the_last(place: Path, site: LiveSite) -> None:
    for number in range(4):
        put(place, "projects/advice.md", f"title: Advice {number}\n{PROJECT}")
        site.rebuild()
        assert f"Advice {number}" in page(site, ADVICE)
    settle(site)
    assert tree(site.folder) == whole()


def test_a_file_that_is_written_again_as_it_was_changes_nothing(
    place: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "_check_and_make", None)
    record = place / "kb/thornby/projects/advice.md"
    record.write_bytes(record.read_bytes())
    os.utime(record, (1, 1))
    assert not site.rebuild(), "there was no change"


def test_a_draft_is_written_on_and_nothing_is_made_again(
    place: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = f"title: Not yet\n{PROJECT}\naccess: draft\nsummary: "
    put(place, "projects/advice.md", f"{draft}One.")
    site.rebuild()
    before = tree(site.folder)
    with monkeypatch.context() as patch:
        patch.setattr(site, "_refresh", None)
        patch.setattr(site, "_build", None)
        put(place, "projects/advice.md", f"{draft}Two, which nobody may read yet.")
        site.rebuild()
    assert tree(site.folder) == before
    assert not site._pending
    put(place, "projects/advice.md", draft.replace("draft", "public") + "Three.")
    site.rebuild()
    assert "Three." in page(site, ADVICE)


def test_what_was_shown_before_is_let_go(place: Path, site: LiveSite) -> None:
    """The collector is told to leave alone what is there: whatever is kept by a circle would stay for good."""
    assert site.published is not None
    before = []
    for number in range(4):
        before.append(weakref.ref(site.published.kb))
        put(place, "projects/advice.md", f"title: Advice {number}\n{PROJECT}")
        site.rebuild()
    settle(site)
    # The first is that of the whole build, of which MkDocs keeps what it likes.
    assert [one() for one in before[1:]] == [None] * 3


def test_what_is_written_during_a_whole_build_shows_after_it(
    place: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = live_build.build_whole

    def while_somebody_writes(*args: Any, **kwargs: Any) -> Any:
        put(place, "projects/advice.md", f"title: Written meanwhile\n{PROJECT}")
        return build(*args, **kwargs)

    monkeypatch.setattr(live_site, "build_whole", while_somebody_writes)
    (place / "docs/glossary.md").write_text("# Words and more\n", encoding="utf-8")
    site.rebuild()
    assert "Words and more" in page(site, "glossary/index.html")
    assert "Written meanwhile" in page(site, ADVICE)


def test_a_memory_reads_what_changed_and_nothing_else(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    first = read_records(Path("kb"), None, memory)
    memory.changed.clear()
    put(place, "projects/advice.md", f"title: Advice\n{PROJECT}\nsummary: Longer.")
    (place / "kb/thornby/projects/boilers.md").unlink()
    (place / "kb/thornby/projects/new.md").write_text("no front matter", encoding="utf-8")
    again = read_records(Path("kb"), None, memory)
    plain = read_records(Path("kb"))
    assert memory.changed == {f"thornby/projects/{slug}" for slug in ("advice", "boilers", "new")}
    assert again.findings == plain.findings
    assert [record.id for record in again.records] == [record.id for record in plain.records]
    kept = {record.id: record for record in first.records}
    assert sum(kept.get(record.id) is record for record in again.records) == len(again.records) - 1
    memory.changed.clear()
    assert read_records(Path("kb"), None, memory).findings == plain.findings, "a finding does not get lost"
    assert not memory.changed
