"""How a record is cited: one form for pages, tables, search and the command line."""

from __future__ import annotations

import pytest

from minutebook.citing import citation
from minutebook.knowledge_base import KnowledgeBase
from tests.helpers import knowledge_base, repository_records

LEDGER = """
    council/ambledown: {title: Ambledown Council}
    bodies/scrutiny: {title: Scrutiny Committee, established: 2001-05}
    meetings/m: {title: "Scrutiny Committee, 7 January 2020", body: bodies/scrutiny, held_on: 2020-01-07}
    sources/page: {title: The page of the meeting, kind: meeting page, standing: official, url: https://ambledown.example/m, record_of: [meetings/m]}
    sources/minutes: {title: Minutes, kind: minutes, standing: official, listed_on: sources/page, record_of: [meetings/m]}
    sources/blog: {title: A blog, kind: blog post, standing: third-party, url: https://elsewhere.example/}
    reports/r:
      title: "Report ACH21-044: Plan, quarter 2"
      reference_number: ACH21-044
      to: bodies/scrutiny
      dated: 2019-12-12/2020-01-07
    reports/plain: {title: Plain, reference_number: X-1, to: bodies/scrutiny}
    items/minuted: {title: The item, meeting: meetings/m, number: "7", minute_number: "81", reports: [reports/r]}
    items/numbered: {title: The other item, meeting: meetings/m, number: "8"}
    resolutions/n:
      title: Noted
      item: items/minuted
      clauses: [{wording: "That the progress and the Plans be noted.", effect: noted, citations: [{source: sources/minutes, at: page 3, quote: be noted}]}]
    projects/lofts: {title: Lofts, kind: project, began: 2019-12-12}
    statements/s: {title: Said outside, words: "It is late.", citations: [{source: sources/blog, at: top, quote: late}]}
    discrepancies/d:
      title: Two dates
      kind: open
      matter: dates
      sides:
        - {says: Monday, citations: [{source: sources/minutes, at: page 1, quote: on Monday}]}
        - {says: Tuesday, citations: [{source: sources/minutes, at: page 2, quote: on Tuesday}, {source: sources/minutes, at: page 3, quote: Tuesday too}]}
        - {says: Sunday, citations: [{source: sources/blog, at: top, quote: on Sunday}]}
    transfers/t:
      title: Lofts move
      effective: 2020-02-01
      moves: [{what: projects/lofts, to: bodies/scrutiny}]
      citations: [{source: sources/minutes, at: page 4, quote: from February}]
    transfers/by-its-moves:
      title: Lofts end
      effective: 2020-03-01
      moves: [{what: projects/lofts, gap: nobody, citations: [{source: sources/minutes, at: page 5, quote: lofts are done}]}]
    actions/a:
      title: The gate
      wording: mend the gate
      citations: [{source: sources/minutes, at: page 6, quote: Report of the Director}, {source: sources/minutes, at: page 7, quote: will mend the gate}]
    actions/other-words:
      title: The hall
      wording: paint the hall
      citations: [{source: sources/minutes, at: page 6, quote: Report of the Director}]
    actions/no-receipt: {title: The boat, wording: sell the boat}
    """


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return knowledge_base(LEDGER)


@pytest.mark.parametrize(
    ("record", "cited"),
    [
        (
            "resolutions/n",
            (
                "Ambledown Council, Scrutiny Committee, 7 January 2020, minute 81, item “The item”, report ACH21-044,"
                " resolution: “That the progress and the Plans be noted.”"
                " Council’s page that lists the document: <https://ambledown.example/m>."
            ),
        ),
        (
            "items/numbered",
            (
                "Ambledown Council, Scrutiny Committee, 7 January 2020, item 8 “The other item”."
                " Council’s page: <https://ambledown.example/m>."
            ),
        ),
        ("projects/lofts", "Ambledown Council, project “Lofts”."),
        ("bodies/scrutiny", "Ambledown Council, body “Scrutiny Committee”."),
        (
            "statements/s",
            "Ambledown Council, statement: “It is late.”; source: “A blog”, top.",
        ),
        (
            "discrepancies/d",
            (
                "Ambledown Council, discrepancy [Two dates]; source: “Minutes”, page 1: “on Monday”; page 2: “on Tuesday”;"
                " source: “A blog”, top: “on Sunday”."
                " Council’s page that lists the document: <https://ambledown.example/m>."
            ),
        ),
        (
            "transfers/t",
            (
                "Ambledown Council, 1 February 2020, transfer [Lofts move]; source: “Minutes”, page 4: “from February”."
                " Council’s page that lists the document: <https://ambledown.example/m>."
            ),
        ),
        (
            "transfers/by-its-moves",
            (
                "Ambledown Council, 1 March 2020, transfer [Lofts end]; source: “Minutes”, page 5: “lofts are done”."
                " Council’s page that lists the document: <https://ambledown.example/m>."
            ),
        ),
        (
            "actions/a",
            (
                "Ambledown Council, promise: “mend the gate”; source: “Minutes”, page 7."
                " Council’s page that lists the document: <https://ambledown.example/m>."
            ),
        ),
        (
            "actions/other-words",
            (
                "Ambledown Council, promise: “paint the hall”; source: “Minutes”, page 6: “Report of the Director”."
                " Council’s page that lists the document: <https://ambledown.example/m>."
            ),
        ),
        ("actions/no-receipt", "Ambledown Council, promise: “sell the boat”."),
    ],
)
def test_a_citation_has_council_body_date_item_number_words_and_page(
    kb: KnowledgeBase, record: str, cited: str
) -> None:
    assert citation(kb, next(iter(kb.find(record)))) == cited


def test_a_meeting_is_cited_by_its_body_and_day_and_not_again_by_its_title(kb: KnowledgeBase) -> None:
    assert citation(kb, next(iter(kb.find("meetings/m")))).startswith(
        "Ambledown Council, Scrutiny Committee, 7 January 2020, meeting. "
    )


@pytest.mark.parametrize(
    ("record", "said"),
    [("reports/r", "report ACH21-044 “Plan, quarter 2”"), ("reports/plain", "report X-1 “Plain”")],
)
def test_a_report_has_its_number_once(kb: KnowledgeBase, record: str, said: str) -> None:
    cited = citation(kb, next(iter(kb.find(record))))
    assert said in cited
    assert cited.count("ACH21-044") <= 1


def test_operative_words_that_fill_a_page_are_cut_between_two_words() -> None:
    words = " ".join(f"word{number:03}" for number in range(200))
    kb = knowledge_base(
        f"items/i: {{title: I}}\nresolutions/r: {{item: items/i, clauses: [{{number: '1', wording: {words}, effect: noted}}]}}"
    )
    [record] = kb.find("resolutions/r")

    quoted = citation(kb, record).partition("“1 ")[2].partition("”")[0]

    assert quoted.endswith(" …")
    assert words.startswith(quoted.removesuffix(" …") + " ")
    assert 560 < len(quoted) <= 602


def test_the_address_of_the_record_ends_a_citation_where_it_is_known(kb: KnowledgeBase) -> None:
    lofts = next(iter(kb.find("projects/lofts")))
    assert citation(kb, lofts, "https://site.example/lofts/").endswith(
        " Record: <https://site.example/lofts/>."
    )


def test_a_third_party_page_is_never_called_the_councils(kb: KnowledgeBase) -> None:
    assert "elsewhere" not in citation(kb, next(iter(kb.find("statements/s"))))


def test_every_record_of_the_example_is_cited_in_a_whole_sentence() -> None:
    example = repository_records().kb
    for record in example.records.values():
        cited = citation(example, record)
        assert cited.endswith((".", ".”", "?”", "!”", ">."))
        assert "item item" not in cited
        assert ", ," not in cited
