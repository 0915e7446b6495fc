"""Answers about ownership as sentences in plain English, the same on a terminal and on a page."""

from __future__ import annotations

import re

from minutebook.absence import Absence
from minutebook.knowledge_base import KnowledgeBase
from minutebook.ownership import Possibility, Status
from minutebook.promises import Promise, PromiseState
from minutebook.records.action import ActionStatus, DueDate
from minutebook.records.transfer import Move, Transfer
from minutebook.when import When
from minutebook.when_text import MONTHS

# Words of a source that already say how a date is meant: no `since` before them.
_SAYS_WHEN = re.compile(
    r"(?:as |with effect |effective )?(?:from|since|by|in|on|one of|before|after|until|some time from|during)\b",
    re.I,
)

# How each answer reads, the same on a terminal and on a page: what stands in brackets is a name, a
# date or a word, which a page can make a link of.
_STANDING = {
    Status.HELD: "held by {holder}{since}",
    Status.ENDED: "ended{into}{since}; watched by {watcher}",
    Status.GAP: "nobody is stated to hold it{since}",
    Status.WITHHELD: "withheld: the answer rests on a record that is not public",
    Status.NOT_BEGUN: "not yet begun",
}
_WATCHER_NOT_STATED = "ended{into}{since}; who goes on watching it is {not_stated}"
_NO_TRANSFER = "nobody is stated to hold it: no transfer names it"


def standing_words(one: Possibility) -> str:
    """One possibility as a sentence to be filled in, without its capital and its full stop."""
    if one.status is Status.ENDED and one.monitored_by is None:
        return _WATCHER_NOT_STATED
    if one.status is Status.GAP and one.transfer is None:
        return _NO_TRANSFER
    return _STANDING[one.status]


def beginning(when: When) -> tuple[str, str]:
    """What leads from a verb to a beginning, and its words: ` since `, `early 2019`; `, `, `as from January 2020`."""
    words = when.display()
    if words.startswith("between "):
        return " since some day ", words
    if _SAYS_WHEN.match(words):
        return ", ", in_a_sentence(words)
    if not any(c.isdigit() for c in words):
        return " ", in_a_sentence(words)  # `recently`
    return " since ", words


def in_a_sentence(words: str) -> str:
    """Words that may begin a line, as they stand after others: `Noted` becomes `noted`, `ASC` stays."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or len(words) == 1 else words


_HEDGE = re.compile(r"(?:probably|possibly|perhaps) (?=\d|[A-Z]|one of )")
_HAS_YEAR = re.compile(r"\d{4}")
_NAMES_A_DAY = re.compile(r"(?:one of )?\d{1,2} [A-Z]")


def on_date(when: When) -> str:
    """A date with its preposition: `on 10 January 2020`, `in January 2020`, `probably on 23 November 2021`."""
    words = when.display()
    if when.exact:
        return f"on {words}"
    hedge, words = (found[0], words[found.end() :]) if (found := _HEDGE.match(words)) else ("", words)
    if _NAMES_A_DAY.match(words):
        return f"{hedge}on {words}"
    if words.startswith("the "):
        return f"{hedge}in {words}"  # `the financial year 2019/20`
    return f"{hedge}in {words}" if words[0].isdigit() or words[0].isupper() else f"{hedge}{words}"


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


def possibility_in_words(kb: KnowledgeBase, one: Possibility) -> str:
    """One possibility as plain text: `held by … since …`."""
    return standing_words(one).format(
        holder=title_of(kb, one.holder),
        watcher=title_of(kb, one.monitored_by),
        since="".join(beginning(one.since)) if one.since is not None else "",
        into=f" ({one.into})" if one.into else "",
        not_stated=Absence.NOT_STATED.value,
    )


# What can be said of a promise; in brackets the day it was due, and what the latest document held is dated.
_PROMISE = {
    PromiseState.OVERDUE: "overdue, as far as the documents held show: it was due{due}, and none shows that it was done{reach}",
    PromiseState.DUE: "due{due}",
    PromiseState.MOVED: "{first}put off{since}{due}; no document held shows what came of it{reach}",
    PromiseState.KEPT: "kept{since}{due}",
    PromiseState.DROPPED: "dropped{since}{due}",
    PromiseState.CANNOT_TELL: "cannot tell{due}",
    PromiseState.EXPECTED: "expected{due}; {came}",
}


def promise_sentence(promise: Promise) -> str:
    """Where a promise stands, as a sentence without its full stop."""
    reach = f" (latest document held: {promise.reach})" if promise.reach is not None else ""
    said = _PROMISE[promise.standing].format(
        due=_due_words(promise),
        since=_state_words(promise),
        reach=reach,
        came=_what_came(promise) + reach,
        first=_first_words(promise),
    )
    if promise.standing is PromiseState.CANNOT_TELL:
        said += f": {_why_not_told(promise)}{reach if promise.ongoing or promise.is_estimate else ''}"
    elif promise.ongoing:
        said += "; the work goes on"
    elif promise.is_estimate and promise.standing is PromiseState.DUE:
        said += " (an estimate)"
    if promise.times_moved and promise.standing is not PromiseState.MOVED:
        times = "once" if promise.times_moved == 1 else f"{promise.times_moved} times"
        said += f"; put off {times}"
    return said[0].upper() + said[1:]


def _with_year(due: DueDate) -> str | None:
    """The source's words for a day it was due, with the year where they leave it to be understood."""
    words, when = due.words, due.date
    if words is None or when is None or when.earliest is None or when.latest is None:
        return words
    is_month = any(month in words for month in MONTHS)
    if not is_month or _HAS_YEAR.search(words) or when.earliest.year != when.latest.year:
        return words
    return f"{words} {when.latest.year}"


# What is said of something expected of another, by the state in which the documents last show it.
_CAME = {
    ActionStatus.KEPT: "it was done{since}",
    ActionStatus.DROPPED: "it was dropped{since}",
    ActionStatus.PUT_OFF: "it was put off{since}",
    ActionStatus.ONGOING: "the work was going on when the documents held last tell of it",
}


def _what_came(promise: Promise) -> str:
    """What became of something expected, or that no document shows it."""
    status = promise.state.status if promise.state is not None else None
    return (
        _CAME.get(status, "no document held shows it").format(since=_state_words(promise))
        if status
        else "no document held shows it"
    )


# The one sentence that goes with every list of what is overdue, on a page and on a terminal.
A_QUESTION = (
    "Overdue is a question to ask, not a finding: the council may hold a paper that is not held here."
)


def promise_in_list(promise: Promise) -> str:
    """The same in a list whose heading says where it stands: when it was due, without a full stop."""
    if promise.standing is not PromiseState.OVERDUE:
        return promise_sentence(promise)
    words = f"due{_due_words(promise)}"
    return words[0].upper() + words[1:]


def _why_not_told(promise: Promise) -> str:
    if promise.ongoing:
        return "the work was going on when the documents held last tell of it"
    if promise.due_date is None or promise.due_date.latest is None:
        said = promise.due is not None and promise.due.words is not None
        return "no day can be worked out from that" if said else "no last day was named"
    if promise.is_estimate:
        return "that day was an estimate, not an undertaking, and no document held shows whether it was done"
    return "that day may or may not have passed"


def _state_words(promise: Promise) -> str:
    """When it came to stand so: ` on 7 January 2020`."""
    when = promise.state.on if promise.state is not None else None
    if when is None:
        return ""
    words = when.display()
    return f" on {words}" if when.exact else f" {words}" if _SAYS_WHEN.match(words) else f", {words}"


def _first_words(promise: Promise) -> str:
    """When it was due before it was put off, as what was said next follows it: `was due in February 2020; `."""
    words = _after_the_verb(promise.first_due)
    return f"was due{words}; " if words else ""


def _due_words(promise: Promise) -> str:
    """When it was due, as it follows the verb: ` in February 2020`, ` on 3 March 2020`, `, to a later meeting`."""
    due = promise.due
    if due is None or (due.words is None and due.date is None):
        return ""
    words = _with_year(due) or (due.date.display() if due.date is not None else "")
    if promise.standing is PromiseState.MOVED:
        to = words if words.startswith("to ") else f"to {words}"
        return f", {to}" if promise.state is not None and promise.state.on is not None else f" {to}"
    if promise.is_estimate and promise.standing is PromiseState.CANNOT_TELL:
        return f" (estimated for {words})"
    if promise.standing not in (PromiseState.OVERDUE, PromiseState.DUE, PromiseState.EXPECTED):
        return f" (due {words})"
    return _after_the_verb(due)


def _after_the_verb(due: DueDate | None) -> str:
    """A day it was due, as it follows `due`: ` in February 2020`, ` on 3 March 2020`."""
    if due is None or (due.words is None and due.date is None):
        return ""
    words = _with_year(due) or (due.date.display() if due.date is not None else "")
    if _SAYS_WHEN.match(words):
        return f" {words}"
    if due.date is not None and words == due.date.display():
        return f" {on_date(due.date)}"
    return f" (“{words}”)"  # the source's own words, where they do not begin as a date does
