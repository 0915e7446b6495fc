"""What is told of a holding on a date later than the latest document: as last known, with what makes it doubtful."""

from __future__ import annotations

import re

import pytest

from minutebook.when import When
from tests.outputs.house import page_of, section, text_of

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
    text = text_of(page_of(LATE, "ambledown/bodies/stream/", When.parse("2022-03-31")))
    assert "Lofts (our reading of an unclear source; another account is given)" in text


def test_what_is_said_over_a_table_is_not_said_of_each_project_in_it() -> None:
    text = text_of(page_of(LATE, "then-and-now/ambledown/split/", When.parse("2022-03-31")))
    assert "Lofts (our reading of an unclear source)" in text
    assert text.count("nother account is given") == 1


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
    html = section(page_of(LATE, "ambledown/projects/p/", When.parse("2022-03-31")), "ownership")
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
    html = section(page_of(LATE, "ambledown/projects/p/", When.parse("2019-06-30")), "ownership")
    assert "mb-arrow" in html
    assert "last known" not in html


def test_a_transfer_says_to_whom_and_what_is_known_of_its_authority() -> None:
    text = text_of(page_of(LATE, "ambledown/transfers/split/", When.parse("2022-03-31")))
    assert (
        "Split: From The Board, as from January 2020, to The Workstream (1 project), 1 that nobody is stated to receive."
        " Authority: not stated. Nobody says who decided it."
        " Decided about this work: The end of the programme (November 2019)."
    ) in text
