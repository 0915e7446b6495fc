"""From a folder of records to a linked knowledge base with all its findings, in one step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from minutebook.checks import run_checks
from minutebook.diagnostics import Diagnostic, has_errors, sorted_once
from minutebook.evidence.texts import SourceTexts
from minutebook.knowledge_base import KnowledgeBase, link_records
from minutebook.reader import read_records


@dataclass(frozen=True, slots=True)
class Loaded:
    """A knowledge base and what was found in it. What cannot be read is not in it, and is a finding."""

    kb: KnowledgeBase
    findings: tuple[Diagnostic, ...]

    @property
    def is_sound(self) -> bool:
        """Whether no finding is an error."""
        return not has_errors(self.findings)


def load(folder: Path, overlay: Path | None = None, sources: Path | SourceTexts | None = None) -> Loaded:
    """Read, link and check every record under `folder` and `overlay`; NoKnowledgeBase where one is not there.

    `sources` is the folder with the texts of the sources, in which every quotation is looked for; who
    asks them more gives what was read of it.
    """
    reading = read_records(folder, overlay)
    kb = link_records(reading)
    texts = SourceTexts(sources) if isinstance(sources, Path) else sources
    return Loaded(kb, tuple(sorted_once([*reading.findings, *run_checks(kb, texts)])))
