"""Links in narrative: what a check lets by is a link on the page, and what it refuses is none."""

from __future__ import annotations

import pytest

from minutebook.checks.publication import check_narrative_is_safe
from minutebook.knowledge_base import KnowledgeBase
from minutebook.outputs.narrative import Narratives
from tests.helpers import read_ledger


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://www.ambledown.example/report", True),
        ("http://www.ambledown.example", True),
        ("#receipts", False),
        ("../report.md", False),
        ("//www.ambledown.example", False),
        ("javascript:alert", False),
    ],
)
def test_the_check_and_the_page_agree_on_what_is_a_link(address: str, is_link: bool) -> None:
    """A link that is taken off the page is a finding, so that nobody wonders where it went."""
    (record,) = read_ledger("events/e: {title: E}")
    record.placed(record.id, record.file, f"Read [the report]({address}).", 5)
    kb = KnowledgeBase([record])

    assert ("href=" in Narratives(kb).html(record, "ambledown/events/e/")) is is_link
    assert [finding.rule.code for finding in check_narrative_is_safe(kb)] == ([] if is_link else ["MB617"])
