"""The folder of texts: what is read out of it, what never is, and which passage is nearest to a quotation."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from minutebook.evidence.nearest import Words
from minutebook.evidence.showing import Showing
from minutebook.evidence.texts import MOST, NoText, SourceText, SourceTexts, leads_out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of texts beside a private one."""
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "notes.txt").write_text("private notes")
    texts = tmp_path / "texts"
    texts.mkdir()
    return texts


def read(folder: Path, name: str) -> SourceText | NoText:
    """Read one text of the folder."""
    return SourceTexts(folder).read(name)


def test_a_text_is_read_with_its_fingerprint(folder: Path) -> None:
    (folder / "2019").mkdir()
    (folder / "2019" / "minutes.txt").write_bytes(b"\xef\xbb\xbfMinutes\r\nof the Board\r\n")

    text = read(folder, "2019/minutes.txt")

    assert isinstance(text, SourceText)
    assert text.written == "Minutes\nof the Board\n"
    assert text.sha256 == hashlib.sha256(b"\xef\xbb\xbfMinutes\r\nof the Board\r\n").hexdigest()
    assert text.text.find("Minutes of the Board")


@pytest.mark.parametrize(
    "name", ["../private/notes.txt", "/etc/hostname", "a/../../private/notes.txt", "./x", "a//b", "..", "", "a\\b", "a\0b", "c:x"]
)  # fmt: skip
def test_a_name_that_leads_out_is_never_opened(folder: Path, name: str) -> None:
    assert leads_out(name)
    text = read(folder, name)
    assert isinstance(text, NoText)
    assert text.outside


def test_no_link_is_followed_whether_it_leads_out_or_in(folder: Path) -> None:
    (folder / "real.txt").write_text("minutes")
    (folder / "in.txt").symlink_to("real.txt")
    (folder / "out.txt").symlink_to("../private/notes.txt")
    (folder / "linked").symlink_to("../private")

    for name in ("in.txt", "out.txt", "linked/notes.txt"):
        text = read(folder, name)
        assert isinstance(text, NoText)
        assert text.outside


def test_the_folder_itself_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("minutes")
    (tmp_path / "link").symlink_to(folder)

    assert isinstance(read(tmp_path / "link", "a.txt"), SourceText)


def test_what_is_no_text_is_not_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    (folder / "latin.txt").write_bytes("£4".encode("latin-1"))
    (folder / "null.txt").write_bytes(b"a\0b")
    (folder / "large.txt").write_bytes(b"a" * (MOST + 1))

    why = {
        name: read(folder, name)
        for name in ("pipe", "folder", "latin.txt", "null.txt", "large.txt", "none.txt")
    }

    assert {name: text.why for name, text in why.items() if isinstance(text, NoText)} == {
        "pipe": f"is no regular file in `{folder.as_posix()}`",
        "folder": f"is no regular file in `{folder.as_posix()}`",
        "latin.txt": "is not text in UTF-8",
        "null.txt": "is not text: it holds null characters",
        "large.txt": "has more than 4,194,304 bytes",
        "none.txt": f"is not in `{folder.as_posix()}`",
    }


# -- the nearest passage ------------------------------------------------------------------------

MINUTES = """\
The Board received a report on the harbour and asked when it would open.
Savings of £312,000 had been delivered by the middle of November 2019.
It was resolved that the report be noted and that the Chair telephone 020 7946 0958 about it.
"""


def words(written: str = MINUTES) -> Words:
    """The words of a text."""
    return Words(written, Showing(written))


def test_the_nearest_passage_and_what_differs_in_it_are_told() -> None:
    nearest = words().nearest("Savings of £313,000 had been delivered by the end of November")

    assert nearest is not None
    assert nearest.text == "Savings of £312,000 had been delivered by the middle of November"
    assert nearest.differences == (("£313,000", "£312,000"), ("end", "middle"))
    assert MINUTES[nearest.start :].startswith("Savings")


def test_a_word_more_or_less_is_told() -> None:
    nearest = words().nearest("The Board received a long report on the harbour asked when it would open")

    assert nearest is not None
    assert nearest.differences == (("long", ""), ("", "and"))


def test_nothing_is_near_to_words_from_elsewhere() -> None:
    assert words().nearest("An allotment society was founded by schoolchildren of the town") is None
    assert words("").nearest("The Board") is None


def test_a_telephone_number_near_a_quotation_is_left_out_even_where_the_passage_cuts_it() -> None:
    whole = words().nearest("the Chair telephone the clerk about it")
    part = words().nearest("that the report be noted and that the Head telephone 020")

    for nearest in (whole, part):
        assert nearest is not None
        told = nearest.text + str(nearest.differences[-1][1])
        assert "(a telephone number)" in told
        assert "7946" not in told
        assert "0958" not in told


def test_quotation_marks_and_dashes_are_no_difference() -> None:
    written = "It was ‘agreed’ – in part – to let the works contract to the lowest bidder."

    nearest = words(written).nearest(
        "It was 'agreed' - in part - to let a works contract to the lowest bidder"
    )

    assert nearest is not None
    assert nearest.differences == (("a", "the"),)


def test_a_miss_in_a_long_text_is_found_out_without_reading_it_word_for_word() -> None:
    """The words of the quotation are looked up; what would be near everywhere is not compared everywhere."""
    written = (
        "The Board noted the report of the Director on the state of the harbour and of the quay. " * 5_000
    )
    written += "The Cabinet let the contract for the lighthouse."

    nearest = words(written).nearest("The Cabinet let the contract for the boathouse")

    assert nearest is not None
    assert nearest.differences == (("boathouse", "lighthouse."),)
