"""How `check` counts receipts, and writes down what it verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutebook.evidence.recording import RecordedSource
from minutebook.evidence.verification import ReceiptCount, ReceiptState

_SHOWN = 12  # characters of a fingerprint


def receipts_json(counts: Iterable[ReceiptCount]) -> list[dict[str, object]]:
    """The counts for programs, a source each."""
    return [
        {
            "source": one.source.id,
            "sha256": one.sha256,
            "receipts": one.total,
            **{state.name.lower(): one.of(state) for state in ReceiptState},
        }
        for one in counts
    ]


def receipts_lines(counts: Iterable[ReceiptCount]) -> Iterator[str]:
    """The counts for people: first what was verified, then what could not be."""
    counts = [one for one in counts if one.total]
    total = sum(one.total for one in counts)
    verified = sum(one.of(ReceiptState.VERIFIED) for one in counts)
    yield f"receipts: {verified:,} of {total:,} verified"
    for one in counts:
        if one.of(ReceiptState.VERIFIED):
            against = f" against the text {one.sha256[:_SHOWN]}" if one.sha256 is not None else ""
            yield f"  {one.source.id}: {one.of(ReceiptState.VERIFIED):,} of {one.total:,} verified{against}"
    for one in counts:
        for state, count in one.states:
            if state is not ReceiptState.VERIFIED:
                yield f"  {one.source.id}: {count:,} of {one.total:,} not verified: {_WHY[state]}"


_WHY = {
    ReceiptState.NOT_VERIFIED: "the words were not found in its text, or not yet looked for",
    ReceiptState.TEXT_NOT_HELD: "its text is not held",
    ReceiptState.WORDS_NOT_HELD: "the words are on a page that is not kept",
}


def recorded_lines(recorded: Iterable[RecordedSource]) -> Iterator[str]:
    """What was written into the source records."""
    for one in recorded:
        if one.why_not is not None:
            yield f"not recorded: {one.source.id}: {one.why_not}"
        elif one.written:
            yield f"recorded: {one.source.file.path}"
        else:
            yield f"recorded before, and as it was: {one.source.file.path}"
