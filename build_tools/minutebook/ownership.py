"""Who answers for a project on a date: a total function, computed from transfers and from nothing else."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import Citation
from minutebook.records.project import Project
from minutebook.records.statement import Statement
from minutebook.records.transfer import Transfer, TransferKind
from minutebook.records.values import Ref
from minutebook.transfer_order import Order, Step, order_of
from minutebook.when import ALWAYS, NEVER, Answer, When, before, bounds, day_numbers


class Status(enum.StrEnum):
    """What can be answered to *who owns this project on that date*."""

    HELD = "held"
    UNCERTAIN = "uncertain"
    GAP = "gap"
    NOT_BEGUN = "not-begun"
    ENDED = "ended"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Possibility:
    """One answer that the sources allow.

    `since` is when this state began, as wide as the source leaves it; `transfer` made it so on
    `authority`; `via` is the project the transfer names, itself or what it is part of.
    """

    status: Status
    holder: Ref | None = None
    since: When | None = None
    transfer: Ref | None = None
    authority: Ref | None = None
    monitored_by: Ref | None = None
    via: Ref | None = None
    into: str | None = None  # what it became when it ended
    citations: tuple[Citation, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Ownership:
    """The answer for one project on one date: every possibility, in the order in which they would come about."""

    project: Ref
    on: When
    possible: tuple[Possibility, ...]
    disputed_by: tuple[Ref, ...] = ()

    @property
    def status(self) -> Status:
        """The one status of all possibilities, or uncertain where they differ in status or holder."""
        answers = {(one.status, one.holder) for one in self.possible}
        return next(iter(answers))[0] if len(answers) == 1 else Status.UNCERTAIN

    @property
    def holders(self) -> tuple[Ref, ...]:
        """The bodies among the possibilities, each once."""
        return tuple(dict.fromkeys(one.holder for one in self.possible if one.holder is not None))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The receipts of the possibilities, each once."""
        return tuple(dict.fromkeys(citation for one in self.possible for citation in one.citations))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which one answer holds, the first and the last included; None where there is no end."""

    first: date | None
    last: date | None
    answer: Ownership


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps of one project, in an order that fits, and the days on which what each left can have held."""

    project: Project
    order: Order
    spans: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The transfers that moved it, and before them those that moved what it is part of."""
        return self.order.steps

    @property
    def unordered(self) -> tuple[tuple[Step, Step], ...]:
        """The pairs of its own whose order nothing tells."""
        return self.order.unordered

    def state_after(self, number: int) -> Possibility:
        """What holds once the first `number` steps have been taken."""
        if number == 0:
            return self._at_first()
        step = self.steps[number - 1]
        move, since = step.move, step.transfer.effective
        status, monitor, into = Status.GAP, None, None
        if move.to is not None:
            status = Status.HELD
        elif move.closed is not None:
            status, monitor, into = Status.ENDED, move.closed.monitored_by, move.closed.into
        elif move.monitored_by is not None:
            status, monitor = Status.ENDED, move.monitored_by
            since, into = self._closed_before(number)
        return Possibility(
            status,
            holder=move.to,
            since=since,
            transfer=step.transfer.id,
            authority=step.transfer.authorised_by,
            monitored_by=monitor,
            via=move.what,
            into=into,
            citations=move.citations or step.transfer.citations,
        )

    def state_before(self, transfer: Ref) -> Possibility | None:
        """What held before a transfer took effect; None where it did not move the project."""
        number = self.order.number_of(transfer)
        return self.state_after(number) if number is not None else None

    def _at_first(self) -> Possibility:
        if self.steps and self.steps[0].transfer.kind is TransferKind.ESTABLISH:
            first = self.steps[0]
            return Possibility(Status.NOT_BEGUN, citations=first.move.citations or first.transfer.citations)
        return Possibility(Status.GAP)  # no transfer says who held it; a check says so of the record

    def _closed_before(self, number: int) -> tuple[When, str | None]:
        """When and into what a project was closed whose watching a step passes on."""
        for step in reversed(self.steps[:number]):
            if step.move.closed is not None:
                return step.transfer.effective, step.move.closed.into
        return self.steps[number - 1].transfer.effective, None


class OwnershipHistory:
    """The chains of every project of a knowledge base, and the questions that can be put to them."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._chains: dict[Ref, Chain] = {}

    def chain(self, project: Project) -> Chain:
        """The steps of a project: its parent's until a transfer names it, then its own."""
        if (known := self._chains.get(project.id)) is not None:
            return known
        line = [project]  # upwards to the first ancestor whose chain is known, or to the top
        seen = {project.id}
        circle: set[Ref] = set()  # what is part of itself by a circle inherits nothing, wherever one begins
        while (parent := self.kb.get(line[-1].parent, Project)) is not None and parent.id not in self._chains:
            if parent.id in seen:
                circle = {one.id for one in line[[one.id for one in line].index(parent.id) :]}
                break
            seen.add(parent.id)
            line.append(parent)
        for one in reversed(line):
            above = self.kb.get(one.parent, Project) if one.id not in circle else None
            inherited = self._chains.get(above.id) if above is not None else None
            order = order_of(self._named.get(one.id, ()), inherited.order if inherited else None)
            self._chains[one.id] = Chain(one, order, order.spans())
        return self._chains[project.id]

    def owner(self, project: Project, on: When) -> Ownership:
        """Who answers for a project on a date; a date wider than a day means some day in it."""
        chain = self.chain(project)
        found: dict[Possibility, None] = {}
        for first, last in day_numbers(on):
            found.update(dict.fromkeys(_possible(chain, first, last)))
        possible = tuple(found)
        disputing = (
            statement.id
            for one in possible
            if one.transfer is not None
            for statement in self.kb.pointing(one.transfer, "disputed_by", Statement)
        )
        return Ownership(project.id, on, possible, tuple(dict.fromkeys(disputing)))

    def stretches(self, project: Project) -> tuple[Stretch, ...]:
        """The answers for a project from the beginning to the end of time, each with the days it holds for."""
        days = sorted(self._turning_days(project))
        starts = [ALWAYS, *days]
        ends = [*(day - 1 for day in days), NEVER]
        found: list[Stretch] = []
        for start, end in zip(starts, ends, strict=True):
            middle = When.parse(date.fromordinal(min(max(start, 1), date.max.toordinal())).isoformat())
            answer = self.owner(project, middle)
            if found and found[-1].answer.possible == answer.possible:
                found[-1] = Stretch(found[-1].first, _day(end), found[-1].answer)
            else:
                found.append(Stretch(_day(start), _day(end), answer))
        return tuple(found)

    def _turning_days(self, project: Project) -> set[int]:
        """The days on which the answer for a project can change, as ordinals."""
        spans = (span for spans in self.chain(project).spans for span in spans)
        days = {day for first, until in spans for day in (first, until + 1)}
        if project.began is not None:
            days |= set(bounds(project.began))
        return {day for day in days if ALWAYS < day < NEVER}

    def ever_held(self, body: Ref) -> tuple[Project, ...]:
        """The projects that some step gave to a body, by id."""
        return self._ever_held.get(body, ())

    def holdings(self, body: Ref, on: When) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
        """What a body held on a date for certain, and what it may have held."""
        held, possibly = [], []
        for project in self.ever_held(body):
            answer = self.owner(project, on)
            if answer.status is Status.HELD and answer.holders == (body,):
                held.append(project.id)
            elif body in answer.holders:
                possibly.append(project.id)
        return tuple(held), tuple(possibly)

    def changes(self) -> Iterator[Transfer]:
        """Every transfer, in the order of its date."""
        return iter(sorted(self.kb.of(Transfer), key=lambda t: (t.effective.sort_key, t.id)))

    @cached_property
    def _named(self) -> dict[Ref, tuple[Step, ...]]:
        """By project: the transfers that name it. A second move of it by one transfer is a finding, not a step."""
        named: defaultdict[Ref, dict[Ref, Step]] = defaultdict(dict)
        for transfer in self.kb.of(Transfer):
            for move in transfer.moves:
                named[move.what].setdefault(transfer.id, Step(transfer, move))
        return {project: tuple(steps.values()) for project, steps in named.items()}

    @cached_property
    def _ever_held(self) -> dict[Ref, tuple[Project, ...]]:
        held: defaultdict[Ref, dict[Ref, Project]] = defaultdict(dict)
        for project in self.kb.of(Project):
            for step in self.chain(project).steps:
                if step.holder is not None:
                    held[step.holder][project.id] = project
        return {body: tuple(projects.values()) for body, projects in held.items()}


def _possible(chain: Chain, first: int, last: int) -> Iterator[Possibility]:
    """The states in which a project can be on some day from `first` to `last`, in order."""
    began = chain.project.began
    if began is not None:
        # The project's own life: before it began there was nothing to hold, whoever ran the programme.
        if began.latest is None or first < began.latest.toordinal():
            yield Possibility(Status.NOT_BEGUN, citations=chain.project.citations)
        if began.earliest is not None:
            first = max(first, began.earliest.toordinal())
    for number, spans in enumerate(chain.spans):
        if any(max(first, begins) <= min(last, ends) for begins, ends in spans):
            state = chain.state_after(number)
            if began is not None and state.since is not None and state.via != chain.project.id:
                # What came with its programme has been held since the later of the two beginnings.
                state = replace(state, since=_later_of(state.since, began))
            yield state


def _later_of(a: When, b: When) -> When:
    """The later of two days, as wide as the two leave it."""
    if before(a, b) is Answer.NO:
        return a
    if before(b, a) is Answer.NO:
        return b
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    first, last = _day(max(a_first, b_first)), _day(max(a_last, b_last))
    return When.parse(f"{first or '..'}/{last or '..'}") if first or last else a


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ALWAYS < ordinal < NEVER else None
