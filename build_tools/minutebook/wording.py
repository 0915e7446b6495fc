"""Answers about ownership as sentences in plain English, the same on a terminal and on a page."""

from __future__ import annotations

from minutebook.knowledge_base import KnowledgeBase
from minutebook.ownership import Possibility, Status
from minutebook.records.transfer import Move, Transfer
from minutebook.when import When

# Words of a source that already say "since".
_BEGINNINGS = ("from ", "as from ", "since ", "with effect from ", "by ")


def since(when: When) -> str:
    """When something began, to follow a verb: `since early 2019`, `as from January 2020`, `recently`."""
    words = when.display()
    if words.lower().startswith(_BEGINNINGS) or not any(c.isdigit() for c in words):
        return words[0].lower() + words[1:]
    return f"since some day {words}" if words.startswith("between ") else f"since {words}"


def on_date(when: When) -> str:
    """A date asked about, with its preposition: `on 10 January 2020`, `in January 2020`."""
    words = when.display()
    if when.exact:
        return f"on {words}"
    return f"in {words}" if words[0].isdigit() or words[0].isupper() else words


def title_of(kb: KnowledgeBase, record_id: str | None) -> str:
    """The title of a record, or its id where it is not there."""
    record = next(iter(kb.find(record_id)), None) if record_id else None
    return record.title if record is not None else str(record_id)


def move_of(kb: KnowledgeBase, one: Possibility) -> Move | None:
    """The move of the transfer that made it so."""
    transfer = kb.get(one.transfer, Transfer)
    if transfer is None:
        return None
    return next((move for move in transfer.moves if move.what == one.via), None)


def standing(kb: KnowledgeBase, one: Possibility) -> str:
    """One possibility as the end of a sentence, without its full stop: `held by … since …`."""
    began = f" {since(one.since)}" if one.since is not None else ""
    if one.status is Status.HELD:
        return f"held by {title_of(kb, one.holder)}{began}"
    if one.status is Status.ENDED:
        into = f" ({one.into})" if one.into else ""
        watcher = title_of(kb, one.monitored_by) if one.monitored_by else None
        watched = f"watched by {watcher}" if watcher else "who goes on watching it is not stated"
        return f"ended{into}{began}; {watched}"
    if one.status is Status.GAP:
        return f"held by nobody who is named{began}: a gap in the record"
    if one.status is Status.WITHHELD:
        return "withheld: the answer rests on a record that is not public"
    return "not yet begun"
