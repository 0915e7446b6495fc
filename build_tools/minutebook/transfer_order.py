"""Every order in which the transfers of one project can have happened, as far as dates and givers tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from minutebook.records.transfer import Move, Transfer, TransferKind
from minutebook.records.values import Ref
from minutebook.when import ALWAYS, NEVER, bounds

# Where a knot of overlapping dates has more stays than this, its dates alone are asked. Eleven transfers
# that all overlap, and of which nothing tells the order, are within it.
_MOST_STAYS = 12_000


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A transfer as it touches one project: by its own name or by that of what it is part of.

    `first` and `last` are the days between which it took effect, by its own date alone, as ordinals.
    """

    transfer: Transfer
    move: Move
    first: int = field(init=False)
    last: int = field(init=False)

    def __post_init__(self) -> None:
        first, last = bounds(self.transfer.effective)
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "last", last)

    @property
    def holder(self) -> Ref | None:
        """The body that receives."""
        return self.move.to


@dataclass(frozen=True, slots=True, eq=False)
class Stay:
    """Where a step, the last of some, leaves a project, and the days on which that can have held.

    `step` is None before all of them. `first` and `until` are ordinals; `first` is the later where it
    cannot have lasted to the end of a day. `before` are the stays that it can have followed.
    """

    step: Step | None = None
    first: int = ALWAYS
    until: int = NEVER
    before: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """The steps in one of the orders that count, the stays of all of them, and the pairs that none tells apart."""

    steps: tuple[Step, ...] = ()
    stays: tuple[Stay, ...] = (Stay(),)
    unordered: tuple[tuple[Step, Step], ...] = ()

    def number_of(self, transfer: Ref) -> int | None:
        """How many steps come before the one that a transfer is; None where it is none of them."""
        return next((at for at, step in enumerate(self.steps) if step.transfer.id == transfer), None)

    def spans(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """By the number of the step, 0 for none: the first and last day of each span in which what it left can hold."""
        found: defaultdict[Step | None, set[tuple[int, int]]] = defaultdict(set)
        for stay in self.stays:
            if stay.first <= stay.until:
                found[stay.step].add((stay.first, stay.until))
        return tuple(tuple(sorted(found[step])) for step in (None, *self.steps))


def order_of(own: Iterable[Step], above: Order | None = None) -> Order:
    """Every order of the transfers that name a project, and before them of those of what it is part of.

    Each order keeps to the dates. Orders in which each transfer takes the project from where the one
    before it left it count, all of them and no others. Where there is none, the records hold a mistake:
    then each knot of overlapping dates is put in order with as few breaks as can be.
    """
    knots = _knots(own)
    if not knots:
        return Order(above.steps, above.stays) if above is not None else Order()
    soonest = min(step.last for step in knots[0])
    is_its_own = any(s.transfer.kind is TransferKind.ESTABLISH and s.first <= soonest for s in knots[0])
    inherited, doors = _left(Order() if above is None or is_its_own else above, soonest)
    kept: list[Stay] = []
    entries, fits = inherited, True
    ends = [*(min(step.last for step in knot) for knot in knots[1:]), NEVER + 1]
    for number, (knot, end) in enumerate(zip(knots, ends, strict=True)):
        if number:
            doors = {}
        orders = _orders(knot, entries, doors, end, may_break=False)
        if orders is None:
            fits = False
            if number == 0:  # of the times at which it can have been taken from its programme the first
                met = (stay for stay in entries if any(_can_enter(stay, step, doors) for step in knot))
                entries = (next(met, entries[0]),)
            orders = _orders(knot, entries, doors, end, may_break=True) or _dates_alone(knot, entries, end)
        stays, entries = orders
        kept += stays
    lead_on = _back_from(entries)
    wanted = lead_on if fits else _back_from(kept)
    return _told(tuple(stay for stay in (*inherited, *kept) if id(stay) in wanted), lead_on, knots)


def _knots(steps: Iterable[Step]) -> list[list[Step]]:
    """The steps in groups, each certainly later than the one before it."""
    knots: list[list[Step]] = []
    latest = ALWAYS
    for step in sorted(steps, key=_by_date):
        if knots and step.first <= latest:
            knots[-1].append(step)
        else:
            knots.append([step])
        latest = max(latest, step.last)
    return knots


def _by_date(step: Step) -> tuple[object, ...]:
    return step.transfer.effective.sort_key, step.transfer.id


def follows(last: Step | None, step: Step) -> bool:
    """Whether a step takes the project from where the last one left it."""
    kind = step.transfer.kind
    if last is None or kind is TransferKind.ESTABLISH:
        return last is None and kind is TransferKind.ESTABLISH
    if last.move.closed is not None or last.move.monitored_by is not None:
        return kind is TransferKind.REOPEN or step.move.monitored_by is not None
    if kind is TransferKind.REOPEN or step.move.monitored_by is not None:
        return False
    if step.transfer.giver_unknown:
        return True
    return last.holder in step.transfer.givers if last.holder is not None else not step.transfer.givers


# -- what a project inherits ---------------------------------------------------------------------

_Doors = dict[Ref, frozenset[int]]  # by transfer of the programme: the stays it took the programme from


def _left(above: Order, soonest: int) -> tuple[tuple[Stay, ...], _Doors]:
    """The stays of a programme before a transfer names its part, on `soonest` at the latest."""
    cut: dict[int, Stay] = {}
    doors: defaultdict[Ref, set[int]] = defaultdict(set)
    for stay in above.stays:
        before = tuple(cut[id(one)] for one in stay.before if id(one) in cut)
        if stay.step is not None:
            doors[stay.step.transfer.id].update(map(id, before))
        if stay.first <= soonest:
            cut[id(stay)] = Stay(stay.step, stay.first, min(stay.until, soonest - 1), before)
    return tuple(cut.values()), {transfer: frozenset(ids) for transfer, ids in doors.items()}


def _can_enter(stay: Stay, step: Step, doors: _Doors) -> bool:
    """Whether a step can follow a stay by its dates; what moves with its programme, only when that moves."""
    if step.first > stay.until + 1 or stay.first > step.last:
        return False
    return step.transfer.id not in doors or id(stay) in doors[step.transfer.id]


# -- the orders of a knot ------------------------------------------------------------------------

_Stays = tuple[list[Stay], tuple[Stay, ...]]  # all stays of a knot, and those after the last of its steps


@dataclass(slots=True)
class _Way:
    """A stay as long as ways to it are still being found."""

    first: int
    breaks: int
    before: list[Stay]


def _orders(
    knot: list[Step], entries: tuple[Stay, ...], doors: _Doors, end: int, *, may_break: bool
) -> _Stays | None:
    """Every order of a knot from the stays before it; None where there is none or there are too many.

    Which steps have been taken and which of them was the last is all that the days of a stay depend on,
    so that orders are counted by those, layer by layer. `end` is the day by which the next step follows.
    """
    by_last = sorted(range(len(knot)), key=lambda n: knot[n].last)
    # By steps taken, as bits, and the last of them.
    layer = [(0, stay, 0) for stay in entries]
    found: list[Stay] = []
    for _ in knot:
        ways: dict[tuple[int, int], _Way] = {}
        for taken, stay, breaks in layer:
            soonest = next(knot[n].last for n in by_last if not taken >> n & 1)
            for n, step in enumerate(knot):
                if (
                    taken >> n & 1
                    or step.first > soonest
                    or (not taken and not _can_enter(stay, step, doors))
                ):
                    continue
                broken = breaks + (not follows(stay.step, step))
                if broken and not may_break:
                    continue
                key = (taken | 1 << n, n)
                way = ways.get(key)
                if way is None or broken < way.breaks:
                    ways[key] = _Way(max(stay.first, step.first), broken, [stay])
                elif broken == way.breaks:
                    way.first = min(way.first, max(stay.first, step.first))
                    way.before.append(stay)
        if len(found) + len(ways) > _MOST_STAYS:
            return None
        layer = []
        for (taken, n), way in ways.items():
            until = next((knot[m].last for m in by_last if not taken >> m & 1), end) - 1
            stay = Stay(knot[n], way.first, until, tuple(way.before))
            layer.append((taken, stay, way.breaks))
            found.append(stay)
    if not layer:
        return None
    fewest = min(breaks for *_, breaks in layer)
    last = tuple(stay for _, stay, breaks in layer if breaks == fewest)
    wanted = _back_from(last)
    return [stay for stay in found if id(stay) in wanted], last


def _dates_alone(knot: list[Step], entries: tuple[Stay, ...], end: int) -> _Stays:
    """Stays that ask nothing but dates: what each step left may hold until a step that is certainly later."""
    stays: list[Stay] = []
    for step in knot:
        until = min([end, *(other.last for other in knot if other.first > step.last)]) - 1
        stays.append(Stay(step, step.first, until, entries))
    return stays, tuple(stays)


# -- one order for the reader --------------------------------------------------------------------


def _back_from(stays: Iterable[Stay]) -> set[int]:
    """The stays by which these can have been reached, and they themselves, by identity."""
    seen: set[int] = set()
    open_stays = list(stays)
    while open_stays:
        stay = open_stays.pop()
        if id(stay) not in seen:
            seen.add(id(stay))
            open_stays += stay.before
    return seen


def _told(stays: tuple[Stay, ...], lead_on: set[int], knots: list[list[Step]]) -> Order:
    """The stays, with one order out of theirs and the pairs of steps that can follow the same stay in it."""
    own = {step for knot in knots for step in knot}
    following: defaultdict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        for earlier in stay.before:
            following[id(earlier)].append(stay)
    steps: list[Step] = []
    unordered: list[tuple[Step, Step]] = []
    here = stays[0]
    while ahead := list(_by_step(following[id(here)], own)):
        chosen, here = next((step, stay) for step, stay in ahead if id(stay) in lead_on)
        others = [step for step, _ in ahead if step is not chosen and step in own]
        if others:
            unordered.append((chosen, others[0]))
        steps.append(chosen)
    # What only another order has comes before all that is certainly later.
    for step in sorted({s.step for s in stays if s.step} | own, key=_by_date):
        if step not in steps:
            later = (
                n for n, one in enumerate(steps) if one.first > step.last or (one in own) > (step in own)
            )
            steps.insert(next(later, len(steps)), step)
    return Order(tuple(steps), stays, tuple(unordered))


def _by_step(stays: list[Stay], own: set[Step]) -> Iterator[tuple[Step, Stay]]:
    """What can follow a stay: the steps of what a project is part of before its own, each by its date."""
    named = [(stay.step, stay) for stay in stays if stay.step is not None]
    yield from sorted(named, key=lambda one: (one[0] in own, _by_date(one[0])))
