"""The page of a record keeps within its budget, whatever the record holds; what it leaves out stands whole behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.page_sizes import BUDGET as MEASURED
from benchmarks.page_sizes import weights
from minutebook.outputs import OutputFile
from minutebook.outputs.finished import as_markdown, read_finished
from minutebook.outputs.further_pages import further_pages
from minutebook.outputs.page_room import BESIDE, BUDGET, FRAME
from minutebook.outputs.record_page import IN_FULL, record_page
from minutebook.outputs.site import Site
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.records import BY_FOLDER
from minutebook.records.base import Citation, Record, parts
from minutebook.records.values import Ref
from tests.helpers import UNTIMED, published
from tests.outputs.house import AS_OF, Reading, dead_links, outputs_of, section, text_of
from tests.outputs.swollen import swollen

FOLDERS = sorted(BY_FOLDER)
BOARDS = "bodies/a: {title: Board A}\nbodies/b: {title: Board B}\n"
WORDS = "That the arrangements be approved as they are set out in the paper before the meeting, part {}. "


@dataclass(frozen=True)
class Made:
    """The page of a record, whole as it is written but for the frame, and every page behind it."""

    page: str
    weight: int
    behind: Mapping[str, str]

    @property
    def everything(self) -> str:
        """The words of all of these pages."""
        return " ".join(text_of(one) for one in (self.page, *self.behind.values()))


def make(kb: PublishedKnowledgeBase, name: str) -> Made:
    """The pages of a record of Ambledown."""
    site = Site(kb, AS_OF)
    record = site.kb.records[Ref.parse(name, "ambledown")]
    file = record_page(site, record)
    behind = {one.path.removesuffix("index.html"): str(one.content) for one in further_pages(site, record)}
    return Made(str(file.content), weigh(file), behind)


def weigh(file: OutputFile) -> int:
    """The bytes of a page as it is written, with the heaviest frame that is allowed for."""
    read = read_finished(as_markdown(file).encode())
    return FRAME + sum(len(one.encode()) for one in (read.title, read.description, read.body))


def ledger(records: Mapping[str, object]) -> PublishedKnowledgeBase:
    """What is published of records that are given by their fields."""
    return published(BOARDS + "\n".join(f"{name}: {json.dumps(fields)}" for name, fields in records.items()))


class Heavy:
    """Records of each type with a great deal of everything, published, and their pages, each made once."""

    def __init__(self, folder: Path, times: int, letters: int, narrative: int = 0) -> None:
        self._kb = publish(swollen(folder, times, letters, narrative))
        self._made: dict[str, Made] = {}

    def record(self, folder: str) -> Record:
        """The record of a type."""
        return self._kb.kb.records[Ref.parse(self._name(folder), "ambledown")]

    def pages(self, folder: str) -> Made:
        """The pages of the record of a type."""
        if folder not in self._made:
            self._made[folder] = make(self._kb, self._name(folder))
        return self._made[folder]

    def _name(self, folder: str) -> str:
        return f"{folder}/{'ambledown' if folder == 'council' else 'sample'}"


@pytest.fixture(scope="module", params=[(6, 90), (16, 300)], ids=["6 of each", "16 of each"])
def heavy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Heavy:
    """Records with much, and with far more than any council writes."""
    return Heavy(tmp_path_factory.mktemp("swollen"), *request.param)


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Heavy:
    """Records with much, and narratives of 30,000 letters."""
    return Heavy(tmp_path_factory.mktemp("wordy"), 8, 200, 30_000)


# --- The budget ---


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_page_of_any_type_is_over_the_budget_however_much_its_record_holds(
    heavy: Heavy, folder: str
) -> None:
    assert heavy.pages(folder).weight < BUDGET


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_text_of_a_record_stands_on_its_page_or_on_one_behind_it(heavy: Heavy, folder: str) -> None:
    told = heavy.pages(folder).everything
    texts = [*texts_of(heavy.record(folder))]
    assert len(set(texts)) > 5 - 5 * (folder == "council")
    assert [text for text in texts if text not in told] == []


def texts_of(record: Record) -> Iterator[str]:
    """The texts of a record that its pages show: those of fields, and the words of its receipts."""
    for _, part in parts(record):
        names = ("quote",) if isinstance(part, Citation) else type(part).model_fields
        for name in names:
            values = getattr(part, name)
            for value in values if isinstance(values, tuple) else (values,):
                if type(value) is str and len(value) > 60:
                    yield text_of(" ".join(value.split()).replace("&", "&amp;"))


def test_all_links_of_such_pages_lead_somewhere_and_their_html_is_sound(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    made = outputs_of(swollen(tmp_path_factory.mktemp("linked"), 8, 300))
    every = {path: str(file.content) for path, file in made.items() if file.is_page}
    pages = {path: html for path, html in every.items() if re.fullmatch(r"ambledown/\w+/sample/.*", path)}
    assert sum(f"/{IN_FULL}" in path for path in pages) > 10
    # Feeds and the search are other outputs, and the page about the site is written by hand.
    others = re.compile(r"feed\.atom$|calendar\.ics$|/search/|/about/")
    assert [
        one for one in dead_links(every, set(made)) if one.split(":")[0] in pages and not others.search(one)
    ] == []
    for path, html in pages.items():
        read = Reading(html)
        assert (path, read.faults, read.open) == (path, [], [])
        assert len(read.ids) == len(set(read.ids)), path


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_record_s_own_words_stay_whole_and_only_they_can_take_a_page_over_it(
    wordy: Heavy, folder: str
) -> None:
    made, record = wordy.pages(folder), wordy.record(folder)
    own = section(made.page, "account")
    assert own.count("<p>") == record.narrative.count("\n\n") + 1 > 30
    assert made.weight - len(own.encode()) < BESIDE + len(record.summary or "") + 2_000
    assert made.weight > BUDGET


def test_pages_of_this_repository_are_within_the_budget_and_their_frame_within_what_is_allowed_for(
    repository_site: Path,
) -> None:
    assert MEASURED == BUDGET
    found = weights(repository_site)
    assert found[-1].bytes < BUDGET
    page = (repository_site / found[-1].address / "index.html").read_text(encoding="utf-8")
    body = page[page.index('<div class="mb-page') : page.rindex("</div>", 0, page.index("</main>"))]
    title = re.search(r"<title>(.*?)</title>", page)
    assert title is not None
    assert len(page.encode()) - len(body.encode()) - len(title[1]) < FRAME


# --- What is left out ---


def clauses(number: int, letters: int = 400) -> list[dict[str, object]]:
    """Clauses of a resolution with long words."""
    return [
        {"number": str(one), "wording": (WORDS.format(one) * 9)[:letters], "effect": "approved"}
        for one in range(1, number + 1)
    ]


RESOLUTION = {
    "meetings/m": {"body": "bodies/a", "held_on": "2020-01-07"},
    "items/i": {"title": "The item", "meeting": "meetings/m", "number": "7"},
}


def test_of_forty_long_clauses_the_first_are_shown_with_the_way_to_all_of_them() -> None:
    made = make(
        ledger({**RESOLUTION, "resolutions/r": {"item": "items/i", "clauses": clauses(40)}}), "resolutions/r"
    )
    assert made.weight < BUDGET
    told = section(made.page, "field-clauses")
    shown = told.count('<p class="mb-entry__head">')
    assert shown >= 20
    assert f'The first {shown} of 40. <a href="in-full/#field-clauses">All 40' in told
    [full] = made.behind.values()
    assert section(full, "field-clauses").count('<p class="mb-entry__head">') == 40


def test_whose_words_clauses_are_is_said_once_where_there_is_little_room_and_all_of_them_stay() -> None:
    made = make(
        ledger({**RESOLUTION, "resolutions/r": {"item": "items/i", "clauses": clauses(36, 330)}}),
        "resolutions/r",
    )
    told = section(made.page, "field-clauses")
    assert told.count('<p class="mb-entry__head">') == 36
    assert told.count("7\xa0January\xa02020") + told.count("7 January 2020") == 1
    assert "<figcaption>" not in told


def test_of_eighty_moves_of_a_transfer_the_first_are_shown_with_the_way_to_all_of_them() -> None:
    projects = {
        f"projects/p{one}": {"title": f"The project with the number {one}, {WORDS.format(one)}"}
        for one in range(80)
    }
    moves = [{"what": name, "to": "bodies/b", "reading": WORDS.format(name)} for name in projects]
    transfer = {"effective": "2020-01-01", "from": "bodies/a", "moves": moves}
    made = make(ledger({**projects, "transfers/t": transfer}), "transfers/t")
    assert made.weight < BUDGET
    told = section(made.page, "moves")
    shown = len(re.findall(r"<li><strong>", told))
    assert 0 < shown < 80
    assert f'The first {shown} of 80. <a href="in-full/#moves">All 80' in told
    assert (
        len(re.findall(r"<li><strong>", section(made.behind["ambledown/transfers/t/in-full/"], "moves")))
        == 80
    )


@pytest.mark.parametrize(("number", "fits"), [(60, True), (160, False)])
def test_a_body_shows_its_members_and_where_they_are_too_many_the_first_and_the_way_to_all(
    number: int, fits: bool
) -> None:
    records: dict[str, object] = {
        f"posts/p{one}": {"title": f"Councillor for the ward with the number {one}"} for one in range(number)
    }
    members = [{"post": name, "role": "member", "since": "2019-05-20"} for name in records]
    made = make(ledger({**records, "bodies/c": {"title": "The Council", "members": members}}), "bodies/c")
    assert made.weight < BUDGET
    told = section(made.page, "field-members")
    assert (told.count("<tr>") == number + 1) == fits
    assert ("All 160" in told) != fits
    if not fits:
        full = made.behind["ambledown/bodies/c/in-full/"]
        assert section(full, "field-members").count("<tr>") == number + 1


def test_a_meeting_of_sixty_items_leads_to_the_list_of_all() -> None:
    items = {
        f"items/i{one}": {"title": WORDS.format(one), "meeting": "meetings/m", "number": str(one)}
        for one in range(60)
    }
    made = make(ledger({"meetings/m": {"body": "bodies/a", "held_on": "2020-01-07"}, **items}), "meetings/m")
    assert made.weight < BUDGET
    assert '<a href="linked/">All related records</a>' in section(made.page, "links")
    assert made.behind["ambledown/meetings/m/linked/"].count("part 5") == 11


def test_receipts_of_a_heavy_page_are_counted_and_their_links_lead_to_where_they_stand() -> None:
    citations = [
        {"source": "sources/s", "at": f"paragraph {one}", "quote": WORDS.format(one) * 12}
        for one in range(19)
    ]
    kb = ledger(
        {
            "sources/s": {"title": "Minutes"},
            "decisions/d": {"title": "Go on", "decided_by": "bodies/a", "citations": citations},
        }
    )
    made = make(kb, "decisions/d")
    assert made.weight < BUDGET
    told = section(made.page, "receipts")
    assert 'The 19 receipts have <a href="in-full/#receipts">a page of their own</a>' in told
    assert ">Minutes</a> (19)" in told
    assert made.behind["ambledown/decisions/d/in-full/"].count('<li id="receipt-') == 19


def test_a_page_with_room_for_everything_leads_to_no_other_and_is_cut_nowhere() -> None:
    made = make(
        ledger({**RESOLUTION, "resolutions/r": {"item": "items/i", "clauses": clauses(5)}}), "resolutions/r"
    )
    assert IN_FULL not in made.page
    assert made.behind == {}
    assert section(made.page, "field-clauses").count("<figcaption>") == 5


def test_an_erased_record_that_many_name_leads_to_all_of_them() -> None:
    names = {f"reports/r{one}": {"title": f"Report {one}", "about": ["decisions/d"]} for one in range(60)}
    made = make(ledger({"decisions/d": {"title": "Gone", "erased": "By order."}, **names}), "decisions/d")
    [(address, full)] = made.behind.items()
    assert address.endswith(f"/{IN_FULL}")
    assert f'href="{IN_FULL}#links"' in made.page
    assert section(full, "links").count(">Report ") == 60


@settings(UNTIMED, max_examples=30)
@given(
    number=st.integers(1, 60),
    letters=st.integers(20, 900),
    receipts=st.integers(0, 25),
    note=st.integers(0, 9_000),
    narrative=st.integers(0, 14_000),
)
def test_whatever_a_resolution_weighs_its_page_does_not_and_no_clause_is_lost(
    number: int, letters: int, receipts: int, note: int, narrative: int
) -> None:
    resolution = {
        "item": "items/i",
        "clauses": clauses(number, letters),
        "citations": [{"source": "sources/s", "quote": WORDS.format(one)} for one in range(receipts + 1)],
        "editor_note": (WORDS * 120)[: note + 10],
        "narrative": (WORDS * 200)[: narrative + 10],
    }
    made = make(
        ledger({**RESOLUTION, "sources/s": {"title": "Minutes"}, "resolutions/r": resolution}),
        "resolutions/r",
    )
    own = len(section(made.page, "account").encode()) + letters
    assert made.weight < max(BUDGET, own + BESIDE)
    told = made.everything
    for clause in clauses(number, letters):
        assert str(clause["wording"]).strip() in told
