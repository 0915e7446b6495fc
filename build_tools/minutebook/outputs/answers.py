"""Who answers for a project, as a sentence with links: for standing lines, tables and lists."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from minutebook.outputs.addresses import Links
from minutebook.outputs.receipts import Receipt, show
from minutebook.outputs.words import NOT_STATED, moment, since
from minutebook.ownership import Ownership, Possibility, Status
from minutebook.records.transfer import Move, Transfer


@dataclass(frozen=True, slots=True)
class Answer:
    """One possibility: the sentence, and why it is so."""

    status: str
    sentence: Markup
    holder: Markup | None
    since: Markup | None
    transfer: Markup | None
    via: Markup | None
    authority: Markup | None
    receipts: tuple[Receipt, ...]
    monitored_by: Markup | None
    gap: str | None
    # Whether its words stand further up or down on the page and are not told again.
    told_above: bool = False
    told_below: bool = False


def read_answers(links: Links, answer: Ownership) -> tuple[Answer, ...]:
    """Every possibility of an answer."""
    return tuple(read_answer(links, answer, one) for one in answer.possible)


def read_answer(links: Links, answer: Ownership, one: Possibility) -> Answer:
    """One possibility of an answer."""
    authority = None
    if one.transfer is not None:
        authority = links.record(one.authority) if one.authority else NOT_STATED
    return Answer(
        status=one.status.value,
        sentence=sentence(links, one),
        holder=links.record(one.holder) if one.holder else None,
        since=moment(one.since) if one.since is not None else None,
        transfer=links.record(one.transfer) if one.transfer else None,
        via=links.record(one.via) if one.via and one.via != answer.project else None,
        authority=authority,
        receipts=tuple(show(citation, links) for citation in one.citations),
        monitored_by=links.record(one.monitored_by) if one.monitored_by else None,
        gap=_gap(links, one),
    )


def sentence(links: Links, one: Possibility) -> Markup:
    """One possibility in words, without a capital at the beginning: it stands after a date."""
    begun = since(one.since) if one.since is not None else Markup("")
    if one.status is Status.HELD:
        return Markup("held by {}{}").format(links.record(one.holder), begun)
    if one.status is Status.ENDED:
        move = _move(links, one)
        into = (
            Markup(" ({})").format(move.closed.into) if move is not None and move.closed is not None else ""
        )
        if one.monitored_by is None:
            return Markup("ended{}{}; who goes on watching it is {}").format(into, begun, NOT_STATED)
        return Markup("ended{}{}; watched by {}").format(into, begun, links.record(one.monitored_by))
    if one.status is Status.GAP:
        if one.transfer is None:
            return Markup("nobody is stated to hold it: no transfer names it")
        return Markup("a gap{}: nobody is stated to have received it").format(begun)
    if one.status is Status.WITHHELD:
        return Markup("withheld: the answer rests on a record that is not public")
    return Markup("not yet begun")


def _gap(links: Links, one: Possibility) -> str | None:
    move = _move(links, one) if one.status is Status.GAP else None
    return move.gap if move is not None else None


def _move(links: Links, one: Possibility) -> Move | None:
    """The line of the transfer that brought this about."""
    transfer = links.kb.get(one.transfer, Transfer)
    if transfer is None:
        return None
    return next((move for move in transfer.moves if move.what == one.via), None)
