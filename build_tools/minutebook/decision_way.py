"""The way of a decision: who decided, reported and noted it, with the days between."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from minutebook.belonging import body_of, date_of
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import Record
from minutebook.records.decision import Decision
from minutebook.records.values import Ref
from minutebook.when import When, in_order


@dataclass(frozen=True, slots=True)
class Lag:
    """The days from one event to a later one, as bounds; None where the dates leave a side open.

    Below nothing: the sources allow that the second came first.
    """

    least: int | None
    most: int | None

    @property
    def words(self) -> str:
        """`38 to 67 days`, `the same day`, `at least 3 days`; `days not known`."""
        least, most = self.least, self.most
        if least is not None and least == most:
            return "the same day" if least == 0 else _days(least)
        if most is not None and (least is None or least <= 0):
            return f"at most {_days(most)}" if most > 0 else "not after it"
        if least is not None and most is None:
            return f"at least {_days(least)}" if least > 0 else "days not known"
        return "days not known" if least is None else f"{least:,} to {_days(most or 0)}"


class Role(enum.StrEnum):
    """What somebody had to do with a decision."""

    DECIDED = "decided"
    REPORTED = "reported"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step of a decision on its way: who, when, in which record, and how long after it was decided."""

    role: Role
    who: Ref | None
    record: Record
    when: When | None
    lag: Lag | None


def way_of(kb: KnowledgeBase, decision: Decision) -> tuple[WayStep, ...]:
    """Who decided, to whom it was reported and who noted it, in the order of their dates, the decider first."""
    later: list[WayStep] = []
    for role, records in ((Role.REPORTED, decision.reported_in), (Role.NOTED, decision.noted_by)):
        for record_id in records:
            record = kb.records.get(record_id)
            if record is not None:
                body, when = body_of(kb, record), date_of(kb, record)
                later.append(
                    WayStep(
                        role,
                        body.id if body is not None else None,
                        record,
                        when,
                        lag_between(decision.decided_on, when),
                    )
                )
    order = list(Role)
    later.sort(key=lambda step: (in_order(step.when), order.index(step.role), step.record.id))
    return (WayStep(Role.DECIDED, decision.decided_by, decision, decision.decided_on, None), *later)


def lag_between(first: When | None, second: When | None) -> Lag:
    """The fewest and the most days from some day of `first` to some day of `second`."""
    if first is None or second is None:
        return Lag(None, None)
    return Lag(_between(first.latest, second.earliest), _between(first.earliest, second.latest))


def _between(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start is not None and end is not None else None


def _days(number: int) -> str:
    return f"{number:,} {'day' if number == 1 else 'days'}"


__all__ = ["Lag", "Role", "WayStep", "lag_between", "way_of"]
