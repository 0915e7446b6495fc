"""The words of a question that say nothing of what is asked about: "who owns assistive technology"."""

from __future__ import annotations

from minutebook_search.words import words

# What a question begins with.
_ASKS = frozenset(["who", "whom", "whose", "what", "when", "where", "which", "why", "how"])
# What is left out of a question, and where no record has every word of a query.
QUESTION_WORDS = frozenset(
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
        # Every record of a project says who answers for it, and none in these words.
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
        "answerable",
        "accountable",
        "responsible",
    ]
)


# What is not marked where it is found beside other words: `may` could be the month.
GLUE = QUESTION_WORDS - {"may"}


def is_question(query: str) -> bool:
    """Return whether a query is a question in a sentence: it asks who, what or when, or ends with a question mark."""
    first = next(iter(words(query)), None)
    return query.rstrip().endswith("?") or (first is not None and first.printed in _ASKS)
