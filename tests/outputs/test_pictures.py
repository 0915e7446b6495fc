"""Pictures: what they show is what the records say, in drawing and in words, with nothing a strict policy refuses."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from minutebook.outputs.pictures import picture_of, reporting
from minutebook.outputs.site import Site
from minutebook.publication import publish
from minutebook.records.values import Ref
from minutebook.when import When
from tests.helpers import COUNCIL, knowledge_base
from tests.outputs.house import AS_OF, samples

RECORDS = """
bodies/old: {title: Programme Board}
bodies/north: {title: "North <Board> & friends"}
bodies/south: {title: South Workstream, kind: workstream, parent: bodies/north}
bodies/late: {title: Late Group, parent: bodies/north, established: 2022-01}
bodies/gone: {title: Gone Group, parent: bodies/north, ended: 2020-06}
bodies/perhaps: {title: Perhaps Group, parent: bodies/south, established: 2021}
bodies/alone: {title: Standing alone}
projects/one: {title: Project one}
projects/two: {title: Project two}
projects/three: {title: Project three}
projects/four: {title: Project four}
transfers/split:
  kind: split
  effective: 2021-04
  from: bodies/old
  moves:
    - {what: projects/one, to: bodies/north}
    - {what: projects/two, to: bodies/north}
    - {what: projects/three, gap: Not in the list.}
    - {what: projects/four, closed: {into: business as usual, monitored_by: bodies/south}}
transfers/set-up: {kind: establish, effective: 2019, moves: [{what: projects/one, to: bodies/old}]}
figures/money:
  title: Money
  unit: £
  rows: [{key: a, label: Adults}, {key: b, label: Other}]
  columns: [{key: y1, label: 2018/19, period: 2018/19}, {key: y2, label: 2019/20, period: 2019/20}]
  cells:
    - {row: a, column: y1, kind: budget, amount: £100}
    - {row: a, column: y2, kind: budget, amount: £200, qualifier: some}
    - {row: b, column: y1, kind: budget, amount: "-£50"}
    - {row: a, column: y2, kind: change, amount: 100%}
figures/mixed: {cells: [{row: all, kind: count, amount: "1"}, {row: all, kind: count, amount: £2}]}
figures/single: {cells: [{row: all, kind: count, amount: "1"}]}
indicators/delays:
  title: Delays
  better: down
  baseline: {value: "8", as_at: 2019-03}
  target: {value: "4", by: 2020-03}
  observations: [{value: "6", as_at: 2019-10, qualifier: about}]
  comparators: [{who: London, value: "7"}]
indicators/words: {baseline: {value: "8", as_at: 2019-03}, target: {word: Lower}}
indicators/unlike: {baseline: {value: "8", as_at: 2019-03}, observations: [{value: 50%, as_at: 2019-10}], target: not stated}
"""


@pytest.fixture(scope="module")
def site() -> Site:
    """A council with something of each kind to draw."""
    return Site(publish(knowledge_base(RECORDS)), AS_OF)


def drawn(site: Site, record_id: str) -> Markup:
    """The picture of a record, which has one."""
    picture = picture_of(site, site.kb.records[Ref(f"{COUNCIL}/{record_id}")])
    assert picture is not None
    return picture


def element(picture: Markup) -> ET.Element:
    """The picture as XML; a browser reads it as HTML, which wants no more."""
    return ET.fromstring(str(picture))


def texts(picture: Markup) -> list[str]:
    """The words drawn, line by line."""
    return [one.text or "" for one in element(picture).iter("text")]


def told(picture: Markup) -> str:
    """What somebody hears who cannot see it: what the image names as the second of its names."""
    named = _named(element(picture))
    return named[1].text or ""


def _named(figure: ET.Element) -> list[ET.Element]:
    """The elements that name the image of a figure, in the order of its names."""
    image = figure.find(".//*[@role='img']")
    assert image is not None
    by_id = {one.get("id"): one for one in image.iter() if one.get("id")}
    return [by_id[name] for name in (image.get("aria-labelledby") or "").split()]


def share(written: str | None) -> float:
    """A length in per cent of its row."""
    assert written is not None
    assert written.endswith("%")
    return float(written.removesuffix("%"))


def test_a_split_is_drawn_with_every_project_at_its_destination(site: Site) -> None:
    picture = drawn(site, "transfers/split")
    lines = texts(picture)
    assert lines.index("• Project one") < lines.index("• Project two")
    assert lines.index("North <Board> & friends") + 1 == lines.index("• Project one")
    assert "Nobody is stated to receive them" in lines
    assert told(picture) == (
        "From Programme Board: Project one, Project two to North <Board> & friends; "
        "Project three to nobody that is stated; "
        "Project four ended as business as usual, watched by South Workstream."
    )
    kinds = re.findall(r"mb-pic-flow--([a-z]+)", picture)
    assert kinds == ["held", "gap", "ended"]


def test_what_nobody_held_before_is_not_drawn_as_a_flow(site: Site) -> None:
    assert picture_of(site, site.kb.records[Ref(f"{COUNCIL}/transfers/set-up")]) is None


def test_bars_are_as_long_as_their_numbers(site: Site) -> None:
    picture = drawn(site, "figures/money")
    bars = list(element(picture).iter("rect"))
    widths = [share(one.get("width")) for one in bars]
    assert widths[1] == pytest.approx(2 * widths[0], abs=0.2)
    assert widths[2] == pytest.approx(widths[0] / 2, abs=0.2)
    starts = [share(one.get("x")) for one in bars]
    assert starts[0] == starts[1] == pytest.approx(starts[2] + widths[2], abs=0.2), (
        "less than nothing goes left"
    )
    assert told(picture) == "Adults: 2018/19 £100, 2019/20 some £200; Other: 2018/19 -£50."
    assert "100%" not in picture, "a change is on another scale"


@pytest.mark.parametrize("name", ["figures/mixed", "figures/single", "indicators/words", "indicators/unlike"])
def test_what_cannot_be_compared_is_not_drawn(site: Site, name: str) -> None:
    assert picture_of(site, site.kb.records[Ref(f"{COUNCIL}/{name}")]) is None


def test_an_indicator_is_drawn_on_one_scale_with_its_target(site: Site) -> None:
    picture = drawn(site, "indicators/delays")
    dots = [share(one.get("cx")) for one in element(picture).iter("circle")]
    assert [x / dots[0] for x in dots] == pytest.approx([1, 6 / 8, 7 / 8], abs=0.01)
    targets = {share(f"{x}%") for x in re.findall(r'mb-pic-target" x1="([\d.]+)%', picture)}
    assert [x / dots[0] for x in targets] == pytest.approx([0.5], abs=0.01)
    assert "Target 4: the broken line" in "".join(element(picture).itertext())
    assert told(picture) == (
        "Baseline, March 2019: 8; Measured, October 2019: about 6; London: 7. "
        "The target is 4 by March 2020. Lower is better."
    )


def test_who_reports_to_whom_is_of_the_date_that_is_asked_about(site: Site) -> None:
    def on(date: str) -> str:
        picture = reporting(site, COUNCIL, When.parse(date))
        assert picture is not None
        assert ("mb-pic-box--unsure" in picture) == (date == "2021-05-20")
        return told(picture)

    assert on("2021-05-20") == (
        "South Workstream reports to North <Board> & friends. Perhaps Group reports to South Workstream."
    )
    assert on("2020-01-01") == "Gone Group, South Workstream report to North <Board> & friends."
    assert "Late Group" in on("2022-02-01")


def test_bodies_that_report_in_a_circle_are_drawn_all_the_same() -> None:
    kb = knowledge_base(
        """
        bodies/a: {parent: bodies/b}
        bodies/b: {parent: bodies/c}
        bodies/c: {parent: bodies/a}
        bodies/d: {parent: bodies/d}
        """
    )
    picture = reporting(Site(publish(kb), AS_OF), COUNCIL, AS_OF)
    assert picture is None or {"a", "b", "c"} >= set(texts(picture))


def test_no_picture_has_a_style_a_script_or_a_link_of_its_own(site: Site, tmp_path: Path) -> None:
    sample = Site(samples(tmp_path), AS_OF)
    pictures = [
        picture
        for one in (site, sample)
        for record in one.kb.records.values()
        if (picture := picture_of(one, record)) is not None
    ]
    assert len(pictures) >= 4
    for picture in pictures:
        figure = element(picture)
        assert {one.tag for one in figure.iter()} <= {
            "figure", "div", "p", "span", "svg", "title", "desc", "g", "rect", "path", "line", "circle", "text", "figcaption",
        }  # fmt: skip
        assert not any(
            name in ("style", "href") or name.startswith("on") for one in figure.iter() for name in one.attrib
        )
        assert len(figure.findall(".//*[@role='img']")) == 1
        assert [bool(one.text) for one in _named(figure)] == [True, True]


NARROWEST = 280  # pixels that a picture has in a window of 320


def test_no_words_leave_the_drawing(site: Site) -> None:
    drawings = 0
    for record in site.kb.records.values():
        if (picture := picture_of(site, record)) is None:
            continue
        drawings += 1
        figure = element(picture)
        width = float(figure.find(".//svg").get("width", NARROWEST))  # type: ignore[union-attr]
        for one in figure.iter("text"):
            length = len(one.text or "") * 8.4
            at = one.get("x", "0")
            pixels = share(at) / 100 * NARROWEST if at.endswith("%") else float(at)
            start = (
                pixels + float(one.get("dx", "0")) - (length / 2 if one.get("text-anchor") == "middle" else 0)
            )
            assert start >= -0.1, one.text
            assert start + length <= width + 0.1, one.text
    assert drawings == 3
