"""The share of a source that is recorded, in words: the same on a page and on a terminal."""

from __future__ import annotations

import pytest

from minutebook.commands.coverage import percent as on_a_terminal
from minutebook.evidence.coverage import Count
from minutebook.outputs.evidence_pages import percent as on_a_page


@pytest.mark.parametrize(("cited", "share"), [(0, "0%"), (991, "99.1%"), (500, "50%"), (1000, "100%")])
def test_a_share_is_told_alike(cited: int, share: str) -> None:
    """With no space before the sign, and no nought after the point."""
    count = Count(passages=1000, cited=cited)

    assert (on_a_page(count), on_a_terminal(count)) == (share, share)


def test_where_there_is_nothing_to_count_there_is_no_share() -> None:
    """Neither nought nor all of it."""
    assert (on_a_page(Count()), on_a_terminal(Count())) == ("–", "nothing to count")
