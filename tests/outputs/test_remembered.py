"""What a server keeps from one change to the next is of the very same records: all it shows is what a fresh start shows."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from minutebook import publication
from minutebook.knowledge_base import KnowledgeBase, Remembered, link_records
from minutebook.outputs.pages import pages, pages_of
from minutebook.outputs.places import Lines
from minutebook.outputs.site import Site
from minutebook.publication import GateMemory, PublishedKnowledgeBase, publish
from minutebook.reader import Memory, read_records
from minutebook.reader import memory as reader_memory
from minutebook.records.base import Access, Record
from minutebook.records.project import Project
from minutebook.records.transfer import Transfer
from minutebook.records.values import Ref
from minutebook.staging import build_date
from minutebook.when import When
from tests.helpers import knowledge_base, repository_records
from tests.outputs.random_edits import Editor

AS_OF = When.parse("2021-07-01")


def _linked(kb: KnowledgeBase) -> dict[Ref, Any]:
    """What the records of a knowledge base say, and how they are linked; and that it says so of its own records."""
    for record_id, record in kb.records.items():
        assert all(link.record is kb.records[link.record.id] for link in kb.backlinks(record_id))
        assert record.id == record_id
    for located in kb.parts.values():
        assert all(record is kb.records[record.id] for record, _, _ in located)
    return {
        one: (
            record.model_dump(), record.narrative, dict(record.absences), (record.file.path, record.file.text),
            kb.links[one], [(link.name, link.record.id, link.path) for link in kb.backlinks(one)],
        )
        for one, record in kb.records.items()
    } | {Ref("parts"): {kind: [(r.id, path) for r, path, _ in found] for kind, found in kb.parts.items()}}  # fmt: skip


def _told(published: PublishedKnowledgeBase) -> list[Any]:
    answers = {project.id: published.history.stretches(project) for project in published.kb.of(Project)}
    return [_linked(published.kb), published.stubs, published.history.withheld, answers]


def _made(site: Site) -> dict[str, bytes]:
    with build_date(AS_OF):
        return {file.path: file.data for file in pages_of(site, site.kb.records)}


@pytest.mark.parametrize("number", range(6))
def test_after_any_edits_all_is_told_as_by_a_fresh_start(tmp_path: Path, number: int) -> None:
    """Records changed, added, removed, renamed, hidden and shown; sound or not, as somebody leaves them half-written."""
    editor = Editor(tmp_path, number)
    memory, remembered, gate = Memory(), Remembered(), GateMemory()
    site: Site | None = None
    for _ in range(25):
        done = editor.edit()
        kb = link_records(read_records(editor.kb, None, memory), remembered)
        fresh = link_records(read_records(editor.kb))
        assert _linked(kb) == _linked(fresh), done
        published, afresh = publish(kb, gate), publish(fresh)
        assert _told(published) == _told(afresh), done
        site = Site(published, AS_OF, site)
        alone = Site(afresh, AS_OF)
        assert {one: site.lines.beside(one) for one in site.kb.records} == {
            one: alone.lines.beside(one) for one in alone.kb.records
        }, done


@pytest.mark.parametrize("number", range(6, 9))
def test_after_any_edits_the_pages_are_those_of_a_fresh_start(tmp_path: Path, number: int) -> None:
    editor = Editor(tmp_path, number)
    memory, remembered, gate = Memory(), Remembered(), GateMemory()
    site: Site | None = None
    for _ in range(10):
        done = editor.edit()
        published = publish(link_records(read_records(editor.kb, None, memory), remembered), gate)
        site = Site(published, AS_OF, site)
        assert _made(site) == _made(Site(publish(link_records(read_records(editor.kb))), AS_OF)), done
    with build_date(AS_OF):
        lists = [
            [(file.path, file.data) for file in pages(publish(kb, kept), AS_OF)]
            for kb, kept in (
                (link_records(read_records(editor.kb, None, memory), remembered), gate),
                (link_records(read_records(editor.kb)), None),
            )
        ]
    assert lists[0] == lists[1]


def test_where_a_record_stands_is_asked_again_where_what_it_lies_in_has_another_date() -> None:
    meetings = (
        "meetings/{}: {{held_on: {}, body: bodies/board}}\nitems/{}: {{number: '1', meeting: meetings/{}}}\n"
    )

    def council(late: str) -> KnowledgeBase:
        return knowledge_base(
            "bodies/board: {title: Board}\n"
            + meetings.format("a", "2020-01-01", "a", "a")
            + meetings.format("b", late, "b", "b")
        )

    kb, moved = council("2020-02-01"), council("2019-02-01")
    changed = KnowledgeBase(
        moved.records[one] if one.slug == "b" and one.folder == "meetings" else record
        for one, record in kb.records.items()
    )
    first, other = (Ref(f"ambledown/items/{slug}") for slug in "ab")
    before = Lines(kb)
    assert before.beside(first) == (None, other)
    assert Lines(changed, before).beside(first) == (other, None)


# -- nothing hidden stays --------------------------------------------------------------------------

HALL = """
    bodies/board: {title: Board, parent: bodies/hidden}
    bodies/hidden: {title: Hidden}
    events/fair: {on: 2020, about: [bodies/hidden, bodies/board], narrative: "See [[bodies/hidden|the secret]]."}
"""


def _with_access(kb: KnowledgeBase, slug: str, access: Access) -> KnowledgeBase:
    """The same records, all but one the very same."""
    return KnowledgeBase(
        record.model_copy(update={"access": access}) if record.id.slug == slug else record
        for record in kb.records.values()
    )


def test_what_is_remembered_of_a_record_is_not_told_of_what_the_gate_cut_of_it() -> None:
    """The copy has the id of the record, and all that pydantic copies: what was found in the one is not in the other."""
    remembered = Remembered()
    full = KnowledgeBase(
        _with_access(knowledge_base(HALL), "hidden", Access.DRAFT).records.values(), remembered=remembered
    )
    assert len(full.links[Ref("ambledown/events/fair")]) == 2
    assert len(full.backlinks("ambledown/bodies/hidden")) == 3
    assert full.parts
    gate = GateMemory()
    gate.remembered = remembered  # as nobody should
    cut = publish(full, gate).kb
    plain = publish(full).kb
    assert _linked(cut) == _linked(plain)
    assert [link.target for link in cut.links[Ref("ambledown/events/fair")]] == ["ambledown/bodies/board"]
    assert not cut.backlinks("ambledown/bodies/hidden")
    assert len(full.links[Ref("ambledown/events/fair")]) == 2


def test_a_record_is_cut_as_soon_as_another_is_hidden_though_it_did_not_change_itself() -> None:
    kb, gate = knowledge_base(HALL), GateMemory()
    for access in (Access.PUBLIC, Access.DRAFT, Access.PUBLIC, Access.CONFIDENTIAL):
        published = publish(_with_access(kb, "hidden", access), gate)
        fair, board = (
            published.kb.records[Ref(f"ambledown/{one}")] for one in ("events/fair", "bodies/board")
        )
        shown = access is Access.PUBLIC
        assert ("secret" in fair.narrative) is shown
        assert ("hidden" in str(fair.model_dump())) is shown
        assert ("hidden" in str(board.model_dump())) is shown
        assert fair.file.text == ""
        assert bool(published.kb.backlinks("ambledown/bodies/hidden")) is shown


def test_the_gate_looks_again_at_what_changed_and_at_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    kb, gate = knowledge_base(HALL), GateMemory()
    first = publish(kb, gate)
    looked: list[Ref] = []
    look: Callable[..., Any] = publication._without

    def without(one: Record, gone: frozenset[Ref]) -> Any:
        looked.append(one.id)
        return look(one, gone)

    monkeypatch.setattr(publication, "_without", without)
    again = publish(KnowledgeBase(kb.records.values()), gate)
    assert looked == []
    assert again.is_the_same(first)
    changed = _with_access(kb, "fair", Access.PUBLIC)
    assert not publish(changed, gate).is_the_same(first), "it is another record"
    assert looked == ["ambledown/events/fair"]


def test_ownership_is_told_by_projects_and_transfers_and_by_nothing_else() -> None:
    """The gate asks again what it must withhold where one of these changed, and not where another did."""
    kb = repository_records().kb
    moved = KnowledgeBase(one for one in kb.records.values() if isinstance(one, Project | Transfer))
    alone, among = publish(moved).history, publish(kb).history
    asked = 0
    for project in moved.of(Project):
        public = among.kb.get(project.id, Project)
        if public is None:
            continue
        told = [
            [(one.first, one.last, one.answer.possible) for one in h.stretches(project)]
            for h in (alone, among)
        ]
        assert told[0] == told[1], project.id
        asked += 1
    assert asked > 10


def test_what_is_withheld_is_asked_again_where_a_transfer_is_hidden() -> None:
    ledger = """
        bodies/a: {title: A}
        bodies/b: {title: B}
        projects/p: {title: P}
        transfers/2019: {kind: establish, effective: 2019, moves: [{what: projects/p, to: bodies/a}]}
        transfers/2020: {effective: 2020, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
    """
    kb, gate = knowledge_base(ledger), GateMemory()
    for access, withheld in ((Access.PUBLIC, 0), (Access.DRAFT, 1), (Access.PUBLIC, 0)):
        published = publish(_with_access(kb, "2020", access), gate)
        assert len(published.history.withheld) == withheld


# -- files that were not touched -------------------------------------------------------------------


def test_a_file_that_was_still_is_not_opened_again_and_any_change_of_it_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = Editor(tmp_path, 0)
    memory = Memory()
    opened: list[str] = []
    digest: Callable[..., Any] = reader_memory._digest

    def note(entry: os.DirEntry[str]) -> Any:
        opened.append(entry.name)
        return digest(entry)

    monkeypatch.setattr(reader_memory, "_digest", note)

    def read() -> int:
        opened.clear()
        memory.changed.clear()
        read_records(editor.kb, None, memory)
        return len(opened)

    files = len(list(editor.kb.rglob("*.md")))
    read()
    assert read() == files, "they may have been written in this very moment"
    monkeypatch.setattr(reader_memory, "_A_WHILE", 0.0)
    assert read() == files, "for the last time"
    assert read() == 0

    path = editor.kb / "thornby/projects/advice.md"
    before, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(text.replace("Advice line", "Advice lane"), encoding="utf-8", newline="\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # as a program does that hides its change
    assert path.stat().st_size == before.st_size
    read()
    assert opened[0] == "advice.md"
    assert memory.changed == {"thornby/projects/advice"}

    other = path.with_name("other.md")
    other.write_text(text, encoding="utf-8", newline="\n")
    other.replace(path)
    read()
    assert memory.changed == {"thornby/projects/advice"}
    path.unlink()
    read()
    assert memory.changed == {"thornby/projects/advice"}
    path.write_text(text, encoding="utf-8", newline="\n")
    read()
    assert memory.changed == {"thornby/projects/advice"}
