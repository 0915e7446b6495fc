"""Findings as values: a rule, a place, a sentence, and how to mend it; never an exception."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from minutebook.source import SourceFile, Span
from minutebook.suggest import nearest

_TELLING = 8  # characters; shorter names are common words, and an id is looked for as a whole
_ID_LIKE = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)+")


class Severity(enum.Enum):
    """How much a finding weighs: an error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Something the records must satisfy: what is checked, why it matters, an example, the mend.

    The texts are Markdown in plain English. `explain` prints them and the reference page is made
    from them, so there is no second place where a rule is described.
    """

    code: str
    name: str
    checks: str
    why: str
    example: str
    mend: str
    severity: Severity = Severity.ERROR

    @property
    def family(self) -> str:
        """The first digit, which says what the rule is about (`3` for references)."""
        return self.code[2]


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file, shown by its path; `span` is None where the whole file is meant."""

    path: str
    span: Span | None = None
    line_text: str | None = None

    @classmethod
    def of(cls, source: SourceFile, span: Span | None) -> Place:
        """Return the place of `span` in `source`, with the author's own line."""
        return cls(source.path, span, source.line(span.line) if span else None)

    @property
    def sort_key(self) -> tuple[str, int, int]:
        """Order by path, then line, then column."""
        return (self.path, self.span.line if self.span else 0, self.span.column if self.span else 0)

    def __str__(self) -> str:
        return f"{self.path}:{self.span.line}:{self.span.column}" if self.span else self.path


@dataclass(frozen=True, slots=True)
class Note:
    """A fact that lies elsewhere and explains the finding."""

    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: the rule that is broken, where, in one sentence, and how to mend it."""

    rule: Rule
    place: Place
    message: str
    help: str | None = None
    notes: tuple[Note, ...] = ()
    # Messages about a record that is not public show council, folder, line and code only: the log
    # of a build is a publication.
    restricted: bool = False

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return self.rule.severity

    @property
    def is_error(self) -> bool:
        """Whether the finding stops a build."""
        return self.rule.severity is Severity.ERROR

    def texts(self) -> Iterator[str]:
        """Everything of the finding that would be shown, but for what is said of the rule."""
        for place in (self.place, *(note.place for note in self.notes)):
            if place is not None:
                yield from (place.path, place.line_text or "")
        yield from (self.message, self.help or "", *(note.text for note in self.notes))

    def masked(self) -> Diagnostic:
        """Return the finding as it may be shown in public: the rule, and no slug, no text, no column."""
        parts = self.place.path.split("/")
        path = "/".join([*parts[:-1], "(not public).md"])
        line = self.place.span and Span.at(self.place.span.line)
        return replace(
            self,
            place=Place(path, line),
            message=f"a record that is not public breaks the rule `{self.rule.name}`",
            help="run again with `--show-restricted` on your own terminal to see which, and how to mend it",
            notes=(),
        )


class HiddenNames:
    """The ids and names of records that are not public, looked for in all that a finding would show.

    A finding about a public record shows the author's own line, and may mention other records: what
    is hidden must not be read there either. A misspelt id gives away the right one: `others` are the
    ids of public records, of which it may be a misspelling as well.
    """

    def __init__(self, ids: Iterable[str], names: Iterable[str] = (), others: Iterable[str] = ()) -> None:
        self._ids = frozenset(map(_inside_its_council, ids))
        self._names = tuple(tidied for name in names if len(tidied := _tidy(name)) >= _TELLING)
        self._others = frozenset(map(_inside_its_council, others)) - self._ids
        self._known: dict[
            str, bool
        ] = {}  # of ids that are nobody's: a thousand findings may show the same one

    def mask(self, finding: Diagnostic) -> Diagnostic:
        """Return the finding, restricted where it names any of them."""
        if finding.restricted or not (self._ids or self._names):
            return finding
        text = _tidy("\n".join(finding.texts()))
        # Where it stands tells nothing unless it is hidden itself, however near its name is to another's.
        here = _inside_its_council(_tidy(finding.place.path).removesuffix(".md"))
        named = (one for one in _ids_in(text) if one != here or one in self._ids)
        if any(name in text for name in self._names) or any(map(self._gives_away, named)):
            return replace(finding, restricted=True)
        return finding

    def _gives_away(self, written: str) -> bool:
        """Whether an id is that of a hidden record, or nearer to one than to any other."""
        if written in self._ids or written in self._others:
            return written in self._ids
        if written not in self._known:
            self._known[written] = self._is_nearest_to_hidden(written)
        return self._known[written]

    def _is_nearest_to_hidden(self, written: str) -> bool:
        folder, _, slug = written.partition("/")
        if slug in self._slugs:
            return True  # the right name in the wrong folder
        return folder in self._by_folder and nearest(written, self._by_folder[folder]) in self._ids

    @cached_property
    def _slugs(self) -> frozenset[str]:
        slugs = (one.partition("/")[2] for one in self._ids)
        return frozenset(slug for slug in slugs if len(slug) >= _TELLING)

    @cached_property
    def _by_folder(self) -> dict[str, list[str]]:
        """The ids in each folder that has hidden records, hidden ones and others."""
        found: dict[str, list[str]] = {one.partition("/")[0]: [] for one in self._ids}
        for one in (*self._ids, *self._others):
            if (folder := one.partition("/")[0]) in found:
                found[folder].append(one)
        return found


def _inside_its_council(record_id: str) -> str:
    """`folder/slug`, as an id ends, with its council or without."""
    return "/".join(record_id.split("/")[-2:])


def _tidy(text: str) -> str:
    return " ".join(text.casefold().split())


def _ids_in(text: str) -> Iterator[str]:
    for run in _ID_LIKE.findall(text):
        steps = run.split("/")
        yield from ("/".join(pair) for pair in pairwise(steps))


def sorted_once(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the findings in the order of their places, each once."""
    unique: dict[tuple[Place, str, str], Diagnostic] = {}
    for f in findings:
        key = (f.place, f.rule.code, f.message)
        if key not in unique or f.restricted:  # what must be masked once must be masked
            unique[key] = f
    return sorted(unique.values(), key=lambda f: (*f.place.sort_key, f.rule.code, f.message))


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    """Whether any finding stops a build."""
    return any(f.is_error for f in findings)
