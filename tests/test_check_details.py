"""Details of checks that no case shows: which types, which list, which of two places; found by mutation testing."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.checks.finding import finding, narrative_place, place
from minutebook.diagnostics import Diagnostic
from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.base import FieldPath
from minutebook.records.values import Ref
from minutebook.rules.time import BACKWARDS
from minutebook.source import Span
from tests.helpers import load_files, read_ledger
from tests.test_cases import CASES, Case

BASE = {name.removeprefix("kb/"): text for name, text in Case.read(CASES / "base.txt").files.items()}
CITED = "citations: [{source: sources/minutes-2019-03, at: item 4, quote: item four}]"


def found(folder: Path, code: str, files: dict[str, str], *, cited: str = CITED) -> list[Diagnostic]:
    """The findings of one rule on the council of the cases with more records, whose fields are given."""
    written = {
        f"ambledown/{name}.md": f"---\n{fields.strip()}\n{cited}\n---\n" for name, fields in files.items()
    }
    findings = load_files(folder / "kb", {**BASE, **written}).findings
    return [finding for finding in findings if finding.rule.code == code]


def told(findings: list[Diagnostic]) -> list[tuple[str, int, int, str]]:
    """Each finding as record, line, column and message."""
    return [
        (
            "/".join(Path(one.place.path).with_suffix("").parts[-2:]),
            one.place.span.line if one.place.span else 0,
            one.place.span.column if one.place.span else 0,
            one.message,
        )
        for one in findings
    ]


# -- names ---------------------------------------------------------------------------------------

KINDS = {
    "bodies": "kind: workstream",
    "posts": "body: not stated",
    "projects": "kind: project",
    "plans": "kind: strategy\nperiod: not stated",
    "indicators": "project: projects/kinder-streets\nunit: benches\nbetter: up\nbaseline: not stated\ntarget: not stated",
}


@pytest.mark.parametrize("folder", KINDS)
def test_no_two_of_a_type_that_a_question_can_name_share_a_name(tmp_path: Path, folder: str) -> None:
    one = f"title: Benches\n{KINDS[folder]}"
    other = f"title: More benches\naliases: [More, BENCHES!]\n{KINDS[folder]}"
    third = f"title: Benches\naliases: [Third of benches]\n{KINDS[folder]}"
    files = {f"{folder}/a": one, f"{folder}/b": other, f"{folder}/c": third}
    message = f"`{folder}/a` has this name already"

    findings = found(tmp_path, "MB306", files)

    assert told(findings) == [
        (f"{folder}/b", 3, 17, message),
        (f"{folder}/c", 2, 8, message),
    ]
    assert [note.text for one in findings for note in one.notes] == ["the other one"] * 2


def test_a_name_that_a_record_bears_twice_is_told_at_its_title(tmp_path: Path) -> None:
    one = "title: Benches\nkind: project"
    files = {"projects/a": one, "projects/b": f"{one}\naliases: [BENCHES!]"}

    assert told(found(tmp_path, "MB306", files)) == [
        ("projects/b", 2, 8, "`projects/a` has this name already")
    ]


def test_a_name_that_is_not_asked_for_or_is_another_councils_may_be_shared(tmp_path: Path) -> None:
    files = {f"events/{name}": "title: Fair\nkind: review\non: 2019" for name in "ab"}
    files |= {"projects/a": "title: Fair\naliases: [Fair!]\nkind: project"}  # once for itself is once

    assert told(found(tmp_path, "MB306", files)) == []


@pytest.mark.parametrize("folder", ["bodies", "posts"])
def test_a_body_or_post_that_nothing_names_stands_alone(tmp_path: Path, folder: str) -> None:
    files = {f"{folder}/a": f"title: Lone\n{KINDS[folder]}", "plans/p": f"title: P\n{KINDS['plans']}"}
    noun = {"bodies": "body", "posts": "post"}[folder]

    assert told(found(tmp_path, "MB312", files)) == [
        (f"{folder}/a", 2, 8, f"no other record refers to this {noun}")
    ]


# -- references ----------------------------------------------------------------------------------


def test_a_reference_of_another_type_is_told_what_was_expected_and_what_was_found(tmp_path: Path) -> None:
    decision = "title: D\nkind: programme\ndecided_by: {}\ndecided_on: 2019"
    files = {
        "decisions/known": decision.format("projects/kinder-streets"),
        "decisions/unknown": decision.format("benches/oak"),
    }
    expected = "`decided_by` points to a body or a post, but"

    assert told(found(tmp_path / "a", "MB302", files)) == [
        ("decisions/known", 4, 13, f"{expected} `projects/kinder-streets` is a project")
    ]
    assert told(found(tmp_path / "b", "MB301", files)) == [
        (
            "decisions/unknown",
            4,
            13,
            f"{expected} `benches/oak` is a record of a folder `benches`, which is none",
        )
    ]


# -- what a transfer accounts for ----------------------------------------------------------------


def test_a_split_accounts_for_what_the_giver_held_and_not_for_what_it_passed_on_before(
    tmp_path: Path,
) -> None:
    body = "title: {}\nkind: workstream"
    first = "kind: establish\nauthorised_by: not stated\neffective: 2018-01-01"
    moved = "kind: transfer\nauthorised_by: not stated\nfrom: bodies/a\neffective: {}\nmoves: [{{what: projects/{}, to: bodies/b}}]"
    files = {
        **{f"bodies/{name}": body.format(name.upper()) for name in "abc"},
        **{f"projects/{name}": f"title: {name.upper()}\nkind: project" for name in ("before", "after", "kept", "told")},
        "transfers/1": f"title: One\n{first}\nmoves: [{', '.join(f'{{what: projects/{name}, to: bodies/a}}' for name in ('before', 'after', 'kept', 'told'))}]",
        "transfers/2": f"title: Two\n{moved.format('2019-01-01', 'before')}",
        "transfers/3": "title: Three\nkind: split\nauthorised_by: not stated\nfrom: bodies/a\neffective: 2020-01-01\nmoves: [{what: projects/told, to: bodies/c}]",
        "transfers/4": f"title: Four\n{moved.format('2021-01-01', 'after')}",
    }  # fmt: skip

    assert [message for _, _, _, message in told(found(tmp_path, "MB408", files))] == [
        f"`bodies/a` held `projects/{name}`, but this split does not say where it goes"
        for name in ("after", "kept")
    ]


@pytest.mark.parametrize(
    ("giver", "said"),
    [
        ("bodies/a", []),
        ("not stated", []),
        ("none", ["`projects/p` is moved from no body, but `bodies/a` held it the day before"]),
        ("bodies/b", ["`projects/p` is moved from `bodies/b`, but `bodies/a` held it the day before"]),
    ],
)
def test_a_giver_that_no_source_states_may_be_whoever_held_it(
    tmp_path: Path, giver: str, said: list[str]
) -> None:
    transfer = "title: T\nkind: {}\nauthorised_by: not stated\nfrom: {}\neffective: {}\nmoves: [{{what: projects/p, to: bodies/{}}}]"
    files = {
        **{f"bodies/{name}": f"title: {name}\nkind: workstream" for name in "abc"},
        "projects/p": "title: P\nkind: project",
        "transfers/1": transfer.format("establish", "none", "2018", "a"),
        "transfers/2": transfer.format("transfer", giver, "2019", "c"),
    }

    assert [message for _, _, _, message in told(found(tmp_path, "MB406", files))] == said


@pytest.mark.parametrize(
    ("kind", "givers", "said"),
    [
        ("transfer", "bodies/a", []),
        ("split", "[bodies/a, bodies/b]", ["`bodies/b` held none of what moves the day before"]),
        ("transfer", "[bodies/b, bodies/a]", ["`bodies/b` held none of what moves the day before"]),
        ("merge", "[bodies/a, bodies/b]", []),
    ],
)
def test_each_giver_held_something_of_what_moves_unless_bodies_merge(
    tmp_path: Path, kind: str, givers: str, said: list[str]
) -> None:
    transfer = "title: T\nkind: {}\nauthorised_by: not stated\n{}effective: {}\nmoves: [{}]"
    files = {
        **{f"bodies/{name}": f"title: {name}\nkind: workstream" for name in "abc"},
        **{f"projects/{name}": f"title: {name}\nkind: project" for name in "pq"},
        "transfers/1": transfer.format(
            "establish", "", "2018", "{what: projects/p, to: bodies/a}, {what: projects/q, to: bodies/a}"
        ),
        "transfers/2": transfer.format(
            kind,
            f"from: {givers}\n",
            "2019",
            "{what: projects/p, to: bodies/c}, {what: projects/q, to: bodies/c}",
        ),
    }

    findings = told(found(tmp_path, "MB406", files))

    assert [message for _, _, _, message in findings] == said
    assert [column for _, _, column, _ in findings] == [givers.index("bodies/b") + 7 for _ in said]


# -- fields --------------------------------------------------------------------------------------


def test_a_source_that_is_silent_of_itself_cites_nothing(tmp_path: Path) -> None:
    source = "title: S\nkind: minutes\nstanding: official\npublisher: not stated\nurl: not stated\ndated: 2019\nlicence: not stated"
    event = "title: E\nkind: review\non: not stated"

    assert told(found(tmp_path, "MB207", {"sources/s": source, "events/e": event}, cited="")) == [
        ("events/e", 4, 5, "`on` is `not stated`, but the record cites no document that is silent")
    ]


def test_what_may_be_alike_in_a_list_is_no_repeat(tmp_path: Path) -> None:
    indicator = f"title: I\n{KINDS['indicators']}\nobservations:\n- {{value: '1', as_at: 2018}}\n- {{value: '1', as_at: 2018}}"
    event = "title: E\nkind: review\non: 2019\ntopics: [a, b, a, b, a]"

    assert told(found(tmp_path, "MB211", {"indicators/i": indicator, "events/e": event})) == [
        ("events/e", 5, 16, "`a` stands here a second time"),
        ("events/e", 5, 19, "`b` stands here a second time"),
        ("events/e", 5, 22, "`a` stands here a second time"),
    ]


# -- lives ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "successors", "wanted"),
    [
        ("abolished", 0, None),
        ("abolished", 1, "none"),
        ("work finished", 0, None),
        ("work finished", 1, "none"),
        ("renamed", 0, "one"),
        ("renamed", 1, None),
        ("renamed", 2, "one"),
        ("replaced", 1, None),
        ("replaced", 2, "one"),
        ("merged", 1, None),
        ("merged", 0, "one"),
        ("split", 1, "two or more"),
        ("split", 2, None),
        ("split", 4, None),
    ],
)
def test_the_reason_a_body_ended_tells_how_many_took_its_place(
    tmp_path: Path, reason: str, successors: int, wanted: str | None
) -> None:
    names = [f"bodies/s{number}" for number in range(successors)]
    files = {
        "bodies/old": f"title: Old\nkind: workstream\nended: 2019\nended_reason: {reason}\nsucceeded_by: [{', '.join(names)}]",
        **{name: f"title: {name[-2:]}\nkind: workstream" for name in names},
    }
    if not names:
        files["bodies/old"] = files["bodies/old"].partition("\nsucceeded_by")[0]
    said = (
        f"a body that ended as `{reason}` has {wanted} in its place, found {successors}" if wanted else None
    )

    assert [message for _, _, _, message in told(found(tmp_path, "MB418", files))] == ([said] if said else [])


# -- how a finding is said -----------------------------------------------------------------------


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """The council of the cases with a hidden body and two events; one names it in a line of its file."""
    events = "kind: review\non: 2019"
    files = {
        "bodies/crimson-circle": "title: Crimson Circle\nkind: workstream\naccess: draft",
        "events/plain": f"title: Plain\n{events}",
        "events/telling": f"title: The Crimson Circle meets\n{events}",
    }
    written = {f"ambledown/{name}.md": f"---\n{text}\n{CITED}\n---\n\nOne.\n\nTwo.\n" for name, text in files.items()}  # fmt: skip
    return load_files(tmp_path / "kb", {**BASE, **written}).kb


HIDDEN = Ref("ambledown/bodies/crimson-circle")


@pytest.mark.parametrize(
    ("about", "names", "restricted"),
    [
        ("events/plain", [], False),
        ("events/plain", [Ref("ambledown/bodies/streets-board")], False),
        ("events/plain", [Ref("ambledown/bodies/not-there")], False),
        ("events/plain", [Ref("ambledown/bodies/not-there"), HIDDEN], True),
        ("events/telling", [], True),  # the author's own line is shown, and names it
        ("bodies/crimson-circle", [], True),
    ],
)
def test_a_finding_is_restricted_where_it_would_name_what_is_not_public(
    kb: KnowledgeBase, about: str, names: list[Ref], restricted: bool
) -> None:
    record = kb.records[Ref(f"ambledown/{about}")]

    said = finding(kb, record, place(record), BACKWARDS, "words", names=names)

    assert (said.restricted, said.message, said.help) == (restricted, "words", BACKWARDS.mend)
    assert finding(kb, record, place(record), BACKWARDS, "words", "another way").help == "another way"


def test_a_place_is_that_of_the_field_else_of_what_holds_it_else_of_the_title(kb: KnowledgeBase) -> None:
    record = kb.records[Ref("ambledown/events/plain")]

    def at(path: FieldPath, *, key: bool = False) -> tuple[int, int, int]:
        span = place(record, path, key=key).span
        assert span is not None
        return (span.line, span.column, span.end_column - span.column)

    assert at(()) == at(("nowhere",)) == (2, 8, 5)
    assert at(("kind",)) == (3, 7, 6)
    assert at(("kind",), key=True) == (3, 1, 4)
    assert at(("citations", 0, "quote")) == (5, 66, 9)
    assert at(("citations", 0, "states", 0)) == at(("citations", 0))


def test_a_record_without_a_title_is_placed_at_its_first_line() -> None:
    [record] = read_ledger("events/e: {kind: review}")

    assert place(record).span == Span.at(1, 1, 3)


@pytest.mark.parametrize(
    ("start", "end", "line", "column", "length"), [(0, 3, 0, 1, 3), (2, 4, 0, 3, 2), (6, 9, 2, 1, 3), (8, 10, 2, 3, 2)]
)  # fmt: skip
def test_a_stretch_of_a_narrative_has_the_line_and_column_of_its_file(
    kb: KnowledgeBase, start: int, end: int, line: int, column: int, length: int
) -> None:
    record = kb.records[Ref("ambledown/events/plain")]
    text = record.narrative.lstrip("\n")
    skipped = len(record.narrative) - len(text)
    first = record.narrative_line + skipped

    span = narrative_place(record, skipped + start, skipped + end).span

    assert span == Span.at(first + line, column, length)
    assert record.file.line(first + line) == text.split("\n")[line]


@pytest.mark.parametrize(
    ("folder", "first", "second", "fields"),
    [
        ("bodies", "established", "ended", "kind: workstream\nended_reason: abolished"),
        ("decisions", "decided_on", "implemented_on", "kind: programme\ndecided_by: not stated"),
        ("plans", "in_force_since", "review_due", "kind: strategy\nperiod: not stated"),
    ],
)
def test_of_two_dates_the_second_cannot_come_first(
    tmp_path: Path, folder: str, first: str, second: str, fields: str
) -> None:
    backwards = f"title: X\n{fields}\n{first}: 2019-05-02\n{second}: 2019-05-01"
    forwards = backwards.replace("2019-05-01", "2019-05-02")
    line = backwards.count("\n") + 2

    assert told(found(tmp_path / "a", "MB404", {f"{folder}/x": backwards})) == [
        (f"{folder}/x", line, len(second) + 3, f"`{second}` (1 May 2019) comes before `{first}` (2 May 2019)")
    ]
    assert told(found(tmp_path / "b", "MB404", {f"{folder}/x": forwards})) == []
