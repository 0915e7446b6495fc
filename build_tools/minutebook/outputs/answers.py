"""Who answers for a project, as a sentence with links: for standing lines, tables and lists."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from minutebook.absence import Absence
from minutebook.outputs.addresses import HOW_READ, Links
from minutebook.outputs.receipts import Receipt, show
from minutebook.outputs.words import NOT_STATED, moment, unbroken
from minutebook.ownership import Ownership, Possibility, Status
from minutebook.records.base import Citation
from minutebook.records.transfer import Transfer
from minutebook.when import When
from minutebook.wording import beginning, move_of, standing_words


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
    # Whether its words stand further up or down in the table, or among the receipts, and are not told again.
    told_above: bool = False
    told_below: bool = False
    told_by_receipts: bool = False


def read_answers(links: Links, answer: Ownership) -> tuple[Answer, ...]:
    """Every possibility of an answer."""
    return tuple(read_answer(links, answer, one) for one in answer.possible)


def read_answer(links: Links, answer: Ownership, one: Possibility) -> Answer:
    """One possibility of an answer."""
    authority = None
    if one.transfer is not None:
        authority = (
            links.record(one.authority)
            if one.authority
            else links.record(one.transfer, Absence.NOT_STATED.value)
        )
    return Answer(
        status=one.status.value,
        sentence=sentence(links, one),
        holder=links.record(one.holder) if one.holder else None,
        since=moment(one.since) if one.since is not None else None,
        transfer=links.record(one.transfer) if one.transfer else None,
        via=links.record(one.via) if one.via and one.via != answer.project else None,
        authority=authority,
        receipts=tuple(show(citation, links) for citation in (*one.citations, *_for_its_date(links, one))),
        monitored_by=links.record(one.monitored_by) if one.monitored_by else None,
        gap=_gap(links, one),
    )


def _for_its_date(links: Links, one: Possibility) -> list[Citation]:
    """The receipts of the transfer for its own date, where those of the move prove only where the project went."""
    transfer = links.kb.get(one.transfer, Transfer)
    if transfer is None:
        return []
    said = "\n".join(each.quote or "" for each in one.citations)
    return [
        each for each in transfer.citations if "effective" in each.supports and (each.quote or "") not in said
    ]


def sentence(links: Links, one: Possibility) -> Markup:
    """One possibility in words, without a capital at the beginning: it stands after a date."""
    said = Markup(standing_words(one)).format(
        holder=links.record(one.holder) if one.holder else "",
        watcher=links.record(one.monitored_by) if one.monitored_by else "",
        since=_since(one.since) if one.since is not None else "",
        into=f" ({one.into})" if one.into else "",
        not_stated=NOT_STATED,
    )
    return said + reading_note(links, one)


def reading_of(links: Links, one: Possibility) -> list[Markup]:
    """A link to how the editor reads an unclear source on which an answer rests; none where it rests on none."""
    move = move_of(links.kb, one)
    if move is None or move.reading is None or one.status is not Status.HELD:
        return []
    return [link_to_reading(links, one)]


def link_to_reading(links: Links, one: Possibility) -> Markup:
    """A link to the place on the page of the transfer where the reading is explained."""
    return links.part(one.transfer, HOW_READ, "our reading of an unclear source")


def reading_note(links: Links, one: Possibility) -> Markup:
    """That an answer rests on how the editor reads an unclear source, with a link to the reasons; else nothing."""
    said = reading_of(links, one)
    return Markup(" ({})").format(said[0]) if said else Markup("")


def _since(when: When) -> Markup:
    lead, words = beginning(when)
    return Markup("{}{}").format(lead, moment(when) if words == when.display() else unbroken(words))


def _gap(links: Links, one: Possibility) -> str | None:
    move = move_of(links.kb, one) if one.status is Status.GAP else None
    return move.gap if move is not None else None
