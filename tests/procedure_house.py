"""A council with an executive, in order, to which the tests of procedure add what the checks are to find."""

from __future__ import annotations

from collections.abc import Iterable

from minutebook.checks import procedure
from minutebook.diagnostics import Diagnostic
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.values import Ref
from minutebook.settings import Settings
from tests.helpers import codes, read_ledger

# A council with an executive, its committees, and a board of officers; three meetings and what they did.
HOUSE = """
bodies/full: {kind: council}
bodies/cabinet: {kind: cabinet, parent: bodies/full}
bodies/planning: {kind: committee, parent: bodies/full}
bodies/panel: {kind: sub-committee, parent: bodies/planning}
bodies/scrutiny: {kind: scrutiny committee, parent: bodies/full}
bodies/board: {kind: programme board}
bodies/old-planning: {kind: committee, parent: bodies/full, ended: 2019-05, succeeded_by: [bodies/planning]}
posts/director: {body: not stated}
posts/leader: {body: bodies/cabinet}
meetings/2019-11-cabinet: {body: bodies/cabinet, held_on: 2019-11-05}
meetings/2019-12-cabinet: {body: bodies/cabinet, held_on: 2019-12-10}
meetings/2019-11-scrutiny: {body: bodies/scrutiny, held_on: 2019-11-12}
meetings/2019-11-planning: {body: bodies/planning, held_on: 2019-11-20}
meetings/2019-11-board: {body: bodies/board, held_on: 2019-11-18}
items/cabinet-1: {meeting: meetings/2019-11-cabinet, number: "1"}
items/cabinet-dec: {meeting: meetings/2019-12-cabinet, number: "1"}
items/scrutiny-1: {meeting: meetings/2019-11-scrutiny, number: "1"}
items/planning-1: {meeting: meetings/2019-11-planning, number: "1"}
items/board-1: {meeting: meetings/2019-11-board, number: "1"}
"""


def house(
    text: str = "",
    *,
    area: str | None = None,
    kind: str = "unitary authority",
    as_of: str | None = None,
    broken: Iterable[str] = (),
) -> KnowledgeBase:
    """The council with more records."""
    code = f", area_code: {area}" if area else ""
    ledger = f"council/ambledown: {{kind: {kind}{code}}}\n{HOUSE}\n{text}"
    settings = Settings.model_validate({"as_of": as_of} if as_of else {})
    return KnowledgeBase(read_ledger(ledger), settings=settings, broken=map(Ref, broken))


def findings(kb: KnowledgeBase) -> list[Diagnostic]:
    """What the checks of procedure find."""
    return [finding for check in procedure.CHECKS for finding in check(kb)]


def found(kb: KnowledgeBase) -> list[str]:
    """The codes of what they find."""
    return codes(findings(kb))


def decision(fields: str, *, name: str = "one") -> str:
    """A decision of the Cabinet, on the day it met, with more fields or other ones."""
    given = {part.split(":")[0].strip() for part in fields.split(";")}
    needed = {"kind": "executive", "decided_by": "bodies/cabinet", "decided_on": "2019-11-05"}
    stated = {"reasons": "Cost.", "options_rejected": "Nothing.", "conflicts": "None."}
    filled = [f"{key}: {value}" for key, value in {**needed, **stated}.items() if key not in given]
    written = [part.strip() for part in fields.split(";") if part.strip() and not part.endswith("-")]
    return f"decisions/{name}:\n" + "\n".join(f"  {line}" for line in [*filled, *written]) + "\n"


def resolution(fields: str, *, item: str = "cabinet-1", name: str = "one") -> str:
    """A resolution on an item; its fields one after the other."""
    written = [part.strip() for part in fields.split(";") if part.strip()]
    if not any(part.startswith("clauses:") for part in written):
        written.insert(0, "clauses: [{wording: That it be done., effect: approved}]")
    return f"resolutions/{name}:\n  item: items/{item}\n" + "\n".join(f"  {line}" for line in written) + "\n"


def clause(effect: str, more: str = "") -> str:
    """One clause as a list."""
    return f"clauses: [{{wording: That it be so., effect: {effect}{more}}}]"


EXCLUSION = "exclusion: {item: items/%s, paragraphs: ['3'], public_interest_reason: Prices.}"

ASKS = clause("recommended", ", falls_to: [bodies/cabinet]")


def meeting(fields: str, *, body: str = "planning", held_on: str = "2020-01-07") -> str:
    """One more meeting."""
    return f"meetings/one: {{body: bodies/{body}, held_on: {held_on}, {fields}}}\n"


def late_item(
    dated: str, more: str = "", *, item: str = "meetings/2019-11-planning", to: str = "planning"
) -> str:
    """An item with one report."""
    report = f"reports/one: {{by: not stated, to: bodies/{to}, dated: {dated}, background_papers: none}}\n"
    return f"{report}items/late: {{meeting: {item}, number: '9', reports: [reports/one]{more}}}\n"
