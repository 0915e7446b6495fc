"""The static index: nothing but public records, the same bytes for the same records, few files, the right terms."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import zlib
from collections import Counter
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook.knowledge_base import link_records
from minutebook.publication import publish
from minutebook.reader import read_records
from minutebook.when import When
from minutebook_search.documents import newest_first, search_documents
from minutebook_search.origins import Origin
from minutebook_search.static import pairs, records
from minutebook_search.static.encoding import (
    DIGEST_BYTES,
    FAMILIES,
    FORMAT,
    MAGIC,
    front_coded,
    text,
    varint,
    varints,
)
from minutebook_search.static.output import search_page
from minutebook_search.static.tokens import Tokens
from minutebook_search.static.vocabulary import place_of
from minutebook_search.static.writer import write_index
from minutebook_search.stemming import stem
from tests.helpers import REPOSITORY
from tests.search.sample_documents import document
from tests.search.terms import terms_of

IN_PIECES = ("pairs", "postings", "tops", "records", "texts")  # files whose parts are fetched by themselves
HEAD = 10 + DIGEST_BYTES  # bytes of what a file is, before its content
AS_OF = When.parse("2020-01-31")
TEXT = st.lists(
    st.sampled_from(
        ["plan", "planning", "BAU", "ACH21-044", "ACH 21 044", "ach21", "(ACH", "21", "044)", "1.263", "million", "£1,263,000", "1.263m",
         "10", "k", "May", "2019", "R&D", "council’s", "follow-up", "²", "½", "members", "AB", "12", "34", "56", "7890", "—", "a.b/c", "Ⅷ"]
    ),
    max_size=9,
).map(" ".join)  # fmt: skip


def test_it_takes_nothing_but_what_the_gate_lets_through() -> None:
    kb = link_records(read_records(REPOSITORY / "kb"))
    with pytest.raises(TypeError, match="PublishedKnowledgeBase"):
        write_index(search_documents(cast(Any, kb)), stem)


@given(st.lists(TEXT, min_size=1, max_size=4))
@settings(deadline=None, max_examples=300)
def test_pieces_of_text_have_the_words_that_the_whole_has(texts: list[str]) -> None:
    """The index reads text piece by piece, for speed; what it finds is what `terms_of` does."""
    one, tokens = document("d", *texts), Tokens(stem)
    batch, forms = tokens.batch(0, [one]), tokens.forms.all()
    numbers = [number for number in (*batch.words, *batch.wholes) if number]
    terms = terms_of(one, stem)
    assert Counter(forms[n - 1][1] for n in numbers) == Counter(
        {w: len(found) for w, found in terms.stems.items()}
    )
    assert Counter(forms[n - 1][0] for n in numbers) == Counter(
        {w: len(found) for w, found in terms.printed.items()}
    )


def test_the_same_records_give_the_same_bytes_in_whatever_order_they_come() -> None:
    documents = [document(f"d{number}", f"the roof {number}", date="2019") for number in range(30)]
    one, other = write_index(documents, stem), write_index(reversed(documents), stem)
    assert one == other
    assert write_index(documents[1:], stem).edition != one.edition


def test_every_file_says_what_it_is_and_no_name_is_used_for_other_content() -> None:
    index = write_index([document("d", "the roof")], stem)
    for path, content in index.files.items():
        _, group, name = path.split("/")
        family, number = name.removesuffix(".bin").split("-")
        assert content[:4] == MAGIC
        assert (content[4], FAMILIES[content[5]], int.from_bytes(content[6:10], "big")) == (
            FORMAT,
            family,
            int(number),
        )
        assert content[10:HEAD].hex() == group
        assert family != "start" or group == index.edition
        if family not in IN_PIECES:  # which are compressed one by one
            assert content[HEAD : HEAD + 2] == b"\x1f\x8b"
            assert content[HEAD + 4 : HEAD + 8] == bytes(4)  # gzip's own time


def _lines(files: records.RecordFiles) -> list[list[object]]:
    """The records as a browser reads them from the files of a few, having checked that those by themselves are the same."""
    known = str(files.told["recordWords"]).encode()
    slot = cast("int", files.told["recordSlot"])
    together = []
    for body in files.texts:
        text = zlib.decompressobj(-15, zdict=known).decompress(body[4:])
        assert zlib.crc32(text) == int.from_bytes(body[:4], "big")
        together += text.split(b"\n")
    for number, line in enumerate(together):
        body, at = files.slots[number // records.SLOTS], number % records.SLOTS * slot
        length, place = (int.from_bytes(body[at + n : at + n + 3], "big") for n in (12, 15))
        packed = body[at + records.SLOT_HEAD : at + min(slot, records.SLOT_HEAD + length)]
        packed += body[place : place + length - len(packed)] if place else b""
        assert int.from_bytes(body[at + 4 : at + 8], "big") == number
        assert zlib.decompressobj(-15, zdict=known).decompress(packed) == line
    return [json.loads(line) for line in together]


def test_a_record_by_itself_and_with_its_neighbours_is_the_same() -> None:
    """For a server that answers ranges and for one that does not; some are longer than their slot."""
    documents = [
        document(f"d{number:03}", *["the roof of the orchard"] * (number % 40)) for number in range(600)
    ]
    documents[7] = document("d007", " ".join(str(number * number) for number in range(9_000)))
    words = records.frequent_words(documents)
    packed = records.pack_records(documents, {}, lambda _: records.Taken(""), words, 4)
    files = records.write_records([packed], words, 4)
    assert [line[0] for line in _lines(files)] == [one.id for one in documents]
    assert len(files.slots) == 2
    assert len(files.texts) == 150


def test_what_is_taken_away_of_a_record_stands_with_it() -> None:
    """The citation, the official page and the topics: the table of the search page is that of the terminal."""
    one = document("d", "the roof", topics=("housing", "roofs"))
    taken = records.Taken("Thornby Council, a paper.", "https://thornby.example/paper")
    words = records.frequent_words([one])
    packed = records.pack_records([one], {}, lambda _: taken, words, 4)
    (told,) = _lines(records.write_records([packed], words, 4))
    assert told[6:9] == ["Thornby Council, a paper.", "https://thornby.example/paper", ["housing", "roofs"]]
    assert len(told) == 11


def test_where_words_are_from_stands_with_the_record_each_place_once() -> None:
    one = document("d", "the roof", "the loft", "the door", "the hall")
    minutes = Origin("Minutes", "page 2")
    origins = {"the roof": minutes, "the door": minutes, "the loft": Origin("", "", apart=True)}
    words = records.frequent_words([one])
    packed = records.pack_records([one], {}, lambda _: records.Taken("", origins=origins), words, 4)
    (told,) = _lines(records.write_records([packed], words, 4))
    assert told[11:] == [[["Minutes", "page 2"], ["", "", 1]], [0, 1, 2, 1]]


def test_what_does_not_change_keeps_its_name() -> None:
    """After one changed word, a host is sent a few files and a reader's cache holds all others."""
    documents = [
        document(f"d{number}", f"paper {number} of the orchard, noted {'twice ' * (number % 5)}", date="2019")
        for number in range(400)
    ]
    before = write_index(documents, stem).files
    changed = document("d100", "paper 100 of the orchard, seen", date="2019")
    after = write_index([*documents[:100], changed, *documents[101:]], stem).files
    assert len(before) > 100
    assert len(after.keys() - before.keys()) < len(after) / 4
    assert all(before[path] == after[path] for path in before.keys() & after.keys())


def test_a_new_record_of_the_latest_date_leaves_the_others_where_they_are() -> None:
    """Most new records are of the latest meeting: of all that is shown of the others a host is sent little."""
    documents = [
        document(
            f"d{number:03}",
            f"paper {number} of the orchard",
            date=f"{1800 + number // 12}-{number % 12 + 1:02}-01",
        )
        for number in range(1_200)
    ]
    before = write_index(documents, stem).files
    after = write_index([*documents, document("new", "a paper of the lantern", date="1990")], stem).files
    for family in ("texts", "records"):
        new = [path for path in after if f"/{family}-" in path]
        assert 2 * len([path for path in new if path not in before]) <= len(new), family
    texts = [path for path in after if "/texts-" in path]
    assert len([path for path in texts if path not in before]) < len(texts) / 20


def test_no_documents_are_no_error() -> None:
    assert write_index([], stem).files


def test_a_hundred_thousand_records_take_fewer_than_ten_thousand_files_of_text() -> None:
    texts = -(-100_000 // records.texts_per_file(100_000))
    assert texts + -(-100_000 // records.SLOTS) < 10_000
    assert records.texts_per_file(10) == records.FEWEST


def test_documents_stand_in_the_order_of_their_dates_those_without_first() -> None:
    dates = ["2020", None, "2019-05", "2019-05-01", None, "../2018"]
    documents = [document(f"d{number}", date=date) for number, date in enumerate(dates)]
    ordered = [one.id[-2:] for one in reversed(newest_first(documents))]
    assert ordered == ["d1", "d4", "d5", "d3", "d2", "d0"]


@given(st.lists(st.integers(0, 2**63)))
@settings(deadline=None)
def test_many_numbers_are_written_as_one_by_one(numbers: list[int]) -> None:
    import numpy as np

    found, places = varints(np.array(numbers, dtype=np.uint64))
    assert found.tobytes() == b"".join(map(varint, numbers))
    assert places[-1] == len(found)


def test_a_shared_beginning_never_cuts_a_character_in_two() -> None:
    assert front_coded("planning", "plan") == varint(4) + text("ning")
    assert front_coded("\U0001d401", "\U0001d400") == varint(0) + text("\U0001d401")


def test_typos_are_looked_for_by_first_letter_and_length() -> None:
    assert sorted(["beta", "alphabet", "at"], key=place_of) == ["at", "alphabet", "beta"]


def test_the_output_is_a_page_with_a_form_its_scripts_its_style_and_the_index() -> None:
    published = publish(link_records(read_records(REPOSITORY / "kb")))
    files = {file.path: file for file in search_page(published, AS_OF)}
    page = str(files["search/index.html"].content)
    assert files["search/index.html"].is_page
    assert '<form class="mb-finder" id="mb-search-form" action="./" method="get"' in page
    assert "<noscript>" in page
    beside = [path.removeprefix("search/") for path in files if path.count("/") == 1]
    assert sorted(re.sub("-[0-9a-f]{12}", "", name) for name in beside) == [
        "index.html", "loader.js", "search.bin", "search.css", "search.js",
    ]  # fmt: skip
    assert all(name in page for name in beside if name != "index.html")
    start = next(path for path in files if path.endswith("/start-0.bin"))
    assert f'data-edition="{start.split("/")[2]}"' in page
    assert f'href="{start.removeprefix("search/")}" crossorigin' in page
    assert files == {file.path: file for file in search_page(published, AS_OF)}


def test_the_page_names_by_its_digest_the_script_that_it_opens() -> None:
    """What the compressed file holds is to the byte the script beside it, and the one that the policy lets in."""
    files = {
        file.path: file for file in search_page(publish(link_records(read_records(REPOSITORY / "kb"))), AS_OF)
    }
    packed = next(path for path in files if re.fullmatch(r"search/search-[0-9a-f]{12}\.bin", path))
    plain = next(path for path in files if re.fullmatch(r"search/search-[0-9a-f]{12}\.js", path))
    script = gzip.decompress(files[packed].data)
    assert script == files[plain].data
    assert len(files[packed].data) < 0.4 * len(script)
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode("ascii")
    assert files["search/index.html"].inline_scripts == (f"sha256-{digest}",)


def _opened(family: str, body: bytes) -> bytes:
    """What a file holds, its pieces opened; records are opened by themselves."""
    if family not in IN_PIECES:
        return zlib.decompress(body, 31)
    if family in ("records", "texts", "tops"):  # the best documents of a word are numbers as they stand
        return body
    opened = b""
    if family == "pairs":
        body = body[8 + (pairs.END_BYTES << pairs.BLOCK_BITS) :]
    while body:
        packed = zlib.decompressobj(-15)
        opened += packed.decompress(body[8:])
        assert zlib.crc32(body[8 : len(body) - len(packed.unused_data)]) == int.from_bytes(body[4:8], "big")
        body = packed.unused_data
    return opened


def test_no_word_of_a_record_that_is_not_public_is_in_any_file(tmp_path: Path) -> None:
    """Every file is opened as a browser opens it, and searched for what an exempt record says."""
    texts = {
        "council/thornby": "title: Thornby Council\nkind: unitary authority",
        "bodies/cabinet": "title: Cabinet\nkind: cabinet",
        "events/open": "title: A visit to the orchard\nkind: review\non: 2019-05-01\nby: [bodies/cabinet]",
        "events/closed-xylograph": (
            "title: Xylograph purchase\naliases: [Quagga deal]\nkind: review\non: 2019-05-01\nby: [bodies/cabinet]\n"
            "access: exempt\nexemption: {paragraphs: [3], public_interest_reason: Axolotl price}\nsummary: Wombat terms."
        ),
    }
    for path, written in texts.items():
        target = tmp_path / "thornby" / f"{path}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"---\n{written}\n---\n", encoding="utf-8")
    kb = link_records(read_records(tmp_path))
    assert "Xylograph purchase" in {record.title for record in kb.records.values()}
    published = publish(kb)
    told, start = b"", {}
    for file in search_page(published, AS_OF):
        content = file.data
        if "/index/" in file.path:
            family = file.path.rsplit("/", 1)[1].partition("-")[0]
            content = _opened(family, content[HEAD:])
        if "/start-" in file.path:
            start = json.loads(content)
        told += content
    by_family: dict[str, list[bytes]] = {"records": [], "texts": []}
    for file in search_page(published, AS_OF):
        family = file.path.rsplit("/", 1)[1].partition("-")[0]
        by_family.get(family, []).append(file.data[HEAD:])
    shown = records.RecordFiles(tuple(by_family["records"]), tuple(by_family["texts"]), start)
    told += json.dumps(_lines(shown)).encode()
    assert b"visit to the orchard" in told
    for secret in (b"ylograph", b"uagga", b"xolotl", b"ombat"):
        assert secret not in told
