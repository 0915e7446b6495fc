"""What a record answers about itself: who watches what was moved, and the latest figure of an indicator."""

from __future__ import annotations

import pytest

from minutebook.records.indicator import Indicator
from minutebook.records.transfer import Move
from tests.helpers import read_ledger


@pytest.mark.parametrize(
    ("becomes", "watcher"),
    [
        ({"to": "bodies/board"}, None),
        ({"gap": "Nobody is named."}, None),
        ({"closed": {"into": "business as usual"}}, None),
        ({"closed": {"into": "business as usual", "monitored_by": "bodies/board"}}, "ambledown/bodies/board"),
        ({"monitored_by": "posts/clerk"}, "ambledown/posts/clerk"),
    ],
)
def test_a_move_tells_who_watches_what_has_ended(becomes: dict[str, object], watcher: str | None) -> None:
    """Whether it ended by this move or before; nobody watches what goes on."""
    move = Move.model_validate({"what": "projects/benches", **becomes}, context={"council": "ambledown"})

    assert move.watcher == watcher


@pytest.mark.parametrize(
    ("observations", "latest"),
    [
        ("{value: not stated, as_at: 2020}", None),
        ('{value: "7", as_at: 2020}, {value: "5", as_at: 2019}', "7"),
        ('{value: "5", as_at: 2019}, {value: "7", as_at: not stated}', "5"),
        ('{value: "5", as_at: 2019}, {value: not stated, as_at: 2020}', "5"),
        ('{value: "7", as_at: not stated}', "7"),
    ],
)
def test_the_latest_figure_of_an_indicator(observations: str, latest: str | None) -> None:
    """By its date and not by its place; what has no value is none, and what has no date comes first."""
    (indicator,) = read_ledger(f"indicators/visits: {{title: Visits, observations: [{observations}]}}")

    assert isinstance(indicator, Indicator)
    found = indicator.latest
    assert (str(found.value) if found is not None else None) == latest
