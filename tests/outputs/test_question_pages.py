"""The pages that answer one question each, and the data behind them."""

from __future__ import annotations

import csv
import io
import re

import pytest

from minutebook.outputs import OutputFile
from minutebook.when import When
from minutebook.wording import A_QUESTION
from tests.outputs.house import BOATS, outputs_of, page_of, text_of

LEDGER = (
    BOATS
    + """
    council/ambledown: {title: Ambledown Council}
    bodies/b: {title: The Board}
    posts/p: {title: The Director}
    actions/late: {title: Open the bridge, promised_by: posts/p, promised_to: bodies/b, due: [{date: 2019-05}]}
    actions/kept: {title: Paint the hall, promised_by: posts/p, due: [{date: 2019-05}], status: [{status: kept, on: 2019-04}]}
    actions/decide: {title: Decide on the quay, expected_of: bodies/b, arises_from: reports/r, due: [{date: 2019-06}]}
    reports/r:
      title: The quay
      appendices: [{title: Appendix 2, held: "referred to, not held", describes: A map.}, {title: Appendix 1, held: held}]
    indicators/i: {title: Boats, better: up, baseline: {value: 9, as_at: 2018}, observations: [{value: 10, as_at: 2019}], target: {value: 12}}
    figures/f: {title: The harbour budget}
    events/e:
      title: The fair
      corrections: [{on: 2020-02-01, said: The fair was in May., reason: It was in June., on_the_word_of: the clerk}]
    meetings/m: {title: The meeting in June, body: bodies/b, held_on: 2019-06-04}
    items/private:
      title: Hidden
      meeting: meetings/m
      number: "9"
      access: exempt
      exemption: {paragraphs: ["3"], public_interest_reason: It would spoil the bargain.}
    items/open: {title: Open item, meeting: meetings/m, number: "8"}
    resolutions/n:
      title: =1+1
      item: items/open
      clauses: [{number: "1", wording: "-2 boats be sold, and 3 \\"kept\\"", effect: approved}]
    """
)


@pytest.fixture(scope="module")
def made() -> dict[str, OutputFile]:
    """Everything that is made of the ledger, as at a day in 2021."""
    return outputs_of(LEDGER, When.parse("2021-05-20"))


def _text(made: dict[str, OutputFile], address: str) -> str:
    return text_of(str(made[f"{address}index.html"].content))


def test_promises_begin_with_what_is_overdue(made: dict[str, OutputFile]) -> None:
    text = _text(made, "promises/")
    first = text.index(
        "Overdue, as far as the documents held show (1) The Director (1) Open the bridge. Due in May 2019."
    )
    assert first < text.index("Kept (1) The Director (1) Paint the hall.")
    assert "Promised to The Board." in text


def test_what_another_is_to_decide_stands_apart_and_is_not_overdue(made: dict[str, OutputFile]) -> None:
    text = _text(made, "promises/")
    group = text[text.index("Expected of others") : text.index("Kept (1)")]
    assert "Decide on the quay. Expected in June 2019; no document held shows it." in group
    assert "Expected of The Board, as The quay says. Nobody is recorded as promising it." in group
    page = _text(made, "ambledown/actions/decide/")
    assert "Follow-up Decide on the quay" in page
    assert "Expected of The Board, as The quay says." in page
    assert "verdue" not in page
    assert "who promised" not in page
    assert "Follow-up" in _text(made, "ambledown/reports/r/") or "follow-up" in _text(
        made, "ambledown/reports/r/"
    )


def test_overdue_is_said_to_be_a_question(made: dict[str, OutputFile]) -> None:
    assert A_QUESTION in _text(made, "promises/")


def test_the_home_page_and_the_promises_agree_on_what_is_past_its_date(made: dict[str, OutputFile]) -> None:
    rest = "past its date, with no document held that shows it done"
    assert f"1 promise {rest}" in text_of(str(made["index.html"].content))
    assert f"1 promise is {rest}." in _text(made, "promises/")


def test_a_promise_says_when_its_promiser_is_not_stated_and_names_its_figures() -> None:
    text = text_of(
        page_of(
            """
            bodies/b: {title: The Board}
            figures/f: {title: The savings of 2019}
            actions/a: {title: Save, promised_to: bodies/b, promised_on: 2019-03-01, about: [figures/f]}
            """,
            "promises/",
        )
    )
    assert (
        "Who promised: not stated (1) Save. No last day was named. Promised to The Board, 1 March 2019."
        in text
    )
    assert "Figures: The savings of 2019." in text


PROMISERS = """
    council/ambledown: {title: Ambledown Council}
    bodies/b: {title: The Board}
    posts/p: {title: The Director}
    posts/q: {title: The Clerk}
    sources/s: {title: Minutes, dated: 2019-06-30}
    actions/gate: {title: Mend the gate, promised_by: posts/p, promised_to: bodies/b, due: [{date: 2019-04}]}
    actions/hall: {title: Paint the hall, promised_by: posts/q, due: [{date: 2019-05}]}
    actions/path: {title: Sweep the path, promised_by: posts/p, due: [{date: 2019-06}]}
    actions/quay: {title: Dredge the quay, promised_by: posts/p, due: [{date: 2019-07}]}
    actions/boat: {title: Sell the boat, promised_to: bodies/b, due: [{date: 2019-08}]}
    """


def test_promises_stand_under_who_made_them_in_the_order_of_the_first_of_each() -> None:
    html = page_of(PROMISERS, "promises/", When.parse("2020-01-01"))
    overdue = text_of(html.partition("Overdue, as far as")[2].partition("<h2>")[0])
    names = ("The Director (2)", "Mend the gate", "Sweep the path", "The Clerk (1)", "Paint the hall")
    assert [overdue.index(name) for name in names] == sorted(overdue.index(name) for name in names)
    assert html.count("Overdue, as far as the documents held show (3)") == 1
    assert re.findall(r"<h3>(.*?)</h3>", html)[0] == ('<a href="../ambledown/posts/p/">The Director</a> (2)')


def test_what_fell_due_after_the_latest_document_is_told_apart_and_counted() -> None:
    """No document that is held can show whether it was done: that is another question than one that could have."""
    text = text_of(page_of(PROMISERS, "promises/", When.parse("2020-01-01")))
    assert "5 promises are past their date, with no document held that shows them done." in text
    assert "2 of them fell due after the latest document held." in text
    after = text.partition("Due after the latest document held, which could not show them done (2)")[2]
    assert after.index("Dredge the quay") < after.index("Who promised: not stated (1) Sell the boat")
    assert "Mend the gate" not in after
    home = text_of(page_of(PROMISERS, "", When.parse("2020-01-01")))
    assert "2 of them fell due after the latest document held" in home


def test_whoever_promised_has_a_page_of_it_to_which_the_others_lead() -> None:
    made = outputs_of(PROMISERS, When.parse("2020-01-01"))
    page = str(made["promises/by/ambledown/posts/p/index.html"].content)
    assert [title for title in ("Mend the gate", "Sweep the path", "Dredge the quay") if title in page] == [
        "Mend the gate", "Sweep the path", "Dredge the quay",
    ]  # fmt: skip
    assert "Paint the hall" not in page
    listed = text_of(str(made["promises/by/index.html"].content))
    assert "The Director: 3 promises, 3 past the date" in listed
    assert listed.index("The Director") < listed.index("The Clerk")
    assert "Who promised: not stated: 1 promise" in listed
    assert 'href="by/ambledown/posts/p/"' in str(made["promises/index.html"].content)
    assert "3 promises, by where they stand; 3 are past their date." in _text(made, "ambledown/posts/p/")
    assert "by where they stand" not in _text(made, "ambledown/posts/q/"), "one is listed with the links"


def _table(made: dict[str, OutputFile], path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made[path].data.decode("utf-8"))))


MANY = (
    PROMISERS
    + "\n"
    + "".join(
        f"    actions/long-{number}: {{title: Long work {number}, promised_by: posts/p}}\n"
        for number in range(6)
    )
)


def test_many_promises_of_which_nothing_can_be_told_are_folded_and_those_past_their_date_are_not() -> None:
    html = page_of(MANY, "promises/", When.parse("2020-01-01"))
    before, _, rest = html.partition('<details class="mb-narrow">\n<summary>Show these 6')
    folded, _, after = rest.partition("</details>")
    assert "Mend the gate" in before
    assert [f"Long work {number}" in folded for number in range(6)] == [True] * 6
    assert "Long work" not in before + after
    assert "Show these" not in page_of(PROMISERS, "promises/", When.parse("2020-01-01"))


def test_where_promises_stand_is_counted_above_them_with_a_way_to_each(made: dict[str, OutputFile]) -> None:
    moved = "    actions/late: {title: Oil the crane, due: [{date: 2019-01}, {date: 2021-01}]}\n"
    kept = "    actions/done: {title: Ring the bell, status: [{status: kept, on: 2019-02-01}]}\n"
    html = page_of(MANY + moved + kept, "promises/", When.parse("2020-01-01"))
    listed = re.findall(r'<li><a href="#(part-\d)">([^<]*)</a></li>', html)
    headed = re.findall(r'<h2 id="(part-\d)">(.*?)</h2>', html)
    assert len(listed) > 3
    assert listed == headed
    assert 'href="#part-' not in str(made["promises/index.html"].content), "three headings are seen at once"


def test_promises_are_a_table_too() -> None:
    rows = _table(outputs_of(PROMISERS, When.parse("2020-01-01")), "data/promises.csv")
    assert [(row["title"], row["promised_by"], row["due"], row["state"]) for row in rows][:2] == [
        ("Mend the gate", "The Director", "April 2019", "overdue"),
        ("Paint the hall", "The Clerk", "May 2019", "overdue"),
    ]
    assert rows[-1]["promised_by"] == "not stated"


TWO_COUNCILS = (
    PROMISERS
    + """
    posts/w: {title: The Warden, body: bodies/b}
    actions/lamp: {title: Light the lamp, promised_by: posts/w, promised_on: 2019-02-01}
    actions/vote: {title: Hold a vote, promised_by: bodies/b, due: [{date: 2019-06-30}]}
    thornby/council/thornby: {title: Thornby Council}
    thornby/posts/p: {title: The Director}
    thornby/actions/mill: {title: Mend the mill, promised_by: posts/p, due: [{date: 2019-04}]}
    """
)


def test_a_table_of_promises_names_the_council_the_office_and_its_body() -> None:
    made = outputs_of(TWO_COUNCILS, When.parse("2020-01-01"))
    rows = {row["title"]: row for row in _table(made, "data/promises.csv")}
    told = ("council", "office", "body", "promised_by_id")
    assert [tuple(rows[title][name] for name in told) for title in ("Light the lamp", "Hold a vote", "Sell the boat", "Mend the mill")] == [
        ("Ambledown Council", "The Warden", "The Board", "ambledown/posts/w"),
        ("Ambledown Council", "", "The Board", "ambledown/bodies/b"),
        ("Ambledown Council", "", "", ""),
        ("Thornby Council", "The Director", "", "thornby/posts/p"),
    ]  # fmt: skip
    after = {title: row["due_after_latest_document"] for title, row in rows.items()}
    assert (after["Dredge the quay"], after["Hold a vote"], after["Light the lamp"]) == ("yes", "no", "")
    assert {row["latest_document"] for row in rows.values()} == {"30 June 2019", ""}


def test_a_table_does_not_call_overdue_what_no_document_held_could_show_done() -> None:
    made = outputs_of(TWO_COUNCILS, When.parse("2020-01-01"))
    assert str(made["data/promises.csv"].content).startswith("\ufeffid,"), (
        "without the mark Excel misreads UTF-8"
    )
    rows = {row["title"]: row for row in _table(made, "data/promises.csv")}
    quay, gate = rows["Dredge the quay"], rows["Mend the gate"]
    assert quay["state"] == "due after the latest document held"
    assert quay["where_it_stands"].endswith(
        ", after the latest document held (30 June 2019), which could not show it done"
    )
    assert "verdue" not in quay["where_it_stands"]
    assert gate["state"] == "overdue"
    assert gate["where_it_stands"].startswith("Overdue, as far as the documents held show")


def test_each_council_office_and_body_has_a_table_of_its_own_promises_to_which_its_page_leads() -> None:
    made = outputs_of(TWO_COUNCILS, When.parse("2020-01-01"))
    whole = _table(made, "data/promises.csv")
    for page, table, field, value in (
        ("promises/council/thornby/", "data/promises/promises-thornby.csv", "council", "Thornby Council"),
        ("promises/council/ambledown/", "data/promises/promises-ambledown.csv", "council", "Ambledown Council"),
        ("promises/by/ambledown/posts/p/", "data/promises/ambledown/posts/promises-p.csv", "promised_by_id", "ambledown/posts/p"),
        ("promises/by/ambledown/bodies/b/", "data/promises/ambledown/bodies/promises-b.csv", "promised_by_id", "ambledown/bodies/b"),
    ):  # fmt: skip
        own = _table(made, table)
        assert own
        assert own == [row for row in whole if row[field] == value]
        up = "../" * page.count("/")
        assert f'<a href="{up}{table}">These promises as a table (CSV)</a>' in str(
            made[f"{page}index.html"].content
        )
    assert "data/promises/promises-ambledown.csv" not in outputs_of(PROMISERS), (
        "of one council it would be the whole"
    )


def test_the_way_to_a_council_says_how_many_of_its_promises_are_past_their_date() -> None:
    text = text_of(page_of(TWO_COUNCILS, "promises/", When.parse("2020-01-01")))
    assert "Ambledown Council (7, 6 past the date) Thornby Council (1, 1 past the date)" in text


def test_what_fell_short_stands_first_with_what_was_planned() -> None:
    text = text_of(
        page_of(
            """
            figures/f:
              title: Savings
              unit: £
              rows: [{key: boats, label: Boats}]
              cells:
                - {row: boats, kind: planned, amount: £10m, period: 2019/20}
                - {row: boats, kind: shortfall, amount: £2m, period: 2019/20}
                - {row: boats, kind: predicted, amount: £9m, period: 2020/21}
            """,
            "indicators-and-budgets/",
        )
    )
    assert "Savings that fell short Boats: £2m short, 2019/20 (planned £10m). Savings" in text
    assert text.index("fell short") < text.index("Tables of money and counts")


def test_papers_and_words_that_are_not_held_are_listed(made: dict[str, OutputFile]) -> None:
    text = _text(made, "not-held/")
    assert "Papers that are referred to (1) Appendix 2. Referred to by The quay" in text
    assert "A map." in text
    assert "Appendix 1" not in text
    assert "A blog: 1 receipt without its words" in text


def test_indicators_run_from_baseline_to_target_and_tables_are_named(made: dict[str, OutputFile]) -> None:
    text = _text(made, "indicators-and-budgets/")
    assert "Boats 9 (2018) 10 (2019) 12 Higher is better" in text
    assert "The harbour budget" in text


def test_corrections_say_what_a_page_said_before_and_on_whose_word_it_changed(
    made: dict[str, OutputFile],
) -> None:
    assert (
        "1 February 2020: The fair said “The fair was in May.”. It was in June. (on the word of the clerk)"
    ) in _text(made, "corrections/")


def test_a_private_item_is_known_by_its_number_and_its_ground_alone(made: dict[str, OutputFile]) -> None:
    text = _text(made, "private-items/")
    assert (
        "The meeting in June Ambledown Council · The Board · 4 June 2019 Item 9 was taken in private." in text
    )
    assert "exempt under paragraph 3" in text
    assert "It would spoil the bargain." in text
    assert not any(b"Hidden" in file.data for file in made.values())


def test_the_tables_hold_every_public_record_and_no_cell_is_a_formula(made: dict[str, OutputFile]) -> None:
    rows = list(csv.DictReader(io.StringIO(made["data/records.csv"].data.decode("utf-8"))))
    assert {row["id"] for row in rows} == {
        path.removesuffix("/index.html") for path, file in made.items() if file.kind == "record"
    }
    assert next(row for row in rows if row["id"] == "ambledown/resolutions/n")["title"] == "'=1+1"
    (clause,) = csv.DictReader(io.StringIO(made["data/resolutions.csv"].data.decode("utf-8")))
    assert clause["wording"] == '\'-2 boats be sold, and 3 "kept"'
    assert (clause["date"], clause["body"], clause["outcome"]) == ("4 June 2019", "The Board", "Approved")
    for table in ("records", "resolutions"):
        for row in csv.reader(io.StringIO(made[f"data/{table}.csv"].data.decode("utf-8"))):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_a_topic_has_a_page_of_everything_about_it_however_it_is_spelt() -> None:
    made = outputs_of(
        "events/e: {title: E, topics: [Adult Social Care]}\nplans/p: {title: P, topics: [adult social care]}"
    )
    text = text_of(str(made["topics/adult-social-care/index.html"].content))
    assert "Plans P" in text
    assert "Events E" in text
    assert sum(path.startswith("topics/") and path.count("/") == 2 for path in made) == 1


def test_an_address_of_a_topic_is_never_too_long_and_never_shared() -> None:
    long = ["x " * 240 + "one", "x " * 240 + "two"]
    made = outputs_of(f"events/e: {{title: E, topics: [{long[0]}, {long[1]}, 医疗, 教育]}}")
    pages = [path for path in made if path.startswith("topics/") and path.count("/") == 2]
    assert len(pages) == 4
    assert max(map(len, pages)) < 120
