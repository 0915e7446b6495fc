"""The types of record, one module each; this list is all that joins a new one to the house."""

from __future__ import annotations

from types import MappingProxyType

from minutebook.records.action import Action
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.council import Council
from minutebook.records.decision import Decision
from minutebook.records.discrepancy import Discrepancy
from minutebook.records.event import Event
from minutebook.records.figures import Figures
from minutebook.records.indicator import Indicator
from minutebook.records.meeting import Meeting
from minutebook.records.plan import Plan
from minutebook.records.post import Post
from minutebook.records.project import Project
from minutebook.records.report import Report
from minutebook.records.resolution import Resolution
from minutebook.records.source_document import SourceDocument
from minutebook.records.statement import Statement
from minutebook.records.transfer import Transfer

RECORD_TYPES: tuple[type[Record], ...] = (
    Council,
    Body,
    Post,
    Meeting,
    AgendaItem,
    Report,
    Resolution,
    Decision,
    Project,
    Transfer,
    Action,
    Indicator,
    Figures,
    Plan,
    Event,
    SourceDocument,
    Statement,
    Discrepancy,
)

BY_FOLDER = MappingProxyType({record_type.folder: record_type for record_type in RECORD_TYPES})
