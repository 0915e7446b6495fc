"""What was asked against what was resolved, word by word; and who decided, reported and noted, with the days between."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from minutebook.belonging import body_of, date_of
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import Record
from minutebook.records.decision import Decision
from minutebook.records.report import Recommendation, Report
from minutebook.records.resolution import Clause, Effect, Resolution
from minutebook.records.values import Ref
from minutebook.when import When

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


# -- asked and resolved --------------------------------------------------------------------------


class Mark(enum.StrEnum):
    """Where a stretch of words stands: in both texts, only in what was asked, only in what was resolved."""

    SAME = "same"
    ASKED = "asked"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand together, as they are printed."""

    mark: Mark
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A recommendation and the clause that answers it; one of them is None where the other stands alone."""

    asked: Recommendation | None
    clause: Clause | None
    stretches: tuple[Stretch, ...]
    not_resolved: tuple[str, ...]  # what was asked for (`comment`) and is in no word of the clause

    @property
    def is_word_for_word(self) -> bool:
        """Whether the clause says just what was asked."""
        return all(stretch.mark is Mark.SAME for stretch in self.stretches)


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
    found.sort(key=lambda one: (_sort_key(date_of(kb, one)), one.id))
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


def compare_words(asked: str, resolved: str) -> tuple[Stretch, ...]:
    """The two texts word by word; case and punctuation are no difference. What both say is given as resolved."""
    before, after = _WORD.findall(asked), _WORD.findall(resolved)
    matcher = SequenceMatcher(None, _bare(before), _bare(after), autojunk=False)
    found: list[Stretch] = []
    for what, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if what == "equal":
            found.append(Stretch(Mark.SAME, " ".join(after[b_from:b_to])))
            continue
        if a_to > a_from:
            found.append(Stretch(Mark.ASKED, " ".join(before[a_from:a_to])))
        if b_to > b_from:
            found.append(Stretch(Mark.RESOLVED, " ".join(after[b_from:b_to])))
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


# -- decided, reported, noted --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lag:
    """The days from one event to a later one, as bounds; None where the dates leave a side open.

    Below nothing: the sources allow that the second came first.
    """

    least: int | None
    most: int | None

    @property
    def words(self) -> str:
        """`38 to 67 days`, `the same day`, `at least 3 days`; `days not known`."""
        least, most = self.least, self.most
        if least is not None and least == most:
            return "the same day" if least == 0 else _days(least)
        if most is not None and (least is None or least <= 0):
            return f"at most {_days(most)}" if most > 0 else "not after it"
        if least is not None and most is None:
            return f"at least {_days(least)}" if least > 0 else "days not known"
        return "days not known" if least is None else f"{least:,} to {_days(most or 0)}"


class Part(enum.StrEnum):
    """What somebody had to do with a decision."""

    DECIDED = "decided"
    REPORTED = "reported"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a decision on its way: who, when, in which record, and how long after it was decided."""

    part: Part
    who: Ref | None
    record: Record
    when: When | None
    lag: Lag | None


def way_of(kb: KnowledgeBase, decision: Decision) -> tuple[Step, ...]:
    """Who decided, to whom it was reported and who noted it, in the order of their dates, the decider first."""
    later: list[Step] = []
    for part, records in ((Part.REPORTED, decision.reported_in), (Part.NOTED, decision.noted_by)):
        for record_id in records:
            record = kb.records.get(record_id)
            if record is not None:
                body, when = body_of(kb, record), date_of(kb, record)
                later.append(
                    Step(
                        part,
                        body.id if body is not None else None,
                        record,
                        when,
                        lag_between(decision.decided_on, when),
                    )
                )
    order = list(Part)
    later.sort(key=lambda step: (_sort_key(step.when), order.index(step.part), step.record.id))
    return (Step(Part.DECIDED, decision.decided_by, decision, decision.decided_on, None), *later)


def lag_between(first: When | None, second: When | None) -> Lag:
    """The fewest and the most days from some day of `first` to some day of `second`."""
    if first is None or second is None:
        return Lag(None, None)
    return Lag(_between(first.latest, second.earliest), _between(first.earliest, second.latest))


def _between(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start is not None and end is not None else None


def _days(number: int) -> str:
    return f"{number:,} {'day' if number == 1 else 'days'}"


def _sort_key(when: When | None) -> tuple[bool, date, date]:
    first = when and (when.earliest or when.latest)
    last = when and (when.latest or when.earliest)
    return (first is None, first or date.max, last or date.max)


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
    "Comparison", "Lag", "Mark", "Pair", "Part", "Step", "Stretch", "acts_asked", "compare_with_resolutions",
    "compare_words", "lag_between", "not_resolved", "pair_recommendations", "way_of",
]  # fmt: skip
