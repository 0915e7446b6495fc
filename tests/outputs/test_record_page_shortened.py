"""What the page of a record tells once: links from one record, what every part lacks, who somebody is; and what is folded."""

from __future__ import annotations

import re

from minutebook.when import When
from tests.outputs.house import page_of, text_of

BOARDS = """
    council/ambledown: {title: Ambledown Council}
    bodies/a: {title: Board A}
    bodies/b: {title: Board B}
    """


def _section(html: str, anchor: str) -> str:
    return html.partition(f'<section id="{anchor}">')[2].partition("</section>")[0]


def test_a_record_that_points_here_by_several_links_is_listed_once_under_all_of_them() -> None:
    html = page_of(
        f"""{BOARDS}
    projects/p: {{title: P}}
    projects/q: {{title: Q}}
    transfers/t:
      title: The split
      effective: 2020-01-01
      from: bodies/a
      moves: [{{what: projects/p, to: bodies/b}}, {{what: projects/q, monitored_by: bodies/b}}]
        """,
        "bodies/b/",
    )
    links = _section(html, "links")
    assert links.count(">The split</a>") == 1
    assert "<h3>Closed work it watches; transfers to it</h3>" in links


def test_a_mention_in_the_text_is_not_listed_beside_a_field_that_names_the_record() -> None:
    html = page_of(
        f"""{BOARDS}
    plans/named: {{title: The first plan, body: bodies/b, summary: "Of [[bodies/b]]."}}
        """,
        "bodies/b/",
    )
    assert "Mentioned in" not in _section(html, "links")
    assert "The first plan" in _section(html, "links")


def test_what_every_answer_lacks_is_told_once_over_them_and_at_the_end() -> None:
    answers = ", ".join(
        f"{{asked_by: members, question: not stated, answered_by: not stated, answer: Answer {number} was given at some length and in the end it did not differ much from the one before it.}}"
        for number in range(1, 4)
    )
    html = page_of(
        f"""{BOARDS}
    meetings/m: {{body: bodies/b}}
    items/i: {{meeting: meetings/m, questions: [{answers}]}}
        """,
        "items/i/",
    )
    questions = text_of(_section(html, "field-questions"))
    assert questions.count("ot stated") == 1
    assert (
        "Asked by: members, each time. Not stated, each time: question, answered by. Given: answer."
        in questions
    )
    assert [f"Answer {number}" in questions for number in range(1, 4)] == [True] * 3
    assert "questions 1 to 3: question and answered by" in text_of(_section(html, "unknown"))


def test_an_answer_that_lacks_what_others_have_says_so_itself() -> None:
    html = page_of(
        f"""{BOARDS}
    meetings/m: {{body: bodies/b}}
    items/i:
      meeting: meetings/m
      questions:
        - {{asked_by: members, question: {"Why so " + "very " * 20 + "late?"}, answered_by: not stated, answer: It rained.}}
        - {{asked_by: members, question: not stated, answered_by: not stated, answer: It snowed.}}
        """,
        "items/i/",
    )
    questions = text_of(_section(html, "field-questions"))
    assert "It rained. Not stated: answered by." in questions
    assert "It snowed. Not stated: question, answered by." in questions
    unknown = text_of(_section(html, "unknown"))
    assert "questions 1 and 2: answered by" in unknown
    assert "question 2: question" in unknown


def test_somebody_named_in_one_of_several_ways_has_one_column() -> None:
    html = page_of(
        f"""{BOARDS}
    posts/p: {{title: The Director}}
    meetings/m: {{body: bodies/b, attendance: [{{post: posts/p}}, {{body: bodies/a}}, {{group: members of the public}}]}}
        """,
        "meetings/m/",
    )
    table = _section(html, "field-attendance")
    assert re.findall(r'<th scope="col">([^<]*)</th>', table)[0] == "Who"
    assert "Body" not in text_of(table)
    assert [name in table for name in ("The Director", "Board A", "members of the public")] == [True] * 3


def test_in_a_narrow_window_receipts_and_related_records_are_folded_and_say_how_many_they_are() -> None:
    plans = "\n".join(f"    plans/p{number}: {{title: Plan {number}, body: bodies/b}}" for number in range(4))
    html = page_of(
        f"""{BOARDS}
    sources/s: {{title: Minutes}}
    bodies/c: {{title: Board C, citations: [{{source: sources/s, quote: one}}, {{source: sources/s, quote: two}}]}}
{plans}
        """,
        "bodies/b/",
    )
    assert '<details class="mb-narrow">\n<summary>Show 4 related records</summary>' in html
    html = page_of(
        """
    sources/s: {title: Minutes}
    bodies/c: {title: Board C, citations: [{source: sources/s, quote: one}, {source: sources/s, quote: two}]}
        """,
        "bodies/c/",
    )
    assert '<details class="mb-narrow">\n<summary>Show the 2 receipts</summary>' in html


def test_a_plan_is_endorsed_by_somebody_and_not_by_a_decision() -> None:
    html = page_of(
        f"""{BOARDS}
    decisions/d: {{title: Endorse the Vision, decided_by: bodies/b, decided_on: 2018-03-08}}
    plans/p: {{kind: vision, endorsed_by: [bodies/b, decisions/d], endorsed_on: 2018-03-08}}
        """,
        "plans/p/",
    )
    assert "Endorsed by Board B, 8\xa0March\xa02018 (Endorse the Vision)." in html.replace(
        "</a>", ""
    ) or "Endorsed by Board B, 8 March 2018 (Endorse the Vision)." in text_of(html)


def test_several_records_stand_as_a_list_in_a_sentence() -> None:
    html = page_of(
        f"""{BOARDS}
    figures/f: {{unit: £, about: [bodies/a, bodies/b, plans/p]}}
    plans/p: {{title: The plan}}
        """,
        "figures/f/",
    )
    assert "about Board A, Board B and The plan, in £." in text_of(html)


def test_why_two_places_disagree_stands_in_the_first_words_with_the_words_of_each_side() -> None:
    html = page_of(
        """
    sources/s: {title: Minutes}
    discrepancies/d:
      kind: open
      matter: amounts
      sides:
        - {says: There were ten., citations: [{source: sources/s, quote: ten boats}]}
        - {says: There were eleven., citations: [{source: sources/s, quote: eleven boats}]}
      note: The harbour has ten berths.
        """,
        "discrepancies/d/",
        When.parse("2021-05-20"),
    )
    first = html.partition('<div class="mb-standing">')[2].partition("</div>")[0]
    assert "The harbour has ten berths." in first
    assert html.count("The harbour has ten berths.") == 1
    sides = text_of(_section(html, "field-sides"))
    assert "ten boats" in sides
    assert "Says" not in sides


def test_a_heavy_page_names_the_latest_of_each_kind_and_where_all_are() -> None:
    def project(words: int) -> str:
        reports = "".join(
            f"    reports/r{number}: {{title: Report {number}{' of the year' * 12}, about: [projects/p]}}\n"
            for number in range(6)
        )
        return page_of(
            f"{BOARDS}\n    projects/p: {{title: P, summary: {'a word ' * words}}}\n{reports}", "projects/p/"
        )

    light, heavy = _section(project(10), "links"), _section(project(2_420), "links")
    assert light.count(">Report ") == 6
    assert heavy.count(">Report ") == 1
    assert "by-project/ambledown/p/" in heavy
