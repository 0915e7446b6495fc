"""The checks as a whole: all are run, none breaks, none blames what is true, and none gives away a name.

What each of them finds is shown by the cases (`test_cases.py`).
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minutebook import checks
from minutebook.checks import authority, evidence_texts, ownership, run_checks
from minutebook.diagnostics import Diagnostic
from minutebook.front_matter import read_front_matter, write_record_text
from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import load
from minutebook.ownership import OwnershipHistory, Status
from minutebook.records import BY_FOLDER
from minutebook.records.base import Access
from minutebook.rules import RULES
from minutebook.source import SourceFile
from minutebook.when import When
from tests.helpers import UNTIMED, codes, knowledge_base, lay_out, sample_files, some_hidden
from tests.ledger import (
    FIRST,
    LAST,
    Happened,
    days_from,
    knowledge_bases,
    record,
    told,
    true_histories,
)

Function = Callable[..., Iterator[Diagnostic]]


def modules() -> list[Any]:
    """The modules in which checks stand."""
    return [
        importlib.import_module(f"{checks.__name__}.{name}")
        for _, name, _ in pkgutil.iter_modules(checks.__path__)
    ]


def check_functions() -> dict[str, Function]:
    """Every function that is called a check, by its full name."""
    return {
        f"{module.__name__}.{name}": function
        for module in modules()
        for name, function in vars(module).items()
        if name.startswith("check_")
        and inspect.isfunction(function)
        and function.__module__ == module.__name__
    }


# -- the list -----------------------------------------------------------------------------------


def test_every_check_is_run() -> None:
    run = {*checks.CHECKS, *ownership.CHECKS, *authority.CHECKS, *evidence_texts.CHECKS}

    forgotten = [name for name, function in check_functions().items() if function not in run]

    assert forgotten == [], "add them to CHECKS of their module, and the module to checks/__init__.py"
    assert len(check_functions()) == len(run)


@pytest.mark.parametrize("name", check_functions())
def test_a_check_says_in_a_sentence_what_holds_and_by_which_codes_it_says_so(name: str) -> None:
    doc = inspect.getdoc(check_functions()[name]) or ""
    found = re.findall(r"MB\d{3}", doc)

    assert found, "name the codes of what the check finds"
    assert doc.splitlines()[0].endswith(".")
    for code in found:
        assert code in RULES, f"{code} is no rule"


# -- on the samples -----------------------------------------------------------------------------

SAMPLES = sample_files()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_record_that_is_missing_breaks_no_check_and_is_missed_where_it_is_named(
    name: str, tmp_path: Path
) -> None:
    rest = {path: text for path, text in SAMPLES.items() if path != name}
    reference = name.removeprefix("ambledown/").removesuffix(".md")

    findings = load(lay_out(tmp_path / "kb", rest)).findings

    named = {
        path
        for path, text in rest.items()
        if f"{reference}\n" in text or f"{reference}," in text or f"{reference}]\n" in text
    }
    missed = {f.place.path.partition("/kb/")[2] for f in findings if f.rule.code == "MB301"}
    assert named <= missed
    assert all(f"`{reference}`" in finding.message for finding in findings if finding.rule.code == "MB301")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_record_that_is_broken_silences_what_only_follows_from_it(name: str, tmp_path: Path) -> None:
    broken = {**SAMPLES, name: SAMPLES[name].replace("---\n", "---\nbroken: [\n", 1)}

    findings = load(lay_out(tmp_path / "kb", broken)).findings

    assert codes(findings) == ["MB108"]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_field_that_is_taken_out_or_garbled_breaks_no_check(name: str, tmp_path: Path) -> None:
    front, _ = read_front_matter(SourceFile(name, SAMPLES[name]))
    assert front is not None
    folder = lay_out(tmp_path / "kb", SAMPLES)
    for field in front.fields:
        for garbled in (None, "9999-12-31", ["projects/sample"]):
            fields: dict[str, Any] = dict(front.fields)
            if garbled is None:
                del fields[field]
            else:
                fields[field] = garbled
            (folder / name).write_text(write_record_text(fields, front.narrative), encoding="utf-8")

            for finding in load(folder).findings:
                assert finding.place.path.startswith(folder.as_posix())
                assert finding.message
                assert finding.help


# -- on whatever the transfers say --------------------------------------------------------------


@UNTIMED
@given(knowledge_bases())
def test_no_transfers_make_so_little_sense_that_a_check_breaks(kb: KnowledgeBase) -> None:
    findings = run_checks(kb)

    assert findings == sorted(findings, key=lambda f: (*f.place.sort_key, f.rule.code, f.message))
    assert len({(f.place, f.rule.code, f.message) for f in findings}) == len(findings)


@UNTIMED
@given(knowledge_bases(), st.sets(st.integers(0, 13), min_size=1, max_size=5))
def test_a_finding_that_names_what_is_not_public_is_masked(kb: KnowledgeBase, hidden: set[int]) -> None:
    whole = some_hidden(kb, hidden)
    secret = [f"{r.id.folder}/{r.id.slug}" for r in whole.records.values() if r.access is not Access.PUBLIC]
    for finding in run_checks(whole):
        notes = [
            words for note in finding.notes for words in (note.text, note.place.path if note.place else "")
        ]
        shown = " ".join([finding.place.path, finding.message, finding.help or "", *notes])
        names = [name for name in secret if re.search(rf"\b{name}\b", shown)]
        assert not names or finding.restricted, (names, finding.rule.code, shown)
        masked = " ".join(
            map(
                str,
                (
                    finding.masked().place,
                    finding.masked().message,
                    finding.masked().help,
                    finding.masked().notes,
                ),
            )
        )
        assert not re.search(r"\b(bodies|projects|transfers)/[a-z0-9]", masked)


def ownership_findings(happened: list[Happened] | tuple[Happened, ...]) -> list[Diagnostic]:
    """What is found of transfers that really took place, between bodies that have the power."""
    history, _ = told(happened)
    bodies = [record(f"bodies/{name}", {"kind": "programme board"}) for name in "abcd"]
    whole = OwnershipHistory(KnowledgeBase([*history.kb.records.values(), *bodies]))
    return [finding for check in (*ownership.CHECKS, *authority.CHECKS) for finding in check(whole)]


@UNTIMED
@given(true_histories())
def test_what_really_happened_is_not_blamed(happened: tuple[Happened, ...]) -> None:
    findings = ownership_findings(happened)
    history, project = told(happened)

    if history.chain(project).unordered:
        assert set(codes(findings)) <= {"MB413", "MB414"}
        assert findings
    else:
        assert findings == []


def exact(one: Happened) -> Happened:
    """What happened, with its day known."""
    return Happened(one.day, one.day, one.day, one.kind, one.givers, one.destination)


@UNTIMED
@given(true_histories(), st.data())
def test_a_transfer_that_is_left_out_is_missed(happened: tuple[Happened, ...], data: st.DataObject) -> None:
    assume(len(happened) > 1)
    left_out = data.draw(st.integers(0, len(happened) - 2))
    rest = [exact(one) for number, one in enumerate(happened) if number != left_out]

    assert codes(ownership_findings(rest)), f"without number {left_out}"


@UNTIMED
@given(true_histories(), st.data())
def test_a_transfer_that_is_told_twice_is_noticed(
    happened: tuple[Happened, ...], data: st.DataObject
) -> None:
    twice = data.draw(st.sampled_from(happened))
    findings = ownership_findings([*map(exact, happened), exact(twice)])

    assert codes(findings)


MISTAKES = st.sampled_from(
    [
        {"kind": "establish"}, {"kind": "reopen"}, {"kind": "close"}, {"kind": "split"}, {"kind": "transfer"}, {"day": FIRST}, {"day": LAST},
        {"givers": ()}, {"givers": ("bodies/a",)}, {"givers": ("bodies/b", "bodies/c")}, {"destination": {"to": "bodies/a"}},
        {"destination": {"gap": "Nobody."}}, {"destination": {"closed": {"into": "x"}}}, {"destination": {"monitored_by": "bodies/a"}},
    ]
)  # fmt: skip


@UNTIMED
@given(true_histories(), MISTAKES, st.data())
def test_where_a_mistake_is_not_found_everybody_still_knows_who_answers(
    happened: tuple[Happened, ...], mistake: dict[str, Any], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(happened) - 1))
    written = [
        replace(exact(one), **mistake) if n == number else exact(one) for n, one in enumerate(happened)
    ]
    written = [replace(one, earliest=one.day, latest=one.day) for one in written]
    history, project = told(written)
    on_days = [history.owner(project, When.parse(day.isoformat())) for day in days_from(FIRST, LAST)]

    assert ownership_findings(written) or all(len(answer.possible) == 1 for answer in on_days)
    gaps = {one.transfer for answer in on_days for one in answer.possible if one.status is Status.GAP}
    assert ownership_findings(written) or None not in gaps, "a gap that nobody declared"


# -- what cannot be told ------------------------------------------------------------------------


def test_a_circle_is_said_once_wherever_it_is_entered() -> None:
    numbers = count()
    kb = knowledge_base(
        "\n".join(
            f"projects/p{n}: {{kind: project, parent: projects/p{(n + 1) % 5}}}"
            for n, _ in zip(numbers, range(5), strict=False)
        )
    )

    circles = [finding for finding in run_checks(kb) if finding.rule.code == "MB307"]

    assert len(circles) == 1
    assert circles[0].message.count("→") == 5


def test_what_leads_into_a_circle_is_no_part_of_it() -> None:
    kb = knowledge_base(
        """
        projects/a: {kind: project, parent: projects/b}
        projects/b: {kind: project, parent: projects/c}
        projects/c: {kind: project, parent: projects/b}
        """
    )

    [circle] = [finding for finding in run_checks(kb) if finding.rule.code == "MB307"]

    assert "projects/a" not in circle.message


def test_every_folder_is_known_by_what_it_holds() -> None:
    """A message says `an item`, `a body`, `a record of figures`: each word fits its sentence."""
    for folder, record_type in BY_FOLDER.items():
        where = "bodies" if folder == "projects" else "projects"
        kb = knowledge_base(
            f"{where}/x: {{citations: [{{source: {folder}/y, quote: z}}]}}\n{folder}/y: {{{NEEDED.get(folder, 'aliases: [y]')}}}"
        )
        wrong = [finding for finding in run_checks(kb) if finding.rule.code == "MB302"]
        noun = record_type.noun
        article = "a record of" if noun.endswith("s") else "an" if noun[0] in "aeiou" else "a"
        if folder == "sources":
            assert wrong == []
        else:
            assert [finding.message for finding in wrong] == [
                f"`source` points to a source, but `{folder}/y` is {article} {noun}"
            ]


NEEDED = {"transfers": "effective: 2019, moves: [{what: projects/p, to: bodies/b}]"}
