"""The lists: the three doors, decisions and resolutions by year, and a way to every record without a script."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs import OutputFile
from minutebook.publication import PublishedKnowledgeBase
from tests.helpers import knowledge_base
from tests.outputs.house import Reading, outputs_of, page_of, samples, text_of

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
    decisions/undated: {title: Something else}
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
    assert (
        "On 20 May 2021 it holds: 2 decisions 1 resolution 1 project or programme, of which 1 has nobody who is stated to hold it"
        in text
    )
    assert "13 records in all" in text


def test_the_decision_history_has_words_deciders_noters_and_what_came_of_it(
    made: dict[str, OutputFile],
) -> None:
    text = _text(made, "decision-history/")
    assert (
        "The end of the programme November 2019 · decision · decided that the programme be discontinued"
        " in the words of Minutes Decided by The Board. Only noted by The Committee (7 January 2020)."
        " What it led to: Transfer: The split Official page of November 2019"
    ) in text
    assert (
        "The end of the programme noted 7 January 2020 · resolution · noted That it be noted."
        " The Committee, 7 January 2020 Only noted by The Committee."
        " What it noted: The end of the programme (decided by The Board). What it led to: Follow-up: Train the staff"
        " Official page of 7 January 2020"
    ) in text


def test_the_latest_year_comes_first_and_what_has_no_date_last(made: dict[str, OutputFile]) -> None:
    ids = [
        one
        for one in Reading(str(made["decision-history/index.html"].content)).ids
        if one.startswith("year-")
    ]
    assert ids == ["year-2020", "year-2019", "year-date-not-stated"]


def test_the_register_has_bodies_outcomes_words_and_report_numbers(made: dict[str, OutputFile]) -> None:
    assert (
        "7 January 2020 The Committee The end of the programme noted Noted “That it be noted.” (noted) ACH21-044 Official page"
    ) in _text(made, "resolutions/")


def test_sources_say_who_published_them_and_how_often_they_are_cited(made: dict[str, OutputFile]) -> None:
    assert "Minutes minutes not stated date not stated 1 record not stated Official page" in _text(
        made, "sources/"
    )


def test_bodies_say_what_they_are_and_how_much_they_hold(made: dict[str, OutputFile]) -> None:
    assert "The Committee scrutiny committee not stated 0" in _text(made, "bodies/")


def _reachable(made: dict[str, OutputFile]) -> set[str]:
    """The pages that links alone lead to from the home page."""
    seen = {"index.html"}
    waiting = ["index.html"]
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


def test_every_page_can_be_reached_by_links_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = outputs_of(samples(tmp_path_factory.mktemp("samples")))
    assert _reachable(made) == {path for path, file in made.items() if file.is_page}


def test_lists_run_from_a_to_z(made: dict[str, OutputFile]) -> None:
    html = str(made["ambledown/decisions/index.html"].content)
    assert text_of(html).endswith(
        "2 in all, from A to Z. S Something else (programme) T The end of the programme (programme), November 2019"
    )


def test_several_councils_have_a_page_each() -> None:
    kb = knowledge_base(LEDGER)
    other = []
    for record in knowledge_base(
        "bodies/x: {title: Their Board}\ndecisions/d: {title: Theirs, decided_on: 2018}"
    ).records.values():
        from minutebook.records.values import Ref

        other.append(
            record.model_copy().placed(Ref(record.id.replace("ambledown", "thornby")), record.file, "", 1)
        )
    made = outputs_of(KnowledgeBase([*kb.records.values(), *other]))
    assert "Ambledown Council (3)" in text_of(str(made["decision-history/index.html"].content))
    assert "Theirs" in text_of(str(made["decision-history/thornby/index.html"].content))
    assert "Theirs" not in text_of(str(made["decision-history/ambledown/index.html"].content))


def test_nothing_at_all_makes_a_site_that_says_so() -> None:
    for address in (
        "decision-history/",
        "resolutions/",
        "who-holds-what/",
        "what-changed-hands/",
        "bodies/",
        "sources/",
    ):
        assert any(words in text_of(page_of("", address)) for words in ("yet.", "No ")), address


def test_pages_hold_no_address_that_is_not_relative(published_samples: PublishedKnowledgeBase) -> None:
    for path, file in outputs_of(published_samples).items():
        if file.is_page:
            for tag, found in Reading(str(file.content)).elements:
                assert not (found.get("src") or "").startswith(("http", "/")), path
                assert tag not in ("img", "script", "link", "iframe"), path
                assert not (found.get("href") or "").startswith("/"), path


@pytest.fixture(scope="module")
def published_samples(tmp_path_factory: pytest.TempPathFactory) -> PublishedKnowledgeBase:
    """One record of each type."""
    return samples(tmp_path_factory.mktemp("samples"))
