"""A ledger of transfers, written as records are, and what is asked of it; and ledgers drawn at random."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from inspect import cleandoc
from typing import Any

from hypothesis import strategies as st

from minutebook.knowledge_base import KnowledgeBase
from minutebook.ownership import Ownership, OwnershipHistory, Possibility
from minutebook.records import BY_FOLDER
from minutebook.records.base import Record
from minutebook.records.project import Project
from minutebook.records.values import Ref
from minutebook.source import SourceFile
from minutebook.when import When
from tests.helpers import knowledge_base


def history_of(ledger: str) -> OwnershipHistory:
    """The history that a ledger tells."""
    return OwnershipHistory(knowledge_base(ledger))


def read_questions(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """A ledger, and its questions: the project, the date, the answer."""
    ledger, _, questions = cleandoc(text).partition("\n--\n")
    rows = [line.rpartition(": ") for line in questions.splitlines()]
    return ledger, [(asked.split(" ", 1)[0], asked.split(" ", 1)[1], answer) for asked, _, answer in rows]


def ask(history: OwnershipHistory, project: str, on: str) -> Ownership:
    """The answer for a project of Ambledown on a date."""
    found = history.kb.get(f"ambledown/projects/{project}", Project)
    assert found is not None, f"no project {project} in the ledger"
    return history.owner(found, When.parse(on))


def shown(possibility: Possibility) -> str:
    """A possibility in words."""
    words = [possibility.status.value]
    if possibility.holder is not None:
        words.append(possibility.holder.slug)
    if possibility.monitored_by is not None:
        words.append(f"watched by {possibility.monitored_by.slug}")
    return " ".join(words)


def answers(history: OwnershipHistory, project: str, on: str) -> str:
    """The possibilities for a project on a date, in words."""
    return " | ".join(map(shown, ask(history, project, on).possible))


FIRST, LAST = date(2019, 1, 1), date(2019, 3, 31)
DAYS = st.dates(FIRST, LAST)
BODIES = st.sampled_from([f"bodies/{name}" for name in "abcd"])
PROJECTS = [f"projects/{name}" for name in "pqrs"]


def between(first: date | None, last: date | None) -> str:
    """The value of a date that lies between two days, either of which may be open."""
    if first == last and first is not None:
        return first.isoformat()
    return f"{first or '..'}/{last or '..'}"


@st.composite
def whens(draw: st.DrawFn) -> str:
    """A day, a span, a span with an open end, or one of several days."""
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=3, unique=True)))
    kind = draw(st.sampled_from(["span", "span", "open before", "open after", "set"]))
    if kind == "set" and len(days) > 1:
        return f"[{', '.join(day.isoformat() for day in days)}]"
    first = None if kind == "open before" else days[0]
    return between(first, None if kind == "open after" else days[-1])


def record(record_id: str, fields: dict[str, Any]) -> Record:
    """A record of Ambledown from its fields."""
    ref = Ref.parse(record_id, "ambledown")
    model = BY_FOLDER[ref.folder].model_validate(
        {"title": ref.slug, **fields}, context={"council": "ambledown"}
    )
    return model.placed(ref, SourceFile(f"kb/{ref}.md", ""), "", 1)


def destinations() -> st.SearchStrategy[dict[str, Any]]:
    """Where a move goes."""
    return st.one_of(
        BODIES.map(lambda body: {"to": body}),
        BODIES.map(lambda body: {"to": body}),
        st.just({"gap": "Nobody is named."}),
        st.just({"closed": {"into": "discontinued"}}),
        BODIES.map(lambda body: {"closed": {"into": "business as usual", "monitored_by": body}}),
        BODIES.map(lambda body: {"monitored_by": body}),
    )


@st.composite
def knowledge_bases(draw: st.DrawFn) -> KnowledgeBase:
    """Any projects, part of each other in any way, any bodies and any transfers: most make no sense."""
    records = []
    for body in "abc":
        life = {name: draw(whens()) for name in ("established", "ended") if draw(st.integers(0, 3)) == 0}
        records.append(
            record(
                f"bodies/{body}", {"kind": draw(st.sampled_from(["programme board", "workstream"])), **life}
            )
        )
    for project in PROJECTS:
        fields: dict[str, Any] = {"kind": "project"}
        if draw(st.booleans()):
            fields["parent"] = draw(st.sampled_from([*PROJECTS, "projects/nowhere"]))
        if draw(st.integers(0, 2)) == 0:
            fields["began"] = draw(whens())
        records.append(record(project, fields))
    for number in range(draw(st.integers(0, 6))):
        moves = draw(st.lists(st.tuples(st.sampled_from(PROJECTS), destinations()), min_size=1, max_size=3))
        kinds = [
            "establish",
            "establish",
            "transfer",
            "split",
            "merge",
            "replace",
            "rename",
            "close",
            "reopen",
        ]
        fields = {
            "kind": draw(st.sampled_from(kinds)),
            "effective": draw(whens()),
            "authorised_by": None,
            "from": draw(st.lists(BODIES, max_size=2, unique=True)),
            "moves": [{"what": what, **destination} for what, destination in moves],
        }
        records.append(record(f"transfers/{number}", fields))
    return KnowledgeBase(records)


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


# What really happened, and what the sources leave of it.


@dataclass(frozen=True)
class Happened:
    """A transfer that really took place on `day`; a source says that it was between two days."""

    day: date
    earliest: date
    latest: date
    kind: str
    givers: tuple[str, ...]
    destination: dict[str, Any]

    def as_record(
        self, number: int, what: str = "projects/p", moves: Sequence[dict[str, Any]] = ()
    ) -> Record:
        """The transfer as a record, with what else it moves."""
        fields = {
            "kind": self.kind,
            "effective": between(self.earliest, self.latest),
            "authorised_by": None,
            "from": list(self.givers),
            "moves": [{"what": what, **self.destination}, *moves],
        }
        return record(f"transfers/{number}", fields)

    @property
    def leaves(self) -> str:
        """What it leaves the project as."""
        if "to" in self.destination:
            return f"held {self.destination['to'].removeprefix('bodies/')}"
        return "gap" if "gap" in self.destination else "ended"


def wider(draw: st.DrawFn, day: date, first: date, last: date) -> tuple[date, date]:
    """Two days between which a day lies, no further out than the first and the last."""
    return draw(st.dates(first, day)), draw(st.dates(day, last))


@st.composite
def true_histories(draw: st.DrawFn) -> tuple[Happened, ...]:
    """What happened to one project, one thing a day, with dates as wide as a source may leave them."""
    happened = []
    kind, givers = "establish", tuple[str, ...]()
    ways: list[dict[str, Any]] = [{"to": f"bodies/{name}"} for name in "abcd"]
    ways += [{"gap": "Nobody is named."}, {"closed": {"into": "discontinued"}}]
    state: dict[str, Any] | None = None
    for day in sorted(draw(st.lists(DAYS, min_size=1, max_size=6, unique=True))):
        if state is None:
            state = draw(st.sampled_from(ways[:-1]))
        elif "closed" in state:
            kind, givers, state = "reopen", (), {"to": draw(BODIES)}
        else:
            kind, givers = "transfer", ((state["to"],) if "to" in state else ())
            state = draw(st.sampled_from([way for way in ways if way != state]))
            kind = "close" if "closed" in state else kind
        assert state is not None
        happened.append(Happened(day, *wider(draw, day, FIRST, LAST), kind, givers, state))
    return tuple(happened)


def told(happened: Sequence[Happened]) -> tuple[OwnershipHistory, Project]:
    """The history of the one project, as the sources tell it."""
    project = record("projects/p", {"kind": "project"})
    kb = KnowledgeBase([project, *(one.as_record(number) for number, one in enumerate(happened))])
    assert isinstance(project, Project)
    return OwnershipHistory(kb), project


def plainly(answer: Ownership) -> set[str]:
    """The possibilities as status and holder alone."""
    return {f"{one.status} {one.holder.slug}" if one.holder else one.status.value for one in answer.possible}
