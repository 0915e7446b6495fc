"""Who held what, in an invented council: bodies that succeed each other, and projects that pass through them.

Projects and the bodies that run them come in portfolios that have nothing to do with one another. In
each, a transfer follows another by months, so that the order is known however wide the dates are.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.dates import FIRST, SPAN, Written, shape

MAX_TRANSFERS = 42  # of one portfolio: its longest chain is then about thirty bodies long
KINDS = {
    "programme board": "Programme Board", "improvement board": "Improvement Board", "workstream": "Workstream",
    "commissioning board": "Commissioning Board", "project group": "Project Group", "partnership": "Partnership",
    "governance board": "Governance Board", "team": "Delivery Team",
}  # fmt: skip


@dataclass
class BodyPlan:
    """A body that runs projects, from the transfer that made it to the one that ended it."""

    name: str
    kind: str
    established: Written | None = None
    ended: Written | None = None
    ended_reason: str | None = None
    succeeded_by: list[BodyPlan] = field(default_factory=list)
    slug: str = ""


@dataclass(eq=False)
class ProjectPlan:
    """A programme or project, what it is part of, and where it is as the years go by."""

    name: str
    parent: ProjectPlan | None
    depth: int
    began: date = FIRST
    parts: list[ProjectPlan] = field(default_factory=list)
    named: bool = False  # whether a transfer named it, since when it no longer follows its parent
    state: str = "not begun"  # or held, gap, ended
    holder: BodyPlan | None = None
    slug: str = ""

    def followers(self) -> list[ProjectPlan]:
        """The parts, and parts of parts, that no transfer has named yet."""
        return [one for part in self.parts if not part.named for one in (part, *part.followers())]

    def put(self, state: str, holder: BodyPlan | None = None) -> None:
        """Set where it is, by name; what follows it goes with it."""
        self.named = True
        for one in (self, *self.followers()):
            one.state, one.holder = state, holder


@dataclass
class MovePlan:
    """What becomes of one project: `where` is `to`, `closed`, `gap` or `monitored_by`."""

    what: ProjectPlan
    where: str
    body: BodyPlan | None = None


@dataclass
class TransferPlan:
    """A transfer, on a day that is known here and may be written wider."""

    kind: str
    day: date
    effective: Written
    givers: list[BodyPlan]
    moves: list[MovePlan]
    from_unstated: bool = False
    slug: str = ""


class Portfolio:
    """Projects and the bodies that hold them, simulated from one transfer to the next."""

    def __init__(
        self,
        rng: random.Random,
        name: Callable[[], str],
        standing: list[BodyPlan],
        transfers: int,
        projects: int,
    ) -> None:
        self._rng, self._name, self._standing = rng, name, standing
        self.bodies: list[BodyPlan] = []
        self.projects: list[ProjectPlan] = []
        self.transfers: list[TransferPlan] = []
        self._live: list[BodyPlan] = []
        self._spacing = timedelta(days=SPAN / transfers)
        self._found_projects(projects)
        kinds = {
            "split": self._split, "merge": self._merge, "replace": self._replace, "rename": self._rename,
            "transfer": self._transfer, "close": self._close, "reopen": self._reopen,
        }  # fmt: skip
        for number in range(transfers):
            self._day = FIRST + self._spacing * number + self._spacing * rng.uniform(0.4, 0.6)
            self._effective = shape(rng, self._day, self._spacing * 0.35)
            waiting = [one for one in self.projects if one.parent is None and one.state == "not begun"]
            if number == 0 or (waiting and number in (transfers - 1, transfers // 2)):
                self._establish(waiting, is_first=number == 0)
            else:
                kind = _FIRST[number - 1] if number <= len(_FIRST) else rng.choices(*_LATER)[0]
                if not kinds[kind]():
                    self._replace()

    @property
    def flagship(self) -> ProjectPlan:
        """The programme that goes through the most hands."""
        return self.projects[0]

    def _found_projects(self, count: int) -> None:
        """Make the projects: a few programmes, and parts of them up to three levels deep."""
        for number in range(count):
            above = [one for one in self.projects if one.depth < 2]
            is_top = number < 3 or self._rng.random() < 0.15
            # The second project is a part of the flagship, the third a programme of its own.
            parent = None if is_top and number != 1 else (self._rng.choice(above) if number > 2 else above[0])
            project = ProjectPlan(self._name(), parent, parent.depth + 1 if parent else 0)
            project.began = FIRST + timedelta(days=self._rng.randrange(SPAN // 2))
            if parent is not None:
                parent.parts.append(project)
            self.projects.append(project)

    # -- one method for each kind of transfer; False where nothing can be moved in that way ---------

    def _establish(self, waiting: list[ProjectPlan], *, is_first: bool) -> None:
        keep_back = len(waiting) // 3 if is_first and len(waiting) > 3 else 0
        chosen = waiting[: len(waiting) - keep_back]
        if is_first:
            self._effective = f"../{self._day}" if self._rng.random() < 0.3 else self._effective
            self._live.append(
                self._new_body(established=None if ".." in self._effective else self._effective)
            )
        body = self._live[-1]
        moves = [MovePlan(one, "to", body) for one in chosen]
        for one in chosen:
            one.began = self._day
        self._record("establish", [], moves)

    def _split(self) -> bool:
        giver = self._head()
        units = self._roots(giver)
        followers = [part for unit in units for part in unit.followers()]
        units += self._rng.sample(followers, min(len(followers), self._rng.randrange(1, 4)))
        if len(units) < 2:
            return False
        receivers = [self._new_body(self._effective) for _ in range(3 if len(units) > 5 else 2)]
        self._hand_over("split", "split", [giver], units, receivers)
        return True

    def _merge(self) -> bool:
        head = self._head()
        others = [one for one in self._live if one is not head and self._roots(one)]
        givers = [head, *self._rng.sample(others, min(len(others), 2))]
        return len(givers) > 1 and self._succeed("merge", "merged", givers)

    def _replace(self) -> bool:
        return self._succeed("replace", "replaced", [self._head()])

    def _rename(self) -> bool:
        return self._succeed("rename", "renamed", [self._head()])

    def _succeed(self, kind: str, reason: str, givers: list[BodyPlan]) -> bool:
        units = [root for giver in givers for root in self._roots(giver)]
        self._hand_over(kind, reason, givers, units, [self._new_body(self._effective)])
        return True

    def _transfer(self) -> bool:
        lost = [one for one in self.projects if one.state == "gap" and one.named]
        if lost and self._rng.random() < 0.5:
            move = MovePlan(self._rng.choice(lost), "to", self._rng.choice(self._live))
            self._record("transfer", [], [move], from_unstated=True)
            return True
        held = [one for one in self.projects if one.state == "held" and one.holder in self._live]
        if not held:
            return False
        project = self.flagship if self._rng.random() < 0.4 else self._rng.choice(held)
        giver = project.holder
        others = [one for one in (*self._live, *self._standing[:2]) if one is not giver]
        if project is self.flagship:
            others = [one for one in others if one in self._live]
        if giver is None or not others:
            return False
        gap = project is not self.flagship and self._rng.random() < 0.15
        move = MovePlan(project, "gap") if gap else MovePlan(project, "to", self._rng.choice(others))
        self._record("transfer", [giver], [move])
        return True

    def _close(self) -> bool:
        ended = [one for one in self.projects if one.state == "ended"]
        if ended and self._rng.random() < 0.3:
            watched = MovePlan(self._rng.choice(ended), "monitored_by", self._rng.choice(self._standing))
            self._record("close", [], [watched])
            return True
        held = [one for one in self.projects[1:] if one.state == "held"]
        if not held:
            return False
        project = self._rng.choice(held)
        assert project.holder is not None
        self._record(
            "close", [project.holder], [MovePlan(project, "closed", self._rng.choice(self._standing))]
        )
        return True

    def _reopen(self) -> bool:
        ended = [one for one in self.projects if one.state == "ended"]
        if not ended:
            return False
        self._record("reopen", [], [MovePlan(self._rng.choice(ended), "to", self._rng.choice(self._live))])
        return True

    # -- what they share ----------------------------------------------------------------------------

    def _roots(self, body: BodyPlan) -> list[ProjectPlan]:
        """What a body holds by name; the parts that follow need no word of their own."""
        return [one for one in self.projects if one.named and one.holder is body]

    def _head(self) -> BodyPlan:
        """The body that holds the flagship, which is never closed and never left in a gap."""
        assert self.flagship.holder is not None
        return self.flagship.holder

    def _hand_over(
        self,
        kind: str,
        reason: str,
        givers: list[BodyPlan],
        units: list[ProjectPlan],
        receivers: list[BodyPlan],
    ) -> None:
        """Give everything the givers hold a destination: the flagship to the first receiver, some to none."""
        moves: list[MovePlan] = []
        waiting = [self.flagship, *(unit for unit in units if unit is not self.flagship)]
        while waiting:
            unit = waiting.pop(0)
            chance = self._rng.random()
            if len(moves) < len(receivers):
                moves.append(MovePlan(unit, "to", receivers[len(moves)]))
            elif chance < 0.8 or kind == "rename":
                moves.append(MovePlan(unit, "to", self._rng.choice(receivers)))
            else:
                where = "closed" if chance < 0.94 else "gap"
                moves.append(
                    MovePlan(unit, where, self._rng.choice(self._standing) if where == "closed" else None)
                )
                # Neither an end nor a gap is inherited where everything must be accounted for.
                waiting += [part for part in unit.followers() if part not in units and part not in waiting]
        for body in givers:
            body.ended, body.ended_reason, body.succeeded_by = self._effective, reason, receivers
            self._live.remove(body)
        self._live += receivers
        self._record(kind, givers, moves)

    def _new_body(self, established: Written | None) -> BodyPlan:
        kind = self._rng.choice(list(KINDS))
        body = BodyPlan(f"{self._name()} {KINDS[kind]}", kind, established)
        self.bodies.append(body)
        return body

    def _record(
        self, kind: str, givers: list[BodyPlan], moves: list[MovePlan], *, from_unstated: bool = False
    ) -> None:
        for move in moves:
            state = {"to": "held", "gap": "gap"}.get(move.where, "ended")
            move.what.put(state, move.body if move.where == "to" else None)
        self.transfers.append(TransferPlan(kind, self._day, self._effective, givers, moves, from_unstated))


# Each kind comes once, in an order in which it is possible; then as it falls out.
_FIRST = ("split", "transfer", "close", "reopen", "merge", "rename", "replace")
_LATER = (
    ("split", "merge", "replace", "rename", "transfer", "close", "reopen"),
    (0.2, 0.14, 0.2, 0.12, 0.22, 0.08, 0.04),
)


def make_portfolios(
    rng: random.Random, name: Callable[[], str], standing: list[BodyPlan], transfers: int, projects: int
) -> list[Portfolio]:
    """Share so many transfers and projects among as few portfolios as keep the chains long."""
    count = -(-transfers // MAX_TRANSFERS)
    return [
        Portfolio(rng, name, standing, _share(transfers, count, number), _share(projects, count, number))
        for number in range(count)
    ]


def _share(whole: int, count: int, number: int) -> int:
    return whole // count + (number < whole % count)
