"""No mark is in any byte of a site that was built, of the staging tree, the caches, the outputs, or what is said on the way."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

from minutebook.outputs import GROUP, find_outputs
from minutebook.records import BY_FOLDER
from minutebook.records.base import Access
from tests.helpers import REPOSITORY
from tests.leaks.eye import found_in, found_in_tree, numbers_in
from tests.leaks.hidden import ACCESS, hidden_set
from tests.leaks.houses import House, leaked, leaked_by_outputs
from tests.leaks.marks import Marks, markable


def test_the_hidden_records_are_in_order_and_of_every_type_and_access(house: House) -> None:
    hidden = [record for record in house.loaded.kb.records.values() if record.access is not Access.PUBLIC]
    public = len(house.loaded.kb.records) - len(hidden)

    assert house.loaded.is_sound
    assert len(hidden) > 200
    assert public > 50
    assert {(record.folder, record.access.value) for record in hidden} >= {
        (f, a) for f in BY_FOLDER for a in ACCESS
    }
    assert len(house.marks.planted) > 9_000


def test_every_mark_was_planted(house: House) -> None:
    files = (path for path in (house.place / "kb").rglob("*.md"))
    texts = "\n".join(
        chain.from_iterable((path.as_posix(), path.read_text(encoding="utf-8")) for path in files)
    )
    words = set(re.findall(r"\w+", texts))
    assert [mark for mark in house.marks.planted if not words & {mark, f"7306{mark[-5:]}"}] == []


def test_every_field_that_can_hold_a_mark_has_one(house: House) -> None:
    marks = Marks()
    for number in range(len(ACCESS)):
        hidden_set(number, marks, sound=False)
    planted = chain(house.marks.planted.values(), marks.planted.values())
    marked = {re.sub(r"\.\d+|\d+: ", "", where.partition(" ")[2]) for where in planted}
    wanted = {f"{folder} {way}" for folder, model in BY_FOLDER.items() for way in markable(model)}
    # Of a move's four ends a record has one; the others are in `governance`. The exemption is put in by hand.
    by_hand = {way for way in wanted if re.search(r" moves\.(gap|closed\.into)$| exemption\.", way)}
    assert wanted - marked - by_hand == set(), "teach tests/leaks.py to plant a mark there"


# -- what is built -------------------------------------------------------------------------------


def test_no_mark_is_in_any_byte_that_a_build_and_a_search_leave(house: House, caches: Path) -> None:
    workplace = (
        house.place / ".minutebook"
    )  # the site itself, the staging tree, the index for the command line
    assert workplace in house.site.parents
    assert (workplace / "staging/ambledown/projects/sample/index.md").is_file()
    assert any((workplace / "search").iterdir())
    looked_through = 0
    for folder in (workplace, caches):
        found, files, size = found_in_tree(folder)
        looked_through += size
        assert files
        assert {path: bad for path, marks in found.items() if (bad := leaked(house.marks, marks))} == {}
    assert looked_through > 4_000_000


def test_no_mark_at_all_is_in_the_index_for_browsers(house: House) -> None:
    # Not even one that the law wants known: a lexicon leaves out what a word shares with the one before it.
    found, files, _ = found_in_tree(house.site / "search")
    assert found == {}
    assert files > 20


def test_no_date_and_no_amount_of_a_hidden_record_is_on_the_site(house: House) -> None:
    written = [
        p
        for p in house.site.rglob("*")
        if p.suffix in (".html", ".xml", ".json", ".txt", ".csv", ".atom", ".ics", ".svg")
    ]
    assert len(written) > 80
    found = {
        path.name: numbers for path in written if (numbers := numbers_in(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_what_the_law_wants_known_is_shown_and_only_that(house: House) -> None:
    page = (house.site / "ambledown/meetings/sample/index.html").read_text(encoding="utf-8")
    assert len(house.marks.known_by_law) > 3
    assert house.marks.known_by_law == found_in("", page.encode()), "the stubs of the items taken in private"


def test_no_mark_is_printed_or_logged_while_a_site_is_built(house: House) -> None:
    assert "Built site/" in house.said
    assert "Building documentation to directory" in house.said, "what MkDocs logs is heard"
    assert leaked(house.marks, found_in("", house.said.encode()), in_messages=True) == {}


def test_no_mark_is_in_a_file_of_any_registered_output(house: House) -> None:
    declared = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    names = set(declared["project"]["entry-points"][GROUP])
    assert names <= set(find_outputs()), (
        "an output is declared that is not installed: `make test` installs it"
    )
    assert leaked_by_outputs(house.marks, house.published) == {}
