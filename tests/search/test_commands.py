"""The command `search`: its answers for people and for programs, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minutebook_search.commands import search
from minutebook_search.engine import SearchResult
from minutebook_search.whoosh_engine import WhooshEngine
from tests.small_council import write_council, write_record


@pytest.fixture
def kb(empty_folder: Path, tmp_path: Path) -> Path:
    """The small council, sound, outside the folder in which the command runs."""
    return write_council(tmp_path)


def run(*arguments: str | Path) -> Result:
    """Run the command as a user would."""
    return CliRunner().invoke(search, [str(argument) for argument in arguments], prog_name="search")


def run_json(*arguments: str | Path) -> Any:
    """Run the command for a program, and read its answer."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_json_has_exactly_the_promised_shape(kb: Path) -> None:
    answer = run_json("lofts", "--kb", kb)
    score = answer["hits"][0].pop("score")
    assert isinstance(score, float)
    assert score > 0
    assert answer == {
        "query": "lofts",
        "total": 1,
        "hits": [
            {
                "id": "thornby/projects/insulation",
                "type": "project",
                "title": "Insulation",
                "date": None,
                "body": None,
                "url": "thornby/projects/insulation/",
                "snippet": "Lagging lofts",
            }
        ],
        "facets": {"type": {"project": 1}, "council": {"thornby": 1}, "body": {}, "outcome": {}, "year": {}},
        "corrected": None,
    }


def test_text_says_what_each_record_is_and_where_its_words_are(kb: Path) -> None:
    result = run("Scrutiny", "--kb", kb)
    assert result.stderr == ""
    assert result.stdout == (
        "2 records match: Scrutiny\n"
        "\n"
        " 1. Scrutiny Committee\n"
        "    body\n"
        "    thornby/bodies/scrutiny\n"
        "\n"
        " 2. Scrutiny Committee, 1 June 2021\n"
        "    meeting · Scrutiny Committee · 1 June 2021\n"
        "    thornby/meetings/2021-06-01-scrutiny\n"
    )


def test_text_shows_the_first_and_how_the_rest_divides(kb: Path) -> None:
    lines = run("programme", "--kb", kb, "--limit", "1").stdout.splitlines()
    assert lines[0] == "3 records match: programme; the first 1"
    assert "type: transfer 2, source 1" in lines
    assert "date: 2021 2, 2019 1" in lines
    assert not any(line.startswith("council:") for line in lines)


def test_a_date_is_shown_as_the_source_says_it(kb: Path) -> None:
    assert "    transfer · as from April 2021\n" in run('"programme is split"', "--kb", kb).stdout


def test_no_match_is_an_answer(kb: Path) -> None:
    result = run("insulation", "unicorns", "--kb", kb)
    assert result.exit_code == 0
    assert result.stdout == (
        "No record matches: insulation unicorns\n"
        "Try fewer words, another with OR, or the beginning of one with *: commission*\n"
    )
    assert result.stderr == "note: no record has `unicorns`\n"


def test_no_match_has_the_same_shape_for_programs(kb: Path) -> None:
    answer = run_json("unicorns", "--kb", kb)
    assert (answer["total"], answer["hits"]) == (0, [])
    assert set(answer) == {"query", "total", "hits", "facets", "corrected"}


def test_what_could_not_be_read_is_said_on_the_other_stream(kb: Path) -> None:
    result = run('insulation "lofts', "--kb", kb, "--json")
    assert result.stderr == "note: unclosed quotation mark at column 12: searched without it\n"
    assert json.loads(result.stdout)["total"] == 1


@pytest.mark.parametrize(
    "query",
    [
        ("insulation", "lofts"),
        ("insulation lofts",),
        ("insulation -account",),
        ("--", "insulation", "-account"),
        ("--", "-account", "insulation"),
        ('"lagging lofts"',),
    ],
)
def test_a_query_may_come_in_words_or_in_one(kb: Path, query: tuple[str, ...]) -> None:
    hits = json.loads(run("--json", "--kb", kb, *query).stdout)["hits"]
    assert [hit["id"] for hit in hits] == ["thornby/projects/insulation"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Missing argument 'QUERY...'"),
        (("",), "the query is empty: give a word to search for"),
        (("  ", " "), "the query is empty: give a word to search for"),
        (("a", "--limit", "0"), "0 is not in the range x>=1"),
        (("a", "--limit", "many"), "'many' is not a valid integer"),
        (
            ("insulation", "-boilers"),
            "no option `-b`; to leave a word out, put the query in quotes or after `--`",
        ),
        (("a", "--unheard-of"), "no option `--unheard-of`"),
        (("a", "--kb", "nowhere"), "no folder `nowhere` with records in it"),
    ],
)
def test_wrong_use_exits_with_2_and_says_why(kb: Path, arguments: tuple[str, ...], message: str) -> None:
    where = () if "--kb" in arguments else ("--kb", str(kb))
    result = run(*arguments, *where)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_records_with_errors_are_answered_from_what_is_sound_and_that_is_said(
    tmp_path: Path, empty_folder: Path
) -> None:
    kb = write_council(tmp_path, **{"projects/boilers.md": "title: Boilers\nkind: no such kind"})
    result = run("boilers OR insulation", "--kb", kb, "--json")
    assert result.exit_code == 0
    assert "this answers from what is sound" in result.stderr
    assert "thornby/projects/boilers" not in {hit["id"] for hit in json.loads(result.stdout)["hits"]}


def test_what_is_not_public_is_not_found(tmp_path: Path, empty_folder: Path) -> None:
    kb = write_council(tmp_path)
    secret = "title: Sale of the pier\nkind: project\naccess: confidential"
    write_record(kb / "thornby" / "projects" / "pier.md", secret, "The pier is sold.\n")
    result = run("pier", "--kb", kb, "--json")
    assert json.loads(result.stdout)["total"] == 0
    kept = list(empty_folder.rglob("*"))
    assert not any(b"pier" in path.read_bytes() for path in kept if path.is_file())


def test_the_index_is_kept_here_and_nothing_else_is_left(kb: Path, empty_folder: Path) -> None:
    before = set(kb.rglob("*"))
    for _ in range(2):
        run("insulation", "--kb", kb)
    left = [
        path.relative_to(empty_folder).parent.as_posix() for path in empty_folder.rglob("*") if path.is_file()
    ]
    assert left == [".minutebook/search"]
    assert set(kb.rglob("*")) == before


def test_a_changed_record_is_found_at_once(kb: Path) -> None:
    assert run_json("turbines", "--kb", kb)["total"] == 0
    write_record(kb / "thornby" / "projects" / "wind.md", "title: Wind turbines\nkind: project")
    assert run_json("turbines", "--kb", kb)["total"] == 1


def test_nothing_in_a_record_or_a_query_speaks_to_the_terminal(kb: Path) -> None:
    write_record(
        kb / "thornby" / "projects" / "odd.md", 'title: "[red]Odd[/red] \\e[31m title"\nkind: project'
    )
    result = run("odd \x1b[31m", "--kb", kb)
    assert "\x1b" not in result.stdout + result.stderr


def test_a_query_that_is_no_text_is_no_error(kb: Path) -> None:
    assert run_json("lofts \udcff", "--kb", kb)["total"] == 1


def test_matches_stand_out_on_a_terminal_and_not_in_a_pipe(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "    Lagging lofts\n" in run("lofts", "--kb", kb).stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "Lagging \x1b[1;4mlofts\x1b[0m" in run("lofts", "--kb", kb).stdout


def test_a_corrected_query_is_the_one_that_is_named(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers of engines that correct words, when there are some, are told as such."""

    def corrected(self: WhooshEngine, query: str, *, limit: int = 10) -> SearchResult:
        return SearchResult(query, 0, (), {}, corrected="insulation")

    monkeypatch.setattr(WhooshEngine, "search", corrected)
    assert "No record matches: insulation\n" in run("insolation", "--kb", kb).stdout
    assert run_json("insolation", "--kb", kb)["corrected"] == "insulation"
