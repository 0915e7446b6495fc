"""Feeds and calendars: read by readers that nobody here wrote, and true to the records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import atoma
import feedparser
import pytest
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs import make_outputs
from minutebook.outputs.feeds import calendar_of, feed_of, feeds
from minutebook.outputs.feeds.calendars import DiaryEntry, calendar
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.when import When
from tests.helpers import knowledge_base
from tests.outputs.house import samples

ON = When.parse("2021-07-01")
ATOM = "{http://www.w3.org/2005/Atom}"

COUNCIL = """
council/ambledown: {title: Ambledown Council}
sources/minutes: {kind: minutes, dated: 2021-05-20}
bodies/board: {title: Harbour Board}
bodies/scrutiny: {title: Scrutiny Committee, kind: scrutiny committee}
posts/director: {title: Director, body: bodies/board}
projects/quay: {title: "The quay & its <walls>", topics: [harbour]}
meetings/may: {title: "Scrutiny, 20 May 2021", body: bodies/scrutiny, held_on: 2021-05-20, starts_at: "19:30", venue: "Town Hall, Room 2; first floor"}
meetings/winter: {title: "Scrutiny, winter", body: bodies/scrutiny, held_on: 2021-01-20, starts_at: "19:30"}
meetings/vague: {title: Scrutiny in June, body: bodies/scrutiny, held_on: 2021-06}
meetings/unknown: {title: Scrutiny some day, body: bodies/scrutiny, held_on: not stated}
items/quay: {title: The quay, meeting: meetings/may, number: "7"}
resolutions/quay: {title: Quay walls, item: items/quay, citations: [{source: sources/minutes, quote: be done}], clauses: [{wording: That the walls be mended., effect: approved, concerns: [projects/quay]}]}
actions/benches: {title: Benches, promised_by: posts/director, promised_to: bodies/scrutiny, due: [{date: 2021-06, words: by midsummer}], citations: [{source: sources/minutes, quote: benches}]}
actions/open: {title: Some day, promised_by: posts/director, due: [{date: 2021-06/..}]}
transfers/set-up: {title: The quay is set up, kind: establish, effective: 2021-05, moves: [{what: projects/quay, to: bodies/board}], citations: [{source: sources/minutes, quote: set up}]}
projects/hidden: {title: Zebra crossing, access: draft}
decisions/corrected: {title: Corrected, decided_on: 2021-02-03, corrections: [{on: 2021-06-15, said: Another thing., reason: A slip.}]}
"""


@pytest.fixture(scope="module")
def published() -> PublishedKnowledgeBase:
    """A small council, published."""
    return publish(knowledge_base(COUNCIL))


@pytest.fixture(scope="module")
def made(published: PublishedKnowledgeBase) -> dict[str, bytes]:
    """Its feeds and calendars, by path."""
    return {file.path: file.data for file in feeds(published, ON)}


def diary(data: bytes) -> Calendar:
    """A calendar as another program reads it."""
    return IcsCalendarStream.calendar_from_ics(data.decode("utf-8"))


def titles(data: bytes) -> list[str]:
    """The titles of the entries of a feed, in its order."""
    return [entry.title for entry in feedparser.parse(data).entries]


def all_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every feed and calendar of the sample records too, where every field of every type is filled in."""
    kb = samples(folder)
    yield from ((file.path, file.data) for file in feeds(kb, When.parse("2021-05-20")))


def test_other_programs_read_every_feed_and_calendar(made: dict[str, bytes], tmp_path: Path) -> None:
    everything = {**made, **dict(all_of(tmp_path))}
    assert any(path.endswith(".ics") for path in everything)
    for path, data in everything.items():
        if path.endswith(".ics"):
            assert diary(data).prodid
            assert all(len(line) <= 75 for line in data.split(b"\r\n")), path
        else:
            read = feedparser.parse(data)
            assert not read.bozo, (path, read.bozo_exception)
            assert read.version == "atom10"
            atoma.parse_atom_bytes(data)  # refuses a feed without what RFC 4287 asks for


def test_a_feed_has_what_the_standard_asks_for(made: dict[str, bytes]) -> None:
    for path, data in made.items():
        if not path.endswith(".atom"):
            continue
        feed = ET.fromstring(data)
        ids = [one.text or "" for one in feed.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids)), path
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        for one in (feed, *feed.iter(f"{ATOM}entry")):
            assert one.findtext(f"{ATOM}title")
            assert datetime.fromisoformat(one.findtext(f"{ATOM}updated") or "").tzinfo == UTC


def test_every_address_in_a_feed_leads_to_a_page(
    published: PublishedKnowledgeBase, made: dict[str, bytes]
) -> None:
    pages = {file.path for file in make_outputs(published, ON)}
    for path, data in made.items():
        if not path.endswith(".atom"):
            continue
        for link in ET.fromstring(data).iter(f"{ATOM}link"):
            address = urljoin(f"https://site.example/sub/{path}", link.get("href", ""))
            there = address.removeprefix("https://site.example/sub/")
            assert (f"{there}index.html" if there.endswith("/") or not there else there) in pages, (
                path,
                there,
            )


def test_the_feed_of_the_whole_tells_what_was_decided_moved_and_promised(made: dict[str, bytes]) -> None:
    assert titles(made["feed.atom"]) == [
        "Decision: Corrected",  # the correction is the newest
        "Transfer: The quay is set up",
        "Action: Benches",
        "Resolution: Quay walls",
    ], "what has no date, and cites nothing that has, is news of no day"


def test_an_entry_gives_the_date_as_the_source_does_and_the_words_resolved(made: dict[str, bytes]) -> None:
    entries = {entry.title: entry for entry in feedparser.parse(made["ambledown/feed.atom"]).entries}
    resolution = entries["Resolution: Quay walls"]
    assert resolution.summary == "20 May 2021: Quay walls “That the walls be mended.”"
    assert resolution.updated == "2021-05-20T00:00:00Z"
    transfer = entries["Transfer: The quay is set up"]
    assert transfer.summary.startswith("May 2021: ")
    assert "published" not in transfer, "a month has no first day that could be given for it"
    corrected = entries["Decision: Corrected"]
    assert corrected.updated == "2021-06-15T00:00:00Z"
    assert "Corrected on 15 June 2021: A slip." in corrected.summary


def test_a_project_and_a_body_have_feeds_of_their_own(
    published: PublishedKnowledgeBase, made: dict[str, bytes]
) -> None:
    project = made["ambledown/projects/quay/feed.atom"]
    assert feedparser.parse(project).feed.title == "The quay & its <walls>"
    assert {"Transfer: The quay is set up", "Resolution: Quay walls"} <= set(titles(project))
    assert "Resolution: Quay walls" in titles(made["ambledown/bodies/scrutiny/feed.atom"])
    listed = {
        path
        for record in published.kb.records.values()
        for path in (feed_of(record), calendar_of(record))
        if path
    }
    assert listed == {path for path in made if path.count("/") > 1}


def test_the_calendar_has_meetings_at_the_hour_and_promises_on_their_days(made: dict[str, bytes]) -> None:
    events = {(one.summary, one.description): one for one in diary(made["calendar.ics"]).events}
    assert [summary for summary, _ in events] == [
        "Meeting: Scrutiny Committee",
        "Meeting: Scrutiny Committee",
        "Promised: Benches",
        "Meeting: Scrutiny Committee",
    ]
    winter, may, benches, vague = events.values()
    assert winter.dtstart == datetime(2021, 1, 20, 19, 30, tzinfo=UTC)
    assert may.dtstart == datetime(2021, 5, 20, 18, 30, tzinfo=UTC), "summer time: 19:30 in London"
    assert may.location == "Town Hall, Room 2; first floor"
    assert (benches.dtstart, benches.dtend) == (date(2021, 6, 1), date(2021, 7, 1))
    assert benches.description == (
        "June 2021. Overdue, as far as the documents held show: it was due by midsummer, and none shows that"
        " it was done (latest document held: 20 May 2021)."
    )
    assert (vague.dtstart, vague.dtend) == (date(2021, 6, 1), date(2021, 7, 1))
    uids = [one.uid for one in events.values()]
    assert len(set(uids)) == 4


def test_a_body_is_told_of_its_meetings_and_of_what_it_promised_or_was_promised(
    made: dict[str, bytes],
) -> None:
    scrutiny = diary(made["ambledown/bodies/scrutiny/calendar.ics"])
    assert len(scrutiny.events) == 4
    board = diary(made["ambledown/bodies/board/calendar.ics"])
    assert [one.summary for one in board.events] == ["Promised: Benches"]


def test_nothing_that_is_not_public_is_in_a_feed(made: dict[str, bytes]) -> None:
    assert not any(b"ebra" in data or "hidden" in path for path, data in made.items())


def test_the_same_records_give_the_same_bytes(
    published: PublishedKnowledgeBase, made: dict[str, bytes]
) -> None:
    assert {file.path: file.data for file in feeds(published, ON)} == made


def test_what_xml_cannot_hold_is_left_out() -> None:
    plain = knowledge_base("decisions/odd: {title: Odd, decided_on: 2021-02-03}")
    # The reader lets no such sign in.
    odd = [one.model_copy(update={"title": "Odd \x01\x0b title"}) for one in plain.records.values()]
    kb = publish(KnowledgeBase(odd))
    data = next(file.data for file in feeds(kb, ON) if file.path == "feed.atom")
    assert titles(data) == ["Decision: Odd  title"]


def test_a_calendar_is_read_line_by_line_whatever_its_texts_hold() -> None:
    """No sign of a title or a venue begins a line of its own, nor stands where the standard has no place for it."""
    hostile = "a\rEND:VEVENT\r\nATTACH:x\n\x00\x0b\x1b\x1c\x7f\x85b; c, d \\n \u2028e"
    one = DiaryEntry("a/", hostile, hostile, date(2021, 5, 20), date(2021, 5, 20), None, hostile)
    data = calendar(hostile, [one], date(2021, 7, 1))
    text = data.decode("utf-8")
    assert re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text) == []
    assert re.findall(r"\r(?!\n)|(?<!\r)\n", text) == []
    names = [
        line.partition(":")[0].partition(";")[0] for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n")
    ]
    assert "ATTACH" not in names
    assert names.count("END") == 2, "of the entry and of the calendar"
    [read] = diary(data).events
    assert (read.summary or "").replace("\n", " ").startswith("a END:VEVENT ATTACH:x")
