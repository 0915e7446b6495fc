"""Transfers, held against the lives of the bodies, and who had the power to make them."""

from __future__ import annotations

from collections.abc import Iterator

from minutebook.belonging import body_of, date_of
from minutebook.checks.finding import finding, place
from minutebook.checks.references import shown
from minutebook.diagnostics import Diagnostic, Note, Rule
from minutebook.knowledge_base import KnowledgeBase
from minutebook.ownership import OwnershipHistory
from minutebook.records.base import Record
from minutebook.records.body import Body, BodyKind, PowerKind
from minutebook.records.decision import Decision
from minutebook.records.resolution import Effect, Resolution
from minutebook.records.transfer import Move, Transfer
from minutebook.records.values import Ref
from minutebook.rules import time as rules
from minutebook.when import Answer, When, before, on_or_before

# Who may move a project by being what it is. Others need the power among their `powers`; a scrutiny
# committee, a workstream or a partnership looks on, advises or carries out.
_GOVERNING_KINDS = frozenset(
    {
        BodyKind.COUNCIL, BodyKind.CABINET, BodyKind.COMMITTEE, BodyKind.STATUTORY_BOARD, BodyKind.PROGRAMME_BOARD,
        BodyKind.IMPROVEMENT_BOARD, BodyKind.COMMISSIONING_BOARD, BodyKind.GOVERNANCE_BOARD,
    }
)  # fmt: skip
_GOVERNING_POWERS = frozenset({PowerKind.DECIDE, PowerKind.APPROVE_PROJECTS, PowerKind.GOVERN_PROJECTS})
_LOOKING_ON = frozenset({Effect.NOTED, Effect.RECOMMENDED, Effect.LOST, Effect.WITHDRAWN, Effect.DEFERRED})


def check_receivers_are_there(history: OwnershipHistory) -> Iterator[Diagnostic]:
    """A body that receives or watches exists on that day (MB412)."""
    kb = history.kb
    for transfer in kb.of(Transfer):
        for number, move in enumerate(transfer.moves):
            for field, target in _destinations(move):
                body = kb.get(target, Body)
                said = _not_there(body, transfer.effective) if body is not None else None
                if body is not None and said is not None:
                    at = place(transfer, ("moves", number, *field))
                    message = f"`{shown(body.id, transfer.council)}` {said}, but this takes effect {transfer.effective.display()}"
                    notes = [Note("the body", place(body))]
                    yield finding(
                        kb, transfer, at, rules.RECEIVER_NOT_THERE, message, notes=notes, names=[body.id]
                    )


def _destinations(move: Move) -> Iterator[tuple[tuple[str, ...], Ref]]:
    if move.to is not None:
        yield ("to",), move.to
    if move.monitored_by is not None:
        yield ("monitored_by",), move.monitored_by
    if move.closed is not None and move.closed.monitored_by is not None:
        yield ("closed", "monitored_by"), move.closed.monitored_by


def _not_there(body: Body, on: When) -> str | None:
    if body.established is not None and before(on, body.established) is Answer.YES:
        return f"was established {body.established.display()}"
    if body.ended is not None and on_or_before(body.ended, on) is Answer.YES:
        return f"ended {body.ended.display()}"
    return None


def check_authority(history: OwnershipHistory) -> Iterator[Diagnostic]:
    """The authority is dated no later than the effect (MB410) and comes from a body with the power (MB411)."""
    kb = history.kb
    for transfer in kb.of(Transfer):
        authority = kb.records.get(transfer.authorised_by) if transfer.authorised_by else None
        if authority is None:
            continue
        for rule, message, other in _faults_of_authority(kb, transfer, authority):
            at = place(transfer, ("authorised_by",))
            notes = [Note(f"the {other.noun}", place(other))]
            yield finding(kb, transfer, at, rule, message, notes=notes, names=[authority.id, other.id])


def _faults_of_authority(
    kb: KnowledgeBase, transfer: Transfer, authority: Record
) -> Iterator[tuple[Rule, str, Record]]:
    name = shown(authority.id, transfer.council)
    decided = date_of(kb, authority)
    if decided is not None and before(transfer.effective, decided) is Answer.YES:
        message = (
            f"`{name}` is dated {decided.display()}, after this takes effect ({transfer.effective.display()})"
        )
        yield rules.AUTHORITY_LATE, message, authority
    if isinstance(authority, Resolution) and authority.outcome in _LOOKING_ON:
        yield (
            rules.AUTHORITY_WITHOUT_POWER,
            f"`{name}` is {authority.outcome}, which authorises nothing",
            authority,
        )
        return
    if (
        isinstance(authority, Decision)
        and authority.decided_by is not None
        and authority.decided_by.folder == "posts"
    ):
        return  # an officer's power is checked where officer decisions are (5xx)
    body = body_of(kb, authority)
    if body is not None and not _has_power(body):
        taker = shown(body.id, transfer.council)
        message = f"`{name}` was taken by `{taker}`, a {body.kind}, which cannot move projects"
        yield rules.AUTHORITY_WITHOUT_POWER, message, body


def _has_power(body: Body) -> bool:
    return body.kind in _GOVERNING_KINDS or any(power.kind in _GOVERNING_POWERS for power in body.powers)


CHECKS = (check_receivers_are_there, check_authority)
