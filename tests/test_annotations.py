"""Findings for a continuous integration: GitHub's workflow commands and SARIF."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import FormatChecker, validators
from pydantic import ValidationError
from pydantic_sarif.model import (  # type: ignore[import-untyped] # it says nothing of types
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as SarifLog,
)

from minutebook.annotations import render_github, render_sarif
from minutebook.cli import cli
from minutebook.diagnostics import Diagnostic, Note, Place
from minutebook.rules import RULES, reading, references
from minutebook.source import SourceFile, Span
from tests.small_council import write_council

FILE = SourceFile("kb/thornby/transfers/2021 split, 100%.md", "---\nto: bodies/x\n---\n")
PLAIN = Diagnostic(
    references.UNKNOWN_REFERENCE,
    Place.of(FILE, Span.at(2, 5, 8)),
    "no body `bodies/x`",
    "did you mean `bodies/y`?",
    (Note("the other one", Place("kb/thornby/bodies/y.md", Span.at(3, 1, 4))),),
)
SECRET = Diagnostic(
    references.UNKNOWN_REFERENCE,
    Place("kb/thornby/transfers/zebra.md", Span.at(7, 3, 5)),
    "zebra",
    restricted=True,
)


def test_a_workflow_command_names_file_line_and_column_and_escapes_what_would_end_it() -> None:
    assert render_github([PLAIN]) == (
        "::error file=kb/thornby/transfers/2021 split%2C 100%25.md,title=MB301 unknown-reference,"
        "line=2,endLine=2,col=5,endColumn=13::no body `bodies/x`"
        "%0Anote: the other one (kb/thornby/bodies/y.md:3:1)%0Ahelp: did you mean `bodies/y`?\n"
    )


def test_the_name_of_a_file_ends_no_property() -> None:
    odd = Diagnostic(reading.STRAY_FILE, Place("kb/10:30, line=9::x.md"), "stray")
    assert render_github([odd]).startswith("::error file=kb/10%3A30%2C line=9%3A%3Ax.md,title=")


def test_a_message_cannot_smuggle_in_a_second_command() -> None:
    hostile = Diagnostic(reading.STRAY_FILE, Place("kb/a\n::warning::b.md"), "x\n::error::y\r\x1b[2J", "z")
    assert render_github([hostile]).count("\n") == 1
    assert "\x1b" not in render_github([hostile])


def test_neither_format_shows_a_record_that_is_not_public() -> None:
    for text in (render_github([SECRET]), render_sarif([SECRET])):
        assert "zebra" not in text
        assert "MB301" in text
        assert "7" in text
    assert "zebra" in render_github([SECRET], show_restricted=True)


def test_sarif_has_rules_results_and_places() -> None:
    log: Any = json.loads(render_sarif([PLAIN]))
    (run,) = log["runs"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["MB301"]
    (result,) = run["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("MB301", 0, "error")
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "kb/thornby/transfers/2021%20split%2C%20100%25.md"
    assert physical["region"] == {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 13}
    assert result["relatedLocations"][0]["message"] == {"text": "the other one"}


def test_a_finding_keeps_its_fingerprint_when_its_line_moves() -> None:
    moved = Diagnostic(PLAIN.rule, Place(FILE.path, Span.at(9, 5, 8)), PLAIN.message, PLAIN.help)
    prints = [
        json.loads(render_sarif([f]))["runs"][0]["results"][0]["partialFingerprints"] for f in (PLAIN, moved)
    ]
    assert prints[0] == prints[1]


def test_no_finding_is_a_log_without_results() -> None:
    assert render_github([]) == ""
    assert json.loads(render_sarif([]))["runs"][0]["results"] == []


# -- SARIF, judged by others ---------------------------------------------------------------------


def some_of_everything() -> list[Diagnostic]:
    """Findings of every rule, with and without a place, a span, a note and a help; hidden ones, and odd names."""
    odd = SourceFile("kb/thornby/bodies/caf\u00e9 \udce9 #?%.md", "---\ntitle: \u201cx\u201d\n---\n")
    found = [PLAIN, SECRET, Diagnostic(reading.STRAY_FILE, Place(odd.path), "stray")]
    for number, rule in enumerate(RULES.values()):
        span = Span(1, 1, 2, 4) if number % 3 == 0 else Span.at(2, 1, 5)
        place = Place.of(odd, span) if number % 2 else Place(FILE.path, span)
        found.append(Diagnostic(rule, place, f"broken {number}", restricted=number % 5 == 0))
    return found


@pytest.fixture(scope="module")
def log() -> Any:
    """A log of findings of every rule."""
    return json.loads(render_sarif(some_of_everything()))


def test_a_log_is_what_the_models_made_from_the_schema_of_the_standard_take(log: Any) -> None:
    """`pydantic-sarif` was generated from OASIS' own schema: members, enumerations, bounds; nothing else is taken."""
    read = SarifLog.model_validate(log)

    assert len(read.runs[0].results) == len(log["runs"][0]["results"]) > len(RULES)
    for wrong in (
        {**log, "version": "2.0.0"},
        {**log, "runs": [{**log["runs"][0], "columnKind": "bytes"}]},
        {**log, "runs": [{"results": []}]},
        {**log, "remark": "not in the standard"},
    ):
        with pytest.raises(ValidationError):
            SarifLog.model_validate(wrong)


def test_what_the_models_do_not_say_of_the_schema_holds_as_well(log: Any) -> None:
    """A message has a text, rules are unique, an index leads to the rule, an address is a relative reference."""
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]

    assert len({rule["id"] for rule in rules}) == len(rules) == len(RULES)
    for result in run["results"]:
        assert result["message"]["text"].strip()
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for location in (*result["locations"], *result.get("relatedLocations", [])):
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri), "RFC 3986, section 4.2"
            region = location["physicalLocation"].get("region", {})
            assert region.get("endLine", 1_000) >= region.get("startLine", 1)


SCHEMA = os.environ.get("MINUTEBOOK_SARIF_SCHEMA")


@pytest.mark.skipif(not SCHEMA, reason="MINUTEBOOK_SARIF_SCHEMA names no copy of sarif-schema-2.1.0.json")
def test_a_log_is_valid_by_the_schema_itself(log: Any) -> None:
    assert SCHEMA is not None
    schema = json.loads(Path(SCHEMA).read_text(encoding="utf-8"))
    judge = validators.validator_for(schema)(schema, format_checker=FormatChecker())

    assert [error.message for error in judge.iter_errors(log)] == []
    assert list(judge.iter_errors({**log, "remark": "not in the standard"})) != []


# -- choosing rules ------------------------------------------------------------------------------


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """The small council with an unknown reference (MB301) and a body that stands alone (MB312)."""
    return write_council(
        tmp_path,
        **{
            "bodies/lone.md": "title: Lone Board\nkind: workstream",
            "projects/boilers.md": "title: Boilers\nkind: project\nparent: projects/warm-homes\nsponsor: posts/nobody",
        },
    )


def run(*arguments: str | Path) -> Result:
    """Run `check` as a user would."""
    return CliRunner().invoke(cli, ["check", *(str(argument) for argument in arguments)])


def test_select_shows_the_rules_asked_for(faulty: Path) -> None:
    assert "MB312" in run("--kb", faulty).stdout
    assert "MB301" in run("--kb", faulty).stdout
    chosen = run("--select", "MB312", "--kb", faulty)
    assert (chosen.exit_code, "MB301" in chosen.stdout) == (0, False)
    assert run("--select", "mb3", "--kb", faulty).exit_code == 1


def test_ignore_leaves_rules_out_by_code_or_name(faulty: Path) -> None:
    for word in ("MB301", "unknown-reference"):
        result = run("--ignore", word, "--kb", faulty)
        assert (result.exit_code, "MB301" in result.stdout) == (0, False)


@pytest.mark.parametrize("code", ["MB6", "MB601", "MB"])
def test_rules_of_publication_cannot_be_left_out(faulty: Path, code: str) -> None:
    result = run("--ignore", code, "--kb", faulty)
    assert result.exit_code == 2


def test_an_unknown_code_is_wrong_use(faulty: Path) -> None:
    result = run("--select", "MB999", "--kb", faulty)
    assert result.exit_code == 2
    assert "no rule `MB999`" in result.output


@pytest.mark.parametrize("form", ["github", "sarif", "json"])
def test_every_format_exits_as_the_text_does(faulty: Path, form: str) -> None:
    assert run("--format", form, "--kb", faulty).exit_code == 1
