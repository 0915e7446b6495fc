"""The stem of a word: the same for records and for queries, and for every engine."""

from __future__ import annotations

import warnings
from functools import lru_cache

with warnings.catch_warnings():
    # Whoosh 2.7.4 is from 2016 and pinned: Python warns of its backslashes when it compiles it.
    warnings.simplefilter("ignore")
    from whoosh.lang import stemmer_for_language

_snowball = stemmer_for_language("en")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of an English word (Snowball): `planning` and `plans` are `plan`.

    Whoosh's default, the Porter variant, makes `plann` of *planning*.
    """
    return str(_snowball(word)) or word
