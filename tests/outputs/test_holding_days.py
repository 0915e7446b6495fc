"""Who held what on any date: the page that a date leads to answers for it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.outputs import OutputFile, holding_days
from minutebook.outputs.holding_days import days_of
from minutebook.outputs.site import Site
from minutebook.publication import publish
from minutebook.records.project import Project
from minutebook.when import When
from tests.helpers import knowledge_base
from tests.outputs.house import outputs_of, text_of

BOARD = """
    council/ambledown: {title: Ambledown Council}
    sources/s: {title: Minutes, dated: 2020-01-07}
    bodies/a: {title: The Board}
    bodies/b: {title: The Workstream}
    projects/p: {title: P, began: 2018-06}
    transfers/one: {effective: 2019-03-04, moves: [{what: projects/p, to: bodies/a}]}
    transfers/two: {effective: 2020-01, from: bodies/a, moves: [{what: projects/p, to: bodies/b}]}
    """
_DAYS = st.dates(date(2018, 1, 1), date(2021, 12, 31))


@pytest.fixture(scope="module")
def made() -> dict[str, OutputFile]:
    """The pages of a project that changed hands in January 2020, as at 31 March 2022."""
    return outputs_of(BOARD, When.parse("2022-03-31"))


def _html(made: dict[str, OutputFile], address: str) -> str:
    return str(made[f"{address}index.html"].content)


def test_the_place_of_the_box_is_hidden_until_a_script_puts_it_there(made: dict[str, OutputFile]) -> None:
    html = _html(made, "who-holds-what/")
    place = re.search(r"<div class=\"mb-date-form\"[^>]*>", html)
    assert place is not None
    assert place[0].endswith(" hidden>")
    assert 'data-days="2018-06-01 ' in place[0]
    assert 'data-last="2022-03-31"' in place[0]
    assert "<form" not in html


def test_every_day_that_the_box_names_has_a_page(made: dict[str, OutputFile]) -> None:
    named = re.search(r'data-days="([^"]+)"', _html(made, "who-holds-what/2020-01-01/"))
    assert named is not None
    for day in named[1].split():
        assert f"who-holds-what/{day}/index.html" in made


def test_without_the_script_each_link_names_the_days_it_answers_for(made: dict[str, OutputFile]) -> None:
    html = _html(made, "who-holds-what/")
    folded = html.partition('<details class="mb-filters">')[2].partition("</details>")[0]
    assert '<a href="2020-01-31/">31 January 2020 to 31 March 2022</a>' in folded
    assert '<a href="2020-01-08/">8 January 2020 to 30 January 2020</a>' in folded


def test_a_page_says_for_which_days_it_answers(made: dict[str, OutputFile]) -> None:
    said = "Nothing that is recorded changed from 31 January 2020 to 31 March 2022, so this holds for each of those days."
    assert said in text_of(_html(made, "who-holds-what/2020-01-31/")).replace("\xa0", " ")
    assert said in text_of(_html(made, "who-holds-what/2020-12-31/")).replace("\xa0", " ")


def test_from_the_day_after_the_latest_document_the_answer_is_as_last_known(
    made: dict[str, OutputFile],
) -> None:
    def told(address: str) -> str:
        return text_of(_html(made, address)).casefold()

    assert "as last known" not in told("who-holds-what/2019-12-31/")
    assert "as last known" in told("who-holds-what/2020-01-31/")


def test_the_first_sentence_claims_no_more_than_the_documents_show(made: dict[str, OutputFile]) -> None:
    def lead(address: str) -> str:
        found = re.search(r'<p class="mb-summary">(.*?)</p>', _html(made, address), re.S)
        assert found is not None
        return text_of(found[1]).replace("\xa0", " ").partition(". ")[0]

    listed = "Each project is listed under the body that held it on"
    assert lead("who-holds-what/2019-12-31/") == f"{listed} 31 December 2019"
    for address, day in (("", "31 March 2022"), ("2020-01-31/", "31 January 2020")):
        told = f"{listed} {day}, as last known from the documents held"
        assert lead(f"who-holds-what/{address}") == told


def test_the_day_of_a_page_stands_where_the_script_can_put_the_day_asked_for(
    made: dict[str, OutputFile],
) -> None:
    html = _html(made, "who-holds-what/2020-01-31/")
    summary = html.partition('<p class="mb-summary">')[2].partition("</p>")[0]
    assert summary.count("<time") == 1
    assert '<time datetime="2020-01-31">31\xa0January\xa02020</time>' in summary
    script = files("minutebook.outputs") / "theme/assets/javascripts/minutebook.js"
    assert '".mb-summary time"' in script.read_text("utf-8")


@given(_DAYS, st.dates(date(2019, 1, 1), date(2020, 6, 1)), st.integers(0, 90))
def test_every_day_has_the_answer_of_the_page_it_leads_to(day: date, changed: date, width: int) -> None:
    until = changed + timedelta(days=width)
    effective = f"{changed}/{until}" if width else changed.isoformat()
    site = Site(
        publish(knowledge_base(BOARD.replace("2020-01,", f"'{effective}',"))), When.parse("2021-12-31")
    )
    (project,) = site.kb.of(Project)
    days = days_of(site, [site.history.stretches(project)], 1)
    pages = [one for one in sorted({*days.every, date(2021, 12, 31)}) if one <= day]
    if not pages:
        assert day < min(days.every)
        return
    asked, there = (
        site.history.owner(project, When.parse(one.isoformat())).possible for one in (day, pages[-1])
    )
    assert asked == there


def test_where_there_are_too_many_days_no_box_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding_days, "_MOST_LINES", 6)  # room for the changes, and not for every turn
    html = _html(outputs_of(BOARD, When.parse("2022-03-31")), "who-holds-what/")
    assert "data-days" not in html
    assert "On the first or the last day that a change can have been" in html
    assert " to 31 March 2022</a>" not in html
