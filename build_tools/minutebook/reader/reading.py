"""What was read of a folder of records: the records, and what was found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from minutebook.diagnostics import Diagnostic, Place, Rule
from minutebook.records.base import Record
from minutebook.records.values import Ref
from minutebook.settings import Settings, Synonyms


class NoKnowledgeBase(Exception):
    """The folder of records is not there."""


@dataclass(slots=True)
class Reading:
    """What was read: the records, the findings, and the ids whose files could not be read."""

    root: Path = Path()  # the folder of the records, with no link in it
    records: list[Record] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    broken: set[Ref] = field(default_factory=set)
    councils: dict[str, str] = field(default_factory=dict)  # slug of each council folder: its path
    settings: Settings = field(default_factory=lambda: Settings.model_validate({}))
    synonyms: Synonyms = field(default_factory=lambda: Synonyms.model_validate({}))

    def say(
        self, rule: Rule, path: str, message: str, help: str | None = None, restricted: bool = False
    ) -> None:
        """Note a finding about a file or a folder as a whole."""
        self.findings.append(Diagnostic(rule, Place(path), message, help or rule.mend, restricted=restricted))
