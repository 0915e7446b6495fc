"""What an index holds of a document, by its definition: what the quick ways of making one are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from minutebook_search.documents import SearchDocument, wholes_of
from minutebook_search.words import compounds


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """What an index holds of a document: for each term the weight of every place where it stands.

    Beside the words there are words joined: compounds (ACH21-044 as `ach21044`), and what words in a
    row say as one (`words.spoken`: 1.263 million as `1263000`, the capitals ACH 21 044 as `ach21044`).
    A term's weight in the document is the sum of these. Printed words also say at which position they
    stand; positions follow one another within a passage, and never from one passage to the next.
    """

    stems: Mapping[str, Sequence[float]]
    printed: Mapping[str, Sequence[tuple[int, float]]]


def terms_of(document: SearchDocument, stem: Callable[[str], str]) -> DocumentTerms:
    """Return the terms of a document: its words by stem and as printed, and its compounds as one word."""
    stems: defaultdict[str, list[float]] = defaultdict(list)
    printed: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    wholes: list[tuple[str, float]] = []
    position = 0
    for passage in document.passages:
        found = list(compounds(passage.text))
        for compound in found:
            for token in compound:
                stems[stem(token.base)].append(passage.weight)
                printed[token.printed].append((position, passage.weight))
                position += 1
        wholes += [(whole, passage.weight) for whole in wholes_of(passage.text, found)]
        position += 1  # left empty, so that no phrase runs from one passage into the next
    for whole, weight in wholes:
        # Next to nothing: the words it is made of stand in its place already.
        stems[stem(whole)].append(weight)
        printed[whole].append((position, weight))
    return DocumentTerms(stems, printed)
