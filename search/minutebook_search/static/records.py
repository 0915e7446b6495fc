"""What is shown of a record that was found, and the text that phrases are verified in: several records a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from minutebook_search.documents import SearchDocument

MOST_FILES = 11_000  # of records: some hosts take no more than 20,000 files
FEWEST = 4  # records of a file; fewer would compress badly


def records_per_file(documents: int) -> int:
    """Return how many records a file holds: few, since a page of results asks for ten files."""
    return max(FEWEST, -(-documents // MOST_FILES))


def write_records(
    documents: Sequence[SearchDocument], names: Mapping[str, str], citations: Mapping[str, str]
) -> Iterator[bytes]:
    """Yield the body of each file: a line of JSON a record. `citations` are words to paste, by id."""
    per_file = records_per_file(len(documents))
    for start in range(0, len(documents), per_file):
        lines = [_line(document, names, citations) for document in documents[start : start + per_file]]
        yield "\n".join(lines).encode("utf-8", "replace")


def _line(document: SearchDocument, names: Mapping[str, str], citations: Mapping[str, str]) -> str:
    """A record as a list; its passages as a list of weights and a list of texts, the title first."""
    date, body = document.date, document.body
    shown = [
        document.id,
        document.url if document.url != f"{document.id}/" else 0,
        document.type,
        [date.value, date.display()] if date is not None else 0,
        [body, names.get(body, body)] if body is not None else 0,
        document.outcome or 0,
        citations.get(document.id, 0),
        [int(one.weight) if one.weight == int(one.weight) else one.weight for one in document.passages],
        [one.text for one in document.passages],
    ]
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
