"""The index made by several processes: the same bytes as by one, and nothing that goes wrong elsewhere is lost."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from minutebook.workers import Worker
from minutebook_search.documents import Passage, SearchDocument
from minutebook_search.static import lexicon
from minutebook_search.static.aside import Aside, Shelf
from minutebook_search.static.entries import FormEntries
from minutebook_search.static.records import Taken
from minutebook_search.static.tokens import Batch, Tokens
from minutebook_search.static.writer import Contents, StaticIndex, write_index
from minutebook_search.stemming import stem
from tests.search.sample_documents import document

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="one process does all where none can be forked"
)

# Words that all have, words that one has, several forms of a stem, codes and amounts in one piece and in several.
DOCUMENTS = [
    document(
        f"d{number:03}",
        f"the roof of shed{number} was planned, planning {'plans ' * (number % 3)}",
        f"Report ACH{number % 7} 21 044 asks for £{number}.5 million"
        if number % 2
        else "nothing was resolved",
        date=f"{1990 + number % 30}" if number % 5 else None,
        body="thornby/bodies/board" if number % 3 else None,
    )
    for number in range(150)
]
BY_ID = {one.id: one for one in DOCUMENTS}
HEADS = [replace(one, passages=()) for one in DOCUMENTS]


def _taken(one: SearchDocument) -> Taken:
    return Taken(f"Thornby Council, {one.title}.")


def _written(passages: Callable[[SearchDocument], tuple[Passage, ...]], jobs: int = 2) -> StaticIndex:
    return write_index(HEADS, stem, contents=Contents(passages, _taken), jobs=jobs)


@pytest.mark.parametrize("jobs", [2, 3])
def test_however_many_processes_make_it_the_index_has_the_same_bytes(jobs: int) -> None:
    contents = Contents(taken=_taken)
    alone = write_index(DOCUMENTS, stem, contents=contents, jobs=1)
    assert write_index(DOCUMENTS, stem, contents=contents, jobs=jobs) == alone


def test_a_few_documents_are_no_more_than_the_processes_and_none_are_no_error() -> None:
    for some in (DOCUMENTS[:1], DOCUMENTS[:5], []):
        assert write_index(some, stem, jobs=3) == write_index(some, stem, jobs=1)


def test_documents_that_get_their_passages_late_make_the_same_index() -> None:
    whole = write_index(DOCUMENTS, stem, contents=Contents(taken=_taken), jobs=1)
    for jobs in (1, 2):
        assert _written(lambda one: BY_ID[one.id].passages, jobs) == whole


def test_each_record_is_read_once() -> None:
    """Those that are read first, for their frequent words, are not read again."""
    asked: list[str] = []

    def passages(one: SearchDocument) -> tuple[Passage, ...]:
        asked.append(one.id)
        return BY_ID[one.id].passages

    _written(passages, jobs=1)
    assert sorted(asked) == sorted(BY_ID)


def _makes_trouble(trouble: Callable[[], None]) -> Callable[[SearchDocument], Taken]:
    """Something happens with each document that another process reads."""
    here = os.getpid()

    def taken(_: SearchDocument) -> Taken:
        if os.getpid() != here:
            trouble()
        return Taken("")

    return taken


def test_an_error_in_another_process_is_raised_here() -> None:
    def trouble() -> None:
        raise KeyError("thornby/reports/lost")

    with pytest.raises(RuntimeError, match="thornby/reports/lost"):
        write_index(DOCUMENTS, stem, contents=Contents(taken=_makes_trouble(trouble)), jobs=2)


def test_a_warning_in_another_process_is_heard_here(caplog: pytest.LogCaptureFixture) -> None:
    def trouble() -> None:
        logging.getLogger("minutebook.words").warning("a very long word")

    write_index(DOCUMENTS, stem, contents=Contents(taken=_makes_trouble(trouble)), jobs=2)
    assert "a very long word" in caplog.messages


def test_a_process_that_was_forked_itself_can_share_its_work_and_pass_on_what_it_hears(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As a build does, which makes the index beside the pages."""

    def edition(_: object) -> str:
        def trouble() -> None:
            logging.getLogger("minutebook.words").warning("heard of a child's child")

        return write_index(DOCUMENTS, stem, contents=Contents(taken=_makes_trouble(trouble)), jobs=2).edition

    worker = Worker([None], edition)
    try:
        assert worker.result() == write_index(DOCUMENTS, stem, jobs=1).edition
    finally:
        worker.end()
    assert "heard of a child's child" in caplog.messages


def test_bytes_that_wait_on_a_shelf_come_back_in_whatever_order_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("minutebook_search.static.aside._IN_MEMORY", 2_000)  # then it is a file of the disk
    lots = [[b"one", b"", bytes(number) * 900, b"end"] for number in range(5)]
    with Shelf() as shelf:
        taken_back = [shelf.put(iter(lot)) for lot in lots]
        for number in (3, 0, 4, 3):
            assert taken_back[number]() == lots[number]


def test_bytes_that_were_made_aside_come_back_as_they_were() -> None:
    made = [b"", bytes(range(256)) * 1_000, b"\n", b""]
    with Aside(lambda: ({"pid": os.getpid()}, made)) as aside:
        told, found = aside.result()
    assert found == made
    assert told["pid"] != os.getpid()


def test_nothing_stays_open_behind_a_process_that_nobody_waited_for() -> None:
    open_before = len(os.listdir("/dev/fd"))  # noqa: PTH208 - no folder of ours
    with pytest.raises(ZeroDivisionError), Aside(lambda: (None, iter(lambda: bytes(9), b""))):
        raise ZeroDivisionError  # while the other would write without an end
    assert len(os.listdir("/dev/fd")) == open_before  # noqa: PTH208 - as above


def test_words_that_another_process_numbered_get_the_numbers_that_they_have_here() -> None:
    here = Tokens(stem)
    here.batch(0, DOCUMENTS[:3])
    known = len(here.forms)
    there = Tokens(stem)
    there.batch(0, DOCUMENTS[:3])  # as a fork of it would know
    here.batch(3, DOCUMENTS[3:9])
    batch = there.batch(9, DOCUMENTS[9:20])
    numbers = here.forms.adopt(known, there.forms.since(known))
    found = Batch.of(batch.parts()).renumbered(numbers)
    before, after = there.forms.all(), here.forms.all()
    assert [before[n - 1] for n in batch.words if n] == [after[n - 1] for n in found.words if n]
    assert [before[n - 1] for n in batch.wholes] == [after[n - 1] for n in found.wholes]
    assert (batch.words == 0).tolist() == (found.words == 0).tolist()
    assert found.whole_documents.tolist() == batch.whole_documents.tolist()


def _entries(forms_and_documents: list[tuple[int, int]], documents: int) -> FormEntries:
    keys = [form << 34 | number << 12 | 8 for form, number in sorted(forms_and_documents)]
    return FormEntries(np.array(keys, dtype=np.uint64), np.full(documents, 9, dtype=np.uint32))


def test_a_mask_says_which_forms_of_a_word_a_document_has() -> None:
    """A bit a form and document, one document after another; a word of one form has none."""
    forms = [("plan", "plan"), ("planning", "plan"), ("plans", "plan"), ("roof", "roof"), ("sheds", "shed")]
    having = [(0, 2), (1, 2), (1, 4), (2, 7), (3, 2), (3, 9), (4, 1)]
    plan, roof, shed = lexicon.word_entries(_entries(having, 10), forms, np.ones(10, dtype=np.float32))
    assert (plan.key, plan.forms, plan.frequency) == ("plan", ("plan", "planning", "plans"), 3)
    assert plan.masks == bytes([0b110_010_00, 0b1_0000000])
    assert plan.postings[:3] == bytes([2, 2, 3])  # documents 2, 4 and 7, as leaps
    assert (roof.frequency, roof.masks, roof.postings[:2]) == (2, b"", bytes([2, 7]))
    assert (shed.frequency, shed.masks, shed.postings[:1]) == (1, b"", bytes([1]))


@pytest.mark.parametrize("few", [0, lexicon.FEW_DOCUMENTS], ids=["half a byte", "a byte"])
def test_however_many_words_are_made_at_once_their_entries_are_the_same(
    monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(lexicon, "FEW_DOCUMENTS", few)
    monkeypatch.setattr(lexicon, "FREQUENT", 20)
    forms = [(f"{stem}{ending}", f"{stem}") for stem in ("a", "b", "c", "d") for ending in ("", "s")]
    having = [(form, number) for form in range(8) for number in range(form % 3, 99, form + 1)]
    entries, kinds = _entries(having, 99), np.linspace(0.5, 1, 99, dtype=np.float32)
    found = []
    for at_once in (1, 100, 10_000):
        monkeypatch.setattr(lexicon, "_AT_ONCE", at_once)
        found.append(list(lexicon.word_entries(entries, forms, kinds)))
    assert found[0] == found[1] == found[2]
    assert [bool(one.top) for one in found[0]] == [True, True, True, True]
