"""What the page of a record says in words: dates, absences, who decided and who noted, and where the record stands."""

from __future__ import annotations

import re

import pytest

from tests.outputs.house import facts_of, page_of, text_of


def test_what_is_not_known_is_told_at_the_end_by_reason_in_plain_words() -> None:
    html = page_of(
        """
        sources/s: {title: Minutes}
        reports/r:
          by: not stated
          dated: not stated
          background_papers: left blank
          appendices: [{title: The plan, held: "referred to, not held"}]
          clearances: [{role: posts/p, date: not stated}]
          citations: [{source: sources/s, quote: not held}]
        posts/p: {title: The Director}
        """,
        "reports/r/",
    )
    unknown = text_of(html.partition('<section id="unknown">')[2].partition("</section>")[0])
    assert "The source does not say: who wrote or said it; its date; clearance 1: date." in unknown
    assert "The source has a heading and nothing under it: background papers." in unknown
    assert "Referred to, and not held here: The plan." in unknown
    assert "1 receipt gives a place and not the words" in unknown
    assert "Background papers" not in facts_of(html)


def test_a_record_of_which_all_is_known_says_nothing_of_what_is_not() -> None:
    assert 'id="unknown"' not in page_of("events/e: {title: A fair, on: 2019-01-01}", "events/e/")


def test_a_field_that_is_left_out_is_not_mentioned() -> None:
    assert "Venue" not in page_of("meetings/m: {body: bodies/b}\nbodies/b: {title: B}", "meetings/m/")


def test_a_date_reads_as_the_source_says_it() -> None:
    html = page_of("projects/p: {began: {value: 2019-01/2019-06, as_written: early 2019}}", "projects/p/")
    assert facts_of(html)["Began"] == "early 2019 (between January 2019 and June 2019)"
    assert "1 January 2019" not in html.partition('<section id="facts"')[2]


def test_a_single_day_is_told_to_machines_too() -> None:
    html = page_of("plans/p: {endorsed_on: 2018-03-08}", "plans/p/")
    assert '<time datetime="2018-03-08">8\xa0March\xa02018</time>' in html


def test_operative_words_are_quoted_with_the_body_that_resolved_them() -> None:
    ledger = """
        bodies/c: {title: The Committee}
        meetings/m: {body: bodies/c, held_on: 2020-01-07}
        items/i: {meeting: meetings/m}
        resolutions/r: {item: items/i, clauses: [{number: "(1)", wording: That it be noted., effect: noted}]}
        """
    html = page_of(ledger, "resolutions/r/")
    assert "<blockquote>\n<p>That it be noted.</p>\n</blockquote>" in html
    assert "The Committee, 7 January 2020" in text_of(html)
    assert "Noted by The Committee, 7 January 2020. To note is not to decide." in text_of(html)


def test_the_words_of_a_report_are_its_authors_and_not_its_readers() -> None:
    ledger = """
        bodies/c: {title: The Committee}
        posts/d: {title: The Director, body: not stated}
        reports/r: {by: [posts/d], to: bodies/c, dated: 2020-01, recommendations: [{wording: To note.}]}
        """
    assert "To note. The Director, January 2020" in text_of(page_of(ledger, "reports/r/"))


def test_the_words_of_a_decision_are_those_of_the_document_that_tells_of_it() -> None:
    ledger = """
        bodies/b: {title: The Board}
        sources/s: {title: The minutes}
        sources/t: {title: The report}
        decisions/d:
          decided_by: bodies/b
          wording: that it be discontinued
          citations:
            - {source: sources/s, quote: the Board met, supports: [decided_by]}
            - {source: sources/t, quote: that it be discontinued, supports: [wording]}
        """
    text = text_of(page_of(ledger, "decisions/d/"))
    assert "Decided by The Board, date not stated." in text
    assert "that it be discontinued in the words of The report" in text


def test_a_decision_names_who_decided_and_who_only_noted() -> None:
    ledger = """
        bodies/b: {title: The Board}
        bodies/c: {title: The Committee}
        meetings/m: {body: bodies/c, held_on: 2020-01-07}
        items/i: {meeting: meetings/m}
        resolutions/r: {item: items/i, clauses: [{wording: Noted., effect: noted}]}
        decisions/d: {decided_by: bodies/b, decided_on: 2019-11, noted_by: [resolutions/r]}
        """
    text = text_of(page_of(ledger, "decisions/d/"))
    assert "Decided by The Board, November 2019. Noted by The Committee (7 January 2020)." in text


WAY = """
    council/ambledown: {title: Ambledown Council}
    bodies/b: {title: The Board}
    bodies/c: {title: The Committee}
    posts/d: {title: The Director}
    meetings/m: {body: bodies/c, held_on: 2020-01-07}
    reports/r:
      by: [posts/d]
      to: bodies/c
      dated: 2019-12-12
      recommendations: [{number: "1", wording: To note and comment on the plans.}]
    items/i: {meeting: meetings/m, number: "7", reports: [reports/r]}
    resolutions/n: {title: Plans noted, item: items/i, clauses: [{wording: That the plans be noted., effect: noted}]}
    decisions/d: {title: Stop, decided_by: bodies/b, decided_on: 2019-11, reported_in: [reports/r], noted_by: [resolutions/n]}
    decisions/e: {title: Begin again, decided_by: bodies/b, supersedes: [decisions/d]}
    """


def test_a_decision_tells_its_way_to_those_who_noted_it_with_the_days() -> None:
    text = text_of(page_of(WAY, "decisions/d/"))
    assert (
        "Decided by The Board November 2019 Reported to The Committee 12 December 2019 in r."
        " 12 to 41 days after the decision (the day of the decision is not given). Noted by The Committee"
        " 7 January 2020 in Plans noted. 38 to 67 days after the decision (the day of the decision is not given)."
    ) in text
    assert "Superseded by Begin again." in text


def test_a_report_shows_what_was_asked_and_not_resolved_word_by_word() -> None:
    html = page_of(WAY, "reports/r/")
    assert "Asked for and not resolved: to comment." in text_of(html)
    asked = re.findall(r"<del>(.*?)</del>", html)
    assert [text_of(one) for one in asked[:1]] == ["[asked, not resolved: To note and comment on]"]
    added = re.findall(r"<ins>(.*?)</ins>", html)
    assert [text_of(one) for one in added[:2]] == [
        "[resolved, not asked: That]",
        "[resolved, not asked: be noted.]",
    ]
    assert (
        "A report by The Director to The Committee, 12 December 2019. No copy of the report itself is recorded here. What came of it: noted (7 January 2020)."
        in text_of(html)
    )


def test_a_page_says_how_to_cite_it_with_its_address() -> None:
    html = page_of(WAY, "resolutions/n/")
    assert (
        "Cite this Ambledown Council, The Committee, 7 January 2020, item 7 “i”, resolution:"
        " “That the plans be noted.” Record: <ambledown/resolutions/n/>."
    ) in text_of(html)


@pytest.mark.parametrize(
    ("ledger", "address", "sentence"),
    [
        (WAY, "meetings/m/", "The Committee met on 7 January 2020. 1 item of it is recorded here."),
        (WAY, "items/i/", "Item 7, taken by The Committee, 7 January 2020. Noted: Plans noted."),
        (WAY, "council/ambledown/", "This site holds 10 records of it."),
        ("posts/d: {title: D, body: bodies/b}\nbodies/b: {title: B}", "posts/d/", "An office of B."),
        ("posts/d: {title: D, body: not stated}", "posts/d/", "The sources do not say which body it belongs to."),
        (
            "bodies/b: {title: B, kind: workstream, ended: 2020-01, ended_reason: replaced, succeeded_by: [bodies/c]}\nbodies/c: {title: C}",
            "bodies/b/",
            "A workstream. It ended January 2020 (replaced). Succeeded by C.",
        ),
        ("statements/s: {speaker: a resident, capacity: outsider, words: No.}", "statements/s/", "Said by a resident. An outsider’s word is no evidence for a fact of record."),
        ("discrepancies/d: {kind: rounding}", "discrepancies/d/", "Two statements within one document do not agree. Rounding: one of them has rounded the figure."),
        ("sources/s: {standing: third-party}", "sources/s/", "A third party’s text, cited by 0 records."),
        ("events/e: {kind: award, on: 2019-05}", "events/e/", "An award, May 2019."),
        ("plans/p: {kind: strategy, body: bodies/b, endorsed_by: [bodies/b], endorsed_on: 2018-03-08}\nbodies/b: {title: B}", "plans/p/", "A strategy of B"),
        ("indicators/i: {better: down, baseline: {value: 7, as_at: 2019-03}, target: {word: Lower}, observations: [{value: 5, as_at: 2019-10}, {value: 6, as_at: 2019-06}]}", "indicators/i/", "It began at 7 (March 2019); stood at 5 (October 2019); the target is “Lower”. Lower is better."),
    ],
)  # fmt: skip
def test_every_type_says_in_one_sentence_what_it_is_and_where_it_stands(
    ledger: str, address: str, sentence: str
) -> None:
    html = page_of(ledger, address)
    assert sentence in text_of(html.partition('<div class="mb-standing">')[2].partition("</div>")[0])


def test_what_is_not_known_of_a_move_is_told_by_the_name_of_the_project() -> None:
    ledger = """
        bodies/b: {title: B}
        projects/p: {title: Extra Care}
        transfers/t: {effective: 2020-01, moves: [{what: projects/p, closed: {into: business as usual, monitored_by: not stated}}]}
        """
    unknown = page_of(ledger, "transfers/t/").partition('<section id="unknown">')[2]
    assert "where Extra Care went: who goes on watching it." in text_of(unknown)


def test_an_erased_record_keeps_its_page_and_says_that_it_was_erased() -> None:
    html = page_of(
        "events/e: {title: A review, erased: At the wish of the person., summary: S3CRET, narrative: S3CRET}",
        "events/e/",
    )
    assert "The content of this record was erased: At the wish of the person." in text_of(html)
    assert "S3CRET" not in html


def test_figures_stand_in_the_table_that_the_source_prints() -> None:
    ledger = """
        figures/f:
          unit: £
          rows: [{key: home, label: Harrow is Home}, {key: all, label: Total}]
          columns: [{key: plan, label: Planned}, {key: got, label: Delivered}]
          cells:
            - {row: home, column: plan, kind: planned, amount: £400K}
            - {row: home, column: got, kind: delivered, qualifier: just under, amount: "£312,000"}
            - {row: all, column: plan, kind: planned, amount: not stated}
        """
    text = text_of(page_of(ledger, "figures/f/"))
    assert "Row Planned Delivered Harrow is Home £400K just under £312,000 Total not stated –" in text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            "due: [{date: 2020-02}, {date: not stated, said_on: 2020-01-07, words: a later meeting}]",
            "February 2020 Was due; put off on 7 January 2020",
        ),
        (
            "due: [{date: 2020-02}, {date: 2020-05, said_on: 2020-01-07}]",
            "February 2020 Was due; put off on 7 January 2020 May 2020 Promise due",
        ),
        ("due: [{date: 2020-02}, {date: 2020-02-20}]", "February 2020 Was due; another day was named"),
        (
            "due: [{date: 2020-02}], status: [{status: put off, on: 2020-01-07}]",
            "February 2020 Was due; put off on 7 January 2020",
        ),
        (
            "due: [{date: 2020-02}, {date: 2020-05}], expected_of: bodies/b, promised_by: not stated",
            "February 2020 Was expected by then; put off May 2020 Expected by then",
        ),
        ("due: [{date: 2020-02}]", "February 2020 Promise due"),
    ],
)
def test_the_story_of_a_promise_says_that_a_day_it_was_due_on_was_replaced(fields: str, told: str) -> None:
    ledger = f"""
        bodies/b: {{title: The Board}}
        projects/p: {{title: P}}
        actions/a: {{title: Mend the gate, about: [projects/p], promised_on: 2019-12, {fields}}}
        """
    assert told in text_of(page_of(ledger, "actions/a/")).replace("\xa0", " ")
    first = told.partition("February 2020 ")[2].partition(" May 2020")[0]
    assert f"{first}: Mend the gate" in text_of(page_of(ledger, "projects/p/")).replace("\xa0", " ")
