"""Who holds what, what changed hands, and the band of a project: drawn and told from the same stretches."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook.loading import load
from minutebook.outputs.addresses import Links
from minutebook.outputs.band import draw_band
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.records.project import Project
from minutebook.when import When
from tests.helpers import knowledge_base
from tests.outputs.house import AS_OF, outputs_of, page_of, text_of
from tests.small_council import write_council


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> PublishedKnowledgeBase:
    """Thornby: a programme that was split in April 2021, and one project that nobody received."""
    return publish(load(write_council(tmp_path_factory.mktemp("thornby"))).kb)


def _section(html: str, name: str) -> str:
    return html.partition(f'<section id="{name}">')[2].partition("</section>")[0]


# -- the band ------------------------------------------------------------------------------------


def test_the_band_has_a_segment_and_the_table_a_row_for_each_stretch(
    published: PublishedKnowledgeBase,
) -> None:
    for project in published.kb.of(Project):
        html = _section(page_of(published, f"{project.id}/"), "ownership")
        stretches = published.history.stretches(project)
        assert html.count('<rect class="mb-look mb-look--') - html.count("mb-swatch") == len(stretches)
        assert html.count('<tbody class="mb-stretch"') == len(stretches)


def test_the_table_tells_what_the_band_draws(published: PublishedKnowledgeBase) -> None:
    text = text_of(_section(page_of(published, "thornby/projects/insulation/"), "ownership"))
    assert "Until 3 March 2019 not yet begun." in text
    assert (
        "4 March 2019 to 31 March 2021 held by Warm Homes Board since 4 March 2019. As part of Warm Homes."
        " The programme is set up. Authority: not stated “set up on 4 March 2019” Report on the Warm Homes programme, paragraph 2"
    ) in text
    assert (
        "1 April 2021 to 29 April 2021 The source says “as from April 2021”, which may be any day from 1 April 2021"
        " to 30 April 2021. Perhaps: held by Warm Homes Board since 4 March 2019."
    ) in text
    assert (
        "Perhaps: held by Energy Workstream, as from April 2021. The programme is split. Authority: not stated"
        in text
    )
    assert "From 30 April 2021 held by Energy Workstream, as from April 2021." in text
    assert "Another account is given by: A member's account of insulation." in text


def test_a_gap_looks_and_reads_unlike_everything_else(published: PublishedKnowledgeBase) -> None:
    html = _section(page_of(published, "thornby/projects/advice/"), "ownership")
    assert "mb-look--gap" in html
    assert (
        "<strong>nobody is stated to hold it, as from April\xa02021</strong>. The table does not list it."
        in html
    )


def test_the_band_has_a_name_and_a_description_for_those_who_cannot_see_it(
    published: PublishedKnowledgeBase,
) -> None:
    html = _section(page_of(published, "thornby/projects/boilers/"), "ownership")
    assert 'role="img" aria-labelledby="band-title band-text"' in html
    assert '<title id="band-title">Who answered for Boilers</title>' in html
    assert "from 30 April 2021: Housing Improvement Board.</desc>" in html


def test_a_project_that_no_transfer_names_is_said_to_have_none() -> None:
    html = page_of("projects/p: {title: P}", "projects/p/")
    assert "On 20 May 2021: nobody is stated to hold it: no transfer names it." in text_of(html)
    assert html.count('<tbody class="mb-stretch"') == 1


_DAYS = st.dates().map(lambda day: day.isoformat())
_DATES = st.one_of(
    _DAYS,
    st.integers(1, 9999).map(lambda year: f"{year:04}"),
    _DAYS.map(lambda day: f"../{day}"),
    _DAYS.map(lambda day: f"{day}/.."),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_DATES, min_size=1, max_size=4), _DAYS, _DATES)
def test_any_band_fills_its_width_and_its_years_never_touch(dates: list[str], as_of: str, began: str) -> None:
    transfers = "\n".join(
        f"transfers/t{n}: {{effective: '{when}', from: bodies/b{n}, moves: [{{what: projects/p, to: bodies/b{n + 1}}}]}}"
        for n, when in enumerate(dates)
    )
    bodies = "\n".join(f"bodies/b{n}: {{title: B{n}}}" for n in range(len(dates) + 1))
    kb = publish(knowledge_base(f"projects/p: {{began: '{began}'}}\n{bodies}\n{transfers}"))
    (project,) = kb.kb.of(Project)
    band = draw_band(kb.history, project, When.parse(as_of), Links(kb.kb, "x/"))
    assert len(band.segments) == len(band.rows) == len(kb.history.stretches(project))
    assert band.segments[0].left == 0
    assert all(one.left >= 0 and one.width > 0 and one.left + one.width <= 100.01 for one in band.segments)
    for one, following in pairwise(band.segments):
        assert one.left <= following.left
        assert one.left + one.width >= following.left - 0.02
    shown = [tick.at for tick in band.ticks if tick.text]
    # 280 pixels of content at a width of 320, and 32 pixels for four figures of 12 pixels.
    assert all((later - earlier) * 2.8 >= 32 for earlier, later in pairwise(shown))
    assert all(at * 2.8 >= 16 and (100 - at) * 2.8 >= 16 for at in shown)
    assert len(band.ticks) <= 130


# -- who holds what ------------------------------------------------------------------------------


def _holdings(published: PublishedKnowledgeBase, on: str, address: str = "who-holds-what/") -> str:
    return page_of(published, address, When.parse(on))


def test_each_project_stands_under_its_holder_or_under_the_reason_why_it_has_none(
    published: PublishedKnowledgeBase,
) -> None:
    text = text_of(_holdings(published, "2021-05-20"))
    assert (
        "Held by Energy Workstream Insulation Since: as from April 2021. By The programme is split. Authority: not stated."
    ) in text
    assert (
        "Nobody is stated to hold this project Advice line: as from April 2021 (the transfer). The table"
        in text
    )
    assert "Ended, and who watches it Warm Homes: ended (discontinued), as from April 2021" in text
    assert "Held by Warm Homes Board" not in text


def test_the_sources_may_leave_it_uncertain(published: PublishedKnowledgeBase) -> None:
    assert (
        "Insulation: perhaps held by Warm Homes Board since 4 March 2019; or held by Energy Workstream, as from April 2021."
    ) in text_of(_holdings(published, "2021-04-10"))


def test_the_ends_of_years_and_the_days_of_change_have_a_page_each(published: PublishedKnowledgeBase) -> None:
    made = outputs_of(published, When.parse("2021-12-31"))
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


def test_a_page_of_a_day_says_what_the_answer_for_that_day_is(published: PublishedKnowledgeBase) -> None:
    for day in ("2019-12-31", "2021-04-01", "2021-04-30"):
        there = text_of(_holdings(published, "2021-12-31", f"who-holds-what/{day}/"))
        asked = text_of(_holdings(published, day))
        assert there.partition("lists each change of responsibility.")[2].partition("Warm Homes")[1]
        for project in published.kb.of(Project):
            assert there.count(project.title) == asked.count(project.title), (day, project.id)


def test_every_project_is_on_every_date_once(published: PublishedKnowledgeBase) -> None:
    made = outputs_of(published, When.parse("2021-12-31"))
    for address in ("who-holds-what/", "who-holds-what/2020-12-31/"):
        html = str(made[f"{address}index.html"].content)
        for project in published.kb.of(Project):
            said = re.findall(rf'href="(?:\.\./)+{project.id}/">[^<]*</a>(?:</li>|:)', html)
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
    assert '(<a href="../ambledown/transfers/t/">our reading of an unclear source</a>)' in html


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


def test_changes_are_listed_the_latest_first_with_their_gaps(published: PublishedKnowledgeBase) -> None:
    text = text_of(page_of(published, "what-changed-hands/"))
    assert text.index("as from April 2021: The programme is split") < text.index(
        "4 March 2019: The programme is set up"
    )
    assert "No receiving body is stated for 1 of them." in text


def test_each_date_of_change_has_a_page_with_only_what_changed(published: PublishedKnowledgeBase) -> None:
    html = page_of(published, "what-changed-hands/2021-04/")
    text = text_of(html)
    assert "No receiving body is stated for 1 of 4." in text
    assert "Advice line Nobody is stated to receive it The table does not list it." in text
    assert '<strong class="mb-gap">Nobody is stated to receive it</strong>' in html
    assert "Another account is given: A member's account of insulation." in text
    assert "The programme is set up" not in text


# -- then and now --------------------------------------------------------------------------------


def test_a_split_is_shown_with_giver_and_receivers_side_by_side(published: PublishedKnowledgeBase) -> None:
    html = page_of(published, "then-and-now/thornby/2021-04-split/", When.parse("2021-05-20"))
    text = text_of(html)
    assert "Energy Workstream against Housing Improvement Board: then and now" in text
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
        "Nothing that is recorded", "Insulation (another account is given)", "Boilers (another account is given)",
    ]  # fmt: skip
    assert "Nobody is stated to have received it Advice line. The table does not list it." in text


def test_a_transfer_leads_to_its_comparison_and_back(published: PublishedKnowledgeBase) -> None:
    html = page_of(published, "thornby/transfers/2021-04-split/")
    assert '<a href="../../../then-and-now/thornby/2021-04-split/">' in html
    assert "then-and-now" not in page_of(published, "thornby/transfers/2019-set-up/")


LATE = """
    council/ambledown: {title: Ambledown Council}
    bodies/board: {title: The Board}
    bodies/stream: {title: The Workstream}
    sources/minutes: {title: Minutes, dated: 2020-01-07}
    projects/p: {title: Lofts}
    projects/q: {title: Boilers}
    statements/s: {title: A member tells it otherwise, capacity: member, disputes: [transfers/split]}
    decisions/end: {title: The end of the programme, decided_by: bodies/board, decided_on: 2019-11, about: [projects/p]}
    transfers/begin: {title: Begun, kind: establish, effective: 2019-01, moves: [{what: projects/p, to: bodies/board}, {what: projects/q, to: bodies/board}]}
    transfers/split:
      title: Split
      kind: split
      effective: {value: 2020-01, as_written: as from January 2020}
      from: bodies/board
      authority_note: Nobody says who decided it.
      moves:
        - {what: projects/p, to: bodies/stream, reading: The table came to us without its lines.}
        - {what: projects/q, gap: The table does not list it.}
    """


@pytest.mark.parametrize(
    "address",
    ["ambledown/bodies/stream/", "who-holds-what/", "then-and-now/ambledown/split/", "ambledown/"],
)
def test_a_holding_later_than_the_latest_document_is_only_as_last_known(address: str) -> None:
    text = text_of(page_of(LATE, address, When.parse("2022-03-31")))
    assert "s last known (document of 7 January 2020)" in text


@pytest.mark.parametrize("address", ["ambledown/bodies/stream/", "who-holds-what/", "ambledown/"])
def test_nothing_is_as_last_known_on_the_day_of_the_latest_document(address: str) -> None:
    assert "last known" not in text_of(page_of(LATE, address, When.parse("2020-01-07")))


def test_the_table_of_bodies_says_how_much_is_as_last_known() -> None:
    assert "The Workstream" in (text := text_of(page_of(LATE, "bodies/", When.parse("2022-03-31"))))
    assert "took over work as from January 2020 1, as last known" in text


def test_a_project_of_a_body_has_beside_it_what_makes_it_doubtful() -> None:
    for address in ("ambledown/bodies/stream/", "then-and-now/ambledown/split/"):
        text = text_of(page_of(LATE, address, When.parse("2022-03-31")))
        assert "Lofts (our reading of an unclear source; another account is given)" in text


def test_a_body_says_what_it_took_over_from_whom_and_what_was_decided_before() -> None:
    text = text_of(page_of(LATE, "ambledown/bodies/stream/", When.parse("2022-03-31")))
    assert (
        "As from January 2020: took over 1 project from The Board (Split). Authority: not stated;"
        " The end of the programme was decided in November 2019."
    ) in text
    assert "Another account of it, in a statement: A member tells it otherwise." in text
    assert (
        "The latest document held for this council is dated 7 January 2020. What changed later is not known here."
        in text
    )


def test_the_key_of_the_band_has_what_the_band_shows_and_the_bar_ends_at_its_date() -> None:
    html = _section(page_of(LATE, "ambledown/projects/p/", When.parse("2022-03-31")), "ownership")
    key = text_of(html[html.index("<figcaption") : html.index("</figcaption>")])
    assert "The Workstream, as last known" in key
    assert "The Workstream Uncertain" not in key
    assert "As last known: no document held is later than 7 January 2020." in key
    drawing = html[: html.index("<figcaption")]
    assert "mb-arrow" not in drawing
    ends = [
        float(left) + float(width)
        for left, width in re.findall(
            r'<rect class="mb-look [^"]*" x="([\d.]+)%" y="22" width="([\d.]+)%"', drawing
        )
    ]
    assert max(ends) == pytest.approx(100)
    assert '<line class="mb-as-of" x1="100.0%"' in drawing or '<line class="mb-as-of" x1="99.' in drawing


def test_a_bar_that_goes_on_changing_after_the_date_goes_on_after_it() -> None:
    html = _section(page_of(LATE, "ambledown/projects/p/", When.parse("2019-06-30")), "ownership")
    assert "mb-arrow" in html
    assert "last known" not in html


def test_a_transfer_says_to_whom_and_what_is_known_of_its_authority() -> None:
    text = text_of(page_of(LATE, "ambledown/transfers/split/", When.parse("2022-03-31")))
    assert (
        "Split: From The Board, as from January 2020, to The Workstream (1 project), 1 that nobody is stated to receive."
        " Authority: not stated. Nobody says who decided it."
        " Decided about this work: The end of the programme (November 2019)."
    ) in text


# -- standing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("project", "on", "sentence"),
    [
        ("insulation", "2019-01-01", "On 1 January 2019: not yet begun."),
        ("insulation", "2020-01-01", "On 1 January 2020: held by Warm Homes Board since 4 March 2019, as part of Warm Homes. By The programme is set up. Authority: not stated."),
        ("insulation", "2021-04-10", "On 10 April 2021: uncertain. The sources allow: held by Warm Homes Board since 4 March 2019. held by Energy Workstream, as from April 2021. Another account, in a statement:"),
        ("advice", "2021-06", "In June 2021, as last known: nobody is stated to hold it, as from April 2021. By The programme is split. Authority: not stated."),
        ("warm-homes", "2021-06-01", "On 1 June 2021, as last known: ended (discontinued), as from April 2021; who goes on watching it is not stated. By The programme is split. Authority: not stated."),
    ],
)  # fmt: skip
def test_a_project_says_in_one_sentence_where_it_stands(
    published: PublishedKnowledgeBase, project: str, on: str, sentence: str
) -> None:
    html = page_of(published, f"thornby/projects/{project}/", When.parse(on))
    assert sentence in text_of(html)


def test_a_body_says_what_it_holds(published: PublishedKnowledgeBase) -> None:
    html = page_of(published, "thornby/bodies/energy-group/", AS_OF)
    assert "On 20 May 2021 it held 1 project." in text_of(html)
    before = text_of(page_of(published, "thornby/bodies/warm-homes-board/", AS_OF))
    assert "What it held before or after that date" in before


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
