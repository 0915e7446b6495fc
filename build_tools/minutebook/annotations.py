"""Findings for a continuous integration: GitHub's workflow commands, and SARIF 2.1.0 for code scanners."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from urllib.parse import quote

from minutebook import __version__
from minutebook.diagnostics import Diagnostic, Place, Rule
from minutebook.rendering import shown, visible

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"  # an identifier; nothing is fetched


def render_github(findings: Iterable[Diagnostic], *, show_restricted: bool = False) -> str:
    """Return the findings as GitHub workflow commands, which it shows beside the changed lines."""
    return "".join(f"{_command(finding)}\n" for finding in shown(findings, show_restricted=show_restricted))


def _command(finding: Diagnostic) -> str:
    place, rule = finding.place, finding.rule
    values = {"file": place.path, "title": f"{rule.code} {rule.name}"}
    if place.span is not None:
        span = place.span
        values |= {"line": str(span.line), "endLine": str(span.end_line)}
        # A masked finding says the line alone; GitHub takes columns only within one line.
        if not finding.restricted and span.line == span.end_line:
            values |= {"col": str(span.column), "endColumn": str(span.end_column)}
    properties = ",".join(f"{name}={_property(value)}" for name, value in values.items())
    return f"::{rule.severity.value} {properties}::{_data(_sentences(finding))}"


def _sentences(finding: Diagnostic) -> str:
    lines = [finding.message]
    lines += [f"note: {note.text}" + (f" ({note.place})" if note.place else "") for note in finding.notes]
    lines += [f"help: {finding.help}"] if finding.help else []
    return "\n".join(visible(line) for line in lines)


def _data(text: str) -> str:
    """Escape what would end a workflow command (GitHub's documentation of workflow commands)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")


def render_sarif(findings: Iterable[Diagnostic], *, show_restricted: bool = False) -> str:
    """Return the findings as one SARIF 2.1.0 log (OASIS standard, 27 March 2020)."""
    found = shown(findings, show_restricted=show_restricted)
    rules = sorted({finding.rule.code: finding.rule for finding in found}.items())
    numbers = {code: number for number, (code, _) in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "minutebook",
                "version": __version__,
                "rules": [_rule(rule) for _, rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, numbers[finding.rule.code]) for finding in found],
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=True, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.checks},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.mend},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(finding: Diagnostic, rule_number: int) -> dict[str, object]:
    # The message and the file, not the line: a finding stays the same one when lines move above it.
    identity = f"{finding.rule.code}\x00{finding.place.path}\x00{finding.message}"
    result: dict[str, object] = {
        "ruleId": finding.rule.code,
        "ruleIndex": rule_number,
        "level": finding.rule.severity.value,
        "message": {"text": _sentences(finding)},
        "locations": [_location(finding.place, columns=not finding.restricted)],
        "partialFingerprints": {
            "finding/v1": hashlib.sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()
        },
    }
    related = [(note, note.place) for note in finding.notes if note.place is not None]
    if related:
        result["relatedLocations"] = [
            {**_location(place, columns=True), "message": {"text": visible(note.text)}}
            for note, place in related
        ]
    return result


def _location(place: Place, *, columns: bool) -> dict[str, object]:
    physical: dict[str, object] = {
        "artifactLocation": {"uri": quote(place.path.removeprefix("./"), safe="/", errors="surrogateescape")}
    }
    if place.span is not None:
        span = place.span
        region = {"startLine": span.line}
        if columns:
            region |= {"startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column}
        physical["region"] = region
    return {"physicalLocation": physical}
