"""7xx, disagreements: two sources that state different values are both shown, or neither is believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations

from minutebook.checks.evidence import place_of_value
from minutebook.checks.finding import finding, place
from minutebook.diagnostics import Diagnostic, Note, Place
from minutebook.evidence.comparing import Compared, compared, may_overlap, same_value
from minutebook.evidence.matching import normal
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import FieldPath, Record, StatedValue
from minutebook.records.discrepancy import Discrepancy, Side
from minutebook.records.figures import Figures
from minutebook.records.values import FieldKey, Ref
from minutebook.rules import evidence as rules

_Stated = tuple[Record, FieldPath, StatedValue]


def check_disagreements_are_recorded(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Where two citations state different values for one key over one time, a discrepancy has both (MB713)."""
    by_key: defaultdict[FieldKey, list[_Stated]] = defaultdict(list)
    # The finding is at a record that states the value; a discrepancy is where it is mended.
    for stated in sorted(kb.each(StatedValue), key=lambda one: isinstance(one[0], Discrepancy)):
        by_key[stated[2].key].append(stated)
    disagreeing = {key: found for key, found in by_key.items() if len(set(map(_value, found))) > 1}
    if not disagreeing:
        return
    told = _told(kb)
    at = _Places()
    for key, found in disagreeing.items():
        by_value: defaultdict[Compared, list[_Stated]] = defaultdict(list)
        for stated in found:
            by_value[_value(stated)].append(stated)
        in_thousands = _in_thousands(kb, key)
        for one, other in combinations(by_value, 2):
            is_same = same_value(one, other, in_thousands=in_thousands)
            if not is_same and frozenset((one, other)) not in told.get(key, ()):
                yield from _disagreement(kb, key, by_value[one], by_value[other], at)


def _in_thousands(kb: KnowledgeBase, key: FieldKey) -> bool:
    table = kb.get(key.record_id, Figures)
    return table is not None and "000" in table.unit


def _value(stated: _Stated) -> Compared:
    return compared(stated[2].value)


class _Places:
    """Places of values, each looked for once: of two hundred values every one disagrees with every other."""

    def __init__(self) -> None:
        self._known: dict[tuple[Ref, FieldPath], Place] = {}

    def of(self, record: Record, path: FieldPath) -> Place:
        if (known := self._known.get((record.id, path))) is None:
            known = self._known[record.id, path] = place_of_value(record, path)
        return known


def _disagreement(
    kb: KnowledgeBase, key: FieldKey, some: list[_Stated], others: list[_Stated], at: _Places
) -> Iterator[Diagnostic]:
    """One finding for two values, at the first two places whose times overlap."""
    for record, path, stated in some:
        for other, path_there, stated_there in others:
            if may_overlap(stated.over, stated_there.over):
                there = at.of(other, path_there)
                over = f" over {stated_there.over.display()}" if stated_there.over is not None else ""
                yield finding(
                    kb, record, at.of(record, path), rules.SOURCES_DISAGREE,
                    f"`{stated.value}` is stated for `{key}` here, and `{stated_there.value}`{over} in {there},"
                    " and no discrepancy has both among its sides",
                    notes=[Note(f"`{stated_there.value}` is stated here", there)],
                    names=[other.id, key.record_id],
                )  # fmt: skip
                return


def _told(kb: KnowledgeBase) -> dict[FieldKey, set[frozenset[Compared]]]:
    """By key, the pairs of values that stand on different sides of a discrepancy."""
    told: defaultdict[FieldKey, set[frozenset[Compared]]] = defaultdict(set)
    for discrepancy in kb.of(Discrepancy):
        for one, other in combinations(discrepancy.sides, 2):
            values = _values(other)
            for key, mine in _values(one).items():
                told[key].update(frozenset((a, b)) for a, _ in mine for b, _ in values.get(key, ()) if a != b)
    return told


def _values(side: Side) -> dict[FieldKey, list[tuple[Compared, StatedValue]]]:
    found: defaultdict[FieldKey, list[tuple[Compared, StatedValue]]] = defaultdict(list)
    for citation in side.citations:
        for stated in citation.states:
            found[stated.key].append((compared(stated.value), stated))
    return found


def check_discrepancies_still_differ(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The sides of a discrepancy still differ: in a value for one key, or else in the words quoted (MB714)."""
    for discrepancy in kb.of(Discrepancy):
        for (number, one), (other_number, other) in combinations(enumerate(discrepancy.sides), 2):
            if (same := _what_is_the_same(one, other)) is not None:
                yield finding(
                    kb, discrepancy, place(discrepancy, ("sides", other_number, "says")), rules.DISCREPANCY_SETTLED,
                    f"this side and side {number + 1} {same}",
                )  # fmt: skip


def _what_is_the_same(one: Side, other: Side) -> str | None:
    mine, theirs = _values(one), _values(other)
    shared = [key for key in mine if key in theirs]
    if shared:
        for key in shared:
            for a, stated in mine[key]:
                for b, stated_there in theirs[key]:
                    if a != b or not may_overlap(stated.over, stated_there.over):
                        return None
        return f"both state `{mine[shared[0]][0][1].value}` for `{shared[0]}`"
    quotes, there = _quotes(one), _quotes(other)
    return "quote the same words" if quotes and quotes == there else None


def _quotes(side: Side) -> set[tuple[str, str]]:
    return {(one.source, normal(one.quote)) for one in side.citations if one.quote is not None}


CHECKS: tuple[Callable[[KnowledgeBase], Iterator[Diagnostic]], ...] = (
    check_disagreements_are_recorded,
    check_discrepancies_still_differ,
)
