"""An invented council as a plan: which records there are, when, and what belongs to what."""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.dates import FIRST, SPAN, in_words, working_day
from benchmarks.governance import BodyPlan, Portfolio, ProjectPlan, TransferPlan, make_portfolios
from benchmarks.words import Vocabulary, Writer, invented_name

SMALLEST = 200  # below this some type of record would be missing
COUNCIL = "marrowmere"

# Of a hundred records, and at least so many. Bodies come of the transfers, sources of the meetings.
_SHARES = {
    "meetings": (6.0, 16), "projects": (2.0, 12), "transfers": (2.5, 9), "indicators": (1.5, 3), "figures": (1.5, 3),
    "plans": (0.6, 3), "events": (1.5, 3), "statements": (2.0, 3), "discrepancies": (0.5, 2),
}  # fmt: skip
# Of a hundred of the others, which follow from meetings.
_BUSINESS = {"items": 35, "reports": 17, "resolutions": 23, "decisions": 12, "actions": 13}
_NOUNS = {
    "items": ("Plan", "Review", "Budget", "Annual Report", "Performance", "Update", "Strategy", "Savings"),
    "reports": ("Report", "Business Case", "Options Appraisal", "Monitoring Report", "Consultation Results"),
    "resolutions": ("Resolution on Works", "Resolution on Services", "Resolution on Savings"),
    "decisions": ("Closure", "Contract Award", "Fees and Charges", "Funding", "Site Disposal", "New Service"),
    "actions": ("Figures to Follow", "Visit", "Written Answer", "Briefing Note", "Revised Timetable"),
    "indicators": ("Waiting Time", "Satisfaction", "Take-up", "Cost a Head"),
    "figures": ("Savings", "Budget", "Outturn", "Capital Spending"),
    "plans": ("Vision", "Strategy", "Improvement Plan"),
    "events": ("Review", "Opening", "Consultation", "Contract", "Award"),
    "statements": ("Assurance", "Concern", "Criticism"),
    "discrepancies": ("Savings Disagree", "Counts Disagree"),
}


@dataclass(eq=False)
class Stub:
    """A record before it is written: its id, its name, its day, and what it belongs to."""

    folder: str
    slug: str
    title: str
    day: date
    of: Stub | None = None
    kind: str = ""
    number: int = 0
    exempt: bool = False
    parts: list[Stub] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The reference to it, from inside the council."""
        return f"{self.folder}/{self.slug}"


class CouncilPlan:
    """Every record of the council, by folder, in the order in which it came about."""

    def __init__(self, records: int, seed: int) -> None:
        if records < SMALLEST:
            raise ValueError(f"at least {SMALLEST} records: with fewer, some type of record has none")
        self.rng = random.Random(seed)
        self.writer = Writer(self.rng, Vocabulary(self.rng))
        self.stubs: defaultdict[str, list[Stub]] = defaultdict(list)
        self.body_plans: dict[str, BodyPlan] = {}
        self.project_plans: dict[str, ProjectPlan] = {}
        self.transfer_plans: dict[str, TransferPlan] = {}
        self.portfolios: list[Portfolio] = []
        self._names: set[str] = set()
        self._slugs: set[str] = set()
        self._meetings: defaultdict[Stub, list[Stub]] = defaultdict(list)
        self._wanted = {
            folder: max(least, round(records * share / 100)) for folder, (share, least) in _SHARES.items()
        }
        self._plan_bodies(records)
        self._plan_governance()
        self._plan_meetings()
        self._plan_what_is_said()
        papers = ("indicators", "figures", "plans", "events", "discrepancies")
        rest = records - sum(map(len, self.stubs.values())) - sum(self._wanted[folder] for folder in papers)
        self._wanted |= {folder: rest * share // 100 for folder, share in _BUSINESS.items()}
        self._wanted["items"] += rest - sum(self._wanted[folder] for folder in _BUSINESS)
        self._plan_items()
        for folder in ("reports", "resolutions", "decisions", "actions", *papers):
            self._plan_papers(folder)
        self._date_statements()

    # -- asked by those who write the records -------------------------------------------------------

    def meeting_after(self, body: Stub, day: date) -> Stub | None:
        """The first meeting of a body after a day."""
        meetings = self._meetings[body]
        number = bisect_right(meetings, day, key=_day)
        return meetings[number] if number < len(meetings) else None

    def any_meeting_since(self, day: date) -> Stub:
        """The first meeting of any body on a day or after it, else the last there is."""
        meetings = self.stubs["meetings"]
        return meetings[min(bisect_left(meetings, day, key=_day), len(meetings) - 1)]

    def later(self, folder: str, day: date) -> list[Stub]:
        """The next sixty records of a folder after a day."""
        first = bisect_right(self.stubs[folder], day, key=_day)
        return self.stubs[folder][first : first + 60]

    def frequent(self, folder: str) -> Stub:
        """A record of a folder, some far more often than others: what everybody talks about."""
        stubs = self.stubs[folder]
        return stubs[int(len(stubs) * self.rng.random() ** 3)]

    # -- planning -----------------------------------------------------------------------------------

    def _name(self) -> str:
        """A name that nothing else has."""
        while True:
            # One word while there are few, two once they would run out.
            name = " ".join(invented_name(self.rng) for _ in range(1 if len(self._names) < 300 else 2))
            if name not in self._names:
                self._names.add(name)
                return name

    def _add(
        self,
        folder: str,
        title: str,
        day: date,
        of: Stub | None = None,
        *,
        dated: bool = True,
        kind: str = "",
    ) -> Stub:
        slug = plain_slug(f"{day}-{title}" if dated else title)
        while f"{folder}/{slug}" in self._slugs:
            slug = f"{slug}-{plain_slug(self.writer.words(1)[0])}"
        self._slugs.add(f"{folder}/{slug}")
        stub = Stub(folder, slug, title, day, of, kind)
        self.stubs[folder].append(stub)
        if of is not None:
            of.parts.append(stub)
        return stub

    def _plan_bodies(self, records: int) -> None:
        self._add("council", "Marrowmere Council", FIRST, dated=False).slug = COUNCIL
        self._add("bodies", "Council", FIRST, dated=False, kind="council")
        self._add("bodies", "Cabinet", FIRST, dated=False, kind="cabinet")
        kinds = ("scrutiny committee", "directorate", "committee", "directorate", "partnership")
        nouns = ("Scrutiny Committee", "Directorate", "Committee", "Directorate", "Partnership")
        for number in range(max(8, records // 300)):
            name, kind = f"{self._name()} {nouns[number % 5]}", kinds[number % 5]
            self._add("bodies", name, FIRST, dated=False, kind=kind)
        standing = self.stubs["bodies"]
        for number in range(max(len(standing), records // 125)):
            body = standing[number % len(standing)]
            duty = "Portfolio Holder for" if body.kind in ("council", "cabinet") else "Head of"
            self._add("posts", f"{duty} {self._name()}", FIRST, body, dated=False)

    def _plan_governance(self) -> None:
        kinds = ("directorate", "scrutiny committee")
        watchers = [body for body in self.stubs["bodies"] if body.kind in kinds]
        standing = [BodyPlan(body.title, body.kind, slug=body.slug) for body in watchers]
        wanted = self._wanted["transfers"], self._wanted["projects"]
        self.portfolios = make_portfolios(self.rng, self._name, standing, *wanted)
        for portfolio in self.portfolios:
            for body in portfolio.bodies:
                body.slug = self._add("bodies", body.name, FIRST, dated=False, kind=body.kind).slug
                self.body_plans[body.slug] = body
            for project in portfolio.projects:
                project.slug = self._add("projects", project.name, project.began, dated=False).slug
                self.project_plans[project.slug] = project
            for transfer in portfolio.transfers:
                about = transfer.moves[0].what.name
                transfer.slug = self._add("transfers", f"{about} {transfer.kind}", transfer.day).slug
                self.transfer_plans[transfer.slug] = transfer

    def _plan_meetings(self) -> None:
        kinds = ("council", "cabinet", "committee", "scrutiny committee")
        bodies = [body for body in self.stubs["bodies"] if body.kind in kinds]
        # The cabinet meets as often as three committees; it decides most.
        seats = [*bodies, *(body for body in bodies if body.kind == "cabinet" for _ in range(2))]
        planned: list[tuple[date, Stub]] = []
        count = self._wanted["meetings"]
        for number, body in enumerate(seats):
            sittings = count // len(seats) + (number < count % len(seats))
            for sitting in range(sittings):
                offset = (sitting + self.rng.uniform(0.05, 0.95)) * SPAN / sittings
                planned.append((working_day(FIRST + timedelta(days=int(offset))), body))
        planned.sort(key=lambda one: (one[0], one[1].slug))
        for day, body in planned:
            meeting = self._add("meetings", f"{body.title} {in_words(day)}", day, body)
            self._meetings[body].append(meeting)
            self._add("sources", f"{body.title} minutes {in_words(day)}", day, kind="minutes").of = meeting

    def _plan_what_is_said(self) -> None:
        """Statements; each third by an outsider, from a page of its own."""
        for number in range(self._wanted["statements"]):
            stub = self._add("statements", self._title("statements"), FIRST, dated=False)
            if number % 3 == 2:
                stub.day = working_day(FIRST + timedelta(days=self.rng.randrange(200, SPAN - 60)))
                written = stub.day + timedelta(days=3)
                stub.of = self._add("sources", f"{self._name()} residents write", written, kind="blog post")
                stub.kind = "outsider"

    def _plan_items(self) -> None:
        meetings = self.stubs["meetings"]
        at = [*meetings, *self.rng.choices(meetings, k=self._wanted["items"] - len(meetings))]
        for meeting in at:
            item = self._add("items", self._title("items"), meeting.day, meeting)
            item.number = len(meeting.parts)
        for meeting in meetings:
            # What is exempt comes last, once the public has left.
            meeting.parts[-1].exempt = len(meeting.parts) > 2 and self.rng.random() < 0.12
        self.stubs["items"].sort(key=lambda item: (item.day, item.slug))

    def _plan_papers(self, folder: str) -> None:
        count = self._wanted[folder]
        public = [item for item in self.stubs["items"] if not item.exempt]
        if folder == "resolutions":
            # To exclude the public takes a resolution, on the item before.
            closed = [item for item in self.stubs["items"] if item.exempt][:count]
            for item in closed:
                assert item.of is not None
                before, title = item.of.parts[-2], f"{self._name()} exclusion of the public"
                self._add(folder, title, item.day, before).number = item.number
            count -= len(closed)
            chosen = self.rng.sample(public, min(count, len(public)))
            chosen += self.rng.choices(public, k=count - len(chosen))
        else:
            chosen = self.rng.choices(self.stubs["items"] if folder == "reports" else public, k=count)
        dated = folder not in ("indicators", "figures", "plans")
        for item in sorted(chosen, key=lambda one: (one.day, one.slug)):
            self._add(folder, self._title(folder), item.day, item, dated=dated).exempt = item.exempt
        self.stubs[folder].sort(key=lambda stub: (stub.day, stub.slug))

    def _date_statements(self) -> None:
        public = [item for item in self.stubs["items"] if not item.exempt]
        for stub in self.stubs["statements"]:
            if stub.kind != "outsider":
                stub.of = self.rng.choice(public)
                stub.day = stub.of.day

    def _title(self, folder: str) -> str:
        noun = self.rng.choice(_NOUNS[folder])
        if self.rng.random() < 0.3:
            return f"{self._name()}: {noun} of {' '.join(self.writer.words(2))}"
        return f"{self._name()} {noun}"


def _day(stub: Stub) -> date:
    return stub.day


def plain_slug(text: str) -> str:
    """The text as a file name: lower-case letters, digits and single hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:90].strip("-")
