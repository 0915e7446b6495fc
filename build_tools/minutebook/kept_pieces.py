"""Which staged files need not be made again: a note of what each piece of a site came to, and of what it asked for that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from minutebook.asked import AskedQuestion
from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs import Piece
from minutebook.safe_files import is_regular
from minutebook.signed_cache import SignedCache, user_key_path
from minutebook.when import When

_NOTE, _NAME = "pieces.json", "pieces"


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file in the staging tree: its path in the site and in the tree, what it holds; a page has a title and a kind."""

    path: str
    staged: str
    sha256: str
    title: str | None = None
    kind: str | None = None

    @property
    def told(self) -> tuple[str | None, ...]:
        """As JSON holds it."""
        return (self.path, self.staged, self.sha256, self.title, self.kind)


@dataclass(frozen=True, slots=True)
class MadePiece:
    """What a piece came to: its files, the questions that it asked, and one digest of all answers."""

    files: tuple[StagedFile, ...]
    questions: tuple[AskedQuestion, ...]
    answers: str

    def stands(self, piece: Piece, root: Path) -> bool:
        """Whether it would come to the same now, and lies in the staging tree as it was made."""
        if piece.answers is None or piece.answers.digest(self.questions) != self.answers:
            return False
        return all(_holds(root / one.staged, one.sha256) for one in self.files)


Pieces = Mapping[str, MadePiece]


class KeptPieces:
    """The note of one staging tree. It is signed: whoever can write to the tree cannot say of a page that it is ours."""

    def __init__(self, workplace: Path, made_from: Mapping[str, str]) -> None:
        self._path = workplace / _NAME
        self._made_from = dict(made_from)

    def load(self) -> Pieces:
        """Return what pieces came to, by their names, when all else was as it is now; empty where nothing is to be trusted."""
        key_path = user_key_path()
        files = SignedCache(self._path, key_path).load(self._made_from) if key_path is not None else None
        if files is None:
            return {}
        note = json.loads(files[_NOTE])
        questions = [tuple(question) for question in note["questions"]]
        return {
            name: MadePiece(
                tuple(StagedFile(*file) for file in made),
                tuple(questions[number] for number in asked),
                answers,
            )
            for name, made, asked, answers in note["pieces"]
        }

    def save(self, pieces: Pieces) -> None:
        """Keep what pieces came to, in place of what was kept before."""
        self.forget()
        if (key_path := user_key_path()) is None:
            return
        numbers: dict[AskedQuestion, int] = {}
        told = [
            (
                name,
                [one.told for one in made.files],
                [numbers.setdefault(question, len(numbers)) for question in made.questions],
                made.answers,
            )
            for name, made in pieces.items()
        ]
        note = json.dumps({"questions": list(numbers), "pieces": told}, separators=(",", ":"))
        SignedCache(self._path, key_path).save(self._made_from, {_NOTE: note.encode("ascii")})

    def forget(self) -> None:
        """Remove the note."""
        self._path.unlink(missing_ok=True)


def besides_records(program: str, kb: KnowledgeBase, as_of: When) -> Mapping[str, str]:
    """What pieces are made from besides what they ask: the program, the date, and what is set for all records."""
    # In a digest: among the councils that have a name may be one of which no record is public.
    told = f"{as_of!r} {kb.settings!r} {kb.synonyms!r} {sorted(kb.councils.items())!r}"
    return {
        "program": program,
        "besides": hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest(),
    }


def _holds(path: Path, sha256: str) -> bool:
    return is_regular(path) and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
