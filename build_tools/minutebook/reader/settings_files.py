"""The files beside the records that configure: settings and synonyms."""

from __future__ import annotations

import os
from dataclasses import replace

from pydantic import ValidationError

from minutebook.field_findings import findings_of
from minutebook.front_matter import read_fields_file
from minutebook.reader.reading import Reading
from minutebook.reader.texts import read_text
from minutebook.records.base import Part
from minutebook.rules import reading as rules
from minutebook.settings import Settings, Synonyms

SETTINGS_FILES: dict[str, type[Part]] = {"minutebook.yml": Settings, "synonyms.yml": Synonyms}


def read_settings(entry: os.DirEntry[str], path: str, reading: Reading) -> None:
    """Take the settings or synonyms of a file into the reading."""
    file, _ = read_text(entry, path, reading)
    if file is None:
        return
    fields, findings = read_fields_file(file)
    model = SETTINGS_FILES[entry.name]
    if fields is not None:
        try:
            settings = model.model_validate(fields)
        except ValidationError as error:
            findings = [*findings, *findings_of(file, model, fields, error)]
        else:
            if isinstance(settings, Settings):
                reading.settings = settings
            elif isinstance(settings, Synonyms):
                reading.synonyms = settings
    reading.findings.extend(replace(f, rule=rules.SETTINGS) for f in findings)
