"""Who answered for a project on any day: one line holds for it, and says what is answered for that day."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.outputs import OutputFile, holding_days
from minutebook.outputs.holding_days import day_after_documents
from minutebook.outputs.project_days import _runs
from minutebook.outputs.site import Site
from minutebook.publication import publish
from minutebook.records.project import Project
from minutebook.when import When
from tests.helpers import knowledge_base
from tests.outputs.house import outputs_of, text_of
from tests.outputs.test_holding_days import BOARD

PAGE = "who-holds-what/of/ambledown/projects/p/"


@pytest.fixture(scope="module")
def made() -> dict[str, OutputFile]:
    """The pages of a project that changed hands in January 2020, as at 31 March 2022."""
    return outputs_of(BOARD, When.parse("2022-03-31"))


def _html(made: dict[str, OutputFile], address: str) -> str:
    return str(made[f"{address}index.html"].content).replace("\xa0", " ")


def _lines(html: str) -> list[str]:
    listed = html.partition("<h2>Day by day</h2>")[2]
    return [text_of(one) for one in re.findall(r"<li>(.*?)</li>", listed, re.DOTALL)]


def test_each_run_of_days_and_each_end_of_a_year_has_a_line(made: dict[str, OutputFile]) -> None:
    known = "as last known (document of 7 January 2020), "
    both = "perhaps held by The Board since 4 March 2019; or held by The Workstream since January 2020."
    assert _lines(_html(made, PAGE)) == [
        "Until 31 May 2018: not yet begun.",
        "1 June 2018 to 29 June 2018: perhaps not yet begun; or nobody is stated to hold it: no transfer names it.",
        "30 June 2018 to 3 March 2019: nobody is stated to hold it: no transfer names it.",
        "4 March 2019 to 31 December 2019: held by The Board since 4 March 2019.",
        f"1 January 2020 to 7 January 2020: {both}",
        f"8 January 2020 to 30 January 2020: {known}{both}",
        f"From 31 January 2020: {known}held by The Workstream since January 2020.",
        "31 December 2019: held by The Board since 4 March 2019.",
        f"31 December 2020, 31 December 2021: {known}held by The Workstream since January 2020.",
    ]


def test_a_line_leads_to_who_held_every_project_on_its_first_day(made: dict[str, OutputFile]) -> None:
    html = _html(made, PAGE)
    assert '<a href="../../../../../who-holds-what/2020-01-31/">From 31 January 2020</a>' in html
    assert '<a href="../../../../../who-holds-what/2020-12-31/">31 December 2020</a>' in html
    for day in re.findall(r'who-holds-what/(\d[^"]+)"', html):
        assert f"who-holds-what/{day}index.html" in made


def test_the_page_of_the_project_leads_there_and_back(made: dict[str, OutputFile]) -> None:
    own = _html(made, "ambledown/projects/p/")
    assert f'<a href="../../../{PAGE}">Who answered on a given day</a>' in own
    assert '<a href="../../../../../ambledown/projects/p/">P</a>' in _html(made, PAGE)


def test_where_there_are_too_many_days_a_line_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding_days, "_MOST_LINES", 0)  # room for the ends of years alone
    html = _html(outputs_of(BOARD, When.parse("2022-03-31")), PAGE)
    assert "<li>8 January" in html
    assert '<a href="../../../../../who-holds-what/2020-12-31/">31 December 2020</a>' in html


def test_a_project_that_no_transfer_names_has_a_line_for_all_times() -> None:
    html = _html(
        outputs_of(
            "council/ambledown: {title: Ambledown Council}\nprojects/p: {title: P}", When.parse("2022")
        ),
        PAGE,
    )
    assert _lines(html) == ["At all times: nobody is stated to hold it: no transfer names it."]


@given(
    st.dates(date(2018, 1, 1), date(2021, 12, 31)),
    st.dates(date(2019, 1, 1), date(2020, 6, 1)),
    st.integers(0, 90),
)
def test_one_line_alone_holds_for_a_day_and_has_its_answer(day: date, changed: date, width: int) -> None:
    until = changed + timedelta(days=width)
    effective = f"{changed}/{until}" if width else changed.isoformat()
    site = Site(
        publish(knowledge_base(BOARD.replace("2020-01,", f"'{effective}',"))), When.parse("2021-12-31")
    )
    (project,) = site.kb.of(Project)
    later = day_after_documents(site, project.council)
    runs = _runs(site.history.stretches(project), later)
    (run,) = [one for one in runs if (one.first or date.min) <= day <= (one.last or date.max)]
    assert run.answer.possible == site.history.owner(project, When.parse(day.isoformat())).possible
    assert later is not None
    assert (day >= later) == ((run.first or date.min) >= later), "what is as last known stands by itself"
