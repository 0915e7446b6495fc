"""What the records of an invented council have in common: receipts, narrative, and who was there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from benchmarks.council import CouncilPlan, Stub
from benchmarks.dates import in_words

Fields = dict[str, object]

SITE = "https://www.marrowmere.example"
GROUNDS: Fields = {
    "paragraphs": ["3"],
    "public_interest_reason": "The council would lose money if the terms were known before the contract is let.",
}
_TOPICS = (
    "adult social care", "housing", "transport", "waste", "libraries", "public health", "schools", "planning",
    "children in care", "parks", "regeneration", "council tax", "prevention", "digital", "carers", "safeguarding",
)  # fmt: skip
_DIRECTORATES = ("ACH", "CEX", "DRR", "ED", "HPR", "FSD")
# Words of narrative, on average; fields add about a hundred to a record.
_LENGTHS = {
    "items": 260, "reports": 220, "resolutions": 50, "decisions": 120, "projects": 300, "actions": 70, "meetings": 110,
    "transfers": 100, "bodies": 180, "plans": 240, "council": 300, "sources": 50,
}  # fmt: skip
_LINKED = ("projects", "bodies", "decisions", "plans", "resolutions", "indicators")
_WITHOUT_LINKS = ("sources", "posts", "discrepancies", "council")
_EFFECTS = {
    "noted": 5, "approved": 3, "agreed": 3, "delegated": 1, "referred": 1, "requested": 1, "recommended": 1, "deferred": 0.4,
}  # fmt: skip
_POWERS = {"cabinet": "executive", "council": "council", "committee": "regulatory"}


class Writing:
    """A council on its way to paper: the plan, the words, and what was settled between records."""

    def __init__(self, plan: CouncilPlan) -> None:
        self.plan = plan
        self.rng = plan.rng
        self.text = plan.writer
        self.cells: dict[Stub, list[Fields]] = {}  # of each table, which discrepancies are about
        self._minutes = {source.of: source for source in plan.stubs["sources"] if source.of is not None}
        self.effects = {stub: self._effects_of(stub) for stub in plan.stubs["resolutions"]}
        for decision in plan.stubs["decisions"]:
            decision.kind = (
                "officer" if self.chance(0.15) else _POWERS.get(self.seat(decision).kind, "officer")
            )
        self.authorities = {
            slug: self._authority_on(transfer.day) for slug, transfer in plan.transfer_plans.items()
        }

    def _effects_of(self, resolution: Stub) -> list[str]:
        if resolution.number:  # it excludes the public
            return ["agreed"]
        if self.seat(resolution).kind == "scrutiny committee" or self.chance(0.3):
            return ["noted"] * self.rng.randrange(1, 4)
        return self.rng.choices(list(_EFFECTS), list(_EFFECTS.values()), k=self.rng.randrange(1, 5))

    def _authority_on(self, day: date) -> str | None:
        """The last decision or resolution before a day of a body that may move projects; None where not stated."""
        folder = "decisions" if self.chance(0.75) else "resolutions"
        able = [stub for stub in self.plan.stubs[folder] if stub.day <= day and self._has_power(stub)]
        return able[-1].id if able and self.chance(0.92) else None

    def _has_power(self, stub: Stub) -> bool:
        if stub.folder == "decisions":
            return stub.kind in ("executive", "council")
        return self.seat(stub).kind != "scrutiny committee" and bool(
            {"approved", "agreed"} & set(self.effects[stub])
        )

    # -- chance -------------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        """True in so great a share of the cases."""
        return self.rng.random() < share

    def some(self, most: int) -> range:
        """From one to `most` times."""
        return range(self.rng.randrange(1, most + 1))

    def post(self) -> str:
        """The id of a post."""
        return self.plan.frequent("posts").id

    def projects(self, most: int = 3) -> list[str]:
        """The ids of a few projects."""
        return list(dict.fromkeys(self.plan.frequent("projects").id for _ in self.some(most)))

    def code(self, day: date) -> str:
        """The number of a report, as `ACH21-044`."""
        return f"{self.rng.choice(_DIRECTORATES)}{day:%y}-{self.rng.randrange(1, 160):03}"

    def seat(self, stub: Stub) -> Stub:
        """The body at whose meeting it was."""
        above = stub
        while above.folder != "bodies":
            assert above.of is not None, above.id
            above = above.of
        return above

    # -- what every record has ----------------------------------------------------------------------

    def common(self, stub: Stub) -> Fields:
        """The fields that every type has, where this record has them."""
        fields: Fields = {"title": stub.title}
        if stub.folder in ("bodies", "projects", "plans", "indicators") and self.chance(0.5):
            title = stub.title.replace(":", "")
            fields["aliases"] = [f"{title} ({''.join(word[0] for word in title.split()).upper()})"]
        if stub.folder != "sources" and self.chance(0.6):
            fields["summary"] = self.text.sentence()
        if self.chance(0.8):
            fields["topics"] = list(dict.fromkeys(self.rng.choices(_TOPICS, k=len(self.some(3)))))
        if stub.exempt:
            fields |= {"access": "exempt", "exemption": GROUNDS}
        if stub.folder != "sources":
            fields["citations"] = [self.cite(stub) for _ in self.some(2)]
            if self.chance(0.3):
                fields["checked"] = {"by": "editor", "on": "2022-06-13"}
        if self.chance(0.05):
            fields["editor_note"] = self.text.sentence()
        return fields

    def cite(self, stub: Stub, quote: str | None = None) -> Fields:
        """A receipt: words of its own minutes, of the minutes of the day, or of the first meeting after it."""
        if stub.kind == "outsider":
            assert stub.of is not None
            source = stub.of
        else:
            source = self._minutes.get(stub) or self._minutes[self.plan.any_meeting_since(stub.day)]
        place = f"minute {self.rng.randrange(1, 60)}, paragraph {self.rng.randrange(1, 9)}"
        if quote is None and self.chance(0.3):
            quote = f"RESOLVED: That the {' '.join(self.text.words(4))} {self.text.phrase()}."
        elif quote is None:
            quote = "not held" if self.chance(0.02) else self.text.sentence()
        return {"source": source.id, "at": place, "quote": quote}

    def narrative(self, stub: Stub) -> str:
        """Markdown about the record, with links to others."""
        if stub.kind == "minutes" and self.chance(0.6):
            return ""
        length = _LENGTHS.get(stub.folder, 80) * self.rng.uniform(0.4, 1.6)
        return self.text.narrative(int(length), list(self._woven(stub)))

    def _woven(self, stub: Stub) -> Iterator[str]:
        """Links, codes and dates that stand in a narrative."""
        if stub.folder in _WITHOUT_LINKS:
            return
        for _ in range(self.rng.randrange(0, 4)):
            other = self.plan.frequent(self.rng.choice(_LINKED))
            if other is not stub:
                yield f"[[{other.id}|{other.title}]]" if self.chance(0.7) else f"[[{other.id}]]"
        if self.chance(0.4):
            yield f"report {self.code(stub.day)}"
        if self.chance(0.4):
            yield in_words(stub.day)
        if self.chance(0.1):
            yield f"[the official page]({SITE}/papers/{stub.slug})"
