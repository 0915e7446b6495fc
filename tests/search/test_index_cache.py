"""The cache of the index: what we did not write, or not so, is never opened, for opening it runs it."""

from __future__ import annotations

import importlib.metadata
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutebook_search import engines, fts5_engine, parts, whoosh_engine, whoosh_index
from minutebook_search.documents import SearchDocument
from minutebook_search.engines import Name
from minutebook_search.index_cache import Files, IndexCache, user_key_path
from minutebook_search.parts import unpack
from minutebook_search.whoosh_engine import build_index, open_engine
from tests.search.sample_documents import document, found

DOCUMENTS = [document("a", "the roof"), document("b", "the door")]
FROM = {"documents": "1", "whoosh": "2"}
FILES = {"one": b"first\n" * 50, "two": b"", "three": bytes(range(256))}


@pytest.fixture
def cache(tmp_path: Path) -> IndexCache:
    """A cache with an index in it."""
    cache = IndexCache(tmp_path / "kept" / "index", tmp_path / "mine" / "key")
    assert cache.save(FROM, FILES)
    return cache


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Where the index of `cache` lies."""
    return tmp_path / "kept" / "index"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Where the key of `cache` lies."""
    return tmp_path / "mine" / "key"


def test_what_was_kept_comes_back(cache: IndexCache) -> None:
    assert cache.load(FROM) == FILES


@pytest.mark.parametrize("made_from", [{}, {"documents": "1"}, {"documents": "1", "whoosh": "3"}])
def test_an_index_of_something_else_is_stale(cache: IndexCache, made_from: dict[str, str]) -> None:
    assert cache.load(made_from) is None


def test_no_cut_of_the_file_is_opened(cache: IndexCache, index: Path) -> None:
    whole = index.read_bytes()
    for length in range(len(whole)):
        index.write_bytes(whole[:length])
        assert cache.load(FROM) is None, length


def test_no_change_of_a_byte_is_opened(cache: IndexCache, index: Path) -> None:
    whole = index.read_bytes()
    for at in range(len(whole)):
        index.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cache.load(FROM) is None, at


@given(content=st.binary(max_size=300))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_stands_there_is_an_error(cache: IndexCache, index: Path, content: bytes) -> None:
    index.write_bytes(content)
    assert cache.load(FROM) is None


def test_nothing_may_follow_the_index(cache: IndexCache, index: Path) -> None:
    index.write_bytes(index.read_bytes() + b"x")
    assert cache.load(FROM) is None


def test_an_index_that_a_stranger_signed_is_not_opened(
    tmp_path: Path, cache: IndexCache, index: Path
) -> None:
    """A repository may bring an index that agrees with itself; it cannot bring the user's key."""
    stranger = IndexCache(index, tmp_path / "theirs" / "key")
    assert stranger.save(FROM, FILES)
    assert stranger.load(FROM) == FILES
    assert cache.load(FROM) is None


def test_only_the_user_can_read_the_key_and_the_index(cache: IndexCache, index: Path, key: Path) -> None:
    assert [path.stat().st_mode & 0o777 for path in (index, key, key.parent)] == [0o600, 0o600, 0o700]


def lost(key: Path) -> None:
    """The key is not there."""
    key.unlink()


def open_to_others(key: Path) -> None:
    """Others can read the key."""
    key.chmod(0o640)


def short(key: Path) -> None:
    """The key was cut off."""
    key.write_bytes(b"short")


def a_link(key: Path) -> None:
    """The key is a link to a file that others may know."""
    key.rename(key.with_name("elsewhere"))
    key.symlink_to("elsewhere")


@pytest.mark.parametrize("spoil", [lost, open_to_others, short, a_link])
def test_a_key_that_others_may_know_counts_for_nothing(
    cache: IndexCache, key: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(key)
    assert cache.load(FROM) is None
    assert cache.save(FROM, FILES)
    assert cache.load(FROM) == FILES
    assert not key.is_symlink()
    assert key.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("what", ["link", "pipe", "folder"])
def test_what_is_no_regular_file_is_not_opened(cache: IndexCache, index: Path, what: str) -> None:
    index.rename(index.with_name("elsewhere"))
    if what == "link":
        index.symlink_to("elsewhere")
    elif what == "pipe":
        os.mkfifo(index)
    else:
        index.mkdir()
    assert cache.load(FROM) is None


def test_where_nothing_can_be_kept_the_search_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert not IndexCache(tmp_path / "file" / "index", tmp_path / "key").save(FROM, FILES)
    engine = open_engine(DOCUMENTS, tmp_path / "file" / "index")
    assert found(engine, "roof") == ["a"]


def test_the_key_lies_with_the_caches_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_key_path() == tmp_path / "minutebook" / "search.key"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/to/who/knows/where")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert user_key_path() == tmp_path / "home" / ".cache" / "minutebook" / "search.key"


# -- the engine and its cache ---------------------------------------------------------------------


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
    assert IndexCache(path, tmp_path / "theirs").save(made_by, files)
    assert IndexCache(path, tmp_path / "theirs").load(made_by) is not None
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
