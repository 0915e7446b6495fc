"""A piece that is kept is what it would be if it were made again: whatever was edited, and whoever wrote to the tree."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from minutebook.kept_pieces import KeptPieces, MadePiece, Pieces, besides_records
from minutebook.knowledge_base import KnowledgeBase, link_records
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.reader import read_records
from minutebook.staging import build_date, stage
from minutebook.staging_tree import Staged
from minutebook.when import When
from tests.helpers import REPOSITORY, run, tree
from tests.outputs.random_edits import Editor
from tests.small_council import write_council, write_record

AS_OF = When.parse("2021-07-01")


class Checkout:
    """Two staging trees of the same records: one of which pieces are kept, and one that is made afresh each time."""

    def __init__(self, folder: Path, kb: Path) -> None:
        self._kb = kb
        self._docs = folder / "docs"
        self._docs.mkdir()
        self.kept_in, self._afresh = folder / "kept", folder / "afresh"
        self._pieces: Pieces = {}

    def published(self) -> PublishedKnowledgeBase:
        """What is public of the records as they are now."""
        return publish(link_records(read_records(self._kb)))

    def stage(self) -> Staged:
        """Stage with what was kept, and keep what came of it."""
        with build_date(AS_OF):
            staged = stage(self.published(), AS_OF, self._docs, self.kept_in, kept=self._pieces)
        self._pieces = staged.pieces
        return staged

    def afresh(self) -> dict[str, bytes]:
        """The whole tree as it is made with nothing kept."""
        with build_date(AS_OF):
            stage(self.published(), AS_OF, self._docs, self._afresh)
        return tree(self._afresh)


@pytest.mark.parametrize("number", range(5))
def test_after_any_edits_the_tree_is_that_of_a_fresh_start(tmp_path: Path, number: int) -> None:
    """Records changed, added, removed, renamed, hidden and shown."""
    editor = Editor(tmp_path, number)
    checkout = Checkout(tmp_path, editor.kb)
    checkout.stage()
    made = 0
    for _ in range(12):
        done = editor.edit()
        made += checkout.stage().made
        assert tree(checkout.kept_in) == checkout.afresh(), done
    assert made < 12 * len(checkout.stage().pieces), "something is kept at most edits"


def test_of_real_records_as_well(tmp_path: Path) -> None:
    """Of the records of this repository, which hold everything that a page can tell, one after another is changed."""
    kb = tmp_path / "kb"
    for file in (REPOSITORY / "kb").rglob("*"):
        if file.is_file() and ("bromley" in file.parts or file.parent == REPOSITORY / "kb"):
            target = kb / file.relative_to(REPOSITORY / "kb")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    checkout = Checkout(tmp_path, kb)
    every = checkout.stage().made
    chosen = random.Random(7).sample(sorted(kb.rglob("*.md")), 4)
    for number, path in enumerate(chosen):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("\ntitle: ", f"\ntitle: {number} ", 1), encoding="utf-8")
        staged = checkout.stage()
        assert 0 < staged.made < every, path
        assert tree(checkout.kept_in) == checkout.afresh(), path


HIDDEN_MOVE = """
    title: A hidden move
    kind: transfer
    access: draft
    effective: {}
    authorised_by: not stated
    from: bodies/housing-board
    moves: [{{what: projects/boilers, to: bodies/energy-group}}]
    """
_PRIVATE_ITEM = """
    title: A bid
    meeting: meetings/2021-06-01-scrutiny
    number: '4'
    access: exempt
    exemption: {paragraphs: ['3'], public_interest_reason: it names a bidder}
    """
_FAIR = "title: The fair\nkind: other\non: 2021-05-01"
_LINKED = {"events/fair.md": (_FAIR, "See [[projects/zeppelin]].\n")}
_ZEPPELIN = "title: Zeppelin\nkind: project"
Files: TypeAlias = Mapping[str, str | tuple[str, str] | None]
_EDITS: Mapping[str, tuple[Files, Files]] = {
    "the date of a hidden transfer, from before another": (
        {"transfers/h.md": HIDDEN_MOVE.format("2021-05-03")}, {"transfers/h.md": HIDDEN_MOVE.format("2021-06-20")},
    ),
    "the date of a hidden transfer, to after the date of the site": (
        {"transfers/h.md": HIDDEN_MOVE.format("2021-06-20")}, {"transfers/h.md": HIDDEN_MOVE.format("2021-08-20")},
    ),
    "a hidden transfer goes": ({"transfers/h.md": HIDDEN_MOVE.format("2021-05-03")}, {"transfers/h.md": None}),
    "the reason of a private item": (
        {"items/a.md": _PRIVATE_ITEM}, {"items/a.md": _PRIVATE_ITEM.replace("bidder", "buyer")},
    ),
    "the number of a private item": (
        {"items/a.md": _PRIVATE_ITEM}, {"items/a.md": _PRIVATE_ITEM.replace("'4'", "'5'")},
    ),
    "the first private item": ({}, {"items/a.md": _PRIVATE_ITEM}),
    "the title of what is named without words": (
        {**_LINKED, "projects/zeppelin.md": _ZEPPELIN},
        {"projects/zeppelin.md": _ZEPPELIN.replace("Zeppelin", "Airship")},
    ),
    "what is named in a narrative is there at last": (_LINKED, {"projects/zeppelin.md": _ZEPPELIN}),
    "what is named in a narrative goes": (
        {**_LINKED, "projects/zeppelin.md": _ZEPPELIN}, {"projects/zeppelin.md": None},
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", _EDITS)
def test_what_stands_on_no_page_of_its_own_changes_others(tmp_path: Path, edit: str) -> None:
    """What only the gate knows, and what a narrative asks for by itself."""
    before, after = _EDITS[edit]
    kb = write_council(tmp_path)
    checkout = Checkout(tmp_path, kb)
    for files in (before, after):
        for path, told in files.items():
            if told is None:
                (kb / "thornby" / path).unlink()
            else:
                write_record(kb / "thornby" / path, *((told,) if isinstance(told, str) else told))
        checkout.stage()
    assert tree(checkout.kept_in) == checkout.afresh()


def test_where_nothing_has_changed_nothing_is_made_but_what_knows_no_pieces(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path, write_council(tmp_path))
    first = checkout.stage()
    assert first.made == len(first.pieces) + 2, "all, the assets and the search index"
    second = checkout.stage()
    assert (second.made, second.written, second.removed) == (2, 0, 0)
    assert (sorted(second.pages), second.titles, second.kinds) == (
        sorted(first.pages),
        first.titles,
        first.kinds,
    )


@pytest.mark.parametrize("damage", ["other bytes", "gone", "a link", "a folder that is a link"])
def test_what_was_changed_in_the_tree_is_made_again(tmp_path: Path, damage: str) -> None:
    checkout = Checkout(tmp_path, write_council(tmp_path))
    checkout.stage()
    page = checkout.kept_in / "thornby/projects/warm-homes/index.md"
    whole = page.read_bytes()
    if damage == "a folder that is a link":
        page.parent.rename(tmp_path / "elsewhere")
        page.parent.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        checkout.stage()
        assert tree(checkout.kept_in) == checkout.afresh()
        assert (tmp_path / "elsewhere/index.md").read_bytes() == whole, "what lies elsewhere is not ours"
        return
    if damage == "other bytes":
        page.write_bytes(whole.replace(b"Warm", b"Cold"))
    else:
        page.unlink()
    if damage == "a link":
        (tmp_path / "elsewhere.md").write_bytes(whole)
        page.symlink_to(tmp_path / "elsewhere.md")
    assert checkout.stage().made == 3
    assert page.read_bytes() == whole
    assert not page.is_symlink()


# -- the note ------------------------------------------------------------------------------------


@pytest.fixture
def pieces(tmp_path: Path) -> Pieces:
    """What a council came to."""
    return Checkout(tmp_path, write_council(tmp_path)).stage().pieces


def test_what_is_kept_is_read_again(tmp_path: Path, pieces: Pieces) -> None:
    KeptPieces(tmp_path, {"program": "1"}).save(pieces)
    assert KeptPieces(tmp_path, {"program": "1"}).load() == pieces
    assert KeptPieces(tmp_path, {"program": "2"}).load() == {}, "another program makes other pages"


def test_a_note_that_is_not_ours_counts_for_nothing(
    tmp_path: Path, pieces: Pieces, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptPieces(tmp_path, {})
    kept.save(pieces)
    whole = (tmp_path / "pieces").read_bytes()
    (tmp_path / "pieces").write_bytes(whole.replace(b"warm-homes", b"cold-homes"))
    assert kept.load() == {}
    (tmp_path / "pieces").write_bytes(whole)
    assert kept.load() == pieces
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "of-somebody-else"))
    assert kept.load() == {}
    (tmp_path / "pieces").unlink()
    assert kept.load() == {}


def test_the_date_and_what_is_set_for_all_are_told(tmp_path: Path) -> None:
    kb = publish(link_records(read_records(write_council(tmp_path)))).kb
    told = besides_records("1", kb, AS_OF)
    assert told != besides_records("2", kb, AS_OF)
    assert told != besides_records("1", kb, When.parse("2021-07-02"))
    titled = KnowledgeBase(kb.records.values(), settings=kb.settings.model_copy(update={"title": "Other"}))
    assert told != besides_records("1", titled, AS_OF)


# -- a whole build -------------------------------------------------------------------------------


def test_a_build_makes_again_what_has_changed_and_nothing_else(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stood: list[bool] = []
    stands = MadePiece.stands

    def counted(*arguments: object) -> bool:
        stood.append(stands(*arguments))  # type: ignore[arg-type]
        return stood[-1]

    monkeypatch.setattr(MadePiece, "stands", counted)
    assert run("build", "--jobs", "1").exit_code == 0
    assert stood == [], "nothing was kept"
    write_record(
        place / "kb/thornby/projects/advice.md",
        "title: Advice by phone\nkind: project\nparent: projects/warm-homes",
    )
    said = run("build", "--jobs", "1").output
    assert "pages as they were: nothing that they tell has changed.\n" in said
    assert stood.count(True) > 5
    assert False in stood
    changed = tree(place / "site")
    assert "Advice by phone" in changed["thornby/projects/advice/index.html"].decode()
    stood.clear()
    assert run("build", "--jobs", "1", "--afresh").exit_code == 0
    assert stood == [], "asked for all of it"
    assert tree(place / "site") == changed
