"""What an engine keeps of a document is what the definition of its terms says, made faster."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook_search.indexing import Indexer
from minutebook_search.printed_texts import PrintedTexts
from minutebook_search.stemming import stem
from minutebook_search.words import in_units
from tests.search.sample_documents import document
from tests.search.terms import terms_of

PIECES = st.sampled_from(
    ["plan", "Planning", "council’s", "ACH", "21", "044", "ACH21-044", "ach 21", "1.263", "million", "m", "5m", "£1,263,000", "2019/20",
     "—", "follow-up", "R&D", "½", "é", "ﬁ", "٣", "a.b", "1,2345", "x_y", "'", "the"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=12).map(" ".join)


@given(st.lists(TEXTS, max_size=4), st.lists(st.sampled_from([0.5, 1.0, 3.0]), min_size=4, max_size=4))
@settings(max_examples=300, deadline=None)
def test_the_fast_way_makes_the_same_terms(texts: list[str], weights: list[float]) -> None:
    one = document("d", *texts, title="The title", weights=weights)
    fast, slow = Indexer(stem).index(one), terms_of(one, stem)
    assert dict(fast.stems) == {term: sum(all_weights) for term, all_weights in slow.stems.items()}
    assert dict(fast.words) == {term: sum(weight for _, weight in at) for term, at in slow.printed.items()}
    assert fast.length == sum(map(len, slow.stems.values()))
    assert set(fast.printed.split()) == set(slow.printed)


@pytest.mark.parametrize(
    ("number", "size", "units"),
    [
        ("1.263", "m", "1263000"), ("863", "k", "863000"), ("863", "thousand", "863000"), ("1", "bn", "1000000000"), ("0.5", "million", "500000"),
        ("1.2345", "k", "1234.5"), ("1.0", "k", "1000"), ("0", "m", "0"), ("007", "k", "7000"), ("1.2.3", "k", None), ("5", "miles", None), ("five", "k", None),
    ],
)  # fmt: skip
def test_an_amount_is_its_number_of_units(number: str, size: str, units: str | None) -> None:
    assert in_units(number, size) == units


def test_a_phrase_is_found_in_its_document_and_over_no_border() -> None:
    indexer = Indexer(stem)
    texts = PrintedTexts.of(
        indexer.index(document(str(n), *passages, title="t")).printed
        for n, passages in enumerate(
            [["be noted"], ["it be", "noted"], [], ["to be noted and to be noted", "be noted"]]
        )
    )
    assert list(texts.row(["be", "noted"])) == [0, 3]
    assert list(texts.row(["noted"])) == [0, 1, 3]
    assert list(texts.row(["note"])) == []
    assert texts.words_of(1) == {"t", "it", "be", "noted"}
