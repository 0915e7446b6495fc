"""The order of the transfers of one project, as far as dates and givers tell it, and the days each can have taken effect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from minutebook.records.transfer import Move, Transfer, TransferKind
from minutebook.records.values import Ref
from minutebook.when import ALWAYS, NEVER, Answer, before, bounds


@dataclass(frozen=True, slots=True)
class Step:
    """A transfer as it touches one project: by its own name or by that of what it is part of."""

    transfer: Transfer
    move: Move
    inherited: bool
    doubtful: bool = False  # whether it may as well have come before the step before it
    # The first and last day on which it can have taken effect, and the last on which what it brought
    # can still have held, as ordinals, given what comes before and after it.
    first: int = ALWAYS
    last: int = NEVER
    until: int = NEVER

    @property
    def holder(self) -> Ref | None:
        """The body that receives."""
        return self.move.to


def _effect(step: Step) -> tuple[int, int]:
    """The first and last day on which it took effect, from its own date alone."""
    return bounds(step.transfer.effective)


def until_named(above: tuple[Step, ...], own: Step) -> tuple[tuple[Step, ...], tuple[tuple[Step, Step], ...]]:
    """The steps of what a project is part of that still moved it: those before a transfer names it.

    Where dates overlap it is taken from where one of them left it; a pair where more than one did.
    """
    if own.transfer.kind is TransferKind.ESTABLISH:
        return (), ()
    answers = [before(step.transfer.effective, own.transfer.effective) for step in above]
    certain = max((number for number, answer in enumerate(answers, 1) if answer is Answer.YES), default=0)
    fitting = []
    for number in range(certain, len(above) + 1):
        if _follows(above[number - 1] if number else None, own):
            fitting.append(number)
        if number < len(above) and (
            answers[number] is Answer.NO or above[number].transfer.id == own.transfer.id
        ):
            break
    if len(fitting) < 2:
        return above[: fitting[0] if fitting else certain], ()
    in_doubt = above[fitting[0] : fitting[-1]]
    steps = (*above[: fitting[0] + 1], *(replace(step, doubtful=True) for step in in_doubt[1:]))
    return steps, ((in_doubt[0], own),)


def in_order(steps: tuple[Step, ...]) -> tuple[tuple[Step, ...], tuple[tuple[Step, Step], ...]]:
    """Sort steps by date; where dates overlap, by who gave to whom; and the pairs that neither tells."""
    remaining = sorted(steps, key=lambda step: (step.transfer.effective.sort_key, step.transfer.id))
    ordered: list[Step] = []
    unordered: list[tuple[Step, Step]] = []
    doubt_until: int | None = None  # the last day of those before whose order nothing tells
    while remaining:
        # Those that no other one certainly comes before.
        soonest = min(_effect(step)[1] for step in remaining)
        candidates = [step for step in remaining if _effect(step)[0] <= soonest]
        fitting = [step for step in candidates if _follows(ordered[-1] if ordered else None, step)]
        chosen, *others = fitting or candidates
        is_open = len(candidates) > 1 and len(fitting) != 1
        if is_open:
            unordered.append((chosen, others[0]))
        is_doubtful = doubt_until is not None and _effect(chosen)[0] <= doubt_until
        if is_open or (len(candidates) > 1 and doubt_until is not None):
            # Where it is in doubt who held it, who gave it to whom tells nothing.
            doubt_until = max(_effect(step)[1] for step in candidates)
        elif is_doubtful and doubt_until is not None:
            doubt_until = max(doubt_until, _effect(chosen)[1])
        else:
            doubt_until = None
        ordered.append(replace(chosen, doubtful=is_doubtful))
        remaining = [step for step in remaining if step is not chosen]
    return tuple(ordered), tuple(unordered)


def _follows(last: Step | None, step: Step) -> bool:
    """Whether a step takes the project from where the last one left it."""
    kind = step.transfer.kind
    if last is None or kind is TransferKind.ESTABLISH:
        return last is None and kind is TransferKind.ESTABLISH
    if last.move.closed is not None or last.move.monitored_by is not None:
        return kind is TransferKind.REOPEN or step.move.monitored_by is not None
    if kind is TransferKind.REOPEN or step.move.monitored_by is not None:
        return False
    return last.holder in step.transfer.givers if last.holder is not None else not step.transfer.givers


def narrowed(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Give each step its first and last possible day, and the last on which what it brought can have held.

    None took effect before the one before it, nor after the one after. Steps whose order nothing tells
    do not narrow each other; what each brought may hold until a step that certainly comes later.
    """
    starts = [number for number, step in enumerate(steps) if number == 0 or not step.doubtful]
    groups = [range(*ends) for ends in pairwise([*starts, len(steps)])]
    effects = [_effect(step) for step in steps]
    firsts, lasts, untils = ([0] * len(steps) for _ in range(3))
    earliest = ALWAYS
    for group in groups:
        # Once a transfer names the project, it no longer follows what it is part of.
        is_named = not all(steps[n].inherited for n in group)
        for n in group:
            firsts[n] = max(effects[n][0], earliest)
        earliest = max(firsts[n] for n in group if not (is_named and steps[n].inherited))
    latest = NEVER
    for group in reversed(groups):
        for n in group:
            lasts[n] = max(firsts[n], min(effects[n][1], latest))
        latest = min(latest, *(effects[n][1] for n in group))
    ended = NEVER + 1
    for group in reversed(groups):
        for n in group:
            untils[n] = min([ended, *(lasts[m] for m in group if _is_later(steps[m], steps[n]))]) - 1
        ended = min(lasts[n] for n in group)
    return tuple(
        replace(step, first=first, last=last, until=until)
        for step, first, last, until in zip(steps, firsts, lasts, untils, strict=True)
    )


def _is_later(step: Step, other: Step) -> bool:
    """Whether a step certainly comes after another: by its date, or since it takes the project from its programme."""
    return _effect(other)[1] < _effect(step)[0] or (other.inherited and not step.inherited)
