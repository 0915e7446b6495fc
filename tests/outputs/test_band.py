"""The band of a project: drawn and told in a table from the same stretches."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook.outputs.addresses import Links
from minutebook.outputs.band import draw_band
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.records.project import Project
from minutebook.when import When
from tests.helpers import knowledge_base
from tests.outputs.house import page_of, section, text_of


def test_the_band_has_a_segment_and_the_table_a_row_for_each_stretch(
    thornby: PublishedKnowledgeBase,
) -> None:
    for project in thornby.kb.of(Project):
        html = section(page_of(thornby, f"{project.id}/"), "ownership")
        stretches = thornby.history.stretches(project)
        assert html.count('<rect class="mb-look mb-look--') - html.count("mb-swatch") == len(stretches)
        assert html.count('<tbody class="mb-stretch"') == len(stretches)


def test_the_table_tells_what_the_band_draws(thornby: PublishedKnowledgeBase) -> None:
    text = text_of(section(page_of(thornby, "thornby/projects/insulation/"), "ownership"))
    assert "Until 3 March 2019 Not yet begun." in text
    assert (
        "4 March 2019 to 31 March 2021 Held by Warm Homes Board since 4 March 2019. As part of Warm Homes."
        " The programme is set up. Authority: not stated The words “set up on 4 March 2019” Report on the Warm Homes programme, paragraph 2"
    ) in text
    assert (
        "1 April 2021 to 29 April 2021 The source says “as from April 2021”, which may be any day from 1 April 2021"
        " to 30 April 2021. Perhaps: held by Warm Homes Board since 4 March 2019."
    ) in text
    assert (
        "Perhaps: held by Energy Workstream, as from April 2021. The programme is split. Authority: not stated"
        in text
    )
    assert "From 30 April 2021 Held by Energy Workstream, as from April 2021." in text
    assert "Another account" not in text, "the first words of the page name it"


def test_another_account_of_an_earlier_stretch_is_told_under_the_table(
    thornby: PublishedKnowledgeBase,
) -> None:
    """The first words speak of the date of the page alone, and the account is of what came later."""
    html = page_of(thornby, "thornby/projects/insulation/", When.parse("2020-01-01"))
    assert "Another account" not in html.partition('<section id="ownership">')[0]
    assert "Another account is given by: A member's account of insulation." in text_of(
        section(html, "ownership")
    )


def test_a_gap_looks_and_reads_unlike_everything_else(thornby: PublishedKnowledgeBase) -> None:
    html = section(page_of(thornby, "thornby/projects/advice/"), "ownership")
    assert "mb-look--gap" in html
    assert (
        "<strong>nobody is stated to hold it, as from April\xa02021</strong>. The table does not list it."
        in html
    )


def test_the_band_has_a_name_and_a_description_for_those_who_cannot_see_it(
    thornby: PublishedKnowledgeBase,
) -> None:
    html = section(page_of(thornby, "thornby/projects/boilers/"), "ownership")
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
