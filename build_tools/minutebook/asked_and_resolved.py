"""What was asked against what was resolved, word by word."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from minutebook.belonging import date_of
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.report import Recommendation, Report
from minutebook.records.resolution import Clause, Effect, Resolution
from minutebook.when import in_order

# Below this share of common words two texts are two matters, and not one that was changed.
_ALIKE = 0.25
_WORD = re.compile(r"\S+")
_PLAIN = re.compile(r"[^\w£%]+")

# What a report may ask a body to do, and the effect of a clause that does it. To comment, to consider
# and to endorse have no effect of their own: only the words of the resolution can show them.
_ACTS: dict[str, Effect | None] = {
    "note": Effect.NOTED, "approve": Effect.APPROVED, "agree": Effect.AGREED, "delegate": Effect.DELEGATED,
    "refer": Effect.REFERRED, "request": Effect.REQUESTED, "recommend": Effect.RECOMMENDED, "defer": Effect.DEFERRED,
    "comment": None, "consider": None, "endorse": None, "scrutinise": None, "review": None, "authorise": None,
}  # fmt: skip
_JOINS = frozenset({"and", "or", "to", "on", "then"})


class Mark(enum.StrEnum):
    """Where a run of words stands: in both texts, only in what was asked, only in what was resolved."""

    SAME = "same"
    ASKED = "asked"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together, as they are printed."""

    mark: Mark
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A recommendation and the clause that answers it; one of them is None where the other stands alone."""

    asked: Recommendation | None
    clause: Clause | None
    runs: tuple[Run, ...]
    not_resolved: tuple[str, ...]  # what was asked for (`comment`) and is in no word of the clause

    @property
    def is_word_for_word(self) -> bool:
        """Whether the clause says just what was asked."""
        return all(run.mark is Mark.SAME for run in self.runs)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The recommendations of one report beside the clauses of one resolution taken on it."""

    report: Report
    resolution: Resolution
    pairs: tuple[Pair, ...]


def compare_with_resolutions(kb: KnowledgeBase, report: Report) -> tuple[Comparison, ...]:
    """Lay a report beside each resolution of the items that considered it, the earliest first."""
    if not report.recommendations:
        return ()
    items = {item.id for item in kb.pointing(report.id, "considered_at", AgendaItem)}
    found = [
        resolution for item in sorted(items) for resolution in kb.pointing(item, "resolutions", Resolution)
    ]
    found.sort(key=lambda one: (in_order(date_of(kb, one)), one.id))
    return tuple(
        Comparison(report, one, pair_recommendations(report.recommendations, one.clauses)) for one in found
    )


def pair_recommendations(asked: Sequence[Recommendation], clauses: Sequence[Clause]) -> tuple[Pair, ...]:
    """Pair each recommendation with the clause of its number, else the one most like it; what is left stands alone.

    One recommendation and one clause are a pair whatever they say: the body had one thing to resolve.
    """
    chosen = _by_number(asked, clauses)
    if len(asked) == len(clauses) == 1:
        chosen = {0: 0}
    likeness = sorted(
        (
            (-_likeness(one.wording, clause.wording), a, c)
            for a, one in enumerate(asked)
            for c, clause in enumerate(clauses)
            if a not in chosen and c not in chosen.values()
        ),
    )
    for unlike, a, c in likeness:
        if -unlike >= _ALIKE and a not in chosen and c not in chosen.values():
            chosen[a] = c
    pairs = [_pair(one, clauses[chosen[a]] if a in chosen else None) for a, one in enumerate(asked)]
    return (*pairs, *(_pair(None, clause) for c, clause in enumerate(clauses) if c not in chosen.values()))


def compare_words(asked: str, resolved: str) -> tuple[Run, ...]:
    """The two texts word by word; case and punctuation are no difference. What both say is given as resolved."""
    before, after = _WORD.findall(asked), _WORD.findall(resolved)
    matcher = SequenceMatcher(None, _bare(before), _bare(after), autojunk=False)
    found: list[Run] = []
    for what, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if what == "equal":
            found.append(Run(Mark.SAME, " ".join(after[b_from:b_to])))
            continue
        if a_to > a_from:
            found.append(Run(Mark.ASKED, " ".join(before[a_from:a_to])))
        if b_to > b_from:
            found.append(Run(Mark.RESOLVED, " ".join(after[b_from:b_to])))
    return tuple(found)


def acts_asked(wording: str) -> tuple[str, ...]:
    """The acts a recommendation asks for, in its order: `note`, `comment` of *asked to note and comment on*."""
    found: list[str] = []
    for word in _bare(_WORD.findall(wording)):
        if word in _ACTS:
            found.append(word)
        elif found and word not in _JOINS:
            break  # what follows is what is to be noted, and may speak of other acts
    return tuple(dict.fromkeys(found))


def _pair(asked: Recommendation | None, clause: Clause | None) -> Pair:
    said = (asked.wording if asked else "", clause.wording if clause else "")
    not_resolved: tuple[str, ...] = ()
    if asked is not None:
        words = set(_bare(_WORD.findall(said[1])))
        effect = clause.effect if clause is not None else None
        not_resolved = tuple(
            act
            for act in acts_asked(asked.wording)
            if not (effect is not None and _ACTS[act] is effect) and not words & _forms(act)
        )
    return Pair(asked, clause, compare_words(*said), not_resolved)


def _forms(act: str) -> set[str]:
    stem = act.removesuffix("e")
    return {act, f"{act}s", f"{stem}ed", f"{stem}ing", f"{act}{act[-1]}ed", f"{act}{act[-1]}ing"}


def _by_number(asked: Sequence[Recommendation], clauses: Sequence[Clause]) -> dict[int, int]:
    numbers = {_bare_number(clause.number): c for c, clause in enumerate(clauses) if clause.number}
    return {
        a: numbers[number]
        for a, one in enumerate(asked)
        if one.number and (number := _bare_number(one.number)) in numbers
    }


def _bare_number(number: str) -> str:
    return _PLAIN.sub("", number).casefold()


def _bare(words: Iterable[str]) -> list[str]:
    """Words as they are compared; what is nothing but punctuation is compared as it stands."""
    return [_PLAIN.sub("", word).casefold() or word for word in words]


def _likeness(asked: str, resolved: str) -> float:
    return SequenceMatcher(
        None, _bare(_WORD.findall(asked)), _bare(_WORD.findall(resolved)), autojunk=False
    ).ratio()


def not_resolved(comparisons: Iterable[Comparison]) -> Iterator[tuple[Recommendation, str]]:
    """What was asked for in each recommendation and stands in no clause of any of the resolutions."""
    missing: dict[int, tuple[Recommendation, list[tuple[str, ...]]]] = {}
    for comparison in comparisons:
        for pair in comparison.pairs:
            if pair.asked is not None:
                missing.setdefault(id(pair.asked), (pair.asked, []))[1].append(pair.not_resolved)
    for asked, found in missing.values():
        for act in found[0]:
            if all(act in one for one in found):
                yield asked, act


__all__ = [
    "Comparison", "Mark", "Pair", "Run", "acts_asked", "compare_with_resolutions", "compare_words",
    "not_resolved", "pair_recommendations",
]  # fmt: skip
