"""The records of an invented council, written: fields by type, receipts, and a narrative with links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from benchmarks.council import COUNCIL, LAST, CouncilPlan, Stub, plain_slug
from benchmarks.dates import FIRST, Written, month_of, shape
from benchmarks.governance import BodyPlan, MovePlan
from benchmarks.words import amount
from minutebook.when import financial_year_of

Fields = dict[str, object]

_SITE = "https://www.marrowmere.example"
_TOPICS = (
    "adult social care", "housing", "transport", "waste", "libraries", "public health", "schools", "planning",
    "children in care", "parks", "regeneration", "council tax", "prevention", "digital", "carers", "safeguarding",
)  # fmt: skip
# Words of narrative; the fields add about a hundred to each.
_LENGTHS = {
    "items": 290, "reports": 250, "resolutions": 60, "decisions": 150, "projects": 330, "actions": 90, "meetings": 130,
    "transfers": 120, "bodies": 200, "plans": 260, "council": 300, "sources": 60,
}  # fmt: skip
_UNLINKED = ("sources", "posts", "discrepancies")  # narrative seldom names them
_EFFECTS = ("noted", "approved", "agreed", "delegated", "referred", "requested", "recommended", "deferred")
_IMPLICATIONS = ("financial", "legal", "risk", "equality", "environment", "ward", "performance", "staffing")
_CLEARED_ON = timedelta(days=4)


class RecordWriter:
    """Writes each record of a plan: its path under the folder of records, its fields and its narrative."""

    def __init__(self, plan: CouncilPlan) -> None:
        self._plan = plan
        self._rng = plan.rng
        self._text = plan.writer
        self._minutes = {source.of: source for source in plan.stubs["sources"] if source.of is not None}
        self._effects: dict[Stub, list[str]] = {}
        self._authority: dict[str, str] = {}
        self._write: dict[str, Callable[[Stub], Fields]] = {
            "council": self._council, "bodies": self._body, "posts": self._post, "meetings": self._meeting,
            "items": self._item, "reports": self._report, "resolutions": self._resolution, "decisions": self._decision,
            "projects": self._project, "transfers": self._transfer, "actions": self._action,
            "indicators": self._indicator, "figures": self._figures, "plans": self._plan_record, "events": self._event,
            "sources": self._source, "statements": self._statement, "discrepancies": self._discrepancy,
        }  # fmt: skip
        self._choose_effects()
        self._choose_deciders()
        self._choose_authorities()

    def records(self) -> Iterator[tuple[Stub, Fields, str]]:
        """Every record with its fields and its narrative."""
        for folder, stubs in self._plan.stubs.items():
            for stub in stubs:
                fields: Fields = {"title": stub.title, **self._common(stub), **self._write[folder](stub)}
                yield stub, fields, self._narrative(stub)

    # -- what is settled before anything is written -------------------------------------------------

    def _choose_effects(self) -> None:
        for stub in self._plan.stubs["resolutions"]:
            looks_on = self._seat(stub).kind == "scrutiny committee"
            if stub.number:  # the exclusion of the public
                self._effects[stub] = ["agreed"]
            elif looks_on or self._chance(0.3):
                self._effects[stub] = ["noted"] * self._rng.randrange(1, 4)
            else:
                self._effects[stub] = self._rng.choices(_EFFECTS, (5, 3, 3, 1, 1, 1, 1, 0.4), k=self._rng.randrange(1, 5))

    def _choose_deciders(self) -> None:
        """A decision is taken by whoever met and has the power, else by a post, or told by a scrutiny committee."""
        for stub in self._plan.stubs["decisions"]:
            seat = self._seat(stub)
            kinds = {"cabinet": "executive", "council": "council", "committee": "regulatory"}
            stub.kind = "officer" if self._chance(0.15) else kinds.get(seat.kind, "officer")

    def _choose_authorities(self) -> None:
        decisions = [stub for stub in self._plan.stubs["decisions"] if stub.kind in ("executive", "council")]
        resolutions = [
            stub
            for stub in self._plan.stubs["resolutions"]
            if self._seat(stub).kind != "scrutiny committee" and {"approved", "agreed"} & set(self._effects[stub])
        ]
        for slug, transfer in self._plan.transfer_plans.items():
            for stubs in (decisions, resolutions) if self._chance(0.75) else (resolutions, decisions):
                earlier = [stub for stub in stubs if stub.day <= transfer.day]
                if earlier and self._chance(0.92):
                    self._authority[slug] = earlier[-1].id
                    break

    # -- what every record has ----------------------------------------------------------------------

    def _common(self, stub: Stub) -> Fields:
        fields: Fields = {}
        if stub.folder in ("bodies", "projects", "plans", "indicators") and self._chance(0.5):
            name = stub.title.split()[0].rstrip(":")
            fields["aliases"] = [f"{plain_slug(stub.title).replace('-', ' ').title()} {name}"]
        if self._chance(0.6) and stub.folder != "sources":
            fields["summary"] = self._text.sentence()
        if self._chance(0.8):
            fields["topics"] = list(dict.fromkeys(self._rng.choices(_TOPICS, k=self._rng.randrange(1, 4))))
        if stub.exempt:
            reason = "The council would lose money if its terms were known before the contract is let."
            fields["access"] = "exempt"
            fields["exemption"] = {"paragraphs": ["3"], "public_interest_reason": reason}
        if stub.folder != "sources":
            fields["citations"] = [self._cite(stub) for _ in range(self._rng.randrange(1, 3))]
            if self._chance(0.3):
                fields["checked"] = {"by": "editor", "on": "2022-06-13"}
        if self._chance(0.05):
            fields["editor_note"] = self._text.sentence()
        return fields

    def _cite(self, stub: Stub, quote: str | None = None) -> Fields:
        """A receipt: words of the minutes of the day, or of the first meeting after it."""
        if stub.kind == "outsider":
            assert stub.of is not None
            source = stub.of
        else:
            source = self._minutes[self._plan.any_meeting_since(stub.day)]
        place = f"minute {self._rng.randrange(1, 60)}, paragraph {self._rng.randrange(1, 9)}"
        words = quote or (
            f"RESOLVED: That the {' '.join(self._text.words(4))} {self._text.phrase()}."
            if self._chance(0.3)
            else self._text.sentence()
        )
        return {"source": source.id, "at": place, "quote": "not held" if self._chance(0.02) and not quote else words}

    def _silent(self, stub: Stub, name: str) -> Fields:
        """A field that the source does not state, with the receipt that shows it."""
        return {name: "not stated", "citations": [{**self._cite(stub), "supports": [name]}]}

    def _narrative(self, stub: Stub) -> str:
        if stub.kind == "minutes" and self._chance(0.6):
            return ""
        length = int(_LENGTHS.get(stub.folder, 80) * self._rng.uniform(0.4, 1.6))
        return self._text.narrative(length, list(self._woven(stub)))

    def _woven(self, stub: Stub) -> Iterator[str]:
        """Links, codes and dates that stand in a narrative."""
        if stub.folder in _UNLINKED:
            return
        for _ in range(self._rng.randrange(0, 4)):
            other = self._plan.frequent(self._rng.choice(("projects", "bodies", "decisions", "plans", "resolutions", "indicators")))
            if other is not stub:
                yield f"[[{other.id}|{other.title.replace(':', '')}]]" if self._chance(0.7) else f"[[{other.id}]]"
        if self._chance(0.4):
            yield f"report {self._code(stub.day)}"
        if self._chance(0.4):
            yield f"{stub.day.day} {stub.day:%B %Y}"
        if self._chance(0.1):
            yield f"[the official page]({_SITE}/papers/{stub.slug})"

    def _code(self, day: date) -> str:
        return f"{self._rng.choice(('ACH', 'CEX', 'DRR', 'ED', 'HPR', 'FSD'))}{day:%y}-{self._rng.randrange(1, 160):03}"

    def _chance(self, share: float) -> bool:
        return self._rng.random() < share

    def _seat(self, stub: Stub) -> Stub:
        """The body at whose meeting it was."""
        above = stub
        while above.folder != "bodies":
            assert above.of is not None, above.id
            above = above.of
        return above

    def _post(self, stub: Stub) -> Fields:
        assert stub.of is not None
        fields: Fields = {"body": stub.of.id}
        if "Portfolio" in stub.title:
            fields["portfolio"] = stub.title.removeprefix("Portfolio Holder for ")
        starts = sorted(FIRST + timedelta(days=self._rng.randrange(0, 7000)) for _ in range(self._rng.randrange(1, 5)))
        fields["holders"] = [
            {"since": month_of(start), "until": month_of(end), "citations": [self._cite(stub)]}
            for start, end in zip(starts, (*starts[1:], LAST), strict=True)
        ]
        return fields

    def _a_post(self) -> Stub:
        return self._plan.frequent("posts")

    def _projects(self, most: int = 3) -> list[str]:
        return list(dict.fromkeys(self._plan.frequent("projects").id for _ in range(self._rng.randrange(1, most + 1))))

    # -- one method for each type of record ---------------------------------------------------------

    def _council(self, stub: Stub) -> Fields:
        return {"kind": "unitary authority", "area_code": "E99000001", "site": f"{_SITE}/"}

    def _body(self, stub: Stub) -> Fields:
        fields: Fields = {"kind": stub.kind}
        number = self._plan.stubs["bodies"].index(stub)
        posts = self._plan.stubs["posts"]
        if stub.kind != "council":
            fields["parent"] = "bodies/cabinet" if stub.kind not in ("cabinet", "committee", "scrutiny committee") else "bodies/council"
        fields["members"] = [
            {"post": posts[number % len(posts)].id, "role": "chair", "since": month_of(stub.day)},
            {"group": "three co-opted members", "role": "co-opted member", "citations": [self._cite(stub)]},
        ]
        plan = self._plan.body_plans.get(stub.slug)
        if plan is None:
            fields["cadence"] = "every six weeks"
            fields["powers"] = [{"kind": "monitor" if "scrutiny" in stub.kind else "decide", "what": self._text.sentence()}]
            return fields
        if plan.established is not None:
            fields["established"] = plan.established
        if plan.ended is not None:
            fields |= {"ended": plan.ended, "ended_reason": plan.ended_reason}
            fields["succeeded_by"] = [f"bodies/{one.slug}" for one in plan.succeeded_by]
        return fields

    def _meeting(self, stub: Stub) -> Fields:
        body = self._seat(stub)
        following = self._plan.meeting_after(body, stub.day)
        fields: Fields = {"body": body.id, "held_on": stub.day.isoformat(), "starts_at": self._rng.choice(("18:30", "19:00", "10:00"))}
        fields["venue"] = self._rng.choice(("Committee Room 1", "Council Chamber", "Virtual meeting"))
        if self._chance(0.05):
            fields["moved_from"] = (stub.day - timedelta(days=7)).isoformat()
        fields["agenda_published"] = (stub.day - timedelta(days=14)).isoformat()
        fields["minutes_status"] = "approved" if following else "draft"
        if following:
            fields["approved_at"] = following.id
        posts = self._rng.sample(self._plan.stubs["posts"], 3)
        fields["attendance"] = [
            *({"post": post.id, "presence": self._rng.choice(("present", "apologies", "in attendance"))} for post in posts),
            {"group": f"{self._rng.randrange(5, 40)} members", "presence": "present"},
        ]
        if self._chance(0.2):
            interest = {"declared_by": posts[0].title, "nature": self._text.sentence(), "item": stub.parts[0].id}
            fields["interests"] = [interest]
        return fields

    def _item(self, stub: Stub) -> Fields:
        assert stub.of is not None
        fields: Fields = {"meeting": stub.of.id, "number": str(stub.number), "minute_number": str(stub.number + 40)}
        if self._chance(0.2):
            fields |= self._silent(stub, "number")
        if reports := [part.id for part in stub.parts if part.folder == "reports"]:
            fields["reports"] = reports
        if stub.exempt:
            fields["public_summary"] = "Members considered the terms of a contract."
            return fields
        fields["about"] = self._projects()
        if self._chance(0.4):
            fields["questions"] = [
                {
                    "asked_by": "members",
                    "question": self._text.sentence(),
                    "answered_by": self._a_post().id,
                    "answer": self._text.prose(30),
                    "citations": [self._cite(stub)],
                }
                for _ in range(self._rng.randrange(1, 4))
            ]
        if actions := [part.id for part in stub.parts if part.folder == "actions"]:
            fields["follow_ups"] = actions
        return fields

    def _report(self, stub: Stub) -> Fields:
        dated = stub.day - timedelta(days=14)
        fields: Fields = {"reference_number": self._code(dated), "by": [self._a_post().id], "to": self._seat(stub).id}
        fields["dated"] = dated.isoformat() if self._chance(0.6) else month_of(dated)
        fields["about"] = self._projects()
        fields["recommendations"] = [
            {"number": str(number + 1), "wording": f"That {self._text.prose(20)}"} for number in range(self._rng.randrange(1, 4))
        ]
        fields["clearances"] = [
            {"role": self._a_post().id, "on_behalf_of": "true", "date": (stub.day - timedelta(days=15)).isoformat()}
            for _ in range(self._rng.randrange(0, 3))
        ] or None
        kinds = self._rng.sample(_IMPLICATIONS, self._rng.randrange(1, 5))
        fields["implications"] = [{"kind": kind, "statement": self._text.prose(25)} for kind in kinds]
        fields["appendices"] = [
            {"title": " ".join(self._text.words(4)).capitalize(), "held": self._rng.choice(("held", "referred to, not held"))}
            for _ in range(self._rng.randrange(1, 4))
        ]
        return fields | self._silent(stub, "background_papers")

    def _resolution(self, stub: Stub) -> Fields:
        assert stub.of is not None
        seat = self._seat(stub)
        fields: Fields = {"item": stub.of.id}
        if self._chance(0.3):
            fields["resolved_on"] = stub.day.isoformat()
        clauses: list[Fields] = []
        for number, effect in enumerate(self._effects[stub], 1):
            words = "be noted" if effect == "noted" else self._text.phrase()
            clause: Fields = {"number": str(number), "wording": f"That {self._text.prose(12)[:-1]} {words}", "effect": effect}
            if self._chance(0.5):
                clause["concerns"] = self._projects(2)
            if effect in ("delegated", "referred", "requested"):
                clause["falls_to"] = [self._a_post().id]
            clauses.append({**clause, "citations": [self._cite(stub)]})
        fields["clauses"] = clauses
        if self._chance(0.15):
            fields["motions"] = [{"kind": "motion", "wording": f"That {self._text.prose(20)}", "mover": "a member", "fate": "carried"}]
        if self._chance(0.3):
            against = self._rng.randrange(0, 9)
            fields["vote"] = {"for": str(against + self._rng.randrange(1, 20)), "against": str(against), "abstained": "0"}
        if stub.number:
            reason = "The council would lose money if its terms were known before the contract is let."
            item = self._public_parts(stub.of)[stub.number - 1]
            fields["exclusion"] = {"item": item.id, "paragraphs": ["3"], "public_interest_reason": reason}
        elif self._chance(0.03):
            earlier = [r for r in self._plan.stubs["resolutions"] if self._seat(r) is seat and r.day < stub.day]
            if earlier:
                fields["amends"] = [earlier[-1].id]
        return fields

    def _public_parts(self, item: Stub) -> list[Stub]:
        assert item.of is not None
        return [part for part in item.of.parts if part.folder == "items"]

    def _decision(self, stub: Stub) -> Fields:
        seat, officer = self._seat(stub), stub.kind == "officer"
        fields: Fields = {"kind": stub.kind, "decided_by": self._a_post().id if officer else seat.id}
        fields["decided_on"] = stub.day.isoformat() if not officer or self._chance(0.7) else shape(self._rng, stub.day)
        fields |= {"wording": f"To {self._text.prose(14)}", "about": self._projects()}
        fields["key_decision"] = "true" if self._chance(0.2) and stub.kind == "executive" else "false"
        if fields["key_decision"] == "true":
            fields |= {"key_reason": self._text.sentence(), "forward_plan": (stub.day - timedelta(days=35)).isoformat()}
        fields |= {"reasons": self._text.prose(30), "options_rejected": self._text.sentence(), "conflicts": "None were declared."}
        if self._chance(0.3) and stub.kind == "executive":
            open_until, done = (stub.day + timedelta(days=days) for days in (7, 12))
            fields["call_in"] = {"open_until": open_until.isoformat(), "status": "not called in"}
            fields["implemented_on"] = month_of(done) if self._chance(0.5) else done.isoformat()
        if officer:
            fields |= {"delegated_by": "bodies/cabinet", "trigger": "awards a contract or incurs expenditure"}
        noting = [
            one
            for one in self._later("resolutions", stub.day)
            if self._seat(one) is not seat and not one.number and set(self._effects[one]) == {"noted"}
        ]
        if noting and self._chance(0.3):
            fields["noted_by"] = [noting[0].id]
        items = [one for one in self._later("items", stub.day) if not one.exempt]
        if items and self._chance(0.3):
            fields["reported_in"] = [self._rng.choice(items).id]
        earlier = [one for one in self._plan.stubs["decisions"][:200] if one.day < stub.day and one.kind == stub.kind]
        if earlier and self._chance(0.05) and not officer:
            fields["supersedes"] = [self._rng.choice(earlier).id]
        return fields

    def _later(self, folder: str, day: date) -> list[Stub]:
        """Up to sixty records of a folder in the months after a day."""
        stubs = self._plan.stubs[folder]
        first = next((n for n, stub in enumerate(stubs) if stub.day > day), len(stubs))
        return stubs[first : first + 60]

    def _project(self, stub: Stub) -> Fields:
        plan = self._plan.project_plans[stub.slug]
        fields: Fields = {"kind": "programme" if plan.parts else "project"}
        if plan.parent is not None:
            fields["parent"] = f"projects/{plan.parent.slug}"
        fields["began"] = shape(self._rng, plan.began)
        fields["aims"] = [self._text.sentence() for _ in range(self._rng.randrange(1, 4))]
        fields["sponsor"] = self._a_post().id
        year = plan.began.year
        fields["phases"] = [
            {"title": f"Phase {number}", "period": f"{year + number}/{year + number + 1}", "summary": self._text.sentence()}
            for number in range(1, self._rng.randrange(2, 4))
        ]
        partners = [body.id for body in self._plan.stubs["bodies"] if body.kind == "partnership"]
        if self._chance(0.4):
            fields["partners"] = [self._rng.choice(partners)]
        if self._chance(0.5):
            fields["serves"] = [self._plan.frequent("plans").id]
        return fields

    def _transfer(self, stub: Stub) -> Fields:
        plan = self._plan.transfer_plans[stub.slug]
        fields: Fields = {"kind": plan.kind, "effective": plan.effective}
        authority = self._authority.get(stub.slug)
        fields |= {"authorised_by": authority} if authority else self._silent(stub, "authorised_by")
        if plan.givers:
            fields["from"] = [f"bodies/{giver.slug}" for giver in plan.givers]
        if plan.from_unstated:
            fields |= self._silent(stub, "from")
        fields["moves"] = [self._move(stub, move) for move in plan.moves]
        return fields

    def _move(self, stub: Stub, move: MovePlan) -> Fields:
        fields: Fields = {"what": f"projects/{move.what.slug}"}
        watcher = self._watcher(move.body)
        if move.where == "closed":
            fields["closed"] = {"into": self._rng.choice(("business as usual", "discontinued")), "monitored_by": watcher}
        else:
            fields[move.where] = watcher if move.body is not None else "The report does not say who is to carry it on."
        if self._chance(0.5):
            fields["citations"] = [self._cite(stub)]
        return fields

    def _watcher(self, body: BodyPlan | None) -> str | None:
        return f"bodies/{body.slug}" if body is not None else None

    def _action(self, stub: Stub) -> Fields:
        assert stub.of is not None
        seat = self._seat(stub)
        fields: Fields = {"promised_by": self._a_post().id, "promised_to": seat.id, "promised_on": stub.day.isoformat()}
        fields |= {"arises_from": stub.of.id, "about": self._projects(2), "wording": f"To {self._text.prose(14)}"}
        due = stub.day + timedelta(days=self._rng.randrange(20, 300))
        dues: list[Fields] = [{"date": shape(self._rng, due), "said_on": stub.day.isoformat(), "citations": [self._cite(stub)]}]
        states: list[Fields] = [{"status": "open", "on": stub.day.isoformat(), "citations": [self._cite(stub)]}]
        later = self._plan.meeting_after(seat, stub.day)
        if later is not None and self._chance(0.3):
            words = {"date": month_of(due + timedelta(days=200)), "said_on": later.day.isoformat(), "words": "later in the year"}
            dues.append(words)
            states.append({"status": "put off", "on": later.day.isoformat(), "citations": [self._cite(later)]})
            later = self._plan.meeting_after(seat, later.day)
        if later is not None and self._chance(0.5):
            states.append({"status": "kept", "on": later.day.isoformat(), "citations": [self._cite(later)]})
        return fields | {"due": dues, "status": states}

    def _indicator(self, stub: Stub) -> Fields:
        unit = self._rng.choice(("%", "people"))
        quarters = [FIRST + timedelta(days=91 * number + 45) for number in range(self._rng.randrange(3, 9))]
        measured = [
            {
                "value": f"{self._rng.randrange(100, 999) / 10}%" if unit == "%" else f"{self._rng.randrange(100, 60_000):,}",
                "as_at": _quarter(day),
                "citations": [self._cite(stub)],
            }
            for day in quarters
        ]
        return {
            "project": self._plan.frequent("projects").id,
            "unit": unit,
            "definition": self._text.sentence(),
            "better": self._rng.choice(("up", "down")),
            "baseline": measured[0],
            "target": {"value": measured[-1]["value"], "by": financial_year_of(stub.day)},
            "observations": measured[1:],
            "comparators": [{"who": "the average of councils like it", "value": measured[1]["value"]}],
        }

    def _figures(self, stub: Stub) -> Fields:
        rows = list(dict.fromkeys(plain_slug(word) for word in self._text.words(self._rng.randrange(3, 7)) if len(word) > 3)) or ["all"]
        years = [f"{2003 + (stub.day.year + number) % 15}" for number in range(self._rng.randrange(1, 4))]
        columns = [{"key": f"{year}-{int(year[2:]) + 1:02}", "label": f"{year}/{int(year[2:]) + 1:02}"} for year in years]
        for column in columns:
            column["period"] = column["label"]
        cells: list[Fields] = []
        for row in rows:
            for column in columns:
                value = amount(self._rng)
                key = f"{stub.id}#{row}/{column['key']}"
                states = {"key": key, "value": value, "over": column["period"]}
                receipt = {**self._cite(stub, f"savings of {value} for {' '.join(self._text.words(5))}"), "states": [states]}
                kind = self._rng.choice(("planned", "delivered", "budget", "outturn"))
                cells.append({"row": row, "column": column["key"], "kind": kind, "amount": value, "citations": [receipt]})
        self._cells[stub.id] = cells
        return {
            "about": self._projects(2),
            "body": self._seat(stub).id,
            "unit": "£",
            "rows": [{"key": row, "label": row.capitalize()} for row in rows],
            "columns": columns,
            "cells": cells,
        }

    def _plan_record(self, stub: Stub) -> Fields:
        first = stub.day.year
        priorities: list[Fields] = [
            {
                "number": str(number),
                "title": " ".join(self._text.words(5)).capitalize(),
                "statements": [self._text.sentence()],
                "actions": [self._text.sentence() for _ in range(2)],
                "priorities": [{"title": " ".join(self._text.words(4)).capitalize(), "measures": [self._text.sentence()]}],
            }
            for number in range(1, self._rng.randrange(3, 6))
        ]
        fields: Fields = {"kind": "strategy", "body": self._seat(stub).id, "period": f"{first}/{first + 4}"}
        fields |= {"in_force_since": shape(self._rng, stub.day), "endorsed_by": [self._seat(stub).id]}
        fields |= {"endorsed_on": stub.day.isoformat(), "review_due": f"{first + 4}", "priorities": priorities}
        return fields

    def _event(self, stub: Stub) -> Fields:
        kind = self._rng.choice(("review", "service opened", "contract let", "award", "consultation", "other"))
        on: Written = shape(self._rng, stub.day - timedelta(days=self._rng.randrange(1, 60)))
        return {"kind": kind, "on": on, "about": self._projects(), "by": [self._seat(stub).id]}

    def _source(self, stub: Stub) -> Fields:
        official = stub.kind == "minutes"
        fields: Fields = {"kind": stub.kind, "standing": "official" if official else "third-party"}
        fields["publisher"] = "Marrowmere Council" if official else "not stated"
        fields["url"] = f"{_SITE}/minutes/{stub.slug}" if official else f"https://residents.example/{stub.slug}"
        fields["dated"] = stub.day.isoformat()
        fields["licence"] = "Open Government Licence v3.0" if official else "not stated"
        if stub.of is not None:
            fields["record_of"] = [stub.of.id]
        return fields

    def _statement(self, stub: Stub) -> Fields:
        assert stub.of is not None
        transfers = [one for one in self._plan.stubs["transfers"] if one.day < stub.day]
        disputed = {"disputes": [self._rng.choice(transfers).id]} if transfers and self._chance(0.5) else {}
        words = {"about": self._projects(2), **disputed, "words": self._text.sentence()}
        if stub.kind == "outsider":
            return {"speaker": "a resident", "capacity": "outsider", "said_on": stub.day.isoformat(), "said_in": stub.of.id, **words}
        return {"by": self._a_post().id, "capacity": "officer", "said_at": stub.of.id, **words}

    def _discrepancy(self, stub: Stub) -> Fields:
        table = self._rng.choice(self._plan.stubs["figures"])
        cell = self._rng.choice(self._cells[table.id])
        receipt = cell["citations"][0]  # type: ignore[index]
        ...
        return {}


def _quarter(day: date) -> str:
    ...
