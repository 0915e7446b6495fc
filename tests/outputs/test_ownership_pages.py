"""Who holds what, what changed hands, then and now."""

from __future__ import annotations

import re
from pathlib import Path

from minutebook.outputs import compare_pages
from minutebook.outputs.moves import COMPARED
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.records.project import Project
from minutebook.when import When
from tests.helpers import knowledge_base
from tests.outputs.house import outputs_of, page_of, text_of


def _holdings(thornby: PublishedKnowledgeBase, on: str, address: str = "who-holds-what/") -> str:
    return page_of(thornby, address, When.parse(on))


def test_each_project_stands_under_its_holder_or_under_the_reason_why_it_has_none(
    thornby: PublishedKnowledgeBase,
) -> None:
    text = text_of(_holdings(thornby, "2021-05-20"))
    assert (
        "Held by Energy Workstream Insulation Since: as from April 2021. Transfer: The programme is split. Authority: not stated."
    ) in text
    assert (
        "Nobody is stated to hold this project As from April 2021 (The programme is split): Advice line. The table"
        in text
    )
    assert "Ended, and who watches it Warm Homes: ended (discontinued), as from April 2021" in text
    assert "Held by Warm Homes Board" not in text


def test_projects_that_nobody_received_at_once_are_told_together_and_the_words_on_each_are_folded() -> None:
    moves = ", ".join(f"{{what: projects/{one}, gap: The table leaves out {one}.}}" for one in "pqr")
    html = page_of(
        f"""
        council/ambledown: {{title: Ambledown Council}}
        projects/p: {{title: p}}
        projects/q: {{title: q}}
        projects/r: {{title: r}}
        transfers/t: {{title: The split, effective: 2020-01-01, moves: [{moves}]}}
        """,
        "who-holds-what/",
    )
    shown, folded = html.partition('<details class="mb-fold">')[::2]
    assert "Since 1 January 2020 (The split): p q r" in text_of(shown)
    assert "The table leaves out" not in shown
    assert "What the sources say of each" in folded
    assert [text_of(one) for one in re.findall(r"<li>(.*?)</li>", folded.partition("</details>")[0])] == [
        f"{one}: The table leaves out {one}." for one in "pqr"
    ]


def test_a_list_of_the_headings_leads_to_each_of_them() -> None:
    html = page_of(
        """
        council/ambledown: {title: Ambledown Council}
        bodies/a: {title: Alpha}
        bodies/b: {title: Beta}
        bodies/c: {title: Gamma}
        projects/p: {title: p}
        projects/q: {title: q}
        projects/r: {title: r}
        projects/s: {title: s}
        transfers/t:
          effective: 2020-01-01
          moves: [{what: projects/p, to: bodies/a}, {what: projects/q, to: bodies/b}, {what: projects/r, to: bodies/c}, {what: projects/s, gap: Nothing is said.}]
        """,
        "who-holds-what/",
    )
    listed = dict(re.findall(r'<a href="#(part-\d)">([^<]*)</a>', html))
    headed = {anchor: text_of(words) for anchor, words in re.findall(r'<h2 id="(part-\d)">(.*?)</h2>', html)}
    assert listed == headed
    assert list(listed.values()) == [
        "Held by Alpha", "Held by Beta", "Held by Gamma", "Nobody is stated to hold this project",
    ]  # fmt: skip


def test_the_sources_may_leave_it_uncertain(thornby: PublishedKnowledgeBase) -> None:
    assert (
        "Insulation: perhaps held by Warm Homes Board since 4 March 2019; or held by Energy Workstream, as from April 2021."
    ) in text_of(_holdings(thornby, "2021-04-10"))


def test_the_ends_of_years_and_the_days_of_change_have_a_page_each(thornby: PublishedKnowledgeBase) -> None:
    made = outputs_of(thornby, When.parse("2021-12-31"))
    days = sorted(
        path.split("/")[1] for path in made if re.fullmatch(r"who-holds-what/[0-9-]+/index\.html", path)
    )
    assert days == [
        "2019-03-04", "2019-12-31", "2020-12-31", "2021-04-01", "2021-04-30", "2021-05-21", "2021-12-31",
    ]  # fmt: skip
    html = str(made["who-holds-what/2020-12-31/index.html"].content)
    assert "Held by Warm Homes Board" in text_of(html)
    assert '<strong aria-current="page">31 December 2020</strong>' in html
    assert 'href="../2021-04-30/"' in html


def test_a_page_of_a_day_says_what_the_answer_for_that_day_is(thornby: PublishedKnowledgeBase) -> None:
    for day in ("2019-12-31", "2021-04-01", "2021-04-30"):
        there = text_of(_holdings(thornby, "2021-12-31", f"who-holds-what/{day}/"))
        asked = text_of(_holdings(thornby, day))
        assert there.partition("lists each change of responsibility.")[2].partition("Warm Homes")[1]
        for project in thornby.kb.of(Project):
            assert there.count(project.title) == asked.count(project.title), (day, project.id)


def test_every_project_is_on_every_date_once(thornby: PublishedKnowledgeBase) -> None:
    made = outputs_of(thornby, When.parse("2021-12-31"))
    for address in ("who-holds-what/", "who-holds-what/2020-12-31/"):
        html = str(made[f"{address}index.html"].content)
        for project in thornby.kb.of(Project):
            said = re.findall(rf'<(?:li|p)><a href="(?:\.\./)+{project.id}/">', html)
            assert len(said) == 1, (address, project.id)


def test_a_holder_read_from_an_unclear_source_is_said_to_be_our_reading() -> None:
    html = page_of(
        """
        bodies/b: {title: The Board}
        projects/p: {title: P}
        projects/q: {title: Q}
        transfers/t:
          effective: 2020-01-01
          moves: [{what: projects/p, to: bodies/b, reading: The row of the table is torn.}, {what: projects/q, to: bodies/b}]
        """,
        "who-holds-what/",
    )
    assert "P (our reading of an unclear source) Q Since:" in text_of(html)
    assert '(<a href="../ambledown/transfers/t/#how-read">our reading of an unclear source</a>)' in html


def test_the_reading_of_an_unclear_source_has_a_place_that_links_lead_to() -> None:
    made = outputs_of(
        """
        bodies/a: {title: The Old Board}
        bodies/b: {title: The Board}
        projects/p: {title: P}
        transfers/t:
          kind: split
          effective: 2020-01-01
          from: bodies/a
          moves: [{what: projects/p, to: bodies/b, reading: The row of the table is torn.}]
        """
    )
    html = {path: str(one.content) for path, one in made.items() if path.endswith(".html")}
    place = '<h3 id="how-read">How an unclear source is read</h3>'
    assert place in html["ambledown/transfers/t/index.html"]
    leading = {path for path, one in html.items() if "transfers/t/#how-read" in one}
    assert {"who-holds-what/index.html", "ambledown/projects/p/index.html"} <= leading
    assert [path for path, one in html.items() if 'id="how-read"' in one] == [
        "ambledown/transfers/t/index.html"
    ]


def test_the_answer_says_how_far_the_documents_reach_and_other_dates_are_folded_away() -> None:
    html = page_of(
        """
        council/ambledown: {title: Ambledown Council}
        sources/s: {title: Minutes, dated: 2020-01-07}
        bodies/b: {title: The Board}
        projects/p: {title: P}
        transfers/t: {effective: 2020-01-01, moves: [{what: projects/p, to: bodies/b}]}
        """,
        "who-holds-what/",
    )
    assert (
        "Ambledown Council: the latest document held is dated 7 January 2020. What changed later is not known here."
        in text_of(html)
    )
    folded = html.partition('<details class="mb-filters">')[2].partition("</details>")[0]
    assert "<summary>All dates that can be chosen</summary>" in folded
    assert html.count("who-holds-what/20") == folded.count("who-holds-what/20")
    assert html.count("31 December 2020") == folded.count("31 December 2020") == 1


# -- what changed hands --------------------------------------------------------------------------


def test_changes_stand_in_one_order_even_where_a_date_has_no_first_day() -> None:
    html = page_of(
        """
        bodies/b: {title: The Board}
        projects/p: {title: P}
        transfers/a: {title: Alpha, effective: 2019-03-01, moves: [{what: projects/p, to: bodies/b}]}
        transfers/b: {title: Beta, effective: ../2022-03, moves: [{what: projects/p, to: bodies/b}]}
        transfers/c: {title: Gamma, effective: 2021-07, moves: [{what: projects/p, to: bodies/b}]}
        """,
        "what-changed-hands/",
    )
    assert re.findall(r"<h2>(\d+)</h2>", html) == ["2022", "2021", "2019"]
    assert re.findall(r">(Alpha|Beta|Gamma)</a>", html) == ["Beta", "Gamma", "Alpha"]


def test_changes_are_listed_the_latest_first_with_their_gaps(thornby: PublishedKnowledgeBase) -> None:
    text = text_of(page_of(thornby, "what-changed-hands/"))
    assert text.index("As from April 2021: The programme is split") < text.index(
        "4 March 2019: The programme is set up"
    )
    assert "No receiving body is stated for 1 of them." in text


def test_each_date_of_change_has_a_page_with_only_what_changed(thornby: PublishedKnowledgeBase) -> None:
    html = page_of(thornby, "what-changed-hands/2021-04/")
    text = text_of(html)
    assert "No receiving body is stated for 1 of 4." in text
    assert "Nobody is stated to receive it Advice line The table does not list it." in text
    assert '<strong class="mb-gap">Nobody is stated to receive it</strong>' in html
    assert "Another account is given: A member's account of insulation." in text
    assert "The programme is set up" not in text


# -- then and now --------------------------------------------------------------------------------


def test_a_split_is_shown_with_giver_and_receivers_side_by_side(thornby: PublishedKnowledgeBase) -> None:
    html = page_of(thornby, "then-and-now/thornby/2021-04-split/", When.parse("2021-05-20"))
    text = text_of(html)
    assert "Then and now Energy Workstream and Housing Improvement Board: before and after the split" in text
    assert "Warm Homes Board (gave) Energy Workstream (received) Housing Improvement Board (received)" in text
    before, after = (
        re.search(rf"Held on {day}[^<]*</th>(.*?)</tr>", html, re.DOTALL)
        for day in ("31 March 2021", "30 April 2021")
    )
    assert before is not None
    assert after is not None
    cells = [text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", before[1], re.DOTALL)]
    assert cells[1:] == ["Nothing that is recorded"] * 2
    assert all(name in cells[0] for name in ("Boilers", "Insulation", "Advice line", "Warm Homes"))
    assert [text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", after[1], re.DOTALL)] == [
        "Nothing that is recorded", "Insulation", "Boilers",
    ]  # fmt: skip
    assert "Another account is given by: A member's account of insulation." in text, "told once, of all"
    assert "Nobody is stated to have received it Advice line. The table does not list it." in text


def test_the_list_of_comparisons_names_the_bodies_and_the_event(thornby: PublishedKnowledgeBase) -> None:
    text = text_of(page_of(thornby, "then-and-now/"))
    assert "Energy Workstream and Housing Improvement Board: before and after the split" in text
    assert "each body set against the others, side by side" in text
    assert set(compare_pages._EVENTS) == COMPARED, "every kind that is compared has a word for what happened"


def test_a_transfer_leads_to_its_comparison_and_back(thornby: PublishedKnowledgeBase) -> None:
    html = page_of(thornby, "thornby/transfers/2021-04-split/")
    assert '<a href="../../../then-and-now/thornby/2021-04-split/">' in html
    assert "then-and-now" not in page_of(thornby, "thornby/transfers/2019-set-up/")


def test_a_withheld_answer_is_never_an_older_owner(tmp_path: Path) -> None:
    kb = publish(
        knowledge_base(
            """
            bodies/a: {title: The first board}
            bodies/b: {title: The second board}
            projects/p: {title: P}
            transfers/s: {kind: establish, effective: 2019-01-01, moves: [{what: projects/p, to: bodies/a}]}
            transfers/t: {effective: 2020-01-01, from: bodies/a, access: draft, moves: [{what: projects/p, to: bodies/b}]}
            """
        )
    )
    made = outputs_of(kb)
    html = str(made["ambledown/projects/p/index.html"].content)
    assert "On 20 May 2021: withheld: the answer rests on a record that is not public." in text_of(html)
    assert "mb-look--withheld" in html
    assert "Withheld P: withheld" in text_of(str(made["who-holds-what/index.html"].content))


def test_the_number_of_open_questions_leads_to_a_page_that_lists_just_those() -> None:
    ledger = """
        council/ambledown: {title: Ambledown Council}
        thornby/council/thornby: {title: Thornby Council}
        bodies/b: {title: The Board}
        projects/held: {title: Held project}
        projects/lofts: {title: Lofts}
        projects/walls: {title: Walls}
        thornby/projects/mill: {title: Mill}
        transfers/t:
          effective: 2020-01-01
          moves: [{what: projects/held, to: bodies/b}, {what: projects/lofts, gap: Nobody.}, {what: projects/walls, gap: Nobody.}]
        """
    made = outputs_of(ledger)
    home = str(made["index.html"].content)
    assert '<a href="who-holds-what/not-stated/">3 projects that nobody is stated to hold</a>' in home
    html = str(made["who-holds-what/not-stated/index.html"].content)
    text = text_of(html)
    assert "Projects that nobody is stated to hold 3 projects, as far as the documents held show." in text
    assert "Ambledown Council: nobody is stated to hold these 2 projects" in text
    assert "Thornby Council: nobody is stated to hold this project" in text
    assert all(title in text for title in ("Lofts", "Walls", "Mill"))
    assert "Held project" not in text
    assert "who-holds-what/more-than-one-answer/index.html" not in made


def test_a_project_with_two_answers_is_led_to_from_the_home_page_too() -> None:
    made = outputs_of(
        """
        bodies/a: {title: The Old Board}
        bodies/b: {title: The Board}
        projects/p: {title: P}
        transfers/s: {effective: 2018, moves: [{what: projects/p, to: bodies/a}]}
        transfers/t: {effective: 2020, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
        """,
        When.parse("2020-06-01"),
    )
    assert 'href="who-holds-what/more-than-one-answer/">1 project with' in str(made["index.html"].content)
    assert "perhaps" in text_of(str(made["who-holds-what/more-than-one-answer/index.html"].content))
    assert "who-holds-what/not-stated/index.html" not in made
