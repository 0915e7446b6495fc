"""The lists: the three doors, decisions and resolutions by year, and a way to every record without a script."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urljoin

import pytest

from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs import OutputFile, decision_filters
from minutebook.publication import PublishedKnowledgeBase
from minutebook.records.values import Ref
from minutebook.when import When
from tests.helpers import REPOSITORY, knowledge_base
from tests.outputs.house import Reading, outputs_of, page_of, text_of

LEDGER = """
    council/ambledown: {title: Ambledown Council}
    bodies/board: {title: The Board}
    bodies/committee: {title: The Committee, kind: scrutiny committee}
    meetings/m: {body: bodies/committee, held_on: 2020-01-07}
    reports/r: {reference_number: ACH21-044, to: bodies/committee}
    actions/a: {title: Train the staff}
    items/i: {meeting: meetings/m, reports: [reports/r], follow_ups: [actions/a]}
    sources/s: {title: Minutes, url: "https://town.example/minutes", record_of: [meetings/m]}
    resolutions/noted:
      title: The end of the programme noted
      item: items/i
      clauses: [{wording: That it be noted., effect: noted}]
    decisions/end:
      title: The end of the programme
      decided_by: bodies/board
      decided_on: 2019-11
      wording: that the programme be discontinued
      noted_by: [resolutions/noted]
      citations: [{source: sources/s, quote: that the programme be discontinued}]
    decisions/undated: {title: Something else, about: [projects/p], topics: [Adult social care]}
    projects/p: {title: P}
    transfers/t: {title: The split, effective: 2020-01, authorised_by: decisions/end, moves: [{what: projects/p, gap: Nobody.}]}
    """


@pytest.fixture(scope="module")
def made() -> dict[str, OutputFile]:
    """Everything that is made of the ledger."""
    return outputs_of(LEDGER)


def _text(made: dict[str, OutputFile], address: str) -> str:
    return text_of(str(made[f"{address}index.html"].content))


def test_the_home_page_has_three_doors_and_numbers_from_the_records(made: dict[str, OutputFile]) -> None:
    html = str(made["index.html"].content)
    assert {"decision-history/", "resolutions/", "who-holds-what/"} <= set(Reading(html).addresses)
    text = text_of(html)
    assert "This site holds 2 decisions, 1 resolution, 1 project or programme, 1 transfer" in text
    assert "13 records in all. Every fact has a receipt" in text
    assert "The date of this site is 20 May 2021, the date that its publisher has set." in text
    assert "Open questions 1 project that nobody is stated to hold" in text


def test_the_decision_history_has_words_deciders_noters_and_what_came_of_it(
    made: dict[str, OutputFile],
) -> None:
    text = _text(made, "decision-history/")
    assert (
        "The end of the programme Ambledown Council · The Board · November 2019 · decision"
        " that the programme be discontinued"
        " in the words of Minutes Decided by The Board. Only noted by The Committee (7 January 2020)."
        " What it led to: Transfer: The split Official page"
    ) in text
    assert (
        "The end of the programme noted Ambledown Council · The Committee · 7 January 2020 · resolution, noted"
        " That it be noted. The Committee, 7 January 2020 Only noted by The Committee."
        " Reported to it in this item: The end of the programme (decided by The Board)."
        " Promised in this item or its report: Train the staff Official page"
    ) in text


def test_the_latest_year_comes_first_and_what_has_no_date_last(made: dict[str, OutputFile]) -> None:
    html = str(made["decision-history/index.html"].content)
    assert re.findall(r"<h2>([^<]*)</h2>\n<article", html) == ["2020", "2019", "Date not stated"]


@pytest.mark.parametrize(
    ("address", "there", "not_there"),
    [
        ("year/2019/", "The end of the programme</a>", "The end of the programme noted</a></h3>"),
        ("year/not-stated/", "Something else", "The end of the programme</a></h3>"),
        ("body/ambledown/board/", "The end of the programme</a></h3>", "Something else"),
        ("project/ambledown/p/", "Something else", "The end of the programme</a></h3>"),
        ("topic/adult-social-care/", "Something else", "The end of the programme</a></h3>"),
    ],
)
def test_each_filter_is_a_page_of_its_own_with_a_way_back(
    made: dict[str, OutputFile], address: str, there: str, not_there: str
) -> None:
    html = str(made[f"decision-history/{address}index.html"].content)
    assert there in html
    assert not_there not in html
    assert ">All decisions and resolutions</a>" in html
    assert 'aria-current="page"' in html


PAIRS = """
    bodies/board: {title: The Board}
    bodies/committee: {title: The Committee}
    projects/p: {title: P}
    decisions/one: {title: The first, decided_by: bodies/board, decided_on: 2019-03, about: [projects/p]}
    decisions/two: {title: The second, decided_by: bodies/board, decided_on: 2020-03, topics: [Care]}
    decisions/wide: {title: The wide one, decided_by: bodies/board, decided_on: 2019-12/2020-01}
    decisions/other: {title: The other, decided_by: bodies/committee, decided_on: 2020-05}
    """


def test_a_body_and_a_year_together_are_a_page_with_ways_to_less_and_to_more() -> None:
    made = outputs_of(PAIRS)
    here = "decision-history/body/ambledown/board/year/2020/"
    html = str(made[f"{here}index.html"].content)
    assert re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", html) == ["The second", "The wide one"]
    text = text_of(html)
    assert text.startswith("Home Decision history The Board Decision history: The Board, 2020")
    assert "All of The Board All of 2020 All decisions and resolutions" in text
    assert "The Board, by year 2020 (2) 2019 (2)" in text
    assert "2020, by body The Board (2) The Committee (1)" not in text, (
        "one entry of the committee: no filter"
    )
    above = [urljoin(f"https://x/{here}", one) for one in Reading(html).addresses]
    assert "https://x/decision-history/body/ambledown/board/" in above
    assert "https://x/decision-history/year/2020/" in above


def test_the_page_of_one_filter_leads_to_it_with_a_second() -> None:
    made = outputs_of(PAIRS)
    of_body = str(made["decision-history/body/ambledown/board/index.html"].content)
    assert '<a href="year/2020/">2020 (2)</a>' in of_body
    of_year = str(made["decision-history/year/2020/index.html"].content)
    assert "2020, by body The Board (2)" in text_of(of_year)
    assert '<a href="../../body/ambledown/board/year/2020/">The Board (2)</a>' in of_year


def test_a_pair_that_would_be_empty_or_no_filter_has_no_page() -> None:
    made = outputs_of(PAIRS)
    pairs = {path for path in made if re.search(r"^decision-history/\w+/.*year/", path)}
    assert pairs == {f"decision-history/body/ambledown/board/year/{year}/index.html" for year in (2019, 2020)}


def test_a_list_leads_to_the_search_with_the_same_filters() -> None:
    html = str(outputs_of(PAIRS)["decision-history/body/ambledown/board/year/2020/index.html"].content)
    [address] = [one for one in Reading(html).addresses if "search/" in one]
    assert address == (
        "../../../../../../search/?type=decision&type=resolution&body=ambledown%2Fbodies%2Fboard&year=2020"
    )
    topic = str(outputs_of(PAIRS)["decision-history/topic/care/index.html"].content)
    assert "q=topic%3A%22Care%22" in topic


def test_there_are_not_more_pairs_than_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decision_filters, "_MOST_PAIRS", 1)
    made = outputs_of(PAIRS)
    pairs = [path for path in made if re.search(r"^decision-history/\w+/.*year/", path)]
    assert pairs == ["decision-history/body/ambledown/board/year/2020/index.html"]


def test_the_register_has_bodies_outcomes_words_and_report_numbers(made: dict[str, OutputFile]) -> None:
    assert (
        "7 January 2020 The end of the programme noted Ambledown Council, The Committee Noted"
        " “That it be noted.” Cite this: The end of the programme noted"
    ) in _text(made, "resolutions/")


def test_a_row_of_the_register_has_its_citation_and_leads_to_its_report(made: dict[str, OutputFile]) -> None:
    html = str(made["resolutions/index.html"].content)
    assert "report ACH21-044, resolution: “That it be noted.”" in text_of(html)
    assert '<span data-address="../ambledown/resolutions/noted/">' in html
    assert '<a href="../ambledown/reports/r/">ACH21-044</a>' in html


def test_what_a_row_does_not_know_it_says() -> None:
    html = page_of(
        "bodies/b: {title: B}\nmeetings/m: {body: bodies/b}\nitems/i: {meeting: meetings/m}\nresolutions/r: {item: items/i}",
        "resolutions/",
    )
    cells = [text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", html, re.DOTALL)]
    assert cells[-2:] == ["not known", "not known"]


def test_a_decision_that_the_resolution_names_is_one_that_it_noted() -> None:
    html = page_of(
        LEDGER.replace("effect: noted}]", "effect: noted, concerns: [decisions/end]}]"), "decision-history/"
    )
    assert "What it noted: The end of the programme (decided by The Board)." in text_of(html)
    assert "Reported to it" not in text_of(html)


def test_a_date_that_may_lie_in_two_years_is_found_under_both() -> None:
    made = outputs_of(
        """
        decisions/wide: {title: The wide one, decided_on: 2021-10/2022-03}
        decisions/late: {title: The late one, decided_on: 2022-02-01}
        decisions/open: {title: The open one, decided_on: ../2022-03}
        """
    )
    for start in ("decision-history/year/", "records/by-year/"):
        assert "The wide one" in _text(made, f"{start}2021/")
        assert "The late one" not in _text(made, f"{start}2021/")
        assert "The wide one" in _text(made, f"{start}2022/")
    whole = str(made["decision-history/index.html"].content)
    assert re.findall(r"<h2>([^<]*)</h2>\n<article", whole) == ["2022", "2021"]
    assert whole.count("The wide one</a></h3>") == 1
    assert "more than one year is listed under each" in _text(made, "decision-history/year/2022/")


def test_the_page_of_a_council_answers_before_it_lists() -> None:
    made = outputs_of(
        LEDGER
        + """
    actions/late: {title: Mend the gate, promised_to: bodies/committee, due: [{date: 2019-05}]}
    projects/q: {title: Q}
    transfers/u: {kind: establish, effective: 2019-01-01, moves: [{what: projects/q, to: bodies/board}]}
    """
    )
    text = _text(made, "ambledown/")
    assert "Latest decisions The end of the programme noted Noted, The Committee, 7 January 2020" in text
    assert (
        "Who holds what, as at 20 May 2021 The Board: 1 project Nobody is stated to hold: 1 project"
    ) in text
    assert (
        "1 promise past its date, with no document held that shows it done: Mend the gate"
        " All promises and follow-ups Records by type"
    ) in text


def test_sources_say_who_published_them_and_how_often_they_are_cited(made: dict[str, OutputFile]) -> None:
    assert "Minutes minutes not stated date not stated 1 record not stated Official page" in _text(
        made, "sources/"
    )


def test_bodies_say_what_they_are_and_how_much_they_hold(made: dict[str, OutputFile]) -> None:
    assert "The Committee scrutiny committee – not stated none" in _text(made, "bodies/")


def _reachable(made: dict[str, OutputFile]) -> set[str]:
    """The pages that links alone lead to from the home page."""
    seen = {"index.html", *(f"{path[:-3]}.html" for path in _menu() if f"{path[:-3]}.html" in made)}
    waiting = list(seen)
    while waiting:
        path = waiting.pop()
        for address in Reading(str(made[path].content)).addresses:
            target = (
                urljoin(f"https://site.example/{path}", address)
                .split("#")[0]
                .removeprefix("https://site.example/")
            )
            target = f"{target}index.html" if not target or target.endswith("/") else target
            if target in made and target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def test_every_page_can_be_reached_by_links_alone(published_samples: PublishedKnowledgeBase) -> None:
    made = outputs_of(published_samples)
    # The box in the header of every page leads to the search.
    pages = {path for path, file in made.items() if file.is_page and file.kind != "search"}
    assert pages - _reachable(made) == set()


def test_every_way_in_of_the_menu_is_a_page(made: dict[str, OutputFile]) -> None:
    written = {
        path.relative_to(REPOSITORY / "docs").as_posix() for path in (REPOSITORY / "docs").rglob("*.md")
    }
    menu = _menu()
    assert len(menu) > 20
    assert [
        path
        for path in menu
        if path not in written and path != "reference/index.md" and path[:-3] + ".html" not in made
    ] == []


def _menu() -> list[str]:
    """The pages that the header and the footer lead to."""
    nav = (
        (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2].partition("\n\n")[0]
    )
    return re.findall(r": (\S+\.md)", nav)


def test_lists_run_from_a_to_z(made: dict[str, OutputFile]) -> None:
    html = str(made["ambledown/decisions/index.html"].content)
    assert text_of(html).endswith(
        "2 in all, from A to Z. S Something else decision T The end of the programme decision, The Board, November 2019"
    )


def test_several_councils_have_a_page_each() -> None:
    kb = knowledge_base(LEDGER)
    theirs = knowledge_base(
        "bodies/x: {title: Their Board}\ndecisions/d: {title: Theirs, decided_on: 2018}"
    ).records.values()
    other = [
        one.model_copy().placed(Ref(one.id.replace("ambledown", "thornby")), one.file, "", 1)
        for one in theirs
    ]
    made = outputs_of(KnowledgeBase([*kb.records.values(), *other]))
    assert "Ambledown Council (3)" in text_of(str(made["decision-history/index.html"].content))
    assert "Theirs" in text_of(str(made["decision-history/council/thornby/index.html"].content))
    assert "Theirs" not in text_of(str(made["decision-history/council/ambledown/index.html"].content))


def _many(number: int) -> dict[str, OutputFile]:
    """A site of that many decisions about one project, one a day."""
    board, decision, project = knowledge_base(
        "bodies/board: {title: The Board}\nprojects/p: {title: P}\n"
        "decisions/d: {title: D, decided_by: bodies/board, decided_on: 2019-01-01, about: [projects/p]}"
    ).records.values()
    copies = []
    for at in range(number):
        day = When.parse((date(2019, 1, 1) + timedelta(at)).isoformat())
        copy = decision.model_copy(update={"title": f"Decision {at}", "decided_on": day})
        copies.append(copy.placed(Ref(f"ambledown/decisions/d{at}"), decision.file, "", 1))
    return outputs_of(KnowledgeBase([board, project, *copies]))


def test_long_lists_come_in_pages_and_lose_nothing() -> None:
    made = _many(230)
    for start in ("decision-history/", "decision-history/body/ambledown/board/", "ambledown/decisions/"):
        seen, waiting = set[str](), [f"{start}index.html"]
        found: list[str] = []
        while waiting:
            path = waiting.pop()
            if path in seen:
                continue
            seen.add(path)
            html = str(made[path].content)
            found += re.findall(r">(Decision \d+)</a>", html)
            for address in re.findall(r'<li><a href="([^"]*)">Page \d+</a>', html):
                target = urljoin(f"https://site.example/{path}", address).removeprefix(
                    "https://site.example/"
                )
                waiting.append(f"{target}index.html")
        assert len(seen) > 1, start
        assert sorted(found) == sorted(f"Decision {at}" for at in range(230)), start


def test_the_page_of_a_body_with_many_records_shows_the_latest_and_leads_to_all() -> None:
    made = _many(230)
    html = str(made["ambledown/bodies/board/index.html"].content)
    assert "All 230 events" in text_of(html)
    assert len(html) < 20_000
    whole = [
        str(file.content) for path, file in made.items() if path.startswith("ambledown/bodies/board/history/")
    ]
    assert sum(html.count("<strong>") for html in whole) >= 230


def test_earlier_and_later_lead_from_one_record_of_a_body_to_the_next() -> None:
    made = _many(3)
    middle = text_of(str(made["ambledown/decisions/d1/index.html"].content))
    assert "Earlier decision Decision 0, 1 January 2019 Later decision Decision 2, 3 January 2019" in middle
    first = text_of(str(made["ambledown/decisions/d0/index.html"].content))
    assert "Earlier decision" not in first


def test_nothing_at_all_makes_a_site_that_says_so() -> None:
    for address in (
        "decision-history/",
        "resolutions/",
        "who-holds-what/",
        "what-changed-hands/",
        "bodies/",
        "sources/",
        "promises/",
        "projects/",
        "then-and-now/",
        "discrepancies/",
        "not-held/",
        "indicators-and-budgets/",
        "corrections/",
        "private-items/",
        "topics/",
    ):
        assert any(words in text_of(page_of("", address)) for words in ("yet.", "No ", "Nothing: ")), address


def test_pages_hold_no_address_that_is_not_relative(published_samples: PublishedKnowledgeBase) -> None:
    for path, file in outputs_of(published_samples).items():
        if file.is_page and file.kind != "search":
            for tag, found in Reading(str(file.content)).elements:
                assert not (found.get("src") or "").startswith(("http", "/")), path
                assert tag not in ("img", "script", "link", "iframe"), path
                assert not (found.get("href") or "").startswith("/"), path


def test_the_history_says_from_which_kinds_of_document_its_words_are() -> None:
    documents = """
    sources/minutes: {title: Minutes, kind: minutes}
    sources/report: {title: Report, kind: committee report}
    items/i: {title: I}
    resolutions/r: {item: items/i, clauses: [{wording: That it be noted., effect: noted, citations: [{source: sources/minutes, quote: be noted}]}]}
    """
    told = """
    decisions/d:
      wording: that it end
      citations: [{source: sources/minutes, quote: agreed}, {source: sources/report, quote: that it end, supports: [wording]}]
    """
    minuted = "in the words of the minutes"
    alone = text_of(page_of(documents, "decision-history/"))
    assert f"What was decided, {minuted}: who decided" in alone
    made = outputs_of(documents + told)
    assert f"{minuted} or of a committee report, as each entry says: who" in _text(made, "decision-history/")
    assert f"Every resolution {minuted}, with its date" in _text(made, "resolutions/")
