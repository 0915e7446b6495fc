"""Random queries over an invented council: every engine finds what a reader of each document finds.

A few here; ten thousand by `python -m benchmarks.search_differential`.
"""

from __future__ import annotations

from benchmarks.search_differential import compare


def test_the_engines_and_the_reader_of_each_document_agree() -> None:
    found, said, wrong = compare(records=200, queries=60, seed=3)
    assert wrong == []
    assert found > 30, "most queries find nothing: that they agree says little"
    assert said > 5
