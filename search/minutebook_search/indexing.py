"""What an engine keeps of a document, made in one pass.

Millions of words go through here, a few ten thousand of them different: what a word comes to is worked
out once for each spelling.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from minutebook_search.documents import SearchDocument
from minutebook_search.words import COMPOUND, compounds, joined, plain_signs, spoken

_MOST_KNOWN = 500_000  # spellings kept; more are worked out each time


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as an engine holds it.

    `stems` has for each stem the sum of the weights of all places where it stands, `words` the same for
    each printed word, and `length` is how many places there are. `printed` has the printed words, a line for each passage and for each word
    joined: each word stands between two spaces, so that words in a row are found as ` be noted ` and
    what begins with some letters as ` commission`, and no phrase runs from one passage into the next.
    """

    stems: Mapping[str, float]
    words: Mapping[str, float]
    length: int
    printed: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """The words of a document with their weights: printed, a list for each passage and word joined; and stems."""

    lines: list[tuple[float, list[str]]]
    stems: list[tuple[float, list[str]]]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What a compound as it is written comes to: its words and stems, and the one word that it is joined."""

    printed: tuple[str, ...]
    stems: tuple[str, ...]
    capitals: tuple[bool, ...]
    whole: str | None


class Indexer:
    """Makes documents into what engines hold, and remembers the words it has seen."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        self._stem = stem
        self._known: dict[str, _Spelling] = {}

    def index(self, document: SearchDocument) -> IndexedDocument:
        """Return what an engine holds of a document."""
        found = self.read(document)
        lines = dict.fromkeys(" ".join(line) for _, line in found.lines)
        return IndexedDocument(
            _summed(found.stems),
            _summed(found.lines),
            sum(len(stems) for _, stems in found.stems),
            "".join([f"\n {line} " for line in lines]),
        )

    def read(self, document: SearchDocument) -> ReadDocument:
        """Return the words of a document, in order."""
        lines: list[tuple[float, list[str]]] = []
        stems: list[tuple[float, list[str]]] = []
        for passage in document.passages:
            found = self._spellings(COMPOUND.findall(plain_signs(passage.text)))
            printed = [word for spelling in found for word in spelling.printed]
            if not printed:
                continue
            stemmed = [word for spelling in found for word in spelling.stems]
            lines.append((passage.weight, printed))
            whole = [spelling.whole for spelling in found if spelling.whole is not None]
            for one in (*whole, *_spoken(found, printed)):
                stemmed.append(self._stem(one))
                lines.append((passage.weight, [one]))
            stems.append((passage.weight, stemmed))
        return ReadDocument(lines, stems)

    def _spellings(self, written: list[str]) -> list[_Spelling]:
        known = self._known
        try:
            return [known[one] for one in written]
        except KeyError:
            return [known.get(one) or self._spelling(one) for one in written]

    def _spelling(self, written: str) -> _Spelling:
        tokens = [token for compound in compounds(written) for token in compound]
        spelling = _Spelling(
            tuple(token.printed for token in tokens),
            tuple(self._stem(token.base) for token in tokens),
            tuple(written[token.start : token.end].isupper() for token in tokens),
            joined(tuple(tokens)) if len(tokens) > 1 else None,
        )
        if len(self._known) < _MOST_KNOWN:
            self._known[written] = spelling
        return spelling


def _summed(by_weight: Iterable[tuple[float, list[str]]]) -> dict[str, float]:
    """The sum of the weights of all places of each word."""
    together: dict[float, list[str]] = {}
    for weight, words in by_weight:
        together.setdefault(weight, []).extend(words)
    found: dict[str, float] = {}
    for weight, words in together.items():
        for word, times in Counter(words).items():
            found[word] = found.get(word, 0.0) + weight * times
    return found


def _spoken(found: list[_Spelling], printed: list[str]) -> list[str]:
    """What words in a row say as one, beyond single compounds; see `documents.wholes_of`."""
    spans = list(spoken(printed))
    if not spans:
        return []
    of = [number for number, spelling in enumerate(found) for _ in spelling.printed]
    capitals = [one for spelling in found for one in spelling.capitals]
    return [
        whole
        for start, end, whole in spans
        if of[start] != of[end - 1] and (capitals[start] or whole[0].isdigit())
    ]
