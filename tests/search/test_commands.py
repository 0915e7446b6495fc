"""The command `search`: its answers for people and for programs, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minutebook_search.caches import forget_hidden
from minutebook_search.commands import search
from minutebook_search.tables import COLUMNS
from tests.helpers import REPOSITORY
from tests.small_council import write_council, write_record


def offered(kb: Path, begun: str) -> list[str]:
    """What a shell offers for a word that has been begun."""
    context = search.make_context("search", ["x", "--kb", str(kb)], resilient_parsing=True)
    argument = next(one for one in search.params if one.name == "query")
    return [one.value for one in argument.shell_complete(context, begun)]


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
        "    Body · Thornby Council\n"
        "    thornby/bodies/scrutiny\n"
        "\n"
        " 2. Scrutiny Committee, 1 June 2021\n"
        "    Meeting · Thornby Council · Scrutiny Committee · 1 June 2021\n"
        "    thornby/meetings/2021-06-01-scrutiny\n"
    )


def test_text_shows_the_first_and_how_the_rest_divides(kb: Path) -> None:
    lines = run("programme", "--kb", kb, "--limit", "1").stdout.splitlines()
    assert lines[0] == "3 records match: programme; the first 1"
    assert "type: transfer 2, source 1" in lines
    assert "date: 2021 2, 2019 1" in lines
    assert not any(line.startswith("council:") for line in lines)


def test_a_date_is_shown_as_the_source_says_it(kb: Path) -> None:
    assert (
        "    Transfer · Thornby Council · as from April 2021\n"
        in run('"programme is split"', "--kb", kb).stdout
    )


def test_no_match_is_an_answer(kb: Path) -> None:
    result = run('"insulation unicorns"', "--kb", kb)
    assert result.exit_code == 0
    assert result.stdout == (
        'No record matches: "insulation unicorns"\n'
        "To find these words in any order and form, leave out the quotation marks: insulation unicorns\n"
    )
    assert result.stderr == "note: no record has the words `insulation unicorns` in a row\n"


def test_who_asks_for_what_is_late_is_told_what_lists_it(kb: Path) -> None:
    lines = run("overdue", "--kb", kb).stdout.splitlines()
    late = "Records do not say that something is late: `minutebook promises --overdue` does"
    assert lines == ["No record matches: overdue", late]
    for asked in ("overdue insulation", "Outstanding actions insulation", "late follow-ups boilers"):
        lines = run(asked, "--kb", kb).stdout.splitlines()
        assert lines[0].endswith(f"in part: {asked}")
        assert lines[1:3] == [late, ""]
    assert late not in run("insulation", "--kb", kb).stdout


@pytest.mark.parametrize("query", ["ZZZ99-123", "zzz 99 123", "987654", "resolution 4711", "£98,765"])
def test_for_a_number_no_other_words_and_no_star_are_proposed(kb: Path, query: str) -> None:
    said = run(query, "--kb", kb).stdout.splitlines()[-1]
    assert said == "Try words of its title instead, or its date: date:2020-01"
    assert "commission*" in run("unicorns", "--kb", kb).stdout


def test_a_match_in_part_is_said_to_be_one(kb: Path) -> None:
    result = run("lofts", "unicorns", "--kb", kb)
    assert result.stdout.startswith("1 record matches in part: lofts unicorns\n")
    assert result.stderr == (
        "note: no record has `unicorns`, so none of these is about `lofts unicorns`\n"
        "note: no record has every word: these have 1 of its 2 words, the best first\n"
    )


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
        (("a", "--json", "--csv"), "`--json` and `--csv` are two forms of the answer: give one of them"),
        (("a", "--page", "2", "--offset", "3"), "`--page` and `--offset` say the same in two ways"),
        (("a", "--sort", "size"), "'size' is not one of"),
        (
            ("a", "--csv", "--page", "2"),
            "`--csv` prints all records: with `--page`, say by `--limit` how many",
        ),
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
    assert sorted(set(left)) == [".minutebook/search"]
    assert sorted(path.suffix for path in empty_folder.rglob("*.*") if path.is_file()) == [
        ".names",
        ".whoosh",
    ]
    assert set(kb.rglob("*")) == before


@pytest.mark.parametrize("link", [".minutebook", ".minutebook/search"])
def test_an_index_is_not_kept_where_a_link_leads(
    kb: Path, empty_folder: Path, tmp_path_factory: pytest.TempPathFactory, link: str
) -> None:
    """Who can write here could let it write, read and remove elsewhere; `build` refuses the same."""
    run("insulation", "--kb", kb)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (empty_folder / link).rename(elsewhere / "kept")
    (empty_folder / link).symlink_to(elsewhere / "kept")
    before = {path: path.read_bytes() for path in elsewhere.rglob("*.*")}
    assert len(before) == 2
    write_record(kb / "thornby" / "projects" / "wind.md", "title: Wind turbines\nkind: project")
    result = run("turbines", "--kb", kb)
    assert result.stdout.startswith("1 record matches: turbines\n")
    said = f"`{link}` is not a folder of its own: the index is kept nowhere, and made anew for each search"
    assert result.stderr.splitlines()[-1] == f"note: {said}"
    forget_hidden(kb, ())
    assert offered(kb, "type:pro") == []
    assert {path: path.read_bytes() for path in elsewhere.rglob("*.*")} == before
    assert list(elsewhere.rglob(".*")) == []


def test_names_that_cannot_be_kept_leave_nothing_behind(
    kb: Path, empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a full disk: the file that was begun beside goes again."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert run("insulation", "--kb", kb).exit_code == 0
    assert [path for path in empty_folder.rglob("*") if path.is_file()] == []


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


def test_a_corrected_query_is_the_one_that_is_named(kb: Path) -> None:
    result = run("insolation", "--kb", kb)
    assert result.stdout.startswith("2 records match: insulation\n")
    assert result.stderr == "note: no record has `insolation`: searched for `insulation`\n"
    answer = run_json("type:project", "insolation", "--kb", kb)
    assert (answer["corrected"], answer["query"]) == ("type:project insulation", "type:project insolation")


def test_how_a_query_was_read_is_said_beside_the_answer(kb: Path) -> None:
    result = run('lofts -"no such"', "--kb", kb, "--json", "--explain")
    assert json.loads(result.stdout)["total"] == 1
    assert result.stderr == (
        "read as:\n  all of these:\n    the word `lofts` in any form\n    not:\n"
        '      the words "no such" in a row, as printed\n'
    )


def test_pages_follow_one_another(kb: Path) -> None:
    def ids(*options: str) -> list[str]:
        return [hit["id"] for hit in run_json("programme", "--kb", kb, *options)["hits"]]

    everything = ids()
    assert len(everything) == 3
    assert [ids("--limit", "1", "--page", str(page)) for page in (1, 2, 3, 4)] == [
        *([one] for one in everything),
        [],
    ]
    assert ids("--offset", "1") == everything[1:]
    lines = run("programme", "--kb", kb, "--limit", "2", "--page", "2").stdout.splitlines()
    assert lines[0] == "3 records match: programme; 3 to 3"
    assert lines[2].startswith(" 3. ")
    assert run("programme", "--kb", kb, "--page", "9").stdout.startswith(
        "3 records match: programme; no more\n"
    )


def test_the_newest_come_first_where_that_is_asked(kb: Path) -> None:
    def dates(sort: str) -> list[str | None]:
        return [hit["date"] for hit in run_json("programme", "--kb", kb, "--sort", sort)["hits"]]

    assert dates("date") == ["2021-05-20", "2021-04", "2019-03-04"]
    assert dates("oldest") == ["2019-03-04", "2021-04", "2021-05-20"]


def test_a_table_has_all_records_and_no_formula(kb: Path) -> None:
    write_record(kb / "thornby" / "projects" / "sum.md", "title: '=HYPERLINK(\"x\") lofts'\nkind: project")
    table = run("lofts", "--kb", kb, "--csv").stdout
    header, *rows = csv.reader(io.StringIO(table))
    assert header == list(COLUMNS)
    assert sorted(row[0] for row in rows) == ['\'=HYPERLINK("x") lofts', "Insulation"]
    assert len(list(csv.reader(io.StringIO(run("type:project", "--kb", kb, "--csv").stdout)))) == 6
    assert (
        len(list(csv.reader(io.StringIO(run("type:project", "--kb", kb, "--csv", "--limit", "2").stdout))))
        == 3
    )


def test_a_table_says_what_document_the_words_are_from_and_where_in_it(kb: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(run('"set up on 4 March"', "--kb", kb, "--csv").stdout))
    assert row["what was found"] == "set up on 4 March 2019"
    assert row["source document"] == "Report on the Warm Homes programme"
    assert row["place in source"] == "paragraph 2"


def test_for_the_editors_own_words_a_table_has_the_documents_that_the_record_cites(kb: Path) -> None:
    write_record(
        kb / "thornby" / "events" / "lamps.md",
        "title: Lamps are lit\non: 2021-05-01\nkind: review\n"
        "citations:\n  - {source: sources/2021-05-report, at: paragraph 9, quote: lamps}\n"
        "  - {source: sources/2021-06-01-minutes, at: item 2, quote: new lamps}",
        "The corridor had been dark.\n",
    )
    (row,) = csv.DictReader(io.StringIO(run("corridor dark", "--kb", kb, "--csv").stdout))
    assert row["what was found"] == "The corridor had been dark."
    assert row["source document"] == "Report on the Warm Homes programme; What was minuted"
    assert row["place in source"] == "paragraph 9; item 2"
    (row,) = csv.DictReader(io.StringIO(run("lofts", "--kb", kb, "--csv").stdout))
    assert (row["source document"], row["place in source"]) == (
        "Report on the Warm Homes programme",
        "paragraph 1",
    )


def test_the_columns_of_the_table_are_documented_in_their_order() -> None:
    _, _, section = (
        (REPOSITORY / "docs" / "reference" / "search.md").read_text().partition("## A table of the results")
    )
    table, _, _ = section.partition("## ")
    lines = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
    assert re.findall("`([^`]+)`", " ".join(lines)) == list(COLUMNS)


def test_a_citation_can_be_pasted(kb: Path) -> None:
    assert run('"set up on 4 March"', "--kb", kb, "--cite").stdout == (
        "Thornby Council, 4 March 2019, transfer [The programme is set up]; source: “Report on the Warm Homes programme”,"
        " paragraph 2: “set up on 4 March 2019”."
        " Council’s page: <https://thornby.example/report>. Record: thornby/transfers/2019-set-up.\n"
    )


def test_synonyms_of_the_knowledge_base_are_found(kb: Path) -> None:
    (kb / "synonyms.yml").write_text("groups:\n  - [HPV, heat pumps]\n  - [insulation, cladding]\n")
    assert [hit["id"] for hit in run_json("cladding", "type:project", "--kb", kb)["hits"]] == [
        "thornby/projects/insulation"
    ]


def test_the_shell_completes_fields_and_what_they_hold(kb: Path) -> None:
    run("lofts", "--kb", kb)
    assert offered(kb, "bo") == ["body:"]
    assert offered(kb, "-(ty") == ["-(type:"]
    assert offered(kb, "type:pro") == ["type:project"]
    assert offered(kb, "body:") == [
        "body:energy-group",
        "body:housing-board",
        "body:scrutiny",
        "body:warm-homes-board",
    ]
    assert offered(kb, "colour:") == []


def test_an_engine_that_is_none_is_said_however_few_the_records(
    kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINUTEBOOK_SEARCH_ENGINE", "lucene")
    result = run("board", "--kb", kb)
    assert result.exit_code == 0
    assert "MINUTEBOOK_SEARCH_ENGINE is `lucene`, but the engines are `whoosh` and `fts5`" in result.stderr
