"""Of an item taken in private the public learns that it was, and why: nothing else."""

from __future__ import annotations

from pathlib import Path

from minutebook.loading import load
from minutebook.outputs import make_outputs
from minutebook.publication import PublishedKnowledgeBase, Stub, publish
from minutebook.records.values import Ref
from minutebook.when import When
from tests.helpers import published
from tests.small_council import write_council, write_record

MEETING = Ref("thornby/meetings/2021-06-01-scrutiny")
EXEMPT = """
    title: Zebra contract
    meeting: meetings/2021-06-01-scrutiny
    number: "12"
    access: exempt
    exemption: {paragraphs: ["3"], public_interest_reason: It would weaken the council's hand.}
    public_summary: A contract for boilers was discussed.
    citations: [{source: sources/2021-05-report, quote: zebra}]
    """


def with_item(folder: Path, item: str) -> PublishedKnowledgeBase:
    """The small council with one more item."""
    kb = write_council(folder)
    write_record(kb / "thornby/items/2021-06-01-zebra.md", item, "\nThe zebra narrative.\n")
    return publish(load(kb).kb)


def meeting_page(kb: PublishedKnowledgeBase) -> str:
    """The page of the meeting, its spaces folded."""
    pages = {file.path: file for file in make_outputs(kb, When.parse("2021-06-01"))}
    return " ".join(str(pages[f"{MEETING}/index.html"].content).split())


def test_an_exempt_item_leaves_its_number_paragraph_reason_and_summary(tmp_path: Path) -> None:
    kb = with_item(tmp_path, EXEMPT)
    assert kb.stubs[MEETING] == (
        Stub(
            MEETING,
            "12",
            (("3", "the financial or business affairs of a person, the council included"),),
            "It would weaken the council's hand.",
            "A contract for boilers was discussed.",
        ),
    )
    page = meeting_page(kb)
    assert "Item 12 was taken in private." in page
    assert "paragraph 3 (the financial or business affairs" in page
    assert "A contract for boilers was discussed." in page
    assert "zebra" not in page.lower()


def test_a_confidential_item_leaves_its_number_and_nothing_else(tmp_path: Path) -> None:
    item = EXEMPT.replace("access: exempt", "access: confidential")
    kb = with_item(tmp_path, item)
    assert kb.stubs[MEETING] == (Stub(MEETING, "12"),)
    page = meeting_page(kb)
    assert "Item 12 was taken in private." in page
    assert "weaken" not in page
    assert "boilers was discussed" not in page


def test_a_draft_was_not_taken_in_private_and_leaves_nothing(tmp_path: Path) -> None:
    kb = with_item(tmp_path, EXEMPT.replace("access: exempt", "access: draft"))
    assert kb.stubs == {}
    assert "private" not in meeting_page(kb)


def test_an_item_taken_in_private_leaves_what_the_law_wants_known(tmp_path: Path) -> None:
    for access, summary, reason in (
        ("exempt", "Five firms tendered.", "Prices."),
        ("confidential", None, None),
    ):
        ledger = f"""
            meetings/m: {{held_on: 2019-03-12}}
            items/shut:
              meeting: meetings/m
              number: "7"
              access: {access}
              exemption: {{paragraphs: ["3"], public_interest_reason: Prices.}}
              public_summary: Five firms tendered.
            """
        [[stub]] = published(ledger).stubs.values()

        assert (stub.meeting, stub.number) == ("ambledown/meetings/m", "7")
        assert (stub.public_summary, stub.reason) == (summary, reason)
    assert published("meetings/m: {held_on: 2019}\nitems/i: {meeting: meetings/m, access: draft}").stubs == {}
    assert (
        published("meetings/m: {access: exempt}\nitems/i: {meeting: meetings/m, access: exempt}").stubs == {}
    )


def test_stubs_stand_in_the_order_of_their_numbers_with_the_subjects_of_the_law_of_their_country() -> None:
    exempt = 'access: exempt, exemption: {paragraphs: ["14", "99"], public_interest_reason: So.}'
    ledger = f"""
        council/ambledown: {{area_code: W06000015}}
        meetings/m: {{held_on: 2019-03-12}}
        items/a: {{meeting: meetings/m, number: "9", {exempt}}}
        items/b: {{meeting: meetings/m, number: "7", access: confidential}}
        items/c: {{meeting: meetings/m, number: not stated, access: confidential}}
        items/d: {{meeting: meetings/m, number: "8", {exempt}}}
        items/e: {{meeting: meetings/m, number: "6", access: exempt}}
        """
    stubs = published(ledger).stubs[Ref("ambledown/meetings/m")]
    abroad = published(ledger.replace("W06000015", "E06000015")).stubs[Ref("ambledown/meetings/m")]

    assert [stub.number for stub in stubs] == [None, "6", "7", "8", "9"]
    subjects = dict(stubs[-1].paragraphs)
    assert subjects["14"].startswith("the financial or business affairs")
    assert subjects["99"] == "", "MB603 says that there is none of that number"
    assert dict(abroad[-1].paragraphs) == {"14": "", "99": ""}, "England has no paragraph 14"
