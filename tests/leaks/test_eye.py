"""The eye sees a mark however it is written or packed, and sees none where none is."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import pickle
import zipfile
import zlib
from collections import defaultdict
from pathlib import Path

import pytest

from minutebook.knowledge_base import plain
from minutebook_search.documents import SearchDocument, search_documents
from minutebook_search.static.writer import write_index
from minutebook_search.stemming import stem
from tests.leaks.eye import CannotLookInside, found_in, found_in_tree, numbers_in
from tests.leaks.index_eye import open_index, starts_of
from tests.leaks.mistakes import M
from tests.outputs.house import samples


def _zipped(data: bytes) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("inner/data.json", data)
    return box.getvalue()


HIDDEN_AS: dict[str, bytes] = {
    "itself": M.encode(),
    "capitals": M.upper().encode(),
    "plain": plain(f"The {M}-sale!").encode(),
    "a slug": f"2019-the-{M}-sale".encode(),
    "an address": "".join(f"%{ord(c):02X}" for c in M).encode(),
    "an address in an address": "".join(f"%25{ord(c):02x}" for c in M).encode(),
    "entities": "".join(f"&#{ord(c)};" for c in M).encode(),
    "entities in hexadecimal": "".join(f"&#x{ord(c):X};" for c in M).encode(),
    "entities of entities": "".join(f"&amp;#{ord(c)};" for c in M).encode(),
    "JSON": "".join(f"\\u{ord(c):04x}" for c in M).encode(),
    "JavaScript": "".join(f"\\x{ord(c):02x}" for c in M).encode(),
    "JSON in HTML": "".join(f"\\u{ord(c):04x}" for c in f"&#{ord(M[0])};{M[1:]}").encode(),
    "highlighted": f"<mark>{M[:3]}</mark><b>{M[3:]}</b>".encode(),
    "with soft hyphens": "\u00ad".join(M).encode(),
    "with zeros of no width": "\u200b".join(M).encode(),
    "wide letters": "".join(chr(ord(c) + 0xFEE0) for c in M).encode(),
    "with accents": "\u0301".join(M).encode(),
    "UTF-16": M.encode("utf-16"),
    "UTF-32": M.encode("utf-32"),
    "backwards": M[::-1].encode(),
    "a lexicon that shares its first letters": M[1:].encode(),
    "bytes that are no text": b"\xff\xfe\x80" + M.encode() + b"\x00\xff",
    "base64": base64.b64encode(M.encode()),
    "base64, one further": base64.b64encode(b"x" + M.encode()),
    "base64, two further": base64.b64encode(b"xy" + M.encode()),
    "base64 for addresses": base64.urlsafe_b64encode(b">>" + M.encode()),
    "hexadecimal": M.encode().hex().encode(),
    "gzip": gzip.compress(M.encode()),
    "gzip of gzip": gzip.compress(gzip.compress(M.encode())),
    "bzip2": bz2.compress(M.encode()),
    "xz": lzma.compress(M.encode()),
    "zip": _zipped(M.encode()),
    "a zip of gzip": _zipped(gzip.compress(M.encode())),
    "zlib somewhere": b"\x89PNG\r\n" + bytes(100) + zlib.compress(M.encode() * 3) + b"IEND",
    "a pickle": pickle.dumps({"terms": [M, 1]}),
}


@pytest.mark.parametrize("way", HIDDEN_AS)
def test_the_eye_sees_a_mark_however_it_is_written_or_packed(way: str) -> None:
    around = b"" if HIDDEN_AS[way][:2] in (b"\x1f\x8b", b"PK", b"BZ", b"\xfd7") else b"<p>before "
    assert found_in("file", around + HIDDEN_AS[way] + (b" after</p>" if around else b""))


def test_the_eye_sees_a_mark_in_a_name_and_in_a_link(tmp_path: Path) -> None:
    (tmp_path / M).mkdir()
    (tmp_path / "link").symlink_to(f"elsewhere/{M}.md")
    assert found_in_tree(tmp_path)[0] == {M: {M}, "link": {M}}
    assert found_in(f"pages/{M}/index.html", b"") == {M}
    assert found_in("a.zip", _zipped(b"").replace(b"inner/data", M[:10].encode()[:10])) != set()


def test_the_eye_does_not_pass_over_what_it_cannot_open() -> None:
    with pytest.raises(CannotLookInside):
        found_in("index.html.br", b"anything")
    with pytest.raises((zlib.error, EOFError)):
        found_in("broken.gz", gzip.compress(M.encode())[:12] + b"broken")


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[SearchDocument]:
    """What is searched of the samples."""
    return list(search_documents(samples(tmp_path_factory.mktemp("index"))))


def test_the_eye_opens_the_index_for_browsers(documents: list[SearchDocument]) -> None:
    files = write_index(documents, stem).files
    starts = starts_of(files.values())
    seen: dict[str, bytes] = defaultdict(bytes)
    for path, data in files.items():
        for _, layer in open_index(path, data, starts):
            seen[path.rpartition("/")[2].partition("-")[0]] += layer

    said = {json.dumps(one.text, ensure_ascii=False) for document in documents for one in document.passages}
    assert len(said) > 100
    assert [words for words in said if words.encode() not in seen["records"]] == []
    # A word leaves out the letters that it shares with the one before it.
    assert {family for family, layer in seen.items() if b"rbour" in layer} >= {
        "lexicon",
        "vocabulary",
        "spelling",
    }


def test_the_eye_sees_a_mark_in_any_stream_of_an_index_even_in_one_that_is_cut_off(
    documents: list[SearchDocument],
) -> None:
    starts = starts_of(write_index(documents, stem).files.values())
    [start] = starts.values()
    packer = zlib.compressobj(6, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY, start.words)
    packed = packer.compress(f"Of the harbour nobody should know {M * 3}.".encode()) + packer.flush()
    for before, after in ((bytes(11), b""), (bytes(range(60)), b"\xff\xfe"), (start.words[:200], bytes(40))):
        assert found_in("index/0/new-0.bin", b"MBSI" + before + packed + after, starts)
        assert found_in("index/0/new-0.bin", b"MBSI" + before + packed[:-2], starts)


def test_the_eye_sees_nothing_where_nothing_is() -> None:
    site = "<p>The Board met in Harrow on 12 March 2019; see &amp; \\u00a3 %20 base64 eHF6.</p>"
    assert found_in("index.html", site.encode()) == set()
    assert numbers_in("<p>2019, £3,017,000, 30190 and 730612</p>") == set()
    assert numbers_in("<p>12 March 3019, £730,612,345</p>") == {"3019", "730,612,345"}
