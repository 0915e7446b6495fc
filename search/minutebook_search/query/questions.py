"""The words of a question that say nothing of what is asked about: "who owns assistive technology"."""

from __future__ import annotations

from minutebook_search.words import words

# What a question begins with.
_ASKS = frozenset(["who", "whom", "whose", "what", "when", "where", "which", "why", "how"])
# What is asked of a project: who holds it, or answers for it. Every record of a project says that, and none in these words.
_HOLDING = frozenset(
    [
        "own",
        "owns",
        "owned",
        "owner",
        "owners",
        "ownership",
        "hold",
        "holds",
        "held",
        "answers",
        "answered",
        "answerable",
        "accountable",
        "responsible",
    ]
)
# What is left out of a question, and where no record has every word of a query.
QUESTION_WORDS = _HOLDING | frozenset(
    [
        "who",
        "whom",
        "whose",
        "what",
        "when",
        "where",
        "which",
        "why",
        "how",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "do",
        "does",
        "did",
        "done",
        "has",
        "have",
        "had",
        "can",
        "could",
        "shall",
        "should",
        "will",
        "would",
        "may",
        "might",
        "must",
        "the",
        "a",
        "an",
        "of",
        "to",
        "for",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "about",
        "into",
        "and",
        "or",
        "our",
        "ours",
        "we",
        "us",
        "i",
        "me",
        "my",
        "you",
        "your",
        "it",
        "its",
        "they",
        "them",
        "their",
        "there",
        "this",
        "that",
        "these",
        "those",
        "any",
        "some",
        "please",
        "tell",
        "show",
        "find",
        "give",
        "list",
        "get",
        "know",
        "many",
        "much",
        "now",
        "today",
        "currently",
    ]
)


# What is not marked where it is found beside other words: `may` could be the month.
GLUE = QUESTION_WORDS - {"may"}


def is_question(query: str) -> bool:
    """Return whether a query is a question in a sentence: it asks who, what or when, or ends with a question mark."""
    first = next(iter(words(query)), None)
    return query.rstrip().endswith("?") or (first is not None and first.printed in _ASKS)


def asks_who_holds(query: str) -> bool:
    """Return whether a query asks who holds something, or which body does: a date in it is the day that is meant, not words of a record."""
    first, *others = [token.printed for token in words(query)] or [""]
    asks = first in ("who", "whom", "whose") or [first, *others[:1]] == ["which", "body"]
    return asks and not _HOLDING.isdisjoint(others)
