"""What must never stand in a record: telephone numbers, addresses and numbers of people."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.loading import load
from tests.small_council import write_council, write_record


def codes(tmp_path: Path, words: str) -> list[str]:
    """The codes found in a project whose narrative has these words."""
    kb = write_council(tmp_path)
    fields = "title: Boilers\nkind: project\nparent: projects/warm-homes"
    write_record(kb / "thornby/projects/boilers.md", fields, f"\nSome words, {words} and more.\n")
    return [finding.rule.code for finding in load(kb).findings]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("020 7946 0018", "MB608"),
        ("02079460018", "MB608"),
        ("Tel: 0207 946 0018", "MB608"),
        ("(01632) 960123", "MB608"),
        ("+44 20 7946 0018", "MB608"),
        ("+44 (0)20 7946 0018", "MB608"),
        ("07700 900123", "MB608"),
        ("jo.bloggs@thornby.example", "MB609"),
        ("SW1A 1AA", "MB610"),
        ("M1 1AE", "MB610"),
        ("QQ 12 34 56 C".replace("QQ", "AB"), "MB611"),
        ("943 476 5919", "MB611"),
        ("9434765919", "MB611"),
    ],
)
def test_a_personal_detail_is_found(tmp_path: Path, words: str, code: str) -> None:
    assert codes(tmp_path, words) == [code]


@pytest.mark.parametrize(
    "words",
    [
        "report ACH21-044",
        "£51,032,000 in 2019-20",
        "E09000015",
        "7.8 to 5.5",
        "2019-12-12",
        "1,263,000,000",
        "from 0800 to 1700",
        "943 476 5918",  # the check digit is wrong
        "https://thornby.example/item?id=02079460018&p=SW1A1AA",
        "minute 0123456789012345",
        "GB 12 34 56 C",
        "the 0-25 Project and 0-19 teams",
    ],
)
def test_what_only_looks_like_one_keeps_quiet(tmp_path: Path, words: str) -> None:
    assert codes(tmp_path, words) == []


def test_a_message_does_not_print_the_detail(tmp_path: Path) -> None:
    kb = write_council(tmp_path)
    fields = "title: Boilers\nkind: project\nparent: projects/warm-homes"
    write_record(kb / "thornby/projects/boilers.md", fields, "\nRing 020 7946 0018.\n")
    (finding,) = load(kb).findings
    assert finding.place.line_text is None
    assert "7946 0018" not in repr(finding)
    assert (
        finding.place.span and finding.place.span.line,
        finding.place.span and finding.place.span.column,
    ) == (8, 6)


def test_the_postcode_of_a_venue_is_public(tmp_path: Path) -> None:
    meeting = "title: Scrutiny\nbody: bodies/scrutiny\nheld_on: 2021-06-01\nvenue: Town Hall, Thornby, M1 1AE"
    assert load(write_council(tmp_path, **{"meetings/2021-06-01-scrutiny.md": meeting})).findings == ()


def post(holder: str) -> str:
    """A post of the Warm Homes Board with one holder."""
    return f"title: Director\nbody: bodies/warm-homes-board\nholders: [{holder}]"


def test_a_name_is_published_only_with_a_basis(tmp_path: Path) -> None:
    kb = write_council(
        tmp_path,
        **{
            "posts/director.md": post("{name: Ann Example, publish_name: true}"),
            "projects/boilers.md": "title: Boilers\nkind: project\nparent: projects/warm-homes\nsponsor: posts/director",
        },
    )
    assert [f.rule.code for f in load(kb).findings] == ["MB612"]


def test_a_name_that_is_kept_back_stands_nowhere_else(tmp_path: Path) -> None:
    kb = write_council(
        tmp_path,
        **{
            "posts/director.md": post("{name: Ann Example}"),
            "projects/boilers.md": "title: Boilers\nkind: project\nparent: projects/warm-homes\nsponsor: posts/director\nsummary: Led by Ann Example.",
        },
    )
    (finding,) = load(kb).findings
    assert (finding.rule.code, finding.place.line_text) == ("MB613", None)
    assert "Ann" not in repr(finding)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Led by Ann Example.", [9]),
        ("Led by Bo Sample, and by Ann\nExample, for\na while", [9]),  # one finding for a line
        ("Led by BO\nSAMPLE", [9]),
        ("A report\nby Bo\n\nSample", []),  # two paragraphs
        ("Led by\nBo Sample", [10]),
        ("Joann Example, Ann Examples and\nJumbo Sample have other names", []),
        ("The last words are Ann", []),
    ],
)
def test_each_name_that_is_kept_back_is_found_whole_and_over_the_end_of_a_line(
    tmp_path: Path, words: str, lines: list[int]
) -> None:
    holders = post("{name: Ann Example}, {name: Bo Sample}")
    kb = write_council(tmp_path, **{"posts/director.md": holders})
    fields = "title: Boilers\nkind: project\nparent: projects/warm-homes\nsponsor: posts/director"
    write_record(kb / "thornby/projects/boilers.md", fields, f"\n{words}")
    findings = load(kb).findings

    assert {finding.rule.code for finding in findings} <= {"MB613"}
    assert [finding.place.span.line for finding in findings if finding.place.span] == lines


def test_a_capacity_is_not_a_person(tmp_path: Path) -> None:
    statement = """
        title: A member's account
        capacity: member
        speaker: Cllr Example
        disputes: [transfers/2021-04-split]
        citations: [{source: sources/2021-05-report, at: page 3, quote: it went to the county}]
        """
    kb = write_council(tmp_path, **{"statements/2021-06-01-member.md": statement})
    assert [f.rule.code for f in load(kb).findings] == ["MB614"]
