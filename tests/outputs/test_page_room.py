"""How much of each part a page shows: what is cut first, how far, and how a line is shortened without breaking it."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from minutebook.outputs.page_room import (
    ALL,
    CLAUSES,
    LINKS,
    NOTE,
    RECEIPTS,
    STORY,
    Room,
    next_room,
    shortened,
)

IN_FULL = "in-full/"


def filled(most: dict[str, int] | None = None, **parts: int) -> Room:
    """A room in which parts have so many entries, or as many of them as it has room for."""
    room = Room(most, IN_FULL)
    for name, number in parts.items():
        room.some(name.replace("_", "-"), range(number))
    return room


def test_what_is_listed_elsewhere_goes_first_then_receipts_and_then_what_weighs_most() -> None:
    weights = {"field-members": 9_000, "unknown": 300}
    first = next_room(filled(field_members=60, unknown=3), weights, IN_FULL)
    assert first is not None
    assert first.most == {LINKS: 1, STORY: 3}
    second = next_room(first, weights, IN_FULL)
    assert second is not None
    assert second.most == {LINKS: 1, STORY: 3, RECEIPTS: 1}
    third = next_room(filled(dict(second.most), field_members=60, unknown=3), weights, IN_FULL)
    assert third is not None
    assert third.most == {LINKS: 1, STORY: 3, RECEIPTS: 1, "field-members": 40}


def test_clauses_go_later_than_a_list_of_half_their_weight_and_are_never_all_left_out() -> None:
    parts = {"field_clauses": 9, "unknown": 30}
    weights = {CLAUSES: 9_000, "unknown": 5_000}
    first = {LINKS: 1, STORY: 3, RECEIPTS: 1}
    after = next_room(filled(first, **parts), weights, IN_FULL)
    assert after is not None
    assert after.most == {**first, "unknown": 20}
    room: Room | None = filled({**first, "unknown": 0}, **parts)
    taken = []
    while room is not None and (room := next_room(room, weights, IN_FULL)) is not None:
        taken.append(room.most[CLAUSES])
        room = filled(dict(room.most), **parts)
    assert taken == [ALL, 6, 3, 1]


def test_there_is_no_smaller_room_once_nothing_is_left_to_cut() -> None:
    room = filled({LINKS: 0, STORY: 0, RECEIPTS: 0}, unknown=0)
    assert next_room(room, {"unknown": 100, NOTE: 0}, IN_FULL) is None


def test_a_part_that_is_cut_says_how_much_is_shown_and_where_all_of_it_is() -> None:
    room = Room({"field-members": 20, "history": 3}, IN_FULL)
    assert [*room.some("field-members", range(60))] == [*range(20)]
    assert [*room.some("history", range(60), "history/", latest=True)] == [57, 58, 59]
    members, story = room.left["field-members"], room.left["history"]
    assert (members.shown, members.of, members.where) == (20, 60, "in-full/#field-members")
    assert (story.shown, story.of, story.where) == (3, 60, "history/")
    assert room.whole_elsewhere == {"field-members"}


def test_nothing_is_left_out_where_there_is_room_for_it() -> None:
    room = Room({"field-members": 20}, IN_FULL)
    assert [*room.some("field-members", range(20))] == [*range(20)]
    assert [*room.some("unknown", range(500))] == [*range(500)]
    assert room.left == {}


@pytest.mark.parametrize(
    ("line", "most", "short"),
    [
        ('By <a href="a">A</a>.', 1, None),
        (
            'By <a href="a">A</a>, <a href="b">B</a> and <a href="c">C</a>, in £.',
            1,
            'By <a href="a">A</a> and 2 more …',
        ),
        (
            'By <span><a href="a">A</a>, <a href="b">B</a></span> and <a href="c">C</a>.',
            1,
            None,  # no place after the first or the second at which every element is closed
        ),
        (
            '<span>By <a href="a">A</a></span>, <a href="b">B</a>, <a href="c">C</a>.',
            1,
            '<span>By <a href="a">A</a></span>, <a href="b">B</a> and 1 more …',
        ),
        ("word " * 31, 1, "word " * 29 + "…"),
        ("a &lt; b " * 40, 1, "a &lt; b " * 24 + "a &lt; …"),
    ],
)
def test_a_line_is_shortened_only_where_all_that_is_open_is_closed(
    line: str, most: int, short: str | None
) -> None:
    assert shortened(Markup(line), most) == short
