"""`kb/` to records and findings: every file is read, or there is a finding that says why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from minutebook.collector import without_collector
from minutebook.diagnostics import Diagnostic, Place
from minutebook.names_meant import offer_ids
from minutebook.privacy import names_of_hidden
from minutebook.reader.memory import Memory
from minutebook.reader.reading import NoKnowledgeBase, Reading
from minutebook.reader.record_files import read_record
from minutebook.reader.texts import MAX_FILE, MAX_LINE
from minutebook.reader.unread import MAX_NAME
from minutebook.reader.walking import read_folder_of_records
from minutebook.rules import publication as publication_rules
from minutebook.rules import reading as rules


@without_collector()
def read_records(folder: Path, overlay: Path | None = None, memory: Memory | None = None) -> Reading:
    """Read every file under `folder`. Findings are values; only a missing folder is an exception.

    `overlay` is a second folder of records, kept outside a public repository, whose history would
    show what the gate hides. An id is taken once: where both have it, the one in `folder` stays.
    With a `memory` only files whose bytes are not in it are read.
    """
    read = read_record if memory is None else memory.recall
    reading = Reading()
    read_folder_of_records(folder, reading, read)
    if overlay is not None:
        above = Reading()
        read_folder_of_records(overlay, above, read)
        _lay_over(reading, above, overlay)
    if memory is not None:
        memory.forget_the_rest()
    if reading.findings:
        hidden = names_of_hidden(reading.records)
        reading.findings = [hidden.mask(one) for one in offer_ids(reading.findings, reading.records)]
    return reading


def _lay_over(reading: Reading, above: Reading, overlay: Path) -> None:
    """Add the records of an overlay; its messages name no record, for its log may be public."""
    there = {record.id: record for record in reading.records}
    reading.findings.extend(replace(finding, restricted=True) for finding in above.findings)
    reading.broken |= above.broken - set(there)
    for council, path in above.councils.items():
        reading.councils.setdefault(council, path)
    for record in above.records:
        first = there.get(record.id)
        if first is None and record.id not in reading.broken:
            reading.records.append(record)
            continue
        erased = first is not None and first.erased is not None
        rule = publication_rules.ERASED_ID_AGAIN if erased else rules.ID_TAKEN
        message = "a record of the knowledge base has this id" + (" and was erased" if erased else "")
        reading.findings.append(
            Diagnostic(rule, Place(record.file.path), message, rule.mend, restricted=True)
        )
    if above.settings != Reading().settings or above.synonyms != Reading().synonyms:
        message = "settings and synonyms belong to the knowledge base, an overlay has records alone"
        reading.say(rules.STRAY_FILE, overlay.as_posix(), message)


__all__ = ["MAX_FILE", "MAX_LINE", "MAX_NAME", "Memory", "NoKnowledgeBase", "Reading", "read_records"]
