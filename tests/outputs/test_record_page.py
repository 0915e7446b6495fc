"""The page of a record: made from its model, nothing left out, nothing unescaped, nothing that is not public."""

from __future__ import annotations

import enum
import re
from pathlib import Path
from typing import Annotated, ClassVar

import pytest
from pydantic import Field

from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs.fields import COMMON
from minutebook.outputs.words import label
from minutebook.publication import PublishedKnowledgeBase
from minutebook.records.base import Belongs, Citation, InTimeline, Part, Record, To
from minutebook.records.values import Amount, Line, Prose, Ref, Url
from minutebook.when import Period, When
from tests.helpers import read_ledger
from tests.outputs.house import Reading, dead_links, facts_of, outputs_of, page_of, samples, text_of


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> PublishedKnowledgeBase:
    """One record of each type with every field."""
    return samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def pages(published: PublishedKnowledgeBase) -> dict[str, str]:
    """The pages of the samples, by path."""
    return {path: str(file.content) for path, file in outputs_of(published).items() if file.is_page}


# -- every type, every field ---------------------------------------------------------------------


def test_every_record_has_a_page_at_its_id(published: PublishedKnowledgeBase, pages: dict[str, str]) -> None:
    assert {f"{record_id}/index.html" for record_id in published.kb.records} <= pages.keys()


def test_every_page_is_sound_html_with_one_heading_of_the_first_level(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        read = Reading(html)
        assert (path, read.faults, read.open) == (path, [], [])
        assert sum(tag == "h1" for tag, _ in read.elements) == 1, path
        assert len(read.ids) == len(set(read.ids)), path


def _values(part: Part) -> list[str]:
    """Everything that a record says, as it must be found on its page."""
    found: list[str] = []
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in ("marks", "row", "column"):
            continue  # which passages are recorded: the page of coverage draws it; of a cell its labels are shown
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Part):
                found += _values(one)
            elif isinstance(one, When | Period):
                found.append(one.display())
            elif isinstance(one, enum.Enum):
                found.append(str(one.value))
            elif isinstance(one, Amount):
                found.append(one.as_written)
            elif isinstance(one, str) and not isinstance(one, Ref) and name != "key":
                found.append(label(one) if name == "supports" else " ".join(one.split()))
    return found


def test_a_page_says_everything_that_its_record_says(
    published: PublishedKnowledgeBase, pages: dict[str, str]
) -> None:
    for record in published.kb.records.values():
        html = pages[f"{record.id}/index.html"]
        said = text_of(html) + " ".join(Reading(html).addresses)
        # What has a default is left out where it says no more than that; the rest is all there.
        unsaid = {value for value in _values(record) if value not in said} - {
            "member",
            "present",
            "public",
            "motion",
        }
        assert (record.id, unsaid) == (record.id, set())


def test_every_reference_of_a_record_is_a_link_by_the_title_of_its_target(
    published: PublishedKnowledgeBase, pages: dict[str, str]
) -> None:
    kb = published.kb
    for record_id, links in kb.links.items():
        html = pages[f"{record_id}/index.html"]
        for link in links:
            assert f">{kb.records[link.target].title}</a>".replace("'", "&#39;") in html, (record_id, link)


def test_a_link_is_on_the_page_of_its_target_too(
    published: PublishedKnowledgeBase, pages: dict[str, str]
) -> None:
    kb = published.kb
    for record_id in kb.records:
        # Where a page has no room for all of them, a further one has.
        html = pages[f"{record_id}/index.html"].partition('<section id="links"')[2]
        html += pages.get(f"{record_id}/linked/index.html", "")
        for link in kb.backlinks(record_id):
            assert f">{link.record.title}</a>".replace("'", "&#39;") in html, (record_id, link.name)


class Colour(enum.StrEnum):
    """A kind that no record has."""

    RED = "bright red"


class Signature(Part):
    """A part that no record has."""

    who: Line
    on: When | None = None
    citations: tuple[Citation, ...] = ()


class Petition(Record):
    """A type of record that this program has never seen."""

    folder: ClassVar = "petitions"
    noun: ClassVar = "petition"
    heading: ClassVar = "Petitions"

    received_on: Annotated[When | None, InTimeline("received")]
    presented_at: Annotated[Ref | None, To("meetings", backlink="petitions_presented"), Belongs.AT] = None
    colour: Colour
    how_many: int | None = Field(None, title="People who signed it")
    wording: Prose
    page: Url | None = None
    is_urgent: bool | None = None
    signatures: tuple[Signature, ...] = ()


def test_a_new_type_of_record_needs_nothing_here() -> None:
    board, meeting, source = read_ledger(
        """
        bodies/board: {title: The Board}
        meetings/may: {title: The meeting in May, body: bodies/board, held_on: 2021-05-04}
        sources/paper: {title: The paper}
        """
    )
    fields = {
        "title": "Save the quay",
        "received_on": "not stated",
        "presented_at": "meetings/may",
        "colour": "bright red",
        "how_many": 217,
        "wording": "We ask\n\nthat the quay be saved.",
        "page": "https://town.example/quay",
        "is_urgent": False,
        "signatures": [
            {"who": "a resident", "on": {"value": "2021-04", "as_written": "late April"}},
            {
                "who": "a shop",
                "citations": [{"source": "sources/paper", "quote": "not held", "at": "page 2"}],
            },
        ],
    }
    petition = Petition.model_validate(fields, context={"council": "ambledown"})
    petition.placed(Ref("ambledown/petitions/quay"), board.file, "See [[bodies/board]].", 1)
    made = outputs_of(KnowledgeBase([board, meeting, source, petition]))
    html = str(made["ambledown/petitions/quay/index.html"].content)
    assert facts_of(html) == {
        "Presented at": "The meeting in May",
        "Colour": "bright red",
        "People who signed it": "217",
        "Page": "https://town.example/quay",
        "Is urgent": "No",
    }
    text = text_of(html)
    assert "We ask that the quay be saved. The Board, 4 May 2021" in text  # the words, and whose they are
    assert "Who Date Receipts a resident late April (April 2021) a shop receipt 1" in text
    assert "The paper Quote: not held. The words are on a page that is not kept here. page 2" in text
    assert "See The Board." in text
    assert "What we do not know The source does not say: received on." in text
    assert "Petitions presented" in text_of(str(made["ambledown/meetings/may/index.html"].content))
    assert "Save the quay" in str(made["ambledown/petitions/index.html"].content)


def test_every_common_field_has_its_place_on_the_page() -> None:
    # Whoever adds a field to `Record` shows it in record.html, and then names it here.
    assert {
        "title", "aliases", "summary", "topics", "access", "exemption", "citations", "editor_note", "checked",
        "corrections", "erased",
    } == COMMON  # fmt: skip


# -- what a value looks like ---------------------------------------------------------------------


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
        " 12 to 41 days after the decision (the source gives only the month). Noted by The Committee"
        " 7 January 2020 in Plans noted. 38 to 67 days after the decision (the source gives only the month)."
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
        "A report by The Director to The Committee, 12 December 2019. What came of it: noted (7 January 2020)."
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


def test_a_receipt_shows_words_document_place_and_page_and_a_third_party_is_named_as_one() -> None:
    ledger = """
        sources/s: {title: The minutes, url: "https://town.example/minutes"}
        sources/t: {title: A blog, standing: third-party}
        events/e:
          citations:
            - {source: sources/s, at: paragraph 3, quote: it happened, supports: ["on"]}
            - {source: sources/t, quote: not held}
        """
    html = page_of(ledger, "events/e/")
    text = text_of(html.partition('<section id="receipts">')[2])
    assert "The minutes Official page “it happened” paragraph 3" in text
    assert '<a href="https://town.example/minutes" rel="external">Official page</a>' in html
    assert "A blog Third-party source Quote: not held. The words are on a page that is not kept here." in text


def _with_receipts(number: int) -> str:
    cells = "".join(
        f"\n    - {{row: a, column: c{at}, kind: budget, amount: '£{at}', citations: [{{source: sources/s, at: cell {at}, quote: cell {at},"
        f" states: {{key: 'figures/f#a/c{at}', value: '£{at}'}}}}]}}"
        for at in range(number)
    )
    columns = ", ".join(f"{{key: c{at}, label: Column {at}}}" for at in range(number))
    return f"sources/s: {{title: The budget book}}\nfigures/f:\n  title: The budget\n  unit: £\n  rows: [{{key: a, label: Adults}}]\n  columns: [{columns}]\n  cells: {cells}"


def test_up_to_twenty_receipts_stand_on_the_page() -> None:
    made = outputs_of(_with_receipts(20))
    html = str(made["ambledown/figures/f/index.html"].content)
    assert html.count('<li id="receipt-') == 20
    assert '<a href="#receipt-20">receipt&nbsp;20</a>' in html
    assert "ambledown/figures/f/receipts/index.html" not in made
    assert "For: Adults, Column 3. It gives Adults, Column 3: £3." in text_of(html), (
        "its own name goes without saying"
    )


def test_more_receipts_have_a_page_of_their_own_with_the_table_that_they_prove() -> None:
    made = outputs_of(_with_receipts(21))
    html = str(made["ambledown/figures/f/index.html"].content)
    assert "<li id=" not in html
    text = text_of(html)
    assert "Receipts The 21 receipts have a page of their own" in text
    assert "The budget book (21)" in text
    assert "All 21, with their receipts, are on the page of the receipts." in text
    there = str(made["ambledown/figures/f/receipts/index.html"].content)
    assert there.count('<li id="receipt-') == 21
    assert there.count('<a href="#receipt-') == 21
    own = {path: str(file.content) for path, file in made.items() if path.startswith("ambledown/figures/f/")}
    assert dead_links(own, set(made) | {"about/how-it-works/index.html"}) == []
    assert html.count('href="receipts/') >= 2


def test_what_is_not_known_of_a_move_is_told_by_the_name_of_the_project() -> None:
    ledger = """
        bodies/b: {title: B}
        projects/p: {title: Extra Care}
        transfers/t: {effective: 2020-01, moves: [{what: projects/p, closed: {into: business as usual, monitored_by: not stated}}]}
        """
    unknown = page_of(ledger, "transfers/t/").partition('<section id="unknown">')[2]
    assert "where Extra Care went, closed: monitored by." in text_of(unknown)


@pytest.mark.parametrize(
    ("record_of", "told"),
    [
        (", record_of: [meetings/m]", "The council’s page of the meeting. It lists"),
        ("", "a page of a meeting of the council. It lists Minutes of the item, whose own address is not known here. That it is the page of the meeting recorded here is not established."),
    ],
)  # fmt: skip
def test_a_page_that_is_not_established_as_that_of_the_meeting_is_said_to_be_none(
    record_of: str, told: str
) -> None:
    ledger = f"""
        bodies/b: {{title: B}}
        meetings/m: {{body: bodies/b, held_on: {{value: 2021-10/2022-03, as_written: probably 23 November 2021}}}}
        items/i: {{meeting: meetings/m, citations: [{{source: sources/minutes, quote: taken}}]}}
        sources/minutes: {{title: Minutes of the item, listed_on: sources/page}}
        sources/page: {{title: Page, kind: meeting page, url: "https://town.example/1"{record_of}}}
        """
    text = text_of(page_of(ledger, "items/i/"))
    assert told.casefold() in text.casefold()
    assert "B met probably on 23 November 2021 (between October 2021 and March 2022)." in text_of(
        page_of(ledger, "meetings/m/")
    )


def test_a_receipt_that_is_given_twice_has_one_number() -> None:
    ledger = """
        sources/s: {title: The minutes}
        bodies/b:
          members:
            - {group: officers, citations: [{source: sources/s, quote: both of them}]}
            - {group: members, citations: [{source: sources/s, quote: both of them}]}
        """
    html = page_of(ledger, "bodies/b/")
    assert html.count('<li id="receipt-') == 1
    assert html.count('href="#receipt-1"') == 2
    assert "For: Member 1; Member 2." in text_of(html)


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


# -- nothing unescaped, nothing that is not public -----------------------------------------------

PAYLOAD = """<script>alert(1)</script><img src=x onerror=alert(1)>"'`${7*7}{{ 7*7 }}{% raw %}&lt;"""
HARMLESS = ("script", "img", "iframe", "object", "style", "base", "form")


def _is_harmless(html: str) -> bool:
    """Whether a page holds no element and no attribute that acts."""
    return not any(
        tag in HARMLESS
        or any(
            name.startswith("on") or "javascript:" in (value or "").lower() for name, value in found.items()
        )
        for tag, found in Reading(html).elements
    )


def _strings_replaced(value: object, by: str) -> object:
    if isinstance(value, dict):
        return {key: _strings_replaced(one, by) for key, one in value.items()}
    if isinstance(value, list):
        return [_strings_replaced(one, by) for one in value]
    return by if isinstance(value, str) else value


def test_no_field_of_any_type_can_put_an_element_on_a_page(published: PublishedKnowledgeBase) -> None:
    hostile = []
    for record in published.kb.records.values():
        copy = _with_payload(record)
        assert isinstance(copy, Record)
        hostile.append(copy.placed(record.id, record.file, PAYLOAD, 1))
    made = outputs_of(KnowledgeBase(hostile))
    planted = 0
    for path, file in made.items():
        if file.is_page and file.kind != "search":  # it holds no record, and is a program
            html = str(file.content)
            assert _is_harmless(html), path
            planted += html.count("&lt;script&gt;")
    assert planted > 200


def _with_payload(part: Part) -> Part:
    """The part with the payload in each text that is not an id, a key or an address."""
    update: dict[str, object] = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, tuple):
            update[name] = tuple(_planted(one, name) for one in value)
        else:
            update[name] = _planted(value, name)
    return part.model_copy(update=update)


def _planted(value: object, name: str) -> object:
    if isinstance(value, Part):
        return _with_payload(value)
    plain = type(value) is str and name not in ("erased", "key", "row", "column", "marks", "starts_at")
    return PAYLOAD if plain and name not in ("url", "site", "addresses") else value


@pytest.mark.parametrize(
    ("narrative", "shown"),
    [
        ("<script>alert(1)</script>", ""),
        ("[x](javascript:alert(1))", "x"),
        ("[x](JaVaScRiPt:alert(1))", "x"),
        ("[x](data:text/html;base64,PHNjcmlwdD4=)", "x"),
        ("[x](//evil.example/)", "x"),
        ("[x](/etc/passwd)", "x"),
        ("[x](../../private/)", "x"),
        ("![pixel](https://evil.example/p.png)", ""),
        ('<a href="https://ok.example" onclick="alert(1)">x</a>', "x"),
        ('<svg><a xlink:href="javascript:alert(1)">x</a></svg>', ""),
        ("<style>body{display:none}</style>kept", "kept"),
        ('<p id="receipts" class="md-header">x</p>', "x"),
        ("<iframe src=https://evil.example></iframe>y", "y"),
    ],
)
def test_narrative_is_let_through_by_an_allow_list(narrative: str, shown: str) -> None:
    (record,) = read_ledger("events/e: {title: E}")
    record.placed(record.id, record.file, narrative, 1)
    html = page_of(KnowledgeBase([record]), "events/e/")
    account = html.partition('<section id="account">')[2].partition("</section>")[0]
    assert _is_harmless(html)
    assert "evil" not in account
    assert not any(
        name in ("id", "class", "style", "xlink:href")
        for _, found in Reading(account).elements
        for name in found
    )
    assert text_of(account) == (f"In the editor’s words {shown}" if shown else "")


def _account(narrative: str, *others: Record) -> str:
    (record,) = read_ledger("events/e: {title: E}")
    record.placed(record.id, record.file, narrative, 1)
    return (
        page_of(KnowledgeBase([record, *others]), "events/e/")
        .partition('<section id="account">')[2]
        .partition("</section>")[0]
    )


def test_links_in_narrative_lead_to_the_page_of_the_record() -> None:
    board = read_ledger("bodies/board: {title: 'The [Board] *of* all'}")
    account = _account("Ask [[bodies/board]] or [[ambledown/bodies/board|them]].", *board)
    assert (
        'Ask <a href="../../bodies/board/">The [Board] *of* all</a> or <a href="../../bodies/board/">them</a>.'
        in account
    )


def test_a_link_in_code_stays_as_it_is_and_one_to_nowhere_shows_nothing_of_its_words() -> None:
    account = _account("Write `[[bodies/board]]`, not [[bodies/none|the secret one]] and not [[what?]].")
    assert "<code>[[bodies/board]]</code>" in account
    assert "the secret one" not in account
    assert "(a record that is not here)" in account
    assert "[[what?]]" in account


def test_headings_of_a_narrative_stand_under_the_heading_of_its_section() -> None:
    account = _account("# One\n\ntext\n\n##### Five")
    assert "<h3>One</h3>" in account
    assert "<h6>Five</h6>" in account


@pytest.mark.parametrize(
    "narrative", ["[" * 20_000, "> " * 400 + "x", "\n".join(f"{'    ' * n}- x" for n in range(300))]
)
def test_a_narrative_that_would_take_seconds_is_shown_plain(narrative: str) -> None:
    account = _account(narrative)
    assert "<p>" in account
    assert "<blockquote>" not in account
    assert "<ul>" not in account


def test_what_is_not_public_is_on_no_page(tmp_path: Path) -> None:
    ledger = """
        bodies/board: {title: The Board}
        bodies/z3cret-board: {title: Z3CRET Board, aliases: [Z3CRET alias], access: exempt, exemption: {paragraphs: ["3"], public_interest_reason: Z3CRET reason}}
        meetings/m: {body: bodies/board, held_on: 2020-01-07}
        items/open: {title: Open, meeting: meetings/m, about: [bodies/z3cret-board], narrative: "See [[bodies/z3cret-board|Z3CRET words]]."}
        items/z3cret-item: {title: Z3CRET item, meeting: meetings/m, access: confidential, narrative: Z3CRET}
        posts/clerk: {title: Clerk, body: not stated, holders: [{name: Z3CRET Person, since: 2019}]}
        projects/p: {title: P}
        transfers/t: {kind: establish, effective: 2019, moves: [{what: projects/p, to: bodies/board}]}
        transfers/z3cret-t: {title: Z3CRET, access: draft, from: bodies/board, effective: 2020, moves: [{what: projects/p, to: bodies/z3cret-board}]}
        """
    made = outputs_of(ledger)
    assert len(made) > 20
    for path, file in made.items():
        assert b"z3cret" not in (path.encode() + file.data).lower(), path
    assert "withheld" in text_of(str(made["ambledown/projects/p/index.html"].content))


def test_a_name_is_printed_only_with_a_decision_and_a_basis() -> None:
    ledger = """
        posts/mayor:
          title: Mayor
          body: not stated
          holders:
            - {name: Ann Printed, publish_name: true, basis: elected office, since: 2019}
            - {name: Bob Hidden, since: 2018}
            - {name: Cy Hidden, publish_name: true, since: 2017}
        """
    html = page_of(ledger, "posts/mayor/")
    assert "Ann Printed" in html
    assert "Hidden" not in html
