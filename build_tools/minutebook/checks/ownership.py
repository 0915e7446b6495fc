"""Transfers, held against what the giver had and against each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from minutebook.checks.finding import finding, place
from minutebook.checks.references import shown
from minutebook.diagnostics import Diagnostic, Note, Rule
from minutebook.knowledge_base import KnowledgeBase
from minutebook.ownership import Chain, OwnershipHistory, Possibility, Status
from minutebook.records.base import FieldPath
from minutebook.records.body import Body
from minutebook.records.project import Project
from minutebook.records.transfer import Move, Transfer, TransferKind
from minutebook.records.values import Ref
from minutebook.rules import time as rules
from minutebook.transfer_order import Step
from minutebook.when import Answer, When, before, on_or_before

# After these the giver has nothing left to hold.
_WHOLE = frozenset({TransferKind.SPLIT, TransferKind.MERGE, TransferKind.REPLACE, TransferKind.RENAME})
_LAST_DAY = date.max - timedelta(days=1)
_ONE_RECEIVER = frozenset({TransferKind.MERGE, TransferKind.REPLACE, TransferKind.RENAME})


def _unclear(kb: KnowledgeBase) -> frozenset[str]:
    """The councils with a transfer or project that cannot be read or is misspelt: what seems missing may be that."""
    broken = {one.council for one in kb.broken if one.folder in ("transfers", "projects")}
    misspelt = {t.council for t in kb.of(Transfer) if not _sound(kb, *(move.what for move in t.moves))}
    return frozenset(broken | misspelt)


def _sound(kb: KnowledgeBase, *targets: Ref | None) -> bool:
    """Whether every reference leads to a record; where not, there is a finding already."""
    return all(target in kb.records for target in targets if target is not None)


def check_every_project_is_established(history: OwnershipHistory) -> Iterator[Diagnostic]:
    """Every project has a first owner (MB405)."""
    kb = history.kb
    unclear = _unclear(kb)
    for project in kb.of(Project):
        chain = history.chain(project)
        if project.council in unclear or not _sound(kb, project.parent):
            continue
        if not chain.steps or chain.steps[0].transfer.kind is not TransferKind.ESTABLISH:
            parent = kb.get(project.parent, Project)
            if parent is not None and chain.steps[:1] == history.chain(parent).steps[:1]:
                continue  # it begins as its programme does, and of that it is said
            message = "no transfer establishes this project, nor a programme it is part of"
            yield finding(kb, project, place(project), rules.NO_OWNER, message)


def check_moves_fit_their_kind(history: OwnershipHistory) -> Iterator[Diagnostic]:
    """A transfer's moves do what its kind says (MB416), and it has as many receivers as its kind needs (MB407)."""
    kb = history.kb
    for transfer in kb.of(Transfer):
        kind, givers = transfer.kind, transfer.givers
        if kind in (TransferKind.ESTABLISH, TransferKind.REOPEN) and givers:
            message = f"a transfer of kind `{kind}` takes nothing from a body, but has `from`"
            yield finding(kb, transfer, place(transfer, ("from",), key=True), rules.WRONG_MOVES, message)
        if kind in _WHOLE and not givers and "givers" not in transfer.absences:
            message = f"a transfer of kind `{kind}` takes projects from a body, but has no `from`"
            yield finding(kb, transfer, place(transfer, ("kind",)), rules.WRONG_MOVES, message)
        if kind is TransferKind.MERGE and len(givers) == 1:
            message = "a merger takes projects from two or more bodies, found one"
            yield finding(kb, transfer, place(transfer, ("from",)), rules.SPLIT_RECEIVERS, message)
        for number, move in enumerate(transfer.moves):
            if (wrong := _wrong_destination(kind, move)) is not None:
                at = place(transfer, ("moves", number, wrong), key=True)
                message = f"a transfer of kind `{kind}` cannot have a move with `{wrong}`"
                yield finding(kb, transfer, at, rules.WRONG_MOVES, message)
        yield from _receivers(kb, transfer)


def _wrong_destination(kind: TransferKind, move: Move) -> str | None:
    if kind is TransferKind.CLOSE:
        return "to" if move.to is not None else ("gap" if move.gap is not None else None)
    if kind in (TransferKind.ESTABLISH, TransferKind.REOPEN):
        return (
            "closed"
            if move.closed is not None
            else ("monitored_by" if move.monitored_by is not None else None)
        )
    return None


def _receivers(kb: KnowledgeBase, transfer: Transfer) -> Iterator[Diagnostic]:
    receivers = {move.to for move in transfer.moves if move.to is not None}
    # A body that only goes on watching what is closed is a receiver of the split as well.
    receivers |= {move.monitored_by for move in transfer.moves if move.monitored_by is not None}
    wanted = None
    if transfer.kind is TransferKind.SPLIT and len(receivers) < 2:
        wanted = "two or more receivers"
    elif transfer.kind in _ONE_RECEIVER and len(receivers) != 1:
        wanted = "one receiver"
    if wanted is not None:
        message = f"a {transfer.kind} has {wanted}, found {len(receivers)}"
        yield finding(kb, transfer, place(transfer, ("kind",)), rules.SPLIT_RECEIVERS, message)


def check_givers_held_it(history: OwnershipHistory) -> Iterator[Diagnostic]:
    """What moves was held by the giver the day before (MB406), had not ended (MB417), and begins once (MB415)."""
    kb = history.kb
    unclear = _unclear(kb)
    for transfer in kb.of(Transfer):
        seen: set[Ref] = set()
        for number, move in enumerate(transfer.moves):
            project = kb.get(move.what, Project)
            if project is None or move.what in seen or not _sound(kb, *transfer.givers):
                continue
            seen.add(move.what)
            if transfer.council not in unclear or transfer.kind is TransferKind.ESTABLISH:
                yield from _check_step(history, transfer, move, project, ("moves", number))
        if transfer.council not in unclear and _sound(kb, *transfer.givers):
            yield from _idle_givers(history, transfer)


def _idle_givers(history: OwnershipHistory, transfer: Transfer) -> Iterator[Diagnostic]:
    """A body among several givers that held none of what moves; a merger may name one that held nothing."""
    kb = history.kb
    if len(transfer.givers) < 2 or transfer.kind is TransferKind.MERGE:
        return
    holders: set[Ref | None] = set()
    for move in transfer.moves:
        project = kb.get(move.what, Project)
        if project is None or not _sound(kb, *_programmes(kb, project)):
            return
        chain = history.chain(project)
        number = _number_of(chain, transfer)
        if _is_in_doubt(chain, number):
            return
        holders.add(chain.state_after(number).holder)
    if holders.isdisjoint(transfer.givers):
        return  # said of each move
    for number, giver in enumerate(transfer.givers):
        if giver not in holders:
            message = f"`{shown(giver, transfer.council)}` held none of what moves the day before"
            yield finding(
                kb,
                transfer,
                place(transfer, ("from", number)),
                rules.GIVER_DID_NOT_HOLD,
                message,
                names=[giver],
            )


def _check_step(
    history: OwnershipHistory, transfer: Transfer, move: Move, project: Project, path: FieldPath
) -> Iterator[Diagnostic]:
    kb = history.kb
    chain = history.chain(project)
    number = _number_of(chain, transfer)
    state = chain.state_after(number)
    earlier = chain.steps[number - 1].transfer if number else None
    # What came before is said to be in doubt elsewhere: by a misspelt holder or programme, or an order
    # that nothing tells.
    in_doubt = _is_in_doubt(chain, number) and transfer.kind is not TransferKind.ESTABLISH
    if in_doubt or not _sound(kb, state.holder, *_programmes(kb, project)):
        return
    fault = _fault_of_step(transfer, move, state, number, shown(project.id, transfer.council))
    if fault is None:
        return
    notes = [Note("it was last moved here", place(earlier))] if earlier is not None else []
    names = [one for one in (project.id, earlier and earlier.id, state.holder, *transfer.givers) if one]
    at = place(transfer, (*path, "what"))
    yield finding(kb, transfer, at, *fault, notes=notes, names=names)


def _number_of(chain: Chain, transfer: Transfer) -> int:
    """How many steps of a project come before the one that a transfer is, which names it."""
    number = chain.order.number_of(transfer.id)
    assert number is not None, "a transfer is a step of every project that it names"
    return number


def _is_in_doubt(chain: Chain, number: int) -> bool:
    """Whether nothing tells the order of one of the steps up to that number and of another."""
    doubtful = {step for pair in chain.unordered for step in pair}
    return not doubtful.isdisjoint(chain.steps[: number + 1])


def _programmes(kb: KnowledgeBase, project: Project) -> Iterator[Ref]:
    """What the project says it is part of, and what that is part of, whether or not it is there."""
    above, seen = project.parent, {project.id}
    while above is not None and above not in seen:
        seen.add(above)
        yield above
        programme = kb.get(above, Project)
        above = programme.parent if programme is not None else None


def _fault_of_step(
    transfer: Transfer, move: Move, state: Possibility, number: int, name: str
) -> tuple[Rule, str] | None:
    """What is wrong with moving a project that was in `state` the day before."""
    ended = state.status is Status.ENDED
    if transfer.kind is TransferKind.ESTABLISH:
        return (rules.ESTABLISH_TWICE, f"`{name}` is established a second time") if number else None
    if transfer.kind is TransferKind.REOPEN:
        return None if ended else (rules.ESTABLISH_TWICE, f"`{name}` is reopened, but had not ended")
    if ended != (move.monitored_by is not None):
        message = "had ended before this" if ended else "has not been closed, so nobody goes on watching it"
        return rules.CLOSED_MOVED, f"`{name}` {message}"
    if transfer.kind in _WHOLE and not transfer.givers:
        return None  # that it takes from nobody is said of the transfer as a whole
    if not ended and _wrong_giver(state, transfer):
        holder = f"`{shown(state.holder, transfer.council)}` held it" if state.holder else "nobody held it"
        givers = _list(transfer.givers, transfer.council)
        return rules.GIVER_DID_NOT_HOLD, f"`{name}` is moved from {givers}, but {holder} the day before"
    return None


def _wrong_giver(state: Possibility, transfer: Transfer) -> bool:
    """Whether what was held, or a gap, is taken from another body, or from none."""
    if transfer.giver_unknown:
        return False
    if state.status is Status.HELD:
        return state.holder not in transfer.givers
    return bool(transfer.givers)


def _list(ids: tuple[Ref, ...], council: str) -> str:
    return " and ".join(f"`{shown(one, council)}`" for one in ids) or "no body"


def check_everything_is_accounted_for(history: OwnershipHistory) -> Iterator[Diagnostic]:
    """After a split, merger, replacement or renaming the giver holds nothing, and each gap is named (MB408)."""
    kb = history.kb
    unclear = _unclear(kb)
    for transfer in kb.of(Transfer):
        if transfer.kind not in _WHOLE or transfer.council in unclear or not _sound(kb, *transfer.givers):
            continue
        named = {move.what for move in transfer.moves}
        held = {project.id: project for giver in transfer.givers for project in history.ever_held(giver)}
        for project in held.values():
            if project.id not in named and _is_lost(history.chain(project), transfer):
                name = shown(project.id, transfer.council)
                givers = _list(transfer.givers, transfer.council)
                message = f"{givers} held `{name}`, but this {transfer.kind} does not say where it goes"
                help = f"add a move: `what: {name}`, and `to: …` or, where no document says, `gap: …`"
                notes = [Note("the project", place(project))]
                at = place(transfer, ("moves",), key=True)
                names = [project.id, *transfer.givers]
                yield finding(kb, transfer, at, rules.NOT_ACCOUNTED_FOR, message, help, notes, names)


def _is_lost(chain: Chain, transfer: Transfer) -> bool:
    """Whether a project the transfer does not name was the giver's before and is nobody's after."""
    for number, step in enumerate(chain.steps):
        if step.transfer.id == transfer.id:
            return step.move.to is None and chain.state_after(number).holder in transfer.givers
    # Untouched by the transfer: lost if the giver held it up to then and holds it still.
    for step, following in zip(chain.steps, (*chain.steps[1:], None), strict=True):
        if step.holder not in transfer.givers:
            continue
        received_after = before(transfer.effective, step.transfer.effective) is Answer.YES
        gone_before = (
            following is not None
            and on_or_before(following.transfer.effective, transfer.effective) is not Answer.NO
        )
        if not received_after and not gone_before:
            return True
    return False


def check_order_is_known(history: OwnershipHistory) -> Iterator[Diagnostic]:
    """A project is moved once by a transfer and by one transfer at a time (MB413), in an order that can be told (MB414)."""
    kb = history.kb
    for transfer in kb.of(Transfer):
        seen: dict[Ref, int] = {}
        for number, move in enumerate(transfer.moves):
            if move.what in seen:
                message = f"`{shown(move.what, transfer.council)}` is moved twice by this transfer"
                notes = [Note("the first time", place(transfer, ("moves", seen[move.what], "what")))]
                at = place(transfer, ("moves", number, "what"))
                yield finding(kb, transfer, at, rules.TWO_OWNERS, message, notes=notes, names=[move.what])
            seen.setdefault(move.what, number)
    for project in kb.of(Project):
        for first, second in history.chain(project).unordered:
            if {first.transfer.kind, second.transfer.kind} != {TransferKind.ESTABLISH}:  # said as such
                yield _order_finding(kb, project, first, second)


def _order_finding(kb: KnowledgeBase, project: Project, first: Step, second: Step) -> Diagnostic:
    later = second.transfer
    name, other = shown(project.id, later.council), shown(first.transfer.id, later.council)
    same_giver = bool(set(first.transfer.givers) & set(later.givers))
    rule = rules.TWO_OWNERS if same_giver else rules.ORDER_UNKNOWN
    message = f"`{name}` is handed on by `{other}` at the same time" + (
        "" if same_giver else ", and nothing tells which came first"
    )
    path = next(("moves", i, "what") for i, move in enumerate(later.moves) if move.what == project.id)
    notes = [Note("the other transfer", place(first.transfer))]
    return finding(
        kb, later, place(later, path), rule, message, notes=notes, names=[project.id, first.transfer.id]
    )


def check_bodies_leave_nothing_behind(history: OwnershipHistory) -> Iterator[Diagnostic]:
    """A body that has ended holds nothing (MB409)."""
    kb = history.kb
    unclear = _unclear(kb)
    for body in kb.of(Body):
        if body.ended is None or body.ended.latest is None or body.council in unclear:
            continue
        # What a body held on its last day may pass on the day after.
        day_after = When.parse((min(body.ended.latest, _LAST_DAY) + timedelta(days=1)).isoformat())
        for project_id in history.holdings(body.id, day_after)[0]:
            project = kb.records[project_id]
            message = (
                f"the body ended {body.ended.display()} and still held `{shown(project_id, body.council)}`"
            )
            notes = [Note("the project", place(project))]
            at = place(body, ("ended",))
            yield finding(kb, body, at, rules.LEFT_BEHIND, message, notes=notes, names=[project_id])


CHECKS = (
    check_every_project_is_established,
    check_moves_fit_their_kind,
    check_givers_held_it,
    check_everything_is_accounted_for,
    check_order_is_known,
    check_bodies_leave_nothing_behind,
)
