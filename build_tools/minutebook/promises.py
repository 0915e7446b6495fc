"""What became of what was promised: where each promise stands on a date, as far as the sources held then say."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from minutebook.held import latest_document, reach_in_words
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.action import Action, ActionStatus, DueDate, DueKind, StatusChange
from minutebook.records.base import Citation
from minutebook.records.source_document import SourceDocument
from minutebook.when import Answer, When, before, on_or_before


class PromiseState(enum.StrEnum):
    """Where a promise stands on a date.

    `overdue`: the last day it can have been promised for has certainly passed, and no source held by
    then shows that it was kept or that the work was going on. `due`: that day has certainly not passed. `moved`: it was put off to a
    day that has not passed, or to none. `cannot tell`: no last day was named, or it was an estimate and has passed, or the
    date asked about is too wide to say whether it has passed. `dropped`: a source says that it will not be done. `expected`: nobody
    promised it, whatever came of it: another is to decide or to act.
    """

    OVERDUE = "overdue"
    DUE = "due"
    KEPT = "kept"
    MOVED = "moved"
    CANNOT_TELL = "cannot tell"
    DROPPED = "dropped"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as it stood on a date: the day it is due, where it stands, and the receipts for both.

    `first_due` is what it was due first where that is another day. `latest_document` is the date of the latest document
    of the council that is held, and `reach` the same in words: what came later is not known.
    """

    action: Action
    on: When
    standing: PromiseState
    due: DueDate | None
    first_due: DueDate | None
    times_moved: int
    ongoing: bool
    state: StatusChange | None
    reach: str | None
    latest_document: When | None
    citations: tuple[Citation, ...]

    @property
    def due_date(self) -> When | None:
        """The day or days it was last promised for; None where none is named."""
        return self.due.date if self.due is not None else None

    @property
    def is_after_the_documents(self) -> bool:
        """Whether its last day is later than the latest document held, so that none could show it done."""
        if self.latest_document is None or self.due_date is None:
            return False
        return self.latest_document.last_known < self.due_date.last_known

    @property
    def is_estimate(self) -> bool:
        """Whether that day was an estimate, and nobody undertook it."""
        return self.due is not None and self.due.date is not None and self.due.given_as is DueKind.ESTIMATE

    @property
    def sort_key(self) -> tuple[int, date, str]:
        """Overdue first, the longest overdue at the top; then what is due next; then the rest."""
        order = list(_ORDER).index(self.standing)
        last = self.due_date.last_known if self.due_date is not None else date.max
        return (order, last, self.action.id)


_ORDER = (
    PromiseState.OVERDUE,
    PromiseState.DUE,
    PromiseState.MOVED,
    PromiseState.CANNOT_TELL,
    PromiseState.EXPECTED,
    PromiseState.KEPT,
    PromiseState.DROPPED,
)


def promises(kb: KnowledgeBase, on: When) -> tuple[Promise, ...]:
    """Every promise that sources dated no later than `on` show, as it stood then; what is overdue first."""
    found = (promise(kb, action, on) for action in kb.of(Action))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.sort_key))


def promise(kb: KnowledgeBase, action: Action, on: When) -> Promise | None:
    """One promise as it stood on a date; None where no source dated by then shows that it was made."""
    if action.erased or (action.promised_on is not None and before(on, action.promised_on) is Answer.YES):
        return None
    known = _Known(kb, on)
    if not known.any(action.citations):
        return None
    dues = [
        one
        for n, one in enumerate(action.due)
        if known.about(action, one.said_on, one.citations, is_first=n == 0)
    ]
    states = [
        one
        for one in action.status
        if known.about(action, one.on, one.citations, is_first=one.status is ActionStatus.OPEN)
    ]
    due = dues[-1] if dues else None
    status = states[-1].status if states else None
    latest = latest_document(kb, action.council, on)
    return Promise(
        action=action,
        on=on,
        standing=PromiseState.EXPECTED if action.is_expected else _standing(due, status, len(dues) > 1, on),
        state=states[-1] if states else None,
        reach=reach_in_words(kb, action.council, on),
        latest_document=latest.dated if latest is not None else None,
        due=due,
        first_due=dues[0] if len(dues) > 1 else None,
        times_moved=max(len(dues) - 1, 0),
        ongoing=status is ActionStatus.ONGOING,
        citations=known.receipts(action, due, states[-1] if states else None),
    )


def _standing(due: DueDate | None, status: ActionStatus | None, was_moved: bool, on: When) -> PromiseState:
    if status is ActionStatus.KEPT:
        return PromiseState.KEPT
    if status is ActionStatus.DROPPED:
        return PromiseState.DROPPED
    was_moved = was_moved or status is ActionStatus.PUT_OFF
    if due is None or due.date is None:
        return PromiseState.MOVED if was_moved else PromiseState.CANNOT_TELL
    # What was promised for January may be done on its last day: until then it is due.
    last = due.date.latest
    if last is None:
        return PromiseState.CANNOT_TELL
    passed = before(last, on)
    if passed is Answer.YES:
        # A day that was only estimated is no promise broken when it passes.
        is_open = status is ActionStatus.ONGOING or due.given_as is DueKind.ESTIMATE
        return PromiseState.CANNOT_TELL if is_open else PromiseState.OVERDUE
    if passed is Answer.UNCERTAIN:
        return PromiseState.CANNOT_TELL
    return PromiseState.MOVED if was_moved else PromiseState.DUE


class _Known:
    """What could be known on a date: a source that is certainly later is left out."""

    def __init__(self, kb: KnowledgeBase, on: When) -> None:
        self._kb = kb
        self._on = on

    def about(
        self, action: Action, said_on: When | None, citations: Iterable[Citation], *, is_first: bool
    ) -> bool:
        """Whether something said on a day, with receipts of its own or none, could be known.

        What came after the promise, and has neither, was known once all documents of the promise were.
        """
        if said_on is not None and on_or_before(said_on, self._on) is Answer.NO:
            return False
        listed = tuple(citations)
        if said_on is None and not listed and not is_first:
            return all(self.had(one) for one in action.citations)
        return self.any(listed)

    def any(self, citations: Iterable[Citation]) -> bool:
        """Whether one of the receipts could be had; where there are none, nothing speaks against it."""
        listed = tuple(citations)
        return not listed or any(self.had(one) for one in listed)

    def had(self, citation: Citation) -> bool:
        """Whether the document of a receipt is not certainly later."""
        source = self._kb.get(citation.source, SourceDocument)
        return source is None or source.dated is None or on_or_before(source.dated, self._on).possible

    def receipts(
        self, action: Action, due: DueDate | None, state: StatusChange | None
    ) -> tuple[Citation, ...]:
        """The receipts for the promise, its day and where it stands, each once, of what could be had."""
        return tuple(dict.fromkeys(_all(self, (action.citations, _of(due), _of(state)))))


def _of(part: DueDate | StatusChange | None) -> tuple[Citation, ...]:
    return part.citations if part is not None else ()


def _all(known: _Known, groups: Iterable[Iterable[Citation]]) -> Iterator[Citation]:
    for group in groups:
        yield from (one for one in group if known.had(one))


__all__ = ["Promise", "PromiseState", "promise", "promises"]
