"""Which passages of a source a record cites, which are explained, and which nobody has recorded.

A passage is **cited** where quotations hold enough of it: all of it where it has three words or fewer;
otherwise at least three words, and a quarter of its words or eight of them. Quotations of several
records are taken together. It is **explained** where the source record says why nothing
of it is recorded, and names it by all its words, its first five, or its line. Details of people, such as a
telephone number, are neither words nor figures. How wide the `at` of a citation is counts for nothing. Words that stand several times in a
source cite one of the places for each different `at`, the one that the `at` leads to.

Two finer measures stand beside it: the share of the words that lie in a quotation, and the figures of
cited passages that lie in none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minutebook.evidence.matching import Found
from minutebook.evidence.passages import Kind, Passage
from minutebook.evidence.quotations import quotations, wordings
from minutebook.evidence.texts import NoText, SourceText, SourceTexts
from minutebook.knowledge_base import KnowledgeBase, plain
from minutebook.records.source_document import SourceDocument
from minutebook.records.values import Ref

_LEAST, _SHARE, _ENOUGH = 3, 4, 8  # words; one in so many; words

_LINES = re.compile(r"\blines? (\d{1,6})(?: ?(?:to|and|-|–) ?(\d{1,6}))?\b", re.IGNORECASE)
_FIRST_WORDS = 5  # with which an explanation names a passage
_MOST_LINES = 3  # that an explanation may name by their numbers
_HEADING = 14  # words of a passage that an `at` may name


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, and how many of them are cited or explained."""

    passages: int = 0
    cited: int = 0
    explained: int = 0
    words: int = 0
    words_quoted: int = 0
    figures: int = 0
    figures_quoted: int = 0

    @property
    def left(self) -> int:
        """The passages that nobody has recorded."""
        return self.passages - self.cited - self.explained

    @property
    def share(self) -> float | None:
        """The share of the passages that are cited or explained, from 0 to 1; None where there are none."""
        return (self.cited + self.explained) / self.passages if self.passages else None

    @property
    def percent(self) -> str | None:
        """That share rounded down, as in `99.1%`: 100% means that nothing is left."""
        return None if self.share is None else f"{int(self.share * 1000) / 10:.1f}%".replace(".0%", "%")

    def __add__(self, other: Count) -> Count:
        return Count(
            self.passages + other.passages,
            self.cited + other.cited,
            self.explained + other.explained,
            self.words + other.words,
            self.words_quoted + other.words_quoted,
            self.figures + other.figures,
            self.figures_quoted + other.figures_quoted,
        )


@dataclass(frozen=True, slots=True)
class Left:
    """A passage that no record cites enough of, with how many of its words are quoted, or one that lacks figures.

    Text and figures are without the details of people.
    """

    passage: Passage
    text: str
    words: int
    quoted: int
    figures: tuple[str, ...]  # that lie in no quotation


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """What of one source is recorded; the text is None where it is not at hand, and then nothing is counted."""

    source: SourceDocument
    text: SourceText | None
    why_no_text: str | None
    count: Count
    by_kind: tuple[tuple[Kind, Count], ...]
    left: tuple[Left, ...]
    figures_left: tuple[Left, ...]  # cited passages with figures that lie in no quotation


def coverage(kb: KnowledgeBase, texts: SourceTexts) -> tuple[SourceCoverage, ...]:
    """The coverage of every source, in the order of their ids."""
    quoted: defaultdict[Ref, list[tuple[str, str | None]]] = defaultdict(list)
    for source, found in quotations(kb).items():
        quoted[source] += [(one.words, one.at) for one in found]
    for wording in wordings(kb):
        for source in wording.sources:
            quoted[source].append((wording.words, None))
    return tuple(cover(source, quoted[source.id], texts) for source in kb.of(SourceDocument))


def cover(
    source: SourceDocument, quoted: Iterable[tuple[str, str | None]], texts: SourceTexts
) -> SourceCoverage:
    """The coverage of one source by quotations, each given with its `at`."""
    if source.text_path is None:
        return SourceCoverage(source, None, "its text is not held", Count(), (), (), ())
    text = texts.read(source.text_path)
    if isinstance(text, NoText):
        return SourceCoverage(source, None, f"its text {text.why}", Count(), (), (), ())
    marked = Marks(len(text.written), places_quoted(text, quoted))
    explained = _explained(source, text)
    counts: defaultdict[Kind, Count] = defaultdict(Count)
    left: list[Left] = []
    figures_left: list[Left] = []
    for passage in text.passages:
        spans = text.words(passage)
        if not spans:
            continue
        quoted_here = [marked.any(*span) for span in spans]
        is_figure = [any(sign.isdigit() for sign in text.written[start:end]) for start, end in spans]
        is_cited = is_enough(len(spans), sum(quoted_here))
        is_explained = not is_cited and passage in explained
        bare = [
            text.shown(*span)
            for span, is_quoted, figure in zip(spans, quoted_here, is_figure, strict=True)
            if figure and not is_quoted and not is_explained
        ]
        counts[passage.kind] += Count(
            1,
            int(is_cited),
            int(is_explained),
            len(spans),
            sum(quoted_here),
            sum(is_figure),
            sum(is_figure) - len(bare),
        )
        if bare or not (is_cited or is_explained):
            shown = text.shown(passage.start, passage.end)
            one = Left(passage, shown, len(spans), sum(quoted_here), tuple(dict.fromkeys(bare)))
            (figures_left if is_cited else left).append(one)
    by_kind = tuple((kind, counts[kind]) for kind in Kind if kind in counts)
    total = sum((count for _, count in by_kind), Count())
    return SourceCoverage(source, text, None, total, by_kind, tuple(left), tuple(figures_left))


def is_enough(words: int, quoted: int) -> bool:
    """Whether a passage of so many words is cited where so many of them lie in quotations."""
    return quoted >= min(words, _LEAST) and (quoted >= _ENOUGH or quoted * _SHARE >= words)


class Marks:
    """The stretches of a text that are marked."""

    def __init__(self, length: int, stretches: Iterable[tuple[int, int]]) -> None:
        self._marked = bytearray(length)
        for start, end in stretches:
            self._marked[start:end] = b"\1" * (end - start)

    def any(self, start: int, end: int) -> bool:
        """Whether any character between two offsets is marked."""
        return self._marked.find(1, start, end) >= 0


def places_quoted(text: SourceText, quoted: Iterable[tuple[str, str | None]]) -> Iterator[tuple[int, int]]:
    """The stretches that quotations take up; of words that stand several times, one for each different `at`."""
    places: defaultdict[str, dict[str | None, None]] = defaultdict(dict)
    for words, at in quoted:
        places[words][at] = None
    for words, ats in places.items():
        found = text.text.find(words)
        if len(found) > 1:
            found = _meant(text, found, list(ats))
        for one in found:
            yield from one.stretches


def _meant(text: SourceText, found: tuple[Found, ...], ats: list[str | None]) -> tuple[Found, ...]:
    """Of several places those that the `at`s lead to, one each."""
    meant: dict[Found, None] = {}
    for at in ats:
        free = [one for one in found if one not in meant]
        if free:
            meant[the_meant(text, free, at)] = None
    return tuple(meant)


def the_meant(text: SourceText, found: Iterable[Found], at: str | None) -> Found:
    """The place that an `at` leads to: on its lines, else the first after the headings it names, else the first."""
    places = list(found)
    if at is not None:
        if (lines := _lines(at)) is not None:
            for one in places:
                if lines[0] <= text.text.line_of(one.start) <= lines[1]:
                    return one
        begin = _after_headings(text, at)
        for one in places:
            if one.start >= begin:
                return one
    return places[0]


def _lines(at: str) -> tuple[int, int] | None:
    match = _LINES.search(at)
    return (int(match[1]), int(match[2] or match[1])) if match else None


def _after_headings(text: SourceText, at: str) -> int:
    """Where the part of a text begins that the steps of an `at` name one after the other."""
    position = 0
    for step in re.split(r"[,;:]", at):
        name = plain(re.sub(r"^\s*(?:table|row|column|section|heading|paragraph)\s+(?=\D)", "", step))
        if not name:
            continue
        for passage in text.passages:
            if passage.start >= position and len(passage.text) < 160:
                words = plain(passage.text)
                is_named = f" {name} " in f" {words} " and words.count(" ") < _HEADING
                if words.startswith(name) or is_named:
                    position = passage.start
                    break
    return position


def _explained(source: SourceDocument, text: SourceText) -> set[Passage]:
    """The passages of which the source says why nothing is recorded: by all their words, by how they begin, or by line."""
    found: set[Passage] = set()
    for one in source.unrecorded:
        if one.quote is not None:
            stretches = [stretch for place in text.text.find(one.quote) for stretch in place.stretches]
            found.update(p for p in text.passages if any(_begins(text, p, *stretch) for stretch in stretches))
        elif one.at is not None and (lines := _lines(one.at)) and lines[1] - lines[0] < _MOST_LINES:
            found.update(p for p in text.passages if lines[0] <= p.line <= lines[1])
    return found


def _begins(text: SourceText, passage: Passage, start: int, end: int) -> bool:
    """Whether a stretch holds all words of a passage, or its first few: a word in the middle explains nothing."""
    if end <= passage.start or start >= passage.end:
        return False
    first_words = text.words(passage)[:_FIRST_WORDS]
    return bool(first_words) and start <= first_words[0][0] and end >= first_words[-1][1]
