"""The cache of the index: what we did not write, or not so, is never opened, for opening it runs it."""

from __future__ import annotations

import importlib.metadata
import os
from contextlib import suppress
from pathlib import Path

import pytest

from minutebook import signed_cache
from minutebook.signed_cache import Files, SignedCache
from minutebook_search import engines, fts5_engine, parts, whoosh_engine, whoosh_index
from minutebook_search.documents import SearchDocument
from minutebook_search.engines import Name
from minutebook_search.parts import unpack
from minutebook_search.whoosh_engine import build_index, open_engine
from tests.search.sample_documents import document, found

DOCUMENTS = [document("a", "the roof"), document("b", "the door")]
FROM = {"documents": "1", "whoosh": "2"}
FILES = {"one": b"first\n" * 50, "two": b"", "three": bytes(range(256))}


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents were indexed, one entry for each time."""
    counted: list[int] = []

    def counting(documents: list[SearchDocument]) -> Files:
        counted.append(len(documents))
        return build_index(documents)

    monkeypatch.setattr(whoosh_engine, "build_index", counting)
    return counted


def test_an_index_is_made_once_until_the_records_change(tmp_path: Path, builds: list[int]) -> None:
    said: list[str] = []
    for documents in (DOCUMENTS, DOCUMENTS, DOCUMENTS[:1], DOCUMENTS[:1]):
        assert found(open_engine(documents, tmp_path / "index", said.append), "roof") == ["a"]
    assert builds == [2, 1]
    assert said == [
        "indexing 2 records, once until they change",
        "indexing 1 records, once until they change",
    ]


def many(count: int, changed: int | None = None) -> list[SearchDocument]:
    """So many documents, one of them with a word that the others do not have."""
    return [document(f"d{n:03}", f"the roof of house {n}" + " is new" * (n == changed)) for n in range(count)]


def test_where_nothing_can_be_kept_the_search_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert not SignedCache(tmp_path / "file" / "index", tmp_path / "key").save(FROM, FILES)
    engine = open_engine(DOCUMENTS, tmp_path / "file" / "index")
    assert found(engine, "roof") == ["a"]


def test_what_changed_alone_is_indexed_again(tmp_path: Path, builds: list[int]) -> None:
    said: list[str] = []
    for changed in (None, 3, 7, 7):
        engine = open_engine(many(40, changed), tmp_path / "index", said.append)
        assert found(engine, "new") == ([] if changed is None else [f"d{changed:03}"])
        assert engine.search("roof").total == 40
    assert builds == [40, 1, 1]  # a document that is as it was before is still there
    assert said[1:] == ["indexing one changed record"] * 2


def test_an_index_is_made_anew_where_much_has_changed_or_often(tmp_path: Path, builds: list[int]) -> None:
    open_engine(many(40), tmp_path / "index")
    assert found(open_engine(many(60), tmp_path / "index"), "59") == ["d059"]
    assert builds == [40, 60]
    for changed in range(12):
        open_engine(many(60, changed), tmp_path / "index")
    assert 60 in builds[2:], "parts that are out of date are kept for ever"
    assert builds.count(60) < 6


QUERIES = (
    "roof",
    "new",
    '"roof of house"',
    "hous*",
    "hosue",
    "roof -new",
    "n*",
    "the new roof",
    '"is new"',
    "old is new",
)


@pytest.mark.parametrize("engine", ["whoosh", "fts5"])
def test_an_index_brought_up_to_date_answers_as_a_new_one(tmp_path: Path, engine: Name) -> None:
    """The same records, scores, corrections and messages, whatever was there before."""
    states = [
        many(30),
        many(30, 4),
        many(29, 5),
        [*many(30), document("more", "a newer roof", weights=[1])],
        many(28)[3:],
    ]
    for documents in states:
        kept = engines.open_engine(documents, tmp_path / "index", engine=engine)
        fresh = engines.open_engine(documents, engine=engine)
        for query in QUERIES:
            assert kept.search(query, limit=50) == fresh.search(query, limit=50), query


def test_both_engines_keep_an_index_of_their_own(tmp_path: Path) -> None:
    for engine in ("whoosh", "fts5", "whoosh"):
        opened = engines.open_engine(DOCUMENTS, tmp_path / "index", engine=engine)
        assert found(opened, "roof") == ["a"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.fts5", "index.whoosh"]


@pytest.mark.parametrize("engine", ["whoosh", "fts5"])
def test_a_spoiled_index_of_either_engine_is_made_anew(tmp_path: Path, engine: Name) -> None:
    """Cut off anywhere, with a byte changed, empty, or of something else."""
    path = tmp_path / f"index.{engine}"
    engines.open_engine(DOCUMENTS, tmp_path / "index", engine=engine)
    whole = path.read_bytes()
    spoiled = [
        b"",
        b"x",
        whole[: len(whole) // 2],
        whole[:-1],
        whole + b"x",
        whole[:-9] + b"x" + whole[-8:],
        b"\0" * 5_000,
    ]
    for content in spoiled:
        path.write_bytes(content)
        assert found(engines.open_engine(DOCUMENTS, tmp_path / "index", engine=engine), "roof") == ["a"]
        assert path.read_bytes()[64:] != content[64:]


def test_an_index_that_was_half_written_when_the_power_went_is_not_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is being written has another name until it is whole."""
    engines.open_engine(DOCUMENTS, tmp_path / "index", engine="whoosh")

    def power_goes(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", power_goes)
        with pytest.raises(KeyboardInterrupt):
            engines.open_engine(DOCUMENTS[:1], tmp_path / "index", engine="whoosh")
    assert [path.name for path in tmp_path.iterdir()] == ["index.whoosh"]
    assert found(engines.open_engine(DOCUMENTS, tmp_path / "index", engine="whoosh"), "door") == ["b"]


def test_the_environment_names_the_engine_and_is_told_where_it_cannot_be_had(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []

    def kind() -> str:
        said.clear()
        return type(engines.open_engine(many(2), say=said.append)).__name__

    monkeypatch.delenv(engines.CHOICE, raising=False)
    assert kind() == "WhooshEngine"
    monkeypatch.setenv(engines.CHOICE, "fts5")
    assert kind() == "Fts5Engine"
    assert not any(engines.CHOICE in one for one in said)
    monkeypatch.setattr(fts5_engine, "is_available", lambda: False)
    assert kind() == "WhooshEngine"
    assert said[0] == "MINUTEBOOK_SEARCH_ENGINE is `fts5`, but this SQLite has no FTS5: Whoosh answers"
    monkeypatch.setenv(engines.CHOICE, "lucene")
    assert kind() == "WhooshEngine"
    assert (
        said[0]
        == "MINUTEBOOK_SEARCH_ENGINE is `lucene`, but the engines are `whoosh` and `fts5`: Whoosh answers"
    )


def test_fts5_takes_over_where_an_index_would_be_made_for_one_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the size that was measured on, and only where no index of Whoosh is there or can be kept."""
    many_records, place = engines.TAKES_OVER, tmp_path / "index"
    monkeypatch.delenv(engines.CHOICE, raising=False)
    assert engines.engine_for_one_answer(None, many_records) == "fts5"
    assert engines.engine_for_one_answer(None, many_records - 1) == "whoosh"
    assert engines.engine_for_one_answer(place, many_records) == "whoosh"
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)  # as on a disk that is read-only
        assert engines.engine_for_one_answer(place, many_records) == "fts5"
        engines.index_of(place, "whoosh").touch()
        assert engines.engine_for_one_answer(place, many_records) == "whoosh", "one is kept there"
        engines.index_of(place, "whoosh").unlink()
        patch.setenv(engines.CHOICE, "whoosh")
        assert engines.engine_for_one_answer(place, many_records) == "whoosh", "it is named"
        patch.delenv(engines.CHOICE)
        patch.setattr(fts5_engine, "is_available", lambda: False)
        assert engines.engine_for_one_answer(place, many_records) == "whoosh", "there is no other"
    with monkeypatch.context() as patch:
        patch.setattr(signed_cache, "user_key_path", lambda: None)  # nobody's home: nothing can be signed
        assert engines.engine_for_one_answer(place, many_records) == "fts5"


def test_two_processes_make_what_one_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = open_engine(many(60))
    monkeypatch.setattr(parts, "TWO_PROCESSES", 50)
    together = open_engine(many(60), tmp_path / "index")
    assert len(together._index._parts) == 2  # type: ignore[attr-defined]
    for query in QUERIES:
        assert together.search(query, limit=70) == alone.search(query, limit=70)


def test_a_change_of_the_code_that_indexes_makes_the_index_stale(
    tmp_path: Path, builds: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_engine(DOCUMENTS, tmp_path / "index")
    monkeypatch.setattr(whoosh_engine, "_code", lambda: "another")
    open_engine(DOCUMENTS, tmp_path / "index")
    assert builds == [2, 2]


@pytest.fixture
def harmful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Files, Path]:
    """The files of an index that makes a folder as soon as it is opened, and that folder."""
    harm = tmp_path / "harm"
    with monkeypatch.context() as patch:
        patch.setattr(whoosh_index._Terms, "__reduce__", lambda _: (os.mkdir, (str(harm),)), raising=False)
        files = build_index(DOCUMENTS)
    with suppress(Exception):
        _ = unpack(files)[0].reader
    assert harm.is_dir(), "the index does no harm, and the tests that use it prove nothing"
    harm.rmdir()
    return files, harm


def test_a_harmful_index_that_a_stranger_signed_is_made_anew_unopened(
    tmp_path: Path, harmful: tuple[Files, Path], builds: list[int]
) -> None:
    files, harm = harmful
    path = tmp_path / "index"
    made_by = {"whoosh": importlib.metadata.version("Whoosh"), "code": whoosh_engine._code()}
    assert SignedCache(path, tmp_path / "theirs").save(made_by, files)
    assert SignedCache(path, tmp_path / "theirs").load(made_by) is not None
    assert found(open_engine(DOCUMENTS, path), "roof") == ["a"]
    assert not harm.exists()
    assert builds == [2]


def test_a_harmful_file_put_into_our_own_index_is_never_opened(
    tmp_path: Path, harmful: tuple[Files, Path], builds: list[int]
) -> None:
    files, harm = harmful
    path = tmp_path / "index"
    open_engine(DOCUMENTS, path)
    ours = path.read_bytes()
    signature, manifest, _ = ours.split(b"\n", 2)
    path.write_bytes(b"\n".join([signature, manifest, b"".join(files.values())]))
    assert found(open_engine(DOCUMENTS, path), "roof") == ["a"]
    assert not harm.exists()
    assert builds == [2, 2]
    assert found(open_engine(DOCUMENTS, path), "roof") == ["a"]
    assert builds == [2, 2], "the index that was made anew was not kept"
