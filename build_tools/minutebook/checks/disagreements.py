"""7xx, disagreements: two sources that state different values are both shown, or neither is believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from minutebook.checks.evidence import place_of_value
from minutebook.checks.finding import finding, place
from minutebook.diagnostics import Diagnostic, Note
from minutebook.evidence.comparing import Compared, compared, may_overlap, same_value
from minutebook.evidence.matching import normal
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import FieldPath, Record, StatedValue
from minutebook.records.discrepancy import Discrepancy, Side
from minutebook.records.figures import Figures
from minutebook.records.values import FieldKey, Ref
from minutebook.rules import evidence as rules
from minutebook.when import ALWAYS, NEVER, bounds

_Stated = tuple[Record, FieldPath, StatedValue]
# For one key: each value that a side of a discrepancy states, and on which sides of which.
_Sides = Mapping[Compared, Mapping[Ref, set[int]]]


def check_disagreements_are_recorded(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Where two citations state different values for one key over one time, a discrepancy has both (MB713)."""
    by_key: defaultdict[FieldKey, list[_Stated]] = defaultdict(list)
    # The finding is at a record that states the value; a discrepancy is where it is mended.
    for stated in sorted(kb.each(StatedValue), key=lambda one: isinstance(one[0], Discrepancy)):
        by_key[stated[2].key].append(stated)
    told = _told(kb)
    for key, found in by_key.items():
        table = kb.get(key.record_id, Figures)
        in_thousands = table is not None and "000" in table.unit
        for one, other in _disagreeing(found, told.get(key, {}), in_thousands):
            yield _disagreement(kb, key, one, other)


def _disagreeing(found: list[_Stated], told: _Sides, in_thousands: bool) -> Iterator[tuple[_Stated, _Stated]]:
    """For each value one other that it disagrees with, if there is any, as the first two places that state them.

    Not each with every other: a record of one discrepancy mends them all, and of two hundred values
    there are twenty thousand pairs.
    """
    spans = [(ALWAYS, NEVER) if one.over is None else bounds(one.over) for _, _, one in found]
    lasting: dict[Compared, tuple[int, int]] = {}  # by value: the last day that it is stated for, and where
    said: dict[Compared, Compared] = {}
    for number in sorted(range(len(found)), key=lambda n: (spans[n][0], n)):
        value, (first, last) = compared(found[number][2].value), spans[number]
        ended: list[Compared] = []  # before whatever follows here
        for other, (until, there) in lasting.items() if value not in said else ():
            if until < first:
                ended.append(other)
            elif (
                said.get(other) != value
                and not same_value(value, other, in_thousands=in_thousands)
                and not _is_told(told, value, other)
            ):
                said[value] = other
                yield found[min(number, there)], found[max(number, there)]
                break
        for other in ended:
            del lasting[other]
        if value not in lasting or lasting[value][0] < last:
            lasting[value] = (last, number)


def _disagreement(kb: KnowledgeBase, key: FieldKey, one: _Stated, other: _Stated) -> Diagnostic:
    (record, path, stated), (record_there, path_there, stated_there) = one, other
    there = place_of_value(record_there, path_there)
    over = f" over {stated_there.over.display()}" if stated_there.over is not None else ""
    return finding(
        kb, record, place_of_value(record, path), rules.SOURCES_DISAGREE,
        f"`{stated.value}` is stated for `{key}` here, and `{stated_there.value}`{over} in {there},"
        " and no discrepancy has both among its sides",
        notes=[Note(f"`{stated_there.value}` is stated here", there)],
        names=[record_there.id, key.record_id],
    )  # fmt: skip


def _told(kb: KnowledgeBase) -> dict[FieldKey, dict[Compared, defaultdict[Ref, set[int]]]]:
    """By key and value: on which sides of which discrepancies it is stated."""
    told: defaultdict[FieldKey, dict[Compared, defaultdict[Ref, set[int]]]] = defaultdict(dict)
    for discrepancy in kb.of(Discrepancy):
        for number, side in enumerate(discrepancy.sides):
            for key, values in _values(side).items():
                for value, _ in values:
                    told[key].setdefault(value, defaultdict(set))[discrepancy.id].add(number)
    return told


def _is_told(told: _Sides, one: Compared, other: Compared) -> bool:
    """Whether two values stand on different sides of one discrepancy."""
    mine, theirs = told.get(one, {}), told.get(other, {})
    return any(len(mine[both] | theirs[both]) > 1 for both in mine.keys() & theirs.keys())


def _values(side: Side) -> dict[FieldKey, list[tuple[Compared, StatedValue]]]:
    found: defaultdict[FieldKey, list[tuple[Compared, StatedValue]]] = defaultdict(list)
    for citation in side.citations:
        for stated in citation.states:
            found[stated.key].append((compared(stated.value), stated))
    return found


def check_discrepancies_still_differ(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The sides of a discrepancy still differ: in a value for one key, or else in the words quoted (MB714)."""
    for discrepancy in kb.of(Discrepancy):
        for number, side in enumerate(discrepancy.sides):
            for earlier, other in enumerate(discrepancy.sides[:number], 1):
                if (same := _what_is_the_same(other, side)) is not None:
                    yield finding(
                        kb, discrepancy, place(discrepancy, ("sides", number, "says")), rules.DISCREPANCY_SETTLED,
                        f"this side and side {earlier} {same}",
                    )  # fmt: skip
                    break


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
