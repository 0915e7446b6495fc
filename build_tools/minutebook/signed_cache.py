"""A disposable cache of what is code, or a promise, to whoever opens it: nothing is handed out that we did not sign."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from minutebook.safe_files import write_file

Files = Mapping[str, bytes]

_FORMAT = 1
_KEY_LENGTH = 32
_OWNER_ALONE = 0o600  # who may read what is kept
_LONGEST_MANIFEST = 1_000_000  # bytes; read before anything of it is trusted


class SignedCache:
    """One file with the files of an index, or of whatever is kept, and in front of them a signed list of their fingerprints.

    An index of Whoosh is made of pickles, and opening a pickle runs what it says; a note that a site is up to
    date is believed. A fingerprint alone does not help against somebody who brings what is kept and its fingerprint
    together, as a repository may that was cloned from elsewhere. So the list is signed (HMAC-SHA256) with a key that
    lies outside the cache, in the user's own folder. All is read into memory once, verified there and used from there.
    """

    def __init__(self, path: Path, key_path: Path) -> None:
        self._path = path
        self._key_path = key_path

    def load(self, made_from: Mapping[str, str]) -> Files | None:
        """Return the files that were made from this; None where there are none to be trusted."""
        try:
            with _open_regular(self._path) as file:
                manifest = self._manifest(file)
                if manifest is None or manifest.get("made_from") != dict(made_from):
                    return None
                return _files(file, manifest["files"])
        except (OSError, ValueError):
            return None

    def save(self, made_from: Mapping[str, str], files: Files) -> bool:
        """Keep files in place of what was there; False where nothing can be kept, as on a read-only disk."""
        listed = [[name, len(content), _sha256(content)] for name, content in files.items()]
        manifest = {"format": _FORMAT, "made_from": dict(made_from), "files": listed}
        said = json.dumps(manifest).encode("ascii")
        try:
            signature = self._signature(said, self._key() or self._new_key())
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_file(self._path, b"".join([signature, b"\n", said, b"\n", *files.values()]), _OWNER_ALONE)
        except OSError:
            return False
        return True

    def _manifest(self, file: IO[bytes]) -> dict[str, Any] | None:
        """The list in front, if it was signed with our key; nothing of it is looked at before."""
        signature = file.readline(200).rstrip(b"\n")
        said = file.readline(_LONGEST_MANIFEST).rstrip(b"\n")
        key = self._key()
        if key is None or not hmac.compare_digest(signature, self._signature(said, key)):
            return None
        manifest = json.loads(said)
        return manifest if manifest.get("format") == _FORMAT else None

    @staticmethod
    def _signature(said: bytes, key: bytes) -> bytes:
        return hmac.new(key, said, hashlib.sha256).hexdigest().encode("ascii")

    def _key(self) -> bytes | None:
        """The user's key; None where there is none, or one that somebody else could know or have put there."""
        try:
            with _open_regular(self._key_path) as file:
                about = os.fstat(file.fileno())
                others = stat.S_IRWXG | stat.S_IRWXO
                if about.st_uid != os.getuid() or about.st_mode & others:
                    return None
                key = file.read(_KEY_LENGTH + 1)
        except OSError:
            return None
        return key if len(key) == _KEY_LENGTH else None

    def _new_key(self) -> bytes:
        self._key_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = secrets.token_bytes(_KEY_LENGTH)
        write_file(self._key_path, key, _OWNER_ALONE)
        return key


def user_key_path() -> Path | None:
    """Return where the user's key lies: with the user's caches, never in the folder that is read."""
    caches = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not caches.is_absolute():
        try:
            caches = Path.home() / ".cache"
        except RuntimeError:  # nobody's home, as in some containers
            return None
    return caches / "minutebook" / "search.key"


def can_be_kept(path: Path) -> bool:
    """Return whether something is kept there, or could be: it, and the key that it is signed with."""
    key_path = user_key_path()
    if key_path is None:
        return False
    return path.is_file() or all(_may_write(folder) for folder in (path.parent, key_path.parent))


def _may_write(folder: Path) -> bool:
    """Whether a file can be made in a folder, or in the nearest one above it where it is yet to be made."""
    nearest = next((one for one in (folder, *folder.parents) if one.exists()), None)
    return nearest is not None and nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)


def _open_regular(path: Path) -> IO[bytes]:
    """Open a regular file; OSError for a link, which may lead anywhere, and for a pipe, which may wait for ever."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    file = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise OSError(f"{path.name} is no regular file")
    return file


def _files(file: IO[bytes], listed: list[tuple[str, int, str]]) -> Files | None:
    """The files themselves, as long as each is what the list says, and nothing follows."""
    files = {}
    for name, length, sha256 in listed:
        content = file.read(length)
        if _sha256(content) != sha256:
            return None
        files[name] = content
    return None if file.read(1) else files


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
