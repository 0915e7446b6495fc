"""Records with far more of everything than a council is likely to write: to see what their pages weigh."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import load
from minutebook.records.base import Citation, Part, Record
from minutebook.records.values import Ref
from tests.helpers import lay_out, sample_files

# What is the record's own, and stays on its page whatever it weighs; and what is no text of a page.
_AS_IT_IS = frozenset({"title", "summary", "wording", "words", "url"})
_NUMBERED = frozenset(
    {"key", "row", "column"}
)  # what holds a table together: as many rows as there are numbers
_LETTERS = "It was said at some length, “as of 2019/20 & later”, and in the end it differed little. "
_SHORT = 20  # letters, up to which a text is a word or two, such as a number


def swollen(folder: Path, times: int, letters: int, narrative: int = 0) -> KnowledgeBase:
    """The sample records with `times` as many parts and values in each list and texts of so many `letters`.

    As many more records of each type as well, with long titles, point at each of them, and are pointed at.
    No two texts are the same. `narrative` is how many letters their narratives have.
    """
    samples = [*load(lay_out(folder, sample_files())).kb.records.values()]
    records: list[Record] = []
    paragraphs = "\n\n".join([_text(900)] * (narrative // 900))
    for sample in samples:
        records += [_another(sample, number, letters) for number in range(times)]
        grown = _Swelling(times, letters).grow(sample, 0, 0)
        assert isinstance(grown, Record)
        records.append(grown.placed(sample.id, sample.file, paragraphs, 1))
    return KnowledgeBase(records)


def _another(sample: Record, number: int, letters: int) -> Record:
    title = f"{sample.title} {number}: {_text(min(letters, 180))}"
    another = sample.model_copy(update={"title": title})
    return another.placed(_numbered(sample.id, number), sample.file, sample.narrative, 1)


class _Swelling:
    """Makes one record grow: each text that it puts in has a number of its own."""

    def __init__(self, times: int, letters: int) -> None:
        self._times, self._letters = times, letters
        self._texts = count(1)

    def grow(self, part: Part, number: int, depth: int) -> Part:
        """A part with more of everything; `number` is its place among its like, `depth` how deep it lies."""
        changed = {
            name: self._more(name, value, number, depth)
            for name in type(part).model_fields
            if (value := getattr(part, name)) is not None and name not in _AS_IT_IS
        }
        return part.model_copy(update=changed)

    def _more(self, name: str, value: object, number: int, depth: int) -> object:
        if isinstance(value, tuple):
            return tuple(self._copies(value, depth))
        if isinstance(value, Part):
            return self.grow(value, number, depth + 1)
        if isinstance(value, Ref):
            return _numbered(value, number) if depth else value
        if name in _NUMBERED:
            return f"{value}-{number}"
        return self._another_text() if type(value) is str and len(value) > _SHORT else value

    def _copies(self, values: tuple[object, ...], depth: int) -> Iterator[object]:
        for number in range((self._times if depth == 0 else 3) if values else 0):
            value = values[number % len(values)]
            if isinstance(value, Citation):
                yield value.model_copy(update={"quote": self._another_text()})
            elif isinstance(value, Part):
                yield self.grow(value, number, depth + 1)
            elif isinstance(value, Ref):
                yield _numbered(value, number)
            else:
                yield f"{value} {number}" if type(value) is str else value

    def _another_text(self) -> str:
        return f"({next(self._texts)}) {_text(self._letters)}"


def _numbered(record_id: Ref, number: int) -> Ref:
    return Ref(f"{record_id}-{number}")


def _text(letters: int) -> str:
    return (_LETTERS * (letters // len(_LETTERS) + 1))[:letters].strip()
