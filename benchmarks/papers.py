"""The records of an invented council, written: one function for each type of record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from benchmarks.council import CouncilPlan, Stub, plain_slug
from benchmarks.dates import FIRST, LAST, financial_year_of, month_of, quarter_of, shape
from benchmarks.governance import MovePlan
from benchmarks.words import amount
from benchmarks.writing import GROUNDS, SITE, Fields, Writing


def write_records(plan: CouncilPlan) -> Iterator[tuple[Stub, Fields, str]]:
    """Every record of the plan with its fields and its narrative."""
    writing = Writing(plan)
    for folder, stubs in plan.stubs.items():
        for stub in stubs:
            fields = writing.common(stub) | _WRITE[folder](writing, stub)
            silent = [name for name, value in fields.items() if value in ("not stated", "left blank")]
            if silent and isinstance(receipts := fields.get("citations"), list):
                receipts.append({**writing.cite(stub), "supports": silent})
            yield stub, fields, writing.narrative(stub)


def _days(day: date, days: int) -> str:
    """The date so many days later."""
    return (day + timedelta(days=days)).isoformat()


# -- who there is -------------------------------------------------------------------------------


def _council(_: Writing, __: Stub) -> Fields:
    return {"kind": "unitary authority", "area_code": "E99000001", "site": f"{SITE}/"}


def _body(w: Writing, stub: Stub) -> Fields:
    fields: Fields = {"kind": stub.kind}
    if stub.kind != "council":
        under_council = stub.kind in ("cabinet", "committee", "scrutiny committee")
        fields["parent"] = "bodies/council" if under_council else "bodies/cabinet"
    posts = w.plan.stubs["posts"]
    chair = posts[w.plan.stubs["bodies"].index(stub) % len(posts)]
    others = {"group": "three co-opted members", "role": "co-opted member", "citations": [w.cite(stub)]}
    fields["members"] = [{"post": chair.id, "role": "chair"}, others]
    plan = w.plan.body_plans.get(stub.slug)
    if plan is None:
        kind = "scrutinise" if "scrutiny" in stub.kind else "decide"
        return fields | {"cadence": "every six weeks", "powers": [{"kind": kind, "what": w.text.sentence()}]}
    if plan.established is not None:
        fields["established"] = plan.established
    if plan.ended is not None:
        successors = [f"bodies/{one.slug}" for one in plan.succeeded_by]
        fields |= {"ended": plan.ended, "ended_reason": plan.ended_reason, "succeeded_by": successors}
    return fields


def _post(w: Writing, stub: Stub) -> Fields:
    assert stub.of is not None
    fields: Fields = {"body": stub.of.id}
    if stub.title.startswith("Portfolio"):
        fields["portfolio"] = stub.title.removeprefix("Portfolio Holder for ")
    starts = sorted(FIRST + timedelta(days=w.rng.randrange(0, 7000)) for _ in w.some(4))
    fields["holders"] = [
        {"since": month_of(start), "until": month_of(end), "citations": [w.cite(stub)]}
        for start, end in zip(starts, (*starts[1:], LAST), strict=True)
    ]
    return fields


# -- proceedings --------------------------------------------------------------------------------


def _meeting(w: Writing, stub: Stub) -> Fields:
    body = w.seat(stub)
    following = w.plan.meeting_after(body, stub.day)
    fields: Fields = {"body": body.id, "held_on": stub.day.isoformat()}
    fields["starts_at"] = w.rng.choice(("18:30", "19:00", "10:00"))
    fields["venue"] = w.rng.choice(("Committee Room 1", "Council Chamber", "Virtual meeting"))
    if w.chance(0.05):
        fields["moved_from"] = _days(stub.day, -7)
    fields["agenda_published"] = _days(stub.day, -14)
    fields["minutes_status"] = "approved" if following else "draft"
    if following:
        fields["approved_at"] = following.id
    posts = w.rng.sample(w.plan.stubs["posts"], 3)
    ways = ("present", "apologies", "in attendance")
    fields["attendance"] = [
        *({"post": post.id, "presence": w.rng.choice(ways)} for post in posts),
        {"group": f"{w.rng.randrange(5, 40)} members", "presence": "present"},
    ]
    if w.chance(0.2):
        interest = {"declared_by": posts[0].title, "nature": w.text.sentence(), "item": stub.parts[0].id}
        fields["interests"] = [interest]
    return fields


def _item(w: Writing, stub: Stub) -> Fields:
    assert stub.of is not None
    number = "not stated" if w.chance(0.1) else str(stub.number)
    fields: Fields = {"meeting": stub.of.id, "number": number, "minute_number": str(stub.number + 40)}
    if reports := [part.id for part in stub.parts if part.folder == "reports"]:
        fields["reports"] = reports
    if stub.exempt:
        return fields | {"public_summary": "Members considered the terms of a contract."}
    fields["about"] = w.projects()
    if w.chance(0.4):
        fields["questions"] = [_question(w, stub) for _ in w.some(3)]
    if actions := [part.id for part in stub.parts if part.folder == "actions"]:
        fields["follow_ups"] = actions
    return fields


def _question(w: Writing, stub: Stub) -> Fields:
    asked: Fields = {"asked_by": "members", "question": w.text.sentence()}
    return asked | {"answered_by": w.post(), "answer": w.text.prose(30), "citations": [w.cite(stub)]}


def _report(w: Writing, stub: Stub) -> Fields:
    dated = stub.day - timedelta(days=14)
    wider = month_of(dated) if w.chance(0.4) else dated.isoformat()
    fields: Fields = {
        "reference_number": w.code(dated),
        "by": [w.post()],
        "to": w.seat(stub).id,
        "dated": wider,
    }
    fields["about"] = w.projects()
    fields["recommendations"] = [
        {"number": str(number + 1), "wording": f"That {w.text.clause(20)}."} for number in w.some(3)
    ]
    if w.chance(0.6):
        fields["clearances"] = [
            {"role": w.post(), "on_behalf_of": "true", "date": _days(dated, -1)} for _ in w.some(2)
        ]
    headings = ("financial", "legal", "risk", "equality", "environment", "ward", "performance", "staffing")
    kinds = w.rng.sample(headings, len(w.some(4)))
    fields["implications"] = [{"kind": kind, "statement": w.text.prose(25)} for kind in kinds]
    held = ("held", "referred to, not held")
    fields["appendices"] = [{"title": w.text.heading(4), "held": w.rng.choice(held)} for _ in w.some(3)]
    return fields | {"background_papers": w.rng.choice(("not stated", "left blank", "none"))}


def _resolution(w: Writing, stub: Stub) -> Fields:
    assert stub.of is not None
    assert stub.of.of is not None
    fields: Fields = {"item": stub.of.id}
    if w.chance(0.3):
        fields["resolved_on"] = stub.day.isoformat()
    fields["clauses"] = [_clause(w, stub, str(n), effect) for n, effect in enumerate(w.effects[stub], 1)]
    if w.chance(0.15):
        fields["motions"] = [
            {
                "kind": "motion",
                "wording": f"That {w.text.clause(20)}.",
                "mover": "a member",
                "fate": "carried",
            }
        ]
    if w.chance(0.3):
        against = w.rng.randrange(0, 9)
        fields["vote"] = {
            "for": str(against + w.rng.randrange(1, 20)),
            "against": str(against),
            "abstained": "0",
        }
    if stub.number:
        fields["exclusion"] = {"item": stub.of.of.parts[stub.number - 1].id, **GROUNDS}
    return fields


def _clause(w: Writing, stub: Stub, number: str, effect: str) -> Fields:
    words = w.text.clause(14) if effect != "noted" else f"{' '.join(w.text.words(12))} be noted"
    clause: Fields = {"number": number, "wording": f"That {words}.", "effect": effect}
    if w.chance(0.5):
        clause["concerns"] = w.projects(2)
    if effect in ("delegated", "referred", "requested"):
        clause["falls_to"] = [w.post()]
    return clause | {"citations": [w.cite(stub)]}


def _decision(w: Writing, stub: Stub) -> Fields:
    seat, officer, executive = w.seat(stub), stub.kind == "officer", stub.kind == "executive"
    fields: Fields = {"kind": stub.kind, "decided_by": w.post() if officer else seat.id}
    fields["decided_on"] = shape(w.rng, stub.day) if officer else stub.day.isoformat()
    fields |= {"wording": f"To {w.text.clause(14)}.", "about": w.projects()}
    if executive and w.chance(0.2):
        fields |= {
            "key_decision": "true",
            "key_reason": w.text.sentence(),
            "forward_plan": _days(stub.day, -35),
        }
    fields |= {
        "reasons": w.text.prose(30),
        "options_rejected": w.text.sentence(),
        "conflicts": "None were declared.",
    }
    if executive and w.chance(0.3):
        fields["call_in"] = {"open_until": _days(stub.day, 7), "status": "not called in"}
        fields["implemented_on"] = _days(stub.day, 12)
    if officer:
        fields |= {"delegated_by": "bodies/cabinet", "trigger": "awards a contract or incurs expenditure"}
    noting = [one for one in w.plan.later("resolutions", stub.day) if set(w.effects[one]) == {"noted"}]
    noting = [one for one in noting if w.seat(one) is not seat]
    if noting and w.chance(0.3):
        fields["noted_by"] = [noting[0].id]
    items = [one for one in w.plan.later("items", stub.day) if not one.exempt]
    if items and w.chance(0.3):
        fields["reported_in"] = [w.rng.choice(items).id]
    earlier = [one for one in w.plan.stubs["decisions"][:100] if one.day < stub.day and one.kind == stub.kind]
    if earlier and not officer and w.chance(0.05):
        fields["supersedes"] = [w.rng.choice(earlier).id]
    return fields


def _action(w: Writing, stub: Stub) -> Fields:
    assert stub.of is not None
    seat, day = w.seat(stub), stub.day.isoformat()
    fields: Fields = {"promised_by": w.post(), "promised_to": seat.id, "promised_on": day}
    fields |= {"arises_from": stub.of.id, "about": w.projects(2), "wording": f"To {w.text.clause(14)}."}
    due = stub.day + timedelta(days=w.rng.randrange(20, 300))
    dues: list[Fields] = [{"date": shape(w.rng, due), "said_on": day, "citations": [w.cite(stub)]}]
    states: list[Fields] = [{"status": "open", "on": day, "citations": [w.cite(stub)]}]
    later = w.plan.meeting_after(seat, stub.day)
    if later is not None and w.chance(0.3):
        put_off = month_of(due + timedelta(days=200))
        dues.append({"date": put_off, "said_on": later.day.isoformat(), "words": "later in the year"})
        states.append({"status": "put off", "on": later.day.isoformat(), "citations": [w.cite(later)]})
        later = w.plan.meeting_after(seat, later.day)
    if later is not None and w.chance(0.5):
        states.append({"status": "kept", "on": later.day.isoformat(), "citations": [w.cite(later)]})
    return fields | {"due": dues, "status": states}


# -- what is governed ---------------------------------------------------------------------------


def _project(w: Writing, stub: Stub) -> Fields:
    plan = w.plan.project_plans[stub.slug]
    fields: Fields = {"kind": "programme" if plan.parts else "project"}
    if plan.parent is not None:
        fields["parent"] = f"projects/{plan.parent.slug}"
    fields |= {
        "began": shape(w.rng, plan.began),
        "aims": [w.text.sentence() for _ in w.some(3)],
        "sponsor": w.post(),
    }
    fields["phases"] = [
        {
            "title": f"Phase {n + 1}",
            "period": f"{plan.began.year + n}/{plan.began.year + n + 1}",
            "summary": w.text.sentence(),
        }
        for n in w.some(2)
    ]
    if w.chance(0.4):
        partners = [body.id for body in w.plan.stubs["bodies"] if body.kind == "partnership"]
        fields["partners"] = [w.rng.choice(partners)]
    if w.chance(0.5):
        fields["serves"] = [w.plan.frequent("plans").id]
    return fields


def _transfer(w: Writing, stub: Stub) -> Fields:
    plan = w.plan.transfer_plans[stub.slug]
    fields: Fields = {"kind": plan.kind, "effective": plan.effective}
    fields["authorised_by"] = w.authorities[stub.slug] or "not stated"
    if plan.givers:
        fields["from"] = [f"bodies/{giver.slug}" for giver in plan.givers]
    elif plan.from_unstated:
        fields["from"] = "not stated"
    return fields | {"moves": [_move(w, stub, move) for move in plan.moves]}


def _move(w: Writing, stub: Stub, move: MovePlan) -> Fields:
    fields: Fields = {"what": f"projects/{move.what.slug}"}
    body = f"bodies/{move.body.slug}" if move.body is not None else None
    if move.where == "closed":
        fields["closed"] = {"into": w.rng.choice(("business as usual", "discontinued")), "monitored_by": body}
    else:
        fields[move.where] = body or "The report does not say who is to carry it on."
    return fields | ({"citations": [w.cite(stub)]} if w.chance(0.5) else {})


def _indicator(w: Writing, stub: Stub) -> Fields:
    percent = w.chance(0.5)
    measured = [
        {
            "value": f"{w.rng.randrange(100, 999) / 10}%" if percent else f"{w.rng.randrange(100, 60_000):,}",
            "as_at": quarter_of(stub.day - timedelta(days=92 * number)),
            "citations": [w.cite(stub)],
        }
        for number in range(w.rng.randrange(3, 9), 0, -1)
    ]
    return {
        "project": w.plan.frequent("projects").id,
        "unit": "%" if percent else "people",
        "definition": w.text.sentence(),
        "better": w.rng.choice(("up", "down")),
        "baseline": measured[0],
        "target": {"value": measured[-1]["value"], "by": financial_year_of(stub.day)},
        "observations": measured[1:],
        "comparators": [{"who": "the average of councils like it", "value": measured[1]["value"]}],
    }


def _figures(w: Writing, stub: Stub) -> Fields:
    rows = list(dict.fromkeys(plain_slug(word) for word in ["savings", *w.text.words(w.rng.randrange(2, 6))]))
    first = stub.day.year - len(w.some(3))
    years = [financial_year_of(date(year, 4, 1)) for year in range(first, stub.day.year)]
    kinds = ("planned", "delivered", "budget", "outturn")
    cells: list[Fields] = []
    for row in rows:
        for year in years:
            value = amount(w.rng)
            states = {"key": f"{stub.id}#{row}/{plain_slug(year)}", "value": value, "over": year}
            receipt = {
                **w.cite(stub, f"savings of {value} for {' '.join(w.text.words(5))}"),
                "states": states,
            }
            cell = {"row": row, "column": plain_slug(year), "kind": w.rng.choice(kinds), "amount": value}
            cells.append({**cell, "citations": [receipt]})
    w.cells[stub] = cells
    return {
        "about": w.projects(2),
        "body": w.seat(stub).id,
        "unit": "£",
        "rows": [{"key": row, "label": row.capitalize()} for row in rows],
        "columns": [{"key": plain_slug(year), "label": year, "period": year} for year in years],
        "cells": cells,
    }


def _plan(w: Writing, stub: Stub) -> Fields:
    year, body = stub.day.year, w.seat(stub).id
    fields: Fields = {
        "kind": "strategy",
        "body": body,
        "period": f"{year}/{year + 4}",
        "in_force_since": shape(w.rng, stub.day),
    }
    fields |= {"endorsed_by": [body], "endorsed_on": stub.day.isoformat(), "review_due": f"{year + 4}"}
    fields["priorities"] = [
        {
            "number": str(number + 1),
            "title": w.text.heading(5),
            "statements": [w.text.sentence()],
            "actions": [w.text.sentence() for _ in range(2)],
            "priorities": [{"title": w.text.heading(4), "measures": [w.text.sentence()]}],
        }
        for number in w.some(5)
    ]
    return fields


# -- what else there is -------------------------------------------------------------------------


def _event(w: Writing, stub: Stub) -> Fields:
    kind = w.rng.choice(("review", "service opened", "contract let", "award", "consultation", "other"))
    on = shape(w.rng, stub.day - timedelta(days=w.rng.randrange(1, 60)))
    return {"kind": kind, "on": on, "about": w.projects(), "by": [w.seat(stub).id]}


def _source(_: Writing, stub: Stub) -> Fields:
    fields: Fields = {"kind": stub.kind, "dated": stub.day.isoformat()}
    if stub.of is None:
        publisher = {
            "standing": "third-party",
            "publisher": "a residents' association",
            "licence": "not stated",
        }
        return fields | publisher | {"url": f"https://residents.example/{stub.slug}"}
    publisher = {
        "standing": "official",
        "publisher": "Marrowmere Council",
        "licence": "Open Government Licence v3.0",
    }
    return fields | publisher | {"url": f"{SITE}/minutes/{stub.slug}", "record_of": [stub.of.id]}


def _statement(w: Writing, stub: Stub) -> Fields:
    assert stub.of is not None
    fields: Fields = {"by": w.post(), "capacity": "officer", "said_at": stub.of.id}
    if stub.kind == "outsider":
        fields = {
            "speaker": "a resident",
            "capacity": "outsider",
            "said_on": stub.day.isoformat(),
            "said_in": stub.of.id,
        }
    fields |= {"about": w.projects(2), "words": w.text.sentence()}
    earlier = [one for one in w.plan.stubs["transfers"] if one.day < stub.day]
    return fields | ({"disputes": [w.rng.choice(earlier).id]} if earlier and w.chance(0.5) else {})


def _discrepancy(w: Writing, stub: Stub) -> Fields:
    table = w.rng.choice([table for table, cells in w.cells.items() if cells])
    cell = w.rng.choice(w.cells[table])
    w.cells[table].remove(cell)  # a second disagreement about one figure would be with the first
    sides: list[Fields] = []
    for value in (cell["amount"], amount(w.rng)):
        states = {"key": f"{table.id}#{cell['row']}/{cell['column']}", "value": value}
        receipt = {**w.cite(stub, f"a saving of {value} was reported"), "states": [states]}
        sides.append({"says": f"{value} was saved.", "citations": [receipt]})
    return {
        "kind": w.rng.choice(("rounding", "slip", "open")),
        "matter": "amounts",
        "about": [table.id],
        "sides": sides,
    }


_WRITE: dict[str, Callable[[Writing, Stub], Fields]] = {
    "council": _council, "bodies": _body, "posts": _post, "meetings": _meeting, "items": _item, "reports": _report,
    "resolutions": _resolution, "decisions": _decision, "projects": _project, "transfers": _transfer,
    "actions": _action, "indicators": _indicator, "figures": _figures, "plans": _plan, "events": _event,
    "sources": _source, "statements": _statement, "discrepancies": _discrepancy,
}  # fmt: skip
