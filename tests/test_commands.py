"""The command line: answers, JSON shapes and exit codes as they are promised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minutebook.records import RECORD_TYPES
from minutebook.rules import RULES
from tests.helpers import run, run_json
from tests.small_council import write_council


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """The small council, sound."""
    return write_council(tmp_path)


# -- owner ---------------------------------------------------------------------------------------


def test_owner_names_the_holder_with_the_transfer_and_the_words(kb: Path) -> None:
    assert run_json("owner", "Insulation", "--on", "2020-01-01", "--kb", kb) == {
        "project": "thornby/projects/insulation",
        "on": "2020-01-01",
        "status": "held",
        "holders": ["thornby/bodies/warm-homes-board"],
        "possible": [
            {
                "status": "held",
                "holder": "thornby/bodies/warm-homes-board",
                "since": "2019-03-04",
                "transfer": "thornby/transfers/2019-set-up",
                "authority": None,
                "monitored_by": None,
            }
        ],
        "disputed_by": [],
        "citations": [
            {
                "source": "thornby/sources/2021-05-report",
                "at": "paragraph 2",
                "quote": "set up on 4 March 2019",
                "url": "https://thornby.example/report",
            }
        ],
    }


def test_owner_is_uncertain_on_a_day_within_the_month_the_source_gives(kb: Path) -> None:
    answer = run_json("owner", "insulation", "--on", "2021-04-10", "--kb", kb)
    assert answer["status"] == "uncertain"
    assert answer["holders"] == ["thornby/bodies/warm-homes-board", "thornby/bodies/energy-group"]
    assert [one["status"] for one in answer["possible"]] == ["held", "held"]
    assert answer["disputed_by"] == ["thornby/statements/2021-06-01-member"]


@pytest.mark.parametrize(
    ("project", "on", "status"),
    [
        ("advice", "2021-05-01", "gap"),
        ("advice", "2021-04-10", "uncertain"),
        ("warm-homes", "2021-05", "ended"),
        ("boilers", "2019-03-03", "not-begun"),
        ("boilers", "2019-03-04", "held"),
    ],
)
def test_owner_has_an_answer_for_every_date(kb: Path, project: str, on: str, status: str) -> None:
    assert run_json("owner", project, "--on", on, "--kb", kb)["status"] == status


def test_owner_without_a_date_answers_for_the_latest_date_that_a_source_bears(kb: Path) -> None:
    answer = run_json("owner", "boilers", "--kb", kb)
    assert (answer["on"], answer["holders"]) == ("2021-05-20", ["thornby/bodies/housing-board"])


@pytest.mark.parametrize(
    "name", ["Insulation", "lagging LOFTS", "projects/insulation", "thornby/projects/insulation"]
)
def test_a_project_is_found_by_id_slug_title_or_alias(kb: Path, name: str) -> None:
    assert run_json("owner", name, "--on", "2020", "--kb", kb)["project"] == "thornby/projects/insulation"


def test_owner_as_text_says_the_holder_the_words_and_what_is_not_stated(kb: Path) -> None:
    assert run("owner", "Advice line", "--on", "2021-04-10", "--kb", kb).stdout == (
        "Advice line (thornby/projects/advice)\n"
        "On 10 April 2021: uncertain. The sources allow:\n"
        "- held by Warm Homes Board since 4 March 2019.\n"
        "    by The programme is set up (thornby/transfers/2019-set-up), as part of Warm Homes (thornby/projects/warm-homes)\n"
        "    authority: not stated\n"
        "    “set up on 4 March 2019” — Report on the Warm Homes programme, paragraph 2\n"
        "- nobody is stated to hold it, as from April 2021.\n"
        "    The table does not list it.\n"
        "    by The programme is split (thornby/transfers/2021-04-split)\n"
        "    authority: not stated\n"
        "    “projects will be split” — Report on the Warm Homes programme, paragraph 3\n"
        "Disputed by: A member's account of insulation (thornby/statements/2021-06-01-member)\n"
    )


def test_an_ambiguous_name_lists_the_candidates_and_exits_2(tmp_path: Path) -> None:
    kb = write_council(
        tmp_path, **{"projects/boilers.md": "title: Insulation\nkind: project\nparent: projects/warm-homes"}
    )
    result = run("owner", "Insulation", "--kb", kb)
    assert result.exit_code == 2
    assert "thornby/projects/boilers" in result.output
    assert "thornby/projects/insulation" in result.output


def test_an_unknown_name_offers_the_nearest_and_exits_2(kb: Path) -> None:
    result = run("owner", "Insulatoin", "--kb", kb)
    assert result.exit_code == 2
    assert "did you mean `insulation`?" in result.output.lower()


def test_the_records_that_are_not_public_are_withheld_unless_they_are_asked_for(tmp_path: Path) -> None:
    split = write_council(tmp_path) / "thornby/transfers/2021-04-split.md"
    split.write_text(split.read_text().replace("---\n", "---\naccess: confidential\n", 1))
    asked = ("owner", "boilers", "--on", "2021-06-01", "--kb", tmp_path / "kb")
    assert run_json(*asked)["status"] == "withheld"
    assert run_json(*asked)["possible"][0]["holder"] is None
    assert run_json(*asked, "--restricted")["holders"] == ["thornby/bodies/housing-board"]


# -- history and holdings ------------------------------------------------------------------------


def test_history_tells_a_project_in_order_with_its_programmes_transfers(kb: Path) -> None:
    answer = run_json("history", "boilers", "--kb", kb)
    assert answer["id"] == "thornby/projects/boilers"
    assert [(e["date"], e["kind"], e["record"]) for e in answer["events"]] == [
        ("2019-03-04", "transfer: establish", "thornby/transfers/2019-set-up"),
        ("2021-04", "transfer: split", "thornby/transfers/2021-04-split"),
    ]
    assert answer["events"][1]["title"] == "The programme is split"
    assert answer["events"][1]["citations"][0]["quote"] == "projects will be split"


def test_history_of_a_body_has_its_meetings(kb: Path) -> None:
    kinds = [event["kind"] for event in run_json("history", "bodies/scrutiny", "--kb", kb)["events"]]
    assert kinds == ["meeting held"]


def test_holdings_tell_what_is_held_from_what_may_be(kb: Path) -> None:
    assert run_json("holdings", "Energy Workstream", "--on", "2021-04-10", "--kb", kb) == {
        "body": "thornby/bodies/energy-group",
        "on": "2021-04-10",
        "held": [],
        "possibly": ["thornby/projects/insulation"],
        "withheld": [],
    }
    later = run_json("holdings", "Energy Workstream", "--on", "2021-05-01", "--kb", kb)
    assert (later["held"], later["possibly"]) == (["thornby/projects/insulation"], [])


def test_holdings_name_the_projects_whose_holder_is_withheld(tmp_path: Path) -> None:
    split = write_council(tmp_path) / "thornby/transfers/2021-04-split.md"
    split.write_text(split.read_text().replace("---\n", "---\naccess: confidential\n", 1))
    answer = run_json("holdings", "whb", "--on", "2021-06-01", "--kb", tmp_path / "kb")
    assert (answer["held"], answer["possibly"]) == ([], [])
    assert "thornby/projects/boilers" in answer["withheld"]


def test_a_body_is_found_by_its_alias(kb: Path) -> None:
    assert len(run_json("holdings", "whb", "--on", "2020", "--kb", kb)["held"]) == 4


# -- check and explain ---------------------------------------------------------------------------


def test_check_is_silent_and_exits_0_where_nothing_is_wrong(kb: Path) -> None:
    result = run("check", "--kb", kb)
    assert (result.exit_code, result.stdout) == (0, "no findings: 15 records\n")


def test_check_exits_1_and_names_the_project_whose_gap_is_no_longer_declared(tmp_path: Path) -> None:
    split = write_council(tmp_path) / "thornby/transfers/2021-04-split.md"
    kept = [line for line in split.read_text().splitlines() if "gap:" not in line]
    split.write_text("\n".join(kept) + "\n")
    result = run("check", "--kb", tmp_path / "kb")
    assert result.exit_code == 1
    assert result.stdout.count("error[") == 1
    assert "error[MB408] `bodies/warm-homes-board` held `projects/advice`" in result.stdout


def test_a_warning_does_not_change_the_exit_code(tmp_path: Path) -> None:
    kb = write_council(tmp_path, **{"bodies/lone.md": "title: Lone Board\nkind: workstream"})
    result = run("check", "--kb", kb)
    assert result.exit_code == 0
    assert "warning[MB312]" in result.stdout


def test_check_prints_json_for_programs(tmp_path: Path) -> None:
    kb = write_council(tmp_path, **{"projects/boilers.md": "title: Boilers\nkind: proyect"})
    result = run("check", "--format", "json", "--kb", kb)
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["errors"] == 1
    (finding,) = found["findings"]
    assert (finding["code"], finding["line"], finding["column"]) == ("MB204", 3, 7)
    assert finding["path"].endswith("kb/thornby/projects/boilers.md")
    assert finding["help"] == "did you mean `project`?"


def test_how_many_records_are_not_public_is_not_told(tmp_path: Path) -> None:
    kb = write_council(
        tmp_path,
        **{"events/zebra.md": "title: Zebra\naccess: draft\nkind: other\non: 2020\nby: [bodies/scrutiny]"},
    )
    assert run("check", "--kb", kb).stdout == "no findings: 15 records\n"
    assert run("check", "--show-restricted", "--kb", kb).stdout == "no findings: 16 records\n"


def test_a_message_about_a_record_that_is_not_public_shows_folder_line_and_code_only(tmp_path: Path) -> None:
    secret = "title: Zebra merger\naccess: exempt\nkind: transfer\neffective: 2021\nauthorised_by: not stated\nmoves: []"
    kb = write_council(tmp_path, **{"transfers/zebra-merger.md": secret})
    result = run("check", "--kb", kb)
    assert result.exit_code == 1
    assert "zebra" not in result.stdout.lower()
    assert "kb/thornby/transfers/(not public).md" in result.stdout
    assert "zebra-merger" in run("check", "--show-restricted", "--kb", kb).stdout


@pytest.mark.parametrize("code", sorted(RULES))
def test_explain_says_what_why_and_how_for_every_rule(code: str) -> None:
    result = run("explain", code.lower())
    assert result.exit_code == 0
    for heading in ("What is checked", "Why it matters", "Example", "How to mend it"):
        assert heading in result.stdout


def test_explain_of_an_unknown_code_exits_2() -> None:
    result = run("explain", "MB999")
    assert result.exit_code == 2
    assert "no rule `MB999`" in result.output


# -- wrong use -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--nonsense"),
        ("check", "--kb", "no/such/folder"),
        ("owner",),
        ("owner", "boilers", "--on", "5/11/2019"),
        ("owner", "boilers", "--on", "2020-21"),
        ("nonsense",),
        ("new", "petition", "Save the library"),
        ("schema", "petitions"),
    ],
)
def test_wrong_use_exits_2_with_a_sentence_and_no_traceback(kb: Path, arguments: tuple[str, ...]) -> None:
    given = (
        arguments
        if "--kb" in arguments or arguments[0] in ("schema", "nonsense")
        else (*arguments, "--kb", str(kb))
    )
    result = run(*given)
    assert result.exit_code == 2
    assert "Error" in result.output
    assert "Traceback" not in result.output


def test_questions_to_records_that_do_not_check_are_answered_and_say_so(tmp_path: Path) -> None:
    kb = write_council(tmp_path, **{"bodies/scrutiny.md": "title: Scrutiny Committee\nkind: scruttiny"})
    result = run("owner", "boilers", "--on", "2020", "--kb", kb)
    assert result.exit_code == 0
    assert "held by Warm Homes Board" in result.stdout
    assert "answers from what is sound" in result.stderr


# -- new and schema ------------------------------------------------------------------------------


def test_new_writes_a_record_with_every_field_it_needs(kb: Path) -> None:
    result = run("new", "transfer", "Boilers move on", "--kb", kb)
    path = kb / "thornby/transfers/boilers-move-on.md"
    assert result.exit_code == 0
    assert path.as_posix() in result.stdout
    text = path.read_text()
    for field in (
        "title: Boilers move on",
        "kind: '… one of: establish, transfer",
        "effective:",
        "authorised_by:",
        "what: '… as in: projects/NAME'",
    ):
        assert field in text


def test_new_takes_the_date_the_source_and_the_fields_that_are_known(kb: Path) -> None:
    result = run(
        "new", "meeting", "Scrutiny, summer", "--on", "2021-06-01", "--source", "sources/2021-05-report",
        "--set", "body=bodies/scrutiny", "--set", "venue=Town Hall", "--kb", kb,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    text = (kb / "thornby/meetings/2021-06-01-scrutiny-summer.md").read_text()
    for line in (
        "body: bodies/scrutiny",
        "held_on: '2021-06-01'",
        "- source: sources/2021-05-report",
        "venue: Town Hall",
    ):
        assert line in text
    vague = run("new", "event", "A review", "--on", "2019-11~", "--kb", kb)
    assert "thornby/events/a-review.md" in vague.output, (
        "a name is for good: it has no date that may be narrowed"
    )


def test_new_refuses_a_field_that_is_not_there(kb: Path) -> None:
    result = run("new", "meeting", "Scrutiny", "--set", "vneue=Town Hall", "--kb", kb)
    assert result.exit_code == 2
    assert "no field `vneue`: did you mean `venue`?" in result.output
    assert run("new", "meeting", "Scrutiny", "--set", "venue", "--kb", kb).exit_code == 2
    assert not (kb / "thornby/meetings/scrutiny.md").exists()


@pytest.mark.parametrize("record_type", [t.noun for t in RECORD_TYPES])
def test_check_finds_every_blank_that_new_leaves(record_type: str, kb: Path) -> None:
    council = [] if record_type == "council" else ["--council", "thornby"]
    run("new", record_type, "Something new", *council, "--kb", kb)
    found = json.loads(run("check", "--format", "json", "--kb", kb).stdout)["findings"]
    new = [one for one in found if "something-new" in one["path"]]
    written = next(kb.rglob("something-new.md")).read_text()
    assert {one["code"] for one in new} == {"MB213"}
    assert len(new) == sum("…" in line for line in written.splitlines())


def test_new_never_overwrites_a_record(kb: Path) -> None:
    before = (kb / "thornby/projects/boilers.md").read_text()
    result = run("new", "project", "Boilers", "--kb", kb)
    assert result.exit_code == 2
    assert "is there already" in result.output
    assert (kb / "thornby/projects/boilers.md").read_text() == before


def test_new_writes_nothing_outside_the_records(kb: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "events").mkdir(parents=True)
    (kb / "thornby" / "plans").symlink_to(elsewhere)
    (kb / "marsh-end").symlink_to(elsewhere)
    for record_type, *council in (("plan", "--council", "thornby"), ("event", "--council", "marsh-end")):
        result = run("new", record_type, "A way out", *council, "--kb", kb)
        assert result.exit_code == 2
        assert "leads elsewhere by a link" in result.output
    for name in ("../elsewhere", "/tmp", "thornby/../../elsewhere", "."):
        assert run("new", "event", "A way out", "--council", name, "--kb", kb).exit_code == 2
    for title in ("../../elsewhere/way", "/etc/passwd", "a\\..\\b", "..\x00"):
        run("new", "event", title, "--council", "thornby", "--kb", kb)
    found = [one for one in tmp_path.rglob("*") if "way" in one.name or "passwd" in one.name]
    assert {one.parent for one in found} <= {kb / "thornby" / "events"}
    assert list((elsewhere / "events").iterdir()) == []


def test_new_asks_which_council_where_there_are_several(kb: Path) -> None:
    assert run("new", "council", "Marsh End", "--kb", kb).exit_code == 0
    assert (kb / "marsh-end/council/marsh-end.md").is_file()
    result = run("new", "project", "Paths", "--kb", kb)
    assert result.exit_code == 2
    assert "marsh-end, thornby" in result.output
    assert run("new", "project", "Paths", "--council", "thornby", "--kb", kb).exit_code == 0
    assert run("new", "project", "Roads", "--council", "../x", "--kb", kb).exit_code == 2


def test_schema_without_a_type_lists_them() -> None:
    lines = run("schema").stdout.splitlines()
    assert len(lines) == 18
    assert lines[0] == "council        A local authority whose decisions are kept here."
