"""What is kept under our own signature: what we did not write, or not so, is never handed out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutebook.signed_cache import SignedCache, user_key_path

FROM = {"documents": "1", "whoosh": "2"}
FILES = {"one": b"first\n" * 50, "two": b"", "three": bytes(range(256))}


@pytest.fixture
def cache(tmp_path: Path) -> SignedCache:
    """A cache with an index in it."""
    cache = SignedCache(tmp_path / "kept" / "index", tmp_path / "mine" / "key")
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


def test_what_was_kept_comes_back(cache: SignedCache) -> None:
    assert cache.load(FROM) == FILES


@pytest.mark.parametrize("made_from", [{}, {"documents": "1"}, {"documents": "1", "whoosh": "3"}])
def test_an_index_of_something_else_is_stale(cache: SignedCache, made_from: dict[str, str]) -> None:
    assert cache.load(made_from) is None


def test_no_cut_of_the_file_is_opened(cache: SignedCache, index: Path) -> None:
    whole = index.read_bytes()
    for length in range(len(whole)):
        index.write_bytes(whole[:length])
        assert cache.load(FROM) is None, length


def test_no_change_of_a_byte_is_opened(cache: SignedCache, index: Path) -> None:
    whole = index.read_bytes()
    for at in range(len(whole)):
        index.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cache.load(FROM) is None, at


@given(content=st.binary(max_size=300))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_stands_there_is_an_error(cache: SignedCache, index: Path, content: bytes) -> None:
    index.write_bytes(content)
    assert cache.load(FROM) is None


def test_nothing_may_follow_the_index(cache: SignedCache, index: Path) -> None:
    index.write_bytes(index.read_bytes() + b"x")
    assert cache.load(FROM) is None


def test_an_index_that_a_stranger_signed_is_not_opened(
    tmp_path: Path, cache: SignedCache, index: Path
) -> None:
    """A repository may bring an index that agrees with itself; it cannot bring the user's key."""
    stranger = SignedCache(index, tmp_path / "theirs" / "key")
    assert stranger.save(FROM, FILES)
    assert stranger.load(FROM) == FILES
    assert cache.load(FROM) is None


def test_only_the_user_can_read_the_key_and_the_index(cache: SignedCache, index: Path, key: Path) -> None:
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
    cache: SignedCache, key: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(key)
    assert cache.load(FROM) is None
    assert cache.save(FROM, FILES)
    assert cache.load(FROM) == FILES
    assert not key.is_symlink()
    assert key.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("what", ["link", "pipe", "folder"])
def test_what_is_no_regular_file_is_not_opened(cache: SignedCache, index: Path, what: str) -> None:
    index.rename(index.with_name("elsewhere"))
    if what == "link":
        index.symlink_to("elsewhere")
    elif what == "pipe":
        os.mkfifo(index)
    else:
        index.mkdir()
    assert cache.load(FROM) is None


def test_the_key_lies_with_the_caches_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_key_path() == tmp_path / "minutebook" / "search.key"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/to/who/knows/where")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert user_key_path() == tmp_path / "home" / ".cache" / "minutebook" / "search.key"
