"""5xx, what the law and standing orders ask of a decision, a meeting and a vote: the checks of all its files."""

from __future__ import annotations

from minutebook.checks import (
    procedure_decisions,
    procedure_key_decisions,
    procedure_meetings,
    procedure_reports,
    procedure_resolutions,
    procedure_votes,
)

CHECKS = (
    *procedure_decisions.CHECKS,
    *procedure_key_decisions.CHECKS,
    *procedure_meetings.CHECKS,
    *procedure_reports.CHECKS,
    *procedure_resolutions.CHECKS,
    *procedure_votes.CHECKS,
)
